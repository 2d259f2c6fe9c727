//! The answer of `sendsim queue` as a table and sentences.

use std::fmt::Write as _;

use super::render::wrapped;
use crate::waiting_list::{Answer, ClosedForm, Estimate, Method, Question};

const WIDTH: usize = 88;
/// Points of a course in the table; all are in the JSON.
const MOST_POINTS: usize = 13;

/// The table.
pub(super) fn table(question: &Question, answer: &Answer) -> String {
    let mut text = format!("{}\n{}\n\n", asked(question), method(question, answer));
    let form = answer.closed_form.as_ref();
    let by = form.map_or("closed form", |form| &form.method);
    let _ = writeln!(text, "{:44}{:>11}{:>9}  {by}", "", "simulated", "+/-");
    for (label, estimate, theory, digits) in rows(question, answer) {
        let number = |x: Option<f64>| x.map_or("-".to_owned(), |x| format!("{x:.digits$}"));
        let (value, error) = (estimate.map(|e| e.value), estimate.and_then(|e| e.error));
        let line = format!(
            "{label:44}{:>11}{:>9}  {}",
            number(value),
            number(error),
            number(theory)
        );
        let _ = writeln!(text, "{}", line.trim_end());
    }
    list_over_time(&mut text, answer);
    let sentences = sentences(question, answer);
    let _ = write!(text, "\n{}", wrapped(&sentences, 0, WIDTH));
    text
}

type Line = (String, Option<Estimate>, Option<f64>, usize);

fn rows(question: &Question, answer: &Answer) -> Vec<Line> {
    let form = answer.closed_form.clone().unwrap_or_default();
    let percent = |e: Option<Estimate>| {
        e.map(|e| Estimate {
            value: 100.0 * e.value,
            error: e.error.map(|error| 100.0 * error),
        })
    };
    let of_hundred = |x: Option<f64>| x.map(|x| 100.0 * x);
    let target = question.target_weeks;
    let list = match answer.method {
        Method::Course { weeks } => format!("On the list after {weeks} weeks"),
        Method::LongRun { .. } | Method::NoLongRun => "On the list, on average".to_owned(),
    };
    let needed = answer.needed.map(|needed| Estimate {
        value: f64::from(needed.servers),
        error: needed.error,
    });
    let ClosedForm { servers_needed, .. } = form;
    vec![
        (
            "Wait until seen, mean (weeks)".to_owned(),
            answer.wait_weeks_mean,
            form.wait_weeks_mean,
            2,
        ),
        (
            "Half of those seen wait at most (weeks)".to_owned(),
            answer.wait_weeks_p50,
            form.wait_weeks_p50,
            2,
        ),
        (
            "Nine in ten of those seen at most (weeks)".to_owned(),
            answer.wait_weeks_p90,
            form.wait_weeks_p90,
            2,
        ),
        (
            format!("Seen within {target} weeks, of all referrals (%)"),
            percent(answer.share_within_target),
            of_hundred(form.share_within_target),
            1,
        ),
        (
            "Withdraw before being seen (%)".to_owned(),
            percent(answer.withdrawn_share),
            of_hundred(form.withdrawn_share),
            1,
        ),
        (
            "Servers' time used (%)".to_owned(),
            percent(answer.utilisation),
            of_hundred(form.utilisation),
            1,
        ),
        (list, answer.list_end, form.list_end, 1),
        (
            format!(
                "Servers needed for {:.0}% within {target} weeks",
                100.0 * question.target_share
            ),
            needed.map(|e| Estimate {
                value: e.value,
                error: None,
            }),
            servers_needed.map(f64::from),
            0,
        ),
    ]
}

fn asked(question: &Question) -> String {
    let mut asked = format!(
        "{} referrals a week, {} servers, {} weeks of one server for each child",
        question.arrivals_per_week, question.servers, question.service_weeks
    );
    if let Some(backlog) = &question.backlog {
        let _ = write!(asked, ", {} waiting today", backlog.people());
    }
    asked
}

fn method(question: &Question, answer: &Answer) -> String {
    let (runs, seed) = (question.runs, question.seed);
    match answer.method {
        Method::LongRun { warm_up, weeks, .. } => format!(
            "Long run: {runs} runs of {weeks:.0} weeks after a warm-up of {warm_up:.0}, seed {seed}"
        ),
        Method::NoLongRun => "The list grows without end: there are no long-run waits".to_owned(),
        Method::Course { weeks } => {
            format!("The course of {weeks} weeks from today: {runs} runs, seed {seed}")
        }
    }
}

fn list_over_time(text: &mut String, answer: &Answer) {
    let points = &answer.list_over_time;
    if points.is_empty() {
        return;
    }
    let _ = writeln!(
        text,
        "\n{:>6}{:>15}{:>22}",
        "week", "on the list", "8 runs in 10"
    );
    let every = points.len().div_ceil(MOST_POINTS).max(1);
    let last = points.len() - 1;
    for (_, at) in points
        .iter()
        .enumerate()
        .filter(|(n, _)| n % every == 0 || *n == last)
    {
        let range = format!("{:.0} to {:.0}", at.p10, at.p90);
        let _ = writeln!(text, "{:>6}{:>15.1}{range:>22}", at.week, at.mean);
    }
}

/// What the figures mean.
fn sentences(question: &Question, answer: &Answer) -> String {
    let keeping_up = question.offered();
    let mut sentences = vec![format!(
        "Referrals alone keep {keeping_up:.1} servers busy: a load of {:.0}%.",
        100.0 * question.load()
    )];
    let growth = question.arrivals_per_week - question.servers * question.seen_per_server();
    if growth >= 0.0 && question.withdraw_per_week <= 0.0 {
        sentences.push(if growth > 0.0 {
            format!("The list grows by {growth:.1} a week, without end, until there are more servers or fewer referrals.")
        } else {
            "Capacity is just what referrals need, so the list has no level to return to.".to_owned()
        });
    }
    if answer.already_over_target > 0.0 {
        sentences.push(format!(
            "{:.0} on today's list have waited longer than {} weeks already; they count against the share, but not in the capacity needed, because no capacity can see them in time.",
            answer.already_over_target, question.target_weeks
        ));
    }
    sentences.push(match &answer.needed {
        Some(needed) => {
            let error = needed.error.map_or(String::new(), |e| format!(" (+/- {e:.2})"));
            format!(
                "With {} servers {:.1}% are seen in time; the target is crossed at about {:.1} servers{error}.",
                needed.servers,
                100.0 * needed.share.value,
                needed.crossing
            )
        }
        None => "No number of servers meets the target.".to_owned(),
    });
    sentences.push("The column +/- is the Monte Carlo error (one standard error).".to_owned());
    sentences.join(" ")
}
