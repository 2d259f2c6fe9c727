//! How many children are on SEN support in each phase, and at which ages.

use std::ops::RangeInclusive;

use crate::area::PopulationRow;
use crate::data::facts::{Cut, Facts, Item, Published};
use crate::domain::{AGES, AuthorityCode, Phase, Place, Setting, Sex};

/// January of the one school census that was published by need, phase and sex.
pub(super) const CENSUS_JANUARY: i32 = 2023;

/// A phase of state-funded schools, with the ages that it teaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SchoolPhase {
    /// Primary schools, their nursery classes included.
    Primary,
    /// Secondary schools, their sixth forms included.
    Secondary,
}

impl SchoolPhase {
    pub(super) const ALL: [Self; 2] = [Self::Primary, Self::Secondary];

    /// Phase in published facts.
    pub(super) const fn phase(self) -> Phase {
        match self {
            Self::Primary => Phase::Primary,
            Self::Secondary => Phase::Secondary,
        }
    }

    /// Every age taught.
    pub(super) const fn ages(self) -> RangeInclusive<usize> {
        match self {
            Self::Primary => 2..=10,
            Self::Secondary => 11..=18,
        }
    }

    /// Ages of compulsory schooling and Reception.
    const fn core_ages(self) -> RangeInclusive<usize> {
        match self {
            Self::Primary => 4..=10,
            Self::Secondary => 11..=15,
        }
    }

    /// Pupils per resident of core age when nothing is published for England (assumption).
    const fn usual_pupils_per_resident(self) -> f64 {
        match self {
            Self::Primary => 0.97,
            Self::Secondary => 1.04,
        }
    }
}

/// Share of residents of an age who are on the roll of a state-funded school of the phase,
/// relative to the core ages.
///
/// Assumption: one in three at nursery class age, one in twenty at 2, about two in five in a
/// school sixth form in Year 12, fewer in Year 13.
const ON_ROLL: [f64; AGES] = [
    0.0, 0.0, 0.05, 0.35, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.40, 0.35,
    0.03, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0,
];

/// Share of an age's pupils on SEN support, relative to Years 3 to 6 or to Years 7 to 11.
///
/// Infant schools (Reception to Year 2) had 11.8% and junior schools (Years 3 to 6) 14.8% of pupils
/// on SEN support in January 2023 (school census, school level): straight from Reception to Year 3
/// with that mean, level from there. The phases' levels are published, so nothing links Year 6 with
/// Year 7. Assumption: level in Years 7 to 11, lower in nursery classes, half in sixth forms.
const ON_SUPPORT: [f64; AGES] = [
    0.0, 0.0, 0.36, 0.52, 0.6925, 0.795, 0.8975, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.5,
    0.5, 0.5, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0,
];

/// Percentages of pupils in a phase in one January.
#[derive(Debug, Clone, Copy)]
pub(super) struct Percentages {
    /// On SEN support.
    pub(super) support: f64,
    /// With a plan.
    pub(super) plans: f64,
}

impl Percentages {
    /// Those published for a phase.
    pub(super) fn read(
        published: &Published,
        place: Place,
        january: i32,
        phase: SchoolPhase,
    ) -> Option<Self> {
        let value =
            |facts: &Facts| facts.value(place, january, Cut::Phase(phase.phase()), Item::Total);
        Some(Self {
            support: value(&published.sen_support_percent)?,
            plans: value(&published.ehc_pupils_percent)?,
        })
    }

    /// Share of pupils with SEN who have a plan.
    pub(super) fn plan_share(self) -> f64 {
        self.plans / (self.support + self.plans)
    }
}

/// The percentage on SEN support that a phase's level rests on, and whose it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Level {
    /// Published for the phase.
    Phase(f64),
    /// Published for all schools of the authority only.
    AllSchools(f64),
    /// England's for the phase.
    England(f64),
}

impl Level {
    /// The best that is published.
    pub(super) fn read(
        published: &Published,
        authority: AuthorityCode,
        january: i32,
        phase: SchoolPhase,
    ) -> Option<Self> {
        let percent = |place, cut| {
            published
                .sen_support_percent
                .value(place, january, cut, Item::Total)
        };
        let place = Place::Authority(authority);
        let of_phase = Cut::Phase(phase.phase());
        percent(place, of_phase)
            .map(Self::Phase)
            .or_else(|| percent(place, Cut::All).map(Self::AllSchools))
            .or_else(|| percent(Place::England, of_phase).map(Self::England))
    }

    /// The percentage.
    pub(super) const fn percent(self) -> f64 {
        match self {
            Self::Phase(percent) | Self::AllSchools(percent) | Self::England(percent) => percent,
        }
    }
}

/// Residents by age.
pub(super) fn residents_by_age(population: &[PopulationRow], january: i32) -> [f64; AGES] {
    let mut residents = [0.0; AGES];
    for row in population.iter().filter(|row| row.year == january) {
        residents[usize::from(row.age)] += row.persons;
    }
    residents
}

/// Pupils of a phase's state-funded schools that go with an area's residents.
///
/// residents of core age × England's pupils per resident of core age, January 2023. England's
/// pupils are those with SEN over their published percentage. Assumes that an area's children
/// attend state-funded schools as England's do; pupils who cross the boundary are not residents
/// and are left out.
pub(super) fn pupils(published: &Published, residents: &[f64; AGES], phase: SchoolPhase) -> f64 {
    let of_core: f64 = phase.core_ages().map(|age| residents[age]).sum();
    let per_resident = england_pupils_per_resident(published, phase);
    of_core * per_resident.unwrap_or(phase.usual_pupils_per_resident())
}

fn england_pupils_per_resident(published: &Published, phase: SchoolPhase) -> Option<f64> {
    let place = Place::England;
    let with_sen = published.sen_pupils.value(
        place,
        CENSUS_JANUARY,
        Cut::Phase(phase.phase()),
        Item::Total,
    )?;
    let percentages = Percentages::read(published, place, CENSUS_JANUARY, phase)?;
    let pupils = with_sen * 100.0 / (percentages.support + percentages.plans);
    let mut residents = 0.0;
    for age in phase.core_ages() {
        for sex in Sex::ALL {
            let key = (place, CENSUS_JANUARY - 1, age as u8, sex);
            residents += published.population.get(&key)?;
        }
    }
    Some(pupils / residents)
}

/// Children on SEN support by age, adding up to `target`: pupils × shape of SEN support by age.
pub(super) fn support_by_age(
    target: f64,
    residents: &[f64; AGES],
    phase: SchoolPhase,
) -> [f64; AGES] {
    let mut support = [0.0; AGES];
    for age in phase.ages() {
        support[age] = residents[age] * ON_ROLL[age] * ON_SUPPORT[age];
    }
    let sum: f64 = support.iter().sum();
    support.map(|n| if sum > 0.0 { n * target / sum } else { 0.0 })
}

/// State-funded mainstream schools, bases included.
pub(super) const fn is_mainstream(setting: Setting) -> bool {
    matches!(
        setting,
        Setting::Mainstream | Setting::ResourcedProvision | Setting::SenUnit
    )
}
