//! What may happen once a year to a child with a plan: a move of setting, a new recorded need.

use super::destinations::{BYTES, Destinations};
use super::effects::CellOf;
use super::event_queue::{Event, EventKind};
use super::hazards::{Hazards, age_of};
use super::people::Status;
use super::rates::moves_on_first_september;
use super::run::Run;
use crate::domain::{PrimaryNeed, Setting};
use crate::parameters::Parameter;
use crate::random::{Process, uniform};

/// Gives every child who has a plan on 1 January this year's move and recoding, if any.
///
/// A child moves when what its plan asks for changes; whether it finds a place there is another
/// matter. Each destination has its own clock (one exponential per child, destination and year), and the
/// first to ring wins: a lever on one destination leaves the moves to all others as they were.
/// At phase-transfer ages the move happens on 1 September.
pub(super) fn plan_year(run: &mut Run<'_>, year: usize) {
    let mut holders = std::mem::take(run.plan_holders);
    holders.retain(|&person| {
        let record = &mut run.people[person as usize];
        record.moving_to = None;
        record.recode_to = None;
        record.is_listed = record.status == Status::Plan;
        record.is_listed
    });
    for &person in &holders {
        plan_move(run, person as usize, year);
        plan_recode(run, person as usize, year);
    }
    *run.plan_holders = holders;
}

fn plan_move(run: &mut Run<'_>, person: usize, year: usize) {
    let record = run.people[person];
    let Some(age) = age_of(usize::from(record.cohort), year) else {
        return;
    };
    let rate = |to: usize| {
        setting_move_rate(
            run.hazards,
            age,
            record.need,
            record.wanted,
            Setting::ALL[to],
            year,
        )
    };
    let open = run.hazards.settings_from(age, record.wanted);
    let rang = first_to_ring(run, record.luck_id, Process::SettingMove, year, open, rate);
    let Some((to, share)) = rang else { return };
    run.people[person].moving_to = Some(Setting::ALL[to]);
    let timeline = &run.hazards.timeline;
    let day = if moves_on_first_september(age) {
        timeline.september(year)
    } else {
        let (start, end) = (timeline.january(year), timeline.january(year + 1));
        start + share * (end - start)
    };
    run.queue
        .push(Event::new(day, EventKind::SettingMove, person as u32, 0));
}

fn plan_recode(run: &mut Run<'_>, person: usize, year: usize) {
    let record = run.people[person];
    let Some(age) = age_of(usize::from(record.cohort), year) else {
        return;
    };
    let rate =
        |to: usize| need_recode_rate(run.hazards, age, record.need, PrimaryNeed::ALL[to], year);
    let open = run.hazards.needs_from(age, record.need);
    let rang = first_to_ring(run, record.luck_id, Process::NeedRecode, year, open, rate);
    let Some((to, share)) = rang else { return };
    run.people[person].recode_to = Some(PrimaryNeed::ALL[to]);
    let timeline = &run.hazards.timeline;
    let (start, end) = (timeline.january(year), timeline.january(year + 1));
    let day = start + share * (end - start);
    run.queue
        .push(Event::new(day, EventKind::NeedRecode, person as u32, 0));
}

/// Rate of a move integrated over a year, under the scenario.
pub(super) fn setting_move_rate(
    hazards: &Hazards<'_>,
    age: u8,
    need: PrimaryNeed,
    from: Setting,
    to: Setting,
    year: usize,
) -> f64 {
    let base = hazards
        .rates
        .setting_moves
        .at([usize::from(age), from.index(), to.index()])
        * hazards.rates.need_in_setting.at([need.index(), to.index()])
        * hazards.induced_demand(to, year);
    let mut cell = CellOf::age(age);
    (cell.need, cell.setting, cell.to_setting) = (need, from, to);
    let touched = hazards
        .effects
        .touch_cell(Parameter::SettingMoveRate, &cell);
    if !touched || from == to {
        return base;
    }
    let timeline = &hazards.timeline;
    if moves_on_first_september(age) {
        let segment = &timeline.segments()[timeline.segment_at(timeline.september(year))];
        return hazards
            .effects
            .apply(Parameter::SettingMoveRate, &cell, timeline, segment, base);
    }
    over_year(hazards, Parameter::SettingMoveRate, &cell, base, year)
}

/// Rate of a recoding integrated over a year, under the scenario.
pub(super) fn need_recode_rate(
    hazards: &Hazards<'_>,
    age: u8,
    from: PrimaryNeed,
    to: PrimaryNeed,
    year: usize,
) -> f64 {
    let base = hazards
        .rates
        .need_recode
        .at([usize::from(age), from.index(), to.index()]);
    let mut cell = CellOf::age(age);
    (cell.need, cell.to_need) = (from, to);
    let touched = hazards.effects.touch_cell(Parameter::NeedRecodeRate, &cell);
    if !touched || from == to {
        return base;
    }
    over_year(hazards, Parameter::NeedRecodeRate, &cell, base, year)
}

fn over_year(
    hazards: &Hazards<'_>,
    parameter: Parameter,
    cell: &CellOf,
    base: f64,
    year: usize,
) -> f64 {
    let timeline = &hazards.timeline;
    timeline
        .of_year(year)
        .iter()
        .map(|s| hazards.effects.apply(parameter, cell, timeline, s, base) * s.share_of_year)
        .sum()
}

/// The destination whose clock rings first within the year, and the share of the year gone by then.
///
/// The uniform number of a clock has 40 bits. Its first eight stand with those of other destinations in
/// one block of luck, and are enough for most clocks: they do not ring within the year at any rate
/// there is. The other 32 are drawn only where they decide.
fn first_to_ring(
    run: &Run<'_>,
    luck_id: u32,
    process: Process,
    year: usize,
    (destinations, row): (&Destinations, usize),
    rate: impl Fn(usize) -> f64,
) -> Option<(usize, f64)> {
    const WORDS: usize = 4;
    /// Blocks of luck of a year: the first have the last 32 bits, from this one on stand bytes.
    const OF_YEAR: usize = 8;
    const OF_BYTES: usize = 6;
    let words = |block: usize| {
        let occurrence = (year * OF_YEAR + block) as u32;
        run.luck.words(luck_id, process, occurrence)
    };
    let bytes = |block: usize| {
        let words = words(OF_BYTES + block);
        std::array::from_fn(|at| (words[at / WORDS] >> (8 * (at % WORDS))) as u8)
    };
    let mut best: Option<(usize, f64)> = None;
    let mut left = destinations.may_ring(row, bytes);
    while left != 0 {
        let to = left.trailing_zeros() as usize;
        left &= left - 1;
        let rate = rate(to);
        if rate <= 0.0 {
            continue;
        }
        let first = f64::from(bytes(to / BYTES)[to % BYTES]);
        // exp(-x) >= 1 - x, and the number is below the next byte.
        if first + 1.0 <= 256.0 * (1.0 - rate) {
            continue;
        }
        let u = (first + uniform(words(to / WORDS)[to % WORDS])) / 256.0;
        let share = -libm::log(u) / rate;
        if share < 1.0 && best.is_none_or(|(_, earliest)| share < earliest) {
            best = Some((to, share));
        }
    }
    best
}
