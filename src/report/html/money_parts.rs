//! The parts of what it costs: lines, bands, transport, buildings.

use super::page::{Block, Column, DataTable, numbers};
use crate::report::figures::{Figures, Part};
use crate::report::money::{
    BORROWING, CAPITAL, IN_BAND, PLACE_FUNDING, SPEND, TOP_UPS, TRANSPORT, TRANSPORT_BY_DISTANCE,
    TRANSPORTED, financial_year, in_millions,
};
use crate::report::words::whole;

/// Plan-years and spend of every line.
pub(super) fn lines(figures: &Figures<'_>, first: i32, last: i32) -> DataTable {
    let rows = figures.values(SPEND, "category").into_iter();
    let part = |line| Part::Of("category", line);
    let rows = rows.map(|line| {
        let indicators = ["plan_years", SPEND];
        plans_and_spend(figures, (line, part(line)), indicators, [first, last])
    });
    DataTable {
        caption: format!(
            "High needs spend by line, millions of pounds, cash, {} and {}",
            financial_year(first),
            financial_year(last)
        ),
        columns: columns_of_plans_and_spend("Line", [first, last]),
        rows: rows.collect(),
    }
}

/// Place funding and top-ups by band.
pub(super) fn bands(figures: &Figures<'_>, first: i32, last: i32) -> DataTable {
    let rows = figures.values(TOP_UPS, "category").into_iter();
    let rows = rows.map(|band| (band, Part::Of("category", band), TOP_UPS));
    let rows = rows.chain([
        ("All top-ups", Part::Total, TOP_UPS),
        ("Place funding", Part::Total, PLACE_FUNDING),
    ]);
    let rows = rows.map(|(label, part, pounds)| {
        let plans = if pounds == TOP_UPS { IN_BAND } else { "" };
        plans_and_spend(figures, (label, part), [plans, pounds], [first, last])
    });
    DataTable {
        caption: format!(
            "Top-ups by band and place funding, mainstream schools, bases and state special \
             schools, millions of pounds, cash, {} and {}; how plans are spread over bands is an \
             assumption",
            financial_year(first),
            financial_year(last)
        ),
        columns: columns_of_plans_and_spend("Band", [first, last]),
        rows: rows.collect(),
    }
}

/// Children with transport and what it costs, by mode; what it costs by distance.
pub(super) fn transport(figures: &Figures<'_>, first: i32, last: i32) -> DataTable {
    let of = |column, indicator| {
        let values = figures.values(indicator, "category").into_iter();
        values.map(move |label| (label, Part::Of(column, label), indicator))
    };
    let modes = of("category", TRANSPORT);
    let distances = of("category", TRANSPORT_BY_DISTANCE);
    let rows = modes
        .chain([("All", Part::Total, TRANSPORT)])
        .chain(distances);
    let rows = rows.map(|(label, part, pounds)| {
        let children = if pounds == TRANSPORT { TRANSPORTED } else { "" };
        plans_and_spend(figures, (label, part), [children, pounds], [first, last])
    });
    DataTable {
        caption: format!(
            "Home-to-school transport by mode and by distance, millions of pounds, cash, {} and {}; \
             how children travel and how far are assumptions",
            financial_year(first),
            financial_year(last)
        ),
        columns: columns_of_plans_and_spend("Transport", [first, last]),
        rows: rows.collect(),
    }
}

/// A row of plan-years and of spend in some years.
fn plans_and_spend(
    figures: &Figures<'_>,
    (label, part): (&str, Part<'_>),
    [plans, pounds]: [&str; 2],
    years: [i32; 2],
) -> Vec<String> {
    let mut row = vec![label.to_owned()];
    for year in years {
        let plan_years = figures.base(plans, part, year);
        row.push(plan_years.map_or_else(String::new, |s| whole(s.mean)));
        let spend = figures.base(pounds, part, year);
        row.push(spend.map_or_else(String::new, in_millions));
    }
    row
}

fn columns_of_plans_and_spend(first: &str, years: [i32; 2]) -> Vec<Column> {
    let of_year = |year: i32| {
        let year = financial_year(year);
        [format!("Plan-years {year}"), format!("Spend {year}")]
    };
    numbers(first, years.into_iter().flat_map(of_year))
}

/// What the buildings of each option cost year by year, and the debt for them; nothing where no option
/// builds.
pub(super) fn buildings(figures: &Figures<'_>, years: &[i32]) -> Vec<Block> {
    let options = figures.results.scenarios.iter();
    let mut rows = Vec::new();
    for option in options {
        for (what, indicator) in [
            ("buildings", CAPITAL),
            ("borrowing, cost of the year", BORROWING),
        ] {
            let of_year = |year: i32| figures.expected(&option.name, indicator, Part::Total, year);
            let any = years
                .iter()
                .filter_map(|year| of_year(*year))
                .any(|summary| summary.mean >= 1.0);
            if any {
                let cells = years
                    .iter()
                    .map(|year| of_year(*year).map_or_else(String::new, in_millions));
                let label = format!("{}: {what}", option.told());
                rows.push(std::iter::once(label).chain(cells).collect());
            }
        }
    }
    let table = DataTable {
        caption:
            "Buildings and the debt for them, millions of pounds, cash: middle (8 in 10 futures)"
                .to_owned(),
        columns: numbers("What", years.iter().map(|year| financial_year(*year))),
        rows,
    };
    let mut blocks: Vec<Block> = Block::table_with_rows(table).into_iter().collect();
    if !blocks.is_empty() {
        blocks.push(Block::paragraph(
            "What part of a building is borrowed, at which interest and for how long are \
             assumptions (money.borrowing). The debt is the council's own cost and stands beside \
             the other sums: they hold the building itself in the years in which it is paid.",
        ));
    }
    blocks
}
