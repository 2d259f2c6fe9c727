//! What the series up to an origin say: national rates, and each authority's departures.

use super::alike::{from_levels, positions_of};
use super::panel::{BANDS, ByBand, FIRST_JANUARY, Member, Panel};
use super::population::Population;
use super::requests::announced;
use super::settings::{
    FILTER_YEARS, FIRST_RETENTION_YEAR, LEAST_PLANS, NEWEST_WEIGHT, READ_YEARS, RETENTION_YEARS,
    TILT_YEARS, aged, each, sum,
};
use super::tilt::Tilt;
use super::year_flows::{Year, stocks};

/// One year of an authority as the filter sees it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Observation {
    /// Log of recorded new plans over those of national rates with the authority's age pattern.
    pub(super) joining: Option<f64>,
    /// Log growth of the stock over the year.
    pub(super) growth: Option<f64>,
    /// Share of the stock that is still there a year later.
    pub(super) retained: f64,
    /// New plans of national rates over the stock.
    pub(super) expected_new: f64,
    /// Recorded new plans.
    pub(super) new_plans: f64,
}

/// An authority's own series, ready for the filter and the forecast.
#[derive(Debug, Clone)]
pub(super) struct AreaHistory {
    /// Whether it takes part in the national sums and the likelihood.
    pub(super) is_core: bool,
    pub(super) population: Population,
    /// Plans by band at the origin.
    pub(super) stock: ByBand,
    /// Log age pattern of joining relative to the national one.
    pub(super) tilt: ByBand,
    /// New plans that the age pattern rests on.
    pub(super) tilt_plans: ByBand,
    /// Own departure of retention.
    pub(super) retention: ByBand,
    /// Log plans at the origin less the mean over authorities.
    pub(super) log_size: f64,
    /// Log change of joining that the newest requests announce.
    pub(super) announced: f64,
    /// The filter's years, oldest first.
    pub(super) observations: Vec<Observation>,
}

/// All authorities at an origin.
#[derive(Debug, Clone)]
pub(super) struct History {
    pub(super) areas: Vec<AreaHistory>,
    /// Core authorities' plans in all Januaries up to the origin.
    pub(super) national_totals: Vec<f64>,
    /// National retention that forecasts start from.
    pub(super) retention: ByBand,
    /// National age pattern of joining that forecasts start from; adds up to 1.
    pub(super) joining: ByBand,
    /// Weight given to an authority's own retention, by band.
    pub(super) retention_weight: ByBand,
    /// Spread of a band's retention around the authority's own.
    pub(super) band_noise: ByBand,
}

impl History {
    /// Reads the series up to an origin; `None` for authorities without plans or population then.
    pub(super) fn read(panel: &Panel, origin: i32, last: i32) -> (Vec<usize>, Self) {
        let members: Vec<(usize, &Member, Population)> = panel
            .members
            .iter()
            .enumerate()
            .filter(|(_, member)| member.total(origin).is_some_and(|plans| plans > 0.0))
            .filter_map(|(index, member)| {
                Population::foreseen(member, origin, last).map(|p| (index, member, p))
            })
            .collect();
        let indices = members.iter().map(|(index, ..)| *index).collect();
        let core: Vec<bool> = members
            .iter()
            .map(|(_, m, _)| m.is_unbroken_to(origin) && m.total(origin) >= Some(LEAST_PLANS))
            .collect();
        let stocks: Vec<Vec<Option<ByBand>>> =
            members.iter().map(|(_, m, _)| stocks(m, origin)).collect();
        let first = (origin - READ_YEARS).max(FIRST_JANUARY);
        let years: Vec<Year> = (first..origin)
            .map(|year| Year::read(&members, &core, &stocks, year))
            .collect();
        (
            indices,
            Self::from_years(&members, &core, &stocks, &years, origin),
        )
    }

    fn from_years(
        members: &[(usize, &Member, Population)],
        core: &[bool],
        stocks: &[Vec<Option<ByBand>>],
        years: &[Year],
        origin: i32,
    ) -> Self {
        let first = origin - years.len() as i32;
        let residuals: Vec<Vec<ByBand>> = (first..origin)
            .zip(years)
            .map(|(year, flows)| flows.residuals(core, stocks, year))
            .collect();
        let fitted: Vec<usize> = (0..years.len())
            .filter(|&j| first + j as i32 >= FIRST_RETENTION_YEAR)
            .collect();
        let fitted = &fitted[fitted.len().saturating_sub(RETENTION_YEARS)..];
        let retention_weight = each(|band| retention_weight(core, &residuals, fitted, band));
        let recent = years.len().saturating_sub(3);
        let band_noise =
            each(|band| band_noise(core, &residuals[recent..], stocks, origin - 3, band));
        let sizes: Vec<f64> = members
            .iter()
            .map(|(_, member, _)| member.total(origin).unwrap_or(1.0).ln())
            .collect();
        let in_core = |values: &[f64]| -> Vec<f64> {
            let kept = values.iter().zip(core).filter(|(_, core)| **core);
            kept.map(|(value, _)| *value).collect()
        };
        let core_sizes = in_core(&sizes);
        let mean_size = core_sizes.iter().sum::<f64>() / core_sizes.len().max(1) as f64;
        let tilt_years = &years[years.len().saturating_sub(TILT_YEARS)..];
        let first_tilt = origin - tilt_years.len() as i32;
        let regions = positions_of(members, |member| &member.region);
        let neighbours = positions_of(members, |member| &member.neighbours);
        let kept: Vec<ByBand> = (0..members.len())
            .map(|i| {
                each(|band| {
                    let sum: f64 = fitted.iter().map(|&j| residuals[j][i][band]).sum();
                    sum / fitted.len().max(1) as f64
                })
            })
            .collect();
        let tilts: Vec<Tilt> = members
            .iter()
            .enumerate()
            .map(|(i, (_, _, population))| Tilt::of(tilt_years, first_tilt, population, i))
            .collect();
        let levels = [&neighbours[..], &regions[..]];
        let near_retention = from_levels(core, &levels, &kept);
        let own_tilts: Vec<ByBand> = tilts.iter().map(|tilt| tilt.log(&[0.0; BANDS])).collect();
        let near_tilt = from_levels(core, &levels, &own_tilts);
        let requests: Vec<Option<f64>> = members
            .iter()
            .map(|(_, member, _)| member.log_requests_per_new_plan(origin - 1))
            .collect();
        let announced = announced(core, &requests);
        let mut areas: Vec<AreaHistory> = members
            .iter()
            .enumerate()
            .map(|(i, (_, _, population))| {
                let own = |band: usize| {
                    let near = near_retention[i][band];
                    near + retention_weight[band] * (kept[i][band] - near)
                };
                AreaHistory {
                    is_core: core[i],
                    population: population.clone(),
                    stock: stocks[i].last().copied().flatten().unwrap_or([0.0; BANDS]),
                    tilt: tilts[i].log(&near_tilt[i]),
                    tilt_plans: tilts[i].observed,
                    retention: each(own),
                    log_size: sizes[i] - mean_size,
                    announced: announced[i],
                    observations: Vec::new(),
                }
            })
            .collect();
        for year in (origin - FILTER_YEARS).max(first)..origin {
            let flows = &years[(year - first) as usize];
            observe(&mut areas, members, stocks, flows, year);
        }
        let newest = &years[years.len() - 1];
        let before = years.len().checked_sub(2).map_or(newest, |j| &years[j]);
        let shares = |rates: &ByBand, band: usize| rates[band] / sum(rates);
        let blend = |new: f64, old: f64| NEWEST_WEIGHT * new + (1.0 - NEWEST_WEIGHT) * old;
        let totals = |january: i32| {
            let plans: Vec<f64> = members
                .iter()
                .map(|(_, member, _)| member.total(january).unwrap_or(0.0))
                .collect();
            in_core(&plans).iter().sum()
        };
        Self {
            areas,
            national_totals: (FIRST_JANUARY..=origin).map(totals).collect(),
            retention: each(|b| blend(newest.retention[b], before.retention[b]).max(0.0)),
            joining: each(|b| blend(shares(&newest.joining, b), shares(&before.joining, b))),
            retention_weight,
            band_noise,
        }
    }
}

/// Weight of an authority's mean departure: the variance that lasts from year to year over the
/// variance of the mean.
fn retention_weight(
    core: &[bool],
    residuals: &[Vec<ByBand>],
    fitted: &[usize],
    band: usize,
) -> f64 {
    let years = fitted.len();
    if years < 2 {
        return 0.0;
    }
    let values = |j: usize| -> Vec<f64> {
        let kept = residuals[j].iter().zip(core).filter(|(_, core)| **core);
        kept.map(|(bands, _)| bands[band]).collect()
    };
    let columns: Vec<Vec<f64>> = fitted.iter().map(|&j| values(j)).collect();
    let covariance = |a: &[f64], b: &[f64]| {
        let n = a.len() as f64;
        let (mean_a, mean_b) = (a.iter().sum::<f64>() / n, b.iter().sum::<f64>() / n);
        let products = a.iter().zip(b).map(|(x, y)| (x - mean_a) * (y - mean_b));
        products.sum::<f64>() / (n - 1.0)
    };
    let own: f64 = columns.iter().map(|c| covariance(c, c)).sum::<f64>() / years as f64;
    let mut shared = 0.0;
    for (j, a) in columns.iter().enumerate() {
        for (k, b) in columns.iter().enumerate() {
            if j != k {
                shared += covariance(a, b);
            }
        }
    }
    let shared = (shared / (years * (years - 1)) as f64).max(0.0);
    shared / (shared + (own - shared).max(1e-6) / years as f64)
}

/// Spread of a band's departures around the authority's own departure in all bands, as the median
/// absolute deviation.
fn band_noise(
    core: &[bool],
    residuals: &[Vec<ByBand>],
    stocks: &[Vec<Option<ByBand>>],
    first: i32,
    band: usize,
) -> f64 {
    let mut away: Vec<f64> = Vec::new();
    for (year, residuals) in (first..).zip(residuals) {
        let at = (year - FIRST_JANUARY) as usize;
        for (i, bands) in residuals.iter().enumerate().filter(|(i, _)| core[*i]) {
            let staying = aged(&stocks[i][at].unwrap_or([0.0; BANDS]));
            let together: f64 = bands.iter().zip(staying).map(|(r, s)| r * s).sum();
            away.push((bands[band] - together / sum(&staying).max(1e-9)).abs());
        }
    }
    1.4826 * median(&mut away)
}

/// Adds a year's observations.
fn observe(
    areas: &mut [AreaHistory],
    members: &[(usize, &Member, Population)],
    stocks: &[Vec<Option<ByBand>>],
    flows: &Year,
    year: i32,
) {
    let at = (year - FIRST_JANUARY) as usize;
    let expected: Vec<f64> = areas
        .iter()
        .map(|area| {
            let persons = area.population.of(year);
            (0..BANDS)
                .map(|b| persons[b] * flows.joining[b] * libm::exp(area.tilt[b]))
                .sum()
        })
        .collect();
    let total = |value: &dyn Fn(usize) -> f64| -> f64 {
        let core = areas.iter().enumerate().filter(|(_, area)| area.is_core);
        core.map(|(i, _)| value(i)).sum()
    };
    let scale = total(&|i| sum(&flows.new[i])) / total(&|i| expected[i]);
    let observations: Vec<Observation> = areas
        .iter()
        .enumerate()
        .map(|(i, area)| {
            let member = members[i].1;
            let (now, next) = (member.total(year), member.total(year + 1));
            let stock = stocks[i][at].unwrap_or([0.0; BANDS]);
            let staying = aged(&stock);
            let kept: f64 = (0..BANDS)
                .map(|b| staying[b] * flows.retention[b] * (1.0 + area.retention[b]))
                .sum();
            let (new, expected) = (sum(&flows.new[i]), expected[i] * scale);
            Observation {
                joining: Some(libm::log((new + 1.0) / (expected + 1.0))),
                growth: now
                    .zip(next)
                    .filter(|(now, next)| *now > 0.0 && *next > 0.0)
                    .map(|(now, next)| libm::log(next / now)),
                retained: kept / sum(&stock).max(1e-9),
                expected_new: expected / now.unwrap_or(1.0).max(1.0),
                new_plans: new,
            }
        })
        .collect();
    for (area, observation) in areas.iter_mut().zip(observations) {
        area.observations.push(observation);
    }
}

/// Median over the core authorities that have a value.
pub(super) fn median_of_core(core: &[bool], value: impl Fn(usize) -> Option<f64>) -> f64 {
    let mut values: Vec<f64> = (0..core.len())
        .filter(|&i| core[i])
        .filter_map(value)
        .collect();
    median(&mut values)
}

/// Median; 0 of nothing.
pub(super) fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    match values.len() {
        0 => 0.0,
        n if n % 2 == 1 => values[n / 2],
        n => f64::midpoint(values[n / 2 - 1], values[n / 2]),
    }
}
