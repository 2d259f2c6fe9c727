//! The order in which changes work on a parameter.
//!
//! The base value first; then the plain changes by date, on one date `set` before `multiply`
//! before `add`; then the levers in the order of [`super::lever::KINDS`], within a kind by date.
//! The place in the file never matters.

use std::cmp::Ordering;

use super::lever::KINDS;
use super::{Action, Change, Operation, Scenario};
use crate::domain::Date;

impl Scenario {
    /// The changes that can be felt between two dates, in the order in which they are applied. A
    /// change by nothing, or of another time, is left out, so that the simulation cannot tell such
    /// a scenario from the baseline.
    pub fn effective_changes(&self, base: Date, horizon_end: Date) -> Vec<&Change> {
        let changes = self.actions.iter().flat_map(|action| &action.changes);
        changes
            .filter(|change| change.is_felt(base, horizon_end))
            .collect()
    }
}

impl Change {
    fn is_felt(&self, base: Date, horizon_end: Date) -> bool {
        let in_time = self.from < horizon_end && self.until.is_none_or(|until| until > base);
        let nothing = match self.operation {
            Operation::Set => false,
            Operation::Multiply => self.size.is_exactly(1.0),
            Operation::Add => self.size.is_exactly(0.0),
        };
        in_time && !nothing
    }
}

pub(super) fn of_actions(a: &Action, b: &Action) -> Ordering {
    let place = |action: &Action| KINDS.iter().position(|kind| kind.name == action.kind);
    // A plain change has no place among the levers: `None` comes first.
    let by_kind = place(a).cmp(&place(b));
    let by_change = a
        .changes
        .iter()
        .map(order_key)
        .cmp(b.changes.iter().map(order_key));
    by_kind.then(by_change).then_with(|| a.name.cmp(&b.name))
}

fn order_key(change: &Change) -> impl Ord {
    (
        change.from,
        change.operation,
        change.parameter,
        change.filter.clone(),
    )
}

/// Names that occur more than once get a number, so that each names one action.
pub(super) fn number_repeated_names(mut actions: Vec<Action>) -> Vec<Action> {
    let names: Vec<String> = actions.iter().map(|action| action.name.clone()).collect();
    let count = |names: &[String], name: &str| names.iter().filter(|other| *other == name).count();
    for (index, action) in actions.iter_mut().enumerate() {
        if count(&names, &names[index]) > 1 {
            let number = count(&names[..=index], &names[index]);
            action.name = format!("{} {number}", names[index]);
        }
    }
    actions
}
