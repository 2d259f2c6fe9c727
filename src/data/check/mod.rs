//! Checks of published figures against each other: one rule per file.
//!
//! In: what was read. Out: findings with place and consequence; one rule mends what it finds.
//! A new rule is one file and one line in [`check`].

mod large_changes;
mod parts;
mod regional_totals;

pub(super) use regional_totals::mend_new_plans;

use super::facts::Published;
use crate::files::Problems;

/// Every rule that only looks.
pub(super) fn check(published: &Published, problems: &mut Problems) {
    large_changes::check(published, problems);
    parts::check(published, problems);
}
