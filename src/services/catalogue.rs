//! The services that are known, a data file.

use super::staff;
use crate::parameters::ParameterSet;

/// A service.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Entry {
    /// Name in parameters: `services.capacity.{name}`.
    pub(super) name: &'static str,
    /// Name in results.
    pub(super) label: &'static str,
    /// Name in the published lists.
    pub(super) published: &'static str,
    /// Weeks within which children are to be seen.
    pub(super) standard_weeks: f64,
    /// Whether its staff give advice for EHC needs assessments.
    pub(super) gives_advice: bool,
    /// Whether its posts are told.
    pub(super) has_posts: bool,
}

const CATALOGUE: &str = include_str!("../../scenarios/services/catalogue.csv");

/// Every known service. The file is built in, and a test reads all of it.
pub(super) fn all() -> Vec<Entry> {
    let mut reader = csv::Reader::from_reader(CATALOGUE.as_bytes());
    let records = reader.records().filter_map(Result::ok);
    records.filter_map(|record| entry(&record)).collect()
}

/// A word of a data file that is read once for each study: a few dozen that live as long as the program.
pub(super) fn kept(record: &csv::StringRecord, column: usize) -> Option<&'static str> {
    Some(Box::leak(record.get(column)?.to_owned().into_boxed_str()))
}

impl Entry {
    /// Numbers of the service that a scenario can change.
    pub(super) fn paths(self) -> impl Iterator<Item = String> {
        let of_staff = if self.has_posts { &staff::OWN[..] } else { &[] };
        let of = ["capacity", "referrals"].iter().chain(of_staff);
        let name = self.name;
        of.map(move |of| format!("services.{of}.{name}"))
            .filter(|path| ParameterSet::embedded().passport(path).is_some())
    }
}

fn entry(record: &csv::StringRecord) -> Option<Entry> {
    let text = |column| kept(record, column);
    Some(Entry {
        name: text(0)?,
        label: text(1)?,
        published: text(2)?,
        standard_weeks: record.get(3)?.parse().ok()?,
        gives_advice: record.get(4)? == "yes",
        has_posts: record.get(5)? == "yes",
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parameters::Parameter;

    #[test]
    fn every_row_reads_and_its_capacity_can_be_changed() {
        let entries = all();
        assert_eq!(entries.len(), CATALOGUE.trim().lines().count() - 1);
        for entry in entries {
            let paths: Vec<String> = entry.paths().collect();
            // A bought appointment is no number of a service that follows children.
            let least = if entry.name == "mental-health" { 5 } else { 6 };
            assert_eq!(paths.len(), if entry.has_posts { least } else { 2 });
            for path in paths {
                assert!(Parameter::from_path(&path).is_some(), "{path}");
            }
        }
    }
}
