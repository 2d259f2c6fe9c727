//! Latent needs: the need that a child with no SEN would be identified with.

use super::stocks::{Stocks, neighbours};
use crate::domain::{AGES, PrimaryNeed, Sex};
use crate::simulate::Table;

const NEEDS: usize = PrimaryNeed::COUNT;

/// Ages over which the needs of a sex are averaged: the school ages, at which needs are recorded.
const SCHOOL_AGES: std::ops::Range<usize> = 4..16;
/// Least share of the children of a latent need who have no SEN at any age, so that no need runs
/// out of children: an assumption, which binds only for rare needs at their peak.
const LEAST_WITHOUT_SEN: f64 = 0.25;
/// Weight that a need is given before anything is counted [children with SEN per resident].
const LEAST_PREVALENCE: f64 = 2e-5;

/// Weights of latent needs among children with no SEN: age × sex × need.
///
/// A child keeps its latent need for life. The children of a sex share the needs in proportion to
/// the mean prevalence of each over the school ages, `π(s,n)`; those at an age who are not yet, or
/// no longer, identified are `u(n|a,s) ∝ π(s,n) - SEN(a,s,n)`, with SEN the children on SEN support
/// or with a plan per resident. So cohorts that grow up in the model find at each age the needs that
/// the rates of the base date were fitted with.
pub(super) fn needs(stocks: &Stocks) -> Table<3> {
    let mut weights = Table::zeros([AGES, Sex::COUNT, NEEDS]);
    let prevalence = prevalence(stocks);
    for sex in 0..Sex::COUNT {
        let mean: [f64; NEEDS] = std::array::from_fn(|need| {
            if need == PrimaryNeed::Unknown.index() {
                return 0.0;
            }
            let sum: f64 = SCHOOL_AGES.map(|age| prevalence.at([age, sex, need])).sum();
            sum / SCHOOL_AGES.len() as f64 + LEAST_PREVALENCE
        });
        let all: f64 = mean.iter().sum();
        for age in 0..AGES {
            for need in 0..NEEDS {
                let share = mean[need] / all;
                let left = share - prevalence.at([age, sex, need]);
                *weights.at_mut([age, sex, need]) = left.max(LEAST_WITHOUT_SEN * share);
            }
        }
    }
    weights
}

/// Children who may start SEN support or a plan in the middle of a year, by academic age on the
/// 1 January before it, sex and need: means of what an age has and what the next age has.
#[derive(Debug, Clone)]
pub(super) struct AtRisk {
    /// No SEN, by latent need.
    pub(super) without_sen: Table<3>,
    /// On SEN support.
    pub(super) support: Table<3>,
}

impl AtRisk {
    /// From stocks and latent needs. Between two Januaries many children start SEN support, most
    /// of all on entry to school; rates fitted to January stocks would count their joining twice.
    pub(super) fn new(stocks: &Stocks, latent: &Table<3>) -> Self {
        let mut at_risk = Self {
            without_sen: Table::zeros([AGES, Sex::COUNT, NEEDS]),
            support: Table::zeros([AGES, Sex::COUNT, NEEDS]),
        };
        let on_support = stocks.support_share();
        for age in 0..AGES {
            let next = (age + 1).min(AGES - 1);
            for sex in 0..Sex::COUNT {
                let residents = stocks.residents.at([age, sex]);
                for need in 0..NEEDS {
                    let without = |age: usize| {
                        let weights = (0..NEEDS).map(|n| latent.at([age, sex, n]));
                        let share = latent.at([age, sex, need]) / weights.sum::<f64>();
                        share * stocks.without_sen(age, sex)
                            / stocks.residents.at([age, sex]).max(1.0)
                    };
                    let support = |age: usize| on_support.at([age, sex, need]);
                    let at = [age, sex, need];
                    *at_risk.without_sen.at_mut(at) =
                        residents * f64::midpoint(without(age), without(next));
                    *at_risk.support.at_mut(at) =
                        residents * f64::midpoint(support(age), support(next));
                }
            }
        }
        at_risk
    }
}

/// Children on SEN support or with a plan per resident, averaged with the neighbouring ages.
fn prevalence(stocks: &Stocks) -> Table<3> {
    let mut shares = stocks.support_share();
    for age in 0..AGES {
        for sex in Sex::ALL {
            let near: Vec<(usize, f64)> = neighbours(age).collect();
            let residents: f64 = near
                .iter()
                .map(|&(a, weight)| weight * stocks.residents.at([a, sex.index()]))
                .sum();
            for need in 0..NEEDS {
                let boys = stocks.boys[need];
                let of_sex = if sex == Sex::Male { boys } else { 1.0 - boys };
                let plans: f64 = near
                    .iter()
                    .map(|&(a, weight)| weight * of_sex * stocks.plans_of_need(a, need))
                    .sum();
                *shares.at_mut([age, sex.index(), need]) += plans / residents.max(1.0);
            }
        }
    }
    shares
}
