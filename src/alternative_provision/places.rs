//! The places: who has one, who waits, year by year.

use std::collections::VecDeque;

use super::{Child, Reason};
use crate::simulate::Future;

const ADDED: &str = "alternative-provision.places.added";
const CLOSED: &str = "alternative-provision.places.closed";
/// Days from a 1 January to the first of each month in a leap year; in others a day late from March
/// on, so that a change of that first day is there.
const FIRST_OF_MONTH: [f64; 12] = [
    0.0, 31.0, 60.0, 91.0, 121.0, 152.0, 182.0, 213.0, 244.0, 274.0, 305.0, 335.0,
];
const REASONS: usize = Reason::ALL.len();

/// Children on a day.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Count {
    pub(super) pupils: [u32; REASONS],
    pub(super) waiting: [u32; REASONS],
    pub(super) places: f64,
}

/// What happens between two counts.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Between {
    pub(super) entries: [u32; REASONS],
    pub(super) returns: u32,
    /// Who leave at the end of Year 11.
    pub(super) finish: u32,
    /// Days that children wait, added up.
    pub(super) days_waiting: f64,
}

/// Counts on some days, and what happens between them.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Course {
    pub(super) counts: Vec<Count>,
    pub(super) between: Vec<Between>,
    /// The day on which each child gets its place; infinite where it gets none.
    pub(super) placed: Vec<f64>,
}

/// Places on a day.
pub(super) fn places_on(future: &Future<'_>, at_base: f64, day: f64) -> f64 {
    let day = day.clamp(0.0, future.timeline.end() - 1.0);
    let [added, closed] = [ADDED, CLOSED].map(|path| future.stated(path, day, 0.0));
    (at_base + (added - closed).round()).max(0.0)
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum What {
    Leaves(usize),
    Places(f64),
    Count(usize),
    Enters(usize),
}

/// What happens, in order of time.
#[derive(Debug)]
pub(super) struct Events {
    events: Vec<(f64, What)>,
    places: f64,
}

impl Events {
    pub(super) fn new(children: &[Child], future: &Future<'_>, at_base: f64) -> Self {
        let mut all = Self::of(children, at_base);
        if !future.effects.change_stated() {
            return all;
        }
        // Places open and close on the first day of a month.
        let years = (0..future.timeline.years()).map(|year| future.timeline.january(year));
        let months = years.flat_map(|january| FIRST_OF_MONTH.map(|day| january + day));
        let mut now = at_base;
        for day in months {
            let places = places_on(future, at_base, day);
            if (places - now).abs() > 0.5 {
                all.events.push((day, What::Places(places)));
                now = places;
            }
        }
        all
    }

    /// Children alone, in places that do not change.
    fn of(children: &[Child], places: f64) -> Self {
        let children = children.iter().enumerate();
        let events = children.flat_map(|(index, child)| {
            [
                (child.enters, What::Enters(index)),
                (child.leaves, What::Leaves(index)),
            ]
        });
        Self {
            events: events.collect(),
            places,
        }
    }

    /// Follows the children to the end of the horizon and counts them on some days.
    pub(super) fn run(mut self, children: &[Child], days: &[f64]) -> Course {
        let days = days.iter().enumerate();
        self.events
            .extend(days.map(|(number, day)| (*day, What::Count(number))));
        self.events
            .sort_by(|(a, x), (b, y)| a.total_cmp(b).then_with(|| order(x).cmp(&order(y))));
        let mut run = Run {
            children,
            places: self.places,
            used: 0,
            state: vec![State::ToCome; children.len()],
            queues: [VecDeque::new(), VecDeque::new()],
            waiting: 0,
            since: 0.0,
            between: Between::default(),
            course: Course {
                counts: Vec::new(),
                between: Vec::new(),
                placed: vec![f64::INFINITY; children.len()],
            },
        };
        for (day, what) in self.events {
            run.to(day, what);
        }
        run.course
    }
}

/// On one day: the count, then leaving, places and coming, so that those who leave make room.
const fn order(what: &What) -> u8 {
    match what {
        What::Count(_) => 0,
        What::Leaves(_) => 1,
        What::Places(_) => 2,
        What::Enters(_) => 3,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    ToCome,
    Waits,
    HasPlace,
    Left,
}

struct Run<'c> {
    children: &'c [Child],
    places: f64,
    used: u32,
    state: Vec<State>,
    /// Who waits, those permanently excluded first; some may have left.
    queues: [VecDeque<usize>; REASONS],
    waiting: u32,
    since: f64,
    between: Between,
    course: Course,
}

impl Run<'_> {
    fn to(&mut self, day: f64, what: What) {
        self.between.days_waiting += f64::from(self.waiting) * (day - self.since);
        self.since = day;
        match what {
            What::Count(number) => self.count(number),
            What::Places(places) => self.places = places,
            What::Enters(index) => {
                let reason = self.children[index].reason as usize;
                self.between.entries[reason] += 1;
                self.state[index] = State::Waits;
                self.waiting += 1;
                self.queues[reason].push_back(index);
            }
            What::Leaves(index) => {
                match self.state[index] {
                    State::HasPlace => self.used -= 1,
                    State::Waits => self.waiting -= 1,
                    State::ToCome | State::Left => {}
                }
                self.state[index] = State::Left;
                if self.children[index].returns {
                    self.between.returns += 1;
                } else {
                    self.between.finish += 1;
                }
            }
        }
        self.place();
    }

    /// Gives free places to those who have waited longest, the permanently excluded first.
    fn place(&mut self) {
        while self.waiting > 0 && f64::from(self.used) + 1.0 <= self.places {
            let next = self.queues.iter_mut().find_map(VecDeque::pop_front);
            let Some(next) = next else { break };
            if self.state[next] == State::Waits {
                self.state[next] = State::HasPlace;
                self.course.placed[next] = self.since;
                self.waiting -= 1;
                self.used += 1;
            }
        }
    }

    fn count(&mut self, number: usize) {
        // What came before the first count is between no two.
        let between = std::mem::take(&mut self.between);
        if number > 0 {
            self.course.between.push(between);
        }
        let count = |wanted: State| {
            let mut counts = [0; REASONS];
            let all = self.state.iter().zip(self.children);
            for (_, child) in all.filter(|(state, _)| **state == wanted) {
                counts[child.reason as usize] += 1;
            }
            counts
        };
        self.course.counts.push(Count {
            pupils: count(State::HasPlace),
            waiting: count(State::Waits),
            places: self.places,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn child(enters: f64, leaves: f64, reason: Reason) -> Child {
        Child {
            enters,
            leaves,
            returns: true,
            reason,
        }
    }

    fn run(children: &[Child], places: f64, changes: &[(f64, f64)]) -> Course {
        let mut events = Events::of(children, places);
        let changes = changes.iter();
        let changes = changes.map(|(day, places)| (*day, What::Places(*places)));
        events.events.extend(changes);
        events.run(children, &[0.0, 365.0])
    }

    #[test]
    fn the_excluded_go_first_and_then_who_came_first() {
        let (excluded, otherwise) = (Reason::Excluded, Reason::Otherwise);
        let children = [
            child(-10.0, 100.0, otherwise),
            child(20.0, 900.0, otherwise),
            child(30.0, 900.0, otherwise),
            child(40.0, 900.0, excluded),
        ];
        let course = run(&children, 1.0, &[]);
        assert_eq!(course.counts[0].pupils, [0, 1]);
        // The place free on day 100 goes to the excluded child, who came last.
        assert_eq!(course.counts[1].pupils, [1, 0]);
        assert_eq!(course.counts[1].waiting, [0, 2]);
        let days = (365.0 - 20.0) + (365.0 - 30.0) + (100.0 - 40.0);
        assert!((course.between[0].days_waiting - days).abs() < 1e-9);
        assert_eq!(
            (course.between[0].entries, course.between[0].returns),
            ([1, 2], 1)
        );
        let course = run(&children, 1.0, &[(50.0, 3.0)]);
        assert_eq!(course.counts[1].pupils, [1, 2]);
        // Two of three wait to day 50, the last to come without an exclusion until day 100.
        let days = 10.0 + 30.0 + 70.0;
        assert!((course.between[0].days_waiting - days).abs() < 1e-9);
    }

    #[test]
    fn who_has_a_place_keeps_it_when_places_close_and_who_waits_may_leave_waiting() {
        let children = [
            child(-10.0, 200.0, Reason::Otherwise),
            child(-5.0, 900.0, Reason::Otherwise),
            child(60.0, 70.0, Reason::Excluded),
            child(80.0, 900.0, Reason::Excluded),
        ];
        let course = run(&children, 2.0, &[(50.0, 1.0)]);
        assert_eq!(course.counts[0].pupils, [0, 2]);
        // One place is left, which is still taken when the first child has gone.
        assert_eq!(course.counts[1].pupils, [0, 1]);
        assert_eq!(course.counts[1].waiting, [1, 0]);
        let days = 10.0 + (365.0 - 80.0);
        assert!((course.between[0].days_waiting - days).abs() < 1e-9);
        assert_eq!(course.between[0].returns, 2);
    }
}
