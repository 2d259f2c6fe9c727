//! Phase transfers decided in time.

use schemars::JsonSchema;
use serde::Deserialize;

use super::kind::{Lever, Terms};
use crate::parameters::Parameter;
use crate::scenario::context::{Context, Period};
use crate::scenario::size::Size;
use crate::scenario::{Change, Filter, Operation};
use crate::toml_file::{Day, Placed};

/// Phase-transfer grip: a timetable that is kept, so that fewer plans are decided after the first
/// allocation of places.
///
/// Range: none to 90% fewer late decisions, assumed; half in time now, 95% at best. Lag: one cycle.
///
/// Holds constant: places, what children want, and who decides: it is the date that changes.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct PhaseTransferGrip {
    /// Name in results; the kind when left out.
    name: Option<Placed<String>>,
    /// First day.
    from: Placed<Day>,
    /// First day without it; for good when left out.
    until: Option<Placed<Day>>,
    /// Years until the effect is whole.
    phase_in_years: Option<Placed<f64>>,
    /// Share of late decisions avoided, 0 to 1.
    reduction: Option<Placed<Size>>,
    /// Why it is done.
    reason: Placed<String>,
    /// What its size rests on.
    source: Placed<String>,
}

impl Lever for PhaseTransferGrip {
    const KIND: &'static str = "phase-transfer-grip";
    const TITLE: &'static str = "Phase transfers decided in time";
    const ACTS_ON: &'static [Parameter] = &[Parameter::LateShare];

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
        let path = format!("lever.{}.reduction", Self::KIND);
        let fewer = self.reduction.as_ref();
        let fewer = context.lever_size(path, fewer, 0.0..=1.0, period);
        vec![fewer.change(
            Parameter::LateShare,
            Filter::default(),
            Operation::Multiply,
            |fewer| 1.0 - fewer,
            period,
        )]
    }
}
