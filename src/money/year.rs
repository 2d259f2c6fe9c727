//! What one financial year costs.

use super::plan_costs::PlanCosts;
use super::plan_years::PlanYears;
use super::prices::Prices;
use crate::alternative_provision::AgainstBase;
use crate::domain::{Provision, Setting, SpendLine, WEEKS_PER_YEAR};
use crate::ehc_process::Team;
use crate::simulate::Future;
use crate::summarise::{Axis, Counted};

/// Spend of a year by line, cash.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Spend {
    /// Line by line.
    pub(super) lines: [f64; SpendLine::COUNT],
    /// Of it what follows no child's plan.
    pub(super) not_by_child: f64,
}

impl Spend {
    /// What the high needs block pays.
    pub(super) fn high_needs(&self) -> f64 {
        self.lines[..SpendLine::HIGH_NEEDS].iter().sum()
    }

    /// What the council pays, transport apart.
    pub(super) fn council(&self) -> f64 {
        let first = SpendLine::EducationalPsychology.index();
        self.lines[first..=SpendLine::Programmes.index()]
            .iter()
            .sum()
    }

    /// What partners pay.
    pub(super) fn partners(&self) -> f64 {
        SpendLine::PARTNERS
            .iter()
            .map(|line| self.lines[line.index()])
            .sum()
    }

    /// What a scenario puts in: its programmes, and buildings.
    pub(super) const fn put_in(&self) -> f64 {
        self.lines[SpendLine::Programmes.index()] + self.lines[SpendLine::Capital.index()]
    }

    /// Everything.
    pub(super) fn all(&self) -> f64 {
        self.lines.iter().sum()
    }
}

/// Adds up a year.
pub(super) fn spend(
    year: usize,
    costs: PlanCosts<'_>,
    future: &Future<'_>,
    alternative_provision: AgainstBase,
) -> Spend {
    let PlanCosts {
        plan_years, prices, ..
    } = costs;
    let price = &prices.years[year];
    let mut lines = [0.0; SpendLine::COUNT];
    for line in &SpendLine::ALL[..SpendLine::PLACEMENTS] {
        lines[line.index()] = costs.line(year, *line);
    }
    // The area's own line of alternative provision pays for the children there on the base date.
    let there = plan_years.at_start(Setting::AlternativeProvision);
    let alternative = SpendLine::AlternativeProvision.index();
    let paid = there * price.placements[alternative];
    let rest = (price.own.alternative_provision - paid).max(0.0);
    // Children without a plan and places follow their numbers; the rest stays.
    let [place, child] = price.alternative_provision;
    let AgainstBase {
        children,
        waiting,
        places,
    } = alternative_provision;
    // Who waits is taught at the price of a place.
    let rest = rest + place * (places + waiting) + child * children;
    let rest = rest.max(0.0);
    lines[alternative] += rest;
    lines[SpendLine::Inclusion.index()] = price.own.inclusion;
    lines[SpendLine::Hospital.index()] = price.own.hospital;
    lines[SpendLine::Therapies.index()] = price.own.therapies;
    let transport =
        |setting: Setting| plan_years.setting(year, setting) * price.transport[setting.index()];
    lines[SpendLine::Transport.index()] = Setting::ALL.into_iter().map(transport).sum();
    let [psychology, disputes] = process(year, plan_years, prices, future);
    lines[SpendLine::EducationalPsychology.index()] = psychology;
    lines[SpendLine::Casework.index()] = plan_years.all(year) * price.casework;
    lines[SpendLine::Disputes.index()] = disputes;
    lines[SpendLine::Programmes.index()] = price.programmes;
    lines[SpendLine::Capital.index()] = capital(year, prices, future);
    let together = SpendLine::ALL[..SpendLine::PLACEMENTS].iter();
    let together: f64 = together
        .filter(|line| line.is_funded_together())
        .map(|line| lines[line.index()])
        .sum();
    for (line, share) in SpendLine::PARTNERS.iter().zip(price.partners) {
        lines[line.index()] = together * share;
    }
    Spend {
        lines,
        not_by_child: rest + price.own.inclusion + price.own.hospital + price.own.therapies,
    }
}

/// Psychologists and appeals: where requests are simulated, of the year's assessments, the hours of
/// posts that a scenario adds, and the appeals that are made; otherwise in proportion to new plans.
fn process(year: usize, plan_years: &PlanYears, prices: &Prices, future: &Future<'_>) -> [f64; 2] {
    let price = &prices.years[year];
    let Some(process) = &future.record.process else {
        let new_plans = plan_years.new_plans(year);
        return [new_plans * price.psychology, new_plans * price.disputes];
    };
    let [start, end] = prices.calendar.days(year);
    let psychologists = Team::Psychologists.index();
    let work = process.staff[psychologists].work_between(start, end);
    let quarters = prices.calendar.quarters(year);
    let posts = quarters.map(|day| future.stated("process.psychologists.added", day, 0.0));
    let added = posts.iter().sum::<f64>() / 4.0 * WEEKS_PER_YEAR;
    let hours = work + added * process.hours_per_week[psychologists];
    let days = process.cases.iter().flat_map(|case| case.appealed);
    let appeals = days.filter(|day| (start..end).contains(&f64::from(*day)));
    let others = process.other_appeals.between(&process.cases, start, end);
    let appeals = appeals.count() as f64 + others * plan_years.all(year);
    [hours * price.psychologist_hour, appeals * price.appeal]
}

/// Buildings: half of what opens in a September is paid in its financial year and half in the year
/// before; what opens in the first year is paid in it.
fn capital(year: usize, prices: &Prices, future: &Future<'_>) -> f64 {
    let opened = |year: usize| opened(year, future);
    let of = |places: [f64; 2], share: f64| -> f64 {
        let price = prices.years[year].capital;
        share * (places[0] * price[0] + places[1] * price[1])
    };
    let own = if year == 0 { 1.0 } else { 0.5 };
    let next = if year + 1 < prices.years.len() {
        of(opened(year + 1), 0.5)
    } else {
        0.0
    };
    of(opened(year), own) + next
}

/// Places opened in a financial year: special schools, bases.
fn opened(year: usize, future: &Future<'_>) -> [f64; 2] {
    let capacity = |provision: Provision, period: usize| {
        let start = future
            .layout
            .margin(Counted::PlacesCapacity, period, Axis::Provision);
        start.map_or(0.0, |start| {
            f64::from(future.counts[start + provision.index()])
        })
    };
    // Periods are January and September by turns: between the Januaries around a financial year
    // lies its September.
    let rise = |provision: Provision| {
        let (before, after) = (2 * year, 2 * (year + 1));
        (capacity(provision, after) - capacity(provision, before)).max(0.0)
    };
    let mut opened = [0.0; 2];
    for provision in Provision::ALL {
        let kind = usize::from(provision.setting() != Setting::StateSpecial);
        opened[kind] += rise(provision);
    }
    opened
}
