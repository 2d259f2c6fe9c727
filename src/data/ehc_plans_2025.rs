//! EHC plans and new plans, release of 2025: totals by placement from 2019, single ages and other
//! breakdowns from the person-level collection on.

use std::collections::BTreeMap;

use super::age_labels::{age, is_unknown, years_in_place};
use super::ees::Identifiers;
use super::facts::{Cut, FactKey, Facts, Item};
use super::placements::PlacementColumns;
use super::problem::{given_twice, unknown_breakdown};
use crate::domain::{Place, Setting, Sex};
use crate::files::{Column, Kind, Problems, Row, Table};

/// What tells the two tables apart.
struct Shape {
    total: &'static str,
    all: &'static str,
    /// `202425` is a January in the one table and a calendar year in the other.
    year: fn(&Identifiers, &Row<'_>, &mut Problems) -> Option<i32>,
    /// Plans are cut by age on the census day, new plans by age when the plan started.
    started: fn(u8) -> Cut,
}

/// Plans in place each January.
///
/// Ages are age at 31 August before the January (academic age); `under 3` stands as age 2.
pub(super) fn read_plans(table: &Table, facts: &mut Facts, problems: &mut Problems) {
    let shape = Shape {
        total: "ehcplans",
        all: "All EHC plans",
        year: Identifiers::january,
        started: Cut::AgeStarted,
    };
    read(table, &shape, facts, problems);
}

/// New plans in each calendar year.
///
/// The published "age when plan started" of this table is in effect the age on the census day
/// (1 January) after the year, unlike that of the table of needs. It is kept as published, as
/// `Cut::Age`.
pub(super) fn read_new_plans(table: &Table, facts: &mut Facts, problems: &mut Problems) {
    let shape = Shape {
        total: "new_ehc_plans",
        all: "New EHC plans",
        year: Identifiers::calendar_year,
        started: Cut::Age,
    };
    read(table, &shape, facts, problems);
}

fn read(table: &Table, shape: &Shape, facts: &mut Facts, problems: &mut Problems) {
    let Some(identifiers) = Identifiers::find(table, problems) else {
        return;
    };
    let wanted = [
        ("breakdown_topic", Kind::Text),
        ("breakdown", Kind::Any),
        (shape.total, Kind::Number),
    ];
    let (Some([topic, breakdown, total]), Some(placements)) = (
        table.columns(wanted, problems),
        PlacementColumns::find(table, problems),
    ) else {
        return;
    };
    let collected = collected(table, &identifiers, shape, &placements, problems);
    for row in table.rows() {
        let Some(place) = identifiers.place(&row, problems) else {
            continue;
        };
        let (Some(year), Some(cut)) = (
            (shape.year)(&identifiers, &row, problems),
            cut(&row, shape, [topic, breakdown], problems),
        ) else {
            continue;
        };
        let key = |item| FactKey {
            place,
            year,
            cut,
            item,
        };
        let cell = row.count(total, problems);
        if facts.insert(key(Item::Total), cell).is_some() {
            problems.add(row.problem(breakdown, given_twice()));
        }
        let settings = placements.settings(&row, collected.get(&year), problems);
        for setting in Setting::ALL {
            facts.insert(key(Item::Setting(setting)), settings[setting.index()]);
        }
    }
}

/// Columns collected in each year, judged by England's row. A column without a number there was
/// not collected for anyone.
fn collected(
    table: &Table,
    identifiers: &Identifiers,
    shape: &Shape,
    placements: &PlacementColumns,
    problems: &mut Problems,
) -> BTreeMap<i32, Vec<bool>> {
    let Some(breakdown) = table.find("breakdown") else {
        return BTreeMap::new();
    };
    let mut collected = BTreeMap::new();
    for row in table.rows().filter(|row| row.text(breakdown) == shape.all) {
        if identifiers.place(&row, problems) == Some(Place::England)
            && let Some(year) = (shape.year)(identifiers, &row, problems)
        {
            collected.insert(year, placements.collected(&row, problems));
        }
    }
    collected
}

/// The cut of a row; `None` for ethnicity and for unknown ages and sexes, which no cut counts.
fn cut(
    row: &Row<'_>,
    shape: &Shape,
    [topic, breakdown]: [Column; 2],
    problems: &mut Problems,
) -> Option<Cut> {
    let label = row.text(breakdown);
    let cut = match row.text(topic) {
        all if all == shape.all => Some(Cut::All),
        "Child or young persons age" => age(label).map(Cut::Age),
        "Age when plan started" => age(label).map(shape.started),
        "Sex" => Sex::from_label(label).map(Cut::Sex),
        "Years EHC plan in place" => years_in_place(label).map(Cut::YearsInPlace),
        "Ethnicity" => return None,
        _ => {
            problems.add(row.problem(topic, unknown_breakdown()));
            return None;
        }
    };
    if cut.is_none() && !is_unknown(label) {
        problems.add(row.problem(breakdown, unknown_breakdown()));
    }
    cut
}
