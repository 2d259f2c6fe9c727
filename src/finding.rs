//! Problems found in inputs: collected, placed, explained.

use std::fmt;
use std::path::PathBuf;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The input cannot be used.
    Error,
    /// The input is used; the consequence is stated.
    Warning,
    /// Worth knowing; nothing is lost.
    Note,
}

impl Severity {
    /// Name in messages and files.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// Where in a file something stands. Lines and columns count from 1; 0 means the whole file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Location {
    /// File, as the user named it.
    pub file: PathBuf,
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1 (a character in TOML, a field in CSV).
    pub column: usize,
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file.display())?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
            if self.column > 0 {
                write!(f, ":{}", self.column)?;
            }
        }
        Ok(())
    }
}

/// One failed check on an input. All offenders of one check are one finding, with examples in the
/// message and a count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Short stable name of the check, for example `plans-do-not-sum`.
    pub check: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// Where it is, if it is in a file.
    pub location: Option<Location>,
    /// What is wrong, and what was expected: lower case, no full stop.
    pub message: String,
    /// What follows for the results, or how to mend it.
    pub hint: Option<String>,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.severity.label(), self.message)?;
        if let Some(location) = &self.location {
            write!(f, "\n  --> {location}")?;
        }
        if let Some(hint) = &self.hint {
            write!(f, "\nhint: {hint}")?;
        }
        Ok(())
    }
}
