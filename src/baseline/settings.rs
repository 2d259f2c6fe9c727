//! Settings: where new plans start, and who moves where.

use super::evidence::of;
use super::posterior::{Draw, Sampler};
use super::stocks::Stocks;
use crate::area::{EvidenceProcess, EvidenceRow};
use crate::domain::{AGES, PrimaryNeed, Setting};
use crate::simulate::{Rates, Table};

const NEEDS: usize = PrimaryNeed::COUNT;
const SETTINGS: usize = Setting::COUNT;

/// Strength with which a single move of an area is pooled with England's [plans].
const MOVE_POOLING: f64 = 10.0;

/// Most of a setting that can leave it in a year.
const MOST_MOVING: f64 = 0.97;

/// Ages at which children move back from special to mainstream schools.
const RETURN_AGES: std::ops::RangeInclusive<usize> = 4..=14;

/// Everything that settings are fitted to.
#[derive(Debug, Clone)]
pub(super) struct SettingsFit {
    first_counts: Table<2>,
    first_peers: Table<2>,
    share_pooling: f64,
    /// How much likelier a need is in a setting than other needs.
    by_need: Table<2>,
    moves: Vec<Move>,
}

#[derive(Debug, Clone, Copy)]
struct Move {
    age: usize,
    from: usize,
    to: usize,
    peer: f64,
    events: f64,
    exposure: f64,
}

impl SettingsFit {
    pub(super) fn new(rates: &[EvidenceRow], share_pooling: f64) -> Self {
        let mut first_counts = Table::zeros([AGES, SETTINGS]);
        let mut first_peers = Table::zeros([AGES, SETTINGS]);
        for row in of(rates, EvidenceProcess::FirstSetting) {
            if let (Some(age), Some(setting)) = (row.age, row.setting) {
                *first_counts.at_mut([usize::from(age), setting.index()]) = row.area_events;
                *first_peers.at_mut([usize::from(age), setting.index()]) = row.peer_value;
            }
        }
        let mut by_need = Table::zeros([NEEDS, SETTINGS]);
        by_need.values_mut().fill(1.0);
        for row in of(rates, EvidenceProcess::NeedInSetting) {
            if let (Some(need), Some(setting)) = (row.need, row.setting) {
                *by_need.at_mut([need.index(), setting.index()]) = row.peer_value;
            }
        }
        let moves = of(rates, EvidenceProcess::SettingMove)
            .filter_map(|row| {
                Some(Move {
                    age: usize::from(row.age?),
                    from: row.setting?.index(),
                    to: row.to_setting?.index(),
                    peer: row.peer_value,
                    events: row.area_events,
                    exposure: row.area_exposure,
                })
            })
            .collect();
        Self {
            first_counts,
            first_peers,
            share_pooling,
            by_need,
            moves,
        }
    }

    /// Fills the first settings of a draw: the setting mix of joiners of an age, spread over needs
    /// by England's ratios so that both the needs and the settings of the age stay as drawn.
    pub(super) fn fill_first(&self, draw: Draw, rates: &mut Rates) {
        let mut sampler = Sampler::new(draw, "placement.first");
        let mut shares = [0.0; SETTINGS];
        for age in 0..AGES {
            let row = age * SETTINGS..(age + 1) * SETTINGS;
            sampler.shares(
                &self.first_counts.values()[row.clone()],
                &self.first_peers.values()[row],
                self.share_pooling,
                &mut shares,
            );
            let needs: [f64; NEEDS] =
                std::array::from_fn(|need| rates.unassessed_need.at([age, need]));
            self.spread_over_needs(age, &shares, &needs, &mut rates.first_setting);
        }
    }

    /// Iterative proportional fitting of need × setting to both margins from England's ratios.
    fn spread_over_needs(
        &self,
        age: usize,
        settings: &[f64; SETTINGS],
        needs: &[f64; NEEDS],
        out: &mut Table<3>,
    ) {
        let mut columns = *settings;
        let mut rows = [1.0; NEEDS];
        let weight = |need: usize, setting: usize| self.by_need.at([need, setting]);
        for _ in 0..6 {
            for need in 0..NEEDS {
                let sum: f64 = (0..SETTINGS).map(|s| columns[s] * weight(need, s)).sum();
                rows[need] = if sum > 0.0 { 1.0 / sum } else { 0.0 };
            }
            for setting in 0..SETTINGS {
                let sum: f64 = (0..NEEDS)
                    .map(|n| needs[n] * rows[n] * weight(n, setting))
                    .sum();
                columns[setting] = if sum > 0.0 {
                    settings[setting] / sum
                } else {
                    0.0
                };
            }
        }
        for need in 0..NEEDS {
            let sum: f64 = (0..SETTINGS).map(|s| columns[s] * weight(need, s)).sum();
            for setting in 0..SETTINGS {
                *out.at_mut([age, need, setting]) = if sum > 0.0 {
                    columns[setting] * weight(need, setting) / sum
                } else {
                    0.0
                };
            }
        }
    }

    /// Fills the moves between settings of a draw. `return_rate` is the share of children in state
    /// special schools who go back to mainstream in a year; as many go the other way, since only
    /// the difference is seen in the mix of ages.
    pub(super) fn fill_moves(
        &self,
        draw: Draw,
        stocks: &Stocks,
        return_rate: f64,
        rates: &mut Rates,
    ) {
        let mut probability = Table::zeros([AGES, SETTINGS, SETTINGS]);
        let mut sampler = Sampler::new(draw, "placement.moves");
        for step in &self.moves {
            let shape = step.events + MOVE_POOLING * step.peer;
            *probability.at_mut([step.age, step.from, step.to]) =
                sampler.gamma(shape, step.exposure + MOVE_POOLING);
        }
        add_returns(stocks, return_rate, &mut probability);
        rates.need_in_setting = self.by_need.clone();
        let averages = self.averages(stocks);
        for age in 0..AGES {
            for from in 0..SETTINGS {
                let total: f64 = (0..SETTINGS)
                    .map(|to| probability.at([age, from, to]))
                    .sum();
                if total <= 0.0 {
                    continue;
                }
                // Competing destinations share one integrated rate in proportion.
                let scale = -libm::log(1.0 - total.min(MOST_MOVING)) / total;
                for to in 0..SETTINGS {
                    *rates.setting_moves.at_mut([age, from, to]) =
                        probability.at([age, from, to]) * scale / averages.at([from, to]);
                }
            }
        }
    }

    /// Average over the children in a setting of the factor with which needs move to another.
    fn averages(&self, stocks: &Stocks) -> Table<2> {
        let needs = needs_by_setting(stocks);
        let mut averages = Table::zeros([SETTINGS, SETTINGS]);
        for from in 0..SETTINGS {
            for to in 0..SETTINGS {
                let average: f64 = (0..NEEDS)
                    .map(|need| needs.at([from, need]) * self.by_need.at([need, to]))
                    .sum();
                *averages.at_mut([from, to]) = average.max(1e-9);
            }
        }
        averages
    }
}

fn add_returns(stocks: &Stocks, return_rate: f64, probability: &mut Table<3>) {
    let (mainstream, special) = (Setting::Mainstream.index(), Setting::StateSpecial.index());
    for age in RETURN_AGES {
        let plans = |setting: usize| -> f64 {
            (0..NEEDS)
                .map(|need| stocks.plans.at([age, need, setting]))
                .sum()
        };
        let back = return_rate * plans(special) / plans(mainstream).max(1.0);
        *probability.at_mut([age, special, mainstream]) += return_rate;
        *probability.at_mut([age, mainstream, special]) += back.min(0.2);
    }
}

/// Needs of the plans in each setting; of all plans where a setting has few.
fn needs_by_setting(stocks: &Stocks) -> Table<2> {
    let mut all = [0.0; NEEDS];
    let mut counts = Table::zeros([SETTINGS, NEEDS]);
    for age in 0..AGES {
        for need in 0..NEEDS {
            for setting in 0..SETTINGS {
                let plans = stocks.plans.at([age, need, setting]);
                all[need] += plans;
                *counts.at_mut([setting, need]) += plans;
            }
        }
    }
    let total: f64 = all.iter().sum::<f64>().max(1.0);
    for setting in 0..SETTINGS {
        let n: f64 = (0..NEEDS).map(|need| counts.at([setting, need])).sum();
        for need in 0..NEEDS {
            let cell = counts.at_mut([setting, need]);
            *cell = (*cell + 10.0 * all[need] / total) / (n + 10.0);
        }
    }
    counts
}
