//! The sheet of places.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::sheet::{mean_and_range, table};
use crate::report::figures::{Figures, Part};
use crate::report::words::indicator;

/// Indicators of the sheet, as they stand on 1 September.
const SHOWN: [&str; 7] = [
    "places_capacity",
    "places_demand",
    "places_filled",
    "place_gap",
    "place_short_probability",
    "children_awaiting_place",
    "overflow",
];

/// Places, demand and children without a place on every 1 September, for every scenario: in total
/// and by type.
pub(super) fn sheet(sheet: &mut Worksheet, figures: &Figures<'_>) -> Result<(), XlsxError> {
    let types = figures.values("places_capacity", "setting").into_iter();
    let parts: Vec<(&str, Part<'_>)> = std::iter::once(("All types", Part::Total))
        .chain(types.map(|name| (name, Part::Of("setting", name))))
        .collect();
    let mut rows = Vec::new();
    for scenario in &figures.results.scenarios {
        for year in figures.calendar_years() {
            for (label, part) in &parts {
                for name in SHOWN {
                    let found = figures
                        .september()
                        .expected(&scenario.name, name, *part, year);
                    let Some(summary) = found else { continue };
                    let mut row = vec![
                        scenario.told().into(),
                        year.to_string().as_str().into(),
                        (*label).into(),
                        indicator(name).into(),
                    ];
                    row.extend(mean_and_range(summary));
                    rows.push(row);
                }
            }
        }
    }
    let headings = [
        "Scenario",
        "September",
        "Type",
        "Indicator",
        "Mean",
        "P10",
        "P50",
        "P90",
    ];
    let texts = (
        "Places, who wants one and who goes without, on 1 September",
        "A gap is the children beyond the places of a type, phase and need group; the mean of the \
         probability is the share of futures with a gap",
    );
    table(sheet, "Places", texts, &headings, &rows, "#,##0.0")?;
    sheet.set_column_width(2, 36)?;
    sheet.set_column_width(3, 36)?;
    Ok(())
}
