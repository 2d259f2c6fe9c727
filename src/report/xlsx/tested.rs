//! Earlier forecasts against what came.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::sheet::{Value, table};
use crate::area::{TestedRow, TestedScope};
use crate::report::tested::{Tested, off_by};

/// The sheet: the area's own forecasts, then errors by years ahead.
pub(super) fn sheet(
    sheet: &mut Worksheet,
    tested: &Tested<'_>,
    area: &str,
) -> Result<(), XlsxError> {
    let own = tested.own().into_iter().map(|(origin, row)| {
        let remark = if tested.is_broken(origin, row) {
            "known break"
        } else {
            ""
        };
        line(area, row, off_by(row), remark)
    });
    let pooled = tested.errors().into_iter().flat_map(|errors| {
        let rows = [errors.own, errors.neighbours, errors.all];
        rows.into_iter().flatten().map(|row| {
            let whose = match row.scope {
                TestedScope::Area => format!("{area}, all starts"),
                TestedScope::Neighbours => "Statistical neighbours".to_owned(),
                TestedScope::All => "All authorities".to_owned(),
            };
            line(&whose, row, None, "")
        })
    });
    let rows: Vec<Vec<Value>> = own.chain(pooled).collect();
    let headings = [
        "Whose",
        "Forecast from January",
        "Years ahead",
        "For January",
        "Tests",
        "1 in 10 below",
        "Middle",
        "1 in 10 above",
        "What came",
        "Off by, %",
        "Mean error, %",
        "Held by 80% range, %",
        "Held by 90% range, %",
        "Remark",
    ];
    let texts = (
        "How good were forecasts like this one?",
        "Forecasts of all plans from earlier Januaries with this method, against what came; errors in % of what came",
    );
    table(sheet, "Tested", texts, &headings, &rows, "#,##0.#").map(|_| ())
}

fn line(whose: &str, row: &TestedRow, off: Option<f64>, remark: &str) -> Vec<Value> {
    let target = row.origin.map(|origin| origin + row.horizon as i32);
    vec![
        whose.into(),
        row.origin.into(),
        (row.horizon as f64).into(),
        target.into(),
        (row.n as f64).into(),
        row.p10.into(),
        row.p50.into(),
        row.p90.into(),
        row.actual.into(),
        off.map(|off| (10.0 * off).round() / 10.0).into(),
        row.mape.into(),
        row.held_80.into(),
        row.held_90.into(),
        remark.into(),
    ]
}
