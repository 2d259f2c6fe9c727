//! One line of the table: a list over all futures.

use crate::domain::DAYS_PER_WEEK;
use crate::queue::LittlesLaw;

/// A list: means over futures, and whether the law holds in each of them.
#[derive(Debug, Clone, PartialEq)]
pub struct ListRow {
    /// Name.
    pub name: &'static str,
    /// On it on the first day.
    pub at_start: f64,
    /// Who come on it a week.
    pub came_per_week: f64,
    /// On it on the last day.
    pub at_end: f64,
    /// Mean length of the list, L: counted as people come and go.
    pub length: f64,
    /// People who were on it at any time, a week: λ.
    pub people_per_week: f64,
    /// Their mean time on it within these years [weeks]: W.
    pub weeks: f64,
    /// L less λW, in the future where they differ most.
    pub difference: f64,
    /// Difference that dates stored with fewer digits can make there.
    pub rounding: f64,
    /// Futures in which the law holds.
    pub held: usize,
    /// Futures.
    pub futures: usize,
}

impl ListRow {
    pub(super) fn of(name: &'static str, laws: &[LittlesLaw]) -> Self {
        let sum = |of: &dyn Fn(&LittlesLaw) -> f64| laws.iter().map(of).sum::<f64>();
        let mean = |of: &dyn Fn(&LittlesLaw) -> f64| sum(of) / laws.len() as f64;
        let weeks = |law: &LittlesLaw| law.days / DAYS_PER_WEEK;
        let apart = |law: &LittlesLaw| (law.difference() / law.days).abs();
        let worst = laws.iter().max_by(|a, b| apart(a).total_cmp(&apart(b)));
        let worst = worst.copied().unwrap_or_default();
        Self {
            name,
            at_start: mean(&|law| law.at_start),
            came_per_week: mean(&|law| law.came / weeks(law)),
            at_end: mean(&|law| law.at_end),
            length: mean(&|law| law.area / law.days),
            people_per_week: mean(&|law| law.people / weeks(law)),
            weeks: sum(&|law| law.time) / sum(&|law| law.people).max(1.0) / DAYS_PER_WEEK,
            difference: worst.difference() / worst.days,
            rounding: worst.rounding / worst.days,
            held: laws.iter().filter(|law| law.holds()).count(),
            futures: laws.len(),
        }
    }

    /// λW: people a week times their weeks.
    pub fn rate_times_time(&self) -> f64 {
        self.people_per_week * self.weeks
    }

    /// Whether the law holds in every future.
    pub fn holds(&self) -> bool {
        self.held == self.futures
    }
}
