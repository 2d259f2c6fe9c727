//! Parts that do not add to their total, or are missing where the total is published.

use std::collections::BTreeMap;

use crate::data::facts::{Cut, Facts, Item, Published};
use crate::domain::Place;
use crate::files::{Problem, Problems};

/// Difference from the total, as a share of it, up to which parts are close enough to be a note.
const CLOSE: f64 = 0.05;

/// How a total is broken down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Parts {
    Placements,
    Needs,
    Reasons,
    Ages,
    Sexes,
}

impl Parts {
    const fn label(self) -> &'static str {
        match self {
            Self::Placements => "placements",
            Self::Needs => "needs",
            Self::Reasons => "reasons",
            Self::Ages => "single ages",
            Self::Sexes => "sexes",
        }
    }
}

pub(super) fn check(published: &Published, problems: &mut Problems) {
    for (name, facts) in [
        ("plans", &published.plans),
        ("needs of plans", &published.plan_needs),
        ("new plans", &published.new_plans),
        ("needs of new plans", &published.new_plan_needs),
        ("ceased plans", &published.ceased),
    ] {
        for ((place, year, parts), (sum, missing)) in sums(facts) {
            let Some(total) = facts.value(place, year, Cut::All, Item::Total) else {
                continue;
            };
            let problem = match sum {
                None => missing_parts(name, parts, year),
                Some(sum) if (sum - total).abs() < 0.5 => continue,
                Some(sum) if missing && (sum - total).abs() > CLOSE * total => {
                    missing_parts(name, parts, year)
                }
                Some(sum) => different_parts(name, parts, (year, sum, total)),
            };
            problems.add(match place {
                Place::Authority(code) => problem.about(code),
                Place::England => in_england(problem),
            });
        }
    }
}

type Group = (Place, i32, Parts);

/// The sum of each breakdown, and whether a part of it is missing.
fn sums(facts: &Facts) -> BTreeMap<Group, (Option<f64>, bool)> {
    let mut sums: BTreeMap<Group, (Option<f64>, bool)> = BTreeMap::new();
    for (key, cell) in facts.iter() {
        let parts = match (key.cut, key.item) {
            (Cut::All, Item::Setting(_)) => Parts::Placements,
            (Cut::All, Item::Need(_)) => Parts::Needs,
            (Cut::All, Item::Reason(_)) => Parts::Reasons,
            (Cut::Age(_), Item::Total) => Parts::Ages,
            (Cut::Sex(_), Item::Total) => Parts::Sexes,
            _ => continue,
        };
        let (sum, missing) = sums.entry((key.place, key.year, parts)).or_default();
        match cell.value() {
            Some(value) => *sum = Some(sum.unwrap_or(0.0) + value),
            None => *missing = true,
        }
    }
    sums
}

/// England's parts matter to every area: its shapes stand in for what an area lacks.
fn in_england(problem: Problem) -> Problem {
    let what = format!("England's {}", problem.what);
    Problem { what, ..problem }
}

fn missing_parts(name: &str, parts: Parts, year: i32) -> Problem {
    let what = format!(
        "{name}: the total is published, the {} are not complete",
        parts.label()
    );
    Problem::warning("parts-missing", what)
        .example(year.to_string())
        .hint("the missing ones stay missing; shares are taken from England or another year")
}

fn different_parts(name: &str, parts: Parts, (year, sum, total): (i32, f64, f64)) -> Problem {
    let what = format!("{name}: {} do not add to the total", parts.label());
    let example = format!("{year}: {sum} against {total}");
    if (sum - total).abs() <= CLOSE * total {
        Problem::note("parts-differ", what)
            .hint("children whose characteristic is not known make the difference; shares are used")
    } else {
        Problem::warning("parts-differ", what)
            .hint("only the shares of the parts are used, not their counts")
    }
    .example(example)
}
