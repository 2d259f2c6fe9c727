//! Levers: what an area can do, one file per kind.
//!
//! In: the tables `[[lever.<kind>]]` of a scenario. Out: changes of parameters.
//! Deliberately not here: money, which no lever changes yet.
//! A new kind is a file, a line in [`KINDS`], its sizes in `scenarios/baseline/levers.toml` and an
//! example in `scenarios/`.

mod annual_review_capacity;
mod bases_in_mainstream;
mod closure;
mod early_language;
mod expansion;
mod housing;
mod inclusion_funding;
mod kind;
mod legal_reform;
mod locums;
mod need_review;
mod new_places;
mod opening;
mod outreach;
mod over_fill_policy;
mod phase_transfer_grip;
mod recruit;
mod repatriation;

pub use kind::Kind;

/// Every kind, in the order in which they are applied.
pub const KINDS: [Kind; 16] = [
    Kind::of::<early_language::EarlyLanguage>(),
    Kind::of::<inclusion_funding::InclusionFunding>(),
    Kind::of::<need_review::NeedReview>(),
    Kind::of::<outreach::Outreach>(),
    Kind::of::<repatriation::Repatriation>(),
    Kind::of::<annual_review_capacity::AnnualReviewCapacity>(),
    Kind::of::<legal_reform::LegalReform>(),
    Kind::of::<housing::Housing>(),
    Kind::of::<new_places::NewPlaces>(),
    Kind::of::<expansion::Expansion>(),
    Kind::of::<bases_in_mainstream::BasesInMainstream>(),
    Kind::of::<closure::Closure>(),
    Kind::of::<over_fill_policy::OverFillPolicy>(),
    Kind::of::<phase_transfer_grip::PhaseTransferGrip>(),
    Kind::of::<recruit::Recruit>(),
    Kind::of::<locums::Locums>(),
];
