//! Where a number comes from.

use serde::{Serialize, Serializer};

use super::Uncertain;
use crate::domain::{Basis, Date};

/// A number's passport: what it is, its value and range, what it rests on.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Passport {
    /// Path used everywhere.
    pub path: String,
    /// What it is, in words.
    pub label: String,
    /// Unit.
    pub unit: String,
    /// Values by start date, oldest first.
    pub values: Vec<DatedValue>,
    /// Key of the source in `sources.toml`.
    pub source: String,
    /// What it rests on.
    pub basis: Basis,
    /// How it was read or derived, what it leaves out. An assumption always has one.
    pub note: Option<String>,
    /// Where the model uses it.
    pub used_in: Option<String>,
    /// Whether scenarios can change it by its path.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub scenarios: bool,
    /// Whether a change must hold from the base date: the number is read then and never again.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub on_base_date: bool,
    /// Last date on which someone confirmed that it still holds.
    #[serde(serialize_with = "as_text")]
    pub checked_on: Date,
}

impl Passport {
    /// The value that holds on a date; the first one before its own start.
    pub fn value_on(&self, date: Date) -> Option<Uncertain> {
        let begun = self.values.iter().rev().find(|value| value.from <= date);
        begun.or(self.values.first()).map(|dated| dated.value)
    }

    /// Whether it is a part of a whole, so that it is at most 1.
    pub fn is_share(&self) -> bool {
        ["share", "share a year"].contains(&self.unit.as_str())
            || self.unit.starts_with("share of ")
    }

    /// Least and greatest value, where its unit says so.
    pub fn limits(&self) -> (Option<f64>, Option<f64>) {
        let after = |words: &str| {
            let (_, number) = self.unit.split_once(words)?;
            number.parse().ok()
        };
        (after(", at least "), after(", at most "))
    }

    /// Whether it is 0 unless a scenario adds something, so that nothing can be taken away.
    pub fn is_nothing(&self) -> bool {
        let mut values = self.values.iter().map(|dated| dated.value.range());
        values.all(|(low, high)| low.abs().max(high.abs()) <= 0.0) && !self.values.is_empty()
    }

    /// The newest value; none when the values are fitted to an area's figures.
    pub fn newest(&self) -> Option<DatedValue> {
        self.values.last().copied()
    }
}

/// A value that holds from a date on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DatedValue {
    /// First day.
    pub from: Date,
    /// Value or distribution.
    pub value: Uncertain,
}

impl Serialize for DatedValue {
    /// As in the parameter files: `from`, `value`, `low`, `high`, `shape`.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Written {
            #[serde(serialize_with = "as_text")]
            from: Date,
            value: f64,
            low: f64,
            high: f64,
            shape: &'static str,
        }
        let (low, high) = self.value.range();
        let written = Written {
            from: self.from,
            value: self.value.central(),
            low,
            high,
            shape: self.value.shape(),
        };
        written.serialize(serializer)
    }
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands a field over by reference"
)]
fn as_text<S: Serializer>(date: &Date, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(date)
}

/// A publication that numbers are taken from.
#[derive(Debug, Clone, PartialEq, Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Source {
    /// Title.
    pub title: String,
    /// Publisher.
    pub publisher: String,
    /// Release.
    pub release: String,
    /// Where it is published.
    pub url: String,
    /// Licence.
    pub licence: String,
}
