//! Early language and identification.

use std::collections::BTreeSet;

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
/// health visitors. Children aged 3 to 6 with speech, language and communication needs are put on
/// SEN support before they would have been; later fewer start a plan.
///
/// Range: 0 to 8% fewer new plans, 5 to 15% of the starts of SEN support brought forward, children
/// found early 1 to 3 times likelier to start a plan; all assumed, no evaluation has measured plans.
/// Lag: 1 to 4 years for plans.
///
/// Holds constant: other needs and ages, the setting named, and the child's own risk of a plan:
/// with a reduction of 0 and a request ratio of 1 the same children start plans on the same days.
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
    /// Starts of SEN support brought forward, per start.
    more_identified: Option<Placed<Size>>,
    /// How many times likelier a child found early is to start a plan than if not yet found.
    request_ratio: Option<Placed<Size>>,
    /// Why it is done.
    reason: Placed<String>,
    /// What its size rests on.
    source: Placed<String>,
}

impl Lever for EarlyLanguage {
    const KIND: &'static str = "early-language";
    const TITLE: &'static str = "Early language and identification";
    const ACTS_ON: &'static [Parameter] = &[
        Parameter::SenSupportFoundEarlyShare,
        Parameter::FoundEarlyJoiningRatio,
        Parameter::JoiningRate,
    ];

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
        let requests = context.lever_size(
            path("request-ratio"),
            self.request_ratio.as_ref(),
            0.0..=100.0,
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
                Parameter::SenSupportFoundEarlyShare,
                children.clone(),
                Operation::Add,
                |more| more,
                at_once,
            ),
            requests.change(
                Parameter::FoundEarlyJoiningRatio,
                Filter {
                    ages: BTreeSet::new(),
                    ..children.clone()
                },
                Operation::Multiply,
                |ratio| ratio,
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
