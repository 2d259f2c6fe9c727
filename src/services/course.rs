//! The weeks of a service, and the ways of children through one of its lists.

use super::arrival::Arrival;
use super::heads::Heads;
use crate::domain::DAYS_PER_WEEK;
use crate::ehc_process::Hours;
use crate::queue::ListBook;

/// One child's way through a list: days since the base date.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Visit {
    pub(super) referred: f32,
    /// First appointment or withdrawal; infinite where neither comes within the horizon.
    pub(super) left: f32,
    pub(super) withdrew: bool,
}

/// One list of a service: the part of those who come that is on it, and their ways.
#[derive(Debug)]
pub(super) struct List {
    pub(super) share: f64,
    pub(super) visits: Vec<Visit>,
}

/// The weeks of a service in a draw, as a scenario changes them.
#[derive(Debug, Clone)]
pub(super) struct Course {
    pub(super) standard_weeks: f64,
    /// The first day.
    pub(super) start: f64,
    /// Expected referrals of each week.
    pub(super) referrals: Vec<f64>,
    /// First appointments of each week that staff have time for, against the start.
    pub(super) capacity: Vec<f64>,
    /// Share of those who come that withdraw before they have waited the standard.
    pub(super) withdraw_within_standard: f64,
    /// Whether a place on the list lapses, so that who withdraws was not seen in time.
    pub(super) lapses: bool,
}

impl Course {
    /// The day after the last.
    pub(super) fn end(&self) -> f64 {
        self.start + DAYS_PER_WEEK * self.referrals.len() as f64
    }

    /// First appointments of each week of a list that has so many a week at the start.
    pub(super) fn staff(&self, at_start: f64) -> Hours {
        Hours::new(
            self.start,
            self.capacity.iter().map(|capacity| at_start * capacity),
        )
    }

    /// Referrals a week between two days.
    pub(super) fn referrals_between(&self, from: f64, until: f64) -> f64 {
        self.mean(&self.referrals, from, until)
    }

    /// First appointments that staff have time for between two days, against the start.
    pub(super) fn capacity_between(&self, from: f64, until: f64) -> f64 {
        self.mean(&self.capacity, from, until)
    }

    /// The mean of weekly numbers between two days.
    pub(super) fn mean(&self, weekly: &[f64], from: f64, until: f64) -> f64 {
        let week = |day: f64| ((day - self.start) / DAYS_PER_WEEK).round().max(0.0) as usize;
        let first = week(from).min(weekly.len() - 1);
        let last = week(until).clamp(first + 1, weekly.len());
        weekly[first..last].iter().sum::<f64>() / (last - first) as f64
    }
}

/// Children of one list one after the other, first come, first served, by staff who have time for so
/// many of them a week. Time that nobody needs is lost.
#[derive(Debug)]
pub(super) struct Lane {
    staff: Hours,
    /// The running sum at which all who are to be seen so far are seen, and its day.
    seen_at: f64,
    seen_on: f64,
    turn_week: usize,
    left_week: usize,
    /// The list as staff see it, where it is watched.
    heads: Option<Heads>,
}

impl Lane {
    pub(super) fn new(staff: Hours) -> Self {
        Self {
            seen_at: 0.0,
            seen_on: staff.day_of(0.0),
            staff,
            turn_week: 0,
            left_week: 0,
            heads: None,
        }
    }

    /// The same with the list as staff see it.
    pub(super) fn watched(staff: Hours) -> Self {
        Self {
            heads: Some(Heads::default()),
            ..Self::new(staff)
        }
    }

    /// The list as staff saw it, where it was watched; whoever is left is seen as staff have time.
    pub(super) fn into_book(self) -> ListBook {
        let Self { heads, staff, .. } = self;
        heads.map_or_else(ListBook::default, |heads| heads.into_book(&staff))
    }

    /// The next child: how it leaves the list.
    pub(super) fn visit(&mut self, child: &Arrival) -> Visit {
        if let Some(heads) = &mut self.heads {
            heads.comes(child, &self.staff);
        }
        let free_at = self.staff.until(child.ready);
        let (before, turn) = if self.seen_at >= free_at {
            (self.seen_at, self.seen_on)
        } else {
            (
                free_at,
                self.staff.day_of_next(free_at, &mut self.turn_week),
            )
        };
        if let Some(patience) = child.patience.less_than(turn - child.ready) {
            if let Some(heads) = &mut self.heads {
                heads.withdraws(child.ready + patience);
            }
            return child.leaves(child.ready + patience, true);
        }
        self.seen_at = before + 1.0;
        if let Some(heads) = &mut self.heads {
            heads.stays(child, &self.staff);
        }
        self.seen_on = self.staff.day_of_next(self.seen_at, &mut self.left_week);
        child.leaves(self.seen_on, false)
    }
}
