//! Plan-years by band of top-up.

use super::bands::{BANDS, Bands, Child};
use super::calendar::FinancialYears;
use super::plan_years::each_share;
use crate::domain::{AgeGroup, PrimaryNeed, Setting, SpendLine};
use crate::simulate::Record;

/// Plan-years by band.
pub(super) type ByBand = [f64; BANDS];

const LINES: usize = SpendLine::BANDED;
const AGES: usize = AgeGroup::COUNT;
const NEEDS: usize = PrimaryNeed::COUNT;

/// Plan-years by band in the lines that are paid by band, by financial year, and within it by line,
/// age band and need, and by setting.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct BandYears {
    by_cell: Vec<ByBand>,
    by_setting: Vec<ByBand>,
}

impl BandYears {
    /// Adds up a record.
    pub(super) fn of(record: &Record, years: FinancialYears, bands: &Bands) -> Self {
        let number = years.number();
        let mut sums = Self {
            by_cell: vec![[0.0; BANDS]; number * LINES * AGES * NEEDS],
            by_setting: vec![[0.0; BANDS]; number * Setting::COUNT],
        };
        let mut last: Option<Child<'_>> = None;
        each_share(record, years, |change, year, age, share| {
            let line = SpendLine::of(change.setting);
            if let Some(line) = line.filter(|line| line.index() < LINES) {
                // The years of one change come one after the other.
                let known = last.filter(|child| child.person == change.person);
                let child = known.unwrap_or_else(|| bands.child(change.person));
                last = Some(child);
                let band = child.in_year(year);
                sums.by_cell[cell(year, line, age, change.need)][band] += share;
                sums.by_setting[year * Setting::COUNT + change.setting.index()][band] += share;
            }
        });
        sums
    }

    /// Those of a line in a year, by age band and need.
    pub(super) fn cell(
        &self,
        year: usize,
        line: SpendLine,
        age: AgeGroup,
        need: PrimaryNeed,
    ) -> ByBand {
        self.by_cell[cell(year, line, age, need)]
    }

    /// Those in a setting in a year.
    pub(super) fn setting(&self, year: usize, setting: Setting) -> ByBand {
        self.by_setting[year * Setting::COUNT + setting.index()]
    }

    /// Those of a line in a year.
    pub(super) fn line(&self, year: usize, line: SpendLine) -> ByBand {
        let first = cell(year, line, AgeGroup::ALL[0], PrimaryNeed::ALL[0]);
        let mut sums = [0.0; BANDS];
        for by_band in &self.by_cell[first..first + AGES * NEEDS] {
            for (sum, plan_years) in sums.iter_mut().zip(by_band) {
                *sum += plan_years;
            }
        }
        sums
    }
}

fn cell(year: usize, line: SpendLine, age: AgeGroup, need: PrimaryNeed) -> usize {
    ((year * LINES + line.index()) * AGES + age.index()) * NEEDS + need.index()
}

#[cfg(test)]
mod tests {
    use super::super::bands::Numbers;
    use super::super::bands::tests::change;
    use super::super::top_ups::Banded;
    use super::*;
    use crate::random::Luck;

    fn years() -> FinancialYears {
        FinancialYears::within(2025, 3)
    }

    /// A child in a mainstream school on 1 January 2025, who moves to a special school on
    /// 1 October 2025 (day 273; the financial year begins on day 90), and one whose plan begins on
    /// 1 October 2026 (day 638) in a mainstream school.
    fn record() -> Record {
        Record::with_plans(vec![
            change(0.0, 0, 1, Setting::Mainstream),
            change(273.0, 0, -1, Setting::Mainstream),
            change(273.0, 0, 1, Setting::StateSpecial),
            change(638.0, 1, 1, Setting::Mainstream),
        ])
    }

    fn of(shares: ByBand, drift: [f64; 2]) -> BandYears {
        let numbers = Numbers {
            shares,
            relative: [1.0; BANDS],
            drift: drift.map(|drift| [drift; BANDS - 1]).to_vec(),
        };
        let bands = Bands::new(Luck::new(1, 0), years(), numbers, &record());
        BandYears::of(&record(), years(), &bands)
    }

    const MAINSTREAM: Banded = Banded {
        place: 0.0,
        top_up: [2_000.0, 5_000.0, 0.0, 0.0, 0.0],
    };
    const SPECIAL: Banded = Banded {
        place: 10_000.0,
        top_up: [12_000.0, 18_000.0, 0.0, 0.0, 0.0],
    };

    fn costs(sums: &BandYears, year: usize) -> f64 {
        MAINSTREAM.cost(&sums.line(year, SpendLine::Mainstream))
            + SPECIAL.cost(&sums.line(year, SpendLine::StateSpecial))
    }

    #[test]
    fn a_worked_case_of_children_days_and_bands() {
        let lowest = [1.0, 0.0, 0.0, 0.0, 0.0];
        let usual = of(lowest, [0.0, 0.0]);
        // 183 days in the mainstream school and 182 in the special one, in the lowest band.
        let first = (183.0 * 2_000.0 + 182.0 * 22_000.0) / 365.0;
        assert!((costs(&usual, 0) - first).abs() < 1e-9);
        // The other child is there for 182 days of 2026-27.
        let second = 22_000.0 + 182.0 / 365.0 * 2_000.0;
        assert!((costs(&usual, 1) - second).abs() < 1e-9);
        // On 1 April 2026 the first child, and it alone, moves up: £6,000 more.
        let drifted = of(lowest, [0.0, 1.0]);
        assert!((costs(&drifted, 0) - first).abs() < 1e-9);
        assert!((costs(&drifted, 1) - second - 6_000.0).abs() < 1e-9);
        // Who is in the highest band stays there.
        let highest = of([0.0, 0.0, 0.0, 0.0, 1.0], [1.0, 1.0]);
        assert!((highest.line(1, SpendLine::StateSpecial)[4] - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_child_keeps_its_band_when_it_moves_between_lines() {
        for person in 0..50 {
            let plans = record().plans.into_iter().map(|mut change| {
                change.person += person;
                change
            });
            let record = Record::with_plans(plans.take(3).collect());
            let numbers = Numbers {
                shares: [0.2; BANDS],
                relative: [1.0; BANDS],
                drift: vec![[0.0; BANDS - 1]; 2],
            };
            let bands = Bands::new(Luck::new(1, 0), years(), numbers, &record);
            let sums = BandYears::of(&record, years(), &bands);
            let band = bands.child(person).in_year(0);
            assert!((sums.line(0, SpendLine::Mainstream)[band] - 183.0 / 365.0).abs() < 1e-12);
            assert!((sums.setting(0, Setting::StateSpecial)[band] - 182.0 / 365.0).abs() < 1e-12);
            let cell = sums.cell(
                1,
                SpendLine::StateSpecial,
                AgeGroup::Age5To10,
                PrimaryNeed::Asd,
            );
            assert!((cell[band] - 1.0).abs() < 1e-12);
        }
    }
}
