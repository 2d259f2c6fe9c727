//! The answers on one printed page: what is expected year by year, and what the options change.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

use super::sheet::{Value, print_setup, put, title};
use crate::report::effects::{PLANS, SUPPORT, outlook, shifts};
use crate::report::figures::{Figures, Part};
use crate::report::tested::Tested;
use crate::report::words::sentence_case;
use crate::summarise::Summary;

/// Settings told under each option.
const SHIFTS: usize = 4;
/// Least plans of a setting told, now or at the end.
const LEAST: f64 = 0.5;

/// The sheet.
pub(super) fn answers(sheet: &mut Worksheet, figures: &Figures<'_>) -> Result<(), XlsxError> {
    sheet.set_name("Answers")?;
    let mut page = Page {
        sheet,
        row: 0,
        years: figures.januaries().collect(),
    };
    let area = &figures.results.area.name;
    page.write(&format!("EHC plans in {area} on one page"), &title())?;
    page.words(&outlook(figures))?;
    page.row += 1;
    expected(&mut page, figures)?;
    settings(&mut page, figures)?;
    options(&mut page, figures)?;
    fared(&mut page, figures)?;
    reading(&mut page)?;
    let columns = page.years.len() as u16;
    sheet.set_column_width(0, 46)?;
    for column in 1..=columns {
        sheet.set_column_width(column, 8)?;
    }
    print_setup(sheet);
    sheet.set_print_fit_to_pages(1, 1);
    Ok(())
}

/// The sheet from the top down.
struct Page<'a> {
    sheet: &'a mut Worksheet,
    row: u32,
    years: Vec<i32>,
}

impl Page<'_> {
    fn write(&mut self, text: &str, format: &Format) -> Result<(), XlsxError> {
        self.sheet
            .write_string_with_format(self.row, 0, text, format)?;
        self.row += 1;
        Ok(())
    }

    /// A sentence across the page, in as many lines as it needs.
    fn words(&mut self, text: &str) -> Result<(), XlsxError> {
        let last = self.years.len() as u16;
        let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        self.sheet
            .merge_range(self.row, 0, self.row, last, text, &wrapped)?;
        let letters_a_line = 46 + 8 * self.years.len();
        let lines = text.chars().count().div_ceil(letters_a_line);
        self.sheet
            .set_row_height(self.row, 15.0 * lines.max(1) as f64)?;
        self.row += 1;
        Ok(())
    }

    /// The heading of a block, with the years.
    fn heading(&mut self, text: &str) -> Result<(), XlsxError> {
        let format = Format::new()
            .set_bold()
            .set_num_format("0")
            .set_border_bottom(FormatBorder::Thin);
        let row = self.row;
        self.write(text, &format)?;
        for (column, year) in (1..).zip(&self.years) {
            self.sheet
                .write_number_with_format(row, column, *year, &format)?;
        }
        Ok(())
    }

    fn line(
        &mut self,
        label: &str,
        numbers: &str,
        value: impl Fn(i32) -> Option<f64>,
    ) -> Result<(), XlsxError> {
        let format = Format::new().set_num_format(numbers);
        put(self.sheet, (self.row, 0), &label.into(), &format)?;
        for (column, year) in (1..).zip(&self.years) {
            let value = Value::from(value(*year).map(f64::round));
            put(self.sheet, (self.row, column), &value, &format)?;
        }
        self.row += 1;
        Ok(())
    }
}

const WHOLE: &str = "#,##0";
const SIGNED: &str = "+#,##0;-#,##0;0";

fn at(summary: Option<&Summary>, quantile: usize) -> Option<f64> {
    summary.map(|summary| summary.quantiles[quantile])
}

fn expected(page: &mut Page<'_>, figures: &Figures<'_>) -> Result<(), XlsxError> {
    page.heading("If nothing changes, 1 January of")?;
    let plans = |year| figures.base(PLANS, Part::Total, year);
    page.line("EHC plans, middle of the futures", WHOLE, |y| {
        at(plans(y), 3)
    })?;
    page.line("    1 in 10 futures below", WHOLE, |y| at(plans(y), 1))?;
    page.line("    1 in 10 futures above", WHOLE, |y| at(plans(y), 5))?;
    for (name, label) in [
        ("new_plans", "New plans in the year before"),
        ("plans_ceased", "Plans ceased in the year before"),
    ] {
        let before = |year: i32| at(figures.base(name, Part::Total, year - 1), 3);
        page.line(label, WHOLE, before)?;
    }
    let support = |year| at(figures.base(SUPPORT, Part::Total, year), 3);
    page.line("Children on SEN support", WHOLE, support)?;
    page.row += 1;
    Ok(())
}

fn settings(page: &mut Page<'_>, figures: &Figures<'_>) -> Result<(), XlsxError> {
    page.heading("Plans by setting if nothing changes (middles)")?;
    let (first, last) = (figures.first_year(), figures.last_year());
    for setting in figures.values(PLANS, "setting") {
        let middle = |year| at(figures.base(PLANS, Part::Of("setting", setting), year), 3);
        let is_used = [first, last]
            .into_iter()
            .any(|year| middle(year).is_some_and(|plans| plans >= LEAST));
        if is_used {
            page.line(&sentence_case(setting), WHOLE, middle)?;
        }
    }
    page.row += 1;
    Ok(())
}

fn options(page: &mut Page<'_>, figures: &Figures<'_>) -> Result<(), XlsxError> {
    for option in figures.options() {
        let difference = |indicator: &str, part: Part<'_>, year: i32, quantile: usize| {
            let row = figures.difference(&option.name, indicator, part, year)?;
            Some(row.difference.quantiles[quantile])
        };
        page.heading(&format!("{}: difference", option.told()))?;
        let plans = |quantile| move |year| difference(PLANS, Part::Total, year, quantile);
        page.line("EHC plans, middle of the futures", SIGNED, plans(3))?;
        page.line("    1 in 10 futures below", SIGNED, plans(1))?;
        page.line("    1 in 10 futures above", SIGNED, plans(5))?;
        page.line("Children on SEN support", SIGNED, |year| {
            difference(SUPPORT, Part::Total, year, 3)
        })?;
        let shifts = shifts(figures, &option.name, figures.last_year());
        let settings = shifts.iter().filter(|shift| shift.column == "setting");
        for shift in settings.take(SHIFTS) {
            let part = Part::Of("setting", shift.row.cell.setting);
            page.line(&shift.label, SIGNED, |year| {
                difference(PLANS, part, year, 3)
            })?;
        }
        page.row += 1;
    }
    Ok(())
}

fn fared(page: &mut Page<'_>, figures: &Figures<'_>) -> Result<(), XlsxError> {
    let Some(tested) = Tested::of(figures.results) else {
        return Ok(());
    };
    page.write(
        "How good were forecasts like this one?",
        &Format::new().set_bold(),
    )?;
    for sentence in tested.sentences() {
        page.words(&sentence)?;
    }
    for warning in tested.warnings() {
        page.words(&format!("Warning. {warning}"))?;
    }
    page.row += 1;
    Ok(())
}

fn reading(page: &mut Page<'_>) -> Result<(), XlsxError> {
    page.write("How to read this page", &Format::new().set_bold())?;
    page.words(
        "8 in 10 futures lie between \u{201c}1 in 10 below\u{201d} and \u{201c}1 in 10 above\u{201d}: \
         budget for the range, not for its middle. Middles of settings do not add up to the middle \
         of all plans; means on the sheet Breakdowns do.",
    )?;
    page.words(
        "What a wait for a service does to a child is not simulated: settings are where \
         children would be placed if placements carry on as now. All years, needs and ages stand on \
         the other sheets.",
    )
}
