//! When servers work: weekly sessions, terms, holidays.

use super::time::Time;
use crate::domain::Date;

/// Day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Weekday {
    /// Day of the week of a date (1 January 1970 was a Thursday).
    pub fn of(date: Date) -> Self {
        const FROM_THURSDAY: [Weekday; 7] = [
            Weekday::Thursday,
            Weekday::Friday,
            Weekday::Saturday,
            Weekday::Sunday,
            Weekday::Monday,
            Weekday::Tuesday,
            Weekday::Wednesday,
        ];
        FROM_THURSDAY[date.day_number().rem_euclid(7) as usize]
    }
}

/// Hours of one day of the week.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Session {
    /// Day.
    pub weekday: Weekday,
    /// First hour [hours since midnight].
    pub from_hour: f64,
    /// Last hour [hours since midnight].
    pub until_hour: f64,
}

/// When a server works. Work in hand when a session closes goes on in the next.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Calendar {
    /// All the time: lengths of work are then in weeks of one server.
    #[default]
    Always,
    /// In open intervals, in order and apart; never after the last.
    Open(Openings),
}

/// Open intervals and the time worked before each.
#[derive(Debug, Clone, PartialEq)]
pub struct Openings {
    intervals: Vec<(Time, Time)>,
    worked_before: Vec<Time>,
}

impl Calendar {
    /// Open in these intervals; they are put in order, and joined where they overlap or touch.
    pub fn open(mut intervals: Vec<(Time, Time)>) -> Self {
        intervals.retain(|(from, until)| from < until);
        intervals.sort_unstable();
        let mut joined: Vec<(Time, Time)> = Vec::with_capacity(intervals.len());
        for (from, until) in intervals {
            match joined.last_mut() {
                Some(last) if from <= last.1 => last.1 = last.1.max(until),
                _ => joined.push((from, until)),
            }
        }
        let mut sum = Time::ZERO;
        let worked_before = joined.iter().map(|(from, until)| {
            let before = sum;
            sum = sum + (*until - *from);
            before
        });
        let worked_before = worked_before.collect();
        Self::Open(Openings {
            intervals: joined,
            worked_before,
        })
    }

    /// Weekly sessions on the days of some terms (first and last day), without holidays. Time
    /// starts at midnight of `base`.
    pub fn weekly(
        base: Date,
        sessions: &[Session],
        terms: &[(Date, Date)],
        holidays: &[Date],
    ) -> Self {
        const HOURS_PER_WEEK: f64 = 168.0;
        let mut intervals = Vec::new();
        for (first, last) in terms {
            for day_number in first.day_number()..=last.day_number() {
                let day = Date::january(1970).plus_days(day_number);
                if holidays.contains(&day) {
                    continue;
                }
                let midnight = Time::from_date(day, base);
                let at = |hour: f64| midnight + Time::from_weeks(hour / HOURS_PER_WEEK);
                let of_day = sessions.iter().filter(|s| s.weekday == Weekday::of(day));
                intervals.extend(of_day.map(|s| (at(s.from_hour), at(s.until_hour))));
            }
        }
        Self::open(intervals)
    }

    /// Whether work goes on at an instant: from the opening on, and before the closing.
    #[inline]
    pub fn is_open(&self, now: Time) -> bool {
        match self {
            Self::Always => true,
            Self::Open(openings) => {
                let next = openings.first_ending_after(now);
                openings.intervals.get(next).is_some_and(|i| i.0 <= now)
            }
        }
    }

    /// The first opening after an instant.
    pub fn next_opening(&self, now: Time) -> Option<Time> {
        match self {
            Self::Always => None,
            Self::Open(openings) => {
                let next = openings.intervals.partition_point(|i| i.0 <= now);
                openings.intervals.get(next).map(|i| i.0)
            }
        }
    }

    /// When work that starts in an open instant is done; [`Time::NEVER`] when the sessions do not
    /// suffice.
    #[inline]
    pub fn finish(&self, start: Time, work: Time) -> Time {
        match self {
            Self::Always => start + work,
            Self::Open(openings) => openings.finish(start, work),
        }
    }

    /// Open time between two instants.
    #[inline]
    pub fn open_between(&self, from: Time, until: Time) -> Time {
        match self {
            Self::Always => until - from,
            Self::Open(openings) => openings.worked_until(until) - openings.worked_until(from),
        }
    }
}

impl Openings {
    fn first_ending_after(&self, now: Time) -> usize {
        self.intervals.partition_point(|interval| interval.1 <= now)
    }

    fn worked_until(&self, now: Time) -> Time {
        let next = self.first_ending_after(now);
        match (self.intervals.get(next), self.intervals.last()) {
            (Some((from, _)), _) => self.worked_before[next] + (now - *from).max(Time::ZERO),
            (None, Some((from, until))) => {
                self.worked_before[self.intervals.len() - 1] + (*until - *from)
            }
            (None, None) => Time::ZERO,
        }
    }

    /// Work that fills a session to its end is done at the closing, not at the next opening.
    fn finish(&self, start: Time, work: Time) -> Time {
        let target = self.worked_until(start) + work;
        let place = self
            .worked_before
            .partition_point(|before| *before < target);
        let place = place.saturating_sub(1);
        let Some((from, until)) = self.intervals.get(place) else {
            return Time::NEVER;
        };
        let done = *from + (target - self.worked_before[place]);
        if done > *until {
            Time::NEVER
        } else {
            done.max(start)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weeks(weeks: f64) -> Time {
        Time::from_weeks(weeks)
    }

    #[test]
    fn work_goes_on_in_the_next_session() {
        let calendar = Calendar::open(vec![
            (weeks(3.0), weeks(3.5)),
            (weeks(0.0), weeks(0.5)),
            (weeks(1.0), weeks(1.5)),
        ]);
        assert!(calendar.is_open(weeks(0.0)) && !calendar.is_open(weeks(0.5)));
        assert_eq!(calendar.next_opening(weeks(0.2)), Some(weeks(1.0)));
        assert_eq!(calendar.next_opening(weeks(1.2)), Some(weeks(3.0)));
        assert_eq!(calendar.next_opening(weeks(3.2)), None);
        // 0.1 left of the first session, 0.5 of the second, 0.15 of the third.
        assert_eq!(
            calendar.finish(weeks(0.4), weeks(0.75)).ticks() / 100,
            weeks(3.15).ticks() / 100
        );
        assert_eq!(calendar.finish(weeks(0.0), weeks(0.5)), weeks(0.5));
        assert_eq!(calendar.finish(weeks(3.0), weeks(0.6)), Time::NEVER);
        assert_eq!(calendar.open_between(weeks(0.25), weeks(3.25)), weeks(1.0));
        assert_eq!(calendar.open_between(weeks(0.0), weeks(9.0)), weeks(1.5));
    }

    #[test]
    fn sessions_fall_on_their_weekdays_in_term_without_holidays() {
        let base = Date::january(2025);
        assert_eq!(Weekday::of(base), Weekday::Wednesday);
        let date = |day| Date::new(2025, 1, day).expect("a day of January");
        let monday = Session {
            weekday: Weekday::Monday,
            from_hour: 9.0,
            until_hour: 12.5,
        };
        // Mondays from 6 to 31 January: 6, 13, 20, 27; without the 20th 3 sessions of 3.5 hours.
        let calendar = Calendar::weekly(base, &[monday], &[(date(6), date(31))], &[date(20)]);
        let open = calendar.open_between(Time::ZERO, weeks(10.0)).weeks();
        assert!((open * 168.0 - 10.5).abs() < 1e-6);
        let first = calendar
            .next_opening(Time::ZERO)
            .expect("there are sessions");
        assert!((first.weeks() * 168.0 - (5.0 * 24.0 + 9.0)).abs() < 1e-6);
    }
}
