//! The mappings of statutory returns: data files of two columns, from our words to the return's.

use std::collections::BTreeMap;

/// Reads a mapping that is built into the program; a test of each return reads all of it.
pub(super) fn mapping(text: &str) -> BTreeMap<String, String> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows = reader.records().filter_map(Result::ok);
    rows.map(|row| (row[0].to_owned(), row[1].to_owned()))
        .collect()
}
