//! Services without a published list, whose referrals follow the children of the future.
//!
//! What they are stands in a data file; how many come, how long the list is and for how many there is
//! time or money, are numbers with a passport.

use super::arrival::{Arrival, each_arrival, patience};
use super::course::{Course, Lane, Visit};
use super::groups::{Group, Status, between};
use super::lists::{SERVICE, STARTING, STRAND};
use super::weekly::Weekly;
use super::working_weeks::{WorkingWeeks, financial_year_of};
use crate::domain::{DAYS_PER_WEEK, DAYS_PER_YEAR, Date, PrimaryNeed, WEEKS_PER_YEAR};
use crate::ehc_process::Hours;
use crate::parameters::ParameterSet;
use crate::random::{Luck, Process, exponential, uniform};
use crate::simulate::Future;

const FILE: &str = include_str!("../../scenarios/services/by_children.csv");
/// Services are numbered from here, behind those with a list.
const FIRST: u32 = 128;
/// Occurrence of the words that say when a child is ready and what it costs.
const READY_AND_PRICE: u32 = 3;
const PER: f64 = 1_000.0;
/// Least time or money there is against those who come, posts or pounds, price or yield.
const LEAST_LOAD: f64 = 0.01;
const LEAST: f64 = 1e-9;

/// What a service has little of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// Staff [whole-time posts filled].
    Posts,
    /// A budget [£ a year].
    Pounds,
}

/// A service.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Entry {
    number: u32,
    /// Name in parameters: `services.come.{name}`.
    pub(super) name: &'static str,
    /// Name in results.
    pub(super) label: &'static str,
    group: Group,
    standard_weeks: f64,
    pub(super) unit: Unit,
    weeks: WorkingWeeks,
}

/// Every service of the file, which is built in; a test reads all of it.
pub(super) fn all() -> Vec<Entry> {
    let mut reader = csv::Reader::from_reader(FILE.as_bytes());
    let records = reader.records().filter_map(Result::ok);
    (FIRST..)
        .zip(records)
        .filter_map(|(number, record)| entry(number, &record))
        .collect()
}

fn entry(number: u32, record: &csv::StringRecord) -> Option<Entry> {
    // Read once for each study: a few dozen short words that live as long as the program.
    let text = |column: usize| -> Option<&'static str> {
        Some(Box::leak(record.get(column)?.to_owned().into_boxed_str()))
    };
    let (first, last) = record.get(3)?.split_once('-')?;
    let mut needs = [false; PrimaryNeed::COUNT];
    match record.get(4)? {
        "all" => needs = [true; PrimaryNeed::COUNT],
        codes => {
            for code in codes.split(' ') {
                needs[PrimaryNeed::from_code(code)?.index()] = true;
            }
        }
    }
    Some(Entry {
        number,
        name: text(0)?,
        label: text(1)?,
        group: Group {
            status: match record.get(2)? {
                "residents" => Status::Residents,
                "sen" => Status::Sen,
                "plans" => Status::Plans,
                _ => return None,
            },
            ages: (first.parse().ok()?, last.parse().ok()?),
            needs,
        },
        standard_weeks: record.get(5)?.parse().ok()?,
        unit: match record.get(6)? {
            "posts" => Unit::Posts,
            "pounds" => Unit::Pounds,
            _ => return None,
        },
        weeks: match record.get(7)? {
            "every week" => WorkingWeeks::Every,
            "in term" => WorkingWeeks::InTerm,
            "every month" => WorkingWeeks::Monthly,
            _ => return None,
        },
    })
}

impl Entry {
    /// Numbers that only a service without a published list has.
    pub(super) fn own_paths(&self) -> Vec<String> {
        const OWN: [&str; 10] = [
            "come",
            "load",
            "list-weeks",
            "each",
            "added",
            "lost",
            "quick-share",
            "quick-weeks",
            "ready-weeks",
            "patience-weeks",
        ];
        let path = |of: &&str| format!("services.{of}.{}", self.name);
        let known = |path: &String| ParameterSet::embedded().passport(path).is_some();
        OWN.iter().map(path).filter(known).collect()
    }
}

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
pub(super) struct Draw<'f> {
    pub(super) course: Course,
    /// First appointments a week that there is time or money for at the start.
    pub(super) at_start: f64,
    /// Posts or pounds of every week.
    units: Vec<f64>,
    future: &'f Future<'f>,
    base: Date,
    entry: Entry,
    strands: Vec<Strand>,
    withdrawal_rate: f64,
    /// Weeks from referral until a child can be seen, on average, by week; none where at once.
    ready_weeks: Vec<f64>,
}

impl<'f> Draw<'f> {
    pub(super) fn new(future: &'f Future<'f>, base: Date, entry: &Entry) -> Self {
        let path = |of: &str| format!("services.{of}.{}", entry.name);
        let number = |of: &str| future.number_at_base(&path(of), base);
        let optional = |of: &str| {
            let is_known = ParameterSet::embedded().passport(&path(of)).is_some();
            is_known.then(|| number(of))
        };
        let end = future.timeline.end();
        let weeks = (end / DAYS_PER_WEEK).ceil().max(1.0) as usize;
        let weekly = Weekly::new(future, entry.name, 0.0, weeks);
        let come = number("come") / PER / WEEKS_PER_YEAR;
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
        let list_weeks = number("list-weeks");
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
                list: share * per_week * (1.0 - stay) / withdrawal_rate,
                weeks,
                seen: load * share * per_week * due,
            }
        };
        let strands: Vec<Strand> = parts.into_iter().map(strand).collect();
        let at_start = strands.iter().map(|strand| strand.seen).sum::<f64>();
        let of_base = |of: &str| future.number(&path(of), base);
        let each_at_base = number("each").max(LEAST);
        let at_base = match entry.unit {
            Unit::Posts => at_start * WEEKS_PER_YEAR / each_at_base,
            Unit::Pounds => at_start * WEEKS_PER_YEAR * each_at_base,
        };
        let at_base = at_base.max(LEAST);
        let each = weekly.stated(&path("each"), of_base("each"));
        let [added, lost] = ["added", "lost"].map(|of| weekly.stated(&path(of), 0.0));
        let growth = future.number_at_base("services.capacity-growth", base);
        let units: Vec<f64> = (0..weeks)
            .map(|week| {
                let years = weekly.day(week) / DAYS_PER_YEAR;
                let grown = at_base * libm::exp(growth * years);
                (grown + added[week] - lost[week]).max(0.0)
            })
            .collect();
        let brought = match entry.unit {
            Unit::Posts => weekly.brought(base),
            Unit::Pounds => vec![1.0; weeks],
        };
        let level = weekly.level("capacity");
        let capacity = (0..weeks)
            .map(|week| {
                let yields = match entry.unit {
                    Unit::Posts => each[week] / each_at_base,
                    Unit::Pounds => each_at_base / each[week].max(LEAST),
                };
                let day = base.plus_days(weekly.day(week) as i32);
                units[week] / at_base
                    * yields
                    * level[week]
                    * brought[week]
                    * entry.weeks.level(day)
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
            },
            at_start,
            units,
            future,
            base,
            entry: *entry,
            strands,
            withdrawal_rate,
            ready_weeks: ready_weeks.unwrap_or_default(),
        }
    }

    /// Posts, or pounds a year, in a calendar year.
    pub(super) fn units_in(&self, year: usize) -> f64 {
        let [from, until] = [year, year + 1].map(|year| {
            let weeks = self.future.timeline.january(year) / DAYS_PER_WEEK;
            weeks.round() as usize
        });
        let weeks = &self.units[from.min(self.units.len() - 1)..until.min(self.units.len())];
        weeks.iter().sum::<f64>() / weeks.len().max(1) as f64
    }

    /// Every child who waits or comes.
    pub(super) fn run(&self) -> Vec<Visit> {
        let mut visits = Vec::new();
        for (number, strand) in (0u32..).zip(&self.strands) {
            let address = (self.entry.number + 1) * SERVICE + number * STRAND;
            self.run_strand(strand, address, &mut visits);
        }
        visits
    }

    fn run_strand(&self, strand: &Strand, address: u32, visits: &mut Vec<Visit>) {
        let luck = self.future.luck;
        let mut children = self.starting_list(strand, address);
        let expected = self
            .course
            .referrals
            .iter()
            .map(|of_week| strand.share * of_week);
        let cumulated = Hours::new(0.0, expected);
        each_arrival(
            &cumulated,
            self.course.end(),
            (luck, address),
            |day, word| {
                let patience = patience(word, self.withdrawal_rate);
                children.push((Arrival::at_once(day, patience), 1.0));
            },
        );
        self.make_ready(&mut children, luck, address);
        let staff = self.course.staff(strand.seen);
        if self.entry.unit == Unit::Pounds {
            self.spend(&staff, &children, visits);
        } else {
            let mut lane = Lane::new(staff);
            visits.extend(children.iter().map(|(child, _)| lane.visit(child)));
        }
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
                ..Arrival::at_once(0.0, patience(words[0], self.withdrawal_rate))
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

    /// Pays for one child after the other as money is released; what a financial year leaves is lost.
    fn spend(&self, money: &Hours, children: &[(Arrival, f64)], visits: &mut Vec<Visit>) {
        let mut spent: f64 = 0.0;
        for (child, price) in children {
            let lost = money.until(financial_year_of(child.ready, self.base));
            let before = spent.max(lost);
            let paid = money.day_of(before + price).max(child.ready);
            let withdraws = child.ready + child.patience;
            if withdraws < paid {
                visits.push(child.leaves(withdraws, true));
            } else {
                spent = before + price;
                visits.push(child.leaves(paid, false));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parameters::Parameter;

    #[test]
    fn every_row_reads_and_its_numbers_can_be_changed() {
        let entries = all();
        assert_eq!(entries.len(), FILE.trim().lines().count() - 1);
        for entry in entries {
            for of in [
                "capacity",
                "referrals",
                "come",
                "load",
                "list-weeks",
                "each",
                "added",
                "lost",
            ] {
                let path = format!("services.{of}.{}", entry.name);
                assert!(Parameter::from_path(&path).is_some(), "{path}");
            }
        }
    }
}
