//! Distribution of a count over runs.

use rayon::prelude::*;

use super::run_table::Value;
use super::{IndicatorRow, RunTable, Summary};

/// Quantiles of every result [%].
pub const QUANTILES: [u32; 7] = [5, 10, 25, 50, 75, 90, 95];

/// Rows of `indicators.csv` of one scenario, in the order of the table's cells. A run without a
/// value, such as a median wait when nobody was seen, is left out.
pub fn summarise<V: Value>(table: &RunTable<V>, scenario: &str) -> Vec<IndicatorRow> {
    table
        .cells
        .par_iter()
        .enumerate()
        .map_init(Vec::new, |values, (index, cell)| {
            values.clear();
            values.extend(table.of(index).iter().filter_map(|value| value.parts()));
            IndicatorRow {
                scenario: scenario.to_owned(),
                cell: cell.clone(),
                summary: distribution(values, V::PARTS),
            }
        })
        .collect()
}

/// Mean, spread and quantiles of whole numbers of parts, in units of so many parts; sorts them.
///
/// Quantiles interpolate linearly between order statistics (Hyndman and Fan 1996, type 7:
/// position `(n - 1) p` from 0), as R and NumPy do by default. Everything is summed in integers
/// and divided once, so the order of the runs cannot show in the result. The spread of a single
/// run is not known: `NaN`, an empty cell in files.
pub(super) fn distribution(values: &mut [i64], parts: i64) -> Summary {
    values.sort_unstable();
    let moments = Moments::of(values.iter().copied());
    let units = |number: f64| number / parts as f64;
    Summary {
        mean: units(moments.mean()),
        sd: units(moments.sd()),
        quantiles: QUANTILES.map(|percent| units(quantile(values, percent))),
        monte_carlo_error: units(moments.standard_error()),
    }
}

/// The median and the 90% quantile of numbers within a run, in the same way; those that are not
/// finite are left out, and there is none of nothing.
pub fn p50_and_p90(mut values: Vec<f64>) -> [f64; 2] {
    values.retain(|value| value.is_finite());
    [0.5, 0.9].map(|share| {
        if values.is_empty() {
            return f64::NAN;
        }
        let at = share * (values.len() as f64 - 1.0);
        let (_, &mut low, above) = values.select_nth_unstable_by(at as usize, f64::total_cmp);
        let next = above.iter().copied().min_by(f64::total_cmp);
        low + at.fract() * (next.unwrap_or(low) - low)
    })
}

fn quantile(sorted: &[i64], percent: u32) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else {
        return f64::NAN;
    };
    // In hundredths of a position, so that the interpolation is exact.
    let position = last * percent as usize;
    let (below, above) = (position / 100, position.div_ceil(100));
    let step = sorted[above] - sorted[below];
    let part = (position % 100) as i128;
    (i128::from(sorted[below]) * 100 + i128::from(step) * part) as f64 / 100.0
}

/// Exact sums of whole numbers.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Moments {
    count: i128,
    sum: i128,
    squares: i128,
}

impl Moments {
    pub(super) fn of(values: impl Iterator<Item = i64>) -> Self {
        values.fold(Self::default(), |mut moments, value| {
            let value = i128::from(value);
            moments.count += 1;
            moments.sum += value;
            moments.squares += value * value;
            moments
        })
    }

    pub(super) fn mean(self) -> f64 {
        self.sum as f64 / self.count as f64
    }

    /// `n` times the sum of squares about the mean, a whole number: variances over the same
    /// runs compare exactly.
    pub(super) const fn scaled_variance(self) -> i128 {
        self.count * self.squares - self.sum * self.sum
    }

    fn variance(self) -> f64 {
        self.scaled_variance() as f64 / (self.count * (self.count - 1)) as f64
    }

    fn sd(self) -> f64 {
        self.variance().sqrt()
    }

    pub(super) fn standard_error(self) -> f64 {
        self.sd() / (self.count as f64).sqrt()
    }
}

/// `n` times the sum of products about the means, a whole number, as [`Moments::scaled_variance`].
pub(super) fn joint_variance(a: &[i64], b: &[i64]) -> i128 {
    let sum = |values: &[i64]| values.iter().map(|&value| i128::from(value)).sum::<i128>();
    let pairs = a.iter().zip(b);
    let products: i128 = pairs.map(|(&a, &b)| i128::from(a) * i128::from(b)).sum();
    a.len() as i128 * products - sum(a) * sum(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_interpolate_between_order_statistics() {
        // numpy.quantile([1, 2, 4, 8], [.05, .10, .25, .50, .75, .90, .95]):
        // positions 3p = 0.15, 0.3, 0.75, 1.5, 2.25, 2.7, 2.85.
        let summary = distribution(&mut [8, 1, 4, 2], 1);
        let expected = [1.15, 1.30, 1.75, 3.0, 5.0, 6.8, 7.4];
        assert_eq!(format!("{:?}", summary.quantiles), format!("{expected:?}"));
    }

    #[test]
    fn spread_is_the_sample_standard_deviation() {
        // Mean 15/4; squared deviations 7.5625 + 3.0625 + 0.0625 + 18.0625 = 28.75; over 3.
        let summary = distribution(&mut [8, 1, 4, 2], 1);
        assert!((summary.mean - 3.75).abs() < 1e-15);
        assert!((summary.sd - (28.75_f64 / 3.0).sqrt()).abs() < 1e-15);
        assert!((summary.monte_carlo_error - summary.sd / 2.0).abs() < 1e-15);
    }

    #[test]
    fn counts_that_never_vary_have_no_spread() {
        let summary = distribution(&mut [4_000_000_000; 1000], 1);
        assert!(summary.sd.abs() < f64::EPSILON);
        assert!(summary.quantiles.iter().all(|&q| (q - 4e9).abs() < 1e-9));
    }

    #[test]
    fn the_spread_of_a_single_run_is_unknown() {
        let summary = distribution(&mut [7], 1);
        assert!(summary.sd.is_nan() && summary.monte_carlo_error.is_nan());
        assert!((summary.quantiles[0] - 7.0).abs() < f64::EPSILON);
    }
}
