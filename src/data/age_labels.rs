//! Published labels of single ages and years.

/// A single year of age: `under 3` and `age 2 and under` are 2, `age 20 and over` is 20, and
/// `Aged 7` is 7. `None` for unknown ages.
pub(super) fn age(label: &str) -> Option<u8> {
    let label = label.to_ascii_lowercase();
    if label == "under 3" {
        return Some(2);
    }
    let rest = label
        .strip_prefix("aged ")
        .or_else(|| label.strip_prefix("age "))?;
    rest.split(' ').next()?.parse().ok()
}

/// Whether a label says that the value is not known: those rows are counted in no cut.
pub(super) fn is_unknown(label: &str) -> bool {
    label.to_ascii_lowercase().ends_with("unknown")
}

/// Whole years that a plan has been in place: `Less than a year` is 0, `12 or more` is 12.
pub(super) fn years_in_place(label: &str) -> Option<u8> {
    match label {
        "Less than a year" | "Under a year" => Some(0),
        _ => label.split(' ').next()?.parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_labels_are_read() {
        let ages = [
            "under 3",
            "age 2 and under",
            "Aged 20 and over",
            "age 17",
            "Age unknown",
        ];
        assert_eq!(ages.map(age), [Some(2), Some(2), Some(20), Some(17), None]);
        let years = [
            "Less than a year",
            "1 year",
            "12 or more",
            "12 years and over",
        ];
        assert_eq!(
            years.map(years_in_place),
            [Some(0), Some(1), Some(12), Some(12)]
        );
    }
}
