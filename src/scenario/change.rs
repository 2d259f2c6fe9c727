//! A scenario as resolved: complete, checked, ready to simulate.

use std::collections::BTreeSet;

use crate::domain::{CeaseReason, Date, PrimaryNeed, Setting, Sex};
use crate::parameters::{Parameter, Uncertain};

/// A scenario: a question and its dated changes to the baseline. The baseline has none.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// Short name: the file's name without its ending; `baseline` for the baseline.
    pub name: String,
    /// Title for people.
    pub title: String,
    /// The question that it answers.
    pub question: String,
    /// Who wrote it.
    pub author: String,
    /// When.
    pub date: Option<Date>,
    /// Known effects left out.
    pub not_modelled: Vec<String>,
    /// What is done, in the order in which effects are attributed.
    pub actions: Vec<Action>,
    /// The file's text, for the manifest.
    pub text: String,
}

impl Scenario {
    /// Name of the scenario without changes.
    pub const BASELINE: &str = "baseline";

    /// Whether it changes places, which act only where they are finite.
    pub fn is_about_places(&self) -> bool {
        let mut changes = self.actions.iter().flat_map(|action| &action.changes);
        changes.any(|change| change.parameter.is_of_places())
    }

    /// The first number that it changes whose path starts so.
    pub fn changes_under(&self, start: &str) -> Option<&'static str> {
        let mut changes = self.actions.iter().flat_map(|action| &action.changes);
        changes.find_map(|change| {
            let path = change.parameter.path();
            path.starts_with(start).then_some(path)
        })
    }

    /// Every number that it changes by locality: path and locality.
    pub fn localities(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let changes = self.actions.iter().flat_map(|action| &action.changes);
        changes.flat_map(|change| {
            let localities = change.filter.localities.iter();
            localities.map(|locality| (change.parameter.path(), locality.as_str()))
        })
    }

    /// The numbers that it changes.
    pub fn paths(&self) -> impl Iterator<Item = &'static str> {
        let changes = self.actions.iter().flat_map(|action| &action.changes);
        changes.map(|change| change.parameter.path())
    }

    /// The scenario without changes.
    pub fn baseline() -> Self {
        Self {
            name: Self::BASELINE.to_owned(),
            title: "Baseline".to_owned(),
            question: "What happens if nothing is done differently?".to_owned(),
            author: String::new(),
            date: None,
            not_modelled: Vec::new(),
            actions: Vec::new(),
            text: String::new(),
        }
    }
}

/// One thing done: a lever, or one changed parameter.
#[derive(Debug, Clone, PartialEq)]
pub struct Action {
    /// Name in the attribution table, unique in the scenario.
    pub name: String,
    /// Title for people.
    pub title: String,
    /// Why.
    pub reason: String,
    /// Key or text of the source.
    pub source: String,
    /// Lever kind, for example `early-language`; `change` for a plain parameter change.
    pub kind: &'static str,
    /// Its effect on parameters.
    pub changes: Vec<Change>,
}

impl Action {
    /// Kind of a plain parameter change.
    pub const PLAIN_CHANGE: &'static str = "change";
}

/// A dated change of one parameter.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// What changes.
    pub parameter: Parameter,
    /// Which cells of it; everything when empty.
    pub filter: Filter,
    /// How.
    pub operation: Operation,
    /// By how much; a distribution is sampled once per draw.
    pub size: Uncertain,
    /// Address of the draw of `size`: the same key gives the same number in every scenario.
    pub size_key: String,
    /// First day of the effect.
    pub from: Date,
    /// First day without it.
    pub until: Option<Date>,
    /// Years in which the effect grows from nothing to its full size, in monthly steps; 0 is at once.
    pub phase_in_years: f64,
    /// Years by which the first day slips; sampled once per draw. Only places and posts slip.
    pub slip_years: Uncertain,
}

/// What a change does to a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Operation {
    /// Replaces it.
    Set,
    /// Multiplies it.
    Multiply,
    /// Adds to it.
    Add,
}

impl Operation {
    /// The field of a scenario file that asks for it.
    pub const fn field(self) -> &'static str {
        match self {
            Self::Set => "set",
            Self::Multiply => "multiply",
            Self::Add => "add",
        }
    }
}

/// Cells selected in a parameter; an empty set selects every value of that dimension.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Filter {
    /// Academic ages.
    pub ages: BTreeSet<u8>,
    /// Sexes.
    pub sexes: BTreeSet<Sex>,
    /// Primary needs (before recoding).
    pub needs: BTreeSet<PrimaryNeed>,
    /// Primary needs after recoding.
    pub to_needs: BTreeSet<PrimaryNeed>,
    /// Settings (before a move).
    pub settings: BTreeSet<Setting>,
    /// Settings after a move.
    pub to_settings: BTreeSet<Setting>,
    /// Reasons for ceasing.
    pub reasons: BTreeSet<CeaseReason>,
    /// Localities of a service, by the names that the area gives them. A change of all localities
    /// works first, then that of one.
    pub localities: BTreeSet<String>,
}
