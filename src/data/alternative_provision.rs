//! Pupils of alternative provision schools, and placements that schools arrange for their own pupils.

use super::ees::Identifiers;
use super::facts::{Cut, Series, SeriesKey};
use super::problem::unknown_breakdown;
use crate::domain::Place;
use crate::files::{Kind, Problems, Table};

/// Pupils of state-funded alternative provision schools each January: those registered there only or
/// mainly.
pub const PUPILS: &str = "alternative_provision_pupils";
/// Placements that an authority pays for outside its own schools, most in independent special schools.
const FUNDED: &str = "authority_funded_placements";
/// Pupils whom their school sends to alternative provision, January 2023.
pub const ARRANGED: &str = "school_arranged_placements";
/// Of those, in a place with a school number.
pub const ARRANGED_IN_SCHOOLS: &str = "school_arranged_placements_in_schools";

/// Reads counts by kind of alternative provision, a January each.
pub(super) fn read_counts(table: &Table, series: &mut Series, problems: &mut Problems) {
    let wanted = [("prov_type", Kind::Text), ("total", Kind::Number)];
    let (Some(identifiers), Some([kind, total])) = (
        Identifiers::find(table, problems),
        table.columns(wanted, problems),
    ) else {
        return;
    };
    for row in table.rows() {
        let measure = match row.text(kind) {
            "State-funded AP school" => PUPILS,
            "LA funded AP placements" => FUNDED,
            "School arranged AP" => ARRANGED,
            _ => {
                problems.add(row.problem(kind, unknown_breakdown()));
                continue;
            }
        };
        let place = identifiers.place(&row, problems);
        let (Some(place), Some(year)) = (place, identifiers.january(&row, problems)) else {
            continue;
        };
        let cell = row.count(total, problems);
        series.insert(key(place, year, measure), cell);
    }
}

/// Reads placements that schools arrange, by setting: those in a place with a school number.
pub(super) fn read_arranged(table: &Table, series: &mut Series, problems: &mut Problems) {
    let wanted = [
        ("pupil_characteristic", Kind::Text),
        ("setting_type", Kind::Text),
        ("pupils", Kind::Number),
    ];
    let (Some(identifiers), Some([characteristic, setting, pupils])) = (
        Identifiers::find(table, problems),
        table.columns(wanted, problems),
    ) else {
        return;
    };
    for row in table.rows() {
        let in_schools = row.text(setting) == "Education setting with URN";
        if row.text(characteristic) != "Total" || !in_schools {
            continue;
        }
        let place = identifiers.place(&row, problems);
        if let (Some(place), Some(year)) = (place, identifiers.january(&row, problems)) {
            let cell = row.count(pupils, problems);
            series.insert(key(place, year, ARRANGED_IN_SCHOOLS), cell);
        }
    }
}

const fn key(place: Place, year: i32, measure: &'static str) -> SeriesKey {
    SeriesKey {
        place,
        year,
        measure,
        cut: Cut::All,
    }
}
