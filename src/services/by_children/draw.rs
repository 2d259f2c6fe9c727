//! A service without a published list in a draw: who comes, and for whom there is time or money.

use super::budget::Budget;
use super::start::{Stated, Strand, strands};
use super::{Entry, Part, Unit};
use crate::domain::{DAYS_PER_WEEK, DAYS_PER_YEAR, Date, WEEKS_PER_YEAR};
use crate::ehc_process::Hours;
use crate::queue::ListBook;
use crate::random::{exponential, uniform};
use crate::services::arrival::{
    Address, Arrival, Patience, SERVICE, STARTING, STRAND, each_arrival,
};
use crate::services::course::{Course, Lane, List};
use crate::services::groups::between;
use crate::services::weekly::Weekly;
use crate::simulate::Future;

/// Occurrence of the words that say when a child is ready and what it costs.
const READY_AND_PRICE: u32 = 3;
const PER: f64 = 1_000.0;
/// Most who come of 1,000 children in a year.
const MOST_COME: f64 = 10_000.0;
/// Least seen by a post, or price.
const LEAST_EACH: f64 = 1.0;
const LEAST: f64 = 1e-9;

/// A service or one of its localities in a draw, as a scenario changes it.
#[derive(Debug)]
pub(in crate::services) struct Draw<'f> {
    pub(in crate::services) course: Course,
    /// First appointments a week that there is time or money for at the start.
    pub(in crate::services) at_start: f64,
    /// Posts or pounds of every week.
    units: Vec<f64>,
    /// First appointments a year for each of them, by week.
    per_unit: Vec<f64>,
    future: &'f Future<'f>,
    base: Date,
    entry: Entry,
    part: Part,
    strands: Vec<Strand>,
    withdrawal_rate: f64,
    /// Weeks from referral until a child can be seen, on average, by week; none where at once.
    ready_weeks: Vec<f64>,
}

impl<'f> Draw<'f> {
    pub(in crate::services) fn new(
        future: &'f Future<'f>,
        base: Date,
        entry: &Entry,
        part: &Part,
    ) -> Self {
        let stated = Stated {
            future,
            base,
            name: entry.name,
        };
        let end = future.timeline.end();
        let weeks = (end / DAYS_PER_WEEK).ceil().max(1.0) as usize;
        let weekly = Weekly::new(future, entry.name, 0.0, weeks).of_locality(part.name);
        let come = stated.at_base("come").min(MOST_COME) / PER / WEEKS_PER_YEAR;
        let children = entry.group.by_january(future);
        let levels = weekly.level("referrals");
        let of_week = |(week, level): (usize, &f64)| {
            part.children * come * between(&children, weekly.day(week)) * level
        };
        let referrals = levels.iter().enumerate().map(of_week).collect();
        let per_week = come * children[0].max(1.0);
        let lapse = stated.optional("patience-weeks");
        let withdrawal_rate = match lapse {
            Some(weeks) => 1.0 / weeks.max(0.1),
            None => future.number_at_base("services.withdrawal-rate", base),
        };
        let withdrawal_rate = withdrawal_rate.max(LEAST);
        let strands = strands(stated, part, (per_week, withdrawal_rate), lapse.is_some());
        let at_start = strands.iter().map(|strand| strand.seen).sum::<f64>();
        let each_at_base = stated.at_base("each").max(LEAST_EACH);
        let at_base = match entry.unit {
            Unit::Posts => at_start * WEEKS_PER_YEAR / each_at_base,
            Unit::Pounds => at_start * WEEKS_PER_YEAR * each_at_base,
        };
        let each = weekly.stated(&stated.path("each"), stated.unchanged("each"));
        let of_posts = |of: &str| weekly.shared(&stated.path(of), 0.0, part.posts);
        let [added, lost] = ["added", "lost"].map(of_posts);
        let level = weekly.level("capacity");
        let growth = future.number_at_base("services.capacity-growth", base);
        let units: Vec<f64> = (0..weeks)
            .map(|week| {
                let years = weekly.day(week) / DAYS_PER_YEAR;
                let grown = at_base * libm::exp(growth * years);
                (grown + added[week] - lost[week]).max(0.0) * level[week]
            })
            .collect();
        let brought = match entry.unit {
            Unit::Posts => weekly.brought(base),
            Unit::Pounds => vec![1.0; weeks],
        };
        let per_unit: Vec<f64> = (0..weeks)
            .map(|week| match entry.unit {
                Unit::Posts => each[week].max(LEAST_EACH) * brought[week],
                Unit::Pounds => 1.0 / each[week].max(LEAST_EACH),
            })
            .collect();
        let capacity = (0..weeks)
            .map(|week| {
                let day = base.plus_days(weekly.day(week) as i32);
                let seen = units[week] * per_unit[week] / WEEKS_PER_YEAR;
                seen / at_start.max(LEAST) * entry.weeks.level(day)
            })
            .collect();
        let ready_weeks = stated
            .optional("ready-weeks")
            .map(|_| weekly.stated(&stated.path("ready-weeks"), stated.unchanged("ready-weeks")));
        Self {
            course: Course {
                standard_weeks: entry.standard_weeks,
                start: 0.0,
                referrals,
                capacity,
                withdraw_within_standard: match lapse {
                    Some(_) => 0.0,
                    None => 1.0 - libm::exp(-withdrawal_rate * entry.standard_weeks),
                },
                lapses: lapse.is_some(),
            },
            at_start,
            units,
            per_unit,
            future,
            base,
            entry: *entry,
            part: *part,
            strands,
            withdrawal_rate,
            ready_weeks: ready_weeks.unwrap_or_default(),
        }
    }

    /// Posts, or pounds a year, in a calendar year.
    pub(in crate::services) fn units_in(&self, year: usize) -> f64 {
        self.mean(&self.units, year)
    }

    /// Posts, or pounds a year, that so many first appointments a year take in a calendar year.
    pub(in crate::services) fn units_for(&self, appointments: f64, year: usize) -> f64 {
        appointments / self.mean(&self.per_unit, year).max(LEAST)
    }

    /// Share of the service's children.
    pub(super) const fn share_of_children(&self) -> f64 {
        self.part.children
    }

    fn mean(&self, weekly: &[f64], year: usize) -> f64 {
        let [from, until] = [year, year + 1].map(|year| self.future.timeline.january(year));
        self.course.mean(weekly, from, until)
    }

    /// Every child who waits or comes, list by list; of a service with a budget also the share of the
    /// money of each year that is paid [per cent].
    pub(in crate::services) fn run(&self) -> (Vec<List>, Option<Vec<f64>>) {
        let mut paid = None;
        let mut lists = Vec::with_capacity(self.strands.len());
        for (number, strand) in (0u32..).zip(&self.strands) {
            let children = self.children(strand, self.address(number));
            let visits = match self.entry.unit {
                Unit::Posts => {
                    let mut lane = Lane::new(self.course.staff(strand.seen));
                    let way = |(child, _): &(Arrival, f64)| lane.visit(child);
                    children.iter().map(way).collect()
                }
                Unit::Pounds => {
                    let (visits, shares) = self.budget().pay(&children);
                    paid = Some(shares);
                    visits
                }
            };
            lists.push(List {
                share: strand.share,
                visits,
            });
        }
        (lists, paid)
    }

    /// The lists with an account of each by the staff or by the budget.
    pub(in crate::services) fn run_watched(&self) -> (Vec<List>, Vec<ListBook>) {
        let mut books = Vec::new();
        let mut lists = Vec::new();
        for (number, strand) in (0u32..).zip(&self.strands) {
            let children = self.children(strand, self.address(number));
            let (visits, book) = match self.entry.unit {
                Unit::Posts => {
                    let mut lane = Lane::watched(self.course.staff(strand.seen));
                    let visits = children.iter().map(|(child, _)| lane.visit(child));
                    (visits.collect(), lane.into_book())
                }
                Unit::Pounds => {
                    let mut book = ListBook::default();
                    children
                        .iter()
                        .for_each(|(child, _)| book.comes(child.referred));
                    let (visits, _) = self
                        .budget()
                        .pay_noting(&children, &mut |day| book.goes(day));
                    (visits, book)
                }
            };
            lists.push(List {
                share: strand.share,
                visits,
            });
            books.push(book);
        }
        (lists, books)
    }

    /// Luck of the children of a list.
    const fn address(&self, list: u32) -> Address<'_> {
        Address {
            luck: self.future.luck,
            list: (self.entry.number + 1) * SERVICE + list * STRAND,
            locality: self.part.number,
        }
    }

    fn budget(&self) -> Budget<'_> {
        Budget {
            base: self.base,
            timeline: self.future.timeline,
            a_year: &self.units,
            per_pound: &self.per_unit,
        }
    }

    /// Those on the list at the start and those who come, in the order in which they can be seen,
    /// each with its price against the mean.
    fn children(&self, strand: &Strand, address: Address<'_>) -> Vec<(Arrival, f64)> {
        let mut children = self.starting_list(strand, address);
        let expected = self.course.referrals.iter();
        let cumulated = Hours::new(0.0, expected.map(|of_week| strand.share * of_week));
        let end = self.course.end();
        each_arrival(&cumulated, end, address, |day, word| {
            let patience = Patience::new(word, self.withdrawal_rate);
            children.push((Arrival::at_once(day, patience), 1.0));
        });
        self.make_ready(&mut children, address);
        children
    }

    /// Children who wait at the start, the longest first, each with its price against the mean.
    fn starting_list(&self, strand: &Strand, address: Address<'_>) -> Vec<(Arrival, f64)> {
        let chance = uniform(address.words(STARTING, 0)[0]);
        let number = (strand.list + chance).floor() as u32;
        let of_child = |child: u32| {
            let words = address.words(STARTING + child, 1);
            let place = f64::from(number - child) - uniform(words[1]);
            let waited = strand.weeks * place / f64::from(number);
            let child = Arrival {
                referred: -waited * DAYS_PER_WEEK,
                ..Arrival::at_once(0.0, Patience::new(words[0], self.withdrawal_rate))
            };
            (child, exponential(words[2]))
        };
        (0..number).map(of_child).collect()
    }

    /// When each child can be seen, and its price; then in the order in which they can be seen.
    fn make_ready(&self, children: &mut [(Arrival, f64)], address: Address<'_>) {
        let priced = self.entry.unit == Unit::Pounds;
        if !priced && self.ready_weeks.is_empty() {
            return;
        }
        let coming = children
            .iter_mut()
            .filter(|(child, _)| child.referred >= 0.0);
        for (number, (child, price)) in (0u32..).zip(coming) {
            let words = address.words(number, READY_AND_PRICE);
            let week = (child.referred / DAYS_PER_WEEK) as usize;
            if let Some(mean) = self.ready_weeks.get(week) {
                child.ready += exponential(words[0]) * mean * DAYS_PER_WEEK;
            }
            *price = exponential(words[1]);
        }
        children.sort_by(|(a, _), (b, _)| a.ready.total_cmp(&b.ready));
    }
}
