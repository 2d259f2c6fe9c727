//! How the rows about schools, exclusions, absence and NHS waits are written and read.

use crate::domain::Observed;
use crate::files::Kind::{Any, Number, Period, Text};

use super::cells::{Cells, Columns};
use super::table::PackRow;
use super::{AbsenceRates, ExclusionRates, Places, WaitingList};

const TERMS: [&str; 3] = ["autumn", "spring", "summer"];

/// What stands for Down syndrome, which has no need code of its own.
const DOWN_SYNDROME: &str = "DS";

impl PackRow for ExclusionRates {
    const COLUMNS: &'static Columns = &[
        ("year", Period),
        ("term", Text),
        ("school", Text),
        ("sen_status", Text),
        ("suspension_rate", Number),
        ("permanent_exclusion_rate", Number),
        ("suspended_pupils_rate", Number),
    ];
    const KEY: usize = 4;

    fn write(&self) -> Vec<String> {
        vec![
            self.year.to_string(),
            self.term.to_owned(),
            self.school.clone(),
            self.sen_status.clone(),
            self.suspension_rate.to_string(),
            self.permanent_exclusion_rate.to_string(),
            self.suspended_pupils_rate.to_string(),
        ]
    }

    fn read(cells: &mut Cells<'_>) -> Option<Self> {
        let term = |code: &str| TERMS.into_iter().find(|term| *term == code);
        let (year, term) = (cells.year("year"), cells.coded("term", term, &TERMS));
        Some(Self {
            year: year?,
            term: term?,
            school: cells.text("school"),
            sen_status: cells.text("sen_status"),
            suspension_rate: cells.observed("suspension_rate"),
            permanent_exclusion_rate: cells.observed("permanent_exclusion_rate"),
            suspended_pupils_rate: cells.observed("suspended_pupils_rate"),
        })
    }
}

impl PackRow for AbsenceRates {
    const COLUMNS: &'static Columns = &[
        ("year", Period),
        ("school", Text),
        ("primary_need", Text),
        ("overall_percent", Number),
        ("persistent_percent", Number),
        ("severe_percent", Number),
        ("excluded_sessions_percent", Number),
    ];
    const KEY: usize = 3;

    fn write(&self) -> Vec<String> {
        vec![
            self.year.to_string(),
            self.school.clone(),
            self.need
                .map_or(DOWN_SYNDROME, |need| need.code())
                .to_owned(),
            self.overall_percent.to_string(),
            self.persistent_percent.to_string(),
            self.severe_percent.to_string(),
            self.excluded_sessions_percent.to_string(),
        ]
    }

    fn read(cells: &mut Cells<'_>) -> Option<Self> {
        let year = cells.year("year");
        let need = if cells.text("primary_need") == DOWN_SYNDROME {
            Some(None)
        } else {
            cells.need("primary_need").map(Some)
        };
        Some(Self {
            year: year?,
            school: cells.text("school"),
            need: need?,
            overall_percent: cells.observed("overall_percent"),
            persistent_percent: cells.observed("persistent_percent"),
            severe_percent: cells.observed("severe_percent"),
            excluded_sessions_percent: cells.observed("excluded_sessions_percent"),
        })
    }
}

/// Columns of the bands, in the order of [`WaitingList::BANDS`].
const BANDS: [&str; 9] = [
    "weeks_0_1",
    "weeks_1_2",
    "weeks_2_4",
    "weeks_4_12",
    "weeks_12_18",
    "weeks_18_52",
    "weeks_over_52",
    "weeks_52_104",
    "weeks_over_104",
];

impl PackRow for WaitingList {
    const COLUMNS: &'static Columns = &[
        ("month", Text),
        ("board", Text),
        ("service", Text),
        ("waiting", Number),
        (BANDS[0], Number),
        (BANDS[1], Number),
        (BANDS[2], Number),
        (BANDS[3], Number),
        (BANDS[4], Number),
        (BANDS[5], Number),
        (BANDS[6], Number),
        (BANDS[7], Number),
        (BANDS[8], Number),
    ];
    const KEY: usize = 3;

    fn write(&self) -> Vec<String> {
        let mut cells = vec![
            self.month.clone(),
            self.board.clone(),
            self.service.clone(),
            self.waiting.to_string(),
        ];
        cells.extend(self.by_weeks.iter().map(Observed::to_string));
        cells
    }

    fn read(cells: &mut Cells<'_>) -> Option<Self> {
        Some(Self {
            month: cells.text("month"),
            board: cells.text("board"),
            service: cells.text("service"),
            waiting: cells.observed("waiting"),
            by_weeks: BANDS.map(|band| cells.observed(band)),
        })
    }
}

impl PackRow for Places {
    const COLUMNS: &'static Columns = &[
        ("year", Period),
        ("provider", Text),
        ("setting", Text),
        ("kind", Any),
        ("measure", Text),
        ("value", Number),
        ("note", Any),
    ];
    const KEY: usize = 5;

    fn write(&self) -> Vec<String> {
        vec![
            self.year.to_string(),
            self.provider.clone(),
            self.setting.code().to_owned(),
            self.kind.clone(),
            self.measure.clone(),
            self.value.to_string(),
            self.note.clone(),
        ]
    }

    fn read(cells: &mut Cells<'_>) -> Option<Self> {
        let (year, setting) = (cells.year("year"), cells.setting("setting"));
        Some(Self {
            year: year?,
            provider: cells.text("provider"),
            setting: setting?,
            kind: cells.text("kind"),
            measure: cells.text("measure"),
            value: cells.observed("value"),
            note: cells.text("note"),
        })
    }
}
