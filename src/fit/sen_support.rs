//! SEN support at the base date: age × sex × need in whole children.

use super::ipf::{Limits, Margin, rake};
use super::rounding::{apportion, round_table};
use super::sexes::with_girls;
use super::shape::england_need_by_age;
use super::support_findings::Notes;
use super::support_levels::{
    CENSUS_JANUARY, Level, SchoolPhase, pupils, residents_by_age, support_by_age,
};
use super::support_needs::{EnglandPlans, NeedMix};
use super::transport::Goal;
use crate::area::{PlanStockRow, PopulationRow, ResidualRow, SupportStockRow};
use crate::data::facts::Published;
use crate::domain::{AGES, AuthorityCode, Place, PrimaryNeed, Sex};
use crate::finding::Finding;

const NEEDS: usize = PrimaryNeed::COUNT;

/// The base stock of SEN support with its distance from what is published.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SenSupportFit {
    /// Whole children, by age, sex and need.
    pub rows: Vec<SupportStockRow>,
    /// Percentages of each phase, and pupils with SEN by need and phase in January 2023.
    pub residuals: Vec<ResidualRow>,
}

/// Residents on SEN support on 1 January of the base year, in whole children.
///
/// Per phase (primary with nursery classes, ages 2 to 10; secondary with sixth forms, 11 to 18):
///
/// - level: the published percentage of pupils × pupils that go with the residents, rounded;
/// - ages: infant and junior schools of January 2023 give the shape of the primary phase;
/// - needs: pupils with SEN by need, January 2023, less plans in mainstream schools scaled to
///   January 2023; within the phase the mix moves with age as that of England's plans does;
/// - sexes: boys with SEN less boys with plans, by need.
///
/// Assumes that residents are identified as pupils of the area's schools are, and that the need
/// mix of January 2023 holds (a later publication for base years before, which a finding says).
/// Not counted: nursery schools, private nurseries, independent schools and colleges, where SEN
/// support is not published by authority.
pub fn base_sen_support(
    published: &Published,
    authority: AuthorityCode,
    base_year: i32,
    plans: &[PlanStockRow],
    population: &[PopulationRow],
    findings: &mut Vec<Finding>,
) -> SenSupportFit {
    let mut fit = SenSupportFit::default();
    let residents = residents_by_age(population, base_year);
    let england_plans = EnglandPlans::read(published);
    let mut notes = Notes::new(published, authority, base_year);
    for phase in SchoolPhase::ALL {
        let level = Level::read(published, authority, base_year, phase);
        let mix = NeedMix::read(published, authority, plans, &england_plans, phase);
        let (Some(level), Some(mix)) = (level, mix) else {
            notes.nothing_for(phase);
            continue;
        };
        notes.level(level, phase);
        notes.mix(&mix, phase);
        let pupils = pupils(published, &residents, phase);
        let target = (level.percent() / 100.0 * pupils).round();
        let ages = support_by_age(target, &residents, phase);
        let children = age_by_need(published, target as u32, &ages, &mix);
        fit.residuals
            .extend(residuals(level, pupils, &children, &mix, phase));
        fit.rows.extend(share_between_sexes(&children, &mix));
    }
    fit.rows.sort_unstable();
    findings.extend(notes.into_findings());
    fit
}

/// Children of a phase by age and need, ages and needs exact after rounding.
fn age_by_need(published: &Published, target: u32, ages: &[f64; AGES], mix: &NeedMix) -> Vec<u32> {
    let tilt = england_need_by_age(published);
    let of_ages = apportion(ages, target);
    let of_needs = apportion(&mix.support, target);
    let mut table: Vec<f64> = (0..AGES * NEEDS)
        .map(|at| ages[at / NEEDS] * mix.support[at % NEEDS] * tilt[at])
        .collect();
    let whole = |line: &[u32]| line.iter().map(|&n| f64::from(n)).collect();
    let margins = [
        Margin::new("needs", table.len(), whole(&of_needs), |at| {
            Some(at % NEEDS)
        }),
        Margin::new("ages", table.len(), whole(&of_ages), |at| Some(at / NEEDS)),
    ];
    rake(&mut table, &margins, Limits::default());
    // Every age with children has every need with children in the table, so it can be rounded.
    round_table(&table, &of_ages, &of_needs).unwrap_or_else(|_| vec![0; AGES * NEEDS])
}

/// Boys and girls by age and need: the boys of each need exact, of each age near their share.
fn share_between_sexes(children: &[u32], mix: &NeedMix) -> Vec<SupportStockRow> {
    let boys_share = |at: usize| mix.boys_share[at % NEEDS];
    let goals: Vec<Goal> = children
        .iter()
        .enumerate()
        .map(|(at, &most)| Goal {
            near: f64::from(most) * boys_share(at),
            least: 0,
            most,
        })
        .collect();
    let near: Vec<f64> = goals
        .chunks(NEEDS)
        .map(|row| row.iter().map(|goal| goal.near).sum())
        .collect();
    let boys_of_need: Vec<u32> = (0..NEEDS)
        .map(|need| {
            let of_need = goals.iter().skip(need).step_by(NEEDS);
            of_need.map(|goal| goal.near).sum::<f64>().round() as u32
        })
        .collect();
    let boys = with_girls(&goals, children, &near, &boys_of_need)
        .unwrap_or_else(|_| vec![0; children.len()]);
    let mut rows = Vec::new();
    for (at, (&both, &boys)) in children.iter().zip(&boys).enumerate() {
        for (sex, pupils) in [(Sex::Female, both - boys), (Sex::Male, boys)] {
            if pupils > 0 {
                rows.push(SupportStockRow {
                    age: (at / NEEDS) as u8,
                    sex,
                    need: PrimaryNeed::ALL[at % NEEDS],
                    pupils,
                });
            }
        }
    }
    rows
}

/// The percentage of the phase, and pupils with SEN by need in January 2023: plans as scaled plus
/// the fitted mix at the level of that January.
fn residuals(
    level: Level,
    pupils: f64,
    children: &[u32],
    mix: &NeedMix,
    phase: SchoolPhase,
) -> Vec<ResidualRow> {
    let total: u32 = children.iter().sum();
    let mut rows = vec![ResidualRow {
        margin: "sen support: percentage of pupils".to_owned(),
        category: phase.phase().label().to_owned(),
        published: level.percent(),
        fitted: 100.0 * f64::from(total) / pupils.max(1.0),
    }];
    if mix.place == Place::England {
        return rows;
    }
    let on_support: f64 = mix.support.iter().sum();
    for need in PrimaryNeed::ALL {
        let of_need = children.iter().skip(need.index()).step_by(NEEDS);
        let share = f64::from(of_need.sum::<u32>()) / f64::from(total.max(1));
        let fitted = mix.with_plan[need.index()] + share * on_support;
        let published = mix.any_sen[need.index()];
        if published > 0.0 || fitted > 0.0 {
            rows.push(ResidualRow {
                margin: format!("pupils with SEN: need by phase, January {CENSUS_JANUARY}"),
                category: format!("{} | {}", phase.phase().label(), need.code()),
                published,
                fitted,
            });
        }
    }
    rows
}
