//! Servers of one team: at work, free, and about to leave.

use super::calendar::Calendar;
use super::time::Time;

/// Servers in post and what they do.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Roster {
    /// In post and free.
    pub(super) idle: u32,
    /// In post and at work.
    pub(super) busy: u32,
    /// Of those at work, how many leave when they are done.
    leaving: u32,
    /// Open time of servers in post, up to `settled` [ticks].
    staffed: i128,
    settled: Time,
}

impl Roster {
    /// Open time of servers in post up to now.
    pub(super) fn staffed_until(&self, now: Time, calendar: &Calendar) -> i128 {
        let open = calendar.open_between(self.settled, now).ticks();
        self.staffed + i128::from(self.idle + self.busy) * i128::from(open)
    }

    fn settle(&mut self, now: Time, calendar: &Calendar) {
        self.staffed = self.staffed_until(now, calendar);
        self.settled = now;
    }

    /// Some start.
    pub(super) fn hire(&mut self, people: u32, now: Time, calendar: &Calendar) {
        self.settle(now, calendar);
        self.idle += people;
    }

    /// One leaves: a free one at once, otherwise one at work when done.
    pub(super) fn leave(&mut self, now: Time, calendar: &Calendar) {
        self.settle(now, calendar);
        if self.idle > 0 {
            self.idle -= 1;
        } else {
            self.leaving += 1;
        }
    }

    /// All leave.
    pub(super) fn disband(&mut self, now: Time, calendar: &Calendar) {
        self.settle(now, calendar);
        self.idle = 0;
        self.leaving = self.busy;
    }

    /// A free one starts work.
    #[inline]
    pub(super) fn take(&mut self) {
        self.idle -= 1;
        self.busy += 1;
    }

    /// One is done, and free or gone.
    #[inline]
    pub(super) fn done(&mut self, now: Time, calendar: &Calendar) {
        if self.leaving > 0 {
            self.settle(now, calendar);
            self.leaving -= 1;
        } else {
            self.idle += 1;
        }
        self.busy -= 1;
    }
}
