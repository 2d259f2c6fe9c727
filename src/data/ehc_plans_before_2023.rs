//! EHC plans and new plans by age band and by establishment, releases of 2022 and 2023.

use std::collections::{BTreeMap, BTreeSet};

use super::ees::Identifiers;
use super::facts::{Cut, FactKey, Facts, Item};
use super::placements::{add, setting_of_establishment};
use super::problem::{releases_differ, unknown_breakdown};
use crate::domain::{AgeGroup, Observed, Place};
use crate::files::{Kind, Problem, Problems, Row, Table};

/// Plans each January by age band, release of 2023: 2010 to 2023.
pub(super) fn read_plans_2023(table: &Table, facts: &mut Facts, problems: &mut Problems) {
    read_bands(
        table,
        ["num_caseload", "plans by age band"],
        facts,
        problems,
    );
}

/// Plans each January by age band and in total, release of 2022: 2010 to 2022.
/// Statements and plans together, so that the conversions of 2014 to 2018 leave no break.
pub(super) fn read_plans_2022(table: &Table, facts: &mut Facts, problems: &mut Problems) {
    read_bands(table, ["Total_all", "plans by age band"], facts, problems);
}

/// New plans by age band and in total, release of 2022: calendar 2009 to 2021. Conversions from
/// statements are not new plans.
pub(super) fn read_new_plans_2022(table: &Table, facts: &mut Facts, problems: &mut Problems) {
    read_bands(
        table,
        ["Total_new_all", "new plans by age band"],
        facts,
        problems,
    );
}

fn read_bands(table: &Table, [count, name]: [&str; 2], facts: &mut Facts, problems: &mut Problems) {
    let Some(identifiers) = Identifiers::find(table, problems) else {
        return;
    };
    let wanted = [("characteristic_age", Kind::Text), (count, Kind::Number)];
    let Some([band, count]) = table.columns(wanted, problems) else {
        return;
    };
    let mut seen = BTreeSet::new();
    for row in table.rows() {
        let Some(place) = identifiers.place(&row, problems) else {
            continue;
        };
        let label = row.text(band);
        let Some(cut) = cut_of_band(label) else {
            problems.add(row.problem(band, unknown_breakdown()));
            continue;
        };
        let Some(year) = identifiers.calendar_year(&row, problems) else {
            continue;
        };
        let key = FactKey {
            place,
            year,
            cut,
            item: Item::Total,
        };
        let cell = row.count(count, problems);
        if !seen.insert(key) {
            problems.add(row.problem(band, super::problem::given_twice()));
        }
        note_difference(facts, key, cell, name, &row, problems);
    }
}

fn cut_of_band(label: &str) -> Option<Cut> {
    match label {
        "Total" => Some(Cut::All),
        band => AgeGroup::from_label(band).map(Cut::AgeGroup),
    }
}

fn note_difference(
    facts: &mut Facts,
    key: FactKey,
    cell: Observed,
    name: &str,
    row: &Row<'_>,
    problems: &mut Problems,
) {
    let Some(newer) = facts.insert_older(key, cell) else {
        return;
    };
    let problem = releases_differ(name)
        .example(format!("{}: {cell} against {newer} now", key.year))
        .at(row.line(), 0);
    problems.add(match key.place {
        Place::Authority(code) => problem.about(code),
        Place::England => problem,
    });
}

/// Group of the work-based placements of 2015 and 2016, which come on top of the caseload.
const WORK_BASED: &str = "Unknown";

/// Plans each January by placement, release of 2022: 2010 to 2022. `z` marks types that did not
/// exist in the year.
pub(super) fn read_placements_2022(table: &Table, facts: &mut Facts, problems: &mut Problems) {
    let Some(identifiers) = Identifiers::find(table, problems) else {
        return;
    };
    let wanted = [
        ("establishment_group", Kind::Text),
        ("establishment_type", Kind::Text),
        ("Total_all", Kind::Number),
    ];
    let Some([group, kind, count]) = table.columns(wanted, problems) else {
        return;
    };
    let mut sums: BTreeMap<FactKey, (Observed, usize)> = BTreeMap::new();
    for row in table.rows() {
        let label = row.text(kind);
        let cell = row.count(count, problems);
        let counted_elsewhere = row.text(group) == WORK_BASED;
        if label == "Total" || counted_elsewhere || cell == Observed::NotApplicable {
            continue;
        }
        let Some(setting) = setting_of_establishment(label) else {
            problems.add(row.problem(kind, unknown_establishment()));
            continue;
        };
        let (Some(place), Some(year)) = (
            identifiers.place(&row, problems),
            identifiers.calendar_year(&row, problems),
        ) else {
            continue;
        };
        let key = FactKey {
            place,
            year,
            cut: Cut::All,
            item: Item::Setting(setting),
        };
        sums.entry(key)
            .and_modify(|(sum, _)| *sum = add(*sum, cell))
            .or_insert((cell, row.line()));
    }
    for (key, (sum, line)) in sums {
        if let Some(newer) = facts.insert_older(key, sum) {
            let problem = releases_differ("plans by placement")
                .example(format!("{}: {sum} against {newer} now", key.year))
                .at(line, 0);
            problems.add(match key.place {
                Place::Authority(code) => problem.about(code),
                Place::England => problem,
            });
        }
    }
}

fn unknown_establishment() -> Problem {
    unknown_breakdown().hint("types of establishment must be mapped to a setting")
}
