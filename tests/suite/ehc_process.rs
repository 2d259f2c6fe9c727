//! From a request to a plan: what holds whatever the numbers, which way options work, and what the
//! fit makes of the published timeliness.

use std::sync::OnceLock;

use sendsim::baseline::Baseline;
use sendsim::domain::{AgeGroup, Date};
use sendsim::ehc_process::{AreaProcess, Numbers, Settings};
use sendsim::parameters::ParameterSet;
use sendsim::scenario::Scenario;
use sendsim::simulate::Simulated;
use sendsim::summarise::{Cell, RunTable};
use sendsim::timeliness::Timeliness;

use crate::changes::{changed, first_day};
use crate::derby::{self, pack};

const YEARS: usize = 6;
const RUNS: u32 = 60;

fn with_process() -> &'static Baseline {
    static BASELINE: OnceLock<Baseline> = OnceLock::new();
    let make = || {
        let plain = sendsim::study::baseline(pack(), YEARS);
        sendsim::study::with_process(plain, pack())
    };
    BASELINE.get_or_init(make)
}

fn simulated(baseline: &Baseline, scenario: &Scenario, runs: u32) -> Simulated {
    let timeliness = Timeliness::new(2025, YEARS);
    derby::simulated(baseline, scenario, &[&timeliness], (5, runs, YEARS))
}

fn base() -> &'static Simulated {
    static BASE: OnceLock<Simulated> = OnceLock::new();
    BASE.get_or_init(|| simulated(with_process(), &Scenario::baseline(), RUNS))
}

fn under(changes: &[(&str, &str, &str, Option<&str>)]) -> Simulated {
    simulated(with_process(), &changed(changes), RUNS)
}

fn position<V: Copy>(table: &RunTable<V>, wanted: &dyn Fn(&Cell) -> bool) -> usize {
    let mut found = (0..table.cells.len()).filter(|&at| wanted(&table.cells[at]));
    let first = found.next().expect("a row");
    assert_eq!(found.next(), None, "one row only");
    first
}

/// The total of an indicator of a calendar year, run by run.
fn of_year(table: &Simulated, indicator: &str, year: i32) -> Vec<f64> {
    let period = year.to_string();
    let is_it = |cell: &Cell| {
        cell.indicator == indicator && cell.time_period == period && cell.depth() == 0
    };
    let measures = &table.measures;
    if measures.cells.iter().any(is_it) {
        return measures.of(position(measures, &is_it)).to_vec();
    }
    let counts = table.counts.of(position(&table.counts, &is_it));
    counts.iter().map(|&count| f64::from(count)).collect()
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn mean_of(table: &Simulated, indicator: &str, year: i32) -> f64 {
    mean(&of_year(table, indicator, year))
}

/// Mean of a team's indicator in a year.
fn of_team(table: &Simulated, indicator: &str, team: &str, year: i32) -> f64 {
    let period = year.to_string();
    let measures = &table.measures;
    let at = position(measures, &|cell| {
        (cell.indicator, cell.service) == (indicator, team) && cell.time_period == period
    });
    let known: Vec<f64> = measures
        .of(at)
        .iter()
        .copied()
        .filter(|v| v.is_finite())
        .collect();
    mean(&known)
}

const PSYCHOLOGISTS: &str = "Educational psychology advice";

#[test]
fn plans_that_come_of_requests_are_those_of_the_forecast() {
    let plain = sendsim::study::baseline(pack(), YEARS);
    let forecast = simulated(&plain, &Scenario::baseline(), RUNS);
    let years = 2025..2025 + YEARS as i32;
    let all = |table: &Simulated| -> f64 {
        let of_years = years.clone().map(|year| mean_of(table, "new_plans", year));
        of_years.sum()
    };
    let ratio = all(base()) / all(&forecast);
    assert!((ratio - 1.0).abs() < 0.03, "{ratio}");
    // Run by run too: a draw of many plans has many requests.
    let [a, b] = [base(), &forecast].map(|table| of_year(table, "new_plans", 2029));
    let (mean_a, mean_b) = (mean(&a), mean(&b));
    let together: f64 = a
        .iter()
        .zip(&b)
        .map(|(x, y)| (x - mean_a) * (y - mean_b))
        .sum();
    let apart = |values: &[f64], mean: f64| -> f64 {
        values
            .iter()
            .map(|x| (x - mean).powi(2))
            .sum::<f64>()
            .sqrt()
    };
    let correlation = together / (apart(&a, mean_a) * apart(&b, mean_b));
    assert!(correlation > 0.9, "{correlation}");
}

#[test]
fn requests_go_somewhere_and_margins_add_up() {
    let table = base();
    for indicator in ["requests", "requests_refused", "assessments"] {
        let of = |column: &str| -> f64 {
            let cells = table.measures.cells.iter().enumerate();
            cells
                .filter(|(_, cell)| cell.indicator == indicator && cell.time_period == "2027")
                .filter(|(_, cell)| match column {
                    "Total" => cell.depth() == 0,
                    "age_group" => cell.age_group != "Total",
                    "sex" => cell.sex != "Total",
                    _ => cell.primary_need != "Total",
                })
                .map(|(at, _)| mean(table.measures.of(at)))
                .sum()
        };
        for column in ["age_group", "sex", "primary_need"] {
            let (total, margin) = (of("Total"), of(column));
            assert!((total - margin).abs() < 1e-6, "{indicator} by {column}");
        }
    }
    // Fewer are refused than ask, fewer are assessed than ask, fewer plans start than are assessed.
    for year in 2026..2030 {
        let [requests, refused, assessed, plans] =
            ["requests", "requests_refused", "assessments", "new_plans"]
                .map(|indicator| mean_of(table, indicator, year));
        assert!(
            refused < requests && assessed < requests && plans < assessed,
            "{year}"
        );
    }
}

#[test]
fn the_first_year_is_near_what_was_published_of_the_last() {
    // 2024: 769 requests, 573 assessments, 190 appeals, 14.0% of plans within 20 weeks.
    let table = base();
    let near = |indicator: &str, low: f64, high: f64| {
        let value = mean_of(table, indicator, 2025);
        assert!((low..high).contains(&value), "{indicator}: {value}");
    };
    near("requests", 600.0, 900.0);
    near("assessments", 480.0, 680.0);
    near("appeals", 110.0, 210.0);
    near("plans_within_20_weeks_share", 10.0, 35.0);
}

#[test]
fn sets_that_fit_show_the_published_timeliness_and_say_what_they_foresaw() {
    let fits = with_process().fits().expect("fitted");
    let published = fits.published.expect("2024");
    assert_eq!(published.year, 2024);
    let number = fits.sets.len() as f64;
    let mean = |pick: &dyn Fn(&sendsim::ehc_process::Shown) -> f64| -> f64 {
        fits.sets.iter().map(|set| pick(&set.newest)).sum::<f64>() / number
    };
    let plans = published.plans.expect("published");
    let soon = published.in_20_weeks.expect("published") / plans;
    let late = published.over_a_year.expect("published") / plans;
    assert!((mean(&|shown| shown.in_20_weeks) - soon).abs() < 0.06);
    assert!((mean(&|shown| shown.over_a_year) - late).abs() < 0.08);
    assert!((mean(&|shown| shown.plans) / plans - 1.0).abs() < 0.25);
    // They differ: the data do not say how many cases the officers can take on.
    let officers = fits.sets.iter().map(|set| set.cases_per_week[1]);
    let (least, greatest) =
        officers.fold((f64::INFINITY, 0.0_f64), |(a, b), x| (a.min(x), b.max(x)));
    assert!(greatest > 1.2 * least, "{least} to {greatest}");
}

#[test]
fn an_option_after_the_horizon_or_of_no_size_changes_nothing() {
    for change in [
        ("process.psychologists.added", "add = 5", "2031-06-01"),
        ("process.level.refused-share", "multiply = 1", "2026-01-01"),
        ("process.officers.added", "add = 0", "2026-01-01"),
    ] {
        let (path, operation, from) = change;
        let table = under(&[(path, operation, from, None)]);
        assert_eq!(table.counts.values, base().counts.values, "{path}");
        let same = |a: &f64, b: &f64| a.to_bits() == b.to_bits();
        let pairs = table.measures.values.iter().zip(&base().measures.values);
        assert!(pairs.into_iter().all(|(a, b)| same(a, b)), "{path}");
    }
}

#[test]
fn more_psychologists_shorten_the_list_and_bring_plans_forward_once() {
    let more = under(&[("process.psychologists.added", "add = 5", "2026-01-01", None)]);
    let difference = |indicator: &str, year: i32| {
        mean_of(&more, indicator, year) - mean_of(base(), indicator, year)
    };
    let wait = |table: &Simulated| of_team(table, "wait_weeks_p50", PSYCHOLOGISTS, 2027);
    assert!(
        wait(&more) < 0.5 * wait(base()),
        "{} {}",
        wait(&more),
        wait(base())
    );
    assert!(difference("plans_within_20_weeks_share", 2027) > 5.0);
    assert!(difference("weeks_to_plan_p50", 2027) < -3.0);
    assert!(
        difference("requests", 2027).abs() < 8.0,
        "nobody asks because of it"
    );
    // The list is worked off once: more plans in 2026, and hardly any more later.
    assert!(difference("new_plans", 2026) > 20.0);
    assert!(difference("new_plans", 2030).abs() < 8.0);
    let in_post = |table: &Simulated| of_team(table, "staff_in_post", PSYCHOLOGISTS, 2027);
    assert!((in_post(&more) - in_post(base()) - 5.0).abs() < 0.2);
}

#[test]
fn fewer_psychologists_than_requests_need_hold_plans_up() {
    let fewer = under(&[(
        "process.psychologist-hours-per-week",
        "multiply = 0.6",
        "2026-01-01",
        None,
    )]);
    let [held, free] = [&fewer, base()];
    let weeks = |table: &Simulated| mean_of(table, "weeks_to_plan_p90", 2028);
    assert!(weeks(held) > weeks(free) + 20.0);
    assert!(mean_of(held, "new_plans", 2027) < 0.9 * mean_of(free, "new_plans", 2027));
    let used = of_team(held, "utilisation", PSYCHOLOGISTS, 2028);
    assert!(used > 97.0, "{used}");
}

#[test]
fn a_higher_threshold_saves_fewer_plans_than_it_refuses() {
    let strict = under(&[(
        "process.level.refused-share",
        "multiply = 1.4",
        "2026-01-01",
        None,
    )]);
    let more = |indicator: &str| -> f64 {
        (2027..2031)
            .map(|year| mean_of(&strict, indicator, year) - mean_of(base(), indicator, year))
            .sum()
    };
    assert!(more("requests_refused") > 200.0);
    assert!(more("appeals") > 20.0);
    assert!(more("requests") > 20.0, "the refused come back");
    assert!(more("new_plans") < -50.0);
    // Of every hundred more refusals, appeals and new requests bring some back.
    let kept_out = -more("new_plans") / more("requests_refused");
    assert!((0.3..0.85).contains(&kept_out), "{kept_out}");
}

#[test]
fn without_refusals_nobody_disputes_one() {
    let open = under(&[
        (
            "process.level.refused-share",
            "multiply = 0",
            "2025-01-01",
            None,
        ),
        (
            "process.level.not-issued-share",
            "multiply = 0",
            "2025-01-01",
            None,
        ),
        (
            "process.psychologists.added",
            "add = 10",
            "2025-01-01",
            None,
        ),
        ("process.officers.added", "add = 10", "2025-01-01", None),
    ]);
    assert!(mean_of(&open, "requests_refused", 2027).abs() < 1e-9);
    assert!(mean_of(&open, "mediations", 2028).abs() < 1e-9);
    assert!(mean_of(&open, "new_plans", 2028) > 1.2 * mean_of(base(), "new_plans", 2028));
}

#[test]
fn mediation_comes_instead_of_appeals() {
    let first = under(&[(
        "process.level.mediation-share",
        "multiply = 3",
        "2026-01-01",
        None,
    )]);
    let more =
        |indicator: &str| mean_of(&first, indicator, 2028) - mean_of(base(), indicator, 2028);
    assert!(more("mediations") > 20.0);
    assert!(more("appeals") < 0.0);
    assert!(
        more("new_plans") > 0.0,
        "mediation settles for the family more often than an appeal is made"
    );
}

#[test]
fn ages_of_requests_are_those_of_the_statistics() {
    // Derby 2024: 26% under 5, 43% from 5 to 10, 29% from 11 to 15, 2% older.
    let table = base();
    let total = mean_of(table, "requests", 2025);
    let share = |group: AgeGroup| {
        let at = position(&table.measures, &|cell| {
            cell.indicator == "requests"
                && cell.time_period == "2025"
                && cell.age_group == group.label()
        });
        mean(table.measures.of(at)) / total
    };
    let all: f64 = AgeGroup::ALL.into_iter().map(share).sum();
    assert!((all - 1.0).abs() < 1e-9);
    for (group, published) in [
        (AgeGroup::Under5, 0.26),
        (AgeGroup::Age5To10, 0.43),
        (AgeGroup::Age11To15, 0.29),
        (AgeGroup::Age16To19, 0.02),
    ] {
        let share = share(group);
        assert!(
            (share - published).abs() < 0.05,
            "{}: {share}",
            group.label()
        );
    }
}

#[test]
fn every_number_of_the_process_is_felt() {
    let base = Date::january(2025);
    let set = ParameterSet::embedded();
    let fits = with_process().fits().expect("fitted");
    let area = AreaProcess::of(pack());
    let settings = |times_of: Option<&str>| {
        let stated = |path: &str| {
            let times = if times_of == Some(path) { 1.1 } else { 1.0 };
            times * set.uncertain(path, base).central()
        };
        let numbers = Numbers {
            stated: &stated,
            normal: &|_| 1.0,
        };
        Settings::new(&area, &fits.sets[0], &numbers)
    };
    let usual = settings(None);
    // Ranges of the fit: `ehc_process::fit`. What scenarios change, and what staff there are: below.
    let elsewhere = [
        "process.prior.",
        "process.level.",
        "process.psychologists.",
        "process.officers.",
        "process.staffing.",
        "process.requests-by-wait",
        "process.requests-after-suspension-share",
        "process.requests-after-exclusion-share",
        "process.psychologist-hours-per-week",
        "process.officer-hours-per-week",
        "process.england.decided-in-time-share",
        "process.england.other-appeals-per-plan",
        "process.late-plan-appeal-ratio",
        "process.england.reviews-",
        "process.reviews-to-",
    ];
    let of_process = set.iter().filter(|p| p.path.starts_with("process."));
    let mut number = 0;
    for passport in of_process.filter(|p| !elsewhere.iter().any(|start| p.path.starts_with(start)))
    {
        assert_ne!(usual, settings(Some(&passport.path)), "{}", passport.path);
        number += 1;
    }
    assert!(number > 30, "{number}");
    // Where an area publishes nothing England's numbers count.
    let unknown = AreaProcess::unknown(2025);
    assert_eq!(unknown.decided_in_time(), None);
    assert_eq!(unknown.other_appeals_per_plan(), None);
    assert_eq!(
        (unknown.reviews(), unknown.reviews_due_per_plan()),
        ((0.0, 0.0), None)
    );
}

#[test]
fn every_number_that_an_option_can_change_moves_something() {
    let runs = 3;
    let usual = simulated(with_process(), &Scenario::baseline(), runs);
    let paths = ParameterSet::embedded().iter();
    let paths = paths.filter(|p| {
        let by_others = ["process.requests-", "process.reviews-to-"];
        let is_here = !by_others.iter().any(|start| p.path.starts_with(start));
        p.path.starts_with("process.") && is_here && p.scenarios
    });
    let mut number = 0;
    for passport in paths {
        let operation = if passport.unit.starts_with("full-time equivalents") {
            "add = 2"
        } else {
            "multiply = 0.8"
        };
        let path = passport.path.as_str();
        let scenario = changed(&[(path, operation, first_day(passport), None)]);
        let moved = simulated(with_process(), &scenario, runs);
        let same = |a: &f64, b: &f64| a.to_bits() == b.to_bits();
        let mut pairs = usual.measures.values.iter().zip(&moved.measures.values);
        assert!(!pairs.all(|(a, b)| same(a, b)), "{path}");
        number += 1;
    }
    assert_eq!(number, 17, "and the three feedbacks below");
}

#[test]
fn reviews_act_as_far_as_stated() {
    let runs = 3;
    let held = ("process.level.reviews", "multiply = 2", "2026-01-01", None);
    let with = simulated(with_process(), &changed(&[held]), runs);
    for path in ["process.reviews-to-ceasing", "process.reviews-to-transfer"] {
        let less = (path, "multiply = 0.5", "2025-01-01", None);
        let alone = simulated(with_process(), &changed(&[less]), runs);
        let usual = simulated(with_process(), &Scenario::baseline(), runs);
        assert!(
            alone.counts == usual.counts,
            "{path} acts with reviews only"
        );
        let both = simulated(with_process(), &changed(&[held, less]), runs);
        let is_felt = both.counts != with.counts;
        // Phase transfers are decided where places are finite, which these runs leave out.
        assert_eq!(is_felt, path.ends_with("ceasing"), "{path}");
    }
}

#[test]
fn shorter_waits_and_fewer_exclusions_lower_requests_and_can_be_switched_off() {
    let from = "2026-01-01";
    for (cause, operation, switch) in [
        (
            "services.capacity.community-paediatrics",
            "multiply = 2",
            "process.requests-by-wait",
        ),
        (
            "exclusions.level.suspensions",
            "multiply = 0.2",
            "process.requests-after-suspension-share",
        ),
        (
            "exclusions.level.permanent",
            "multiply = 0",
            "process.requests-after-exclusion-share",
        ),
    ] {
        let all = |table: &Simulated| -> f64 {
            let years = 2027..2025 + YEARS as i32;
            years.map(|year| mean_of(table, "requests", year)).sum()
        };
        let fewer = under(&[(cause, operation, from, None)]);
        let share = all(&fewer) / all(base());
        assert!((0.80..0.995).contains(&share), "{cause}: {share}");
        let off = under(&[
            (cause, operation, from, None),
            (switch, "set = 0", "2025-01-01", None),
        ]);
        assert_eq!(off.counts.values, base().counts.values, "{switch}");
    }
}

#[test]
fn fewer_late_plans_bring_fewer_appeals_about_contents_and_can_be_switched_off() {
    let others = |table: &Simulated| -> f64 {
        let cells = table.measures.cells.iter().enumerate();
        let wanted = cells.filter(|(_, cell)| {
            cell.indicator == "appeals"
                && cell.category == "About contents or placement"
                && cell.time_period.as_str() >= "2027"
        });
        wanted
            .map(|(index, _)| table.measures.of(index).iter().sum::<f64>())
            .sum()
    };
    let staff = [
        ("process.psychologists.added", "add = 12"),
        ("process.officers.added", "add = 12"),
    ];
    let appeals = |ratio: &str, staffed: bool| {
        let mut changes = vec![("process.late-plan-appeal-ratio", ratio, "2025-01-01", None)];
        if staffed {
            changes.extend(staff.map(|(path, add)| (path, add, "2026-01-01", None)));
        }
        others(&under(&changes))
    };
    let [usual, soon] = [false, true].map(|staffed| appeals("set = 2", staffed));
    assert!(soon < 0.93 * usual, "{usual} {soon}");
    let [usual, soon] = [false, true].map(|staffed| appeals("set = 1", staffed));
    // More plans are issued, and nothing else changes.
    assert!((1.0..1.05).contains(&(soon / usual)), "{usual} {soon}");
}

#[test]
fn more_reviews_end_plans_of_those_who_have_left_until_these_are_worked_off() {
    let more = [(
        "process.level.reviews",
        "multiply = 1.9",
        "2026-01-01",
        None,
    )];
    let (base, more) = (base(), &under(&more));
    let held = |table: &Simulated, year: i32| mean_of(table, "annual_reviews_held_share", year);
    // 1,458 of 3,213 in 2024.
    assert!(
        (held(base, 2025) - 45.38).abs() < 0.01,
        "{}",
        held(base, 2025)
    );
    assert!((held(more, 2025) - 45.38).abs() < 0.01);
    assert!(
        (held(more, 2026) - 86.2).abs() < 0.1,
        "{}",
        held(more, 2026)
    );
    let due = mean_of(base, "annual_reviews_due", 2025);
    let are_held = mean_of(base, "annual_reviews_held", 2025);
    assert!(
        (are_held / due - 0.4538).abs() < 0.001,
        "{are_held} of {due}"
    );
    // Plans end sooner, most in the first years.
    let more_end =
        |year: i32| mean_of(more, "plans_ceased", year) - mean_of(base, "plans_ceased", year);
    assert!(more_end(2025).abs() < 1e-9);
    assert!(more_end(2026) > 15.0, "{}", more_end(2026));
    assert!(more_end(2030) < 0.6 * more_end(2026), "{}", more_end(2030));
    // Nobody else's plan is touched: as many new plans, fewer young people without education.
    let new = |table: &Simulated| mean_of(table, "new_plans", 2026);
    assert!((new(more) / new(base) - 1.0).abs() < 0.01);
    let neet = |table: &Simulated| {
        let cells = &table.counts.cells;
        let at = cells.iter().position(|cell| {
            cell.indicator == "neet" && cell.time_period == "202728" && cell.depth() == 0
        });
        let runs = table.counts.of(at.expect("a total"));
        f64::from(runs.iter().sum::<u32>()) / runs.len() as f64
    };
    assert!(
        neet(more) < 0.95 * neet(base),
        "{} of {}",
        neet(more),
        neet(base)
    );
}
