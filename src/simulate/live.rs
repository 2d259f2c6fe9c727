//! Live counts of people by cohort, and the check that nobody is lost.

use super::hazards::{Cohort, age_of};
use super::people::{Person, Status};
use super::record::Record;
use super::tally::{Traits, count_in};
use crate::domain::{AGES, CeaseReason, Overflow, PrimaryNeed, Setting, Sex};
use crate::summarise::{Counted, Layout};

const NEEDS: usize = PrimaryNeed::COUNT;
const SETTINGS: usize = Setting::COUNT;

/// A run in which people were lost or made: a fault of the program, never of the input.
#[derive(Debug, thiserror::Error, Clone, PartialEq, Eq)]
#[error("people do not add up in run {run}: {what} should be {expected} but is {found}")]
pub struct BrokenBalance {
    /// Run.
    pub run: u32,
    /// What was checked.
    pub what: String,
    /// From the flows.
    pub expected: i64,
    /// From counting people.
    pub found: i64,
}

/// Residents, children on SEN support and plans now, kept up to date by every event. Within a year the
/// counts of those without a plan may run ahead or behind: stocks are taken in January.
#[derive(Debug, Clone, Default)]
pub(super) struct Live {
    here: Counts,
    plans: Vec<i32>,
    /// What is added for people without a plan at the end of each year.
    booked: Vec<Counts>,
    /// Residents without a plan to whom nothing happens any more.
    lasting: Counts,
    /// What companion models are told of; `None` where there are none.
    pub(super) record: Option<Record>,
}

/// Residents, and those of them on SEN support.
#[derive(Debug, Clone, Default)]
struct Counts {
    residents: Vec<i32>,
    support: Vec<i32>,
}

impl Counts {
    fn nobody(cohorts: usize) -> Self {
        Self {
            residents: vec![0; cohorts * Sex::COUNT],
            support: vec![0; cohorts * Sex::COUNT * NEEDS],
        }
    }

    /// Adds a person without a plan, or takes it away (`by` is -1).
    #[inline]
    fn add(&mut self, person: &Person, by: i32) {
        let (resident, row) = rows(person);
        self.residents[resident] += by;
        if person.status == Status::Support {
            self.support[row] += by;
        }
    }

    fn add_all(&mut self, other: &Self) {
        let pairs = self.residents.iter_mut().zip(&other.residents);
        pairs.for_each(|(count, other)| *count += other);
        let pairs = self.support.iter_mut().zip(&other.support);
        pairs.for_each(|(count, other)| *count += other);
    }
}

impl Live {
    /// Nobody, for cohorts of a horizon.
    pub(super) fn new(years: usize, record: Option<Record>) -> Self {
        let cohorts = AGES + years;
        Self {
            here: Counts::nobody(cohorts),
            plans: vec![0; cohorts * Sex::COUNT * NEEDS * SETTINGS],
            booked: vec![Counts::nobody(cohorts); years],
            lasting: Counts::nobody(cohorts),
            record,
        }
    }

    /// Notes that someone who is counted in without a plan leaves within a year of the horizon.
    /// Nothing else can happen to the person before, so the day makes no difference to any count.
    #[inline]
    pub(super) fn book_leaving(&mut self, person: &Person, year: usize) {
        self.booked[year].add(person, -1);
    }

    /// Notes that someone without a plan changes within a year from what it was to what it is.
    #[inline]
    pub(super) fn book_change(&mut self, was: &Person, is: &Person, year: usize) {
        self.booked[year].add(was, -1);
        self.booked[year].add(is, 1);
    }

    /// Notes that nothing happens any more to someone who is counted in without a plan.
    #[inline]
    pub(super) fn note_lasting(&mut self, person: &Person) {
        self.lasting.add(person, 1);
    }

    /// Adds what was booked for a year.
    pub(super) fn end_year(&mut self, year: usize) {
        let booked = std::mem::take(&mut self.booked[year]);
        self.here.add_all(&booked);
    }

    /// Counts a person in, under the status that the person has now.
    #[inline]
    pub(super) fn enter(&mut self, person: &Person) {
        self.change(person, 1);
    }

    /// Counts a person out; the person must have been counted in as it is.
    #[inline]
    pub(super) fn leave(&mut self, person: &Person) {
        self.change(person, -1);
    }

    fn change(&mut self, person: &Person, by: i8) {
        match person.status {
            Status::Away => {}
            Status::NoSen | Status::Support => self.here.add(person, i32::from(by)),
            Status::Plan => {
                let (resident, row) = rows(person);
                self.here.residents[resident] += i32::from(by);
                self.plans[row * SETTINGS + person.setting.index()] += i32::from(by);
                if let Some(record) = &mut self.record {
                    record.note(person, by);
                }
            }
        }
    }

    /// Counts the stocks of a 1 January.
    pub(super) fn snapshot(&self, counts: &mut [u32], layout: &Layout, year: usize) {
        for (row, count) in people(&self.here.residents) {
            if let Some(traits) = traits(row * NEEDS * SETTINGS, year) {
                count_in(counts, layout, Counted::Population, year, &traits, count);
            }
        }
        for (row, count) in people(&self.here.support) {
            if let Some(traits) = traits(row * SETTINGS, year) {
                count_in(counts, layout, Counted::SenSupport, year, &traits, count);
            }
        }
        for (row, count) in people(&self.plans) {
            if let Some(traits) = traits(row, year) {
                count_in(counts, layout, Counted::EhcPlans, year, &traits, count);
                if let Some(counted) = counted_alone(traits.setting) {
                    count_in(counts, layout, counted, year, &traits, count);
                }
            }
        }
    }

    /// Compares with a count of the people themselves, and of those to whom nothing happens.
    pub(super) fn check(
        &self,
        people: &[Person],
        years: usize,
        run: u32,
    ) -> Result<(), BrokenBalance> {
        let mut counted = Self::new(years, None);
        people.iter().for_each(|person| counted.enter(person));
        counted.here.add_all(&self.lasting);
        let total = |counts: &[i32]| counts.iter().map(|&c| i64::from(c)).sum::<i64>();
        let (live, here) = (&self.here, &counted.here);
        for (what, live, found) in [
            ("residents", &live.residents, &here.residents),
            ("children on SEN support", &live.support, &here.support),
            ("plans", &self.plans, &counted.plans),
        ] {
            if live != found {
                return Err(BrokenBalance {
                    run,
                    what: what.to_owned(),
                    expected: total(live),
                    found: total(found),
                });
            }
        }
        Ok(())
    }
}

/// Rows with people in them, and how many.
fn people(counts: &[i32]) -> impl Iterator<Item = (usize, u32)> {
    let rows = counts.iter().enumerate();
    rows.filter_map(|(row, &count)| {
        u32::try_from(count)
            .ok()
            .filter(|&n| n > 0)
            .map(|n| (row, n))
    })
}

/// Rows of a person among residents, and among children on SEN support.
#[inline]
fn rows(person: &Person) -> (usize, usize) {
    let resident = usize::from(person.cohort) * Sex::COUNT + person.sex.index();
    (resident, resident * NEEDS + person.need.index())
}

fn traits(row: usize, year: usize) -> Option<Traits> {
    let cohort: Cohort = row / (Sex::COUNT * NEEDS * SETTINGS);
    age_of(cohort, year).map(|age| Traits {
        age,
        sex: Sex::ALL[row / (NEEDS * SETTINGS) % Sex::COUNT],
        need: PrimaryNeed::ALL[row / SETTINGS % NEEDS],
        setting: Setting::ALL[row % SETTINGS],
        reason: CeaseReason::Other,
        overflow: Overflow::Independent,
    })
}

/// The indicator of a setting that has one of its own.
pub(super) const fn counted_alone(setting: Setting) -> Option<Counted> {
    match setting {
        Setting::AlternativeProvision => Some(Counted::AlternativeProvision),
        Setting::Neet => Some(Counted::Neet),
        _ => None,
    }
}
