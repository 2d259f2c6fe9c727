//! What happens next: two heaps of events, ordered by (time, kind, subject).

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::time::Time;

/// What happens. The order is the rule for ties within an instant.
///
/// Capacity comes free before anyone asks for it; who could be seen in the instant in which they
/// would give up is seen; a panel meets when all other things of the instant are done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum EventKind {
    /// The end of an appointment or a piece of work; the subject is a task.
    ServiceEnd,
    /// A post falls vacant or is filled; the subject is a post.
    PostChange,
    /// A team starts; the subject is a team.
    TeamStart,
    /// A team ends; the subject is a team.
    TeamEnd,
    /// A session opens at a service.
    Opening,
    /// A fund receives money; the subject is a service.
    Payment,
    /// A source refers its next customer.
    Referral,
    /// A child who was not brought is back on the list; the subject is a task.
    Rebooking,
    /// Patience ends; the subject is a task.
    Withdrawal,
    /// A panel meets; the subject is a service.
    Meeting,
}

const KINDS: [EventKind; 10] = [
    EventKind::ServiceEnd,
    EventKind::PostChange,
    EventKind::TeamStart,
    EventKind::TeamEnd,
    EventKind::Opening,
    EventKind::Payment,
    EventKind::Referral,
    EventKind::Rebooking,
    EventKind::Withdrawal,
    EventKind::Meeting,
];

/// A scheduled event: time in the upper 64 bits, then kind (8), subject (32), generation (24).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Event(u128);

impl Event {
    /// An event; the generation tells stale events apart. Time must not be negative.
    #[inline]
    pub(super) fn new(time: Time, kind: EventKind, subject: u32, generation: u32) -> Self {
        debug_assert!(time >= Time::ZERO);
        let low =
            (kind as u64) << 56 | u64::from(subject) << 24 | u64::from(generation & 0xFF_FFFF);
        Self(u128::from(time.ticks() as u64) << 64 | u128::from(low))
    }

    /// When.
    #[inline]
    pub(super) fn time(self) -> Time {
        Time::from_ticks((self.0 >> 64) as i64)
    }

    /// What.
    #[inline]
    pub(super) fn kind(self) -> EventKind {
        KINDS[(self.0 >> 56) as usize & 0xFF]
    }

    /// To whom or what.
    #[inline]
    pub(super) fn subject(self) -> u32 {
        (self.0 >> 24) as u32
    }

    /// Generation of the subject when it was scheduled.
    #[inline]
    pub(super) fn generation(self) -> u32 {
        self.0 as u32 & 0xFF_FFFF
    }
}

/// Events to come. Withdrawals stand apart: most never happen, and those of people who have been
/// seen are cleared out from time to time.
#[derive(Debug, Clone, Default)]
pub(super) struct Agenda {
    events: BinaryHeap<Reverse<Event>>,
    withdrawals: BinaryHeap<Reverse<Event>>,
    stale: usize,
}

impl Agenda {
    /// Schedules an event; one that never comes is dropped.
    #[inline]
    pub(super) fn push(&mut self, event: Event) {
        if event.time() == Time::NEVER {
            return;
        }
        if event.kind() == EventKind::Withdrawal {
            self.withdrawals.push(Reverse(event));
        } else {
            self.events.push(Reverse(event));
        }
    }

    /// The earliest event, still scheduled.
    #[inline]
    pub(super) fn peek(&self) -> Option<Event> {
        let first = self.events.peek().map(|event| event.0);
        let withdrawal = self.withdrawals.peek().map(|event| event.0);
        match (first, withdrawal) {
            (Some(first), Some(withdrawal)) => Some(first.min(withdrawal)),
            (first, withdrawal) => first.or(withdrawal),
        }
    }

    /// Takes the earliest event, which `peek` has shown.
    #[inline]
    pub(super) fn pop(&mut self, event: Event) {
        if event.kind() == EventKind::Withdrawal {
            self.withdrawals.pop();
        } else {
            self.events.pop();
        }
    }

    /// Notes that a withdrawal which will not happen has been taken.
    pub(super) fn stale_one_passed(&mut self) {
        self.stale = self.stale.saturating_sub(1);
    }

    /// Notes that one scheduled withdrawal will not happen.
    #[inline]
    pub(super) fn withdrawal_is_stale(&mut self, is_live: impl Fn(Event) -> bool) {
        const WORTH_CLEARING: usize = 64;
        self.stale += 1;
        if self.stale > WORTH_CLEARING && self.stale * 2 > self.withdrawals.len() {
            self.withdrawals.retain(|event| is_live(event.0));
            self.stale = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_come_by_time_then_kind_then_subject() {
        let at = |weeks, kind, subject| Event::new(Time::from_weeks(weeks), kind, subject, 7);
        let ordered = [
            at(1.0, EventKind::Withdrawal, 0),
            at(2.0, EventKind::ServiceEnd, 9),
            at(2.0, EventKind::Referral, 1),
            at(2.0, EventKind::Withdrawal, 3),
            at(2.0, EventKind::Withdrawal, 4),
            at(2.0, EventKind::Meeting, 0),
        ];
        let mut agenda = Agenda::default();
        for event in ordered.iter().rev() {
            agenda.push(*event);
        }
        for expected in ordered {
            let event = agenda.peek().expect("one is left");
            agenda.pop(event);
            assert_eq!(event, expected);
            assert_eq!((event.generation(), event.kind()), (7, expected.kind()));
        }
        assert!(agenda.peek().is_none());
    }
}
