//! What one financial year costs.

use super::added_staff::added_staff;
use super::calendar::FinancialYears;
use super::plan_costs::PlanCosts;
use super::plan_years::PlanYears;
use super::prices::Prices;
use crate::alternative_provision::AgainstBase;
use crate::domain::{Setting, SpendLine};
use crate::ehc_process::Team;
use crate::simulate::Future;

/// Spend of a year by line, cash.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Spend {
    /// Line by line.
    pub(super) lines: [f64; SpendLine::COUNT],
    /// Of it posts and locums that a scenario adds.
    pub(super) added_posts: f64,
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

    /// What a scenario puts in: its programmes, posts and buildings.
    pub(super) const fn put_in(&self) -> f64 {
        self.lines[SpendLine::Programmes.index()]
            + self.lines[SpendLine::Capital.index()]
            + self.added_posts
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
    let transport = |setting: Setting| {
        plan_years.setting(year, setting) * price.transport.cost(setting, None, None)
    };
    lines[SpendLine::Transport.index()] = Setting::ALL.into_iter().map(transport).sum();
    let process = process(year, plan_years, prices, future);
    let [psychologists, officers] = process.added_staff;
    let casework = plan_years.all(year) * price.casework;
    lines[SpendLine::EducationalPsychology.index()] = process.psychologists + psychologists;
    lines[SpendLine::Casework.index()] = casework + officers;
    lines[SpendLine::Disputes.index()] = process.disputes;
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
        added_posts: psychologists + officers,
        not_by_child: rest + price.own.inclusion + price.own.hospital + price.own.therapies,
    }
}

/// What the plan process costs in a year.
struct Process {
    psychologists: f64,
    disputes: f64,
    /// Posts and locums that a scenario adds: psychologists, case officers.
    added_staff: [f64; Team::COUNT],
}

/// Psychologists and appeals: where requests are simulated, of the year's assessments, the posts that a
/// scenario adds, mediations and the appeals that are made; otherwise in proportion to new plans.
fn process(year: usize, plan_years: &PlanYears, prices: &Prices, future: &Future<'_>) -> Process {
    let price = &prices.years[year];
    let Some(process) = &future.record.process else {
        let new_plans = plan_years.new_plans(year);
        return Process {
            psychologists: new_plans * price.psychology,
            disputes: new_plans * price.disputes,
            added_staff: [0.0; Team::COUNT],
        };
    };
    let [start, end] = prices.calendar.days(year);
    let psychologists = Team::Psychologists.index();
    let hours = process.staff[psychologists].work_between(start, end);
    let days = process.cases.iter().flat_map(|case| case.appealed);
    let appeals = days.filter(|day| (start..end).contains(&f64::from(*day)));
    let others = process.other_appeals.between(&process.cases, start, end);
    let appeals = appeals.count() as f64 + others * plan_years.all(year);
    let days = process.cases.iter().flat_map(|case| case.mediated);
    let mediations = days.filter(|day| (start..end).contains(&f64::from(*day)));
    let mediations = mediations.count() as f64;
    Process {
        psychologists: hours * price.psychologist_hour,
        disputes: appeals * price.appeal + mediations * price.mediation,
        added_staff: added_staff(price, (start, end), future),
    }
}

/// Buildings: half of what opens is paid in its financial year and half in the year before; what opens
/// in the first year is paid in it.
fn capital(year: usize, prices: &Prices, future: &Future<'_>) -> f64 {
    let opened = |year: usize| opened(year as i32, prices.calendar, future);
    let of = |places: [f64; 2], share: f64| -> f64 {
        let price = prices.years[year].capital;
        share * (places[0] * price[0] + places[1] * price[1])
    };
    let own = if year == 0 { 1.0 } else { 0.5 };
    of(opened(year), own) + of(opened(year + 1), 0.5)
}

/// Places that open in a financial year: special schools, bases. Those that open before the first of
/// them count in it.
fn opened(year: i32, calendar: FinancialYears, future: &Future<'_>) -> [f64; 2] {
    let mut opened = [0.0; 2];
    for opening in &future.record.openings {
        if calendar.holding(opening.day).max(0) == year {
            let is_base = opening.provision.setting() != Setting::StateSpecial;
            opened[usize::from(is_base)] += opening.places;
        }
    }
    opened
}
