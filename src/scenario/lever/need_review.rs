//! A review of plans with moderate learning difficulty.

use schemars::JsonSchema;
use serde::Deserialize;

use super::kind::{Lever, Terms, rate_of_share, years_of};
use crate::domain::PrimaryNeed;
use crate::parameters::Parameter;
use crate::scenario::context::{Context, Period};
use crate::scenario::size::Size;
use crate::scenario::{Change, Filter, Operation};
use crate::toml_file::{Day, Placed};

/// MLD reclassification review: every plan with moderate learning difficulty is read again, and
/// some are recorded as speech, language and communication, autism, or social, emotional and mental
/// health needs.
///
/// Range: 5 to 25% of the plans over the whole review, assumed; shared equally among the new needs.
/// Lag: none, the review lasts from `from` to `until`.
///
/// Holds constant: the number of plans, settings (a child may need another place; the review alone
/// moves nobody), and the need recorded in new plans.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct NeedReview {
    /// Name in results; the kind when left out.
    name: Option<Placed<String>>,
    /// First day.
    from: Placed<Day>,
    /// First day after it.
    until: Placed<Day>,
    /// Share of the plans with MLD recorded anew over the whole review, 0 to 1.
    share_recoded: Option<Placed<Size>>,
    /// Why it is done.
    reason: Placed<String>,
    /// What its size rests on.
    source: Placed<String>,
}

impl Lever for NeedReview {
    const KIND: &'static str = "need-review";
    const TITLE: &'static str = "Review of plans with moderate learning difficulty";
    const ACTS_ON: &'static [Parameter] = &[Parameter::NeedRecodeRate];

    fn terms(&self) -> Terms<'_> {
        Terms {
            name: self.name.as_ref(),
            from: &self.from,
            until: Some(&self.until),
            phase_in_years: None,
            reason: &self.reason,
            source: &self.source,
        }
    }

    fn changes(&self, period: Period, context: &mut Context<'_>) -> Vec<Change> {
        let path = format!("lever.{}.share-recoded", Self::KIND);
        let share = context.lever_size(path, self.share_recoded.as_ref(), 0.0..=0.99, period);
        let to_needs = [PrimaryNeed::Asd, PrimaryNeed::Semh, PrimaryNeed::Slcn];
        let (years, ways) = (years_of(period), to_needs.len() as f64);
        let recoding = Filter {
            needs: [PrimaryNeed::Mld].into(),
            to_needs: to_needs.into(),
            ..Filter::default()
        };
        vec![share.change(
            Parameter::NeedRecodeRate,
            recoding,
            Operation::Add,
            |share| rate_of_share(share, years) / ways,
            period,
        )]
    }
}
