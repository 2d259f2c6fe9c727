//! What published counts say about rates: the sufficient statistics of every fitted process.

use crate::domain::{CeaseReason, PrimaryNeed, Setting};

/// A process whose rates are fitted by pooling the area's counts with England's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum EvidenceProcess {
    /// Starting a plan, by age: reference rate per resident without a plan and year.
    Joining,
    /// Primary need of new plans, by age: share.
    JoiningNeed,
    /// Boys among new plans, by need: share.
    JoiningBoys,
    /// First setting of new plans, by age: share.
    FirstSetting,
    /// Children with a need in a setting, relative to all plans in it: ratio.
    NeedInSetting,
    /// Ceasing, by age: rate per plan and year, moves out left out.
    Ceasing,
    /// Reason for ceasing, by age: share.
    CeasingReason,
    /// Ceasing in a setting relative to the average of the same ages: ratio.
    CeasingInSetting,
    /// Moving out of the area, by age: rate per plan and year.
    MovingOut,
    /// Moving between settings within a year, by age: probability.
    SettingMove,
}

impl EvidenceProcess {
    /// Every process.
    pub const ALL: [Self; 10] = [
        Self::Joining,
        Self::JoiningNeed,
        Self::JoiningBoys,
        Self::FirstSetting,
        Self::NeedInSetting,
        Self::Ceasing,
        Self::CeasingReason,
        Self::CeasingInSetting,
        Self::MovingOut,
        Self::SettingMove,
    ];

    /// Name in files.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Joining => "joining",
            Self::JoiningNeed => "joining-need",
            Self::JoiningBoys => "joining-boys",
            Self::FirstSetting => "first-setting",
            Self::NeedInSetting => "need-in-setting",
            Self::Ceasing => "ceasing",
            Self::CeasingReason => "ceasing-reason",
            Self::CeasingInSetting => "ceasing-in-setting",
            Self::MovingOut => "moving-out",
            Self::SettingMove => "setting-move",
        }
    }

    /// Reads a name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|p| p.code() == code)
    }
}

/// `rate_evidence.csv`: one cell of one process.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EvidenceRow {
    /// Process.
    pub process: EvidenceProcess,
    /// Academic age on the 1 January before, where the process goes by age.
    pub age: Option<u8>,
    /// Primary need.
    pub need: Option<PrimaryNeed>,
    /// Setting (before a move).
    pub setting: Option<Setting>,
    /// Setting after a move.
    pub to_setting: Option<Setting>,
    /// Reason for ceasing.
    pub reason: Option<CeaseReason>,
    /// England's value, in the region's proportion where regions differ: the centre of pooling.
    pub peer_value: f64,
    /// Events counted in the area (fractional where published ages had to be shared out).
    pub area_events: f64,
    /// What they are counted out of: children and years, or events.
    pub area_exposure: f64,
}

impl EvidenceRow {
    /// A row with no breakdown.
    pub const fn new(process: EvidenceProcess, peer_value: f64) -> Self {
        Self {
            process,
            age: None,
            need: None,
            setting: None,
            to_setting: None,
            reason: None,
            peer_value,
            area_events: 0.0,
            area_exposure: 0.0,
        }
    }
}

/// `joining_index.csv`: new plans year by year against what England's reference rates give.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct JoiningIndexRow {
    /// Calendar year.
    pub year: i32,
    /// England: new plans over new plans expected at the reference rates.
    pub england_index: f64,
    /// The area's new plans; `None` where not published or known to be wrong.
    pub area_new: Option<f64>,
    /// The area's new plans expected at the reference rates.
    pub area_expected: f64,
}

/// `estimates.csv`: a number estimated over all authorities.
#[derive(Debug, Clone, PartialEq)]
pub struct EstimateRow {
    /// Name, for example `joining.pooling`.
    pub name: String,
    /// Value.
    pub value: f64,
    /// Standard error; 0 where it is not carried into draws.
    pub standard_error: f64,
    /// What it is and how it was estimated.
    pub note: String,
}
