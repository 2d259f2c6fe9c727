//! Children in alternative provision without a plan for it.

use super::page::{Block, DataTable, Section, first_and_last, numbers};
use super::tables::{by_year, table_changed};
use crate::report::figures::{Figures, Part};
use crate::report::words::with_range_or_none as told;

const PUPILS: &str = "alternative_provision_pupils";
const WAITING: &str = "alternative_provision_waiting";
const PLACES: &str = "alternative_provision_places";
const ENTRIES: &str = "alternative_provision_entries";
const RETURNS: &str = "alternative_provision_returns";
const DAYS: &str = "alternative_provision_days_waiting";
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
            "Children in the area's state-funded alternative provision schools who are there \
             without an EHC plan for it: after a permanent exclusion, or sent without one. The \
             newest published count is of January 2023 or before; all rows here are simulated \
             from it. How many are sent without an exclusion is what exclusions do not explain of \
             that count, and how many return to another school is an assumption. Placements that \
             schools arrange for their own pupils, and those that the authority pays for in other \
             schools, are not in this table and are taken to stay as they are.",
        ),
        Block::paragraph(
            "How many places there are is not published either: as many as were in use at the \
             fullest time of the year before, and those funded beyond, which is why they have a \
             range. State the area's own number as alternative_provision_places in its pack. \
             Nobody is taken to wait at the start. Children permanently excluded are given a place \
             first. Who waits is taught elsewhere, and returns to school as often as those who \
             have a place. Schools fill up until July, so more wait over a year than in January. \
             Middles of parts need not add up to that of the whole.",
        ),
        Block::table(places(figures, &januaries)),
        Block::table(flows(figures, &years)),
    ];
    let last = *januaries.last()?;
    let changed = [
        ("Pupils", PUPILS, Part::Total),
        ("Children waiting", WAITING, Part::Total),
    ];
    let changed = table_changed(figures, &format!("in January {last}"), &changed, last);
    blocks.extend(Block::table_with_rows(changed));
    Some(Section {
        id: "alternative-provision",
        heading: "Are there places in alternative provision for those excluded?".to_owned(),
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
    let rows = [
        ("Children who come", ENTRIES, Part::Total),
        (
            "Children who return to another school",
            RETURNS,
            Part::Total,
        ),
        (
            "Children who leave at the end of Year 11",
            LEAVERS,
            Part::Total,
        ),
        ("Days that children wait, added up", DAYS, Part::Total),
    ];
    DataTable {
        caption: "Who comes, waits and leaves in a calendar year: middle (8 in 10 futures)"
            .to_owned(),
        columns: numbers("What", years.iter().map(i32::to_string)),
        rows: by_year(figures, &rows, years),
    }
}
