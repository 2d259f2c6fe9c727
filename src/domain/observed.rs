//! A published cell, and what a table rests on.

use std::fmt;

/// A published cell: a number, or the reason why there is none. A zero is a real zero.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Observed {
    /// A published number.
    Value(f64),
    /// Suppressed to protect people: `c`, `*`.
    Suppressed,
    /// Not available, or not reported: `x`, blank.
    NotAvailable,
    /// Not applicable: `z`.
    NotApplicable,
    /// Rounds to zero: `low`, `k`.
    Low,
}

impl Observed {
    /// The number, if one was published.
    pub const fn value(self) -> Option<f64> {
        match self {
            Self::Value(value) => Some(value),
            Self::Suppressed | Self::NotAvailable | Self::NotApplicable | Self::Low => None,
        }
    }

    /// Reads a cell; `None` when it is neither a number nor a known symbol.
    pub fn parse(cell: &str) -> Option<Self> {
        match cell.trim() {
            "" | "x" | ":" | "." | ".." | "NA" | "N/A" => Some(Self::NotAvailable),
            "c" | "*" => Some(Self::Suppressed),
            "z" => Some(Self::NotApplicable),
            "-" => Some(Self::Value(0.0)),
            "low" | "k" | "~" => Some(Self::Low),
            number => number
                .replace(',', "")
                .parse()
                .ok()
                .filter(|value: &f64| value.is_finite())
                .map(Self::Value),
        }
    }
}

impl fmt::Display for Observed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value(value) => write!(f, "{value}"),
            Self::Suppressed => f.write_str("c"),
            Self::NotAvailable => f.write_str("x"),
            Self::NotApplicable => f.write_str("z"),
            Self::Low => f.write_str("low"),
        }
    }
}

/// What a number rests on.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// As published.
    Published,
    /// Computed from published figures by a stated method.
    Derived,
    /// The area's own figure.
    Local,
    /// Elicited from experts.
    Expert,
    /// Assumed; says so wherever it is shown.
    Assumption,
}

impl Basis {
    /// Name in files.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::Derived => "derived",
            Self::Local => "local",
            Self::Expert => "expert",
            Self::Assumption => "assumption",
        }
    }
}
