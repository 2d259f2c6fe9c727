//! Waiting lists of health services for children, in a simulated future.
//!
//! In: the newest published lists of the area's NHS board by weeks waited, the assessments of the
//! future, stated numbers. Out: lists and waits by service and year.
//! Deliberately not here: a service on its own (`waiting_list/`), the plan process (`ehc_process/`).
//! A new service is a row of `scenarios/services/catalogue.csv`, and a list in the area's
//! `nhs_waits.csv`.

mod catalogue;
mod figures;
mod lists;
mod published;
mod strands;

use crate::area::AreaPack;
use crate::domain::{Date, time_period};
use crate::ehc_process::Clinic;
use crate::parameters::ParameterSet;
use crate::scenario::Scenario;
use crate::simulate::{Companion, Future};
use crate::summarise::Cell;
use catalogue::Entry;
use figures::Figures;
use lists::ServiceDraw;
use published::Published;

/// Indicators of a 1 January, in the order of the values.
const OF_JANUARY: [(&str, &str); 6] = [
    ("waiting_list", "children"),
    ("waiting_over_18_weeks_share", "percent"),
    ("waiting_over_52_weeks_share", "percent"),
    ("waiting_over_104_weeks_share", "percent"),
    ("waiting_weeks_p50", "weeks"),
    ("waiting_weeks_p90", "weeks"),
];
/// Indicators of a calendar year, in the order of the values.
const OF_YEAR: [(&str, &str); 8] = [
    ("referrals", "children"),
    ("first_appointments", "children"),
    ("withdrawals", "children"),
    ("wait_weeks_p50", "weeks"),
    ("wait_weeks_p90", "weeks"),
    ("seen_within_standard_share", "percent"),
    ("utilisation", "percent"),
    ("capacity_needed_percent", "percent"),
];

/// How many of these are children, who add up over services.
const FLOWS: usize = 3;

/// The list of community paediatrics, whose waits raise requests; none where it is not published.
pub fn clinic(pack: &AreaPack) -> Option<Clinic> {
    let lists = published::of(pack);
    let (_, list) = lists.iter().find(|(entry, _)| entry.name == PAEDIATRICS)?;
    let (_, per_week) = strands::strands(&list.bands);
    let base = Date::january(pack.manifest.base_year);
    let withdraw = ParameterSet::embedded().uncertain("services.withdrawal-rate", base);
    Some(Clinic {
        list: list.bands.iter().sum(),
        per_week,
        withdraw: withdraw.central(),
        paths: [
            "services.referrals.community-paediatrics",
            "services.capacity.community-paediatrics",
        ],
    })
}

const PAEDIATRICS: &str = "community-paediatrics";

/// The services of an area's NHS board that publish a list.
#[derive(Debug, Clone)]
pub struct Services {
    base_year: i32,
    years: usize,
    share_of_board: f64,
    lists: Vec<(Entry, Published)>,
}

impl Services {
    /// The services of a pack over a horizon; none where no list is published.
    pub fn new(pack: &AreaPack, base_year: i32, years: usize) -> Self {
        Self {
            base_year,
            years,
            share_of_board: pack.manifest.share_of_board,
            lists: published::of(pack),
        }
    }

    /// A path of a service without a list, of those that a scenario changes: nothing would move.
    pub fn without_list(&self, scenario: &Scenario) -> Option<&'static str> {
        let has_list = |path: &str| {
            let name = path.rsplit('.').next().unwrap_or_default();
            self.lists.iter().any(|(entry, _)| entry.name == name)
        };
        let mut services = catalogue::all().into_iter().flat_map(|entry| {
            ["services.capacity.", "services.referrals."].map(|of| format!("{of}{}", entry.name))
        });
        services.find_map(|path| scenario.changes_under(&path).filter(|path| !has_list(path)))
    }

    /// Whether there are any.
    pub const fn is_empty(&self) -> bool {
        self.lists.is_empty()
    }

    /// The first January that a list can be told of.
    fn first_january(&self) -> usize {
        let base = Date::january(self.base_year);
        let newest = self.lists.iter().map(|(_, list)| list.day(base));
        let newest = newest.fold(0.0, f64::max);
        (0..=self.years)
            .find(|year| {
                let january = Date::january(self.base_year + *year as i32);
                f64::from(january.days_since(base)) >= newest
            })
            .unwrap_or(self.years)
    }
}

impl Companion for Services {
    fn cells(&self) -> Vec<Cell> {
        let first = self.first_january();
        let cell = |indicator, year: usize, is_stock: bool, service: &'static str| {
            let year = self.base_year + year as i32;
            let period = if is_stock {
                (time_period(year - 1), "January")
            } else {
                (year.to_string(), "Calendar year")
            };
            Cell {
                service,
                ..Cell::total(indicator, period, "residence")
            }
        };
        let mut cells = Vec::new();
        for (entry, _) in &self.lists {
            for year in first..=self.years {
                cells.extend(OF_JANUARY.map(|i| cell(i, year, true, entry.label)));
            }
            for year in first..self.years {
                cells.extend(OF_YEAR.map(|i| cell(i, year, false, entry.label)));
            }
        }
        if !self.lists.is_empty() {
            cells.extend((first..=self.years).map(|year| cell(OF_JANUARY[0], year, true, "Total")));
            for year in first..self.years {
                let flows = &OF_YEAR[..FLOWS];
                cells.extend(flows.iter().map(|i| cell(*i, year, false, "Total")));
            }
        }
        cells
    }

    fn measure(&self, future: &Future<'_>) -> Vec<f64> {
        let first = self.first_january();
        let base = Date::january(self.base_year);
        let mut values = Vec::new();
        let mut waiting = vec![0.0; self.years + 1 - first];
        let mut flows = vec![[0.0; FLOWS]; self.years - first];
        for (number, (entry, list)) in self.lists.iter().enumerate() {
            let draw = ServiceDraw::new(future, base, entry, list);
            let (visits, at_start) = draw.run(future, number as u32);
            let figures = Figures {
                visits,
                at_start,
                draw: &draw,
                share: self.share_of_board,
                timeline: future.timeline,
            };
            for year in first..=self.years {
                let of_january = figures.of_january(year);
                waiting[year - first] += of_january[0];
                values.extend(of_january);
            }
            for year in first..self.years {
                let of_year = figures.of_year(year);
                for (sum, flow) in flows[year - first].iter_mut().zip(of_year) {
                    *sum += flow;
                }
                values.extend(of_year);
            }
        }
        if !self.lists.is_empty() {
            values.extend(waiting);
            values.extend(flows.into_iter().flatten());
        }
        values
    }
}
