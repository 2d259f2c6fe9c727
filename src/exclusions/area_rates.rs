//! Published rates of an area: the newest two autumn, spring and summer terms.

use super::groups::{PHASES, POOLS, School, SenStatus, TERMS, pool};
use crate::area::AreaPack;
use crate::domain::{Observed, Phase};

/// Newest terms of a kind that a rate is the mean of.
pub(super) const NEWEST: usize = 2;

/// Rates of a year per 100 pupils, by pool; `None` where not published.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Rates {
    /// Pupils suspended in a term, added up over terms.
    pub(super) suspended: Option<f64>,
    /// Suspensions.
    pub(super) suspensions: Option<f64>,
    /// Permanent exclusions.
    pub(super) permanent: Option<f64>,
    /// Pupils suspended by term.
    pub(super) suspended_by_term: [Option<f64>; TERMS.len()],
    /// Permanent exclusions by term.
    pub(super) permanent_by_term: [Option<f64>; TERMS.len()],
}

/// What is published of an area's exclusions.
#[derive(Debug, Clone, PartialEq)]
pub struct AreaExclusionRates {
    by_pool: [Rates; POOLS],
}

impl AreaExclusionRates {
    /// Reads a pack.
    pub fn of(pack: &AreaPack) -> Self {
        let mut by_pool = [Rates::default(); POOLS];
        for status in SenStatus::ALL {
            for school in School::ALL {
                for phase in PHASES {
                    let label = match (school, phase) {
                        (School::Special, _) => "State-funded special",
                        (School::Mainstream, Phase::Primary) => "State-funded primary",
                        (School::Mainstream, _) => "State-funded secondary",
                    };
                    by_pool[pool(status, school, phase)] = rates(pack, status, label);
                }
            }
        }
        Self { by_pool }
    }

    pub(super) const fn of_pool(&self, pool: usize) -> &Rates {
        &self.by_pool[pool]
    }
}

fn rates(pack: &AreaPack, status: SenStatus, school: &str) -> Rates {
    let by_term = |value: &dyn Fn(&crate::area::ExclusionRates) -> Observed| {
        TERMS.map(|(term, _)| {
            let rows = pack.exclusion_rates.iter().filter(|row| {
                row.term == term && row.school == school && row.sen_status == status.label()
            });
            let mut known: Vec<(i32, f64)> = rows
                .filter_map(|row| Some((row.year, value(row).value()?)))
                .collect();
            known.sort_by_key(|(year, _)| std::cmp::Reverse(*year));
            known.truncate(NEWEST);
            let number = known.len() as f64;
            (!known.is_empty()).then(|| known.iter().map(|(_, rate)| rate).sum::<f64>() / number)
        })
    };
    let of_year = |terms: [Option<f64>; TERMS.len()]| terms.into_iter().sum();
    let suspended_by_term = by_term(&|row| row.suspended_pupils_rate);
    let permanent_by_term = by_term(&|row| row.permanent_exclusion_rate);
    Rates {
        suspended: of_year(suspended_by_term),
        suspensions: of_year(by_term(&|row| row.suspension_rate)),
        permanent: of_year(permanent_by_term),
        suspended_by_term,
        permanent_by_term,
    }
}
