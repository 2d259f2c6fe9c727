//! How far a base stock stands from the published margins.

use super::cells::{Axis, cross_of, line_of, table_of};
use super::margins::PlanMargins;
use crate::area::{PlanStockRow, ResidualRow};
use crate::data::facts::Published;
use crate::domain::{AuthorityCode, Place};

/// Differences smaller than this are none: published counts are whole.
const NO_DIFFERENCE: f64 = 0.5;

/// Compares a stock of plans with every margin published for its January.
///
/// One-way margins are listed in full, two-way margins only where they differ: what is not listed
/// holds exactly. Margins that are missing or do not add up were not fitted and are not here; the
/// findings of [`super::base_plans`] name them.
pub fn plan_residuals(
    published: &Published,
    authority: AuthorityCode,
    base_year: i32,
    plans: &[PlanStockRow],
) -> Vec<ResidualRow> {
    let Some(margins) = PlanMargins::read(published, Place::Authority(authority), base_year) else {
        return Vec::new();
    };
    let table = table_of(plans);
    let mut rows = vec![ResidualRow {
        margin: "plans: total".to_owned(),
        category: "Total".to_owned(),
        published: f64::from(margins.total),
        fitted: table.iter().sum(),
    }];
    for line in &margins.lines {
        let fitted = line_of(&table, line.axis);
        for (position, (&published, &fitted)) in line.published.iter().zip(&fitted).enumerate() {
            if published > 0.0 || fitted > 0.0 {
                rows.push(ResidualRow {
                    margin: format!("plans: {}", line.axis.label()),
                    category: line.axis.category(position),
                    published,
                    fitted,
                });
            }
        }
    }
    rows.extend(cross_residuals(&margins, &table));
    rows
}

fn cross_residuals(margins: &PlanMargins, table: &[f64]) -> Vec<ResidualRow> {
    let mut rows = Vec::new();
    for cross in &margins.crosses {
        let fitted = cross_of(table, cross.rows, cross.columns);
        for (at, (published, &fitted)) in cross.cells.iter().zip(&fitted).enumerate() {
            let Some(published) = *published else {
                continue;
            };
            if (fitted - published).abs() >= NO_DIFFERENCE {
                rows.push(ResidualRow {
                    margin: format!("plans: {}", cross.name()),
                    category: cross_category(cross.rows, cross.columns, at),
                    published,
                    fitted,
                });
            }
        }
    }
    rows
}

fn cross_category(rows: Axis, columns: Axis, at: usize) -> String {
    format!(
        "{} | {}",
        rows.category(at / columns.len()),
        columns.category(at % columns.len())
    )
}
