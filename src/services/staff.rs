//! Staff of a service with a published list: posts of the whole board.

use super::catalogue::Entry;
use super::course::Course;
use super::weekly::Weekly;
use crate::domain::{Date, WEEKS_PER_YEAR};
use crate::simulate::Future;

/// Indicators of a calendar year: posts that there are, and that the standard takes.
pub(super) const INDICATORS: [(&str, &str); 2] =
    [("board_posts", "posts"), ("board_posts_needed", "posts")];

/// Least that a post sees in a year.
const LEAST_EACH: f64 = 1.0;
const LEAST: f64 = 1e-9;

/// What of a scenario's own numbers acts on a service with a published list only where it has posts.
pub(super) const OWN: [&str; 4] = ["each", "added", "lost", "extra"];

/// The staff of a service week by week, as a scenario changes them.
#[derive(Debug)]
pub(super) struct Staff {
    /// First appointments a week that posts have time for at the start.
    at_start: f64,
    posts_at_start: f64,
    /// Posts of the start that are left, against the start.
    against_start: Vec<f64>,
    added: Vec<f64>,
    /// Children whom a post sees first in a year, by week, and at the start.
    each: Vec<f64>,
    each_at_start: f64,
    /// First appointments a week beside the posts.
    extra: Vec<f64>,
}

impl Staff {
    /// The staff of a service that has so many first appointments a week at the start, and so many
    /// times that as the years go; `None` where its staff are not told.
    pub(super) fn new(
        (future, base): (&Future<'_>, Date),
        (entry, weekly): (&Entry, &Weekly<'_>),
        at_start: f64,
        grown: impl Fn(usize) -> f64,
    ) -> Option<Self> {
        if !entry.has_posts {
            return None;
        }
        let path = |of: &str| format!("services.{of}.{}", entry.name);
        let each_at_start = future.number_at_base(&path("each"), base).max(LEAST_EACH);
        let each = weekly.stated(&path("each"), future.number(&path("each"), base));
        let posts_at_start = (at_start * WEEKS_PER_YEAR / each_at_start).max(LEAST);
        let [added, lost, extra] =
            ["added", "lost", "extra"].map(|of| weekly.stated(&path(of), 0.0));
        let left = |(week, lost): (usize, &f64)| (grown(week) - lost / posts_at_start).max(0.0);
        Some(Self {
            at_start,
            posts_at_start,
            against_start: lost.iter().enumerate().map(left).collect(),
            added,
            each: each.into_iter().map(|each| each.max(LEAST_EACH)).collect(),
            each_at_start,
            extra,
        })
    }

    /// First appointments of a week by those in post at the start, against the start, of which only so
    /// many times are left for the clinic; and by added posts and beside them, in children.
    pub(super) fn of_week(&self, week: usize, left: f64) -> [f64; 2] {
        let of_posts = self.against_start[week] * (self.each[week] / self.each_at_start) * left;
        let of_added = self.added[week] * self.each[week] / WEEKS_PER_YEAR * left;
        [of_posts.max(0.0), of_added.max(0.0) + self.extra[week]]
    }

    /// Posts in a calendar year with the scenario's multiple of each week, and the posts with which so
    /// many are seen first in a year; whose time goes elsewhere is among them.
    pub(super) fn in_year(
        &self,
        course: &Course,
        levels: &[f64],
        needed: f64,
        [from, until]: [f64; 2],
    ) -> [f64; 2] {
        let of_week = |(week, level): (usize, &f64)| {
            (self.posts_at_start * self.against_start[week] + self.added[week]) * level
        };
        let posts: Vec<f64> = levels.iter().enumerate().map(of_week).collect();
        let posts = course.mean(&posts, from, until);
        let seen = course.capacity_between(from, until) * self.at_start * WEEKS_PER_YEAR;
        let extra = course.mean(&self.extra, from, until) * WEEKS_PER_YEAR;
        // What a post sees in this year, after advice and children who are not brought.
        let each = if posts > LEAST && seen > extra {
            (seen - extra) / posts
        } else {
            course.mean(&self.each, from, until)
        };
        [posts, (needed - extra).max(0.0) / each.max(LEAST)]
    }
}
