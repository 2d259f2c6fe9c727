//! How forecasts like the pack's outlook fared in earlier years.

use crate::files::Kind::{Number, Text};

use super::cells::{Cells, Columns};
use super::table::PackRow;

/// Whose forecasts were tested.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TestedScope {
    /// The area's own.
    Area,
    /// Its statistical neighbours'.
    Neighbours,
    /// Those of every scored authority.
    All,
}

impl TestedScope {
    /// Every scope.
    pub const ALL: [Self; 3] = [Self::Area, Self::Neighbours, Self::All];

    /// Name in files.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Area => "area",
            Self::Neighbours => "neighbours",
            Self::All => "all",
        }
    }

    /// Reads a name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.code() == code)
    }
}

/// `tested.csv`: forecasts of total plans from earlier Januaries against what came.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TestedRow {
    /// Whose.
    pub scope: TestedScope,
    /// January that the forecast started from; `None` for all of them.
    pub origin: Option<i32>,
    /// Years ahead.
    pub horizon: usize,
    /// Number of forecasts.
    pub n: usize,
    /// Quantiles of the forecast [plans]; of single forecasts only.
    pub p10: Option<f64>,
    /// Median [plans].
    pub p50: Option<f64>,
    /// Quantile [plans].
    pub p90: Option<f64>,
    /// What came [plans].
    pub actual: Option<f64>,
    /// Mean absolute error of the median [per cent of the outcome].
    pub mape: Option<f64>,
    /// Share of outcomes that the 80% range held [per cent].
    pub held_80: Option<f64>,
    /// Share of outcomes that the 90% range held [per cent].
    pub held_90: Option<f64>,
}

impl PackRow for TestedRow {
    const COLUMNS: &'static Columns = &[
        ("scope", Text),
        ("origin", Number),
        ("horizon", Number),
        ("n", Number),
        ("p10", Number),
        ("p50", Number),
        ("p90", Number),
        ("actual", Number),
        ("mape", Number),
        ("held_80", Number),
        ("held_90", Number),
    ];
    const KEY: usize = 3;

    fn write(&self) -> Vec<String> {
        let number = |value: Option<f64>| value.map_or_else(String::new, |v| v.to_string());
        let mut row = vec![
            self.scope.code().to_owned(),
            self.origin
                .map_or_else(String::new, |origin| origin.to_string()),
            self.horizon.to_string(),
            self.n.to_string(),
        ];
        let numbers = [self.p10, self.p50, self.p90, self.actual];
        row.extend(numbers.map(number));
        row.extend([self.mape, self.held_80, self.held_90].map(number));
        row
    }

    fn read(cells: &mut Cells<'_>) -> Option<Self> {
        let scopes = TestedScope::ALL.map(TestedScope::code);
        let scope = cells.coded("scope", TestedScope::from_code, &scopes);
        let origin = cells.optional("origin", Cells::year);
        let (horizon, n) = (cells.whole("horizon"), cells.whole("n"));
        let mut amount = |name: &str| cells.optional(name, Cells::amount);
        let (p10, p50, p90) = (amount("p10"), amount("p50"), amount("p90"));
        let (actual, mape) = (amount("actual"), amount("mape"));
        let (held_80, held_90) = (amount("held_80"), amount("held_90"));
        Some(Self {
            scope: scope?,
            origin: origin.ok()?,
            horizon: horizon? as usize,
            n: n? as usize,
            p10: p10.ok()?,
            p50: p50.ok()?,
            p90: p90.ok()?,
            actual: actual.ok()?,
            mape: mape.ok()?,
            held_80: held_80.ok()?,
            held_90: held_90.ok()?,
        })
    }
}
