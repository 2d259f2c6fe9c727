//! Ages, age bands and phases.

/// Oldest age that the model covers. Ages are whole years at 31 August before the January census
/// (academic age): 4 is Reception, 10 is Year 6, 11 is Year 7, 15 is Year 11.
pub const OLDEST_AGE: u8 = 25;

/// Number of single years of age, 0 to 25.
pub const AGES: usize = OLDEST_AGE as usize + 1;

/// Share of an academic cohort born from 1 September to 31 December: on 1 January they are a year
/// older than their academic age.
pub const BORN_BEFORE_JANUARY: f64 = 1.0 / 3.0;

/// Ages at which the statistics show new plans of a cohort of this academic age on the 1 January
/// before, and the share at each: they tell the age at the January census after the year. This
/// reading reproduces the single-age caseloads of January 2024 and 2025; age on the day on which
/// the plan started does not.
pub fn published_ages(age: u8) -> [(u8, f64); 2] {
    [
        ((age + 1).min(OLDEST_AGE), 1.0 - BORN_BEFORE_JANUARY),
        ((age + 2).min(OLDEST_AGE), BORN_BEFORE_JANUARY),
    ]
}

/// The five age bands of the published EHC plan statistics.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum AgeGroup {
    /// 0 to 4.
    Under5,
    /// 5 to 10.
    Age5To10,
    /// 11 to 15.
    Age11To15,
    /// 16 to 19.
    Age16To19,
    /// 20 to 25.
    Age20To25,
}

impl AgeGroup {
    /// Number of bands.
    pub const COUNT: usize = 5;

    /// Every band, youngest first.
    pub const ALL: [Self; Self::COUNT] = [
        Self::Under5,
        Self::Age5To10,
        Self::Age11To15,
        Self::Age16To19,
        Self::Age20To25,
    ];

    /// The band of an academic age.
    pub const fn of(age: u8) -> Self {
        match age {
            0..=4 => Self::Under5,
            5..=10 => Self::Age5To10,
            11..=15 => Self::Age11To15,
            16..=19 => Self::Age16To19,
            _ => Self::Age20To25,
        }
    }

    /// Ages in the band.
    pub const fn ages(self) -> std::ops::RangeInclusive<u8> {
        match self {
            Self::Under5 => 0..=4,
            Self::Age5To10 => 5..=10,
            Self::Age11To15 => 11..=15,
            Self::Age16To19 => 16..=19,
            Self::Age20To25 => 20..=OLDEST_AGE,
        }
    }

    /// Position in [`AgeGroup::ALL`].
    pub const fn index(self) -> usize {
        self as usize
    }

    /// The published label.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Under5 => "Under 5",
            Self::Age5To10 => "Age 5 to 10",
            Self::Age11To15 => "Age 11 to 15",
            Self::Age16To19 => "Age 16 to 19",
            Self::Age20To25 => "Age 20 to 25",
        }
    }

    /// Reads a published label.
    pub fn from_label(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.label() == label)
    }
}

/// Phase of education of an academic age.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Phase {
    /// Before Reception (0 to 3).
    EarlyYears,
    /// Reception to Year 6 (4 to 10).
    Primary,
    /// Years 7 to 11 (11 to 15).
    Secondary,
    /// Year 12 on (16 to 25).
    Post16,
}

impl Phase {
    /// Number of phases.
    pub const COUNT: usize = 4;

    /// Every phase, youngest first.
    pub const ALL: [Self; Self::COUNT] = [
        Self::EarlyYears,
        Self::Primary,
        Self::Secondary,
        Self::Post16,
    ];

    /// The phase of an academic age.
    pub const fn of(age: u8) -> Self {
        match age {
            0..=3 => Self::EarlyYears,
            4..=10 => Self::Primary,
            11..=15 => Self::Secondary,
            _ => Self::Post16,
        }
    }

    /// Position in [`Phase::ALL`].
    pub const fn index(self) -> usize {
        self as usize
    }

    /// Label in outputs.
    pub const fn label(self) -> &'static str {
        match self {
            Self::EarlyYears => "Early years",
            Self::Primary => "Primary",
            Self::Secondary => "Secondary",
            Self::Post16 => "Post-16",
        }
    }
}
