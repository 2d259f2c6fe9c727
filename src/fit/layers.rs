//! Rounding the table of plans layer by layer, both sexes together.
//!
//! Results are indexed by need, then age × setting.

use super::cells::CELLS_PER_NEED;
use super::rounding::round_table_carrying;
use super::transport::{CannotHold, Goal, whole_table};
use super::whole::WholeMargins;
use crate::domain::{AGES, PrimaryNeed, Setting, Sex};

/// Each age a layer of setting × need: age × setting and age × need exact, and the error in
/// setting × need carried from age to age.
pub(super) fn round_by_age(
    table: &[f64],
    margins: &WholeMargins,
) -> Result<Vec<Vec<u32>>, CannotHold> {
    let by_need = both_sexes(table);
    let mut carried = vec![0.0; Setting::COUNT * PrimaryNeed::COUNT];
    let mut children = vec![vec![0; AGES * Setting::COUNT]; PrimaryNeed::COUNT];
    let of_age = |cross: &[u32], width: usize, age: usize| cross[age * width..][..width].to_vec();
    for age in 0..AGES {
        let exact: Vec<f64> = (0..carried.len())
            .map(|at| {
                by_need[at % PrimaryNeed::COUNT][age * Setting::COUNT + at / PrimaryNeed::COUNT]
            })
            .collect();
        let settings = of_age(&margins.age_setting, Setting::COUNT, age);
        let needs = of_age(&margins.age_need, PrimaryNeed::COUNT, age);
        let rounded = round_table_carrying(&exact, &carried, &settings, &needs)?;
        carry(&mut carried, &rounded, &exact);
        for (at, n) in rounded.into_iter().enumerate() {
            let (setting, need) = (at / PrimaryNeed::COUNT, at % PrimaryNeed::COUNT);
            children[need][age * Setting::COUNT + setting] = n;
        }
    }
    Ok(children)
}

/// Each need a layer of age × setting, the smallest first: need × age and need × setting exact,
/// the error in age × setting carried from need to need and then mended.
pub(super) fn round_by_need(
    table: &[f64],
    margins: &WholeMargins,
) -> Result<Vec<Vec<u32>>, CannotHold> {
    let by_need = both_sexes(table);
    let mut order: Vec<usize> = (0..PrimaryNeed::COUNT).collect();
    order.sort_by_key(|&need| margins.needs[need]);
    let mut carried = vec![0.0; AGES * Setting::COUNT];
    let mut children = vec![Vec::new(); PrimaryNeed::COUNT];
    for &need in &order {
        let (ages, settings) = margins.of_need(need);
        let rounded = round_table_carrying(&by_need[need], &carried, &ages, &settings)?;
        carry(&mut carried, &rounded, &by_need[need]);
        children[need] = rounded;
    }
    order.reverse();
    mend_age_by_setting(&by_need, &order, margins, &mut children);
    Ok(children)
}

/// Girls and boys together, by need.
fn both_sexes(table: &[f64]) -> Vec<Vec<f64>> {
    let both = |sexes: &[f64]| sexes.iter().sum();
    table
        .chunks(CELLS_PER_NEED)
        .map(|of_need| of_need.chunks(Sex::COUNT).map(both).collect())
        .collect()
}

fn carry(carried: &mut [f64], rounded: &[u32], exact: &[f64]) {
    for ((error, &whole), exact) in carried.iter_mut().zip(rounded).zip(exact) {
        *error += f64::from(whole) - exact;
    }
}

/// Most rounds of mending; each need is visited once in a round.
const MENDING_ROUNDS: usize = 8;

/// Weight of the raked number against what is left of age × setting.
const NEARNESS: f64 = 0.05;

/// Lets each need in turn take the table nearest to what the others leave of age × setting, until
/// nothing is left or nothing changes. Need × age and need × setting stay exact.
fn mend_age_by_setting(
    by_need: &[Vec<f64>],
    order: &[usize],
    margins: &WholeMargins,
    children: &mut [Vec<u32>],
) {
    let mut left: Vec<f64> = margins.age_setting.iter().map(|&n| f64::from(n)).collect();
    for cells in children.iter() {
        for (left, &n) in left.iter_mut().zip(cells) {
            *left -= f64::from(n);
        }
    }
    for _ in 0..MENDING_ROUNDS {
        let mut changed = false;
        for &need in order {
            if left.iter().all(|left| left.abs() < 0.5) {
                return;
            }
            let of_need = margins.of_need(need);
            changed |= mend_need(&by_need[need], of_need, &mut children[need], &mut left);
        }
        if !changed {
            return;
        }
    }
}

/// Moves one need's table towards what the others leave; whether it changed.
fn mend_need(
    exact: &[f64],
    (ages, settings): (Vec<u32>, Vec<u32>),
    children: &mut Vec<u32>,
    left: &mut [f64],
) -> bool {
    let goals: Vec<Goal> = exact
        .iter()
        .zip(children.iter().zip(left.iter()))
        .map(|(&exact, (&now, &left))| Goal {
            near: (f64::from(now) + left + NEARNESS * exact) / (1.0 + NEARNESS),
            least: 0,
            most: if exact > 0.0 { u32::MAX } else { 0 },
        })
        .collect();
    let Ok(mended) = whole_table(&goals, &ages, &settings) else {
        return false;
    };
    let changed = mended != *children;
    for ((left, &before), &after) in left.iter_mut().zip(children.iter()).zip(&mended) {
        *left += f64::from(before) - f64::from(after);
    }
    *children = mended;
    changed
}
