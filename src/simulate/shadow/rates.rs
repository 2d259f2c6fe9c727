//! The rates of a group in a year, and integrated over a step.

use super::{NEEDS, SETTINGS};
use crate::domain::{PrimaryNeed, Setting, Sex};
use crate::simulate::arrivals;
use crate::simulate::cumulative::Cumulative;
use crate::simulate::hazards::{Cohort, Hazards};
use crate::simulate::rates::moves_on_first_september;
use crate::simulate::schedule::first_setting_shares;
use crate::simulate::yearly::{need_recode_rate, setting_move_rate};

/// What holds for a group over a whole year.
#[derive(Debug)]
pub(super) struct YearRates {
    /// Moves by need, from and to, as integrated rates of the year; only those above zero.
    pub(super) moves: Vec<(usize, usize, usize, f64)>,
    /// Whether the moves happen on 1 September.
    pub(super) moves_at_once: bool,
    /// Recodings: need × need, as integrated rates of the year.
    recodes: [[f64; NEEDS]; NEEDS],
    /// Residents moving in over the year: no SEN by latent need.
    pub(super) arriving_without_sen: [f64; NEEDS],
    /// Residents moving in over the year: SEN support by need.
    pub(super) arriving_on_support: [f64; NEEDS],
    /// Moving in with a plan over the year: need × setting.
    pub(super) arriving_with_plan: [[f64; SETTINGS]; NEEDS],
    /// Need recorded for a child on SEN support without an assessed need.
    pub(super) assessed: [f64; NEEDS],
    /// How many times likelier a child on SEN support is to start a plan.
    pub(super) support_ratio: f64,
}

impl YearRates {
    pub(super) fn new(hazards: &Hazards<'_>, year: usize, age: u8, sex: Sex) -> Self {
        let rates = hazards.rates;
        let mut moves = Vec::new();
        for need in PrimaryNeed::ALL {
            for from in Setting::ALL {
                for to in Setting::ALL {
                    let rate = setting_move_rate(hazards, age, need, from, to, year);
                    if from != to && rate > 0.0 {
                        moves.push((need.index(), from.index(), to.index(), rate));
                    }
                }
            }
        }
        let recodes = std::array::from_fn(|from| {
            std::array::from_fn(|to| {
                let (from_need, to_need) = (PrimaryNeed::ALL[from], PrimaryNeed::ALL[to]);
                if from == to {
                    0.0
                } else {
                    need_recode_rate(hazards, age, from_need, to_need, year)
                }
            })
        });
        let at = usize::from(age);
        let residents = arrivals::residents(hazards, year, age, sex);
        let plans = arrivals::with_plan(hazards, year, age);
        let on_support: [f64; NEEDS] =
            std::array::from_fn(|need| rates.arriving_support.at([year, at, sex.index(), need]));
        let without_sen = 1.0 - on_support.iter().sum::<f64>();
        let latent = rates.latent_shares(age, sex);
        let mix = |need: usize, setting: usize| rates.moving_in_mix.at([at, need, setting]);
        let all: f64 = (0..NEEDS * SETTINGS)
            .map(|cell| mix(cell / SETTINGS, cell % SETTINGS))
            .sum();
        let of_sex = |need: usize| match sex {
            Sex::Male => rates.boys_among_plans[need],
            Sex::Female => 1.0 - rates.boys_among_plans[need],
        };
        let unassessed: [f64; NEEDS] =
            std::array::from_fn(|need| rates.unassessed_need.at([at, need]));
        let sum: f64 = unassessed.iter().sum();
        Self {
            moves,
            moves_at_once: moves_on_first_september(age),
            recodes,
            arriving_without_sen: latent.map(|share| residents * without_sen * share),
            arriving_on_support: on_support.map(|share| residents * share),
            arriving_with_plan: std::array::from_fn(|need| {
                std::array::from_fn(|setting| {
                    plans * of_sex(need) * mix(need, setting) / all.max(f64::MIN_POSITIVE)
                })
            }),
            assessed: std::array::from_fn(|need| {
                if sum > 0.0 {
                    unassessed[need] / sum
                } else {
                    f64::from(u8::from(need == PrimaryNeed::Oth.index()))
                }
            }),
            support_ratio: rates.support_ratio,
        }
    }

    /// Where the plans of a need on 1 January stand by need when a share of the year is over.
    pub(super) fn recoded(&self, gone_by: f64) -> [[f64; NEEDS]; NEEDS] {
        std::array::from_fn(|from| {
            let total: f64 = self.recodes[from].iter().sum();
            let gone = if total > 0.0 {
                (1.0 - libm::exp(-total * gone_by)) / total
            } else {
                0.0
            };
            let mut row = self.recodes[from].map(|rate| rate * gone);
            row[from] = 1.0 - total * gone;
            row
        })
    }
}

/// Integrals of the rates of a group over a step.
#[derive(Debug)]
pub(super) struct StepRates {
    /// Share of the year.
    pub(super) share: f64,
    /// Share of the year over at the middle of the step.
    pub(super) middle: f64,
    pub(super) joining: [f64; NEEDS],
    pub(super) entry: [f64; NEEDS],
    pub(super) exit: [f64; NEEDS],
    /// Being found before SEN support would start.
    pub(super) finding: [f64; NEEDS],
    /// Share of starts of SEN support that are missed, and being found at school after.
    pub(super) missed: [f64; NEEDS],
    pub(super) found_late: f64,
    /// Starting a plan, for children found early.
    pub(super) joining_early: [f64; NEEDS],
    pub(super) residents_out: f64,
    pub(super) plans_out: f64,
    pub(super) ceasing: [f64; SETTINGS],
    /// The part of it that goes on with SEN support.
    pub(super) to_support: [f64; SETTINGS],
    pub(super) death: [f64; SETTINGS],
    /// First settings of a need.
    pub(super) first: [[f64; SETTINGS]; NEEDS],
}

impl StepRates {
    pub(super) fn new(
        hazards: &Hazards<'_>,
        cohort: Cohort,
        age: u8,
        sex: Sex,
        from: f64,
        to: f64,
    ) -> Self {
        let timeline = &hazards.timeline;
        let year = timeline.segments()[timeline.segment_at(from)].year;
        let (january, next) = (timeline.january(year), timeline.january(year + 1));
        let (first, last) = (timeline.moment(from), timeline.moment(to));
        let over = |cumulative: &Cumulative, row: usize| {
            cumulative.until(row, last) - cumulative.until(row, first)
        };
        let need_row = |need: usize| Hazards::need_row(cohort, sex, PrimaryNeed::ALL[need]);
        let setting_row = |s: usize| Hazards::setting_row(cohort, Setting::ALL[s]);
        Self {
            share: (to - from) / (next - january),
            middle: (f64::midpoint(from, to) - january) / (next - january),
            joining: std::array::from_fn(|need| over(&hazards.joining, need_row(need))),
            entry: std::array::from_fn(|need| over(&hazards.support_entry, need_row(need))),
            exit: std::array::from_fn(|need| {
                let row = Hazards::exit_row(cohort, PrimaryNeed::ALL[need]);
                over(&hazards.support_exit, row)
            }),
            finding: std::array::from_fn(|need| {
                let early = hazards.found_early.as_ref();
                early.map_or(0.0, |early| over(&early.finding, need_row(need)))
            }),
            missed: std::array::from_fn(|need| {
                let missed = hazards.missed.as_ref();
                let of = (age, sex, PrimaryNeed::ALL[need]);
                missed.map_or(0.0, |missed| missed.share(of, from, timeline))
            }),
            found_late: hazards
                .missed
                .as_ref()
                .map_or(0.0, |missed| over(&missed.found, cohort)),
            joining_early: std::array::from_fn(|need| {
                let early = hazards.found_early.as_ref();
                early.map_or(0.0, |early| over(&early.joining, need_row(need)))
            }),
            residents_out: over(&hazards.residents_out, cohort),
            plans_out: over(&hazards.plans_out, cohort),
            ceasing: std::array::from_fn(|s| over(&hazards.ceasing, setting_row(s))),
            to_support: std::array::from_fn(|s| over(&hazards.to_support, setting_row(s))),
            death: std::array::from_fn(|s| over(&hazards.death, setting_row(s))),
            first: PrimaryNeed::ALL
                .map(|need| shares_of_one(first_setting_shares(hazards, age, need, from))),
        }
    }
}

/// Weights as shares of 1; all in "not recorded" where there are none.
fn shares_of_one(mut weights: [f64; SETTINGS]) -> [f64; SETTINGS] {
    let total: f64 = weights.iter().sum();
    if total > 0.0 {
        weights.iter_mut().for_each(|weight| *weight /= total);
    } else {
        weights[Setting::NotRecorded.index()] = 1.0;
    }
    weights
}
