//! The reform of the law that is proposed: who is moved, who is not, and when.

use sendsim::domain::{CeaseReason, Setting};
use sendsim::scenario::{self, Scenario};
use sendsim::simulate::Simulated;
use sendsim::study::baseline;
use sendsim::summarise::Cell;
use sendsim::toml_file::TomlFile;

use crate::derby::{pack, simulated};

const YEARS: usize = 6;

fn reform(sizes: &str) -> Scenario {
    let text = format!(
        "title = \"T\"\nquestion = \"Q?\"\n[[lever.legal-reform]]\nannounced = 2025-01-01\n\
         from = 2026-09-01\nuntil = 2030-01-01\n{sizes}\nreason = \"R\"\nsource = \"S\"\n"
    );
    scenario::read(&TomlFile::new("s.toml", text), 2025).expect("a good scenario")
}

fn run(scenario: &Scenario) -> Simulated {
    simulated(&baseline(pack(), YEARS), scenario, &[], (4, 6, YEARS))
}

/// Sum over runs of the rows that are wanted.
fn sum(table: &Simulated, wanted: impl Fn(&Cell) -> bool) -> u32 {
    let cells = table.counts.cells.iter().enumerate();
    let rows = cells.filter(|(_, cell)| wanted(cell));
    rows.map(|(index, _)| table.counts.of(index).iter().sum::<u32>())
        .sum()
}

fn moved(table: &Simulated, year: &str) -> u32 {
    let label = CeaseReason::SupportPlan.label();
    sum(table, |cell| {
        cell.indicator == "plans_ceased"
            && cell.time_period == year
            && cell.category == label
            && cell.depth() == 1
    })
}

fn total(table: &Simulated, indicator: &str, period: &str) -> u32 {
    sum(table, |cell| {
        cell.indicator == indicator && cell.time_period == period && cell.depth() == 0
    })
}

fn in_special(table: &Simulated, period: &str) -> u32 {
    sum(table, |cell| {
        cell.indicator == "ehc_plans"
            && cell.time_period == period
            && cell.setting == Setting::StateSpecial.label()
            && cell.depth() == 1
    })
}

#[test]
fn children_outside_special_schools_move_to_support_plans_at_the_end_of_a_phase() {
    let nothing = run(&reform("surge = 0\nnew-plans-factor = 1\nshare-moved = 0"));
    let half = run(&reform(
        "surge = 0\nnew-plans-factor = 1\nshare-moved = 0.5",
    ));
    // From a year after the law until the end that is set.
    for (year, are) in [
        ("2025", false),
        ("2026", false),
        ("2028", true),
        ("2030", false),
    ] {
        assert_eq!(moved(&half, year) > 0, are, "{year}");
        assert_eq!(moved(&nothing, year), 0);
    }
    // Of about 350 plans a year at the end of Year 6 and Year 11 outside special schools, half.
    let mean = f64::from(moved(&half, "2028")) / 6.0;
    assert!((90.0..260.0).contains(&mean), "{mean}");
    // They go on with SEN support; special schools are left alone.
    assert!(total(&half, "sen_support", "202829") > total(&nothing, "sen_support", "202829"));
    assert!(total(&half, "ehc_plans", "202829") < total(&nothing, "ehc_plans", "202829"));
    let (before, after) = (in_special(&nothing, "202829"), in_special(&half, "202829"));
    let change = f64::from(after) / f64::from(before) - 1.0;
    // Fewer may move to one later, because fewer have a plan.
    assert!((-0.05..=0.0).contains(&change), "{change}");
}

#[test]
fn families_ask_before_the_law_and_fewer_plans_start_under_it() {
    let base = run(&Scenario::baseline());
    let table = run(&reform(
        "surge = 0.2\nnew-plans-factor = 0.5\nshare-moved = 0",
    ));
    let ratio = |year: &str| {
        f64::from(total(&table, "new_plans", year)) / f64::from(total(&base, "new_plans", year))
    };
    assert!((1.12..1.24).contains(&ratio("2025")), "{}", ratio("2025"));
    assert!((0.45..0.58).contains(&ratio("2027")), "{}", ratio("2027"));
}

#[test]
fn a_change_of_ceasing_without_reasons_moves_nobody_to_a_support_plan() {
    let text = "title = \"T\"\nquestion = \"Q?\"\n[[change]]\npath = \"ceasing.rate\"\nadd = 0.05\n\
                from = 2026-01-01\nreason = \"R\"\nsource = \"S\"\n";
    let more = scenario::read(&TomlFile::new("s.toml", text), 2025).expect("a good scenario");
    let table = run(&more);
    assert_eq!(moved(&table, "2028"), 0);
    let base = run(&Scenario::baseline());
    assert!(total(&table, "plans_ceased", "2028") > total(&base, "plans_ceased", "2028"));
}
