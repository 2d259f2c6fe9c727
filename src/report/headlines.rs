//! The totals of a run as JSON, for machines.

use serde_json::{Value, json};

use super::Results;
use crate::summarise::{Cell, QUANTILES, Summary};

/// Totals of every indicator and paired difference, by scenario and period.
pub fn headlines_as_json(results: &Results) -> String {
    let indicators: Vec<Value> = results
        .indicators
        .iter()
        .filter(|row| row.cell.depth() == 0)
        .map(|row| entry(&row.scenario, &row.cell, &row.summary))
        .collect();
    let differences: Vec<Value> = results
        .comparison
        .iter()
        .filter(|row| row.cell.depth() == 0)
        .map(|row| {
            let mut value = entry(&row.scenario, &row.cell, &row.difference);
            value["probability_lower"] = json!(row.probability_lower);
            value["probability_higher"] = json!(row.probability_higher);
            value
        })
        .collect();
    format!(
        "{:#}",
        json!({ "indicators": indicators, "comparison": differences })
    )
}

fn entry(scenario: &str, cell: &Cell, summary: &Summary) -> Value {
    let mut value = json!({
        "scenario": scenario,
        "time_period": cell.time_period,
        "time_identifier": cell.time_identifier,
        "indicator": cell.indicator,
        "unit": cell.unit,
        "mean": summary.mean,
        "monte_carlo_error": summary.monte_carlo_error,
    });
    for (quantile, number) in QUANTILES.iter().zip(summary.quantiles) {
        value[format!("p{quantile:02}")] = json!(number);
    }
    value
}
