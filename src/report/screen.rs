//! The one-screen summary that a run prints.

use std::fmt::Write as _;
use std::path::Path;

use super::effects::{PLANS, beside_the_total};
use super::figures::{Figures, Part, part};
use super::words::{counted, signed, whole};
use super::{Results, ScenarioRow};
use crate::summarise::Summary;

/// A line of the summary of the baseline.
struct Told {
    indicator: &'static str,
    label: &'static str,
    /// Years by which its period starts before the January above it: 0 for a stock of that day.
    years_before: i32,
    written: fn(f64) -> String,
}

const fn told(
    indicator: &'static str,
    label: &'static str,
    years_before: i32,
    written: fn(f64) -> String,
) -> Told {
    Told {
        indicator,
        label,
        years_before,
        written,
    }
}

/// Lines of the baseline; those that a run does not have are left out.
const LINES: [Told; 6] = [
    told("ehc_plans", "EHC plans", 0, whole),
    told("new_plans", "New plans in the year before", 1, whole),
    told(
        "plans_within_20_weeks_share",
        "Plans in 20 weeks, of 100",
        1,
        whole,
    ),
    told(
        "children_awaiting_place",
        "Children waiting for a place",
        0,
        whole,
    ),
    told("sen_support", "Children on SEN support", 0, whole),
    // The last financial year that is over by then.
    told(
        "high_needs_spend_pounds",
        "High needs spend, GBP million",
        2,
        millions,
    ),
];

/// How a number is written.
type Written = fn(f64) -> String;

/// What else is told of an option, where it changes: indicator, label and how it is written.
const CONSEQUENCES: [(&str, &str, Written); 3] = [
    (
        "children_awaiting_place",
        "Children waiting for a place",
        signed,
    ),
    (
        "plans_within_20_weeks_share",
        "Plans in 20 weeks, of 100",
        signed,
    ),
    (
        "high_needs_spend_pounds",
        "High needs spend, GBP million",
        signed_millions,
    ),
];

/// Settings, needs or SEN support told of an option where the total of plans does not tell them.
const SHIFTS: usize = 2;
/// Least widths of the label, of the figure now and of a figure with its range.
const LABEL: usize = 30;
const NOW: usize = 7;
const COLUMN: usize = 25;
/// Longest label of a setting or need.
const LONGEST: usize = 34;

/// A line of the summary.
enum Line {
    /// Words alone.
    Words(String),
    /// A label, the figure now and figures with their ranges.
    Figures(String, String, Vec<String>),
}

/// The summary as plain ASCII text: the baseline, then each scenario's paired difference.
pub fn screen(results: &Results, folder: &Path) -> String {
    let figures = Figures::new(results);
    let years = figures.milestones();
    let mut lines = vec![
        Line::Words(format!(
            "{} ({}): {} of {}, seed {}",
            results.area.name,
            results.area.new_la_code,
            counted(results.runs, "simulated future"),
            counted(results.years as usize, "year"),
            results.seed
        )),
        Line::Words(String::new()),
    ];
    lines.extend(baseline(&figures, &years));
    for option in figures.options() {
        lines.push(Line::Words(String::new()));
        lines.extend(difference(&figures, option, &years));
    }
    let mut text = laid_out(&lines);
    let _ = writeln!(
        text,
        "\nMedians, with the range that holds 8 in 10 futures.\nFiles: {}",
        folder.display()
    );
    ascii_only(&text)
}

fn baseline(figures: &Figures<'_>, years: &[i32]) -> Vec<Line> {
    let now = figures.first_year().to_string();
    let dates = years.iter().map(|year| format!("January {year}")).collect();
    let mut lines = vec![Line::Figures("If nothing changes".to_owned(), now, dates)];
    for line in LINES {
        let of = |year: i32| figures.base(line.indicator, Part::Total, year - line.years_before);
        let Some(known) = years.iter().find_map(|year| of(*year)) else {
            continue;
        };
        let is_stock = line.years_before == 0;
        let now = of(figures.first_year()).filter(|_| is_stock && known.mean.is_finite());
        let cells = years
            .iter()
            .map(|year| of(*year).map_or_else(|| "-".to_owned(), |s| with_range(s, line.written)));
        let now = now
            .map(|s| (line.written)(s.quantiles[3]))
            .unwrap_or_default();
        lines.push(Line::Figures(line.label.to_owned(), now, cells.collect()));
    }
    lines
}

fn difference(figures: &Figures<'_>, option: &ScenarioRow, years: &[i32]) -> Vec<Line> {
    let mut lines = vec![Line::Words(format!(
        "{} ({}): difference",
        option.told(),
        option.name
    ))];
    let row_of = |indicator: &str, part: Part<'_>, label: &str| {
        let cells = years.iter().map(|year| {
            let row = figures.difference(&option.name, indicator, part, *year);
            row.map_or_else(|| "-".to_owned(), |row| with_range(&row.difference, signed))
        });
        Line::Figures(label.to_owned(), String::new(), cells.collect())
    };
    lines.push(row_of(PLANS, Part::Total, "EHC plans"));
    let lower = years.iter().map(|year| {
        let row = figures.difference(&option.name, PLANS, Part::Total, *year);
        row.map_or_else(|| "-".to_owned(), |row| percent(row.probability_lower))
    });
    lines.push(Line::Figures(
        "fewer, in how many of 100".to_owned(),
        String::new(),
        lower.collect(),
    ));
    let beside = years.last().map_or_else(Vec::new, |last| {
        beside_the_total(figures, &option.name, *last)
    });
    for shift in beside.iter().take(SHIFTS) {
        let cell = &shift.row.cell;
        let part = part(cell).unwrap_or(Part::Total);
        lines.push(row_of(cell.indicator, part, &shortened(&shift.label)));
    }
    lines.extend(consequences(figures, option, years));
    lines
}

/// Differences of an option in what follows for places, waits and money, where 8 in 10 futures have
/// one that is told.
fn consequences(figures: &Figures<'_>, option: &ScenarioRow, years: &[i32]) -> Vec<Line> {
    let told = CONSEQUENCES
        .iter()
        .filter_map(|(indicator, label, written)| {
            let line = LINES.iter().find(|line| line.indicator == *indicator);
            let before = line.map_or(0, |line| line.years_before);
            let rows: Vec<_> = years
                .iter()
                .map(|year| figures.difference(&option.name, indicator, Part::Total, year - before))
                .collect();
            let unchanged = written(0.0);
            let changes = rows.iter().flatten().any(|row| {
                let [_, low, _, middle, _, high, _] = row.difference.quantiles;
                [low, middle, high]
                    .into_iter()
                    .any(|value| written(value) != unchanged)
            });
            changes.then(|| {
                let cells = rows.iter().map(|row| {
                    row.map_or_else(
                        || "-".to_owned(),
                        |row| with_range(&row.difference, written),
                    )
                });
                Line::Figures((*label).to_owned(), String::new(), cells.collect())
            })
        });
    told.collect()
}

/// A difference in whole millions of pounds.
fn signed_millions(pounds: f64) -> String {
    signed(pounds / 1e6)
}

/// Pounds in whole millions.
fn millions(pounds: f64) -> String {
    whole(pounds / 1e6)
}

/// Lines with their figures in columns, as wide as the widest figure needs.
fn laid_out(lines: &[Line]) -> String {
    let (mut label, mut now) = (LABEL, NOW);
    let mut columns: Vec<usize> = Vec::new();
    for line in lines {
        let Line::Figures(name, first, cells) = line else {
            continue;
        };
        label = label.max(name.len());
        now = now.max(first.len() + 2);
        columns.resize(columns.len().max(cells.len()), COLUMN);
        for (column, cell) in columns.iter_mut().zip(cells) {
            *column = (*column).max(cell.len() + 2);
        }
    }
    let mut text = String::new();
    for line in lines {
        let line = match line {
            Line::Words(words) => words.clone(),
            Line::Figures(name, first, cells) => {
                let mut line = format!("{name:<label$}{first:>now$}");
                for (cell, column) in cells.iter().zip(&columns) {
                    let _ = write!(line, "{cell:>column$}");
                }
                line
            }
        };
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// The first words of a long label.
fn shortened(label: &str) -> String {
    if label.len() <= LONGEST {
        return label.to_owned();
    }
    let mut short = String::new();
    for word in label.split(' ') {
        if short.len() + word.len() + 4 > LONGEST {
            break;
        }
        short.push_str(word);
        short.push(' ');
    }
    format!("{}...", short.trim_end_matches([' ', ',']))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_figures_keep_their_distance() {
        let line = |label: &str, now: &str, cells: [&str; 2]| {
            let cells = cells.map(str::to_owned).to_vec();
            Line::Figures(label.to_owned(), now.to_owned(), cells)
        };
        let wide = "485,199 (400,000 to 1,000,000)";
        let text = laid_out(&[
            line("EHC plans", "1,500,375", [wide, wide]),
            line("New plans", "", ["1", "2"]),
        ]);
        let words: Vec<&str> = text.lines().collect();
        assert_eq!(
            words[0],
            format!("{:<30}  1,500,375  {wide}  {wide}", "EHC plans")
        );
        assert_eq!(words[1].len(), words[0].len());
    }

    #[test]
    fn long_labels_end_between_words() {
        let label = "Speech, language and communication needs";
        assert_eq!(shortened(label), "Speech, language and...");
        assert_eq!(shortened("Mainstream school"), "Mainstream school");
    }
}
