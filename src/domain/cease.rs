//! Why an EHC plan ends in an area.

/// Published reason for which a plan ceased, or left the authority.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum CeaseReason {
    /// Reached the maximum age.
    MaximumAge,
    /// Needs met without a plan.
    NeedsMet,
    /// Moved to higher education.
    HigherEducation,
    /// Found paid employment.
    Employment,
    /// No longer wishes to engage in education or training.
    NoLongerEngaging,
    /// Deceased.
    Deceased,
    /// Other reason, or reason not recorded.
    Other,
    /// Moved to an individual support plan: only under a reform that a scenario brings. The child
    /// goes on with SEN support.
    SupportPlan,
    /// Transferred to another authority: a move out, not a ceased plan, in our indicators.
    Transfer,
    /// Moved outside England: a move out, not a ceased plan, in our indicators.
    LeftEngland,
}

impl CeaseReason {
    /// Number of reasons.
    pub const COUNT: usize = 10;

    /// Every reason; those that count as ceased come first.
    pub const ALL: [Self; Self::COUNT] = [
        Self::MaximumAge,
        Self::NeedsMet,
        Self::HigherEducation,
        Self::Employment,
        Self::NoLongerEngaging,
        Self::Deceased,
        Self::Other,
        Self::SupportPlan,
        Self::Transfer,
        Self::LeftEngland,
    ];

    /// Position in [`CeaseReason::ALL`].
    pub const fn index(self) -> usize {
        self as usize
    }

    /// A move out of the area rather than the end of a plan.
    pub const fn is_move_out(self) -> bool {
        matches!(self, Self::Transfer | Self::LeftEngland)
    }

    /// Published: happens without a reform that a scenario brings.
    pub const fn is_published(self) -> bool {
        !matches!(self, Self::SupportPlan)
    }

    /// Name in area packs and scenario files.
    pub const fn code(self) -> &'static str {
        match self {
            Self::MaximumAge => "maximum-age",
            Self::NeedsMet => "needs-met",
            Self::HigherEducation => "higher-education",
            Self::Employment => "employment",
            Self::NoLongerEngaging => "no-longer-engaging",
            Self::Deceased => "deceased",
            Self::Other => "other",
            Self::SupportPlan => "individual-support-plan",
            Self::Transfer => "transfer",
            Self::LeftEngland => "left-england",
        }
    }

    /// Label in outputs.
    pub const fn label(self) -> &'static str {
        match self {
            Self::MaximumAge => "Maximum age",
            Self::NeedsMet => "Needs met without a plan",
            Self::HigherEducation => "Higher education",
            Self::Employment => "Paid employment",
            Self::NoLongerEngaging => "No longer wishes to engage",
            Self::Deceased => "Deceased",
            Self::Other => "Other or not recorded",
            Self::SupportPlan => "Moved to an individual support plan",
            Self::Transfer => "Transferred to another authority",
            Self::LeftEngland => "Left England",
        }
    }

    /// Reads a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }
}
