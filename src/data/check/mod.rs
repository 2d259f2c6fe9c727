//! Checks of published figures against each other: one rule per file.

mod regional_totals;

pub(super) use regional_totals::mend_new_plans;
