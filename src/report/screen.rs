//! The one-screen summary that a run prints.

use std::fmt::Write as _;
use std::path::Path;

use super::Results;
use super::figures::{Figures, Part};
use super::words::{signed, whole};
use crate::summarise::Summary;

/// Indicators of the summary: name, label, counted in January.
const LINES: [(&str, &str, bool); 3] = [
    ("ehc_plans", "EHC plans", true),
    ("new_plans", "New plans in the year before", false),
    ("sen_support", "Children on SEN support", true),
];

const LABEL: usize = 30;
const COLUMN: usize = 25;

/// The summary as plain ASCII text: the baseline, then each scenario's paired difference.
pub fn screen(results: &Results, folder: &Path) -> String {
    let figures = Figures::new(results);
    let years = figures.milestones();
    let mut text = format!(
        "{} ({}): {} simulated futures of {} years, seed {}\n\n",
        results.area.name,
        results.area.new_la_code,
        whole(results.runs as f64),
        results.years,
        results.seed
    );
    heading(&mut text, "If nothing changes", &figures, &years);
    for (indicator, label, stock) in LINES {
        let now = figures.base(indicator, Part::Total, figures.first_year());
        let now = now.filter(|_| stock).map(|s| whole(s.quantiles[3]));
        let cells = years.iter().map(|year| {
            let year = if stock { *year } else { year - 1 };
            let summary = figures.base(indicator, Part::Total, year);
            summary.map_or_else(|| "-".to_owned(), |s| with_range(s, whole))
        });
        line(&mut text, label, &now.unwrap_or_default(), cells);
    }
    for option in figures.options() {
        text.push('\n');
        let title = if option.title.is_empty() {
            &option.name
        } else {
            &option.title
        };
        let _ = writeln!(text, "{title} ({}): difference", option.name);
        let rows = years
            .iter()
            .map(|year| figures.difference(&option.name, "ehc_plans", Part::Total, *year));
        let rows: Vec<_> = rows.collect();
        let differences = rows.iter().map(|row| {
            row.map_or_else(|| "-".to_owned(), |row| with_range(&row.difference, signed))
        });
        line(&mut text, "EHC plans", "", differences);
        let lower = rows
            .iter()
            .map(|row| row.map_or_else(|| "-".to_owned(), |row| percent(row.probability_lower)));
        line(&mut text, "fewer, in how many of 100", "", lower);
    }
    let _ = writeln!(
        text,
        "\nMedians, with the range that holds 8 in 10 futures.\nFiles: {}",
        folder.display()
    );
    ascii_only(&text)
}

fn heading(text: &mut String, title: &str, figures: &Figures<'_>, years: &[i32]) {
    let cells = years.iter().map(|year| format!("January {year}"));
    let now = figures.first_year().to_string();
    line(text, title, &now, cells);
}

fn line(text: &mut String, label: &str, now: &str, cells: impl Iterator<Item = String>) {
    let mut line = format!("{label:<LABEL$}{now:>7}");
    for cell in cells {
        let _ = write!(line, "{cell:>COLUMN$}");
    }
    text.push_str(line.trim_end());
    text.push('\n');
}

fn with_range(summary: &Summary, number: impl Fn(f64) -> String) -> String {
    let [_, low, _, middle, _, high, _] = summary.quantiles;
    format!("{} ({} to {})", number(middle), number(low), number(high))
}

fn percent(share: f64) -> String {
    let percent = share * 100.0;
    match percent.round() {
        rounded if rounded >= 100.0 && share < 1.0 => ">99".to_owned(),
        rounded if rounded < 1.0 && share > 0.0 => "<1".to_owned(),
        rounded => format!("{rounded}"),
    }
}

fn ascii_only(text: &str) -> String {
    super::table::ascii(text).into_owned()
}
