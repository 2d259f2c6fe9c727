//! A service without a published list in a draw: who comes, and for whom there is time or money.

use super::budget::Budget;
use super::{Entry, Unit};
use crate::domain::{DAYS_PER_WEEK, DAYS_PER_YEAR, Date, WEEKS_PER_YEAR};
use crate::ehc_process::Hours;
use crate::parameters::ParameterSet;
use crate::queue::ListBook;
use crate::random::{Luck, Process, exponential, uniform};
use crate::services::arrival::{Arrival, Patience, SERVICE, STARTING, STRAND, each_arrival};
use crate::services::course::{Course, Lane, List};
use crate::services::groups::between;
use crate::services::weekly::Weekly;
use crate::simulate::Future;

/// Occurrence of the words that say when a child is ready and what it costs.
const READY_AND_PRICE: u32 = 3;
const PER: f64 = 1_000.0;
/// Most who come of 1,000 children in a year, and longest list [weeks].
const MOST_COME: f64 = 10_000.0;
const MOST_WEEKS: f64 = 520.0;
/// Least time or money there is against those who come; least seen by a post, or price.
const LEAST_LOAD: f64 = 0.01;
const LEAST_EACH: f64 = 1.0;
const LEAST: f64 = 1e-9;

/// A part of those who come, on a list of its own, at the start.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Strand {
    share: f64,
    /// Children who wait, expected.
    list: f64,
    /// Weeks that the first of them has waited.
    weeks: f64,
    /// First appointments a week that there is time or money for.
    seen: f64,
}

/// A service in a draw, as a scenario changes it.
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
    strands: Vec<Strand>,
    withdrawal_rate: f64,
    /// Weeks from referral until a child can be seen, on average, by week; none where at once.
    ready_weeks: Vec<f64>,
}

impl<'f> Draw<'f> {
    pub(in crate::services) fn new(future: &'f Future<'f>, base: Date, entry: &Entry) -> Self {
        let path = |of: &str| format!("services.{of}.{}", entry.name);
        let number = |of: &str| future.number_at_base(&path(of), base);
        let optional = |of: &str| {
            let is_known = ParameterSet::embedded().passport(&path(of)).is_some();
            is_known.then(|| number(of))
        };
        let end = future.timeline.end();
        let weeks = (end / DAYS_PER_WEEK).ceil().max(1.0) as usize;
        let weekly = Weekly::new(future, entry.name, 0.0, weeks);
        let come = number("come").min(MOST_COME) / PER / WEEKS_PER_YEAR;
        let children = entry.group.by_january(future);
        let levels = weekly.level("referrals");
        let of_week =
            |(week, level): (usize, &f64)| come * between(&children, weekly.day(week)) * level;
        let referrals = levels.iter().enumerate().map(of_week).collect();
        let per_week = come * children[0].max(1.0);
        let lapse = optional("patience-weeks");
        let withdrawal_rate = match lapse {
            Some(weeks) => 1.0 / weeks.max(0.1),
            None => future.number_at_base("services.withdrawal-rate", base),
        };
        let withdrawal_rate = withdrawal_rate.max(LEAST);
        let list_weeks = number("list-weeks").min(MOST_WEEKS);
        let quick = optional("quick-share").zip(optional("quick-weeks"));
        let parts = match quick {
            Some((share, weeks)) => vec![(share, weeks), (1.0 - share, list_weeks)],
            None => vec![(1.0, list_weeks)],
        };
        let load = number("load").max(LEAST_LOAD);
        let strand = |(share, weeks): (f64, f64)| {
            let stay = libm::exp(-withdrawal_rate * weeks);
            // Who withdraws needs no appointment; a place that lapses was due one.
            let due = if lapse.is_some() { 1.0 } else { stay };
            Strand {
                share,
                list: share * per_week * -libm::expm1(-withdrawal_rate * weeks) / withdrawal_rate,
                weeks,
                seen: load * share * per_week * due,
            }
        };
        let strands: Vec<Strand> = parts.into_iter().map(strand).collect();
        let at_start = strands.iter().map(|strand| strand.seen).sum::<f64>();
        let of_base = |of: &str| future.number(&path(of), base);
        let each_at_base = number("each").max(LEAST_EACH);
        let at_base = match entry.unit {
            Unit::Posts => at_start * WEEKS_PER_YEAR / each_at_base,
            Unit::Pounds => at_start * WEEKS_PER_YEAR * each_at_base,
        };
        let each = weekly.stated(&path("each"), of_base("each"));
        let [added, lost] = ["added", "lost"].map(|of| weekly.stated(&path(of), 0.0));
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
        let ready_weeks = optional("ready-weeks")
            .map(|_| weekly.stated(&path("ready-weeks"), of_base("ready-weeks")));
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
            let address = (self.entry.number + 1) * SERVICE + number * STRAND;
            let children = self.children(strand, address);
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
            let address = (self.entry.number + 1) * SERVICE + number * STRAND;
            let children = self.children(strand, address);
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
    fn children(&self, strand: &Strand, address: u32) -> Vec<(Arrival, f64)> {
        let luck = self.future.luck;
        let mut children = self.starting_list(strand, address);
        let expected = self.course.referrals.iter();
        let cumulated = Hours::new(0.0, expected.map(|of_week| strand.share * of_week));
        let end = self.course.end();
        each_arrival(&cumulated, end, (luck, address), |day, word| {
            let patience = Patience::new(word, self.withdrawal_rate);
            children.push((Arrival::at_once(day, patience), 1.0));
        });
        self.make_ready(&mut children, luck, address);
        children
    }

    /// Children who wait at the start, the longest first, each with its price against the mean.
    fn starting_list(&self, strand: &Strand, address: u32) -> Vec<(Arrival, f64)> {
        let luck = self.future.luck;
        let chance = uniform(luck.words(address + STARTING, Process::ServiceList, 0)[0]);
        let number = (strand.list + chance).floor() as u32;
        let of_child = |child: u32| {
            let words = luck.words(address + STARTING + child, Process::ServiceList, 1);
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
    fn make_ready(&self, children: &mut [(Arrival, f64)], luck: &Luck, address: u32) {
        let priced = self.entry.unit == Unit::Pounds;
        if !priced && self.ready_weeks.is_empty() {
            return;
        }
        let coming = children
            .iter_mut()
            .filter(|(child, _)| child.referred >= 0.0);
        for (number, (child, price)) in (0u32..).zip(coming) {
            let words = luck.words(address + number, Process::ServiceList, READY_AND_PRICE);
            let week = (child.referred / DAYS_PER_WEEK) as usize;
            if let Some(mean) = self.ready_weeks.get(week) {
                child.ready += exponential(words[0]) * mean * DAYS_PER_WEEK;
            }
            *price = exponential(words[1]);
        }
        children.sort_by(|(a, _), (b, _)| a.ready.total_cmp(&b.ready));
    }
}
