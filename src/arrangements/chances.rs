//! Which child has which arrangement.

use super::published::{Published, group};
use super::{FAMILIES, GROUPS, KINDS};
use crate::domain::{AgeGroup, Arrangement, ArrangementFamily, Date, Setting};
use crate::exclusions::{own_course, with_odds};
use crate::random::{Process, uniform};
use crate::simulate::Future;
use crate::summarise::{Axis, Counted};

/// Added internships [young people at a time].
pub(super) const ADDED: &str = "arrangements.internships-added";
/// Plans of England that an area's share is pooled with.
const POOLING: &str = "arrangements.pooling";

/// What decides over the arrangements of one child: the same in every year and every scenario.
pub(super) struct Luck([f64; FAMILIES]);

impl Luck {
    pub(super) fn of(future: &Future<'_>, person: u32) -> Self {
        let words = future.luck.words(person, Process::Arrangement, 0);
        Self([0, 1, 2].map(|family| uniform(words[family])))
    }
}

/// Chances of one future.
pub(super) struct Chances {
    /// Running sums of the shares of a family, in the order of its arrangements: year × group × kind.
    until: Vec<[[f64; KINDS]; GROUPS]>,
    /// Added internships: share of the young people who may have one, by year.
    added: Vec<f64>,
    /// Greatest sum of shares of each family.
    most: [f64; FAMILIES],
    /// Yearly value of a personal budget by kind [pounds]; 0 of other arrangements.
    pub(super) pounds: [f64; KINDS],
}

impl Chances {
    pub(super) fn new(
        future: &Future<'_>,
        published: &Published,
        base: Date,
        years: usize,
    ) -> Self {
        let pooling = future.number_at_base(POOLING, base);
        let levels = ArrangementFamily::ALL.map(|family| levels(future, family, base, years));
        let added = added(future, years);
        let mut most = [0.0_f64; FAMILIES];
        let of_group = |year: usize, group: usize| {
            let mut until = [0.0; KINDS];
            for family in ArrangementFamily::ALL {
                let share = |kind: Arrangement| published.share(kind, group, pooling);
                let usual: f64 = family.arrangements().map(share).sum();
                let [course, level] = levels[family.index()][year];
                let now = (with_odds(usual.min(1.0), course) * level).min(1.0);
                let mut sum = 0.0;
                for kind in family.arrangements() {
                    sum += if usual > 0.0 {
                        share(kind) * now / usual
                    } else {
                        0.0
                    };
                    until[kind.index()] = sum;
                }
            }
            until
        };
        let until: Vec<[[f64; KINDS]; GROUPS]> = (0..=years)
            .map(|year| std::array::from_fn(|group| of_group(year, group)))
            .collect();
        for (until, added) in until.iter().zip(&added) {
            for until in until {
                for kind in Arrangement::ALL {
                    let most = &mut most[kind.family().index()];
                    *most = most.max(until[kind.index()] + added);
                }
            }
        }
        Self {
            until,
            added,
            most,
            pounds: Arrangement::ALL.map(|kind| pounds(future, kind, base)),
        }
    }

    /// Whether a child's luck could ever give it an arrangement.
    pub(super) fn may_have_any(&self, luck: &Luck) -> bool {
        luck.0.iter().zip(self.most).any(|(at, most)| *at < most)
    }

    /// The arrangements of a child of an age in a setting on a January, by family.
    pub(super) fn of(
        &self,
        luck: &Luck,
        (age, setting): (u8, Setting),
        year: usize,
    ) -> [Option<Arrangement>; FAMILIES] {
        ArrangementFamily::ALL.map(|family| {
            let at = luck.0[family.index()];
            if at >= self.most[family.index()] || !family.may_be(age, setting) {
                return None;
            }
            let until = &self.until[year][group(family, age, setting)];
            let own = family.arrangements().find(|kind| at < until[kind.index()]);
            own.or_else(|| {
                let last = family.arrangements().last()?;
                let added = family == ArrangementFamily::WorkBased
                    && at < until[last.index()] + self.added[year];
                added.then_some(Arrangement::SupportedInternship)
            })
        })
    }
}

/// How many have an arrangement of a family against the newest shares, by January: the course of the
/// odds around them, and what the scenario makes of the share.
fn levels(
    future: &Future<'_>,
    family: ArrangementFamily,
    base: Date,
    years: usize,
) -> Vec<[f64; 2]> {
    let course = own_course(future, ("arrangements", family.code()), base, years);
    let path = format!("arrangements.level.{}", family.code());
    let stated = future.number(&path, base);
    let level = |year: usize| {
        let level = future.stated(&path, last_day(future, year), stated);
        level.max(0.0)
    };
    let own = std::iter::once(1.0).chain(course);
    own.enumerate()
        .map(|(year, own)| [own, level(year)])
        .collect()
}

/// The day whose stated numbers hold for a January: the day before it.
fn last_day(future: &Future<'_>, year: usize) -> f64 {
    (future.timeline.january(year) - 1.0).max(0.0)
}

/// Internships that a scenario adds, as a share of the young people who may have one, by January.
fn added(future: &Future<'_>, years: usize) -> Vec<f64> {
    let young = [AgeGroup::Age16To19, AgeGroup::Age20To25];
    let of_year = |year: usize| {
        let added = future.stated(ADDED, last_day(future, year), 0.0).max(0.0);
        let axes = [Axis::AgeGroup, Axis::Setting];
        let start = future.layout.cross(Counted::EhcPlans, year, &axes);
        let (Some(start), true) = (start, added > 0.0) else {
            return 0.0;
        };
        let cells = young.iter().flat_map(|band| {
            let settings = Setting::ALL.into_iter();
            let may = settings.filter(|s| ArrangementFamily::WorkBased.may_be(16, *s));
            may.map(move |setting| band.index() * Setting::COUNT + setting.index())
        });
        let plans: u32 = cells.map(|cell| future.counts[start + cell]).sum();
        added / f64::from(plans.max(1))
    };
    (0..=years).map(of_year).collect()
}

fn pounds(future: &Future<'_>, kind: Arrangement, base: Date) -> f64 {
    let path = match kind {
        Arrangement::BudgetForEducation => "arrangements.budget.education",
        Arrangement::BudgetForSocialCare | Arrangement::BudgetOther => {
            "arrangements.budget.social-care"
        }
        Arrangement::BudgetForHealth => "arrangements.budget.health",
        Arrangement::BudgetIntegrated => "arrangements.budget.integrated",
        _ => return 0.0,
    };
    future.number_at_base(path, base)
}
