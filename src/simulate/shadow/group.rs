//! A birth cohort of one sex, as expected numbers of children in every state.

use super::flows::Flows;
use super::rates::{StepRates, YearRates};
use super::{ByPlan, NEEDS, SETTINGS};
use crate::domain::PrimaryNeed;

const NSA: usize = PrimaryNeed::Nsa as usize;
const NONE: ByPlan = [[0.0; SETTINGS]; NEEDS];

/// Expected children by state.
#[derive(Debug, Clone)]
pub(super) struct Group {
    /// No SEN, by latent need.
    pub(super) no_sen: [f64; NEEDS],
    /// SEN support, by need, those found early apart.
    pub(super) support: [f64; NEEDS],
    /// On SEN support only because of having been found early, by need.
    pub(super) found_early: [f64; NEEDS],
    /// Not on SEN support only because a review was missed, by need.
    missed: [f64; NEEDS],
    /// Plans held since 1 January in the same setting: need on 1 January × setting. Between years,
    /// all plans.
    pub(super) settled: ByPlan,
    /// Plans held since 1 January that changed setting this year: need on 1 January × setting.
    moved: ByPlan,
    /// Plans started or moved in with since 1 January: no moves or recodings before the next.
    fresh: ByPlan,
}

impl Group {
    pub(super) const fn new() -> Self {
        Self {
            no_sen: [0.0; NEEDS],
            support: [0.0; NEEDS],
            found_early: [0.0; NEEDS],
            missed: [0.0; NEEDS],
            settled: NONE,
            moved: NONE,
            fresh: NONE,
        }
    }

    /// Everyone.
    pub(super) fn residents(&self) -> f64 {
        let plans = [&self.settled, &self.moved, &self.fresh];
        let all = |plans: &ByPlan| plans.iter().flatten().sum::<f64>();
        self.no_sen.iter().sum::<f64>()
            + self.support.iter().sum::<f64>()
            + self.found_early.iter().sum::<f64>()
            + self.missed.iter().sum::<f64>()
            + plans.into_iter().map(all).sum::<f64>()
    }

    /// Advances by a step of Runge and Kutta.
    pub(super) fn advance(&mut self, of_year: &YearRates, step: &StepRates, flows: &mut Flows) {
        let recoded = of_year.recoded(step.middle);
        let slope = |at: &Self, weight: f64, flows: &mut Flows| {
            at.slope(of_year, step, &recoded, weight, flows)
        };
        let k1 = slope(self, 1.0 / 6.0, flows);
        let k2 = slope(&self.plus(&k1, 0.5), 1.0 / 3.0, flows);
        let k3 = slope(&self.plus(&k2, 0.5), 1.0 / 3.0, flows);
        let k4 = slope(&self.plus(&k3, 1.0), 1.0 / 6.0, flows);
        *self = self.plus(&k1, 1.0 / 6.0);
        *self = self.plus(&k2, 1.0 / 3.0);
        *self = self.plus(&k3, 1.0 / 3.0);
        *self = self.plus(&k4, 1.0 / 6.0);
    }

    fn plus(&self, slope: &Self, weight: f64) -> Self {
        let plans = |a: &ByPlan, b: &ByPlan| -> ByPlan {
            std::array::from_fn(|n| std::array::from_fn(|s| a[n][s] + weight * b[n][s]))
        };
        Self {
            no_sen: std::array::from_fn(|n| self.no_sen[n] + weight * slope.no_sen[n]),
            support: std::array::from_fn(|n| self.support[n] + weight * slope.support[n]),
            found_early: std::array::from_fn(|n| {
                self.found_early[n] + weight * slope.found_early[n]
            }),
            missed: std::array::from_fn(|n| self.missed[n] + weight * slope.missed[n]),
            settled: plans(&self.settled, &slope.settled),
            moved: plans(&self.moved, &slope.moved),
            fresh: plans(&self.fresh, &slope.fresh),
        }
    }

    /// Change over a step at constant slope; adds the flows, times a weight.
    fn slope(
        &self,
        of_year: &YearRates,
        step: &StepRates,
        recoded: &[[f64; NEEDS]; NEEDS],
        weight: f64,
        flows: &mut Flows,
    ) -> Self {
        let mut change = Self::new();
        let new = self.new_plans(of_year, step);
        let leaving: [f64; SETTINGS] =
            std::array::from_fn(|s| step.ceasing[s] + step.death[s] + step.plans_out);
        for need in 0..NEEDS {
            let (without, support) = (self.no_sen[need], self.support[need]);
            let (early, missed) = (self.found_early[need], self.missed[need]);
            let starting = step.joining[need];
            change.no_sen[need] += of_year.arriving_without_sen[need] * step.share
                - without * (starting + step.entry[need] + step.finding[need] + step.residents_out)
                + (support + early + missed) * step.exit[need];
            change.missed[need] += without * step.entry[need] * step.missed[need]
                - missed
                    * (of_year.support_ratio * starting
                        + step.exit[need]
                        + step.found_late
                        + step.residents_out);
            change.found_early[need] += without * step.finding[need]
                - early
                    * (step.joining_early[need]
                        + step.entry[need]
                        + step.exit[need]
                        + step.residents_out);
            change.support[need] += of_year.arriving_on_support[need] * step.share
                + (without * (1.0 - step.missed[need]) + early) * step.entry[need]
                + missed * step.found_late
                - support
                    * (of_year.support_ratio * starting + step.exit[need] + step.residents_out);
            for setting in 0..SETTINGS {
                let started = new[need] * step.first[need][setting];
                let moving_in = of_year.arriving_with_plan[need][setting] * step.share;
                flows.new[need][setting] += weight * started;
                flows.moved_in[need][setting] += weight * moving_in;
                change.fresh[need][setting] +=
                    started + moving_in - self.fresh[need][setting] * leaving[setting];
                change.settled[need][setting] -= self.settled[need][setting] * leaving[setting];
                change.moved[need][setting] -= self.moved[need][setting] * leaving[setting];
                let held = self.settled[need][setting] + self.moved[need][setting];
                let fresh = self.fresh[need][setting];
                end(step, [need, setting], fresh, weight, flows, &mut change);
                if held > 0.0 {
                    for (now, share) in recoded[need].iter().enumerate() {
                        end(
                            step,
                            [now, setting],
                            held * share,
                            weight,
                            flows,
                            &mut change,
                        );
                    }
                }
            }
        }
        if !of_year.moves_at_once {
            for &(need, from, to, rate) in &of_year.moves {
                let moving = self.settled[need][from] * rate * step.share;
                change.settled[need][from] -= moving;
                change.moved[need][to] += moving;
            }
        }
        change
    }

    /// Plans started, by the need recorded in them.
    fn new_plans(&self, of_year: &YearRates, step: &StepRates) -> [f64; NEEDS] {
        let starting: [f64; NEEDS] = std::array::from_fn(|need| {
            let as_supported = self.support[need] + self.missed[need];
            (self.no_sen[need] + of_year.support_ratio * as_supported) * step.joining[need]
                + self.found_early[need] * step.joining_early[need]
        });
        std::array::from_fn(|need| {
            let own = if need == NSA { 0.0 } else { starting[need] };
            own + starting[NSA] * of_year.assessed[need]
        })
    }

    /// Moves of 1 September.
    pub(super) fn move_at_once(&mut self, of_year: &YearRates) {
        let mut totals = NONE;
        for &(need, from, _, rate) in &of_year.moves {
            totals[need][from] += rate;
        }
        let before = self.settled;
        for &(need, from, to, rate) in &of_year.moves {
            let total = totals[need][from];
            let moving = before[need][from] * (1.0 - libm::exp(-total)) * rate / total;
            self.settled[need][from] -= moving;
            self.moved[need][to] += moving;
        }
    }

    /// Ends all plans; returns them by need and setting.
    pub(super) fn reach_maximum_age(&mut self, of_year: &YearRates, gone_by: f64) -> ByPlan {
        self.close(of_year, gone_by);
        let ended = std::mem::replace(&mut self.settled, NONE);
        for (count, plans) in self.no_sen.iter_mut().zip(&ended) {
            *count += plans.iter().sum::<f64>();
        }
        ended
    }

    /// Writes this year's moves and recodings into the plans of the next 1 January.
    pub(super) fn close_year(&mut self, of_year: &YearRates) {
        self.close(of_year, 1.0);
    }

    fn close(&mut self, of_year: &YearRates, gone_by: f64) {
        let recoded = of_year.recoded(gone_by);
        let mut plans = self.fresh;
        for need in 0..NEEDS {
            for setting in 0..SETTINGS {
                let held = self.settled[need][setting] + self.moved[need][setting];
                for now in 0..NEEDS {
                    plans[now][setting] += held * recoded[need][now];
                }
            }
        }
        self.settled = plans;
        self.moved = NONE;
        self.fresh = NONE;
    }
}

/// Plans of a need and setting that end: their flows, and children back without SEN or on SEN
/// support.
fn end(
    step: &StepRates,
    [need, setting]: [usize; 2],
    plans: f64,
    weight: f64,
    flows: &mut Flows,
    change: &mut Group,
) {
    if plans <= 0.0 {
        return;
    }
    flows.ceased[need][setting] += weight * plans * step.ceasing[setting];
    flows.died[need][setting] += weight * plans * step.death[setting];
    flows.moved_out[need][setting] += weight * plans * step.plans_out;
    change.no_sen[need] += plans * (step.ceasing[setting] - step.to_support[setting]);
    change.support[need] += plans * step.to_support[setting];
}
