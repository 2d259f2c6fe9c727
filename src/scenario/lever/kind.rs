//! What every kind of lever has in common.

use std::ops::RangeInclusive;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::DeserializeOwned;

use crate::parameters::{Parameter, Uncertain};
use crate::scenario::context::{Context, Period};
use crate::scenario::resolve::PlacedAction;
use crate::scenario::size::Size;
use crate::scenario::{Action, Change, Filter, Operation};
use crate::toml_file::{Day, Placed, Table};

/// A kind of lever: the fields that a scenario may write, and what they do to parameters.
pub(in crate::scenario) trait Lever: DeserializeOwned + JsonSchema {
    /// Name in scenario files.
    const KIND: &'static str;
    /// Title for people.
    const TITLE: &'static str;
    /// Parameters that it changes.
    const ACTS_ON: &'static [Parameter];
    /// Stated numbers that it changes, one of them for each lever.
    const ACTS_ON_NUMBERS: &'static [&'static str] = &[];

    /// The fields that every lever has.
    fn terms(&self) -> Terms<'_>;

    /// Title of this one for people, where it has no name of its own.
    fn title(&self) -> String {
        Self::TITLE.to_owned()
    }

    /// Its effect.
    fn changes(&self, period: Period, context: &mut Context<'_>) -> Vec<Change>;
}

/// The fields that every lever has.
#[derive(Debug, Clone, Copy)]
pub(in crate::scenario) struct Terms<'a> {
    pub(super) name: Option<&'a Placed<String>>,
    pub(super) from: &'a Placed<Day>,
    pub(super) until: Option<&'a Placed<Day>>,
    pub(super) phase_in_years: Option<&'a Placed<f64>>,
    pub(super) reason: &'a Placed<String>,
    pub(super) source: &'a Placed<String>,
}

/// An entry of the registry.
#[derive(Debug, Clone, Copy)]
pub struct Kind {
    /// Name in scenario files.
    pub name: &'static str,
    /// Title for people.
    pub title: &'static str,
    /// Parameters that it changes.
    pub acts_on: &'static [Parameter],
    /// Stated numbers that it changes, one of them for each lever.
    pub acts_on_numbers: &'static [&'static str],
    /// Reads one table of the kind.
    pub(in crate::scenario) read: fn(Table<'_>, &mut Context<'_>) -> Option<PlacedAction>,
    /// The schema of one table of the kind.
    pub(in crate::scenario) schema: fn(&mut SchemaGenerator) -> Schema,
}

impl Kind {
    pub(super) const fn of<L: Lever>() -> Self {
        Self {
            name: L::KIND,
            title: L::TITLE,
            acts_on: L::ACTS_ON,
            acts_on_numbers: L::ACTS_ON_NUMBERS,
            read: read::<L>,
            schema: SchemaGenerator::subschema_for::<L>,
        }
    }
}

fn read<L: Lever>(table: Table<'_>, context: &mut Context<'_>) -> Option<PlacedAction> {
    let span = table.span.clone();
    let lever: L = table.read(&mut context.findings)?;
    let terms = lever.terms();
    let mut period = context.period(terms.from, terms.until, terms.phase_in_years);
    if terms.phase_in_years.is_none() {
        let usual = context
            .parameters
            .value(&format!("lever.{}.phase-in-years", L::KIND), period.from);
        period.phase_in_years = usual.map_or(0.0, Uncertain::central);
    }
    let name = terms.name.map(|name| context.words("name", name));
    let action = Action {
        title: name.clone().unwrap_or_else(|| lever.title()),
        name: name.unwrap_or_else(|| L::KIND.to_owned()),
        reason: context.words("reason", terms.reason),
        source: context.words("source", terms.source),
        kind: L::KIND,
        changes: lever.changes(period, context),
    };
    Some(PlacedAction {
        action,
        name: terms.name.cloned(),
        span,
    })
}

/// A size of a lever: the scenario's own, or the parameter of the same path. The path is also the
/// address of its draw, so one kind of lever works equally well wherever it is used.
#[derive(Debug, Clone)]
pub(super) struct LeverSize {
    pub(super) value: Uncertain,
    pub(super) path: String,
}

impl Context<'_> {
    /// The size of a field of a lever, between two bounds.
    pub(super) fn lever_size(
        &mut self,
        path: String,
        written: Option<&Placed<Size>>,
        bounds: RangeInclusive<f64>,
        period: Period,
    ) -> LeverSize {
        let field = path.rsplit('.').next().unwrap_or_default();
        let value = match written {
            Some(size) => self.size(field, size, *bounds.start(), *bounds.end()),
            None => self.parameters.uncertain(&path, period.from),
        };
        LeverSize { value, path }
    }
}

impl LeverSize {
    /// A change by a function of the size; the function must be monotone.
    pub(super) fn change(
        &self,
        parameter: Parameter,
        filter: Filter,
        operation: Operation,
        effect: impl Fn(f64) -> f64,
        period: Period,
    ) -> Change {
        Change {
            parameter,
            filter,
            operation,
            size: self.value.map(effect),
            size_key: self.path.clone(),
            from: period.from,
            until: period.until,
            phase_in_years: period.phase_in_years,
            slip_years: Uncertain::Fixed(0.0),
        }
    }
}

/// The yearly rate at which a share is reached after some years.
pub(super) fn rate_of_share(share: f64, years: f64) -> f64 {
    -libm::log1p(-share) / years
}

/// Length of a period with an end [years].
pub(super) fn years_of(period: Period) -> f64 {
    let days = period
        .until
        .map_or(0, |until| until.days_since(period.from));
    f64::from(days.max(1)) / 365.25
}
