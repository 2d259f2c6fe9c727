//! What the series up to an origin say: national rates, and each authority's departures.

use super::panel::{BANDS, ByBand, FIRST_JANUARY, Member, Panel};
use super::population::Population;
use super::settings::{
    FILTER_YEARS, FIRST_RETENTION_YEAR, LEAST_PLANS, LEAST_STOCK, NEWEST_WEIGHT, READ_YEARS,
    RETENTION_YEARS, TILT_POOLING, TILT_YEARS, aged, aged_new, each, sum,
};

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

/// Flows of one calendar year over all authorities.
struct Year {
    /// New plans by authority.
    new: Vec<ByBand>,
    /// Whether the authority's bands were recorded.
    recorded: Vec<bool>,
    /// National new plans per resident.
    joining: ByBand,
    /// National share of aged plans that are still there.
    retention: ByBand,
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

/// Plans by band on every January up to an origin: as published; where the bands do not make up
/// the total, the shares of the January before.
fn stocks(member: &Member, origin: i32) -> Vec<Option<ByBand>> {
    let mut shares: Option<ByBand> = None;
    (FIRST_JANUARY..=origin)
        .map(|january| {
            let total = member.total(january)?;
            if let Some(bands) = member.bands(january) {
                let all = sum(&bands).max(1e-9);
                shares = Some(bands.map(|plans| plans / all));
                if january < origin {
                    return Some(bands);
                }
            }
            shares.map(|shares| shares.map(|share| share * total))
        })
        .collect()
}

impl Year {
    fn read(
        members: &[(usize, &Member, Population)],
        core: &[bool],
        stocks: &[Vec<Option<ByBand>>],
        year: i32,
    ) -> Self {
        let mut recorded = Vec::new();
        let mut totals = Vec::new();
        let mut new: Vec<ByBand> = members
            .iter()
            .map(|(_, member, _)| {
                let bands = member.new_bands(year).unwrap_or([0.0; BANDS]);
                let all = sum(&bands);
                let total = member.new_total(year).unwrap_or(all);
                recorded.push(all > 0.0);
                totals.push(total);
                bands.map(|plans| {
                    if all > 0.0 {
                        plans * total / all.max(1.0)
                    } else {
                        0.0
                    }
                })
            })
            .collect();
        let over_core = |wanted: &dyn Fn(usize) -> bool, value: &dyn Fn(usize) -> ByBand| {
            let chosen = (0..members.len()).filter(|&i| core[i] && wanted(i));
            chosen.fold([0.0; BANDS], |total, i| {
                let bands = value(i);
                each(|band| total[band] + bands[band])
            })
        };
        let residents = |i: usize| *members[i].2.of(year);
        let of_recorded = over_core(&|i| recorded[i], &|i| new[i]);
        let exposed = over_core(&|i| recorded[i], &residents);
        for i in 0..members.len() {
            if !recorded[i] {
                let persons = residents(i);
                let expected = each(|b| of_recorded[b] / exposed[b].max(1.0) * persons[b]);
                let scale = if totals[i] > 0.0 {
                    totals[i] / sum(&expected).max(1e-9)
                } else {
                    1.0
                };
                new[i] = expected.map(|plans| plans * scale);
            }
        }
        let all_new = over_core(&|_| true, &|i| new[i]);
        let all_residents = over_core(&|_| true, &residents);
        let at = (year - FIRST_JANUARY) as usize;
        let stock = |i: usize, k: usize| stocks[i][k].unwrap_or([0.0; BANDS]);
        let staying = over_core(&|_| true, &|i| aged(&stock(i, at)));
        let next = over_core(&|_| true, &|i| stock(i, at + 1));
        let joined = over_core(&|_| true, &|i| aged_new(&new[i]));
        Self {
            joining: each(|b| all_new[b] / all_residents[b]),
            retention: each(|b| {
                let is_new_band = b == BANDS - 1 && staying[b] < LEAST_STOCK;
                if is_new_band {
                    0.0
                } else {
                    (next[b] - joined[b]) / staying[b].max(1.0)
                }
            }),
            new,
            recorded,
        }
    }

    /// Departure of each authority's retention from the national one, by band, cut at 30% and
    /// centred on its median.
    fn residuals(&self, core: &[bool], stocks: &[Vec<Option<ByBand>>], year: i32) -> Vec<ByBand> {
        let at = (year - FIRST_JANUARY) as usize;
        let raw: Vec<ByBand> = stocks
            .iter()
            .zip(&self.new)
            .zip(&self.recorded)
            .map(|((stock, new), recorded)| {
                let (Some(now), Some(next)) = (stock[at], stock[at + 1]) else {
                    return [0.0; BANDS];
                };
                let (staying, joined) = (aged(&now), aged_new(new));
                each(|b| {
                    let kept = staying[b] * self.retention[b];
                    if kept < 1.0 || !recorded {
                        return 0.0;
                    }
                    ((next[b] - joined[b] - kept) / kept.max(20.0)).clamp(-0.5, 0.5)
                })
            })
            .collect();
        let medians = each(|b| median_of_core(core, |i| Some(raw[i][b])));
        raw.iter()
            .map(|bands| each(|b| (bands[b] - medians[b]).clamp(-0.3, 0.3)))
            .collect()
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

/// An authority's new plans by band over some years, and what the national pattern gives.
struct Tilt {
    observed: ByBand,
    expected: ByBand,
}

impl Tilt {
    fn of(years: &[Year], first: i32, population: &Population, area: usize) -> Self {
        let mut observed = [0.0; BANDS];
        let mut expected = [0.0; BANDS];
        for (year, flows) in (first..).zip(years) {
            for band in 0..BANDS {
                observed[band] += flows.new[area][band];
                expected[band] += population.of(year)[band] * flows.joining[band];
            }
        }
        let scale = sum(&observed) / sum(&expected).max(1e-9);
        let expected = expected.map(|plans| plans * scale);
        Self { observed, expected }
    }

    /// Log age pattern of joining relative to the national one, pooled with the pattern that
    /// authorities of its kind have.
    fn log(&self, alike: &ByBand) -> ByBand {
        each(|b| {
            let pooled = self.observed[b] + TILT_POOLING * libm::exp(alike[b]);
            libm::log(pooled / (self.expected[b] + TILT_POOLING))
        })
    }
}

/// Positions among the members of the authorities that each one lists by position in the panel.
fn positions_of(
    members: &[(usize, &Member, Population)],
    listed: impl Fn(&Member) -> &Vec<usize>,
) -> Vec<Vec<usize>> {
    let of = |member: &Member| {
        let list = listed(member);
        (0..members.len())
            .filter(|&i| list.contains(&members[i].0))
            .collect()
    };
    members.iter().map(|(_, member, _)| of(member)).collect()
}

/// What one level after the other says of each authority's departures from the nation: each level
/// sees what those before it left unexplained.
fn from_levels(core: &[bool], levels: &[&[Vec<usize>]], departures: &[ByBand]) -> Vec<ByBand> {
    let mut said = vec![[0.0; BANDS]; departures.len()];
    for alike in levels {
        let left: Vec<ByBand> = departures
            .iter()
            .zip(&said)
            .map(|(all, said)| each(|b| all[b] - said[b]))
            .collect();
        for (said, more) in said.iter_mut().zip(of_alike(core, alike, &left)) {
            *said = each(|b| said[b] + more[b]);
        }
    }
    said
}

/// What the departures of authorities like it say of each authority's: their mean, times the
/// slope of departures on it over the core authorities, from 0 (nothing) to 1.
fn of_alike(core: &[bool], alike: &[Vec<usize>], departures: &[ByBand]) -> Vec<ByBand> {
    let means: Vec<ByBand> = alike
        .iter()
        .map(|alike| {
            let number = alike.len().max(1) as f64;
            each(|b| alike.iter().map(|&i| departures[i][b]).sum::<f64>() / number)
        })
        .collect();
    let slopes = each(|b| {
        let over_core = |product: &dyn Fn(usize) -> f64| -> f64 {
            (0..core.len()).filter(|&i| core[i]).map(product).sum()
        };
        let squares = over_core(&|i| means[i][b] * means[i][b]);
        let products = over_core(&|i| means[i][b] * departures[i][b]);
        (products / squares.max(1e-12)).clamp(0.0, 1.0)
    });
    means
        .iter()
        .map(|means| each(|b| slopes[b] * means[b]))
        .collect()
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
