//! Moves between settings by year group.

use super::ages::ByAge;
use super::areas::LAST_YEAR;
use super::mix::recorded_settings;
use super::pooling::dirichlet_pooling;
use super::reference::Reference;
use crate::area::{EvidenceProcess, EvidenceRow};
use crate::data::facts::{Cut, Item, Published};
use crate::domain::{AGES, Place, Setting};

const SETTINGS: usize = Setting::COUNT;

/// Plans by academic age and setting: the two newest Januaries together.
pub(super) type BySetting = Vec<[f64; SETTINGS]>;

/// Counts of a place in the Januaries with single ages up to the base date. Plans without a recorded
/// placement are left out: nobody moves to where nobody knows.
pub(super) fn plans(published: &Published, place: Place, base_year: i32) -> BySetting {
    let januaries = LAST_YEAR..=(LAST_YEAR + 1).min(base_year);
    (0..AGES)
        .map(|a| {
            let mut counts = [0.0; SETTINGS];
            for setting in recorded_settings() {
                let cell = |january| {
                    let cut = Cut::Age(a as u8);
                    published
                        .plans
                        .value(place, january, cut, Item::Setting(setting))
                };
                counts[setting.index()] = januaries.clone().filter_map(cell).sum();
            }
            counts
        })
        .collect()
}

fn shares(counts: &[f64; SETTINGS]) -> [f64; SETTINGS] {
    let total: f64 = counts.iter().sum();
    counts.map(|c| if total > 0.0 { c / total } else { 0.0 })
}

/// How strongly the settings of an area's single ages are pooled with England's.
pub(super) fn pooling(england: &BySetting, areas: &[BySetting]) -> f64 {
    let groups: Vec<(Vec<f64>, Vec<f64>)> = areas
        .iter()
        .flat_map(|area| (4..21).map(move |a| (area[a].to_vec(), shares(&england[a]).to_vec())))
        .filter(|(counts, _)| counts.iter().sum::<f64>() > 0.0)
        .collect();
    dirichlet_pooling(&groups)
}

/// England's and the area's ways of being in a setting at each age.
#[derive(Debug)]
pub(super) struct MovesInput<'a> {
    /// England's plans by age and setting.
    pub(super) england: &'a BySetting,
    /// The area's.
    pub(super) area: &'a BySetting,
    /// Pooling strength of the area's settings at an age.
    pub(super) strength: f64,
    /// First settings of new plans: England and area, by age.
    pub(super) first: &'a [[f64; SETTINGS]],
    /// Ceasing in a setting relative to the average of its ages.
    pub(super) ceasing: &'a [f64; SETTINGS],
    /// Reference rates.
    pub(super) reference: &'a Reference,
}

/// The moves that keep the setting mix of every age as it was in the newest Januaries.
///
/// Plans in settings at age `a`, less those that cease, plus new plans in their first settings, must
/// have the setting mix of age `a + 1`. The fewest moves that bring this about are taken: settings
/// with too many give to settings with too few, in proportion. England's mix gives England's moves;
/// the area's mix, pooled with England's, gives the area's.
pub(super) fn rows(input: &MovesInput<'_>) -> Vec<EvidenceRow> {
    let pooled: Vec<[f64; SETTINGS]> = (0..AGES)
        .map(|a| {
            let england = shares(&input.england[a]);
            let n: f64 = input.area[a].iter().sum();
            std::array::from_fn(|s| {
                (input.area[a][s] + input.strength * england[s]) / (n + input.strength)
            })
        })
        .collect();
    let england: Vec<[f64; SETTINGS]> = (0..AGES).map(|a| shares(&input.england[a])).collect();
    let mut rows = Vec::new();
    for a in 2..AGES - 1 {
        let of_england = flows(a, &england, input);
        let of_area = flows(a, &pooled, input);
        let plans: f64 = input.area[a].iter().sum();
        for from in 0..SETTINGS {
            // Nobody of this age is there: whoever is left over takes the way of the others.
            if england[a][from] <= 0.0 && input.area[a][from] <= 0.0 {
                continue;
            }
            for to in 0..SETTINGS {
                let (peer, area) = (of_england[from][to], of_area[from][to]);
                if from == to || (peer <= 1e-5 && area <= 1e-5) {
                    continue;
                }
                let mut row = EvidenceRow::new(EvidenceProcess::SettingMove, peer);
                row.age = Some(a as u8);
                row.setting = Some(Setting::ALL[from]);
                row.to_setting = Some(Setting::ALL[to]);
                row.area_exposure = plans * pooled[a][from];
                row.area_events = area * row.area_exposure;
                rows.push(row);
            }
        }
    }
    rows
}

/// Probability of moving from one setting to another within the year after age `a`.
fn flows(a: usize, mix: &[[f64; SETTINGS]], input: &MovesInput<'_>) -> Vec<[f64; SETTINGS]> {
    let reference = input.reference;
    let left = survivors(a, &mix[a], input);
    let stay: f64 = left.iter().sum();
    let joiners = joiners_per_plan(reference, a);
    let mut wanted: [f64; SETTINGS] = std::array::from_fn(|s| {
        (mix[a + 1][s] * (stay + joiners) - joiners * input.first[a][s]).max(0.0)
    });
    let total: f64 = wanted.iter().sum();
    if total > 0.0 {
        wanted.iter_mut().for_each(|w| *w *= stay / total);
    } else {
        wanted = left;
    }
    let missing: f64 = (0..SETTINGS).map(|s| (wanted[s] - left[s]).max(0.0)).sum();
    (0..SETTINGS)
        .map(|from| {
            let surplus = (left[from] - wanted[from]).max(0.0);
            std::array::from_fn(|to| {
                let deficit = (wanted[to] - left[to]).max(0.0);
                if left[from] > 0.0 && missing > 0.0 {
                    (surplus / left[from] * deficit / missing).min(0.98)
                } else {
                    0.0
                }
            })
        })
        .collect()
}

/// Shares of a setting mix that keep their plans through the year.
fn survivors(a: usize, mix: &[f64; SETTINGS], input: &MovesInput<'_>) -> [f64; SETTINGS] {
    let relative: [f64; SETTINGS] = if a >= 16 {
        *input.ceasing
    } else {
        [1.0; SETTINGS]
    };
    let average: f64 = (0..SETTINGS)
        .map(|s| mix[s] * relative[s])
        .sum::<f64>()
        .max(1e-9);
    std::array::from_fn(|s| {
        mix[s] * (-input.reference.ceasing_rate[a] * relative[s] / average).exp()
    })
}

fn joiners_per_plan(reference: &Reference, a: usize) -> f64 {
    let plans: &ByAge = &reference.plan_shape;
    // England's plans grow, so that those of this age a year ago were fewer.
    if plans[a] > 0.0 {
        (reference.joiners[a] / plans[a]).min(20.0)
    } else {
        0.0
    }
}
