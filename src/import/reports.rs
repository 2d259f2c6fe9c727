//! What a pack says about its authority: known faults, boundaries, boards.

use super::vintage::Vintage;
use crate::data::facts::{Authority, Published};
use crate::data::known_breaks;
use crate::domain::AuthorityCode;
use crate::files::{Problem, Problems};

/// Authority-years known to be wrong or incomplete, as far as the pack reaches.
pub(super) fn known_faults(authority: &Authority, vintage: Vintage, problems: &mut Problems) {
    for known in known_breaks() {
        let own = known.authority().is_none_or(|code| code == authority.code);
        let reached = if known.is_of_a_stock() {
            vintage.has_january(known.year)
        } else {
            vintage.has_flows_of(known.year)
        };
        if own && reached {
            problems.add(Problem::warning("known-break", known.what).hint(known.consequence));
        }
    }
}

/// An authority that took over parts of others has no history of its own before.
pub(super) fn boundaries(authority: &Authority, published: &Published, problems: &mut Problems) {
    if authority.predecessors.is_empty() {
        return;
    }
    let names = |codes: &mut dyn Iterator<Item = &AuthorityCode>| -> String {
        let names: Vec<&str> = codes
            .filter_map(|code| published.authorities.get(code))
            .map(|other| other.name.as_str())
            .collect();
        names.join(", ")
    };
    let siblings = published.authorities.values().filter(|other| {
        other.code != authority.code && other.predecessors == authority.predecessors
    });
    let siblings: Vec<AuthorityCode> = siblings.map(|other| other.code).collect();
    problems.add(
        Problem::warning(
            "history-begins",
            format!(
                "{} was formed from {}: its own history begins in January {}",
                authority.name,
                names(&mut authority.predecessors.iter()),
                authority.first_january
            ),
        )
        .hint(format!(
            "only together with {} does it add up to what was before: trends rest on fewer years",
            names(&mut siblings.iter())
        )),
    );
}

/// Which boards an authority lies in, when there are several.
pub(super) fn boards(authority: &Authority, problems: &mut Problems) {
    if authority.icbs.len() > 1 {
        problems.add(
            Problem::note(
                "several-boards",
                format!("the area lies in {} integrated care boards", authority.icbs.len()),
            )
            .example(authority.icbs.join("; "))
            .hint("the first one stands in `area.toml`; waiting lists of all are given, whole boards each"),
        );
    }
}
