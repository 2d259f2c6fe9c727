//! Those who come to the area: children reaching age 0, and people moving in.

use super::effects::CellOf;
use super::event_queue::{Event, EventKind};
use super::hazards::{Hazards, cohort_of};
use super::people::{Person, Roster, Status, luck_id};
use super::rates::Rates;
use super::run::Run;
use crate::domain::{AGES, PrimaryNeed, Setting, Sex};
use crate::parameters::Parameter;
use crate::random::{Process, poisson_quantile, uniform};

const SETTINGS: usize = Setting::COUNT;
const CELLS: usize = PrimaryNeed::COUNT * SETTINGS;

/// Lets the children enter who reach academic age 0 on the 1 January of a year of the horizon.
pub(super) fn reach_age_zero(run: &mut Run<'_>, year: usize) {
    for sex in Sex::ALL {
        let expected = reaching_age_zero(run.hazards, year, sex);
        let address = luck_id(Roster::Birth, year, sex.index(), 0);
        let n = poisson_quantile(
            expected,
            run.luck.uniform(address, Process::ArrivalCount, 0),
        );
        for index in 0..n {
            let id = luck_id(Roster::Birth, year, sex.index(), index);
            let mut person = Person::new(id, cohort_of(0, year) as u8, sex);
            let first = person.first_words(run.luck);
            person.need = run.latent_needs.at(sex, 0, uniform(first[0]));
            person.status = Status::NoSen;
            run.welcome(person, &first, run.hazards.timeline.january(year));
        }
    }
}

/// Children of a sex expected to reach academic age 0 on the 1 January of a year of the horizon:
/// those of the rates of the year before, under the scenario of its last day.
pub(super) fn reaching_age_zero(hazards: &Hazards<'_>, year: usize, sex: Sex) -> f64 {
    let timeline = &hazards.timeline;
    let segment = timeline.segments()[timeline.segment_at(timeline.january(year) - 1.0)];
    let born = hazards.rates.births.at([year - 1, sex.index()]);
    let cell = CellOf::age(0);
    hazards
        .effects
        .apply(Parameter::Births, &cell, timeline, &segment, born)
}

/// Children with a plan expected to move in during a year.
pub(super) fn with_plan(hazards: &Hazards<'_>, year: usize, age: u8) -> f64 {
    let base = hazards.rates.plans_moving_in.at([year, usize::from(age)]);
    over_year(hazards, Parameter::MovingInPlans, age, year, base)
}

/// Residents without a plan expected to move in during a year.
pub(super) fn residents(hazards: &Hazards<'_>, year: usize, age: u8, sex: Sex) -> f64 {
    let at = [year, usize::from(age), sex.index()];
    let base = hazards.rates.residents_in.at(at);
    over_year(hazards, Parameter::ResidentsMovingIn, age, year, base)
}

/// Gives this year's arrivals their dates.
pub(super) fn plan_year(run: &mut Run<'_>, year: usize) {
    for age in 0..AGES {
        let expected = with_plan(run.hazards, year, age as u8);
        let mix = Mix::of(run.hazards.rates, age);
        for index in 0..number(run, Roster::WithPlan, year, age, expected) {
            with_plan_arrives(run, year, age, index, &mix);
        }
        for sex in Sex::ALL {
            let expected = residents(run.hazards, year, age as u8, sex);
            let on_support = arriving_support(run.hazards, year, age, sex);
            // Both sexes share the indices of an age: odd ones are male.
            for index in 0..number_of_sex(run, year, age, sex, expected) {
                let index = index * Sex::COUNT + sex.index();
                resident_arrives(run, year, age, sex, index, &on_support);
            }
        }
    }
}

/// Expected arrivals of a year under the scenario.
fn over_year(hazards: &Hazards<'_>, parameter: Parameter, age: u8, year: usize, base: f64) -> f64 {
    let cell = CellOf::age(age);
    if !hazards.effects.touch_cell(parameter, &cell) {
        return base;
    }
    let timeline = &hazards.timeline;
    let of_year = timeline.of_year(year).iter();
    of_year
        .map(|s| hazards.effects.apply(parameter, &cell, timeline, s, base) * s.share_of_year)
        .sum()
}

fn number(run: &Run<'_>, roster: Roster, year: usize, age: usize, expected: f64) -> usize {
    let address = luck_id(roster, year, age, 0);
    poisson_quantile(
        expected,
        run.luck.uniform(address, Process::ArrivalCount, 0),
    )
}

fn number_of_sex(run: &Run<'_>, year: usize, age: usize, sex: Sex, expected: f64) -> usize {
    let address = luck_id(Roster::Resident, year, age, 0);
    let occurrence = sex.index() as u32;
    poisson_quantile(
        expected,
        run.luck.uniform(address, Process::ArrivalCount, occurrence),
    )
}

/// Needs and settings of those of an age who move in with a plan, as running sums of their weights.
struct Mix([f64; CELLS]);

impl Mix {
    fn of(rates: &Rates, age: usize) -> Self {
        let mut sum = 0.0;
        Self(std::array::from_fn(|cell| {
            sum += rates
                .moving_in_mix
                .at([age, cell / SETTINGS, cell % SETTINGS]);
            sum
        }))
    }

    /// The need and the setting at a uniform number.
    fn at(&self, u: f64) -> (PrimaryNeed, Setting) {
        let wanted = u * self.0[CELLS - 1];
        let cell = self.0.partition_point(|&sum| sum <= wanted) % CELLS;
        (
            PrimaryNeed::ALL[cell / SETTINGS],
            Setting::ALL[cell % SETTINGS],
        )
    }
}

fn with_plan_arrives(run: &mut Run<'_>, year: usize, age: usize, index: usize, mix: &Mix) {
    let rates = run.hazards.rates;
    let id = luck_id(Roster::WithPlan, year, age, index);
    let words = run.luck.words(id, Process::ArrivalDate, 0);
    let (need, setting) = mix.at(uniform(words[1]));
    let is_boy = uniform(words[2]) < rates.boys_among_plans[need.index()];
    let sex = if is_boy { Sex::Male } else { Sex::Female };
    let mut person = Person::new(id, cohort_of(age as u8, year) as u8, sex);
    person.need = need;
    person.setting = setting;
    person.plans_started = 1;
    run.people.push(person);
    let position = (run.people.len() - 1) as u32;
    let day = day_of(run, year, words[0]);
    run.queue
        .push(Event::new(day, EventKind::Arrival, position, 0));
}

/// Running sums over needs of the share of residents moving in who are on SEN support.
fn arriving_support(
    hazards: &Hazards<'_>,
    year: usize,
    age: usize,
    sex: Sex,
) -> [f64; PrimaryNeed::COUNT] {
    let mut sum = 0.0;
    std::array::from_fn(|need| {
        let at = [year, age, sex.index(), need];
        sum += hazards.rates.arriving_support.at(at);
        sum
    })
}

fn resident_arrives(
    run: &mut Run<'_>,
    year: usize,
    age: usize,
    sex: Sex,
    index: usize,
    on_support: &[f64; PrimaryNeed::COUNT],
) {
    let id = luck_id(Roster::Resident, year, age, index);
    let words = run.luck.words(id, Process::ArrivalDate, 0);
    let mut person = Person::new(id, cohort_of(age as u8, year) as u8, sex);
    let u = uniform(words[1]);
    let need = on_support.partition_point(|&cumulated| cumulated <= u);
    let first = person.first_words(run.luck);
    if let Some(&need) = PrimaryNeed::ALL.get(need) {
        person.need = need;
        person.status = Status::Support;
        person.spells_without_sen = 1;
    } else {
        person.need = run.latent_needs.at(sex, age as u8, uniform(first[0]));
        person.status = Status::NoSen;
    }
    let day = Event::day_of(Event::ticks(day_of(run, year, words[0])));
    run.welcome(person, &first, day);
}

/// A uniform moment of a year.
fn day_of(run: &Run<'_>, year: usize, word: u32) -> f64 {
    let timeline = &run.hazards.timeline;
    let (start, end) = (timeline.january(year), timeline.january(year + 1));
    start + uniform(word) * (end - start)
}
