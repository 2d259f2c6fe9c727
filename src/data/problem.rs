//! Problems that several readers report in the same words.

use crate::files::Problem;

/// A key that stands in the file twice.
pub(super) fn given_twice() -> Problem {
    Problem::error(
        "given-twice",
        "figures given twice for one place, period and breakdown",
    )
    .hint("the later one was read; remove one of the two rows")
}

/// A label that the publisher did not use before.
pub(super) fn unknown_breakdown() -> Problem {
    Problem::error("unknown-breakdown", "unknown breakdown")
        .hint("the release may use new labels; the row was not read")
}

/// A name or code of an authority that the lookups do not hold.
pub(super) fn unknown_authority() -> Problem {
    Problem::warning(
        "unknown-authority",
        "authorities that the lookups do not hold",
    )
    .hint("the row was not read")
}

/// Figures of two releases that differ.
pub(super) fn releases_differ(table: &str) -> Problem {
    Problem::note(
        "releases-differ",
        format!("{table}: an older release gives another figure"),
    )
    .hint("the newer figure is used")
}
