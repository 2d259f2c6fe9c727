//! Who does the work: hours by week, and what they are asked for.

use super::hours::Hours;
use crate::domain::Date;

/// Weeks of the year without school: Christmas, half-terms, Easter, summer. Advice is gathered in
/// schools, so psychologists' hours for it fall in the other 39.
const SCHOOL_HOLIDAYS: [u32; 13] = [1, 8, 15, 16, 22, 30, 31, 32, 33, 34, 35, 44, 52];
/// Weeks of a year.
const WEEKS: f64 = 52.0;

/// A team's hours in the week of a day against the mean of its year.
pub(super) fn share_of_week(team: Team, base: Date, day: f64) -> f64 {
    if team == Team::Officers {
        return 1.0;
    }
    let date = base.plus_days(day.floor() as i32 + 3);
    let of_year = date.days_since(Date::january(date.year()));
    let week = (of_year / 7 + 1).min(52) as u32;
    if SCHOOL_HOLIDAYS.contains(&week) {
        0.0
    } else {
        WEEKS / (WEEKS - SCHOOL_HOLIDAYS.len() as f64)
    }
}

/// A kind of staff.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Team {
    /// Educational psychologists, for the time that goes into advice.
    Psychologists,
    /// Case officers, for the time that goes into new plans.
    Officers,
}

impl Team {
    /// Number of teams.
    pub const COUNT: usize = 2;
    /// All, in order.
    pub const ALL: [Self; Self::COUNT] = [Self::Psychologists, Self::Officers];

    /// Name in results.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Psychologists => "Educational psychology advice",
            Self::Officers => "Writing of plans",
        }
    }

    /// The number of posts that a scenario adds.
    pub const fn added(self) -> &'static str {
        match self {
            Self::Psychologists => "process.psychologists.added",
            Self::Officers => "process.officers.added",
        }
    }

    /// The number of locums.
    pub const fn locums(self) -> &'static str {
        match self {
            Self::Psychologists => "process.psychologists.locums",
            Self::Officers => "process.officers.locums",
        }
    }

    /// Position.
    pub const fn index(self) -> usize {
        self as usize
    }
}

/// Hours of each team, and the list on which it starts.
#[derive(Debug, Clone, PartialEq)]
pub struct Staffing {
    /// Hours by week.
    pub hours: [Hours; Team::COUNT],
    /// Work on the list at the start [hours].
    pub backlog: [f64; Team::COUNT],
}

/// A team at work: first come, first served.
#[derive(Debug, Clone, PartialEq)]
pub struct Staff {
    hours: Hours,
    /// Running sum of hours at which all work so far is done.
    done_at: f64,
    /// After each case: the day on which it came, that sum, and the work of all so far.
    lists: Vec<(f64, f64, f64)>,
    /// Work of all cases so far [hours].
    work: f64,
}

impl Staff {
    /// A team with work on its list [hours].
    pub fn new(hours: Hours, backlog: f64) -> Self {
        Self {
            hours,
            done_at: backlog,
            lists: Vec::new(),
            work: backlog,
        }
    }

    /// Takes a case on that comes on a day, and says on which day its hours are worked.
    pub fn take(&mut self, day: f64, hours: f64) -> f64 {
        self.done_at = self.done_at.max(self.hours.until(day)) + hours;
        self.work += hours;
        self.lists.push((day, self.done_at, self.work));
        self.hours.day_of(self.done_at)
    }

    /// From a day on, so many times the hours that follow the work. Dates that are fixed stand.
    pub(super) fn follow(&mut self, day: f64, times: f64) {
        self.hours.follow(day, times);
    }

    /// The day on which the turn of a case comes that is there from a day on.
    pub fn turn(&self, day: f64) -> f64 {
        self.hours
            .day_of(self.done_at.max(self.hours.until(day)))
            .max(day)
    }

    /// Takes a case on that comes on a day, and says on which day its turn comes.
    pub(super) fn take_turn(&mut self, day: f64, hours: f64) -> f64 {
        let turn = self.turn(day);
        self.take(day, hours);
        turn
    }

    /// Takes a case on before all who wait, and says on which day staff are at work for it. Those who
    /// come later wait longer for it; the dates of those on the list stand.
    pub(super) fn take_first(&mut self, day: f64, hours: f64) -> f64 {
        let turn = self.hours.day_of(self.hours.until(day)).max(day);
        self.take(day, hours);
        turn
    }

    /// Work on the list on a day [hours], if a case had come by then.
    pub(super) fn hours_on_list(&self, day: f64) -> Option<f64> {
        let (done_at, _) = self.state(day)?;
        Some((done_at - self.hours.until(day)).max(0.0))
    }

    /// After the last case that came by a day: when all was to be done, and the work of all.
    fn state(&self, day: f64) -> Option<(f64, f64)> {
        let at = self.lists.partition_point(|(came, ..)| *came <= day);
        let (_, done_at, work) = self.lists.get(at.checked_sub(1)?)?;
        Some((*done_at, *work))
    }

    /// Hours worked up to a day.
    fn worked(&self, day: f64) -> f64 {
        let list = self.hours_on_list(day).unwrap_or(0.0);
        self.state(day).map_or(0.0, |(_, work)| work - list)
    }

    /// Share of the hours between two days that are worked; none when there are none.
    pub fn utilisation(&self, from: f64, until: f64) -> Option<f64> {
        let hours = self.hours_between(from, until);
        let worked = self.worked(until) - self.worked(from);
        (hours > 0.0).then(|| (worked / hours).clamp(0.0, 1.0))
    }

    /// Work of the cases that came between two days [hours].
    pub fn work_between(&self, from: f64, until: f64) -> f64 {
        let work = |day: f64| self.state(day).map_or(0.0, |(_, work)| work);
        work(until) - work(from)
    }

    /// Hours that staff could give between two days.
    pub fn hours_between(&self, from: f64, until: f64) -> f64 {
        self.hours.until(until) - self.hours.until(from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_team_is_the_queue_of_theory() {
        // M/G/1 by Pollaczek and Khinchine: the mean wait before a turn is l m2 / (2 (1 - rho)), with
        // the second moment 2 m^2 of exponential work. Ten hours a day.
        for load in [0.5, 0.8, 0.9] {
            let (mean_hours, days) = (5.0, 400_000.0);
            let per_day = 10.0 * load / mean_hours;
            let weeks = (days / 7.0) as usize + 1_000;
            let mut staff = Staff::new(Hours::new(0.0, std::iter::repeat_n(70.0, weeks)), 0.0);
            let mut stream = crate::random::Stream::new(3, 0, "team");
            let mut unit = || -libm::log(stream.uniform());
            let (mut day, mut waited, mut number) = (0.0, 0.0, 0.0);
            while day < days {
                day += unit() / per_day;
                let hours = mean_hours * unit();
                let done = staff.take(day, hours);
                waited += done - day - hours / 10.0;
                number += 1.0;
            }
            let moment = 2.0 * (mean_hours / 10.0_f64).powi(2);
            let expected = per_day * moment / (2.0 * (1.0 - load));
            let mean: f64 = waited / number;
            assert!(
                (mean / expected - 1.0).abs() < 0.04,
                "{load}: {mean} {expected}"
            );
            let used = staff.utilisation(0.0, days).expect("hours");
            assert!((used - load).abs() < 0.01, "{used}");
        }
    }

    #[test]
    fn work_waits_for_the_work_before_it() {
        let mut staff = Staff::new(Hours::new(0.0, [10.0; 20]), 10.0);
        // 10 hours stand before it: a week, and its own 5 hours half a week more.
        assert!((staff.take(0.0, 5.0) - 10.5).abs() < 1e-12);
        assert!((staff.take(7.0, 5.0) - 14.0).abs() < 1e-12);
        // Idle from day 14 to day 28.
        assert!((staff.take(28.0, 10.0) - 35.0).abs() < 1e-12);
        assert!((staff.take(28.0, 20.0) - 49.0).abs() < 1e-12);
        // Whoever goes first has its turn at once, and the next waits for the work of all.
        assert!((staff.take_first(28.0, 10.0) - 28.0).abs() < 1e-12);
        assert!((staff.take(28.0, 10.0) - 63.0).abs() < 1e-12);
    }
}
