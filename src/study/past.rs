//! The published past of an area, for charts.

use crate::area::{AreaPack, Breakdown};
use crate::domain::{Observed, time_period};
use crate::summarise::PastRow;

/// Plans each January, and the flows of each calendar year.
pub(super) fn rows(pack: &AreaPack) -> Vec<PastRow> {
    let totals = |rows: &[crate::area::HistoryRow], measure: &str| -> Vec<(i32, f64)> {
        rows.iter()
            .filter(|row| row.measure == measure && row.breakdown == Breakdown::Total)
            .filter_map(|row| Some((row.year, row.value.value()?)))
            .collect()
    };
    let mut past = Vec::new();
    for (year, value) in totals(&pack.ehc_plans_history, "plans") {
        past.push(PastRow {
            time_period: time_period(year - 1),
            time_identifier: "January",
            indicator: "ehc_plans",
            value,
        });
    }
    let mut flow = |year: i32, indicator: &'static str, value: f64| {
        past.push(PastRow {
            time_period: year.to_string(),
            time_identifier: "Calendar year",
            indicator,
            value,
        });
    };
    for (year, value) in totals(&pack.new_plans, "new_plans") {
        flow(year, "new_plans", value);
    }
    for row in &pack.plan_accounts {
        for (indicator, cell) in [
            ("plans_ceased", row.plans_ceased),
            ("plans_moved_out", row.plans_moved_out),
        ] {
            if let Observed::Value(value) = cell {
                flow(row.year, indicator, value);
            }
        }
    }
    past
}
