//! Scores of many forecasts together.

use std::collections::BTreeMap;

use statrs::distribution::{Beta, ContinuousCDF};

use super::{Forecast, Measure, Method};
use crate::domain::AgeGroup;

/// Central intervals that are checked: share of outcomes that they should hold, and the positions
/// of their ends among the written quantiles.
pub const INTERVALS: [(f64, usize, usize); 3] = [(0.50, 2, 4), (0.80, 1, 5), (0.90, 0, 6)];

/// Bins of the histogram of probability integral transforms.
pub const PIT_BINS: usize = 10;

/// Size of an authority by its plans at the origin: a third of the scored authorities each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Size {
    /// Fewest plans.
    Small,
    /// Between.
    Middle,
    /// Most plans.
    Large,
}

impl Size {
    /// Name in files.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Middle => "middle",
            Self::Large => "large",
        }
    }
}

/// What a score is taken over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ScoreKey {
    /// Whose forecasts.
    pub method: Method,
    /// Of what.
    pub measure: Measure,
    /// Age band; `None` for all ages.
    pub band: Option<AgeGroup>,
    /// Origin; `None` for all.
    pub origin: Option<i32>,
    /// Size; `None` for all.
    pub size: Option<Size>,
    /// Years ahead.
    pub horizon: usize,
}

/// Share of outcomes that an interval held, with 95% limits (Clopper and Pearson, 1934) that take
/// the outcomes as independent; outcomes of one year share a national future, so the true
/// uncertainty is larger.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Coverage {
    /// Share held [per cent].
    pub held: f64,
    /// Lower limit [per cent].
    pub low: f64,
    /// Upper limit [per cent].
    pub high: f64,
}

/// Scores of some forecasts; all but `n` in per cent of the outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    /// Number of forecasts.
    pub n: usize,
    /// Mean absolute error of the median.
    pub mape: f64,
    /// Mean error of the median: above 0 is too high.
    pub bias: f64,
    /// Mean continuous ranked probability score.
    pub relative_crps: Option<f64>,
    /// Mean pinball loss over the written quantiles.
    pub pinball: Option<f64>,
    /// Coverage of [`INTERVALS`].
    pub coverage: Option<[Coverage; 3]>,
    /// Number of outcomes by tenth of the forecast distribution.
    pub pit: [usize; PIT_BINS],
}

/// Scores by method, measure, age band, origin, size and horizon, with totals over origins and
/// sizes. `size` gives the size of an authority at an origin, `None` where it is not scored.
pub fn scores(
    forecasts: &[Forecast],
    size: impl Fn(usize, i32) -> Option<Size>,
) -> BTreeMap<ScoreKey, Score> {
    let mut groups: BTreeMap<ScoreKey, Vec<&Forecast>> = BTreeMap::new();
    for forecast in forecasts {
        let usable = forecast.predictive.outcome.is_some_and(|o| o.actual > 0.0);
        let Some(size) = size(forecast.member, forecast.origin).filter(|_| usable) else {
            continue;
        };
        for origin in [None, Some(forecast.origin)] {
            for size in [None, Some(size)] {
                let key = ScoreKey {
                    method: forecast.method,
                    measure: forecast.measure,
                    band: forecast.band,
                    origin,
                    size,
                    horizon: forecast.horizon,
                };
                groups.entry(key).or_default().push(forecast);
            }
        }
    }
    groups
        .into_iter()
        .map(|(key, group)| (key, score(&group)))
        .collect()
}

fn score(forecasts: &[&Forecast]) -> Score {
    let n = forecasts.len();
    let actual = |f: &Forecast| f.predictive.outcome.map_or(1.0, |outcome| outcome.actual);
    let mean = |value: &dyn Fn(&Forecast) -> Option<f64>| -> Option<f64> {
        let values: Option<Vec<f64>> = forecasts
            .iter()
            .map(|f| Some(100.0 * value(f)? / actual(f)))
            .collect();
        values.map(|values| values.iter().sum::<f64>() / n as f64)
    };
    let error = |f: &Forecast| f.predictive.median() - actual(f);
    let coverage = INTERVALS.map(|(_, low, high)| {
        let held: Option<Vec<bool>> = forecasts
            .iter()
            .map(|f| f.predictive.covers(low, high))
            .collect();
        held.map(|held| share(held.iter().filter(|held| **held).count(), n))
    });
    let mut pit = [0; PIT_BINS];
    for outcome in forecasts.iter().filter_map(|f| f.predictive.outcome) {
        if let Some(value) = outcome.pit {
            pit[((value * PIT_BINS as f64) as usize).min(PIT_BINS - 1)] += 1;
        }
    }
    Score {
        n,
        mape: mean(&|f| Some(error(f).abs())).unwrap_or(f64::NAN),
        bias: mean(&|f| Some(error(f))).unwrap_or(f64::NAN),
        relative_crps: mean(&|f| f.predictive.outcome?.crps),
        pinball: mean(&|f| f.predictive.pinball()),
        coverage: match coverage {
            [Some(a), Some(b), Some(c)] => Some([a, b, c]),
            _ => None,
        },
        pit,
    }
}

/// A share with its 95% limits, in per cent.
fn share(hits: usize, n: usize) -> Coverage {
    let limit = |a: f64, b: f64, level: f64| {
        Beta::new(a, b).map_or(f64::NAN, |beta| 100.0 * beta.inverse_cdf(level))
    };
    let (k, n) = (hits as f64, n as f64);
    Coverage {
        held: 100.0 * k / n,
        low: if hits == 0 {
            0.0
        } else {
            limit(k, n - k + 1.0, 0.025)
        },
        high: if k >= n {
            100.0
        } else {
            limit(k + 1.0, n - k, 0.975)
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backtest::Predictive;

    fn forecast(member: usize, value: f64, actual: f64) -> Forecast {
        Forecast {
            method: Method::LastGrowth,
            member,
            origin: 2020,
            horizon: 1,
            measure: Measure::EhcPlans,
            band: None,
            predictive: Predictive::point(value, Some(actual)),
        }
    }

    #[test]
    fn errors_are_taken_relative_to_the_outcome() {
        let forecasts = [forecast(0, 110.0, 100.0), forecast(1, 180.0, 200.0)];
        let scores = scores(&forecasts, |_, _| Some(Size::Small));
        let total = scores
            .iter()
            .find(|(key, _)| key.origin.is_none() && key.size.is_none())
            .map(|(_, score)| score)
            .expect("a total");
        assert_eq!(total.n, 2);
        assert!((total.mape - 10.0).abs() < 1e-9);
        assert!(total.bias.abs() < 1e-9);
        assert!(total.relative_crps.is_none() && total.coverage.is_none());
        // The total, and rows for the origin, the size and both.
        assert_eq!(scores.len(), 4);
    }

    #[test]
    fn limits_of_a_share_are_those_of_clopper_and_pearson() {
        // 8 of 10: 44.4% to 97.5% (Clopper and Pearson's tables).
        let coverage = share(8, 10);
        assert!((coverage.low - 44.39).abs() < 0.02, "{coverage:?}");
        assert!((coverage.high - 97.48).abs() < 0.02, "{coverage:?}");
        assert!(share(0, 5).low.abs() < 1e-12 && (share(5, 5).high - 100.0).abs() < 1e-12);
    }
}
