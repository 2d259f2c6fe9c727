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

/// The deficit that is not paid, from year to year [pounds].
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Owed(f64);

impl Owed {
    /// The deficit against the council's reserves at the end of a year. While the override holds the
    /// whole deficit is carried; afterwards each year's own is added as far as the government does not
    /// pay it, and a surplus pays it back.
    pub(super) fn after(&mut self, policy: Policy, in_year: f64, cumulative: f64) -> f64 {
        if cumulative.is_nan() {
            return f64::NAN;
        }
        if policy.kept_out >= 1.0 {
            self.0 = (-cumulative).max(0.0);
            return 0.0;
        }
        let of_year = if in_year < 0.0 {
            -in_year * (1.0 - policy.government.clamp(0.0, 1.0))
        } else {
            -in_year
        };
        self.0 = (self.0 + of_year).max(0.0);
        self.0 * (1.0 - policy.kept_out.max(0.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_deficit_falls_on_the_council_when_the_override_ends() {
        let policy = |kept_out, government| Policy {
            kept_out,
            government,
        };
        let mut owed = Owed::default();
        assert!(owed.after(policy(1.0, 0.0), -10.0, -25.0).abs() < 1e-12);
        // Of the year's 12 the government pays three quarters.
        assert!((owed.after(policy(0.0, 0.75), -12.0, -37.0) - 28.0).abs() < 1e-12);
        assert!((owed.after(policy(0.5, 0.0), -2.0, -39.0) - 15.0).abs() < 1e-12);
        // A surplus pays back, and never more than is owed.
        assert!((owed.after(policy(0.0, 0.0), 20.0, -19.0) - 10.0).abs() < 1e-12);
        assert!(owed.after(policy(0.0, 0.0), 20.0, 1.0).abs() < 1e-12);
        assert!(owed.after(policy(0.0, 0.0), f64::NAN, f64::NAN).is_nan());
    }

    #[test]
    fn a_balance_without_deficit_owes_nothing() {
        let mut owed = Owed::default();
        let none = Policy {
            kept_out: 1.0,
            government: 0.0,
        };
        owed.after(none, 5.0, 5.0);
        let ended = Policy {
            kept_out: 0.0,
            ..none
        };
        assert!(owed.after(ended, 1.0, 6.0).abs() < 1e-12);
    }
}
