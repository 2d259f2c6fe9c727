//! Calendar dates without clock times.

use std::fmt;
use std::str::FromStr;

/// Days of a week.
pub const DAYS_PER_WEEK: f64 = 7.0;
/// Days of a year, leap years included.
pub const DAYS_PER_YEAR: f64 = 365.25;
/// Weeks of a year.
pub const WEEKS_PER_YEAR: f64 = 52.18;

/// The six-digit time period of an academic or financial year by the calendar year in which it
/// starts: `202526` for 2025.
pub fn time_period(starts: i32) -> String {
    format!("{starts}{:02}", (starts + 1).rem_euclid(100))
}

/// A day of the Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: i32,
    month: u8,
    day: u8,
}

impl Date {
    /// A date; `None` when there is no such day.
    pub const fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        if month >= 1 && month <= 12 && day >= 1 && day <= days_in_month(year, month) {
            Some(Self { year, month, day })
        } else {
            None
        }
    }

    /// 1 January of a year, the day of the census snapshot.
    pub const fn january(year: i32) -> Self {
        Self {
            year,
            month: 1,
            day: 1,
        }
    }

    /// 1 September of a year, the start of the academic year.
    pub const fn september(year: i32) -> Self {
        Self {
            year,
            month: 9,
            day: 1,
        }
    }

    /// Calendar year.
    pub const fn year(self) -> i32 {
        self.year
    }

    /// Month, 1 to 12.
    pub const fn month(self) -> u8 {
        self.month
    }

    /// Day of the month, 1 to 31.
    pub const fn day(self) -> u8 {
        self.day
    }

    /// Days since 1 January 1970 (civil calendar; Hinnant 2013, `days_from_civil`).
    pub const fn day_number(self) -> i32 {
        let year = if self.month <= 2 {
            self.year - 1
        } else {
            self.year
        };
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let month = (self.month as i32 + 9) % 12;
        let day_of_year = (153 * month + 2) / 5 + self.day as i32 - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        era * 146_097 + day_of_era - 719_468
    }

    /// Days from `other` to `self`.
    pub const fn days_since(self, other: Self) -> i32 {
        self.day_number() - other.day_number()
    }

    /// Days in this date's calendar year.
    pub const fn days_in_year(self) -> i32 {
        Self::january(self.year + 1).days_since(Self::january(self.year))
    }

    /// The date some days later (civil calendar; Hinnant 2013, `civil_from_days`).
    pub const fn plus_days(self, days: i32) -> Self {
        let shifted = self.day_number() + days + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month + 2) / 5 + 1;
        let month = if month < 10 { month + 3 } else { month - 9 };
        let year = era * 400 + year_of_era + if month <= 2 { 1 } else { 0 };
        Self {
            year,
            month: month as u8,
            day: day as u8,
        }
    }

    /// The same day some years later (29 February becomes 28 February).
    pub const fn plus_years(self, years: i32) -> Self {
        let year = self.year + years;
        let last = days_in_month(year, self.month);
        let day = if self.day > last { last } else { self.day };
        Self {
            year,
            month: self.month,
            day,
        }
    }
}

const fn days_in_month(year: i32, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 => 29,
        2 => 28,
        _ => 31,
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl FromStr for Date {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || format!("`{text}` is not a date such as 2026-09-01");
        let mut parts = text.splitn(3, '-');
        let mut next = || parts.next().ok_or_else(wrong);
        let year = next()?.parse().map_err(|_| wrong())?;
        let month = next()?.parse().map_err(|_| wrong())?;
        let day = next()?.parse().map_err(|_| wrong())?;
        Self::new(year, month, day).ok_or_else(wrong)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_across_leap_years() {
        assert_eq!(Date::january(1970).day_number(), 0);
        assert_eq!(Date::january(2025).days_since(Date::january(2024)), 366);
        assert_eq!(Date::september(2025).days_since(Date::january(2025)), 243);
        for day in -200_000..200_000 {
            assert_eq!(Date::january(1970).plus_days(day).day_number(), day);
        }
        assert_eq!(Date::new(2023, 2, 29), None);
        assert_eq!("2026-09-01".parse(), Ok(Date::september(2026)));
        assert!("2026-13-01".parse::<Date>().is_err());
    }
}
