//! New homes.

use schemars::JsonSchema;
use serde::Deserialize;

use super::kind::{Lever, Terms, years_of};
use crate::domain::AgeGroup;
use crate::parameters::Parameter;
use crate::scenario::context::{Context, Period};
use crate::scenario::size::Size;
use crate::scenario::{Change, Filter, Operation};
use crate::toml_file::{Day, Placed};

/// New homes: families with children move in, evenly from `from` to `until`.
///
/// Range: children new to the area per home by age, assumed; replace them with the area's own
/// pupil-yield survey. Lag: from the first completion.
///
/// Holds constant: births after moving in, and plans that arrive with a child (plan-moves.in-plans):
/// the children arrive without a plan and start one at the area's rates. In Derby 4 to 5% of pupils
/// in new homes had a plan, so the first years are understated.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Housing {
    /// Name in results; the kind when left out.
    name: Option<Placed<String>>,
    /// First day.
    from: Placed<Day>,
    /// First day after it.
    until: Placed<Day>,
    /// Homes completed between the two dates.
    homes: Placed<f64>,
    /// Children of 0 to 4 new to the area per home.
    under_5s_per_home: Option<Placed<Size>>,
    /// Children of 5 to 10 new to the area per home.
    primary_age_per_home: Option<Placed<Size>>,
    /// Children of 11 to 15 new to the area per home.
    secondary_age_per_home: Option<Placed<Size>>,
    /// Why it is done.
    reason: Placed<String>,
    /// What its size rests on.
    source: Placed<String>,
}

/// Most homes that one lever may build, more than any English authority has ever built in a decade
/// (assumption).
const MOST_HOMES: f64 = 100_000.0;

/// Most children of a band in a new home (assumption).
const MOST_CHILDREN: f64 = 4.0;

impl Lever for Housing {
    const KIND: &'static str = "housing";
    const TITLE: &'static str = "New homes";
    const ACTS_ON: &'static [Parameter] = &[Parameter::ResidentsMovingIn];

    fn terms(&self) -> Terms<'_> {
        Terms {
            name: self.name.as_ref(),
            from: &self.from,
            until: Some(&self.until),
            phase_in_years: None,
            reason: &self.reason,
            source: &self.source,
        }
    }

    fn changes(&self, period: Period, context: &mut Context<'_>) -> Vec<Change> {
        let homes = self.homes.value;
        if !(0.0..=MOST_HOMES).contains(&homes) {
            let message = format!("`homes` is {homes}, not a number from 0 to {MOST_HOMES}");
            context.error("wrong-homes", &self.homes.span, message, None);
        }
        let bands = [
            (
                "under-5s-per-home",
                &self.under_5s_per_home,
                AgeGroup::Under5,
            ),
            (
                "primary-age-per-home",
                &self.primary_age_per_home,
                AgeGroup::Age5To10,
            ),
            (
                "secondary-age-per-home",
                &self.secondary_age_per_home,
                AgeGroup::Age11To15,
            ),
        ];
        let homes_per_year = homes / years_of(period);
        let changes = bands.into_iter().map(|(size, written, band)| {
            let path = format!("lever.{}.{size}", Self::KIND);
            let children = context.lever_size(path, written.as_ref(), 0.0..=MOST_CHILDREN, period);
            let ages = band.ages();
            let years_of_age = ages.len() as f64;
            let arrivals = Filter {
                ages: ages.collect(),
                ..Filter::default()
            };
            children.change(
                Parameter::ResidentsMovingIn,
                arrivals,
                Operation::Add,
                |per_home| per_home * homes_per_year / years_of_age,
                period,
            )
        });
        changes.collect()
    }
}
