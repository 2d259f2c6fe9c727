//! The reform of the law that is proposed for 2029.

use schemars::JsonSchema;
use serde::Deserialize;

use super::kind::{Lever, Terms, rate_of_share};
use crate::domain::{CeaseReason, Setting};
use crate::parameters::Parameter;
use crate::scenario::context::{Context, Period};
use crate::scenario::size::Size;
use crate::scenario::{Change, Filter, Operation};
use crate::toml_file::{Day, Placed};

/// Academic ages in the years before a move to another phase: Year 6 and Year 11.
const PHASE_POINTS: [u8; 2] = [10, 15];

/// Legal reform: individual support plans by law for children with SEN, EHC plans for the most
/// complex needs only. From the announcement to the law more families ask; from the law on fewer
/// plans start; from a year after the law children with a plan outside special schools are reassessed
/// at the end of Year 6 and Year 11, and some move to an individual support plan, with SEN support.
///
/// Range: the consultation of February 2026 expects about 1 in 8 to move between 2030 and 2035, and
/// 5.3% of pupils with a plan in 2024/25, 7.7% in 2029/30 and 4.7% in 2034/35; the sizes here are
/// assumptions. Lag: dates as announced; no bill had been introduced when this was written.
///
/// Holds constant: plans of children in special schools (those there in September 2029 are
/// protected; so are later ones here), moves between settings, other reasons for ceasing, disputes
/// and money for individual support plans.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct LegalReform {
    /// Name in results; the kind when left out.
    name: Option<Placed<String>>,
    /// Day from which families ask in anticipation; before `from`.
    announced: Placed<Day>,
    /// First day of the law.
    from: Placed<Day>,
    /// First day on which nobody is moved to an individual support plan any more; for good when left
    /// out.
    until: Option<Placed<Day>>,
    /// Rise of the rate of asking between announcement and law, as a share.
    surge: Option<Placed<Size>>,
    /// Factor on the rate of starting plans under the law.
    new_plans_factor: Option<Placed<Size>>,
    /// Share of those reassessed at the end of a phase who move to an individual support plan.
    share_moved: Option<Placed<Size>>,
    /// Why it is done.
    reason: Placed<String>,
    /// What its size rests on.
    source: Placed<String>,
}

impl Lever for LegalReform {
    const KIND: &'static str = "legal-reform";
    const TITLE: &'static str = "Legal reform";
    const ACTS_ON: &'static [Parameter] = &[Parameter::JoiningRate, Parameter::CeasingRate];

    fn terms(&self) -> Terms<'_> {
        Terms {
            name: self.name.as_ref(),
            from: &self.from,
            until: self.until.as_ref(),
            phase_in_years: None,
            reason: &self.reason,
            source: &self.source,
        }
    }

    fn changes(&self, period: Period, context: &mut Context<'_>) -> Vec<Change> {
        let path = |size: &str| format!("lever.{}.{size}", Self::KIND);
        let before = context.period(&self.announced, Some(&self.from), None);
        let law = Period {
            until: None,
            ..period
        };
        let moves = Period {
            from: period.from.plus_years(1),
            ..period
        };
        let surge = context.lever_size(path("surge"), self.surge.as_ref(), 0.0..=2.0, before);
        let written = self.new_plans_factor.as_ref();
        let fewer = context.lever_size(path("new-plans-factor"), written, 0.0..=2.0, law);
        let written = self.share_moved.as_ref();
        let leaving = context.lever_size(path("share-moved"), written, 0.0..=0.99, moves);
        let everyone = Filter::default();
        let reassessed = Filter {
            ages: PHASE_POINTS.into(),
            settings: Setting::ALL
                .into_iter()
                .filter(|setting| !setting.is_special_school())
                .collect(),
            reasons: [CeaseReason::SupportPlan].into(),
            ..Filter::default()
        };
        let multiply = Operation::Multiply;
        vec![
            surge.change(
                Parameter::JoiningRate,
                everyone.clone(),
                multiply,
                |surge| 1.0 + surge,
                before,
            ),
            fewer.change(
                Parameter::JoiningRate,
                everyone,
                multiply,
                |times| times,
                law,
            ),
            leaving.change(
                Parameter::CeasingRate,
                reassessed,
                Operation::Add,
                |share| rate_of_share(share, 1.0),
                moves,
            ),
        ]
    }
}
