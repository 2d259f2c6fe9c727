//! What one run says about a service.

use crate::queue::{Ledger, Outcome, Record, Time};

/// Figures of one run; they are summed over runs before anything is divided.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct RunFigures {
    /// Everyone counted: referrals, and the starting list of a course.
    pub(super) people: f64,
    /// Of them, who had waited longer than the target before the start.
    pub(super) already_over: f64,
    /// Seen within the target from referral.
    pub(super) within_target: f64,
    /// Withdrew.
    pub(super) withdrawn: f64,
    /// Seen.
    pub(super) seen: f64,
    /// Weeks from referral to first being seen, summed over those seen.
    pub(super) wait_weeks: f64,
    /// Some of these waits, evenly chosen.
    pub(super) waits: Vec<f32>,
    /// Used time of servers, and the time there was [ticks].
    pub(super) busy: f64,
    pub(super) staffed: f64,
    /// On the list: the mean of a long run, the end of a course.
    pub(super) list: f64,
    /// On the list at the weeks of a course.
    pub(super) list_at: Vec<f32>,
}

/// Who is counted, and until when.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Counting {
    /// First moment of joining.
    pub(super) from: Time,
    /// Last moment of joining.
    pub(super) until: Time,
    /// Waits and withdrawals count up to here.
    pub(super) known_until: Time,
    /// Target [weeks].
    pub(super) target_weeks: f64,
    /// One in how many waits is kept.
    pub(super) keep_one_in: u32,
}

/// Most waits that are kept over all runs: bounds memory to some 40 MB.
const MOST_WAITS: f64 = 1e7;

impl Counting {
    /// One in how many waits to keep of an expected number.
    pub(super) fn keep_one_in(expected: f64) -> u32 {
        (expected / MOST_WAITS).ceil().max(1.0) as u32
    }
}

/// Counts the records of a run.
#[derive(Debug)]
pub(super) struct Counter {
    pub(super) counting: Counting,
    pub(super) figures: RunFigures,
    /// People counted whose visit has ended.
    pub(super) ended: u64,
}

impl Counter {
    pub(super) fn new(counting: Counting) -> Self {
        Self {
            counting,
            figures: RunFigures::default(),
            ended: 0,
        }
    }
}

impl Ledger for Counter {
    #[inline]
    fn visit(&mut self, record: &Record) {
        let counting = &self.counting;
        if record.joined < counting.from || record.joined > counting.until {
            return;
        }
        self.ended += 1;
        let figures = &mut self.figures;
        figures.people += 1.0;
        let waited_before = (record.joined - record.referred).weeks();
        if waited_before > counting.target_weeks {
            figures.already_over += 1.0;
        }
        if record.outcome == Outcome::Withdrawn && record.left <= counting.known_until {
            figures.withdrawn += 1.0;
        }
        let Some((wait, seen)) = record.wait_weeks().zip(record.seen) else {
            return;
        };
        if wait <= counting.target_weeks {
            figures.within_target += 1.0;
        }
        if seen <= counting.known_until {
            figures.seen += 1.0;
            figures.wait_weeks += wait;
            if record.customer.is_multiple_of(counting.keep_one_in) {
                figures.waits.push(wait as f32);
            }
        }
    }
}
