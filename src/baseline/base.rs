//! The baseline of an area: people, and rates by draw.

use super::course::{AgeRates, Course};
use super::evidence::estimate;
use super::joining::JoiningFit;
use super::latent::{self, AtRisk};
use super::leaving::LeavingFit;
use super::people;
use super::places;
use super::population::{PopulationError, PopulationFit};
use super::posterior::Draw;
use super::process::{self, ProcessFit};
use super::recode::{self, sampled};
use super::settings::SettingsFit;
use super::stocks::Stocks;
use super::support::{Fitted, SupportFit};
use super::wanted;
use crate::area::{
    EstimateRow, EvidenceRow, JoiningIndexRow, PlaceGroupRow, PlanStockRow, PopulationRow,
    SupportStockRow,
};
use crate::domain::{AGES, Date, PrimaryNeed, Sex};
use crate::ehc_process::{AreaProcess, Clinic, Fits};
use crate::forecast::AreaOutlook;
use crate::parameters::ParameterSet;
use crate::simulate::health_visiting::{self, TwoYearReviews};
use crate::simulate::{Person, Rates, Table};

/// The tables of an area pack that the baseline rests on.
#[derive(Debug, Clone)]
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
    /// The area's code: the address of its draws.
    pub area: &'a str,
    /// The course of plans that the forecast foresees; without it rates hold as they are.
    pub outlook: Option<AreaOutlook>,
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
    area: String,
    outlook: Option<AreaOutlook>,
    /// Groups of places; none where every child finds a place.
    place_groups: Vec<PlaceGroupRow>,
    /// The process from a request to a plan; none where plans start without one.
    process: Option<ProcessFit>,
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
        Self {
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
            area: inputs.area.to_owned(),
            outlook: inputs.outlook.clone(),
            place_groups: Vec::new(),
            process: None,
            stocks,
            parameters,
        }
    }

    /// The same area with finite places. Without them every child is where it was observed to go.
    pub fn with_places(mut self, groups: &[PlaceGroupRow]) -> Self {
        self.place_groups = groups.to_vec();
        self
    }

    /// The same area with requests from which plans follow. Without them plans start at the rates
    /// of the forecast.
    ///
    /// `clinic` is the list whose waits raise requests.
    pub fn with_process(mut self, area: AreaProcess, clinic: Option<Clinic>) -> Self {
        let new_plans = self.course(Draw::Central).new_plans().to_vec();
        self.process = Some(ProcessFit::new((area, clinic), &new_plans, self.parameters));
        self
    }

    /// How the process was fitted; none where plans start without one.
    pub fn fits(&self) -> Option<&Fits> {
        self.process.as_ref().map(ProcessFit::fits)
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

    /// A stated number as a draw has it on the base date.
    pub fn number(&self, draw: Draw, path: &str) -> f64 {
        sampled(draw, self.parameters, path, Date::january(self.base_year))
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
        rates.two_year_reviews = self.two_year_reviews(draw);
        rates.latent_need = latent::needs(&self.stocks);
        let at_risk = AtRisk::new(&self.stocks, &rates.latent_need);
        self.joining
            .fill(draw, &self.stocks, &at_risk, ratio, &mut rates);
        let course = self.course(draw);
        let plans = self.plan_shares(course.plans());
        let process = self.process.as_ref();
        rates.process = process
            .map(|fit| fit.draw(draw, course.new_plans(), self.parameters))
            .map(Box::new);
        course.fill(&mut rates);
        let exit = sampled(draw, self.parameters, "sen-support.exit-rate", base);
        let fitted = Fitted {
            stocks: &self.stocks,
            at_risk: &at_risk,
            plans: &plans,
            exit_rate: exit,
            lead_years: rates.process.as_ref().map(|p| p.lead_days / 365.25),
        };
        self.support.fill(draw, &fitted, &mut rates);
        self.leaving.fill(draw, &self.stocks, &mut rates);
        self.settings.fill_first(draw, &mut rates);
        let path = "placement.special-to-mainstream-rate";
        let returns = sampled(draw, self.parameters, path, base);
        self.settings
            .fill_moves(draw, &self.stocks, returns, &mut rates);
        recode::fill(draw, self.parameters, base, &mut rates);
        let (groups, stocks) = (&self.place_groups, &self.stocks);
        rates.places = places::places(draw, groups, stocks, self.parameters, base);
        if let Some(places) = &rates.places {
            let policy = places.policy.clone();
            let censored = sampled(draw, self.parameters, "places.censored-share", base);
            wanted::lift(&mut rates, censored, &policy);
        }
        rates.moving_in_mix = self.stocks.plan_mix();
        self.population
            .fill(draw, self.leaving.peer_moving_out(), &mut rates);
        process::replace_movers(&mut rates, &|year, age| self.population.both(year, age));
        rates
    }

    /// Reviews of two-year-olds by health visitors.
    fn two_year_reviews(&self, draw: Draw) -> TwoYearReviews {
        let number = |path: &str| self.number(draw, path);
        let of_age = |age: usize| Sex::ALL.map(|sex| self.stocks.residents.at([age, sex.index()]));
        let under_five = (0..5).flat_map(of_age).sum();
        TwoYearReviews {
            coverage: number(health_visiting::COVERAGE),
            under_five,
            children_per_post: number(health_visiting::CHILDREN_PER_POST),
            brought_forward: number(health_visiting::BROUGHT_FORWARD),
        }
    }

    /// Share of residents with a plan on each 1 January, by age.
    fn plan_shares(&self, plans: &[[f64; AGES]]) -> Vec<[f64; AGES]> {
        let januaries = plans.iter().enumerate();
        januaries
            .map(|(year, plans)| {
                std::array::from_fn(|age| {
                    (plans[age] / self.population.both(year, age).max(1.0)).min(1.0)
                })
            })
            .collect()
    }

    /// The factors that lead the rates of single ages along the course of a draw.
    fn course(&self, draw: Draw) -> Course {
        let mut residents = Table::zeros([self.years, AGES]);
        for year in 0..self.years {
            for age in 0..AGES {
                *residents.at_mut([year, age]) = self.population.both(year, age);
            }
        }
        let rates = AgeRates {
            plans: std::array::from_fn(|age| {
                (0..Sex::COUNT)
                    .map(|sex| self.stocks.plans_by_sex.at([age, sex]))
                    .sum()
            }),
            residents,
            joining: self.joining.by_age(draw),
            ceasing: self.leaving.by_age(draw),
            moving_out: self.leaving.moving_out(draw),
            moving_in: self.leaving.moving_in(draw),
        };
        Course::of(self.outlook.as_ref(), draw, &self.area, &rates, self.years)
    }

    /// Rates of joining by age per resident without a plan in the first year.
    pub fn joining_by_age(&self, draw: Draw) -> [f64; AGES] {
        let factor = self.course(draw).first_joining();
        let rates = self.joining.by_age(draw);
        std::array::from_fn(|age| rates[age] * factor[age])
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
