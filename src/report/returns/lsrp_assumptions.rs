//! The assumptions sheet of the Local SEND Reform Plan: what its tables rest on.

use std::path::Path;

use crate::domain::Basis;
use crate::report::results::{ParameterRow, ScenarioRow};
use crate::report::table::{Column, Kind, Table, Value, text};
use crate::report::{ReportError, Results, csv};

const COLUMNS: [Column; 12] = [
    ("new_la_code", Kind::Text),
    ("la_name", Kind::Text),
    ("scenario", Kind::Text),
    ("kind", Kind::Text),
    ("what", Kind::Text),
    ("value", Kind::Number),
    ("low", Kind::Number),
    ("high", Kind::Number),
    ("unit", Kind::Text),
    ("basis", Kind::Text),
    ("source", Kind::Text),
    ("why", Kind::Text),
];

/// Numbers that no plan, request or placement of the baseline depends on.
const ELSEWHERE: [&str; 8] = [
    "money.",
    "exclusions.",
    "absence.",
    "services.",
    "places.capital-cost.",
    "places.lead-years.",
    "places.net-imports-yearly-change",
    "places.out-of-area-review-share",
];

/// Writes `returns/local_send_reform_plan_assumptions.csv`: numbers that are assumed before those that
/// are derived or published, then what each scenario does and leaves out.
pub(super) fn write(results: &Results, dir: &Path) -> Result<(), ReportError> {
    let numbers = [
        Basis::Assumption,
        Basis::Expert,
        Basis::Local,
        Basis::Derived,
        Basis::Published,
    ]
    .into_iter()
    .flat_map(|basis| {
        let parameters = results.parameters.iter();
        parameters.filter(move |row| row.basis == basis && is_behind_plans(row))
    });
    let mut rows: Vec<Vec<Value<'_>>> = numbers.map(|row| number(results, row)).collect();
    for scenario in &results.scenarios {
        rows.extend(of_scenario(results, scenario));
    }
    let table = Table {
        name: "local_send_reform_plan_assumptions",
        columns: COLUMNS.to_vec(),
        rows,
    };
    csv::write(&table, dir)
}

fn is_behind_plans(row: &ParameterRow) -> bool {
    !ELSEWHERE.iter().any(|start| row.path.starts_with(start))
}

fn number<'r>(results: &'r Results, row: &'r ParameterRow) -> Vec<Value<'r>> {
    let mut sources = results.sources.iter();
    let source = sources.find(|source| source.key == row.source);
    let mut cells = of_area(results);
    cells.extend([
        Value::Text("all".into()),
        Value::Text("number".into()),
        text(&row.label),
        Value::Number(row.value),
        Value::Number(row.low),
        Value::Number(row.high),
        text(&row.unit),
        Value::Text(row.basis.code().into()),
        text(source.map_or(row.source.as_str(), |source| source.title.as_str())),
        text(&row.note),
    ]);
    cells
}

fn of_scenario<'r>(
    results: &'r Results,
    scenario: &'r ScenarioRow,
) -> impl Iterator<Item = Vec<Value<'r>>> {
    let line = move |kind: &'static str, what: &'r str, source: &'r str, why: &'r str| {
        let mut cells = of_area(results);
        cells.extend([
            text(&scenario.name),
            Value::Text(kind.into()),
            text(what),
            Value::Missing,
            Value::Missing,
            Value::Missing,
            Value::Text("-".into()),
            Value::Text(Basis::Assumption.code().into()),
            text(source),
            text(why),
        ]);
        cells
    };
    let actions = scenario.actions.iter();
    let actions =
        actions.map(move |action| line("action", &action.title, &action.source, &action.reason));
    let left_out = scenario.not_modelled.iter();
    actions.chain(left_out.map(move |what| line("not modelled", what, "-", "-")))
}

fn of_area(results: &Results) -> Vec<Value<'_>> {
    vec![text(&results.area.new_la_code), text(&results.area.name)]
}
