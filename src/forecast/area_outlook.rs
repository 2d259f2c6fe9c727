//! The outlook of one area: written into its pack, and drawn from by the simulation.

use super::local::{LocalCourse, LocalPath};
use super::national::{NationalCourse, NationalPath};
use super::panel::{BANDS, ByBand};
use super::settings::each;
use crate::area::{OutlookRow, OutlookScope};
use crate::domain::AgeGroup;

/// The national course and the area's own.
#[derive(Debug, Clone, PartialEq)]
pub struct AreaOutlook {
    /// All authorities together.
    pub national: NationalCourse,
    /// The area.
    pub local: LocalCourse,
}

/// The course of an area in one draw: expected numbers, before chance strikes single children.
#[derive(Debug, Clone, PartialEq)]
pub struct BandCourse {
    /// New plans by band in each year ahead.
    pub new_plans: Vec<ByBand>,
    /// Plans by band on each January ahead.
    pub plans: Vec<ByBand>,
}

impl AreaOutlook {
    /// Years ahead that it reaches.
    pub fn years(&self) -> usize {
        self.local.population.len()
    }

    /// The course without surprises.
    pub fn central(&self) -> BandCourse {
        let (national, local) = (self.national.central(), self.local.central());
        self.course(&national, &local)
    }

    /// The course of a draw.
    pub fn draw(&self, seed: u64, draw: u32, area: &str) -> BandCourse {
        let national = self.national.draw(seed, draw);
        let local = self.local.draw(seed, draw, area);
        self.course(&national, &local)
    }

    /// Plans by band on each January ahead in a draw, chance included.
    pub fn simulate(&self, seed: u64, draw: u32, area: &str) -> Vec<ByBand> {
        let national = self.national.draw(seed, draw);
        self.local.simulate(&national, seed, draw, area).0
    }

    fn course(&self, national: &NationalPath, local: &LocalPath) -> BandCourse {
        let joining = national.joining.iter().zip(&local.joining);
        let rates = joining.map(|(all, own)| each(|b| all[b] * own[b]));
        BandCourse {
            new_plans: rates
                .zip(&self.local.population)
                .map(|(rate, residents)| each(|b| rate[b] * residents[b]))
                .collect(),
            plans: self.local.follow(national, local, |mean| mean),
        }
    }

    /// As rows of a pack.
    pub fn to_rows(&self) -> Vec<OutlookRow> {
        let (national, local) = (&self.national, &self.local);
        let mut rows = Rows(Vec::new(), OutlookScope::National);
        rows.bands("plans", 0, &national.stock);
        rows.number("growth", 0, national.growth);
        rows.number("surprise", 0, national.surprise);
        for (step, (value, weight)) in national.damping.iter().enumerate() {
            rows.number("damping", step, *value);
            rows.number("damping_probability", step, *weight);
        }
        rows.bands("retention", 0, &national.retention);
        rows.bands("joining_pattern", 0, &national.joining);
        for (year, exposure) in national.exposure.iter().enumerate() {
            rows.bands("exposure", year, exposure);
        }
        rows.1 = OutlookScope::Local;
        rows.bands("plans", 0, &local.stock);
        rows.number("excess", 0, local.excess);
        for (step, mean) in local.factor.iter().enumerate() {
            rows.number("factor", step, *mean);
        }
        for (step, variance) in local.factor_variance.iter().enumerate() {
            rows.number("factor_variance", step, *variance);
        }
        rows.number("persistence", 0, local.persistence);
        rows.number("change_sd", 0, local.change_sd);
        rows.number("growth_sd", 0, local.growth_sd);
        rows.bands("joining_pattern", 0, &local.tilt);
        rows.bands("joining_pattern_sd", 0, &local.tilt_sd);
        rows.bands("retention", 0, &local.retention);
        rows.bands("retention_noise", 0, &local.band_noise);
        for (year, residents) in local.population.iter().enumerate() {
            rows.bands("residents", year, residents);
        }
        rows.0
    }

    /// From the rows of a pack; `None` when the pack has no outlook or a part of it is missing.
    pub fn from_rows(rows: &[OutlookRow]) -> Option<Self> {
        let national = Found(rows, OutlookScope::National);
        let local = Found(rows, OutlookScope::Local);
        let damping = national.numbers("damping");
        let weights = national.numbers("damping_probability");
        if damping.is_empty() || damping.len() != weights.len() {
            return None;
        }
        let population = local.band_series("residents");
        let exposure = national.band_series("exposure");
        if population.is_empty() || population.len() != exposure.len() {
            return None;
        }
        let [departure, level] = local.numbers("factor").try_into().ok()?;
        Some(Self {
            national: NationalCourse {
                stock: national.bands("plans", 0)?,
                growth: national.number("growth")?,
                surprise: national.number("surprise")?,
                damping: damping.into_iter().zip(weights).collect(),
                retention: national.bands("retention", 0)?,
                joining: national.bands("joining_pattern", 0)?,
                exposure,
            },
            local: LocalCourse {
                stock: local.bands("plans", 0)?,
                excess: local.number("excess")?,
                factor: [departure, level],
                factor_variance: local.numbers("factor_variance").try_into().ok()?,
                persistence: local.number("persistence")?,
                change_sd: local.number("change_sd")?,
                tilt: local.bands("joining_pattern", 0)?,
                tilt_sd: local.bands("joining_pattern_sd", 0)?,
                retention: local.bands("retention", 0)?,
                band_noise: local.bands("retention_noise", 0)?,
                growth_sd: local.number("growth_sd")?,
                population,
            },
        })
    }
}

struct Rows(Vec<OutlookRow>, OutlookScope);

impl Rows {
    fn push(&mut self, quantity: &str, step: usize, band: Option<AgeGroup>, value: f64) {
        self.0.push(OutlookRow {
            scope: self.1,
            quantity: quantity.to_owned(),
            step,
            age_group: band,
            value,
        });
    }

    fn number(&mut self, quantity: &str, step: usize, value: f64) {
        self.push(quantity, step, None, value);
    }

    fn bands(&mut self, quantity: &str, step: usize, values: &ByBand) {
        for (band, value) in AgeGroup::ALL.into_iter().zip(values) {
            self.push(quantity, step, Some(band), *value);
        }
    }
}

struct Found<'r>(&'r [OutlookRow], OutlookScope);

impl Found<'_> {
    fn value(&self, quantity: &str, step: usize, band: Option<AgeGroup>) -> Option<f64> {
        let wanted = |row: &&OutlookRow| {
            row.scope == self.1
                && row.step == step
                && row.age_group == band
                && row.quantity == quantity
        };
        self.0.iter().find(wanted).map(|row| row.value)
    }

    fn number(&self, quantity: &str) -> Option<f64> {
        self.value(quantity, 0, None)
    }

    fn numbers(&self, quantity: &str) -> Vec<f64> {
        (0..)
            .map_while(|step| self.value(quantity, step, None))
            .collect()
    }

    fn bands(&self, quantity: &str, step: usize) -> Option<ByBand> {
        let mut values = [0.0; BANDS];
        for (value, band) in values.iter_mut().zip(AgeGroup::ALL) {
            *value = self.value(quantity, step, Some(band))?;
        }
        Some(values)
    }

    fn band_series(&self, quantity: &str) -> Vec<ByBand> {
        (0..).map_while(|step| self.bands(quantity, step)).collect()
    }
}
