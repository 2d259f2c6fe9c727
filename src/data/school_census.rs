//! Pupils with SEN by need and phase, school census of January 2023.

use super::facts::{Cut, FactKey, Facts, Item, Published};
use super::lookups::by_name;
use super::placements::add;
use super::problem::unknown_authority;
use crate::domain::{Observed, Phase, Place, PrimaryNeed, Setting};
use crate::files::{Kind, Problem, Problems, Table};
use crate::nearest::did_you_mean;

const JANUARY: i32 = 2023;

/// Where the pupils of a phase type stand.
#[derive(Debug, Clone, Copy)]
enum School {
    Phase(Phase),
    Special(Setting),
    AlternativeProvision,
}

/// Reads the table: SEN support and plans together, pupils of schools in the authority. England is
/// the sum of the authorities, the table having no row of its own.
pub(super) fn read(table: &Table, published: &mut Published, problems: &mut Problems) {
    let wanted = [
        ("la_name", Kind::Text),
        ("phase_type_grouping", Kind::Text),
        ("primary_need", Kind::Text),
        ("number_of_pupils", Kind::Number),
        ("pupil_gender_boys", Kind::Number),
    ];
    let Some([name, phase, need, pupils, boys]) = table.columns(wanted, problems) else {
        return;
    };
    for row in table.rows() {
        let authority = by_name(&published.authorities, row.text(name), JANUARY);
        let Some(code) = authority.map(|authority| authority.code) else {
            problems.add(row.problem(name, unknown_authority()));
            continue;
        };
        let Some(need) = need_of(row.text(need)) else {
            problems.add(row.problem(need, unknown_need(row.text(need))));
            continue;
        };
        let Some(school) = school_of(row.text(phase)) else {
            problems.add(row.problem(phase, super::problem::unknown_breakdown()));
            continue;
        };
        let pupils = row.count(pupils, problems);
        let boys = row.count(boys, problems);
        for place in [Place::England, Place::Authority(code)] {
            let (facts, cut) = match school {
                School::Phase(phase) => (&mut published.sen_pupils, Cut::Phase(phase)),
                School::Special(setting) => {
                    (&mut published.sen_pupils_special, Cut::Setting(setting))
                }
                School::AlternativeProvision => (&mut published.sen_pupils_ap, Cut::All),
            };
            add_to(facts, place, cut, need, pupils);
            if matches!(school, School::Phase(_)) {
                add_to(&mut published.sen_boys, place, cut, need, boys);
            }
        }
    }
}

fn add_to(facts: &mut Facts, place: Place, cut: Cut, need: PrimaryNeed, cell: Observed) {
    for item in [Item::Need(need), Item::Total] {
        let key = FactKey {
            place,
            year: JANUARY,
            cut,
            item,
        };
        if let Some(before) = facts.insert(key, cell) {
            facts.insert(key, add(before, cell));
        }
    }
}

fn school_of(published: &str) -> Option<School> {
    Some(match published {
        "State-funded nursery" => School::Phase(Phase::EarlyYears),
        "State-funded primary" => School::Phase(Phase::Primary),
        "State-funded secondary" => School::Phase(Phase::Secondary),
        "State-funded special school" => School::Special(Setting::StateSpecial),
        "Non-maintained special school" => School::Special(Setting::NonMaintainedSpecial),
        "State-funded AP school" => School::AlternativeProvision,
        _ => return None,
    })
}

/// A need by its published label, whatever its punctuation: publications write
/// `Multi- Sensory Impairment`, `Social emotional and mental health` and `Visual impairment`.
pub(super) fn need_of(label: &str) -> Option<PrimaryNeed> {
    let wanted = letters(label);
    PrimaryNeed::ALL
        .into_iter()
        .find(|need| letters(need.label()) == wanted)
        .or(match wanted.as_str() {
            "profoundandmultiplelearningdifficulty" => Some(PrimaryNeed::Pmld),
            "speechlanguageandcommunicationneeds" => Some(PrimaryNeed::Slcn),
            "nospecialistassessment" => Some(PrimaryNeed::Nsa),
            _ => None,
        })
}

fn letters(label: &str) -> String {
    label
        .chars()
        .filter(char::is_ascii_alphabetic)
        .map(|letter| letter.to_ascii_lowercase())
        .collect()
}

fn unknown_need(label: &str) -> Problem {
    let labels = PrimaryNeed::ALL.iter().map(|need| need.label());
    Problem::error("unknown-need", "unknown primary need").hint(did_you_mean(
        label,
        "expected one of",
        labels,
    ))
}
