//! High needs block, its deductions and the balance of the dedicated schools grant.

use std::collections::BTreeMap;

use super::ees::{authority_code, first_year};
use super::facts::{Cut, Series, SeriesKey};
use super::lookups::{Authorities, by_name};
use super::problem::unknown_authority;
use crate::area::Places;
use crate::domain::{Observed, Place, Setting};
use crate::files::{Column, Kind, Problem, Problems, Row, Table};

/// Blocks before and after recoupment, financial years from 2019-20 [pounds].
pub(super) fn read_allocations(
    table: &Table,
    authorities: &Authorities,
    series: &mut Series,
    problems: &mut Problems,
) {
    let wanted = [
        ("financial_year", Kind::Period),
        ("la_code", Kind::Any),
        ("before_high_needs_block", Kind::Number),
        ("after_high_needs_block", Kind::Number),
        ("before_total", Kind::Number),
    ];
    let Some([period, code, before, after, total]) = table.columns(wanted, problems) else {
        return;
    };
    let measures = [
        (before, "high_needs_block_pounds"),
        (after, "high_needs_block_after_deductions_pounds"),
        (total, "dsg_pounds"),
    ];
    for row in table.rows() {
        let Some(year) = first_year(row.text(period)) else {
            continue;
        };
        let Some(place) = place(&row, code, authorities) else {
            problems.add(row.problem(code, unknown_authority()));
            continue;
        };
        for (column, measure) in measures {
            let key = SeriesKey {
                place,
                year,
                measure,
                cut: Cut::All,
            };
            series.insert(key, row.number(column, problems));
        }
    }
}

/// Pounds of the import/export adjustment for each pupil, since 2018-19.
const POUNDS_A_PUPIL: f64 = 6_000.0;

/// The import/export adjustment of the block of a financial year, in pupils: those of other areas in
/// the area's schools and colleges, less its own elsewhere.
pub(super) fn read_import_export(
    table: &Table,
    first_year: i32,
    authorities: &Authorities,
    series: &mut Series,
    problems: &mut Problems,
) {
    let mut header = table.header().iter();
    let name = header.find(|name| name.starts_with("Import/export adjustment"));
    let name = name
        .map_or("Import/export adjustment", String::as_str)
        .to_owned();
    let wanted = [("la_code", Kind::Any), (name.as_str(), Kind::Number)];
    let Some([code, pounds]) = table.columns(wanted, problems) else {
        return;
    };
    for row in table.rows() {
        let Some(place) = known_place(&row, code, authorities, problems) else {
            continue;
        };
        let key = SeriesKey {
            place,
            year: first_year,
            measure: "net_imported_pupils",
            cut: Cut::All,
        };
        let pupils = match row.number(pounds, problems) {
            Observed::Value(pounds) => Observed::Value(pounds / POUNDS_A_PUPIL),
            other => other,
        };
        series.insert(key, pupils);
    }
}

/// The authority or England of a row. Regions have names for codes and are passed over.
fn known_place(
    row: &Row<'_>,
    code: Column,
    authorities: &Authorities,
    problems: &mut Problems,
) -> Option<Place> {
    let place = place(row, code, authorities);
    if place.is_none() && row.text(code).parse::<u16>().is_ok() {
        problems.add(row.problem(code, unknown_authority()));
    }
    place
}

fn place(row: &Row<'_>, code: Column, authorities: &Authorities) -> Option<Place> {
    match row.text(code) {
        "ENGLAND" => Some(Place::England),
        code => authority_code(code)
            .filter(|code| authorities.contains_key(code))
            .map(Place::Authority),
    }
}

/// Cumulative balance as a percentage of income, 2019-20 to 2021-22; below zero is a deficit.
pub(super) fn read_balances(
    table: &Table,
    authorities: &Authorities,
    series: &mut Series,
    problems: &mut Problems,
) {
    let wanted = [
        ("financial_year", Kind::Period),
        ("geographic_level", Kind::Text),
        ("la_name", Kind::Text),
        (
            "DSG cumulative balance as a % of the total income",
            Kind::Number,
        ),
    ];
    let Some([period, level, name, balance]) = table.columns(wanted, problems) else {
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
        let Some(place) = place else {
            problems.add(row.problem(name, unknown_authority()));
            continue;
        };
        let key = SeriesKey {
            place,
            year,
            measure: "dsg_cumulative_balance_percent",
            cut: Cut::All,
        };
        series.insert(key, row.number(balance, problems));
    }
}

/// First year of the outturn.
const OUTTURN_YEAR: i32 = 2021;

/// Columns of the outturn by the number that begins their names, and what they are. Numbers 15 to
/// 41 are the budget of the year.
const OUTTURN: [(&str, &str); 22] = [
    ("60:", "spend_place_funding_pounds"),
    ("61:", "spend_place_funding_early_years_pounds"),
    ("62:", "spend_place_funding_primary_pounds"),
    ("63:", "spend_place_funding_secondary_pounds"),
    ("64:", "spend_place_funding_special_pounds"),
    ("65:", "spend_place_funding_alternative_provision_pounds"),
    ("68:", "spend_top_up_early_years_pounds"),
    ("69:", "spend_top_up_primary_pounds"),
    ("70:", "spend_top_up_secondary_pounds"),
    ("71:", "spend_top_up_special_pounds"),
    ("72:", "spend_top_up_alternative_provision_pounds"),
    ("73:", "spend_top_up_post_school_pounds"),
    ("76:", "spend_independent_early_years_pounds"),
    ("77:", "spend_independent_primary_pounds"),
    ("78:", "spend_independent_secondary_pounds"),
    ("79:", "spend_independent_special_pounds"),
    ("80:", "spend_independent_alternative_provision_pounds"),
    ("81:", "spend_independent_post_school_pounds"),
    ("83:", "spend_inclusion_services_pounds"),
    ("84:", "spend_alternative_provision_services_pounds"),
    ("85:", "spend_hospital_education_pounds"),
    ("86:", "spend_therapies_pounds"),
];

/// Section 251 outturn of high needs by line.
pub(super) fn read_outturn(
    table: &Table,
    authorities: &Authorities,
    series: &mut Series,
    problems: &mut Problems,
) {
    let Some([code]) = table.columns([("2: LA code", Kind::Any)], problems) else {
        return;
    };
    let named = |number: &str| {
        let names = table.header().iter();
        names
            .filter(|name| name.starts_with(number))
            .find_map(|name| table.find(name))
    };
    let mut columns = Vec::new();
    for (number, measure) in OUTTURN {
        if let Some(column) = named(number) {
            columns.push((column, measure));
        } else {
            let what = format!("no column whose name begins with `{number}`");
            problems.add(Problem::error("missing-column", what).at(1, 0));
        }
    }
    for row in table.rows() {
        let Some(place) = place(&row, code, authorities) else {
            if row.text(code).parse::<u16>().is_ok() {
                problems.add(row.problem(code, unknown_authority()));
            }
            continue;
        };
        for &(column, measure) in &columns {
            let key = SeriesKey {
                place,
                year: OUTTURN_YEAR,
                measure,
                cut: Cut::All,
            };
            series.insert(key, row.number(column, problems));
        }
    }
}

/// Spend on psychologists, SEN administration and SEN transport; `cal_year` is the year in which
/// the financial year ends.
pub(super) fn read_services(
    table: &Table,
    authorities: &Authorities,
    series: &mut Series,
    problems: &mut Problems,
) {
    let wanted = [
        ("la_name", Kind::Text),
        ("cal_year", Kind::Any),
        ("ep_service", Kind::Number),
        ("sen_admin", Kind::Number),
        ("sen_transport", Kind::Number),
    ];
    let Some([name, year, psychology, administration, transport]) = table.columns(wanted, problems)
    else {
        return;
    };
    let measures = [
        (psychology, "spend_educational_psychology_pounds"),
        (administration, "spend_sen_administration_pounds"),
        (transport, "spend_sen_transport_pounds"),
    ];
    for row in table.rows() {
        let Ok(ends) = row.text(year).parse::<i32>() else {
            problems.add(row.problem(year, Problem::error("not-a-year", "not a year")));
            continue;
        };
        let Some(authority) = by_name(authorities, row.text(name), ends) else {
            problems.add(row.problem(name, unknown_authority()));
            continue;
        };
        for (column, measure) in measures {
            let key = SeriesKey {
                place: Place::Authority(authority.code),
                year: ends - 1,
                measure,
                cut: Cut::All,
            };
            series.insert(key, row.number(column, problems));
        }
    }
}

/// Places funded directly and deducted from the block, in the two parts of a financial year.
/// Maintained special schools are not among them. Header: provider | type of place | period.
pub(super) fn read_deductions(
    table: &Table,
    first_year: i32,
    authorities: &Authorities,
    places: &mut BTreeMap<Place, Vec<Places>>,
    problems: &mut Problems,
) {
    let Some([code]) = table.columns([("la_code", Kind::Any)], problems) else {
        return;
    };
    let columns: Vec<_> = table
        .header()
        .iter()
        .filter_map(|name| place_column(table, name))
        .collect();
    for row in table.rows() {
        let Some(place) = known_place(&row, code, authorities, problems) else {
            continue;
        };
        for found in &columns {
            let cell = row.count(found.column, problems);
            if cell == Observed::Value(0.0) {
                continue;
            }
            places.entry(place).or_default().push(Places {
                year: first_year,
                provider: found.provider.clone(),
                setting: found.setting,
                measure: found.measure.to_owned(),
                value: cell,
                note: String::new(),
                kind: found.kind.clone(),
            });
        }
    }
}

/// A column of funded places.
struct PlaceColumn {
    column: Column,
    provider: String,
    kind: String,
    setting: Setting,
    measure: &'static str,
}

fn place_column(table: &Table, name: &str) -> Option<PlaceColumn> {
    let parts: Vec<&str> = name.split(" | ").collect();
    let [provider, kind, period] = parts.as_slice() else {
        return None;
    };
    let is_hospital = provider.starts_with("Hospital");
    let measure = if is_hospital && period.starts_with("April") {
        // Hospital schools are funded in pounds, not by place.
        "hospital_funding_summer_pounds"
    } else if is_hospital && (period.starts_with("September") || period.starts_with("August")) {
        "hospital_funding_autumn_spring_pounds"
    } else if period.starts_with("April") {
        "funded_places_summer"
    } else if period.starts_with("September") || period.starts_with("August") {
        "funded_places_autumn_spring"
    } else {
        return None;
    };
    let alternative = kind.contains("AP") || kind.contains("alternative provision");
    let setting = if alternative || provider.contains("(AP)") || is_hospital {
        Setting::AlternativeProvision
    } else if provider.starts_with("Mainstream") {
        Setting::ResourcedProvision
    } else if provider.starts_with("Special") {
        Setting::StateSpecial
    } else {
        Setting::GeneralFe
    };
    Some(PlaceColumn {
        column: table.find(name)?,
        provider: (*provider).to_owned(),
        kind: (*kind).to_owned(),
        setting,
        measure,
    })
}
