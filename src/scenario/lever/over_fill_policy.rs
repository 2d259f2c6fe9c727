//! How far schools are filled above their places.

use schemars::JsonSchema;
use serde::Deserialize;

use super::kind::{Lever, Terms};
use crate::parameters::Parameter;
use crate::scenario::context::{Context, Period};
use crate::scenario::size::Size;
use crate::scenario::{Change, Filter, Operation};
use crate::toml_file::{Day, Placed};

/// Over-fill policy: schools take more (or, below zero, fewer) children above their places than now.
///
/// Range: 5 to 10 points more, assumed; England's secondary special places were 9% over in 2024. Lag:
/// the next September.
///
/// Holds constant: places, what children want, and the quality of what over-full schools can give.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct OverFillPolicy {
    /// Name in results; the kind when left out.
    name: Option<Placed<String>>,
    /// First day.
    from: Placed<Day>,
    /// First day without it; for good when left out.
    until: Option<Placed<Day>>,
    /// Years until the effect is whole.
    phase_in_years: Option<Placed<f64>>,
    /// Points added to the share by which a group may be over-filled: 0.05 is 5% of its places.
    tolerance_added: Option<Placed<Size>>,
    /// Why it is done.
    reason: Placed<String>,
    /// What its size rests on.
    source: Placed<String>,
}

impl Lever for OverFillPolicy {
    const KIND: &'static str = "over-fill-policy";
    const TITLE: &'static str = "Over-filling";
    const ACTS_ON: &'static [Parameter] = &[Parameter::OverFillTolerance];

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
        let path = format!("lever.{}.tolerance-added", Self::KIND);
        let added = self.tolerance_added.as_ref();
        let added = context.lever_size(path, added, -1.0..=1.0, period);
        vec![added.change(
            Parameter::OverFillTolerance,
            Filter::default(),
            Operation::Add,
            |added| added,
            period,
        )]
    }
}
