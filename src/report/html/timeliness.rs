//! From a request to a plan: how many ask, how long it takes, who disputes.

use super::page::{Block, DataTable, Section, numbers};
use crate::report::figures::{Figures, Part};
use crate::report::words::{of_100, with_range_or_none as told};

const REQUESTS: &str = "requests";
const REFUSED: &str = "requests_refused";
const APPEALS: &str = "appeals";
const WITHIN: &str = "plans_within_20_weeks_share";
const WITHOUT_EXCEPTION: &str = "plans_within_20_weeks_no_exceptions_share";
const WEEKS: &str = "weeks_to_plan_p50";
const PLANS: &str = "new_plans";

/// What families meet with; `None` where requests are not simulated.
pub(super) fn section(figures: &Figures<'_>) -> Option<Section> {
    let years: Vec<i32> = figures
        .calendar_years()
        .filter(|year| figures.base(REQUESTS, Part::Total, *year).is_some())
        .collect();
    // Most options have come to work by the fourth year, and not yet been overtaken.
    let shown = *years.get(3).or(years.last())?;
    let mut blocks = vec![
        Block::paragraph(
            "A family or school asks for an assessment; a panel decides; psychologists and others \
             give advice; an officer writes the plan. Each step takes the time that staff can give \
             it, so weeks and lists come out of the model. Staffing follows requests from the base \
             date on, as the forecast of plans takes it to; what stands at the start was fitted to \
             the published timeliness of the last years, which several sets of staff and times \
             explain equally well.",
        ),
        Block::table(by_year(figures, &years)),
        Block::folded_table(teams(figures, &years)),
    ];
    blocks.extend(Block::table_with_rows(changed(figures, shown)));
    Some(Section {
        id: "timeliness",
        heading: "How long does a plan take?".to_owned(),
        blocks,
    })
}

fn by_year(figures: &Figures<'_>, years: &[i32]) -> DataTable {
    let columns = [
        ("Requests", REQUESTS),
        ("Refused", REFUSED),
        ("New plans", PLANS),
        ("Half of plans within so many weeks", WEEKS),
        ("Of 100 plans, within 20 weeks", WITHIN),
        (
            "Of 100 plans without an exception, within 20 weeks",
            WITHOUT_EXCEPTION,
        ),
        ("Appeals", APPEALS),
        ("Of 100 annual reviews, held", "annual_reviews_held_share"),
    ];
    let rows = years.iter().map(|&year| {
        let cells = columns
            .iter()
            .map(|(_, indicator)| told(figures.base(indicator, Part::Total, year)));
        std::iter::once(year.to_string()).chain(cells).collect()
    });
    DataTable {
        caption: "Requests and plans by calendar year: middle (8 in 10 futures)".to_owned(),
        columns: numbers("Year", columns.map(|(label, _)| label.to_owned())),
        rows: rows.collect(),
    }
}

/// Waits and staff of each team, in the first, a middle and the last year.
fn teams(figures: &Figures<'_>, years: &[i32]) -> DataTable {
    let columns = [
        ("Weeks on the list, half of the cases", "wait_weeks_p50"),
        ("Weeks on the list, 9 in 10", "wait_weeks_p90"),
        ("Of 100 hours, used", "utilisation"),
        ("Full-time staff in post", "staff_in_post"),
        ("Full-time staff for the year's cases", "staff_needed"),
    ];
    let shown = [0, years.len() / 2, years.len() - 1];
    let services = figures.values("staff_in_post", "service").into_iter();
    let rows = services.flat_map(|service| {
        shown.map(|at| {
            let cells = columns.iter().map(|(_, indicator)| {
                told(figures.base(indicator, Part::Of("service", service), years[at]))
            });
            let label = format!("{service}, {}", years[at]);
            std::iter::once(label).chain(cells).collect()
        })
    });
    DataTable {
        caption: "Lists and staff: middle (8 in 10 futures)".to_owned(),
        columns: numbers("Work", columns.map(|(label, _)| label.to_owned())),
        rows: rows.collect(),
    }
}

/// What options change in a year; options that change nothing are left out.
fn changed(figures: &Figures<'_>, year: i32) -> DataTable {
    let indicators = [
        ("Of 100 plans, within 20 weeks", WITHIN),
        ("Appeals", APPEALS),
        ("New plans", PLANS),
    ];
    let rows = figures.options().iter().filter_map(|option| {
        let mut row = vec![option.title.clone()];
        let mut is_changed = false;
        for (_, indicator) in indicators {
            let difference = figures.difference(&option.name, indicator, Part::Total, year)?;
            is_changed |= difference.probability_lower + difference.probability_higher > 0.05;
            row.push(told(Some(&difference.difference)));
            row.push(of_100(difference.probability_higher));
        }
        is_changed.then_some(row)
    });
    let columns = indicators
        .iter()
        .flat_map(|(label, _)| [format!("{label}: change"), "Futures with more".to_owned()]);
    DataTable {
        caption: format!(
            "What options change in {year}: middle of the difference (8 in 10 futures)"
        ),
        columns: numbers("Option", columns),
        rows: rows.collect(),
    }
}
