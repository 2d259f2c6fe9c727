//! Annual reviews that prepare for adulthood: from Year 9 on, every review of a plan must.
//!
//! In: the plans of a future by age, the area's published reviews by age, what a scenario makes of
//! reviews. Out: reviews due and held in each calendar year, by age.
//! Deliberately not here: what missed reviews do to plans (`ehc_process/`), the assessment for adult
//! social care (`services/`), the routes after 16 (`arrangements/`).

mod published;

use crate::area::AreaPack;
use crate::domain::AGES;
use crate::ehc_process::{MOST_HELD, REVIEWS};
use crate::simulate::{Companion, Future, age_of};
use crate::summarise::Cell;
use published::Reviews;

const DUE: (&str, &str) = ("transition_reviews_due", "reviews");
const HELD: (&str, &str) = ("transition_reviews_held", "reviews");
const SHARE: (&str, &str) = ("transition_reviews_held_percent", "percent");

/// Bands of academic age on 1 January, from Year 9 on: the first age of each, and its label.
const BANDS: [(u8, &str); 3] = [(13, "13 to 15"), (16, "16 to 19"), (20, "20 to 25")];

/// Parts of a year on which a scenario's change is looked at.
const LOOKS: usize = 4;

/// Preparation for adulthood in an area.
#[derive(Debug, Clone, PartialEq)]
pub struct Adulthood {
    base_year: i32,
    years: usize,
    reviews: Reviews,
}

impl Adulthood {
    /// That of a pack over a horizon; `None` where reviews by age are not published.
    pub fn of(pack: &AreaPack, base_year: i32, years: usize) -> Option<Self> {
        Some(Self {
            base_year,
            years,
            reviews: Reviews::of(pack)?,
        })
    }

    /// How many reviews are held in a year against those published, as the draw and the scenario have
    /// it.
    fn level(&self, future: &Future<'_>, year: usize) -> f64 {
        let process = future.record.process.as_ref();
        let drawn = process.map_or(1.0, |process| {
            process.reviews.held_share / self.reviews.held_share
        });
        let (start, end) = (
            future.timeline.january(year),
            future.timeline.january(year + 1),
        );
        let step = (end - start) / LOOKS as f64;
        let days = (0..LOOKS).map(|look| start + (look as f64 + 0.5) * step);
        let stated: f64 = days.map(|day| future.stated(REVIEWS, day, 1.0)).sum();
        drawn * stated / LOOKS as f64
    }
}

fn band(age: u8) -> Option<usize> {
    BANDS.iter().rposition(|(first, _)| age >= *first)
}

/// Reviews due in each year by academic age, from Year 9 on: they follow the plans on its 1 January.
fn reviews_due(future: &Future<'_>, reviews: &Reviews, years: usize) -> Vec<Vec<(u8, f64)>> {
    let mut plans = vec![[0_i32; AGES]; years];
    for change in &future.record.plans {
        for (year, plans) in plans.iter_mut().enumerate().rev() {
            if f64::from(change.day) > future.timeline.january(year) {
                break;
            }
            if let Some(age) = age_of(usize::from(change.cohort), year) {
                plans[usize::from(age)] += i32::from(change.by);
            }
        }
    }
    let of_year = |plans: &[i32; AGES]| {
        let ages = BANDS[0].0..AGES as u8;
        ages.map(|age| {
            let plans = f64::from(plans[usize::from(age)]);
            (age, plans * reviews.due_per_plan(age))
        })
        .collect()
    };
    plans.iter().map(of_year).collect()
}

impl Companion for Adulthood {
    fn cells(&self) -> Vec<Cell> {
        let of_year = |year: usize| {
            let when = (self.base_year + year as i32).to_string();
            [DUE, HELD, SHARE].into_iter().flat_map(move |indicator| {
                let total = Cell::total(indicator, (when.clone(), "Calendar year"), "residence");
                let bands = BANDS.map(|(_, label)| Cell {
                    age_group: label,
                    ..total.clone()
                });
                std::iter::once(total).chain(bands)
            })
        };
        (0..self.years).flat_map(of_year).collect()
    }

    fn measure(&self, future: &Future<'_>) -> Vec<f64> {
        let due = reviews_due(future, &self.reviews, self.years);
        let mut values = Vec::new();
        for (year, due) in due.iter().enumerate() {
            let level = self.level(future, year);
            let mut sums = [[0.0; BANDS.len()]; 2];
            for &(age, due) in due {
                let Some(band) = band(age) else { continue };
                let usual = self.reviews.held_of(age);
                sums[0][band] += due;
                sums[1][band] += due * (usual * level).min(MOST_HELD.max(usual));
            }
            let with_total = |of: &[f64; BANDS.len()]| {
                std::iter::once(of.iter().sum())
                    .chain(*of)
                    .collect::<Vec<f64>>()
            };
            let [due, held] = sums.each_ref().map(with_total);
            let share = held.iter().zip(&due).map(|(held, due)| 100.0 * held / due);
            let share: Vec<f64> = share.collect();
            values.extend([due, held, share].into_iter().flatten());
        }
        values
    }
}
