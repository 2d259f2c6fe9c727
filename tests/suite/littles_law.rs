//! Little's law on every list of futures in which requests, services and places act on one another.

use std::sync::OnceLock;

use sendsim::littles_law::{ListRow, of_baseline};
use sendsim::scenario::Scenario;
use sendsim::study::{baseline_with_places, with_process};

use crate::changes::changed;
use crate::derby::pack;

const YEARS: usize = 4;

fn lists(scenario: &Scenario, seed: u64) -> Vec<ListRow> {
    static BASELINE: OnceLock<sendsim::baseline::Baseline> = OnceLock::new();
    let make = || with_process(baseline_with_places(pack(), YEARS), pack());
    let baseline = BASELINE.get_or_init(make);
    of_baseline(pack(), baseline, scenario, (seed, 3, YEARS)).expect("people add up")
}

fn row<'r>(rows: &'r [ListRow], name: &str) -> &'r ListRow {
    let mut found = rows.iter().filter(|row| row.name == name);
    found.next().expect("a list")
}

#[test]
fn the_mean_list_is_the_people_a_week_times_their_wait() {
    let rows = lists(&Scenario::baseline(), 11);
    assert!(rows.len() >= 20, "{}", rows.len());
    for row in &rows {
        assert!(row.holds(), "{row:?}");
        let difference = row.length - row.rate_times_time();
        assert!(difference.abs() <= 2e-3 * row.length.max(0.1), "{row:?}");
    }
    // The lists are not empty, and steps follow one another: who is decided on was in the whole.
    for name in [
        "Educational psychology advice",
        "Community paediatrics",
        "Mental health (CAMHS)",
    ] {
        assert!(row(&rows, name).length > 1.0, "{:?}", row(&rows, name));
    }
    let parts: f64 = rows[..8].iter().map(|row| row.length).sum();
    let whole = row(&rows, "Requests in progress").length;
    assert!(
        parts > 0.8 * whole && parts < whole + 1e-6,
        "{parts} {whole}"
    );
}

#[test]
fn it_holds_too_where_staff_and_services_change() {
    let scenario = changed(&[
        (
            "process.psychologists.added",
            "add = 4.0",
            "2026-01-01",
            None,
        ),
        (
            "process.staffing.follows-requests",
            "set = 0.5",
            "2026-01-01",
            None,
        ),
        (
            "services.capacity.community-paediatrics",
            "multiply = 1.3",
            "2026-01-01",
            None,
        ),
        (
            "alternative-provision.places.closed",
            "add = 40.0",
            "2026-01-01",
            None,
        ),
    ]);
    let (before, after) = (lists(&Scenario::baseline(), 11), lists(&scenario, 11));
    for row in &after {
        assert!(row.holds(), "{row:?}");
    }
    for name in ["Community paediatrics", "Place in alternative provision"] {
        let [before, after] = [&before, &after].map(|rows| row(rows, name).length);
        assert!((before - after).abs() > 0.5, "{name}: {before} {after}");
    }
}
