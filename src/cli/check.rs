//! `sendsim check`: every problem of scenarios and area packs at once.

use std::path::{Path, PathBuf};

use super::{Failure, render};
use crate::area::AreaPack;
use crate::finding::{Finding, Location, Severity};
use crate::parameters::ParameterSet;
use crate::report::counted;
use crate::scenario;

/// Checks scenario files and area packs: every problem at once, with file, line, column and a hint.
///
/// Exit code 1 when something is wrong.
#[derive(Debug, clap::Args)]
pub struct CheckArgs {
    /// Scenario files, names of examples, folders of scenarios, area packs (folders with an
    /// area.toml). Without any: what is built into the program
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Year whose 1 January the simulation starts on; a change cannot be dated before
    #[arg(long, value_name = "YEAR", default_value_t = 2025)]
    pub base_year: i32,
}

/// What was checked and what was found.
#[derive(Debug, Clone, Default)]
pub struct Checked {
    /// Number of scenarios, packs and parameter sets.
    pub inputs: usize,
    /// Everything found.
    pub findings: Vec<Finding>,
}

/// Checks, prints a summary line; fails with all findings when one is an error.
pub fn run(args: &CheckArgs) -> Result<(), Failure> {
    let checked = check(args);
    render::result(&checked.summary())?;
    if checked.count(Severity::Error) > 0 {
        return Err(Failure::Input(checked.findings));
    }
    if !checked.findings.is_empty() {
        render::findings(&checked.findings);
    }
    Ok(())
}

/// Checks without printing.
pub fn check(args: &CheckArgs) -> Checked {
    let mut checked = Checked::default();
    if args.paths.is_empty() {
        checked.add(ParameterSet::load().err());
        for (name, _) in scenario::embedded() {
            checked.add(scenario::load(Path::new(name), args.base_year).err());
        }
        for name in AreaPack::embedded_names() {
            let mut findings = Vec::new();
            AreaPack::embedded(name, &mut findings);
            checked.add(Some(findings));
        }
    }
    for path in &args.paths {
        checked.path(path, args.base_year);
    }
    checked
}

impl Checked {
    fn add(&mut self, findings: Option<Vec<Finding>>) {
        self.inputs += 1;
        self.findings.extend(findings.into_iter().flatten());
    }

    fn path(&mut self, path: &Path, base_year: i32) {
        if path.join("area.toml").is_file() {
            let mut findings = Vec::new();
            AreaPack::read(path, &mut findings);
            self.add(Some(findings));
        } else if path.is_dir() {
            self.folder(path, base_year);
        } else {
            self.add(scenario::load(path, base_year).err());
        }
    }

    /// The scenarios of a folder, by name.
    fn folder(&mut self, folder: &Path, base_year: i32) {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        let files = entries.map(|entry| entry.path());
        let mut scenarios: Vec<PathBuf> = files
            .filter(|file| file.extension().is_some_and(|ending| ending == "toml"))
            .collect();
        scenarios.sort();
        if scenarios.is_empty() {
            self.add(Some(vec![nothing_in(folder)]));
        }
        for path in scenarios {
            self.add(scenario::load(&path, base_year).err());
        }
    }

    /// How many findings are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        let of_severity = |finding: &&Finding| finding.severity == severity;
        self.findings.iter().filter(of_severity).count()
    }

    /// One line, for example `3 inputs checked: 2 errors, 1 warning`.
    pub fn summary(&self) -> String {
        let counts = [Severity::Error, Severity::Warning, Severity::Note]
            .map(|severity| (self.count(severity), severity.label()));
        let counts = counts.iter().filter(|(count, _)| *count > 0);
        let parts: Vec<String> = counts
            .map(|(count, label)| counted(*count, label))
            .collect();
        let found = match parts.as_slice() {
            [] => "nothing wrong".to_owned(),
            parts => parts.join(", "),
        };
        format!("{} checked: {found}", counted(self.inputs, "input"))
    }
}

fn nothing_in(folder: &Path) -> Finding {
    Finding {
        check: "nothing-to-check",
        severity: Severity::Error,
        location: Some(whole(folder)),
        message: "the folder has neither an area.toml nor scenario files".to_owned(),
        hint: Some("name a scenario file, a folder of them, or an area pack".to_owned()),
    }
}

fn whole(path: &Path) -> Location {
    Location {
        file: path.to_owned(),
        ..Location::default()
    }
}
