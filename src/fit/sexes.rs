//! Sharing whole children between boys and girls.

use super::cells::{Axis, CELLS, cell};
use super::transport::{CannotHold, Goal, whole_table};
use super::whole::WholeMargins;
use crate::domain::{AGES, Setting, Sex};

/// Boys and girls of every cell, in whole children.
///
/// First boys by need and setting, then boys over the ages of each. Sex × need and sex × setting
/// are exact where both are published; sex × age is not published and stays near the raked table.
pub(super) fn share_between_sexes(
    table: &[f64],
    children: &[Vec<u32>],
    margins: &WholeMargins,
) -> Result<Vec<u32>, CannotHold> {
    let boys = boys_by_need_and_setting(table, children, margins)?;
    let mut whole = vec![0; CELLS];
    let mut carried = vec![0.0; AGES];
    for (need, of_need) in children.iter().enumerate() {
        let exact: Vec<f64> = of_need
            .iter()
            .enumerate()
            .map(|(at, &n)| f64::from(n) * boys_share(table, at, need))
            .collect();
        let spread = spread_boys(&exact, of_need, &boys[need], &mut carried)?;
        for (at, (&boys, &both)) in spread.iter().zip(of_need).enumerate() {
            let (age, setting) = (at / Setting::COUNT, at % Setting::COUNT);
            whole[cell(age, Sex::Male.index(), need, setting)] = boys;
            whole[cell(age, Sex::Female.index(), need, setting)] = both - boys;
        }
    }
    Ok(whole)
}

/// Share of boys at a position of age × setting of a need.
fn boys_share(table: &[f64], at: usize, need: usize) -> f64 {
    let (age, setting) = (at / Setting::COUNT, at % Setting::COUNT);
    let of_sex = |sex: Sex| table[cell(age, sex.index(), need, setting)];
    let both = of_sex(Sex::Female) + of_sex(Sex::Male);
    if both > 0.0 {
        of_sex(Sex::Male) / both
    } else {
        0.5
    }
}

/// Boys of each need by setting, never more than children.
///
/// Both margins exact if any table has them; else setting × sex exact and need × sex near, with
/// the girls of each need in a last column.
fn boys_by_need_and_setting(
    table: &[f64],
    children: &[Vec<u32>],
    margins: &WholeMargins,
) -> Result<Vec<Vec<u32>>, CannotHold> {
    let boys = |cross: &[u32]| cross[cross.len() / 2..].to_vec();
    let (needs, settings) = (boys(&margins.sex_need), boys(&margins.sex_setting));
    let children: Vec<u32> = children
        .iter()
        .flat_map(|of_need| by_setting(of_need))
        .collect();
    let mut exact = vec![0.0; children.len()];
    for (cell, value) in table.iter().enumerate() {
        if Axis::Sex.of(cell) == Sex::Male.index() {
            exact[Axis::Need.of(cell) * Setting::COUNT + Axis::Setting.of(cell)] += value;
        }
    }
    let goals: Vec<Goal> = exact
        .iter()
        .zip(&children)
        .map(|(&near, &most)| Goal {
            near,
            least: 0,
            most,
        })
        .collect();
    let near_boys: Vec<f64> = needs.iter().map(|&n| f64::from(n)).collect();
    let boys = whole_table(&goals, &needs, &settings)
        .or_else(|CannotHold| with_girls(&goals, &children, &near_boys, &settings))?;
    Ok(boys.chunks(Setting::COUNT).map(<[u32]>::to_vec).collect())
}

/// Boys by row and column with the columns exact and the rows near to `near_boys`: a last column
/// holds the girls of each row, so that any number of boys up to all children is possible.
pub(super) fn with_girls(
    goals: &[Goal],
    children: &[u32],
    near_boys: &[f64],
    columns: &[u32],
) -> Result<Vec<u32>, CannotHold> {
    let width = columns.len();
    let rows: Vec<u32> = children.chunks(width).map(|row| row.iter().sum()).collect();
    let girls: u32 = rows.iter().sum::<u32>() - columns.iter().sum::<u32>();
    let mut padded = Vec::with_capacity(goals.len() + rows.len());
    for ((row, &both), &boys) in goals.chunks(width).zip(&rows).zip(near_boys) {
        padded.extend_from_slice(row);
        padded.push(Goal {
            near: f64::from(both) - boys,
            least: 0,
            most: both,
        });
    }
    let columns: Vec<u32> = columns.iter().copied().chain([girls]).collect();
    let whole = whole_table(&padded, &rows, &columns)?;
    Ok(whole
        .chunks(width + 1)
        .flat_map(|row| row[..width].to_vec())
        .collect())
}

/// Boys of one need by age and setting: settings exact, and the boys of each age near to the
/// raked number, errors carried from need to need.
fn spread_boys(
    exact: &[f64],
    children: &[u32],
    boys: &[u32],
    carried: &mut [f64],
) -> Result<Vec<u32>, CannotHold> {
    let goals: Vec<Goal> = exact
        .iter()
        .zip(children)
        .map(|(&near, &most)| Goal {
            near,
            least: 0,
            most,
        })
        .collect();
    let of_ages: Vec<f64> = exact
        .chunks(Setting::COUNT)
        .map(|row| row.iter().sum())
        .collect();
    let near_boys: Vec<f64> = of_ages
        .iter()
        .zip(&*carried)
        .map(|(n, error)| n - error)
        .collect();
    let spread = with_girls(&goals, children, &near_boys, boys)?;
    for ((error, of_age), row) in carried
        .iter_mut()
        .zip(&of_ages)
        .zip(spread.chunks(Setting::COUNT))
    {
        *error += f64::from(row.iter().sum::<u32>()) - of_age;
    }
    Ok(spread)
}

/// Children of one need by setting.
fn by_setting(of_need: &[u32]) -> Vec<u32> {
    (0..Setting::COUNT)
        .map(|setting| of_need.iter().skip(setting).step_by(Setting::COUNT).sum())
        .collect()
}
