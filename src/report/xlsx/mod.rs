//! `workbook.xlsx`: the results for people who work in Excel.
//!
//! In: results. Out: a workbook with a page of answers, then one named table a sheet and native
//! charts, the same bytes for
//! the same results. Deliberately not here: numbers that the CSV files do not have.
//! A new sheet is one function, of results in `sheets.rs`, of what they rest on in `registers.rs`, and
//! one line of [`write`].

mod answers;
mod charts;
mod money;
mod places;
mod registers;
mod sheet;
mod sheets;
mod tested;

use std::path::Path;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use super::figures::{Figures, Part};
use super::money::SPEND;
use super::tested::Tested;
use super::{ReportError, Results};
use crate::files::write_file;

/// File name in the run folder.
pub(super) const NAME: &str = "workbook.xlsx";

/// Writes the workbook.
pub(super) fn write(results: &Results, dir: &Path) -> Result<(), ReportError> {
    let path = dir.join(NAME);
    let bytes = || -> Result<Vec<u8>, XlsxError> {
        let figures = Figures::new(results);
        let mut workbook = Workbook::new();
        // A fixed date: equal results give equal bytes.
        let created = ExcelDateTime::from_ymd(2026, 1, 1)?;
        let properties = DocProperties::new()
            .set_title(format!("EHC plans in {}", results.area.name))
            .set_creation_datetime(&created);
        workbook.set_properties(&properties);
        answers::answers(workbook.add_worksheet(), &figures)?;
        registers::about(workbook.add_worksheet(), results)?;
        sheets::totals(workbook.add_worksheet(), &figures)?;
        sheets::plans(workbook.add_worksheet(), &figures)?;
        sheets::breakdowns(workbook.add_worksheet(), &figures)?;
        if figures
            .base(SPEND, Part::Total, figures.first_year())
            .is_some()
        {
            money::sheet(workbook.add_worksheet(), &figures)?;
        }
        if figures
            .september()
            .base("place_gap", Part::Total, figures.first_year())
            .is_some()
        {
            places::sheet(workbook.add_worksheet(), &figures)?;
        }
        sheets::comparison(workbook.add_worksheet(), results)?;
        sheets::option_breakdowns(workbook.add_worksheet(), &figures)?;
        sheets::attribution(workbook.add_worksheet(), results)?;
        if let Some(past) = Tested::of(results) {
            tested::sheet(workbook.add_worksheet(), &past, &results.area.name)?;
        }
        sheets::rates(workbook.add_worksheet(), results)?;
        registers::assumptions(workbook.add_worksheet(), results)?;
        registers::sources(workbook.add_worksheet(), results)?;
        registers::findings(workbook.add_worksheet(), results)?;
        workbook.save_to_buffer()
    };
    let bytes = bytes().map_err(|error| ReportError::write(&path, &error))?;
    write_file(&path, &bytes).map_err(|error| ReportError::write(&path, &error))
}
