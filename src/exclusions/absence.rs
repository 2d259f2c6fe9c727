//! Pupils with SEN who miss a tenth of their sessions (persistent absence) or half (severe).

use super::course::{course, with_odds};
use super::groups::{self, Group, School, SenStatus};
use super::keys::{Key, academic_year, of_sen};
use super::pupils::Pupils;
use crate::area::{AbsenceRates, AreaPack};
use crate::domain::{Date, Observed, Phase, PrimaryNeed};
use crate::random::Process;
use crate::simulate::{Companion, Future};
use crate::summarise::Cell;

/// Indicators, in the order of their values within a year, with the name of their level.
const INDICATORS: [(&str, &str); 2] = [
    ("persistent_absence_share", "persistent"),
    ("severe_absence_share", "severe"),
];
/// Newest years that a share is the mean of.
const NEWEST: usize = 2;
/// Pupils of the school type's mean share that are added to a need's own.
const POOLING: f64 = 20.0;
const SCHOOLS: usize = 3;
const NEEDS: usize = PrimaryNeed::COUNT;
/// Blocks of luck of a group in a year.
const OF_YEAR: u32 = 1 << 20;

/// Published shares of an area by type of school and need; NaN where not published.
#[derive(Debug, Clone, PartialEq)]
pub struct AreaAbsenceRates {
    shares: [[[f64; 2]; NEEDS]; SCHOOLS],
}

impl AreaAbsenceRates {
    /// Reads a pack.
    pub fn of(pack: &AreaPack) -> Self {
        let labels = ["State-funded primary", "State-funded secondary", "Special"];
        let shares = labels.map(|school| {
            PrimaryNeed::ALL.map(|need| {
                let rows: Vec<&AbsenceRates> = pack
                    .absence
                    .iter()
                    .filter(|row| row.school == school && row.need == Some(need))
                    .collect();
                [
                    newest(&rows, &|row| row.persistent_percent),
                    newest(&rows, &|row| row.severe_percent),
                ]
            })
        });
        Self { shares }
    }

    fn own(&self, group: &Group) -> [f64; 2] {
        let need = group.need.map_or(0, PrimaryNeed::index);
        self.shares[school_type(group)][need]
    }
}

/// Mean of the newest published values as a share; NaN without any.
fn newest(rows: &[&AbsenceRates], value: &dyn Fn(&AbsenceRates) -> Observed) -> f64 {
    let mut known: Vec<(i32, f64)> = rows
        .iter()
        .filter_map(|row| Some((row.year, value(row).value()?)))
        .collect();
    known.sort_by_key(|(year, _)| std::cmp::Reverse(*year));
    known.truncate(NEWEST);
    known
        .iter()
        .map(|(_, percent)| percent / 100.0)
        .sum::<f64>()
        / known.len() as f64
}

const fn school_type(group: &Group) -> usize {
    match (group.school, group.phase) {
        (School::Mainstream, Phase::Primary) => 0,
        (School::Mainstream, _) => 1,
        (School::Special, _) => 2,
    }
}

/// Absence of an area's pupils with SEN.
#[derive(Debug, Clone)]
pub struct Absence {
    base_year: i32,
    years: usize,
    rates: AreaAbsenceRates,
    groups: Vec<Group>,
}

impl Absence {
    /// The absence of an area over the academic years of a horizon: one for each January after the
    /// base date.
    pub fn new(rates: AreaAbsenceRates, base_year: i32, years: usize) -> Self {
        let with_sen = |group: &Group| group.status != SenStatus::NoSen;
        Self {
            base_year,
            years,
            rates,
            groups: groups::all().into_iter().filter(with_sen).collect(),
        }
    }

    /// Shares by group: the need's own, pooled with the mean of its type of school.
    fn shares(&self, at_base: &Pupils) -> Vec<[f64; 2]> {
        let mut sums = [[[0.0; 2]; 2]; SCHOOLS];
        let known = |share: f64| !share.is_nan();
        for group in &self.groups {
            for (sum, share) in sums[school_type(group)]
                .iter_mut()
                .zip(self.rates.own(group))
            {
                if known(share) {
                    sum[0] += at_base.of(group) * share;
                    sum[1] += at_base.of(group);
                }
            }
        }
        let pooled = |group: &Group| {
            let own = self.rates.own(group);
            let school = sums[school_type(group)];
            std::array::from_fn(|k| {
                let mean = school[k][0] / school[k][1];
                let pupils = if known(own[k]) {
                    at_base.of(group)
                } else {
                    0.0
                };
                let events = if known(own[k]) { own[k] * pupils } else { 0.0 };
                (events + POOLING * mean) / (pupils + POOLING)
            })
        };
        self.groups.iter().map(pooled).collect()
    }
}

impl Companion for Absence {
    fn cells(&self) -> Vec<Cell> {
        let of_year = |year: usize| {
            let period = academic_year(self.base_year, year);
            INDICATORS.into_iter().flat_map(move |(name, _)| {
                let period = period.clone();
                let cell = move |key: Key| key.cell((name, "percent"), period.clone());
                of_sen().into_iter().map(cell)
            })
        };
        (1..=self.years).flat_map(of_year).collect()
    }

    fn measure(&self, future: &Future<'_>) -> Vec<f64> {
        let shares = self.shares(&Pupils::on_january(future, 0));
        let base = Date::january(self.base_year);
        let courses =
            INDICATORS.map(|(_, what)| course(future, ("absence", what), base, self.years));
        let mut values = Vec::new();
        for year in 1..=self.years {
            let pupils = Pupils::on_january(future, year);
            let odds = [0, 1].map(|k| courses[k][year - 1]);
            let counts: Vec<[f64; 3]> = (0u32..)
                .zip(self.groups.iter().zip(&shares))
                .map(|(index, (group, shares))| {
                    let number = pupils.of(group).round() as u32;
                    let shares = [0, 1].map(|k| with_odds(shares[k], odds[k]));
                    let [persistent, severe] = absent(future, index, year, number, shares);
                    [persistent, severe, f64::from(number)]
                })
                .collect();
            for indicator in 0..INDICATORS.len() {
                values.extend(of_sen().iter().map(|key| {
                    let held = self.groups.iter().zip(&counts);
                    // Schools of a type without published absence are left out.
                    let held = held
                        .filter(|(group, counts)| key.holds(group) && !counts[indicator].is_nan());
                    let (absent, all) = held.fold((0.0, 0.0), |(absent, all), (_, counts)| {
                        (absent + counts[indicator], all + counts[2])
                    });
                    100.0 * absent / all
                }));
            }
        }
        values
    }
}

/// Pupils of a group who are absent; who is severely absent is also persistently absent.
fn absent(future: &Future<'_>, group: u32, year: usize, pupils: u32, shares: [f64; 2]) -> [f64; 2] {
    if pupils == 0 {
        return [0.0; 2];
    }
    let [persistent, severe] = shares.map(|share| share * (f64::from(u32::MAX) + 1.0));
    if persistent.is_nan() || severe.is_nan() {
        return [f64::NAN; 2];
    }
    let mut counts = [0u32; 2];
    let words = (0..).flat_map(|block| {
        let occurrence = year as u32 * OF_YEAR + block;
        future.luck.words(group, Process::Absence, occurrence)
    });
    for word in words.take(pupils as usize) {
        let word = f64::from(word);
        counts[0] += u32::from(word < persistent.max(severe));
        counts[1] += u32::from(word < severe);
    }
    counts.map(f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odds_act_on_a_share_and_keep_it_a_share() {
        assert!((with_odds(0.5, 3.0) - 0.75).abs() < 1e-12);
        assert!((with_odds(0.2, 1.0) - 0.2).abs() < 1e-12);
        assert!(with_odds(0.0, 5.0).abs() < 1e-12);
        assert!((with_odds(1.0, 0.5) - 1.0).abs() < 1e-12);
    }
}
