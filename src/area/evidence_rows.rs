//! How the rows of evidence on rates are written and read.

use crate::domain::CeaseReason;
use crate::files::Kind::{Age, Any, Number, Period, Text};

use super::cells::{Cells, Columns};
use super::table::PackRow;
use super::{EstimateRow, EvidenceProcess, EvidenceRow, JoiningIndexRow};

impl PackRow for EvidenceRow {
    const COLUMNS: &'static Columns = &[
        ("process", Text),
        ("age", Age),
        ("primary_need", Text),
        ("setting", Text),
        ("to_setting", Text),
        ("reason", Text),
        ("peer_value", Number),
        ("area_events", Number),
        ("area_exposure", Number),
    ];
    const KEY: usize = 6;

    fn write(&self) -> Vec<String> {
        let blank = String::new;
        vec![
            self.process.code().to_owned(),
            self.age.map_or_else(blank, |age| age.to_string()),
            self.need.map_or_else(blank, |need| need.code().to_owned()),
            self.setting
                .map_or_else(blank, |setting| setting.code().to_owned()),
            self.to_setting
                .map_or_else(blank, |setting| setting.code().to_owned()),
            self.reason
                .map_or_else(blank, |reason| reason.code().to_owned()),
            self.peer_value.to_string(),
            self.area_events.to_string(),
            self.area_exposure.to_string(),
        ]
    }

    fn read(cells: &mut Cells<'_>) -> Option<Self> {
        let processes = EvidenceProcess::ALL.map(EvidenceProcess::code);
        let process = cells.coded("process", EvidenceProcess::from_code, &processes);
        let reasons = CeaseReason::ALL.map(CeaseReason::code);
        let age = cells.optional("age", Cells::age);
        let need = cells.optional("primary_need", Cells::need);
        let setting = cells.optional("setting", Cells::setting);
        let to_setting = cells.optional("to_setting", Cells::setting);
        let reason = cells.optional("reason", |cells, name| {
            cells.coded(name, CeaseReason::from_code, &reasons)
        });
        let peer_value = cells.number("peer_value");
        let (events, exposure) = (cells.amount("area_events"), cells.amount("area_exposure"));
        Some(Self {
            process: process?,
            age: age.ok()?,
            need: need.ok()?,
            setting: setting.ok()?,
            to_setting: to_setting.ok()?,
            reason: reason.ok()?,
            peer_value: peer_value?,
            area_events: events?,
            area_exposure: exposure?,
        })
    }
}

impl PackRow for JoiningIndexRow {
    const COLUMNS: &'static Columns = &[
        ("year", Period),
        ("england_index", Number),
        ("area_new", Number),
        ("area_expected", Number),
    ];
    const KEY: usize = 1;

    fn write(&self) -> Vec<String> {
        vec![
            self.year.to_string(),
            self.england_index.to_string(),
            self.area_new
                .map_or_else(String::new, |new| new.to_string()),
            self.area_expected.to_string(),
        ]
    }

    fn read(cells: &mut Cells<'_>) -> Option<Self> {
        let (year, index) = (cells.year("year"), cells.amount("england_index"));
        let new = cells.optional("area_new", Cells::amount);
        let expected = cells.amount("area_expected");
        Some(Self {
            year: year?,
            england_index: index?,
            area_new: new.ok()?,
            area_expected: expected?,
        })
    }
}

impl PackRow for EstimateRow {
    const COLUMNS: &'static Columns = &[
        ("name", Text),
        ("value", Number),
        ("standard_error", Number),
        ("note", Any),
    ];
    const KEY: usize = 1;

    fn write(&self) -> Vec<String> {
        vec![
            self.name.clone(),
            self.value.to_string(),
            self.standard_error.to_string(),
            self.note.clone(),
        ]
    }

    fn read(cells: &mut Cells<'_>) -> Option<Self> {
        let (value, error) = (cells.number("value"), cells.amount("standard_error"));
        Some(Self {
            name: cells.text("name"),
            value: value?,
            standard_error: error?,
            note: cells.text("note"),
        })
    }
}
