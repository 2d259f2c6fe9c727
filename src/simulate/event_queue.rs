//! The one event queue: a wheel of days over the horizon.

/// What happens next. The discriminant is the rule for ties within an instant: lower first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(super) enum EventKind {
    /// A child with a plan arrives in the area.
    Arrival,
    /// A child with a plan moves to another setting, or asks for a place in it.
    SettingMove,
    /// The September round of places.
    PlaceRound,
    /// A late decision about a place, or a hearing about one.
    PlaceDecision,
    /// Places open or close.
    PlacesChange,
    /// A plan's primary need is recorded anew.
    NeedRecode,
    /// The next change of a person's status: which one was decided when it was scheduled.
    StatusChange,
}

/// A scheduled event, ordered by (time, kind, person, generation); never by order of insertion.
///
/// Time is in days since the base date as 16.16 fixed point (1.3 seconds), so that an order is an
/// order of integers on every machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Event(u64);

/// Parts of a day that an event's time tells apart.
const TICKS: f64 = 65_536.0;

impl Event {
    /// Most people that an event can name.
    pub(super) const MAX_PEOPLE: usize = 1 << 21;

    /// An event at a day for a person; the generation tells stale events apart.
    pub(super) fn new(day: f64, kind: EventKind, person: u32, generation: u8) -> Self {
        debug_assert!((person as usize) < Self::MAX_PEOPLE);
        let time = u64::from(Self::ticks(day));
        Self(time << 32 | (kind as u64) << 29 | u64::from(person) << 8 | u64::from(generation))
    }

    /// A day to the precision of an event's time, as 16.16 fixed point.
    pub(super) fn ticks(day: f64) -> u32 {
        (day * TICKS) as u32
    }

    /// The day of a time in 16.16 fixed point.
    pub(super) fn day_of(ticks: u32) -> f64 {
        f64::from(ticks) / TICKS
    }

    /// Day since the base date.
    pub(super) fn day(self) -> f64 {
        Self::day_of((self.0 >> 32) as u32)
    }

    /// What happens.
    pub(super) fn kind(self) -> EventKind {
        match (self.0 >> 29) & 7 {
            0 => EventKind::Arrival,
            1 => EventKind::SettingMove,
            2 => EventKind::PlaceRound,
            3 => EventKind::PlaceDecision,
            4 => EventKind::PlacesChange,
            5 => EventKind::NeedRecode,
            _ => EventKind::StatusChange,
        }
    }

    /// To whom (position in the list of people).
    pub(super) fn person(self) -> u32 {
        (self.0 >> 8) as u32 & 0x1F_FFFF
    }

    /// Generation of the person's plans when it was scheduled.
    pub(super) fn generation(self) -> u8 {
        self.0 as u8
    }

    fn whole_day(self) -> usize {
        (self.0 >> 48) as usize
    }
}

/// Events by day: pushing is an append, a day is sorted when it opens.
#[derive(Debug, Clone, Default)]
pub(super) struct EventQueue {
    days: Vec<Vec<Event>>,
    today: usize,
    next: usize,
}

impl EventQueue {
    /// An empty queue over some days.
    #[cfg(test)]
    pub(super) fn new(days: usize) -> Self {
        Self {
            days: vec![Vec::new(); days],
            today: 0,
            next: 0,
        }
    }

    /// Empties the queue and keeps its memory.
    pub(super) fn clear(&mut self, days: usize) {
        self.days.resize_with(days, Vec::new);
        self.days.iter_mut().for_each(Vec::clear);
        self.today = 0;
        self.next = 0;
    }

    /// Schedules an event. Events beyond the horizon are dropped; an event must not lie in the past.
    pub(super) fn push(&mut self, event: Event) {
        let day = event.whole_day();
        let Some(bucket) = self.days.get_mut(day) else {
            return;
        };
        if day == self.today && self.next > 0 {
            let place = self.next + bucket[self.next..].partition_point(|&other| other < event);
            bucket.insert(place, event);
        } else {
            bucket.push(event);
        }
    }

    /// The earliest event before a day, if there is one. Of each day that opens, events that are no
    /// longer `due` are dropped first: asking for all of a day at once also brings the people of
    /// that day into the processor's memory together, not one after the other.
    pub(super) fn pop_before(
        &mut self,
        day: usize,
        is_due: impl Fn(Event) -> bool,
    ) -> Option<Event> {
        while self.today < day.min(self.days.len()) {
            let bucket = &mut self.days[self.today];
            if self.next == 0 {
                bucket.retain(|&event| is_due(event));
                bucket.sort_unstable();
            }
            if let Some(&event) = bucket.get(self.next) {
                self.next += 1;
                return Some(event);
            }
            self.today += 1;
            self.next = 0;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::cmp::Reverse;
    use std::collections::BinaryHeap;

    proptest! {
        /// The standard library's heap is the reference: same order, with pushes while popping.
        #[test]
        fn the_wheel_pops_in_the_order_of_a_heap(
            times in prop::collection::vec((0.0f64..40.0, 0u32..50), 1..200),
            delays in prop::collection::vec(0.0f64..5.0, 200),
        ) {
            let mut wheel = EventQueue::new(30);
            let mut heap = BinaryHeap::new();
            let push = |wheel: &mut EventQueue, heap: &mut BinaryHeap<_>, event: Event| {
                wheel.push(event);
                if event.day() < 30.0 {
                    heap.push(Reverse(event));
                }
            };
            for &(day, person) in &times {
                push(&mut wheel, &mut heap, Event::new(day, EventKind::Arrival, person, 0));
            }
            let mut delays = delays.into_iter();
            while let Some(event) = wheel.pop_before(30, |_| true) {
                prop_assert_eq!(Some(Reverse(event)), heap.pop());
                if let Some(delay) = delays.next() {
                    let later = event.day() + delay;
                    let event = Event::new(later, EventKind::StatusChange, event.person(), 1);
                    push(&mut wheel, &mut heap, event);
                }
            }
            prop_assert!(heap.is_empty());
        }
    }

    #[test]
    fn events_no_longer_due_when_their_day_opens_are_dropped() {
        let mut wheel = EventQueue::new(3);
        for person in 0..4 {
            let day = f64::from(person) / 2.0;
            wheel.push(Event::new(day, EventKind::StatusChange, person, 0));
        }
        let due = |event: Event| !event.person().is_multiple_of(3);
        let left: Vec<u32> = std::iter::from_fn(|| wheel.pop_before(3, due))
            .map(Event::person)
            .collect();
        assert_eq!(left, [1, 2]);
    }

    #[test]
    fn an_event_keeps_its_parts() {
        let event = Event::new(3652.25, EventKind::NeedRecode, 2_000_000, 200);
        assert!((event.day() - 3652.25).abs() < 1e-9);
        assert_eq!(event.kind(), EventKind::NeedRecode);
        assert_eq!(event.person(), 2_000_000);
        assert_eq!(event.generation(), 200);
    }
}
