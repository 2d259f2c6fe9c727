//! The lists of a service without a published list on the base date, and for how many there is time.

use super::Part;
use crate::domain::Date;
use crate::parameters::ParameterSet;
use crate::simulate::Future;

/// Longest list [weeks].
const MOST_WEEKS: f64 = 520.0;
/// Least time or money there is against those who come.
const LEAST_LOAD: f64 = 0.01;

/// The stated numbers of a service.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stated<'f> {
    pub(super) future: &'f Future<'f>,
    pub(super) base: Date,
    pub(super) name: &'static str,
}

impl Stated<'_> {
    pub(super) fn path(&self, of: &str) -> String {
        format!("services.{of}.{}", self.name)
    }

    /// A number of the base date, as the scenario changes it on that date.
    pub(super) fn at_base(&self, of: &str) -> f64 {
        self.future.number_at_base(&self.path(of), self.base)
    }

    /// The same, before the scenario changes it.
    pub(super) fn unchanged(&self, of: &str) -> f64 {
        self.future.number(&self.path(of), self.base)
    }

    /// A number of the base date that not every service has.
    pub(super) fn optional(&self, of: &str) -> Option<f64> {
        let is_known = ParameterSet::embedded().passport(&self.path(of)).is_some();
        is_known.then(|| self.at_base(of))
    }

    /// Weeks that the first on the list has waited: in the service, and in a locality that knows.
    fn list_weeks(&self, part: &Part) -> [f64; 2] {
        let of_service = self.at_base("list-weeks");
        let of_part = part.list_weeks.map_or(of_service, |weeks| {
            self.future.stated(&self.path("list-weeks"), 0.0, weeks)
        });
        [of_service, of_part].map(|weeks| weeks.min(MOST_WEEKS))
    }
}

/// A part of those who come, on a list of its own, at the start.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Strand {
    pub(super) share: f64,
    /// Children who wait, expected.
    pub(super) list: f64,
    /// Weeks that the first of them has waited.
    pub(super) weeks: f64,
    /// First appointments a week that there is time or money for.
    pub(super) seen: f64,
}

/// The lists of a service or locality, where so many come to the service a week. Posts are a share of
/// the whole service's, so they follow the service's list and not the locality's.
pub(super) fn strands(
    stated: Stated<'_>,
    part: &Part,
    (per_week, withdrawal_rate): (f64, f64),
    lapses: bool,
) -> Vec<Strand> {
    let [list_weeks, own_weeks] = stated.list_weeks(part);
    let quick = stated
        .optional("quick-share")
        .zip(stated.optional("quick-weeks"));
    let lists = match quick {
        Some((share, weeks)) => vec![
            (share, [weeks, weeks]),
            (1.0 - share, [list_weeks, own_weeks]),
        ],
        None => vec![(1.0, [list_weeks, own_weeks])],
    };
    let load = stated.at_base("load").max(LEAST_LOAD);
    let strand = |(share, [weeks, own_weeks]): (f64, [f64; 2])| {
        let stay = libm::exp(-withdrawal_rate * weeks);
        // Who withdraws needs no appointment; a place that lapses was due one.
        let due = if lapses { 1.0 } else { stay };
        let gone = -libm::expm1(-withdrawal_rate * own_weeks);
        Strand {
            share,
            list: part.children * share * per_week * gone / withdrawal_rate,
            weeks: own_weeks,
            seen: part.posts * load * share * per_week * due,
        }
    };
    lists.into_iter().map(strand).collect()
}
