//! A plain change of one parameter: from `[[change]]` to an action.

use std::ops::Range;

use toml::de::DeTable;

use super::context::{Context, Period};
use super::file::ChangeFile;
use super::resolve::PlacedAction;
use super::size::Size;
use super::{Action, Change, Operation};
use crate::nearest::did_you_mean;
use crate::parameters::{Parameter, Passport, Uncertain};
use crate::toml_file::{Placed, Table};

impl Context<'_> {
    /// The action of one `[[change]]`.
    pub(super) fn change(
        &mut self,
        span: Range<usize>,
        fields: DeTable<'_>,
    ) -> Option<PlacedAction> {
        let table = Table {
            file: self.file,
            name: "[[change]]",
            fields,
            span: span.clone(),
            read_apart: &[],
        };
        let before = self.findings.len();
        let written: ChangeFile = table.read(&mut self.findings)?;
        let is_well_formed = self.findings.len() == before;
        let until = written.until.as_ref();
        let period = self.period(&written.from, until, written.phase_in_years.as_ref());
        let reason = self.words("reason", &written.reason);
        let source = self.words("source", &written.source);
        let operation = self.operation(&written, is_well_formed.then_some(&span));
        let parameter = self.parameter(&written.path);
        self.check_first_day(&written, period);
        let filter = self.filter(&written, parameter);
        let (operation, size) = operation?;
        let size = self.sized(parameter, operation, size);
        let parameter = parameter?;
        let change = Change {
            parameter,
            size_key: format!("change {} {filter}", parameter.path())
                .trim_end()
                .to_owned(),
            filter,
            operation,
            size,
            from: period.from,
            until: period.until,
            phase_in_years: period.phase_in_years,
            slip_years: Uncertain::Fixed(0.0),
        };
        let action = Action {
            name: parameter.path().to_owned(),
            title: self.change_title(&change),
            reason,
            source,
            kind: Action::PLAIN_CHANGE,
            changes: vec![change],
        };
        is_well_formed.then_some(PlacedAction {
            action,
            name: None,
            span,
        })
    }

    /// A number that is read on the base date must be changed from then on, or nothing would happen.
    fn check_first_day(&mut self, written: &ChangeFile, period: Period) {
        let path = &written.path.value;
        let passport = self.parameters.passport(path);
        let is_late = period.from > self.base || period.until.is_some();
        let is_late = is_late || period.phase_in_years > 0.0;
        if passport.is_some_and(|passport| passport.on_base_date) && is_late {
            let message = format!("`{path}` is read on the base date and never again");
            let hint = format!(
                "state it `from = {}`, without `until` and `phase-in-years`",
                self.base
            );
            self.error("read-on-base-date", &written.from.span, message, Some(hint));
        }
    }

    fn parameter(&mut self, path: &Placed<String>) -> Option<Parameter> {
        let parameter = Parameter::from_path(&path.value);
        if parameter.is_none() {
            let known = Parameter::paths();
            let (message, hint) = match self.parameters.passport(&path.value) {
                Some(_) => (
                    format!("`{}` cannot be changed by a scenario", path.value),
                    format!("a scenario can change {}", known.join(", ")),
                ),
                None => (
                    format!("unknown parameter `{}`", path.value),
                    did_you_mean(&path.value, "a scenario can change", known),
                ),
            };
            self.error("unknown-parameter", &path.span, message, Some(hint));
        }
        parameter
    }

    fn operation<'w>(
        &mut self,
        written: &'w ChangeFile,
        missing_at: Option<&Range<usize>>,
    ) -> Option<(Operation, &'w Placed<Size>)> {
        let sizes = [
            (Operation::Set, &written.set),
            (Operation::Multiply, &written.multiply),
            (Operation::Add, &written.add),
        ];
        let mut given = sizes
            .into_iter()
            .filter_map(|(operation, size)| Some((operation, size.as_ref()?)));
        match (given.next(), given.next()) {
            (Some(only), None) => Some(only),
            (None, _) => {
                // A field that could not be read may have been the size.
                if let Some(span) = missing_at {
                    let message = "[[change]] has none of `set`, `multiply` and `add`";
                    self.error("no-size", span, message, None);
                }
                None
            }
            (Some((first, _)), Some((second, size))) => {
                let message = format!(
                    "[[change]] has both `{}` and `{}`",
                    first.field(),
                    second.field()
                );
                let hint = "give one of `set`, `multiply` and `add`".to_owned();
                self.error("two-sizes", &size.span, message, Some(hint));
                None
            }
        }
    }

    /// The size, within what the parameter can hold, where it is known.
    fn sized(
        &mut self,
        parameter: Option<Parameter>,
        operation: Operation,
        size: &Placed<Size>,
    ) -> Uncertain {
        let stated = parameter.filter(|parameter| parameter.is_stated());
        let passport = stated.and_then(|stated| self.parameters.passport(stated.path()));
        let is_share = passport.is_some_and(Passport::is_share);
        let is_nothing = passport.is_some_and(Passport::is_nothing);
        if let (Some(stated), true, Operation::Multiply) = (stated, is_nothing, operation)
            && !size.value.0.is_exactly(1.0)
        {
            let message = format!("`{}` is 0, and so is any multiple of it", stated.path());
            let hint = "give `add`, how many more there are".to_owned();
            self.error("multiple-of-nothing", &size.span, message, Some(hint));
        }
        let limits = passport.map_or((None, None), Passport::limits);
        let bounds = |parameter: Parameter| {
            let most = limits.1.unwrap_or_else(|| parameter.most());
            match operation {
                Operation::Set if is_share => (0.0, 1.0),
                Operation::Add if is_share => (-1.0, 1.0),
                Operation::Set => (limits.0.unwrap_or(0.0), most),
                // Nothing can be taken away from nothing.
                Operation::Add if is_nothing => (0.0, most),
                Operation::Add => (-most, most),
                Operation::Multiply => (0.0, parameter.most_times()),
            }
        };
        let (least, most) = parameter.map_or((f64::NEG_INFINITY, f64::INFINITY), bounds);
        self.size(operation.field(), size, least, most)
    }

    fn change_title(&self, change: &Change) -> String {
        let path = change.parameter.path();
        let passport = self.parameters.passport(path);
        let label = passport.map_or(path, |passport| passport.label.as_str());
        match change.filter.to_string().as_str() {
            "" => label.to_owned(),
            cells => format!("{label} ({cells})"),
        }
    }

    /// Two changes of one parameter from one day must not share a cell: their order would be a
    /// matter of taste.
    pub(super) fn check_overlaps(&mut self, actions: &[PlacedAction]) {
        for (index, later) in actions.iter().enumerate() {
            let clash = actions[..index]
                .iter()
                .find(|earlier| clashes(earlier, later));
            let (Some(earlier), Some(change)) = (clash, later.action.changes.first()) else {
                continue;
            };
            let line = self.file.location(&earlier.span).line;
            let path = change.parameter.path();
            let message = format!(
                "`{path}` is changed twice from {} (first on line {line})",
                change.from
            );
            let hint = "join them into one, or give them filters or dates that do not overlap";
            self.error("changed-twice", &later.span, message, Some(hint.to_owned()));
        }
    }
}

fn clashes(earlier: &PlacedAction, later: &PlacedAction) -> bool {
    let mut pairs = earlier.action.changes.iter().zip(&later.action.changes);
    pairs.any(|(a, b)| {
        a.parameter == b.parameter && a.from == b.from && a.filter.overlaps(&b.filter)
    })
}
