//! The indicators of arrangements, row by row, and their sums on one January.

use super::{FAMILIES, KINDS};
use crate::domain::{AgeGroup, Arrangement, ArrangementFamily, Route, time_period};
use crate::summarise::Cell;

const AGES: usize = AgeGroup::COUNT;
/// Pounds a year of personal budgets, at the prices of 2025-26.
const POUNDS: (&str, &str) = ("personal_budget_pounds", "pounds");
const ROUTES: (&str, &str) = ("young_people_by_route", "young people");
/// Ages of young people, whose routes are told: 16, 17, 18, 19, 20 to 25.
const YOUNG: [&str; 5] = ["16", "17", "18", "19", "20 to 25"];

const fn indicator(family: ArrangementFamily) -> (&'static str, &'static str) {
    match family {
        ArrangementFamily::PersonalBudget => ("personal_budgets", "plans"),
        ArrangementFamily::WorkBased => ("work_based_placements", "plans"),
        ArrangementFamily::Residential => ("residential_placements", "plans"),
    }
}

/// Routes that are told where learning at work is published or not.
fn routes(families: &[ArrangementFamily]) -> impl Iterator<Item = Route> {
    let known = families.contains(&ArrangementFamily::WorkBased);
    let at_work = |route: &Route| matches!(route, Route::Internship | Route::Apprenticeship);
    Route::ALL
        .into_iter()
        .filter(move |route| known || !at_work(route))
}

/// The cells of a January, in the order of [`Sums::values`].
pub(super) fn of_january(january: i32, families: &[ArrangementFamily]) -> Vec<Cell> {
    let when = || (time_period(january - 1), "January");
    let mut cells = Vec::new();
    for &family in families {
        let total = || Cell::total(indicator(family), when(), "residence");
        cells.push(total());
        cells.extend(family.arrangements().map(|kind| Cell {
            category: kind.label(),
            ..total()
        }));
        cells.extend(AgeGroup::ALL.map(|age| Cell {
            age_group: age.label(),
            ..total()
        }));
    }
    if families.contains(&ArrangementFamily::PersonalBudget) {
        let pounds = || Cell::total(POUNDS, when(), "real");
        cells.push(pounds());
        let budgets = ArrangementFamily::PersonalBudget.arrangements();
        cells.extend(budgets.map(|kind| Cell {
            category: kind.label(),
            ..pounds()
        }));
    }
    let all = || Cell::total(ROUTES, when(), "residence");
    cells.push(all());
    let of_route = |route: Route| Cell {
        category: route.label(),
        ..all()
    };
    cells.extend(routes(families).map(of_route));
    for age in YOUNG {
        let of_age = |cell: Cell| Cell {
            age_group: age,
            ..cell
        };
        cells.push(of_age(all()));
        cells.extend(routes(families).map(|route| of_age(of_route(route))));
    }
    cells
}

/// Children with arrangements on one January.
#[derive(Debug, Clone, Default)]
pub(super) struct Sums {
    kinds: [i32; KINDS],
    ages: [[i32; AGES]; FAMILIES],
    routes: [[i32; Route::COUNT]; YOUNG.len()],
}

impl Sums {
    /// Adds one child, or takes one away.
    pub(super) fn add(
        &mut self,
        arranged: [Option<Arrangement>; FAMILIES],
        age: AgeGroup,
        by: i32,
    ) {
        for kind in arranged.into_iter().flatten() {
            self.kinds[kind.index()] += by;
            self.ages[kind.family().index()][age.index()] += by;
        }
    }

    /// Adds a young person to a route, or takes one away.
    pub(super) fn add_route(&mut self, age: u8, route: Route, by: i32) {
        if let Some(years) = age.checked_sub(Route::FIRST_AGE) {
            let age = usize::from(years).min(YOUNG.len() - 1);
            self.routes[age][route as usize] += by;
        }
    }

    /// The values of a January, with the yearly value of each kind of budget.
    pub(super) fn values(&self, pounds: &[f64; KINDS], families: &[ArrangementFamily]) -> Vec<f64> {
        let mut values = Vec::new();
        for family in families {
            let of_kinds: Vec<f64> = family
                .arrangements()
                .map(|kind| f64::from(self.kinds[kind.index()]))
                .collect();
            values.push(of_kinds.iter().sum());
            values.extend(of_kinds);
            values.extend(self.ages[family.index()].map(f64::from));
        }
        if families.contains(&ArrangementFamily::PersonalBudget) {
            let spent: Vec<f64> = ArrangementFamily::PersonalBudget
                .arrangements()
                .map(|kind| f64::from(self.kinds[kind.index()]) * pounds[kind.index()])
                .collect();
            values.push(spent.iter().sum());
            values.extend(spent);
        }
        let of_route = |route: Route| -> f64 {
            let ages = self.routes.iter();
            ages.map(|age| f64::from(age[route as usize])).sum()
        };
        values.push(Route::ALL.map(of_route).iter().sum());
        values.extend(routes(families).map(of_route));
        for age in &self.routes {
            values.push(f64::from(age.iter().sum::<i32>()));
            values.extend(routes(families).map(|route| f64::from(age[route as usize])));
        }
        values
    }
}
