//! The indicators of money, and where each value comes from.

use super::calendar::FinancialYears;
use super::plan_years::PlanYears;
use super::prices::Prices;
use super::year::Spend;
use crate::domain::{AgeGroup, PrimaryNeed, Setting, SpendLine};
use crate::summarise::Cell;

/// Spend that follows no child's plan, where spend is told by child.
const NOT_BY_CHILD: &str = "Not by child";

/// Plans of children who are in no placement, where plan-years are told by line.
const NO_PLACEMENT: &str = "No placement";

const TOTAL: &str = "Total";

/// Everything that is measured in a future.
pub(super) struct Sheet<'a> {
    pub(super) years: FinancialYears,
    pub(super) plan_years: &'a PlanYears,
    pub(super) spent: &'a [Spend],
    pub(super) prices: &'a Prices,
}

/// The cells, in the order of the values.
pub(super) fn cells(years: FinancialYears) -> Vec<Cell> {
    let mut cells = Vec::new();
    for year in 0..years.number() {
        let mut write = |key: Key| cells.push(key.cell(years.name(year)));
        for key in keys() {
            write(key);
        }
    }
    cells
}

/// What a row is about, within a year.
#[derive(Debug, Clone, Copy)]
struct Key {
    indicator: Indicator,
    basis: &'static str,
    line: Option<SpendLine>,
    age: Option<AgeGroup>,
    need: Option<PrimaryNeed>,
    setting: Option<Setting>,
    /// The column of a margin whose rest follows no child.
    rest_of: Option<Rest>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rest {
    Age,
    Need,
    Setting,
    Line,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Indicator {
    PlanYears,
    HighNeeds,
    Council,
    Transport,
    Capital,
    Block,
    InYear,
    Cumulative,
    PresentValue,
}

impl Indicator {
    const fn name(self) -> [&'static str; 2] {
        match self {
            Self::PlanYears => ["plan_years", "plan-years"],
            Self::HighNeeds => ["high_needs_spend_pounds", "pounds"],
            Self::Council => ["council_spend_pounds", "pounds"],
            Self::Transport => ["transport_spend_pounds", "pounds"],
            Self::Capital => ["capital_spend_pounds", "pounds"],
            Self::Block => ["high_needs_block_pounds", "pounds"],
            Self::InYear => ["dsg_in_year_balance_pounds", "pounds"],
            Self::Cumulative => ["dsg_cumulative_balance_pounds", "pounds"],
            Self::PresentValue => ["spend_present_value_pounds", "pounds"],
        }
    }
}

impl Key {
    const fn new(indicator: Indicator, basis: &'static str) -> Self {
        Self {
            indicator,
            basis,
            line: None,
            age: None,
            need: None,
            setting: None,
            rest_of: None,
        }
    }

    fn cell(self, time_period: String) -> Cell {
        let [indicator, unit] = self.indicator.name();
        let or_rest = |label: Option<&'static str>, rest: Rest| match label {
            Some(label) => label,
            None if self.rest_of == Some(rest) => NOT_BY_CHILD,
            None => TOTAL,
        };
        Cell {
            time_period,
            time_identifier: "Financial year",
            indicator,
            unit,
            age_group: or_rest(self.age.map(AgeGroup::label), Rest::Age),
            sex: TOTAL,
            primary_need: or_rest(self.need.map(PrimaryNeed::label), Rest::Need),
            setting: or_rest(self.setting.map(Setting::label), Rest::Setting),
            phase: TOTAL,
            service: TOTAL,
            category: match self.line {
                Some(line) => line.label(),
                None if self.rest_of == Some(Rest::Line) => NO_PLACEMENT,
                None => TOTAL,
            },
            basis: self.basis,
        }
    }
}

/// Every row of a year.
fn keys() -> Vec<Key> {
    let mut keys = Vec::new();
    let placements = || SpendLine::ALL.into_iter().take(SpendLine::PLACEMENTS);
    for (indicator, basis) in [
        (Indicator::PlanYears, "residence"),
        (Indicator::HighNeeds, "cash"),
    ] {
        let total = Key::new(indicator, basis);
        let is_money = indicator == Indicator::HighNeeds;
        let lines = if is_money {
            SpendLine::HIGH_NEEDS
        } else {
            SpendLine::PLACEMENTS
        };
        let line = |line: SpendLine| Key {
            line: Some(line),
            ..total
        };
        keys.push(total);
        keys.extend(SpendLine::ALL.into_iter().take(lines).map(line));
        keys.extend(AgeGroup::ALL.map(|age| Key {
            age: Some(age),
            ..total
        }));
        keys.extend(PrimaryNeed::ALL.map(|need| Key {
            need: Some(need),
            ..total
        }));
        keys.extend(Setting::ALL.map(|setting| Key {
            setting: Some(setting),
            ..total
        }));
        let rest = |rest: Rest| Key {
            rest_of: Some(rest),
            ..total
        };
        if is_money {
            keys.extend([Rest::Age, Rest::Need, Rest::Setting].map(rest));
        } else {
            keys.push(rest(Rest::Line));
        }
        for placement in placements() {
            let of_line = line(placement);
            keys.extend(AgeGroup::ALL.map(|age| Key {
                age: Some(age),
                ..of_line
            }));
            keys.extend(PrimaryNeed::ALL.map(|need| Key {
                need: Some(need),
                ..of_line
            }));
        }
    }
    let real = Key::new(Indicator::HighNeeds, "real");
    keys.push(real);
    let high_needs = SpendLine::ALL.into_iter().take(SpendLine::HIGH_NEEDS);
    keys.extend(high_needs.map(|line| Key {
        line: Some(line),
        ..real
    }));
    for basis in ["cash", "real"] {
        let council = Key::new(Indicator::Council, basis);
        keys.push(council);
        let first = SpendLine::EducationalPsychology.index();
        let lines = &SpendLine::ALL[first..=SpendLine::Programmes.index()];
        keys.extend(lines.iter().map(|line| Key {
            line: Some(*line),
            ..council
        }));
        let others = [
            Indicator::Transport,
            Indicator::Capital,
            Indicator::Block,
            Indicator::InYear,
            Indicator::Cumulative,
        ];
        keys.extend(others.map(|indicator| Key::new(indicator, basis)));
    }
    keys.push(Key::new(Indicator::PresentValue, "real"));
    keys
}

impl Sheet<'_> {
    /// The values, in the order of [`cells`].
    pub(super) fn values(&self) -> Vec<f64> {
        let keys = keys();
        let mut values = Vec::with_capacity(keys.len() * self.years.number());
        let mut cumulative = self.prices.opening;
        let mut present_value = 0.0;
        for year in 0..self.years.number() {
            let price = &self.prices.years[year];
            let spent = &self.spent[year];
            if self.prices.grant_year == Some(year) {
                cumulative += self.prices.stability_grant * (-cumulative).max(0.0);
            }
            let in_year = price.block - spent.high_needs();
            cumulative += in_year;
            present_value += spent.all() / price.deflator * price.discount;
            for key in &keys {
                let cash = match key.indicator {
                    Indicator::PlanYears => self.plan_years_of(year, key),
                    Indicator::HighNeeds => self.high_needs_of(year, key),
                    Indicator::Council => key
                        .line
                        .map_or(spent.council(), |line| spent.lines[line.index()]),
                    Indicator::Transport => spent.lines[SpendLine::Transport.index()],
                    Indicator::Capital => spent.lines[SpendLine::Capital.index()],
                    Indicator::Block => price.block,
                    Indicator::InYear => in_year,
                    Indicator::Cumulative => cumulative,
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
