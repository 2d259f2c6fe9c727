//! What plans cost the block: plan-years times price, by band where the line is paid by band.

use super::band_years::BandYears;
use super::bands::BANDS;
use super::plan_years::PlanYears;
use super::prices::Prices;
use super::top_ups::Banded;
use crate::domain::{AgeGroup, PrimaryNeed, Setting, SpendLine};

/// Plan-years of a future and their prices.
#[derive(Debug, Clone, Copy)]
pub(super) struct PlanCosts<'a> {
    pub(super) plan_years: &'a PlanYears,
    pub(super) band_years: &'a BandYears,
    pub(super) prices: &'a Prices,
}

impl PlanCosts<'_> {
    fn banded(&self, year: usize, line: SpendLine) -> Option<&Banded> {
        self.prices.banded[year].get(line.index())
    }

    fn price(&self, year: usize, line: SpendLine) -> f64 {
        self.prices.years[year].placements[line.index()]
    }

    /// Plans of a line in a year [pounds].
    pub(super) fn line(&self, year: usize, line: SpendLine) -> f64 {
        self.banded(year, line).map_or_else(
            || self.plan_years.line(year, Some(line)) * self.price(year, line),
            |paid| paid.cost(&self.band_years.line(year, line)),
        )
    }

    /// Those of an age band and a need [pounds].
    pub(super) fn cell(
        &self,
        year: usize,
        line: SpendLine,
        (age, need): (AgeGroup, PrimaryNeed),
    ) -> f64 {
        self.banded(year, line).map_or_else(
            || self.plan_years.cell(year, Some(line), age, need) * self.price(year, line),
            |paid| paid.cost(&self.band_years.cell(year, line, age, need)),
        )
    }

    /// Plans in a setting in a year [pounds].
    pub(super) fn setting(&self, year: usize, setting: Setting) -> f64 {
        let Some(line) = SpendLine::of(setting) else {
            return 0.0;
        };
        self.banded(year, line).map_or_else(
            || self.plan_years.setting(year, setting) * self.price(year, line),
            |paid| paid.cost(&self.band_years.setting(year, setting)),
        )
    }

    /// Place funding of a line in a year, or of all [pounds].
    pub(super) fn place_funding(&self, year: usize, line: Option<SpendLine>) -> f64 {
        self.over_lines(year, line, &|paid, plan_years| paid.places(plan_years))
    }

    /// Top-ups of a band in a year, or of all [pounds].
    pub(super) fn top_ups(&self, year: usize, band: Option<usize>) -> f64 {
        self.over_lines(year, None, &|paid, plan_years| {
            over_bands(band, |band| paid.top_up(plan_years, band))
        })
    }

    /// Plan-years of a band in a year, or of all.
    pub(super) fn in_band(&self, year: usize, band: Option<usize>) -> f64 {
        self.over_lines(year, None, &|_, plan_years| {
            over_bands(band, |band| plan_years[band])
        })
    }

    fn over_lines(
        &self,
        year: usize,
        only: Option<SpendLine>,
        of: &dyn Fn(&Banded, &[f64; BANDS]) -> f64,
    ) -> f64 {
        let paid = SpendLine::ALL.iter().zip(&self.prices.banded[year]);
        paid.filter(|(line, _)| only.is_none_or(|only| only == **line))
            .map(|(line, paid)| of(paid, &self.band_years.line(year, *line)))
            .sum()
    }
}

fn over_bands(only: Option<usize>, of: impl Fn(usize) -> f64) -> f64 {
    let bands = (0..BANDS).filter(|band| only.is_none_or(|only| only == *band));
    bands.map(of).sum()
}
