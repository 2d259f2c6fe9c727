//! How long children wait for health services.

use super::page::{Block, DataTable, Section, first_and_last, numbers};
use crate::report::figures::{Figures, Part};
use crate::report::words::{told_as, whole, with_range_or_none as told};
use crate::summarise::ComparisonRow;

const LIST: &str = "waiting_list";
const SEEN: &str = "first_appointments";
const WITHIN: &str = "seen_within_standard_share";

const POSTS: [&str; 2] = ["service_posts", "service_posts_needed"];
const BOARD: [&str; 2] = ["board_posts", "board_posts_needed"];
const BUDGET: [&str; 2] = ["service_budget_pounds", "service_budget_needed_pounds"];

/// Lists and waits by service; `None` where none are told.
pub(super) fn section(figures: &Figures<'_>) -> Option<Section> {
    let services = figures.values(SEEN, "service");
    let first = *services.first()?;
    let of = |indicator| {
        move |year: &i32| {
            figures
                .base(indicator, Part::Of("service", first), *year)
                .is_some()
        }
    };
    let januaries: Vec<i32> = figures.januaries().filter(of(LIST)).collect();
    let years: Vec<i32> = figures.calendar_years().filter(of(SEEN)).collect();
    let (last, last_year) = (*januaries.last()?, *years.last()?);
    let follows_children = |service: &&str| {
        let part = Part::Of("service", service);
        let told = |indicator| figures.base(indicator, part, last_year).is_some();
        told(POSTS[0]) || told(BUDGET[0])
    };
    let (own, listed): (Vec<&str>, Vec<&str>) =
        services.iter().copied().partition(follows_children);
    let mut blocks = Vec::new();
    if !listed.is_empty() {
        blocks.push(Block::paragraph(
            "The lists are those of the whole NHS board, from the newest published weeks waited; \
             numbers of children are the area\u{2019}s share by population. Referrals, staff time \
             and withdrawals are assumptions held to how the lists changed: no referrals by \
             service are published. Staff who give advice for assessments have less time for \
             their clinic when more children are assessed.",
        ));
        let januaries = first_and_last(&januaries, 4);
        blocks.push(Block::table(lists(figures, &listed, &januaries)));
        let years = first_and_last(&years, 0);
        blocks.push(Block::table(waits(figures, &listed, &years)));
        blocks.extend(Block::table_with_rows(board(figures, &listed, last_year)));
    }
    if !own.is_empty() {
        blocks.push(Block::heading("Services without a published list"));
        blocks.push(Block::paragraph(
            "For these no list is published. Who comes follows the children of each simulated \
             future; how many come of each 1,000, how long the list is and for how many there is \
             time or money are assumptions with wide ranges. Put in your own numbers from the \
             base date before you decide anything by these tables. The posts for the standard \
             are those with which each list of a service is as short as the standard asks, where \
             staff can be moved from one list to another.",
        ));
        let januaries = first_and_last(&januaries, 0);
        blocks.push(Block::table(lists(figures, &own, &januaries)));
        blocks.push(Block::table(needed(figures, &own, last_year)));
    }
    blocks.extend(Block::table_with_rows(changed(
        figures, &services, last, last_year,
    )));
    Some(Section {
        id: "services",
        heading: "How long are waits for services?".to_owned(),
        blocks,
    })
}

/// How many are seen in time in a year, and what there is and what the standard would take.
fn needed(figures: &Figures<'_>, services: &[&str], year: i32) -> DataTable {
    let rows = services.iter().map(|service| {
        let part = Part::Of("service", service);
        let of = |indicator| figures.base(indicator, part, year);
        let (label, units) = match (BUDGET.map(of), POSTS.map(of)) {
            ([Some(there), Some(needed)], _) => {
                let thousands = |pounds: f64| format!("\u{a3}{},000", whole(pounds / 1_000.0));
                let cells = [there, needed].map(|summary| told_as(summary, thousands));
                ((*service).to_owned(), cells)
            }
            (_, [Some(there), Some(needed)]) => {
                let posts = |posts: f64| format!("{posts:.1}");
                let cells = [there, needed].map(|summary| told_as(summary, posts));
                (format!("{service}: posts"), cells)
            }
            _ => ((*service).to_owned(), ["-", "-"].map(str::to_owned)),
        };
        let [there, needed] = units;
        let came = told(of("referrals"));
        let seen = told(of(SEEN));
        let left = told(of("withdrawals"));
        let within = told(of(WITHIN));
        vec![label, came, seen, left, within, there, needed]
    });
    DataTable {
        caption: format!(
            "Staff or money in {year}, and for the standard: middle (8 in 10 futures)"
        ),
        columns: numbers(
            "Service",
            [
                "Came",
                "Were seen",
                "Withdrew or were missed",
                "Of 100 seen, within the standard",
                "Posts or budget there are",
                "Posts or budget for the standard",
            ]
            .map(str::to_owned),
        ),
        rows: rows.collect(),
    }
}

/// Posts of the whole board in a year, and those that the standard would take.
fn board(figures: &Figures<'_>, services: &[&str], year: i32) -> DataTable {
    let posts = |posts: f64| format!("{posts:.1}");
    let row = |service: &&str| {
        let part = Part::Of("service", service);
        let cells = BOARD.map(|indicator| figures.base(indicator, part, year));
        let [Some(there), Some(needed)] = cells else {
            return None;
        };
        let cells = [there, needed].map(|summary| told_as(summary, posts));
        Some(
            std::iter::once((*service).to_owned())
                .chain(cells)
                .collect(),
        )
    };
    DataTable {
        caption: format!(
            "Posts of the whole board in {year}, and for the standard, as far as a post sees so \
             many new children as assumed: middle (8 in 10 futures)"
        ),
        columns: numbers(
            "Service",
            ["Posts there are", "Posts for the standard"].map(str::to_owned),
        ),
        rows: services.iter().filter_map(row).collect(),
    }
}

fn table(
    figures: &Figures<'_>,
    caption: &str,
    services: &[&str],
    columns: &[(&str, &str, i32)],
) -> DataTable {
    let rows = services.iter().map(|service| {
        let cells = columns.iter().map(|(_, indicator, year)| {
            told(figures.base(indicator, Part::Of("service", service), *year))
        });
        std::iter::once((*service).to_owned())
            .chain(cells)
            .collect()
    });
    let labels = columns
        .iter()
        .map(|(label, _, year)| format!("{label} {year}"));
    DataTable {
        caption: caption.to_owned(),
        columns: numbers("Service", labels),
        rows: rows.collect(),
    }
}

fn lists(figures: &Figures<'_>, services: &[&str], januaries: &[i32]) -> DataTable {
    let shown = [
        ("Children of the area waiting, January", LIST),
        (
            "Of 100, over a year, January",
            "waiting_over_52_weeks_share",
        ),
    ];
    let caption = "Waiting lists on 1 January: middle (8 in 10 futures)";
    table(figures, caption, services, &in_years(&shown, januaries))
}

fn waits(figures: &Figures<'_>, services: &[&str], years: &[i32]) -> DataTable {
    let shown = [
        (
            "Weeks to a first appointment, half within,",
            "wait_weeks_p50",
        ),
        ("Of 100 seen, within the standard,", WITHIN),
        (
            "Appointments needed for the standard, of 100 there are,",
            "capacity_needed_percent",
        ),
    ];
    let caption = "Waits of the children seen in a year: middle (8 in 10 futures)";
    table(figures, caption, services, &in_years(&shown, years))
}

/// Each indicator with its label, in each of some years.
fn in_years<'l>(shown: &[(&'l str, &'l str)], years: &[i32]) -> Vec<(&'l str, &'l str, i32)> {
    let of = |&(label, indicator)| years.iter().map(move |year| (label, indicator, *year));
    shown.iter().flat_map(of).collect()
}

/// What options change in the last January's lists and the last year's waits; those that change
/// nothing are left out.
fn changed(figures: &Figures<'_>, services: &[&str], last: i32, year: i32) -> DataTable {
    let pairs = figures
        .options()
        .iter()
        .flat_map(|option| services.iter().map(move |service| (option, *service)));
    let rows = pairs.filter_map(|(option, service)| {
        let part = Part::Of("service", service);
        let waiting = figures.difference(&option.name, LIST, part, last)?;
        let within = figures.difference(&option.name, WITHIN, part, year);
        let moves = |row: &ComparisonRow| row.probability_lower + row.probability_higher > 0.5;
        if !moves(waiting) && !within.is_some_and(moves) {
            return None;
        }
        let over = figures.difference(&option.name, "waiting_over_52_weeks_share", part, last);
        let differences = [Some(waiting), over, within];
        let cells = differences.map(|row| told(row.map(|row| &row.difference)));
        let label = format!("{}: {service}", option.title);
        Some(std::iter::once(label).chain(cells).collect())
    });
    DataTable {
        caption: format!(
            "What options change by January {last}: middle of the difference (8 in 10 futures)"
        ),
        columns: numbers(
            "Option and service",
            [
                "Children of the area waiting".to_owned(),
                "Of 100, over a year".to_owned(),
                format!("Of 100 seen, within the standard, {year}"),
            ],
        ),
        rows: rows.collect(),
    }
}
