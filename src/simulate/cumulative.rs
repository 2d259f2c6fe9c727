//! Integrated rates, and the moment at which they reach a given amount.

use super::timeline::{Moment, Timeline};

/// Integrated rates of many rows (cohort, sex, need …) over the segments of a timeline.
///
/// An event of a process with rate `h(t)` falls where its integral since the start reaches a unit
/// exponential: P(T > t) = exp(-H(t)). Changing the rate of one row moves the events of that row
/// and no others.
#[derive(Debug, Clone)]
pub struct Cumulative {
    width: usize,
    values: Vec<f64>,
    /// The last value of every row, close together: most look-ups need no other.
    totals: Vec<f64>,
}

impl Cumulative {
    /// Builds rows from the integral of each segment, `amount(row, segment)`.
    pub fn build(rows: usize, timeline: &Timeline, amount: impl Fn(usize, usize) -> f64) -> Self {
        let width = timeline.segments().len() + 1;
        let mut values = Vec::with_capacity(rows * width);
        let mut totals = Vec::with_capacity(rows);
        for row in 0..rows {
            let mut sum = 0.0;
            values.push(sum);
            for segment in 0..width - 1 {
                sum += amount(row, segment);
                values.push(sum);
            }
            totals.push(sum);
        }
        Self {
            width,
            values,
            totals,
        }
    }

    /// Integral up to the end of the horizon.
    #[inline]
    pub fn total(&self, row: usize) -> f64 {
        self.totals[row]
    }

    /// Integral from the base date to a moment.
    #[inline]
    pub fn until(&self, row: usize, moment: Moment) -> f64 {
        let at = row * self.width + moment.segment;
        self.values[at] + moment.share * (self.values[at + 1] - self.values[at])
    }

    /// Day on which the integral since the base date reaches `target`; `None` within the horizon
    /// never.
    #[inline]
    pub fn crossing(&self, row: usize, target: f64, timeline: &Timeline) -> Option<f64> {
        let row = &self.values[row * self.width..(row + 1) * self.width];
        if target >= row[self.width - 1] {
            return None;
        }
        // A search by halves is slower: where it goes cannot be foretold, and rows are short.
        let reached = row.iter().map(|&value| usize::from(value <= target));
        let k = reached.sum::<usize>().saturating_sub(1);
        let segment = &timeline.segments()[k];
        let share = ((target - row[k]) / (row[k + 1] - row[k])).clamp(0.0, 1.0);
        Some(segment.start + share * (segment.end - segment.start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_crossing_undoes_the_integral() {
        let timeline = Timeline::new(2025, 3, &[]);
        let rates = [0.2, 0.0, 0.7];
        let cumulative = Cumulative::build(1, &timeline, |_, k| rates[k]);
        for target in [0.01, 0.19, 0.2, 0.5, 0.89] {
            let day = cumulative
                .crossing(0, target, &timeline)
                .expect("within the horizon");
            assert!((cumulative.until(0, timeline.moment(day)) - target).abs() < 1e-12);
        }
        // Worked: 0.55 is half way through 2027 (0.2 + 0.35), which starts on day 730.
        let day = cumulative
            .crossing(0, 0.55, &timeline)
            .expect("within the horizon");
        assert!((day - (730.0 + 182.5)).abs() < 1e-9);
        assert!(cumulative.crossing(0, 0.9, &timeline).is_none());
    }
}
