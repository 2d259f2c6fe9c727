//! The rows of results of services, in the order in which they are measured.

use super::by_children::Unit;
use super::{FLOWS, OF_JANUARY, OF_YEAR, Services, adult_care, by_children, staff};
use crate::domain::{Date, time_period};
use crate::summarise::Cell;

impl Services {
    /// Every row.
    pub(super) fn all_cells(&self) -> Vec<Cell> {
        let first = self.first_january();
        let mut cells = Vec::new();
        let listed = self.lists.iter().map(|(entry, _)| entry.label);
        let own = self.own().map(|entry| entry.label);
        for label in listed.chain(own) {
            cells.extend(self.cells_of(label, first));
        }
        for entry in self.own() {
            cells.extend(self.cells_of_units(entry.unit, entry.label, first));
        }
        for unit in self.units() {
            cells.extend(self.cells_of_units(unit, "Total", first));
        }
        cells.extend(self.cells_of_board(first));
        cells.extend(self.cells_of_adult_care(first));
        cells
            .extend((first..=self.years).map(|year| self.cell(OF_JANUARY[0], year, true, "Total")));
        for year in first..self.years {
            let flows = &OF_YEAR[..FLOWS];
            cells.extend(flows.iter().map(|i| self.cell(*i, year, false, "Total")));
        }
        // Localities are parts of their service, which holds them already.
        for (_, part) in self.localities() {
            cells.extend(self.cells_of(part.label, first));
        }
        for (entry, part) in self.localities() {
            cells.extend(self.cells_of_units(entry.unit, part.label, first));
        }
        cells
    }

    /// What is told of a service or locality: its lists and its years.
    fn cells_of(&self, label: &'static str, first: usize) -> Vec<Cell> {
        let mut cells = Vec::new();
        for year in first..=self.years {
            cells.extend(OF_JANUARY.map(|i| self.cell(i, year, true, label)));
        }
        for year in first..self.years {
            cells.extend(OF_YEAR.map(|i| self.cell(i, year, false, label)));
        }
        cells
    }

    /// The posts or pounds of a service or locality.
    fn cells_of_units(&self, unit: Unit, label: &'static str, first: usize) -> Vec<Cell> {
        let of_year = |year| unit.indicators().map(|i| self.cell(i, year, false, label));
        (first..self.years).flat_map(of_year).collect()
    }

    /// The first January that every service can be told of.
    pub(super) fn first_january(&self) -> usize {
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

    /// Posts and pounds, where any service has them.
    pub(super) fn units(&self) -> impl Iterator<Item = Unit> {
        let units = [Unit::Posts, Unit::Pounds].into_iter();
        units.filter(|unit| self.own().any(|entry| entry.unit == *unit))
    }

    /// Posts of the board by service with a list, and in all.
    fn cells_of_board(&self, first: usize) -> Vec<Cell> {
        let with_posts = self.lists.iter().filter(|(entry, _)| entry.has_posts);
        let labels: Vec<&'static str> = with_posts.map(|(entry, _)| entry.label).collect();
        if labels.is_empty() {
            return Vec::new();
        }
        let rows = labels.into_iter().chain(["Total"]);
        rows.flat_map(|label| (first..self.years).map(move |year| (label, year)))
            .flat_map(|(label, year)| {
                staff::INDICATORS.map(|indicator| self.cell(indicator, year, false, label))
            })
            .collect()
    }

    /// Moves to adult social care, where the assessment is a service without a published list.
    fn cells_of_adult_care(&self, first: usize) -> Vec<Cell> {
        let is_there = |entry: &by_children::Entry| entry.name == adult_care::ASSESSMENT;
        if !self.own().any(is_there) {
            return Vec::new();
        }
        let of_year = |year: usize| {
            let total = self.cell(adult_care::INDICATOR, year, false, "Total");
            let when = adult_care::WHEN.map(|category| Cell {
                category,
                ..total.clone()
            });
            std::iter::once(total).chain(when)
        };
        (first..self.years).flat_map(of_year).collect()
    }

    fn cell(
        &self,
        indicator: (&'static str, &'static str),
        year: usize,
        is_stock: bool,
        service: &'static str,
    ) -> Cell {
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
    }
}
