//! Published placement columns and types to [`Setting`].

use crate::domain::{Observed, Setting};
use crate::files::{Column, Problems, Row, Table};

/// Columns of the 2025 release by setting.
const COLUMNS: [(&str, Setting); 35] = [
    ("nm_early_years", Setting::EarlyYears),
    ("mainstream_la_maintained", Setting::Mainstream),
    ("mainstream_academy", Setting::Mainstream),
    ("mainstream_free_school", Setting::Mainstream),
    (
        "mainstream_la_maintained_resourced_provision",
        Setting::ResourcedProvision,
    ),
    (
        "mainstream_academy_resourced_provision",
        Setting::ResourcedProvision,
    ),
    (
        "mainstream_free_school_resourced_provision",
        Setting::ResourcedProvision,
    ),
    ("mainstream_la_maintained_senunit", Setting::SenUnit),
    ("mainstream_academy_senunit", Setting::SenUnit),
    ("mainstream_free_school_senunit", Setting::SenUnit),
    ("mainstream_independent", Setting::IndependentMainstream),
    ("special_la_maintained", Setting::StateSpecial),
    ("special_academy_free", Setting::StateSpecial),
    ("special_non_maintained", Setting::NonMaintainedSpecial),
    ("special_independent", Setting::IndependentSpecial),
    ("ap_pru_academy", Setting::AlternativeProvision),
    ("ap_pru_free_school", Setting::AlternativeProvision),
    ("ap_pru_la_maintained", Setting::AlternativeProvision),
    ("general_fe_tertiary_colleges", Setting::GeneralFe),
    ("ukrlp_provider", Setting::OtherFe),
    ("specialist_post_16_institutions", Setting::SpecialistPost16),
    ("elective_home_education", Setting::ElectiveHomeEducation),
    ("other_arrangements_la", Setting::OtherArrangements),
    ("other_arrangements_parents", Setting::OtherArrangements),
    ("online_provider", Setting::OtherArrangements),
    ("w_settings", Setting::OtherPlacement),
    ("other_schools", Setting::OtherPlacement),
    ("other_placement_settings", Setting::OtherPlacement),
    ("neet", Setting::Neet),
    ("neet_ntci", Setting::Neet),
    ("neet_other", Setting::Neet),
    ("neet_other_csa", Setting::Neet),
    ("placement_unknown", Setting::NotRecorded),
    ("await_prov_2022", Setting::NotRecorded),
    ("perm_ex_2022", Setting::NotRecorded),
];

/// The placement columns of a table of the 2025 release.
pub(super) struct PlacementColumns(Vec<(Column, Setting)>);

impl PlacementColumns {
    pub(super) fn find(table: &Table, problems: &mut Problems) -> Option<Self> {
        let columns: Vec<_> = COLUMNS
            .iter()
            .filter_map(|(name, setting)| Some((table.number_column(name, problems)?, *setting)))
            .collect();
        (columns.len() == COLUMNS.len()).then_some(Self(columns))
    }

    /// Which columns were collected in a year: those with a number in England's row.
    pub(super) fn collected(&self, england: &Row<'_>, problems: &mut Problems) -> Vec<bool> {
        self.0
            .iter()
            .map(|(column, _)| england.count(*column, problems).value().is_some())
            .collect()
    }

    /// The settings of a row. Columns not collected in the year are left out; a setting with any
    /// other cell missing is missing.
    pub(super) fn settings(
        &self,
        row: &Row<'_>,
        collected: Option<&Vec<bool>>,
        problems: &mut Problems,
    ) -> [Observed; Setting::COUNT] {
        let mut settings = [None; Setting::COUNT];
        for (index, (column, setting)) in self.0.iter().enumerate() {
            let cell = row.count(*column, problems);
            if collected.is_some_and(|collected| !collected[index]) && cell.value().is_none() {
                continue;
            }
            let sum = &mut settings[setting.index()];
            *sum = Some(sum.map_or(cell, |sum| add(sum, cell)));
        }
        settings.map(|sum| sum.unwrap_or(Observed::NotAvailable))
    }
}

/// The sum of two cells; the symbol of a missing one.
pub(super) fn add(left: Observed, right: Observed) -> Observed {
    match (left, right) {
        (Observed::Value(left), Observed::Value(right)) => Observed::Value(left + right),
        (Observed::Value(_), symbol) | (symbol, _) => symbol,
    }
}

/// Types of placement in the needs, ceased and review tables of the 2025 release. Totals of
/// several types are `None`.
pub(super) fn setting_of_type(published: &str) -> Option<Setting> {
    Some(match published {
        "Non-maintained early years" => Setting::EarlyYears,
        "Mainstream - LA maintained" | "Mainstream - academy" | "Mainstream - free school" => {
            Setting::Mainstream
        }
        "Mainstream - LA maintained (resourced provision)"
        | "Mainstream - academy (resourced provision)"
        | "Mainstream - free school (resourced provision)" => Setting::ResourcedProvision,
        "Mainstream - LA maintained (SEN unit)"
        | "Mainstream - academy (SEN unit)"
        | "Mainstream - free school (SEN unit)" => Setting::SenUnit,
        "Mainstream - independent" => Setting::IndependentMainstream,
        "Special - LA maintained"
        | "Special - Academy/free schools"
        | "Special - academy/free school" => Setting::StateSpecial,
        "Special - non-maintained" => Setting::NonMaintainedSpecial,
        "Special - independent" => Setting::IndependentSpecial,
        "AP/PRU - LA maintained" | "AP/PRU - academy" | "AP/PRU - free school" => {
            Setting::AlternativeProvision
        }
        "FE - general FE and tertiary colleges" => Setting::GeneralFe,
        "FE - UKRLP provider" => Setting::OtherFe,
        "FE - specialist post-16 institutions" => Setting::SpecialistPost16,
        "Educated elsewhere - elective home education" => Setting::ElectiveHomeEducation,
        "Educated elsewhere - other arrangements by LA"
        | "Educated elsewhere - other arrangements by parents"
        | "Educated elsewhere - online provider" => Setting::OtherArrangements,
        "Educated elsewhere - Welsh establishment"
        | "Educated elsewhere - other schools and establishments"
        | "Educated elsewhere - other placement settings" => Setting::OtherPlacement,
        "Educated elsewhere - NEET"
        | "Educated elsewhere - not in education or training (compulsory school age)"
        | "Educated elsewhere - not in education or training (notice to cease issued)"
        | "Educated elsewhere - not in education or training (other)" => Setting::Neet,
        "Placement not recorded" => Setting::NotRecorded,
        _ => return None,
    })
}

/// Whether a type of placement in the 2025 release is the sum of others.
pub(super) fn is_total_of_types(published: &str) -> bool {
    published.ends_with("- total")
}

/// Establishment types of the 2022 release. Hospital schools, other further education and sixth
/// form colleges go where the 2025 release put them when it restated January 2019 to 2022.
pub(super) fn setting_of_establishment(published: &str) -> Option<Setting> {
    Some(match published {
        "Non-maintained early years" => Setting::EarlyYears,
        "Mainstream - LA maintained" | "Mainstream - Academy" | "Mainstream - Free school" => {
            Setting::Mainstream
        }
        "Mainstream - LA maintained - Resourced provision"
        | "Mainstream - Academy - Resourced Provision"
        | "Mainstream - Free school - Resourced provision" => Setting::ResourcedProvision,
        "Mainstream - LA maintained - SEN unit"
        | "Mainstream - Academy - SEN unit"
        | "Mainstream - Free school - SEN unit" => Setting::SenUnit,
        "Mainstream - Independent" => Setting::IndependentMainstream,
        "Special - LA maintained"
        | "Special - Academy/free"
        | "Special - Academy"
        | "Special - Free school"
        | "Hospital School" => Setting::StateSpecial,
        "Special - Non-maintained" => Setting::NonMaintainedSpecial,
        "Special - Independent" => Setting::IndependentSpecial,
        "AP/PRU - LA maintained" | "AP/PRU - Academy" | "AP/PRU - Free school" => {
            Setting::AlternativeProvision
        }
        "General FE and tertiary colleges/HE" | "Other FE" | "Sixth form college" => {
            Setting::GeneralFe
        }
        "Specialist post-16 institutions" | "Independent specialist providers" => {
            Setting::SpecialistPost16
        }
        "Elective home education" => Setting::ElectiveHomeEducation,
        "Other arrangements by local authority" | "Other arrangements by parents" => {
            Setting::OtherArrangements
        }
        "Other" => Setting::OtherPlacement,
        "NEET" => Setting::Neet,
        _ if published.starts_with("Awaiting provision - ") => Setting::NotRecorded,
        "Permanently excluded" => Setting::NotRecorded,
        _ => return None,
    })
}
