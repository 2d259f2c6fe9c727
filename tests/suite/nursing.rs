//! Children's nurses on duty at night and at weekends, on the built-in area.

use std::sync::OnceLock;

use sendsim::scenario::{self, Scenario};
use sendsim::services::{OutOfHours, Services};
use sendsim::simulate::{Companion, Simulated};

use crate::changes::{changed, numbers_under};
use crate::derby::{self, pack};
use crate::services::{RUNS, YEARS, baseline, mean, of};

const BASE_DATE: &str = "2025-01-01";
const WEEKDAYS: &str = "community-nursing.weekday-hours";
const WEEKENDS: &str = "community-nursing.weekend-hours";
const HOSPITAL: &str = "community-nursing.hospital-share";
const ALL_YEARS: [&str; YEARS] = ["2025", "2026", "2027", "2028", "2029"];
/// All that is told.
const INDICATORS: [&str; 7] = [
    "nursing_contacts_needed",
    "nursing_contacts_on_duty",
    "nursing_contacts_waited",
    "nursing_contacts_to_hospital",
    "nursing_wait_hours_mean",
    "nursing_hours_a_week",
    "nursing_duty_posts",
];

fn simulated(scenario: &Scenario) -> Simulated {
    let model = OutOfHours::new(2025, YEARS);
    derby::simulated(baseline(), scenario, &[&model], (9, RUNS, YEARS))
}

fn base() -> &'static Simulated {
    static BASE: OnceLock<Simulated> = OnceLock::new();
    BASE.get_or_init(|| simulated(&Scenario::baseline()))
}

fn under(changes: &[(&str, &str, &str)]) -> Simulated {
    let changes: Vec<_> = changes
        .iter()
        .map(|(path, operation, from)| (*path, *operation, *from, None))
        .collect();
    simulated(&changed(&changes))
}

fn get(table: &Simulated, indicator: &str, year: &str) -> Vec<f64> {
    of(table, indicator, "Total", year)
}

/// Over all runs and years.
fn sum(table: &Simulated, indicator: &str) -> f64 {
    let of_year = |year: &&str| get(table, indicator, year).iter().sum::<f64>();
    ALL_YEARS.iter().map(of_year).sum()
}

#[test]
fn every_contact_is_seen_at_once_waits_or_goes_to_hospital() {
    for year in ALL_YEARS {
        let needed = get(base(), "nursing_contacts_needed", year);
        let parts = ["on_duty", "waited", "to_hospital"]
            .map(|part| get(base(), &format!("nursing_contacts_{part}"), year));
        for run in 0..RUNS as usize {
            let told: f64 = parts.iter().map(|part| part[run]).sum();
            assert!((needed[run] - told).abs() < 1e-6, "{year}");
        }
    }
}

#[test]
fn contacts_follow_the_stated_numbers() {
    let stated = under(&[
        ("community-nursing.children-per-plan", "set = 1", BASE_DATE),
        ("community-nursing.contacts-a-year", "set = 10", BASE_DATE),
    ]);
    // Ten for each of Derby's plans of ages 0 to 17 for these needs.
    let needs = ["PD", "PMLD", "MSI"];
    let rows = pack().ehc_plans.iter();
    let plans: u32 = rows
        .filter(|row| row.age <= 17 && needs.contains(&row.need.code()))
        .map(|row| row.plans)
        .sum();
    let needed = mean(&get(&stated, "nursing_contacts_needed", "2025"));
    let against = needed / (10.0 * f64::from(plans));
    assert!((0.9..1.1).contains(&against), "{needed} of {plans} plans");
}

#[test]
fn contacts_outside_duty_are_the_part_of_the_week_without_a_nurse() {
    let needed = sum(base(), "nursing_contacts_needed");
    let outside = 1.0 - sum(base(), "nursing_contacts_on_duty") / needed;
    let expected: f64 = 1.0 - 40.0 / 168.0;
    let error = (expected * (1.0 - expected) / needed).sqrt();
    assert!(
        (outside - expected).abs() < 4.0 * error,
        "{outside} {error}"
    );
    let hours = mean(&get(base(), "nursing_hours_a_week", "2027"));
    assert!((hours - 40.0).abs() < 1e-6, "{hours}");
}

#[test]
fn waits_are_those_of_four_nights_and_a_weekend() {
    let patient = under(&[(HOSPITAL, "set = 0", BASE_DATE)]);
    assert!(sum(&patient, "nursing_contacts_to_hospital").abs() < 1e-9);
    // Gaps of 16 hours four times and of 64 hours: the mean wait is (4 x 16^2 + 64^2) / 2 / 128 = 20.
    let weighted: f64 = ALL_YEARS
        .iter()
        .flat_map(|year| {
            let waits = get(&patient, "nursing_wait_hours_mean", year);
            let waited = get(&patient, "nursing_contacts_waited", year);
            waits
                .into_iter()
                .zip(waited)
                .map(|(hours, number)| hours * number)
        })
        .sum();
    let waited = sum(&patient, "nursing_contacts_waited");
    // The standard deviation of a wait is 18 hours.
    let error = 18.0 / waited.sqrt();
    assert!(
        (weighted / waited - 20.0).abs() < 4.0 * error,
        "{} {error}",
        weighted / waited
    );
    // The stated share goes to hospital.
    let half = under(&[(HOSPITAL, "set = 0.5", BASE_DATE)]);
    let [gone, waited] =
        ["to_hospital", "waited"].map(|part| sum(&half, &format!("nursing_contacts_{part}")));
    let share = gone / (gone + waited);
    assert!(
        (share - 0.5).abs() < 2.0 / (gone + waited).sqrt(),
        "{share}"
    );
}

#[test]
fn with_every_hour_covered_nobody_waits_and_with_none_everybody_goes_to_hospital() {
    let always = under(&[
        (WEEKDAYS, "set = 24", BASE_DATE),
        (WEEKENDS, "set = 24", BASE_DATE),
    ]);
    let never = under(&[(WEEKDAYS, "set = 0", BASE_DATE)]);
    for year in ALL_YEARS {
        let needed = get(base(), "nursing_contacts_needed", year);
        // The same contacts, whoever is on duty.
        assert_eq!(get(&always, "nursing_contacts_on_duty", year), needed);
        assert_eq!(get(&never, "nursing_contacts_to_hospital", year), needed);
        for table in [&always, &never] {
            assert!(
                get(table, "nursing_wait_hours_mean", year)
                    .iter()
                    .all(|hours| hours.is_nan())
            );
        }
        assert!((mean(&get(&always, "nursing_hours_a_week", year)) - 168.0).abs() < 1e-6);
        assert!(mean(&get(&never, "nursing_duty_posts", year)).abs() < 1e-9);
    }
}

#[test]
fn posts_follow_hours_and_hours_their_date() {
    let stated = [
        ("community-nursing.nurses-on-duty", "set = 2", BASE_DATE),
        ("community-nursing.hours-per-post", "set = 30", BASE_DATE),
    ];
    let weekends = (WEEKENDS, "set = 10", "2027-01-01");
    let [usual, longer] = [under(&stated), under(&[stated[0], stated[1], weekends])];
    let posts = |table: &Simulated, year: &str| mean(&get(table, "nursing_duty_posts", year));
    assert!((posts(&usual, "2028") - 2.0 * 40.0 / 30.0).abs() < 1e-5);
    assert!((posts(&longer, "2028") - 2.0 * 60.0 / 30.0).abs() < 1e-5);
    for indicator in INDICATORS {
        for year in ["2025", "2026"] {
            let bits = |table: &Simulated| -> Vec<u64> {
                get(table, indicator, year)
                    .iter()
                    .map(|value| value.to_bits())
                    .collect()
            };
            assert_eq!(bits(&usual), bits(&longer), "{indicator} {year}");
        }
    }
    let outside = |year: &str| {
        let part = |of: &str| mean(&get(&longer, &format!("nursing_contacts_{of}"), year));
        1.0 - part("on_duty") / part("needed")
    };
    assert!(
        outside("2028") < outside("2025") - 0.08,
        "{} {}",
        outside("2025"),
        outside("2028")
    );
}

#[test]
fn nurses_move_no_child_and_no_other_number() {
    let services = Services::new(pack(), 2025, YEARS);
    let nursing = OutOfHours::new(2025, YEARS);
    let run = |scenario: &Scenario, companions: &[&dyn Companion]| {
        derby::simulated(baseline(), scenario, companions, (9, 3, YEARS))
    };
    let bits =
        |values: &[f64]| -> Vec<u64> { values.iter().map(|value| value.to_bits()).collect() };
    let alone = run(&Scenario::baseline(), &[&services]);
    let always = changed(&[(WEEKDAYS, "set = 24", BASE_DATE, None)]);
    let both = run(&always, &[&services, &nursing]);
    assert_eq!(alone.counts.values, both.counts.values);
    for (at, cell) in alone.measures.cells.iter().enumerate() {
        assert_eq!(*cell, both.measures.cells[at]);
        assert_eq!(
            bits(alone.measures.of(at)),
            bits(both.measures.of(at)),
            "{cell:?}"
        );
    }
    let told = services.cells().len() + nursing.cells().len();
    assert_eq!(both.measures.cells.len(), told);
}

#[test]
fn every_number_of_community_nursing_is_felt() {
    let mut number = 0;
    for passport in numbers_under("community-nursing.") {
        assert!(passport.scenarios, "{}", passport.path);
        let operation = if passport.is_nothing() {
            "add = 2.0"
        } else {
            "multiply = 0.8"
        };
        let moved = under(&[(passport.path.as_str(), operation, "2025-06-01")]);
        let mut pairs = base().measures.values.iter().zip(&moved.measures.values);
        assert!(
            !pairs.all(|(a, b)| a.to_bits() == b.to_bits()),
            "{}",
            passport.path
        );
        number += 1;
    }
    assert_eq!(number, 8);
}

#[test]
fn the_example_brings_fewer_children_to_hospital() {
    let example = scenario::load("nursing-out-of-hours".as_ref(), 2025).expect("an example");
    let longer = simulated(&example);
    let of_2028 = |table: &Simulated, indicator: &str| mean(&get(table, indicator, "2028"));
    assert!((of_2028(&longer, "nursing_hours_a_week") - 98.0).abs() < 1e-6);
    let hospital = |table: &Simulated| of_2028(table, "nursing_contacts_to_hospital");
    // 70 of 168 hours without a nurse instead of 128.
    let against = hospital(&longer) / hospital(base());
    assert!((against - 70.0 / 128.0).abs() < 0.03, "{against}");
    let nights = of_2028(&longer, "nursing_wait_hours_mean");
    assert!(
        (nights - 5.0).abs() < 0.5,
        "every night is 10 hours: {nights}"
    );
}
