//! Annual reviews: how many of those due are held, and what follows for plans of those who have left.

use super::draw::Stated;
use crate::domain::{CeaseReason, DAYS_PER_YEAR, Setting};

/// Reviews held against the area's share, as a scenario changes it.
pub const REVIEWS: &str = "process.level.reviews";
const TO_TRANSFER: &str = "process.reviews-to-transfer";
const TO_CEASING: &str = "process.reviews-to-ceasing";
/// Most of the reviews due that can be held.
pub const MOST_HELD: f64 = 0.98;
/// Least share of reviews not held against which more are counted: where nearly all are held, a few
/// missed do not make most transfers late.
const LEAST_MISSED: f64 = 0.2;
/// Youngest academic age at which a plan is ceased because its holder has left education.
const MAY_HAVE_LEFT: u8 = 18;
/// Days of a period on which a scenario's change is looked at.
const LOOKS: u32 = 4;

/// Annual reviews of a draw.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reviews {
    /// Share of the reviews due that are held.
    pub held_share: f64,
    /// Reviews due in a year per plan at its end: plans of less than a year have none.
    pub due_per_plan: f64,
    /// How far plans of those who have left education cease with reviews: 0 not at all, 1 in
    /// proportion.
    pub response: f64,
    /// How far late phase transfers follow reviews that are not held: 0 not at all, 1 in proportion.
    pub transfer_response: f64,
}

impl Reviews {
    /// Share of the reviews due that are held between two days.
    pub fn held(&self, (start, end): (f64, f64), stated: &Stated<'_>) -> f64 {
        let step = (end - start) / f64::from(LOOKS);
        let days = (0..LOOKS).map(|look| start + (f64::from(look) + 0.5) * step);
        let level = days.map(|day| stated(REVIEWS, day, 1.0)).sum::<f64>() / f64::from(LOOKS);
        (self.held_share * level).min(MOST_HELD.max(self.held_share))
    }

    /// Factor on the share of phase transfers decided late by a deadline: the review of the year before
    /// is where the plan is made ready for the next phase. 1 where no scenario changes reviews.
    pub fn late_factor(&self, deadline: f64, stated: &Stated<'_>) -> f64 {
        let year_before = ((deadline - DAYS_PER_YEAR).max(0.0), deadline.max(1.0));
        let more = self.held_share - self.held(year_before, stated);
        let usually = (1.0 - self.held_share).max(LEAST_MISSED);
        let response = stated(TO_TRANSFER, 0.0, self.transfer_response);
        (1.0 + response * more / usually).max(0.0)
    }

    /// Factor on the rate at which a plan ceases: exactly 1 where no scenario changes reviews.
    ///
    /// A plan of somebody who is recorded as not in education, employment or training goes on until
    /// a review decides that it ends. More reviews end such plans sooner, until those that had
    /// waited are ended.
    pub fn factor(
        &self,
        (age, setting, reason): (u8, Setting, CeaseReason),
        days: (f64, f64),
        stated: &Stated<'_>,
    ) -> f64 {
        let by_decision = !matches!(
            reason,
            CeaseReason::Deceased | CeaseReason::MaximumAge | CeaseReason::SupportPlan
        );
        if setting != Setting::Neet || age < MAY_HAVE_LEFT || !by_decision {
            return 1.0;
        }
        let ratio = self.held(days, stated) / self.held_share;
        if (ratio - 1.0).abs() > 0.0 {
            libm::pow(ratio, stated(TO_CEASING, 0.0, self.response))
        } else {
            1.0
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DERBY: Reviews = Reviews {
        held_share: 0.45,
        due_per_plan: 0.86,
        response: 1.0,
        transfer_response: 0.5,
    };

    #[test]
    fn late_phase_transfers_follow_missed_reviews_of_the_year_before() {
        let doubled = |path: &str, day: f64, value: f64| {
            let is_doubled = path == REVIEWS && day >= 365.0;
            value * if is_doubled { 2.0 } else { 1.0 }
        };
        let factor = |reviews: &Reviews, deadline| reviews.late_factor(deadline, &doubled);
        assert!((factor(&DERBY, 365.0) - 1.0).abs() < 1e-12);
        // 10 instead of 55 of 100 are missed: half of the fall shows.
        let expected = 1.0 - 0.5 * (1.0 - 10.0 / 55.0);
        assert!((factor(&DERBY, 1_000.0) - expected).abs() < 1e-12);
        let off = Reviews {
            transfer_response: 0.0,
            ..DERBY
        };
        assert!((factor(&off, 1_000.0) - 1.0).abs() < 1e-12);
        let all_held = Reviews {
            held_share: 1.0,
            ..DERBY
        };
        assert!((factor(&all_held, 1_000.0) - 1.0).abs() < 1e-12);
        // Ten points fewer count alike where nearly all and where all are held.
        let fewer =
            |path: &str, _: f64, value: f64| value * if path == REVIEWS { 0.9 } else { 1.0 };
        for held_share in [0.98, 0.99, 1.0] {
            let nearly_all = Reviews {
                held_share,
                ..DERBY
            };
            let factor = nearly_all.late_factor(1_000.0, &fewer);
            assert!((factor - 1.25).abs() < 0.01, "{held_share}: {factor}");
        }
    }

    #[test]
    fn plans_of_those_who_left_cease_as_often_as_reviews_are_held() {
        let doubled = |path: &str, day: f64, value: f64| {
            let is_doubled = path == REVIEWS && day >= 100.0;
            value * if is_doubled { 2.0 } else { 1.0 }
        };
        let factor =
            |age, setting, reason, days| DERBY.factor((age, setting, reason), days, &doubled);
        let is_one = |factor: f64| factor.to_bits() == 1.0_f64.to_bits();
        let (neet, other) = (Setting::Neet, CeaseReason::NoLongerEngaging);
        assert!(is_one(factor(20, neet, other, (0.0, 100.0))));
        assert!((factor(20, neet, other, (100.0, 200.0)) - 2.0).abs() < 1e-12);
        assert!((factor(20, neet, other, (0.0, 200.0)) - 1.5).abs() < 1e-12);
        assert!(is_one(factor(17, neet, other, (100.0, 200.0))));
        assert!(is_one(factor(
            20,
            Setting::GeneralFe,
            other,
            (100.0, 200.0)
        )));
        assert!(is_one(factor(
            20,
            neet,
            CeaseReason::Deceased,
            (100.0, 200.0)
        )));
        // No more than nearly all can be held.
        let ten_times = |_: &str, _: f64, value: f64| 10.0 * value;
        assert!((DERBY.held((0.0, 1.0), &ten_times) - MOST_HELD).abs() < 1e-12);
    }
}
