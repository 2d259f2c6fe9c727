//! Mid-year population estimates and projections by single year of age and sex.

use std::collections::BTreeMap;

use super::ees::{Identifiers, first_year};
use super::facts::PopulationKey;
use super::lookups::{Authorities, by_gss};
use super::problem::{given_twice, unknown_authority};
use crate::domain::{OLDEST_AGE, Place, Sex};
use crate::files::{Kind, Problem, Problems, Table};

const ENGLAND: &str = "E92000001";

/// Reads estimates or projections. Abolished authorities have no population of their own: the
/// files are on the boundaries of April 2023 for all years.
pub(super) fn read(
    table: &Table,
    authorities: &Authorities,
    population: &mut BTreeMap<PopulationKey, f64>,
    problems: &mut Problems,
) {
    let wanted = [
        ("code", Kind::Text),
        ("year", Kind::Period),
        ("age", Kind::Age),
        ("female", Kind::Number),
        ("male", Kind::Number),
    ];
    let Some([code, year, age, female, male]) = table.columns(wanted, problems) else {
        return;
    };
    let places = by_gss(authorities);
    for row in table.rows() {
        let place = match row.text(code) {
            ENGLAND => Some(Place::England),
            gss => places.get(gss).copied().map(Place::Authority),
        };
        let Some(place) = place else {
            problems.add(row.problem(code, unknown_authority()));
            continue;
        };
        let (Some(year), Ok(age)) = (first_year(row.text(year)), row.text(age).parse::<u8>())
        else {
            problems.add(row.problem(
                age,
                Problem::error("unknown-age", "not a year and a whole age"),
            ));
            continue;
        };
        if age > OLDEST_AGE {
            continue;
        }
        for (column, sex) in [(female, Sex::Female), (male, Sex::Male)] {
            let Some(persons) = row.count(column, problems).value() else {
                continue;
            };
            if population
                .insert((place, year, age, sex), persons)
                .is_some()
            {
                problems.add(row.problem(code, given_twice()));
            }
        }
    }
}

/// Persons aged 0 to 17, a year later than the single ages.
pub(super) fn read_under_18(
    table: &Table,
    under_18: &mut BTreeMap<(Place, i32), f64>,
    problems: &mut Problems,
) {
    let (Some(identifiers), Some([estimate])) = (
        Identifiers::find(table, problems),
        table.columns([("population_estimate", Kind::Number)], problems),
    ) else {
        return;
    };
    for row in table.rows() {
        if let (Some(place), Some(year), Some(persons)) = (
            identifiers.place(&row, problems),
            identifiers.calendar_year(&row, problems),
            row.count(estimate, problems).value(),
        ) && under_18.insert((place, year), persons).is_some()
        {
            problems.add(row.problem(estimate, given_twice()));
        }
    }
}
