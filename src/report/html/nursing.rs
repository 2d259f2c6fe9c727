//! Whether a children's nurse is on duty when one is needed.

use super::page::{Block, DataTable, Section, first_and_last, numbers};
use super::tables::{by_year, table_changed};
use crate::report::figures::{Figures, Part};
use crate::report::words::told_as;

const NEEDED: &str = "nursing_contacts_needed";
const ON_DUTY: &str = "nursing_contacts_on_duty";
const WAITED: &str = "nursing_contacts_waited";
const TO_HOSPITAL: &str = "nursing_contacts_to_hospital";
const WAIT: &str = "nursing_wait_hours_mean";
const HOURS: &str = "nursing_hours_a_week";
const POSTS: &str = "nursing_duty_posts";
/// Position of the year told between the first and the last.
const SIXTH: usize = 5;

/// Unplanned contacts, hours on duty and posts; `None` where none are told.
pub(super) fn section(figures: &Figures<'_>) -> Option<Section> {
    let all: Vec<i32> = figures.calendar_years().collect();
    let years = first_and_last(&all, SIXTH);
    let last = *years.last()?;
    figures.base(NEEDED, Part::Total, last)?;
    let mut blocks = vec![
        Block::paragraph(
            "Children with a continuing nursing need need a nurse at any hour of the week. While \
             none is on duty, they wait until one is, or go to hospital. How many children these \
             are, how often they need a nurse and how many go to hospital are assumptions with \
             wide ranges; the hours of duty are office hours, unless the run states others.",
        ),
        Block::table(contacts(figures, &years)),
    ];
    let changed = [
        ("Contacts that waited", WAITED, Part::Total),
        ("Contacts that went to hospital", TO_HOSPITAL, Part::Total),
        ("Posts for the hours on duty", POSTS, Part::Total),
    ];
    let changed = table_changed(figures, &format!("in {last}"), &changed, last);
    blocks.extend(Block::table_with_rows(changed));
    Some(Section {
        id: "nursing",
        heading: "Is a children\u{2019}s nurse on duty at night and at weekends?".to_owned(),
        blocks,
    })
}

fn contacts(figures: &Figures<'_>, years: &[i32]) -> DataTable {
    let rows = [
        ("Unplanned contacts needed", NEEDED, Part::Total),
        ("While a nurse was on duty", ON_DUTY, Part::Total),
        ("Waited until the next hour of duty", WAITED, Part::Total),
        ("Hours that these waited, mean", WAIT, Part::Total),
        ("Went to hospital", TO_HOSPITAL, Part::Total),
        ("Hours of the week on duty, of 168", HOURS, Part::Total),
    ];
    let mut rows = by_year(figures, &rows, years);
    // A service of two or three posts is told to the tenth.
    let posts = years.iter().map(|year| {
        let posts = figures.base(POSTS, Part::Total, *year);
        let tenths = |posts: f64| format!("{posts:.1}");
        posts.map_or_else(|| "-".to_owned(), |summary| told_as(summary, tenths))
    });
    let label = "Posts that these hours take".to_owned();
    rows.push(std::iter::once(label).chain(posts).collect());
    DataTable {
        caption: "Unplanned nursing: middle (8 in 10 futures)".to_owned(),
        columns: numbers("What", years.iter().map(i32::to_string)),
        rows,
    }
}
