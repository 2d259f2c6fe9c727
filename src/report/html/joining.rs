//! At which age plans start.

use super::page::{Block, DataTable, Figure, Section, numbers};
use crate::report::RateRow;
use crate::report::chart::{Described, Rate, rates};
use crate::report::figures::Figures;
use crate::report::words::{list, whole};

/// A peak stands above both neighbours and above this share of the highest rate.
const PEAK: f64 = 0.25;

/// Rates of starting a plan by single age; `None` when the run holds none.
pub(super) fn section(figures: &Figures<'_>) -> Option<Section> {
    let rows: Vec<&RateRow> = figures
        .results
        .rates
        .iter()
        .filter(|row| row.process == "joining")
        .collect();
    let peaks = peaks(&rows);
    let title = title(&rows, &peaks)?;
    let subtitle = format!(
        "Plans started in a year per 1,000 children without one in {}, by age, with the range of 8 \
         in 10 futures: rates fitted to the published record.",
        figures.results.area.name
    );
    let described = Described {
        id: "joining",
        title: &title,
        description: &format!("{subtitle} The numbers are in the table below the chart."),
    };
    let columns = rows.iter().enumerate().map(|(index, row)| Rate {
        age: row.age,
        value: row.value * 1000.0,
        range: (row.low * 1000.0, row.high * 1000.0),
        is_peak: peaks.contains(&index),
    });
    let svg = rates(&columns.collect::<Vec<_>>(), described);
    Some(Section {
        id: "joining",
        heading: "At which age do plans start?".to_owned(),
        blocks: vec![
            Block::paragraph(
                "Help that comes before a peak can change how many plans are needed; help that \
                 comes after it mostly changes what the plans do.",
            ),
            Block::Figure(Figure {
                title,
                subtitle,
                svg,
                table: table(&rows),
            }),
        ],
    })
}

/// Positions of the two highest peaks, in order of age.
fn peaks(rows: &[&RateRow]) -> Vec<usize> {
    let at = |index: usize| rows.get(index).map_or(0.0, |row| row.value);
    let highest = rows.iter().map(|row| row.value).fold(0.0, f64::max);
    let stands_out = |index: &usize| {
        let before = index.checked_sub(1).map_or(0.0, at);
        at(*index) > before && at(*index) > at(index + 1) && at(*index) > PEAK * highest
    };
    let mut peaks: Vec<usize> = (0..rows.len()).filter(stands_out).collect();
    peaks.sort_by(|a, b| at(*b).total_cmp(&at(*a)));
    peaks.truncate(2);
    peaks.sort_unstable();
    peaks
}

fn title(rows: &[&RateRow], peaks: &[usize]) -> Option<String> {
    let peak = |index: &usize| rows.get(*index).map(|row| when(row.age));
    let peaks: Vec<String> = peaks.iter().filter_map(peak).collect();
    (!peaks.is_empty()).then(|| format!("Plans start most often {}", list(&peaks)))
}

fn when(age: u8) -> String {
    match age {
        3 => "before Reception (at age 3)".to_owned(),
        4 => "in Reception (at age 4)".to_owned(),
        10 => "before Year 7 (at age 10)".to_owned(),
        5..=17 => format!("in Year {} (at age {age})", age - 4),
        _ => format!("at age {age}"),
    }
}

fn table(rows: &[&RateRow]) -> DataTable {
    let columns = [
        "Per 1,000 a year",
        "Low",
        "High",
        "Plans started in the evidence",
    ];
    let row = |row: &&RateRow| {
        let per_thousand = |rate: f64| format!("{:.1}", rate * 1000.0);
        vec![
            row.age.to_string(),
            per_thousand(row.value),
            per_thousand(row.low),
            per_thousand(row.high),
            row.evidence_events.map_or_else(String::new, whole),
        ]
    };
    DataTable {
        caption: "Rate of starting a plan by age".to_owned(),
        columns: numbers("Age at 31 August", columns.map(str::to_owned)),
        rows: rows.iter().map(row).collect(),
    }
}
