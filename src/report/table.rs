//! The long tables that every data format writes.

use super::Results;
use super::results::{ParameterRow, RateRow};
use crate::area::TestedRow;
use crate::summarise::{Cell, Summary};

/// A column's name and what its cells hold.
pub(super) type Column = (&'static str, Kind);

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Words.
    Text,
    /// Numbers; empty where there is none.
    Number,
}

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value<'a> {
    /// Words, in ASCII.
    Text(std::borrow::Cow<'a, str>),
    /// A number, unrounded.
    Number(f64),
    /// Not known.
    Missing,
}

/// A table with one row per fact.
pub(super) struct Table<'a> {
    /// Name, without the ending of a file.
    pub(super) name: &'static str,
    /// Columns.
    pub(super) columns: Vec<Column>,
    /// Rows, as wide as the columns.
    pub(super) rows: Vec<Vec<Value<'a>>>,
}

/// Columns that say what a row is about.
const IDENTIFIERS: [&str; 16] = [
    "scenario",
    "time_period",
    "time_identifier",
    "geographic_level",
    "new_la_code",
    "la_name",
    "indicator",
    "unit",
    "age_group",
    "sex",
    "primary_need",
    "setting",
    "phase",
    "service",
    "category",
    "basis",
];

/// Columns of a distribution over runs.
const DISTRIBUTION: [&str; 10] = [
    "mean",
    "sd",
    "p05",
    "p10",
    "p25",
    "p50",
    "p75",
    "p90",
    "p95",
    "monte_carlo_error",
];

/// `indicators`: what is expected in each scenario.
pub(super) fn indicators(results: &Results) -> Table<'_> {
    let rows = results.indicators.iter().map(|row| {
        let mut values = identifiers(results, &row.scenario, &row.cell);
        values.extend(distribution(&row.summary));
        values
    });
    Table {
        name: "indicators",
        columns: columns(&[(&IDENTIFIERS, Kind::Text), (&DISTRIBUTION, Kind::Number)]),
        rows: rows.collect(),
    }
}

/// `comparison`: paired differences from the first scenario.
pub(super) fn comparison(results: &Results) -> Table<'_> {
    let rows = results.comparison.iter().map(|row| {
        let mut values = identifiers(results, &row.scenario, &row.cell);
        values.extend(distribution(&row.difference));
        values.push(number(row.probability_lower));
        values.push(number(row.probability_higher));
        values.push(optional(row.variance_reduction));
        values
    });
    let certainty = [
        "probability_lower",
        "probability_higher",
        "variance_reduction",
    ];
    Table {
        name: "comparison",
        columns: columns(&[
            (&IDENTIFIERS, Kind::Text),
            (&DISTRIBUTION, Kind::Number),
            (&certainty, Kind::Number),
        ]),
        rows: rows.collect(),
    }
}

/// `attribution`: each action's share of a scenario's difference.
pub(super) fn attribution(results: &Results) -> Table<'_> {
    let rows = results.attribution.iter().map(|row| {
        let mut values = identifiers(results, &row.scenario, &row.cell);
        values.push(text(&row.action));
        values.push(number(row.order as f64));
        values.push(number(row.mean));
        values.push(number(row.monte_carlo_error));
        values
    });
    let share = ["order", "mean", "monte_carlo_error"];
    Table {
        name: "attribution",
        columns: columns(&[
            (&IDENTIFIERS, Kind::Text),
            (&["action"], Kind::Text),
            (&share, Kind::Number),
        ]),
        rows: rows.collect(),
    }
}

/// `past`: published history.
pub(super) fn past(results: &Results) -> Table<'_> {
    let rows = results.past.iter().map(|row| {
        vec![
            text(&row.time_period),
            text(row.time_identifier),
            text("Local authority"),
            text(&results.area.new_la_code),
            text(&results.area.name),
            text(row.indicator),
            number(row.value),
        ]
    });
    let who = [
        "time_period",
        "time_identifier",
        "geographic_level",
        "new_la_code",
        "la_name",
        "indicator",
    ];
    Table {
        name: "past",
        columns: columns(&[(&who, Kind::Text), (&["value"], Kind::Number)]),
        rows: rows.collect(),
    }
}

/// `rates`: fitted rates by single age.
pub(super) fn rates(results: &Results) -> Table<'_> {
    fn row(row: &RateRow) -> Vec<Value<'_>> {
        vec![
            text(&row.process),
            number(f64::from(row.age)),
            number(row.value),
            number(row.low),
            number(row.high),
            optional(row.evidence_events),
        ]
    }
    let numbers = ["age", "value", "low", "high", "evidence_events"];
    Table {
        name: "rates",
        columns: columns(&[(&["process"], Kind::Text), (&numbers, Kind::Number)]),
        rows: results.rates.iter().map(row).collect(),
    }
}

/// `tested`: how earlier forecasts fared against what came.
pub(super) fn tested(results: &Results) -> Table<'_> {
    fn row(row: &TestedRow) -> Vec<Value<'_>> {
        vec![
            text(row.scope.code()),
            optional(row.origin.map(f64::from)),
            number(row.horizon as f64),
            number(row.n as f64),
            optional(row.p10),
            optional(row.p50),
            optional(row.p90),
            optional(row.actual),
            optional(row.mape),
            optional(row.held_80),
            optional(row.held_90),
        ]
    }
    let numbers = [
        "origin", "horizon", "n", "p10", "p50", "p90", "actual", "mape", "held_80", "held_90",
    ];
    Table {
        name: "tested",
        columns: columns(&[(&["scope"], Kind::Text), (&numbers, Kind::Number)]),
        rows: results.tested.iter().map(row).collect(),
    }
}

/// `assumptions`: the register of every number.
pub(super) fn assumptions(results: &Results) -> Table<'_> {
    fn row(row: &ParameterRow) -> Vec<Value<'_>> {
        vec![
            text(&row.path),
            text(&row.label),
            text(&row.unit),
            number(row.value),
            number(row.low),
            number(row.high),
            text(row.basis.code()),
            text(&row.source),
            text(&row.note),
            text(&row.from),
            text(&row.checked_on),
        ]
    }
    Table {
        name: "assumptions",
        columns: columns(&[
            (&["path", "label", "unit"], Kind::Text),
            (&["value", "low", "high"], Kind::Number),
            (
                &["basis", "source", "note", "from", "checked_on"],
                Kind::Text,
            ),
        ]),
        rows: results.parameters.iter().map(row).collect(),
    }
}

fn identifiers<'a>(results: &'a Results, scenario: &'a str, cell: &'a Cell) -> Vec<Value<'a>> {
    vec![
        text(scenario),
        text(&cell.time_period),
        text(cell.time_identifier),
        text("Local authority"),
        text(&results.area.new_la_code),
        text(&results.area.name),
        text(cell.indicator),
        text(cell.unit),
        text(cell.age_group),
        text(cell.sex),
        text(cell.primary_need),
        text(cell.setting),
        text(cell.phase),
        text(cell.service),
        text(cell.category),
        text(cell.basis),
    ]
}

fn distribution<'a>(summary: &Summary) -> impl Iterator<Item = Value<'a>> + use<'a> {
    [summary.mean, summary.sd]
        .into_iter()
        .chain(summary.quantiles)
        .chain([summary.monte_carlo_error])
        .map(number)
}

fn columns(groups: &[(&[&'static str], Kind)]) -> Vec<Column> {
    let group = |(names, kind): &(&[&'static str], Kind)| {
        let kind = *kind;
        names.iter().map(|&name| (name, kind)).collect::<Vec<_>>()
    };
    groups.iter().flat_map(group).collect()
}

fn number<'a>(value: f64) -> Value<'a> {
    if value.is_finite() {
        Value::Number(value)
    } else {
        Value::Missing
    }
}

fn optional<'a>(value: Option<f64>) -> Value<'a> {
    value.map_or(Value::Missing, number)
}

pub(super) fn text(words: &str) -> Value<'_> {
    Value::Text(ascii(words))
}

/// Words in ASCII, so that a spreadsheet opens the file rightly whatever encoding it assumes.
pub(super) fn ascii(words: &str) -> std::borrow::Cow<'_, str> {
    if words.is_ascii() {
        return words.into();
    }
    let mut plain = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            '\u{2013}' | '\u{2014}' | '\u{2212}' => plain.push('-'),
            '\u{2018}' | '\u{2019}' => plain.push('\''),
            '\u{201c}' | '\u{201d}' => plain.push('"'),
            '\u{a3}' => plain.push_str("GBP "),
            '\u{d7}' => plain.push('x'),
            '\u{a0}' | '\u{202f}' => plain.push(' '),
            '\u{2026}' => plain.push_str("..."),
            other if other.is_ascii() => plain.push(other),
            _ => plain.push('?'),
        }
    }
    plain.into()
}
