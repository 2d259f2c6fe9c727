//! The baseline of an area: people, and rates by draw.

use super::evidence::estimate;
use super::joining::JoiningFit;
use super::latent::{self, AtRisk};
use super::leaving::LeavingFit;
use super::people;
use super::population::{PopulationError, PopulationFit};
use super::posterior::Draw;
use super::recode::{self, sampled};
use super::settings::SettingsFit;
use super::stocks::Stocks;
use super::support::{Fitted, SupportFit};
use crate::area::{
    EstimateRow, EvidenceRow, JoiningIndexRow, PlanStockRow, PopulationRow, SupportStockRow,
};
use crate::domain::{AGES, Date, PrimaryNeed};
use crate::parameters::ParameterSet;
use crate::simulate::{Person, Rates, Table};

/// The tables of an area pack that the baseline rests on.
#[derive(Debug, Clone, Copy)]
pub struct Inputs<'a> {
    /// January of the base stock.
    pub base_year: i32,
    /// Residents by year, academic age and sex.
    pub population: &'a [PopulationRow],
    /// Error of population projections.
    pub population_error: PopulationError,
    /// Plans on the base date.
    pub plans: &'a [PlanStockRow],
    /// Children on SEN support on the base date.
    pub support: &'a [SupportStockRow],
    /// Evidence of rates.
    pub rates: &'a [EvidenceRow],
    /// New plans by year.
    pub joining_index: &'a [JoiningIndexRow],
    /// Estimates over all authorities.
    pub estimates: &'a [EstimateRow],
}

/// An area on its base date, ready to be simulated.
#[derive(Debug)]
pub struct Baseline {
    base_year: i32,
    years: usize,
    people: Vec<Person>,
    stocks: Stocks,
    joining: JoiningFit,
    leaving: LeavingFit,
    settings: SettingsFit,
    support: SupportFit,
    population: PopulationFit,
    /// Plans expected on each 1 January by age at central rates: what moves in are scaled to.
    reference_plans: Vec<[f64; AGES]>,
    parameters: &'static ParameterSet,
}

impl Baseline {
    /// Fits the baseline of an area over a horizon.
    pub fn new(inputs: &Inputs<'_>, years: usize, parameters: &'static ParameterSet) -> Self {
        let stocks = Stocks::new(
            inputs.base_year,
            inputs.population,
            inputs.support,
            inputs.plans,
        );
        let share_pooling = estimate(inputs.estimates, "shares.pooling").0;
        let mut baseline = Self {
            base_year: inputs.base_year,
            years,
            people: people::residents(&stocks, inputs.plans, inputs.support),
            joining: JoiningFit::new(inputs.rates, inputs.joining_index, inputs.estimates),
            leaving: LeavingFit::new(inputs.rates, inputs.estimates),
            settings: SettingsFit::new(inputs.rates, share_pooling),
            support: SupportFit::new(inputs.estimates),
            population: PopulationFit::new(
                inputs.base_year,
                years,
                inputs.population,
                inputs.population_error,
            ),
            reference_plans: Vec::new(),
            stocks,
            parameters,
        };
        baseline.reference_plans = baseline.project_plans();
        baseline
    }

    /// January of the base stock.
    pub const fn base_year(&self) -> i32 {
        self.base_year
    }

    /// Years of the horizon.
    pub const fn years(&self) -> usize {
        self.years
    }

    /// Everyone on the base date.
    pub fn people(&self) -> &[Person] {
        &self.people
    }

    /// The rates of a draw.
    pub fn rates(&self, draw: Draw) -> Rates {
        let base = Date::january(self.base_year);
        let mut rates = Rates::zeros(self.years);
        let ratio = sampled(draw, self.parameters, "joining.sen-support-ratio", base);
        let path = "sen-support.found-early-share";
        rates.found_early_share = sampled(draw, self.parameters, path, base);
        let path = "joining.found-early-ratio";
        rates.found_early_ratio = sampled(draw, self.parameters, path, base);
        rates.latent_need = latent::needs(&self.stocks);
        let at_risk = AtRisk::new(&self.stocks, &rates.latent_need);
        self.joining
            .fill(draw, &self.stocks, &at_risk, ratio, &mut rates);
        rates.joining_trend = self.joining.trend(draw, self.years);
        let exit = sampled(draw, self.parameters, "sen-support.exit-rate", base);
        let fitted = Fitted {
            stocks: &self.stocks,
            at_risk: &at_risk,
            plans: &self.plan_shares(draw),
            exit_rate: exit,
        };
        self.support.fill(draw, &fitted, &mut rates);
        self.leaving.fill(draw, &self.stocks, &mut rates);
        self.settings.fill_first(draw, &mut rates);
        let path = "placement.special-to-mainstream-rate";
        let returns = sampled(draw, self.parameters, path, base);
        self.settings
            .fill_moves(draw, &self.stocks, returns, &mut rates);
        recode::fill(draw, self.parameters, base, &mut rates);
        rates.moving_in_mix = self.stocks.plan_mix();
        let moving_in = self.leaving.moving_in(draw);
        for year in 0..self.years {
            for age in 0..AGES - 1 {
                *rates.plans_moving_in.at_mut([year, age]) =
                    moving_in[age] * self.reference_plans[year][age];
            }
        }
        self.population
            .fill(draw, self.leaving.peer_moving_out(), &mut rates);
        rates
    }

    /// Plans by age on each 1 January at central rates.
    fn project_plans(&self) -> Vec<[f64; AGES]> {
        let januaries = self.plan_shares(Draw::Central).into_iter().enumerate();
        januaries
            .map(|(year, shares)| {
                std::array::from_fn(|age| shares[age] * self.population.both(year, age))
            })
            .collect()
    }

    /// Share of residents with a plan on each 1 January, by age, from the yearly recursion of stock
    /// and flows.
    fn plan_shares(&self, draw: Draw) -> Vec<[f64; AGES]> {
        let joining = self.joining.by_age(draw);
        let trend = self.joining.trend(draw, self.years);
        let ceasing = self.leaving.by_age(draw);
        let out = self.leaving.moving_out(draw);
        let moving_in = self.leaving.moving_in(draw);
        let of_sexes = |table: &Table<2>, age: usize| table.at([age, 0]) + table.at([age, 1]);
        let mut shares: [f64; AGES] = std::array::from_fn(|age| {
            let residents = of_sexes(&self.stocks.residents, age).max(1.0);
            of_sexes(&self.stocks.plans_by_sex, age) / residents
        });
        let mut path = vec![shares];
        for trend in trend {
            let mut next = [0.0; AGES];
            for age in 0..AGES - 1 {
                let leaving = ceasing[age] + out[age];
                let coming = joining[age] * trend * (1.0 - shares[age]).max(0.0)
                    + moving_in[age] * shares[age];
                next[age + 1] =
                    shares[age] * libm::exp(-leaving) + coming * libm::exp(-leaving / 2.0);
            }
            shares = next;
            path.push(shares);
        }
        path
    }

    /// Rates of joining by age per 1,000 residents without a plan in the first year: central value.
    pub fn joining_by_age(&self, draw: Draw) -> [f64; AGES] {
        let trend = self.joining.trend(draw, 1).first().copied().unwrap_or(1.0);
        self.joining.by_age(draw).map(|rate| rate * trend)
    }

    /// Rates of ceasing by age per plan and year: central value.
    pub fn ceasing_by_age(&self, draw: Draw) -> [f64; AGES] {
        self.leaving.by_age(draw)
    }

    /// Needs in the order of the rate tables.
    pub const fn needs() -> [PrimaryNeed; PrimaryNeed::COUNT] {
        PrimaryNeed::ALL
    }
}
