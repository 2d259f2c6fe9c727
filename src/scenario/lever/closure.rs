//! Fewer places.

use schemars::JsonSchema;
use serde::Deserialize;

use super::kind::{Lever, LeverSize, Terms};
use super::opening::{Needs, opening};
use crate::domain::Setting;
use crate::parameters::{Parameter, Uncertain};
use crate::scenario::Change;
use crate::scenario::ages::Ages;
use crate::scenario::code::Code;
use crate::scenario::context::{Context, Period};
use crate::scenario::size::Size;
use crate::toml_file::{Day, Placed};

/// Closure of places: fewer places of a type, for some needs and ages, shared over the groups there are.
/// The children in them stay until they leave; no new child takes their place.
///
/// Range: places as planned. Lag: a school year of notice; phase-in-years closes them in yearly parts.
///
/// Holds constant: what children want, and the places of every other type.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Closure {
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
    /// Why it is done.
    reason: Placed<String>,
    /// What its size rests on.
    source: Placed<String>,
}

impl Lever for Closure {
    const KIND: &'static str = "closure";
    const TITLE: &'static str = "Closure of places";
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
        let places = context.places(&self.places).map(|places| -places);
        let setting = context.finite_setting(&self.setting);
        let filter = context.place_filter(setting, self.needs.as_ref(), self.ages.as_ref());
        let on_the_day = LeverSize {
            value: Uncertain::Fixed(0.0),
            path: String::new(),
        };
        vec![opening(Self::KIND, places, filter, &on_the_day, period)]
    }
}
