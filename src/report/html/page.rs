//! What stands on the page, before the template lays it out.

use serde::Serialize;

/// The page.
#[derive(Serialize)]
pub(super) struct Page {
    pub(super) area: String,
    pub(super) title: String,
    /// The main finding, in a sentence.
    pub(super) lead: String,
    /// What the page rests on.
    pub(super) basis: String,
    pub(super) cards: Vec<Card>,
    /// What each option does, in short.
    pub(super) options: Vec<String>,
    /// How forecasts like this one fared; none where none were tested.
    pub(super) tested: Vec<Block>,
    pub(super) sections: Vec<Section>,
    pub(super) version: &'static str,
    pub(super) style: &'static str,
}

/// A headline figure.
#[derive(Serialize)]
pub(super) struct Card {
    pub(super) label: String,
    pub(super) figure: String,
    pub(super) note: String,
}

/// A part of the page under one heading.
#[derive(Serialize)]
pub(super) struct Section {
    pub(super) id: &'static str,
    pub(super) heading: String,
    pub(super) blocks: Vec<Block>,
}

/// What stands in a section.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(super) enum Block {
    /// Text.
    Paragraph { text: String },
    /// A smaller heading.
    Heading { text: String },
    /// Something to beware of.
    Warning { text: String },
    /// Points.
    List { items: Vec<String> },
    /// A chart with its numbers.
    Figure(Figure),
    /// A table, folded away if it is long.
    Table { table: DataTable, folded: bool },
}

impl Block {
    pub(super) fn paragraph(text: impl Into<String>) -> Self {
        Self::Paragraph { text: text.into() }
    }

    pub(super) const fn table(table: DataTable) -> Self {
        let folded = false;
        Self::Table { table, folded }
    }

    pub(super) const fn folded_table(table: DataTable) -> Self {
        let folded = true;
        Self::Table { table, folded }
    }

    /// The table, unless it says nothing.
    pub(super) fn table_with_rows(table: DataTable) -> Option<Self> {
        (!table.rows.is_empty()).then(|| Self::table(table))
    }

    pub(super) fn heading(text: impl Into<String>) -> Self {
        Self::Heading { text: text.into() }
    }
}

/// Of some years the first, the one at a position (or the last before it) and the last.
pub(super) fn first_and_last(years: &[i32], between: usize) -> Vec<i32> {
    let last = years.len().saturating_sub(1);
    let mut shown: Vec<i32> = [0, between.min(last), last]
        .iter()
        .filter_map(|at| years.get(*at).copied())
        .collect();
    shown.sort_unstable();
    shown.dedup();
    shown
}

/// A chart with its numbers.
#[derive(Serialize)]
pub(super) struct Figure {
    /// What it says.
    pub(super) title: String,
    /// What is measured.
    pub(super) subtitle: String,
    /// The drawing.
    pub(super) svg: String,
    /// The numbers drawn.
    pub(super) table: DataTable,
}

/// A table whose first column names the row.
#[derive(Serialize)]
pub(super) struct DataTable {
    pub(super) caption: String,
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Vec<String>>,
}

/// A column of a table.
#[derive(Serialize)]
pub(super) struct Column {
    pub(super) name: String,
    /// Set to the right.
    pub(super) numeric: bool,
}

/// Columns of words.
pub(super) fn words<const N: usize>(names: [&str; N]) -> Vec<Column> {
    let column = |name: &str| Column {
        name: name.to_owned(),
        numeric: false,
    };
    names.into_iter().map(column).collect()
}

/// Columns of the table below a fan.
pub(super) fn fan_columns(first: &str) -> Vec<Column> {
    let quantiles = [
        "Middle (half above, half below)",
        "1 in 10 below",
        "1 in 4 below",
        "1 in 4 above",
        "1 in 10 above",
    ];
    numbers(first, quantiles.map(str::to_owned))
}

/// A row of it: quantiles 10, 25, 50, 75 and 90%, in words.
pub(super) fn fan_row(when: String, [p10, p25, p50, p75, p90]: [String; 5]) -> Vec<String> {
    vec![when, p50, p10, p25, p75, p90]
}

/// A first column of words, then columns of numbers.
pub(super) fn numbers(first: &str, rest: impl IntoIterator<Item = String>) -> Vec<Column> {
    let mut columns = words([first]);
    columns.extend(rest.into_iter().map(|name| Column {
        name,
        numeric: true,
    }));
    columns
}
