//! What the cells of a column are, to notice columns that are swapped.

use crate::domain::Observed;

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// Anything.
    Any,
    /// A number or a published symbol.
    Number,
    /// A calendar year, or a period such as `202425` or `2023-24`.
    Period,
    /// A year of age, 0 to 120.
    Age,
}

impl Kind {
    pub(super) fn fits(self, cell: &str) -> bool {
        let number = Observed::parse(cell);
        let between = |low: f64, high: f64| {
            number
                .and_then(Observed::value)
                .is_some_and(|value| value >= low && value <= high)
        };
        match self {
            Self::Text => number.is_none_or(|cell| cell.value().is_none()),
            Self::Any => true,
            Self::Number => number.is_some(),
            Self::Period => first_year(cell).is_some_and(|year| (1990..=2100).contains(&year)),
            Self::Age => between(0.0, 120.0),
        }
    }

    pub(super) const fn expected(self) -> &'static str {
        match self {
            Self::Text => "words",
            Self::Any => "anything",
            Self::Number => "numbers or published symbols",
            Self::Period => "years or periods such as `202425`",
            Self::Age => "ages from 0 to 120",
        }
    }
}

fn first_year(period: &str) -> Option<i32> {
    period.get(..4)?.parse().ok()
}
