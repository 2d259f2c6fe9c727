//! What the parts of a scenario are checked against, and the checks that they share.

use std::ops::Range;

use super::size::Size;
use crate::domain::Date;
use crate::finding::Finding;
use crate::parameters::{ParameterSet, Uncertain};
use crate::toml_file::{Day, Placed, TomlFile};

/// The file, what its contents are checked against, and what was found wrong.
#[derive(Debug)]
pub(super) struct Context<'a> {
    /// The scenario file.
    pub(super) file: &'a TomlFile,
    /// First day of the simulation.
    pub(super) base: Date,
    /// Sizes of levers that a scenario does not give, and labels.
    pub(super) parameters: &'a ParameterSet,
    /// What is wrong.
    pub(super) findings: Vec<Finding>,
}

/// When a change works.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Period {
    /// First day.
    pub(super) from: Date,
    /// First day after.
    pub(super) until: Option<Date>,
    /// Years of growth to the full size.
    pub(super) phase_in_years: f64,
}

impl Context<'_> {
    /// Records an error.
    pub(super) fn error(
        &mut self,
        check: &'static str,
        span: &Range<usize>,
        message: impl Into<String>,
        hint: Option<String>,
    ) {
        let finding = self.file.error(check, span.clone(), message, hint);
        self.findings.push(finding);
    }

    /// A text that must say something.
    pub(super) fn words(&mut self, field: &str, text: &Placed<String>) -> String {
        let words = text.value.trim();
        if words.is_empty() {
            self.error(
                "empty-field",
                &text.span,
                format!("`{field}` is empty"),
                None,
            );
        }
        words.to_owned()
    }

    /// The period of a change, its dates in order and not before the base date.
    pub(super) fn period(
        &mut self,
        from: &Placed<Day>,
        until: Option<&Placed<Day>>,
        phase_in_years: Option<&Placed<f64>>,
    ) -> Period {
        let first = from.value.0;
        if first < self.base {
            let message = format!("{first} is before the base date {}", self.base);
            let hint = "a scenario changes the future; what is past is in the area's figures";
            self.error(
                "date-before-base",
                &from.span,
                message,
                Some(hint.to_owned()),
            );
        }
        if let Some(until) = until.filter(|until| until.value.0 <= first) {
            let message = format!("`until` {} is not after `from` {first}", until.value.0);
            self.error("dates-out-of-order", &until.span, message, None);
        }
        if let Some(years) = phase_in_years {
            let at_least_0 = years.value >= 0.0 && years.value.is_finite();
            if !at_least_0 {
                let message = format!("`phase-in-years` is {}, not years from 0 on", years.value);
                self.error("wrong-phase-in", &years.span, message, None);
            }
        }
        Period {
            from: first,
            until: until.map(|until| until.value.0),
            phase_in_years: phase_in_years.map_or(0.0, |years| years.value),
        }
    }

    /// A size whose numbers are in order and between two bounds.
    pub(super) fn size(
        &mut self,
        field: &str,
        size: &Placed<Size>,
        least: f64,
        most: f64,
    ) -> Uncertain {
        let Size(value) = size.value;
        let (low, high) = value.range();
        if let Err(message) = value.check() {
            let message = format!("`{field}`: {message}");
            self.error("wrong-distribution", &size.span, message, None);
        } else if low < least {
            let message = format!("`{field}` is {}, less than {least}", brief(low));
            let hint = format!("from {least} to {most} is accepted here");
            self.error("size-too-small", &size.span, message, Some(hint));
        } else if high > most {
            let message = format!("`{field}` is {}, more than {most}", brief(high));
            let hint = format!("from {least} to {most} is accepted here");
            self.error("size-too-large", &size.span, message, Some(hint));
        }
        value
    }
}

/// A number, without a row of zeros where it is huge.
fn brief(number: f64) -> String {
    if number.abs() < 1e9 {
        number.to_string()
    } else {
        format!("{number:e}")
    }
}
