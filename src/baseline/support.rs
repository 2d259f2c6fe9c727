//! SEN support: entry and exit that carry its share of residents along a stated path.

use super::evidence::estimate;
use super::latent::AtRisk;
use super::posterior::{Draw, Sampler};
use super::stocks::Stocks;
use crate::area::EstimateRow;
use crate::domain::{AGES, PrimaryNeed, Sex};
use crate::simulate::{Rates, Table};

const NEEDS: usize = PrimaryNeed::COUNT;

/// Least entries in a year, as a share of the children on SEN support at the age.
const LEAST_ENTRY: f64 = 0.02;

/// Least share of an age that has no SEN, whatever the draw [share of residents].
const LEAST_WITHOUT_SEN: f64 = 0.2;

/// Phases with a path of their own; nursery classes follow primary schools, sixth forms secondary.
const PHASES: [&str; 2] = ["primary", "secondary"];

/// First age of the secondary phase.
const FIRST_SECONDARY_AGE: usize = 11;

/// What the path of SEN support rests on.
#[derive(Debug, Clone)]
pub(super) struct SupportFit {
    damping: (f64, f64),
    innovation: (f64, f64),
    correlation: f64,
    phases: [PhaseFit; 2],
}

/// One phase, in logs of the percentage of pupils.
#[derive(Debug, Clone, Copy)]
struct PhaseFit {
    growth: f64,
    departure: f64,
    pooled: f64,
    persistence: f64,
    innovation: f64,
}

/// What entry and exit of a draw are fitted to.
pub(super) struct Fitted<'a> {
    pub(super) stocks: &'a Stocks,
    pub(super) at_risk: &'a AtRisk,
    /// Share of residents with a plan on each 1 January, by age.
    pub(super) plans: &'a [[f64; AGES]],
    /// Rate of ending SEN support without a plan.
    pub(super) exit_rate: f64,
    /// Years by which requests run ahead of plans; none where requests are not simulated.
    pub(super) lead_years: Option<f64>,
}

impl SupportFit {
    pub(super) fn new(estimates: &[EstimateRow]) -> Self {
        let value = |name: &str| estimate(estimates, &format!("sen-support.{name}"));
        Self {
            damping: value("national-damping"),
            innovation: value("national-innovation"),
            correlation: value("phase-correlation").0,
            phases: PHASES.map(|phase| {
                let value = |name: &str| value(&format!("{phase}-{name}")).0;
                PhaseFit {
                    growth: value("growth"),
                    departure: value("departure"),
                    pooled: value("pooled-departure"),
                    persistence: value("persistence"),
                    innovation: value("innovation"),
                }
            }),
        }
    }

    /// Factors on the share of residents on SEN support, by phase and 1 January from the base date
    /// (1) on: national growth, damped and surprised every year in both phases alike, and the area's
    /// departure, which fades towards its region's and is surprised on its own.
    pub(super) fn path(&self, draw: Draw, years: usize) -> [Vec<f64>; 2] {
        let mut national = Sampler::new(draw, "sen-support.national");
        let damping = (self.damping.0 + self.damping.1 * national.normal()).clamp(0.0, 0.95);
        let relative = self.innovation.1 / self.innovation.0.max(1e-9);
        let innovation = self.innovation.0 * libm::exp(relative * national.normal());
        let mut local = Sampler::new(draw, "sen-support.local");
        let mut level = [0.0; 2];
        let mut growth = self.phases.map(|phase| phase.growth);
        let mut departure = self.phases.map(|phase| phase.departure);
        let mut path = [vec![1.0], vec![1.0]];
        for _ in 0..years {
            let surprise = innovation * national.normal();
            let first = local.normal();
            let second = self.correlation * first
                + (1.0 - self.correlation.powi(2)).max(0.0).sqrt() * local.normal();
            for (phase, own) in [first, second].into_iter().enumerate() {
                let fit = self.phases[phase];
                growth[phase] = damping * growth[phase] + surprise;
                level[phase] += growth[phase];
                departure[phase] = fit.pooled
                    + fit.persistence * (departure[phase] - fit.pooled)
                    + fit.innovation * own;
                path[phase].push(libm::exp(level[phase] + departure[phase] - fit.departure));
            }
        }
        path
    }

    /// Fills entry to and exit from SEN support, and the share of those who move in.
    ///
    /// The share of residents of an age, sex and need on SEN support on each 1 January is that of
    /// the base date times the path of the phase. Entry leads from one January's share to the next
    /// one's, a year older: `S(a+1,t+1) = S(a,t) exp(-z) + e (1 - exp(-z))/z`, with `z = x + r h`
    /// (exit and joining, at the joining of the draw and year) and `e` the entries per resident.
    /// So the children who go on to a plan are replaced, as they were while the published shares
    /// rose. New plans were counted per resident without a plan, whatever the share on SEN support
    /// was: as the shares move, joining is balanced so that a draw has the new plans of its rates,
    /// `λ W = h b (U + r K)`, and only a scenario's own changes of SEN support are felt. Exit is the stated rate, faster where the shares of the base date fall faster with age.
    pub(super) fn fill(&self, draw: Draw, fitted: &Fitted<'_>, rates: &mut Rates) {
        let years = fitted.plans.len() - 1;
        let share = fitted.stocks.support_share();
        let path = self.path(draw, years);
        let at = |age: usize, sex: usize, need: usize, year: usize| {
            if age < AGES {
                share.at([age, sex, need]) * path[phase_of(age)][year]
            } else {
                0.0
            }
        };
        fill_exit(fitted, &share, rates);
        let without_sen = without_sen(fitted, &share, &path);
        // Children at risk of joining per resident over a year: with no SEN, and on SEN support.
        let at_risk = |age: usize, sex: usize, need: usize, year: usize| {
            let next_age = (age + 1).min(AGES - 1);
            let residents = fitted.stocks.residents.at([age, sex]).max(1.0);
            let pool_then = fitted.at_risk.without_sen.at([age, sex, need]) / residents;
            let pool = pool_then * (without_sen[year][age] + without_sen[year + 1][next_age])
                / (without_sen[0][age] + without_sen[0][next_age]);
            let now = at(age, sex, need, year);
            let support = f64::midpoint(now, at(next_age, sex, need, year + 1));
            (pool, support)
        };
        let ratio = rates.support_ratio;
        for age in 0..AGES {
            for sex in 0..Sex::COUNT {
                let residents = fitted.stocks.residents.at([age, sex]).max(1.0);
                for need in 0..NEEDS {
                    let cell = [age, sex, need];
                    let pool_then = fitted.at_risk.without_sen.at(cell) / residents;
                    let support_then = fitted.at_risk.support.at(cell) / residents;
                    for year in 0..years {
                        let at_year = [year, age, sex, need];
                        let (now, next) =
                            (at(age, sex, need, year), at(age + 1, sex, need, year + 1));
                        let (pool, support) = at_risk(age, sex, need, year);
                        let without_plan =
                            (1.0 - fitted.plans[year][age]) / (1.0 - fitted.plans[0][age]).max(0.1);
                        let weight = pool + ratio * support;
                        let balance = without_plan * (pool_then + ratio * support_then)
                            / weight.max(f64::MIN_POSITIVE);
                        let joining =
                            rates.joining.at(cell) * rates.joining_trend.at([year, age]) * balance;
                        // Where requests run ahead of plans, children ask at a younger age, when
                        // fewer of them are on SEN support.
                        let mut from_support = 1.0;
                        if let (Some(lead), Some(younger)) = (fitted.lead_years, age.checked_sub(1))
                        {
                            let (pool_before, support_before) =
                                at_risk(younger, sex, need, year.saturating_sub(1));
                            let support_then = (1.0 - lead) * support + lead * support_before;
                            let then =
                                (1.0 - lead) * pool + lead * pool_before + ratio * support_then;
                            if then > 0.0 && support > 0.0 {
                                *rates.request_balance.at_mut(at_year) = weight / then;
                                from_support = support_then / then * (weight / support);
                            }
                        }
                        let leaving =
                            rates.support_exit.at([age, need]) + ratio * joining * from_support;
                        let entry = entries(now, next, leaving).max(0.0);
                        *rates.joining_balance.at_mut(at_year) = balance;
                        *rates.support_entry.at_mut(at_year) =
                            if pool > 0.0 { entry / pool } else { 0.0 };
                        *rates.arriving_support.at_mut(at_year) = now;
                    }
                }
            }
        }
    }
}

fn phase_of(age: usize) -> usize {
    usize::from(age >= FIRST_SECONDARY_AGE)
}

/// Exit by age and need that the shares of the base date allow, at the joining of the first year.
fn fill_exit(fitted: &Fitted<'_>, share: &Table<3>, rates: &mut Rates) {
    for age in 0..AGES {
        for need in 0..NEEDS {
            let exits: [f64; 2] = std::array::from_fn(|sex| {
                let now = share.at([age, sex, need]);
                let next = if age + 1 < AGES {
                    share.at([age + 1, sex, need])
                } else {
                    0.0
                };
                let joining = rates.support_ratio
                    * rates.joining.at([age, sex, need])
                    * rates.joining_trend.at([0, age]);
                exit_of(now, next, joining, fitted.exit_rate)
            });
            let weight: [f64; 2] =
                std::array::from_fn(|sex| fitted.stocks.support.at([age, sex, need]) + 0.5);
            *rates.support_exit.at_mut([age, need]) =
                (exits[0] * weight[0] + exits[1] * weight[1]) / (weight[0] + weight[1]);
        }
    }
}

/// Share of residents with no SEN on each 1 January, by age.
fn without_sen(fitted: &Fitted<'_>, share: &Table<3>, path: &[Vec<f64>; 2]) -> Vec<[f64; AGES]> {
    let on_support: [f64; AGES] = std::array::from_fn(|age| {
        let of_sex = |sex: usize| fitted.stocks.residents.at([age, sex]);
        let children: f64 = (0..Sex::COUNT)
            .map(|sex| {
                let needs = (0..NEEDS).map(|need| share.at([age, sex, need]));
                of_sex(sex) * needs.sum::<f64>()
            })
            .sum();
        children / (of_sex(0) + of_sex(1)).max(1.0)
    });
    let januaries = fitted.plans.iter().enumerate();
    januaries
        .map(|(year, plans)| {
            std::array::from_fn(|age| {
                let support = on_support[age] * path[phase_of(age)][year];
                (1.0 - plans[age] - support).max(LEAST_WITHOUT_SEN)
            })
        })
        .collect()
}

/// Entries per resident that lead from one share to the next at a rate of leaving.
fn entries(now: f64, next: f64, leaving: f64) -> f64 {
    let kept = libm::exp(-leaving);
    let staying = if leaving > 1e-9 {
        (1.0 - kept) / leaving
    } else {
        1.0
    };
    (next - now * kept) / staying
}

/// The stated exit rate, or the faster one that leads from one share to the next with the least entry.
fn exit_of(now: f64, next: f64, joining: f64, exit_rate: f64) -> f64 {
    let leaving = exit_rate + joining;
    let least = LEAST_ENTRY * now;
    if entries(now, next, leaving) >= least {
        return exit_rate;
    }
    // Solve now exp(-z) + least (1 - exp(-z))/z = next by bisection on z.
    let after = |z: f64| now * libm::exp(-z) + least * (1.0 - libm::exp(-z)) / z;
    let (mut low, mut high) = (leaving.max(1e-6), 6.0);
    if after(high) >= next {
        return high - joining;
    }
    for _ in 0..40 {
        let middle = f64::midpoint(low, high);
        if after(middle) > next {
            low = middle;
        } else {
            high = middle;
        }
    }
    (low - joining).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entry_and_exit_lead_from_share_to_share() {
        for (now, next) in [(0.10, 0.12), (0.10, 0.05), (0.0, 0.08), (0.1, 0.002)] {
            let exit = exit_of(now, next, 0.03, 0.15);
            let z = exit + 0.03;
            let entry = entries(now, next, z);
            let after = now * (-z).exp() + entry * (1.0 - (-z).exp()) / z;
            assert!((after - next).abs() < 2e-3, "{now} to {next}: {after}");
            assert!(entry >= 0.0 && exit >= 0.0);
        }
    }

    fn fit() -> SupportFit {
        let row = |name: &str, value: f64| EstimateRow {
            name: format!("sen-support.{name}"),
            value,
            standard_error: 0.0,
            note: String::new(),
        };
        SupportFit::new(&[
            row("national-damping", 0.5),
            row("primary-growth", 0.04),
            row("primary-departure", 0.10),
            row("primary-pooled-departure", 0.02),
            row("primary-persistence", 0.5),
        ])
    }

    #[test]
    fn growth_fades_and_the_departure_with_it() {
        let [primary, secondary] = fit().path(Draw::Central, 3);
        // Growth 0.02 + 0.01 + 0.005; departure 0.10, 0.06, 0.04, 0.03.
        for (year, log) in [0.0, 0.02 - 0.04, 0.03 - 0.06, 0.035 - 0.07]
            .iter()
            .enumerate()
        {
            assert!((primary[year].ln() - log).abs() < 1e-12, "{primary:?}");
        }
        assert!(secondary.iter().all(|factor| (factor - 1.0).abs() < 1e-12));
    }
}
