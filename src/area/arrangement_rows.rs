//! `arrangements.csv`: what is arranged beside placements.

use crate::domain::{Arrangement, Observed};
use crate::files::Kind::{Any, Number, Period, Text};

use super::Breakdown;
use super::cells::{Cells, Columns};
use super::table::PackRow;

/// How many children of a group have an arrangement on a January, and what share of them in England.
#[derive(Debug, Clone, PartialEq)]
pub struct ArrangementRow {
    /// January.
    pub year: i32,
    /// Which arrangement.
    pub arrangement: Arrangement,
    /// The group: everyone, an age band or a setting.
    pub breakdown: Breakdown,
    /// Children of the area with the arrangement.
    pub children: Observed,
    /// Plans of the group for whom it may be arranged.
    pub plans: f64,
    /// The same share in England, 0 to 1.
    pub england_share: f64,
}

impl PackRow for ArrangementRow {
    const COLUMNS: &'static Columns = &[
        ("year", Period),
        ("arrangement", Text),
        ("breakdown", Text),
        ("group", Any),
        ("children", Number),
        ("plans", Number),
        ("england_share", Number),
    ];
    const KEY: usize = 4;

    fn write(&self) -> Vec<String> {
        let [breakdown, group] = self.breakdown.cells();
        vec![
            self.year.to_string(),
            self.arrangement.code().to_owned(),
            breakdown,
            group,
            self.children.to_string(),
            self.plans.to_string(),
            format!("{:.6}", self.england_share),
        ]
    }

    fn read(cells: &mut Cells<'_>) -> Option<Self> {
        let codes = Arrangement::ALL.map(Arrangement::code);
        let year = cells.year("year");
        let arrangement = cells.coded("arrangement", Arrangement::from_code, &codes);
        let breakdown = cells.breakdown(["breakdown", "group"]);
        let children = cells.observed("children");
        let (plans, share) = (cells.amount("plans"), cells.amount("england_share"));
        Some(Self {
            year: year?,
            arrangement: arrangement?,
            breakdown: breakdown?,
            children,
            plans: plans?,
            england_share: share?,
        })
    }
}
