//! Whether two-year-olds are reviewed and needs found before school.

use super::page::{Block, DataTable, Section, first_and_last, numbers};
use super::tables::{by_year, table_changed};
use crate::domain::AgeGroup;
use crate::report::figures::{Figures, Part};

const POSTS: &str = "health_visitors";
const ANTENATAL: &str = "antenatal_contact_share";
const VISITED: &str = "new_birth_visit_share";
const SIX_WEEKS: &str = "six_week_review_share";
const ONE_YEAR: &str = "one_year_review_share";
const REVIEWS: &str = "two_year_reviews";
const REVIEWED: &str = "two_year_review_share";
const SUPPORT: &str = "sen_support";
const UNDER_FIVE: Part<'static> = Part::Of("age_group", AgeGroup::Under5.label());
/// Position of the year told between the first and the last.
const SIXTH: usize = 5;

/// Health visitors, their reviews, and children found before school; `None` where none are told.
pub(super) fn section(figures: &Figures<'_>) -> Option<Section> {
    let all: Vec<i32> = figures.calendar_years().collect();
    let years = first_and_last(&all, SIXTH);
    let last = *years.last()?;
    figures.base(REVIEWED, Part::Total, last)?;
    let mut blocks = vec![
        Block::paragraph(
            "Health visitors review children at two years. How many are reviewed is England's \
             figure, and how many health visitors there are an assumption, unless the run states \
             the area's own. Where an option changes reviews, speech and language needs are found \
             earlier or later; how many is an assumption that includes no effect.",
        ),
        Block::table(reviews(figures, &years)),
    ];
    let changed = [
        ("Two-year-olds reviewed", REVIEWS, Part::Total),
        ("Children under five on SEN support", SUPPORT, UNDER_FIVE),
    ];
    let changed = table_changed(figures, &format!("in {last}"), &changed, last);
    blocks.extend(Block::table_with_rows(changed));
    Some(Section {
        id: "early-identification",
        heading: "Are needs found before school?".to_owned(),
        blocks,
    })
}

fn reviews(figures: &Figures<'_>, years: &[i32]) -> DataTable {
    let rows = [
        ("Health visitors in post", POSTS, Part::Total),
        (
            "Mothers seen before the birth, of 100 babies",
            ANTENATAL,
            Part::Total,
        ),
        (
            "New babies visited within 14 days, of 100",
            VISITED,
            Part::Total,
        ),
        ("Reviewed at 6 to 8 weeks, of 100", SIX_WEEKS, Part::Total),
        ("Reviewed at 12 months, of 100", ONE_YEAR, Part::Total),
        ("Two-year-olds reviewed", REVIEWS, Part::Total),
        ("Two-year-olds reviewed, of 100", REVIEWED, Part::Total),
        (
            "Children under five on SEN support, 1 January",
            SUPPORT,
            UNDER_FIVE,
        ),
    ];
    DataTable {
        caption: "Health visiting and early identification: middle (8 in 10 futures)".to_owned(),
        columns: numbers("What", years.iter().map(i32::to_string)),
        rows: by_year(figures, &rows, years),
    }
}
