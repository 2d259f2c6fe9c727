//! The sheet of money.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::sheet::{mean_and_range, table};
use crate::report::figures::{Figures, Part};
use crate::report::money::{
    BLOCK, BORROWING, CAPITAL, COUNCIL, CUMULATIVE, IN_YEAR, ON_COUNCIL, PARTNERS, SPEND,
    TRANSPORT, financial_year,
};
use crate::report::words::indicator;

/// Money year by year, for every scenario.
pub(super) fn sheet(sheet: &mut Worksheet, figures: &Figures<'_>) -> Result<(), XlsxError> {
    let indicators = [
        SPEND, BLOCK, IN_YEAR, CUMULATIVE, ON_COUNCIL, TRANSPORT, COUNCIL, PARTNERS, CAPITAL,
        BORROWING,
    ];
    let mut rows = Vec::new();
    for scenario in &figures.results.scenarios {
        for year in figures.calendar_years() {
            for name in indicators {
                let found = figures.expected(&scenario.name, name, Part::Total, year);
                let Some(summary) = found else { continue };
                let mut row = vec![
                    scenario.told().into(),
                    indicator(name).into(),
                    financial_year(year).as_str().into(),
                ];
                row.extend(mean_and_range(summary));
                rows.push(row);
            }
        }
    }
    let headings = [
        "Scenario",
        "Indicator",
        "Financial year",
        "Mean",
        "P10",
        "P50",
        "P90",
    ];
    let texts = (
        "Spend, block and balances by financial year, cash",
        "Prices and their sources stand in the sheet Assumptions; balances start from an assumption",
    );
    table(sheet, "Money", texts, &headings, &rows, "#,##0;-#,##0;0")?;
    sheet.set_column_width(1, 44)?;
    Ok(())
}
