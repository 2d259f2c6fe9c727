//! When a person's status changes next.

use super::cumulative::Cumulative;
use super::effects::CellOf;
use super::hazards::{Hazards, age_of};
use super::people::{Found, Leaves, NextChange, Person, Status, pick};
use super::timeline::Moment;
use crate::domain::{PrimaryNeed, Setting};
use crate::parameters::Parameter;
use crate::random::{Luck, Process, exponential, uniform};

/// Occurrences of the words of missed children begin here: those found early have the others.
const MISSING: u32 = 1 << 16;

/// The earliest of the competing changes within the horizon, each at the day on which its
/// integrated rate reaches the person's own exponential. `first` are the person's first words of luck.
pub(super) fn next_change(
    person: &mut Person,
    first: &[u32; 4],
    day: f64,
    hazards: &Hazards<'_>,
    luck: &Luck,
) -> Option<(f64, NextChange)> {
    let cohort = usize::from(person.cohort);
    let mut earliest = Earliest {
        day,
        now: hazards.timeline.moment(day),
        hazards,
        best: None,
    };
    let used = person.moving_out_used;
    match person.status {
        Status::Away => return None,
        Status::Plan => {
            let out = &hazards.plans_out;
            earliest.offer(out, cohort, 1.0, first[3], used, NextChange::MoveOut);
        }
        Status::NoSen | Status::Support if person.leaves == Leaves::UNKNOWN => {
            let out = &hazards.residents_out;
            earliest.offer(out, cohort, 1.0, first[3], used, NextChange::MoveOut);
            person.resident_since = day as f32;
            let leaves = earliest.best.map(|(when, _)| Leaves::on(when));
            person.leaves = leaves.unwrap_or(Leaves::NEVER);
        }
        Status::NoSen | Status::Support => {
            let leaves = person.leaves.day();
            earliest.best = leaves.map(|day| (day, NextChange::MoveOut));
        }
    }
    if matches!(person.status, Status::NoSen | Status::Support) && !person.in_process {
        let row = Hazards::need_row(cohort, person.sex, person.need);
        let word = match person.times_joining() {
            0 => first[1],
            n => luck.words(person.luck_id, Process::Joining, n)[0],
        };
        let (joining, ratio) = joining_of(person, hazards);
        let used = person.joining_used;
        earliest.offer(joining, row, ratio, word, used, NextChange::Join);
    }
    match person.status {
        Status::NoSen if person.found == Found::Late => {
            offer_being_found(person, luck, &mut earliest);
            if !person.in_process {
                offer_end_of_support(person, luck, &mut earliest);
            }
        }
        Status::NoSen => offer_starts_of_support(person, first[2], luck, &mut earliest),
        Status::Support if person.found == Found::Early => {
            offer_starts_of_support(person, first[2], luck, &mut earliest);
            offer_end_of_support(person, luck, &mut earliest);
        }
        // Nobody takes a child off SEN support while it is being assessed.
        Status::Support if person.in_process => {}
        Status::Support => offer_end_of_support(person, luck, &mut earliest),
        Status::Plan => offer_ends_of_plan(person, luck, &mut earliest),
        Status::Away => {}
    }
    earliest.best
}

/// SEN support starting in its own time, and before then being found early.
fn offer_starts_of_support(
    person: &Person,
    first_word: u32,
    luck: &Luck,
    earliest: &mut Earliest<'_, '_>,
) {
    let hazards = earliest.hazards;
    let row = Hazards::need_row(usize::from(person.cohort), person.sex, person.need);
    let word = match u32::from(person.spells_without_sen) {
        0 => first_word,
        n => luck.words(person.luck_id, Process::SupportEntry, n)[0],
    };
    let next = if person.found == Found::Early {
        NextChange::NeedSupport
    } else {
        NextChange::EnterSupport
    };
    let used = person.entry_used;
    earliest.offer(&hazards.support_entry, row, 1.0, word, used, next);
    if let (Some(early), false) = (&hazards.found_early, person.found == Found::Early) {
        let occurrence = u32::from(person.times_found_early);
        let word = luck.words(person.luck_id, Process::FoundEarly, occurrence)[0];
        earliest.offer(&early.finding, row, 1.0, word, 0.0, NextChange::FindEarly);
    }
}

/// A missed child found at school.
fn offer_being_found(person: &Person, luck: &Luck, earliest: &mut Earliest<'_, '_>) {
    let Some(missed) = &earliest.hazards.missed else {
        return;
    };
    let word = missing_words(person, luck)[1];
    let cohort = usize::from(person.cohort);
    earliest.offer(&missed.found, cohort, 1.0, word, 0.0, NextChange::FindLate);
}

/// Whether SEN support that starts on a day is missed, and found at school.
pub(super) fn is_missed(person: &Person, day: f64, hazards: &Hazards<'_>, luck: &Luck) -> bool {
    let Some(missed) = &hazards.missed else {
        return false;
    };
    let year = hazards.timeline.segments()[hazards.timeline.segment_at(day)].year;
    let Some(age) = age_of(usize::from(person.cohort), year) else {
        return false;
    };
    let share = missed.share((age, person.sex, person.need), day, &hazards.timeline);
    share > 0.0 && uniform(missing_words(person, luck)[0]) < share
}

fn missing_words(person: &Person, luck: &Luck) -> [u32; 4] {
    let spell = u32::from(person.spells_without_sen);
    luck.words(person.luck_id, Process::FoundEarly, MISSING + spell)
}

fn offer_end_of_support(person: &Person, luck: &Luck, earliest: &mut Earliest<'_, '_>) {
    let row = Hazards::exit_row(usize::from(person.cohort), person.need);
    let word = if person.found == Found::Early {
        let occurrence = u32::from(person.times_found_early);
        luck.words(person.luck_id, Process::FoundEarly, occurrence)[1]
    } else {
        // A request interrupts the time on SEN support; what is left of it is as long as ever.
        let spell = u32::from(person.spells_without_sen) | u32::from(person.requests) << 16;
        luck.words(person.luck_id, Process::SupportExit, spell)[0]
    };
    let exit = &earliest.hazards.support_exit;
    let used = if person.found == Found::Early {
        0.0
    } else {
        person.ending_used
    };
    earliest.offer(exit, row, 1.0, word, used, NextChange::ExitSupport);
}

fn offer_ends_of_plan(person: &Person, luck: &Luck, earliest: &mut Earliest<'_, '_>) {
    let cohort = usize::from(person.cohort);
    let row = Hazards::setting_row(cohort, person.wanted);
    let occurrence = u32::from(person.plans_started);
    let word = luck.words(person.luck_id, Process::Ceasing, occurrence)[0];
    let hazards = earliest.hazards;
    earliest.offer(
        &hazards.ceasing,
        row,
        1.0,
        word,
        person.ending_used,
        NextChange::Cease,
    );
    let word = luck.words(person.luck_id, Process::Death, 0)[0];
    earliest.offer(
        &hazards.death,
        row,
        1.0,
        word,
        person.death_used,
        NextChange::Die,
    );
    if let Some(last) = hazards.last_day(cohort, earliest.day)
        && earliest.best.is_none_or(|(when, _)| when > last)
    {
        earliest.best = Some((last, NextChange::ReachMaximumAge));
    }
}

/// Notes how much of each exponential the spell that now ends has used up; of moving out without a
/// plan see [`end_stay`].
pub(super) fn use_up(person: &mut Person, day: f64, hazards: &Hazards<'_>) {
    let cohort = usize::from(person.cohort);
    let since = hazards.timeline.moment(f64::from(person.since));
    let now = hazards.timeline.moment(day);
    let used = |cumulative: &Cumulative, row: usize| {
        (cumulative.until(row, now) - cumulative.until(row, since)) as f32
    };
    match person.status {
        Status::NoSen | Status::Support => {
            let row = Hazards::need_row(cohort, person.sex, person.need);
            let (joining, ratio) = joining_of(person, hazards);
            if !person.in_process {
                person.joining_used += ratio as f32 * used(joining, row);
            }
            if person.found == Found::Late && !person.in_process {
                let row = Hazards::exit_row(cohort, person.need);
                person.ending_used += used(&hazards.support_exit, row);
            }
            // Elsewhere nothing but the start of SEN support ends a spell without it.
            if hazards.found_early.is_some() || hazards.process.is_some() {
                person.entry_used += used(&hazards.support_entry, row);
            }
        }
        Status::Plan => {
            let row = Hazards::setting_row(cohort, person.wanted);
            person.moving_out_used += used(&hazards.plans_out, cohort);
            person.ending_used += used(&hazards.ceasing, row);
            person.death_used += used(&hazards.death, row);
        }
        Status::Away => {}
    }
}

/// Notes how much of the exponential of moving out a stay without a plan has used up, at its end.
pub(super) fn end_stay(person: &mut Person, day: f64, hazards: &Hazards<'_>) {
    let (out, cohort) = (&hazards.residents_out, usize::from(person.cohort));
    let since = hazards.timeline.moment(f64::from(person.resident_since));
    let until = |moment| out.until(cohort, moment);
    person.moving_out_used += (until(hazards.timeline.moment(day)) - until(since)) as f32;
    person.leaves = Leaves::UNKNOWN;
}

/// The setting named in a new plan.
pub(super) fn first_setting(
    hazards: &Hazards<'_>,
    age: u8,
    need: PrimaryNeed,
    day: f64,
    word: u32,
) -> Setting {
    let shares = first_setting_shares(hazards, age, need, day);
    pick(shares.iter().copied(), uniform(word))
        .map_or(Setting::NotRecorded, |index| Setting::ALL[index])
}

/// Shares of first settings on a day. A changed share takes its value exactly, and the shares that
/// no change touches are scaled to keep the sum at 1.
pub(super) fn first_setting_shares(
    hazards: &Hazards<'_>,
    age: u8,
    need: PrimaryNeed,
    day: f64,
) -> [f64; Setting::COUNT] {
    let base = |setting: usize| {
        hazards
            .rates
            .first_setting
            .at([usize::from(age), need.index(), setting])
    };
    let mut shares: [f64; Setting::COUNT] = std::array::from_fn(base);
    let segment = &hazards.timeline.segments()[hazards.timeline.segment_at(day)];
    let is_changed = hazards.effects.touch(Parameter::FirstSettingShare);
    if !is_changed && !hazards.induces_demand(segment.year) {
        return shares;
    }
    let mut touched = [false; Setting::COUNT];
    let mut cell = CellOf::age(age);
    cell.need = need;
    for (index, share) in shares.iter_mut().enumerate() {
        cell.setting = Setting::ALL[index];
        let value = hazards.effects.apply(
            Parameter::FirstSettingShare,
            &cell,
            &hazards.timeline,
            segment,
            *share,
        );
        let value = (value * hazards.induced_demand(cell.setting, segment.year)).min(1.0);
        touched[index] = value.to_bits() != share.to_bits();
        *share = value;
    }
    let sum = |wanted: bool| -> f64 {
        shares
            .iter()
            .zip(touched)
            .filter(|(_, t)| *t == wanted)
            .map(|(s, _)| s)
            .sum()
    };
    let (changed, rest) = (sum(true), sum(false));
    if changed >= 1.0 || rest <= 0.0 {
        return shares;
    }
    let scale = (1.0 - changed) / rest;
    for (share, touched) in shares.iter_mut().zip(touched) {
        if !touched {
            *share *= scale;
        }
    }
    shares
}

/// The rates of starting a plan and how many times likelier this child is than they say. A child
/// found early keeps the risk of a child not yet on SEN support until that would have started; one that
/// a review missed has the risk of a child on SEN support.
fn joining_of<'h>(person: &Person, hazards: &'h Hazards<'_>) -> (&'h Cumulative, f64) {
    match (person.status, &hazards.found_early) {
        (Status::Support, Some(early)) if person.found == Found::Early => (&early.joining, 1.0),
        (Status::Support, _) => (&hazards.joining, hazards.rates.support_ratio),
        (Status::NoSen, _) if person.found == Found::Late => {
            (&hazards.joining, hazards.rates.support_ratio)
        }
        _ => (&hazards.joining, 1.0),
    }
}

struct Earliest<'h, 'a> {
    day: f64,
    now: Moment,
    hazards: &'h Hazards<'a>,
    best: Option<(f64, NextChange)>,
}

impl Earliest<'_, '_> {
    /// Considers a process whose rate is `ratio` times a row's, of which `used` was used up before.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "most offers end at the first comparison"
    )]
    fn offer(
        &mut self,
        cumulative: &Cumulative,
        row: usize,
        ratio: f64,
        word: u32,
        used: f32,
        next: NextChange,
    ) {
        let (u, used) = (uniform(word), f64::from(used));
        // exp(-x) >= 1 - x: most people have no event within the horizon, and need no logarithm.
        if u > 1.0 - cumulative.total(row) * ratio - used {
            let of_row = (cumulative, row);
            self.consider(of_row, ratio, word, used, next);
        }
    }

    #[inline(never)]
    fn consider(
        &mut self,
        (cumulative, row): (&Cumulative, usize),
        ratio: f64,
        word: u32,
        used: f64,
        next: NextChange,
    ) {
        let done = if self.day <= 0.0 {
            0.0
        } else {
            let done = cumulative.until(row, self.now);
            if uniform(word) <= 1.0 - (cumulative.total(row) - done) * ratio - used {
                return;
            }
            done
        };
        let target = done + (exponential(word) - used).max(0.0) / ratio;
        if let Some(when) = cumulative.crossing(row, target, &self.hazards.timeline)
            && self.best.is_none_or(|(best, _)| when < best)
        {
            self.best = Some((when, next));
        }
    }
}
