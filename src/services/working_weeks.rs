//! In which weeks a service has time.

use crate::domain::{DAYS_PER_WEEK, DAYS_PER_YEAR, Date};

/// When staff work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WorkingWeeks {
    /// Staff work all year round.
    Every,
    /// Staff work in term: not in the thirteen weeks of school holidays.
    InTerm,
}

/// School holidays, first and last month and day; Easter where it mostly falls.
const HOLIDAYS: [[(u8, u8); 2]; 7] = [
    [(1, 1), (1, 3)],
    [(2, 14), (2, 20)],
    [(4, 4), (4, 17)],
    [(5, 25), (5, 31)],
    [(7, 23), (9, 2)],
    [(10, 25), (10, 31)],
    [(12, 21), (12, 31)],
];
/// Days of those holidays in a year.
const HOLIDAY_DAYS: f64 = 91.0;
const DAYS: i32 = DAYS_PER_WEEK as i32;

impl WorkingWeeks {
    /// Time of the week from a day on, against the mean of a year.
    pub(super) fn level(self, first: Date) -> f64 {
        let days = (0..DAYS).map(|day| first.plus_days(day));
        match self {
            Self::Every => 1.0,
            Self::InTerm => {
                let in_term = days.filter(|day| !is_holiday(*day)).count() as f64;
                in_term / DAYS_PER_WEEK * DAYS_PER_YEAR / (DAYS_PER_YEAR - HOLIDAY_DAYS)
            }
        }
    }
}

fn is_holiday(day: Date) -> bool {
    let day = (day.month(), day.day());
    HOLIDAYS
        .iter()
        .any(|[first, last]| (*first..=*last).contains(&day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weeks_of_ten_years_have_a_mean_of_one() {
        let base = Date::january(2025);
        for weeks in [WorkingWeeks::Every, WorkingWeeks::InTerm] {
            let levels = (0..522).map(|week| weeks.level(base.plus_days(7 * week)));
            let mean = levels.sum::<f64>() / 522.0;
            assert!((mean - 1.0).abs() < 0.01, "{weeks:?}: {mean}");
        }
    }

    #[test]
    fn nobody_works_in_august() {
        let august = Date::new(2026, 8, 3).expect("a day");
        assert!(WorkingWeeks::InTerm.level(august).abs() < 1e-9);
        let june = Date::new(2026, 6, 8).expect("a day");
        assert!(WorkingWeeks::InTerm.level(june) > 1.3);
    }
}
