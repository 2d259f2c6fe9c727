//! What happens if nothing changes.

use super::page::{Block, Card, DataTable, Figure, Section, fan_columns, fan_row};
use crate::report::chart::{Band, Described, Fan, fan};
use crate::report::effects::{PLANS, outlook};
use crate::report::figures::{Figures, Part};
use crate::report::words::{Rounding, about_with_range, whole};
use crate::summarise::Summary;

/// The headline figures.
pub(super) fn cards(figures: &Figures<'_>) -> Vec<Card> {
    let mut cards = Vec::new();
    let first = figures.first_year();
    if let Some(now) = figures.base(PLANS, Part::Total, first) {
        cards.push(Card {
            label: format!("Plans in January {first}"),
            figure: whole(now.quantiles[3]),
            note: "published".to_owned(),
        });
    }
    for year in figures.milestones() {
        let summary = figures.base(PLANS, Part::Total, year);
        cards.extend(summary.map(|summary| card(format!("Plans in January {year}"), summary)));
    }
    let last = figures.last_year();
    let joined = figures.base("new_plans", Part::Total, last - 1);
    cards.extend(joined.map(|joined| card(format!("New plans in {}", last - 1), joined)));
    let support = figures.base("sen_support", Part::Total, last);
    cards.extend(support.map(|s| card(format!("Children on SEN support in January {last}"), s)));
    cards
}

fn card(label: String, summary: &Summary) -> Card {
    let [_, low, _, middle, _, high, _] = summary.quantiles;
    let rounding = Rounding::of_range(low, high);
    Card {
        label,
        figure: rounding.about(middle),
        note: format!("8 in 10 futures: {}", rounding.range(low, high)),
    }
}

/// The fan of plans.
pub(super) fn section(figures: &Figures<'_>) -> Section {
    let mut blocks = vec![Block::paragraph(
        "This is what follows if the rates at which plans start, move and cease carry on as the \
         published record suggests, and nothing new is done. It is the yardstick for the options \
         further down, not a plan.",
    )];
    let steps: Vec<String> = figures
        .milestones()
        .into_iter()
        .filter_map(|year| {
            let summary = figures.base(PLANS, Part::Total, year)?;
            Some(format!(
                "January {year}: {} plans",
                about_with_range(summary)
            ))
        })
        .collect();
    if !steps.is_empty() {
        blocks.push(Block::List { items: steps });
    }
    blocks.push(Block::Figure(figure(figures)));
    Section {
        id: "nothing-changes",
        heading: "What happens if nothing changes?".to_owned(),
        blocks,
    }
}

fn figure(figures: &Figures<'_>) -> Figure {
    let title = outlook(figures);
    let subtitle = format!(
        "EHC plans in {}, each January: published to {}, simulated after. Dark band: half of the \
         futures; light band: 8 in 10 futures.",
        figures.results.area.name,
        figures.first_year()
    );
    let past = figures.past(PLANS);
    let bands: Vec<Band> = figures
        .januaries()
        .filter_map(|year| {
            let [_, p10, p25, p50, p75, p90, _] = figures.base(PLANS, Part::Total, year)?.quantiles;
            Some(Band {
                year,
                quantiles: [p10, p25, p50, p75, p90],
            })
        })
        .collect();
    let table = table(&past, &bands);
    let described = Described {
        id: "fan",
        title: &title,
        description: &format!("{subtitle} The numbers are in the table below the chart."),
    };
    Figure {
        svg: fan(&Fan { past, bands }, described),
        title,
        subtitle,
        table,
    }
}

fn table(past: &[(i32, f64)], bands: &[Band]) -> DataTable {
    let first = bands.first().map_or(i32::MAX, |band| band.year);
    let history = past.iter().filter(|(year, _)| *year < first);
    let mut rows: Vec<Vec<String>> = history
        .map(|(year, value)| {
            let mut row = vec![format!("January {year} (published)"), whole(*value)];
            row.extend(vec![String::new(); 4]);
            row
        })
        .collect();
    rows.extend(bands.iter().map(|band| {
        let when = format!("January {}", band.year);
        fan_row(when, band.quantiles.map(whole))
    }));
    DataTable {
        caption: "EHC plans by January".to_owned(),
        columns: fan_columns("When"),
        rows,
    }
}
