//! Services without a published list, whose referrals follow the children of the future.
//!
//! What they are stands in a data file; how many come, how long the list is and for how many there is
//! time or money, are numbers with a passport.

mod budget;
mod draw;
mod localities;
mod start;

pub(super) use draw::Draw;
pub(super) use localities::{Kept, Part, parts};

use super::catalogue::kept;
use super::groups::{Group, Status};
use super::working_weeks::WorkingWeeks;
use crate::domain::PrimaryNeed;
use crate::parameters::ParameterSet;

const FILE: &str = include_str!("../../../scenarios/services/by_children.csv");
/// Services are numbered from here, behind those with a list.
const FIRST: u32 = 128;

/// What a service has little of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// Staff [whole-time posts filled].
    Posts,
    /// A budget [£ a year].
    Pounds,
}

impl Unit {
    /// Indicators of a calendar year: what there is, and what the standard takes.
    pub(super) const fn indicators(self) -> [(&'static str, &'static str); 2] {
        match self {
            Self::Posts => [
                ("service_posts", "posts"),
                ("service_posts_needed", "posts"),
            ],
            Self::Pounds => [
                ("service_budget_pounds", "pounds"),
                ("service_budget_needed_pounds", "pounds"),
            ],
        }
    }
}

/// A service.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Entry {
    number: u32,
    /// Name in parameters: `services.come.{name}`.
    pub(super) name: &'static str,
    /// Name in results.
    pub(super) label: &'static str,
    group: Group,
    standard_weeks: f64,
    pub(super) unit: Unit,
    weeks: WorkingWeeks,
}

/// Every service of the file, which is built in; a test reads all of it.
pub(super) fn all() -> Vec<Entry> {
    let mut reader = csv::Reader::from_reader(FILE.as_bytes());
    let records = reader.records().filter_map(Result::ok);
    (FIRST..)
        .zip(records)
        .filter_map(|(number, record)| entry(number, &record))
        .collect()
}

fn entry(number: u32, record: &csv::StringRecord) -> Option<Entry> {
    let text = |column| kept(record, column);
    let (first, last) = record.get(3)?.split_once('-')?;
    let mut needs = [false; PrimaryNeed::COUNT];
    match record.get(4)? {
        "all" => needs = [true; PrimaryNeed::COUNT],
        codes => {
            for code in codes.split(' ') {
                needs[PrimaryNeed::from_code(code)?.index()] = true;
            }
        }
    }
    Some(Entry {
        number,
        name: text(0)?,
        label: text(1)?,
        group: Group {
            status: match record.get(2)? {
                "residents" => Status::Residents,
                "sen" => Status::Sen,
                "plans" => Status::Plans,
                _ => return None,
            },
            ages: (first.parse().ok()?, last.parse().ok()?),
            needs,
        },
        standard_weeks: record.get(5)?.parse().ok()?,
        unit: match record.get(6)? {
            "posts" => Unit::Posts,
            "pounds" => Unit::Pounds,
            _ => return None,
        },
        weeks: match record.get(7)? {
            "every week" => WorkingWeeks::Every,
            "in term" => WorkingWeeks::InTerm,
            _ => return None,
        },
    })
}

impl Entry {
    /// Weeks within which the first appointment is to be.
    pub(super) const fn standard_weeks(&self) -> f64 {
        self.standard_weeks
    }

    /// Numbers that only a service without a published list has.
    pub(super) fn own_paths(&self) -> Vec<String> {
        const OWN: [&str; 10] = [
            "come",
            "load",
            "list-weeks",
            "each",
            "added",
            "lost",
            "quick-share",
            "quick-weeks",
            "ready-weeks",
            "patience-weeks",
        ];
        let path = |of: &&str| format!("services.{of}.{}", self.name);
        let known = |path: &String| ParameterSet::embedded().passport(path).is_some();
        OWN.iter().map(path).filter(known).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parameters::Parameter;

    #[test]
    fn every_row_reads_and_its_numbers_can_be_changed() {
        let entries = all();
        assert_eq!(entries.len(), FILE.trim().lines().count() - 1);
        for entry in entries {
            for of in [
                "capacity",
                "referrals",
                "come",
                "load",
                "list-weeks",
                "each",
                "added",
                "lost",
            ] {
                let path = format!("services.{of}.{}", entry.name);
                assert!(Parameter::from_path(&path).is_some(), "{path}");
            }
        }
    }
}
