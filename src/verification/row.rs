//! One line of the table: a number by theory and by simulation.

/// What a row says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Within 4 standard errors, and the standard error is small.
    Holds,
    /// More than 4 standard errors away.
    Fails,
    /// The standard error is too large for the row to mean anything.
    TooCoarse,
}

impl Verdict {
    /// Word in the table.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::Fails => "FAILS",
            Self::TooCoarse => "TOO COARSE",
        }
    }
}

/// A number of a model by theory and by simulation.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Model.
    pub model: String,
    /// What is measured, with its unit.
    pub measure: String,
    /// Work that comes, over work that servers can do; none for a service without limit.
    pub load: Option<f64>,
    /// By theory.
    pub expected: f64,
    /// Mean over runs.
    pub simulated: f64,
    /// Standard error of the mean.
    pub standard_error: f64,
    /// Largest standard error with which the row means something.
    pub bound: f64,
}

impl Row {
    /// Largest distance from theory, in standard errors.
    pub const MOST_ERRORS: f64 = 4.0;

    /// Distance from theory in standard errors.
    pub fn z(&self) -> f64 {
        let difference = self.simulated - self.expected;
        if difference.abs() <= 0.0 {
            0.0
        } else {
            difference / self.standard_error
        }
    }

    /// What the row says.
    pub fn verdict(&self) -> Verdict {
        let is_near = self.z().abs() <= Self::MOST_ERRORS;
        if !is_near || !self.simulated.is_finite() {
            Verdict::Fails
        } else if self.standard_error <= self.bound {
            Verdict::Holds
        } else {
            Verdict::TooCoarse
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(simulated: f64, standard_error: f64) -> Row {
        Row {
            model: "M/M/1".to_owned(),
            measure: "mean wait [weeks]".to_owned(),
            load: Some(0.9),
            expected: 9.0,
            simulated,
            standard_error,
            bound: 0.5,
        }
    }

    #[test]
    fn a_row_can_fail() {
        assert_eq!(row(9.3, 0.1).verdict(), Verdict::Holds);
        assert_eq!(row(9.5, 0.1).verdict(), Verdict::Fails);
        assert_eq!(row(9.5, 1.0).verdict(), Verdict::TooCoarse);
        assert_eq!(row(f64::NAN, 0.1).verdict(), Verdict::Fails);
        assert_eq!(row(9.1, 0.0).verdict(), Verdict::Fails);
    }
}
