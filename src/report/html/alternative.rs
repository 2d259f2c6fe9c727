//! Children in alternative provision whose plan, if they have one, does not name it.

use super::changes::totals_changed;
use super::page::{Block, DataTable, Section, first_and_last, numbers};
use crate::report::figures::{Figures, Part};
use crate::report::words::with_range_or_none as told;

const PUPILS: &str = "alternative_provision_pupils";
const WAITING: &str = "alternative_provision_waiting";
const PLACES: &str = "alternative_provision_places";
const ENTRIES: &str = "alternative_provision_entries";
const RETURNS: &str = "alternative_provision_returns";
const LEAVERS: &str = "alternative_provision_year_11_leavers";
/// Position of the year told between the first and the last.
const SIXTH: usize = 5;

/// Children and places, and who comes and returns; `None` where no pupils are published.
pub(super) fn section(figures: &Figures<'_>) -> Option<Section> {
    let januaries: Vec<i32> = figures.januaries().collect();
    figures.base(PUPILS, Part::Total, *januaries.first()?)?;
    let years = first_and_last(&figures.calendar_years().collect::<Vec<_>>(), SIXTH);
    let mut blocks = vec![
        Block::paragraph(
            "Pupils of the area's alternative provision schools without a plan that names one: \
             children permanently excluded, and children sent there without an exclusion. \
             Nationally published are only the pupils of each January; how many return is an \
             assumption. Nobody is taken to wait at the start, because no list is published.",
        ),
        Block::table(places(figures, &januaries)),
        Block::folded_table(flows(figures, &years)),
    ];
    let last = *januaries.last()?;
    blocks.extend(Block::table_with_rows(changed(figures, last)));
    Some(Section {
        id: "alternative-provision",
        heading: "Are there enough places in alternative provision?".to_owned(),
        blocks,
    })
}

fn places(figures: &Figures<'_>, januaries: &[i32]) -> DataTable {
    let reasons = figures.values(PUPILS, "category");
    let rows = januaries.iter().map(|&year| {
        let mut row = vec![year.to_string()];
        row.push(told(figures.base(PUPILS, Part::Total, year)));
        row.extend(
            reasons
                .iter()
                .map(|reason| told(figures.base(PUPILS, Part::Of("category", reason), year))),
        );
        row.push(told(figures.base(PLACES, Part::Total, year)));
        row.push(told(figures.base(WAITING, Part::Total, year)));
        row
    });
    let columns = std::iter::once("Pupils".to_owned())
        .chain(reasons.iter().map(|reason| format!("Pupils: {reason}")))
        .chain(["Places", "Children waiting"].map(str::to_owned));
    DataTable {
        caption: "Alternative provision each January: middle (8 in 10 futures)".to_owned(),
        columns: numbers("January", columns),
        rows: rows.collect(),
    }
}

fn flows(figures: &Figures<'_>, years: &[i32]) -> DataTable {
    let parts = [
        ("Come", ENTRIES),
        ("Return to another school", RETURNS),
        ("Leave at the end of Year 11", LEAVERS),
    ];
    let rows = parts.into_iter().map(|(label, indicator)| {
        let of_years = years
            .iter()
            .map(|&year| told(figures.base(indicator, Part::Total, year)));
        std::iter::once(label.to_owned()).chain(of_years).collect()
    });
    DataTable {
        caption: "Who comes and who leaves in a calendar year: middle (8 in 10 futures)".to_owned(),
        columns: numbers("Children who", years.iter().map(i32::to_string)),
        rows: rows.collect(),
    }
}

/// What options change in the last January; options that change nothing are left out.
fn changed(figures: &Figures<'_>, year: i32) -> DataTable {
    let rows = totals_changed(figures, &[PUPILS, WAITING], |option, indicator| {
        figures.difference(option, indicator, Part::Total, year)
    });
    DataTable {
        caption: format!(
            "What options change in January {year}: middle of the difference (8 in 10 futures)"
        ),
        columns: numbers("Option", ["Pupils", "Children waiting"].map(str::to_owned)),
        rows,
    }
}
