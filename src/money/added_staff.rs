//! Staff whom a scenario adds to the plan process: posts at their whole pay, locums by the day.

use super::prices::YearPrices;
use crate::domain::DAYS_PER_YEAR;
use crate::ehc_process::Team;
use crate::simulate::Future;

/// Price of a locum's day by team.
pub(super) const LOCUM_DAYS: [&str; Team::COUNT] =
    ["money.locums.psychologist-day", "money.locums.officer-day"];
/// Days a year that a locum is paid for.
pub(super) const DAYS_A_YEAR: &str = "money.locums.days-per-year";

/// What the staff whom a scenario adds cost in some days of a financial year, by team [pounds].
pub(super) fn added_staff(
    price: &YearPrices,
    (start, end): (f64, f64),
    future: &Future<'_>,
) -> [f64; Team::COUNT] {
    if !future.effects.change_stated() {
        return [0.0; Team::COUNT];
    }
    let days = || (start as i32..end as i32).map(f64::from);
    Team::ALL.map(|team| {
        // Posts are weighted by the part of a year that they are there, day by day.
        let posts: f64 = days()
            .map(|day| future.stated(team.added(), day, 0.0))
            .sum();
        let posts = posts / (end - start) * price.added_posts[team.index()];
        let locums = days().map(|day| {
            let number = future.stated(team.locums(), day, 0.0);
            let usual = price.locum_days[team.index()];
            number * future.stated(LOCUM_DAYS[team.index()], day, usual)
        });
        let worked = price.locum_days_a_year / DAYS_PER_YEAR;
        posts + locums.sum::<f64>() * worked * price.earnings
    })
}
