//! Authorities: codes, regions, population codes, neighbours, NHS partners, predecessors.

use std::collections::BTreeMap;

use super::ees::authority_code;
use super::facts::Authority;
use super::problem::unknown_authority;
use crate::domain::AuthorityCode;
use crate::files::{Column, Kind, Problem, Problems, Row, Table};

pub(super) type Authorities = BTreeMap<AuthorityCode, Authority>;

/// Codes, names and regions. The GSS code is that of the newest years.
pub(super) fn read_codes(table: &Table, authorities: &mut Authorities, problems: &mut Problems) {
    let wanted = [
        ("old_la_code", Kind::Number),
        ("new_la_code", Kind::Text),
        ("la_name", Kind::Text),
        ("region_code", Kind::Text),
        ("region_name", Kind::Text),
        ("first_sen2_year", Kind::Period),
        ("last_sen2_year", Kind::Period),
    ];
    let Some([code, gss, name, region_code, region, first, last]) = table.columns(wanted, problems)
    else {
        return;
    };
    for row in table.rows() {
        let (Some(code), Ok(first), Ok(last)) = (
            read_code(&row, code, problems),
            row.text(first).parse::<i32>(),
            row.text(last).parse::<i32>(),
        ) else {
            continue;
        };
        let authority = authorities.entry(code).or_insert_with(|| Authority {
            code,
            name: row.text(name).to_owned(),
            gss: String::new(),
            gss_codes: Vec::new(),
            region_code: row.text(region_code).to_owned(),
            region_name: row.text(region).to_owned(),
            first_january: first,
            last_january: i32::MIN,
            population_codes: Vec::new(),
            neighbours: Vec::new(),
            icbs: Vec::new(),
            predecessors: Vec::new(),
        });
        authority.first_january = authority.first_january.min(first);
        authority.gss_codes.push(row.text(gss).to_owned());
        if last > authority.last_january {
            authority.last_january = last;
            row.text(gss).clone_into(&mut authority.gss);
        }
    }
}

/// Which population codes go with each authority, and from that who followed whom.
pub(super) fn read_population_codes(
    table: &Table,
    authorities: &mut Authorities,
    problems: &mut Problems,
) {
    let wanted = [
        ("old_la_code", Kind::Number),
        ("population_gss_codes", Kind::Text),
    ];
    let Some([code, population]) = table.columns(wanted, problems) else {
        return;
    };
    for row in table.rows() {
        if let Some(authority) = find(&row, code, authorities, problems) {
            authority.population_codes =
                row.text(population).split(';').map(str::to_owned).collect();
            if let [only] = authority.population_codes.as_slice() {
                authority.gss_codes.push(only.clone());
            }
        }
    }
    let all: Vec<Authority> = authorities.values().cloned().collect();
    for authority in authorities.values_mut() {
        authority.predecessors = all
            .iter()
            .filter(|other| other.last_january < authority.first_january)
            .filter(|other| {
                let shares = |code| other.population_codes.contains(code);
                authority.population_codes.iter().any(shares)
            })
            .map(|other| other.code)
            .collect();
    }
}

/// Ten statistical neighbours, nearest first.
pub(super) fn read_neighbours(
    table: &Table,
    authorities: &mut Authorities,
    problems: &mut Problems,
) {
    let Some([code]) = table.columns([("old_la_code", Kind::Number)], problems) else {
        return;
    };
    let neighbours: Vec<Column> = (1..=10)
        .filter_map(|rank| table.number_column(&format!("SN_{rank}"), problems))
        .collect();
    for row in table.rows() {
        if let Some(authority) = find(&row, code, authorities, problems) {
            authority.neighbours = neighbours
                .iter()
                .filter_map(|column| authority_code(row.text(*column)))
                .collect();
        }
    }
}

/// Integrated care boards. The published lookup names authorities of 2022: the successors of an
/// abolished authority get its boards.
pub(super) fn read_icbs(table: &Table, authorities: &mut Authorities, problems: &mut Problems) {
    let wanted = [("la_name", Kind::Text), ("icb_name", Kind::Text)];
    let Some([name, icb]) = table.columns(wanted, problems) else {
        return;
    };
    let mut boards: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in table.rows() {
        let boards = boards.entry(row.text(name).to_owned()).or_default();
        let icb = row.text(icb).to_owned();
        if !boards.contains(&icb) {
            boards.push(icb);
        }
    }
    let names: BTreeMap<AuthorityCode, String> = authorities
        .iter()
        .map(|(code, authority)| (*code, authority.name.clone()))
        .collect();
    for authority in authorities.values_mut() {
        let own = boards.get(&authority.name);
        let inherited = authority
            .predecessors
            .iter()
            .find_map(|code| boards.get(names.get(code)?));
        authority.icbs = own.or(inherited).cloned().unwrap_or_default();
    }
}

/// Authorities by every GSS code that publications use for them.
pub(super) fn by_gss(authorities: &Authorities) -> BTreeMap<&str, AuthorityCode> {
    authorities
        .values()
        .flat_map(|authority| {
            let codes = authority.gss_codes.iter();
            codes.map(|gss| (gss.as_str(), authority.code))
        })
        .collect()
}

/// The authority that bore a name in a January, with the spellings of other publications.
pub(super) fn by_name<'a>(
    authorities: &'a Authorities,
    name: &str,
    january: i32,
) -> Option<&'a Authority> {
    let wanted = plain(name);
    authorities
        .values()
        .filter(|authority| plain(&authority.name) == wanted)
        .min_by_key(|authority| {
            let before = (authority.first_january - january).max(0);
            let after = (january - authority.last_january).max(0);
            before + after
        })
}

/// A name without case, commas, `City of`, `County of` and `&`.
fn plain(name: &str) -> String {
    let name = name
        .to_lowercase()
        .replace('&', "and")
        .replace(['.', ',', '\''], " ");
    let words: Vec<&str> = name
        .split_whitespace()
        .filter(|word| !matches!(*word, "city" | "county" | "of" | "the" | "upon"))
        .collect();
    words.join(" ")
}

fn read_code(row: &Row<'_>, column: Column, problems: &mut Problems) -> Option<AuthorityCode> {
    let code = authority_code(row.text(column));
    if code.is_none() {
        problems.add(row.problem(
            column,
            Problem::error("unknown-code", "not a three-digit DfE code"),
        ));
    }
    code
}

fn find<'a>(
    row: &Row<'_>,
    column: Column,
    authorities: &'a mut Authorities,
    problems: &mut Problems,
) -> Option<&'a mut Authority> {
    let code = read_code(row, column, problems)?;
    let found = authorities.get_mut(&code);
    if found.is_none() {
        problems.add(row.problem(column, unknown_authority()));
    }
    found
}
