//! Numbers to positions.

/// A linear scale with round ticks.
#[derive(Debug, Clone)]
pub(super) struct Scale {
    low: f64,
    high: f64,
    from: f64,
    to: f64,
    step: f64,
}

impl Scale {
    /// A scale that holds every value, with its ends on round numbers, drawn from `from` to `to`.
    pub(super) fn round(
        values: impl IntoIterator<Item = f64>,
        (from, to): (f64, f64),
        ticks: usize,
    ) -> Self {
        let (low, high) = values
            .into_iter()
            .filter(|value| value.is_finite())
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
                (low.min(value), high.max(value))
            });
        let (low, high) = if low < high { (low, high) } else { (0.0, 1.0) };
        let step = round_step((high - low) / ticks as f64);
        Self {
            low: (low / step).floor() * step,
            high: (high / step).ceil() * step,
            from,
            to,
            step,
        }
    }

    /// Position of a value.
    pub(super) fn at(&self, value: f64) -> f64 {
        self.from + (value - self.low) / (self.high - self.low) * (self.to - self.from)
    }

    /// Round values to mark.
    pub(super) fn ticks(&self) -> impl Iterator<Item = f64> {
        let count = ((self.high - self.low) / self.step).round() as u32;
        let (low, step) = (self.low, self.step);
        (0..=count).map(move |tick| low + f64::from(tick) * step)
    }
}

/// The least of 1, 2, 5, 10, … (or 0.1, 0.2, …) that is at least `width`.
fn round_step(width: f64) -> f64 {
    let power = 10_f64.powi(width.log10().floor() as i32);
    [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|factor| factor * power)
        .find(|step| *step >= width * 0.999_999)
        .unwrap_or(10.0 * power)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_hold_every_value() {
        let scale = Scale::round([0.0, 5_726.0], (300.0, 0.0), 5);
        let ticks: Vec<f64> = scale.ticks().collect();
        assert_eq!(format!("{ticks:?}"), "[0.0, 2000.0, 4000.0, 6000.0]");
        assert!((scale.at(0.0) - 300.0).abs() < 1e-9);
        assert!((scale.at(6000.0)).abs() < 1e-9);
    }

    #[test]
    fn a_scale_without_values_still_draws() {
        let scale = Scale::round([], (0.0, 10.0), 5);
        assert!(scale.at(0.5).is_finite());
    }
}
