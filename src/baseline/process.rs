//! The process from a request to a plan, in a draw.

use std::sync::Arc;

use super::posterior::{Draw, Sampler};
use super::recode::sampled;
use crate::domain::{AGES, Date};
use crate::ehc_process::{
    self, AreaProcess, Clinic, Feedback, Fits, Numbers, OtherAppeals, ProcessDraw, Reviews,
    Settings, Shares, Team,
};
use crate::parameters::ParameterSet;
use crate::simulate::{Rates, growth_beyond};

/// Longest lead of requests over plans [days]: the clock of joining knows one year ahead.
const LONGEST_LEAD: f64 = 360.0;

/// The process of an area, fitted.
#[derive(Debug, Clone)]
pub(super) struct ProcessFit {
    area: Arc<AreaProcess>,
    clinic: Option<Clinic>,
    fits: Fits,
}

impl ProcessFit {
    /// Fits the process of an area of which the forecast foresees these new plans.
    pub(super) fn new(
        (area, clinic): (AreaProcess, Option<Clinic>),
        new_plans: &[[f64; AGES]],
        parameters: &ParameterSet,
    ) -> Self {
        // The ages of requests: those of new plans. Refusals change them by little.
        let all: f64 = new_plans[0].iter().sum();
        let ages = new_plans[0].map(|plans| plans / all.max(1e-9));
        let fits = ehc_process::fit(&area, &ages, parameters);
        Self {
            area: Arc::new(area),
            clinic,
            fits,
        }
    }

    pub(super) const fn fits(&self) -> &Fits {
        &self.fits
    }

    /// The process of a draw: one of the sets that fit, and the stated numbers.
    pub(super) fn draw(
        &self,
        draw: Draw,
        new_plans: &[[f64; AGES]],
        parameters: &ParameterSet,
    ) -> ProcessDraw {
        let base = Date::january(self.area.base_year);
        let stated = |path: &str| sampled(draw, parameters, path, base);
        let normal = |key: &str| Sampler::new(draw, key).normal();
        let sets = &self.fits.sets;
        let set = Sampler::new(draw, "process.set")
            .uniform()
            .map_or(0, |u| (u * sets.len() as f64) as usize);
        let fit = sets[set.min(sets.len() - 1)];
        let numbers = Numbers {
            stated: &stated,
            normal: &normal,
        };
        let settings = Settings::new(&self.area, &fit, &numbers);
        let lead_days = (7.0 * fit.lead_weeks).clamp(7.0, LONGEST_LEAD).round();
        let requests = requests(new_plans, &settings.shares, lead_days / 365.25);
        let national = || stated("process.england.other-appeals-per-plan");
        let other_appeals = self.area.other_appeals_per_plan().unwrap_or_else(national);
        ProcessDraw {
            area: Arc::clone(&self.area),
            requests,
            hours_per_week: Team::ALL.map(|team| match team {
                Team::Psychologists => stated("process.psychologist-hours-per-week"),
                Team::Officers => stated("process.officer-hours-per-week"),
            }),
            follows: stated("process.staffing.follows-requests"),
            other_appeals: OtherAppeals {
                per_plan: other_appeals,
                late_ratio: stated(ehc_process::LATE_RATIO),
            },
            feedback: Feedback {
                by_wait: stated("process.requests-by-wait"),
                by_suspensions: stated("process.requests-after-suspension-share"),
                by_exclusions: stated("process.requests-after-exclusion-share"),
                managed_moves: ehc_process::OF_MOVES.map(stated),
                clinic: self.clinic,
            },
            reviews: reviews(&self.area, &stated),
            settings,
            fit,
            lead_days,
            is_watched: false,
        }
    }
}

/// Annual reviews: the area's own share held, or England's where it is not published.
fn reviews(area: &AreaProcess, stated: &dyn Fn(&str) -> f64) -> Reviews {
    let (held, due) = area.reviews();
    let of_england = || stated("process.england.reviews-held-share");
    let due_of_england = || stated("process.england.reviews-due-per-plan");
    Reviews {
        held_share: if due > 0.0 && held > 0.0 {
            (held / due).min(1.0)
        } else {
            of_england()
        },
        due_per_plan: area.reviews_due_per_plan().unwrap_or_else(due_of_england),
        response: stated("process.reviews-to-ceasing"),
        transfer_response: stated("process.reviews-to-transfer"),
    }
}

/// Requests of a year by age on its 1 January, from new plans a lead later and the share that leads
/// to one.
fn requests(new_plans: &[[f64; AGES]], shares: &Shares, lead: f64) -> Vec<[f64; AGES]> {
    let years = new_plans.len();
    (0..years)
        .map(|year| {
            std::array::from_fn(|age| {
                let older = next_year(new_plans, year, age + 1);
                let plans = (1.0 - lead) * new_plans[year][age] + lead * older;
                plans / shares.plan(age).max(0.05)
            })
        })
        .collect()
}

/// New plans at an age in the year after: beyond the last year they go on as in the last years.
fn next_year(new_plans: &[[f64; AGES]], year: usize, age: usize) -> f64 {
    if age >= AGES {
        return 0.0;
    }
    match new_plans.get(year + 1) {
        Some(next) => next[age],
        None => new_plans[year][age] * growth_beyond(year, |year| new_plans[year][age]),
    }
}

/// Who moves in has no request in progress, and who moves out takes one along: so many more ask as
/// come in the time from a request to its plan, against those who are there when the plan starts.
pub(super) fn replace_movers(rates: &mut Rates, residents: &dyn Fn(usize, usize) -> f64) {
    let Some(process) = &mut rates.process else {
        return;
    };
    let lead = process.lead_days / 365.25;
    let [years, ages, sexes, needs] = rates.request_balance.shape();
    for year in 0..years {
        for age in 0..ages {
            let coming: f64 = (0..sexes)
                .map(|sex| rates.residents_in.at([year, age, sex]))
                .sum();
            let factor = libm::exp(coming / residents(year, age).max(1.0) * lead);
            process.requests[year][age] *= factor;
            for sex in 0..sexes {
                for need in 0..needs {
                    *rates.request_balance.at_mut([year, age, sex, need]) *= factor;
                }
            }
        }
    }
}
