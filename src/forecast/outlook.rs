//! Everything known at an origin: the national course and every authority's.

use rayon::prelude::*;

use super::area_outlook::AreaOutlook;
use super::draws::{Draws, MemberDraws};
use super::filter::{self, LocalParameters, LocalState};
use super::history::{AreaHistory, History};
use super::local::LocalCourse;
use super::national::{NationalCourse, NationalPath};
use super::panel::{BANDS, ByBand, Panel};
use super::settings::{TILT_POOLING, TILT_SD, each};

/// The national course and the courses of all authorities at an origin.
#[derive(Debug, Clone)]
pub struct Outlook {
    /// January of the newest stock.
    pub origin: i32,
    /// Parameters of the local factor.
    pub parameters: LocalParameters,
    /// National course.
    pub national: NationalCourse,
    /// Courses by position in the panel; `None` for authorities that cannot be forecast.
    pub areas: Vec<Option<LocalCourse>>,
    /// Weight given to an authority's own retention, by band.
    pub retention_weight: ByBand,
    /// Log change of joining that each authority's newest requests announce, by position in the
    /// panel.
    announced: Vec<f64>,
}

impl Outlook {
    /// Estimates from the series up to an origin, for some years ahead.
    pub fn estimate(panel: &Panel, origin: i32, years: usize) -> Self {
        let (indices, history) = History::read(panel, origin, origin + years as i32);
        let parameters = filter::estimate(&history);
        let filtered = filter::filter(&history, &parameters);
        let courses: Vec<LocalCourse> = history
            .areas
            .iter()
            .zip(&filtered.states)
            .map(|(area, state)| course(area, state, &history, &parameters, origin, years))
            .collect();
        let core: Vec<&LocalCourse> = history
            .areas
            .iter()
            .zip(&courses)
            .filter(|(area, _)| area.is_core)
            .map(|(_, course)| course)
            .collect();
        let stock = each(|b| {
            let corrected = |course: &&LocalCourse| course.stock[b] * course.central().correction;
            core.iter().map(corrected).sum()
        });
        let exposure = (0..years).map(|year| exposure(&core, year)).collect();
        let national = NationalCourse::of(&history, stock, exposure);
        let mut areas = vec![None; panel.members.len()];
        let mut announced = vec![0.0; panel.members.len()];
        let said = history.areas.iter().map(|area| area.announced);
        for ((index, course), said) in indices.into_iter().zip(courses).zip(said) {
            areas[index] = Some(course);
            announced[index] = said;
        }
        Self {
            origin,
            parameters,
            national,
            areas,
            retention_weight: history.retention_weight,
            announced,
        }
    }

    /// The outlook of one authority by its position in the panel.
    pub fn area(&self, member: usize) -> Option<AreaOutlook> {
        Some(AreaOutlook {
            national: self.national.clone(),
            local: self.areas.get(member)?.clone()?,
        })
    }

    /// Plans of an authority by band on each January ahead, without chance.
    pub fn central(&self, member: usize) -> Option<Vec<ByBand>> {
        let course = self.areas.get(member)?.as_ref()?;
        Some(course.follow(&self.national.central(), &course.central(), |mean| mean))
    }
}

fn course(
    area: &AreaHistory,
    state: &LocalState,
    history: &History,
    parameters: &LocalParameters,
    origin: i32,
    years: usize,
) -> LocalCourse {
    let variance = &state.variance;
    LocalCourse {
        stock: area.stock,
        excess: state.excess,
        factor: [state.mean[0], state.mean[1] + area.announced],
        factor_variance: [variance[(0, 0)], variance[(0, 1)], variance[(1, 1)]],
        persistence: parameters.persistence,
        change_sd: parameters.sd_change,
        tilt: area.tilt,
        tilt_sd: each(|b| (1.0 / (area.tilt_plans[b] + TILT_POOLING) + TILT_SD.powi(2)).sqrt()),
        retention: area.retention,
        band_noise: history.band_noise,
        growth_sd: parameters.growth_sd(area.log_size),
        population: (0..years as i32)
            .map(|year| *area.population.of(origin + year))
            .collect(),
    }
}

/// Expected new plans at a joining rate of 1, a year ahead, over authorities: the mean of each
/// lognormal factor.
fn exposure(core: &[&LocalCourse], year: usize) -> ByBand {
    let mut exposure = [0.0; BANDS];
    for course in core {
        let [departure, covariance, level] = course.factor_variance;
        let kept = course.persistence.powi(year as i32 + 1);
        let changed = (1.0 - kept * kept) / (1.0 - course.persistence.powi(2));
        let mean = kept * course.factor[0] + course.factor[1];
        let variance = kept * kept * departure
            + 2.0 * kept * covariance
            + level
            + course.change_sd.powi(2) * changed;
        for band in 0..BANDS {
            let spread = variance + course.tilt_sd[band].powi(2);
            let factor = libm::exp(course.tilt[band] + mean + 0.5 * spread);
            exposure[band] += course.population[year][band] * factor;
        }
    }
    exposure
}

/// Draws of plans by band for every authority of a panel; those that cannot be forecast have zeros.
pub fn forecast(panel: &Panel, origin: i32, horizons: usize, draws: usize, seed: u64) -> Draws {
    let outlook = Outlook::estimate(panel, origin, horizons);
    let paths: Vec<NationalPath> = (0..draws as u32)
        .into_par_iter()
        .map(|draw| outlook.national.draw(seed, draw))
        .collect();
    let members: Vec<MemberDraws> = panel
        .members
        .par_iter()
        .enumerate()
        .zip(&outlook.areas)
        .map(|((position, member), course)| {
            let mut found = MemberDraws {
                plans: vec![[0.0; BANDS]; horizons * draws],
                new_plans: vec![0.0; horizons * draws],
                announced: outlook.announced[position],
            };
            let Some(course) = course else { return found };
            for (draw, path) in paths.iter().enumerate() {
                let (plans, new) = course.simulate(path, seed, draw as u32, &member.gss);
                for (year, (bands, new)) in plans.into_iter().zip(new).enumerate() {
                    found.plans[year * draws + draw] = bands;
                    found.new_plans[year * draws + draw] = new;
                }
            }
            found
        })
        .collect();
    Draws::new(origin, horizons, draws, members)
}
