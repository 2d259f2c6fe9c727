//! What theory says about a question.

use super::question::Question;
use crate::queue::theory::{
    ConstantService, Fluid, Impatient, ManyServers, mean_wait_single_server, quantile,
};

/// Figures that have a closed form; none where theory has no formula.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ClosedForm {
    /// Model and name of the formula.
    pub method: String,
    /// Mean wait of those seen [weeks].
    pub wait_weeks_mean: Option<f64>,
    /// Weeks within which half of those seen are seen.
    pub wait_weeks_p50: Option<f64>,
    /// Weeks within which nine in ten of those seen are seen.
    pub wait_weeks_p90: Option<f64>,
    /// Share of all referrals within the target.
    pub share_within_target: Option<f64>,
    /// Share of all referrals that withdraw.
    pub withdrawn_share: Option<f64>,
    /// Share of the servers' time that is used.
    pub utilisation: Option<f64>,
    /// Number waiting: the mean of a long run, the end of a course.
    pub list_end: Option<f64>,
    /// Smallest number of servers that meets the target.
    pub servers_needed: Option<u32>,
}

/// The closed form of a question, if there is one.
pub(super) fn closed_form(question: &Question) -> Option<ClosedForm> {
    if let Some(backlog) = &question.backlog {
        return Some(of_course(question, backlog.people() as f64));
    }
    let servers = question.whole_servers()?;
    let mut form = match kind(question, servers)? {
        Kind::Exponential(queue) => of_exponential(question, &queue),
        Kind::Impatient(queue) => of_impatient(question, servers, &queue),
        Kind::Constant(queue) => of_constant(question, &queue),
        Kind::SingleServer => of_single_server(question),
        Kind::None => return None,
    };
    if form.share_within_target.is_some() {
        form.servers_needed = smallest_by_theory(question);
    }
    Some(form)
}

enum Kind {
    Exponential(ManyServers),
    Impatient(Impatient),
    Constant(ConstantService),
    SingleServer,
    None,
}

fn kind(question: &Question, servers: u32) -> Option<Kind> {
    let cv = question.service_cv;
    let is_exponential = (cv - 1.0).abs() <= 0.0;
    let withdraws = question.withdraw_per_week > 0.0;
    if withdraws {
        let has_form = is_exponential && question.not_brought <= 0.0;
        return has_form
            .then_some(())
            .and_then(|()| impatient(question, servers).map(Kind::Impatient));
    }
    if question.load() >= 1.0 {
        return None;
    }
    Some(if is_exponential {
        Kind::Exponential(exponential(question, servers))
    } else if cv <= 0.0 && question.not_brought <= 0.0 {
        let queue =
            ConstantService::new(question.arrivals_per_week, question.service_weeks, servers);
        match queue {
            Some(queue) => Kind::Constant(queue),
            None if servers == 1 => Kind::SingleServer,
            None => Kind::None,
        }
    } else if servers == 1 {
        Kind::SingleServer
    } else {
        Kind::None
    })
}

fn exponential(question: &Question, servers: u32) -> ManyServers {
    ManyServers {
        arrival_rate: question.arrivals_per_week,
        service_rate: question.seen_per_server(),
        servers,
    }
}

fn impatient(question: &Question, servers: u32) -> Option<Impatient> {
    Impatient::new(
        question.arrivals_per_week,
        question.seen_per_server(),
        question.withdraw_per_week,
        servers,
    )
}

/// Share of all seen within some weeks at exponential service, not brought included.
///
/// A child who was not brought has the next free appointment, so the appointments that fail run
/// one after another: with probability `p` they last, together, exponentially at the rate
/// `μ' = (1 - p) μ`, and the wait before them is that of M/M/c with `μ'`.
fn seen_within(queue: &ManyServers, not_brought: f64, weeks: f64) -> f64 {
    let waits = queue.waiting_probability();
    let spare = f64::from(queue.servers) * queue.service_rate - queue.arrival_rate;
    let slot = queue.service_rate;
    let (spare_left, slot_left) = ((-spare * weeks).exp(), (-slot * weeks).exp());
    let both = if ((slot - spare) / slot).abs() < 1e-9 {
        (1.0 + spare * weeks) * spare_left
    } else {
        (slot * spare_left - spare * slot_left) / (slot - spare)
    };
    let brought = waits * spare_left;
    let missed = (1.0 - waits) * slot_left + waits * both;
    1.0 - (1.0 - not_brought) * brought - not_brought * missed
}

fn of_exponential(question: &Question, queue: &ManyServers) -> ClosedForm {
    let missed = question.not_brought;
    let mean = queue.mean_wait() + missed / (1.0 - missed) * question.service_weeks;
    let within = |weeks| seen_within(queue, missed, weeks);
    ClosedForm {
        method: format!("M/M/{} (Erlang C)", queue.servers),
        wait_weeks_mean: Some(mean),
        wait_weeks_p50: quantile(0.5, within),
        wait_weeks_p90: quantile(0.9, within),
        share_within_target: Some(within(question.target_weeks)),
        withdrawn_share: Some(0.0),
        utilisation: Some(queue.load()),
        list_end: Some(question.arrivals_per_week * mean),
        servers_needed: None,
    }
}

fn of_impatient(question: &Question, servers: u32, queue: &Impatient) -> ClosedForm {
    ClosedForm {
        method: format!("M/M/{servers}+M (Erlang A)"),
        wait_weeks_mean: Some(queue.mean_wait_of_seen()),
        wait_weeks_p50: queue.wait_quantile_of_seen(0.5),
        wait_weeks_p90: queue.wait_quantile_of_seen(0.9),
        share_within_target: Some(queue.seen_within(question.target_weeks)),
        withdrawn_share: Some(queue.withdrawn_share()),
        utilisation: Some(queue.mean_busy() / f64::from(servers)),
        list_end: Some(queue.mean_waiting()),
        servers_needed: None,
    }
}

fn of_constant(question: &Question, queue: &ConstantService) -> ClosedForm {
    ClosedForm {
        method: format!("M/D/{} (Crommelin)", question.servers),
        wait_weeks_mean: Some(queue.mean_wait()),
        wait_weeks_p50: queue.wait_quantile(0.5),
        wait_weeks_p90: queue.wait_quantile(0.9),
        share_within_target: Some(queue.wait_within(question.target_weeks)),
        withdrawn_share: Some(0.0),
        utilisation: Some(question.load()),
        list_end: Some(queue.mean_waiting()),
        servers_needed: None,
    }
}

/// Appointments until the child is brought are geometric in number: their time together has the
/// mean `s / (1 - p)` and the squared coefficient of variation `(1 - p) cv² + p`.
fn of_single_server(question: &Question) -> ClosedForm {
    let missed = question.not_brought;
    let mean_weeks = question.service_weeks / (1.0 - missed);
    let cv = ((1.0 - missed) * question.service_cv * question.service_cv + missed).sqrt();
    let before = mean_wait_single_server(question.arrivals_per_week, mean_weeks, cv);
    let mean = before + missed * mean_weeks;
    ClosedForm {
        method: "M/G/1 (Pollaczek and Khinchine)".to_owned(),
        wait_weeks_mean: Some(mean),
        withdrawn_share: Some(0.0),
        utilisation: Some(question.load()),
        list_end: Some(question.arrivals_per_week * mean),
        ..ClosedForm::default()
    }
}

fn of_course(question: &Question, backlog: f64) -> ClosedForm {
    let weeks = question.weeks.unwrap_or(Question::COURSE_WEEKS);
    let fluid = Fluid {
        arrival_rate: question.arrivals_per_week,
        capacity: question.servers * question.seen_per_server(),
        withdrawal_rate: question.withdraw_per_week,
    };
    // Those being seen have left the list.
    let list = (backlog - question.servers).max(0.0);
    ClosedForm {
        method: "fluid limit".to_owned(),
        list_end: Some(fluid.list_after(list, weeks)),
        ..ClosedForm::default()
    }
}

/// Share of all within the target in the long run with a number of servers: exact where there is a
/// formula, otherwise the exponential tail scaled by `(1 + cv²) / 2` (Kingman 1961).
pub(super) fn share_with_servers(question: &Question, servers: u32) -> f64 {
    let question = question.with_servers(servers);
    if !question.has_long_run() {
        return 0.0;
    }
    let weeks = question.target_weeks;
    match kind(&question, servers) {
        Some(Kind::Exponential(queue)) => seen_within(&queue, question.not_brought, weeks),
        Some(Kind::Impatient(queue)) => queue.seen_within(weeks),
        Some(Kind::Constant(queue)) => queue.wait_within(weeks),
        Some(Kind::SingleServer | Kind::None) | None if question.withdraw_per_week > 0.0 => {
            impatient(&question, servers).map_or(0.0, |queue| queue.seen_within(weeks))
        }
        Some(Kind::SingleServer | Kind::None) | None => seen_within(
            &exponential(&question, servers),
            question.not_brought,
            weeks / question.variation(),
        ),
    }
}

fn smallest_by_theory(question: &Question) -> Option<u32> {
    const BEYOND_OFFERED: u32 = 100_000;
    let first = (question.offered().floor() as u32).max(1);
    let start = if question.withdraw_per_week > 0.0 {
        1
    } else {
        first
    };
    let meets = |servers: u32| share_with_servers(question, servers) >= question.target_share;
    let (mut low, mut step) = (start, 1u32);
    if meets(low) {
        return Some(low);
    }
    let mut high = loop {
        let next = low + step;
        if next > first + BEYOND_OFFERED {
            return None;
        }
        if meets(next) {
            break next;
        }
        low = next;
        step *= 2;
    };
    while high - low > 1 {
        let middle = u32::midpoint(low, high);
        if meets(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    Some(high)
}
