//! England's reference rates by single academic age.

use super::ages::ByAge;
use super::areas::{Counts, FIRST_AGED_YEAR, FIRST_CEASED_YEAR, LAST_YEAR};
use super::residents::Residents;
use crate::data::facts::Published;
use crate::domain::{AGES, CeaseReason, Place};

/// Oldest academic age at which losses before a plan's natural end are few, so that the change of
/// the caseload from one January to the next shows the joiners.
const LAST_AGE_OF_FEW_LOSSES: usize = 15;

/// England's joiners, leavers and movers by cohort in the newest years.
#[derive(Debug, Clone)]
pub(super) struct Reference {
    /// Plans by academic age in the newest January.
    pub(super) plan_shape: ByAge,
    /// New plans of the newest year by cohort: how published ages are shared out.
    pub(super) joiners: ByAge,
    /// Rate of joining per resident without a plan and year, at the level of the newest year.
    pub(super) joining_rate: ByAge,
    /// Ceased plans by cohort (moves left out): how published ages are shared out.
    pub(super) leavers: ByAge,
    /// Rate of ceasing per plan and year.
    pub(super) ceasing_rate: ByAge,
    /// Rate of moving out of the authority per plan and year.
    pub(super) moving_out_rate: ByAge,
    /// Plans moving in for each plan moving out that close England's accounts: the rest of the
    /// transfers is balanced by plans that ended without being recorded.
    pub(super) moving_in_ratio: f64,
}

impl Reference {
    /// England's reference from the newest single-age tables.
    pub(super) fn estimate(published: &Published, residents: &Residents) -> Self {
        let england = Counts::of(published, residents, Place::England);
        let newest = LAST_YEAR + 1;
        let end = england
            .published_plans_by_age(newest)
            .unwrap_or([1.0; AGES]);
        let start = england.published_plans_by_age(newest - 1).unwrap_or(end);
        let ended = |reason: CeaseReason| !reason.is_move_out();
        // A flat guess first: it only decides how ages near each other are told apart.
        let rough = england
            .ceased_by_age(LAST_YEAR, ended, &[1.0; AGES])
            .unwrap_or([0.0; AGES]);
        let joiners = cohort_joiners(&england, &start, &end, &rough);
        let leavers = cohort_leavers(&england, &start, &end, &joiners, &rough);
        let joining_rate = joining_rate(&england, &end, &joiners);
        let out = england
            .ceased_by_age(LAST_YEAR, CeaseReason::is_move_out, &start)
            .unwrap_or([0.0; AGES]);
        let at_risk: ByAge = std::array::from_fn(|a| (start[a] + joiners[a] / 2.0).max(1.0));
        // Under 3 plans are few and published together: the youngest ages share the rate of age 3.
        let ceasing_rate = std::array::from_fn(|a| rate(leavers[a.max(3)], at_risk[a.max(3)]));
        Self {
            ceasing_rate,
            moving_out_rate: smooth(&std::array::from_fn(|a| out[a] / at_risk[a])),
            moving_in_ratio: moving_in_ratio(&england),
            plan_shape: end,
            joiners,
            joining_rate,
            leavers,
        }
    }

    /// Plan-years at risk that the reference rates turn into events: events = rate × exposure.
    pub(super) fn ceasing_exposure(&self, plans: &ByAge, joiners: &ByAge) -> ByAge {
        std::array::from_fn(|a| {
            let at_risk = plans[a] + joiners[a] / 2.0;
            let rate = self.ceasing_rate[a];
            let ended = 1.0 - (-rate).exp();
            if rate > 0.0 {
                at_risk * ended / rate
            } else {
                at_risk
            }
        })
    }
}

/// Rate whose survival over a year matches the share that ended.
fn rate(ended: f64, at_risk: f64) -> f64 {
    let share = (ended / at_risk).clamp(0.0, 0.98);
    -(1.0 - share).ln()
}

/// Joiners by cohort: the change of the caseload plus recorded losses at ages of few losses; above
/// them the published ages at the census, undone cohort by cohort. Scaled to the published total.
fn cohort_joiners(england: &Counts<'_>, start: &ByAge, end: &ByAge, losses: &ByAge) -> ByAge {
    let total = england.new_plans(LAST_YEAR).unwrap_or(0.0);
    let mut joiners = [0.0; AGES];
    for a in 1..=LAST_AGE_OF_FEW_LOSSES {
        // The caseload under 3 is published together and stands at age 2.
        let before = match a {
            1 => 0.0,
            2 => start[2] * 0.85,
            _ => start[a],
        };
        let after = if a == 1 { end[2] * 0.85 } else { end[a + 1] };
        joiners[a] = (after - before + losses[a]).max(0.0);
    }
    let shown = england.new_by_age(LAST_YEAR, &[1.0; AGES]);
    if let Some(shown) = shown {
        joiners[LAST_AGE_OF_FEW_LOSSES + 1..AGES - 1]
            .copy_from_slice(&shown[LAST_AGE_OF_FEW_LOSSES + 1..AGES - 1]);
        // Undo the overlap of neighbouring cohorts from the last well-known cohort on.
        if let Some(refined) = england.new_by_age(LAST_YEAR, &joiners) {
            joiners[LAST_AGE_OF_FEW_LOSSES + 1..AGES - 1]
                .copy_from_slice(&refined[LAST_AGE_OF_FEW_LOSSES + 1..AGES - 1]);
        }
    }
    let sum: f64 = joiners.iter().sum();
    if sum > 0.0 {
        joiners.iter_mut().for_each(|j| *j *= total / sum);
    }
    joiners
}

/// Leavers by cohort: published ages up to 15; the balance of the caseload from 16 on, scaled to
/// the published total.
fn cohort_leavers(
    england: &Counts<'_>,
    start: &ByAge,
    end: &ByAge,
    joiners: &ByAge,
    shown: &ByAge,
) -> ByAge {
    let mut leavers = *shown;
    let balance = |a: usize| {
        let after = if a + 1 < AGES { end[a + 1] } else { 0.0 };
        (start[a] + joiners[a] - after).max(0.0)
    };
    let first = LAST_AGE_OF_FEW_LOSSES + 1;
    for (a, left) in leavers.iter_mut().enumerate().skip(first) {
        *left = balance(a);
    }
    let ended = |reason: CeaseReason| !reason.is_move_out();
    let total = england.ceased(LAST_YEAR, ended).unwrap_or(0.0);
    let young: f64 = leavers[..first].iter().sum();
    let old: f64 = leavers[first..].iter().sum();
    if old > 0.0 && total > young {
        leavers[first..]
            .iter_mut()
            .for_each(|l| *l *= (total - young) / old);
    }
    leavers
}

/// Joining rates by age from all years with single ages, each at the level of the newest.
fn joining_rate(england: &Counts<'_>, shape: &ByAge, joiners: &ByAge) -> ByAge {
    let Some(newest) = england.without_plan(LAST_YEAR, shape) else {
        return [0.0; AGES];
    };
    let single: ByAge = std::array::from_fn(|a| joiners[a] / newest[a].max(1.0));
    let mut events = [0.0; AGES];
    let mut exposure = [0.0; AGES];
    for year in FIRST_AGED_YEAR..=LAST_YEAR {
        let (Some(without), Some(new)) = (
            england.without_plan(year, shape),
            england.new_by_age(year, joiners),
        ) else {
            continue;
        };
        let expected: f64 = (0..AGES).map(|a| without[a] * single[a]).sum();
        let level = new.iter().sum::<f64>() / expected.max(1.0);
        for a in 0..AGES {
            events[a] += new[a];
            exposure[a] += without[a] * level;
        }
    }
    let pooled: ByAge = std::array::from_fn(|a| events[a] / exposure[a].max(1.0));
    // The shape of three years, at the level of the newest.
    let level = |rates: &ByAge| (0..AGES).map(|a| newest[a] * rates[a]).sum::<f64>();
    let scale = joiners.iter().sum::<f64>() / level(&pooled).max(1e-9);
    pooled.map(|rate| rate * scale)
}

/// Residual of England's accounts over transfers and departures, in the years with complete counts.
fn moving_in_ratio(england: &Counts<'_>) -> f64 {
    let (mut residual, mut out) = (0.0, 0.0);
    for year in FIRST_CEASED_YEAR..=LAST_YEAR {
        let (Some(start), Some(end), Some(new), Some(ceased), Some(moved)) = (
            england.plans(year),
            england.plans(year + 1),
            england.new_plans(year),
            england.ceased(year, |_| true),
            england.ceased(year, CeaseReason::is_move_out),
        ) else {
            continue;
        };
        residual += end - start - new + ceased;
        out += moved;
    }
    if out > 0.0 {
        (residual / out).clamp(0.0, 1.5)
    } else {
        0.0
    }
}

/// Moving average over three ages, where counts are thin at the ends.
fn smooth(rates: &ByAge) -> ByAge {
    std::array::from_fn(|a| {
        let near = a.saturating_sub(1)..=(a + 1).min(AGES - 1);
        let n = near.clone().count() as f64;
        near.map(|k| rates[k]).sum::<f64>() / n
    })
}
