//! Young people who receive social care as adults after their assessment.

use super::course::List;
use crate::domain::{DAYS_PER_WEEK, Date};
use crate::simulate::Future;

/// Service whose first appointment is the assessment.
pub(super) const ASSESSMENT: &str = "adult-care-assessment";
/// In time, and after the 18th birthday.
pub(super) const WHEN: [&str; 2] = ["Assessed before the 18th birthday", "Assessed after it"];
pub(super) const INDICATOR: (&str, &str) = ("moves_to_adult_care", "young people");

const SHARE: &str = "adulthood.care-share";

/// Moves of each calendar year from the first on: assessed within so many weeks, and later.
pub(super) fn moves(
    future: &Future<'_>,
    base: Date,
    lists: &[List],
    standard_weeks: f64,
    years: std::ops::Range<usize>,
) -> Vec<[f64; 2]> {
    let share = future.number_at_base(SHARE, base);
    let of_year = |year: usize| {
        let (start, end) = (
            future.timeline.january(year),
            future.timeline.january(year + 1),
        );
        let mut moves = [0.0; 2];
        for visit in lists.iter().flat_map(|list| &list.visits) {
            let left = f64::from(visit.left);
            if visit.withdrew || !(start..end).contains(&left) {
                continue;
            }
            let waited = left - f64::from(visit.referred);
            let is_late = waited > standard_weeks * DAYS_PER_WEEK;
            moves[usize::from(is_late)] += share;
        }
        moves
    };
    years.map(of_year).collect()
}
