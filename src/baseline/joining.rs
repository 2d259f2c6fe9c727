//! Joining: level, and shape by age, need and sex.

use super::evidence::{AgeEvidence, estimate, of};
use super::latent::AtRisk;
use super::posterior::{Draw, Sampler};
use super::stocks::Stocks;
use crate::area::{EstimateRow, EvidenceProcess, EvidenceRow, JoiningIndexRow};
use crate::domain::{AGES, PrimaryNeed, Sex};
use crate::simulate::{Rates, Table};

const NEEDS: usize = PrimaryNeed::COUNT;
const NSA: usize = PrimaryNeed::Nsa as usize;

/// Everything that joining is fitted to.
#[derive(Debug, Clone)]
pub(super) struct JoiningFit {
    /// New plans of the newest year over those that the reference rates expect.
    level: f64,
    ages: AgeEvidence,
    age_pooling: f64,
    share_pooling: f64,
    need_counts: Table<2>,
    need_peers: Table<2>,
    boys: Vec<(f64, f64, f64)>,
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
        Self {
            level: index.iter().rev().find_map(level).unwrap_or(1.0),
            ages: AgeEvidence::read(rates, EvidenceProcess::Joining),
            age_pooling: value("joining.age-pooling"),
            share_pooling: value("shares.pooling"),
            need_counts,
            need_peers,
            boys,
        }
    }

    /// Rate of joining by age per resident without a plan, at the level of the newest year.
    pub(super) fn by_age(&self, draw: Draw) -> [f64; AGES] {
        let mut sampler = Sampler::new(draw, "joining.age");
        std::array::from_fn(|age| {
            let (events, expected) = (self.ages.events[age], self.ages.expected(age));
            self.level * self.ages.peer[age] * sampler.ratio(events, expected, self.age_pooling)
        })
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

/// New plans of a year over those expected; `None` for a year without either.
fn level(row: &JoiningIndexRow) -> Option<f64> {
    let new = row.area_new.filter(|new| *new > 0.0)?;
    (row.area_expected > 0.0).then(|| new / row.area_expected)
}
