//! Native charts of the workbook.

use rust_xlsxwriter::{Chart, ChartFormat, ChartLine, ChartSolidFill, ChartType};

/// Rows of the sheet that hold the data, from 0.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rows {
    /// First row of data.
    pub(super) first: u32,
    /// Last row of data.
    pub(super) last: u32,
}

/// Plans each January: the published past and the median as lines, the 8-in-10 range as dotted ones.
///
/// Columns of the sheet: year, published, median, 1 in 10 below, 1 in 10 above.
pub(super) fn fan(sheet: &str, rows: Rows) -> Chart {
    let mut chart = Chart::new(ChartType::Line);
    let names = ["Published", "Half above", "1 in 10 below", "1 in 10 above"];
    let colours = ["#3D3D3D", "#12436D", "#28A197", "#F46A25"];
    for ((column, name), colour) in (1..).zip(names).zip(colours) {
        let mut line = ChartLine::new();
        line.set_color(colour).set_width(2.25);
        if column > 2 {
            line.set_dash_type(rust_xlsxwriter::ChartLineDashType::Dash);
        }
        chart
            .add_series()
            .set_name(name)
            .set_categories((sheet, rows.first, 0, rows.last, 0))
            .set_values((sheet, rows.first, column, rows.last, column))
            .set_format(ChartFormat::new().set_line(&line));
    }
    chart
        .title()
        .set_name("EHC plans each January: published, then 8 in 10 simulated futures");
    chart.x_axis().set_name("January");
    chart.y_axis().set_name("Plans").set_num_format("#,##0");
    chart.set_width(900).set_height(380);
    chart.set_alt_text("Line chart: published plans, then the median and the range that holds 8 in 10 futures; the numbers stand in the table on this sheet");
    chart
}

/// Rates by single age as columns.
pub(super) fn rates(sheet: &str, rows: Rows) -> Chart {
    let mut chart = Chart::new(ChartType::Column);
    let mut fill = ChartSolidFill::new();
    fill.set_color("#12436D");
    chart
        .add_series()
        .set_name("New plans per 1,000 children without a plan")
        .set_categories((sheet, rows.first, 1, rows.last, 1))
        .set_values((sheet, rows.first, 2, rows.last, 2))
        .set_format(ChartFormat::new().set_solid_fill(&fill));
    chart
        .title()
        .set_name("Plans start most often before Reception and before Year 7");
    chart.x_axis().set_name("Age on 31 August before the year");
    chart.y_axis().set_name("Per 1,000");
    chart.legend().set_hidden();
    chart.set_width(900).set_height(360);
    chart.set_alt_text("Column chart of the rate of starting a plan by single year of age; the numbers stand in the table on this sheet");
    chart
}
