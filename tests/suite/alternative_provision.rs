//! Alternative provision of the built-in area: accounts, places, published pupils, levers.

use std::path::Path;
use std::sync::OnceLock;

use crate::changes::{changed, first_day, numbers_under};
use crate::derby::{self, pack};
use sendsim::alternative_provision::AlternativeProvision;
use sendsim::area::{AreaPack, Breakdown};
use sendsim::baseline::Baseline;
use sendsim::domain::{Observed, Setting};
use sendsim::exclusions::{AreaExclusionRates, Exclusions};
use sendsim::money::{AreaCosts, Money};
use sendsim::scenario::{self, Scenario};
use sendsim::simulate::{Companion, Simulated};

const YEARS: usize = 6;
const RUNS: u32 = 80;
const PUPILS: &str = "alternative_provision_pupils";
const WAITING: &str = "alternative_provision_waiting";
const PLACES: &str = "alternative_provision_places";
const ENTRIES: &str = "alternative_provision_entries";
const RETURNS: &str = "alternative_provision_returns";
const YEAR_11: &str = "alternative_provision_year_11_leavers";
const DAYS: &str = "alternative_provision_days_waiting";
const EXCLUDED: &str = "Permanently excluded";
const OTHERS: &str = "Placed without exclusion";

fn unlimited() -> &'static Baseline {
    static BASELINE: OnceLock<Baseline> = OnceLock::new();
    BASELINE.get_or_init(|| sendsim::study::baseline(pack(), YEARS))
}

fn of_pack(pack: &AreaPack) -> Option<AlternativeProvision> {
    let exclusions = Exclusions::new(AreaExclusionRates::of(pack), 2025, YEARS);
    AlternativeProvision::of(pack, exclusions, 2025, YEARS)
}

fn simulated(pack: &AreaPack, scenario: &Scenario) -> Simulated {
    let model = of_pack(pack).expect("pupils are published");
    let money = Money::new(AreaCosts::of(pack), Some(model.clone()), 2025, YEARS);
    let companions: [&dyn Companion; 2] = [&model, &money];
    derby::simulated(unlimited(), scenario, &companions, (7, RUNS, YEARS))
}

fn under(changes: &[(&str, &str, &str)]) -> Simulated {
    let changes: Vec<_> = changes
        .iter()
        .map(|(path, operation, from)| (*path, *operation, *from, None))
        .collect();
    simulated(pack(), &changed(&changes))
}

fn base() -> &'static Simulated {
    static BASE: OnceLock<Simulated> = OnceLock::new();
    BASE.get_or_init(|| simulated(pack(), &Scenario::baseline()))
}

/// Runs of a row.
fn of(table: &Simulated, indicator: &str, category: &str, period: &str) -> Vec<f64> {
    let mut cells = table.measures.cells.iter().enumerate();
    let found = cells.find(|(_, cell)| {
        (cell.indicator, cell.category, cell.time_period.as_str()) == (indicator, category, period)
    });
    let (index, _) = found.expect("the row is there");
    table.measures.of(index).to_vec()
}

fn total(table: &Simulated, indicator: &str, period: &str) -> Vec<f64> {
    of(table, indicator, "Total", period)
}

fn mean(runs: &[f64]) -> f64 {
    runs.iter().sum::<f64>() / runs.len() as f64
}

/// The January at the end of a calendar year, as an academic year.
fn january(year: i32) -> String {
    sendsim::domain::time_period(year - 1)
}

#[test]
fn who_is_there_is_who_was_and_who_came_less_who_left() {
    for year in 2025..2025 + YEARS as i32 {
        let [pupils, waiting] = [PUPILS, WAITING]
            .map(|one| [year, year + 1].map(|january_of| total(base(), one, &january(january_of))));
        let [entries, returns, year_11] =
            [ENTRIES, RETURNS, YEAR_11].map(|one| total(base(), one, &year.to_string()));
        for run in 0..RUNS as usize {
            let before = pupils[0][run] + waiting[0][run];
            let after = pupils[1][run] + waiting[1][run];
            let flows = entries[run] - returns[run] - year_11[run];
            assert!((after - before - flows).abs() < 1e-6, "{year} run {run}");
        }
    }
    assert!(mean(&total(base(), ENTRIES, "2027")) > 20.0);
}

#[test]
fn nobody_waits_while_a_place_is_free() {
    let (mut waits, mut free) = (0, 0);
    for year in 2025..=2025 + YEARS as i32 {
        let rows = [PUPILS, WAITING, PLACES].map(|one| total(base(), one, &january(year)));
        let [excluded, others] =
            [EXCLUDED, OTHERS].map(|one| of(base(), PUPILS, one, &january(year)));
        for run in 0..RUNS as usize {
            let [pupils, waiting, places] = [&rows[0], &rows[1], &rows[2]].map(|row| row[run]);
            assert!(pupils <= places, "{pupils} in {places}");
            assert!((excluded[run] + others[run] - pupils).abs() < 1e-9);
            if waiting > 0.0 {
                assert!(
                    (pupils - places).abs() < 1.0,
                    "{waiting} wait, {pupils} in {places}"
                );
                waits += 1;
            } else {
                free += 1;
            }
        }
    }
    assert!(waits > 20 && free > 100, "{waits} {free}");
}

/// The pack with so many pupils on the base date, and no plans that name alternative provision.
fn with_pupils(pupils: f64) -> AreaPack {
    let mut pack = pack().clone();
    let rows = pack.sen_pupils.iter_mut();
    for row in rows.filter(|row| row.measure == PUPILS) {
        row.year += 2;
        row.value = Observed::Value(pupils);
    }
    let alternative = Breakdown::Setting(Setting::AlternativeProvision);
    let rows = pack.ehc_plans_history.iter_mut();
    for row in rows.filter(|row| row.breakdown == alternative) {
        row.value = Observed::Value(0.0);
    }
    pack
}

#[test]
fn the_newest_count_is_met_whether_or_not_exclusions_explain_it() {
    for pupils in [20.0, 60.0, 150.0] {
        let table = simulated(&with_pupils(pupils), &Scenario::baseline());
        let found = mean(&total(&table, PUPILS, &january(2025)));
        // Chance of the children of one future: the square root of the number.
        let error = pupils.sqrt() / f64::from(RUNS).sqrt();
        let rounding = 1.5;
        assert!(
            (found - pupils).abs() < 4.0 * error + rounding,
            "{found} of {pupils}"
        );
    }
}

#[test]
fn an_area_without_published_pupils_or_with_a_handful_has_none_told() {
    let mut unknown = pack().clone();
    unknown.sen_pupils.retain(|row| row.measure != PUPILS);
    assert!(of_pack(&unknown).is_none());
    assert!(of_pack(&with_pupils(19.0)).is_none());
    assert!(of_pack(&with_pupils(20.0)).is_some());
}

#[test]
fn money_of_hospital_schools_and_places_for_plans_are_no_places() {
    let mut other = pack().clone();
    let is_academy = |row: &&sendsim::area::Places| row.kind == "Pre-16 AP Places";
    let row = other
        .places
        .iter()
        .find(is_academy)
        .expect("there is one")
        .clone();
    for (kind, measure) in [
        (
            "Hospital Academies funding",
            "hospital_funding_autumn_spring_pounds",
        ),
        ("Hospital Academies funding", "funded_places_autumn_spring"),
        ("Pre-16 SEN places", "funded_places_autumn_spring"),
    ] {
        other.places.push(sendsim::area::Places {
            year: 2021,
            kind: kind.to_owned(),
            measure: measure.to_owned(),
            value: Observed::Value(1_000_000.0),
            ..row.clone()
        });
    }
    let table = simulated(&other, &Scenario::baseline());
    assert!(total(&table, PLACES, "202425") == total(base(), PLACES, "202425"));
}

#[test]
fn numbers_read_on_the_base_date_cannot_change_later() {
    let late = "alternative-provision.return-share.to-year-9";
    let folder = tempfile::tempdir().expect("a scratch folder");
    let path = folder.path().join("late.toml");
    let text = format!(
        "title = \"t\"\nquestion = \"q?\"\nbase = \"baseline\"\nauthor = \"a\"\ndate = 2026-01-01\n\
         not-modelled = []\n[[change]]\npath = \"{late}\"\nset = 0.9\nfrom = 2026-09-01\n\
         reason = \"r\"\nsource = \"s\"\n"
    );
    std::fs::write(&path, text).expect("written");
    let findings = scenario::load(&path, 2025).expect_err("it would change nothing");
    assert!(
        findings
            .iter()
            .any(|finding| finding.check == "read-on-base-date"),
        "{findings:?}"
    );
}

#[test]
fn without_exclusions_nobody_comes_for_one_and_others_stay_the_same() {
    let none = under(&[("exclusions.level.permanent", "multiply = 0.0", "2025-01-01")]);
    // The spring and summer of the base date belong to the academic year before the level.
    let excluded = of(&none, ENTRIES, EXCLUDED, "2026");
    assert!(mean(&excluded) < 1e-9, "{}", mean(&excluded));
    assert!(mean(&of(base(), ENTRIES, EXCLUDED, "2026")) > 10.0);
    for year in ["2026", "2028"] {
        assert_eq!(
            of(&none, ENTRIES, OTHERS, year),
            of(base(), ENTRIES, OTHERS, year)
        );
    }
    let spend = "high_needs_spend_pounds";
    let [less, more] = [&none, base()].map(|table| total(table, spend, "202829"));
    let saved: Vec<f64> = more.iter().zip(&less).map(|(a, b)| a - b).collect();
    // About 40 children with a top-up of £10,000 to £30,000 each.
    assert!(
        (0.4e6..1.4e6).contains(&mean(&saved)),
        "saved {}",
        mean(&saved)
    );
}

#[test]
fn closing_places_moves_nobody_but_lets_them_wait() {
    let closed = "alternative-provision.places.closed";
    let closed = under(&[(closed, "add = 25.0", "2026-09-01")]);
    assert!(closed.counts == base().counts, "places move a child");
    for indicator in [ENTRIES, RETURNS, YEAR_11] {
        assert_eq!(
            total(&closed, indicator, "2028"),
            total(base(), indicator, "2028")
        );
    }
    for run in 0..RUNS as usize {
        let at = |table: &Simulated, indicator: &str, january: &str| {
            total(table, indicator, january)[run]
        };
        let fewer = at(base(), PLACES, "202728") - at(&closed, PLACES, "202728");
        assert!((fewer - 25.0).abs() < 1e-9, "{fewer}");
        assert!(at(&closed, WAITING, "202728") >= at(base(), WAITING, "202728"));
        let [early, usual] = [&closed, base()].map(|table| at(table, PUPILS, "202526"));
        assert!((early - usual).abs() < 1e-9);
        // Closed in September, they are closed on the next January.
        let fewer = at(base(), PLACES, "202627") - at(&closed, PLACES, "202627");
        assert!((fewer - 25.0).abs() < 1e-9, "{fewer}");
    }
    let [more, less] = [&closed, base()].map(|table| mean(&total(table, DAYS, "2028")));
    assert!(more > less + 1_000.0, "{more} and {less} days");
    let added = "alternative-provision.places.added";
    let opened = under(&[(added, "add = 400.0", "2025-01-01")]);
    assert!(mean(&total(&opened, WAITING, "203031")) < 1e-9);
}

#[test]
fn a_place_costs_its_funding_whether_filled_or_not_and_a_child_its_top_up() {
    let spend = |table: &Simulated| total(table, "high_needs_spend_pounds", "202728");
    let waited = |table: &Simulated, year: &str| total(table, DAYS, year);
    let more = under(&[(
        "alternative-provision.places.added",
        "add = 12.0",
        "2026-09-01",
    )]);
    let [with, without] = [&more, base()].map(spend);
    let [first, second] = ["2027", "2028"].map(|year| waited(base(), year));
    let mut nobody_waits = 0;
    for run in 0..RUNS as usize {
        let rise = with[run] - without[run];
        if first[run] + second[run] < 1e-9 {
            assert!((rise - 120_000.0).abs() < 1.0, "{rise}");
            nobody_waits += 1;
        } else {
            // Who waited is no longer taught elsewhere.
            assert!(rise < 120_000.5, "{rise}");
        }
    }
    assert!(nobody_waits > 8, "{nobody_waits}");
    // With a top-up of nothing children cost nothing beyond the area's own line.
    let child = "money.alternative-provision.child";
    let free = (child, "set = 0.0", "2025-01-01");
    let none = ("exclusions.level.permanent", "multiply = 0.0", "2025-01-01");
    let place = (
        "money.alternative-provision.place",
        "set = 0.0",
        "2025-01-01",
    );
    let [usual, fewer] = [under(&[free, place]), under(&[free, place, none])].map(|t| spend(&t));
    assert!(usual == fewer);
    let [usual, fewer] = [under(&[place]), under(&[place, none])];
    let children = |table: &Simulated| {
        let [pupils, waiting] = [PUPILS, WAITING].map(|one| mean(&total(table, one, "202728")));
        pupils + waiting
    };
    let saved = mean(&spend(&usual)) - mean(&spend(&fewer));
    let per_child = saved / (children(&usual) - children(&fewer));
    // £10,000 to £30,000, raised from 2025-26 to 2027-28.
    assert!((18_000.0..26_000.0).contains(&per_child), "{per_child}");
}

#[test]
fn a_chance_of_returning_of_none_returns_nobody() {
    let level = "alternative-provision.level.return";
    let none = under(&[(level, "multiply = 0.0", "2025-01-01")]);
    assert!(mean(&total(&none, RETURNS, "2026")) < 1e-9);
    let twice = under(&[(level, "multiply = 2.0", "2025-01-01")]);
    let [usual, more] = [base(), &twice].map(|table| mean(&total(table, RETURNS, "2027")));
    assert!(more > 1.2 * usual, "{usual} {more}");
    assert_eq!(
        total(&none, ENTRIES, "2027"),
        total(&twice, ENTRIES, "2027")
    );
}

#[test]
fn every_number_of_alternative_provision_moves_it() {
    let usual = under(&[]);
    let mut number = 0;
    for passport in numbers_under("alternative-provision.") {
        let (path, from) = (passport.path.as_str(), first_day(passport));
        let operation = if path.contains(".places.") {
            "add = 20.0"
        } else {
            "multiply = 0.5"
        };
        let table = under(&[(path, operation, from)]);
        assert!(table.counts == usual.counts, "{path} moves a child");
        assert!(table.measures != usual.measures, "{path} moves nothing");
        number += 1;
    }
    assert!(number >= 8, "{number} numbers");
}

#[test]
fn children_vary_from_year_to_year_as_those_of_authorities_did() {
    // 134 authorities, 2018 to 2023: 0.22 of the log after one year, 0.42 to 0.50 after five.
    let all = |period: &str| -> Vec<f64> {
        let [pupils, waiting] = [PUPILS, WAITING].map(|one| total(base(), one, period));
        pupils.iter().zip(&waiting).map(|(a, b)| a + b).collect()
    };
    let spread = |first: i32, last: i32| {
        let [first, last] = [first, last].map(|year| all(&january(year)));
        let mut logs: Vec<f64> = first.iter().zip(&last).map(|(a, b)| (b / a).ln()).collect();
        logs.sort_by(f64::total_cmp);
        let at = |share: f64| logs[(share * logs.len() as f64) as usize];
        (at(0.84) - at(0.16)) / 2.0
    };
    let one = spread(2027, 2028);
    assert!((0.13..0.32).contains(&one), "after one year {one}");
    let five = spread(2026, 2031);
    assert!((0.35..0.75).contains(&five), "after five years {five}");
}

#[test]
fn the_example_excludes_fewer_and_returns_more() {
    let example = scenario::load(Path::new("managed-moves"), 2025).expect("a good example");
    let table = simulated(pack(), &example);
    assert!(total(&table, ENTRIES, "2025") == total(base(), ENTRIES, "2025"));
    let [with, without] = [&table, base()].map(|table| {
        let of = |indicator: &str, period: &str| mean(&total(table, indicator, period));
        [
            of(ENTRIES, "2029"),
            of(PUPILS, "203031") + of(WAITING, "203031"),
        ]
    });
    assert!(
        with[0] < without[0] && with[1] < 0.97 * without[1],
        "{with:?} {without:?}"
    );
}
