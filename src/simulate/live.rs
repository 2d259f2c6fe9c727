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

/// Residents, children on SEN support and plans now, kept up to date by every event.
#[derive(Debug, Clone, Default)]
pub(super) struct Live {
    residents: Vec<u32>,
    support: Vec<u32>,
    plans: Vec<u32>,
    /// Residents without a plan who are still counted and leave within a year, by that year.
    leaving: Vec<WithoutPlan>,
    /// Residents without a plan to whom nothing happens any more.
    lasting: WithoutPlan,
    /// What companion models are told of; `None` where there are none.
    pub(super) record: Option<Record>,
}

/// People without a plan who are counted and of whom no further track is kept.
#[derive(Debug, Clone, Default)]
struct WithoutPlan {
    residents: Vec<u32>,
    support: Vec<u32>,
}

impl WithoutPlan {
    fn nobody(cohorts: usize) -> Self {
        Self {
            residents: vec![0; cohorts * Sex::COUNT],
            support: vec![0; cohorts * Sex::COUNT * NEEDS],
        }
    }

    #[inline]
    fn add(&mut self, person: &Person) {
        let (resident, row) = rows(person);
        self.residents[resident] += 1;
        if person.status == Status::Support {
            self.support[row] += 1;
        }
    }
}

impl Live {
    /// Nobody, for cohorts of a horizon.
    pub(super) fn new(years: usize, record: Option<Record>) -> Self {
        let cohorts = AGES + years;
        Self {
            residents: vec![0; cohorts * Sex::COUNT],
            support: vec![0; cohorts * Sex::COUNT * NEEDS],
            plans: vec![0; cohorts * Sex::COUNT * NEEDS * SETTINGS],
            leaving: vec![WithoutPlan::nobody(cohorts); years],
            lasting: WithoutPlan::nobody(cohorts),
            record,
        }
    }

    /// Notes that someone who is counted in without a plan leaves within a year of the horizon.
    /// Nothing else can happen to the person before, so the day makes no difference to any count.
    #[inline]
    pub(super) fn book_leaving(&mut self, person: &Person, year: usize) {
        self.leaving[year].add(person);
    }

    /// Notes that nothing happens any more to someone who is counted in without a plan.
    #[inline]
    pub(super) fn note_lasting(&mut self, person: &Person) {
        self.lasting.add(person);
    }

    /// Counts those out who were to leave within a year.
    pub(super) fn end_year(&mut self, year: usize) {
        let WithoutPlan { residents, support } = std::mem::take(&mut self.leaving[year]);
        let pairs = self.residents.iter_mut().zip(residents);
        pairs.for_each(|(count, leaving)| *count -= leaving);
        let pairs = self.support.iter_mut().zip(support);
        pairs.for_each(|(count, leaving)| *count -= leaving);
    }

    /// Counts a person in, under the status that the person has now.
    #[inline]
    pub(super) fn enter(&mut self, person: &Person) {
        self.change(person, |count| *count += 1);
        self.note(person, 1);
    }

    /// Counts a person out; the person must have been counted in as it is.
    #[inline]
    pub(super) fn leave(&mut self, person: &Person) {
        self.change(person, |count| *count -= 1);
        self.note(person, -1);
    }

    /// Tells companion models that someone begins or ceases to be someone with such a plan.
    fn note(&mut self, person: &Person, by: i8) {
        if let (Some(record), Status::Plan) = (&mut self.record, person.status) {
            record.note(person, by);
        }
    }

    fn change(&mut self, person: &Person, mut by: impl FnMut(&mut u32)) {
        if person.status == Status::Away {
            return;
        }
        let (resident, row) = rows(person);
        by(&mut self.residents[resident]);
        match person.status {
            Status::Support => by(&mut self.support[row]),
            Status::Plan => by(&mut self.plans[row * SETTINGS + person.setting.index()]),
            Status::NoSen | Status::Away => {}
        }
    }

    /// Counts the stocks of a 1 January.
    pub(super) fn snapshot(&self, counts: &mut [u32], layout: &Layout, year: usize) {
        for (row, &count) in self.residents.iter().enumerate() {
            if let (Some(traits), true) = (traits(row * NEEDS * SETTINGS, year), count > 0) {
                count_in(counts, layout, Counted::Population, year, &traits, count);
            }
        }
        for (row, &count) in self.support.iter().enumerate() {
            if let (true, Some(traits)) = (count > 0, traits(row * SETTINGS, year)) {
                count_in(counts, layout, Counted::SenSupport, year, &traits, count);
            }
        }
        for (row, &count) in self.plans.iter().enumerate() {
            if let (true, Some(traits)) = (count > 0, traits(row, year)) {
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
        let WithoutPlan { residents, support } = &self.lasting;
        let pairs = counted.residents.iter_mut().zip(residents);
        pairs.for_each(|(count, lasting)| *count += lasting);
        let pairs = counted.support.iter_mut().zip(support);
        pairs.for_each(|(count, lasting)| *count += lasting);
        let total = |counts: &[u32]| counts.iter().map(|&c| i64::from(c)).sum::<i64>();
        for (what, live, found) in [
            ("residents", &self.residents, &counted.residents),
            ("children on SEN support", &self.support, &counted.support),
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
