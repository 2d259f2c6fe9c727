//! The numbers of a draw.

use super::area::AreaProcess;
use super::delay::Delay;
use super::exceptions::Exceptions;
use super::fit::Fit;
use super::shares::{Dispute, Shares};
use crate::domain::{AGES, AgeGroup, DAYS_PER_WEEK};

/// How much delays and amounts of work differ from case to case [coefficient of variation].
const SPREAD_OF_DELAYS: f64 = 0.5;
/// The same of appeals.
const SPREAD_OF_APPEALS: f64 = 0.4;

/// Where the stated numbers of a draw come from: their value by path, and a standard normal number
/// by key.
pub struct Numbers<'n> {
    /// A stated number.
    pub stated: &'n dyn Fn(&str) -> f64,
    /// A standard normal number of the draw.
    pub normal: &'n dyn Fn(&str) -> f64,
}

/// The process of a draw, before any scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// How decisions fall.
    pub shares: Shares,
    /// Request to the decision about assessing [days].
    pub decision: Delay,
    /// Advice of health, social care and education [days].
    pub other_advice: Delay,
    /// A psychologist's visits and report, once there is time for the case [days].
    pub psychologist: Delay,
    /// Assessments for which a psychologist has time at once.
    pub goes_first: f64,
    /// Draft to plan: the family's comments, consulting schools [days].
    pub consultation: Delay,
    /// Mediation [days].
    pub mediation: Delay,
    /// Appeal to hearing [days].
    pub appeal: Delay,
    /// Share of that time after which an appeal is conceded or withdrawn.
    pub ends_early_after: f64,
    /// Work of a psychologist's advice [hours].
    pub psychologist_hours: f64,
    /// Work of writing a plan [hours].
    pub officer_hours: f64,
    /// Drafts written again.
    pub rewritten: f64,
    /// Work of writing a draft again, as a share of writing it.
    pub rewriting: f64,
    /// Requests that come back within a year, of those refused that would not have been.
    pub comes_back: f64,
    /// When they do [days].
    pub back_after: Delay,
    /// Plans to which an exception to the 20 weeks applies.
    pub exceptions: Exceptions,
}

impl Settings {
    /// The process of an area in a draw.
    pub fn new(area: &AreaProcess, fit: &Fit, numbers: &Numbers<'_>) -> Self {
        let number = |name: &str| (numbers.stated)(&format!("process.{name}"));
        let delay = |weeks: f64| Delay::with_mean(weeks * DAYS_PER_WEEK, SPREAD_OF_DELAYS);
        Self {
            shares: shares(area, numbers),
            decision: delay(fit.decision_weeks),
            other_advice: delay(fit.other_advice_weeks),
            psychologist: delay(number("psychologist-weeks")),
            goes_first: fit.goes_first,
            consultation: delay(fit.consultation_weeks),
            mediation: delay(number("mediation-weeks")),
            appeal: Delay::with_median(number("appeal-weeks") * DAYS_PER_WEEK, SPREAD_OF_APPEALS),
            ends_early_after: number("appeal-ends-early-after"),
            psychologist_hours: number("psychologist-hours-per-advice"),
            officer_hours: number("officer-hours-per-plan"),
            rewritten: number("rewritten-share"),
            rewriting: number("rewriting-part"),
            comes_back: number("comes-back-share"),
            back_after: delay(number("comes-back-weeks")),
            exceptions: exceptions(area, numbers),
        }
    }
}

/// How decisions fall in a draw: the area's newest two years, drawn towards England's because
/// authorities do not stay where they are, with the surprise that is left.
fn shares(area: &AreaProcess, numbers: &Numbers<'_>) -> Shares {
    let number = |name: &str| (numbers.stated)(&format!("process.{name}"));
    let drawn = |name: &str, counts: (f64, f64)| drawn(numbers, (name, name), counts);
    let share = |name: &str, counts: (f64, f64)| logistic(drawn(name, counts));
    let refused = drawn("refused-share", area.refused());
    let shift = refused - logit(number("england.refused-share"));
    let mut by_age = [0.0; AGES];
    for (age, share) in by_age.iter_mut().enumerate() {
        let band = match AgeGroup::of(age as u8) {
            AgeGroup::Under5 => "under-5",
            AgeGroup::Age5To10 => "5-to-10",
            AgeGroup::Age11To15 => "11-to-15",
            AgeGroup::Age16To19 | AgeGroup::Age20To25 => "16-and-over",
        };
        let england = number(&format!("england.refused-share-{band}"));
        *share = logistic(logit(england) + shift);
    }
    Shares {
        withdrawn: number("england.withdrawn-share"),
        refused: by_age,
        not_issued: share("not-issued-share", area.not_issued()),
        after_refusal: Dispute {
            mediated: share("mediation-share", area.mediated(0)),
            appealed: share("appeal-share", area.appealed(0)),
        },
        after_no_plan: Dispute {
            mediated: share("no-plan-mediation-share", area.mediated(1)),
            appealed: share("no-plan-appeal-share", area.appealed(1)),
        },
        settled: number("mediation-settled-share"),
        appeal_withdrawn: number("appeal-withdrawn-share"),
        conceded: number("appeal-conceded-share"),
        won: number("appeal-won-share"),
    }
}

/// Exceptions in a draw, drawn towards England's in the same way.
fn exceptions(area: &AreaProcess, numbers: &Numbers<'_>) -> Exceptions {
    let share = |when: &str, is_in_time: bool| {
        let name = format!("exception-share-{when}");
        let names = (name.as_str(), "exception-share");
        logistic(drawn(numbers, names, area.with_exception(is_in_time)))
    };
    Exceptions {
        in_time: share("in-time", true),
        late: share("late", false),
    }
}

/// The log-odds of a share in a draw, from events and what they are of: England's, the part of the
/// area's departure that lasts, and a surprise. The second name is that of persistence and spread.
fn drawn(numbers: &Numbers<'_>, (name, lasts): (&str, &str), (events, of): (f64, f64)) -> f64 {
    let number = |name: &str| (numbers.stated)(&format!("process.{name}"));
    let england = logit(number(&format!("england.{name}")));
    let own = libm::log((events + 0.5) / (of - events + 0.5).max(0.5));
    let departure = if of > 0.0 { own - england } else { 0.0 };
    let kept = number(&format!("{lasts}.persistence"));
    let surprise = number(&format!("{lasts}.spread"));
    let key = format!("process.{name}.level");
    england + kept * departure + surprise * (numbers.normal)(&key)
}

fn logit(share: f64) -> f64 {
    libm::log(share / (1.0 - share))
}

fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-x))
}
