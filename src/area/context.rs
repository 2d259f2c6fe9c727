//! Rows about an area's schools, exclusions, absence and NHS waits, as published.

use crate::domain::{Observed, PrimaryNeed, Setting};

/// `exclusion_rates.csv`: suspensions and permanent exclusions of one term, per 100 pupils.
#[derive(Debug, Clone, PartialEq)]
pub struct ExclusionRates {
    /// First year of the academic year.
    pub year: i32,
    /// `autumn`, `spring` or `summer`.
    pub term: &'static str,
    /// Type of school: `Total`, `State-funded primary`, …
    pub school: String,
    /// `EHC plan`, `SEN support` or `No SEN`.
    pub sen_status: String,
    /// Suspensions per 100 pupils.
    pub suspension_rate: Observed,
    /// Permanent exclusions per 100 pupils.
    pub permanent_exclusion_rate: Observed,
    /// Pupils suspended at least once per 100 pupils.
    pub suspended_pupils_rate: Observed,
}

/// `absence.csv`: absence of pupils with one primary need in one academic year, as percentages.
#[derive(Debug, Clone, PartialEq)]
pub struct AbsenceRates {
    /// First year of the academic year.
    pub year: i32,
    /// Type of school: `Total`, `State-funded primary`, …
    pub school: String,
    /// Primary need; `None` for Down syndrome, which was not a code of its own before.
    pub need: Option<PrimaryNeed>,
    /// Sessions missed.
    pub overall_percent: Observed,
    /// Pupils missing 10% of sessions or more.
    pub persistent_percent: Observed,
    /// Pupils missing half of the sessions or more.
    pub severe_percent: Observed,
    /// Sessions lost to exclusion.
    pub excluded_sessions_percent: Observed,
}

/// `nhs_waits.csv`: children waiting for one community health service of an integrated care board.
#[derive(Debug, Clone, PartialEq)]
pub struct WaitingList {
    /// Integrated care board.
    pub board: String,
    /// Month, as published.
    pub month: String,
    /// Service, as published.
    pub service: String,
    /// Children waiting.
    pub waiting: Observed,
    /// Children by weeks waited, in the order of [`WaitingList::BANDS`].
    pub by_weeks: [Observed; 9],
}

impl WaitingList {
    /// Bands of weeks waited; 2023 publishes one band over 52 weeks, 2025 two.
    pub const BANDS: [&'static str; 9] = [
        "0-1", "1-2", "2-4", "4-12", "12-18", "18-52", "52+", "52-104", "104+",
    ];
}

/// `places.csv`: schools and places for children with plans, one figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Places {
    /// First year of the financial or academic year, or the year of an extract.
    pub year: i32,
    /// School, or a kind of provider.
    pub provider: String,
    /// Setting that the places belong to.
    pub setting: Setting,
    /// Kind of place, where the publication tells kinds apart.
    pub kind: String,
    /// `schools`, `capacity`, `pupils`, `ehc_plans`, `funded_places_summer`, …
    pub measure: String,
    /// The figure.
    pub value: Observed,
    /// What the publication says about it.
    pub note: String,
}
