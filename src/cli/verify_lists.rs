//! The table of `sendsim verify` on the lists of coupled futures.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::littles_law::ListRow;

/// The table with its heading, and a line that counts.
pub fn as_table(rows: &[ListRow], futures: u32, only_failures: bool) -> String {
    let name = rows.iter().map(|row| row.name.chars().count()).max();
    let name = name.unwrap_or(0);
    let mut text = format!(
        "Little's law on every list of {futures} coupled futures of the built-in area: L, counted as \
         people come and go,\nis λ, everybody who is on it, times W, their own time on it within \
         these years\n"
    );
    let _ = writeln!(
        text,
        "{:name$}  at start    came  at end  {:>9}  {:>8}  {:>9}  {:>9}  {:>10}  {:>9}  verdict",
        "list", "λ a week", "W weeks", "L", "λW", "L - λW", "rounding"
    );
    for row in rows.iter().filter(|row| !only_failures || !row.holds()) {
        let _ = writeln!(
            text,
            "{:name$}  {:>8.1}  {:>6.2}  {:>6.1}  {:>9.4}  {:>8.3}  {:>9.4}  {:>9.4}  {:>10.1e}  {:>9.1e}  {}",
            row.name,
            row.at_start,
            row.came_per_week,
            row.at_end,
            row.people_per_week,
            row.weeks,
            row.length,
            row.rate_times_time(),
            row.difference,
            row.rounding,
            verdict(row)
        );
    }
    let held = rows.iter().filter(|row| row.holds()).count();
    let _ = write!(text, "{held} of {} lists hold", rows.len());
    text
}

const fn verdict(row: &ListRow) -> &'static str {
    if row.held == row.futures {
        "holds"
    } else {
        "FAILS"
    }
}

/// The table for programs, in the form of the checks against theory.
pub fn as_json(rows: &[ListRow]) -> Vec<Value> {
    let of = |row: &ListRow| {
        json!({
            "name": format!("Little's law: {}", row.name),
            "model": "Little's law",
            "measure": row.name,
            "load": null,
            "expected": row.rate_times_time(),
            "simulated": row.length,
            "standard_error": 0.0,
            "z": null,
            "at_start": row.at_start,
            "came_per_week": row.came_per_week,
            "at_end": row.at_end,
            "people_per_week": row.people_per_week,
            "weeks": row.weeks,
            "difference": row.difference,
            "rounding": row.rounding,
            "futures": row.futures,
            "futures_held": row.held,
            "verdict": verdict(row).to_lowercase(),
        })
    };
    rows.iter().map(of).collect()
}
