//! Money: what the places and services of a simulated future cost, and what the block leaves.
//!
//! In: the plans of a future, day by day, and the area's published spend and block. Out: spend by
//! line, financial year, age and need, balances, present values.
//! Deliberately not here: where children go and why (`simulate`); a price never moves a child.
//! A new line is an entry of [`SpendLine`](crate::domain::SpendLine), its price in
//! `scenarios/baseline/money.toml` and its sum in [`year`].

mod area;
mod calendar;
mod cells;
mod plan_years;
mod prices;
mod sheet;
mod year;

pub use area::AreaCosts;
pub use calendar::FinancialYears;
pub use plan_years::PlanYears;

use crate::simulate::{Companion, Future};
use crate::summarise::Cell;
use prices::Prices;
use sheet::Sheet;
use year::{Spend, spend};

/// First financial year whose prices are known: base years before it have no money.
pub const FIRST_BASE_YEAR: i32 = 2025;

/// The money of an area.
#[derive(Debug, Clone)]
pub struct Money {
    years: FinancialYears,
    area: AreaCosts,
}

impl Money {
    /// The money of an area over the financial years that a horizon holds whole.
    pub const fn new(area: AreaCosts, base_year: i32, horizon: usize) -> Self {
        let years = FinancialYears::within(base_year, horizon);
        Self { years, area }
    }
}

impl Companion for Money {
    fn cells(&self) -> Vec<Cell> {
        cells::cells(self.years)
    }

    fn measure(&self, future: &Future<'_>) -> Vec<f64> {
        let plan_years = PlanYears::of(future.record, self.years);
        let prices = Prices::draw(future, self.years, &self.area);
        let spent: Vec<Spend> = (0..self.years.number())
            .map(|year| spend(year, &plan_years, &prices, future))
            .collect();
        Sheet {
            years: self.years,
            plan_years: &plan_years,
            spent: &spent,
            prices: &prices,
        }
        .values()
    }
}
