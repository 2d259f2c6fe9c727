//! A sheet with one named table, ready to be printed.

use rust_xlsxwriter::{Format, Table, TableColumn, Worksheet, XlsxError};

use super::charts::Rows;
use crate::summarise::Summary;

/// Row of the column headings: title and description stand above.
pub(super) const HEADINGS: u32 = 3;
/// A4.
const PAPER: u8 = 9;

/// A cell of a table.
#[derive(Debug, Clone)]
pub(super) enum Value {
    /// Words.
    Text(String),
    /// A number in the table's format.
    Number(f64),
    /// A year: a number without a thousands separator.
    Year(i32),
    /// Nothing.
    Empty,
}

/// Mean, P10, P50 and P90 of a summary, as cells.
pub(super) fn mean_and_range(summary: &Summary) -> [Value; 4] {
    let [_, p10, _, p50, _, p90, _] = summary.quantiles;
    [summary.mean, p10, p50, p90].map(Value::from)
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<Option<i32>> for Value {
    fn from(year: Option<i32>) -> Self {
        year.map_or(Self::Empty, Self::Year)
    }
}

impl From<Option<f64>> for Value {
    fn from(number: Option<f64>) -> Self {
        number.map_or(Self::Empty, Self::Number)
    }
}

/// Writes a cell.
pub(super) fn put(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    value: &Value,
    numbers: &Format,
) -> Result<(), XlsxError> {
    match value {
        Value::Text(text) => sheet.write_string(row, column, text)?,
        Value::Number(number) => sheet.write_number_with_format(row, column, *number, numbers)?,
        Value::Year(year) => {
            let format = Format::new().set_num_format("0");
            sheet.write_number_with_format(row, column, *year, &format)?
        }
        Value::Empty => sheet,
    };
    Ok(())
}

/// Lays a named table out with its title, description and number format; returns its data rows.
pub(super) fn table(
    sheet: &mut Worksheet,
    name: &str,
    texts: (&str, &str),
    headings: &[&str],
    rows: &[Vec<Value>],
    numbers: &str,
) -> Result<Rows, XlsxError> {
    sheet.set_name(name)?;
    sheet.write_string_with_format(0, 0, texts.0, &title())?;
    sheet.write_string(1, 0, texts.1)?;
    let format = Format::new().set_num_format(numbers);
    for (row, values) in (HEADINGS + 1..).zip(rows) {
        for (column, value) in (0..).zip(values) {
            put(sheet, (row, column), value, &format)?;
        }
    }
    let last = HEADINGS + rows.len().max(1) as u32;
    let columns: Vec<TableColumn> = headings
        .iter()
        .map(|heading| TableColumn::new().set_header(*heading))
        .collect();
    let id = format!("tbl_{}", name.to_lowercase().replace(' ', "_"));
    let table = Table::new().set_name(id).set_columns(&columns);
    sheet.add_table(HEADINGS, 0, last, headings.len() as u16 - 1, &table)?;
    sheet.set_freeze_panes(HEADINGS + 1, 0)?;
    sheet.set_column_width(0, 34)?;
    for column in 1..headings.len() as u16 {
        sheet.set_column_width(column, 17)?;
    }
    print_setup(sheet);
    sheet.set_landscape();
    sheet.set_repeat_rows(HEADINGS, HEADINGS)?;
    Ok(Rows {
        first: HEADINGS + 1,
        last,
    })
}

/// The format of a sheet's title.
pub(super) fn title() -> Format {
    Format::new().set_bold().set_font_size(14)
}

/// A4, all columns on one page wide, with the sheet's name and page number below.
pub(super) fn print_setup(sheet: &mut Worksheet) {
    sheet.set_paper_size(PAPER);
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3);
    sheet.set_footer("&L&A&RPage &P of &N");
}
