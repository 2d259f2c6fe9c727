//! Residents and pupils kept apart: the school basis of the built-in area.

use std::sync::OnceLock;

use crate::changes::changed;
use crate::derby::{self, pack};
use sendsim::area::{AreaPack, Breakdown};
use sendsim::domain::Setting;
use sendsim::scenario::Scenario;
use sendsim::school_basis::SchoolBasis;
use sendsim::simulate::{Companion, Simulated};
use sendsim::summarise::Counted;

const YEARS: usize = 4;
const RUNS: u32 = 40;
const PATH: &str = "places.net-imports-yearly-change";

fn simulated(pack: &AreaPack, scenario: &Scenario) -> Simulated {
    let basis = SchoolBasis::of(pack, 2025, YEARS);
    let baseline = sendsim::study::baseline(derby::pack(), YEARS);
    let companions: [&dyn Companion; 1] = [&basis];
    derby::simulated(&baseline, scenario, &companions, (5, RUNS, YEARS))
}

fn base() -> &'static Simulated {
    static BASE: OnceLock<Simulated> = OnceLock::new();
    BASE.get_or_init(|| simulated(pack(), &Scenario::baseline()))
}

/// Runs of a measure in a setting (`Total` for all) on the January of an academic year.
fn of(table: &Simulated, indicator: &str, setting: &str, period: &str) -> Vec<f64> {
    let mut cells = table.measures.cells.iter().enumerate();
    let found = cells.find(|(_, cell)| {
        (cell.indicator, cell.setting, cell.time_period.as_str()) == (indicator, setting, period)
    });
    let (index, cell) = found.expect("the row is there");
    assert_eq!(cell.basis, "school");
    table.measures.of(index).to_vec()
}

fn residents(table: &Simulated, setting: Setting, period: &str) -> Vec<f64> {
    let mut cells = table.counts.cells.iter().enumerate();
    let found = cells.find(|(_, cell)| {
        cell.indicator == Counted::EhcPlans.entry().name
            && cell.time_period == period
            && cell.setting == setting.label()
            && cell.depth() == 1
    });
    let (index, _) = found.expect("the row is there");
    let runs = table.counts.of(index).iter();
    runs.map(|count| f64::from(*count)).collect()
}

#[test]
fn pupils_are_residents_and_those_who_cross_the_border() {
    for period in ["202425", "202829"] {
        let mut all = vec![0.0; RUNS as usize];
        for setting in [Setting::StateSpecial, Setting::NonMaintainedSpecial] {
            let live = residents(base(), setting, period);
            let cross = of(
                base(),
                "special_school_net_imports",
                setting.label(),
                period,
            );
            let pupils = of(base(), "special_school_pupils", setting.label(), period);
            for run in 0..RUNS as usize {
                assert!((live[run] + cross[run] - pupils[run]).abs() < 1e-6);
                all[run] += pupils[run];
            }
        }
        let total = of(base(), "special_school_pupils", "Total", period);
        assert!(
            all.iter()
                .zip(total)
                .all(|(sum, total)| (sum - total).abs() < 1e-6)
        );
    }
}

/// January 2023: 860 pupils of Derby's six state-funded special schools, 905 residents in such
/// schools; 103 pupils of its non-maintained school, 58 residents. Block of 2023-24: 143.5 pupils.
#[test]
fn the_newest_count_stands_and_wanders() {
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let sd = |values: &[f64]| {
        let middle = mean(values);
        let squares = values.iter().map(|value| (value - middle).powi(2));
        (squares.sum::<f64>() / (values.len() - 1) as f64).sqrt()
    };
    for (indicator, setting, counted, share) in [
        (
            "special_school_net_imports",
            Setting::StateSpecial.label(),
            -45.0,
            860.0 / 963.0,
        ),
        (
            "special_school_net_imports",
            Setting::NonMaintainedSpecial.label(),
            45.0,
            103.0 / 963.0,
        ),
        ("high_needs_net_imports", "Total", 143.5, 1.0),
    ] {
        for (period, years) in [("202425", 2.0f64), ("202829", 6.0)] {
            let runs = of(base(), indicator, setting, period);
            let expected = 0.045 * 963.0 * (years * share).sqrt();
            let error = 4.0 * expected / f64::from(RUNS).sqrt() + 0.5;
            let found = mean(&runs);
            assert!(
                (found - counted).abs() < error,
                "{indicator} {setting} {period}: {found}"
            );
            // The spread of 40 runs is itself uncertain by an eighth.
            let found = sd(&runs) / expected;
            assert!(
                (0.55..1.5).contains(&found),
                "{indicator} {setting} {period}: {found}"
            );
        }
    }
}

#[test]
fn the_yearly_surprise_acts_and_moves_no_child() {
    let wider = simulated(
        pack(),
        &changed(&[(PATH, "multiply = 3", "2025-01-01", None)]),
    );
    assert_eq!(base().counts, wider.counts);
    let state = Setting::StateSpecial.label();
    let narrow = of(base(), "special_school_net_imports", state, "202829");
    let wide = of(&wider, "special_school_net_imports", state, "202829");
    for (narrow, wide) in narrow.into_iter().zip(wide) {
        // Nobody is on a roll below none; that far it never falls here.
        assert!((3.0 * (narrow + 45.0) - (wide + 45.0)).abs() < 12.0);
    }
}

#[test]
fn nothing_is_told_where_nothing_is_published() {
    let mut pack = pack().clone();
    pack.sen_pupils.clear();
    let only_block = SchoolBasis::of(&pack, 2025, YEARS);
    assert!(!only_block.is_empty());
    let told = only_block.cells();
    assert!(
        told.iter()
            .all(|cell| cell.indicator == "high_needs_net_imports")
    );
    // Its range is then that of the residents' schools, not none.
    let told = of(
        &simulated(&pack, &Scenario::baseline()),
        "high_needs_net_imports",
        "Total",
        "202829",
    );
    assert!(told.iter().any(|runs| (runs - told[0]).abs() > 10.0));
    pack.high_needs.clear();
    assert!(SchoolBasis::of(&pack, 2025, YEARS).is_empty());
}

#[test]
fn an_area_without_a_school_of_a_type_has_no_pupils_there() {
    let mut pack = pack().clone();
    let non_maintained = Setting::NonMaintainedSpecial;
    pack.sen_pupils
        .retain(|row| row.breakdown != Breakdown::Setting(non_maintained));
    let table = simulated(&pack, &Scenario::baseline());
    let pupils = of(
        &table,
        "special_school_pupils",
        non_maintained.label(),
        "202829",
    );
    assert!(pupils.iter().all(|pupils| pupils.abs() < 1e-6));
    let net = of(
        &table,
        "special_school_net_imports",
        non_maintained.label(),
        "202829",
    );
    let residents = residents(&table, non_maintained, "202829");
    for (net, residents) in net.into_iter().zip(residents) {
        assert!((net + residents).abs() < 1e-6);
    }
}
