//! Children waiting for community health services, by integrated care board.

use std::collections::BTreeMap;

use crate::area::WaitingList;
use crate::files::{Column, Kind, Problems, Table};

/// Published columns in the order of [`WaitingList::BANDS`].
const BANDS: [&str; 9] = [
    "waiting 0-1 weeks",
    "waiting >1-2 weeks",
    "waiting >2-4 weeks",
    "waiting >4-12 weeks",
    "waiting >12-18 weeks",
    "waiting >18-52 weeks",
    "waiting over 52 weeks",
    "waiting >52-104 weeks",
    "waiting over 104 weeks",
];

/// Reads boards and England. Boards are written in capitals in some months: they stand under
/// [`board_key`].
pub(super) fn read(
    table: &Table,
    lists: &mut BTreeMap<String, Vec<WaitingList>>,
    problems: &mut Problems,
) {
    let wanted = [
        ("month", Kind::Text),
        ("organisation_type", Kind::Text),
        ("organisation_name", Kind::Any),
        ("cyp_service", Kind::Text),
        ("Total waiting list", Kind::Number),
    ];
    let Some([month, level, name, service, total]) = table.columns(wanted, problems) else {
        return;
    };
    let bands: Vec<Column> = BANDS
        .iter()
        .filter_map(|band| table.number_column(band, problems))
        .collect();
    let Ok(bands) = <[Column; 9]>::try_from(bands) else {
        return;
    };
    for row in table.rows() {
        let key = match row.text(level) {
            "ICB" => board_key(row.text(name)),
            "National" => "england".to_owned(),
            _ => continue,
        };
        lists.entry(key).or_default().push(WaitingList {
            board: row.text(name).to_owned(),
            month: row.text(month).to_owned(),
            service: row.text(service).to_owned(),
            waiting: row.count(total, problems),
            by_weeks: bands.map(|band| row.count(band, problems)),
        });
    }
}

/// Name of a board without `NHS`, `ICB` and case.
pub fn board_key(name: &str) -> String {
    let name = name.trim();
    let name = name.strip_prefix("NHS ").unwrap_or(name);
    let name = name.strip_suffix(" ICB").unwrap_or(name);
    let name = name.strip_suffix(" Integrated Care Board").unwrap_or(name);
    name.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::board_key;

    #[test]
    fn one_board_has_one_key() {
        assert_eq!(
            board_key("NHS Derby and Derbyshire ICB"),
            "derby and derbyshire"
        );
        assert_eq!(board_key("DERBY AND DERBYSHIRE"), "derby and derbyshire");
    }
}
