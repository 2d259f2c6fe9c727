//! Simulated futures of the embedded Derby area: accounts, no-ops, coupling, peaks.

use std::path::Path;

use sendsim::area::AreaPack;
use sendsim::baseline::{Baseline, Draw};
use sendsim::domain::AgeGroup;
use sendsim::scenario::{self, Scenario};
use sendsim::simulate::{Design, simulate_scenarios};
use sendsim::summarise::{Axis, Counted, Layout, RunTable, compare};

const YEARS: usize = 4;
const RUNS: u32 = 12;

fn derby() -> (AreaPack, Baseline) {
    let mut findings = Vec::new();
    let pack = AreaPack::embedded("derby", &mut findings).expect("built in");
    let baseline = sendsim::study::baseline(&pack, YEARS);
    (pack, baseline)
}

fn simulate(baseline: &Baseline, scenarios: &[&Scenario], seed: u64, runs: u32) -> Vec<RunTable> {
    let rates = |draw| baseline.rates(Draw::Sample { seed, draw });
    let design = Design {
        seed,
        runs,
        base_year: baseline.base_year(),
        years: YEARS,
    };
    simulate_scenarios(baseline.people(), &rates, scenarios, &design, &|_| ())
        .expect("people add up")
}

/// A scenario file with these lines after its head.
fn written(name: &str, body: &str) -> Scenario {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let path = folder.path().join(format!("{name}.toml"));
    let head = "title = \"t\"\nquestion = \"q?\"\nbase = \"baseline\"\nauthor = \"a\"\ndate = 2026-01-01\nnot-modelled = []\n";
    std::fs::write(&path, format!("{head}{body}")).expect("written");
    scenario::load(&path, 2025).expect("a valid scenario")
}

#[test]
fn the_base_stock_equals_the_published_caseload_of_january_2025() {
    let (_, baseline) = derby();
    let table = &simulate(&baseline, &[&Scenario::baseline()], 1, 1)[0];
    let layout = Layout::new(2025, YEARS);
    assert_eq!(table.of(layout.start(Counted::EhcPlans, 0))[0], 3735);
}

#[test]
fn stocks_and_flows_close_in_every_run() {
    let (_, baseline) = derby();
    let table = &simulate(&baseline, &[&Scenario::baseline()], 1, RUNS)[0];
    let layout = Layout::new(2025, YEARS);
    for year in 0..YEARS {
        for run in 0..RUNS as usize {
            let at = |counted, period| i64::from(table.of(layout.start(counted, period))[run]);
            let expected = at(Counted::EhcPlans, year)
                + at(Counted::NewPlans, year)
                + at(Counted::PlansMovedIn, year)
                - at(Counted::PlansCeased, year)
                - at(Counted::PlansMovedOut, year);
            assert_eq!(expected, at(Counted::EhcPlans, year + 1));
        }
    }
}

#[test]
fn changes_that_change_nothing_give_exactly_the_baseline() {
    let (_, baseline) = derby();
    let base = Scenario::baseline();
    let change = |lines: &str| {
        format!("[[change]]\npath = \"joining.rate\"\n{lines}\nreason = \"r\"\nsource = \"s\"\n")
    };
    let empty = written("empty", "");
    let one = written("one", &change("from = 2026-01-01\nmultiply = 1.0"));
    let late = written("late", &change("from = 2031-01-01\nmultiply = 0.5"));
    let tables = simulate(&baseline, &[&base, &empty, &one, &late], 3, RUNS);
    for table in &tables[1..] {
        assert_eq!(table.values, tables[0].values);
    }
}

#[test]
fn the_same_seed_gives_the_same_counts_and_another_seed_does_not() {
    let (_, baseline) = derby();
    let base = Scenario::baseline();
    let first = simulate(&baseline, &[&base], 5, 4);
    assert_eq!(first, simulate(&baseline, &[&base], 5, 4));
    assert_ne!(
        first[0].values,
        simulate(&baseline, &[&base], 6, 4)[0].values
    );
}

#[test]
fn a_lever_dated_later_changes_nothing_before_and_the_right_way_after() {
    let (_, baseline) = derby();
    let base = Scenario::baseline();
    let fewer = written(
        "fewer",
        "[[change]]\npath = \"joining.rate\"\nfrom = 2026-01-01\nmultiply = 0.9\nreason = \"r\"\nsource = \"s\"\n",
    );
    let tables = simulate(&baseline, &[&base, &fewer], 7, 40);
    let layout = Layout::new(2025, YEARS);
    let total = |table: &RunTable, period| -> f64 {
        table
            .of(layout.start(Counted::NewPlans, period))
            .iter()
            .map(|&n| f64::from(n))
            .sum()
    };
    assert_eq!(
        tables[0].of(layout.start(Counted::NewPlans, 0)),
        tables[1].of(layout.start(Counted::NewPlans, 0))
    );
    // Coupled runs: the ratio of the first changed year is 0.9 but for the children whom the lever
    // moves across the year's end, well within 2 points.
    let ratio = total(&tables[1], 1) / total(&tables[0], 1);
    assert!((ratio - 0.9).abs() < 0.02, "ratio {ratio}");
    let rows = compare(&tables[0], &tables[1], "fewer");
    let plans = rows
        .iter()
        .find(|row| {
            row.cell.indicator == "ehc_plans"
                && row.cell.time_period == "202829"
                && row.cell.depth() == 0
        })
        .unwrap();
    let reduction = plans.variance_reduction.unwrap();
    assert!(
        reduction > 10.0,
        "addressed draws should cut the variance tenfold: {reduction}"
    );
}

#[test]
fn a_change_of_one_need_leaves_the_joiners_of_other_needs_alone() {
    let (_, baseline) = derby();
    let base = Scenario::baseline();
    let slcn = written(
        "slcn",
        "[[change]]\npath = \"joining.rate\"\nneeds = [\"SLCN\"]\nfrom = 2025-01-01\nmultiply = 0.5\nreason = \"r\"\nsource = \"s\"\n",
    );
    let tables = simulate(&baseline, &[&base, &slcn], 9, RUNS);
    for (index, cell) in tables[0].cells.iter().enumerate() {
        let is_need = cell.indicator == "new_plans"
            && cell.depth() == 1
            && cell.primary_need != "Total"
            && cell.time_period == "2025";
        if is_need && !cell.primary_need.starts_with("Speech") {
            assert_eq!(
                tables[0].of(index),
                tables[1].of(index),
                "{}",
                cell.primary_need
            );
        }
    }
}

#[test]
fn plans_start_most_often_before_reception_and_before_year_7() {
    let (_, baseline) = derby();
    let rates = baseline.joining_by_age(Draw::Central);
    assert!(
        rates[3] > 1.5 * rates[2] && rates[3] > 1.5 * rates[4],
        "{rates:?}"
    );
    assert!(
        rates[10] > 1.2 * rates[8] && rates[10] > 1.5 * rates[11],
        "{rates:?}"
    );
    for draw in 0..50 {
        let rates = baseline.joining_by_age(Draw::Sample { seed: 1, draw });
        assert!(
            rates[3..=16].iter().all(|rate| *rate > 0.0 && *rate < 1.0),
            "no zero, no one"
        );
    }
}

#[test]
fn every_example_scenario_runs_and_changes_something() {
    let (pack, _) = derby();
    let baseline = sendsim::study::baseline_with_places(&pack, YEARS);
    let base = Scenario::baseline();
    for (name, _) in scenario::embedded() {
        let scenario = scenario::load(Path::new(name), 2025).unwrap();
        let mut changes = scenario.actions.iter().flat_map(|action| &action.changes);
        if changes.all(|change| change.parameter.is_stated()) {
            // Prices move no child: `tests/suite/money.rs`.
            continue;
        }
        let tables = simulate(&baseline, &[&base, &scenario], 2, 6);
        assert_ne!(tables[0].values, tables[1].values, "{name}");
    }
}

#[test]
fn fewer_births_are_fewer_young_children_and_nobody_else() {
    let (_, baseline) = derby();
    let fewer = scenario::load(Path::new("fewer-births"), 2025).expect("built in");
    let tables = simulate(&baseline, &[&Scenario::baseline(), &fewer], 1, RUNS);
    let layout = Layout::new(2025, YEARS);
    let [before, after] = [0, 1].map(|scenario| {
        let of = |counted| {
            let start = layout.margin(counted, YEARS, Axis::AgeGroup).expect("told");
            let bands = 0..AgeGroup::COUNT;
            let runs = bands.map(|band| tables[scenario as usize].of(start + band).to_vec());
            runs.collect::<Vec<Vec<u32>>>()
        };
        [Counted::Population, Counted::EhcPlans].map(of)
    });
    let under_5 = AgeGroup::Under5.index();
    for counted in 0..2 {
        for band in (0..AgeGroup::COUNT).filter(|band| *band != under_5) {
            assert_eq!(before[counted][band], after[counted][band]);
        }
    }
    let total = |runs: &[u32]| f64::from(runs.iter().sum::<u32>());
    // The cohorts of 2027 to 2029 of five: 1 - 3/5 of 0 to 15% fewer, about 7.3% on average.
    let share = total(&after[0][under_5]) / total(&before[0][under_5]);
    assert!((0.93..0.985).contains(&share), "{share}");
    let plans = total(&after[1][under_5]) / total(&before[1][under_5]);
    assert!(plans < 1.0 && plans > share, "{plans}");
}
