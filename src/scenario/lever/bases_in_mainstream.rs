//! Bases in mainstream schools in place of special schools.

use schemars::JsonSchema;
use serde::Deserialize;

use super::kind::{Lever, Terms};
use super::opening::{Needs, opening};
use crate::domain::Setting;
use crate::parameters::Parameter;
use crate::scenario::ages::Ages;
use crate::scenario::context::{Context, Period};
use crate::scenario::size::Size;
use crate::scenario::{Change, Operation};
use crate::toml_file::{Day, Placed};

/// Bases in mainstream schools: resourced provision in place of special schools. Some of the children
/// whose first choice is a special school accept a base when it has no place.
///
/// Range: 10 to 40% of those who want a special school would accept a base, assumed. Lag: 6 to 18
/// months from decision.
///
/// Holds constant: first choices, apart from places.induced-demand: a base is taken only by those
/// whose plan asks for one, and by those who accept it for want of a special school place.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct BasesInMainstream {
    /// Name in results; the kind when left out.
    name: Option<Placed<String>>,
    /// First day.
    from: Placed<Day>,
    /// First day without it; for good when left out.
    until: Option<Placed<Day>>,
    /// Places.
    places: Placed<Size>,
    /// Only for these primary needs; for all when left out.
    needs: Option<Needs>,
    /// Only for these academic ages; for all when left out.
    ages: Option<Placed<Ages>>,
    /// Share of children wanting a special school who would accept a base, 0 to 1.
    acceptance: Option<Placed<Size>>,
    /// Years from opening until all places are open, in equal yearly parts.
    phase_in_years: Option<Placed<f64>>,
    /// Years by which the opening slips.
    slip_years: Option<Placed<Size>>,
    /// Why it is done.
    reason: Placed<String>,
    /// What its size rests on.
    source: Placed<String>,
}

impl Lever for BasesInMainstream {
    const KIND: &'static str = "bases-in-mainstream";
    const TITLE: &'static str = "Bases in mainstream schools";
    const ACTS_ON: &'static [Parameter] =
        &[Parameter::PlacesCapacity, Parameter::BaseAcceptanceShare];

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
        let path = |size: &str| format!("lever.{}.{size}", Self::KIND);
        let slip = self.slip_years.as_ref();
        let slip = context.lever_size(path("slip-years"), slip, 0.0..=10.0, period);
        let acceptance = context.lever_size(
            path("acceptance"),
            self.acceptance.as_ref(),
            0.0..=1.0,
            period,
        );
        let places = context.places(&self.places);
        let (needs, ages) = (self.needs.as_ref(), self.ages.as_ref());
        let bases = context.place_filter(Setting::ResourcedProvision, needs, ages);
        let children = crate::scenario::Filter {
            settings: std::collections::BTreeSet::new(),
            ..bases.clone()
        };
        let at_once = Period {
            phase_in_years: 0.0,
            ..period
        };
        vec![
            opening(Self::KIND, places, bases, &slip, period),
            acceptance.change(
                Parameter::BaseAcceptanceShare,
                children,
                Operation::Add,
                |share| share,
                at_once,
            ),
        ]
    }
}
