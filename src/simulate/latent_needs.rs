//! The need that a child without SEN would be identified with.

use super::rates::Rates;
use crate::domain::{AGES, PrimaryNeed, Sex};

const NEEDS: usize = PrimaryNeed::COUNT;
/// Steps of the uniform number at which a search starts.
const STEPS: usize = 64;

/// Running sums of the shares of latent needs by age and sex, and where to start looking in them.
#[derive(Debug)]
pub(super) struct LatentNeeds {
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    cumulated: [f64; NEEDS],
    /// The need at the start of each step.
    first: [u8; STEPS],
}

impl LatentNeeds {
    pub(super) fn of(rates: &Rates) -> Self {
        let rows = (0..AGES as u8).flat_map(|age| Sex::ALL.map(|sex| (age, sex)));
        let row = |(age, sex)| Row::of(rates.latent_shares(age, sex));
        Self {
            rows: rows.map(row).collect(),
        }
    }

    /// The need at a uniform number: the first whose running sum is above it.
    #[inline]
    pub(super) fn at(&self, sex: Sex, age: u8, u: f64) -> PrimaryNeed {
        let row = &self.rows[usize::from(age) * Sex::COUNT + sex.index()];
        PrimaryNeed::ALL
            .get(row.at(u))
            .copied()
            .unwrap_or(PrimaryNeed::Oth)
    }
}

impl Row {
    fn of(shares: [f64; NEEDS]) -> Self {
        let mut sum = 0.0;
        let cumulated = shares.map(|share| {
            sum += share;
            sum
        });
        let start = |step: usize| {
            let u = step as f64 / STEPS as f64;
            cumulated.partition_point(|&cumulated| cumulated <= u) as u8
        };
        Self {
            cumulated,
            first: std::array::from_fn(start),
        }
    }

    #[inline]
    fn at(&self, u: f64) -> usize {
        let mut need = usize::from(self.first[(u * STEPS as f64) as usize]);
        while need < NEEDS && self.cumulated[need] <= u {
            need += 1;
        }
        need
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_uniform_number_finds_the_need_of_a_plain_search() {
        let mut shares = [0.0; NEEDS];
        for (need, share) in shares.iter_mut().enumerate() {
            *share = if need % 3 == 0 { 0.0 } else { need as f64 };
        }
        let all: f64 = shares.iter().sum();
        let row = Row::of(shares.map(|share| share / all));
        for k in 0..10_000 {
            let u = (f64::from(k) + 0.5) / 10_000.0;
            let plain = row.cumulated.iter().position(|&sum| sum > u);
            assert_eq!(row.at(u), plain.unwrap_or(NEEDS), "at {u}");
        }
    }
}
