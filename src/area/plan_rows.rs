//! How the rows about people and plans are written and read.

use crate::files::Kind::{Age, Any, Number, Period, Text};

use super::cells::{Cells, Columns};
use super::table::PackRow;
use super::{
    CrossRow, FindingRow, HistoryRow, PlanAccountRow, PlanStockRow, PopulationErrorRow,
    PopulationRow, ResidualRow, SupportStockRow,
};

/// A number of persons with as many decimals as make a difference.
fn persons(value: f64) -> String {
    let text = format!("{value:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

impl PackRow for PopulationRow {
    const COLUMNS: &'static Columns = &[
        ("year", Period),
        ("age", Age),
        ("sex", Text),
        ("persons", Number),
        ("basis", Text),
    ];
    const KEY: usize = 3;

    fn write(&self) -> Vec<String> {
        vec![
            self.year.to_string(),
            self.age.to_string(),
            self.sex.label().to_owned(),
            persons(self.persons),
            self.basis.code().to_owned(),
        ]
    }

    fn read(cells: &mut Cells<'_>) -> Option<Self> {
        let (year, age, sex) = (cells.year("year"), cells.age("age"), cells.sex("sex"));
        let (persons, basis) = (cells.amount("persons"), cells.basis("basis"));
        Some(Self {
            year: year?,
            age: age?,
            sex: sex?,
            persons: persons?,
            basis: basis?,
        })
    }
}

impl PackRow for PopulationErrorRow {
    const COLUMNS: &'static Columns = &[
        ("years_ahead", Number),
        ("births_sd", Number),
        ("cohort_change_sd", Number),
    ];
    const KEY: usize = 1;

    fn write(&self) -> Vec<String> {
        vec![
            self.years_ahead.to_string(),
            format!("{:.6}", self.births_sd),
            format!("{:.6}", self.cohort_change_sd),
        ]
    }

    fn read(cells: &mut Cells<'_>) -> Option<Self> {
        let years_ahead = cells.whole("years_ahead");
        let (births, cohorts) = (cells.amount("births_sd"), cells.amount("cohort_change_sd"));
        Some(Self {
            years_ahead: i32::try_from(years_ahead?).ok()?,
            births_sd: births?,
            cohort_change_sd: cohorts?,
        })
    }
}

impl PackRow for PlanStockRow {
    const COLUMNS: &'static Columns = &[
        ("age", Age),
        ("sex", Text),
        ("primary_need", Text),
        ("setting", Text),
        ("plans", Number),
    ];
    const KEY: usize = 4;

    fn write(&self) -> Vec<String> {
        vec![
            self.age.to_string(),
            self.sex.label().to_owned(),
            self.need.code().to_owned(),
            self.setting.code().to_owned(),
            self.plans.to_string(),
        ]
    }

    fn read(cells: &mut Cells<'_>) -> Option<Self> {
        let (age, sex) = (cells.age("age"), cells.sex("sex"));
        let (need, setting) = (cells.need("primary_need"), cells.setting("setting"));
        let plans = cells.whole("plans");
        Some(Self {
            age: age?,
            sex: sex?,
            need: need?,
            setting: setting?,
            plans: plans?,
        })
    }
}

impl PackRow for SupportStockRow {
    const COLUMNS: &'static Columns = &[
        ("age", Age),
        ("sex", Text),
        ("primary_need", Text),
        ("pupils", Number),
    ];
    const KEY: usize = 3;

    fn write(&self) -> Vec<String> {
        vec![
            self.age.to_string(),
            self.sex.label().to_owned(),
            self.need.code().to_owned(),
            self.pupils.to_string(),
        ]
    }

    fn read(cells: &mut Cells<'_>) -> Option<Self> {
        let (age, sex) = (cells.age("age"), cells.sex("sex"));
        let (need, pupils) = (cells.need("primary_need"), cells.whole("pupils"));
        Some(Self {
            age: age?,
            sex: sex?,
            need: need?,
            pupils: pupils?,
        })
    }
}

impl PackRow for ResidualRow {
    const COLUMNS: &'static Columns = &[
        ("margin", Text),
        ("category", Any),
        ("published", Number),
        ("fitted", Number),
    ];
    const KEY: usize = 2;

    fn write(&self) -> Vec<String> {
        vec![
            self.margin.clone(),
            self.category.clone(),
            persons(self.published),
            persons(self.fitted),
        ]
    }

    fn read(cells: &mut Cells<'_>) -> Option<Self> {
        let (published, fitted) = (cells.amount("published"), cells.amount("fitted"));
        Some(Self {
            margin: cells.text("margin"),
            category: cells.text("category"),
            published: published?,
            fitted: fitted?,
        })
    }
}

impl PackRow for HistoryRow {
    const COLUMNS: &'static Columns = &[
        ("year", Period),
        ("measure", Text),
        ("breakdown", Text),
        ("group", Any),
        ("value", Number),
        ("basis", Text),
    ];
    const KEY: usize = 4;

    fn write(&self) -> Vec<String> {
        let [breakdown, group] = self.breakdown.cells();
        vec![
            self.year.to_string(),
            self.measure.clone(),
            breakdown,
            group,
            self.value.to_string(),
            self.basis.code().to_owned(),
        ]
    }

    fn read(cells: &mut Cells<'_>) -> Option<Self> {
        let (year, measure) = (cells.year("year"), cells.text("measure"));
        let breakdown = cells.breakdown(["breakdown", "group"]);
        let (value, basis) = (cells.observed("value"), cells.basis("basis"));
        Some(Self {
            year: year?,
            measure,
            breakdown: breakdown?,
            value,
            basis: basis?,
        })
    }
}

impl PackRow for CrossRow {
    const COLUMNS: &'static Columns = &[
        ("year", Period),
        ("breakdown", Text),
        ("group", Any),
        ("within", Text),
        ("within_group", Any),
        ("value", Number),
        ("basis", Text),
    ];
    const KEY: usize = 5;

    fn write(&self) -> Vec<String> {
        let [breakdown, group] = self.breakdown.cells();
        let [within, within_group] = self.within.cells();
        vec![
            self.year.to_string(),
            breakdown,
            group,
            within,
            within_group,
            self.value.to_string(),
            self.basis.code().to_owned(),
        ]
    }

    fn read(cells: &mut Cells<'_>) -> Option<Self> {
        let year = cells.year("year");
        let breakdown = cells.breakdown(["breakdown", "group"]);
        let within = cells.breakdown(["within", "within_group"]);
        let (value, basis) = (cells.observed("value"), cells.basis("basis"));
        Some(Self {
            year: year?,
            breakdown: breakdown?,
            within: within?,
            value,
            basis: basis?,
        })
    }
}

impl PackRow for PlanAccountRow {
    const COLUMNS: &'static Columns = &[
        ("year", Period),
        ("plans_start", Number),
        ("new_plans", Number),
        ("plans_ceased", Number),
        ("plans_moved_out", Number),
        ("plans_moved_in", Number),
        ("recording_adjustment", Number),
        ("plans_end", Number),
    ];
    const KEY: usize = 1;

    fn write(&self) -> Vec<String> {
        vec![
            self.year.to_string(),
            self.plans_start.to_string(),
            self.new_plans.to_string(),
            self.plans_ceased.to_string(),
            self.plans_moved_out.to_string(),
            self.plans_moved_in.to_string(),
            self.recording_adjustment.to_string(),
            self.plans_end.to_string(),
        ]
    }

    fn read(cells: &mut Cells<'_>) -> Option<Self> {
        let year = cells.year("year");
        let (start, end) = (cells.amount("plans_start"), cells.amount("plans_end"));
        let row = Self {
            year: year?,
            plans_start: start?,
            new_plans: cells.observed("new_plans"),
            plans_ceased: cells.observed("plans_ceased"),
            plans_moved_out: cells.observed("plans_moved_out"),
            plans_moved_in: cells.observed("plans_moved_in"),
            recording_adjustment: cells.observed("recording_adjustment"),
            plans_end: end?,
        };
        Some(row)
    }
}

impl PackRow for FindingRow {
    const COLUMNS: &'static Columns = &[
        ("severity", Text),
        ("check", Text),
        ("place", Any),
        ("message", Any),
        ("consequence", Any),
    ];
    const KEY: usize = 0;

    fn write(&self) -> Vec<String> {
        vec![
            self.severity.clone(),
            self.check.clone(),
            self.place.clone(),
            self.message.clone(),
            self.consequence.clone(),
        ]
    }

    fn read(cells: &mut Cells<'_>) -> Option<Self> {
        Some(Self {
            severity: cells.text("severity"),
            check: cells.text("check"),
            place: cells.text("place"),
            message: cells.text("message"),
            consequence: cells.text("consequence"),
        })
    }
}
