//! Everything that a finished run has to say: what each format lays out.

use serde::{Deserialize, Serialize};

use crate::area::TestedRow;
use crate::domain::Basis;
use crate::finding::Finding;
use crate::parameters::{Passport, Source, Uncertain};
use crate::scenario::{Action, Scenario};
use crate::summarise::{AttributionRow, ComparisonRow, IndicatorRow, PastRow};

/// A finished run.
#[derive(Debug, Clone, PartialEq)]
pub struct Results {
    /// The area.
    pub area: AreaRow,
    /// Seed of every draw.
    pub seed: u64,
    /// Simulated futures of each scenario.
    pub runs: usize,
    /// Years simulated.
    pub years: u32,
    /// Scenarios in the order of the run; the first is the baseline.
    pub scenarios: Vec<ScenarioRow>,
    /// Rows of `indicators.csv`.
    pub indicators: Vec<IndicatorRow>,
    /// Rows of `comparison.csv`.
    pub comparison: Vec<ComparisonRow>,
    /// Rows of `attribution.csv`.
    pub attribution: Vec<AttributionRow>,
    /// Published history, for charts.
    pub past: Vec<PastRow>,
    /// Fitted rates by single age.
    pub rates: Vec<RateRow>,
    /// How earlier forecasts fared against what came; empty where none were tested.
    pub tested: Vec<TestedRow>,
    /// Every parameter with its passport.
    pub parameters: Vec<ParameterRow>,
    /// Publications that the run rests on.
    pub sources: Vec<SourceRow>,
    /// Files that the run read, with their hashes.
    pub inputs: Vec<InputRow>,
    /// What the checks of the inputs found.
    pub findings: Vec<FindingRow>,
}

/// The local area of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AreaRow {
    /// Name of the authority.
    pub name: String,
    /// GSS code.
    pub new_la_code: String,
    /// DfE code.
    pub old_la_code: u16,
    /// Region's name.
    pub region_name: String,
    /// NHS partner.
    pub integrated_care_board: String,
    /// January of the base stock.
    pub base_year: i32,
}

impl From<&crate::area::AreaManifest> for AreaRow {
    fn from(manifest: &crate::area::AreaManifest) -> Self {
        Self {
            name: manifest.name.clone(),
            new_la_code: manifest.new_la_code.clone(),
            old_la_code: manifest.old_la_code,
            region_name: manifest.region_name.clone(),
            integrated_care_board: manifest.integrated_care_board.clone(),
            base_year: manifest.base_year,
        }
    }
}

/// A scenario as the report tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScenarioRow {
    /// Short name, as in the tables.
    pub name: String,
    /// Title for people.
    pub title: String,
    /// The question that it answers.
    pub question: String,
    /// Who wrote it.
    pub author: String,
    /// When, or empty.
    pub date: String,
    /// What is done, in the order of attribution.
    pub actions: Vec<ActionRow>,
    /// Known effects left out.
    pub not_modelled: Vec<String>,
    /// The file's text.
    pub text: String,
}

impl ScenarioRow {
    /// Its title, or its name if it has none.
    pub fn told(&self) -> &str {
        if self.title.is_empty() {
            &self.name
        } else {
            &self.title
        }
    }
}

impl From<&Scenario> for ScenarioRow {
    fn from(scenario: &Scenario) -> Self {
        Self {
            name: scenario.name.clone(),
            title: scenario.title.clone(),
            question: scenario.question.clone(),
            author: scenario.author.clone(),
            date: scenario.date.map_or_else(String::new, |d| d.to_string()),
            actions: scenario.actions.iter().map(ActionRow::from).collect(),
            not_modelled: scenario.not_modelled.clone(),
            text: scenario.text.clone(),
        }
    }
}

/// One thing that a scenario does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActionRow {
    /// Name in `attribution.csv`.
    pub name: String,
    /// Title for people.
    pub title: String,
    /// Why.
    pub reason: String,
    /// Source of the effect.
    pub source: String,
    /// Lever kind, or `change`.
    pub kind: String,
}

impl From<&Action> for ActionRow {
    fn from(action: &Action) -> Self {
        Self {
            name: action.name.clone(),
            title: action.title.clone(),
            reason: action.reason.clone(),
            source: action.source.clone(),
            kind: action.kind.to_owned(),
        }
    }
}

/// A rate of the model at one single age [per child and year].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RateRow {
    /// `joining`, `ceasing`, or another process.
    pub process: String,
    /// Academic age.
    pub age: u8,
    /// Fitted rate.
    pub value: f64,
    /// Lower end of its 80% range.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Events at this age in the evidence that the rate is fitted to, where there is any. Published
    /// counts stand by other ages, so they are shared out and need not be whole.
    pub evidence_events: Option<f64>,
}

/// A row of the assumptions register: a parameter's value from a date on, with its passport.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ParameterRow {
    /// Path used everywhere.
    pub path: String,
    /// What it is, in words.
    pub label: String,
    /// Unit.
    pub unit: String,
    /// Value, or the centre of its distribution.
    pub value: f64,
    /// Least value.
    pub low: f64,
    /// Greatest value.
    pub high: f64,
    /// What it rests on.
    pub basis: Basis,
    /// Key of the source.
    pub source: String,
    /// How it was read or derived.
    pub note: String,
    /// First day on which it holds, or empty.
    pub from: String,
    /// Last date on which someone confirmed it, or empty.
    pub checked_on: String,
}

impl ParameterRow {
    /// The rows of a passport: one for each dated value.
    pub fn of(passport: &Passport) -> Vec<Self> {
        let row = |value: &crate::parameters::DatedValue| {
            let (low, high) = match value.value {
                Uncertain::Fixed(fixed) => (fixed, fixed),
                Uncertain::Uniform { low, high } | Uncertain::Triangular { low, high, .. } => {
                    (low, high)
                }
            };
            Self {
                path: passport.path.clone(),
                label: passport.label.clone(),
                unit: passport.unit.clone(),
                value: value.value.central(),
                low,
                high,
                basis: passport.basis,
                source: passport.source.clone(),
                note: passport.note.clone().unwrap_or_default(),
                from: value.from.to_string(),
                checked_on: passport.checked_on.to_string(),
            }
        };
        passport.values.iter().map(row).collect()
    }
}

/// A publication that numbers are taken from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceRow {
    /// Key used by parameters and tables.
    pub key: String,
    /// Title.
    pub title: String,
    /// Publisher.
    pub publisher: String,
    /// Release.
    pub release: String,
    /// Licence.
    pub licence: String,
    /// Where it is published, or empty.
    pub url: String,
    /// When the copy was taken, or empty.
    pub retrieved: String,
    /// SHA-256 of the file as read, or empty.
    pub sha256: String,
}

impl SourceRow {
    /// A source of parameters.
    pub fn of(key: &str, source: &Source) -> Self {
        Self {
            key: key.to_owned(),
            title: source.title.clone(),
            publisher: source.publisher.clone(),
            release: source.release.clone(),
            licence: source.licence.clone(),
            url: source.url.clone(),
            retrieved: String::new(),
            sha256: String::new(),
        }
    }
}

impl From<&crate::area::PackSource> for SourceRow {
    fn from(source: &crate::area::PackSource) -> Self {
        Self {
            key: source.key.clone(),
            title: source.title.clone(),
            publisher: source.publisher.clone(),
            release: source.release.clone(),
            licence: source.licence.clone(),
            url: String::new(),
            retrieved: source.retrieved.clone(),
            sha256: source.sha256.clone(),
        }
    }
}

/// A file that the run read, or wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InputRow {
    /// Name, relative to the area pack or as the user gave it.
    pub file: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

/// One failed check on an input.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FindingRow {
    /// Name of the check.
    pub check: String,
    /// `error`, `warning` or `note`.
    pub severity: String,
    /// Where, or empty.
    pub location: String,
    /// What is wrong.
    pub message: String,
    /// What follows, or empty.
    pub hint: String,
}

impl From<&Finding> for FindingRow {
    fn from(finding: &Finding) -> Self {
        let location = finding.location.as_ref();
        Self {
            check: finding.check.to_owned(),
            severity: finding.severity.label().to_owned(),
            location: location.map_or_else(String::new, ToString::to_string),
            message: finding.message.clone(),
            hint: finding.hint.clone().unwrap_or_default(),
        }
    }
}
