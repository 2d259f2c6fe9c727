//! Inclusion funding without a plan.

use schemars::JsonSchema;
use serde::Deserialize;

use super::kind::{Lever, Terms};
use crate::parameters::Parameter;
use crate::scenario::context::{Context, Period};
use crate::scenario::size::Size;
use crate::scenario::{Change, Filter, Operation};
use crate::toml_file::{Day, Placed};

/// Inclusion funding without a plan: banded top-up for children on SEN support, so that help does
/// not wait for a plan. Fewer children aged 4 to 11 start one.
///
/// Range: 0 to 15% fewer new plans, assumed; one council reports requests 5 to 6% below the national
/// average. Lag: half a year to 2 years.
///
/// Holds constant: entry to SEN support, other ages, refusals and appeals, the setting named.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct InclusionFunding {
    /// Name in results; the kind when left out.
    name: Option<Placed<String>>,
    /// First day.
    from: Placed<Day>,
    /// First day without it; for good when left out.
    until: Option<Placed<Day>>,
    /// Years until the effect is whole.
    phase_in_years: Option<Placed<f64>>,
    /// Share of new plans avoided, 0 to 1.
    reduction: Option<Placed<Size>>,
    /// Why it is done.
    reason: Placed<String>,
    /// What its size rests on.
    source: Placed<String>,
}

impl Lever for InclusionFunding {
    const KIND: &'static str = "inclusion-funding";
    const TITLE: &'static str = "Inclusion funding without a plan";
    const ACTS_ON: &'static [Parameter] = &[Parameter::JoiningRate];

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
        let reduction = context.lever_size(path, self.reduction.as_ref(), 0.0..=1.0, period);
        let children = Filter {
            ages: (4..=11).collect(),
            ..Filter::default()
        };
        vec![reduction.change(
            Parameter::JoiningRate,
            children,
            Operation::Multiply,
            |fewer| 1.0 - fewer,
            period,
        )]
    }
}
