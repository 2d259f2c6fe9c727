//! Outreach and specialist teaching in mainstream schools.

use schemars::JsonSchema;
use serde::Deserialize;

use super::kind::{Lever, Terms};
use crate::domain::Setting;
use crate::parameters::Parameter;
use crate::scenario::context::{Context, Period};
use crate::scenario::size::Size;
use crate::scenario::{Change, Filter, Operation};
use crate::toml_file::{Day, Placed};

/// Outreach and specialist teaching: special schools and advisory teachers help mainstream schools
/// to keep children. Fewer children with a plan move from mainstream to a special school.
///
/// Range: 0 to 20% fewer moves, most likely 10%; assumed. Lag: 1 to 2 years.
///
/// Holds constant: the setting first named in a plan, moves back to mainstream, the number of plans.
/// Who stays in mainstream is there the next year too and can move then.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Outreach {
    /// Name in results; the kind when left out.
    name: Option<Placed<String>>,
    /// First day.
    from: Placed<Day>,
    /// First day without it; for good when left out.
    until: Option<Placed<Day>>,
    /// Years until the effect is whole.
    phase_in_years: Option<Placed<f64>>,
    /// Share of moves avoided, 0 to 1.
    reduction: Option<Placed<Size>>,
    /// Moves from resourced provision and SEN units in mainstream schools too; no when left out.
    #[serde(default)]
    include_bases: bool,
    /// Why it is done.
    reason: Placed<String>,
    /// What its size rests on.
    source: Placed<String>,
}

impl Lever for Outreach {
    const KIND: &'static str = "outreach";
    const TITLE: &'static str = "Outreach and specialist teaching";
    const ACTS_ON: &'static [Parameter] = &[Parameter::SettingMoveRate];

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
        let mut settings = std::collections::BTreeSet::from([Setting::Mainstream]);
        if self.include_bases {
            settings.extend([Setting::ResourcedProvision, Setting::SenUnit]);
        }
        let special = Setting::ALL.into_iter().filter(|s| s.is_special_school());
        let moves = Filter {
            settings,
            to_settings: special.collect(),
            ..Filter::default()
        };
        vec![reduction.change(
            Parameter::SettingMoveRate,
            moves,
            Operation::Multiply,
            |fewer| 1.0 - fewer,
            period,
        )]
    }
}
