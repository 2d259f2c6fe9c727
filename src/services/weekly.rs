//! Numbers of a service week by week, as a scenario changes them.

use crate::domain::{DAYS_PER_WEEK, Date};
use crate::simulate::Future;

const NOT_BROUGHT: &str = "services.not-brought-share";
/// Most appointments to which children are not brought.
const MOST_NOT_BROUGHT: f64 = 0.95;

/// The weeks of a service from a day on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Weekly<'f> {
    future: &'f Future<'f>,
    name: &'static str,
    /// One locality of the service; none for all of it.
    locality: Option<&'f str>,
    start: f64,
    weeks: usize,
}

impl<'f> Weekly<'f> {
    pub(super) fn new(
        future: &'f Future<'f>,
        name: &'static str,
        start: f64,
        weeks: usize,
    ) -> Self {
        Self {
            future,
            name,
            locality: None,
            start,
            weeks,
        }
    }

    /// The same of one locality of the service.
    pub(super) const fn of_locality(self, locality: Option<&'f str>) -> Self {
        Self { locality, ..self }
    }

    /// The first day of a week.
    pub(super) fn day(&self, week: usize) -> f64 {
        self.start + DAYS_PER_WEEK * week as f64
    }

    /// A number of every week, before and after the scenario changes it.
    pub(super) fn stated(&self, path: &str, value: f64) -> Vec<f64> {
        self.shared(path, value, 1.0)
    }

    /// The same of a number of which a locality has a share: what a scenario changes for the whole
    /// service is shared out, what it changes in the locality is the locality's.
    pub(super) fn shared(&self, path: &str, value: f64, share: f64) -> Vec<f64> {
        let last = self.future.timeline.end() - 1.0;
        if !self.future.effects.change(path) {
            return vec![share * value; self.weeks];
        }
        let of_week = |week: usize| {
            let day = self.day(week).min(last);
            let here = share * self.future.stated(path, day, value);
            match self.locality {
                Some(locality) => self.future.stated_in(locality, path, day, here),
                None => here,
            }
        };
        (0..self.weeks).map(of_week).collect()
    }

    /// A multiple of the service, `capacity` or `referrals`, in every week.
    pub(super) fn level(&self, of: &str) -> Vec<f64> {
        self.stated(&format!("services.{of}.{}", self.name), 1.0)
    }

    /// Appointments to which children are brought, against the first day, in every week:
    /// appointments to which nobody comes are time that could have been used. What a scenario states
    /// for the first day is in the list already.
    pub(super) fn brought(&self, base: Date) -> Vec<f64> {
        let not_brought = self.future.number(NOT_BROUGHT, base);
        let brought = |share: f64| 1.0 - share.min(MOST_NOT_BROUGHT);
        let at_base = brought(self.future.stated(NOT_BROUGHT, 0.0, not_brought));
        let then = self.stated(NOT_BROUGHT, not_brought);
        then.into_iter()
            .map(|then| brought(then) / at_base)
            .collect()
    }
}
