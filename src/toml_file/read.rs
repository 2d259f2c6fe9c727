//! Reading one table, with every problem in it.

use std::collections::BTreeSet;
use std::ops::Range;

use schemars::{JsonSchema, SchemaGenerator};
use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue, ValueDeserializer};

use super::TomlFile;
use crate::finding::Finding;
use crate::nearest::did_you_mean;

/// One table of a file, for example one `[[change]]`.
#[derive(Debug, Clone)]
pub struct Table<'a> {
    /// The file.
    pub file: &'a TomlFile,
    /// What messages call it, for example `[[change]]`.
    pub name: &'a str,
    /// Its fields.
    pub fields: DeTable<'a>,
    /// Where it stands.
    pub span: Range<usize>,
    /// Fields that stand in it and are read apart from it, for hints.
    pub read_apart: &'a [&'a str],
}

impl Table<'_> {
    /// Reads the fields. Unknown fields, missing fields and fields of the wrong type are findings,
    /// all of them; `None` when what is left is not enough to go on with.
    pub fn read<T: DeserializeOwned + JsonSchema>(
        mut self,
        findings: &mut Vec<Finding>,
    ) -> Option<T> {
        let known = KnownFields::of::<T>();
        self.drop_unknown_fields(&known, findings);
        if self.report_missing_fields(&known, findings) {
            self.report_wrong_types::<T>(findings);
            return None;
        }
        self.report_wrong_types(findings)
    }

    fn drop_unknown_fields(&mut self, known: &KnownFields, findings: &mut Vec<Finding>) {
        let is_known = |key: &Spanned<DeString<'_>>| known.all.contains(key.get_ref().as_ref());
        let apart = self.read_apart;
        let fields = std::mem::take(&mut self.fields);
        let (fields, unknown): (Vec<_>, Vec<_>) =
            fields.into_iter().partition(|(key, _)| is_known(key));
        self.fields = fields.into_iter().collect();
        for (key, _) in unknown {
            let hint = did_you_mean(
                key.get_ref(),
                "fields here",
                known.iter().chain(apart.iter().copied()),
            );
            let message = format!("unknown field `{}` in {}", key.get_ref(), self.name);
            let finding = self
                .file
                .error("unknown-field", key.span(), message, Some(hint));
            findings.push(finding);
        }
    }

    fn report_missing_fields(&self, known: &KnownFields, findings: &mut Vec<Finding>) -> bool {
        let is_missing = |field: &&String| !self.fields.contains_key(field.as_str());
        let missing: Vec<&String> = known.required.iter().filter(is_missing).collect();
        for field in &missing {
            let message = format!("{} has no `{field}`", self.name);
            let finding = self
                .file
                .error("missing-field", self.span.clone(), message, None);
            findings.push(finding);
        }
        !missing.is_empty()
    }

    /// Each field of the wrong type is reported and taken out, until the rest can be read or too
    /// little is left.
    fn report_wrong_types<T: DeserializeOwned>(mut self, findings: &mut Vec<Finding>) -> Option<T> {
        loop {
            let table = Spanned::new(self.span.clone(), DeValue::Table(self.fields.clone()));
            let error = match T::deserialize(ValueDeserializer::from(table)) {
                Ok(read) => return Some(read),
                Err(error) => error,
            };
            let span = error.span().unwrap_or_else(|| self.span.clone());
            let field = self.field_at(&span)?;
            let message = format!("`{field}` of {}: {}", self.name, in_words(error.message()));
            findings.push(self.file.error("wrong-type", span, message, None));
            self.fields.remove(field.as_str());
        }
    }

    fn field_at(&self, span: &Range<usize>) -> Option<String> {
        let holds = |value: &Spanned<DeValue<'_>>| {
            value.span().start <= span.start && span.end <= value.span().end
        };
        let field = self.fields.iter().find(|(_, value)| holds(value));
        field.map(|(key, _)| key.get_ref().to_string())
    }
}

/// The fields of a table type, from its schema.
struct KnownFields {
    all: BTreeSet<String>,
    required: Vec<String>,
}

impl KnownFields {
    fn of<T: JsonSchema>() -> Self {
        let schema = T::json_schema(&mut SchemaGenerator::default());
        let object = |key: &str| schema.get(key).and_then(|value| value.as_object());
        let list = |key: &str| schema.get(key).and_then(|value| value.as_array());
        let all = object("properties")
            .into_iter()
            .flat_map(|fields| fields.keys().cloned());
        let required = list("required").into_iter().flatten();
        Self {
            all: all.collect(),
            required: required
                .filter_map(|name| name.as_str().map(str::to_owned))
                .collect(),
        }
    }

    fn iter(&self) -> impl Iterator<Item = &str> {
        self.all.iter().map(String::as_str)
    }
}

/// Serde's words for types, in words of the reader.
fn in_words(message: &str) -> String {
    message
        .replace("expected f64", "expected a number")
        .replace("expected a sequence", "expected a list")
        .replace(
            "expected a TOML datetime",
            "expected a date such as 2026-09-01, without quotes",
        )
        .replace("floating point", "number")
}
