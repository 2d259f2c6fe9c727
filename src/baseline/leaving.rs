//! Leaving: ceasing by age, reason and setting; moving out and in.

use super::evidence::{AgeEvidence, estimate, of};
use super::posterior::{Draw, Sampler};
use super::stocks::Stocks;
use crate::area::{EstimateRow, EvidenceProcess, EvidenceRow};
use crate::domain::{AGES, CeaseReason, PrimaryNeed, Setting};
use crate::simulate::{Rates, Table};

const REASONS: usize = CeaseReason::COUNT;
const SETTINGS: usize = Setting::COUNT;

/// First age at which ceasing differs by setting.
const FIRST_AGE_BY_SETTING: usize = 16;

/// Everything that leaving is fitted to.
#[derive(Debug, Clone)]
pub(super) struct LeavingFit {
    ceasing: AgeEvidence,
    ceasing_pooling: (f64, f64),
    drift: f64,
    reason_counts: Table<2>,
    reason_peers: Table<2>,
    share_pooling: f64,
    in_setting: [f64; SETTINGS],
    moving_out: AgeEvidence,
    moving_out_pooling: f64,
    moving_in: (f64, f64),
}

impl LeavingFit {
    pub(super) fn new(rates: &[EvidenceRow], estimates: &[EstimateRow]) -> Self {
        let value = |name: &str| estimate(estimates, name).0;
        let mut reason_counts = Table::zeros([AGES, REASONS]);
        let mut reason_peers = Table::zeros([AGES, REASONS]);
        for row in of(rates, EvidenceProcess::CeasingReason) {
            if let (Some(age), Some(reason)) = (row.age, row.reason) {
                *reason_counts.at_mut([usize::from(age), reason.index()]) = row.area_events;
                *reason_peers.at_mut([usize::from(age), reason.index()]) = row.peer_value;
            }
        }
        let mut in_setting = [1.0; SETTINGS];
        for row in of(rates, EvidenceProcess::CeasingInSetting) {
            if let Some(setting) = row.setting {
                in_setting[setting.index()] = row.peer_value;
            }
        }
        Self {
            ceasing: AgeEvidence::read(rates, EvidenceProcess::Ceasing),
            ceasing_pooling: (value("ceasing.level-pooling"), value("ceasing.age-pooling")),
            drift: value("ceasing.drift"),
            reason_counts,
            reason_peers,
            share_pooling: value("shares.pooling"),
            in_setting,
            moving_out: AgeEvidence::read(rates, EvidenceProcess::MovingOut),
            moving_out_pooling: value("moving-out.level-pooling"),
            moving_in: estimate(estimates, "moving-in.ratio"),
        }
    }

    /// Rate of ceasing by age: level of the area pooled with its region's, single ages pooled with
    /// the level, and a lasting surprise.
    pub(super) fn by_age(&self, draw: Draw) -> [f64; AGES] {
        let mut sampler = Sampler::new(draw, "ceasing.age");
        let events: f64 = self.ceasing.events.iter().sum();
        let expected: f64 = (0..AGES).map(|age| self.ceasing.expected(age)).sum();
        let level = sampler.ratio(events, expected, self.ceasing_pooling.0);
        let surprise = libm::exp(self.drift * sampler.normal());
        std::array::from_fn(|age| {
            let expected = level * self.ceasing.expected(age);
            let shape = sampler.ratio(self.ceasing.events[age], expected, self.ceasing_pooling.1);
            self.ceasing.peer[age] * level * shape * surprise
        })
    }

    /// Rate of moving out with a plan by age.
    pub(super) fn moving_out(&self, draw: Draw) -> [f64; AGES] {
        let mut sampler = Sampler::new(draw, "moving-out.level");
        let events: f64 = self.moving_out.events.iter().sum();
        let expected: f64 = (0..AGES).map(|age| self.moving_out.expected(age)).sum();
        let level = sampler.ratio(events, expected, self.moving_out_pooling);
        self.moving_out.peer.map(|rate| rate * level)
    }

    /// Plans moving in per plan and year by age, relative to the area's own plans.
    pub(super) fn moving_in(&self, draw: Draw) -> [f64; AGES] {
        let mut sampler = Sampler::new(draw, "moving-in.ratio");
        let (ratio, error) = self.moving_in;
        let relative = if ratio > 0.0 { error / ratio } else { 0.0 };
        let ratio = ratio * libm::exp(relative * sampler.normal());
        self.moving_out.peer.map(|rate| rate * ratio)
    }

    /// Peers' rate of moving out by age.
    pub(super) const fn peer_moving_out(&self) -> &[f64; AGES] {
        &self.moving_out.peer
    }

    /// Fills the rates of leaving of a draw.
    pub(super) fn fill(&self, draw: Draw, stocks: &Stocks, rates: &mut Rates) {
        let by_age = self.by_age(draw);
        rates.moving_out = self.moving_out(draw).to_vec();
        let mut sampler = Sampler::new(draw, "ceasing.reasons");
        let mut shares = [0.0; REASONS];
        for age in 0..AGES {
            let row = age * REASONS..(age + 1) * REASONS;
            sampler.shares(
                &self.reason_counts.values()[row.clone()],
                &self.reason_peers.values()[row],
                self.share_pooling,
                &mut shares,
            );
            let relative = self.relative_to_average(stocks, age);
            for (reason, share) in shares.iter().enumerate() {
                for (setting, relative) in relative.iter().enumerate() {
                    *rates.ceasing.at_mut([age, reason, setting]) = by_age[age] * share * relative;
                }
            }
        }
    }

    /// Ceasing in each setting relative to the age's average in the area's own mix of settings.
    fn relative_to_average(&self, stocks: &Stocks, age: usize) -> [f64; SETTINGS] {
        if age < FIRST_AGE_BY_SETTING {
            return [1.0; SETTINGS];
        }
        let plans: [f64; SETTINGS] = std::array::from_fn(|setting| {
            (0..PrimaryNeed::COUNT)
                .map(|need| stocks.plans.at([age, need, setting]))
                .sum()
        });
        let total: f64 = plans.iter().sum();
        let average = if total > 0.0 {
            plans
                .iter()
                .zip(self.in_setting)
                .map(|(p, r)| p * r)
                .sum::<f64>()
                / total
        } else {
            1.0
        };
        self.in_setting.map(|relative| relative / average)
    }
}
