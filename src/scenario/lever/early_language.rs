//! Early language and identification.

use schemars::JsonSchema;
use serde::Deserialize;

use super::kind::{Lever, Terms};
use crate::domain::PrimaryNeed;
use crate::parameters::Parameter;
use crate::scenario::context::{Context, Period};
use crate::scenario::size::Size;
use crate::scenario::{Change, Filter, Operation};
use crate::toml_file::{Day, Placed};

/// Early language and identification: language programmes in nurseries and Reception, screening by
/// health visitors. More children aged 3 to 6 start SEN support for speech, language and
/// communication needs at once; later fewer start a plan.
///
/// Range: 0 to 8% fewer new plans, 5 to 15% more starting SEN support; both assumed, no evaluation
/// has measured plans. Lag: 1 to 4 years for plans.
///
/// Holds constant: other needs and ages, the setting named, and the ratio of joining.rate between
/// children on SEN support and the others, so that identification by itself still adds plans.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct EarlyLanguage {
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
    /// Share by which starting SEN support rises.
    more_identified: Option<Placed<Size>>,
    /// Why it is done.
    reason: Placed<String>,
    /// What its size rests on.
    source: Placed<String>,
}

impl Lever for EarlyLanguage {
    const KIND: &'static str = "early-language";
    const TITLE: &'static str = "Early language and identification";
    const ACTS_ON: &'static [Parameter] = &[Parameter::SenSupportEntryRate, Parameter::JoiningRate];

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
        let identified = context.lever_size(
            path("more-identified"),
            self.more_identified.as_ref(),
            0.0..=10.0,
            period,
        );
        let reduction = context.lever_size(
            path("reduction"),
            self.reduction.as_ref(),
            0.0..=1.0,
            period,
        );
        let children = Filter {
            ages: (3..=6).collect(),
            needs: [PrimaryNeed::Slcn].into(),
            ..Filter::default()
        };
        // Children are found as soon as someone looks; the effect of help takes its time.
        let at_once = Period {
            phase_in_years: 0.0,
            ..period
        };
        vec![
            identified.change(
                Parameter::SenSupportEntryRate,
                children.clone(),
                Operation::Multiply,
                |more| 1.0 + more,
                at_once,
            ),
            reduction.change(
                Parameter::JoiningRate,
                children,
                Operation::Multiply,
                |fewer| 1.0 - fewer,
                period,
            ),
        ]
    }
}
