//! The value of every indicator of money in one future.

use super::borrowing::Debts;
use super::calendar::FinancialYears;
use super::cells::{Indicator, Key, Rest, keys};
use super::plan_costs::PlanCosts;
use super::reserves::Reserves;
use super::transport::Transport;
use super::year::Spend;
use crate::domain::{AgeGroup, PrimaryNeed, Setting, SpendLine};

/// Everything that is measured in a future.
pub(super) struct Sheet<'a> {
    pub(super) years: FinancialYears,
    pub(super) costs: PlanCosts<'a>,
    pub(super) spent: &'a [Spend],
}

impl Sheet<'_> {
    /// The values, in the order of [`cells`](super::cells::cells).
    pub(super) fn values(&self) -> Vec<f64> {
        let keys = keys();
        let mut values = Vec::with_capacity(keys.len() * self.years.number());
        let prices = self.costs.prices;
        let mut cumulative = prices.opening;
        let (mut present_value, mut put_in) = (0.0, 0.0);
        let mut debts = Debts::default();
        let mut reserves = Reserves::new(cumulative);
        for year in 0..self.years.number() {
            let price = &prices.years[year];
            let spent = &self.spent[year];
            if prices.grant_year == Some(year) {
                cumulative += prices.stability_grant * (-cumulative).max(0.0);
                reserves.receive(prices.stability_grant);
            }
            let in_year = price.block - spent.high_needs();
            cumulative += in_year;
            let on_council = reserves.after(price.policy, in_year);
            let capital = spent.lines[SpendLine::Capital.index()];
            let borrowing = debts.of_year(price.borrowing, capital);
            present_value += spent.all() / price.deflator * price.discount;
            put_in += spent.put_in() / price.deflator * price.discount;
            for key in &keys {
                let cash = match key.indicator {
                    Indicator::PlanYears => self.plan_years_of(year, key),
                    Indicator::InBand => self.costs.in_band(year, key.band),
                    Indicator::PlaceFunding => self.costs.place_funding(year, key.line),
                    Indicator::TopUps => self.costs.top_ups(year, key.band),
                    Indicator::HighNeeds => self.high_needs_of(year, key),
                    Indicator::Council => key
                        .line
                        .map_or(spent.council(), |line| spent.lines[line.index()]),
                    Indicator::Partners => key
                        .line
                        .map_or(spent.partners(), |line| spent.lines[line.index()]),
                    Indicator::PutIn => put_in * price.deflator,
                    Indicator::Transport | Indicator::TransportByDistance => self
                        .transport_of(year, |transport, setting| {
                            transport.cost(setting, key.mode, key.distance)
                        }),
                    Indicator::Transported => self.transport_of(year, |transport, setting| {
                        transport.children(setting, key.mode, None)
                    }),
                    Indicator::Capital => capital,
                    Indicator::Borrowing => borrowing,
                    Indicator::Block => price.block,
                    Indicator::InYear => in_year,
                    Indicator::Cumulative => cumulative,
                    Indicator::OnCouncil => on_council,
                    Indicator::PresentValue => present_value * price.deflator,
                };
                let is_real = key.basis == "real";
                values.push(if is_real { cash / price.deflator } else { cash });
            }
        }
        values
    }

    /// Plans by setting times what each stands for in transport.
    fn transport_of(&self, year: usize, of: impl Fn(&Transport, Setting) -> f64) -> f64 {
        let transport = &self.costs.prices.years[year].transport;
        let plans = |setting: Setting| self.costs.plan_years.setting(year, setting);
        let settings = Setting::ALL.into_iter();
        settings
            .map(|setting| plans(setting) * of(transport, setting))
            .sum()
    }

    fn plan_years_of(&self, year: usize, key: &Key) -> f64 {
        let plan_years = self.costs.plan_years;
        if key.rest_of == Some(Rest::Line) {
            return plan_years.line(year, None);
        }
        match key.setting {
            Some(setting) => plan_years.setting(year, setting),
            None if key.line.is_none() && key.age.is_none() && key.need.is_none() => {
                plan_years.all(year)
            }
            None => summed(key, &|line, (age, need)| {
                plan_years.cell(year, line, age, need)
            }),
        }
    }

    fn high_needs_of(&self, year: usize, key: &Key) -> f64 {
        let spent = &self.spent[year];
        if key.rest_of.is_some() {
            return spent.not_by_child;
        }
        if let Some(setting) = key.setting {
            return self.costs.setting(year, setting);
        }
        match (key.line, key.age, key.need) {
            (None, None, None) => spent.high_needs(),
            (Some(line), None, None) => spent.lines[line.index()],
            _ => summed(key, &|line, of| {
                line.map_or(0.0, |line| self.costs.cell(year, line, of))
            }),
        }
    }
}

/// Sum over the cells of a key.
fn summed(key: &Key, of: &dyn Fn(Option<SpendLine>, (AgeGroup, PrimaryNeed)) -> f64) -> f64 {
    let placements = SpendLine::ALL.into_iter().take(SpendLine::PLACEMENTS);
    let lines = placements.map(Some).chain([None]);
    let mut sum = 0.0;
    for line in lines.filter(|line| key.line.is_none() || key.line == *line) {
        for age in AgeGroup::ALL {
            if key.age.is_some_and(|wanted| wanted != age) {
                continue;
            }
            for need in PrimaryNeed::ALL {
                if key.need.is_none_or(|wanted| wanted == need) {
                    sum += of(line, (age, need));
                }
            }
        }
    }
    sum
}
