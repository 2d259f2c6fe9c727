//! Tables of the Local SEND Reform Plan: plans by age, provision and need, requests, assessments and
//! new plans by age.

use std::collections::BTreeMap;
use std::path::Path;

use super::mapping::mapping;
use crate::report::figures::year_of;
use crate::report::table::{Column, Kind, Table, Value, text};
use crate::report::{ReportError, Results, csv};
use crate::summarise::{Cell, IndicatorRow};

/// Row of section 6 for each setting.
const MAPPING: &str = include_str!("../../../scenarios/returns/lsrp.csv");
/// Calendar years that the plan asks for; the position at the end of one is the next January's.
const YEARS: std::ops::RangeInclusive<i32> = 2025..=2029;

const COLUMNS: [Column; 12] = [
    ("scenario", Kind::Text),
    ("new_la_code", Kind::Text),
    ("la_name", Kind::Text),
    ("table", Kind::Text),
    ("title", Kind::Text),
    ("row", Kind::Text),
    ("part", Kind::Text),
    ("year", Kind::Text),
    ("mean", Kind::Number),
    ("p10", Kind::Number),
    ("median", Kind::Number),
    ("p90", Kind::Number),
];

/// Writes `returns/local_send_reform_plan.csv` for every scenario. The baseline is the unmitigated
/// course. Means add up over parts; the plan's own convention is the median, which does not.
pub(super) fn write(results: &Results, dir: &Path) -> Result<(), ReportError> {
    let by_setting = mapping(MAPPING);
    let mut rows = Vec::new();
    for row in &results.indicators {
        let Some(line) = line(&row.cell, &by_setting) else {
            continue;
        };
        let cell = &row.cell;
        let Some(year) = year_of(&cell.time_period, cell.time_identifier) else {
            continue;
        };
        let year = if cell.time_identifier == "January" {
            year - 1
        } else {
            year
        };
        if YEARS.contains(&year) {
            rows.push(written(results, row, &line, year));
        }
    }
    let table = Table {
        name: "local_send_reform_plan",
        columns: COLUMNS.to_vec(),
        rows,
    };
    csv::write(&table, dir)
}

/// Where a number stands in the plan.
struct Line<'r> {
    table: &'static str,
    title: &'static str,
    row: &'r str,
    part: &'r str,
}

fn line<'r>(cell: &'r Cell, by_setting: &'r BTreeMap<String, String>) -> Option<Line<'r>> {
    let [age, need, setting] = [cell.age_group, cell.primary_need, cell.setting];
    let row_of = || by_setting.get(setting).map(String::as_str);
    let broken_down: Vec<&str> = cell
        .breakdowns()
        .iter()
        .filter(|(_, value)| *value != "Total")
        .map(|(column, _)| *column)
        .collect();
    let (table, title, row, part) = match (cell.indicator, broken_down.as_slice()) {
        ("ehc_plans", ["age_group"]) => ("5.1", "Plans by age", age, age),
        ("ehc_plans", ["setting"]) => ("6", "Plans by provision", row_of()?, setting),
        ("ehc_plans", ["primary_need"]) => ("7", "Plans by primary need", need, need),
        ("ehc_plans", ["primary_need", "setting"]) => {
            ("7.1 to 7.7", "Plans by provision and need", row_of()?, need)
        }
        ("requests", ["age_group"]) => ("10", "Requests by age", age, age),
        ("assessments", ["age_group"]) => ("11", "Assessments by age", age, age),
        ("new_plans", ["age_group"]) => ("12", "Assessments that led to a plan, by age", age, age),
        _ => return None,
    };
    Some(Line {
        table,
        title,
        row,
        part,
    })
}

fn written<'a>(
    results: &'a Results,
    row: &'a IndicatorRow,
    line: &Line<'a>,
    year: i32,
) -> Vec<Value<'a>> {
    let tenth = |number: f64| Value::Number((number * 10.0).round() / 10.0);
    let [_, low, _, middle, _, high, _] = row.summary.quantiles;
    // In the cross the part is a setting and a need.
    let part = if line.table == "7.1 to 7.7" {
        format!("{}, {}", row.cell.setting, line.part)
    } else {
        line.part.to_owned()
    };
    vec![
        text(&row.scenario),
        text(&results.area.new_la_code),
        text(&results.area.name),
        text(line.table),
        text(line.title),
        text(line.row),
        Value::Text(part.into()),
        Value::Text(year.to_string().into()),
        tenth(row.summary.mean),
        tenth(low),
        tenth(middle),
        tenth(high),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Setting;

    #[test]
    fn every_setting_has_a_row_of_the_plan() {
        let rows = mapping(MAPPING);
        for setting in Setting::ALL {
            assert!(rows.contains_key(setting.label()), "{}", setting.label());
        }
        assert_eq!(rows.len(), Setting::COUNT);
    }

    #[test]
    fn a_cell_stands_where_its_breakdowns_say() {
        let rows = mapping(MAPPING);
        let total = |indicator| {
            let period = ("202526".to_owned(), "January");
            Cell::total((indicator, "plans"), period, "residence")
        };
        assert!(line(&total("ehc_plans"), &rows).is_none());
        let unit = Cell {
            setting: "SEN unit in mainstream",
            ..total("ehc_plans")
        };
        let found = line(&unit, &rows).expect("a line");
        assert_eq!(
            (found.table, found.row),
            ("6", "Specialist bases in mainstream")
        );
        let cross = Cell {
            primary_need: "Autistic spectrum disorder",
            ..unit
        };
        assert_eq!(line(&cross, &rows).expect("a line").table, "7.1 to 7.7");
        let asked = Cell {
            age_group: "Under 5",
            ..total("requests")
        };
        assert_eq!(line(&asked, &rows).expect("a line").table, "10");
    }
}
