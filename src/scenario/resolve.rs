//! From a scenario as written to a scenario as simulated, with every problem in it.

use std::ops::Range;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::context::Context;
use super::file::Header;
use super::lever::KINDS;
use super::{Action, Scenario, order};
use crate::domain::Date;
use crate::finding::Finding;
use crate::nearest::did_you_mean;
use crate::parameters::ParameterSet;
use crate::toml_file::{Placed, Table, TomlFile};

/// An action with its place in the file, for checks of one action against another.
#[derive(Debug, Clone)]
pub(super) struct PlacedAction {
    /// The action.
    pub(super) action: Action,
    /// The name that the file gives it.
    pub(super) name: Option<Placed<String>>,
    /// Where its table stands.
    pub(super) span: Range<usize>,
}

/// Reads a scenario whose simulation starts on 1 January of the base year, or says everything that
/// is wrong with it, in the order of the file.
pub fn read(file: &TomlFile, base_year: i32) -> Result<Scenario, Vec<Finding>> {
    let mut context = Context {
        file,
        base: Date::january(base_year),
        parameters: ParameterSet::embedded(),
        findings: Vec::new(),
    };
    let scenario = context.scenario();
    let mut findings = context.findings;
    findings.sort_by(|a, b| a.location.cmp(&b.location));
    match scenario {
        Some(scenario) if findings.is_empty() => Ok(scenario),
        _ => Err(findings),
    }
}

impl<'a> Context<'a> {
    fn scenario(&mut self) -> Option<Scenario> {
        let name = self.name();
        let mut document = self.file.parse(&mut self.findings)?.into_inner();
        let changes = document.remove("change");
        let levers = document.remove("lever");
        let header = self.header(document);
        let mut actions = Vec::new();
        for (span, fields) in self.array("change", changes) {
            actions.extend(self.change(span, fields));
        }
        self.check_overlaps(&actions);
        actions.extend(self.levers(levers));
        let header = header?;
        Some(Scenario {
            name,
            title: self.words("title", &header.title),
            question: self.words("question", &header.question),
            author: header.author.unwrap_or_default(),
            date: header.date.map(|day| day.0),
            not_modelled: header.not_modelled,
            actions: self.name_and_order(actions),
            text: self.file.text().to_owned(),
        })
    }

    fn name(&mut self) -> String {
        let stem = Path::file_stem(self.file.path());
        let name = stem.map_or(String::new(), |stem| stem.to_string_lossy().into_owned());
        if name == Scenario::BASELINE {
            let message = "a scenario file cannot be called `baseline`";
            let hint = "the baseline is the scenario without changes, and is always simulated";
            self.error("reserved-name", &(0..0), message, Some(hint.to_owned()));
        }
        name
    }

    fn header(&mut self, document: DeTable<'a>) -> Option<Header> {
        let table = Table {
            file: self.file,
            name: "the scenario",
            fields: document,
            span: 0..0,
            read_apart: &["change", "lever"],
        };
        let header: Header = table.read(&mut self.findings)?;
        if let Some(base) = header
            .base
            .as_ref()
            .filter(|base| base.value != Scenario::BASELINE)
        {
            let message = format!("unknown base `{}`", base.value);
            let hint = "every scenario changes the `baseline`".to_owned();
            self.error("unknown-base", &base.span, message, Some(hint));
        }
        Some(header)
    }

    /// The tables written `[[key]]`.
    fn array(
        &mut self,
        key: &str,
        value: Option<Spanned<DeValue<'a>>>,
    ) -> Vec<(Range<usize>, DeTable<'a>)> {
        let Some(value) = value else {
            return Vec::new();
        };
        let span = value.span();
        let items = match value.into_inner() {
            DeValue::Array(items) => items.into_iter().collect(),
            _ => Vec::new(),
        };
        let tables: Option<Vec<_>> = items.into_iter().map(as_table).collect();
        let tables = tables.unwrap_or_default();
        if tables.is_empty() {
            let message = format!("`{key}` is not a list of tables");
            let hint = format!("write each one under its own [[{key}]]");
            self.error("not-a-list-of-tables", &span, message, Some(hint));
        }
        tables
    }

    fn levers(&mut self, levers: Option<Spanned<DeValue<'a>>>) -> Vec<PlacedAction> {
        let Some(levers) = levers else {
            return Vec::new();
        };
        let span = levers.span();
        let DeValue::Table(kinds) = levers.into_inner() else {
            let hint = "write each lever under [[lever.<kind>]]".to_owned();
            self.error("not-a-table", &span, "`lever` is not a table", Some(hint));
            return Vec::new();
        };
        let mut actions = Vec::new();
        for (key, value) in kinds {
            let Some(kind) = KINDS
                .iter()
                .find(|kind| kind.name == key.get_ref().as_ref())
            else {
                let message = format!("unknown lever `{}`", key.get_ref());
                let names = KINDS.iter().map(|kind| kind.name);
                let hint = did_you_mean(key.get_ref(), "levers", names);
                self.error("unknown-lever", &key.span(), message, Some(hint));
                continue;
            };
            let name = format!("[[lever.{}]]", kind.name);
            for (span, fields) in self.array(&format!("lever.{}", kind.name), Some(value)) {
                let table = Table {
                    file: self.file,
                    name: &name,
                    fields,
                    span,
                    read_apart: &[],
                };
                actions.extend((kind.read)(table, self));
            }
        }
        actions
    }

    /// Actions in the order of application, each with a name of its own.
    fn name_and_order(&mut self, mut actions: Vec<PlacedAction>) -> Vec<Action> {
        for (index, later) in actions.iter().enumerate() {
            let Some(name) = &later.name else { continue };
            let named = actions[..index]
                .iter()
                .filter_map(|earlier| earlier.name.as_ref());
            if named.into_iter().any(|earlier| earlier.value == name.value) {
                let message = format!("two levers are named `{}`", name.value);
                self.error("name-twice", &name.span, message, None);
            }
        }
        actions.sort_by(|a, b| order::of_actions(&a.action, &b.action));
        order::number_repeated_names(actions.into_iter().map(|placed| placed.action).collect())
    }
}

fn as_table(item: Spanned<DeValue<'_>>) -> Option<(Range<usize>, DeTable<'_>)> {
    let span = item.span();
    match item.into_inner() {
        DeValue::Table(table) => Some((span, table)),
        _ => None,
    }
}
