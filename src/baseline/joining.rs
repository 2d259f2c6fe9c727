//! Joining: level, trend, shape by age, need and sex.

use super::evidence::{AgeEvidence, estimate, of};
use super::latent::AtRisk;
use super::posterior::{Draw, Sampler};
use super::stocks::Stocks;
use crate::area::{EstimateRow, EvidenceProcess, EvidenceRow, JoiningIndexRow};
use crate::domain::{AGES, PrimaryNeed, Sex};
use crate::estimate::local_filter;
use crate::simulate::{Rates, Table};

const NEEDS: usize = PrimaryNeed::COUNT;
const NSA: usize = PrimaryNeed::Nsa as usize;

/// The first year of the trend of joining.
const FIRST_TREND_YEAR: i32 = 2014;

/// Everything that joining is fitted to.
#[derive(Debug, Clone)]
pub(super) struct JoiningFit {
    ages: AgeEvidence,
    age_pooling: f64,
    share_pooling: f64,
    need_counts: Table<2>,
    need_peers: Table<2>,
    boys: Vec<(f64, f64, f64)>,
    newest_log_index: f64,
    growth: f64,
    damping: (f64, f64),
    innovation: (f64, f64),
    persistence: f64,
    local_innovation: f64,
    /// Mean and variance of the local factor in the newest year.
    local: (f64, f64),
}

impl JoiningFit {
    pub(super) fn new(
        rates: &[EvidenceRow],
        index: &[JoiningIndexRow],
        estimates: &[EstimateRow],
    ) -> Self {
        let value = |name: &str| estimate(estimates, name).0;
        let mut need_counts = Table::zeros([AGES, NEEDS]);
        let mut need_peers = Table::zeros([AGES, NEEDS]);
        for row in of(rates, EvidenceProcess::JoiningNeed) {
            if let (Some(age), Some(need)) = (row.age, row.need) {
                *need_counts.at_mut([usize::from(age), need.index()]) = row.area_events;
                *need_peers.at_mut([usize::from(age), need.index()]) = row.peer_value;
            }
        }
        let mut boys = vec![(0.0, 0.0, 0.7); NEEDS];
        for row in of(rates, EvidenceProcess::JoiningBoys) {
            if let Some(need) = row.need {
                boys[need.index()] = (row.area_events, row.area_exposure, row.peer_value);
            }
        }
        let persistence = value("joining.local-persistence");
        let local_innovation = value("joining.local-innovation");
        let years: Vec<Option<(f64, f64)>> = index
            .iter()
            .filter(|row| row.year >= FIRST_TREND_YEAR)
            .map(|row| {
                let new = row
                    .area_new
                    .filter(|n| *n > 0.0 && row.area_expected > 0.0)?;
                Some(((new / (row.area_expected * row.england_index)).ln(), new))
            })
            .collect();
        let recording = value("joining.local-recording");
        let (mean, variance, _) = local_filter(persistence, local_innovation, recording, &years);
        Self {
            ages: AgeEvidence::read(rates, EvidenceProcess::Joining),
            age_pooling: value("joining.age-pooling"),
            share_pooling: value("shares.pooling"),
            need_counts,
            need_peers,
            boys,
            newest_log_index: index.last().map_or(0.0, |row| row.england_index.ln()),
            growth: value("joining.national-growth"),
            damping: estimate(estimates, "joining.national-damping"),
            innovation: estimate(estimates, "joining.national-innovation"),
            persistence,
            local_innovation,
            local: (mean, variance),
        }
    }

    /// Rate of joining by age per resident without a plan, at a trend of 1.
    pub(super) fn by_age(&self, draw: Draw) -> [f64; AGES] {
        let mut sampler = Sampler::new(draw, "joining.age");
        std::array::from_fn(|age| {
            let (events, expected) = (self.ages.events[age], self.ages.expected(age));
            self.ages.peer[age] * sampler.ratio(events, expected, self.age_pooling)
        })
    }

    /// Factor on the rates in each year of the horizon: the national index, whose growth is damped
    /// and surprised every year, times the area's own departure, which fades as it has done.
    pub(super) fn trend(&self, draw: Draw, years: usize) -> Vec<f64> {
        let mut national = Sampler::new(draw, "joining.national");
        let damping = (self.damping.0 + self.damping.1 * national.normal()).clamp(0.0, 0.95);
        let relative = self.innovation.1 / self.innovation.0.max(1e-9);
        let innovation = self.innovation.0 * libm::exp(relative * national.normal());
        let mut local = Sampler::new(draw, "joining.local");
        let mut departure = self.local.0 + self.local.1.sqrt() * local.normal();
        let (mut level, mut growth) = (self.newest_log_index, self.growth);
        (0..years)
            .map(|_| {
                growth = damping * growth + innovation * national.normal();
                level += growth;
                departure = self.persistence * departure + self.local_innovation * local.normal();
                libm::exp(level + departure)
            })
            .collect()
    }

    /// Need mix of joiners by age.
    fn needs(&self, draw: Draw) -> Table<2> {
        let mut sampler = Sampler::new(draw, "joining.needs");
        let mut mix = Table::zeros([AGES, NEEDS]);
        for age in 0..AGES {
            let row = age * NEEDS..(age + 1) * NEEDS;
            sampler.shares(
                &self.need_counts.values()[row.clone()],
                &self.need_peers.values()[row.clone()],
                self.share_pooling,
                &mut mix.values_mut()[row],
            );
        }
        mix
    }

    fn boys(&self, draw: Draw) -> [f64; NEEDS] {
        let mut sampler = Sampler::new(draw, "joining.boys");
        std::array::from_fn(|need| {
            let (boys, all, peer) = self.boys[need];
            let mut shares = [0.0; 2];
            sampler.shares(
                &[all - boys, boys],
                &[1.0 - peer, peer],
                self.share_pooling,
                &mut shares,
            );
            shares[1]
        })
    }

    /// Fills the rates of joining of a draw.
    ///
    /// Every child has a latent need: the one recorded when SEN support or a plan starts. The rate of
    /// a child with no SEN, and `ratio` times that rate for a child on SEN support, are set so that
    /// with the children of the base date each age has the joiners of its rate, in its mix of needs
    /// and sexes: `λ(a) m(n|a) b(s|n) W(a) = h(a,s,n) (U(a,s,n) + r K(a,s,n))`, where `W` are the
    /// residents without a plan on 1 January, and `U` and `K` those with no SEN and on SEN support in
    /// the middle of the year.
    /// A child on SEN support without an assessed need joins at the average rate of its age and sex.
    pub(super) fn fill(
        &self,
        draw: Draw,
        stocks: &Stocks,
        at_risk: &AtRisk,
        ratio: f64,
        rates: &mut Rates,
    ) {
        let by_age = self.by_age(draw);
        let needs = self.needs(draw);
        let boys = self.boys(draw);
        rates.support_ratio = ratio;
        rates.unassessed_need = needs.clone();
        rates.boys_among_plans = stocks.boys;
        for age in 0..AGES {
            let joiners = by_age[age] * stocks.without_plan(age);
            let weight = |sex: usize, need: usize| {
                let at = [age, sex, need];
                at_risk.without_sen.at(at) + ratio * at_risk.support.at(at)
            };
            let all: f64 = (0..Sex::COUNT * NEEDS)
                .map(|cell| weight(cell / NEEDS, cell % NEEDS))
                .sum();
            let average = joiners / all.max(1.0);
            let unassessed: f64 = (0..Sex::COUNT).map(|sex| average * weight(sex, NSA)).sum();
            for sex in 0..Sex::COUNT {
                for need in 0..NEEDS {
                    let of_sex = if sex == Sex::Male.index() {
                        boys[need]
                    } else {
                        1.0 - boys[need]
                    };
                    let rate = if need == NSA {
                        average
                    } else if weight(sex, need) > 0.0 {
                        let share = needs.at([age, need]) * of_sex;
                        (joiners - unassessed).max(0.0) * share / weight(sex, need)
                    } else {
                        0.0
                    };
                    *rates.joining.at_mut([age, sex, need]) = rate;
                }
            }
        }
    }
}
