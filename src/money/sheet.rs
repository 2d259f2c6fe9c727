//! The value of every indicator of money in one future.

use super::borrowing::Debts;
use super::calendar::FinancialYears;
use super::cells::{Indicator, Key, Rest, keys};
use super::plan_years::PlanYears;
use super::prices::Prices;
use super::reserves::Reserves;
use super::year::Spend;
use crate::domain::{AgeGroup, PrimaryNeed, SpendLine};

/// Everything that is measured in a future.
pub(super) struct Sheet<'a> {
    pub(super) years: FinancialYears,
    pub(super) plan_years: &'a PlanYears,
    pub(super) spent: &'a [Spend],
    pub(super) prices: &'a Prices,
}

impl Sheet<'_> {
    /// The values, in the order of [`cells`](super::cells::cells).
    pub(super) fn values(&self) -> Vec<f64> {
        let keys = keys();
        let mut values = Vec::with_capacity(keys.len() * self.years.number());
        let mut cumulative = self.prices.opening;
        let (mut present_value, mut put_in) = (0.0, 0.0);
        let mut debts = Debts::default();
        let mut reserves = Reserves::new(cumulative);
        for year in 0..self.years.number() {
            let price = &self.prices.years[year];
            let spent = &self.spent[year];
            if self.prices.grant_year == Some(year) {
                cumulative += self.prices.stability_grant * (-cumulative).max(0.0);
                reserves.receive(self.prices.stability_grant);
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
                    Indicator::HighNeeds => self.high_needs_of(year, key),
                    Indicator::Council => key
                        .line
                        .map_or(spent.council(), |line| spent.lines[line.index()]),
                    Indicator::Partners => key
                        .line
                        .map_or(spent.partners(), |line| spent.lines[line.index()]),
                    Indicator::PutIn => put_in * price.deflator,
                    Indicator::Transport => spent.lines[SpendLine::Transport.index()],
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

    fn plan_years_of(&self, year: usize, key: &Key) -> f64 {
        if key.rest_of == Some(Rest::Line) {
            return self.plan_years.line(year, None);
        }
        match key.setting {
            Some(setting) => self.plan_years.setting(year, setting),
            None if key.line.is_none() && key.age.is_none() && key.need.is_none() => {
                self.plan_years.all(year)
            }
            None => self.summed(year, key, &|_| 1.0),
        }
    }

    fn high_needs_of(&self, year: usize, key: &Key) -> f64 {
        let spent = &self.spent[year];
        let price = &self.prices.years[year].placements;
        if key.rest_of.is_some() {
            return spent.not_by_child;
        }
        if let Some(setting) = key.setting {
            let line = SpendLine::of(setting);
            let plans = self.plan_years.setting(year, setting);
            return line.map_or(0.0, |line| plans * price[line.index()]);
        }
        match (key.line, key.age, key.need) {
            (None, None, None) => spent.high_needs(),
            (Some(line), None, None) => spent.lines[line.index()],
            _ => self.summed(year, key, &|line| {
                line.map_or(0.0, |line| price[line.index()])
            }),
        }
    }

    /// Sum over the cells of a key: plan-years times a weight of their line.
    fn summed(&self, year: usize, key: &Key, weight: &dyn Fn(Option<SpendLine>) -> f64) -> f64 {
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
                        sum += self.plan_years.cell(year, line, age, need) * weight(line);
                    }
                }
            }
        }
        sum
    }
}
