//! Suspensions, permanent exclusions and absence.

use std::collections::BTreeMap;

use super::ees::first_year;
use super::facts::{Cut, Series, SeriesKey};
use super::lookups::{Authorities, by_gss, by_name};
use super::problem::{unknown_authority, unknown_breakdown};
use super::school_census::need_of;
use crate::area::{AbsenceRates, ExclusionRates};
use crate::domain::{Phase, Place};
use crate::files::{Kind, Problem, Problems, Table};

/// Rates by term, school type and SEN status, per 100 pupils. Add the three terms for a year.
pub(super) fn read_rates(
    table: &Table,
    authorities: &Authorities,
    rates: &mut BTreeMap<Place, Vec<ExclusionRates>>,
    problems: &mut Problems,
) {
    let wanted = [
        ("time_period", Kind::Period),
        ("time_identifier", Kind::Text),
        ("new_la_code", Kind::Text),
        ("education_phase", Kind::Text),
        ("send_category", Kind::Text),
        ("susp_rate", Kind::Number),
        ("perm_excl_rate", Kind::Number),
        ("one_plus_susp_rate", Kind::Number),
    ];
    let Some(
        [
            period,
            term,
            gss,
            school,
            status,
            suspensions,
            exclusions,
            suspended,
        ],
    ) = table.columns(wanted, problems)
    else {
        return;
    };
    let places = by_gss(authorities);
    for row in table.rows() {
        let Some(code) = places.get(row.text(gss)) else {
            problems.add(row.problem(gss, unknown_authority()));
            continue;
        };
        let (Some(year), Some(term)) = (first_year(row.text(period)), term_of(row.text(term)))
        else {
            problems.add(row.problem(term, unknown_breakdown()));
            continue;
        };
        rates
            .entry(Place::Authority(*code))
            .or_default()
            .push(ExclusionRates {
                year,
                term,
                school: row.text(school).to_owned(),
                sen_status: row.text(status).to_owned(),
                suspension_rate: row.count(suspensions, problems),
                permanent_exclusion_rate: row.count(exclusions, problems),
                suspended_pupils_rate: row.count(suspended, problems),
            });
    }
}

fn term_of(published: &str) -> Option<&'static str> {
    Some(match published {
        "Autumn term" => "autumn",
        "Spring term" => "spring",
        "Summer term" => "summer",
        _ => return None,
    })
}

/// Counts from 2006/07 to 2016/17. `x` is a suppressed small number in this publication.
pub(super) fn read_counts(
    table: &Table,
    authorities: &Authorities,
    series: &mut Series,
    problems: &mut Problems,
) {
    let wanted = [
        ("year", Kind::Period),
        ("level", Kind::Text),
        ("la_name", Kind::Any),
        ("school_type", Kind::Text),
        ("headcount", Kind::Number),
        ("perm_excl", Kind::Number),
        ("fixed_excl", Kind::Number),
    ];
    let Some(
        [
            period,
            level,
            name,
            school,
            headcount,
            exclusions,
            suspensions,
        ],
    ) = table.columns(wanted, problems)
    else {
        return;
    };
    for row in table.rows() {
        let Some(year) = first_year(row.text(period)) else {
            continue;
        };
        let place = match row.text(level) {
            "National" => Some(Place::England),
            "Local authority" => by_name(authorities, row.text(name), year + 1)
                .map(|authority| Place::Authority(authority.code)),
            _ => continue,
        };
        let (Some(place), Some((cut, special))) = (place, cut_of(row.text(school))) else {
            problems.add(row.problem(name, abolished_or_unknown(row.text(name))));
            continue;
        };
        let measures = if special {
            [
                "pupils_special",
                "permanent_exclusions_special",
                "suspensions_special",
            ]
        } else {
            ["pupils", "permanent_exclusions", "suspensions"]
        };
        for (column, measure) in [headcount, exclusions, suspensions]
            .into_iter()
            .zip(measures)
        {
            let key = SeriesKey {
                place,
                year,
                measure,
                cut,
            };
            series.insert(key, row.count(column, problems));
        }
    }
}

/// Names of authorities abolished before the plan statistics begin are worth a note only.
fn abolished_or_unknown(name: &str) -> Problem {
    if name.contains("Pre LGR") || name == "NULL" {
        Problem::note(
            "abolished-authority",
            "authorities abolished before 2010 are not read",
        )
    } else {
        unknown_authority()
    }
}

fn cut_of(school: &str) -> Option<(Cut, bool)> {
    Some(match school {
        "Total" => (Cut::All, false),
        "Primary" | "State-funded primary" => (Cut::Phase(Phase::Primary), false),
        "Secondary" | "State-funded secondary" => (Cut::Phase(Phase::Secondary), false),
        "Special" => (Cut::All, true),
        _ => return None,
    })
}

/// Absence by school type and primary need. Down syndrome is listed from 2024/25 on and has no
/// need code of its own here.
pub(super) fn read_absence(
    table: &Table,
    authorities: &Authorities,
    absence: &mut BTreeMap<Place, Vec<AbsenceRates>>,
    problems: &mut Problems,
) {
    let wanted = [
        ("time_period", Kind::Period),
        ("new_la_code", Kind::Text),
        ("education_phase", Kind::Text),
        ("sen_primary_need", Kind::Text),
        ("sess_overall_percent", Kind::Number),
        ("enrolments_pa_10_exact_percent", Kind::Number),
        ("enrolments_pa_50_exact_percent", Kind::Number),
        ("sess_auth_excluded_rate", Kind::Number),
    ];
    let Some(
        [
            period,
            gss,
            school,
            need,
            overall,
            persistent,
            severe,
            excluded,
        ],
    ) = table.columns(wanted, problems)
    else {
        return;
    };
    let places = by_gss(authorities);
    for row in table.rows() {
        let Some(code) = places.get(row.text(gss)) else {
            problems.add(row.problem(gss, unknown_authority()));
            continue;
        };
        let label = row.text(need);
        let need_code = need_of(label);
        if need_code.is_none() && label != "Down Syndrome" {
            problems.add(row.problem(need, unknown_breakdown()));
            continue;
        }
        let Some(year) = first_year(row.text(period)) else {
            continue;
        };
        absence
            .entry(Place::Authority(*code))
            .or_default()
            .push(AbsenceRates {
                year,
                school: row.text(school).to_owned(),
                need: need_code,
                overall_percent: row.count(overall, problems),
                persistent_percent: row.count(persistent, problems),
                severe_percent: row.count(severe, problems),
                excluded_sessions_percent: row.count(excluded, problems),
            });
    }
}
