//! Need and sex of children on SEN support in a phase, from the school census of January 2023.

use super::cells::Axis;
use super::shape::england_shape;
use super::support_levels::{CENSUS_JANUARY, Percentages, SchoolPhase, is_mainstream};
use crate::area::PlanStockRow;
use crate::data::facts::{Cut, Facts, Item, Published};
use crate::domain::{AuthorityCode, Place, PrimaryNeed, Setting, Sex};

const NEEDS: usize = PrimaryNeed::COUNT;

/// Least number on SEN support with a need, as a share of what England's share of pupils with that
/// need would give: a smaller remainder is the noise of small numbers, or of plans that stand
/// elsewhere than the pupils.
const LEAST_OF_ENGLANDS_SHARE: f64 = 0.25;

/// Fewer children than this on SEN support with a need take England's share of boys.
const FEWEST_FOR_OWN_SEXES: f64 = 20.0;

/// Shares of boys outside these are noise.
const BOYS_SHARE_BOUNDS: std::ops::RangeInclusive<f64> = 0.3..=0.9;

/// The need mix of SEN support in one phase.
pub(super) struct NeedMix {
    /// Whose school census this is.
    pub(super) place: Place,
    /// Pupils with SEN by need, January 2023, as published.
    pub(super) any_sen: [f64; NEEDS],
    /// Of those with a plan: plans in mainstream schools by need, scaled to the number that the
    /// published percentages give; at most all.
    pub(super) with_plan: [f64; NEEDS],
    /// On SEN support: the remainder.
    pub(super) support: [f64; NEEDS],
    /// Share of boys among them.
    pub(super) boys_share: [f64; NEEDS],
    /// Needs whose remainder was raised to the least that England's share allows.
    pub(super) pooled: Vec<PrimaryNeed>,
}

/// England's plans in mainstream schools, for the pooled shares.
pub(super) struct EnglandPlans(Vec<f64>);

impl EnglandPlans {
    pub(super) fn read(published: &Published) -> Self {
        Self(england_shape(published))
    }

    fn of_phase(&self, phase: SchoolPhase) -> PlansOfPhase {
        let mut plans = PlansOfPhase::default();
        for (cell, &share) in self.0.iter().enumerate() {
            let setting = Setting::ALL[Axis::Setting.of(cell)];
            if is_mainstream(setting) && phase.ages().contains(&Axis::Age.of(cell)) {
                plans.add(Axis::Need.of(cell), Sex::ALL[Axis::Sex.of(cell)], share);
            }
        }
        plans
    }
}

/// Plans in mainstream schools of a phase by need.
#[derive(Default)]
struct PlansOfPhase {
    both: [f64; NEEDS],
    boys: [f64; NEEDS],
}

impl PlansOfPhase {
    fn of(plans: &[PlanStockRow], phase: SchoolPhase) -> Self {
        let mut sums = Self::default();
        for row in plans {
            if is_mainstream(row.setting) && phase.ages().contains(&usize::from(row.age)) {
                sums.add(row.need.index(), row.sex, f64::from(row.plans));
            }
        }
        sums
    }

    fn add(&mut self, need: usize, sex: Sex, plans: f64) {
        self.both[need] += plans;
        if sex == Sex::Male {
            self.boys[need] += plans;
        }
    }
}

impl NeedMix {
    /// The mix of an authority (or of the authority that it came from), with England's where its
    /// own is missing or too small. `None` when even England's census is missing.
    pub(super) fn read(
        published: &Published,
        authority: AuthorityCode,
        plans: &[PlanStockRow],
        england_plans: &EnglandPlans,
        phase: SchoolPhase,
    ) -> Option<Self> {
        let england = Self::remainder(
            published,
            Place::England,
            &england_plans.of_phase(phase),
            phase,
        )?;
        let predecessors = published
            .authorities
            .get(&authority)
            .map(|authority| authority.predecessors.clone())
            .unwrap_or_default();
        let own_plans = PlansOfPhase::of(plans, phase);
        let own = [authority]
            .into_iter()
            .chain(predecessors)
            .find_map(|code| Self::remainder(published, Place::Authority(code), &own_plans, phase));
        Some(match own {
            Some(own) => own.pooled_with(&england),
            None => england.clamp_boys(),
        })
    }

    /// Pupils with SEN less plans, before pooling.
    fn remainder(
        published: &Published,
        place: Place,
        plans: &PlansOfPhase,
        phase: SchoolPhase,
    ) -> Option<Self> {
        let any_sen = by_need(&published.sen_pupils, place, phase);
        let boys = by_need(&published.sen_boys, place, phase);
        let total: f64 = any_sen.iter().sum();
        if total <= 0.0 {
            return None;
        }
        let percentages = Percentages::read(published, place, CENSUS_JANUARY, phase)
            .or_else(|| Percentages::read(published, Place::England, CENSUS_JANUARY, phase))?;
        let plans_total: f64 = plans.both.iter().sum();
        let scale = if plans_total > 0.0 {
            total * percentages.plan_share() / plans_total
        } else {
            0.0
        };
        let with_plan = std::array::from_fn(|need| any_sen[need].min(scale * plans.both[need]));
        let mut mix = Self {
            place,
            any_sen,
            with_plan,
            support: [0.0; NEEDS],
            boys_share: [0.5; NEEDS],
            pooled: Vec::new(),
        };
        for need in 0..NEEDS {
            mix.support[need] = any_sen[need] - with_plan[need];
            let boys_on_support = boys[need] - scale * plans.boys[need];
            if mix.support[need] > 0.0 {
                mix.boys_share[need] = boys_on_support / mix.support[need];
            }
        }
        mix.support[PrimaryNeed::Unknown.index()] = 0.0;
        Some(mix)
    }

    /// Raises remainders that are next to nothing towards England's share of pupils with that
    /// need, and replaces shares of boys that rest on few children by England's.
    fn pooled_with(mut self, england: &Self) -> Self {
        let total: f64 = self.any_sen.iter().sum::<f64>() - self.with_plan.iter().sum::<f64>();
        for need in PrimaryNeed::ALL {
            let at = need.index();
            if england.any_sen[at] > 0.0 {
                let usual = england.support[at] / england.any_sen[at] * self.any_sen[at];
                let least = LEAST_OF_ENGLANDS_SHARE * usual;
                if self.support[at] < least {
                    self.support[at] = least;
                    self.pooled.push(need);
                }
            }
            let few = self.support[at] < FEWEST_FOR_OWN_SEXES;
            if few || !BOYS_SHARE_BOUNDS.contains(&self.boys_share[at]) {
                self.boys_share[at] = england.boys_share[at];
            }
        }
        let sum: f64 = self.support.iter().sum();
        if sum > 0.0 && total > 0.0 {
            self.support = self.support.map(|n| n * total / sum);
        }
        self.clamp_boys()
    }

    fn clamp_boys(mut self) -> Self {
        let (least, most) = (*BOYS_SHARE_BOUNDS.start(), *BOYS_SHARE_BOUNDS.end());
        self.boys_share = self.boys_share.map(|share| share.clamp(least, most));
        self
    }
}

fn by_need(facts: &Facts, place: Place, phase: SchoolPhase) -> [f64; NEEDS] {
    let cut = Cut::Phase(phase.phase());
    PrimaryNeed::ALL.map(|need| {
        facts
            .value(place, CENSUS_JANUARY, cut, Item::Need(need))
            .unwrap_or(0.0)
    })
}
