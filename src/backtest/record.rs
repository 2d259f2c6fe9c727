//! One forecast of one authority, and what it is a forecast of.

use super::Predictive;
use crate::domain::AgeGroup;

/// Whose forecast.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Method {
    /// Ours.
    Sendsim,
    /// The growth of the last three years continues.
    LastGrowth,
    /// Random walk with drift.
    Drift,
    /// Damped Holt smoothing, parameters pooled over authorities.
    DampedHolt,
    /// Growth shrunk to national growth.
    ShrunkenGrowth,
    /// The same with the national growth that came true; not a forecast.
    ShrunkenGrowthOracle,
    /// The newest value holds: the baseline of flows and of shares.
    NoChange,
}

impl Method {
    /// Name in files.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Sendsim => "sendsim",
            Self::LastGrowth => "last_growth",
            Self::Drift => "drift",
            Self::DampedHolt => "damped_holt",
            Self::ShrunkenGrowth => "shrunken_growth",
            Self::ShrunkenGrowthOracle => "shrunken_growth_oracle",
            Self::NoChange => "no_change",
        }
    }

    /// Name for people.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Sendsim => "sendsim",
            Self::LastGrowth => "last three years' growth continues",
            Self::Drift => "random walk with drift",
            Self::DampedHolt => "damped Holt, pooled",
            Self::ShrunkenGrowth => "growth shrunk to England's",
            Self::ShrunkenGrowthOracle => "the same, England's growth known (oracle)",
            Self::NoChange => "no change",
        }
    }
}

/// What is forecast.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    /// Plans on a 1 January.
    EhcPlans,
    /// An authority's plans as a share of all scored authorities' [per cent]: the local departure
    /// from the national course.
    ShareOfAllPlans,
    /// New plans of a calendar year.
    NewPlans,
    /// Plans that end or move out in a calendar year, less those that move in: the published stock
    /// before, plus new plans, less the stock after.
    PlansLeaving,
    /// Requests for an assessment in a calendar year.
    Requests,
    /// Share of plans in mainstream schools [per cent].
    MainstreamShare,
    /// Share of plans in special schools [per cent].
    SpecialShare,
}

impl Measure {
    /// Name in files.
    pub const fn code(self) -> &'static str {
        match self {
            Self::EhcPlans => "ehc_plans",
            Self::ShareOfAllPlans => "ehc_plans_share_of_all",
            Self::NewPlans => "new_plans",
            Self::PlansLeaving => "plans_leaving",
            Self::Requests => "requests",
            Self::MainstreamShare => "mainstream_share",
            Self::SpecialShare => "special_share",
        }
    }
}

/// One forecast.
#[derive(Debug, Clone, PartialEq)]
pub struct Forecast {
    /// Whose.
    pub method: Method,
    /// Position of the authority in the panel.
    pub member: usize,
    /// January of the newest stock that was known.
    pub origin: i32,
    /// Years ahead: 1 is the January after the origin, or the calendar year that begins with it.
    pub horizon: usize,
    /// Of what.
    pub measure: Measure,
    /// Age band; `None` for all ages.
    pub band: Option<AgeGroup>,
    /// The forecast and how it fared.
    pub predictive: Predictive,
}

impl Forecast {
    /// January of a stock, calendar year of a flow.
    pub fn target_year(&self) -> i32 {
        let ahead = self.horizon as i32;
        match self.measure {
            Measure::NewPlans | Measure::PlansLeaving | Measure::Requests => {
                self.origin + ahead - 1
            }
            Measure::EhcPlans
            | Measure::ShareOfAllPlans
            | Measure::MainstreamShare
            | Measure::SpecialShare => self.origin + ahead,
        }
    }

    /// Name of the age band in files.
    pub fn age_group(&self) -> &'static str {
        self.band.map_or("Total", AgeGroup::label)
    }
}
