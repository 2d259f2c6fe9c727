//! What is published of annual reviews by age.

use crate::area::{AreaPack, Breakdown, HistoryRow};
use crate::domain::AGES;

/// Reviews that count for the share of one age: less of an age is filled up from all ages.
const POOLING: f64 = 20.0;

/// Reviews of the newest year by academic age.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Reviews {
    /// Reviews held, of those due, at all ages.
    pub(super) held_share: f64,
    /// Plans, reviews due, reviews held; 20 stands for 20 and over.
    by_age: [[f64; 3]; AGES],
    all: [f64; 3],
}

impl Reviews {
    /// Those of a pack; `None` where they are not published by age.
    pub(super) fn of(pack: &AreaPack) -> Option<Self> {
        let rows = &pack.annual_reviews;
        let year = rows.iter().map(|row| row.year).max()?;
        let measures = ["plans", "reviews_expected", "review_meetings"];
        let of = |breakdown: Breakdown| -> Option<[f64; 3]> {
            let value = |measure: &str| HistoryRow::value_of(rows, measure, year, breakdown);
            let [plans, due, held] = measures.map(value);
            Some([plans?, due?, held?])
        };
        let all = of(Breakdown::Total)?;
        let mut by_age = [[0.0; 3]; AGES];
        let mut any = false;
        for (age, counts) in by_age.iter_mut().enumerate() {
            if let Some(published) = of(Breakdown::Age(age as u8)) {
                *counts = published;
                any = true;
            }
        }
        let is_usable = any && all.iter().all(|count| *count > 0.0);
        is_usable.then_some(Self {
            held_share: all[2] / all[1],
            by_age,
            all,
        })
    }

    const fn at(&self, age: u8) -> &[f64; 3] {
        let last = if age > LAST_SINGLE { LAST_SINGLE } else { age };
        &self.by_age[last as usize]
    }

    /// Reviews due in a year per plan of an age: plans of less than a year have none.
    pub(super) fn due_per_plan(&self, age: u8) -> f64 {
        let [plans, due, _] = self.at(age);
        let [all, all_due, _] = self.all;
        (due + POOLING * all_due / all) / (plans + POOLING)
    }

    /// Share of the reviews due at an age that are held.
    pub(super) fn held_of(&self, age: u8) -> f64 {
        let [_, due, held] = self.at(age);
        (held + POOLING * self.held_share) / (due + POOLING)
    }
}

/// Last age published by itself: older ones stand with it.
const LAST_SINGLE: u8 = 20;
