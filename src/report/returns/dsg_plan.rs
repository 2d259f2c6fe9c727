//! Placement sheets of the DSG management plan: number, average cost and spend by placement, age
//! group and primary need.

use std::collections::BTreeMap;
use std::path::Path;

use super::mapping::mapping;
use crate::report::money::{SPEND, financial_year};
use crate::report::table::{Column, Kind, Table, Value, text};
use crate::report::{ReportError, Results, csv};
use crate::summarise::IndicatorRow;

/// Placement of the template for each line of spend.
const MAPPING: &str = include_str!("../../../scenarios/returns/dsg_management_plan.csv");

const COLUMNS: [Column; 14] = [
    ("scenario", Kind::Text),
    ("new_la_code", Kind::Text),
    ("la_name", Kind::Text),
    ("financial_year", Kind::Text),
    ("placement", Kind::Text),
    ("line", Kind::Text),
    ("age_group", Kind::Text),
    ("primary_need", Kind::Text),
    ("number", Kind::Number),
    ("number_p10", Kind::Number),
    ("number_p90", Kind::Number),
    ("average_cost_pounds", Kind::Number),
    ("spend_pounds", Kind::Number),
    ("spend_p90_pounds", Kind::Number),
];

/// Writes `returns/dsg_management_plan.csv` for every scenario: the baseline is the unmitigated
/// forecast, each other scenario a mitigated one. Numbers are mean plan-years, spend is cash, both
/// means over futures with quantiles beside; the average cost is the one over the other. Nothing is
/// written for a run without money.
pub(super) fn write(results: &Results, dir: &Path) -> Result<(), ReportError> {
    let placements = mapping(MAPPING);
    let is_wanted = |row: &&IndicatorRow| {
        let cell = &row.cell;
        cell.depth() <= 2 && cell.category != "Total" && cell.basis != "real"
    };
    let of = |indicator: &'static str| {
        let rows = results.indicators.iter().filter(is_wanted);
        rows.filter(move |row| row.cell.indicator == indicator)
    };
    let spend: BTreeMap<Key<'_>, &IndicatorRow> = of(SPEND).map(|row| (key(row), row)).collect();
    if spend.is_empty() {
        return Ok(());
    }
    let mut rows = Vec::new();
    for plans in of("plan_years") {
        let (Some(spend), Some(placement)) =
            (spend.get(&key(plans)), placements.get(plans.cell.category))
        else {
            continue;
        };
        let number = plans.summary.mean;
        let average = if number > 0.0 {
            Value::Number((spend.summary.mean / number).round())
        } else {
            Value::Missing
        };
        let [_, low, _, _, _, high, _] = plans.summary.quantiles;
        let starts: i32 = plans.cell.time_period[..4].parse().unwrap_or_default();
        let tenth = |number: f64| Value::Number((number * 10.0).round() / 10.0);
        rows.push(vec![
            text(&plans.scenario),
            text(&results.area.new_la_code),
            text(&results.area.name),
            Value::Text(financial_year(starts).into()),
            text(placement),
            text(plans.cell.category),
            text(plans.cell.age_group),
            text(plans.cell.primary_need),
            tenth(number),
            tenth(low),
            tenth(high),
            average,
            Value::Number(spend.summary.mean.round()),
            Value::Number(spend.summary.quantiles[5].round()),
        ]);
    }
    let table = Table {
        name: "dsg_management_plan",
        columns: COLUMNS.to_vec(),
        rows,
    };
    csv::write(&table, dir)
}

/// Scenario, period, line, age group, need.
type Key<'r> = (&'r str, &'r str, &'r str, &'r str, &'r str);

fn key(row: &IndicatorRow) -> Key<'_> {
    let cell = &row.cell;
    (
        &row.scenario,
        &cell.time_period,
        cell.category,
        cell.age_group,
        cell.primary_need,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::SpendLine;

    #[test]
    fn every_line_of_placements_has_a_placement_of_the_template() {
        let placements = mapping(MAPPING);
        for line in &SpendLine::ALL[..SpendLine::PLACEMENTS] {
            assert!(placements.contains_key(line.label()), "{line:?}");
        }
        assert_eq!(placements.len(), SpendLine::PLACEMENTS);
    }
}
