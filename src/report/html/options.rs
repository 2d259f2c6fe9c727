//! What the options change.

use super::page::{Block, DataTable, Figure, Section, numbers};
use crate::report::ScenarioRow;
use crate::report::chart::{Described, Interval, intervals};
use crate::report::figures::{Figures, Part};
use crate::report::words::{Rounding, futures, list, of_100, signed};
use crate::summarise::ComparisonRow;

const PLANS: &str = "ehc_plans";

/// Indicators of the table.
const MEASURES: [(&str, &str, bool); 3] = [
    (PLANS, "plans", true),
    ("new_plans", "new plans", false),
    ("sen_support", "on SEN support", true),
];

/// Each scenario against the first; `None` when there is only one.
pub(super) fn section(figures: &Figures<'_>) -> Option<Section> {
    if figures.options().is_empty() {
        return None;
    }
    let mut blocks = vec![Block::paragraph(
        "Each option is simulated in the same futures as \u{201c}nothing changes\u{201d}: the same \
         children, the same luck. What differs between the two is the option, so differences are \
         known much more closely than totals.",
    )];
    for option in figures.options() {
        blocks.extend(describe(figures, option));
    }
    blocks.push(Block::Figure(figure(figures)));
    blocks.push(Block::Table {
        table: table(figures),
        folded: true,
    });
    Some(Section {
        id: "options",
        heading: "What do the options change?".to_owned(),
        blocks,
    })
}

/// The title of a scenario, or its name if it has none.
pub(super) fn title_of(option: &ScenarioRow) -> &str {
    if option.title.is_empty() {
        &option.name
    } else {
        &option.title
    }
}

fn describe(figures: &Figures<'_>, option: &ScenarioRow) -> Vec<Block> {
    let mut blocks = vec![Block::heading(title_of(option))];
    if !option.question.is_empty() {
        blocks.push(Block::paragraph(&option.question));
    }
    let results: Vec<String> = figures
        .milestones()
        .into_iter()
        .filter_map(|year| {
            let row = figures.difference(&option.name, PLANS, Part::Total, year)?;
            Some(format!("{} in January {year}", effect(row)))
        })
        .collect();
    let last = figures.last_year();
    let certainty = figures
        .difference(&option.name, PLANS, Part::Total, last)
        .map_or_else(String::new, |row| certainty(row, last));
    blocks.push(Block::paragraph(format!(
        "Result: {}. {certainty}",
        list(&results)
    )));
    let action = |action: &crate::report::ActionRow| match action.reason.as_str() {
        "" => action.title.clone(),
        reason => format!("{}: {reason}", action.title),
    };
    blocks.push(Block::List {
        items: option.actions.iter().map(action).collect(),
    });
    blocks
}

/// `about 340 fewer plans (290 to 390)`.
fn effect(row: &ComparisonRow) -> String {
    let [_, low, _, middle, _, high, _] = row.difference.quantiles;
    let rounding = Rounding::of_range(low, high);
    if low > 0.0 || (low >= 0.0 && high > 0.0) {
        let about = rounding.about(middle);
        format!("{about} more plans ({} more)", rounding.range(low, high))
    } else if high < 0.0 || (high <= 0.0 && low < 0.0) {
        let about = rounding.about(-middle);
        format!(
            "{about} fewer plans ({} fewer)",
            rounding.range(-high, -low)
        )
    } else if low < 0.0 {
        format!(
            "between {} fewer and {} more plans",
            rounding.about(-low),
            rounding.about(high)
        )
    } else {
        "no change in plans".to_owned()
    }
}

fn certainty(row: &ComparisonRow, year: i32) -> String {
    let (share, word) = if row.probability_lower >= row.probability_higher {
        (row.probability_lower, "fewer")
    } else {
        (row.probability_higher, "more")
    };
    if share <= 0.0 {
        return String::new();
    }
    format!(
        "In {} there are {word} plans in January {year} than if nothing changes.",
        futures(share)
    )
}

fn figure(figures: &Figures<'_>) -> Figure {
    let mut rows = Vec::new();
    let mut numbers_of_rows = Vec::new();
    for option in figures.options() {
        let years = figures.milestones();
        let drawn = years.into_iter().filter_map(|year| {
            let row = figures.difference(&option.name, PLANS, Part::Total, year)?;
            Some((year, row))
        });
        for (index, (year, row)) in drawn.enumerate() {
            let [_, low, _, middle, _, high, _] = row.difference.quantiles;
            let title = title_of(option);
            rows.push(Interval {
                label: if index == 0 { title } else { "" }.to_owned(),
                detail: format!("January {year}"),
                middle,
                range: (low, high),
                is_total: false,
            });
            numbers_of_rows.push(vec![
                format!("{title}, January {year}"),
                signed(middle),
                signed(low),
                signed(high),
                of_100(row.probability_lower),
            ]);
        }
    }
    let title = title(figures);
    let subtitle = format!(
        "Difference in EHC plans in {} from \u{201c}nothing changes\u{201d}, future by future: \
         middle and range of 8 in 10 futures.",
        figures.results.area.name
    );
    let described = Described {
        id: "options",
        title: &title,
        description: &format!("{subtitle} The numbers are in the table below the chart."),
    };
    let columns = [
        "Middle",
        "1 in 10 below",
        "1 in 10 above",
        "Futures with fewer plans",
    ];
    Figure {
        svg: intervals(&rows, "Difference in plans", described),
        title,
        subtitle,
        table: DataTable {
            caption: "Difference in plans".to_owned(),
            columns: numbers("Option and date", columns.map(str::to_owned)),
            rows: numbers_of_rows,
        },
    }
}

fn title(figures: &Figures<'_>) -> String {
    let year = figures.last_year();
    let effects = figures.options().iter().filter_map(|option| {
        let row = figures.difference(&option.name, PLANS, Part::Total, year)?;
        Some((title_of(option), row))
    });
    let size = |row: &ComparisonRow| row.difference.mean.abs();
    effects
        .max_by(|(_, a), (_, b)| size(a).total_cmp(&size(b)))
        .map_or_else(
            || "No option was compared".to_owned(),
            |(option, row)| {
                format!(
                    "\u{201c}{option}\u{201d} changes plans most: {} by January {year}",
                    effect(row)
                )
            },
        )
}

fn table(figures: &Figures<'_>) -> DataTable {
    let mut rows = Vec::new();
    for option in figures.options() {
        for (indicator, label, is_stock) in MEASURES {
            for january in figures.milestones() {
                let year = if is_stock { january } else { january - 1 };
                let row = figures.difference(&option.name, indicator, Part::Total, year);
                rows.extend(row.map(|row| {
                    let [_, low, _, middle, _, high, _] = row.difference.quantiles.map(signed);
                    let when = if is_stock {
                        format!("January {year}")
                    } else {
                        format!("during {year}")
                    };
                    let what = format!("{}: {label}, {when}", title_of(option));
                    let certain = [row.probability_lower, row.probability_higher].map(of_100);
                    let [fewer, more] = certain;
                    vec![what, middle, low, high, fewer, more]
                }));
            }
        }
    }
    let columns = [
        "Middle difference",
        "1 in 10 below",
        "1 in 10 above",
        "Fewer in",
        "More in",
    ];
    DataTable {
        caption: "Plans, new plans and SEN support under each option".to_owned(),
        columns: numbers("Option and measure", columns.map(str::to_owned)),
        rows,
    }
}
