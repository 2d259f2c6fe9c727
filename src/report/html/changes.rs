//! What options change, as rows of a table.

use crate::report::figures::Figures;
use crate::report::words::with_range_or_none as told;
use crate::summarise::ComparisonRow;

/// In most futures one of the totals differs.
const MOST: f64 = 0.5;

/// The difference of some indicators under each option; options that change none in most futures
/// are left out.
pub(super) fn totals_changed<'a>(
    figures: &Figures<'_>,
    indicators: &[&str],
    difference: impl Fn(&str, &str) -> Option<&'a ComparisonRow>,
) -> Vec<Vec<String>> {
    let rows = figures.options().iter().filter_map(|option| {
        let mut row = vec![option.title.clone()];
        let mut is_changed = false;
        for indicator in indicators {
            let found = difference(&option.name, indicator)?;
            is_changed |= found.probability_lower + found.probability_higher > MOST;
            row.push(told(Some(&found.difference)));
        }
        is_changed.then_some(row)
    });
    rows.collect()
}
