//! Personal budgets, learning at work, residential placements and routes after 16.

use std::sync::OnceLock;

use crate::changes::changed;
use crate::derby::{self, pack};
use crate::published_folder::fixtures;
use sendsim::area::{AreaPack, ArrangementRow, Breakdown};
use sendsim::arrangements::Arrangements;
use sendsim::baseline::Baseline;
use sendsim::domain::{AgeGroup, Arrangement, ArrangementFamily, Route, Setting};
use sendsim::import::{Selection, import};
use sendsim::scenario::Scenario;
use sendsim::simulate::{Companion, Simulated};
use sendsim::summarise::Cell;

const YEARS: usize = 4;
const RUNS: u32 = 60;
const BASE_DATE: &str = "2025-01-01";

fn baseline() -> &'static Baseline {
    static BASELINE: OnceLock<Baseline> = OnceLock::new();
    BASELINE.get_or_init(|| sendsim::study::baseline(derby::pack(), YEARS))
}

fn simulated(pack: &AreaPack, scenario: &Scenario) -> Simulated {
    in_runs(pack, scenario, RUNS)
}

fn in_runs(pack: &AreaPack, scenario: &Scenario, runs: u32) -> Simulated {
    let arrangements = Arrangements::of(pack, 2025, YEARS).expect("published");
    let companions: [&dyn Companion; 1] = [&arrangements];
    derby::simulated(baseline(), scenario, &companions, (5, runs, YEARS))
}

fn base() -> &'static Simulated {
    static BASE: OnceLock<Simulated> = OnceLock::new();
    BASE.get_or_init(|| simulated(pack(), &Scenario::baseline()))
}

fn under(changes: &[(&str, &str, &str)]) -> Simulated {
    let changes: Vec<_> = changes.iter().map(|&(p, o, f)| (p, o, f, None)).collect();
    simulated(pack(), &changed(&changes))
}

/// Runs of the row with an age group and a category on the January of an academic year.
fn of(table: &Simulated, indicator: &str, [age, kind]: [&str; 2], period: &str) -> Vec<f64> {
    let wanted = |cell: &Cell| {
        cell.indicator == indicator
            && cell.time_period == period
            && (cell.age_group, cell.category) == (age, kind)
    };
    let mut cells = table.measures.cells.iter().enumerate();
    let found = cells.find(|(_, cell)| wanted(cell));
    let (index, _) = found.expect("the row is there");
    table.measures.of(index).to_vec()
}

fn total(table: &Simulated, indicator: &str, period: &str) -> f64 {
    mean(&of(table, indicator, ["Total", "Total"], period))
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn plans(table: &Simulated, age: AgeGroup, setting: &str, period: &str) -> Vec<f64> {
    let mut cells = table.counts.cells.iter().enumerate();
    let found = cells.find(|(_, cell)| {
        cell.indicator == "ehc_plans"
            && cell.time_period == period
            && (cell.age_group, cell.setting) == (age.label(), setting)
            && cell.depth() == if setting == "Total" { 1 } else { 2 }
    });
    let (index, _) = found.expect("the row is there");
    let runs = table.counts.of(index).iter();
    runs.map(|count| f64::from(*count)).collect()
}

/// January 2025: 167 personal budgets, 66 in learning at work, 9 residential placements, pooled with
/// thirty plans of England in each group.
#[test]
fn the_newest_shares_stand_on_the_base_date() {
    for (indicator, published, chance) in [
        ("personal_budgets", 167.0, 12.0),
        ("work_based_placements", 66.0, 8.0),
        ("residential_placements", 9.0, 3.0),
    ] {
        let found = total(base(), indicator, "202425");
        let error = 4.0 * chance / f64::from(RUNS).sqrt() + 0.05 * published + 1.0;
        assert!((found - published).abs() < error, "{indicator}: {found}");
    }
}

#[test]
fn kinds_and_ages_add_up_and_every_young_person_has_one_route() {
    for period in ["202425", "202829"] {
        for indicator in [
            "personal_budgets",
            "work_based_placements",
            "residential_placements",
        ] {
            let cells = base().measures.cells.iter();
            let of_indicator: Vec<&Cell> = cells
                .filter(|cell| cell.indicator == indicator && cell.time_period == period)
                .collect();
            let sum = |by_age: bool| -> f64 {
                let cells = of_indicator
                    .iter()
                    .filter(|cell| cell.depth() == 1 && (cell.age_group != "Total") == by_age);
                cells
                    .map(|cell| {
                        mean(&of(
                            base(),
                            indicator,
                            [cell.age_group, cell.category],
                            period,
                        ))
                    })
                    .sum()
            };
            let all = total(base(), indicator, period);
            assert!((sum(true) - all).abs() < 1e-6 && (sum(false) - all).abs() < 1e-6);
        }
        let routes = of(base(), "young_people_by_route", ["Total", "Total"], period);
        let young = [AgeGroup::Age16To19, AgeGroup::Age20To25];
        let young = young.map(|age| plans(base(), age, "Total", period));
        for run in 0..RUNS as usize {
            assert!((routes[run] - young[0][run] - young[1][run]).abs() < 1e-6);
        }
    }
    // Who is not in education, employment or training is in no learning at work.
    let neet = of(
        base(),
        "young_people_by_route",
        ["Total", Route::Neet.label()],
        "202425",
    );
    assert!(neet.iter().all(|count| (count - 382.0).abs() < 1e-6));
}

#[test]
fn a_share_of_all_gives_everyone_the_arrangement_and_none_gives_nobody() {
    let mut all = pack().clone();
    all.arrangements.clear();
    for age in AgeGroup::ALL {
        all.arrangements.push(ArrangementRow {
            year: 2025,
            arrangement: Arrangement::BudgetForEducation,
            breakdown: Breakdown::AgeGroup(age),
            children: sendsim::domain::Observed::Value(100.0),
            plans: 100.0,
            england_share: 0.0,
        });
    }
    let exact = [
        ("arrangements.pooling", "set = 0", BASE_DATE, None),
        (
            "arrangements.yearly-change.personal-budgets",
            "set = 0",
            BASE_DATE,
            None,
        ),
        (
            "arrangements.budget.education",
            "set = 1000",
            BASE_DATE,
            None,
        ),
    ];
    let table = simulated(&all, &changed(&exact));
    for period in ["202425", "202829"] {
        let budgets = of(&table, "personal_budgets", ["Total", "Education"], period);
        let pounds = of(
            &table,
            "personal_budget_pounds",
            ["Total", "Education"],
            period,
        );
        let plans = AgeGroup::ALL.map(|age| plans(&table, age, "Total", period));
        for run in 0..RUNS as usize {
            let expected: f64 = plans.iter().map(|of_age| of_age[run]).sum();
            assert!((budgets[run] - expected).abs() < 1e-6, "{period}");
            assert!((pounds[run] - 1_000.0 * expected).abs() < 1e-3, "{period}");
        }
    }
    // What is not published is not told, and no route of its own.
    let mut told = table.measures.cells.iter();
    let internship = Route::Internship.label();
    assert!(
        !told.any(|cell| {
            cell.indicator == "work_based_placements" || cell.category == internship
        })
    );
    let path = "arrangements.level.personal-budgets";
    let none = under(&[(path, "set = 0", "2026-06-01")]);
    assert!(total(&none, "personal_budgets", "202526") > 100.0);
    assert!(total(&none, "personal_budgets", "202627").abs() < 1e-9);
}

#[test]
fn added_internships_are_taken_from_colleges_and_move_no_plan() {
    let added = under(&[("arrangements.internships-added", "add = 40", "2026-09-01")]);
    assert_eq!(added.counts.values, base().counts.values);
    let more = |indicator: &str, kind: &str, period: &str| {
        let of = |table: &Simulated| mean(&of(table, indicator, ["Total", kind], period));
        of(&added) - of(base())
    };
    let internships = Arrangement::SupportedInternship.label();
    assert!(more("work_based_placements", internships, "202526").abs() < 1e-9);
    for period in ["202627", "202829"] {
        let found = more("work_based_placements", internships, period);
        // 40 by chance: a standard deviation of 6 over the square root of the runs.
        assert!((found - 40.0).abs() < 4.0, "{period}: {found}");
        let route = |route: Route| more("young_people_by_route", route.label(), period);
        assert!((route(Route::Internship) - found).abs() < 1e-6);
        assert!(route(Route::Apprenticeship).abs() < 1e-9 && route(Route::Neet).abs() < 1e-9);
        let others = [Route::College, Route::Specialist, Route::Elsewhere].map(route);
        assert!((others.iter().sum::<f64>() + found).abs() < 1e-6);
    }
}

#[test]
fn every_number_of_arrangements_is_felt() {
    let runs = 6;
    let usual = in_runs(pack(), &Scenario::baseline(), runs);
    for passport in crate::changes::numbers_under("arrangements.") {
        let path = passport.path.as_str();
        let operation = match passport.newest().expect("stated").value.range() {
            _ if path.contains("persistence") => "set = 0.2",
            (_, high) if high.abs() <= 0.0 => "add = 10",
            _ => "multiply = 1.5",
        };
        let from = crate::changes::first_day(passport);
        let scenario = changed(&[(path, operation, from, None)]);
        let moved = in_runs(pack(), &scenario, runs);
        assert!(
            usual.measures != moved.measures,
            "nothing moves with {path}"
        );
        assert_eq!(moved.counts.values, usual.counts.values, "{path}");
    }
}

/// Invented authorities: two in a hundred plans have a personal budget for education, six for social
/// care, one integrated, a fifth of a hundred for health, and half of a hundred of no one kind.
#[test]
fn published_arrangements_become_shares_of_the_plans_that_may_have_them() {
    let packs = import(&fixtures(), &Selection::All, None).expect("read");
    let area = |name: &str| {
        let mut found = packs.iter().filter(|one| one.pack.manifest.name == name);
        &found.next().expect("there").pack
    };
    let west = area("Westmarch");
    let row = |pack: &'static str, kind: Arrangement, breakdown: Breakdown| -> ArrangementRow {
        let rows = area(pack).arrangements.iter();
        let newest = rows.clone().map(|row| row.year).max();
        let mut found = rows.filter(|row| {
            Some(row.year) == newest && (row.arrangement, row.breakdown) == (kind, breakdown)
        });
        found.next().expect("the row is there").clone()
    };
    let of_plans = west.ehc_plans_history.iter().find(|row| {
        row.year == west.manifest.base_year
            && row.measure == "plans"
            && row.breakdown == Breakdown::Total
    });
    let all = of_plans
        .and_then(|row| row.value.value())
        .expect("published");
    let care = row(
        "Westmarch",
        Arrangement::BudgetForSocialCare,
        Breakdown::Total,
    );
    assert_eq!(care.children.value(), Some((0.06 * all).round()));
    assert!((care.plans - all).abs() < 1e-9 && (care.england_share - 0.06).abs() < 0.002);
    let other = row("Westmarch", Arrangement::BudgetOther, Breakdown::Total);
    assert_eq!(other.children.value(), Some((0.005 * all).round()));
    // Kinds of learning at work count against those who may have them, from 16 on.
    let band = Breakdown::AgeGroup(AgeGroup::Age16To19);
    let interns = row("Westmarch", Arrangement::SupportedInternship, band);
    let share = interns.children.value().expect("published") / interns.plans;
    assert!((0.04..0.12).contains(&share), "{interns:?}");
    let setting = Breakdown::Setting(Setting::IndependentSpecial);
    let all_year = row("Westmarch", Arrangement::Residential52Weeks, setting);
    assert!((all_year.england_share - 0.1).abs() < 0.03, "{all_year:?}");
    // Southmarch published no ages: England's share is all that is known of them.
    let silent = row("Southmarch", Arrangement::BudgetForSocialCare, band);
    assert_eq!(silent.children.value(), None);
    assert!(silent.england_share > 0.03 && Arrangements::of(area("Southmarch"), 2025, 2).is_some());
    assert_eq!(ArrangementFamily::ALL.len(), 3);
}
