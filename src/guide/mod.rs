//! The guide: method, words, data, how to add things, decisions.

#[doc = include_str!("architecture.md")]
pub mod architecture {}

#[doc = include_str!("method.md")]
pub mod method {}

/// The steps from a projection with constant rates to Derby's own; its figures are a test.
pub const WHY_DERBY_DIFFERS: &str = include_str!("why_derby_differs.md");

#[doc = include_str!("why_derby_differs.md")]
pub mod why_derby_differs {}

#[doc = include_str!("forecasts.md")]
#[doc = include_str!("scores.md")]
pub mod forecasts {}

#[doc = include_str!("places.md")]
pub mod places {}

#[doc = include_str!("ehc_process.md")]
pub mod ehc_process {}

#[doc = include_str!("services.md")]
pub mod services {}

#[doc = include_str!("money.md")]
pub mod money {}

#[doc = include_str!("exclusions.md")]
pub mod exclusions {}

#[doc = include_str!("alternative_provision.md")]
pub mod alternative_provision {}

#[doc = include_str!("adulthood.md")]
pub mod adulthood {}

#[doc = include_str!("glossary.md")]
pub mod glossary {}

#[doc = include_str!("data.md")]
pub mod data {}

#[doc = include_str!("queues.md")]
pub mod queues {}

#[doc = include_str!("adding.md")]
pub mod adding {}

/// One page for each modelling choice that a reviewer would question.
pub mod decisions {
    #[doc = include_str!("decisions/0001-addressed-luck.md")]
    pub mod addressed_luck {}

    #[doc = include_str!("decisions/0002-base-stocks.md")]
    pub mod base_stocks {}

    #[doc = include_str!("decisions/0003-scenario-files.md")]
    pub mod scenario_files {}

    #[doc = include_str!("decisions/0004-ages-of-new-plans.md")]
    pub mod ages_of_new_plans {}

    #[doc = include_str!("decisions/0005-setting-mix.md")]
    pub mod setting_mix {}

    #[doc = include_str!("decisions/0006-sen-support-path.md")]
    pub mod sen_support_path {}

    #[doc = include_str!("decisions/0007-wanted-and-placed.md")]
    pub mod wanted_and_placed {}

    #[doc = include_str!("decisions/0008-lists-as-hours.md")]
    pub mod lists_as_hours {}

    #[doc = include_str!("decisions/0009-choosing-in-september.md")]
    pub mod choosing_in_september {}

    #[doc = include_str!("decisions/0010-actions-in-fewer-futures.md")]
    pub mod actions_in_fewer_futures {}
}
