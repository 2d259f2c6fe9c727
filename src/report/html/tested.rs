//! How good forecasts like this one were.

use super::page::{Block, DataTable, numbers, words};
use crate::report::Results;
use crate::report::tested::{Tested, is_held, off_by};
use crate::report::words::{per_cent, signed, whole};

/// Sentences, warnings, errors by years ahead and the area's own forecasts; nothing where no
/// forecast was tested.
pub(super) fn blocks(results: &Results) -> Vec<Block> {
    let Some(tested) = Tested::of(results) else {
        return Vec::new();
    };
    let sentences = tested.sentences().into_iter().map(Block::paragraph);
    let warnings = tested.warnings().into_iter();
    let mut blocks: Vec<Block> = sentences
        .chain(warnings.map(|text| Block::Warning { text }))
        .collect();
    blocks.push(Block::Table {
        table: errors(&tested, &results.area.name),
        folded: false,
    });
    let own = own(&tested, &results.area.name);
    if !own.rows.is_empty() {
        blocks.push(Block::Table {
            table: own,
            folded: true,
        });
    }
    blocks
}

fn errors(tested: &Tested<'_>, area: &str) -> DataTable {
    let share = |value: Option<f64>| value.map_or_else(|| "-".to_owned(), per_cent);
    let rows = tested.errors().into_iter().map(|errors| {
        let [all, neighbours, own] = [errors.all, errors.neighbours, errors.own]
            .map(|row| share(row.and_then(|row| row.mape)));
        let [held, own_held] =
            [errors.all, errors.own].map(|row| share(row.and_then(|row| row.held_80)));
        let n = errors
            .own
            .map_or_else(|| "-".to_owned(), |row| row.n.to_string());
        vec![
            errors.horizon.to_string(),
            all,
            neighbours,
            own,
            held,
            own_held,
            n,
        ]
    });
    let columns = [
        "England".to_owned(),
        "Neighbours".to_owned(),
        area.to_owned(),
        "In the 80% range, all".to_owned(),
        format!("In the 80% range, {area}"),
        format!("Tests of {area}"),
    ];
    DataTable {
        caption: "Mean error of earlier forecasts of plans, by years ahead".to_owned(),
        columns: numbers("Years ahead", columns),
        rows: rows.collect(),
    }
}

fn own(tested: &Tested<'_>, area: &str) -> DataTable {
    let plans = |value: Option<f64>| value.map_or_else(|| "-".to_owned(), whole);
    let rows = tested.own().into_iter().map(|(origin, row)| {
        let held = match is_held(row) {
            Some(true) => "yes",
            Some(false) => "no",
            None => "-",
        };
        let known_break = if tested.is_broken(origin, row) {
            "known break"
        } else {
            ""
        };
        vec![
            format!("January {origin} for {}", origin + row.horizon as i32),
            plans(row.p50),
            format!("{} to {}", plans(row.p10), plans(row.p90)),
            plans(row.actual),
            off_by(row).map_or_else(|| "-".to_owned(), |off| format!("{}%", signed(off))),
            held.to_owned(),
            known_break.to_owned(),
        ]
    });
    let columns = [
        "Middle of the forecast",
        "8 in 10 futures",
        "What came",
        "Off by",
    ];
    let mut columns = numbers("Forecast from", columns.map(str::to_owned));
    columns.extend(words(["In the range", "Remark"]));
    DataTable {
        caption: format!("Earlier forecasts of plans in {area} against what came"),
        columns,
        rows: rows.collect(),
    }
}
