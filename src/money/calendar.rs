//! Financial years within a horizon.

use crate::domain::{Date, time_period};

/// The financial years, 1 April to 31 March, that lie whole within a horizon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FinancialYears {
    base_year: i32,
    number: usize,
}

impl FinancialYears {
    /// Those of a horizon of some years from 1 January of a base year: one fewer than its years.
    pub const fn within(base_year: i32, horizon: usize) -> Self {
        Self {
            base_year,
            number: horizon.saturating_sub(1),
        }
    }

    /// How many there are.
    pub const fn number(self) -> usize {
        self.number
    }

    /// Calendar year in which one starts.
    pub const fn starts(self, year: usize) -> i32 {
        self.base_year + year as i32
    }

    /// Its first day.
    pub fn first_day(self, year: usize) -> Date {
        Date::new(self.starts(year), 4, 1).unwrap_or(Date::january(self.starts(year)))
    }

    /// Its first day and the day after its last, counted from the base date.
    pub fn days(self, year: usize) -> [f64; 2] {
        let base = Date::january(self.base_year);
        [year, year + 1].map(|year| f64::from(self.first_day(year).days_since(base)))
    }

    /// Days, counted from the base date, in the middle of its quarters.
    pub fn quarters(self, year: usize) -> [f64; 4] {
        let [start, end] = self.days(year);
        [1.0, 3.0, 5.0, 7.0].map(|eighth| (start + (end - start) * eighth / 8.0).floor())
    }

    /// The financial year that holds a day counted from the base date; before the first it is below 0.
    pub fn holding(self, day: f64) -> i32 {
        let date = Date::january(self.base_year).plus_days(day as i32);
        let before_april = i32::from(date.month() < 4);
        date.year() - before_april - self.base_year
    }

    /// Its name in results: `202526`.
    pub fn name(self, year: usize) -> String {
        time_period(self.starts(year))
    }
}
