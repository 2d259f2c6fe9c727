//! The sheets of the workbook that lay one table out each.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::charts::{self, Rows};
use super::sheet::{HEADINGS, Value, table};
use crate::report::Results;
use crate::report::effects::{PLANS, action_title};
use crate::report::figures::{Figures, Part, part, year_of};
use crate::report::words::{indicator, sentence_case};
use crate::summarise::AttributionRow;

/// Differences, to two decimals where they are small.
const SIGNED: &str = "+#,##0.0;-#,##0.0;0";

pub(super) fn totals(sheet: &mut Worksheet, figures: &Figures<'_>) -> Result<(), XlsxError> {
    let mut rows = Vec::new();
    for scenario in &figures.results.scenarios {
        for row in figures
            .results
            .indicators
            .iter()
            .filter(|row| row.scenario == scenario.name && row.cell.depth() == 0)
        {
            let [_, p10, _, p50, _, p90, _] = row.summary.quantiles;
            let year = year_of(&row.cell.time_period, row.cell.time_identifier);
            rows.push(vec![
                scenario.told().into(),
                indicator(row.cell.indicator).into(),
                row.cell.basis.into(),
                row.cell.time_identifier.into(),
                year.into(),
                row.summary.mean.into(),
                p10.into(),
                p50.into(),
                p90.into(),
                row.summary.monte_carlo_error.into(),
            ]);
        }
    }
    let headings = [
        "Scenario",
        "Indicator",
        "Basis",
        "Counted",
        "Year",
        "Mean",
        "P10",
        "P50",
        "P90",
        "Monte Carlo error",
    ];
    let texts = (
        "Every total, by scenario and year",
        "Stocks are counted on 1 January, flows over a calendar year, money over a financial year",
    );
    table(sheet, "Totals", texts, &headings, &rows, "#,##0;-#,##0;0").map(|_| ())
}

pub(super) fn plans(sheet: &mut Worksheet, figures: &Figures<'_>) -> Result<(), XlsxError> {
    let base = figures.first_year();
    let mut rows: Vec<Vec<Value>> = figures
        .past("ehc_plans")
        .into_iter()
        .filter(|(year, _)| *year < base)
        .map(|(year, plans)| {
            vec![
                Value::Year(year),
                plans.into(),
                Value::Empty,
                Value::Empty,
                Value::Empty,
            ]
        })
        .collect();
    for year in base..=figures.last_year() {
        let Some(summary) = figures.base("ehc_plans", Part::Total, year) else {
            continue;
        };
        let [_, p10, _, p50, _, p90, _] = summary.quantiles;
        let published = (year == base).then_some(p50);
        rows.push(vec![
            Value::Year(year),
            published.into(),
            p50.into(),
            p10.into(),
            p90.into(),
        ]);
    }
    let headings = ["January", "Published", "P50", "P10", "P90"];
    let texts = (
        "EHC plans each January if nothing changes",
        "Published to the base year, simulated after; 8 in 10 futures lie between P10 and P90",
    );
    let rows = table(sheet, "Plans", texts, &headings, &rows, "#,##0")?;
    sheet.insert_chart(HEADINGS, 6, &charts::fan("Plans", rows))?;
    Ok(())
}

pub(super) fn breakdowns(sheet: &mut Worksheet, figures: &Figures<'_>) -> Result<(), XlsxError> {
    let mut rows = Vec::new();
    for row in figures
        .results
        .indicators
        .iter()
        .filter(|row| row.scenario == figures.baseline() && row.cell.depth() == 1)
    {
        let cell = &row.cell;
        if cell.basis == "real" {
            continue;
        }
        let parts = [
            ("Age band", cell.age_group),
            ("Sex", cell.sex),
            ("Primary need", cell.primary_need),
            ("Setting", cell.setting),
            ("Phase", cell.phase),
            ("Kind", cell.category),
        ];
        let Some((kind, part)) = parts.into_iter().find(|(_, part)| *part != "Total") else {
            continue;
        };
        let [_, p10, _, p50, _, p90, _] = row.summary.quantiles;
        rows.push(vec![
            indicator(cell.indicator).into(),
            kind.into(),
            sentence_case(part).into(),
            year_of(&cell.time_period, cell.time_identifier).into(),
            row.summary.mean.into(),
            p10.into(),
            p50.into(),
            p90.into(),
        ]);
    }
    let headings = [
        "Indicator",
        "Broken down by",
        "Part",
        "Year",
        "Mean",
        "P10",
        "P50",
        "P90",
    ];
    let texts = (
        "The baseline by age band, sex, need, setting, phase and kind (reason, line of spend, band, route)",
        "Medians of parts do not add up to the median of the total; means do",
    );
    table(
        sheet,
        "Breakdowns",
        texts,
        &headings,
        &rows,
        "#,##0;-#,##0;0",
    )?;
    sheet.set_column_width(2, 44)?;
    Ok(())
}

pub(super) fn comparison(sheet: &mut Worksheet, results: &Results) -> Result<(), XlsxError> {
    let rows: Vec<Vec<Value>> = results
        .comparison
        .iter()
        .filter(|row| row.cell.depth() == 0)
        .map(|row| {
            let [_, p10, _, p50, _, p90, _] = row.difference.quantiles;
            vec![
                told(results, &row.scenario).into(),
                indicator(row.cell.indicator).into(),
                row.cell.basis.into(),
                year_of(&row.cell.time_period, row.cell.time_identifier).into(),
                row.difference.mean.into(),
                p10.into(),
                p50.into(),
                p90.into(),
                row.difference.monte_carlo_error.into(),
                row.probability_lower.into(),
                row.probability_higher.into(),
                row.variance_reduction.into(),
            ]
        })
        .collect();
    let headings = [
        "Scenario",
        "Indicator",
        "Basis",
        "Year",
        "Mean difference",
        "P10",
        "P50",
        "P90",
        "Monte Carlo error",
        "Share lower",
        "Share higher",
        "Variance reduction",
    ];
    let texts = (
        "Differences from the baseline, future by future",
        "Both sides meet the same rates and the same luck. Variance reduction: variance of the difference of two sides with rates and luck of their own, over that of these pairs",
    );
    table(
        sheet,
        "Comparison",
        texts,
        &headings,
        &rows,
        "#,##0.00;-#,##0.00;0",
    )
    .map(|_| ())
}

/// Settings and needs that an option touches, each January.
pub(super) fn option_breakdowns(
    sheet: &mut Worksheet,
    figures: &Figures<'_>,
) -> Result<(), XlsxError> {
    let results = figures.results;
    let rows: Vec<Vec<Value>> = results
        .comparison
        .iter()
        .filter(|row| row.cell.indicator == PLANS)
        .filter(|row| row.probability_lower + row.probability_higher > 0.0)
        .filter_map(|row| {
            let (kind, value) = match part(&row.cell)? {
                Part::Of("setting", value) => ("Setting", value),
                Part::Of("primary_need", value) => ("Primary need", value),
                Part::Total | Part::Of(..) | Part::AtAge(..) => return None,
            };
            let [_, p10, _, p50, _, p90, _] = row.difference.quantiles;
            Some(vec![
                told(results, &row.scenario).into(),
                kind.into(),
                sentence_case(value).into(),
                year_of(&row.cell.time_period, row.cell.time_identifier).into(),
                row.difference.mean.into(),
                p10.into(),
                p50.into(),
                p90.into(),
                row.probability_lower.into(),
                row.probability_higher.into(),
            ])
        })
        .collect();
    let headings = [
        "Scenario",
        "Broken down by",
        "Part",
        "January",
        "Mean difference",
        "P10",
        "P50",
        "P90",
        "Share lower",
        "Share higher",
    ];
    let texts = (
        "Plans by setting and need under each option: difference from the baseline",
        "Settings and needs that an option does not touch are left out",
    );
    let name = "Option breakdowns";
    table(sheet, name, texts, &headings, &rows, SIGNED)?;
    sheet.set_column_width(2, 44)?;
    Ok(())
}

/// The title of a scenario.
fn told(results: &Results, name: &str) -> String {
    let scenario = results.scenarios.iter().find(|row| row.name == name);
    scenario.map_or(name, |row| row.told()).to_owned()
}

/// The title of an action.
fn action(results: &Results, row: &AttributionRow) -> String {
    let scenario = results.scenarios.iter().find(|s| s.name == row.scenario);
    scenario.map_or_else(
        || row.action.clone(),
        |scenario| action_title(scenario, &row.action),
    )
}

fn process(code: &str) -> &str {
    match code {
        "joining" => "Plan starts",
        "ceasing" => "Plan ceases",
        other => other,
    }
}

pub(super) fn attribution(sheet: &mut Worksheet, results: &Results) -> Result<(), XlsxError> {
    let rows: Vec<Vec<Value>> = results
        .attribution
        .iter()
        .filter(|row| row.cell.depth() == 0)
        .map(|row| {
            vec![
                told(results, &row.scenario).into(),
                action(results, row).into(),
                indicator(row.cell.indicator).into(),
                year_of(&row.cell.time_period, row.cell.time_identifier).into(),
                row.mean.into(),
                row.monte_carlo_error.into(),
            ]
        })
        .collect();
    let headings = [
        "Scenario",
        "Action",
        "Indicator",
        "Year",
        "Mean effect",
        "Monte Carlo error",
    ];
    let texts = (
        "Which action causes which part",
        "Each action alone against the baseline; the interaction is what is left over",
    );
    table(
        sheet,
        "Attribution",
        texts,
        &headings,
        &rows,
        "#,##0.00;-#,##0.00;0",
    )
    .map(|_| ())
}

pub(super) fn rates(sheet: &mut Worksheet, results: &Results) -> Result<(), XlsxError> {
    let rows: Vec<Vec<Value>> = results
        .rates
        .iter()
        .map(|row| {
            vec![
                process(&row.process).into(),
                f64::from(row.age).into(),
                (1000.0 * row.value).into(),
                (1000.0 * row.low).into(),
                (1000.0 * row.high).into(),
                row.evidence_events.into(),
            ]
        })
        .collect();
    let headings = [
        "Process",
        "Age",
        "Per 1,000 a year",
        "P10",
        "P90",
        "Events in the evidence",
    ];
    let texts = (
        "Fitted rates by single year of age",
        "Joining: per 1,000 residents without a plan; ceasing: per 1,000 plans; first year of the forecast",
    );
    table(sheet, "Rates", texts, &headings, &rows, "#,##0.0")?;
    let joining = results
        .rates
        .iter()
        .filter(|row| row.process == "joining")
        .count() as u32;
    let data = Rows {
        first: HEADINGS + 1,
        last: HEADINGS + joining.max(1),
    };
    sheet.insert_chart(HEADINGS, 7, &charts::rates("Rates", data))?;
    Ok(())
}
