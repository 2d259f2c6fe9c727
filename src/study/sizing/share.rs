//! A share of runs, with the bounds within which it lies.

/// One-sided 95% normal quantile of the confidence bound.
const Z: f64 = 1.645;

/// The share of runs with enough places, and the bound above which it lies with 95% confidence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// Runs with enough places.
    pub runs_enough: u32,
    /// Runs.
    pub runs: u32,
    /// Share.
    pub share: f64,
    /// Wilson's lower bound, one-sided 95%.
    pub lower_bound: f64,
    /// Wilson's upper bound, one-sided 95%.
    pub upper_bound: f64,
}

impl Share {
    /// A share of runs with Wilson's bound.
    pub(super) fn of(runs_enough: u32, runs: u32) -> Self {
        let (n, share) = (f64::from(runs), f64::from(runs_enough) / f64::from(runs));
        let middle = share + Z * Z / (2.0 * n);
        let half = Z * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
        Self {
            runs_enough,
            runs,
            share,
            lower_bound: (middle - half) / (1.0 + Z * Z / n),
            upper_bound: (middle + half) / (1.0 + Z * Z / n),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wilsons_bound_is_that_of_the_textbook() {
        // 90 of 100: (0.9 + 0.013530 - 1.645 sqrt(0.0009 + 0.0000676506)) / 1.0270603 = 0.8396.
        let share = Share::of(90, 100);
        assert!((share.lower_bound - 0.839_6).abs() < 1e-4, "{share:?}");
    }
}
