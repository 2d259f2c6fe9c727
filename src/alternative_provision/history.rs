//! What led to the newest count: past permanent exclusions, and how many children come so that the
//! count is met.

use super::AlternativeProvision;
use super::entries::{BEFORE, Groups, YEAR_GROUPS, day_in_term};
use super::stay::Stay;
use crate::domain::Date;
use crate::exclusions::{PHASES, TERMS, WithoutPlan};
use crate::random::poisson_quantile;

/// How many come.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Inflow {
    /// Share of the permanently excluded who come to a place of alternative provision.
    pub(super) of_excluded: f64,
    /// Others in a year.
    pub(super) others: f64,
}

/// What the newest count is found from.
pub(super) struct Past<'p> {
    pub(super) model: &'p AlternativeProvision,
    pub(super) excluded: &'p WithoutPlan,
    pub(super) stay: &'p Stay,
    pub(super) groups: &'p Groups,
}

impl Past<'_> {
    /// Permanent exclusions of pupils without a plan in a past academic year: the published rates,
    /// where there are none the newest.
    fn expected(&self, january: i32, phase: usize) -> f64 {
        let newest = self.excluded.expected[phase];
        let without_plan = newest / self.excluded.expected_of_all[phase].max(f64::MIN_POSITIVE);
        let published = self.model.published.exclusions.get(&january);
        published.map_or(newest, |rates| {
            rates[phase] / 100.0 * self.excluded.pupils[phase] * without_plan
        })
    }

    /// Permanent exclusions of a term of the past in this future: chance around what is expected.
    pub(super) fn count(&self, (january, phase): (i32, usize), u: f64) -> u32 {
        let of_term = self.expected(january, phase) / TERMS.len() as f64;
        poisson_quantile(of_term, u) as u32
    }

    /// How others share out over phases: as exclusions do.
    pub(super) fn others_by_phase(&self) -> [f64; PHASES.len()] {
        let all: f64 = self.excluded.expected.iter().sum();
        self.excluded.expected.map(|expected| {
            if all > 0.0 {
                expected / all
            } else {
                1.0 / PHASES.len() as f64
            }
        })
    }

    /// How many come so that the newest count is met: of the excluded all or a part, and others only
    /// where these do not suffice.
    pub(super) fn inflow(&self) -> Inflow {
        let published = &self.model.published;
        let by_phase = self.others_by_phase();
        let mut of_excluded = 0.0;
        let mut of_one_other = 0.0;
        for before in 0..BEFORE {
            let january = published.january - before;
            for (phase, chances) in self.groups.iter().enumerate() {
                for term in 0..TERMS.len() {
                    let there = self.is_there(chances, january, term);
                    let share = 1.0 / TERMS.len() as f64;
                    of_excluded += self.expected(january, phase) * share * there;
                    of_one_other += by_phase[phase] * share * there;
                }
            }
        }
        let left = published.pupils - of_excluded;
        if left > 0.0 {
            Inflow {
                of_excluded: 1.0,
                others: left / of_one_other,
            }
        } else {
            Inflow {
                of_excluded: published.pupils / of_excluded.max(f64::MIN_POSITIVE),
                others: 0.0,
            }
        }
    }

    /// Chance that a child who came in a term is there at the newest count.
    fn is_there(&self, chances: &[f64; YEAR_GROUPS], january: i32, term: usize) -> f64 {
        let base = self.model.base();
        let enters = day_in_term(base, january, term, 0.5);
        let counted = f64::from(Date::january(self.model.published.january).days_since(base));
        let groups = chances
            .iter()
            .enumerate()
            .filter(|(_, chance)| **chance > 0.0);
        groups
            .map(|(group, chance)| chance * self.stay.is_there(enters, (january, group), counted))
            .sum()
    }
}
