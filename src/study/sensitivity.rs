//! How far an answer moves with what no published figure decides.

use nalgebra::{DMatrix, DVector};

use crate::baseline::{Baseline, Draw};
use crate::parameters::ParameterSet;

/// Numbers about places that published placements leave open, by path.
const OPEN: [&str; 4] = [
    "places.censored-share",
    "places.waiting-share",
    "places.independent-share",
    "placement.special-to-mainstream-rate",
];

/// Least variance of a number over the draws for which its part can be told.
const NO_VARIANCE: f64 = 1e-12;

/// What an answer would be at the low and at the high end of one number, all others alike.
#[derive(Debug, Clone, PartialEq)]
pub struct Sensitivity {
    /// Path of the number.
    pub path: &'static str,
    /// Its label.
    pub label: String,
    /// Its 10% and 90% quantiles over the draws.
    pub range: [f64; 2],
    /// The answer at each of them.
    pub answers: [f64; 2],
    /// Standard error of the difference of the two.
    pub error: f64,
}

/// Splits what an answer owes to each open number, over simulated futures.
///
/// Least squares of the answer of each future on the numbers of its draw and on `growth`, which is
/// known of every future and is not what is asked about (the plans there are). Coefficients have
/// their usual standard errors; the parts are exact only as far as the answer is linear.
pub fn sensitivity(
    baseline: &Baseline,
    seed: u64,
    answers: &[f64],
    growth: &[f64],
) -> Vec<Sensitivity> {
    let runs = answers.len();
    let draws: Vec<Vec<f64>> = OPEN
        .iter()
        .map(|path| {
            let draws = (0..runs as u32).map(|draw| Draw::Sample { seed, draw });
            draws.map(|draw| baseline.number(draw, path)).collect()
        })
        .collect();
    let told: Vec<usize> = (0..OPEN.len())
        .filter(|&at| variance(&draws[at]) > NO_VARIANCE)
        .collect();
    let columns = 2 + told.len();
    if runs <= columns {
        return Vec::new();
    }
    let matrix = DMatrix::from_fn(runs, columns, |run, column| match column {
        0 => 1.0,
        1 => growth[run],
        _ => draws[told[column - 2]][run],
    });
    let answer = DVector::from_column_slice(answers);
    let Some(inverse) = (matrix.transpose() * &matrix).try_inverse() else {
        return Vec::new();
    };
    let slopes = &inverse * matrix.transpose() * &answer;
    let rest = &answer - &matrix * &slopes;
    let noise = rest.norm_squared() / (runs - columns) as f64;
    let middle = answers.iter().sum::<f64>() / runs as f64;
    let rows = told.iter().enumerate().map(|(position, &at)| {
        let column = position + 2;
        let (slope, mean) = (slopes[column], mean(&draws[at]));
        let range = ends(&draws[at]);
        let passport = ParameterSet::embedded().passport(OPEN[at]);
        Sensitivity {
            path: OPEN[at],
            label: passport.map_or_else(String::new, |passport| passport.label.clone()),
            range,
            answers: range.map(|end| middle + slope * (end - mean)),
            error: (noise * inverse[(column, column)]).sqrt() * (range[1] - range[0]),
        }
    });
    rows.collect()
}

fn mean(numbers: &[f64]) -> f64 {
    numbers.iter().sum::<f64>() / numbers.len() as f64
}

fn variance(numbers: &[f64]) -> f64 {
    let mean = mean(numbers);
    let squares = numbers.iter().map(|number| (number - mean).powi(2));
    squares.sum::<f64>() / numbers.len() as f64
}

/// The 10% and 90% quantiles.
fn ends(numbers: &[f64]) -> [f64; 2] {
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f64::total_cmp);
    [0.1, 0.9].map(|share| sorted[(share * (sorted.len() - 1) as f64).round() as usize])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::area::AreaPack;
    use crate::study::baseline_with_places;

    #[test]
    fn parts_of_a_known_answer_are_found() {
        let pack = AreaPack::embedded("derby", &mut Vec::new()).expect("built in");
        let baseline = baseline_with_places(&pack, 1);
        let number = |run: u32, path| baseline.number(Draw::Sample { seed: 3, draw: run }, path);
        let growth: Vec<f64> = (0..60).map(|run| f64::from(run * 7 % 11)).collect();
        // 100 + 5 for each of the growth + 300 times the share of requests that found no place.
        let answer = |run: u32| {
            100.0 + 5.0 * growth[run as usize] + 300.0 * number(run, "places.censored-share")
        };
        let answers: Vec<f64> = (0..60).map(answer).collect();
        let found = sensitivity(&baseline, 3, &answers, &growth);
        assert_eq!(found.len(), OPEN.len());
        for row in found {
            let difference = row.answers[1] - row.answers[0];
            let expected = match row.path {
                "places.censored-share" => 300.0 * (row.range[1] - row.range[0]),
                _ => 0.0,
            };
            assert!((difference - expected).abs() < 1e-6, "{row:?}");
            assert!(row.error < 1e-6, "{row:?}");
        }
    }
}
