//! A TOML file, its text and the places in it.

use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::DeTable;

use crate::finding::{Finding, Location, Severity};

/// A TOML file and its text.
#[derive(Debug, Clone)]
pub struct TomlFile {
    path: PathBuf,
    text: String,
}

impl TomlFile {
    /// A file; `path` is how messages name it.
    pub fn new(path: impl Into<PathBuf>, text: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            text: text.into(),
        }
    }

    /// How messages name it.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Its text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The document with the place of every value, and a finding for every syntax error.
    pub fn parse(&self, findings: &mut Vec<Finding>) -> Option<Spanned<DeTable<'_>>> {
        let (document, errors) = DeTable::parse_recoverable(&self.text);
        for error in &errors {
            let span = error.span().unwrap_or_default();
            let hint = Some("text stands in quotes, dates and numbers do not".to_owned());
            findings.push(self.error("toml-syntax", span, error.message(), hint));
        }
        errors.is_empty().then_some(document)
    }

    /// An error at a place in the file.
    pub fn error(
        &self,
        check: &'static str,
        span: Range<usize>,
        message: impl Into<String>,
        hint: Option<String>,
    ) -> Finding {
        Finding {
            check,
            severity: Severity::Error,
            location: Some(self.location(&span)),
            message: message.into(),
            hint,
        }
    }

    /// Line and column of the start of a span of bytes.
    pub fn location(&self, span: &Range<usize>) -> Location {
        let before = self.text.get(..span.start).unwrap_or(&self.text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Location {
            file: self.path.clone(),
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_not_bytes() {
        let file = TomlFile::new("a.toml", "a = 1\né = x");
        let location = file.location(&(11..12));
        assert_eq!((location.line, location.column), (2, 5));
    }
}
