//! Which action of a combined scenario causes which part.

use super::options::title_of;
use super::page::{Block, DataTable, Figure, Section, numbers};
use crate::report::ScenarioRow;
use crate::report::chart::{Described, Interval, intervals};
use crate::report::figures::Figures;
use crate::report::words::signed;
use crate::summarise::{AttributionRow, INTERACTION, TOTAL};

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
         \u{201c}overlap\u{201d}.",
    )];
    blocks.extend(charts);
    Some(Section {
        id: "shares",
        heading: "Which action does what?".to_owned(),
        blocks,
    })
}

fn figure(figures: &Figures<'_>, option: &ScenarioRow, index: usize) -> Option<Figure> {
    let year = figures.last_year();
    let shares = figures.shares(&option.name, "ehc_plans", year);
    let total = shares.iter().find(|row| row.action == TOTAL)?;
    let actions = shares.iter().filter(|row| row.order > 0);
    let greatest = actions.max_by(|a, b| a.mean.abs().total_cmp(&b.mean.abs()))?;
    let title = format!(
        "{}: \u{201c}{}\u{201d} alone makes {} of {} plans",
        title_of(option),
        name_of(option, greatest),
        signed(greatest.mean),
        signed(total.mean)
    );
    let subtitle = format!(
        "Average difference in EHC plans in {} in January {year}, with the 95% interval of the \
         simulation: it narrows with more simulated futures.",
        figures.results.area.name
    );
    let id = format!("shares-{index}");
    let described = Described {
        id: &id,
        title: &title,
        description: &format!("{subtitle} The numbers are in the table below the chart."),
    };
    let interval = |row: &&AttributionRow| {
        let half = row.monte_carlo_error * INTERVAL_95;
        let half = if half.is_finite() { half } else { 0.0 };
        Interval {
            label: name_of(option, row),
            detail: signed(row.mean),
            middle: row.mean,
            range: (row.mean - half, row.mean + half),
            is_total: row.action == TOTAL,
        }
    };
    let rows: Vec<Interval> = shares.iter().map(interval).collect();
    let numbers_of_rows = rows.iter().map(|row| {
        let (low, high) = row.range;
        vec![
            row.label.clone(),
            signed(row.middle),
            signed(low),
            signed(high),
        ]
    });
    let columns = ["Average difference in plans", "95% from", "95% to"];
    let table = DataTable {
        caption: format!("Shares of {}", title_of(option)),
        columns: numbers("Action", columns.map(str::to_owned)),
        rows: numbers_of_rows.collect(),
    };
    Some(Figure {
        svg: intervals(&rows, "Average difference in plans", described),
        title,
        subtitle,
        table,
    })
}

/// The title of an action.
fn name_of(option: &ScenarioRow, row: &AttributionRow) -> String {
    match row.action.as_str() {
        INTERACTION => "Overlap between actions".to_owned(),
        TOTAL => "All together".to_owned(),
        name => option
            .actions
            .iter()
            .find(|action| action.name == name)
            .map_or(name, |action| action.title.as_str())
            .to_owned(),
    }
}
