//! How decisions fall, and how likely a request leads to a plan.

use crate::domain::AGES;

/// What follows a decision against a family.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dispute {
    /// Share that goes to mediation.
    pub mediated: f64,
    /// Share that is appealed, of those whom mediation does not settle.
    pub appealed: f64,
}

/// Shares of one draw.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shares {
    /// Requests withdrawn before a decision.
    pub withdrawn: f64,
    /// Refused, of the requests decided, by academic age.
    pub refused: [f64; AGES],
    /// No plan issued, of the assessments made.
    pub not_issued: f64,
    /// After a refusal to assess.
    pub after_refusal: Dispute,
    /// After a decision not to issue a plan.
    pub after_no_plan: Dispute,
    /// Mediations that settle the dispute for the family.
    pub settled: f64,
    /// Appeals that the family withdraws.
    pub appeal_withdrawn: f64,
    /// Appeals that the authority concedes before a hearing.
    pub conceded: f64,
    /// Appeals heard that the family wins.
    pub won: f64,
}

impl Shares {
    /// Share of appeals that end for the family.
    pub fn appeal_succeeds(&self) -> f64 {
        self.conceded + (1.0 - self.appeal_withdrawn - self.conceded).max(0.0) * self.won
    }

    /// Share of decisions against the family that are overturned.
    pub fn overturned(&self, dispute: &Dispute) -> f64 {
        let settled = dispute.mediated * self.settled;
        settled + (1.0 - settled) * dispute.appealed * self.appeal_succeeds()
    }

    /// Share of requests at an age that lead to a plan, disputes included.
    pub fn plan(&self, age: usize) -> f64 {
        let refused = self.refused[age];
        let assessed = 1.0 - refused + refused * self.overturned(&self.after_refusal);
        (1.0 - self.withdrawn) * assessed * self.issued()
    }

    /// Share of assessments that lead to a plan, disputes included.
    pub fn issued(&self) -> f64 {
        1.0 - self.not_issued + self.not_issued * self.overturned(&self.after_no_plan)
    }

    /// Share of requests at an age that are assessed, disputes included.
    pub fn assessed(&self, age: usize) -> f64 {
        let refused = self.refused[age];
        let assessed = 1.0 - refused + refused * self.overturned(&self.after_refusal);
        (1.0 - self.withdrawn) * assessed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_in_derby_in_2024() {
        // 300 of 736 decided requests refused, 101 of 573 assessments without a plan.
        let shares = Shares {
            withdrawn: 0.0,
            refused: [300.0 / 736.0; AGES],
            not_issued: 101.0 / 573.0,
            after_refusal: Dispute {
                mediated: 0.0633,
                appealed: 0.2267,
            },
            after_no_plan: Dispute {
                mediated: 0.0693,
                appealed: 0.2772,
            },
            settled: 0.74,
            appeal_withdrawn: 0.25,
            conceded: 0.30,
            won: 0.98,
        };
        assert!((shares.appeal_succeeds() - 0.741).abs() < 1e-12);
        // 0.0468 settled, then 0.9532 x 0.2267 x 0.741 = 0.1601.
        let overturned = shares.overturned(&shares.after_refusal);
        assert!((overturned - 0.2070).abs() < 1e-3, "{overturned}");
        // (0.5924 + 0.4076 x 0.2070) x (0.8237 + 0.1763 x 0.246) = 0.6768 x 0.8671.
        assert!((shares.plan(5) - 0.587).abs() < 2e-3, "{}", shares.plan(5));
    }
}
