//! Authority-years that are known to be wrong or incomplete: `known_breaks.csv`.

use crate::domain::AuthorityCode;

const KNOWN: &str = include_str!("known_breaks.csv");

/// A figure that is known to be wrong or incomplete.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
pub struct KnownBreak {
    la_code: String,
    /// January of a stock, calendar year of a flow.
    pub year: i32,
    /// `plans`, `placements`, `needs`, `new-plans`, `ceased` or `timeliness`.
    pub table: String,
    /// What is wrong.
    pub what: String,
    /// What follows.
    pub consequence: String,
}

impl KnownBreak {
    /// Whether it is about a stock, whose year is a January.
    pub fn is_of_a_stock(&self) -> bool {
        matches!(self.table.as_str(), "plans" | "placements" | "needs")
    }

    /// The authority; `None` when it is every authority.
    pub fn authority(&self) -> Option<AuthorityCode> {
        self.la_code.parse().ok().map(AuthorityCode)
    }
}

/// Every known break.
pub fn known_breaks() -> Vec<KnownBreak> {
    let mut reader = csv::Reader::from_reader(KNOWN.as_bytes());
    reader.deserialize().filter_map(Result::ok).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_read() {
        let breaks = known_breaks();
        assert_eq!(breaks.len(), KNOWN.lines().count() - 1);
        assert!(
            breaks
                .iter()
                .all(|b| b.authority().is_some() || b.la_code == "*")
        );
    }
}
