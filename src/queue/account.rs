//! The account of one service over a run.

use super::time::Time;

/// Integrals over time of one service, in ticks of one person or one server.
///
/// They are summed as the numbers change, and not from the records, so that Little's law is a
/// check: the integral of the number present is the sum over people of their time there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Account {
    /// Integral of the number waiting to be seen.
    pub waiting: i128,
    /// Integral of the number there, waiting or being seen.
    pub present: i128,
    /// Open time of servers at work, appointments to which nobody came included.
    pub busy: i128,
    /// Open time of servers in post.
    pub staffed: i128,
    /// Money released by a fund [pence].
    pub pence_spent: i128,
    /// People who came on the list.
    pub joined: u64,
    /// People who were first seen.
    pub seen: u64,
    /// People who withdrew.
    pub withdrawn: u64,
    /// People who were turned away.
    pub turned_away: u64,
}

impl Account {
    /// What happened between an earlier account and this one.
    pub fn since(&self, earlier: &Self) -> Self {
        Self {
            waiting: self.waiting - earlier.waiting,
            present: self.present - earlier.present,
            busy: self.busy - earlier.busy,
            staffed: self.staffed - earlier.staffed,
            pence_spent: self.pence_spent - earlier.pence_spent,
            joined: self.joined - earlier.joined,
            seen: self.seen - earlier.seen,
            withdrawn: self.withdrawn - earlier.withdrawn,
            turned_away: self.turned_away - earlier.turned_away,
        }
    }

    /// Share of the open time of servers in post that is used; none without servers.
    pub fn utilisation(&self) -> Option<f64> {
        (self.staffed > 0).then(|| self.busy as f64 / self.staffed as f64)
    }

    /// Mean number waiting over a length of time.
    pub fn mean_waiting(&self, over: Time) -> f64 {
        self.waiting as f64 / over.ticks() as f64
    }

    /// Mean number there over a length of time.
    pub fn mean_present(&self, over: Time) -> f64 {
        self.present as f64 / over.ticks() as f64
    }
}
