//! Numbers of the process that a scenario can change over time.

/// Length of a step [days].
const WEEK: f64 = 7.0;

/// A number over time: constant, or one for each week.
#[derive(Debug, Clone, PartialEq)]
pub enum Steps {
    /// Always the same.
    Constant(f64),
    /// By week from a day on; the first before it, the last after the end.
    Weekly {
        /// First day of the first week.
        first_day: f64,
        /// Numbers.
        values: Vec<f64>,
    },
}

impl Steps {
    /// The mean of the numbers between two days.
    pub fn mean(&self, from: f64, until: f64) -> f64 {
        let weeks = ((until - from) / WEEK).ceil().max(1.0);
        let days = (0..weeks as usize).map(|week| from + WEEK * week as f64);
        days.map(|day| self.at(day)).sum::<f64>() / weeks
    }

    /// The number on a day since the base date.
    pub fn at(&self, day: f64) -> f64 {
        match self {
            Self::Constant(value) => *value,
            Self::Weekly { first_day, values } => {
                let week = ((day - first_day) / WEEK).max(0.0) as usize;
                values[week.min(values.len() - 1)]
            }
        }
    }
}

/// What an authority decides about its process.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    /// Factor on the share of requests refused.
    pub refused: Steps,
    /// Factor on the share of assessments without a plan.
    pub not_issued: Steps,
    /// Factor on the share of disputes that go to mediation.
    pub mediated: Steps,
    /// Factor on the share of appeals conceded.
    pub conceded: Steps,
    /// Factor on the time until a request is decided.
    pub decision_time: Steps,
    /// Factor on the hours of a psychologist's advice.
    pub psychologist_hours: Steps,
    /// Factor on the hours of writing a plan.
    pub officer_hours: Steps,
    /// Factor on the share of drafts written again.
    pub rewritten: Steps,
}

impl Policy {
    /// Everything as it is.
    pub const UNCHANGED: Self = Self {
        refused: Steps::Constant(1.0),
        not_issued: Steps::Constant(1.0),
        mediated: Steps::Constant(1.0),
        conceded: Steps::Constant(1.0),
        decision_time: Steps::Constant(1.0),
        psychologist_hours: Steps::Constant(1.0),
        officer_hours: Steps::Constant(1.0),
        rewritten: Steps::Constant(1.0),
    };
}
