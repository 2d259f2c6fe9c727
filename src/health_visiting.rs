//! Health visiting in a simulated future: health visitors in post, and the five contacts that every
//! child is to have, from before birth to the review at two.
//!
//! In: children under five of the future, stated numbers. Out: visits and reviews by calendar year.
//! Deliberately not here: the children whom reviews find (`simulate/health_visiting.rs`).
//! A new contact is a path of its coverage and its two rows.

use crate::domain::{AgeGroup, Date};
use crate::simulate::health_visiting::{
    BROUGHT_FORWARD, CHILDREN_PER_POST, COVERAGE, TwoYearReviews,
};
use crate::simulate::{Companion, Future};
use crate::summarise::{Axis, Cell, Counted};

/// Contacts before the review of two-year-olds, by path of their coverage.
const EARLIER: [&str; 4] = [
    "health-visiting.antenatal-coverage",
    "health-visiting.new-birth-coverage",
    "health-visiting.six-week-coverage",
    "health-visiting.one-year-coverage",
];
/// Children of one year of age among those under five.
const OF_UNDER_FIVE: f64 = 5.0;
const MONTHS: usize = 12;

/// Indicators of a calendar year, in the order of their values.
const INDICATORS: [(&str, &str); 11] = [
    ("health_visitors", "posts"),
    ("antenatal_contacts", "children"),
    ("antenatal_contact_share", "percent"),
    ("new_birth_visits", "children"),
    ("new_birth_visit_share", "percent"),
    ("six_week_reviews", "children"),
    ("six_week_review_share", "percent"),
    ("one_year_reviews", "children"),
    ("one_year_review_share", "percent"),
    ("two_year_reviews", "children"),
    ("two_year_review_share", "percent"),
];

/// Health visiting over a horizon.
#[derive(Debug, Clone, Copy)]
pub struct HealthVisiting {
    base_year: i32,
    years: usize,
}

impl HealthVisiting {
    /// Health visiting over a horizon.
    pub const fn new(base_year: i32, years: usize) -> Self {
        Self { base_year, years }
    }

    /// The mean of a number over the months of a year of the horizon.
    fn mean(future: &Future<'_>, year: usize, of: impl Fn(f64) -> f64) -> f64 {
        let [start, end] = [year, year + 1].map(|year| future.timeline.january(year));
        let month = |month: usize| start + (month as f64 + 0.5) / MONTHS as f64 * (end - start);
        (0..MONTHS).map(|at| of(month(at))).sum::<f64>() / MONTHS as f64
    }
}

impl Companion for HealthVisiting {
    fn cells(&self) -> Vec<Cell> {
        Cell::totals_by_year(INDICATORS, self.base_year, self.years)
    }

    fn measure(&self, future: &Future<'_>) -> Vec<f64> {
        let base = Date::january(self.base_year);
        let number = |path: &str| future.number(path, base);
        let earlier = EARLIER.map(|path| (path, number(path)));
        let under_five = |january: usize| {
            let ages = future
                .layout
                .cross(Counted::Population, january, &[Axis::AgeGroup]);
            ages.map_or(0.0, |start| {
                f64::from(future.counts[start + AgeGroup::Under5.index()])
            })
        };
        let reviews = TwoYearReviews {
            coverage: number(COVERAGE),
            under_five: under_five(0),
            children_per_post: number(CHILDREN_PER_POST),
            brought_forward: number(BROUGHT_FORWARD),
        };
        let (effects, timeline) = (future.effects, future.timeline);
        let mut values = Vec::with_capacity(INDICATORS.len() * self.years);
        for year in 0..self.years {
            let posts = |day| reviews.posts_on(effects, timeline, day);
            let mean_posts = Self::mean(future, year, posts);
            let reviewed = Self::mean(future, year, |day| {
                reviews.coverage_on(effects, timeline, day)
            });
            let earlier = earlier.map(|coverage| {
                Self::mean(future, year, |day| {
                    reviews.reached(coverage, effects, timeline, day)
                })
            });
            let children = f64::midpoint(under_five(year), under_five(year + 1)) / OF_UNDER_FIVE;
            values.push(mean_posts);
            for share in earlier.into_iter().chain([reviewed]) {
                values.extend([(share * children).round(), 100.0 * share]);
            }
        }
        values
    }
}
