//! In which weeks a service has time or money.

use crate::domain::{DAYS_PER_WEEK, DAYS_PER_YEAR, Date, WEEKS_PER_YEAR};

/// When time or money is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WorkingWeeks {
    /// Staff work all year round.
    Every,
    /// Staff work in term: not in the thirteen weeks of school holidays.
    InTerm,
    /// Money is released on the first of each month; what is left at the end of March is lost.
    Monthly,
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
const MONTHS: f64 = 12.0;
const DAYS: i32 = DAYS_PER_WEEK as i32;

impl WorkingWeeks {
    /// Time or money of the week from a day on, against the mean of a year.
    pub(super) fn level(self, first: Date) -> f64 {
        let days = (0..DAYS).map(|day| first.plus_days(day));
        match self {
            Self::Every => 1.0,
            Self::InTerm => {
                let in_term = days.filter(|day| !is_holiday(*day)).count() as f64;
                in_term / DAYS_PER_WEEK * DAYS_PER_YEAR / (DAYS_PER_YEAR - HOLIDAY_DAYS)
            }
            Self::Monthly => {
                let releases = days.filter(|day| day.day() == 1).count() as f64;
                releases * WEEKS_PER_YEAR / MONTHS
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

/// The 1 April on or before a day, since a base date.
pub(super) fn financial_year_of(day: f64, base: Date) -> f64 {
    let date = base.plus_days(day.floor() as i32);
    let year = if date.month() < 4 {
        date.year() - 1
    } else {
        date.year()
    };
    Date::new(year, 4, 1).map_or(0.0, |april| f64::from(april.days_since(base)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weeks_of_ten_years_have_a_mean_of_one() {
        let base = Date::january(2025);
        for weeks in [
            WorkingWeeks::Every,
            WorkingWeeks::InTerm,
            WorkingWeeks::Monthly,
        ] {
            let levels = (0..522).map(|week| weeks.level(base.plus_days(7 * week)));
            let mean = levels.sum::<f64>() / 522.0;
            assert!((mean - 1.0).abs() < 0.01, "{weeks:?}: {mean}");
        }
    }

    #[test]
    fn nobody_works_in_august_and_money_comes_once_a_month() {
        let august = Date::new(2026, 8, 3).expect("a day");
        assert!(WorkingWeeks::InTerm.level(august).abs() < 1e-9);
        let june = Date::new(2026, 6, 8).expect("a day");
        assert!(WorkingWeeks::InTerm.level(june) > 1.3);
        assert!(WorkingWeeks::Monthly.level(june).abs() < 1e-9);
        let july = Date::new(2026, 6, 29).expect("a day");
        assert!((WorkingWeeks::Monthly.level(july) - WEEKS_PER_YEAR / 12.0).abs() < 1e-9);
    }

    #[test]
    fn a_financial_year_starts_in_april() {
        let base = Date::january(2025);
        let day = |year, month, day| Date::new(year, month, day).expect("a day").days_since(base);
        assert!(
            (financial_year_of(f64::from(day(2026, 3, 31)), base) - f64::from(day(2025, 4, 1)))
                .abs()
                < 1e-9
        );
        assert!(
            (financial_year_of(f64::from(day(2026, 4, 1)) + 0.5, base)
                - f64::from(day(2026, 4, 1)))
            .abs()
                < 1e-9
        );
        assert!(financial_year_of(0.0, base) < 0.0);
    }
}
