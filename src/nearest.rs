//! The known name that a misspelt one probably means.

/// The candidate nearest to `word`, if any is near enough to be what was meant.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = word.to_lowercase();
    candidates
        .into_iter()
        .filter_map(|candidate| {
            let name = candidate.to_lowercase();
            let distance = edit_distance(&wanted, &name);
            let near = distance <= 1 + name.chars().count() / 4;
            (near || shortens(&wanted, &name)).then_some((distance, candidate))
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// The hint that names the nearest candidate, or else lists them all.
pub fn did_you_mean<'a>(
    word: &str,
    what: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> String {
    let candidates: Vec<&str> = candidates.into_iter().collect();
    match nearest(word, candidates.iter().copied()) {
        Some(candidate) => format!("did you mean `{candidate}`?"),
        None => format!("{what}: {}", candidates.join(", ")),
    }
}

/// Every dotted part of `word` begins the same part of `name`: `speech.staff` for
/// `speech-and-language.staff-fte`.
fn shortens(word: &str, name: &str) -> bool {
    let (parts, whole): (Vec<&str>, Vec<&str>) =
        (word.split('.').collect(), name.split('.').collect());
    parts.len() > 1
        && parts.len() == whole.len()
        && parts.iter().zip(whole).all(|(p, w)| w.starts_with(p))
}

/// Insertions, deletions, replacements and swaps of neighbours that turn one word into the other
/// (optimal string alignment).
fn edit_distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let replaced = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut smallest = replaced.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                smallest = smallest.min(before_last[j - 2] + 1);
            }
            row.push(smallest);
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distance_counts_a_swap_as_one() {
        assert_eq!(edit_distance("SLCN", "SLNC"), 1);
        assert_eq!(edit_distance("kitten", "sitting"), 3);
        assert_eq!(edit_distance("", "abc"), 3);
    }

    #[test]
    fn the_nearest_name_is_offered_and_a_far_one_is_not() {
        let needs = ["ASD", "SLCN", "SEMH"];
        assert_eq!(nearest("slc", needs), Some("SLCN"));
        assert_eq!(nearest("ASC", needs), Some("ASD"));
        assert_eq!(nearest("hearing", needs), None);
        assert_eq!(
            nearest(
                "services.speech.staff",
                ["services.speech-and-language.staff-fte"]
            ),
            Some("services.speech-and-language.staff-fte")
        );
    }
}
