//! What is published of an area's alternative provision.

use std::collections::BTreeMap;

use crate::area::{AreaPack, Breakdown, HistoryRow};
use crate::data::alternative_provision::{ARRANGED_IN_SCHOOLS, PUPILS};
use crate::domain::{Phase, Setting};

/// Measure of a pack: places for children without a plan, where the area states its own number.
const PLACES: &str = "alternative_provision_places";

/// Place funding [pounds a place and year].
const PLACE_FUNDING: f64 = 10_000.0;
/// First year of the outturn that has place funding.
const OUTTURN_YEAR: i32 = 2021;
/// Least share of pupils that is taken to have no plan that names alternative provision.
const LEAST_WITHOUT_PLAN: f64 = 0.25;

/// Fewest pupils from whom a course can be told: areas with fewer place children elsewhere.
const LEAST_PUPILS: f64 = 20.0;

/// Published figures of an area.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Published {
    /// January of the newest count.
    pub(super) january: i32,
    /// Pupils without a plan that names alternative provision.
    pub(super) pupils: f64,
    /// Places for such pupils.
    pub(super) places: f64,
    /// Permanent exclusions per 100 pupils, primary and secondary, by the January of the academic
    /// year.
    pub(super) exclusions: BTreeMap<i32, [f64; 2]>,
}

impl Published {
    /// Reads a pack; none where no pupils are published, or too few to tell a course from.
    pub(super) fn of(pack: &AreaPack) -> Option<Self> {
        let counted = pack.sen_pupils.iter().filter(|row| row.measure == PUPILS);
        let january = counted
            .filter(|row| row.value.value().is_some())
            .map(|row| row.year)
            .max()?;
        let all = total(&pack.sen_pupils, PUPILS, january)?;
        let with_plan = with_plan(pack, january);
        let pupils = (all - with_plan).max(LEAST_WITHOUT_PLAN * all);
        if pupils < LEAST_PUPILS {
            return None;
        }
        let stated = pack.sen_pupils.iter().filter(|row| row.measure == PLACES);
        let stated = stated.filter_map(|row| Some((row.year, row.value.value()?)));
        let stated = stated
            .max_by_key(|(year, _)| *year)
            .map(|(_, places)| places);
        let arranged = total(&pack.sen_pupils, ARRANGED_IN_SCHOOLS, january).unwrap_or(0.0);
        let spare = funded_places(pack) - all - arranged;
        Some(Self {
            january,
            pupils,
            places: stated.unwrap_or(pupils + spare.max(0.0)).ceil(),
            exclusions: exclusions(pack),
        })
    }
}

/// Places that the newest outturn and the deductions for academies pay for.
fn funded_places(pack: &AreaPack) -> f64 {
    let maintained = total(
        &pack.high_needs,
        "spend_place_funding_alternative_provision_pounds",
        OUTTURN_YEAR,
    );
    let academies = pack.places.iter().filter(|row| {
        row.year == OUTTURN_YEAR
            && row.setting == Setting::AlternativeProvision
            && row.measure == "funded_places_autumn_spring"
            // Some places of such academies are for children with a plan.
            && row.kind.contains("AP")
    });
    let academies: f64 = academies.filter_map(|row| row.value.value()).sum();
    maintained.unwrap_or(0.0) / PLACE_FUNDING + academies
}

/// Plans that name alternative provision on a January; none where they are not published.
fn with_plan(pack: &AreaPack, january: i32) -> f64 {
    let wanted = Breakdown::Setting(Setting::AlternativeProvision);
    HistoryRow::value_of(&pack.ehc_plans_history, "plans", january, wanted).unwrap_or(0.0)
}

fn exclusions(pack: &AreaPack) -> BTreeMap<i32, [f64; 2]> {
    let measure = "permanent_exclusions_percent";
    let of = |year: i32, phase: Phase| {
        HistoryRow::value_of(&pack.exclusions, measure, year, Breakdown::Phase(phase))
    };
    let years = pack.exclusions.iter().filter(|row| row.measure == measure);
    let years = years.map(|row| row.year);
    years
        .filter_map(|year| {
            let rates = [of(year, Phase::Primary)?, of(year, Phase::Secondary)?];
            Some((year + 1, rates))
        })
        .collect()
}

fn total(rows: &[HistoryRow], measure: &str, year: i32) -> Option<f64> {
    HistoryRow::value_of(rows, measure, year, Breakdown::Total)
}
