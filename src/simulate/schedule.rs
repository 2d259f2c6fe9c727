//! When a person's status changes next.

use super::cumulative::Cumulative;
use super::effects::CellOf;
use super::hazards::Hazards;
use super::people::{NextChange, Person, Status, pick};
use crate::domain::{PrimaryNeed, Setting};
use crate::parameters::Parameter;
use crate::random::{Luck, Process, exponential, uniform};

/// The earliest of the competing changes within the horizon, each at the day on which its
/// integrated rate reaches the person's own exponential.
pub(super) fn next_change(
    person: &Person,
    day: f64,
    hazards: &Hazards<'_>,
    luck: &Luck,
) -> Option<(f64, NextChange)> {
    let cohort = usize::from(person.cohort);
    let mut earliest = Earliest {
        day,
        hazards,
        best: None,
    };
    let first = person.first_words(luck);
    let leaving = match person.status {
        Status::Away => return None,
        Status::Plan => &hazards.plans_out,
        Status::NoSen | Status::Support => &hazards.residents_out,
    };
    earliest.offer(
        leaving,
        cohort,
        1.0,
        first[3],
        person.moving_out_used,
        NextChange::MoveOut,
    );
    if matches!(person.status, Status::NoSen | Status::Support) {
        let row = Hazards::need_row(cohort, person.sex, person.need);
        let word = match person.plans_started {
            0 => first[1],
            n => luck.words(person.luck_id, Process::Joining, u32::from(n))[0],
        };
        let ratio = joining_ratio(person, hazards);
        earliest.offer(
            &hazards.joining,
            row,
            ratio,
            word,
            person.joining_used,
            NextChange::Join,
        );
    }
    let spell = u32::from(person.spells_without_sen);
    match person.status {
        Status::NoSen => {
            let row = Hazards::need_row(cohort, person.sex, person.need);
            let word = match spell {
                0 => first[2],
                n => luck.words(person.luck_id, Process::SupportEntry, n)[0],
            };
            earliest.offer(
                &hazards.support_entry,
                row,
                1.0,
                word,
                0.0,
                NextChange::EnterSupport,
            );
        }
        Status::Support => {
            let row = Hazards::exit_row(cohort, person.need);
            let word = luck.words(person.luck_id, Process::SupportExit, spell)[0];
            earliest.offer(
                &hazards.support_exit,
                row,
                1.0,
                word,
                0.0,
                NextChange::ExitSupport,
            );
        }
        Status::Plan => offer_ends_of_plan(person, luck, &mut earliest),
        Status::Away => {}
    }
    earliest.best
}

fn offer_ends_of_plan(person: &Person, luck: &Luck, earliest: &mut Earliest<'_, '_>) {
    let cohort = usize::from(person.cohort);
    let row = Hazards::setting_row(cohort, person.setting);
    let occurrence = u32::from(person.plans_started);
    let word = luck.words(person.luck_id, Process::Ceasing, occurrence)[0];
    let hazards = earliest.hazards;
    earliest.offer(
        &hazards.ceasing,
        row,
        1.0,
        word,
        person.ceasing_used,
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

/// Notes how much of each exponential the spell that now ends has used up.
pub(super) fn use_up(person: &mut Person, day: f64, hazards: &Hazards<'_>) {
    let cohort = usize::from(person.cohort);
    let since = f64::from(person.since);
    let used = |cumulative: &Cumulative, row: usize| {
        (cumulative.until(row, day, &hazards.timeline)
            - cumulative.until(row, since, &hazards.timeline)) as f32
    };
    match person.status {
        Status::NoSen | Status::Support => {
            let row = Hazards::need_row(cohort, person.sex, person.need);
            person.moving_out_used += used(&hazards.residents_out, cohort);
            person.joining_used +=
                joining_ratio(person, hazards) as f32 * used(&hazards.joining, row);
        }
        Status::Plan => {
            let row = Hazards::setting_row(cohort, person.setting);
            person.moving_out_used += used(&hazards.plans_out, cohort);
            person.ceasing_used += used(&hazards.ceasing, row);
            person.death_used += used(&hazards.death, row);
        }
        Status::Away => {}
    }
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
    if !hazards.effects.touch(Parameter::FirstSettingShare) {
        return shares;
    }
    let segment = &hazards.timeline.segments()[hazards.timeline.segment_at(day)];
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

fn joining_ratio(person: &Person, hazards: &Hazards<'_>) -> f64 {
    if person.status == Status::Support {
        hazards.rates.support_ratio
    } else {
        1.0
    }
}

struct Earliest<'h, 'a> {
    day: f64,
    hazards: &'h Hazards<'a>,
    best: Option<(f64, NextChange)>,
}

impl Earliest<'_, '_> {
    /// Considers a process whose rate is `ratio` times a row's, of which `used` was used up before.
    #[inline]
    fn offer(
        &mut self,
        cumulative: &Cumulative,
        row: usize,
        ratio: f64,
        word: u32,
        used: f32,
        next: NextChange,
    ) {
        let timeline = &self.hazards.timeline;
        let (u, used) = (uniform(word), f64::from(used));
        // exp(-x) >= 1 - x: most people have no event within the horizon, and need no logarithm.
        if u <= 1.0 - cumulative.total(row) * ratio - used {
            return;
        }
        let done = if self.day <= 0.0 {
            0.0
        } else {
            cumulative.until(row, self.day, timeline)
        };
        if u <= 1.0 - (cumulative.total(row) - done) * ratio - used {
            return;
        }
        let target = done + (exponential(word) - used).max(0.0) / ratio;
        if let Some(when) = cumulative.crossing(row, target, timeline)
            && self.best.is_none_or(|(best, _)| when < best)
        {
            self.best = Some((when, next));
        }
    }
}
