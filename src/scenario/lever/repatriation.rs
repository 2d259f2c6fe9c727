//! Return from independent and non-maintained special schools.

use schemars::JsonSchema;
use serde::Deserialize;

use super::kind::{Lever, LeverSize, Terms, rate_of_share};
use crate::domain::Setting;
use crate::parameters::Parameter;
use crate::scenario::context::{Context, Period};
use crate::scenario::size::Size;
use crate::scenario::{Change, Filter, Operation};
use crate::toml_file::{Day, Placed};

/// Ages on 1 January before Reception, Year 7 and Year 12.
const PHASE_TRANSFER: [u8; 3] = [3, 10, 15];

/// Repatriation: at a phase transfer, children in independent and non-maintained special schools
/// are offered a place in a state-funded special school or in resourced provision near home.
///
/// Range: 0 to 10% of those at a phase transfer each year, assumed; four in five of them to a
/// state-funded special school. Lag: the next phase transfer.
///
/// Holds constant: the setting first named, moves into independent schools, and places: who is offered
/// a place that the area does not have stays where it is and waits. Children who went elsewhere for
/// want of a place are asked again with the same chance. Only ages 3, 10 and 15, the last year before Reception, Year 7
/// and Year 12; nobody is moved in the middle of a phase.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Repatriation {
    /// Name in results; the kind when left out.
    name: Option<Placed<String>>,
    /// First day.
    from: Placed<Day>,
    /// First day without it; for good when left out.
    until: Option<Placed<Day>>,
    /// Years until the effect is whole.
    phase_in_years: Option<Placed<f64>>,
    /// Share of those at a phase transfer who move in a year, 0 to 1.
    share_moved: Option<Placed<Size>>,
    /// Of those who move, the share to resourced provision, 0 to 1.
    resourced_provision_share: Option<Placed<f64>>,
    /// Why it is done.
    reason: Placed<String>,
    /// What its size rests on.
    source: Placed<String>,
}

impl Lever for Repatriation {
    const KIND: &'static str = "repatriation";
    const TITLE: &'static str = "Return from independent special schools";
    const ACTS_ON: &'static [Parameter] = &[Parameter::SettingMoveRate, Parameter::ReturnShare];

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
        let moved = context.lever_size(
            path("share-moved"),
            self.share_moved.as_ref(),
            0.0..=0.99,
            period,
        );
        let to_base = self.resourced_provision_share(context, period);
        vec![
            moves(&moved, Setting::StateSpecial, 1.0 - to_base, period),
            moves(&moved, Setting::ResourcedProvision, to_base, period),
            moved.change(
                Parameter::ReturnShare,
                Filter {
                    ages: PHASE_TRANSFER.into(),
                    ..Filter::default()
                },
                Operation::Add,
                |share| share,
                period,
            ),
        ]
    }
}

impl Repatriation {
    fn resourced_provision_share(&self, context: &mut Context<'_>, period: Period) -> f64 {
        let path = format!("lever.{}.resourced-provision-share", Self::KIND);
        let usual = context.parameters.uncertain(&path, period.from).central();
        let written = self.resourced_provision_share.as_ref();
        if let Some(share) = written.filter(|share| !(0.0..=1.0).contains(&share.value)) {
            let message = format!("`resourced-provision-share` is {}, not 0 to 1", share.value);
            context.error("wrong-share", &share.span, message, None);
        }
        written.map_or(usual, |share| share.value)
    }
}

fn moves(moved: &LeverSize, to: Setting, part: f64, period: Period) -> Change {
    let at_phase_transfer = Filter {
        ages: PHASE_TRANSFER.into(),
        settings: [Setting::NonMaintainedSpecial, Setting::IndependentSpecial].into(),
        to_settings: [to].into(),
        ..Filter::default()
    };
    moved.change(
        Parameter::SettingMoveRate,
        at_phase_transfer,
        Operation::Add,
        |share| rate_of_share(share, 1.0) * part,
        period,
    )
}
