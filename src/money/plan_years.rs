//! Plan-years: how much of a year plans were in each kind of place.

use super::calendar::FinancialYears;
use crate::domain::{AgeGroup, PrimaryNeed, Setting, SpendLine};
use crate::simulate::{PlanChange, Record, age_of};

const AGES: usize = AgeGroup::COUNT;
const NEEDS: usize = PrimaryNeed::COUNT;

/// Lines of placements, and plans in none.
const LINES: usize = SpendLine::PLACEMENTS + 1;

/// Plan-years by financial year, and within it by line of placement (or none), age band and need.
/// The age band is that of the January in the year.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanYears {
    by_cell: Vec<f64>,
    by_setting: Vec<f64>,
    new_plans: Vec<f64>,
    at_start: [f64; Setting::COUNT],
}

impl PlanYears {
    /// Adds up a record. A plan that begins or ceases counts from or to its day.
    pub fn of(record: &Record, years: FinancialYears) -> Self {
        let number = years.number();
        let mut sums = Self {
            at_start: at_start(record),
            by_cell: vec![0.0; number * LINES * AGES * NEEDS],
            by_setting: vec![0.0; number * Setting::COUNT],
            new_plans: vec![0.0; number],
        };
        each_share(record, years, |change, year, age, share| {
            sums.by_setting[year * Setting::COUNT + change.setting.index()] += share;
            let line = SpendLine::of(change.setting);
            sums.by_cell[cell(year, line, age, change.need)] += share;
        });
        let days: Vec<[f64; 2]> = (0..number).map(|year| years.days(year)).collect();
        for flow in &record.flows {
            let day = f64::from(flow.day);
            if flow.counted != crate::summarise::Counted::NewPlans {
                continue;
            }
            for (new, &[start, end]) in sums.new_plans.iter_mut().zip(&days) {
                if (start..end).contains(&day) {
                    *new += 1.0;
                }
            }
        }
        sums
    }

    /// Plan-years of a line (`None`: in no placement) in a year, by age band and need.
    pub fn cell(
        &self,
        year: usize,
        line: Option<SpendLine>,
        age: AgeGroup,
        need: PrimaryNeed,
    ) -> f64 {
        self.by_cell[cell(year, line, age, need)]
    }

    /// Plan-years of a line (`None`: in no placement) in a year.
    pub fn line(&self, year: usize, line: Option<SpendLine>) -> f64 {
        let first = cell(year, line, AgeGroup::ALL[0], PrimaryNeed::ALL[0]);
        self.by_cell[first..first + AGES * NEEDS].iter().sum()
    }

    /// Plan-years in a setting in a year.
    pub fn setting(&self, year: usize, setting: Setting) -> f64 {
        self.by_setting[year * Setting::COUNT + setting.index()]
    }

    /// All plan-years of a year.
    pub fn all(&self, year: usize) -> f64 {
        let first = year * Setting::COUNT;
        self.by_setting[first..first + Setting::COUNT].iter().sum()
    }

    /// New plans in a year.
    pub fn new_plans(&self, year: usize) -> f64 {
        self.new_plans[year]
    }

    /// Plans in a setting on the base date.
    pub const fn at_start(&self, setting: Setting) -> f64 {
        self.at_start[setting.index()]
    }
}

/// Every change of a record with each financial year after it, the age band in that year, and the
/// share of the year that it adds or takes away.
pub(super) fn each_share(
    record: &Record,
    years: FinancialYears,
    mut add: impl FnMut(&PlanChange, usize, AgeGroup, f64),
) {
    let days: Vec<[f64; 2]> = (0..years.number()).map(|year| years.days(year)).collect();
    for change in &record.plans {
        let (day, by) = (f64::from(change.day), f64::from(change.by));
        let first = days.partition_point(|[_, end]| *end <= day);
        for (year, &[start, end]) in days.iter().enumerate().skip(first) {
            // The January within the year is that of the year after its start; who reaches the
            // maximum age before it counts at that age.
            let cohort = usize::from(change.cohort);
            let age = age_of(cohort, year + 1).or_else(|| age_of(cohort, year));
            let Some(age) = age else { continue };
            let share = if day <= start {
                by
            } else {
                by * (end - day) / (end - start)
            };
            add(change, year, AgeGroup::of(age), share);
        }
    }
}

/// Plans by setting on the base date.
pub(super) fn at_start(record: &Record) -> [f64; Setting::COUNT] {
    let mut plans = [0.0; Setting::COUNT];
    for change in record.plans.iter().take_while(|change| change.day <= 0.0) {
        plans[change.setting.index()] += f64::from(change.by);
    }
    plans
}

fn cell(year: usize, line: Option<SpendLine>, age: AgeGroup, need: PrimaryNeed) -> usize {
    let line = line.map_or(SpendLine::PLACEMENTS, SpendLine::index);
    ((year * LINES + line) * AGES + age.index()) * NEEDS + need.index()
}

#[cfg(test)]
mod tests {
    use super::super::bands::tests::change;
    use super::*;

    /// A child of 8 on 1 January 2025 in a mainstream school, who moves to a special school on
    /// 1 October 2025: day 90 begins the financial year of 365 days, day 273 is the move.
    #[test]
    fn a_move_in_october_is_half_a_year_in_each_place() {
        let record = Record::with_plans(vec![
            change(0.0, 0, 1, Setting::Mainstream),
            change(273.0, 0, -1, Setting::Mainstream),
            change(273.0, 0, 1, Setting::StateSpecial),
        ]);
        let sums = PlanYears::of(&record, FinancialYears::within(2025, 3));
        let in_cell =
            |year, line| sums.cell(year, Some(line), AgeGroup::Age5To10, PrimaryNeed::Asd);
        let mainstream = in_cell(0, SpendLine::Mainstream);
        assert!((mainstream - 183.0 / 365.0).abs() < 1e-12, "{mainstream}");
        assert!((in_cell(0, SpendLine::StateSpecial) - 182.0 / 365.0).abs() < 1e-12);
        assert!((in_cell(1, SpendLine::StateSpecial) - 1.0).abs() < 1e-12);
        assert!(in_cell(1, SpendLine::Mainstream).abs() < 1e-12);
        assert!((sums.all(1) - 1.0).abs() < 1e-12);
        assert!((sums.at_start(Setting::Mainstream) - 1.0).abs() < 1e-12);
    }
}
