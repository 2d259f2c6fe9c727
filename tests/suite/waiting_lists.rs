//! The commands queue and verify: figures against formulas, words, and errors.

use clap::Parser;
use sendsim::cli::Failure;
use sendsim::cli::queue::{QueueArgs, as_json, question};
use sendsim::cli::verify::{as_json as rows_as_json, as_table};
use sendsim::queue::theory::{Impatient, ManyServers, mean_wait_single_server};
use sendsim::verification::Row;
use sendsim::waiting_list::{Answer, Estimate, Method, Question, answer};
use serde_json::Value;

/// Parses the options as the program does.
#[derive(Parser)]
struct Options {
    #[command(flatten)]
    queue: QueueArgs,
}

fn args(options: &str) -> QueueArgs {
    let words = std::iter::once("queue").chain(options.split_whitespace());
    match Options::try_parse_from(words) {
        Ok(options) => options.queue,
        Err(error) => panic!("{error}"),
    }
}

fn asked(options: &str) -> Question {
    match question(&args(options)) {
        Ok(question) => question,
        Err(wrong) => panic!("{wrong:?}"),
    }
}

fn answered(options: &str) -> Answer {
    answer(&asked(options))
}

/// Within 4 standard errors, which are at most 3% of what is expected.
fn assert_near(estimate: Option<Estimate>, expected: f64) {
    let estimate = estimate.expect("there is a value");
    let error = estimate.error.expect("there are several runs");
    let (value, most) = (estimate.value, 0.03 * expected);
    assert!(
        (value - expected).abs() <= 4.0 * error,
        "{value} ± {error} for {expected}"
    );
    assert!(error <= most, "{value} ± {error} for {expected}");
}

#[test]
fn long_run_figures_are_those_of_theory() {
    let answer = answered(
        "--arrivals-per-week 9 --servers 5 --service-weeks 0.5 --target-weeks 1 --runs 100",
    );
    let theory = ManyServers {
        arrival_rate: 9.0,
        service_rate: 2.0,
        servers: 5,
    };
    assert_near(answer.wait_weeks_mean, theory.mean_wait());
    assert_near(answer.wait_weeks_p50, theory.wait_quantile(0.5));
    assert_near(answer.wait_weeks_p90, theory.wait_quantile(0.9));
    assert_near(answer.share_within_target, 1.0 - theory.wait_exceeds(1.0));
    assert_near(answer.utilisation, 0.9);
    assert_near(answer.list_end, theory.mean_waiting());
    assert_eq!(answer.withdrawn_share.map(|e| e.value), Some(0.0));
    let form = answer.closed_form.expect("M/M/5 has a closed form");
    let same = |value: Option<f64>, expected: f64| {
        let value = value.expect("it has a formula");
        assert!(
            (value - expected).abs() < 1e-9 * expected,
            "{value} {expected}"
        );
    };
    same(form.wait_weeks_mean, theory.mean_wait());
    same(form.wait_weeks_p90, theory.wait_quantile(0.9));
}

#[test]
fn withdrawal_gives_a_long_run_above_capacity() {
    let answer = answered(
        "--arrivals-per-week 6 --servers 5 --service-weeks 1 --withdraw-per-week 0.1 \
         --target-weeks 2 --runs 100",
    );
    let theory = Impatient::new(6.0, 1.0, 0.1, 5).expect("rates are above 0");
    assert_near(answer.wait_weeks_mean, theory.mean_wait_of_seen());
    assert_near(
        answer.wait_weeks_p50,
        theory.wait_quantile_of_seen(0.5).expect("reached"),
    );
    assert_near(answer.share_within_target, theory.seen_within(2.0));
    assert_near(answer.withdrawn_share, theory.withdrawn_share());
    assert_near(answer.utilisation, theory.mean_busy() / 5.0);
    assert_near(answer.list_end, theory.mean_waiting());
}

#[test]
fn gamma_service_waits_as_pollaczek_and_khinchine_say() {
    let answer = answered(
        "--arrivals-per-week 1.6 --servers 1 --service-weeks 0.5 --service-cv 0.5 --runs 100",
    );
    assert_near(
        answer.wait_weeks_mean,
        mean_wait_single_server(1.6, 0.5, 0.5),
    );
}

/// Missed appointments make a server need `s / (1 - p)` for a child, and the child itself waits
/// `p s / (1 - p)` longer than for the first appointment.
#[test]
fn appointments_missed_take_time_from_all() {
    let answer = answered(
        "--arrivals-per-week 4 --servers 5 --service-weeks 1 --not-brought 0.1 \
         --target-weeks 2 --runs 100",
    );
    let theory = ManyServers {
        arrival_rate: 4.0,
        service_rate: 0.9,
        servers: 5,
    };
    assert_near(answer.wait_weeks_mean, theory.mean_wait() + 0.1 / 0.9);
    assert_near(answer.utilisation, 4.0 / 0.9 / 5.0);
    let form = answer
        .closed_form
        .expect("exponential service has a closed form");
    assert_near(
        answer.wait_weeks_p90,
        form.wait_weeks_p90.expect("it has a formula"),
    );
    assert_near(
        answer.share_within_target,
        form.share_within_target.expect("a formula"),
    );
}

#[test]
fn servers_needed_are_the_smallest_that_meet_the_target() {
    // At 4.5 referrals: the share within 1 week by Erlang C with 5, 6, 7 servers.
    let share = |servers| {
        1.0 - ManyServers {
            arrival_rate: 4.5,
            service_rate: 1.0,
            servers,
        }
        .wait_exceeds(1.0)
    };
    let expected = (5..20)
        .find(|servers| share(*servers) >= 0.95)
        .expect("some do");
    for servers in [3, 5, 12] {
        let answer = answered(&format!(
            "--arrivals-per-week 4.5 --servers {servers} --service-weeks 1 --target-weeks 1 \
             --target-share 0.95 --runs 60"
        ));
        let needed = answer.needed.expect("the target can be met");
        assert_eq!(needed.servers, expected);
        assert!(needed.error.expect("several runs") < 0.1);
    }
}

#[test]
fn a_list_that_grows_has_no_long_run() {
    let answer = answered("--arrivals-per-week 6 --servers 5 --service-weeks 1 --runs 20");
    assert_eq!(answer.method, Method::NoLongRun);
    for figure in [
        answer.wait_weeks_mean,
        answer.wait_weeks_p50,
        answer.wait_weeks_p90,
        answer.share_within_target,
        answer.list_end,
    ] {
        assert_eq!(figure, None);
    }
    assert_eq!(answer.utilisation.map(|e| e.value), Some(1.0));
    // What would be enough can be said all the same.
    assert!(answer.needed.is_some_and(|needed| needed.servers >= 7));
    let question = asked("--arrivals-per-week 5 --servers 5 --service-weeks 1");
    assert!(!question.has_long_run());
}

/// Worked: 200 wait, 3 come and 5 go a week, nearly constantly: 200 - 5 - 40 × 2 = 115 or so are
/// left after 40 weeks. Those on the list for 100 weeks are seen in weeks 0 to 40.
#[test]
fn the_course_starts_from_the_list_of_today() {
    let answer = answered(
        "--arrivals-per-week 3 --servers 5 --service-weeks 1 --service-cv 0 \
         --backlog 100-100:200 --weeks 40 --target-weeks 18 --runs 100",
    );
    assert_near(answer.list_end, 200.0 + 120.0 - 5.0 * 41.0);
    assert_near(answer.utilisation, 1.0);
    // Five of the list at each of weeks 0 to 39 have waited 100 to 139; at week 40 the first five
    // new ones, referred in week 1 on average (1/3, 2/3 … 5/3).
    let expected = (5.0 * (0..40).map(|n| 100.0 + f64::from(n)).sum::<f64>() + 5.0 * 39.0) / 205.0;
    assert_near(answer.wait_weeks_mean, expected);
    // Of 205 waits the 103rd is the 98th of the list: of those seen at week 19.
    assert_near(answer.wait_weeks_p50, 119.0);
    assert!((answer.already_over_target - 200.0).abs() < 1e-9);
    let share = answer
        .share_within_target
        .expect("there are referrals")
        .value;
    // Referred in week t, after 200 + 3t others, one is seen in week 40 + 0.6t: a wait of 40 - 0.4t,
    // of 24 weeks for the last. Only chance could bring one within 18.
    assert!(share < 0.01, "{share}");
    assert_eq!(answer.list_over_time.len(), 41);
    assert!((answer.list_over_time[0].mean - 200.0).abs() < 1e-9);
}

#[test]
fn the_same_seed_gives_the_same_figures_on_any_number_of_threads() {
    let question = asked(
        "--arrivals-per-week 5 --servers 2.5 --service-weeks 0.4 --service-cv 0.7 \
         --withdraw-per-week 0.02 --not-brought 0.1 --backlog 0-12:30,12-52:20 --runs 30",
    );
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        let pool = pool.expect("threads");
        as_json(&question, &pool.install(|| answer(&question))).to_string()
    };
    let one = on(1);
    assert_eq!(one, on(3));
    let other = Question {
        seed: 1,
        ..question.clone()
    };
    assert_ne!(one, as_json(&other, &answer(&other)).to_string());
}

#[test]
fn the_json_has_every_key_with_its_error() {
    let keys = [
        "wait_weeks_mean",
        "wait_weeks_p50",
        "wait_weeks_p90",
        "share_within_target",
        "withdrawn_share",
        "utilisation",
        "list_end",
        "servers_needed",
    ];
    let of = |options: &str| {
        let question = asked(options);
        as_json(&question, &answer(&question))
    };
    let stable = of("--arrivals-per-week 4 --servers 5 --service-weeks 1 --runs 20");
    for key in keys {
        assert!(stable[key].is_number(), "{key}");
        assert!(stable[format!("{key}_error")].is_number(), "{key}_error");
    }
    let grows = of("--arrivals-per-week 6 --servers 5 --service-weeks 1 --runs 20");
    assert_eq!(grows["wait_weeks_mean"], Value::Null);
    assert_eq!(grows["wait_weeks_mean_error"], Value::Null);
    assert!(
        grows
            .as_object()
            .is_some_and(|o| keys.iter().all(|key| o.contains_key(*key)))
    );
}

/// Messages of all that is wrong with some options.
fn refused(options: &str) -> Vec<String> {
    let service = "--arrivals-per-week 4 --servers 5 --service-weeks 1";
    let wrong = match question(&args(&format!("{service} {options}"))) {
        Ok(question) => panic!("{question:?}"),
        Err(wrong) => wrong,
    };
    assert_eq!(Failure::Input(wrong.clone()).exit_code(), 1);
    wrong.iter().map(ToString::to_string).collect()
}

#[test]
fn wrong_options_are_all_named_with_a_hint() {
    assert_eq!(
        refused("--target-share 92 --not-brought -0.1"),
        [
            "error: `--not-brought` is -0.1, expected a number from 0 to 0.9\n\
             hint: give a share of appointments; 10% is 0.1",
            "error: `--target-share` is 92, expected a number from 0.001 to 0.999\n\
             hint: give a share of all referrals; 92% is 0.92"
        ]
    );
    assert_eq!(
        refused("--withdraw-per-week NaN")[0],
        "error: `--withdraw-per-week` is NaN, expected a number from 0 to 10\n\
         hint: give a rate for each waiting child; 0.01 is 1 in 100 a week"
    );
    assert_eq!(
        refused("--backlog 12-0:5")[0],
        "error: `--backlog`: the band `12-0:5` ends before it starts\n\
         hint: give a number, or bands by weeks waited such as 0-12:300,12-52:120,52-104:40"
    );
    assert!(refused("--weeks 5000 --runs 100000")[0].contains("more than 200 million"));
    let nobody = args("--arrivals-per-week 0 --servers 1 --service-weeks 1");
    assert!(question(&nobody).is_err());
    for zero in ["--servers 0", "--service-weeks 0", "--servers inf"] {
        let options = format!("--arrivals-per-week 1 {zero}");
        let options = if zero.contains("weeks") {
            format!("{options} --servers 1")
        } else {
            format!("{options} --service-weeks 1")
        };
        assert!(question(&args(&options)).is_err(), "{zero}");
    }
}

#[test]
fn a_check_that_fails_is_seen_in_the_table() {
    let row = |simulated| Row {
        model: "M/M/1".to_owned(),
        measure: "mean wait [weeks]".to_owned(),
        load: Some(0.9),
        expected: 9.0,
        simulated,
        standard_error: 0.1,
        bound: 0.5,
    };
    let rows = [row(9.1), row(9.6)];
    let table = as_table(&rows, false);
    assert_eq!(
        table,
        "model  measure            load    expected   simulated  std error      z  verdict\n\
         M/M/1  mean wait [weeks]  0.90     9.00000     9.10000    0.10000   1.00  holds\n\
         M/M/1  mean wait [weeks]  0.90     9.00000     9.60000    0.10000   6.00  FAILS\n\
         1 of 2 checks hold"
    );
    assert_eq!(as_table(&rows, true).lines().count(), 3);
    assert_eq!(rows_as_json(&rows)[1]["verdict"], "fails");
}
