//! Bands of top-ups: in which of them each child is, and what each is paid against the mean.

use super::calendar::FinancialYears;
use crate::domain::{Date, SpendLine};
use crate::random::{Luck, Process};
use crate::simulate::{Future, PlanChange, Record};

/// Number of bands.
pub(super) const BANDS: usize = 5;

/// Labels of the bands in outputs.
pub(super) const LABELS: [&str; BANDS] = ["Band 1", "Band 2", "Band 3", "Band 4", "Band 5"];

/// Plans in each band.
const SHARE: [&str; BANDS] = [
    "money.top-up.share.band-1",
    "money.top-up.share.band-2",
    "money.top-up.share.band-3",
    "money.top-up.share.band-4",
    "money.top-up.share.band-5",
];

/// Top-up of each band against the middle one.
const RELATIVE: [&str; BANDS] = [
    "money.top-up.relative.band-1",
    "money.top-up.relative.band-2",
    "money.top-up.relative.band-3",
    "money.top-up.relative.band-4",
    "money.top-up.relative.band-5",
];

/// Plans of each band below the highest that move one band up in a year.
const DRIFT: [&str; BANDS - 1] = [
    "money.top-up.drift.band-1",
    "money.top-up.drift.band-2",
    "money.top-up.drift.band-3",
    "money.top-up.drift.band-4",
];

/// What a future's draw says of bands.
#[derive(Debug, Clone)]
pub(super) struct Numbers {
    /// Share of the plans in each band when they begin; together 1.
    pub(super) shares: [f64; BANDS],
    /// Top-up of each band; only the ratios count.
    pub(super) relative: [f64; BANDS],
    /// Share of the plans of each band that move a band up on the first day of each financial year;
    /// nobody does on that of the first, whose prices are those of the base date.
    pub(super) drift: Vec<[f64; BANDS - 1]>,
}

impl Numbers {
    /// Those of a future.
    pub(super) fn of(future: &Future<'_>, years: FinancialYears) -> Self {
        let base = Date::january(years.starts(0));
        let at_base = |path: &str| future.number_at_base(path, base);
        let shares = SHARE.map(at_base);
        let sum: f64 = shares.iter().sum();
        let on_first_day = |year: usize| {
            let [day, _] = years.days(year);
            DRIFT.map(|path| {
                let usual = future.number(path, years.first_day(year));
                future.stated(path, day, usual)
            })
        };
        Self {
            shares: shares.map(|share| {
                if sum > 0.0 {
                    share / sum
                } else {
                    1.0 / BANDS as f64
                }
            }),
            relative: RELATIVE.map(at_base),
            drift: (0..years.number()).map(on_first_day).collect(),
        }
    }
}

/// Something of some people, looked up by the address of their luck.
#[derive(Debug, Clone)]
struct ByPerson<T>(Vec<(u32, T)>);

impl<T: Copy> ByPerson<T> {
    /// What stands first of each person.
    fn first_of(mut pairs: Vec<(u32, T)>) -> Self {
        pairs.sort_by_key(|(person, _)| *person);
        pairs.dedup_by_key(|(person, _)| *person);
        Self(pairs)
    }

    fn get(&self, person: u32) -> Option<T> {
        let at = self.0.binary_search_by_key(&person, |(person, _)| *person);
        at.ok().map(|at| self.0[at].1)
    }
}

/// The bands of the children of one future. A child keeps its band wherever it goes to school, and
/// has the same in every scenario.
#[derive(Debug, Clone)]
pub(super) struct Bands {
    luck: Luck,
    years: FinancialYears,
    numbers: Numbers,
    /// Band of each child of the base date; who comes later is not there.
    at_base: ByPerson<usize>,
    /// Day on which each child's first plan began; empty where nobody moves.
    since: ByPerson<f32>,
}

impl Bands {
    /// The bands of the children of a record.
    pub(super) fn new(
        luck: Luck,
        years: FinancialYears,
        numbers: Numbers,
        record: &Record,
    ) -> Self {
        let somebody_moves = numbers.drift.iter().flatten().any(|drift| *drift > 0.0);
        let begin = record.plans.iter().filter(|change| change.by > 0);
        let begin = begin.map(|change| (change.person, change.day));
        let since = ByPerson::first_of(begin.take_while(|_| somebody_moves).collect());
        let at_base = at_base(&luck, &numbers.shares, record);
        Self {
            luck,
            years,
            numbers,
            at_base,
            since,
        }
    }

    /// Band of a child when its first plan begins.
    fn at_first(&self, person: u32) -> usize {
        let known = self.at_base.get(person);
        known.unwrap_or_else(|| band_at(own_luck(&self.luck, person), &self.numbers.shares))
    }

    /// One child, whose bands are looked up year by year.
    pub(super) fn child(&self, person: u32) -> Child<'_> {
        Child {
            bands: self,
            person,
            first: self.at_first(person),
            since: self.since.get(person),
        }
    }

    /// What each band of a line is paid against the mean of its children on the base date, or of
    /// children to come where there are none.
    pub(super) fn against_mean(&self, record: &Record, line: SpendLine) -> [f64; BANDS] {
        let mut children = [0.0; BANDS];
        for change in there_on_base_date(record) {
            if SpendLine::of(change.setting) == Some(line) {
                children[self.at_first(change.person)] += f64::from(change.by);
            }
        }
        let Numbers {
            shares, relative, ..
        } = self.numbers;
        against_mean(relative, children)
            .or_else(|| against_mean(relative, shares))
            // Bands that are all paid nothing are paid alike.
            .unwrap_or([1.0; BANDS])
    }
}

/// A child in its bands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Child<'a> {
    bands: &'a Bands,
    pub(super) person: u32,
    first: usize,
    since: Option<f32>,
}

impl Child<'_> {
    /// Band in a financial year: whose plan began before its first day may move up on it.
    pub(super) fn in_year(&self, year: usize) -> usize {
        let Some(since) = self.since else {
            return self.first;
        };
        let Bands {
            luck,
            years,
            numbers,
            ..
        } = self.bands;
        let mut band = self.first;
        for year in 1..=year {
            let [day, _] = years.days(year);
            let drift = numbers.drift[year].get(band).copied().unwrap_or(0.0);
            let luck = || luck.uniform(self.person, Process::TopUpBand, 1 + year as u32);
            if f64::from(since) < day && drift > 0.0 && luck() < drift {
                band += 1;
            }
        }
        band
    }
}

/// Bands of the children of the base date: line by line in the order of their luck, so that each band
/// holds its share of them.
fn at_base(luck: &Luck, shares: &[f64; BANDS], record: &Record) -> ByPerson<usize> {
    let mut lines: [Vec<(f64, u32)>; SpendLine::BANDED] = Default::default();
    for change in there_on_base_date(record).filter(|change| change.by > 0) {
        let line = SpendLine::of(change.setting).map(SpendLine::index);
        if let Some(children) = line.and_then(|line| lines.get_mut(line)) {
            children.push((own_luck(luck, change.person), change.person));
        }
    }
    let mut bands = Vec::new();
    for mut children in lines {
        children.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let number = children.len() as f64;
        for (rank, (_, person)) in children.into_iter().enumerate() {
            bands.push((person, band_at((rank as f64 + 0.5) / number, shares)));
        }
    }
    ByPerson::first_of(bands)
}

fn there_on_base_date(record: &Record) -> impl Iterator<Item = &PlanChange> {
    let plans = record.plans.iter();
    plans.take_while(|change| change.day <= 0.0)
}

/// Luck of a child in bands, from 0 to 1.
fn own_luck(luck: &Luck, person: u32) -> f64 {
    luck.uniform(person, Process::TopUpBand, 0)
}

/// The band that holds a part of all plans in their order.
fn band_at(part: f64, shares: &[f64; BANDS]) -> usize {
    let mut up_to = 0.0;
    let is_below = |share: &&f64| {
        up_to += **share;
        part >= up_to
    };
    let below = shares.iter().take_while(is_below).count();
    below.min(BANDS - 1)
}

/// Each against the mean with these weights; `None` where that is nothing.
fn against_mean(relative: [f64; BANDS], weights: [f64; BANDS]) -> Option<[f64; BANDS]> {
    let weighted = relative.iter().zip(weights);
    let sum: f64 = weighted.map(|(relative, weight)| relative * weight).sum();
    let mean = sum / weights.iter().sum::<f64>();
    (mean > 0.0).then(|| relative.map(|relative| relative / mean))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::domain::{PrimaryNeed, Setting, Sex};

    /// A child of 8 on the base date who begins or ceases to have a plan in a setting.
    pub(in crate::money) fn change(day: f32, person: u32, by: i8, setting: Setting) -> PlanChange {
        PlanChange {
            day,
            person,
            by,
            cohort: 25 - 8,
            sex: Sex::Male,
            need: PrimaryNeed::Asd,
            setting,
            wanted: setting,
        }
    }

    fn bands(numbers: Numbers, record: &Record) -> Bands {
        Bands::new(
            Luck::new(5, 2),
            FinancialYears::within(2025, 4),
            numbers,
            record,
        )
    }

    fn numbers(drift: [f64; 3]) -> Numbers {
        Numbers {
            shares: [0.1, 0.2, 0.4, 0.2, 0.1],
            relative: [0.5, 0.75, 1.0, 1.5, 3.0],
            drift: drift.map(|drift| [drift; BANDS - 1]).to_vec(),
        }
    }

    #[test]
    fn children_fall_into_bands_by_their_shares() {
        let bands = bands(numbers([0.0; 3]), &Record::default());
        let mut children = [0.0; BANDS];
        for person in 0..20_000 {
            children[bands.child(person).in_year(2)] += 1.0 / 20_000.0;
        }
        for (found, share) in children.iter().zip(numbers([0.0; 3]).shares) {
            assert!((found - share).abs() < 0.015, "{children:?}");
        }
    }

    #[test]
    fn the_mean_of_the_children_there_on_the_base_date_is_one() {
        let settings = [Setting::Mainstream, Setting::StateSpecial];
        let plans = (0..60).map(|person| change(0.0, person, 1, settings[person as usize % 2]));
        let later = (60..90).map(|person| change(30.0, person, 1, Setting::Mainstream));
        let record = Record::with_plans(plans.chain(later).collect());
        let bands = bands(numbers([0.0; 3]), &record);
        let of_line = |line, children: &dyn Fn(u32) -> bool| -> f64 {
            let paid = bands.against_mean(&record, line);
            let there = (0..60).filter(|person| children(*person));
            there
                .map(|person| paid[bands.child(person).in_year(0)])
                .sum()
        };
        let mainstream = of_line(SpendLine::Mainstream, &|person| person % 2 == 0);
        let special = of_line(SpendLine::StateSpecial, &|person| person % 2 == 1);
        assert!((mainstream - 30.0).abs() < 1e-9 && (special - 30.0).abs() < 1e-9);
        // Each band of a line holds its share of the 30 children.
        let in_band = |band| {
            let held = (0..60).filter(|person| person % 2 == 1);
            held.filter(|person| bands.child(*person).in_year(0) == band)
                .count()
        };
        assert_eq!([0, 1, 2, 3, 4].map(in_band), [3, 6, 12, 6, 3]);
        // A line without children: 0.05 + 0.15 + 0.4 + 0.3 + 0.3 = 1.2 is the mean of the shares.
        let base = bands.against_mean(&record, SpendLine::Base);
        assert!((base[2] - 1.0 / 1.2).abs() < 1e-12, "{base:?}");
        assert!(against_mean([0.0; BANDS], [1.0; BANDS]).is_none());
    }

    #[test]
    fn drift_moves_children_up_and_none_down_and_more_drift_moves_the_same_and_more() {
        let plans = (0..500).map(|person| change(0.0, person, 1, Setting::Mainstream));
        let record = Record::with_plans(plans.collect());
        let [none, some, more, all] =
            [[0.0; 3], [0.2; 3], [0.4; 3], [1.0; 3]].map(|drift| bands(numbers(drift), &record));
        let mut moved = 0.0;
        for person in 0..500 {
            let first = none.child(person).in_year(0);
            for year in 0..3 {
                let in_year = |bands: &Bands| bands.child(person).in_year(year);
                assert_eq!(in_year(&none), first);
                assert_eq!(in_year(&all), (first + year).min(BANDS - 1));
                assert!(first <= in_year(&some) && in_year(&some) <= in_year(&more));
            }
            if first + 1 < BANDS {
                moved += f64::from(u32::from(some.child(person).in_year(1) > first));
            }
        }
        // A fifth of the nine tenths below the highest band.
        assert!((moved / 450.0 - 0.2).abs() < 0.06, "{moved}");
    }
}
