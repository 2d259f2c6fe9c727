//! Waiting lists of health services: accounts, the published start, what options do.

use std::sync::OnceLock;

use sendsim::baseline::Baseline;
use sendsim::parameters::ParameterSet;
use sendsim::scenario::Scenario;
use sendsim::services::Services;
use sendsim::simulate::{Companion, Simulated};

use crate::changes::changed;
use crate::derby::{self, pack};

const YEARS: usize = 5;
const RUNS: u32 = 20;

fn baseline() -> &'static Baseline {
    static BASELINE: OnceLock<Baseline> = OnceLock::new();
    let make = || {
        let plain = sendsim::study::baseline(pack(), YEARS);
        sendsim::study::with_process(plain, pack())
    };
    BASELINE.get_or_init(make)
}

fn simulated(scenario: &Scenario, runs: u32) -> Simulated {
    let services = Services::new(pack(), 2025, YEARS);
    derby::simulated(baseline(), scenario, &[&services], (9, runs, YEARS))
}

fn base() -> &'static Simulated {
    static BASE: OnceLock<Simulated> = OnceLock::new();
    BASE.get_or_init(|| simulated(&Scenario::baseline(), RUNS))
}

fn under(changes: &[(&str, &str, &str, Option<&str>)]) -> Simulated {
    simulated(&changed(changes), RUNS)
}

/// An indicator of a service, run by run.
fn of(table: &Simulated, indicator: &str, service: &str, period: &str) -> Vec<f64> {
    let cells = &table.measures.cells;
    let at = cells.iter().position(|cell| {
        (cell.indicator, cell.service, cell.time_period.as_str()) == (indicator, service, period)
    });
    table.measures.of(at.expect("a row")).to_vec()
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

const PAEDIATRICS: &str = "Community paediatrics";
const SPEECH: &str = "Speech and language therapy";
const THERAPIST: &str = "Occupational therapy";

#[test]
fn every_list_is_who_came_less_who_left() {
    for service in [PAEDIATRICS, SPEECH, THERAPIST, "Physiotherapy"] {
        for (year, before, after) in [("2026", "202526", "202627"), ("2028", "202728", "202829")] {
            let get = |indicator: &str, period: &str| of(base(), indicator, service, period);
            let [list, next] = [before, after].map(|january| get("waiting_list", january));
            let [came, seen, withdrew] = ["referrals", "first_appointments", "withdrawals"]
                .map(|indicator| get(indicator, year));
            for run in 0..RUNS as usize {
                let expected = list[run] + came[run] - seen[run] - withdrew[run];
                let found = next[run];
                assert!(
                    (expected - found).abs() < 1e-6,
                    "{service} {year}: {expected} {found}"
                );
            }
        }
    }
}

#[test]
fn the_lists_start_as_published() {
    // October 2025: 3,164 children of whom 87% over 18, 70% over 52 and 26% over 104 weeks; two
    // months later by the model. Derby has 28% of the board's children.
    let get = |indicator: &str| mean(&of(base(), indicator, PAEDIATRICS, "202526"));
    assert!((get("waiting_list") - 0.28 * 3_164.0).abs() < 40.0);
    assert!((get("waiting_over_18_weeks_share") - 87.0).abs() < 5.0);
    assert!((get("waiting_over_52_weeks_share") - 70.0).abs() < 5.0);
    assert!((get("waiting_over_104_weeks_share") - 26.0).abs() < 8.0);
    let speech = mean(&of(base(), "waiting_over_18_weeks_share", SPEECH, "202526"));
    assert!((speech - 35.4).abs() < 5.0, "{speech}");
}

#[test]
fn totals_are_the_sum_of_services() {
    let services = [
        PAEDIATRICS,
        SPEECH,
        THERAPIST,
        "Physiotherapy",
        "Children's community nursing",
    ];
    let total = mean(&of(base(), "waiting_list", "Total", "202930"));
    let sum: f64 = services
        .iter()
        .map(|service| mean(&of(base(), "waiting_list", service, "202930")))
        .sum();
    assert!((total - sum).abs() < 1e-6, "{total} {sum}");
}

#[test]
fn a_recovery_list_shortens_the_list_and_waits() {
    let more = under(&[(
        "services.capacity.community-paediatrics",
        "multiply = 2",
        "2026-01-01",
        None,
    )]);
    let of_list = |table: &Simulated| mean(&of(table, "waiting_list", PAEDIATRICS, "202930"));
    assert!(of_list(&more) < 0.7 * of_list(base()));
    let needed =
        |table: &Simulated| mean(&of(table, "capacity_needed_percent", PAEDIATRICS, "2028"));
    assert!(needed(&more) < 0.6 * needed(base()));
    // Fewer families ask for a plan, so a little time for advice is left to other clinics; without
    // that feedback other services are as they were, to the bit.
    let other = |table: &Simulated| of(table, "waiting_list", SPEECH, "202930");
    let against = mean(&other(&more)) / mean(&other(base()));
    assert!((0.9..1.0).contains(&against), "{against}");
    let alone = under(&[
        (
            "services.capacity.community-paediatrics",
            "multiply = 2",
            "2026-01-01",
            None,
        ),
        ("process.requests-by-wait", "set = 0", "2025-01-01", None),
    ]);
    assert_eq!(other(&alone), other(base()));
}

#[test]
fn without_staff_nobody_is_seen_and_the_list_takes_them_all() {
    let gone = under(&[(
        "services.capacity.occupational-therapy",
        "multiply = 0",
        "2026-01-01",
        None,
    )]);
    assert!(mean(&of(&gone, "first_appointments", THERAPIST, "2027")) < 1e-9);
    let list = mean(&of(&gone, "waiting_list", THERAPIST, "202829"));
    assert!(list > 5.0 * mean(&of(base(), "waiting_list", THERAPIST, "202829")));
}

#[test]
fn with_enough_staff_a_list_is_as_short_as_a_turn() {
    let plenty = under(&[(
        "services.capacity.speech-and-language",
        "multiply = 3",
        "2026-01-01",
        None,
    )]);
    let wait = mean(&of(&plenty, "wait_weeks_p90", SPEECH, "2028"));
    assert!(wait < 1.0, "{wait}");
    let in_time = mean(&of(&plenty, "seen_within_standard_share", SPEECH, "2028"));
    assert!(in_time > 99.9, "{in_time}");
}

#[test]
fn more_assessments_take_time_from_the_clinic() {
    let open = under(&[
        (
            "process.level.refused-share",
            "multiply = 0",
            "2026-01-01",
            None,
        ),
        (
            "process.psychologists.added",
            "add = 10",
            "2026-01-01",
            None,
        ),
    ]);
    let seen =
        |table: &Simulated, service: &str| mean(&of(table, "first_appointments", service, "2028"));
    assert!(seen(&open, PAEDIATRICS) < seen(base(), PAEDIATRICS) - 1.0);
    let nursing = "Children's community nursing";
    let same = seen(&open, nursing) - seen(base(), nursing);
    assert!(same.abs() < 1e-9, "a service that gives no advice");
}

#[test]
fn every_number_of_services_is_felt() {
    let runs = 2;
    let usual = simulated(&Scenario::baseline(), runs);
    let published = [
        "community-paediatrics",
        "speech-and-language",
        "occupational-therapy",
    ];
    let numbers = ParameterSet::embedded().iter();
    let numbers = numbers.filter(|p| p.path.starts_with("services."));
    let mut number = 0;
    for passport in numbers {
        assert!(passport.scenarios, "{}", passport.path);
        let path = passport.path.as_str();
        let of_service = path.contains(".capacity.") || path.contains(".referrals.");
        if of_service && !published.iter().any(|name| path.ends_with(name)) {
            continue;
        }
        let scenario = changed(&[(path, "multiply = 0.8", "2025-01-01", None)]);
        let moved = simulated(&scenario, runs);
        let same = |a: &f64, b: &f64| a.to_bits() == b.to_bits();
        let mut pairs = usual.measures.values.iter().zip(&moved.measures.values);
        assert!(!pairs.all(|(a, b)| same(a, b)), "{path}");
        number += 1;
    }
    assert_eq!(number, 13);
}

#[test]
fn a_pack_without_lists_has_no_services() {
    let mut pack = pack().clone();
    pack.nhs_waits.clear();
    assert!(Services::new(&pack, 2025, YEARS).is_empty());
    assert!(Services::new(&pack, 2025, YEARS).cells().is_empty());
}
