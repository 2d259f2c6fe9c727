//! Problems of one file, grouped by check: one finding for all offenders.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::domain::AuthorityCode;
use crate::finding::{Finding, Location, Severity};

/// Examples shown in a finding's message.
const EXAMPLES: usize = 3;

/// A finding, and the authority that it is about; `None` when it is about the whole file.
pub type PlacedFinding = (Option<AuthorityCode>, Finding);

/// One offender of one check.
#[derive(Debug, Clone)]
pub struct Problem {
    /// Short stable name of the check.
    pub check: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// The authority that it is about.
    pub authority: Option<AuthorityCode>,
    /// What is wrong, the same for all offenders of the check.
    pub what: String,
    /// This offender: the cell, or the place and year.
    pub example: String,
    /// Line, from 1; 0 for the whole file.
    pub line: usize,
    /// Field, from 1; 0 for the whole line.
    pub column: usize,
    /// What follows, or how to mend it.
    pub hint: Option<String>,
}

impl Problem {
    /// A problem of the whole file.
    pub fn new(check: &'static str, severity: Severity, what: impl Into<String>) -> Self {
        Self {
            check,
            severity,
            authority: None,
            what: what.into(),
            example: String::new(),
            line: 0,
            column: 0,
            hint: None,
        }
    }

    /// An error: the input cannot be used.
    pub fn error(check: &'static str, what: impl Into<String>) -> Self {
        Self::new(check, Severity::Error, what)
    }

    /// A warning: the input is used, with a consequence.
    pub fn warning(check: &'static str, what: impl Into<String>) -> Self {
        Self::new(check, Severity::Warning, what)
    }

    /// A note: nothing is lost.
    pub fn note(check: &'static str, what: impl Into<String>) -> Self {
        Self::new(check, Severity::Note, what)
    }

    /// Where it stands.
    pub fn at(mut self, line: usize, column: usize) -> Self {
        self.line = line;
        self.column = column;
        self
    }

    /// The offending cell, or the place and year.
    pub fn example(mut self, example: impl Into<String>) -> Self {
        self.example = example.into();
        self
    }

    /// What follows, or how to mend it.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The authority that it is about.
    pub fn about(mut self, authority: AuthorityCode) -> Self {
        self.authority = Some(authority);
        self
    }
}

#[derive(Debug)]
struct Offenders {
    first: (usize, usize),
    examples: Vec<String>,
    count: usize,
    hint: Option<String>,
}

type Group = (Severity, &'static str, Option<AuthorityCode>, String);

/// Problems collected while one file is read.
#[derive(Debug)]
pub struct Problems {
    file: PathBuf,
    groups: BTreeMap<Group, Offenders>,
}

impl Problems {
    /// No problems yet in `file`.
    pub fn new(file: &Path) -> Self {
        Self {
            file: file.to_path_buf(),
            groups: BTreeMap::new(),
        }
    }

    /// Adds an offender.
    pub fn add(&mut self, problem: Problem) {
        let group = (
            problem.severity,
            problem.check,
            problem.authority,
            problem.what,
        );
        let offenders = self.groups.entry(group).or_insert(Offenders {
            first: (problem.line, problem.column),
            examples: Vec::new(),
            count: 0,
            hint: problem.hint,
        });
        offenders.count += 1;
        if offenders.examples.len() < EXAMPLES && !problem.example.is_empty() {
            offenders.examples.push(match problem.line {
                0 => problem.example,
                line => format!("{} (line {line})", problem.example),
            });
        }
    }

    /// Whether an error was added.
    pub fn has_errors(&self) -> bool {
        self.groups
            .keys()
            .any(|(severity, ..)| *severity == Severity::Error)
    }

    /// One finding per check, worst first.
    pub fn into_findings(self) -> Vec<PlacedFinding> {
        let file = self.file;
        self.groups
            .into_iter()
            .map(|((severity, check, authority, what), offenders)| {
                let (line, column) = offenders.first;
                let finding = Finding {
                    check,
                    severity,
                    location: Some(Location {
                        file: file.clone(),
                        line,
                        column,
                    }),
                    message: message(what, &offenders),
                    hint: offenders.hint,
                };
                (authority, finding)
            })
            .collect()
    }
}

fn message(what: String, offenders: &Offenders) -> String {
    if offenders.examples.is_empty() {
        return what;
    }
    let shown = offenders.examples.join("; ");
    match offenders.count - offenders.examples.len() {
        0 => format!("{what}: {shown}"),
        more => format!("{what}: {shown}; and {more} more"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offenders_of_one_check_are_one_finding_with_three_examples() {
        let mut problems = Problems::new(Path::new("a.csv"));
        for line in 2..7 {
            problems.add(
                Problem::error("negative-count", "counts below zero")
                    .example("`-1`")
                    .at(line, 4),
            );
        }
        let findings = problems.into_findings();
        assert_eq!(findings.len(), 1);
        assert_eq!(
            findings[0].1.to_string(),
            "error: counts below zero: `-1` (line 2); `-1` (line 3); `-1` (line 4); and 2 more\n  --> a.csv:2:4"
        );
    }
}
