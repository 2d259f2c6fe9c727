//! What is arranged for a child with an EHC plan beside its placement.

use super::Setting;

/// An arrangement of an EHC plan that the statistics count beside the placement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Arrangement {
    /// Personal budget for education.
    BudgetForEducation,
    /// Personal budget for social care.
    BudgetForSocialCare,
    /// Personal budget for health care.
    BudgetForHealth,
    /// Integrated personal budget: of more than one of the three.
    BudgetIntegrated,
    /// Personal budget of several kinds, or of a kind that is not recorded.
    BudgetOther,
    /// Supported internship.
    SupportedInternship,
    /// Apprenticeship.
    Apprenticeship,
    /// Traineeship.
    Traineeship,
    /// Residential placement of 38 to 51 weeks a year.
    Residential38Weeks,
    /// Residential placement of 52 weeks a year.
    Residential52Weeks,
}

/// Arrangements of which a child has at most one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum ArrangementFamily {
    /// Personal budgets.
    PersonalBudget,
    /// Learning at work.
    WorkBased,
    /// Residential placements.
    Residential,
}

use Arrangement::{
    Apprenticeship, BudgetForEducation, BudgetForHealth, BudgetForSocialCare, BudgetIntegrated,
    BudgetOther, Residential38Weeks, Residential52Weeks, SupportedInternship, Traineeship,
};

impl Arrangement {
    /// Number of arrangements.
    pub const COUNT: usize = 10;

    /// Every arrangement, those of a family together.
    pub const ALL: [Self; Self::COUNT] = [
        BudgetForEducation,
        BudgetForSocialCare,
        BudgetForHealth,
        BudgetIntegrated,
        BudgetOther,
        SupportedInternship,
        Apprenticeship,
        Traineeship,
        Residential38Weeks,
        Residential52Weeks,
    ];

    /// Position in [`Arrangement::ALL`].
    pub const fn index(self) -> usize {
        self as usize
    }

    /// Name in area packs.
    pub const fn code(self) -> &'static str {
        match self {
            BudgetForEducation => "personal-budget-education",
            BudgetForSocialCare => "personal-budget-social-care",
            BudgetForHealth => "personal-budget-health",
            BudgetIntegrated => "personal-budget-integrated",
            BudgetOther => "personal-budget-other",
            SupportedInternship => "supported-internship",
            Apprenticeship => "apprenticeship",
            Traineeship => "traineeship",
            Residential38Weeks => "residential-38-to-51-weeks",
            Residential52Weeks => "residential-52-weeks",
        }
    }

    /// Label in reports.
    pub const fn label(self) -> &'static str {
        match self {
            BudgetForEducation => "Education",
            BudgetForSocialCare => "Social care",
            BudgetForHealth => "Health",
            BudgetIntegrated => "Integrated",
            BudgetOther => "Several kinds or not recorded",
            SupportedInternship => "Supported internship",
            Apprenticeship => "Apprenticeship",
            Traineeship => "Traineeship",
            Residential38Weeks => "38 to 51 weeks",
            Residential52Weeks => "52 weeks",
        }
    }

    /// The arrangement of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// Its family.
    pub const fn family(self) -> ArrangementFamily {
        match self {
            BudgetForEducation | BudgetForSocialCare | BudgetForHealth | BudgetIntegrated
            | BudgetOther => ArrangementFamily::PersonalBudget,
            SupportedInternship | Apprenticeship | Traineeship => ArrangementFamily::WorkBased,
            Residential38Weeks | Residential52Weeks => ArrangementFamily::Residential,
        }
    }
}

impl ArrangementFamily {
    /// Number of families.
    pub const COUNT: usize = 3;

    /// Every family.
    pub const ALL: [Self; Self::COUNT] = [Self::PersonalBudget, Self::WorkBased, Self::Residential];

    /// Position in [`ArrangementFamily::ALL`].
    pub const fn index(self) -> usize {
        self as usize
    }

    /// Name in parameters.
    pub const fn code(self) -> &'static str {
        match self {
            Self::PersonalBudget => "personal-budgets",
            Self::WorkBased => "work-based",
            Self::Residential => "residential",
        }
    }

    /// Its arrangements, in order.
    pub fn arrangements(self) -> impl Iterator<Item = Arrangement> {
        Arrangement::ALL
            .into_iter()
            .filter(move |one| one.family() == self)
    }

    /// Whether a child in the setting, of an academic age, may have one. The few that are recorded
    /// elsewhere (a twelfth of work-based learning, a tenth of residential placements in England in
    /// January 2025) count among these.
    pub const fn may_be(self, age: u8, setting: Setting) -> bool {
        match self {
            Self::PersonalBudget => true,
            Self::WorkBased => {
                age >= 16
                    && matches!(
                        setting,
                        Setting::GeneralFe
                            | Setting::OtherFe
                            | Setting::SpecialistPost16
                            | Setting::OtherArrangements
                            | Setting::OtherPlacement
                    )
            }
            Self::Residential => matches!(
                setting,
                Setting::IndependentMainstream
                    | Setting::StateSpecial
                    | Setting::NonMaintainedSpecial
                    | Setting::IndependentSpecial
                    | Setting::SpecialistPost16
                    | Setting::OtherPlacement
            ),
        }
    }

    /// Whether its shares are told by setting; by age band otherwise.
    pub const fn is_by_setting(self) -> bool {
        matches!(self, Self::Residential)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrangements_stand_by_family_and_read_back() {
        let families = Arrangement::ALL.map(Arrangement::family);
        assert!(families.is_sorted());
        for one in Arrangement::ALL {
            assert_eq!(Arrangement::from_code(one.code()), Some(one));
            assert_eq!(Arrangement::ALL[one.index()], one);
        }
        assert!(ArrangementFamily::WorkBased.may_be(16, Setting::OtherFe));
        assert!(!ArrangementFamily::WorkBased.may_be(16, Setting::Neet));
    }
}
