//! The list of a service as its staff see it: how many are there, and when the next is seen.

use super::arrival::Arrival;
use crate::ehc_process::Hours;
use crate::queue::ListBook;

/// Those on the list, of whom staff know the number and not the days: one is seen whenever they have
/// had time for one more. So the area under the list does not rest on the dates of the children.
#[derive(Debug, Default)]
pub(super) struct Heads {
    book: ListBook,
    /// On the list, to be seen.
    number: u32,
    /// The running sum of staff time at which the next has been seen.
    next_seen_at: f64,
    week: usize,
}

impl Heads {
    /// A child comes; until it can be seen, others are.
    pub(super) fn comes(&mut self, child: &Arrival, staff: &Hours) {
        self.book.comes(child.referred);
        self.see(staff, child.ready);
    }

    /// The child withdraws on a day, before its turn.
    pub(super) fn withdraws(&mut self, day: f64) {
        self.book.goes(day);
    }

    /// The child stays until it is seen: staff who have nobody else to see begin with it.
    pub(super) fn stays(&mut self, child: &Arrival, staff: &Hours) {
        if self.number == 0 {
            self.next_seen_at = staff.until(child.ready) + 1.0;
        }
        self.number += 1;
    }

    /// Sees one after the other up to a day.
    fn see(&mut self, staff: &Hours, until: f64) {
        while self.number > 0 {
            let day = staff.day_of_next(self.next_seen_at, &mut self.week);
            if !(day <= until && day.is_finite()) {
                return;
            }
            self.book.goes(day);
            self.number -= 1;
            self.next_seen_at += 1.0;
        }
    }

    pub(super) fn into_book(mut self, staff: &Hours) -> ListBook {
        self.see(staff, f64::INFINITY);
        self.book
    }
}
