//! In which hours of the week a nurse is on duty.

use crate::domain::{DAYS_PER_WEEK, Date};

const HOURS_PER_DAY: f64 = 24.0;
const WEEKDAYS: i32 = 5;
const DAYS: i32 = DAYS_PER_WEEK as i32;
/// 1 January 1970 was a Thursday: days from the Monday before it.
const THURSDAY: i32 = 3;
/// Days after which the next duty is not worth waiting for: whoever works at all works once a week.
const MOST_DAYS: i32 = DAYS + 1;

/// The hours of one week.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Hours {
    /// Hour of the day at which duty begins.
    pub(super) opens_at: f64,
    /// Hours of duty from Monday to Friday, each day.
    pub(super) weekday: f64,
    /// Hours of duty on Saturday and on Sunday.
    pub(super) weekend: f64,
}

impl Hours {
    /// As a scenario states them, within what a day has.
    pub(super) fn new(opens_at: f64, weekday: f64, weekend: f64) -> Self {
        Self {
            opens_at: opens_at.clamp(0.0, HOURS_PER_DAY),
            weekday: weekday.clamp(0.0, HOURS_PER_DAY),
            weekend: weekend.clamp(0.0, HOURS_PER_DAY),
        }
    }

    /// Hours of duty in the week.
    pub(super) fn of_week(self) -> f64 {
        let weekdays = f64::from(WEEKDAYS);
        weekdays * self.weekday + (DAYS_PER_WEEK - weekdays) * self.weekend
    }
}

/// Duty week by week from the base date on; duty of 24 hours lasts until that of the next day.
#[derive(Debug)]
pub(super) struct Duty {
    /// Weekday of the base date: 0 is Monday.
    first_weekday: i32,
    weeks: Vec<Hours>,
}

impl Duty {
    /// At least one week.
    pub(super) const fn new(base: Date, weeks: Vec<Hours>) -> Self {
        Self {
            first_weekday: (base.day_number() + THURSDAY).rem_euclid(DAYS),
            weeks,
        }
    }

    /// Hours from a moment [days since the base date] until a nurse is on duty, 0 where one is; none
    /// where nobody is within a week.
    pub(super) fn hours_until(&self, moment: f64) -> Option<f64> {
        let today = moment.floor() as i32;
        // Duty that began yesterday may last into today.
        let mut days = (today - 1..=today + MOST_DAYS).map(|day| self.of_day(day));
        let (start, _) = days.find(|(start, end)| start < end && moment < *end)?;
        Some((start - moment).max(0.0) * HOURS_PER_DAY)
    }

    /// Start and end of the duty of a day [days since the base date].
    fn of_day(&self, day: i32) -> (f64, f64) {
        let week = usize::try_from(day / DAYS).unwrap_or(0);
        let hours = self.weeks[week.min(self.weeks.len() - 1)];
        let is_weekday = (self.first_weekday + day).rem_euclid(DAYS) < WEEKDAYS;
        let length = if is_weekday {
            hours.weekday
        } else {
            hours.weekend
        };
        let start = f64::from(day) + hours.opens_at / HOURS_PER_DAY;
        (start, start + length / HOURS_PER_DAY)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn duty(weekday: f64, weekend: f64) -> Duty {
        // 1 January 2025 was a Wednesday.
        let week = Hours::new(9.0, weekday, weekend);
        Duty::new(Date::january(2025), vec![week; 3])
    }

    /// Hours from an hour of a day on; 0 is Wednesday, 1 January 2025.
    fn wait(duty: &Duty, day: i32, hour: f64) -> Option<f64> {
        let hours = duty.hours_until(f64::from(day) + hour / HOURS_PER_DAY);
        hours.map(|hours| (hours * 1e6).round() / 1e6)
    }

    #[test]
    fn office_hours_leave_evenings_and_weekends() {
        let office = duty(8.0, 0.0);
        assert!((office.weeks[0].of_week() - 40.0).abs() < 1e-9);
        for (day, hour, expected) in [
            (0, 3.0, 6.0),
            (0, 9.0, 0.0),
            (0, 16.5, 0.0),
            (0, 17.0, 16.0),
            // Friday evening until Monday.
            (2, 18.0, 63.0),
            (3, 9.0, 48.0),
            (4, 23.0, 10.0),
            (5, 12.0, 0.0),
        ] {
            assert_eq!(
                wait(&office, day, hour),
                Some(expected),
                "day {day}, {hour}"
            );
        }
    }

    #[test]
    fn nobody_waits_at_168_hours_and_nobody_is_seen_at_none() {
        let always = duty(24.0, 24.0);
        assert!((always.weeks[0].of_week() - 168.0).abs() < 1e-9);
        let never = duty(0.0, 0.0);
        for hour in 0..14 * 24 {
            let moment = (f64::from(hour) + 0.5) / HOURS_PER_DAY;
            assert_eq!(always.hours_until(moment), Some(0.0), "{hour}");
            assert_eq!(never.hours_until(moment), None, "{hour}");
        }
    }

    #[test]
    fn weekends_alone_are_waited_for() {
        let weekends = duty(0.0, 10.0);
        assert_eq!(wait(&weekends, 0, 9.0), Some(72.0));
        assert_eq!(wait(&weekends, 4, 20.0), Some(6.0 * 24.0 - 11.0));
    }

    #[test]
    fn a_week_that_opens_longer_is_felt_in_that_week() {
        let week = |weekday| Hours::new(9.0, weekday, 0.0);
        let duty = Duty::new(Date::january(2025), vec![week(8.0), week(12.0)]);
        assert_eq!(wait(&duty, 0, 20.0), Some(13.0));
        assert_eq!(wait(&duty, 7, 20.0), Some(0.0));
        // The last week that is known lasts on.
        assert_eq!(wait(&duty, 70, 20.0), Some(0.0));
    }
}
