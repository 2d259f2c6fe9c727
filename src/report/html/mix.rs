//! Who has plans, and where they are educated: now and at the end.

use super::page::{Block, DataTable, Figure, Section, numbers};
use crate::report::chart::{Bar, Described, bars};
use crate::report::figures::{Figures, Part};
use crate::report::words::{about_with_range, sentence_case, signed, whole};
use crate::summarise::Summary;

/// Rows that a chart shows; the table has them all.
const SHOWN: usize = 9;

/// Needs.
pub(super) fn needs(figures: &Figures<'_>) -> Option<Section> {
    let mix = Mix {
        id: "needs",
        column: "primary_need",
        noun: "primary need",
        heading: "Which needs?",
        introduction: "Each plan names one primary need. Needs differ in the places and staff that \
                       they call for.",
        by_size: true,
    };
    mix.section(figures)
}

/// Settings.
pub(super) fn settings(figures: &Figures<'_>) -> Option<Section> {
    let mix = Mix {
        id: "settings",
        column: "setting",
        noun: "setting",
        heading: "Where are they educated?",
        introduction: "Where children would be placed if placements carry on as they do now. It is \
                       not a count of places that exist: where special schools are full, demand \
                       shows up elsewhere.",
        by_size: true,
    };
    mix.section(figures)
}

/// Age bands.
pub(super) fn ages(figures: &Figures<'_>) -> Option<Section> {
    let mix = Mix {
        id: "ages",
        column: "age_group",
        noun: "age band",
        heading: "At which ages?",
        introduction: "Ages are those at 31 August before the January count.",
        by_size: false,
    };
    mix.section(figures)
}

/// A breakdown of plans.
struct Mix {
    id: &'static str,
    column: &'static str,
    noun: &'static str,
    heading: &'static str,
    introduction: &'static str,
    /// Largest first, rather than in the order of the tables.
    by_size: bool,
}

struct Row<'a> {
    label: String,
    now: &'a Summary,
    then: &'a Summary,
}

impl Row<'_> {
    fn middle(&self) -> f64 {
        self.then.quantiles[3]
    }

    /// From now to the middle of the futures.
    fn growth(&self) -> f64 {
        self.then.quantiles[3] - self.now.quantiles[3]
    }
}

impl Mix {
    fn section(&self, figures: &Figures<'_>) -> Option<Section> {
        let rows = self.rows(figures);
        let (first, last) = (figures.first_year(), figures.last_year());
        let title = self.title(&rows, last)?;
        let subtitle = format!(
            "EHC plans in {} by {}, January {first} and January {last}, if nothing changes.",
            figures.results.area.name, self.noun
        );
        let described = Described {
            id: self.id,
            title: &title,
            description: &format!("{subtitle} The numbers are in the table below the chart."),
        };
        let shown: Vec<Bar> = rows.iter().take(SHOWN).map(bar).collect();
        let dates = (format!("January {first}"), format!("January {last}"));
        let svg = bars(&shown, (&dates.0, &dates.1), described);
        let introduction = if rows.len() > SHOWN {
            let shown = format!("The chart shows the {SHOWN} largest; the table has all.");
            format!("{} {shown}", self.introduction)
        } else {
            self.introduction.to_owned()
        };
        let figure = Figure {
            title,
            subtitle,
            svg,
            table: self.table(&rows, (&dates.0, &dates.1)),
        };
        Some(Section {
            id: self.id,
            heading: self.heading.to_owned(),
            blocks: vec![Block::paragraph(introduction), Block::Figure(figure)],
        })
    }

    /// Those with plans now or at the end.
    fn rows<'a>(&self, figures: &Figures<'a>) -> Vec<Row<'a>> {
        let values = figures.values("ehc_plans", self.column).into_iter();
        let mut rows: Vec<Row<'a>> = values
            .filter_map(|value| {
                let part = Part::Of(self.column, value);
                Some(Row {
                    label: sentence_case(value),
                    now: figures.base("ehc_plans", part, figures.first_year())?,
                    then: figures.base("ehc_plans", part, figures.last_year())?,
                })
            })
            .filter(|row| row.now.mean + row.then.mean > 0.0)
            .collect();
        if self.by_size {
            rows.sort_by(|a, b| b.middle().total_cmp(&a.middle()));
        }
        rows
    }

    fn title(&self, rows: &[Row<'_>], last: i32) -> Option<String> {
        let growth = |row: &&Row<'_>| row.growth();
        let grows = rows.iter().max_by(|a, b| growth(a).total_cmp(&growth(b)))?;
        let largest = rows
            .iter()
            .max_by(|a, b| a.middle().total_cmp(&b.middle()))?;
        let now = whole(grows.now.quantiles[3]);
        let then = about_with_range(grows.then);
        Some(if grows.growth() <= 0.0 {
            format!(
                "No {} grows by {last}; {} stays the largest",
                self.noun, largest.label
            )
        } else if grows.label == largest.label {
            format!(
                "{} is the largest group and grows most: from {now} to {then} by {last}",
                largest.label
            )
        } else {
            format!("{} grows most: from {now} to {then} by {last}", grows.label)
        })
    }

    fn table(&self, rows: &[Row<'_>], (now, then): (&str, &str)) -> DataTable {
        let columns = [
            now.to_owned(),
            format!("{then}, middle"),
            "1 in 10 below".to_owned(),
            "1 in 10 above".to_owned(),
            "Change to the middle".to_owned(),
        ];
        let row = |row: &Row<'_>| {
            let [_, low, _, middle, _, high, _] = row.then.quantiles.map(whole);
            let now = whole(row.now.quantiles[3]);
            vec![
                row.label.clone(),
                now,
                middle,
                low,
                high,
                signed(row.growth()),
            ]
        };
        DataTable {
            caption: format!("EHC plans by {}", self.noun),
            columns: numbers(&sentence_case(self.noun), columns),
            rows: rows.iter().map(row).collect(),
        }
    }
}

fn bar(row: &Row<'_>) -> Bar {
    let [_, low, _, middle, _, high, _] = row.then.quantiles;
    Bar {
        label: row.label.clone(),
        now: row.now.quantiles[3],
        then: middle,
        range: (low, high),
    }
}
