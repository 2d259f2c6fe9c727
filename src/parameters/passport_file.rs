//! A passport as written in TOML, and its checks.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{DatedValue, Passport, Uncertain};
use crate::domain::{Basis, Date};
use crate::finding::Finding;
use crate::toml_file::{Day, Placed, TomlFile};

/// One parameter's table, as written.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct PassportFile {
    label: Placed<String>,
    unit: Placed<String>,
    #[serde(default)]
    values: Vec<Placed<ValueFile>>,
    source: Placed<String>,
    #[schemars(with = "String")]
    basis: Placed<Basis>,
    note: Option<String>,
    used_in: Option<String>,
    #[serde(default)]
    scenarios: bool,
    #[serde(default)]
    on_base_date: bool,
    checked_on: Day,
}

/// A dated value, as written.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct ValueFile {
    from: Day,
    value: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    shape: Shape,
}

#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum Shape {
    Fixed,
    Uniform,
    Triangular,
}

impl ValueFile {
    fn resolve(&self) -> Result<Uncertain, String> {
        let value = match (self.shape, self.value, self.low, self.high) {
            (Shape::Fixed, Some(value), None, None) => Uncertain::Fixed(value),
            (Shape::Fixed, ..) => {
                return Err("a fixed value has a `value`, and no `low` and `high`".to_owned());
            }
            (Shape::Uniform, None, Some(low), Some(high)) => Uncertain::Uniform { low, high },
            (Shape::Uniform, ..) => {
                return Err("a uniform value has `low` and `high`, and no `value`".to_owned());
            }
            (Shape::Triangular, Some(mode), Some(low), Some(high)) => {
                Uncertain::Triangular { low, mode, high }
            }
            (Shape::Triangular, ..) => {
                return Err("a triangular value has `low`, `value` and `high`".to_owned());
            }
        };
        value.check().map(|()| value)
    }
}

impl PassportFile {
    /// The passport. What is wrong with it goes to the findings.
    pub(super) fn resolve(
        self,
        path: String,
        file: &TomlFile,
        is_source: impl Fn(&str) -> Result<(), String>,
        findings: &mut Vec<Finding>,
    ) -> Passport {
        self.check_words(&path, file, findings);
        if let Err(hint) = is_source(&self.source.value) {
            let message = format!("`{path}` has the unknown source `{}`", self.source.value);
            let span = self.source.span.clone();
            findings.push(file.error("unknown-source", span, message, Some(hint)));
        }
        let values = self.resolve_values(&path, file, findings);
        Passport {
            path,
            label: self.label.value,
            unit: self.unit.value,
            values,
            source: self.source.value,
            basis: self.basis.value,
            note: self.note,
            used_in: self.used_in,
            scenarios: self.scenarios,
            on_base_date: self.on_base_date,
            checked_on: self.checked_on.0,
        }
    }

    fn check_words(&self, path: &str, file: &TomlFile, findings: &mut Vec<Finding>) {
        for (name, text) in [("label", &self.label), ("unit", &self.unit)] {
            if text.value.trim().is_empty() {
                let message = format!("`{path}` has an empty `{name}`");
                findings.push(file.error("empty-field", text.span.clone(), message, None));
            }
        }
        let has_note = self
            .note
            .as_ref()
            .is_some_and(|note| !note.trim().is_empty());
        if self.basis.value == Basis::Assumption && !has_note {
            let message = format!("`{path}` is an assumption without a `note`");
            let hint = "say how the value was chosen and what it leaves out".to_owned();
            let span = self.basis.span.clone();
            findings.push(file.error("assumption-without-note", span, message, Some(hint)));
        }
        if self.values.is_empty() && self.basis.value != Basis::Derived {
            let message = format!("`{path}` has no `values`");
            let hint = "only a parameter fitted to the area's own figures, `basis = \"derived\"`, has none";
            let span = self.basis.span.clone();
            findings.push(file.error("no-values", span, message, Some(hint.to_owned())));
        }
    }

    fn resolve_values(
        &self,
        path: &str,
        file: &TomlFile,
        findings: &mut Vec<Finding>,
    ) -> Vec<DatedValue> {
        let mut values: Vec<DatedValue> = Vec::new();
        for written in &self.values {
            let from: Date = written.value.from.0;
            let mut wrong = |message: String| {
                let message = format!("`{path}`: {message}");
                findings.push(file.error("wrong-value", written.span.clone(), message, None));
            };
            if values.last().is_some_and(|last| last.from >= from) {
                wrong(format!(
                    "the value from {from} is not later than the one before it"
                ));
            }
            match written.value.resolve() {
                Ok(value) => values.push(DatedValue { from, value }),
                Err(message) => wrong(message),
            }
        }
        values
    }
}
