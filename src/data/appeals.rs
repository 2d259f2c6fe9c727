//! Appeals to the SEND tribunal, calendar 2014 to 2024.

use super::ees::{authority_code, first_year};
use super::facts::{Cut, Series, SeriesKey};
use super::lookups::{Authorities, by_name};
use super::problem::{given_twice, unknown_authority};
use crate::domain::{Observed, Place};
use crate::files::{Kind, Problems, Row, Table};

/// Reads the table. England's row is named `England Total` and stands under a region; the codes of
/// Bournemouth and Poole are missing, so rows without a code are matched by name. `..` marks years
/// in which an authority did not exist.
pub(super) fn read(
    table: &Table,
    authorities: &Authorities,
    series: &mut Series,
    problems: &mut Problems,
) {
    let wanted = [
        ("year", Kind::Period),
        ("la_name", Kind::Text),
        ("old_la_code", Kind::Number),
        ("appeals_registered", Kind::Number),
        ("total_appealable_decisions", Kind::Number),
        ("appeal_rate_pc", Kind::Number),
        ("in_dev_total_appealable_decisions", Kind::Number),
    ];
    let Some([year, name, code, appeals, decisions, rate, new_decisions]) =
        table.columns(wanted, problems)
    else {
        return;
    };
    let measures = [
        (appeals, "appeals"),
        (decisions, "appealable_decisions"),
        (rate, "appeal_rate_percent"),
        (new_decisions, "appealable_decisions_new_definition"),
    ];
    for row in table.rows() {
        let Some(january) = first_year(row.text(year)) else {
            continue;
        };
        let Some(place) = place(&row, [name, code], january, authorities) else {
            problems.add(row.problem(name, unknown_authority()));
            continue;
        };
        for (column, measure) in measures {
            let key = SeriesKey {
                place,
                year: january,
                measure,
                cut: Cut::All,
            };
            let cell = row.count(column, problems);
            let before = series.insert(key, cell);
            if column == appeals && before.is_some_and(|cell| cell != Observed::NotAvailable) {
                problems.add(row.problem(name, given_twice()));
            }
        }
    }
}

fn place(
    row: &Row<'_>,
    [name, code]: [crate::files::Column; 2],
    january: i32,
    authorities: &Authorities,
) -> Option<Place> {
    if row.text(name) == "England Total" {
        return Some(Place::England);
    }
    let by_code = authority_code(row.text(code)).filter(|code| authorities.contains_key(code));
    by_code
        .or_else(|| by_name(authorities, row.text(name), january).map(|found| found.code))
        .map(Place::Authority)
}
