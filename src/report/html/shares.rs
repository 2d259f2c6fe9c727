//! Which action of a combined scenario causes which part.

use super::page::{Block, DataTable, Figure, Section, numbers};
use crate::report::ScenarioRow;
use crate::report::chart::{Described, Interval, intervals};
use crate::report::effects::{PLANS, action_title};
use crate::report::figures::Figures;
use crate::report::words::signed;
use crate::summarise::{AttributionRow, TOTAL};

/// Half width of a 95% interval in standard errors.
const INTERVAL_95: f64 = 1.96;

/// Scenarios of two actions or more; `None` when there are none.
pub(super) fn section(figures: &Figures<'_>) -> Option<Section> {
    let combined = figures
        .options()
        .iter()
        .filter(|option| option.actions.len() > 1);
    let charts: Vec<Block> = combined
        .enumerate()
        .filter_map(|(index, option)| figure(figures, option, index))
        .map(Block::Figure)
        .collect();
    if charts.is_empty() {
        return None;
    }
    let mut blocks = vec![Block::paragraph(
        "An option of several actions is taken apart by simulating each action on its own. Actions \
         that help the same children add up to less than their parts; the difference is shown as \
         \u{201c}overlap\u{201d}. An action on its own is simulated in 200 futures, or in a quarter if \
         there are more than 800, and its share carried to all.",
    )];
    blocks.extend(charts);
    Some(Section {
        id: "shares",
        heading: "Which action does what?".to_owned(),
        blocks,
    })
}

fn figure(figures: &Figures<'_>, option: &ScenarioRow, index: usize) -> Option<Figure> {
    let years = figures.milestones();
    let of_years: Vec<(i32, Vec<&AttributionRow>)> = years
        .iter()
        .map(|year| (*year, figures.shares(&option.name, PLANS, *year)))
        .collect();
    let title = title(option, &of_years)?;
    let subtitle = format!(
        "Average difference in EHC plans in {}, each action on its own and all together, with the \
         95% interval of the average: it narrows with more simulated futures.",
        figures.results.area.name
    );
    let id = format!("shares-{index}");
    let described = Described {
        id: &id,
        title: &title,
        description: &format!("{subtitle} The numbers are in the table below the chart."),
    };
    let actions = of_years.first().map_or(0, |(_, shares)| shares.len());
    let mut rows = Vec::new();
    let mut numbers_of_rows = Vec::new();
    for action in 0..actions {
        for (year, shares) in &of_years {
            let row = shares.get(action)?;
            let half = row.monte_carlo_error * INTERVAL_95;
            let half = if half.is_finite() { half } else { 0.0 };
            let (low, high) = (row.mean - half, row.mean + half);
            let name = action_title(option, &row.action);
            let is_first = Some(year) == years.first();
            numbers_of_rows.push(vec![
                format!("{name}, January {year}"),
                signed(row.mean),
                signed(low),
                signed(high),
            ]);
            rows.push(Interval {
                label: if is_first { name } else { String::new() },
                detail: format!("{year}: {}", signed(row.mean)),
                middle: row.mean,
                range: (low, high),
                is_total: row.action == TOTAL,
            });
        }
    }
    let columns = ["Average difference in plans", "95% from", "95% to"];
    let table = DataTable {
        caption: format!("Shares of {}", option.told()),
        columns: numbers("Action", columns.map(str::to_owned)),
        rows: numbers_of_rows,
    };
    Some(Figure {
        svg: intervals(&rows, "Average difference in plans", described),
        title,
        subtitle,
        table,
    })
}

/// The action that does most in any of the years.
fn title(option: &ScenarioRow, of_years: &[(i32, Vec<&AttributionRow>)]) -> Option<String> {
    let actions = of_years.iter().flat_map(|(year, shares)| {
        let actions = shares.iter().filter(|row| row.order > 0);
        actions.map(move |row| (*year, *row, shares))
    });
    let (year, greatest, shares) =
        actions.max_by(|(_, a, _), (_, b, _)| a.mean.abs().total_cmp(&b.mean.abs()))?;
    // Actions that move no plan have no share of them.
    if greatest.mean.abs() <= 0.0 {
        return None;
    }
    let total = shares.iter().find(|row| row.action == TOTAL)?;
    Some(format!(
        "{}: \u{201c}{}\u{201d} does most, {} plans on its own in January {year}; all together \
         make {}",
        option.told(),
        action_title(option, &greatest.action),
        signed(greatest.mean),
        signed(total.mean)
    ))
}
