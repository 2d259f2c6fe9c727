//! The example scenarios, built into the program.

const EMBEDDED: [(&str, &str); 12] = [
    (
        "early-language",
        include_str!("../../scenarios/early-language.toml"),
    ),
    (
        "inclusion-funding",
        include_str!("../../scenarios/inclusion-funding.toml"),
    ),
    (
        "need-review",
        include_str!("../../scenarios/need-review.toml"),
    ),
    (
        "outreach-to-mainstream",
        include_str!("../../scenarios/outreach-to-mainstream.toml"),
    ),
    (
        "repatriation",
        include_str!("../../scenarios/repatriation.toml"),
    ),
    (
        "annual-reviews-post-16",
        include_str!("../../scenarios/annual-reviews-post-16.toml"),
    ),
    (
        "housing-growth",
        include_str!("../../scenarios/housing-growth.toml"),
    ),
    (
        "special-places",
        include_str!("../../scenarios/special-places.toml"),
    ),
    (
        "bases-in-mainstream",
        include_str!("../../scenarios/bases-in-mainstream.toml"),
    ),
    (
        "phase-transfer-grip",
        include_str!("../../scenarios/phase-transfer-grip.toml"),
    ),
    (
        "closing-places",
        include_str!("../../scenarios/closing-places.toml"),
    ),
    (
        "joint-plan",
        include_str!("../../scenarios/joint-plan.toml"),
    ),
];

/// Name and text of every example scenario, in the order in which they are shown.
pub const fn embedded() -> &'static [(&'static str, &'static str)] {
    &EMBEDDED
}
