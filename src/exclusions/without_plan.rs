//! Permanent exclusions of pupils without a plan: those for whom a plan names no place.

use super::Exclusions;
use super::drawn::Drawn;
use super::groups::{Group, PHASES, SenStatus, TERMS, position};
use crate::simulate::Future;

/// Permanent exclusions of pupils without a plan in a future, by [`PHASES`].
#[derive(Debug, Clone, PartialEq)]
pub struct WithoutPlan {
    /// Residents from Reception to Year 11 on the base date, with or without a plan.
    pub pupils: [f64; PHASES.len()],
    /// Expected exclusions of a year at the newest published rates and the pupils of the base date.
    pub expected: [f64; PHASES.len()],
    /// The same of all pupils, those with a plan included.
    pub expected_of_all: [f64; PHASES.len()],
    /// What happens in each academic year of the horizon, by phase and term.
    pub happened: Vec<[[u32; TERMS.len()]; PHASES.len()]>,
}

impl Exclusions {
    /// Permanent exclusions of pupils without a plan: the same children as in
    /// [`measure`](crate::simulate::Companion::measure).
    pub fn without_plan(&self, future: &Future<'_>) -> WithoutPlan {
        let drawn = Drawn::new(self, future);
        let rates = drawn.expected.permanent_at_base(&drawn.at_base);
        let sum = |of: [f64; PHASES.len()], keep: &dyn Fn(&Group) -> bool| {
            let mut sum = of;
            let groups = self.groups.iter().zip(&rates);
            for (group, rate) in groups.filter(|(group, _)| keep(group)) {
                sum[position(group.phase)] += rate;
            }
            sum
        };
        let none = [0.0; PHASES.len()];
        let happened = (1..=self.years).map(|year| {
            let (means, _) = drawn.of_year(year);
            let mut counts = [[0; TERMS.len()]; PHASES.len()];
            for (group, events) in self.groups.iter().zip(drawn.draw.permanently(&means, year)) {
                if is_without_plan(group) {
                    let of_phase = &mut counts[position(group.phase)];
                    for (count, events) in of_phase.iter_mut().zip(events.by_term) {
                        *count += events;
                    }
                }
            }
            counts
        });
        WithoutPlan {
            pupils: drawn.at_base.residents,
            expected: sum(none, &is_without_plan),
            expected_of_all: sum(none, &|_| true),
            happened: happened.collect(),
        }
    }
}

fn is_without_plan(group: &Group) -> bool {
    group.status != SenStatus::Plan
}
