//! Primary need of plans and new plans, and reasons of ceased plans, release of 2025.

use super::age_labels::{age, is_unknown, years_in_place};
use super::ees::Identifiers;
use super::facts::{Cut, FactKey, Facts, Item};
use super::placements::{add, is_total_of_types, setting_of_type};
use super::problem::{given_twice, unknown_breakdown};
use crate::domain::{CeaseReason, Observed, PrimaryNeed, Sex};
use crate::files::{Column, Kind, Problems, Row, Table};

const NEEDS: [(&str, Item); 13] = [
    ("number_asd", Item::Need(PrimaryNeed::Asd)),
    ("number_hi", Item::Need(PrimaryNeed::Hi)),
    ("number_mld", Item::Need(PrimaryNeed::Mld)),
    ("number_msi", Item::Need(PrimaryNeed::Msi)),
    ("number_oth", Item::Need(PrimaryNeed::Oth)),
    ("number_pd", Item::Need(PrimaryNeed::Pd)),
    ("number_pmld", Item::Need(PrimaryNeed::Pmld)),
    ("number_semh", Item::Need(PrimaryNeed::Semh)),
    ("number_slcn", Item::Need(PrimaryNeed::Slcn)),
    ("number_sld", Item::Need(PrimaryNeed::Sld)),
    ("number_spld", Item::Need(PrimaryNeed::Spld)),
    ("number_vi", Item::Need(PrimaryNeed::Vi)),
    ("number_need_unknown", Item::Need(PrimaryNeed::Unknown)),
];

const REASONS: [(&str, Item); 10] = [
    ("max_age", Item::Reason(CeaseReason::MaximumAge)),
    ("needs_met", Item::Reason(CeaseReason::NeedsMet)),
    ("he", Item::Reason(CeaseReason::HigherEducation)),
    ("employ", Item::Reason(CeaseReason::Employment)),
    ("transfer", Item::Reason(CeaseReason::Transfer)),
    ("no_engage", Item::Reason(CeaseReason::NoLongerEngaging)),
    ("moved_outside_eng", Item::Reason(CeaseReason::LeftEngland)),
    ("deceased", Item::Reason(CeaseReason::Deceased)),
    ("not_rec", Item::Reason(CeaseReason::Other)),
    ("other", Item::Reason(CeaseReason::Other)),
];

type YearOf = fn(&Identifiers, &Row<'_>, &mut Problems) -> Option<i32>;

/// Primary need of plans in place. Ages are academic ages; `under 3` stands as age 2.
pub(super) fn read_plan_needs(table: &Table, facts: &mut Facts, problems: &mut Problems) {
    read(
        table,
        ("ehc_plans", &NEEDS),
        Identifiers::january,
        facts,
        problems,
    );
}

/// Primary need of new plans. "Age when plan started" is here the exact age at the start,
/// `Cut::AgeStarted`.
pub(super) fn read_new_plan_needs(table: &Table, facts: &mut Facts, problems: &mut Problems) {
    read(
        table,
        ("ehc_plans", &NEEDS),
        Identifiers::calendar_year,
        facts,
        problems,
    );
}

/// Plans that ceased, by reason. Not recorded and other reasons are both `Other`.
pub(super) fn read_ceased(table: &Table, facts: &mut Facts, problems: &mut Problems) {
    read(
        table,
        ("total_ceased", &REASONS),
        Identifiers::calendar_year,
        facts,
        problems,
    );
}

fn read(
    table: &Table,
    (total, parts): (&str, &[(&str, Item)]),
    year_of: YearOf,
    facts: &mut Facts,
    problems: &mut Problems,
) {
    let Some(identifiers) = Identifiers::find(table, problems) else {
        return;
    };
    let wanted = [("breakdown_topic", Kind::Text), ("breakdown", Kind::Any)];
    let mut columns: Vec<(Column, Item)> = Vec::new();
    for (name, item) in std::iter::once(&(total, Item::Total)).chain(parts) {
        columns.extend(
            table
                .number_column(name, problems)
                .map(|column| (column, *item)),
        );
    }
    let Some([topic, breakdown]) = table.columns(wanted, problems) else {
        return;
    };
    if columns.len() != parts.len() + 1 {
        return;
    }
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
        for (item, cell) in items(&row, &columns, problems) {
            let key = FactKey {
                place,
                year,
                cut,
                item,
            };
            let before = facts.insert(key, cell);
            match (before, cut) {
                // Several published types of placement are one setting.
                (Some(before), Cut::Setting(_)) => {
                    facts.insert(key, add(before, cell));
                }
                (Some(_), _) if item == Item::Total => {
                    problems.add(row.problem(breakdown, given_twice()));
                }
                _ => {}
            }
        }
    }
}

/// The cells of a row, those of one item added up.
fn items(
    row: &Row<'_>,
    columns: &[(Column, Item)],
    problems: &mut Problems,
) -> Vec<(Item, Observed)> {
    let mut items: Vec<(Item, Observed)> = Vec::with_capacity(columns.len());
    for (column, item) in columns {
        let cell = row.count(*column, problems);
        match items.iter_mut().find(|(other, _)| other == item) {
            Some((_, sum)) => *sum = add(*sum, cell),
            None => items.push((*item, cell)),
        }
    }
    items
}

/// The cut of a row; `None` for ethnicity, sums of placements, unknown ages and sexes.
fn cut(row: &Row<'_>, topic: Column, breakdown: Column, problems: &mut Problems) -> Option<Cut> {
    let label = row.text(breakdown);
    let cut = match row.text(topic) {
        "All EHC plans" | "All ceased EHC plans" => Some(Cut::All),
        "Child or young persons age" | "Age plan ceased" => age(label).map(Cut::Age),
        "Age when plan started" => age(label).map(Cut::AgeStarted),
        "Sex" => Sex::from_label(label).map(Cut::Sex),
        "Years EHC plan in place" | "Years plan held" => {
            years_in_place(label).map(Cut::YearsInPlace)
        }
        "Type of placement" if is_total_of_types(label) => return None,
        "Type of placement" => setting_of_type(label).map(Cut::Setting),
        "Ethnicity" => return None,
        _ => None,
    };
    if cut.is_none() && !is_unknown(label) {
        problems.add(row.problem(breakdown, unknown_breakdown()));
    }
    cut
}
