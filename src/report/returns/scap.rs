//! SEND tables of the school capacity survey (SCAP): residents with a plan who need a specialist
//! place.

use std::path::Path;

use crate::domain::YearGroup;
use crate::report::table::{Column, Kind, Table, Value, text};
use crate::report::{ReportError, Results, csv};
use crate::summarise::{Counted, IndicatorRow};

/// Which rows the survey asks for: planning area codes, provision, year groups, years ahead.
const MAPPING: &str = include_str!("../../../scenarios/returns/scap.csv");

const COLUMNS: [Column; 11] = [
    ("scenario", Kind::Text),
    ("new_la_code", Kind::Text),
    ("la_name", Kind::Text),
    ("planning_area_code", Kind::Text),
    ("phase", Kind::Text),
    ("provision", Kind::Text),
    ("academic_year", Kind::Text),
    ("year_group", Kind::Text),
    ("pupils", Kind::Number),
    ("p10", Kind::Number),
    ("p90", Kind::Number),
];

/// A row of the mapping.
struct Line<'m> {
    code: &'m str,
    phase: &'m str,
    provision: &'m str,
    specialist_type: &'m str,
    year_groups: std::ops::RangeInclusive<usize>,
    academic_years: i32,
}

/// Writes `returns/scap_specialist_places.csv` for every scenario.
///
/// A cell is the mean over futures of the children in the January of the academic year, in whole
/// pupils, with the 10% and 90% quantiles beside it. Means add up; rounded, they add up to within
/// half a pupil for each cell.
pub(super) fn write(results: &Results, dir: &Path) -> Result<(), ReportError> {
    let mut rows = Vec::new();
    let lines = lines();
    let needed = Counted::SpecialistPlacesNeeded.entry().name;
    for row in &results.indicators {
        if row.cell.indicator != needed || row.cell.depth() != 2 {
            continue;
        }
        let line = lines.iter().find(|line| line.holds(row));
        rows.extend(line.and_then(|line| line.row(results, row)));
    }
    let table = Table {
        name: "scap_specialist_places",
        columns: COLUMNS.to_vec(),
        rows,
    };
    csv::write(&table, dir)
}

fn lines() -> Vec<Line<'static>> {
    let read = |line: &'static str| -> Option<Line<'static>> {
        let cells: Vec<&str> = line.split(',').collect();
        let [code, phase, provision, specialist_type, first, last, years] = cells[..] else {
            return None;
        };
        Some(Line {
            code,
            phase,
            provision,
            specialist_type,
            year_groups: YearGroup::from_label(first)?..=YearGroup::from_label(last)?,
            academic_years: years.trim().parse().ok()?,
        })
    };
    MAPPING.lines().skip(1).filter_map(read).collect()
}

impl<'a> Line<'a> {
    fn holds(&self, row: &IndicatorRow) -> bool {
        let year_group = YearGroup::from_label(row.cell.age_group);
        row.cell.setting == self.specialist_type
            && year_group.is_some_and(|group| self.year_groups.contains(&group))
    }

    /// The row of the table; `None` for years that the survey does not ask for.
    fn row(&self, results: &'a Results, row: &'a IndicatorRow) -> Option<Vec<Value<'a>>> {
        let period = row.cell.time_period.as_str();
        let (start, end) = (period.get(..4)?, period.get(4..)?);
        let ahead = start.parse::<i32>().ok()? + 1 - results.area.base_year;
        if !(0..=self.academic_years).contains(&ahead) {
            return None;
        }
        let [_, low, _, _, _, high, _] = row.summary.quantiles;
        Some(vec![
            text(&row.scenario),
            text(&results.area.new_la_code),
            text(&results.area.name),
            text(self.code),
            text(self.phase),
            text(self.provision),
            Value::Text(format!("{start}/{end}").into()),
            text(row.cell.age_group),
            Value::Number(row.summary.mean.round()),
            Value::Number(low.round()),
            Value::Number(high.round()),
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::SpecialistType;

    #[test]
    fn every_specialist_place_of_reception_to_year_11_has_one_row_of_the_survey() {
        let lines = lines();
        assert_eq!(lines.len(), MAPPING.lines().count() - 1);
        for specialist in SpecialistType::ALL {
            for group in 0..YearGroup::COUNT {
                let rows = lines.iter().filter(|line| {
                    line.specialist_type == specialist.label() && line.year_groups.contains(&group)
                });
                assert_eq!(rows.count(), 1, "{} {group}", specialist.label());
            }
        }
    }
}
