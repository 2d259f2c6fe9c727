//! Special schools and their capacity.

use std::collections::BTreeMap;

use super::lookups::{Authorities, by_gss};
use super::problem::unknown_authority;
use crate::area::Places;
use crate::domain::{AuthorityCode, Place, Setting};
use crate::files::{Kind, Problems, Table};

/// Year of the extract.
const EXTRACT: i32 = 2026;
/// January of the roll counts.
const ROLL: i32 = 2023;
/// The authority that the table of single schools is about.
const DERBY: AuthorityCode = AuthorityCode(831);

/// Number and capacity of open special schools by authority. Capacity is blank for many schools,
/// so sums are low.
pub(super) fn read_capacity(
    table: &Table,
    authorities: &Authorities,
    places: &mut BTreeMap<Place, Vec<Places>>,
    problems: &mut Problems,
) {
    let wanted = [
        ("la_code", Kind::Text),
        ("n_state_special_schools", Kind::Number),
        ("state_special_capacity", Kind::Number),
        ("n_indep_special_schools", Kind::Number),
        ("indep_special_sector_capacity", Kind::Number),
    ];
    let Some(
        [
            gss,
            state,
            state_capacity,
            independent,
            independent_capacity,
        ],
    ) = table.columns(wanted, problems)
    else {
        return;
    };
    let codes = by_gss(authorities);
    for row in table.rows() {
        let Some(code) = codes.get(row.text(gss)) else {
            problems.add(row.problem(gss, unknown_authority()));
            continue;
        };
        for (column, setting, measure) in [
            (state, Setting::StateSpecial, "schools"),
            (state_capacity, Setting::StateSpecial, "capacity"),
            (independent, Setting::IndependentSpecial, "schools"),
            (
                independent_capacity,
                Setting::IndependentSpecial,
                "capacity",
            ),
        ] {
            places
                .entry(Place::Authority(*code))
                .or_default()
                .push(Places {
                    year: EXTRACT,
                    provider: format!("All {} schools", setting.code()),
                    setting,
                    kind: String::new(),
                    measure: measure.to_owned(),
                    value: row.count(column, problems),
                    note: "capacity is blank for many schools, so the sum is low".to_owned(),
                });
        }
    }
}

/// Derby's special and alternative provision schools: the one authority for which single schools
/// were compiled.
pub(super) fn read_schools(
    table: &Table,
    places: &mut BTreeMap<Place, Vec<Places>>,
    problems: &mut Problems,
) {
    let wanted = [
        ("school", Kind::Text),
        ("gias_type_may2026", Kind::Any),
        ("gias_capacity_may2026", Kind::Number),
        ("pupils_jan2023", Kind::Number),
        ("ehc_plans_jan2023", Kind::Number),
        ("note", Kind::Any),
    ];
    let Some([school, kind, capacity, pupils, plans, note]) = table.columns(wanted, problems)
    else {
        return;
    };
    for row in table.rows() {
        let note = row.text(note);
        let setting = setting_of(row.text(kind), note, row.text(school));
        for (column, year, measure) in [
            (capacity, EXTRACT, "capacity"),
            (pupils, ROLL, "pupils"),
            (plans, ROLL, "ehc_plans"),
        ] {
            places
                .entry(Place::Authority(DERBY))
                .or_default()
                .push(Places {
                    year,
                    provider: row.text(school).to_owned(),
                    setting,
                    kind: String::new(),
                    measure: measure.to_owned(),
                    value: row.count(column, problems),
                    note: note.to_owned(),
                });
        }
    }
}

/// Setting of a school from its type, and where the type was not read, from its note and name.
fn setting_of(kind: &str, note: &str, school: &str) -> Setting {
    if kind.is_empty() && (note.contains("PRU") || school.contains("PRU")) {
        Setting::AlternativeProvision
    } else if note.contains("non-maintained") {
        Setting::NonMaintainedSpecial
    } else if kind.contains("ndependent") || note.contains("independent") {
        Setting::IndependentSpecial
    } else {
        Setting::StateSpecial
    }
}
