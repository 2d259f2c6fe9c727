//! Reviews of two-year-olds and when needs are found, on the built-in area.

use std::sync::OnceLock;

use crate::changes::{changed, first_day, numbers_under};
use crate::derby::{self, pack};
use sendsim::baseline::Baseline;
use sendsim::domain::PrimaryNeed;
use sendsim::health_visiting::HealthVisiting;
use sendsim::scenario::Scenario;
use sendsim::simulate::{Companion, Simulated};

const YEARS: usize = 6;
const RUNS: u32 = 60;
const ADDED: &str = "health-visiting.posts-added";
const LOST: &str = "health-visiting.posts-lost";
const SPEECH: &str = PrimaryNeed::Slcn.label();

fn baseline() -> &'static Baseline {
    static BASELINE: OnceLock<Baseline> = OnceLock::new();
    BASELINE.get_or_init(|| sendsim::study::baseline(pack(), YEARS))
}

fn under(changes: &[(&str, &str, &str)]) -> Simulated {
    let model = HealthVisiting::new(2025, YEARS);
    let companions: [&dyn Companion; 1] = [&model];
    let changes: Vec<_> = changes
        .iter()
        .map(|(path, operation, from)| (*path, *operation, *from, None))
        .collect();
    let scenario = if changes.is_empty() {
        Scenario::baseline()
    } else {
        changed(&changes)
    };
    derby::simulated(baseline(), &scenario, &companions, (3, RUNS, YEARS))
}

fn base() -> &'static Simulated {
    static BASE: OnceLock<Simulated> = OnceLock::new();
    BASE.get_or_init(|| under(&[]))
}

fn mean(runs: impl IntoIterator<Item = f64>) -> f64 {
    runs.into_iter().sum::<f64>() / f64::from(RUNS)
}

fn measured(table: &Simulated, indicator: &str, year: &str) -> Vec<f64> {
    let mut cells = table.measures.cells.iter().enumerate();
    let found = cells.find(|(_, cell)| cell.indicator == indicator && cell.time_period == year);
    let (index, _) = found.expect("the row is there");
    table.measures.of(index).to_vec()
}

/// Children on SEN support of an age group and need on a January.
fn support(table: &Simulated, age_group: &str, need: &str, period: &str) -> f64 {
    let mut cells = table.counts.cells.iter().enumerate();
    let found = cells.find(|(_, cell)| {
        cell.indicator == "sen_support"
            && (cell.time_period.as_str(), cell.age_group, cell.primary_need)
                == (period, age_group, need)
            && cell.depth() == 2
    });
    let (index, _) = found.expect("the row is there");
    mean(table.counts.of(index).iter().map(|count| f64::from(*count)))
}

#[test]
fn reviews_are_the_stated_share_of_children_and_posts_those_of_the_under_fives() {
    let share = mean(measured(base(), "two_year_review_share", "2025"));
    assert!((78.0..82.0).contains(&share), "{share}");
    let reviews = mean(measured(base(), "two_year_reviews", "2025"));
    let children = reviews / share * 100.0;
    // Derby has about 16,000 children under five.
    assert!((2_900.0..3_300.0).contains(&children), "{children}");
    let posts = mean(measured(base(), "health_visitors", "2025"));
    assert!((36.0..45.0).contains(&posts), "{posts}");
}

#[test]
fn more_health_visitors_review_more_children_up_to_nearly_all() {
    let more = under(&[(ADDED, "add = 4.0", "2026-01-01")]);
    let enough = under(&[(ADDED, "add = 100.0", "2026-01-01")]);
    let of = |table: &Simulated, year: &str| measured(table, "two_year_review_share", year);
    let posts = measured(base(), "health_visitors", "2025");
    let rows = of(base(), "2027").into_iter().zip(of(&more, "2027"));
    for ((before, after), posts) in rows.zip(posts) {
        let expected = (before * (1.0 + 4.0 / posts)).min(98.0_f64.max(before));
        assert!((after - expected).abs() < 1e-4, "{before} {after} {posts}");
    }
    assert!(of(&more, "2025") == of(base(), "2025"));
    assert!(
        of(&enough, "2027")
            .iter()
            .all(|share| (share - 98.0).abs() < 1e-6)
    );
}

#[test]
fn more_reviews_find_needs_before_school_and_plans_stay_the_same() {
    let more = under(&[(ADDED, "add = 8.0", "2026-01-01")]);
    let early = |table: &Simulated| support(table, "Under 5", SPEECH, "203031");
    let (before, after) = (early(base()), early(&more));
    assert!(after > 1.02 * before, "{before} {after}");
    // What is brought forward to ages 2 and 3 would have come two years later.
    let school = |table: &Simulated| support(table, "Age 5 to 10", SPEECH, "203031");
    let (usual, with) = (school(base()), school(&more));
    assert!((with / usual - 1.0).abs() < 0.03, "{usual} {with}");
    let others = |table: &Simulated| support(table, "Under 5", PrimaryNeed::Asd.label(), "203031");
    assert!((others(base()) - others(&more)).abs() < 1e-9);
    // Being found changes no child's own risk of a plan.
    for (index, cell) in base().counts.cells.iter().enumerate() {
        if ["ehc_plans", "new_plans"].contains(&cell.indicator) {
            assert!(base().counts.of(index) == more.counts.of(index), "{cell:?}");
        }
    }
}

/// Rows of plans that differ from the baseline's.
fn plans_that_moved(table: &Simulated) -> usize {
    let plans = |indicator: &str| ["ehc_plans", "new_plans"].contains(&indicator);
    let cells = base().counts.cells.iter().enumerate();
    cells
        .filter(|(_, cell)| plans(cell.indicator))
        .filter(|(index, _)| base().counts.of(*index) != table.counts.of(*index))
        .count()
}

#[test]
fn fewer_reviews_leave_children_to_be_found_at_school_and_plans_stay_the_same() {
    let fewer = under(&[(LOST, "add = 20.0", "2026-01-01")]);
    let difference = |age_group: &str, period: &str| {
        support(&fewer, age_group, SPEECH, period) - support(base(), age_group, SPEECH, period)
    };
    assert!(difference("Under 5", "202728") < -5.0);
    // Children who were at school when reviews became fewer had theirs in time.
    assert!(difference("Age 5 to 10", "202627").abs() < 1e-9);
    // Those missed are found there after about two years.
    let school = difference("Age 5 to 10", "203031");
    assert!((-8.0..0.0).contains(&school), "{school}");
    assert_eq!(plans_that_moved(&fewer), 0);
}

#[test]
fn a_year_without_reviews_is_made_up_at_school() {
    let year = [(LOST, "add = 30.0", "2026-01-01", Some("2027-01-01"))];
    let model = HealthVisiting::new(2025, YEARS);
    let companions: [&dyn Companion; 1] = [&model];
    let closed = derby::simulated(baseline(), &changed(&year), &companions, (3, RUNS, YEARS));
    let all = |period: &str| {
        let both = |table: &Simulated| {
            support(table, "Under 5", SPEECH, period)
                + support(table, "Age 5 to 10", SPEECH, period)
        };
        both(&closed) - both(base())
    };
    let (after_a_year, at_the_end) = (all("202627"), all("203031"));
    assert!(after_a_year < -5.0, "{after_a_year}");
    assert!(
        at_the_end > 0.2 * after_a_year && at_the_end <= 0.0,
        "{after_a_year} {at_the_end}"
    );
    assert_eq!(plans_that_moved(&closed), 0);
}

#[test]
fn posts_added_from_the_base_date_act() {
    let more = under(&[(ADDED, "add = 15.0", "2025-01-01")]);
    let share = |table: &Simulated| mean(measured(table, "two_year_review_share", "2026"));
    assert!(share(&more) > share(base()) + 5.0);
    assert!(more.counts != base().counts);
}

#[test]
fn a_share_of_none_switches_the_effect_off() {
    let off = (
        "health-visiting.brought-forward-share",
        "set = 0.0",
        "2025-01-01",
    );
    let with = under(&[(ADDED, "add = 8.0", "2026-01-01"), off]);
    assert!(with.counts == base().counts);
    assert!(with.measures != base().measures);
}

#[test]
fn a_local_figure_stated_from_the_base_date_moves_no_child() {
    let local = under(&[("health-visiting.review-coverage", "set = 0.6", "2025-01-01")]);
    assert!(local.counts == base().counts);
    let share = mean(measured(&local, "two_year_review_share", "2026"));
    assert!((share - 60.0).abs() < 1e-4, "{share}");
}

#[test]
fn every_number_of_health_visiting_moves_something() {
    let more = (ADDED, "add = 3.0", "2026-01-01");
    let usual = under(&[more]);
    let mut number = 0;
    for passport in numbers_under("health-visiting.") {
        let (path, from) = (passport.path.as_str(), first_day(passport));
        let operation = if path.contains(".posts-") {
            "add = 2.0"
        } else {
            "multiply = 0.5"
        };
        let table = under(&[more, (path, operation, from)]);
        let moved = table.counts != usual.counts || table.measures != usual.measures;
        assert!(moved, "{path} moves nothing");
        number += 1;
    }
    assert!(number >= 6, "{number} numbers");
}
