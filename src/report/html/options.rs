//! What the options change.

use super::page::{Block, DataTable, Figure, Section, numbers};
use crate::report::ScenarioRow;
use crate::report::chart::{Described, Interval, intervals};
use crate::report::effects::{PLANS, SUPPORT, effect, in_a_sentence, in_words, is_sure, shifts};
use crate::report::figures::{Figures, Part};
use crate::report::words::{futures, list, of_100, sentence_case, signed};
use crate::summarise::ComparisonRow;

/// Settings and needs named in the text of an option; the table has them all.
const NAMED: usize = 4;

/// Indicators of the table.
const MEASURES: [(&str, &str, bool); 3] = [
    (PLANS, "plans", true),
    ("new_plans", "new plans", false),
    (SUPPORT, "on SEN support", true),
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
    let parts = parts(figures);
    if !parts.rows.is_empty() {
        blocks.push(Block::Table {
            table: parts,
            folded: true,
        });
    }
    Some(Section {
        id: "options",
        heading: "What do the options change?".to_owned(),
        blocks,
    })
}

fn describe(figures: &Figures<'_>, option: &ScenarioRow) -> Vec<Block> {
    let mut blocks = vec![Block::heading(option.told())];
    if !option.question.is_empty() {
        blocks.push(Block::paragraph(&option.question));
    }
    let last = figures.last_year();
    let certainty = figures
        .difference(&option.name, PLANS, Part::Total, last)
        .map_or_else(String::new, |row| certainty(row, last));
    let plans = over_time(figures, option, PLANS, "plans");
    blocks.push(Block::paragraph(format!("Result: {plans}. {certainty}")));
    let changes = |january| {
        let row = figures.difference(&option.name, SUPPORT, Part::Total, january);
        row.is_some_and(|row| row.probability_lower + row.probability_higher > 0.0)
    };
    if figures.milestones().into_iter().any(changes) {
        let support = over_time(figures, option, SUPPORT, "children");
        blocks.push(Block::paragraph(format!("On SEN support: {support}.")));
    }
    let shifts = shifts(figures, &option.name, last);
    for (column, noun) in [("setting", "Settings"), ("primary_need", "Needs")] {
        let mut most: Vec<_> = shifts.iter().filter(|s| s.column == column).collect();
        most.truncate(NAMED);
        if !most.is_empty() {
            let most: Vec<_> = most.into_iter().cloned().collect();
            blocks.push(Block::paragraph(format!(
                "{noun} that change most by January {last}: {}.",
                in_words(&most)
            )));
        }
    }
    let action = |action: &crate::report::ActionRow| match action.reason.as_str() {
        "" => action.title.clone(),
        reason => format!("{}: {reason}", action.title),
    };
    blocks.push(Block::List {
        items: option.actions.iter().map(action).collect(),
    });
    blocks
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
            let title = option.told();
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

/// What each option does, one item each.
pub(super) fn in_short(figures: &Figures<'_>) -> Vec<String> {
    let options = figures.options().iter();
    options
        .map(|option| {
            let effect = in_a_sentence(figures, &option.name);
            format!("{}: {effect}", option.told())
        })
        .collect()
}

fn over_time(figures: &Figures<'_>, option: &ScenarioRow, indicator: &str, noun: &str) -> String {
    let milestones = figures.milestones().into_iter();
    let effects: Vec<String> = milestones
        .filter_map(|year| {
            let row = figures.difference(&option.name, indicator, Part::Total, year)?;
            Some(format!("{} in January {year}", effect(row, noun)))
        })
        .collect();
    list(&effects)
}

/// The largest change of plans whose direction 8 in 10 futures agree on.
fn title(figures: &Figures<'_>) -> String {
    let mut sure = Vec::new();
    for option in figures.options() {
        for year in figures.milestones() {
            let row = figures.difference(&option.name, PLANS, Part::Total, year);
            sure.extend(
                row.filter(|row| is_sure(row))
                    .map(|row| (option, year, row)),
            );
        }
    }
    let size = |row: &ComparisonRow| row.difference.quantiles[3].abs();
    sure.into_iter()
        .max_by(|(.., a), (.., b)| size(a).total_cmp(&size(b)))
        .map_or_else(
            || "No option clearly changes the number of plans".to_owned(),
            |(option, year, row)| {
                format!(
                    "\u{201c}{}\u{201d} changes plans most: {} in January {year}",
                    option.told(),
                    effect(row, "plans")
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
                    let what = format!("{}: {label}, {when}", option.told());
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

/// Settings and needs that an option touches at all.
fn parts(figures: &Figures<'_>) -> DataTable {
    let mut rows = Vec::new();
    for option in figures.options() {
        for column in ["setting", "primary_need"] {
            for value in figures.values(PLANS, column) {
                let part = Part::Of(column, value);
                let at = |year| figures.difference(&option.name, PLANS, part, year);
                let found: Vec<_> = figures.milestones().into_iter().filter_map(at).collect();
                if found
                    .iter()
                    .all(|row| row.probability_lower + row.probability_higher <= 0.0)
                {
                    continue;
                }
                let mut cells = vec![format!("{}: {}", option.told(), sentence_case(value))];
                for row in found {
                    let [_, low, _, middle, _, high, _] = row.difference.quantiles.map(signed);
                    cells.push(middle);
                    cells.push(format!("{low} to {high}"));
                }
                rows.push(cells);
            }
        }
    }
    let columns = figures.milestones().into_iter().flat_map(|year| {
        [
            format!("January {year}, middle"),
            format!("January {year}, 8 in 10 futures"),
        ]
    });
    DataTable {
        caption: "Plans by setting and need under each option: difference".to_owned(),
        columns: numbers("Option and setting or need", columns),
        rows,
    }
}
