//! What it costs.

use super::money_parts;
use super::page::{Block, DataTable, Figure, Section, fan_columns, fan_row, numbers};
use super::tables::table_changed_in;
use crate::report::chart::{Band, Described, Fan, fan};
use crate::report::figures::{Figures, Part};
use crate::report::money::{
    BLOCK, COUNCIL, CUMULATIVE, IN_YEAR, ON_COUNCIL, Payback, SPEND, TOP_UPS, TRANSPORT,
    financial_year, in_millions, millions, paybacks,
};
use crate::report::words::of_100;
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
    blocks.extend(money_parts::buildings(figures, &years));
    let bands = figures.values(TOP_UPS, "category").into_iter();
    let bands = bands.map(|band| (band, TOP_UPS, Part::Of("category", band)));
    let columns: Vec<_> = bands
        .chain([("All top-ups", TOP_UPS, Part::Total)])
        .collect();
    let when = format!("in top-ups in {}, millions of pounds", financial_year(last));
    let changed = table_changed_in(figures, &when, &columns, last, in_millions);
    blocks.extend(Block::table_with_rows(changed));
    blocks.push(Block::folded_table(money_parts::lines(
        figures, first, last,
    )));
    blocks.push(Block::folded_table(money_parts::bands(
        figures, first, last,
    )));
    blocks.push(Block::folded_table(money_parts::transport(
        figures, first, last,
    )));
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
