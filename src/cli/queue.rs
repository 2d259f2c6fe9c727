//! `sendsim queue`: one service on its own.

use serde_json::{Map, Value, json};

use super::queue_table::table;
use super::threads::start_threads;
use super::{Failure, render};
use crate::finding::{Finding, Severity};
use crate::queue::Backlog;
use crate::waiting_list::{Answer, Estimate, Method, Question, answer};

/// Waits at one service, and the capacity that meets a target.
///
/// Without --backlog: the long run. With it: the course from today's list over --weeks. Waits are
/// from referral to first being seen, of those seen; the target share is of all referrals. Every
/// figure has its Monte Carlo error, and the closed form beside it where theory has one.
#[derive(Debug, Clone, clap::Args)]
pub struct QueueArgs {
    /// Referrals a week
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub arrivals_per_week: f64,
    /// Clinicians or officers (whole-time equivalents) who see children
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub servers: f64,
    /// Mean time that one of them needs for one child, in weeks: 0.25 is four children a week
    #[arg(long, value_name = "WEEKS", allow_negative_numbers = true)]
    pub service_weeks: f64,
    /// Spread of that time, standard deviation over mean: 0 constant, 1 exponential, otherwise gamma
    #[arg(
        long,
        value_name = "N",
        default_value_t = 1.0,
        allow_negative_numbers = true
    )]
    pub service_cv: f64,
    /// Rate at which each waiting child withdraws, a week: 0.01 is 1 in 100 a week
    #[arg(
        long,
        value_name = "RATE",
        default_value_t = 0.0,
        allow_negative_numbers = true
    )]
    pub withdraw_per_week: f64,
    /// Share of appointments to which the child is not brought: the time is used, and the child
    /// has the next one
    #[arg(
        long,
        value_name = "SHARE",
        default_value_t = 0.0,
        allow_negative_numbers = true
    )]
    pub not_brought: f64,
    /// Children waiting today: a number (counted as referred today), or by weeks already waited,
    /// such as 0-12:300,12-52:120,52-104:40
    #[arg(long, value_name = "N|BANDS", allow_hyphen_values = true)]
    pub backlog: Option<String>,
    /// Weeks from today (52 if not given); without --backlog, weeks measured in each run
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub weeks: Option<f64>,
    /// Weeks from referral within which a child should be seen
    #[arg(
        long,
        value_name = "WEEKS",
        default_value_t = 18.0,
        allow_negative_numbers = true
    )]
    pub target_weeks: f64,
    /// Share of all referrals that should be: 0.92 is 92 in 100
    #[arg(
        long,
        value_name = "SHARE",
        default_value_t = 0.92,
        allow_negative_numbers = true
    )]
    pub target_share: f64,
    /// Simulated futures
    #[arg(long, value_name = "N", default_value_t = 1000, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub runs: u32,
    /// Seed of every draw: the same seed gives the same figures
    #[arg(long, value_name = "N", default_value_t = 20_260_901)]
    pub seed: u64,
    /// Threads; all cores if not given. The results do not depend on it
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=256))]
    pub threads: Option<u32>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    /// No notes on standard error
    #[arg(long)]
    pub quiet: bool,
}

/// Answers and prints.
pub fn run(args: &QueueArgs) -> Result<(), Failure> {
    let question = question(args).map_err(Failure::Input)?;
    start_threads(args.threads)?;
    let answer = answer(&question);
    let notes = notes(&question, &answer);
    if !args.quiet && !notes.is_empty() {
        render::findings(&notes);
    }
    if args.json {
        render::result(&format!("{:#}", as_json(&question, &answer)))
    } else {
        render::result(&table(&question, &answer))
    }
}

/// What is asked; every wrong option is a finding.
pub fn question(args: &QueueArgs) -> Result<Question, Vec<Finding>> {
    let mut wrong = Vec::new();
    for (option, value, low, high, unit) in [
        (
            "arrivals-per-week",
            args.arrivals_per_week,
            0.0,
            1e5,
            "referrals a week",
        ),
        ("servers", args.servers, 0.01, 1e4, "whole-time equivalents"),
        (
            "service-weeks",
            args.service_weeks,
            1e-4,
            520.0,
            "weeks of one server for one child; an hour of a 37-hour week is 0.027",
        ),
        (
            "service-cv",
            args.service_cv,
            0.0,
            10.0,
            "standard deviation over mean; 1 if nothing is known",
        ),
        (
            "withdraw-per-week",
            args.withdraw_per_week,
            0.0,
            10.0,
            "a rate for each waiting child; 0.01 is 1 in 100 a week",
        ),
        (
            "not-brought",
            args.not_brought,
            0.0,
            0.9,
            "a share of appointments; 10% is 0.1",
        ),
        ("weeks", args.weeks.unwrap_or(1.0), 0.01, 5_200.0, "weeks"),
        (
            "target-weeks",
            args.target_weeks,
            0.0,
            5_200.0,
            "weeks from referral",
        ),
        (
            "target-share",
            args.target_share,
            0.001,
            0.999,
            "a share of all referrals; 92% is 0.92",
        ),
    ] {
        // A number that is not one is outside every range.
        if !(low..=high).contains(&value) {
            wrong.push(finding(
                "option-out-of-range",
                format!("`--{option}` is {value}, expected a number from {low} to {high}"),
                format!("give {unit}"),
            ));
        }
    }
    let backlog = args.backlog.as_deref().map(read_backlog).transpose();
    let backlog = backlog.unwrap_or_else(|problem| {
        wrong.push(problem);
        None
    });
    if wrong.is_empty() {
        wrong.extend(too_much_or_nothing(args, backlog.as_ref()));
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    Ok(Question {
        arrivals_per_week: args.arrivals_per_week,
        servers: args.servers,
        service_weeks: args.service_weeks,
        service_cv: args.service_cv,
        withdraw_per_week: args.withdraw_per_week,
        not_brought: args.not_brought,
        backlog,
        weeks: args.weeks,
        runs: args.runs,
        seed: args.seed,
        target_weeks: args.target_weeks,
        target_share: args.target_share,
    })
}

fn read_backlog(text: &str) -> Result<Backlog, Finding> {
    const MOST_PEOPLE: u64 = 1_000_000;
    const MOST_WEEKS: f64 = 5_200.0;
    let hint = "give a number, or bands by weeks waited such as 0-12:300,12-52:120,52-104:40";
    let problem = |message: String| finding("wrong-backlog", message, hint.to_owned());
    let backlog: Backlog = text
        .parse()
        .map_err(|message: String| problem(format!("`--backlog`: {message}")))?;
    if backlog.people() > MOST_PEOPLE {
        let people = backlog.people();
        return Err(problem(format!(
            "`--backlog` has {people} people, at most 1,000,000 can be"
        )));
    }
    if backlog
        .bands
        .iter()
        .any(|band| band.until_weeks > MOST_WEEKS)
    {
        return Err(problem(
            "`--backlog` has waits above 5,200 weeks".to_owned(),
        ));
    }
    Ok(backlog)
}

/// Nobody to simulate, or more than can be simulated.
fn too_much_or_nothing(args: &QueueArgs, backlog: Option<&Backlog>) -> Option<Finding> {
    const MOST_PEOPLE: f64 = 2e8;
    if args.arrivals_per_week <= 0.0 && backlog.is_none() {
        return Some(finding(
            "nobody-comes",
            "`--arrivals-per-week` is 0 and nobody waits".to_owned(),
            "give referrals a week, or the list today with `--backlog`".to_owned(),
        ));
    }
    let weeks = args.weeks.or(backlog.map(|_| Question::COURSE_WEEKS));
    let waiting = backlog.map_or(0, Backlog::people) as f64;
    let of_a_run = weeks.map_or(0.0, |weeks| weeks * args.arrivals_per_week + waiting);
    (of_a_run * f64::from(args.runs) > MOST_PEOPLE).then(|| {
        finding(
            "too-much-to-simulate",
            format!(
                "{of_a_run:.0} children in each of {} runs are more than 200 million",
                args.runs
            ),
            "choose fewer `--runs` or `--weeks`".to_owned(),
        )
    })
}

fn finding(check: &'static str, message: String, hint: String) -> Finding {
    Finding {
        check,
        severity: Severity::Error,
        location: None,
        message,
        hint: Some(hint),
    }
}

/// What the reader should know beside the figures.
fn notes(question: &Question, answer: &Answer) -> Vec<Finding> {
    let note = |check, severity, message: &str, hint: &str| Finding {
        check,
        severity,
        location: None,
        message: message.to_owned(),
        hint: Some(hint.to_owned()),
    };
    let mut notes = Vec::new();
    if let Method::LongRun { is_short: true, .. } = answer.method {
        notes.push(note(
            "short-warm-up",
            Severity::Warning,
            "the load is so near to 1 that the warm-up is shorter than ten relaxation times",
            "the runs start near the long run, but its figures are less sure than their errors say; \
             fewer `--runs` make each longer",
        ));
    }
    let has_no_waits =
        |list: &Backlog| list.people() > 0 && list.bands.iter().all(|b| b.until_weeks <= 0.0);
    if question.backlog.as_ref().is_some_and(has_no_waits) {
        notes.push(note(
            "waits-unknown",
            Severity::Note,
            "children on the list are counted as referred today",
            "give the weeks that they have waited: `--backlog 0-12:300,12-52:120`",
        ));
    }
    if question.whole_servers().is_none() {
        notes.push(note(
            "part-time-server",
            Severity::Note,
            "the part of a whole-time equivalent is a person who takes correspondingly longer",
            "utilisation is of the time of persons",
        ));
    }
    notes
}

/// The answer for programs.
pub fn as_json(question: &Question, answer: &Answer) -> Value {
    let mut object = Map::new();
    for (key, estimate) in figures(answer) {
        object.insert(key.to_owned(), json!(estimate.map(|e| e.value)));
        object.insert(
            format!("{key}_error"),
            json!(estimate.and_then(|e| e.error)),
        );
    }
    let (method, warm_up, weeks) = match answer.method {
        Method::LongRun { warm_up, weeks, .. } => ("long run", Some(warm_up), Some(weeks)),
        Method::NoLongRun => ("no long run", None, None),
        Method::Course { weeks } => ("course from today", None, Some(weeks)),
    };
    let needed = answer.needed.map(|needed| {
        json!({
            "share_within_target": needed.share.value,
            "share_within_target_error": needed.share.error,
            "crossing": needed.crossing,
        })
    });
    let closed_form = answer.closed_form.as_ref().map(|form| {
        json!({
            "method": form.method,
            "wait_weeks_mean": form.wait_weeks_mean,
            "wait_weeks_p50": form.wait_weeks_p50,
            "wait_weeks_p90": form.wait_weeks_p90,
            "share_within_target": form.share_within_target,
            "withdrawn_share": form.withdrawn_share,
            "utilisation": form.utilisation,
            "list_end": form.list_end,
            "servers_needed": form.servers_needed,
        })
    });
    let list: Vec<Value> = answer
        .list_over_time
        .iter()
        .map(|at| json!({ "week": at.week, "mean": at.mean, "p10": at.p10, "p90": at.p90 }))
        .collect();
    object.insert("method".to_owned(), json!(method));
    object.insert("load".to_owned(), json!(question.load()));
    object.insert("runs".to_owned(), json!(question.runs));
    object.insert("seed".to_owned(), json!(question.seed));
    object.insert("warm_up_weeks".to_owned(), json!(warm_up));
    object.insert("weeks".to_owned(), json!(weeks));
    object.insert(
        "already_over_target".to_owned(),
        json!(answer.already_over_target),
    );
    object.insert("list_over_time".to_owned(), json!(list));
    object.insert("with_servers_needed".to_owned(), json!(needed));
    object.insert("closed_form".to_owned(), json!(closed_form));
    Value::Object(object)
}

/// The figures by their keys.
fn figures(answer: &Answer) -> [(&'static str, Option<Estimate>); 8] {
    let needed = answer.needed.map(|needed| Estimate {
        value: f64::from(needed.servers),
        error: needed.error,
    });
    [
        ("wait_weeks_mean", answer.wait_weeks_mean),
        ("wait_weeks_p50", answer.wait_weeks_p50),
        ("wait_weeks_p90", answer.wait_weeks_p90),
        ("share_within_target", answer.share_within_target),
        ("withdrawn_share", answer.withdrawn_share),
        ("utilisation", answer.utilisation),
        ("list_end", answer.list_end),
        ("servers_needed", needed),
    ]
}
