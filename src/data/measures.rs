//! Releases of one layout: a breakdown in each row, and a measure in each column.

use super::age_labels::{age, is_unknown};
use super::ees::Identifiers;
use super::facts::{Cut, Series, SeriesKey};
use super::placements::{add, is_total_of_types, setting_of_type};
use super::problem::{given_twice, unknown_breakdown};
use crate::domain::Sex;
use crate::files::{Column, Kind, Problems, Row, Table};

/// Column of the publication and name of the measure in the series.
pub(super) type Measures = [(&'static str, &'static str)];

/// The year of a row, as the identifiers tell it.
type YearOf = fn(&Identifiers, &Row<'_>, &mut Problems) -> Option<i32>;

/// The columns of the measures; `None` unless all are there.
pub(super) fn columns(
    table: &Table,
    measures: &Measures,
    problems: &mut Problems,
) -> Option<Vec<(Column, &'static str)>> {
    let columns: Vec<_> = measures
        .iter()
        .filter_map(|(name, measure)| Some((table.number_column(name, problems)?, *measure)))
        .collect();
    (columns.len() == measures.len()).then_some(columns)
}

/// Reads measures of calendar years.
pub(super) fn read_flows(
    table: &Table,
    measures: &Measures,
    series: &mut Series,
    problems: &mut Problems,
) {
    read(
        table,
        (measures, Identifiers::calendar_year),
        series,
        problems,
    );
}

/// Reads measures of Januaries.
pub(super) fn read_stocks(
    table: &Table,
    measures: &Measures,
    series: &mut Series,
    problems: &mut Problems,
) {
    read(table, (measures, Identifiers::january), series, problems);
}

fn read(
    table: &Table,
    (measures, year_of): (&Measures, YearOf),
    series: &mut Series,
    problems: &mut Problems,
) {
    let wanted = [("breakdown_topic", Kind::Text), ("breakdown", Kind::Any)];
    let (Some(identifiers), Some([topic, breakdown]), Some(columns)) = (
        Identifiers::find(table, problems),
        table.columns(wanted, problems),
        columns(table, measures, problems),
    ) else {
        return;
    };
    for row in table.rows() {
        let Some(place) = identifiers.place(&row, problems) else {
            continue;
        };
        let (Some(year), Some(cut)) = (
            year_of(&identifiers, &row, problems),
            cut(&row, topic, breakdown, problems),
        ) else {
            continue;
        };
        for (column, measure) in &columns {
            let key = SeriesKey {
                place,
                year,
                measure,
                cut,
            };
            let cell = row.count(*column, problems);
            match (series.insert(key, cell), cut) {
                // Several published types of placement are one setting.
                (Some(before), Cut::Setting(_)) => {
                    series.insert(key, add(before, cell));
                }
                (Some(_), _) if *column == columns[0].0 => {
                    problems.add(row.problem(breakdown, given_twice()));
                }
                _ => {}
            }
        }
    }
}

fn cut(row: &Row<'_>, topic: Column, breakdown: Column, problems: &mut Problems) -> Option<Cut> {
    let label = row.text(breakdown);
    let cut = match row.text(topic) {
        topic if topic.starts_with("All ") => Some(Cut::All),
        "Child or young persons age" | "Young persons age" => age(label).map(Cut::Age),
        "Sex" => Sex::from_label(label).map(Cut::Sex),
        "Type of placement" if is_total_of_types(label) => return None,
        "Type of placement" => setting_of_type(label).map(Cut::Setting),
        "Ethnicity" | "Years EHC plan in place" => return None,
        _ => None,
    };
    if cut.is_none() && !is_unknown(label) {
        problems.add(row.problem(breakdown, unknown_breakdown()));
    }
    cut
}
