//! What is arranged beside placements: personal budgets and residential placements.

use super::page::{Block, DataTable, Section, first_and_last, numbers};
use super::tables::{by_year, table_changed};
use crate::report::figures::{BUDGETS as POUNDS, Figures, Part};

const BUDGETS: &str = "personal_budgets";
const RESIDENTIAL: &str = "residential_placements";
const WORK: &str = "work_based_placements";
/// Position of the year told between the first and the last.
const SIXTH: usize = 5;

/// Personal budgets, residential placements and learning at work; `None` where the run has none.
pub(super) fn section(figures: &Figures<'_>) -> Option<Section> {
    let januaries = first_and_last(&figures.januaries().collect::<Vec<_>>(), SIXTH);
    let last = *januaries.last()?;
    figures.base(BUDGETS, Part::Total, *januaries.first()?)?;
    let mut blocks = vec![
        Block::paragraph(
            "Personal budgets, residential placements and learning at work, beside the place where a \
             child is taught. The newest published shares of the area are taken to last; authorities' \
             numbers have gone up and down by a half and more from year to year. What a personal \
             budget is worth is assumed, and it is a part of what is spent anyway.",
        ),
        Block::table(arranged(figures, &januaries)),
    ];
    let changed = [
        ("Personal budgets", BUDGETS, Part::Total),
        ("Learning at work", WORK, Part::Total),
        ("Residential placements", RESIDENTIAL, Part::Total),
    ];
    let changed = table_changed(figures, &format!("by January {last}"), &changed, last);
    blocks.extend(Block::table_with_rows(changed));
    Some(Section {
        id: "arrangements",
        heading: "What is arranged beside the place?".to_owned(),
        blocks,
    })
}

fn arranged(figures: &Figures<'_>, januaries: &[i32]) -> DataTable {
    let mut rows = Vec::new();
    for (name, indicator) in [
        ("Personal budgets", BUDGETS),
        ("Residential placements", RESIDENTIAL),
        ("Learning at work", WORK),
    ] {
        rows.push((name.to_owned(), indicator, Part::Total));
        let kinds = figures.values(indicator, "category").into_iter();
        rows.extend(kinds.map(|kind| {
            let label = format!("{name}: {}", kind.to_lowercase());
            (label, indicator, Part::Of("category", kind))
        }));
    }
    let pounds = "Pounds a year through personal budgets, at the prices of 2025-26";
    rows.push((pounds.to_owned(), POUNDS, Part::Total));
    DataTable {
        caption: "Children and young people with a plan, 1 January: middle (8 in 10 futures)"
            .to_owned(),
        columns: numbers(
            "Arrangement",
            januaries.iter().map(|year| format!("January {year}")),
        ),
        rows: by_year(figures, &rows, januaries),
    }
}
