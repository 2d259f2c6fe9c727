//! The lists of one service at work.

use super::catalogue::Entry;
use super::published::{BANDS, EDGES, Published};
use super::strands::{Strand, strands};
use crate::domain::{DAYS_PER_WEEK, DAYS_PER_YEAR, Date};
use crate::ehc_process::Hours;
use crate::random::{Luck, Process, exponential, uniform};
use crate::simulate::Future;

/// Least share of those who come that is seen, whatever the list did before.
const LEAST_SEEN: f64 = 0.1;
/// Addresses of a service, a strand and a child within it.
const SERVICE: u32 = 1 << 24;
const STRAND: u32 = 1 << 20;
/// Children on the starting list are numbered from here.
const STARTING: u32 = 1 << 19;

/// One child's way through a list: days since the base date.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Visit {
    pub(super) referred: f32,
    /// First appointment or withdrawal; infinite where neither comes within the horizon.
    pub(super) left: f32,
    pub(super) withdrew: bool,
}

/// The numbers of a service in a draw, as a scenario changes them.
#[derive(Debug)]
pub(super) struct ServiceDraw {
    pub(super) standard_weeks: f64,
    /// Day of the published list.
    pub(super) start: f64,
    strands: Vec<Strand>,
    bands: [f64; BANDS],
    /// Referrals a week at the start.
    per_week: f64,
    /// Their growth [log a year].
    growth: f64,
    withdrawal_rate: f64,
    /// Growth of the list a week that is taken to last.
    lasting: f64,
    /// First appointments that staff have time for against the start, by week.
    capacity: Vec<f64>,
    /// Referrals against the baseline's, by week from the start.
    referral_level: Vec<f64>,
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
        let not_brought = number("services.not-brought-share");
        let advice = if entry.gives_advice {
            number("services.advice-share")
        } else {
            0.0
        };
        let assessments = Assessments::of(future);
        let day_of = |week: usize| start + DAYS_PER_WEEK * week as f64;
        let level = |of: &str, week: usize| {
            let path = format!("services.{of}.{}", entry.name);
            future.stated(&path, day_of(week).min(end - 1.0), 1.0)
        };
        let is_changed = future.effects.change_stated();
        let stated = |of: &str| -> Vec<f64> {
            let of_week = |week: usize| if is_changed { level(of, week) } else { 1.0 };
            (0..weeks).map(of_week).collect()
        };
        let not_brought_then = |week: usize| {
            let path = "services.not-brought-share";
            let then = future.stated(path, day_of(week).min(end - 1.0), not_brought);
            // Appointments to which nobody came are time that could have been used.
            (1.0 - then.min(0.95)) / (1.0 - not_brought)
        };
        let levels = stated("capacity");
        let capacity = (0..weeks)
            .map(|week| {
                let day = day_of(week);
                let years = (day - start) / DAYS_PER_YEAR;
                let grown = libm::exp(capacity_growth * years);
                let left = 1.0 - advice * (assessments.against_first(day) - 1.0);
                let brought = if is_changed {
                    not_brought_then(week)
                } else {
                    1.0
                };
                (grown * levels[week] * brought * left).max(0.0)
            })
            .collect();
        Self {
            standard_weeks: entry.standard_weeks,
            start,
            strands,
            bands: list.bands,
            per_week,
            growth,
            withdrawal_rate,
            lasting,
            capacity,
            referral_level: stated("referrals"),
        }
    }

    /// Every child who waits or comes, in every strand, and the first appointments a week that staff
    /// have time for at the start.
    pub(super) fn run(&self, future: &Future<'_>, service: u32) -> (Vec<Visit>, f64) {
        let mut visits = Vec::new();
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
            self.run_strand(
                (strand.share, of_strand, waited),
                address,
                future.luck,
                &mut visits,
            );
        }
        (visits, seen)
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
        (share, seen, waited): (f64, f64, &[f64]),
        address: u32,
        luck: &Luck,
        visits: &mut Vec<Visit>,
    ) {
        let staff = self.capacity.iter().map(|capacity| seen * capacity);
        let staff = Hours::new(self.start, staff);
        // The running sum at which all who are to be seen so far are seen.
        let (mut seen_at, mut turn_week, mut left_week): (f64, usize, usize) = (0.0, 0, 0);
        let mut visit = |referred: f64, came: f64, patience: f64| {
            let before = seen_at.max(staff.until(came));
            let turn = staff.day_of_next(before, &mut turn_week).max(came);
            let withdraws = came + patience;
            let withdrew = withdraws < turn;
            let left = if withdrew {
                withdraws
            } else {
                seen_at = before + 1.0;
                staff.day_of_next(seen_at, &mut left_week)
            };
            visits.push(Visit {
                referred: referred as f32,
                left: left as f32,
                withdrew,
            });
        };
        let patience = |word: u32| exponential(word) / self.withdrawal_rate * DAYS_PER_WEEK;
        for (child, weeks) in (0u32..).zip(waited) {
            let words = luck.words(address + STARTING + child, Process::ServiceList, 1);
            let referred = self.start - weeks * DAYS_PER_WEEK;
            visit(referred, self.start, patience(words[0]));
        }
        let mut child = 0;
        let (mut integral, mut week) = (0.0, 0);
        let end = self.start + DAYS_PER_WEEK * self.capacity.len() as f64;
        let cumulated = self.cumulated_referrals(share);
        loop {
            let words = luck.words(address + child, Process::ServiceList, 2);
            for pair in words.chunks_exact(2) {
                integral += exponential(pair[0]);
                let day = cumulated.day_of_next(integral, &mut week);
                if day >= end {
                    return;
                }
                visit(day, day, patience(pair[1]));
            }
            child += 1;
        }
    }

    /// Expected referrals of a strand, added up week by week.
    fn cumulated_referrals(&self, share: f64) -> Hours {
        let of_week = |(week, level): (usize, &f64)| {
            let years = DAYS_PER_WEEK * week as f64 / DAYS_PER_YEAR;
            share * self.per_week * libm::exp(self.growth * years) * level
        };
        Hours::new(
            self.start,
            self.referral_level.iter().enumerate().map(of_week),
        )
    }

    /// Referrals a week around a day.
    pub(super) fn referrals_on(&self, day: f64) -> f64 {
        let week = ((day - self.start) / DAYS_PER_WEEK).max(0.0) as usize;
        let week = week.min(self.referral_level.len() - 1);
        let years = DAYS_PER_WEEK * week as f64 / DAYS_PER_YEAR;
        self.per_week * libm::exp(self.growth * years) * self.referral_level[week]
    }

    /// First appointments that staff have time for around a day, against the start.
    pub(super) fn capacity_on(&self, day: f64) -> f64 {
        let week = ((day - self.start) / DAYS_PER_WEEK).max(0.0) as usize;
        self.capacity[week.min(self.capacity.len() - 1)]
    }

    /// Share of those who come that withdraw before they have waited the standard.
    pub(super) fn withdraw_within_standard(&self) -> f64 {
        1.0 - libm::exp(-self.withdrawal_rate * self.standard_weeks)
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
