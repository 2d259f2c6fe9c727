//! Personal budgets, learning at work and residential placements, release of 2025.

use super::facts::Series;
use super::measures::{Measures, read_stocks};
use crate::domain::Arrangement;
use crate::files::{Problems, Table};

/// Name of the measure of all personal budgets: their kinds do not add up to it.
pub const ALL_BUDGETS: &str = "personal-budgets";

const BUDGETS: &Measures = &[
    ("personal_budget", ALL_BUDGETS),
    ("pb_education", Arrangement::BudgetForEducation.code()),
    ("pb_social", Arrangement::BudgetForSocialCare.code()),
    ("pb_health", Arrangement::BudgetForHealth.code()),
    ("pb_integrated", Arrangement::BudgetIntegrated.code()),
];

const WORK_BASED: &Measures = &[
    ("open_supp_intern", Arrangement::SupportedInternship.code()),
    ("open_apprentice", Arrangement::Apprenticeship.code()),
    ("open_trainee", Arrangement::Traineeship.code()),
];

const RESIDENTIAL: &Measures = &[
    ("Res_3851", Arrangement::Residential38Weeks.code()),
    ("Res_52", Arrangement::Residential52Weeks.code()),
];

/// Personal budgets by kind on a January.
pub(super) fn read_budgets(table: &Table, series: &mut Series, problems: &mut Problems) {
    read_stocks(table, BUDGETS, series, problems);
}

/// Young people in learning at work on a January.
pub(super) fn read_work_based(table: &Table, series: &mut Series, problems: &mut Problems) {
    read_stocks(table, WORK_BASED, series, problems);
}

/// Residential placements on a January.
pub(super) fn read_residential(table: &Table, series: &mut Series, problems: &mut Problems) {
    read_stocks(table, RESIDENTIAL, series, problems);
}
