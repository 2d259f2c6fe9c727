//! The calendar of a simulation: years, segments, 1 Septembers.

use crate::domain::{DAYS_PER_YEAR, Date};
use crate::scenario::Change;

/// A stretch of time in which no rate changes. Days count from the base date.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Segment {
    /// First day.
    pub start: f64,
    /// Day after the last.
    pub end: f64,
    /// Year of the horizon, from 0.
    pub year: usize,
    /// Share of its calendar year.
    pub share_of_year: f64,
}

/// Years from a base 1 January on, cut into segments at every 1 January and at every date on which
/// a scenario changes a rate.
#[derive(Debug, Clone, PartialEq)]
pub struct Timeline {
    base: Date,
    years: usize,
    segments: Vec<Segment>,
    segment_of_day: Vec<u16>,
    januaries: Vec<f64>,
    septembers: Vec<f64>,
}

/// A moment as its segment and the share of the segment gone by then.
#[derive(Debug, Clone, Copy)]
pub struct Moment {
    pub(super) segment: usize,
    pub(super) share: f64,
}

impl Timeline {
    /// The timeline of some years from 1 January of `base_year`, cut where the changes ask for it.
    pub fn new(base_year: i32, years: usize, changes: &[&Change]) -> Self {
        Self::with_lead(base_year, years, changes, 0)
    }

    /// The same, cut also some days before every 1 January.
    pub fn with_lead(base_year: i32, years: usize, changes: &[&Change], lead: i32) -> Self {
        let base = Date::january(base_year);
        let day = |date: Date| date.days_since(base);
        let end = day(Date::january(base_year + years as i32));
        let mut cuts: Vec<i32> = (0..=years)
            .map(|y| day(Date::january(base_year + y as i32)))
            .collect();
        if lead > 0 {
            let januaries = (1..=years).map(|y| day(Date::january(base_year + y as i32)));
            let ahead: Vec<i32> = januaries.map(|january| january - lead).collect();
            cuts.extend(ahead);
        }
        for change in changes {
            cuts.push(day(change.from));
            cuts.extend(change.until.map(day));
            cuts.extend((1..phase_in_steps(change)).map(|step| step_start(change, step, base)));
        }
        cuts.retain(|&cut| (0..=end).contains(&cut));
        cuts.sort_unstable();
        cuts.dedup();
        let segments: Vec<Segment> = cuts
            .windows(2)
            .map(|cut| segment(base_year, years, cut[0], cut[1]))
            .collect();
        let segment_of_day = segments
            .iter()
            .enumerate()
            .flat_map(|(i, s)| std::iter::repeat_n(i as u16, (s.end - s.start) as usize))
            .collect();
        let days = |date: fn(i32) -> Date| {
            (0..=years as i32 + 1)
                .map(|year| f64::from(day(date(base_year + year))))
                .collect()
        };
        Self {
            base,
            years,
            segments,
            segment_of_day,
            januaries: days(Date::january),
            septembers: days(Date::september),
        }
    }

    /// Number of years.
    pub const fn years(&self) -> usize {
        self.years
    }

    /// Segments in order.
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// Segments of a year of the horizon, in order.
    pub fn of_year(&self, year: usize) -> &[Segment] {
        let first = self.segments.partition_point(|segment| segment.year < year);
        let after = self
            .segments
            .partition_point(|segment| segment.year <= year);
        &self.segments[first..after]
    }

    /// The segment of a day before the end.
    pub fn segment_at(&self, day: f64) -> usize {
        usize::from(self.segment_of_day[day as usize])
    }

    /// Where a day lies; the end of the last segment for the end of the horizon and later days.
    #[inline]
    pub fn moment(&self, day: f64) -> Moment {
        let Some(&segment) = self.segment_of_day.get(day as usize) else {
            return Moment {
                segment: self.segments.len() - 1,
                share: 1.0,
            };
        };
        let segment = usize::from(segment);
        let Segment { start, end, .. } = self.segments[segment];
        Moment {
            segment,
            share: (day - start) / (end - start),
        }
    }

    /// Day of 1 January of a year of the horizon (the end of the horizon for `years`).
    pub fn january(&self, year: usize) -> f64 {
        self.januaries[year]
    }

    /// Day of 1 September of a year of the horizon.
    pub fn september(&self, year: usize) -> f64 {
        self.septembers[year]
    }

    /// Days from the base date to a date.
    pub(super) fn day(&self, date: Date) -> f64 {
        f64::from(date.days_since(self.base))
    }

    /// The date of a day.
    pub(super) fn date(&self, day: f64) -> Date {
        self.base.plus_days(day.floor() as i32)
    }

    /// Day after the last.
    pub fn end(&self) -> f64 {
        self.january(self.years)
    }

    /// The strength of a change that begins later by some years, on a day.
    pub(super) fn strength_after(&self, change: &Change, years: f64, day: &Segment) -> f64 {
        let until = change.until.map(|until| self.day(until));
        if until.is_some_and(|until| day.start >= until) {
            return 0.0;
        }
        let start = day.start - (years * DAYS_PER_YEAR).round();
        self.strength(change, &Segment { start, ..*day })
    }

    /// Full strength is 1; a change that is being phased in is weaker, before it starts 0.
    pub fn strength(&self, change: &Change, segment: &Segment) -> f64 {
        let from = f64::from(change.from.days_since(self.base));
        let until = change
            .until
            .map_or(f64::INFINITY, |d| f64::from(d.days_since(self.base)));
        if segment.start < from || segment.start >= until {
            return 0.0;
        }
        let steps = phase_in_steps(change);
        let step = (1..steps)
            .take_while(|&s| f64::from(step_start(change, s, self.base)) <= segment.start)
            .count();
        if steps == 0 || segment.start >= f64::from(step_start(change, steps, self.base)) {
            1.0
        } else {
            (step as f64 + 0.5) / f64::from(steps)
        }
    }
}

/// Number of monthly steps in which a change reaches its full size.
fn phase_in_steps(change: &Change) -> u32 {
    (change.phase_in_years * 12.0).ceil() as u32
}

/// Day on which a monthly step starts.
fn step_start(change: &Change, step: u32, base: Date) -> i32 {
    change.from.days_since(base) + (f64::from(step) * 365.25 / 12.0).round() as i32
}

fn segment(base_year: i32, years: usize, start: i32, end: i32) -> Segment {
    let base = Date::january(base_year);
    let year = (0..years)
        .rev()
        .find(|&y| Date::january(base_year + y as i32).days_since(base) <= start)
        .unwrap_or(0);
    let days = f64::from(Date::january(base_year + year as i32).days_in_year());
    Segment {
        start: f64::from(start),
        end: f64::from(end),
        year,
        share_of_year: f64::from(end - start) / days,
    }
}
