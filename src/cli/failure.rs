//! How a command fails.

use crate::finding::{Finding, Severity};

/// Why a command did not finish: the user's input is wrong (exit 1), or the machine failed us or
/// we failed (exit 2).
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// What is wrong with the input; at least one finding is an error.
    #[error("the input is wrong")]
    Input(Vec<Finding>),
    /// A full disk, an unwritable folder, a broken invariant.
    #[error("{message}")]
    Machine {
        /// What happened: lower case, no full stop.
        message: String,
        /// What the user can do about it.
        hint: Option<String>,
    },
}

impl From<crate::simulate::BrokenBalance> for Failure {
    fn from(broken: crate::simulate::BrokenBalance) -> Self {
        Self::Machine {
            message: broken.to_string(),
            hint: Some(
                "this is a fault of the program: please report it with the manifest".to_owned(),
            ),
        }
    }
}

impl Failure {
    /// A single error in the user's input, without a place in a file.
    pub fn input(check: &'static str, message: impl Into<String>, hint: Option<String>) -> Self {
        Self::Input(vec![Finding {
            check,
            severity: Severity::Error,
            location: None,
            message: message.into(),
            hint,
        }])
    }

    /// The process exit code.
    pub const fn exit_code(&self) -> u8 {
        match self {
            Self::Input(_) => 1,
            Self::Machine { .. } => 2,
        }
    }
}
