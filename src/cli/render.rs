//! Text for people: findings with their lines to standard error, results to standard output.

use std::fmt::Write as _;
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use super::Failure;
use crate::finding::{Finding, Location};
use crate::parameters::ParameterSet;
use crate::scenario;

/// Writes a message to standard error.
pub fn message(text: &str) {
    // When standard error is gone there is nobody left to tell.
    let _ = writeln!(io::stderr(), "{text}");
}

/// Writes findings to standard error, each with the line that it is about.
pub fn findings(findings: &[Finding]) {
    let texts: Vec<String> = findings.iter().map(finding_text).collect();
    message(&texts.join("\n\n"));
}

/// Writes why a command failed to standard error.
pub fn failure(failure: &Failure) {
    match failure {
        Failure::Input(wrong) => findings(wrong),
        Failure::Machine {
            message: what,
            hint,
        } => {
            let hint = hint.iter().map(|hint| format!("\nhint: {hint}"));
            message(&format!("error: {what}{}", hint.collect::<String>()));
        }
    }
}

/// Writes a result to standard output.
pub fn result(text: &str) -> Result<(), Failure> {
    match writeln!(io::stdout(), "{}", text.trim_end()) {
        // The reader, for example `head`, has seen enough.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(Failure::Machine {
            message: format!("standard output cannot be written: {error}"),
            hint: None,
        }),
        Ok(()) => Ok(()),
    }
}

/// A finding with the line that it is about, where that can be read.
pub fn finding_text(finding: &Finding) -> String {
    let text = finding.to_string();
    let Some(excerpt) = finding.location.as_ref().and_then(excerpt) else {
        return text;
    };
    match text.rsplit_once("\nhint: ") {
        Some((before, hint)) => format!("{before}\n{excerpt}\nhint: {hint}"),
        None => format!("{text}\n{excerpt}"),
    }
}

fn excerpt(location: &Location) -> Option<String> {
    let text = source_text(&location.file)?;
    let line = text.lines().nth(location.line.checked_sub(1)?)?;
    let before: String = line.chars().take(location.column.checked_sub(1)?).collect();
    // Tabs stay tabs, so that the mark stands under its column.
    let indent: String = before
        .chars()
        .map(|c| if c == '\t' { '\t' } else { ' ' })
        .collect();
    let number = location.line.to_string();
    let margin = " ".repeat(number.len());
    Some(format!(
        "{margin} |\n{number} | {line}\n{margin} | {indent}^"
    ))
}

/// Text of a TOML file, on disk or built in; in other files a column is not a character.
fn source_text(path: &Path) -> Option<String> {
    if path.extension()? != "toml" {
        return None;
    }
    let built_in = || {
        let name = path.to_str()?;
        let files = ParameterSet::files().iter();
        let parameters = files.map(|(file, text)| ((*file).to_owned(), *text));
        let examples = scenario::embedded().iter();
        let examples = examples.map(|(name, text)| (format!("scenarios/{name}.toml"), *text));
        let mut texts = parameters.chain(examples);
        texts
            .find(|(file, _)| file == name)
            .map(|(_, text)| text.to_owned())
    };
    std::fs::read_to_string(path).ok().or_else(built_in)
}

/// Text in lines of at most `width` characters, each after the first with an indent.
pub fn wrapped(text: &str, indent: usize, width: usize) -> String {
    let mut wrapped = String::new();
    let mut column = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if column > 0 && column + 1 + length > width {
            let _ = write!(wrapped, "\n{}", " ".repeat(indent));
            column = 0;
        } else if column > 0 {
            wrapped.push(' ');
            column += 1;
        }
        wrapped.push_str(word);
        column += length;
    }
    wrapped
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::finding::Severity;

    #[test]
    fn a_finding_shows_its_line_and_marks_its_column() {
        let finding = Finding {
            check: "x",
            severity: Severity::Error,
            location: Some(Location {
                file: PathBuf::from("scenarios/baseline/joining.toml"),
                line: 3,
                column: 2,
            }),
            message: "wrong".to_owned(),
            hint: Some("mend it".to_owned()),
        };
        assert_eq!(
            finding_text(&finding),
            "error: wrong\n  --> scenarios/baseline/joining.toml:3:2\n  |\n\
             3 | [joining.sen-support-ratio]\n  |  ^\nhint: mend it"
        );
    }

    #[test]
    fn lines_are_wrapped_between_words() {
        assert_eq!(wrapped("one two three", 2, 8), "one two\n  three");
    }
}
