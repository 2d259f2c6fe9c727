//! Fitted values of a parameter by age and what else decides it, for people who ask for a number.

use crate::area::AreaPack;
use crate::baseline::{Baseline, Draw};
use crate::domain::{AGES, PrimaryNeed, Setting, Sex};
use crate::parameters::Parameter;
use crate::simulate::Rates;

/// Draws behind the ranges.
const DRAWS: u32 = 200;
/// Seed of the draws; the ranges do not depend on a study.
const SEED: u64 = 1;
/// Settings, moves and recodings whose value is smaller are left out.
const SMALLEST: f64 = 0.005;

/// The values of a parameter that is fitted to an area's figures.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct FittedTable {
    /// What the rows are.
    pub title: String,
    /// Names of the labels, for example `age` and `need`.
    pub headings: Vec<&'static str>,
    /// The rows.
    pub rows: Vec<FittedRow>,
}

/// One fitted value.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct FittedRow {
    /// Labels, one for each heading.
    pub labels: Vec<String>,
    /// Central value.
    pub value: f64,
    /// Lower end of the range that holds 8 in 10 draws.
    pub low: f64,
    /// Upper end of it.
    pub high: f64,
}

/// The values of the first year of a forecast for the area of a pack. `None` for a parameter that
/// is stated, not fitted.
pub fn fitted(pack: &AreaPack, parameter: Parameter) -> Option<FittedTable> {
    if parameter == Parameter::PlacesCapacity {
        return Some(places(pack));
    }
    let baseline = super::baseline(pack, 1);
    let (headings, central) = values(&baseline, parameter, Draw::Central)?;
    let draws: Vec<Vec<Labelled>> = (0..DRAWS)
        .filter_map(|draw| values(&baseline, parameter, Draw::Sample { seed: SEED, draw }))
        .map(|(_, values)| values)
        .collect();
    let rows = central
        .into_iter()
        .enumerate()
        .map(|(index, (labels, value))| {
            let mut column: Vec<f64> = draws.iter().map(|values| values[index].1).collect();
            column.sort_by(f64::total_cmp);
            let at = |share: usize| column[column.len() * share / 100];
            FittedRow {
                labels,
                value,
                low: at(10),
                high: at(90),
            }
        });
    let sparse = headings.contains(&"setting");
    let manifest = &pack.manifest;
    Some(FittedTable {
        title: format!(
            "{} ({}), first year from January {}: central value and the range that holds 8 in 10 \
             draws{}",
            manifest.name,
            manifest.new_la_code,
            manifest.base_year,
            if sparse {
                format!("; values below {SMALLEST} are left out")
            } else {
                String::new()
            }
        ),
        headings,
        rows: rows
            .filter(|row| !sparse || row.value >= SMALLEST)
            .collect(),
    })
}

/// Places for residents by group, as the pack gives them.
fn places(pack: &AreaPack) -> FittedTable {
    let rows = pack.place_groups.iter().map(|group| {
        let needs: Vec<&str> = group.needs.iter().map(|need| need.code()).collect();
        let usable = group.usable().unwrap_or_default();
        FittedRow {
            labels: vec![group.provider.clone(), needs.join(" ")],
            value: usable,
            low: usable,
            high: usable,
        }
    });
    let manifest = &pack.manifest;
    FittedTable {
        title: format!(
            "{} ({}), places for residents at full size",
            manifest.name, manifest.new_la_code
        ),
        headings: vec!["group", "needs"],
        rows: rows.collect(),
    }
}

type Labelled = (Vec<String>, f64);

fn values(
    baseline: &Baseline,
    parameter: Parameter,
    draw: Draw,
) -> Option<(Vec<&'static str>, Vec<Labelled>)> {
    let by_age = |values: [f64; AGES]| Some((vec!["age"], ages(|age| values[age])));
    let rates = || baseline.rates(draw);
    match parameter {
        Parameter::JoiningRate => by_age(baseline.joining_by_age(draw)),
        Parameter::CeasingRate => by_age(baseline.ceasing_by_age(draw)),
        Parameter::MovingOutRate => {
            let rates = rates();
            Some((vec!["age"], ages(|age| rates.moving_out[age])))
        }
        Parameter::MovingInPlans => {
            let rates = rates();
            Some((vec!["age"], ages(|age| rates.plans_moving_in.at([0, age]))))
        }
        Parameter::ResidentsMovingOutRate => {
            let rates = rates();
            Some((vec!["age"], ages(|age| rates.residents_out.at([0, age]))))
        }
        Parameter::ResidentsMovingIn => {
            let rates = rates();
            let of_sex = |age, sex: Sex| rates.residents_in.at([0, age, sex.index()]);
            Some((vec!["age", "sex"], ages_and_sexes(of_sex)))
        }
        Parameter::SenSupportEntryRate => {
            let rates = rates();
            let of_sex = |age, sex| support_entry(&rates, age, sex);
            Some((vec!["age", "sex"], ages_and_sexes(of_sex)))
        }
        Parameter::Births => {
            let rates = rates();
            let born = Sex::ALL.map(|sex| {
                let label = vec![sex.label().to_owned()];
                (label, rates.births.at([0, sex.index()]))
            });
            Some((vec!["sex"], born.to_vec()))
        }
        Parameter::FirstSettingShare => Some((vec!["age", "setting"], first_settings(&rates()))),
        Parameter::SettingMoveRate => Some((
            vec!["age", "setting", "setting moved to"],
            setting_moves(&rates()),
        )),
        Parameter::NeedRecodeRate => {
            Some((vec!["age", "need", "need recorded"], recodings(&rates())))
        }
        Parameter::SenSupportExitRate
        | Parameter::SenSupportFoundEarlyShare
        | Parameter::FoundEarlyJoiningRatio
        | Parameter::PlacesCapacity
        | Parameter::OverFillTolerance
        | Parameter::BaseAcceptanceShare
        | Parameter::OverflowFactor
        | Parameter::ReturnShare
        | Parameter::LateShare
        | Parameter::InducedDemand
        | Parameter::Stated(_) => None,
    }
}

fn ages(value: impl Fn(usize) -> f64) -> Vec<Labelled> {
    (0..AGES)
        .map(|age| (vec![age.to_string()], value(age)))
        .collect()
}

fn ages_and_sexes(value: impl Fn(usize, Sex) -> f64) -> Vec<Labelled> {
    let cells = (0..AGES).flat_map(|age| Sex::ALL.map(|sex| (age, sex)));
    cells
        .map(|(age, sex)| {
            (
                vec![age.to_string(), sex.label().to_owned()],
                value(age, sex),
            )
        })
        .collect()
}

/// Starting SEN support, over the latent needs of children of an age and sex with no SEN.
fn support_entry(rates: &Rates, age: usize, sex: Sex) -> f64 {
    let shares = rates.latent_shares(age as u8, sex);
    let needs = shares.iter().enumerate();
    needs
        .map(|(need, share)| share * rates.support_entry.at([0, age, sex.index(), need]))
        .sum()
}

/// First settings, over the needs of those who join at an age.
fn first_settings(rates: &Rates) -> Vec<Labelled> {
    let share = |age, setting: Setting| {
        (0..PrimaryNeed::COUNT)
            .map(|need| {
                rates.unassessed_need.at([age, need])
                    * rates.first_setting.at([age, need, setting.index()])
            })
            .sum()
    };
    let cells = (0..AGES).flat_map(|age| Setting::ALL.map(|setting| (age, setting)));
    cells
        .map(|(age, setting)| {
            (
                vec![age.to_string(), setting.code().to_owned()],
                share(age, setting),
            )
        })
        .collect()
}

fn setting_moves(rates: &Rates) -> Vec<Labelled> {
    let mut moves = Vec::new();
    for age in 0..AGES {
        for from in Setting::ALL {
            for to in Setting::ALL {
                let labels = vec![
                    age.to_string(),
                    from.code().to_owned(),
                    to.code().to_owned(),
                ];
                let at = [age, from.index(), to.index()];
                moves.push((labels, rates.setting_moves.at(at)));
            }
        }
    }
    moves
}

/// Pairs of needs that are recoded at some age.
fn recodings(rates: &Rates) -> Vec<Labelled> {
    let mut recodings = Vec::new();
    for age in 0..AGES {
        for from in PrimaryNeed::ALL {
            for to in PrimaryNeed::ALL {
                let rate = rates.need_recode.at([age, from.index(), to.index()]);
                if rate > 0.0 {
                    let labels = vec![
                        age.to_string(),
                        from.code().to_owned(),
                        to.code().to_owned(),
                    ];
                    recodings.push((labels, rate));
                }
            }
        }
    }
    recodings
}
