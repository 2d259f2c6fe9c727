//! Positive amounts that vary: lengths of work, costs.

use rand_distr::{Distribution, Gamma};

use crate::random::{Stream, exponential};

/// A positive amount with a mean and a coefficient of variation: constant (0), exponential (1),
/// otherwise gamma.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Amount {
    mean: f64,
    cv: f64,
    shape: Shape,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Shape {
    Constant,
    Exponential,
    Gamma(Gamma<f64>),
}

impl Amount {
    /// An amount; `None` when the mean or the coefficient of variation is negative or not finite,
    /// or so large or small that a gamma variable cannot be drawn.
    #[expect(clippy::float_cmp, reason = "0 and 1 are written, not computed")]
    pub fn new(mean: f64, cv: f64) -> Option<Self> {
        let is_valid = |x: f64| x.is_finite() && x >= 0.0;
        if !is_valid(mean) || !is_valid(cv) {
            return None;
        }
        let shape = if cv == 0.0 || mean == 0.0 {
            Shape::Constant
        } else if cv == 1.0 {
            Shape::Exponential
        } else {
            Shape::Gamma(Gamma::new(1.0 / (cv * cv), mean * cv * cv).ok()?)
        };
        Some(Self { mean, cv, shape })
    }

    /// Always the same.
    ///
    /// # Panics
    /// When the amount is negative or not finite.
    pub fn constant(mean: f64) -> Self {
        Self::new(mean, 0.0).expect("a constant amount is finite and not negative")
    }

    /// Exponential.
    ///
    /// # Panics
    /// When the mean is negative or not finite.
    pub fn exponential(mean: f64) -> Self {
        Self::new(mean, 1.0).expect("an exponential amount has a finite mean, not negative")
    }

    /// Mean.
    pub const fn mean(&self) -> f64 {
        self.mean
    }

    /// Standard deviation over mean.
    pub const fn cv(&self) -> f64 {
        self.cv
    }

    /// A draw: from the word alone unless gamma, which takes a stream.
    #[inline]
    pub(super) fn draw(&self, word: u32, stream: impl FnOnce() -> Stream) -> f64 {
        match &self.shape {
            Shape::Constant => self.mean,
            Shape::Exponential => self.mean * exponential(word),
            Shape::Gamma(gamma) => gamma.sample(&mut stream()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Luck, Process};

    #[test]
    fn draws_have_the_mean_and_the_variation_asked_for() {
        let luck = Luck::new(5, 0);
        for cv in [0.0, 0.3, 1.0, 2.0] {
            let amount = Amount::new(3.0, cv).expect("valid");
            let n = 40_000;
            let draws: Vec<f64> = (0..n)
                .map(|i| {
                    let word = luck.words(i, Process::Visit, 0)[0];
                    amount.draw(word, || luck.stream(i, Process::VisitAmount, 0))
                })
                .collect();
            let n = f64::from(n);
            let mean = draws.iter().sum::<f64>() / n;
            let variance = draws.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / n;
            assert!(
                (mean - 3.0).abs() <= 4.0 * 3.0 * cv / n.sqrt() + 1e-12,
                "{cv}"
            );
            // Excess kurtosis of a gamma variable is 6 cv².
            let relative = ((2.0 + 6.0 * cv * cv) / n).sqrt();
            assert!((variance - 9.0 * cv * cv).abs() <= 4.0 * 9.0 * cv * cv * relative + 1e-12);
        }
    }

    #[test]
    fn what_is_not_an_amount_is_refused() {
        for (mean, cv) in [
            (-1.0, 0.0),
            (f64::NAN, 1.0),
            (1.0, -0.5),
            (1.0, f64::INFINITY),
        ] {
            assert_eq!(Amount::new(mean, cv), None);
        }
    }
}
