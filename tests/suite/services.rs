//! Waiting lists of services: accounts, the published start, what options do.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use sendsim::baseline::Baseline;
use sendsim::scenario::Scenario;
use sendsim::services::Services;
use sendsim::simulate::{Companion, Simulated};

use crate::changes::{changed, first_day, numbers_under};
use crate::derby::{self, pack};

pub(crate) const YEARS: usize = 5;
pub(crate) const RUNS: u32 = 20;

pub(crate) fn baseline() -> &'static Baseline {
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

pub(crate) fn base() -> &'static Simulated {
    static BASE: OnceLock<Simulated> = OnceLock::new();
    BASE.get_or_init(|| simulated(&Scenario::baseline(), RUNS))
}

pub(crate) fn under(changes: &[(&str, &str, &str, Option<&str>)]) -> Simulated {
    simulated(&changed(changes), RUNS)
}

/// An indicator of a service, run by run.
pub(crate) fn of(table: &Simulated, indicator: &str, service: &str, period: &str) -> Vec<f64> {
    let cells = &table.measures.cells;
    let at = cells.iter().position(|cell| {
        (cell.indicator, cell.service, cell.time_period.as_str()) == (indicator, service, period)
    });
    table.measures.of(at.expect("a row")).to_vec()
}

pub(crate) fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

pub(crate) const PAEDIATRICS: &str = "Community paediatrics";
pub(crate) const SPEECH: &str = "Speech and language therapy";
const THERAPIST: &str = "Occupational therapy";
const IN_CARE: &str = "Initial health assessment (children in care)";
const NURSING: &str = "School nursing";
const MENTAL: &str = "Mental health (CAMHS)";
const EQUIPMENT: &str = "Specialist equipment";
const CHECKS: &str = "Annual health check (learning disability)";
const ADULT_CARE: &str = "Assessment for adult social care";

#[test]
fn every_list_is_who_came_less_who_left() {
    let own = [IN_CARE, NURSING, MENTAL, EQUIPMENT, CHECKS, ADULT_CARE];
    for service in [PAEDIATRICS, SPEECH, THERAPIST, "Physiotherapy"]
        .into_iter()
        .chain(own)
    {
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
        IN_CARE,
        NURSING,
        MENTAL,
        EQUIPMENT,
        CHECKS,
        ADULT_CARE,
    ];
    let total = mean(&of(base(), "waiting_list", "Total", "202930"));
    let sum: f64 = services
        .iter()
        .map(|service| mean(&of(base(), "waiting_list", service, "202930")))
        .sum();
    assert!((total - sum).abs() < 1e-6, "{total} {sum}");
    let staffed = [IN_CARE, NURSING, MENTAL, CHECKS, ADULT_CARE];
    let posts = |service: &str| mean(&of(base(), "service_posts", service, "2028"));
    let sum: f64 = staffed.into_iter().map(posts).sum();
    assert!((posts("Total") - sum).abs() < 1e-6, "{sum}");
    let budget = |service: &str| mean(&of(base(), "service_budget_pounds", service, "2028"));
    assert!((budget("Total") - budget(EQUIPMENT)).abs() < 1e-6);
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
    let listed_elsewhere = ["audiology", "dietetics", "neurodevelopmental"];
    let mut number = 0;
    for passport in numbers_under("services.") {
        assert!(passport.scenarios, "{}", passport.path);
        let path = passport.path.as_str();
        if listed_elsewhere.iter().any(|name| path.ends_with(name)) {
            continue;
        }
        let operation = if passport.is_nothing() {
            "add = 2.0"
        } else {
            "multiply = 0.8"
        };
        let from = first_day(passport);
        let scenario = changed(&[(path, operation, from, None)]);
        let moved = simulated(&scenario, runs);
        let same = |a: &f64, b: &f64| a.to_bits() == b.to_bits();
        let mut pairs = usual.measures.values.iter().zip(&moved.measures.values);
        assert!(!pairs.all(|(a, b)| same(a, b)), "{path}");
        number += 1;
    }
    assert_eq!(number, 89);
}

#[test]
fn a_pack_without_lists_has_services_whose_referrals_follow_its_children() {
    let mut pack = pack().clone();
    pack.nhs_waits.clear();
    let cells = Services::new(&pack, 2025, YEARS).cells();
    let services: BTreeSet<&str> = cells.iter().map(|cell| cell.service).collect();
    assert_eq!(services.len(), 6 + 1, "each and the total: {services:?}");
    assert!(!services.contains(&SPEECH) && services.contains(&MENTAL));
}

#[test]
fn a_published_list_takes_the_place_of_a_service_that_follows_children() {
    let mut pack = pack().clone();
    let speech = pack
        .nhs_waits
        .iter()
        .find(|list| list.service.ends_with("Speech and language"));
    let mut list = speech.expect("published").clone();
    list.service = "Mental health".to_owned();
    let newest = pack
        .nhs_waits
        .iter()
        .rev()
        .find(|one| one.service.ends_with("Speech and language"));
    list.by_weeks = newest.expect("published").by_weeks;
    list.month = newest.expect("published").month.clone();
    pack.nhs_waits.push(list);
    let services = Services::new(&pack, 2025, YEARS);
    let cells = services.cells();
    let of = |indicator: &str| {
        cells
            .iter()
            .filter(|cell| cell.service == MENTAL && cell.indicator == indicator)
            .count()
    };
    assert_eq!((of("waiting_list"), of("service_posts")), (YEARS, 0));
    assert_eq!(of("board_posts"), YEARS - 1);
    let change = |path| changed(&[(path, "add = 2.0", "2026-01-01", None)]);
    let come = "services.load.mental-health";
    let set = changed(&[(come, "set = 1.0", "2025-01-01", None)]);
    let refused = services.without_effect(&set);
    assert_eq!(refused, Some((come, false)));
    let added = change("services.added.mental-health");
    assert_eq!(services.without_effect(&added), None);
}

#[test]
fn referrals_follow_the_children_of_the_future() {
    // Of 1,000 residents under 18 some 2.7 come into care in a year; Derby has about 60,000.
    let came = mean(&of(base(), "referrals", IN_CARE, "2027"));
    assert!((130.0..200.0).contains(&came), "{came}");
    // Fewer plans, fewer who need adult care: half the new plans from 2026 on.
    let fewer = under(&[(
        "process.level.refused-share",
        "multiply = 2",
        "2026-01-01",
        None,
    )]);
    let of_2029 = |table: &Simulated, service: &str| mean(&of(table, "referrals", service, "2029"));
    assert!(of_2029(&fewer, ADULT_CARE) < of_2029(base(), ADULT_CARE));
    assert!(of_2029(&fewer, EQUIPMENT) < of_2029(base(), EQUIPMENT));
    let residents = of_2029(&fewer, IN_CARE) - of_2029(base(), IN_CARE);
    // Whoever has a plan moves away at another rate.
    assert!(residents.abs() < 2.0, "{residents}");
}

#[test]
fn a_post_sees_as_many_as_stated_and_money_buys_as_many_as_it_pays() {
    let base_date = "2025-01-01";
    // 2 posts more see 2 x 100 children more while a list is there.
    let each = ("services.each.school-nursing", "set = 100", base_date, None);
    let load = ("services.load.school-nursing", "set = 0.5", base_date, None);
    let add = (
        "services.added.school-nursing",
        "add = 2",
        "2026-01-01",
        None,
    );
    let seen = |table: &Simulated| mean(&of(table, "first_appointments", NURSING, "2028"));
    let (before, after) = (under(&[each, load]), under(&[each, load, add]));
    let more = seen(&after) - seen(&before);
    assert!((more - 200.0).abs() < 3.0, "{more}");
    let posts = |table: &Simulated| mean(&of(table, "service_posts", NURSING, "2028"));
    assert!((posts(&after) - posts(&before) - 2.0).abs() < 1e-6);
    // £100,000 a year more at £1,000 an item buy 100 more.
    let price = ("services.each.equipment", "set = 1000", base_date, None);
    let load = ("services.load.equipment", "set = 0.4", base_date, None);
    let money = (
        "services.added.equipment",
        "add = 100000",
        "2026-01-01",
        None,
    );
    let bought = |table: &Simulated| {
        let of_year = |year| mean(&of(table, "first_appointments", EQUIPMENT, year));
        (of_year("2027") + of_year("2028") + of_year("2029")) / 3.0
    };
    let (before, after) = (under(&[price, load]), under(&[price, load, money]));
    let more = bought(&after) - bought(&before);
    assert!((more - 100.0).abs() < 12.0, "{more}");
    // A price twice as high from a later day buys half as many.
    let dearer = (
        "services.each.equipment",
        "multiply = 2",
        "2026-01-01",
        None,
    );
    let fewer = bought(&under(&[price, load, dearer])) / bought(&before);
    assert!((0.44..0.56).contains(&fewer), "{fewer}");
}

#[test]
fn a_budget_that_is_too_small_is_paid_to_the_last_pound() {
    let base_date = "2025-01-01";
    let load = ("services.load.equipment", "set = 0.5", base_date, None);
    let short = under(&[load]);
    // Money is kept from one item to the next, so a year pays a little more or less than it gets.
    let years = ["2026", "2027", "2028", "2029"];
    let used: Vec<f64> = years
        .iter()
        .flat_map(|year| of(&short, "utilisation", EQUIPMENT, year))
        .collect();
    assert!((mean(&used) - 100.0).abs() < 1.5, "{}", mean(&used));
    let needed = mean(&of(
        &short,
        "service_budget_needed_pounds",
        EQUIPMENT,
        "2028",
    ));
    let there = mean(&of(&short, "service_budget_pounds", EQUIPMENT, "2028"));
    assert!(needed > 1.8 * there, "{needed} {there}");
    // Twice the budget, stated as a multiple, is told as such and needs no more for it.
    let double = (
        "services.capacity.equipment",
        "multiply = 2",
        "2026-01-01",
        None,
    );
    let double = under(&[load, double]);
    let of_2028 =
        |table: &Simulated, indicator: &str| mean(&of(table, indicator, EQUIPMENT, "2028"));
    let budget = of_2028(&double, "service_budget_pounds");
    assert!((budget / there - 2.0).abs() < 1e-6, "{budget} {there}");
    assert!(of_2028(&double, "service_budget_needed_pounds") > 0.7 * needed);
}

#[test]
fn without_posts_the_need_is_still_told() {
    let gone = under(&[(
        "services.lost.school-nursing",
        "add = 100",
        "2026-01-01",
        None,
    )]);
    let of_2028 = |indicator: &str| mean(&of(&gone, indicator, NURSING, "2028"));
    assert!(of_2028("service_posts").abs() < 1e-9);
    assert!(of_2028("service_posts_needed") > 4.0);
    assert!(
        of(&gone, "capacity_needed_percent", NURSING, "2028")
            .iter()
            .all(|p| p.is_nan())
    );
}

#[test]
fn posts_for_the_standard_bring_the_slow_list_to_it() {
    let base_date = "2025-01-01";
    let still = [
        ("services.capacity-growth", "set = 0", base_date, None),
        ("services.load.mental-health", "set = 1", base_date, None),
    ];
    let usual = under(&still);
    let of_2026 = |indicator: &str| mean(&of(&usual, indicator, MENTAL, "2026"));
    let more = of_2026("service_posts_needed") - of_2026("service_posts");
    // The slow list holds a year's referrals, the standard allows it two months'.
    assert!(more > 3.0, "{more}");
}

#[test]
fn checks_that_nobody_has_time_for_are_missed_and_do_not_pile_up() {
    let load = (
        "services.load.annual-health-check",
        "set = 0.6",
        "2025-01-01",
        None,
    );
    let short = under(&[
        load,
        ("services.capacity-growth", "set = 0.0", "2025-01-01", None),
    ]);
    let of_year = |indicator: &str| mean(&of(&short, indicator, CHECKS, "2028"));
    let (due, done, missed) = (
        of_year("referrals"),
        of_year("first_appointments"),
        of_year("withdrawals"),
    );
    assert!((done / due - 0.6).abs() < 0.12, "{done} of {due}");
    assert!((done + missed) / due > 0.9, "{done} {missed} {due}");
    let list = |period: &str| mean(&of(&short, "waiting_list", CHECKS, period));
    assert!(
        list("202930") < 1.6 * list("202627"),
        "a list that lapses stays"
    );
}

#[test]
fn sooner_notice_brings_more_children_in_care_within_the_standard() {
    let notice = (
        "services.ready-weeks.initial-health",
        "multiply = 0.2",
        "2026-01-01",
        None,
    );
    let in_time =
        |table: &Simulated| mean(&of(table, "seen_within_standard_share", IN_CARE, "2028"));
    let (before, after) = (in_time(base()), in_time(&under(&[notice])));
    assert!(after > before + 3.0, "{before} {after}");
    // Enough doctors and notice at once: everybody within four weeks.
    let doctors = (
        "services.added.initial-health",
        "add = 3",
        "2026-01-01",
        None,
    );
    let all = in_time(&under(&[
        (
            "services.ready-weeks.initial-health",
            "multiply = 0",
            "2026-01-01",
            None,
        ),
        doctors,
    ]));
    assert!(all > 99.0, "{all}");
}

#[test]
fn posts_that_are_recruited_start_when_they_are_hired_and_end_with_the_contract() {
    let lever = "title = \"t\"\nquestion = \"q?\"\n[[lever.recruit]]\nfrom = 2026-01-01\n\
                 until = 2028-01-01\nteam = \"school-nursing\"\nposts = 2\nfilled-share = 1\n\
                 months-to-hire = 6\nreason = \"r\"\nsource = \"s\"\n";
    let file = sendsim::toml_file::TomlFile::new("recruit.toml", lever);
    let scenario = sendsim::scenario::read(&file, 2025).expect("a good scenario");
    let hired = simulated(&scenario, RUNS);
    let posts = |table: &Simulated, year: &str| mean(&of(table, "service_posts", NURSING, year));
    let more = |year: &str| posts(&hired, year) - posts(base(), year);
    // Half a year of 2026, all of 2027, none of 2028.
    assert!((more("2026") - 1.0).abs() < 0.05, "{}", more("2026"));
    assert!((more("2027") - 2.0).abs() < 1e-6, "{}", more("2027"));
    // A week of 2028 begins in 2027.
    assert!(more("2028").abs() < 0.05, "{}", more("2028"));
}

#[test]
fn without_withdrawals_lists_start_as_long_and_nobody_gives_up() {
    let patient = under(&[("services.withdrawal-rate", "set = 0", "2025-01-01", None)]);
    for service in [PAEDIATRICS, NURSING, EQUIPMENT] {
        assert!(
            mean(&of(&patient, "withdrawals", service, "2027")).abs() < 1e-9,
            "{service}"
        );
        let list = |table: &Simulated| mean(&of(table, "waiting_list", service, "202526"));
        let longer = list(&patient) / list(base());
        assert!((0.95..1.3).contains(&longer), "{service}: {longer}");
    }
}
