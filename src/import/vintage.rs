//! What was known at a base year, as far as the vintages of the files allow.

use crate::data::facts::{Cut, Item, Published};
use crate::domain::Place;
use crate::estimate::later_evidence;
use crate::files::{Problem, Problems};
use crate::finding::{Finding, Severity};

/// First January for which a pack can be built.
pub const FIRST_BASE_YEAR: i32 = 2019;

/// January in which single ages and sexes of plans were published first.
const FIRST_SINGLE_AGES: i32 = 2024;

/// January of which needs of plans were published first.
const FIRST_NEEDS: i32 = 2025;

/// Year in which the population projection was published.
const PROJECTION_PUBLISHED: i32 = 2020;

/// A base year, and whether it is the newest: then everything published is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Vintage {
    /// January of the base stock.
    pub base_year: i32,
    /// Nothing newer has been published.
    pub newest: bool,
}

impl Vintage {
    /// The vintage of a base year, the newest if none is given.
    pub fn choose(published: &Published, base_year: Option<i32>) -> Result<Self, Finding> {
        let newest = published
            .plans
            .iter()
            .filter(|(key, cell)| {
                (key.place, key.cut, key.item) == (Place::England, Cut::All, Item::Total)
                    && cell.value().is_some()
            })
            .map(|(key, _)| key.year)
            .max()
            .unwrap_or(FIRST_BASE_YEAR);
        let base_year = base_year.unwrap_or(newest);
        if (FIRST_BASE_YEAR..=newest).contains(&base_year) {
            return Ok(Self {
                base_year,
                newest: base_year == newest,
            });
        }
        Err(Finding {
            check: "unknown-base-year",
            severity: Severity::Error,
            location: None,
            message: format!("no pack can be built for January {base_year}"),
            hint: Some(format!(
                "give a base year from {FIRST_BASE_YEAR} to {newest}"
            )),
        })
    }

    /// Whether a stock of that January belongs in the pack.
    pub fn has_january(self, year: i32) -> bool {
        self.newest || year <= self.base_year
    }

    /// Whether flows of that calendar year do.
    pub fn has_flows_of(self, year: i32) -> bool {
        self.newest || year < self.base_year
    }

    /// Whether the academic year that begins in that year does: it must have ended.
    pub fn has_academic_year(self, first_year: i32) -> bool {
        self.newest || first_year + 1 < self.base_year
    }

    /// Whether the financial year that begins in that year does: allocations precede it.
    pub fn has_financial_year(self, first_year: i32) -> bool {
        self.newest || first_year < self.base_year
    }

    /// The last mid-year estimate that belongs in the pack.
    pub fn last_estimate(self, published: &Published) -> i32 {
        let england = published
            .population
            .keys()
            .filter(|key| key.0 == Place::England);
        let newest = england.map(|key| key.1).max().unwrap_or(self.base_year - 1);
        newest.min(self.base_year - 1)
    }

    /// What had to be taken from publications later than the base year.
    pub(super) fn report(self, problems: &mut Problems) {
        if self.newest {
            return;
        }
        let base = self.base_year;
        let mut later = |what: String, hint: &str| {
            problems.add(Problem::warning("later-publication", what).hint(hint));
        };
        later(
            format!(
                "population estimates to mid-{} are those of the mid-2023 edition",
                base - 1
            ),
            "they were revised after the census of 2021: a forecast made then knew other figures",
        );
        if base < PROJECTION_PUBLISHED {
            later(
                format!("the 2018-based projection was published after January {base}"),
                "it stands in for the 2016-based one",
            );
        }
        if base < FIRST_SINGLE_AGES {
            later(
                format!("plans by single age and sex were not published for January {base}"),
                "their shape within age bands is that of the first later release",
            );
        }
        if base < FIRST_NEEDS {
            later(
                format!("plans by primary need were not published for January {base}"),
                "the mix of needs is that of January 2025",
            );
        }
        for (what, hint) in later_evidence(base) {
            later(what, hint);
        }
    }
}
