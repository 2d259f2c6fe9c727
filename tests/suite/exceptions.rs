//! Exceptions to the 20 weeks: what is published with and without them, and what the model makes of it.

use std::sync::OnceLock;

use sendsim::baseline::Baseline;
use sendsim::domain::Date;
use sendsim::ehc_process::{AreaProcess, Exceptions, Numbers, Settings, YearOfProcess};
use sendsim::parameters::ParameterSet;
use sendsim::scenario::Scenario;
use sendsim::simulate::Simulated;
use sendsim::timeliness::Timeliness;

use crate::changes::changed;
use crate::derby::{self, pack};

const YEARS: usize = 4;
const RUNS: u32 = 40;

/// Exceptions that the published years before an origin give, and a surprise [standard deviations].
fn foreseen(origin: i32, surprise: f64) -> Exceptions {
    let newest = AreaProcess::of(pack());
    let area = AreaProcess {
        base_year: origin,
        years: newest
            .years
            .iter()
            .copied()
            .filter(|year| year.year < origin)
            .collect(),
        plans: newest.plans,
    };
    let base = Date::january(2025);
    let stated = |path: &str| ParameterSet::embedded().uncertain(path, base).central();
    let numbers = Numbers {
        stated: &stated,
        normal: &|key| match key {
            "process.exception-share-late.level" => surprise,
            _ => 0.0,
        },
    };
    // Exceptions do not depend on the set of staff and times.
    let fits = baseline().fits().expect("fitted");
    Settings::new(&area, &fits.sets[0], &numbers).exceptions
}

fn published(year: i32) -> YearOfProcess {
    let area = AreaProcess::of(pack());
    let mut years = area.years.into_iter();
    years.find(|of| of.year == year).expect("published")
}

/// Per cent within 20 weeks, of all plans and of those without an exception.
fn shares(year: i32) -> [f64; 2] {
    let of = published(year);
    let all = of.in_20_weeks.expect("published") / of.plans.expect("published");
    let without = of.in_20_weeks_without_exception.expect("published");
    [
        100.0 * all,
        100.0 * without / of.plans_without_exception.expect("published"),
    ]
}

#[test]
fn derbys_share_without_exceptions_is_foreseen_from_the_years_before() {
    // Exceptions of the two years before, put on the published share of all plans.
    for (year, published) in [(2022, 28.2), (2023, 26.8), (2024, 16.4)] {
        let [all, without] = shares(year);
        assert!((without - published).abs() < 0.05, "{without}");
        let share = |surprise: f64| 100.0 * foreseen(year, surprise).share_without(all / 100.0);
        let (central, most) = (share(0.0), share(1.282));
        assert!((central - without).abs() < 4.5, "{year}: {central}");
        // Within eight of ten draws, but for 2022: exceptions had been of plans in time until then.
        let held = share(-1.282) < without && without < most;
        assert_eq!(held, year > 2022, "{year}: {most}");
    }
    let of_newest = foreseen(2025, 0.0);
    assert!(
        of_newest.in_time < 0.02 && (0.12..0.20).contains(&of_newest.late),
        "{of_newest:?}"
    );
}

#[test]
fn a_year_of_nothing_but_exceptions_tells_nothing() {
    let year = |year: i32, without: f64| YearOfProcess {
        year,
        plans: Some(100.0),
        in_20_weeks: Some(40.0),
        plans_without_exception: Some(without),
        in_20_weeks_without_exception: Some((without - 50.0).max(0.0)),
        ..YearOfProcess::default()
    };
    let area = |newest: f64| AreaProcess {
        base_year: 2025,
        years: vec![year(2022, 88.0), year(2023, 86.0), year(2024, newest)],
        plans: 1_000.0,
    };
    // 60 late plans a year, of which 50 without an exception; 40 in time, 38 and 36 without.
    assert_eq!(area(0.0).with_exception(false), (20.0, 120.0));
    assert_eq!(area(0.0).with_exception(true), (6.0, 80.0));
    assert_eq!(area(90.0).with_exception(true), (4.0, 80.0));
}

fn baseline() -> &'static Baseline {
    static BASELINE: OnceLock<Baseline> = OnceLock::new();
    let make = || {
        let plain = sendsim::study::baseline(pack(), YEARS);
        sendsim::study::with_process(plain, pack())
    };
    BASELINE.get_or_init(make)
}

fn simulated(scenario: &Scenario) -> Simulated {
    let timeliness = Timeliness::new(2025, YEARS);
    derby::simulated(baseline(), scenario, &[&timeliness], (5, RUNS, YEARS))
}

/// An indicator of all plans of 2026, run by run.
fn of_2026(table: &Simulated, indicator: &str) -> Vec<f64> {
    let cells = table.measures.cells.iter();
    let mut found = cells.enumerate().filter(|(_, cell)| {
        cell.indicator == indicator && cell.time_period == "2026" && cell.depth() == 0
    });
    let (at, _) = found.next().expect("a row");
    table.measures.of(at).to_vec()
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

#[test]
fn both_shares_come_out_of_the_same_plans() {
    const ALL: &str = "plans_within_20_weeks_share";
    const WITHOUT: &str = "plans_within_20_weeks_no_exceptions_share";
    const WITH: &str = "plans_with_exception_share";
    let usual = simulated(&Scenario::baseline());
    let (all, without) = (of_2026(&usual, ALL), of_2026(&usual, WITHOUT));
    let with = of_2026(&usual, WITH);
    for run in 0..RUNS as usize {
        // Plans in time without an exception are no more than all in time.
        let in_time = without[run] * (1.0 - with[run] / 100.0);
        assert!(in_time <= all[run] + 1e-9, "{run}");
    }
    // Derby's exceptions are among late plans.
    assert!(
        mean(&without) > mean(&all) + 1.0,
        "{} {}",
        mean(&without),
        mean(&all)
    );
    assert!((8.0..35.0).contains(&mean(&with)), "{}", mean(&with));
    // More staff: fewer late plans, so fewer exceptions.
    let more = simulated(&changed(&[
        (
            "process.psychologists.added",
            "add = 12",
            "2025-01-01",
            None,
        ),
        ("process.officers.added", "add = 12", "2025-01-01", None),
    ]));
    assert!(mean(&of_2026(&more, ALL)) > mean(&all) + 20.0);
    assert!(mean(&of_2026(&more, WITH)) < mean(&with) - 1.0);
}
