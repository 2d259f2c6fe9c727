//! The ways into adulthood: routes after 16, reviews that prepare them, and what comes after a plan.

use super::page::{Block, DataTable, Section, first_and_last, numbers};
use super::tables::{by_year, table_changed};
use crate::domain::Route;
use crate::report::figures::{Figures, Part};
use crate::report::words::with_range_or_none as told;

const ROUTES: &str = "young_people_by_route";
const DUE: &str = "transition_reviews_due";
const HELD: &str = "transition_reviews_held_percent";
const CARE: &str = "moves_to_adult_care";
const CEASED: &str = "plans_ceased";
/// Position of the year told between the first and the last.
const SIXTH: usize = 5;
/// Reasons for ceasing that are a next step.
const NEXT_STEPS: [&str; 2] = ["Paid employment", "Higher education"];

/// Routes, reviews and next steps; `None` where the run has no routes.
pub(super) fn section(figures: &Figures<'_>) -> Option<Section> {
    let januaries = first_and_last(&figures.januaries().collect::<Vec<_>>(), SIXTH);
    let years = first_and_last(&figures.calendar_years().collect::<Vec<_>>(), SIXTH);
    let last = *januaries.last()?;
    figures.base(ROUTES, Part::Total, *januaries.first()?)?;
    let mut blocks = vec![
        Block::paragraph(
            "Young people of 16 to 25 with a plan, by where they learn or work. Learning at work \
             keeps the share of young people in colleges and other arrangements that it had in the \
             newest January, with the ups and downs that authorities have seen. From Year 9 on, \
             every annual review must prepare for adulthood: the table tells how many of those due \
             are held.",
        ),
        Block::table(routes(figures, &januaries)),
        Block::folded_table(by_age(figures, last)),
        Block::table(next_steps(figures, &years)),
    ];
    let of_route = |route: Route| {
        let label = route.label();
        (label, ROUTES, Part::Of("category", label))
    };
    let told = [
        of_route(Route::College),
        of_route(Route::Internship),
        of_route(Route::Neet),
    ];
    let changed = table_changed(figures, &format!("by January {last}"), &told, last);
    blocks.extend(Block::table_with_rows(changed));
    let last = *years.last()?;
    let next = [
        (
            "Plans that end: paid employment",
            CEASED,
            Part::Of("category", NEXT_STEPS[0]),
        ),
        (
            "Plans that end: higher education",
            CEASED,
            Part::Of("category", NEXT_STEPS[1]),
        ),
        ("Reviews held of 100 due from Year 9 on", HELD, Part::Total),
        ("Social care as adults", CARE, Part::Total),
    ];
    let changed = table_changed(figures, &format!("in {last}"), &next, last);
    blocks.extend(Block::table_with_rows(changed));
    Some(Section {
        id: "pathways",
        heading: "Which ways into adulthood?".to_owned(),
        blocks,
    })
}

fn routes(figures: &Figures<'_>, januaries: &[i32]) -> DataTable {
    let routes = figures.values(ROUTES, "category").into_iter();
    let routes = routes.map(|route| (route, ROUTES, Part::Of("category", route)));
    let rows: Vec<_> = routes.chain([("All", ROUTES, Part::Total)]).collect();
    DataTable {
        caption: "Young people of 16 to 25 with a plan, 1 January: middle (8 in 10 futures)"
            .to_owned(),
        columns: numbers(
            "Route",
            januaries.iter().map(|year| format!("January {year}")),
        ),
        rows: by_year(figures, &rows, januaries),
    }
}

/// Routes by age on one January.
fn by_age(figures: &Figures<'_>, january: i32) -> DataTable {
    let ages = figures.values(ROUTES, "age_group");
    let routes = figures.values(ROUTES, "category").into_iter();
    let rows = routes.map(|route| {
        let cells = ages
            .iter()
            .map(|age| told(figures.base(ROUTES, Part::AtAge(age, route), january)));
        std::iter::once(route.to_owned()).chain(cells).collect()
    });
    DataTable {
        caption: format!("The same by age, January {january}: middle (8 in 10 futures)"),
        columns: numbers("Route", ages.iter().map(|age| format!("Aged {age}"))),
        rows: rows.collect(),
    }
}

fn next_steps(figures: &Figures<'_>, years: &[i32]) -> DataTable {
    let reason = |reason: &'static str| {
        let label = format!("Plans that end: {}", reason.to_lowercase());
        (label, CEASED, Part::Of("category", reason))
    };
    let bands = figures.values(HELD, "age_group").into_iter();
    let bands = bands.map(|age| {
        let label = format!("Held of 100 due, aged {age}");
        (label, HELD, Part::Of("age_group", age))
    });
    let when = figures.values(CARE, "category").into_iter();
    let when = when.map(|when| {
        let label = format!("Social care as adults: {}", when.to_lowercase());
        (label, CARE, Part::Of("category", when))
    });
    let due = ("Reviews due from Year 9 on".to_owned(), DUE, Part::Total);
    let care = ("Social care as adults: all".to_owned(), CARE, Part::Total);
    let mut rows = vec![due];
    rows.extend(bands);
    rows.extend(NEXT_STEPS.map(reason));
    rows.push(care);
    rows.extend(when);
    DataTable {
        caption: "Reviews and next steps by calendar year: middle (8 in 10 futures)".to_owned(),
        columns: numbers("What", years.iter().map(i32::to_string)),
        rows: by_year(figures, &rows, years),
    }
}
