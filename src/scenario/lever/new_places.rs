//! New places.

use schemars::JsonSchema;
use serde::Deserialize;

use super::kind::{Lever, Terms};
use super::opening::{Needs, opening};
use crate::domain::Setting;
use crate::parameters::Parameter;
use crate::scenario::Change;
use crate::scenario::ages::Ages;
use crate::scenario::code::Code;
use crate::scenario::context::{Context, Period};
use crate::scenario::size::Size;
use crate::toml_file::{Day, Placed};

/// New places in a type of provision: a new school or site, for some needs and ages, from a day that may
/// slip, opening in yearly intakes.
///
/// Range: places as planned; slippage of none to 18 months, assumed. Lag: 3 to 6 years from decision
/// for a special free school, 6 to 18 months for a base.
///
/// Holds constant: what children want, apart from places.induced-demand; staff, who are taken to be
/// found; and the type of places that children would accept instead.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct NewPlaces {
    /// Name in results; the kind when left out.
    name: Option<Placed<String>>,
    /// First day.
    from: Placed<Day>,
    /// First day without it; for good when left out.
    until: Option<Placed<Day>>,
    /// Type of provision: state-special, resourced-provision or sen-unit.
    setting: Placed<Code<Setting>>,
    /// Places.
    places: Placed<Size>,
    /// Only for these primary needs; for all when left out.
    needs: Option<Needs>,
    /// Only for these academic ages; for all when left out.
    ages: Option<Placed<Ages>>,
    /// Years from opening until all places are open, in equal yearly parts.
    phase_in_years: Option<Placed<f64>>,
    /// Years by which the opening slips.
    slip_years: Option<Placed<Size>>,
    /// Why it is done.
    reason: Placed<String>,
    /// What its size rests on.
    source: Placed<String>,
}

impl Lever for NewPlaces {
    const KIND: &'static str = "new-places";
    const TITLE: &'static str = "New places";
    const ACTS_ON: &'static [Parameter] = &[Parameter::PlacesCapacity];

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
        let path = format!("lever.{}.slip-years", Self::KIND);
        let slip = context.lever_size(path, self.slip_years.as_ref(), 0.0..=10.0, period);
        let places = context.places(&self.places);
        let setting = context.finite_setting(&self.setting);
        let filter = context.place_filter(setting, self.needs.as_ref(), self.ages.as_ref());
        vec![opening(Self::KIND, places, filter, &slip, period)]
    }
}
