//! The lists of one service at work.

use super::arrival::{Address, Arrival, Patience, SERVICE, STARTING, STRAND, each_arrival};
use super::catalogue::Entry;
use super::course::{Course, Lane, List, Visit};
use super::published::{BANDS, EDGES, Published};
use super::staff::Staff;
use super::strands::{Strand, strands};
use super::weekly::Weekly;
use crate::domain::{DAYS_PER_WEEK, DAYS_PER_YEAR, Date};
use crate::ehc_process::Hours;
use crate::queue::ListBook;
use crate::random::{Luck, Process, uniform};
use crate::simulate::Future;

/// Least share of those who come that is seen, whatever the list did before.
const LEAST_SEEN: f64 = 0.1;
/// Room for more children than expected.
const SPARE: usize = 128;

/// The numbers of a service in a draw, as a scenario changes them.
#[derive(Debug)]
pub(super) struct ServiceDraw {
    /// The weeks from the published list on.
    pub(super) course: Course,
    strands: Vec<Strand>,
    bands: [f64; BANDS],
    /// Referrals a week at the start.
    per_week: f64,
    withdrawal_rate: f64,
    /// Growth of the list a week that is taken to last.
    lasting: f64,
    /// First appointments of each week: by those in post at the start, against the start; and by those
    /// who come on top, in children.
    there: Vec<[f64; 2]>,
    /// Posts, and the scenario's multiple of each week; `None` where staff are not told.
    staff: Option<(Staff, Vec<f64>)>,
}

impl ServiceDraw {
    pub(super) fn new(future: &Future<'_>, base: Date, entry: &Entry, list: &Published) -> Self {
        let number = |path: &str| future.number_at_base(path, base);
        let (strands, on_list) = strands(&list.bands);
        let start = list.day(base);
        let end = future.timeline.end();
        let weeks = ((end - start) / DAYS_PER_WEEK).ceil().max(1.0) as usize;
        let per_week = on_list * number("services.referrals-against-list");
        let withdrawal_rate = number("services.withdrawal-rate");
        let lasting = number("services.trend-lasts") * list.trend;
        let growth = number("services.referral-growth");
        let capacity_growth = number("services.capacity-growth");
        let advice = if entry.gives_advice {
            number("services.advice-share")
        } else {
            0.0
        };
        let assessments = Assessments::of(future);
        let weekly = Weekly::new(future, entry.name, start, weeks);
        let years = |week: usize| (weekly.day(week) - start) / DAYS_PER_YEAR;
        let levels = weekly.level("capacity");
        let brought = weekly.brought(base);
        let listed = list.bands.iter().sum::<f64>();
        let at_start = (per_week - lasting - withdrawal_rate * listed).max(LEAST_SEEN * per_week);
        let grown = |week: usize| libm::exp(capacity_growth * years(week));
        let staff = Staff::new((future, base), (entry, &weekly), at_start, grown);
        let of_staff = |week: usize| {
            let left = 1.0 - advice * (assessments.against_first(weekly.day(week)) - 1.0);
            let left = levels[week] * brought[week] * left;
            match &staff {
                Some(staff) => staff.of_week(week, left),
                None => [(grown(week) * left).max(0.0), 0.0],
            }
        };
        let there: Vec<[f64; 2]> = (0..weeks).map(of_staff).collect();
        let all = |[of_posts, added]: &[f64; 2]| of_posts + added / at_start;
        let of_week =
            |(week, level): (usize, &f64)| per_week * libm::exp(growth * years(week)) * level;
        let referrals = weekly.level("referrals");
        let referrals = referrals.iter().enumerate().map(of_week).collect();
        Self {
            course: Course {
                standard_weeks: entry.standard_weeks,
                start,
                referrals,
                capacity: there.iter().map(all).collect(),
                withdraw_within_standard: 1.0 - libm::exp(-withdrawal_rate * entry.standard_weeks),
                lapses: false,
            },
            strands,
            bands: list.bands,
            per_week,
            withdrawal_rate,
            lasting,
            there,
            staff: staff.map(|staff| (staff, levels)),
        }
    }

    /// Posts of the board in a calendar year, and those with which so many are seen first in a year;
    /// `None` where staff are not told.
    pub(super) fn posts(&self, needed: f64, year: [f64; 2]) -> Option<[f64; 2]> {
        let (staff, levels) = self.staff.as_ref()?;
        Some(staff.in_year(&self.course, levels, needed, year))
    }

    /// Every child who waits or comes, in every strand, and the first appointments a week that staff
    /// have time for at the start.
    pub(super) fn run(&self, future: &Future<'_>, service: u32) -> (Vec<List>, f64) {
        self.run_with(future, service, Lane::new, &mut drop)
    }

    /// The lists with an account of each by the staff.
    pub(super) fn run_watched(
        &self,
        future: &Future<'_>,
        service: u32,
    ) -> (Vec<List>, Vec<ListBook>) {
        let mut books = Vec::new();
        let mut done = |lane: Lane| books.push(lane.into_book());
        let (lists, _) = self.run_with(future, service, Lane::watched, &mut done);
        (lists, books)
    }

    fn run_with(
        &self,
        future: &Future<'_>,
        service: u32,
        open: fn(Hours) -> Lane,
        done: &mut dyn FnMut(Lane),
    ) -> (Vec<List>, f64) {
        let mut lists = Vec::with_capacity(self.strands.len());
        let starting = self.starting_lists(future.luck, service);
        let listed: f64 = starting.iter().map(|list| list.len() as f64).sum();
        let mut seen = 0.0;
        for (number, (strand, waited)) in self.strands.iter().zip(&starting).enumerate() {
            let address = (service + 1) * SERVICE + number as u32 * STRAND;
            let list = waited.len() as f64;
            // Who leaves the list is who comes less what the list grows by; who withdraws is not seen.
            let come = strand.share * self.per_week;
            let leave = come - self.lasting * list / listed.max(1.0);
            let of_strand = (leave - self.withdrawal_rate * list).max(LEAST_SEEN * come);
            seen += of_strand;
            // Who comes on top works where children wait.
            let part = if listed > 0.0 {
                list / listed
            } else {
                strand.share
            };
            let staff = self
                .there
                .iter()
                .map(|[of_posts, added]| of_strand * of_posts + part * added);
            let staff = Hours::new(self.course.start, staff);
            let mut lane = open(staff);
            let visits = self.run_strand((strand.share, waited), &mut lane, (address, future.luck));
            done(lane);
            lists.push(List {
                share: strand.share,
                visits,
            });
        }
        (lists, seen)
    }

    /// The starting list by strand: weeks waited, the longest first. A child that has waited so long
    /// is on a strand that is at least so long.
    fn starting_lists(&self, luck: &Luck, service: u32) -> Vec<Vec<f64>> {
        let mut lists = vec![Vec::new(); self.strands.len()];
        let mut number = 0;
        for (band, children) in self.bands.iter().enumerate() {
            let long_enough = |strand: &Strand| strand.weeks > EDGES[band];
            let longest = self.strands.len() - 1;
            let shares: f64 = self
                .strands
                .iter()
                .filter(|s| long_enough(s))
                .map(|s| s.share)
                .sum();
            for child in 0..children.round() as u32 {
                let words = luck.words(
                    (service + 1) * SERVICE + STARTING + number,
                    Process::ServiceList,
                    0,
                );
                number += 1;
                let share = (f64::from(child) + uniform(words[0])) / children.round();
                let weeks = EDGES[band] + share * (EDGES[band + 1] - EDGES[band]);
                let mut left = uniform(words[1]) * shares;
                let strand = self.strands.iter().position(|strand| {
                    left -= if long_enough(strand) {
                        strand.share
                    } else {
                        0.0
                    };
                    left < 0.0 && long_enough(strand)
                });
                lists[strand.unwrap_or(longest)].push(weeks);
            }
        }
        for list in &mut lists {
            list.sort_by(|a, b| b.total_cmp(a));
        }
        lists
    }

    fn run_strand(
        &self,
        (share, waited): (f64, &[f64]),
        lane: &mut Lane,
        (address, luck): (u32, &Luck),
    ) -> Vec<Visit> {
        let course = &self.course;
        let come = share * course.referrals.iter().sum::<f64>();
        let mut visits = Vec::with_capacity(waited.len() + come as usize + SPARE);
        for (child, weeks) in (0u32..).zip(waited) {
            let words = luck.words(address + STARTING + child, Process::ServiceList, 1);
            let child = Arrival {
                referred: course.start - weeks * DAYS_PER_WEEK,
                ..Arrival::at_once(course.start, Patience::new(words[0], self.withdrawal_rate))
            };
            visits.push(lane.visit(&child));
        }
        let expected = course.referrals.iter().map(|of_week| share * of_week);
        let cumulated = Hours::new(course.start, expected);
        let address = Address {
            luck,
            list: address,
            locality: 0,
        };
        each_arrival(&cumulated, course.end(), address, |day, word| {
            let patience = Patience::new(word, self.withdrawal_rate);
            visits.push(lane.visit(&Arrival::at_once(day, patience)));
        });
        visits
    }
}

/// EHC needs assessments a year, against those of the first: staff who give advice have so much less
/// time for their clinic.
struct Assessments {
    by_year: Vec<f64>,
}

impl Assessments {
    fn of(future: &Future<'_>) -> Self {
        let Some(process) = &future.record.process else {
            return Self {
                by_year: Vec::new(),
            };
        };
        let years = future.timeline.years();
        let mut by_year = vec![0.0; years];
        for case in &process.cases {
            let day = f64::from(case.assessed_from);
            if day >= 0.0 && day < future.timeline.end() {
                let year = (day / DAYS_PER_YEAR) as usize;
                by_year[year.min(years - 1)] += 1.0;
            }
        }
        Self { by_year }
    }

    fn against_first(&self, day: f64) -> f64 {
        let Some(&first) = self.by_year.first() else {
            return 1.0;
        };
        let year = (day / DAYS_PER_YEAR).max(0.0) as usize;
        let now = self.by_year[year.min(self.by_year.len() - 1)];
        if first > 0.0 { now / first } else { 1.0 }
    }
}
