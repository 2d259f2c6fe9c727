//! Reviews that prepare for adulthood, and moves to adult social care.

use std::sync::OnceLock;

use crate::changes::changed;
use crate::derby::{self, pack};
use sendsim::adulthood::Adulthood;
use sendsim::baseline::Baseline;
use sendsim::scenario::Scenario;
use sendsim::services::Services;
use sendsim::simulate::{Companion, Simulated};

const YEARS: usize = 4;
const RUNS: u32 = 20;

fn baseline() -> &'static Baseline {
    static BASELINE: OnceLock<Baseline> = OnceLock::new();
    BASELINE.get_or_init(|| {
        let plain = sendsim::study::baseline(pack(), YEARS);
        sendsim::study::with_process(plain, pack())
    })
}

fn simulated(scenario: &Scenario) -> Simulated {
    let adulthood = Adulthood::of(pack(), 2025, YEARS).expect("published by age");
    let services = Services::new(pack(), 2025, YEARS);
    let companions: [&dyn Companion; 2] = [&adulthood, &services];
    derby::simulated(baseline(), scenario, &companions, (7, RUNS, YEARS))
}

fn base() -> &'static Simulated {
    static BASE: OnceLock<Simulated> = OnceLock::new();
    BASE.get_or_init(|| simulated(&Scenario::baseline()))
}

fn under(path: &str, operation: &str, from: &str) -> Simulated {
    simulated(&changed(&[(path, operation, from, None)]))
}

fn of(table: &Simulated, indicator: &str, part: [&str; 3], year: &str) -> Vec<f64> {
    let mut cells = table.measures.cells.iter().enumerate();
    let found = cells.find(|(_, cell)| {
        cell.indicator == indicator
            && cell.time_period == year
            && [cell.age_group, cell.service, cell.category] == part
    });
    let (index, _) = found.expect("the row is there");
    table.measures.of(index).to_vec()
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

const ALL: [&str; 3] = ["Total", "Total", "Total"];
const fn aged(band: &'static str) -> [&'static str; 3] {
    [band, "Total", "Total"]
}

/// Derby, calendar year 2024: of reviews due at 16 to 19, 359 of 866 were held; at 20 and over 39 of
/// 307; of all 1,574 of 3,502.
#[test]
fn reviews_are_held_at_each_age_as_often_as_published() {
    let held = |band: &'static str| {
        mean(&of(
            base(),
            "transition_reviews_held_percent",
            aged(band),
            "2025",
        ))
    };
    let drawn = 0.04;
    for (band, published) in [("16 to 19", 359.0 / 866.0), ("20 to 25", 39.0 / 307.0)] {
        let found = held(band) / 100.0;
        assert!((found - published).abs() < drawn, "{band}: {found}");
    }
    assert!(held("13 to 15") > held("16 to 19") && held("16 to 19") > held("20 to 25"));
    for year in ["2025", "2028"] {
        for indicator in ["transition_reviews_due", "transition_reviews_held"] {
            let all = of(base(), indicator, ALL, year);
            let bands = ["13 to 15", "16 to 19", "20 to 25"];
            let bands = bands.map(|band| of(base(), indicator, aged(band), year));
            for run in 0..RUNS as usize {
                let sum: f64 = bands.iter().map(|of_band| of_band[run]).sum();
                assert!((sum - all[run]).abs() < 1e-4, "{indicator} {year}");
            }
        }
    }
}

#[test]
fn more_reviews_are_held_where_a_scenario_holds_more_and_never_more_than_are_due() {
    let path = "process.level.reviews";
    let half_more = under(path, "multiply = 1.5", "2026-01-01");
    let held = |table: &Simulated, year: &str| {
        mean(&of(
            table,
            "transition_reviews_held_percent",
            aged("20 to 25"),
            year,
        ))
    };
    assert!((held(&half_more, "2025") - held(base(), "2025")).abs() < 1e-9);
    let ratio = held(&half_more, "2026") / held(base(), "2026");
    assert!((ratio - 1.5).abs() < 1e-3, "{ratio}");
    let all = under(path, "multiply = 50", "2026-01-01");
    let share = held(&all, "2027");
    assert!((97.9..=98.1).contains(&share), "{share}");
}

#[test]
fn those_assessed_move_to_adult_care_as_often_as_stated() {
    let seen = |table: &Simulated, year: &str| {
        let service = "Assessment for adult social care";
        of(
            table,
            "first_appointments",
            ["Total", service, "Total"],
            year,
        )
    };
    let moves = |table: &Simulated, when: &'static str, year: &str| {
        of(table, "moves_to_adult_care", ["Total", "Total", when], year)
    };
    let path = "adulthood.care-share";
    let all = under(path, "set = 1", "2025-01-01");
    let none = under(path, "set = 0", "2025-01-01");
    for run in 0..RUNS as usize {
        let year = "2027";
        let total = moves(&all, "Total", year)[run];
        assert!((total - seen(&all, year)[run]).abs() < 1e-6);
        let parts = ["Assessed before the 18th birthday", "Assessed after it"];
        let parts: f64 = parts.map(|when| moves(&all, when, year)[run]).iter().sum();
        assert!((parts - total).abs() < 1e-6);
        assert!(moves(&none, "Total", year)[run].abs() < 1e-9);
    }
    // Fewer posts: later, and past the birthday.
    let late = |table: &Simulated| mean(&moves(table, "Assessed after it", "2028"));
    let path = "services.capacity.adult-care-assessment";
    let short = under(path, "multiply = 0.6", "2026-01-01");
    assert!(late(&short) > late(base()) + 5.0);
}
