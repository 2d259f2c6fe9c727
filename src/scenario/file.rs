//! A scenario file as written.

use schemars::JsonSchema;
use serde::Deserialize;

use super::ages::Ages;
use super::code::Code;
use super::size::Size;
use crate::domain::{CeaseReason, PrimaryNeed, Setting, Sex};
use crate::parameters::Parameter;
use crate::toml_file::{Day, Placed};

/// What stands above the changes: a scenario states a question and the difference from its base,
/// and nothing else.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(rename = "Scenario")]
pub(super) struct Header {
    /// Title for people.
    pub(super) title: Placed<String>,
    /// The question that the scenario answers.
    pub(super) question: Placed<String>,
    /// What it differs from: always `baseline`.
    #[schemars(extend("enum" = ["baseline"]))]
    pub(super) base: Option<Placed<String>>,
    /// Who wrote it.
    pub(super) author: Option<String>,
    /// When it was written.
    pub(super) date: Option<Day>,
    /// Known effects left out; printed in the report.
    #[serde(default)]
    pub(super) not_modelled: Vec<String>,
}

/// A change of one parameter, by path. Exactly one of `set`, `multiply` and `add`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(rename = "Change")]
pub(super) struct ChangeFile {
    /// The parameter, for example `joining.rate`; `sendsim explain` lists them.
    #[schemars(extend("enum" = Parameter::paths()))]
    pub(super) path: Placed<String>,
    /// First day of the effect.
    pub(super) from: Placed<Day>,
    /// First day without it; for good when left out.
    pub(super) until: Option<Placed<Day>>,
    /// Years in which the effect grows from nothing to its full size; at once when left out.
    pub(super) phase_in_years: Option<Placed<f64>>,
    /// The new value.
    pub(super) set: Option<Placed<Size>>,
    /// What the value is multiplied by: 0.9 is a tenth less.
    pub(super) multiply: Option<Placed<Size>>,
    /// What is added to the value.
    pub(super) add: Option<Placed<Size>>,
    /// Only these academic ages (age at 31 August before: 4 is Reception, 10 is Year 6).
    pub(super) ages: Option<Placed<Ages>>,
    /// Only these sexes.
    pub(super) sexes: Option<Placed<Vec<Placed<Code<Sex>>>>>,
    /// Only these primary needs; for recoding, the need before.
    pub(super) needs: Option<Placed<Vec<Placed<Code<PrimaryNeed>>>>>,
    /// Only these primary needs after recoding.
    pub(super) to_needs: Option<Placed<Vec<Placed<Code<PrimaryNeed>>>>>,
    /// Only these settings; for moves, the setting before.
    pub(super) settings: Option<Placed<Vec<Placed<Code<Setting>>>>>,
    /// Only these settings after a move.
    pub(super) to_settings: Option<Placed<Vec<Placed<Code<Setting>>>>>,
    /// Only these reasons for ceasing.
    pub(super) reasons: Option<Placed<Vec<Placed<Code<CeaseReason>>>>>,
    /// Only these localities of a service that the area keeps by locality; an amount is that of each.
    pub(super) localities: Option<Placed<Vec<Placed<String>>>>,
    /// Why the change is made.
    pub(super) reason: Placed<String>,
    /// What its size rests on: a publication, a local figure, a judgement.
    pub(super) source: Placed<String>,
}
