//! The part of the deficit that stands against the council's own reserves once the statutory override
//! has ended.

/// Policy of a financial year.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Policy {
    /// Share of the deficit that the override keeps out of the council's reserves.
    pub(super) kept_out: f64,
    /// Share of the deficit of the year that the government's own budget pays.
    pub(super) government: f64,
}

/// The balance of the grant, less what the government pays of deficits [pounds].
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Reserves {
    balance: f64,
}

impl Reserves {
    /// A balance before the first year; below zero is a deficit.
    pub(super) const fn new(opening: f64) -> Self {
        Self { balance: opening }
    }

    /// A grant that pays a share of the deficit.
    pub(super) fn receive(&mut self, share: f64) {
        self.balance += share * (-self.balance).max(0.0);
    }

    /// The deficit against the council's own reserves at the end of a year: each year's own adds to
    /// it as far as the government does not pay it, and a surplus pays it back.
    pub(super) fn after(&mut self, policy: Policy, in_year: f64) -> f64 {
        let own = if in_year < 0.0 {
            1.0 - policy.government.clamp(0.0, 1.0)
        } else {
            1.0
        };
        self.balance += own * in_year;
        if self.balance.is_nan() {
            return f64::NAN;
        }
        (-self.balance).max(0.0) * (1.0 - policy.kept_out.clamp(0.0, 1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn policy(kept_out: f64, government: f64) -> Policy {
        Policy {
            kept_out,
            government,
        }
    }

    #[test]
    fn the_deficit_falls_on_the_council_when_the_override_ends() {
        let mut reserves = Reserves::new(-15.0);
        assert!(reserves.after(policy(1.0, 0.0), -10.0).abs() < 1e-12);
        // Of the year's 12 the government pays three quarters.
        assert!((reserves.after(policy(0.0, 0.75), -12.0) - 28.0).abs() < 1e-12);
        assert!((reserves.after(policy(0.5, 0.0), -2.0) - 15.0).abs() < 1e-12);
        // A surplus pays back, and what is beyond is a reserve of the grant.
        assert!((reserves.after(policy(0.0, 0.0), 20.0) - 10.0).abs() < 1e-12);
        assert!(reserves.after(policy(0.0, 0.0), 15.0).abs() < 1e-12);
        assert!((reserves.after(policy(0.0, 0.0), -7.0) - 2.0).abs() < 1e-12);
        assert!(reserves.after(policy(0.0, 0.0), f64::NAN).is_nan());
    }

    #[test]
    fn without_the_governments_share_it_is_the_deficit_of_the_grant() {
        let mut reserves = Reserves::new(-20.0);
        let mut cumulative: f64 = -20.0;
        cumulative += 0.9 * 20.0;
        reserves.receive(0.9);
        for in_year in [-5.0, 30.0, -12.0, -40.0, 3.0] {
            cumulative += in_year;
            let on_council = reserves.after(policy(0.0, 0.0), in_year);
            assert!((on_council - (-cumulative).max(0.0)).abs() < 1e-12);
        }
    }

    #[test]
    fn a_longer_override_leaves_no_more_to_the_council() {
        let last = |kept_out: [f64; 3]| {
            let mut reserves = Reserves::new(-10.0);
            let years = kept_out.map(|kept_out| reserves.after(policy(kept_out, 0.5), -8.0));
            years[2]
        };
        assert!((last([0.0, 0.0, 0.0]) - 22.0).abs() < 1e-12);
        assert!((last([1.0, 1.0, 0.0]) - 22.0).abs() < 1e-12);
        assert!((last([0.999, 0.999, 0.0]) - 22.0).abs() < 1e-12);
    }
}
