//! Finding a scenario: a file, or an example by name.

use std::path::Path;

use super::{Scenario, embedded, read};
use crate::finding::{Finding, Location, Severity};
use crate::nearest::did_you_mean;
use crate::toml_file::TomlFile;

/// Reads a scenario file or, where there is no such file, the built-in example of that name; says
/// everything that is wrong with it.
pub fn load(path: &Path, base_year: i32) -> Result<Scenario, Vec<Finding>> {
    let name = path.to_string_lossy();
    if name == Scenario::BASELINE {
        return Ok(Scenario::baseline());
    }
    if path.is_file() {
        return read(
            &from_disk(path).map_err(|finding| vec![finding])?,
            base_year,
        );
    }
    if path.is_dir() {
        return Err(vec![is_a_folder(path)]);
    }
    match embedded().iter().find(|(example, _)| *example == name) {
        Some((example, text)) => {
            let file = TomlFile::new(format!("scenarios/{example}.toml"), *text);
            read(&file, base_year)
        }
        None => Err(vec![unknown(&name)]),
    }
}

/// Reads several scenarios; says everything that is wrong with any of them, names that occur twice
/// included.
pub fn load_all(paths: &[&Path], base_year: i32) -> Result<Vec<Scenario>, Vec<Finding>> {
    let mut scenarios: Vec<Scenario> = Vec::new();
    let mut findings = Vec::new();
    for path in paths {
        match load(path, base_year) {
            Ok(scenario) if scenarios.iter().any(|other| other.name == scenario.name) => {
                findings.push(named_twice(path, &scenario.name));
            }
            Ok(scenario) => scenarios.push(scenario),
            Err(wrong) => findings.extend(wrong),
        }
    }
    if findings.is_empty() {
        Ok(scenarios)
    } else {
        Err(findings)
    }
}

fn from_disk(path: &Path) -> Result<TomlFile, Finding> {
    let bytes = std::fs::read(path).map_err(|error| Finding {
        check: "unreadable-file",
        severity: Severity::Error,
        location: Some(whole(path)),
        message: format!("the file cannot be read: {error}"),
        hint: Some("check the permissions of the file".to_owned()),
    })?;
    let text = String::from_utf8(bytes).map_err(|error| not_utf8(path, &error))?;
    // Editors on Windows put a byte-order mark first.
    Ok(TomlFile::new(path, text.trim_start_matches('\u{feff}')))
}

/// The place of the first byte that is not UTF-8.
fn not_utf8(path: &Path, error: &std::string::FromUtf8Error) -> Finding {
    let bytes = error.as_bytes();
    let at = error.utf8_error().valid_up_to();
    let before = TomlFile::new(path, String::from_utf8_lossy(&bytes[..at]));
    Finding {
        check: "wrong-encoding",
        severity: Severity::Error,
        location: Some(before.location(&(at..at))),
        message: format!(
            "the file is not UTF-8: byte 0x{:02X}",
            bytes.get(at).copied().unwrap_or_default()
        ),
        hint: Some("save it as text with the encoding UTF-8".to_owned()),
    }
}

fn is_a_folder(path: &Path) -> Finding {
    Finding {
        check: "not-a-file",
        severity: Severity::Error,
        location: Some(whole(path)),
        message: "a scenario is a file, and this is a folder".to_owned(),
        hint: Some("name the files in it; `sendsim check` takes a folder of scenarios".to_owned()),
    }
}

fn unknown(name: &str) -> Finding {
    let stem = name.trim_end_matches(".toml");
    let examples = embedded().iter().map(|(example, _)| *example);
    Finding {
        check: "unknown-scenario",
        severity: Severity::Error,
        location: None,
        message: format!("there is no scenario file or example `{name}`"),
        hint: Some(did_you_mean(stem, "the examples are", examples)),
    }
}

fn named_twice(path: &Path, name: &str) -> Finding {
    Finding {
        check: "scenario-name-twice",
        severity: Severity::Error,
        location: Some(whole(path)),
        message: format!("two scenarios are called `{name}`"),
        hint: Some("results are told apart by the file's name: rename one file".to_owned()),
    }
}

fn whole(path: &Path) -> Location {
    Location {
        file: path.to_owned(),
        ..Location::default()
    }
}
