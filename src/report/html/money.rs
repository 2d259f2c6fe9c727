//! What it costs.

use super::page::{Block, Column, DataTable, Figure, Section, fan_columns, fan_row, numbers};
use super::tables::table_changed_in;
use crate::report::chart::{Band, Described, Fan, fan};
use crate::report::figures::{Figures, Part};
use crate::report::money::{
    BLOCK, BORROWING, CAPITAL, COUNCIL, CUMULATIVE, IN_BAND, IN_YEAR, ON_COUNCIL, PLACE_FUNDING,
    Payback, SPEND, TOP_UPS, TRANSPORT, financial_year, in_millions, millions, paybacks,
};
use crate::report::words::{of_100, whole};
use crate::summarise::Summary;

/// Spend, block and balance; `None` where the run has no money.
pub(super) fn section(figures: &Figures<'_>) -> Option<Section> {
    let years: Vec<i32> = figures
        .calendar_years()
        .filter(|year| figures.base(SPEND, Part::Total, *year).is_some())
        .collect();
    let (first, last) = (*years.first()?, *years.last()?);
    let mut blocks = vec![
        Block::paragraph(
            "Each day of each plan costs what its place costs in this area. Prices are published \
             averages where there are any, and assumptions with wide ranges where there are none; \
             they rise with earnings, prices and fees. The high needs block is not a forecast of \
             policy: it grows by 0 to 6% a year.",
        ),
        Block::Figure(spend(figures, &years, (first, last))),
        Block::table(accounts(figures, &years)),
        Block::paragraph(
            "Until 31 March 2028 a statutory override keeps the deficit out of the council's own \
             reserves. Afterwards it stands against them: what there is then, and of each later \
             year's deficit what the government's own budget does not pay, from none to all of it.",
        ),
    ];
    if figures
        .base(BLOCK, Part::Total, first)
        .is_some_and(|b| b.mean.is_finite())
    {
        blocks.push(Block::Warning {
            text: "The balance at the start is not published for recent years, and the block is \
                   carried on from the last published one. Put in your own before you use the \
                   balance (money.opening-deficit, money.block.since-published)."
                .to_owned(),
        });
    }
    let columns = [
        ("High needs spend", SPEND, Part::Total),
        ("Balance at the end of the year", CUMULATIVE, Part::Total),
        ("Deficit on the council's reserves", ON_COUNCIL, Part::Total),
    ];
    let when = format!("in {}, millions of pounds", financial_year(last));
    let changed = table_changed_in(figures, &when, &columns, last, in_millions);
    blocks.extend(Block::table_with_rows(changed));
    blocks.extend(buildings(figures, &years));
    blocks.push(Block::folded_table(lines(figures, first, last)));
    blocks.push(Block::table(bands(figures, first, last)));
    let options = paybacks(figures, last);
    if !options.is_empty() {
        blocks.push(Block::heading("Does an option pay for itself?"));
        blocks.push(Block::paragraph(
            "All spend together: high needs, transport, services of the council, buildings and \
             what a scenario says that its programme costs. Posts of psychologists and case \
             officers that an option adds are in it, with their pay; posts of the NHS and of social \
             care are not. A programme whose cost is not in its scenario looks free: its saving is \
             then the most that it may cost.",
        ));
        blocks.push(Block::table(saved(&options, last)));
    }
    Some(Section {
        id: "money",
        heading: "What does it cost?".to_owned(),
        blocks,
    })
}

fn spend(figures: &Figures<'_>, years: &[i32], (first, last): (i32, i32)) -> Figure {
    let told = |year: i32| figures.base(SPEND, Part::Total, year).map(in_millions);
    let title = format!(
        "High needs spend, millions of pounds: {} in {}, {} in {}",
        told(first).unwrap_or_default(),
        financial_year(first),
        told(last).unwrap_or_default(),
        financial_year(last)
    );
    let subtitle = format!(
        "Spend of the high needs block in {} by financial year, cash, millions of pounds, if \
         nothing changes. Dark band: half of the futures; light band: 8 in 10 futures.",
        figures.results.area.name
    );
    let bands: Vec<Band> = years
        .iter()
        .filter_map(|&year| {
            let [_, p10, p25, p50, p75, p90, _] = figures.base(SPEND, Part::Total, year)?.quantiles;
            Some(Band {
                year,
                quantiles: [p10, p25, p50, p75, p90].map(|pounds| pounds / 1e6),
            })
        })
        .collect();
    let rows = bands.iter().map(|band| {
        let quantiles = band.quantiles.map(|m| millions(m * 1e6));
        fan_row(financial_year(band.year), quantiles)
    });
    let table = DataTable {
        caption: "High needs spend by financial year, millions of pounds".to_owned(),
        columns: fan_columns("Year"),
        rows: rows.collect(),
    };
    let described = Described {
        id: "spend",
        title: &title,
        description: &format!("{subtitle} The numbers are in the table below the chart."),
    };
    let past = Vec::new();
    Figure {
        svg: fan(&Fan { past, bands }, described),
        title,
        subtitle,
        table,
    }
}

/// Year by year: spend, block, balances.
fn accounts(figures: &Figures<'_>, years: &[i32]) -> DataTable {
    let indicators = [
        (SPEND, "High needs spend"),
        (BLOCK, "High needs block"),
        (IN_YEAR, "In-year balance"),
        (CUMULATIVE, "Balance at the end of the year"),
        (ON_COUNCIL, "Deficit on the council's reserves"),
        (TRANSPORT, "Transport (council)"),
        (COUNCIL, "SEN services (council)"),
    ];
    let cell = |summary: Option<&Summary>| summary.map_or_else(|| "-".to_owned(), in_millions);
    let rows = years.iter().map(|&year| {
        let figure = |name| cell(figures.base(name, Part::Total, year));
        let mut row = vec![financial_year(year)];
        row.extend(indicators.map(|(name, _)| figure(name)));
        row
    });
    DataTable {
        caption: "Millions of pounds, cash: middle (8 in 10 futures)".to_owned(),
        columns: numbers("Year", indicators.map(|(_, label)| label.to_owned())),
        rows: rows.collect(),
    }
}

/// What the buildings of each option cost year by year, and the debt for them; nothing where no option
/// builds.
fn buildings(figures: &Figures<'_>, years: &[i32]) -> Vec<Block> {
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

fn lines(figures: &Figures<'_>, first: i32, last: i32) -> DataTable {
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
fn bands(figures: &Figures<'_>, first: i32, last: i32) -> DataTable {
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

fn saved(options: &[Payback<'_>], last: i32) -> DataTable {
    let rows = options.iter().map(|option| {
        let [_, low, _, middle, _, high, _] = option.present_value.difference.quantiles;
        vec![
            option.title.to_owned(),
            format!(
                "{} ({} to {})",
                millions(middle),
                millions(low),
                millions(high)
            ),
            of_100(option.present_value.probability_lower),
            option.pays_back.map_or_else(
                || format!("not by {}", financial_year(last)),
                financial_year,
            ),
            option.break_even.words(),
        ]
    });
    DataTable {
        caption: format!(
            "Difference of all spend to {}, present value, millions of pounds; below zero is a saving",
            financial_year(last)
        ),
        columns: numbers(
            "Option",
            [
                "Middle (8 in 10 futures)",
                "Futures in which it saves",
                "Year from which the sum is a saving (middle)",
                "Effect at which it would pay for itself, against the one assumed",
            ]
            .map(str::to_owned),
        ),
        rows: rows.collect(),
    }
}
