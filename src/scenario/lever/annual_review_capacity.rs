//! Casework capacity for annual reviews after 16.

use schemars::JsonSchema;
use serde::Deserialize;

use super::kind::{Lever, Terms};
use crate::domain::CeaseReason;
use crate::parameters::Parameter;
use crate::scenario::context::{Context, Period};
use crate::scenario::size::Size;
use crate::scenario::{Change, Filter, Operation};
use crate::toml_file::{Day, Placed};

/// Annual-review capacity: officers who hold the reviews of 18 to 24 year olds and decide to cease
/// the plans of those who have left education. Their plans cease sooner.
///
/// Range: up to 1.5 times faster, most likely 1.35, for Derby's backlog of 100 to 200 plans over two
/// years; give `until` so that it ends with the backlog. Lag: 1 year.
///
/// Holds constant: deaths, ageing out at 25, moves to other areas, ceasing before 18, and the lives
/// of the young people: it is the decision that comes sooner, not the leaving.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct AnnualReviewCapacity {
    /// Name in results; the kind when left out.
    name: Option<Placed<String>>,
    /// First day.
    from: Placed<Day>,
    /// First day without it; for good when left out.
    until: Option<Placed<Day>>,
    /// Years until the effect is whole.
    phase_in_years: Option<Placed<f64>>,
    /// How many times faster plans cease.
    ceasing_factor: Option<Placed<Size>>,
    /// Why it is done.
    reason: Placed<String>,
    /// What its size rests on.
    source: Placed<String>,
}

impl Lever for AnnualReviewCapacity {
    const KIND: &'static str = "annual-review-capacity";
    const TITLE: &'static str = "Annual-review capacity after 16";
    const ACTS_ON: &'static [Parameter] = &[Parameter::CeasingRate];

    fn terms(&self) -> Terms<'_> {
        Terms {
            name: self.name.as_ref(),
            from: &self.from,
            until: self.until.as_ref(),
            phase_in_years: self.phase_in_years.as_ref(),
            reason: &self.reason,
            source: &self.source,
        }
    }

    fn changes(&self, period: Period, context: &mut Context<'_>) -> Vec<Change> {
        let path = format!("lever.{}.ceasing-factor", Self::KIND);
        let factor = context.lever_size(path, self.ceasing_factor.as_ref(), 1.0..=10.0, period);
        let plans = Filter {
            ages: (18..=24).collect(),
            reasons: CeaseReason::ALL
                .into_iter()
                .filter(|r| is_decided(*r))
                .collect(),
            ..Filter::default()
        };
        vec![factor.change(
            Parameter::CeasingRate,
            plans,
            Operation::Multiply,
            |factor| factor,
            period,
        )]
    }
}

/// The plan ceases because an officer decides so.
const fn is_decided(reason: CeaseReason) -> bool {
    match reason {
        CeaseReason::NeedsMet
        | CeaseReason::HigherEducation
        | CeaseReason::Employment
        | CeaseReason::NoLongerEngaging
        | CeaseReason::Other => true,
        CeaseReason::MaximumAge
        | CeaseReason::SupportPlan
        | CeaseReason::Deceased
        | CeaseReason::Transfer
        | CeaseReason::LeftEngland => false,
    }
}
