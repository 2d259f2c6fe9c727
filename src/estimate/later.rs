//! What the evidence for an earlier base year takes from later years.

use super::areas::{FIRST_AGED_YEAR, FIRST_CEASED_YEAR, LAST_YEAR};

/// What had to be taken from after 1 January of a base year, each with what follows: shapes by single
/// age, need, setting and reason, which were not published before. Levels of joining, ceasing and
/// moving are always the area's own before the base date.
pub fn later_evidence(base_year: i32) -> Vec<(String, &'static str)> {
    if base_year > LAST_YEAR {
        return Vec::new();
    }
    let (aged, ceased, last) = (FIRST_AGED_YEAR, FIRST_CEASED_YEAR, LAST_YEAR);
    let january = LAST_YEAR + 1;
    vec![
        (
            format!("the shape of joining by single age is England's of {aged} to {last}"),
            "its level is the area's own before the base date: how ages differ was not known then",
        ),
        (
            format!("rates of ceasing by age and setting are England's of {ceased} to {last}"),
            "the area's level comes from its accounts before the base date: ends of plans were not counted in full then",
        ),
        (
            format!("rates of moving between authorities are England's of {ceased} to {last}"),
            "moves with a plan were not counted before",
        ),
        (
            format!("needs and sexes of new plans are England's of {last}"),
            "they were not published before; the area's own are left out",
        ),
        (
            format!(
                "first settings of new plans by age are England's of {aged} to {last}, with the area's own before the base date"
            ),
            "what happened to placements after the base date shows in them",
        ),
        (
            format!(
                "moves between settings are England's between January {last} and January {january}"
            ),
            "plans by single age and setting were not published before",
        ),
        (
            format!("how strongly areas differ is estimated from flows up to {last}"),
            "ranges of rates are those that a later reader would give",
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_earlier_base_years_use_later_evidence() {
        assert!(later_evidence(LAST_YEAR + 1).is_empty());
        assert_eq!(later_evidence(LAST_YEAR).len(), later_evidence(2019).len());
    }
}
