//! The sheets that say what the results rest on.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::sheet::{Value, table};
use crate::report::Results;

pub(super) fn about(sheet: &mut Worksheet, results: &Results) -> Result<(), XlsxError> {
    let fact = |name: &str, value: String| vec![Value::from(name), Value::Text(value)];
    let mut rows = vec![
        fact(
            "Area",
            format!("{} ({})", results.area.name, results.area.new_la_code),
        ),
        fact(
            "Published figures up to",
            format!("January {}", results.area.base_year),
        ),
        fact("Simulated futures", results.runs.to_string()),
        fact("Years simulated", results.years.to_string()),
        fact("Seed", results.seed.to_string()),
        fact(
            "How to read ranges",
            "8 in 10 simulated futures lie between P10 and P90".to_owned(),
        ),
        fact(
            "Limits",
            "what a wait for a service does to a child is not simulated".to_owned(),
        ),
    ];
    for scenario in &results.scenarios {
        rows.push(fact(
            &format!("Scenario: {}", scenario.told()),
            scenario.question.clone(),
        ));
    }
    let texts = (
        "EHC plans: what may come, and what would change it",
        "The sheet Answers holds the answers on one page; the others hold every number behind them",
    );
    table(sheet, "About", texts, &["What", "Value"], &rows, "0")?;
    sheet.set_column_width(1, 90)?;
    Ok(())
}

pub(super) fn assumptions(sheet: &mut Worksheet, results: &Results) -> Result<(), XlsxError> {
    let rows: Vec<Vec<Value>> = results
        .parameters
        .iter()
        .map(|row| {
            vec![
                row.path.as_str().into(),
                row.label.as_str().into(),
                row.unit.as_str().into(),
                row.value.into(),
                row.low.into(),
                row.high.into(),
                row.basis.code().into(),
                row.source.as_str().into(),
                row.note.as_str().into(),
            ]
        })
        .collect();
    let headings = [
        "Path", "Label", "Unit", "Value", "Low", "High", "Basis", "Source", "Note",
    ];
    let texts = (
        "Every stated or estimated number",
        "Basis says whether it is published, derived, local, expert or an assumption",
    );
    table(sheet, "Assumptions", texts, &headings, &rows, "0.####")?;
    sheet.set_column_width(1, 50)?;
    sheet.set_column_width(8, 90)?;
    Ok(())
}

pub(super) fn sources(sheet: &mut Worksheet, results: &Results) -> Result<(), XlsxError> {
    let rows: Vec<Vec<Value>> = results
        .sources
        .iter()
        .map(|row| {
            [
                &row.key,
                &row.title,
                &row.publisher,
                &row.release,
                &row.licence,
                &row.sha256,
            ]
            .map(|text| Value::Text(text.clone()))
            .into()
        })
        .collect();
    let headings = ["Key", "Title", "Publisher", "Release", "Licence", "SHA-256"];
    let texts = (
        "Publications behind the figures",
        "SHA-256 of each file as read",
    );
    table(sheet, "Sources", texts, &headings, &rows, "0")?;
    sheet.set_column_width(1, 70)?;
    Ok(())
}

pub(super) fn findings(sheet: &mut Worksheet, results: &Results) -> Result<(), XlsxError> {
    let rows: Vec<Vec<Value>> = results
        .findings
        .iter()
        .map(|row| {
            [&row.severity, &row.check, &row.message, &row.hint]
                .map(|text| Value::Text(text.clone()))
                .into()
        })
        .collect();
    let headings = ["Severity", "Check", "What was found", "What follows"];
    let texts = (
        "What was found in the published figures",
        "Nothing is dropped silently",
    );
    table(sheet, "Findings", texts, &headings, &rows, "0")?;
    sheet.set_column_width(2, 90)?;
    sheet.set_column_width(3, 70)?;
    Ok(())
}
