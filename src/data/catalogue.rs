//! The published files that are read, with where they come from: `catalogue.csv`.

/// One published file.
#[derive(Debug, Clone)]
pub struct Publication {
    /// Short name, used in packs as source key.
    pub key: &'static str,
    /// Path under the source folder.
    pub path: &'static str,
    /// Publication.
    pub title: &'static str,
    /// Publisher.
    pub publisher: &'static str,
    /// Release.
    pub release: &'static str,
    /// Year in which it was published; it was unknown before.
    pub published: i32,
    /// Tables of an area pack that rest on it.
    pub tables: Vec<&'static str>,
}

/// Licence of every file.
pub const LICENCE: &str = "Open Government Licence v3.0";

const CATALOGUE: &str = include_str!("catalogue.csv");

/// Every file that is read, in the order of the catalogue.
pub fn publications() -> Vec<Publication> {
    CATALOGUE.lines().skip(1).filter_map(publication).collect()
}

/// One line. No field of the catalogue holds a comma.
fn publication(line: &'static str) -> Option<Publication> {
    let fields: Vec<&str> = line.split(',').collect();
    let [key, path, title, publisher, release, year, tables] = *fields.as_slice() else {
        return None;
    };
    Some(Publication {
        key,
        path,
        title,
        publisher,
        release,
        published: year.parse().ok()?,
        tables: tables.split(';').collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_catalogue_is_read() {
        assert_eq!(publications().len(), CATALOGUE.lines().count() - 1);
    }
}
