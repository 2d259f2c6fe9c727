//! The indicators of money, row by row.

use super::bands::LABELS;
use super::calendar::FinancialYears;
use super::transport;
use crate::domain::{AgeGroup, PrimaryNeed, Setting, SpendLine};
use crate::summarise::Cell;

/// Spend that follows no child's plan, where spend is told by child.
const NOT_BY_CHILD: &str = "Not by child";

/// Plans of children who are in no placement, where plan-years are told by line.
const NO_PLACEMENT: &str = "No placement";

/// The cells, in the order of the values.
pub(super) fn cells(years: FinancialYears) -> Vec<Cell> {
    let of_year = |year: usize| {
        let keys = keys().into_iter();
        keys.map(move |key| key.cell(years.name(year)))
    };
    (0..years.number()).flat_map(of_year).collect()
}

/// What a row is about, within a year.
#[derive(Debug, Clone, Copy)]
pub(super) struct Key {
    pub(super) indicator: Indicator,
    pub(super) basis: &'static str,
    pub(super) line: Option<SpendLine>,
    pub(super) age: Option<AgeGroup>,
    pub(super) need: Option<PrimaryNeed>,
    pub(super) setting: Option<Setting>,
    /// Band of top-up.
    pub(super) band: Option<usize>,
    /// Mode of transport, distance.
    pub(super) mode: Option<usize>,
    pub(super) distance: Option<usize>,
    /// The column of a margin whose rest follows no child.
    pub(super) rest_of: Option<Rest>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rest {
    Age,
    Need,
    Setting,
    Line,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Indicator {
    PlanYears,
    InBand,
    PlaceFunding,
    TopUps,
    HighNeeds,
    Council,
    Partners,
    Transport,
    TransportByDistance,
    Transported,
    Capital,
    Borrowing,
    Block,
    InYear,
    Cumulative,
    OnCouncil,
    PresentValue,
    PutIn,
}

impl Indicator {
    const fn name(self) -> (&'static str, &'static str) {
        match self {
            Self::PlanYears => ("plan_years", "plan-years"),
            Self::InBand => ("plan_years_by_band", "plan-years"),
            Self::PlaceFunding => ("place_funding_pounds", "pounds"),
            Self::TopUps => ("top_up_spend_pounds", "pounds"),
            Self::HighNeeds => ("high_needs_spend_pounds", "pounds"),
            Self::Council => ("council_spend_pounds", "pounds"),
            Self::Partners => ("partner_spend_pounds", "pounds"),
            Self::Transport => ("transport_spend_pounds", "pounds"),
            Self::TransportByDistance => ("transport_spend_by_distance_pounds", "pounds"),
            Self::Transported => ("children_with_transport", "plan-years"),
            Self::Capital => ("capital_spend_pounds", "pounds"),
            Self::Borrowing => ("borrowing_cost_pounds", "pounds"),
            Self::Block => ("high_needs_block_pounds", "pounds"),
            Self::InYear => ("dsg_in_year_balance_pounds", "pounds"),
            Self::Cumulative => ("dsg_cumulative_balance_pounds", "pounds"),
            Self::OnCouncil => ("deficit_on_council_pounds", "pounds"),
            Self::PresentValue => ("spend_present_value_pounds", "pounds"),
            Self::PutIn => ("put_in_present_value_pounds", "pounds"),
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
            band: None,
            mode: None,
            distance: None,
            rest_of: None,
        }
    }

    fn cell(self, time_period: String) -> Cell {
        let when = (time_period, "Financial year");
        let mut cell = Cell::total(self.indicator.name(), when, self.basis);
        if let Some(age) = self.age {
            cell.age_group = age.label();
        }
        if let Some(need) = self.need {
            cell.primary_need = need.label();
        }
        if let Some(setting) = self.setting {
            cell.setting = setting.label();
        }
        if let Some(line) = self.line {
            cell.category = line.label();
        }
        if let Some(band) = self.band {
            cell.category = LABELS[band];
        }
        if let Some(mode) = self.mode {
            cell.category = transport::MODE[mode];
        }
        if let Some(distance) = self.distance {
            cell.category = transport::DISTANCE[distance];
        }
        match self.rest_of {
            Some(Rest::Age) => cell.age_group = NOT_BY_CHILD,
            Some(Rest::Need) => cell.primary_need = NOT_BY_CHILD,
            Some(Rest::Setting) => cell.setting = NOT_BY_CHILD,
            Some(Rest::Line) => cell.category = NO_PLACEMENT,
            None => {}
        }
        cell
    }
}

/// Every row of a year.
pub(super) fn keys() -> Vec<Key> {
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
        let partners = Key::new(Indicator::Partners, basis);
        keys.push(partners);
        keys.extend(SpendLine::PARTNERS.map(|line| Key {
            line: Some(line),
            ..partners
        }));
        let others = [
            Indicator::Transport,
            Indicator::Capital,
            Indicator::Borrowing,
            Indicator::Block,
            Indicator::InYear,
            Indicator::Cumulative,
            Indicator::OnCouncil,
        ];
        keys.extend(others.map(|indicator| Key::new(indicator, basis)));
    }
    keys.extend(by_band());
    keys.extend(of_transport());
    keys.push(Key::new(Indicator::PresentValue, "real"));
    keys.push(Key::new(Indicator::PutIn, "real"));
    keys
}

/// Rows of transport by mode and by distance; the totals of its spend stand with the other sums.
fn of_transport() -> Vec<Key> {
    let mut keys = Vec::new();
    let modes = |total: Key| {
        (0..transport::MODES).map(move |mode| Key {
            mode: Some(mode),
            ..total
        })
    };
    for basis in ["cash", "real"] {
        keys.extend(modes(Key::new(Indicator::Transport, basis)));
        let by_distance = Key::new(Indicator::TransportByDistance, basis);
        keys.push(by_distance);
        keys.extend((0..transport::DISTANCES).map(|distance| Key {
            distance: Some(distance),
            ..by_distance
        }));
    }
    let children = Key::new(Indicator::Transported, "residence");
    keys.push(children);
    keys.extend(modes(children));
    keys
}

/// Rows of place funding and of top-ups.
fn by_band() -> Vec<Key> {
    let mut keys = Vec::new();
    for (indicator, basis) in [
        (Indicator::InBand, "residence"),
        (Indicator::TopUps, "cash"),
        (Indicator::TopUps, "real"),
    ] {
        let total = Key::new(indicator, basis);
        keys.push(total);
        keys.extend((0..LABELS.len()).map(|band| Key {
            band: Some(band),
            ..total
        }));
    }
    for basis in ["cash", "real"] {
        let total = Key::new(Indicator::PlaceFunding, basis);
        keys.push(total);
        keys.extend([SpendLine::Base, SpendLine::StateSpecial].map(|line| Key {
            line: Some(line),
            ..total
        }));
    }
    keys
}
