//! Money: what the places and services of a simulated future cost, and what the block leaves.
//!
//! In: the plans of a future, day by day, and the area's published spend and block. Out: spend by
//! line, financial year, age and need, balances, present values.
//! Deliberately not here: where children go and why (`simulate`); a price never moves a child.
//! What a plan costs by band stands in [`bands`] and [`top_ups`], how children travel in [`transport`].
//! A new line is an entry of [`SpendLine`](crate::domain::SpendLine), its price in
//! `scenarios/baseline/money.toml` and its sum in [`year`].

mod added_staff;
mod area;
mod band_years;
mod bands;
mod borrowing;
mod calendar;
mod cells;
mod plan_costs;
mod plan_years;
mod prices;
mod reserves;
mod sheet;
mod top_ups;
mod transport;
mod year;

pub use area::AreaCosts;
pub use calendar::FinancialYears;
pub use plan_years::PlanYears;

use crate::alternative_provision::{AgainstBase, AlternativeProvision};
use crate::school_basis::SchoolBasis;
use crate::simulate::{Companion, Future};
use crate::summarise::Cell;
use band_years::BandYears;
use bands::{Bands, Numbers};
use plan_costs::PlanCosts;
use prices::{Given, Prices};
use sheet::Sheet;
use year::{Spend, spend};

/// First financial year whose prices are known: base years before it have no money.
pub const FIRST_BASE_YEAR: i32 = 2025;

/// The money of an area.
#[derive(Debug, Clone)]
pub struct Money {
    years: FinancialYears,
    area: AreaCosts,
    alternative_provision: Option<AlternativeProvision>,
    school_basis: Option<SchoolBasis>,
}

impl Money {
    /// The money of an area over the financial years that a horizon holds whole. What is spent on
    /// alternative provision stays as it is, prices apart, where its children are not followed.
    pub const fn new(
        area: AreaCosts,
        alternative_provision: Option<AlternativeProvision>,
        base_year: i32,
        horizon: usize,
    ) -> Self {
        Self {
            years: FinancialYears::within(base_year, horizon),
            area,
            alternative_provision,
            school_basis: None,
        }
    }

    /// The same with a block that follows the children who cross the area's border.
    pub fn with_school_basis(self, school_basis: SchoolBasis) -> Self {
        Self {
            school_basis: Some(school_basis),
            ..self
        }
    }

    fn alternative_provision(&self, future: &Future<'_>, prices: &Prices) -> Vec<AgainstBase> {
        let years = 0..self.years.number();
        let starts = years.clone().map(|year| prices.calendar.days(year)[0]);
        let end = years
            .clone()
            .map(|year| prices.calendar.days(year)[1])
            .next_back();
        let days: Vec<f64> = starts.chain(end).collect();
        self.alternative_provision.as_ref().map_or_else(
            || vec![AgainstBase::SAME; years.len()],
            |model| model.against_base(future, &days),
        )
    }
}

impl Companion for Money {
    fn cells(&self) -> Vec<Cell> {
        cells::cells(self.years)
    }

    fn measure(&self, future: &Future<'_>) -> Vec<f64> {
        let plan_years = PlanYears::of(future.record, self.years);
        let numbers = Numbers::of(future, self.years);
        let bands = Bands::new(*future.luck, self.years, numbers, future.record);
        let school_basis = self.school_basis.as_ref();
        let net_imports = school_basis.and_then(|basis| basis.net_imports(future));
        let given = Given {
            area: &self.area,
            bands: &bands,
            net_imports: net_imports.as_deref(),
        };
        let prices = Prices::draw(future, self.years, &given);
        let costs = PlanCosts {
            plan_years: &plan_years,
            band_years: &BandYears::of(future.record, self.years, &bands),
            prices: &prices,
        };
        let alternative_provision = self.alternative_provision(future, &prices);
        let years = (0..self.years.number()).zip(alternative_provision);
        let spent: Vec<Spend> = years
            .map(|(year, alternative)| spend(year, costs, future, alternative))
            .collect();
        Sheet {
            years: self.years,
            costs,
            spent: &spent,
        }
        .values()
    }
}
