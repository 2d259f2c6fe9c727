//! The simulated mean equals the expected-value recursion.

use sendsim::area::AreaPack;
use sendsim::baseline::{Baseline, Draw};
use sendsim::scenario::{self, Scenario};
use sendsim::simulate::{
    Design, Effects, Hazards, Rates, expected_counts, horizon, simulate_scenarios,
};
use sendsim::summarise::{Layout, RunTable};
use sendsim::toml_file::TomlFile;

const YEARS: usize = 4;
const RUNS: u32 = 300;
const SEED: u64 = 11;

struct Compared {
    cells: usize,
    worst: f64,
    worst_cell: String,
    beyond_two: usize,
}

fn derby() -> Baseline {
    let pack = AreaPack::embedded("derby", &mut Vec::new()).expect("built in");
    sendsim::study::baseline(&pack, YEARS)
}

/// Simulates at fixed rates and compares every cell expected to hold a child or more.
fn compared(baseline: &Baseline, rates: &Rates, scenario: &Scenario) -> Compared {
    let design = Design {
        seed: SEED,
        runs: RUNS,
        base_year: baseline.base_year(),
        years: YEARS,
    };
    let fixed = |_| rates.clone();
    let table = &simulate_scenarios(baseline.people(), &fixed, &[scenario], &design, &|_| ())
        .expect("people add up")[0];
    let layout = Layout::new(baseline.base_year(), YEARS);
    let (base, end) = horizon(baseline.base_year(), YEARS);
    let effects = Effects::sample(scenario, base, end, SEED, 0);
    let hazards = Hazards::new(baseline.base_year(), YEARS, rates, effects);
    let expected = expected_counts(baseline.people(), &hazards, &layout);
    let mut compared = Compared {
        cells: 0,
        worst: 0.0,
        worst_cell: String::new(),
        beyond_two: 0,
    };
    for (index, cell) in table.cells.iter().enumerate() {
        if expected[index] < 1.0 {
            continue;
        }
        let (mean, error) = mean_and_error(table, index, expected[index]);
        let z = (mean - expected[index]) / error;
        compared.cells += 1;
        compared.beyond_two += usize::from(z.abs() > 2.0);
        if z.abs() > compared.worst.abs() {
            compared.worst = z;
            compared.worst_cell = format!(
                "{} {} {} {} {} {} {} {}: simulated {mean:.2}, expected {:.2}",
                cell.time_period,
                cell.indicator,
                cell.age_group,
                cell.sex,
                cell.primary_need,
                cell.setting,
                cell.phase,
                cell.category,
                expected[index]
            );
        }
    }
    compared
}

/// Mean over runs and its standard error; a cell whose runs all agree has the error of a count of a
/// fifth of a child in every run.
fn mean_and_error(table: &RunTable, index: usize, expected: f64) -> (f64, f64) {
    let runs = f64::from(RUNS);
    let values = table.of(index);
    let mean = values.iter().map(|&n| f64::from(n)).sum::<f64>() / runs;
    let squares: f64 = values
        .iter()
        .map(|&n| (f64::from(n) - mean).powi(2))
        .sum::<f64>();
    let variance = (squares / (runs - 1.0)).max(0.2 * expected.min(0.2));
    (mean, (variance / runs).sqrt())
}

/// With 5,000 and more cells, one beyond 5 standard errors comes by chance in 350 tests (the cells
/// hang together); about 1 in 22 lies beyond 2.
fn assert_equal(compared: &Compared) {
    assert!(compared.cells > 2_000);
    assert!(compared.worst.abs() < 5.0, "{}", compared.worst_cell);
    assert!(compared.beyond_two * 12 < compared.cells);
}

#[test]
fn the_simulated_mean_equals_the_recursion_in_every_cell() {
    let baseline = derby();
    let rates = baseline.rates(Draw::Central);
    assert_equal(&compared(&baseline, &rates, &Scenario::baseline()));
}

#[test]
fn with_a_scenario_of_many_changes_too() {
    let baseline = derby();
    let rates = baseline.rates(Draw::Sample { seed: 3, draw: 5 });
    let change = |path: &str, lines: &str| {
        format!("[[change]]\npath = \"{path}\"\n{lines}\nreason = \"r\"\nsource = \"s\"\n")
    };
    let body = [
        change(
            "joining.rate",
            "from = 2025-10-01\nmultiply = 0.7\nphase-in-years = 1.5\nages = \"3-5\"",
        ),
        change(
            "ceasing.rate",
            "from = 2026-03-01\nuntil = 2028-03-01\nmultiply = 2.0\nreasons = [\"other\"]",
        ),
        change("placement.move-rate", "from = 2026-01-01\nmultiply = 1.5"),
        change(
            "sen-support.entry-rate",
            "from = 2027-01-01\nmultiply = 0.8",
        ),
        change(
            "sen-support.found-early-share",
            "from = 2025-06-01\nadd = 0.6\nages = \"3-7\"",
        ),
        change(
            "joining.found-early-ratio",
            "from = 2026-06-01\nmultiply = 4",
        ),
        change(
            "health-visiting.posts-lost",
            "from = 2025-04-01\nuntil = 2027-02-01\nadd = 30",
        ),
        change("health-visiting.posts-added", "from = 2027-06-01\nadd = 8"),
    ]
    .concat();
    let text = format!("title = \"T\"\nquestion = \"Q?\"\n{body}");
    let many = scenario::read(&TomlFile::new("many.toml", text), 2025).expect("a good scenario");
    assert_equal(&compared(&baseline, &rates, &many));
}
