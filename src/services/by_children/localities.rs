//! A service that an area keeps by locality: each its own children, staff and list.

use super::{Draw, Entry};
use crate::area::AreaPack;
use crate::domain::Date;
use crate::services::course::{Course, List};
use crate::simulate::Future;

/// A locality of a service, or all of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::services) struct Part {
    /// Number in addresses of luck, from 1; 0 is the whole service.
    pub(super) number: u32,
    /// Name in scenarios; none of the whole service.
    pub(in crate::services) name: Option<&'static str>,
    /// Name in results.
    pub(in crate::services) label: &'static str,
    /// Share of the service's children.
    pub(super) children: f64,
    /// Share of its posts, or of its budget.
    pub(super) posts: f64,
    /// Weeks that the first on the list has waited, where the area states it.
    pub(super) list_weeks: Option<f64>,
}

/// The localities of a service in the order of the pack; the whole service where it has none. Shares
/// are made to add up to 1 exactly.
pub(in crate::services) fn parts(pack: &AreaPack, entry: &Entry) -> Vec<Part> {
    let rows = || {
        pack.localities
            .iter()
            .filter(|row| row.service == entry.name)
    };
    let children: f64 = rows().map(|row| row.children_share).sum();
    let posts: f64 = rows().map(|row| row.posts_share).sum();
    let of_row = |(number, row): (u32, &crate::area::LocalityRow)| Part {
        number,
        name: Some(kept(row.locality.clone())),
        label: kept(format!("{} / {}", entry.label, row.label)),
        children: row.children_share / children,
        posts: row.posts_share / posts,
        list_weeks: row.list_weeks,
    };
    let parts: Vec<Part> = (1..).zip(rows()).map(of_row).collect();
    if parts.is_empty() {
        return vec![Part {
            number: 0,
            name: None,
            label: entry.label,
            children: 1.0,
            posts: 1.0,
            list_weeks: None,
        }];
    }
    parts
}

/// A word of an area's table, which is read once for each study and lives as long as the program.
fn kept(word: String) -> &'static str {
    Box::leak(word.into_boxed_str())
}

/// Everybody who waits or comes, list by list, and the share of the money of each year that is paid.
type Lists = (Vec<List>, Option<Vec<f64>>);

/// A service in a draw: its localities, and what they add up to.
#[derive(Debug)]
pub(in crate::services) struct Kept<'f> {
    /// Each locality, or the whole service.
    pub(in crate::services) draws: Vec<Draw<'f>>,
    /// Sum of the courses of several localities.
    sum: Option<Course>,
}

impl<'f> Kept<'f> {
    pub(in crate::services) fn new(
        future: &'f Future<'f>,
        base: Date,
        entry: &Entry,
        parts: &[Part],
    ) -> Self {
        let draw = |part: &Part| Draw::new(future, base, entry, part);
        let draws: Vec<Draw<'f>> = parts.iter().map(draw).collect();
        let sum = (draws.len() > 1).then(|| added(&draws));
        Self { draws, sum }
    }

    /// The weeks of the whole service.
    pub(in crate::services) fn course(&self) -> &Course {
        self.sum.as_ref().unwrap_or(&self.draws[0].course)
    }

    /// First appointments a week that there is time or money for at the start.
    pub(in crate::services) fn at_start(&self) -> f64 {
        self.draws.iter().map(|draw| draw.at_start).sum()
    }

    /// Posts, or pounds a year, in a calendar year.
    pub(in crate::services) fn units_in(&self, year: usize) -> f64 {
        self.draws.iter().map(|draw| draw.units_in(year)).sum()
    }

    /// Posts, or pounds a year, that so many first appointments a year take in a calendar year: a post
    /// sees as many in every locality.
    pub(in crate::services) fn units_for(&self, appointments: f64, year: usize) -> f64 {
        self.draws[0].units_for(appointments, year)
    }

    /// The lists of the localities as those of one service.
    pub(in crate::services) fn together(&self, runs: Vec<Lists>) -> Lists {
        let mut all = Vec::new();
        let mut paid = Vec::new();
        for (draw, (lists, shares)) in self.draws.iter().zip(runs) {
            all.extend(lists.into_iter().map(|list| List {
                share: draw.share_of_children() * list.share,
                ..list
            }));
            paid.extend(shares);
        }
        if self.draws.len() == 1 {
            return (all, paid.pop());
        }
        let years = paid.first().map(Vec::len);
        let of_year = |year: usize| {
            let money = |draw: &Draw<'_>| draw.units_in(year);
            let released: f64 = self.draws.iter().map(money).sum();
            let spent = self.draws.iter().zip(&paid).map(|(draw, paid)| {
                let money = money(draw);
                // Where no money is released none is paid, and no share is told.
                if money > 0.0 { money * paid[year] } else { 0.0 }
            });
            spent.sum::<f64>() / released
        };
        (all, years.map(|years| (0..years).map(of_year).collect()))
    }
}

/// The weeks of several localities as those of one service.
fn added(draws: &[Draw<'_>]) -> Course {
    let first = &draws[0].course;
    let at_start: f64 = draws.iter().map(|draw| draw.at_start).sum();
    let weeks = 0..first.referrals.len();
    let referrals = |week: usize| draws.iter().map(|draw| draw.course.referrals[week]).sum();
    let capacity = |week: usize| {
        let seen = draws
            .iter()
            .map(|draw| draw.at_start * draw.course.capacity[week]);
        seen.sum::<f64>() / at_start
    };
    Course {
        referrals: weeks.clone().map(referrals).collect(),
        capacity: weeks.map(capacity).collect(),
        ..first.clone()
    }
}
