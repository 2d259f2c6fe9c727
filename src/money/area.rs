//! What is published of an area's money.

use crate::area::{AreaPack, Breakdown, HistoryRow};
use crate::domain::{Observed, SpendLine};

/// First year of the outturn by line.
const OUTTURN_YEAR: i32 = 2021;

/// What is published of an area's money.
#[derive(Debug, Clone, PartialEq)]
pub struct AreaCosts {
    /// Prices of placements against England's; 1 where the area's own is not known.
    ratios: [f64; SpendLine::PLACEMENTS],
    /// Lines that follow no child's plan, 2021-22 [pounds]; `None` where there is no outturn.
    own_lines: Option<OwnLines>,
    /// Residents aged 2 to 18 on the base date.
    pub(super) residents_2_to_18: f64,
    /// Last published spend on transport: first year of the financial year, pounds.
    pub(super) transport: Option<(i32, f64)>,
    /// Last published high needs block: first year of the financial year, pounds.
    pub(super) block: Option<(i32, f64)>,
}

/// Lines of an outturn that follow no child's plan [pounds].
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct OwnLines {
    pub(super) inclusion: f64,
    pub(super) alternative_provision: f64,
    pub(super) hospital: f64,
    pub(super) therapies: f64,
}

impl AreaCosts {
    /// Reads a pack.
    pub fn of(pack: &AreaPack) -> Self {
        let ratio = |name: &str| {
            let row = pack.estimates.iter().find(|row| row.name == name);
            row.map_or(1.0, |row| row.value)
        };
        let mut ratios = [1.0; SpendLine::PLACEMENTS];
        let mainstream = ratio("money.ratio.mainstream");
        ratios[SpendLine::Mainstream.index()] = mainstream;
        ratios[SpendLine::Base.index()] = mainstream;
        ratios[SpendLine::StateSpecial.index()] = ratio("money.ratio.state-special");
        ratios[SpendLine::IndependentSpecial.index()] = ratio("money.ratio.independent-special");
        ratios[SpendLine::FurtherEducation.index()] = ratio("money.ratio.further-education");
        let residents = pack
            .population
            .iter()
            .filter(|row| row.year == pack.manifest.base_year && (2..=18).contains(&row.age));
        Self {
            ratios,
            own_lines: own_lines(pack),
            residents_2_to_18: residents.map(|row| row.persons).sum(),
            transport: newest(pack, "spend_sen_transport_pounds"),
            block: newest(pack, "high_needs_block_pounds"),
        }
    }

    /// Price of a placement against England's.
    pub(super) const fn ratio(&self, line: SpendLine) -> f64 {
        self.ratios[line.index()]
    }

    pub(super) const fn own_lines(&self) -> Option<OwnLines> {
        self.own_lines
    }
}

fn own_lines(pack: &AreaPack) -> Option<OwnLines> {
    let pounds = |measure: &str| {
        HistoryRow::value_of(&pack.high_needs, measure, OUTTURN_YEAR, Breakdown::Total)
    };
    let sum = |measures: &[&str]| measures.iter().filter_map(|m| pounds(m)).sum::<f64>();
    let lines = OwnLines {
        inclusion: pounds("spend_inclusion_services_pounds")?,
        alternative_provision: sum(&[
            "spend_alternative_provision_services_pounds",
            "spend_top_up_alternative_provision_pounds",
            "spend_place_funding_alternative_provision_pounds",
        ]),
        hospital: sum(&["spend_hospital_education_pounds"]),
        therapies: sum(&["spend_therapies_pounds"]),
    };
    // Authorities whose outturn is missing stand in the table with zeros.
    let all = lines.inclusion + lines.alternative_provision + lines.hospital + lines.therapies;
    (all > 0.0).then_some(lines)
}

fn newest(pack: &AreaPack, measure: &str) -> Option<(i32, f64)> {
    let rows = pack.high_needs.iter().filter(|row| row.measure == measure);
    rows.filter_map(|row| match row.value {
        Observed::Value(pounds) if pounds > 0.0 => Some((row.year, pounds)),
        _ => None,
    })
    .max_by_key(|(year, _)| *year)
}
