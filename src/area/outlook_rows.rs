//! The outlook of plans: what the forecast over all authorities knows at the base date.

use crate::domain::AgeGroup;
use crate::files::Kind::{Number, Text};

use super::cells::{Cells, Columns};
use super::table::PackRow;

/// Whose course a number of the outlook describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum OutlookScope {
    /// All authorities together.
    National,
    /// The area itself.
    Local,
}

impl OutlookScope {
    /// Every scope.
    pub const ALL: [Self; 2] = [Self::National, Self::Local];

    /// Name in files.
    pub const fn code(self) -> &'static str {
        match self {
            Self::National => "national",
            Self::Local => "local",
        }
    }
}

/// `outlook.csv`: one number of the national course or of the area's own.
#[derive(Debug, Clone, PartialEq)]
pub struct OutlookRow {
    /// Whose.
    pub scope: OutlookScope,
    /// What it is, for example `growth` or `retention`.
    pub quantity: String,
    /// Position in a series (years ahead, grid point); 0 where there is only one.
    pub step: usize,
    /// Age band; `None` for all ages.
    pub age_group: Option<AgeGroup>,
    /// The number.
    pub value: f64,
}

/// Most children of one authority, and of all [persons].
const MOST_LOCAL: f64 = 1e6;
const MOST_NATIONAL: f64 = 1e8;

/// Bound of factors and of their logarithms, which lie within ±2 for every authority.
const MOST_FACTOR: f64 = 10.0;

impl OutlookRow {
    /// Whether it is part of the area's plans on the base date.
    pub(super) fn is_local_stock(&self) -> bool {
        self.scope == OutlookScope::Local && self.quantity == "plans"
    }

    /// Whether the number is within what its quantity can be.
    pub(super) fn is_possible(&self) -> bool {
        let counts = matches!(self.quantity.as_str(), "plans" | "residents" | "exposure");
        match (counts, self.scope) {
            (true, OutlookScope::Local) => (0.0..=MOST_LOCAL).contains(&self.value),
            (true, OutlookScope::National) => (0.0..=MOST_NATIONAL).contains(&self.value),
            (false, _) => self.value.abs() <= MOST_FACTOR,
        }
    }
}

/// Parts of an outlook: whose, what, and whether it goes by age band.
const PARTS: [(OutlookScope, &str, bool); 20] = [
    (OutlookScope::National, "plans", true),
    (OutlookScope::National, "growth", false),
    (OutlookScope::National, "surprise", false),
    (OutlookScope::National, "damping", false),
    (OutlookScope::National, "damping_probability", false),
    (OutlookScope::National, "retention", true),
    (OutlookScope::National, "joining_pattern", true),
    (OutlookScope::National, "exposure", true),
    (OutlookScope::Local, "plans", true),
    (OutlookScope::Local, "excess", false),
    (OutlookScope::Local, "factor", false),
    (OutlookScope::Local, "factor_variance", false),
    (OutlookScope::Local, "persistence", false),
    (OutlookScope::Local, "change_sd", false),
    (OutlookScope::Local, "growth_sd", false),
    (OutlookScope::Local, "joining_pattern", true),
    (OutlookScope::Local, "joining_pattern_sd", true),
    (OutlookScope::Local, "retention", true),
    (OutlookScope::Local, "retention_noise", true),
    (OutlookScope::Local, "residents", true),
];

/// Pairs of parts that are as long as each other.
const PAIRS: [[(OutlookScope, &str); 2]; 2] = [
    [
        (OutlookScope::National, "damping"),
        (OutlookScope::National, "damping_probability"),
    ],
    [
        (OutlookScope::National, "exposure"),
        (OutlookScope::Local, "residents"),
    ],
];

/// Whether every part of an outlook is there, in each of its steps, for each of its age bands.
pub(super) fn is_complete(rows: &[OutlookRow]) -> bool {
    let of = |scope: OutlookScope, quantity: &str| -> Vec<&OutlookRow> {
        rows.iter()
            .filter(|row| row.scope == scope && row.quantity == quantity)
            .collect()
    };
    let steps = |scope: OutlookScope, quantity: &str| {
        of(scope, quantity).iter().map(|row| row.step + 1).max()
    };
    let is_whole = |&(scope, quantity, by_band): &(OutlookScope, &str, bool)| {
        let each = if by_band { AgeGroup::COUNT } else { 1 };
        let found = of(scope, quantity).len();
        steps(scope, quantity).is_some_and(|steps| found == steps * each)
    };
    let agree = |[a, b]: &[(OutlookScope, &str); 2]| steps(a.0, a.1) == steps(b.0, b.1);
    PARTS.iter().all(is_whole)
        && PAIRS.iter().all(agree)
        && steps(OutlookScope::Local, "factor") == Some(2)
        && steps(OutlookScope::Local, "factor_variance") == Some(3)
}

impl PackRow for OutlookRow {
    const COLUMNS: &'static Columns = &[
        ("scope", Text),
        ("quantity", Text),
        ("step", Number),
        ("age_group", Text),
        ("value", Number),
    ];
    const KEY: usize = 4;

    fn write(&self) -> Vec<String> {
        vec![
            self.scope.code().to_owned(),
            self.quantity.clone(),
            self.step.to_string(),
            self.age_group
                .map_or_else(String::new, |band| band.label().to_owned()),
            self.value.to_string(),
        ]
    }

    fn read(cells: &mut Cells<'_>) -> Option<Self> {
        let scopes = OutlookScope::ALL.map(OutlookScope::code);
        let scope = |code: &str| OutlookScope::ALL.into_iter().find(|s| s.code() == code);
        let scope = cells.coded("scope", scope, &scopes);
        let step = cells.whole("step");
        let bands = AgeGroup::ALL.map(AgeGroup::label);
        let band = cells.optional("age_group", |cells, name| {
            cells.coded(name, AgeGroup::from_label, &bands)
        });
        let value = cells.number("value");
        Some(Self {
            scope: scope?,
            quantity: cells.text("quantity"),
            step: step? as usize,
            age_group: band.ok()?,
            value: value?,
        })
    }
}
