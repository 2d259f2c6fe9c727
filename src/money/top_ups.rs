//! What a plan is paid for its place and by its band, year by year.

use super::bands::{BANDS, Bands};
use super::prices::{Draws, Levels};
use crate::domain::SpendLine;

/// Lines that are paid by band.
const LINES: usize = SpendLine::BANDED;

/// Part of the yearly rise that each band's top-up is given.
const UPLIFT: [&str; BANDS] = [
    "money.top-up.uplift.band-1",
    "money.top-up.uplift.band-2",
    "money.top-up.uplift.band-3",
    "money.top-up.uplift.band-4",
    "money.top-up.uplift.band-5",
];

/// Top-up of each band against its usual one.
const LEVEL: [&str; BANDS] = [
    "money.top-up.level.band-1",
    "money.top-up.level.band-2",
    "money.top-up.level.band-3",
    "money.top-up.level.band-4",
    "money.top-up.level.band-5",
];

/// What the block pays for a plan of a line in a financial year, cash.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Banded {
    /// For the place [pounds per plan-year].
    pub(super) place: f64,
    /// On top of it, by band [pounds per plan-year].
    pub(super) top_up: [f64; BANDS],
}

impl Banded {
    /// Place funding of plan-years by band.
    pub(super) fn places(&self, plan_years: &[f64; BANDS]) -> f64 {
        self.place * plan_years.iter().sum::<f64>()
    }

    /// Top-up of plan-years in a band.
    pub(super) fn top_up(&self, plan_years: &[f64; BANDS], band: usize) -> f64 {
        self.top_up[band] * plan_years[band]
    }

    /// Both together.
    pub(super) fn cost(&self, plan_years: &[f64; BANDS]) -> f64 {
        let top_ups = (0..BANDS).map(|band| self.top_up(plan_years, band));
        self.places(plan_years) + top_ups.sum::<f64>()
    }
}

/// Prices of every financial year by line. Place funding is fixed in cash and the top-up is the rest
/// of the line's price, so that it takes the whole rise. What a scenario adds to place funding after
/// the base date comes on top.
pub(super) fn by_year(
    draws: &Draws<'_>,
    placements: &[[f64; SpendLine::PLACEMENTS]],
    levels: &[Levels],
    bands: &Bands,
) -> Vec<[Banded; LINES]> {
    let mut factors = [[1.0; BANDS]; LINES];
    let lines: [SpendLine; LINES] = std::array::from_fn(|line| SpendLine::ALL[line]);
    let relative = lines.map(|line| bands.against_mean(draws.future.record, line));
    let of_year = |year: usize| {
        let uplift = UPLIFT.map(|path| draws.on(path, year));
        let level = LEVEL.map(|path| draws.on(path, year));
        let before = levels[year.saturating_sub(1)].schools / levels[year].schools;
        std::array::from_fn(|line| {
            let [stated, place] = place_funding(draws, lines[line], year);
            let price = placements[year][line];
            let in_price = stated.min(price);
            let mean = price - in_price;
            let rise = rise(mean, price * before - in_price);
            let top_up = std::array::from_fn(|band| {
                let factor = &mut factors[line][band];
                *factor *= (1.0 + uplift[band] * rise) / (1.0 + rise);
                mean * relative[line][band] * *factor * level[band]
            });
            Banded {
                place: (in_price + place - stated).max(0.0),
                top_up,
            }
        })
    };
    (0..levels.len()).map(of_year).collect()
}

/// Rise of a top-up on that of the year before; none where there was none.
fn rise(top_up: f64, before: f64) -> f64 {
    if before > 0.0 && top_up > 0.0 {
        top_up / before - 1.0
    } else {
        0.0
    }
}

/// Place funding of a line as stated on the base date, and as it is in a year [pounds per plan-year].
fn place_funding(draws: &Draws<'_>, line: SpendLine, year: usize) -> [f64; 2] {
    let path = match line {
        SpendLine::StateSpecial => "money.place-funding.special",
        SpendLine::Base => "money.place-funding.base",
        // The first £6,000 of support in a mainstream school is its own.
        _ => return [0.0; 2],
    };
    [draws.at_base(path), draws.on(path, year)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rise_is_that_of_the_rest_of_the_price() {
        // £26,000 that rose by 4% from £25,000: the top-up of £16,000 was £15,000.
        assert!((rise(16_000.0, 15_000.0) - 1.0 / 15.0).abs() < 1e-12);
        assert!(rise(0.0, 0.0).abs() < 1e-12 && rise(5.0, -1.0).abs() < 1e-12);
    }
}
