//! All that is known about a parameter, as text and as JSON.

use std::fmt;
use std::path::Path;

use serde_json::{Value, json};

use super::Failure;
use super::explain::value_text;
use super::render::wrapped;
use crate::parameters::{Parameter, ParameterSet, Passport, Source};
use crate::scenario;
use crate::scenario::lever::KINDS;
use crate::study::FittedTable;

/// Width of the text.
const WIDTH: usize = 72;
/// Width of the names on the left.
const NAMES: usize = 12;
/// Width of the labels of a fitted value.
const LABELS: usize = 24;

/// Base year that the examples are written for.
const EXAMPLES_FROM: i32 = 2025;

/// All that is known about a parameter.
#[derive(Debug, Clone)]
pub struct Explanation<'a> {
    passport: &'a Passport,
    source: Option<&'a Source>,
    parameter: Option<Parameter>,
    levers: Vec<&'static str>,
    table: Option<&'a FittedTable>,
}

impl<'a> Explanation<'a> {
    /// Looks a path up; `table` has the values where they are fitted to an area.
    pub fn of(
        parameters: &'a ParameterSet,
        path: &str,
        table: Option<&'a FittedTable>,
    ) -> Result<Self, Failure> {
        let Some(passport) = parameters.passport(path) else {
            let message = format!("unknown parameter `{path}`");
            return Err(Failure::input(
                "unknown-parameter",
                message,
                Some(parameters.hint(path)),
            ));
        };
        let parameter = Parameter::from_path(path);
        let acts = KINDS.iter().filter(|kind| {
            let of_rates = parameter.is_some_and(|p| kind.acts_on.contains(&p));
            of_rates || kind.acts_on_numbers.contains(&path)
        });
        Ok(Self {
            passport,
            source: parameters.source(&passport.source),
            parameter,
            levers: acts.map(|kind| kind.name).collect(),
            table,
        })
    }

    /// As JSON, the passport's fields first.
    pub fn to_json(&self) -> Value {
        let mut value = json!(self.passport);
        let fields = [
            ("source-details", json!(self.source)),
            ("scenarios-can-change-it", json!(self.parameter.is_some())),
            ("filters", json!(self.filters())),
            ("levers", json!(self.levers)),
            ("table", json!(self.table)),
        ];
        if let Some(object) = value.as_object_mut() {
            object.extend(fields.map(|(name, field)| (name.to_owned(), field)));
        }
        value
    }

    fn filters(&self) -> Vec<&'static str> {
        let dimensions = self.parameter.map_or(&[][..], |p| p.dimensions());
        dimensions
            .iter()
            .map(|dimension| dimension.field())
            .collect()
    }

    fn scenarios(&self) -> String {
        match (
            self.parameter,
            self.filters().as_slice(),
            self.lever_and_field(),
        ) {
            (None, _, Some((kind, field))) => {
                format!("can give their own: `{field}` under [[lever.{kind}]]")
            }
            (None, _, None) => "cannot change it".to_owned(),
            (Some(_), [], _) => "can set, multiply or add to it".to_owned(),
            (Some(_), filters, _) => {
                format!(
                    "can set, multiply or add to it; filters: {}",
                    filters.join(", ")
                )
            }
        }
    }

    /// The kind of lever and its field, when the number is the size of a lever.
    fn lever_and_field(&self) -> Option<(&str, &str)> {
        self.passport.path.strip_prefix("lever.")?.split_once('.')
    }

    fn dates(&self) -> String {
        match self.passport.values.as_slice() {
            [only] => format!("from {}", only.from),
            values => {
                let dated = values
                    .iter()
                    .map(|v| format!("from {}: {}", v.from, v.value));
                dated.collect::<Vec<_>>().join("; ")
            }
        }
    }

    fn lines(&self) -> Vec<(&'static str, String)> {
        let Passport {
            unit,
            basis,
            note,
            used_in,
            checked_on,
            ..
        } = self.passport;
        let mut lines = vec![
            ("value", value_text(self.passport)),
            ("unit", unit.clone()),
            ("dates", self.dates()),
            ("basis", basis.code().to_owned()),
        ];
        if let Some(source) = self.source {
            let Source {
                title,
                publisher,
                release,
                url,
                licence,
            } = source;
            lines.push(("source", format!("{title}; {publisher}; {release}")));
            lines.push(("", format!("{url} ({licence})")));
        }
        lines.push(("note", note.clone().unwrap_or_default()));
        lines.push(("checked on", checked_on.to_string()));
        lines.push(("used in", used_in.clone().unwrap_or_default()));
        lines.push(("scenarios", self.scenarios()));
        lines.push(("levers", self.levers.join(", ")));
        lines.push(("examples", self.examples().join(", ")));
        lines.retain(|(_, text)| !text.is_empty());
        lines
    }

    /// Built-in scenarios that use the number: they change it, or it is the size of their lever.
    fn examples(&self) -> Vec<&'static str> {
        let path = self.passport.path.as_str();
        let changes = |name: &str| {
            let example = scenario::load(Path::new(name), EXAMPLES_FROM);
            example.is_ok_and(|example| {
                let mut changes = example.actions.iter().flat_map(|action| &action.changes);
                changes.any(|change| change.parameter.path() == path)
            })
        };
        let uses = |(name, text): &(&str, &str)| {
            let lever = self.lever_and_field();
            let sizes_lever =
                lever.is_some_and(|(kind, _)| text.contains(&format!("[[lever.{kind}]]")));
            sizes_lever || changes(name)
        };
        let examples = scenario::embedded().iter();
        examples
            .filter(|example| uses(example))
            .map(|(name, _)| *name)
            .collect()
    }
}

impl fmt::Display for Explanation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.passport.path)?;
        writeln!(f, "{}\n", wrapped(&self.passport.label, 0, WIDTH + NAMES))?;
        for (name, text) in self.lines() {
            writeln!(f, "{name:NAMES$}{}", wrapped(&text, NAMES, WIDTH))?;
        }
        if let Some(table) = self.table {
            writeln!(f, "\n{table}")?;
        }
        Ok(())
    }
}

impl fmt::Display for FittedTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let label = |labels: &[String]| {
            let padded = labels.iter().map(|label| format!("{label:<LABELS$}"));
            padded.collect::<Vec<_>>().concat()
        };
        let headings: Vec<String> = self.headings.iter().map(ToString::to_string).collect();
        let headings = label(&headings);
        writeln!(f, "{}\n", wrapped(&self.title, 0, WIDTH + NAMES))?;
        writeln!(f, "{headings}{:>12}{:>12}{:>12}", "value", "low", "high")?;
        for row in &self.rows {
            let labels = label(&row.labels);
            writeln!(
                f,
                "{labels}{:>12.5}{:>12.5}{:>12.5}",
                row.value, row.low, row.high
            )?;
        }
        Ok(())
    }
}
