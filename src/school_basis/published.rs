//! What is published of the children who cross an area's border.

use super::TYPES;
use crate::area::{AreaPack, Breakdown, HistoryRow};
use crate::domain::Setting;

/// Measure of a pack: pupils of special schools by type.
pub(super) const PUPILS: &str = "special_school_pupils";

/// Pupils of the area's special schools and residents in such schools on one January, by type.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct SpecialSchools {
    pub(super) january: i32,
    pub(super) pupils: [f64; TYPES.len()],
    pub(super) residents: [f64; TYPES.len()],
}

impl SpecialSchools {
    /// The newest January of which both are published.
    pub(super) fn of(pack: &AreaPack) -> Option<Self> {
        let rows = pack.sen_pupils.iter().filter(|row| row.measure == PUPILS);
        let january = rows.map(|row| row.year).max()?;
        let mut residents = [0.0; TYPES.len()];
        for (residents, setting) in residents.iter_mut().zip(TYPES) {
            *residents = value(&pack.ehc_plans_history, ("plans", january, setting))?;
        }
        Some(Self {
            january,
            pupils: TYPES
                .map(|setting| value(&pack.sen_pupils, (PUPILS, january, setting)).unwrap_or(0.0)),
            residents,
        })
    }

    /// Pupils of all types.
    pub(super) fn all_pupils(&self) -> f64 {
        self.pupils.iter().sum()
    }
}

fn value(rows: &[HistoryRow], (measure, january, setting): (&str, i32, Setting)) -> Option<f64> {
    HistoryRow::value_of(rows, measure, january, Breakdown::Setting(setting))
}

/// The import/export adjustment of the block in pupils: all high needs provision, but children of a
/// non-maintained special school or a specialist post-16 institution are exports of their home area
/// and imports of none.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct ImportExport {
    /// January whose census it counts: that in which the financial year is set.
    pub(super) january: i32,
    pub(super) net: f64,
}

impl ImportExport {
    /// That of the newest financial year.
    pub(super) fn of(pack: &AreaPack) -> Option<Self> {
        let rows = pack.high_needs.iter();
        let rows = rows.filter(|row| row.measure == "net_imported_pupils");
        let published = rows.filter_map(|row| {
            Some(Self {
                january: row.year,
                net: row.value.value()?,
            })
        });
        published.max_by_key(|published| published.january)
    }
}
