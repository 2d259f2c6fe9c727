//! Expected events of a year by group: rates pooled with England's, need, unmet need.

use rand_distr::{Distribution, Gamma};

use super::Exclusions;
use super::area_rates::NEWEST;
use super::draw::Draw;
use super::events::Shares;
use super::groups::{Group, POOLS, School, SenStatus, TERMS, position};
use super::pupils::Pupils;
use crate::domain::{Date, Phase, PrimaryNeed};
use crate::random::Stream;
use crate::simulate::Future;

/// Events of England's rate that are added to the area's own: few events say little.
const POOLING: f64 = 5.0;
/// Most of a pool's events that one need can have.
const MOST_OF_POOL: f64 = 0.95;

/// Expected events of a group in a year.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Means {
    /// Pupils suspended in a term, over the terms.
    pub(super) suspended: f64,
    /// Suspensions of a pupil in a term in which it is suspended.
    pub(super) each: f64,
    /// Permanent exclusions.
    pub(super) permanent: f64,
    /// In which terms, and to whom: of pupils suspended, and of permanent exclusions.
    pub(super) shares: [Shares; 2],
}

/// Rates of a draw by group [per pupil and year].
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Expected<'e> {
    groups: &'e [Group],
    rates: Vec<Means>,
    /// Events of a boy for each of a girl with the same SEN status.
    boys_ratio: [f64; 2],
    /// How many times as many events a pupil with a plan has who waits for a place elsewhere.
    waiting_ratio: f64,
    waiting_at_base: [f64; 2],
}

impl<'e> Expected<'e> {
    pub(super) fn new(future: &Future<'_>, model: &'e Exclusions, at_base: &Pupils) -> Self {
        let base = Date::january(model.base_year);
        let number = |path: &str| future.number_at_base(path, base);
        let semh = [
            number("exclusions.semh-ratio.suspensions"),
            number("exclusions.semh-ratio.permanent"),
        ];
        let mut in_pool = [0.0; POOLS];
        let mut with_semh = [0.0; POOLS];
        for group in &model.groups {
            let pupils = at_base.of(group);
            in_pool[group.pool()] += pupils;
            if group.need == Some(PrimaryNeed::Semh) {
                with_semh[group.pool()] += pupils;
            }
        }
        let mut of_pool: [Option<Means>; POOLS] = [None; POOLS];
        let rates = model
            .groups
            .iter()
            .map(|group| {
                let pool = group.pool();
                let means = *of_pool[pool]
                    .get_or_insert_with(|| pooled(future, model, group, in_pool[pool], &number));
                let share = with_semh[pool] / in_pool[pool].max(1.0);
                let [suspensions, permanent] = semh.map(|ratio| against_pool(group, ratio, share));
                Means {
                    suspended: means.suspended * suspensions,
                    each: means.each,
                    permanent: means.permanent * permanent,
                    shares: means.shares,
                }
            })
            .collect();
        Self {
            groups: &model.groups,
            rates,
            boys_ratio: [
                number("exclusions.boys-ratio.suspensions"),
                number("exclusions.boys-ratio.permanent"),
            ],
            waiting_ratio: number("exclusions.waiting-ratio"),
            waiting_at_base: at_base.waiting_share,
        }
    }

    /// Expected permanent exclusions of a year by group, at the rates and pupils of the base date.
    pub(super) fn permanent_at_base(&self, at_base: &Pupils) -> Vec<f64> {
        let groups = self.groups.iter().zip(&self.rates);
        groups
            .map(|(group, rates)| at_base.of(group) * rates.permanent)
            .collect()
    }

    /// Expected events of a year by group.
    pub(super) fn of_year(&self, pupils: &Pupils, draw: &Draw<'_>, year: usize) -> Vec<Means> {
        let level = draw.level(year);
        let of_group = |(group, rates): (&Group, &Means)| {
            let number = pupils.of(group) * self.waiting(group, pupils);
            Means {
                suspended: number * rates.suspended * level.suspensions,
                each: rates.each,
                permanent: number * rates.permanent * level.permanent,
                shares: std::array::from_fn(|of| Shares {
                    boys: boys_share(pupils.boys(group.status), self.boys_ratio[of]),
                    ..rates.shares[of]
                }),
            }
        };
        self.groups.iter().zip(&self.rates).map(of_group).collect()
    }

    /// Events against those of the base date because more or fewer children wait for a place.
    fn waiting(&self, group: &Group, pupils: &Pupils) -> f64 {
        if group.status != SenStatus::Plan || group.school != School::Mainstream {
            return 1.0;
        }
        let phase = position(group.phase);
        let factor = |share: f64| 1.0 + share * (self.waiting_ratio - 1.0);
        factor(pupils.waiting_share[phase]) / factor(self.waiting_at_base[phase])
    }
}

/// Boys' share of the events of pupils of whom a share are boys.
fn boys_share(boys: f64, ratio: f64) -> f64 {
    let of_boys = ratio * boys;
    let all = of_boys + 1.0 - boys;
    if all > 0.0 { of_boys / all } else { 0.0 }
}

/// Events of a need against its pool's: children with social, emotional and mental health needs have
/// `ratio` times the pool's, the others what is left.
fn against_pool(group: &Group, ratio: f64, share: f64) -> f64 {
    match group.need {
        None => 1.0,
        Some(PrimaryNeed::Semh) => ratio.min(MOST_OF_POOL / share.max(1e-9)),
        Some(_) => {
            let of_semh = (ratio * share).min(MOST_OF_POOL);
            (1.0 - of_semh) / (1.0 - share).max(1e-9)
        }
    }
}

/// A pool's rates in a draw: the area's, pooled with England's by a gamma prior worth [`POOLING`]
/// events.
fn pooled(
    future: &Future<'_>,
    model: &Exclusions,
    group: &Group,
    pupils: f64,
    number: &dyn Fn(&str) -> f64,
) -> Means {
    let published = model.rates.of_pool(group.pool());
    let status = match group.status {
        SenStatus::NoSen => "no-sen",
        SenStatus::Support => "sen-support",
        SenStatus::Plan => "ehc-plan",
    };
    let school = match group.school {
        School::Special => "special",
        School::Mainstream => match group.phase {
            Phase::Primary => "primary",
            _ => "secondary",
        },
    };
    let england = |what: &str| number(&format!("exclusions.england.{what}.{status}-{school}"));
    let exposure = pupils * NEWEST as f64 / 100.0;
    let posterior = |own: Option<f64>, england: f64| {
        let own_events = own.map_or(0.0, |rate| rate * exposure);
        let exposed = if own.is_some() { exposure } else { 0.0 };
        (own_events + POOLING, exposed + POOLING / england)
    };
    let (events, exposed) = posterior(published.permanent, england("permanent"));
    let key = format!("exclusions.permanent.{status}-{school}");
    let mut stream = Stream::new(future.seed, future.draw, &key);
    let drawn = Gamma::new(events, 1.0 / exposed).map(|gamma| gamma.sample(&mut stream));
    let permanent = drawn.unwrap_or(events / exposed);
    let (suspended, exposed) = posterior(published.suspended, england("suspended"));
    let each = match (published.suspensions, published.suspended) {
        (Some(suspensions), Some(suspended)) if suspended > 0.0 => suspensions / suspended,
        _ => england("suspensions") / england("suspended"),
    };
    let terms = |what: &str, own: [Option<f64>; TERMS.len()]| {
        let of_term = |(own, (term, _)): (Option<f64>, (&str, &str))| {
            let england = number(&format!("exclusions.term-share.{what}.{term}"));
            own.unwrap_or(0.0) * exposure + POOLING * england
        };
        let events: Vec<f64> = own.into_iter().zip(TERMS).map(of_term).collect();
        let all: f64 = events.iter().sum();
        Shares {
            terms: std::array::from_fn(|term| events[term] / all),
            boys: 0.5,
        }
    };
    Means {
        suspended: suspended / exposed / 100.0,
        each: each.max(1.0),
        permanent: permanent / 100.0,
        shares: [
            terms("suspended", published.suspended_by_term),
            terms("permanent", published.permanent_by_term),
        ],
    }
}
