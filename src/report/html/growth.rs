//! Where the growth comes from.

use super::page::{Block, DataTable, Figure, Section, numbers};
use crate::report::chart::{Described, Step, waterfall};
use crate::report::effects::PLANS;
use crate::report::figures::{Figures, Part};
use crate::report::words::whole;

/// Flows of plans, with what they do to the stock.
const FLOWS: [(&str, &str, f64); 4] = [
    ("new_plans", "New plans", 1.0),
    ("plans_moved_in", "Moved in", 1.0),
    ("plans_ceased", "Ceased", -1.0),
    ("plans_moved_out", "Moved out", -1.0),
];

/// Plans started and moved in against plans ceased and moved out; `None` when the run does not
/// hold all four.
pub(super) fn section(figures: &Figures<'_>) -> Option<Section> {
    let middle = |name: &str, year| Some(figures.base(name, Part::Total, year)?.quantiles[3]);
    let stock = |year| middle(PLANS, year);
    let (first, last) = (figures.first_year(), figures.last_year());
    let mut sums = [0.0; FLOWS.len()];
    let mut rows = Vec::new();
    for year in figures.calendar_years() {
        let mut row = vec![year.to_string(), whole(stock(year)?)];
        for (sum, (name, _, _)) in sums.iter_mut().zip(FLOWS) {
            let plans = middle(name, year)?;
            *sum += plans;
            row.push(whole(plans));
        }
        row.push(whole(stock(year + 1)?));
        rows.push(row);
    }
    let title = title(sums, last - first);
    let subtitle = format!(
        "Plans in {} from January {first} to January {last} if nothing changes: middle of the \
         simulated futures.",
        figures.results.area.name
    );
    let steps = steps(stock(first)?, sums, stock(last)?, (first, last));
    let described = Described {
        id: "growth",
        title: &title,
        description: &format!("{subtitle} The numbers are in the table below the chart."),
    };
    let svg = waterfall(&steps, described);
    let names = FLOWS.map(|(_, label, _)| label.to_owned());
    let columns = ["Plans on 1 January".to_owned()]
        .into_iter()
        .chain(names)
        .chain(["Plans a year later".to_owned()]);
    let table = DataTable {
        caption: "Plans started, moved and ceased by calendar year, middles".to_owned(),
        columns: numbers("Year", columns),
        rows,
    };
    Some(Section {
        id: "growth",
        heading: "Where does the change come from?".to_owned(),
        blocks: vec![
            Block::paragraph(
                "The number of plans changes as plans start, as families move into and out of the \
                 area, and as plans cease: at 25, on leaving education, or because needs are met. \
                 Because most plans last for many years, today\u{2019}s new plans are still there \
                 a decade later.",
            ),
            Block::paragraph(
                "Each figure is the middle of the futures, as everywhere on this page. Middles of \
                 parts do not quite add up to the middle of the whole; the rest is shown as \
                 \u{201c}rest\u{201d}.",
            ),
            Block::Figure(Figure {
                title,
                subtitle,
                svg,
                table,
            }),
        ],
    })
}

fn title(sums: [f64; 4], years: i32) -> String {
    let a_year = |flow: usize| whole(sums[flow] / f64::from(years.max(1)));
    let [joined, moved_in, ceased, moved_out] = sums;
    let compared = if joined + moved_in > ceased + moved_out {
        "More plans start than cease"
    } else {
        "More plans cease than start"
    };
    format!(
        "{compared}: about {} new plans a year against {} ceased",
        a_year(0),
        a_year(2)
    )
}

fn steps(start: f64, sums: [f64; 4], end: f64, (first, last): (i32, i32)) -> Vec<Step> {
    let stock = |year: i32, value| Step {
        label: ("January".to_owned(), year.to_string()),
        value,
        is_stock: true,
    };
    let changes = FLOWS
        .into_iter()
        .zip(sums)
        .map(|((_, label, sign), sum)| Step {
            label: (label.to_owned(), String::new()),
            value: sign * sum,
            is_stock: false,
        });
    let mut steps = vec![stock(first, start)];
    steps.extend(changes);
    let reached: f64 = steps.iter().map(|step| step.value).sum();
    steps.push(Step {
        label: ("Rest".to_owned(), String::new()),
        value: end - reached,
        is_stock: false,
    });
    steps.push(stock(last, end));
    steps
}
