//! A service at work.

use super::account::Account;
use super::roster::Roster;
use super::service::{Class, Provider, Service};
use super::task::{Slab, Task};
use super::time::Time;
use super::waiting::{Place, Waiting};

/// State of one service.
#[derive(Debug, Clone)]
pub(super) struct Station {
    /// One list for each class.
    pub(super) lists: Vec<Waiting>,
    /// One for each team.
    pub(super) rosters: Vec<Roster>,
    /// Money of a fund [pence].
    pub(super) balance: i64,
    /// Next payment or meeting (position in the provider's list).
    pub(super) next_date: usize,
    /// The opening that is scheduled.
    pub(super) wake: Time,
    /// Waiting to be seen.
    pub(super) waiting: u64,
    /// Waiting or being seen.
    pub(super) present: u64,
    /// Counts, and integrals up to `touched`.
    pub(super) account: Account,
    touched: Time,
}

impl Station {
    pub(super) fn new(service: &Service) -> Self {
        let teams = match &service.provider {
            Provider::Teams(teams) => teams.len(),
            Provider::Panel(_) | Provider::Fund(_) => 0,
        };
        Self {
            lists: vec![Waiting::default(); service.classes.len()],
            rosters: vec![Roster::default(); teams],
            balance: 0,
            next_date: 0,
            wake: Time::NEVER,
            waiting: 0,
            present: 0,
            account: Account::default(),
            touched: Time::ZERO,
        }
    }

    /// Integrates up to now; before every change of the numbers.
    #[inline]
    pub(super) fn touch(&mut self, now: Time) {
        let elapsed = (now - self.touched).ticks();
        if elapsed != 0 {
            self.account.waiting += i128::from(self.waiting) * i128::from(elapsed);
            self.account.present += i128::from(self.present) * i128::from(elapsed);
            self.touched = now;
        }
    }

    /// The account up to now, without what servers do.
    pub(super) fn account_at(&self, now: Time) -> Account {
        let elapsed = i128::from((now - self.touched).ticks());
        Account {
            waiting: self.account.waiting + i128::from(self.waiting) * elapsed,
            present: self.account.present + i128::from(self.present) * elapsed,
            ..self.account
        }
    }

    /// Whether anyone in post is free.
    #[inline]
    pub(super) fn has_idle(&self) -> bool {
        self.rosters.iter().any(|roster| roster.idle > 0)
    }

    /// The first person of the classes that are not passed over, and the class.
    #[inline]
    pub(super) fn first(
        &mut self,
        classes: &[Class],
        tasks: &Slab<Task>,
        passed_over: u64,
    ) -> Option<(usize, Place)> {
        if self.lists.len() == 1 {
            return if passed_over == 0 {
                self.lists[0].first(tasks).map(|place| (0, place))
            } else {
                None
            };
        }
        let mut first: Option<(usize, Place)> = None;
        for (class, list) in self.lists.iter_mut().enumerate() {
            if passed_over >> class & 1 == 1 {
                continue;
            }
            let Some(place) = list.first(tasks) else {
                continue;
            };
            let key = (classes[class].rank, place);
            if first.is_none_or(|(other, best)| key < (classes[other].rank, best)) {
                first = Some((class, place));
            }
        }
        first
    }
}
