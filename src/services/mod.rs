//! Waiting lists of services for children, in a simulated future.
//!
//! In: the newest published lists of the area's NHS board by weeks waited; for services without one,
//! the children of the future who come to them; the assessments of the future, stated numbers. Out:
//! lists and waits by service and year.
//! Nurses on duty at night and at weekends, a companion of its own, stand in `out_of_hours/`.
//! Deliberately not here: a service on its own (`waiting_list/`), the plan process (`ehc_process/`).
//! A new service is a row of `scenarios/services/catalogue.csv`, and a list in the area's
//! `nhs_waits.csv`; or a row of `scenarios/services/by_children.csv`, and its numbers in
//! `scenarios/baseline/services-by-children.toml`.

mod adult_care;
mod arrival;
mod by_children;
mod catalogue;
mod cells;
mod course;
mod figures;
mod groups;
mod heads;
mod lists;
mod littles_law;
mod out_of_hours;
mod published;
mod staff;
mod strands;
mod weekly;
mod working_weeks;

pub use out_of_hours::OutOfHours;

use crate::area::AreaPack;
use crate::domain::Date;
use crate::ehc_process::Clinic;
use crate::parameters::ParameterSet;
use crate::scenario::Scenario;
use crate::simulate::{Companion, Future};
use crate::summarise::Cell;
use by_children::{Kept, Part};
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

/// How many of the indicators of a year are children, who add up over services.
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

/// The services of an area: those of its NHS board that publish a list, and those without one.
#[derive(Debug, Clone)]
pub struct Services {
    base_year: i32,
    years: usize,
    share_of_board: f64,
    lists: Vec<(Entry, Published)>,
    by_children: Vec<(by_children::Entry, Vec<Part>)>,
}

impl Services {
    /// The services of a pack over a horizon.
    pub fn new(pack: &AreaPack, base_year: i32, years: usize) -> Self {
        let lists = published::of(pack);
        let has_list = |name: &str| lists.iter().any(|(entry, _)| entry.name == name);
        let mut by_children = by_children::all();
        by_children.retain(|entry| !has_list(entry.name));
        let with_parts = |entry| {
            let parts = by_children::parts(pack, &entry);
            (entry, parts)
        };
        Self {
            base_year,
            years,
            share_of_board: pack.manifest.share_of_board,
            lists,
            by_children: by_children.into_iter().map(with_parts).collect(),
        }
    }

    /// A path of a service that this area does not have, of those that a scenario changes: nothing
    /// would move. With it, whether that is for want of a published list, and not because there is one.
    pub fn without_effect(&self, scenario: &Scenario) -> Option<(&'static str, bool)> {
        let is_told = |name: &str| {
            self.lists.iter().any(|(entry, _)| entry.name == name)
                || self.own().any(|entry| entry.name == name)
        };
        let untold = catalogue::all()
            .into_iter()
            .filter(|entry| !is_told(entry.name));
        let mut of_untold = untold.flat_map(catalogue::Entry::paths);
        let is_listed = |entry: &by_children::Entry| self.own().all(|own| own != entry);
        let listed = by_children::all().into_iter().filter(is_listed);
        let of_list: Vec<String> = self.lists.iter().flat_map(|(e, _)| e.paths()).collect();
        let own = listed.flat_map(|entry| entry.own_paths());
        let mut of_listed = own.filter(|path| !of_list.contains(path));
        let changed = |path: String| scenario.changes_under(&path);
        let untold = of_untold.find_map(changed).map(|path| (path, true));
        untold.or_else(|| of_listed.find_map(changed).map(|path| (path, false)))
    }

    /// A path and locality of a scenario that this area does not have, with those that it has of the
    /// service.
    pub fn unknown_locality<'s>(
        &self,
        scenario: &'s Scenario,
    ) -> Option<(&'static str, &'s str, Vec<&'static str>)> {
        scenario.localities().find_map(|(path, locality)| {
            let service = path.rsplit('.').next();
            let own = self.by_children.iter();
            let parts = own
                .filter(|(entry, _)| Some(entry.name) == service)
                .flat_map(|(_, parts)| parts);
            let known: Vec<&'static str> = parts.filter_map(|part| part.name).collect();
            (!known.contains(&locality)).then_some((path, locality, known))
        })
    }

    /// Services without a published list.
    fn own(&self) -> impl Iterator<Item = &by_children::Entry> {
        self.by_children.iter().map(|(entry, _)| entry)
    }

    /// Localities of the services that are kept by locality, each with its service.
    fn localities(&self) -> impl Iterator<Item = (&by_children::Entry, &Part)> {
        let own = self.by_children.iter();
        let parts = own.flat_map(|(entry, parts)| parts.iter().map(move |part| (entry, part)));
        parts.filter(|(_, part)| part.name.is_some())
    }
}

/// Values of the services of a future, in the order of the cells, and what they add up to.
struct Told {
    first: usize,
    years: usize,
    values: Vec<f64>,
    waiting: Vec<f64>,
    flows: Vec<[f64; FLOWS]>,
}

impl Told {
    fn new(first: usize, years: usize) -> Self {
        Self {
            first,
            years,
            values: Vec::new(),
            waiting: vec![0.0; years + 1 - first],
            flows: vec![[0.0; FLOWS]; years - first],
        }
    }

    fn service(&mut self, figures: &mut Figures<'_>) {
        for (year, waiting) in (self.first..=self.years).zip(&mut self.waiting) {
            let of_january = figures.of_january(year);
            *waiting += of_january[0];
            self.values.extend(of_january);
        }
        for (year, flows) in (self.first..self.years).zip(&mut self.flows) {
            let of_year = figures.of_year(year);
            for (sum, flow) in flows.iter_mut().zip(of_year) {
                *sum += flow;
            }
            self.values.extend(of_year);
        }
    }
}

impl Companion for Services {
    fn cells(&self) -> Vec<Cell> {
        self.all_cells()
    }

    fn measure(&self, future: &Future<'_>) -> Vec<f64> {
        let first = self.first_january();
        let base = Date::january(self.base_year);
        let mut told = Told::new(first, self.years);
        let mut board: Vec<[f64; 2]> = Vec::new();
        for (number, (entry, list)) in self.lists.iter().enumerate() {
            let draw = ServiceDraw::new(future, base, entry, list);
            let (lists, at_start) = draw.run(future, number as u32);
            let course = (&draw.course, at_start);
            let share = self.share_of_board;
            let mut figures = Figures::new(&lists, course, share, future.timeline);
            told.service(&mut figures);
            let days = |year: usize| [year, year + 1].map(|year| future.timeline.january(year));
            let posts =
                (first..self.years).map_while(|year| draw.posts(figures.needed(year), days(year)));
            board.extend(posts);
        }
        let mut units = Vec::new();
        let none = vec![[0.0; 2]; self.years - first];
        let mut sums: Vec<_> = self.units().map(|unit| (unit, none.clone())).collect();
        let mut moves = Vec::new();
        let mut of_localities = Told::new(first, self.years);
        let mut units_of_localities = Vec::new();
        for (entry, parts) in &self.by_children {
            let kept = Kept::new(future, base, entry, parts);
            let mut runs = Vec::with_capacity(parts.len());
            for (draw, part) in kept.draws.iter().zip(parts) {
                let (lists, paid) = draw.run();
                if part.name.is_some() {
                    let course = (&draw.course, draw.at_start);
                    let figures = Figures::new(&lists, course, 1.0, future.timeline);
                    let mut figures = figures.with_paid(paid.clone());
                    of_localities.service(&mut figures);
                    for year in first..self.years {
                        let needed = draw.units_for(figures.needed(year), year);
                        units_of_localities.extend([draw.units_in(year), needed]);
                    }
                }
                runs.push((lists, paid));
            }
            let course = (kept.course(), kept.at_start());
            let (lists, paid) = kept.together(runs);
            if entry.name == adult_care::ASSESSMENT {
                let standard = entry.standard_weeks();
                moves = adult_care::moves(future, base, &lists, standard, first..self.years);
            }
            let figures = Figures::new(&lists, course, 1.0, future.timeline);
            let mut figures = figures.with_paid(paid);
            told.service(&mut figures);
            let mut sum = sums.iter_mut().find(|(unit, _)| *unit == entry.unit);
            for year in first..self.years {
                let needed = kept.units_for(figures.needed(year), year);
                let of_year = [kept.units_in(year), needed];
                if let Some((_, sums)) = &mut sum {
                    for (sum, value) in sums[year - first].iter_mut().zip(of_year) {
                        *sum += value;
                    }
                }
                units.extend(of_year);
            }
        }
        let Told {
            mut values,
            waiting,
            flows,
            ..
        } = told;
        values.extend(units);
        values.extend(sums.into_iter().flat_map(|(_, sums)| sums).flatten());
        let years = self.years - first;
        let mut of_board = vec![[0.0; 2]; if board.is_empty() { 0 } else { years }];
        for (posts, year) in board.iter().zip((0..years).cycle()) {
            for (sum, posts) in of_board[year].iter_mut().zip(posts) {
                *sum += posts;
            }
        }
        values.extend(board.into_iter().chain(of_board).flatten());
        values.extend(
            moves
                .iter()
                .flat_map(|[early, late]| [early + late, *early, *late]),
        );
        values.extend(waiting);
        values.extend(flows.into_iter().flatten());
        values.extend(of_localities.values);
        values.extend(units_of_localities);
        values
    }
}
