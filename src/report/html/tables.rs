//! Tables of figures: what options change, and quantities by year.

use super::page::{DataTable, numbers};
use crate::report::figures::{Figures, Part};
use crate::report::words::with_range_or_none as told;
use crate::summarise::{ComparisonRow, Summary};

/// In most futures one of the totals differs.
const MOST: f64 = 0.5;

/// The difference of some columns under each option; options that change none in most futures are
/// left out.
pub(super) fn totals_changed<'a, C>(
    figures: &Figures<'_>,
    columns: &[C],
    difference: impl Fn(&str, &C) -> Option<&'a ComparisonRow>,
    words: impl Fn(&Summary) -> String,
) -> Vec<Vec<String>> {
    let rows = figures.options().iter().filter_map(|option| {
        let mut row = vec![option.title.clone()];
        let mut is_changed = false;
        for column in columns {
            let found = difference(&option.name, column)?;
            is_changed |= found.probability_lower + found.probability_higher > MOST;
            row.push(words(&found.difference));
        }
        is_changed.then_some(row)
    });
    rows.collect()
}

/// A table of what options change in some totals or parts, each with its heading.
pub(super) fn table_changed(
    figures: &Figures<'_>,
    when: &str,
    columns: &[(&str, &str, Part<'_>)],
    year: i32,
) -> DataTable {
    table_changed_in(figures, when, columns, year, |summary| told(Some(summary)))
}

/// The same with each difference in words of its own.
pub(super) fn table_changed_in(
    figures: &Figures<'_>,
    when: &str,
    columns: &[(&str, &str, Part<'_>)],
    year: i32,
    words: impl Fn(&Summary) -> String,
) -> DataTable {
    let difference = |option: &str, (_, indicator, part): &(&str, &str, Part<'_>)| {
        figures.difference(option, indicator, *part, year)
    };
    let rows = totals_changed(figures, columns, difference, words);
    let headings = columns.iter().map(|(heading, ..)| (*heading).to_owned());
    DataTable {
        caption: format!("What options change {when}: middle of the difference (8 in 10 futures)"),
        columns: numbers("Option", headings),
        rows,
    }
}

/// Rows of figures by year, each with its label.
pub(super) fn by_year(
    figures: &Figures<'_>,
    rows: &[(impl AsRef<str>, &str, Part<'_>)],
    years: &[i32],
) -> Vec<Vec<String>> {
    let row = |label: &str, indicator: &str, part: Part<'_>| {
        let of_years = years
            .iter()
            .map(|&year| told(figures.base(indicator, part, year)));
        std::iter::once(label.to_owned()).chain(of_years).collect()
    };
    let rows = rows.iter();
    rows.map(|(label, indicator, part)| row(label.as_ref(), indicator, *part))
        .collect()
}
