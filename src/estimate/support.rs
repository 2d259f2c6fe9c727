//! Trend of SEN support: how the share of pupils moves in England, and how an area's share departs.

use std::collections::BTreeMap;

use super::areas::current;
use super::trend::NationalTrend;
use crate::area::EstimateRow;
use crate::data::facts::{Cut, Item, Published};
use crate::domain::{AuthorityCode, Phase, Place};

/// First January with percentages by phase.
const FIRST_JANUARY: i32 = 2016;

/// Phases with a published percentage, and their names in estimates.
const PHASES: [(Phase, &str); 2] = [(Phase::Primary, "primary"), (Phase::Secondary, "secondary")];

/// Authorities below which a January tells nothing about persistence.
const FEWEST_AUTHORITIES: usize = 10;

/// What all authorities say of the log percentage of pupils on SEN support.
///
/// National: growth of the mean over authorities is a damped random process, `g(t+1) = φ g(t) + ε`,
/// the same surprise in both phases. Local: departures from that mean fade towards a part `λ` of
/// the region's, `d(t+1) = λ r + ρ (d(t) - λ r) + η`.
#[derive(Debug, Clone)]
pub(super) struct SupportTrend {
    national: NationalTrend,
    phases: [PhaseTrend; 2],
    /// Correlation of a year's local surprises in the two phases.
    correlation: f64,
}

/// One phase.
#[derive(Debug, Clone, Default)]
struct PhaseTrend {
    /// Growth of the national log percentage in each year.
    growth: Vec<f64>,
    /// Share of a departure that remains a year later.
    persistence: f64,
    /// Standard deviation of a year's change of a departure.
    innovation: f64,
    /// Departure in the newest January, and where it fades to.
    newest: BTreeMap<AuthorityCode, (f64, f64)>,
    /// Surprises by authority and January.
    surprises: BTreeMap<(AuthorityCode, i32), f64>,
}

impl SupportTrend {
    /// From the percentages published up to the base year.
    pub(super) fn estimate(published: &Published, base_year: i32) -> Self {
        let phases = PHASES.map(|(phase, _)| PhaseTrend::estimate(published, base_year, phase));
        let mut index = vec![0.0];
        for (primary, secondary) in phases[0].growth.iter().zip(&phases[1].growth) {
            let last = index[index.len() - 1];
            index.push(last + f64::midpoint(*primary, *secondary));
        }
        Self {
            national: NationalTrend::estimate(&index),
            correlation: correlation(&phases[0].surprises, &phases[1].surprises),
            phases,
        }
    }

    /// Rows of an area's estimates.
    pub(super) fn rows(&self, code: AuthorityCode) -> Vec<EstimateRow> {
        let row = |name: String, value: f64, standard_error: f64, note: &str| EstimateRow {
            name: format!("sen-support.{name}"),
            value,
            standard_error,
            note: note.to_owned(),
        };
        let (damping, innovation) = (self.national.damping, self.national.innovation);
        let mut rows = vec![
            row(
                "national-damping".to_owned(),
                damping.0,
                damping.1,
                "share of a year's growth of the national percentage of pupils on SEN support that is expected to come again the next year; posterior over the mean of all authorities from 2016",
            ),
            row(
                "national-innovation".to_owned(),
                innovation.0,
                innovation.1,
                "standard deviation of a year's surprise in the growth of the national log percentage",
            ),
            row(
                "phase-correlation".to_owned(),
                self.correlation,
                0.0,
                "correlation of a year's local surprises in primary and secondary schools",
            ),
        ];
        for ((_, name), phase) in PHASES.iter().zip(&self.phases) {
            let newest = phase.newest.get(&code).copied().unwrap_or_default();
            rows.extend([
                row(
                    format!("{name}-growth"),
                    phase.growth.last().copied().unwrap_or(0.0),
                    0.0,
                    "growth of the national log percentage in the newest year",
                ),
                row(
                    format!("{name}-departure"),
                    newest.0,
                    0.0,
                    "log of the area's percentage over the national one at the base date",
                ),
                row(
                    format!("{name}-pooled-departure"),
                    newest.1,
                    0.0,
                    "departure that the area's fades to: a part of its region's; least squares over all authorities",
                ),
                row(
                    format!("{name}-persistence"),
                    phase.persistence,
                    0.0,
                    "share of the distance from there that remains a year later; least squares over all authorities",
                ),
                row(
                    format!("{name}-innovation"),
                    phase.innovation,
                    0.0,
                    "standard deviation of a year's surprise in the area's departure",
                ),
            ]);
        }
        rows
    }
}

/// One authority from one January to the next: departure, region's departure, departure a year later.
struct Step {
    code: AuthorityCode,
    january: i32,
    departure: f64,
    region: f64,
    next: f64,
}

impl PhaseTrend {
    fn estimate(published: &Published, base_year: i32, phase: Phase) -> Self {
        let regions: BTreeMap<AuthorityCode, &str> = current(published, base_year)
            .into_iter()
            .map(|authority| (authority.code, authority.region_name.as_str()))
            .collect();
        let januaries: Vec<BTreeMap<AuthorityCode, f64>> = (FIRST_JANUARY..=base_year)
            .map(|january| {
                let percent = |code: &AuthorityCode| {
                    let (place, cut) = (Place::Authority(*code), Cut::Phase(phase));
                    let facts = &published.sen_support_percent;
                    facts
                        .value(place, january, cut, Item::Total)
                        .filter(|percent| *percent > 0.0)
                };
                let codes = regions.keys();
                codes
                    .filter_map(|code| Some((*code, percent(code)?.ln())))
                    .collect()
            })
            .collect();
        let growth = januaries.windows(2).map(|pair| growth(&pair[0], &pair[1]));
        let departures: Vec<_> = januaries.iter().map(departures).collect();
        let by_region: Vec<_> = departures
            .iter()
            .map(|of| by_region(of, &regions))
            .collect();
        let mut steps = Vec::new();
        for (january, pair) in (FIRST_JANUARY..).zip(departures.windows(2)) {
            if pair[0].len() < FEWEST_AUTHORITIES {
                continue;
            }
            let of_regions = &by_region[(january - FIRST_JANUARY) as usize];
            for (code, departure) in &pair[0] {
                if let Some(next) = pair[1].get(code) {
                    steps.push(Step {
                        code: *code,
                        january,
                        departure: *departure,
                        region: of_regions[regions[code]],
                        next: *next,
                    });
                }
            }
        }
        let (persistence, weight) = fading(&steps);
        let mut trend = Self {
            growth: growth.collect(),
            persistence,
            ..Self::default()
        };
        for step in &steps {
            let pooled = weight * step.region;
            let expected = pooled + persistence * (step.departure - pooled);
            trend
                .surprises
                .insert((step.code, step.january), step.next - expected);
        }
        let squares: f64 = trend.surprises.values().map(|s| s * s).sum();
        trend.innovation = (squares / steps.len().max(1) as f64).sqrt();
        if let (Some(newest), Some(of_regions)) = (departures.last(), by_region.last()) {
            for (code, region) in &regions {
                let pooled = weight * of_regions.get(region).copied().unwrap_or(0.0);
                let departure = newest.get(code).copied().unwrap_or(pooled);
                trend.newest.insert(*code, (departure, pooled));
            }
        }
        trend
    }
}

/// Mean growth over the authorities that have both Januaries; zero where none has.
fn growth(before: &BTreeMap<AuthorityCode, f64>, after: &BTreeMap<AuthorityCode, f64>) -> f64 {
    let both = before
        .iter()
        .filter_map(|(code, old)| Some(after.get(code)? - old));
    mean(&both.collect::<Vec<_>>())
}

fn departures(logs: &BTreeMap<AuthorityCode, f64>) -> BTreeMap<AuthorityCode, f64> {
    let national = mean(&logs.values().copied().collect::<Vec<_>>());
    logs.iter()
        .map(|(code, log)| (*code, log - national))
        .collect()
}

fn by_region<'r>(
    departures: &BTreeMap<AuthorityCode, f64>,
    regions: &BTreeMap<AuthorityCode, &'r str>,
) -> BTreeMap<&'r str, f64> {
    let mut members: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for (code, departure) in departures {
        members.entry(regions[code]).or_default().push(*departure);
    }
    members
        .into_iter()
        .map(|(region, of)| (region, mean(&of)))
        .collect()
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

/// Persistence `ρ` and weight `λ` of the region, by least squares: `d' = ρ d + (1 - ρ) λ r`, with
/// `λ` held between 0 and 1.
fn fading(steps: &[Step]) -> (f64, f64) {
    let sum = |term: &dyn Fn(&Step) -> f64| steps.iter().map(term).sum::<f64>();
    let (dd, dr, rr) = (
        sum(&|s| s.departure * s.departure),
        sum(&|s| s.departure * s.region),
        sum(&|s| s.region * s.region),
    );
    let (dn, rn) = (sum(&|s| s.departure * s.next), sum(&|s| s.region * s.next));
    let determinant = dd * rr - dr * dr;
    if determinant <= 0.0 {
        return (0.0, 0.0);
    }
    let own = (dn * rr - rn * dr) / determinant;
    let of_region = (rn * dd - dn * dr) / determinant;
    let weight = (of_region / (1.0 - own).max(0.01)).clamp(0.0, 1.0);
    let away = |s: &Step| s.departure - weight * s.region;
    let again = sum(&|s| away(s) * (s.next - weight * s.region)) / sum(&|s| away(s).powi(2));
    (again.clamp(0.0, 0.99), weight)
}

fn correlation(
    left: &BTreeMap<(AuthorityCode, i32), f64>,
    right: &BTreeMap<(AuthorityCode, i32), f64>,
) -> f64 {
    let mut sums = [0.0; 3];
    for (key, a) in left {
        if let Some(b) = right.get(key) {
            for (sum, term) in sums.iter_mut().zip([a * b, a * a, b * b]) {
                *sum += term;
            }
        }
    }
    let [both, first, second] = sums;
    if first * second > 0.0 {
        both / (first * second).sqrt()
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Stream;
    use rand_distr::{Distribution, StandardNormal};

    #[test]
    fn persistence_and_the_weight_of_the_region_are_recovered() {
        let normal = |s: &mut Stream| -> f64 { StandardNormal.sample(s) };
        let mut steps = Vec::new();
        for area in 0..400_u16 {
            let mut stream = Stream::new(7, u32::from(area), "support");
            let region = if area % 2 == 0 { 0.1 } else { -0.1 };
            let mut departure = 0.5 * region + 0.15 * normal(&mut stream);
            for january in 2016..2025 {
                let next =
                    0.5 * region + 0.9 * (departure - 0.5 * region) + 0.05 * normal(&mut stream);
                steps.push(Step {
                    code: AuthorityCode(area),
                    january,
                    departure,
                    region,
                    next,
                });
                departure = next;
            }
        }
        let (persistence, weight) = fading(&steps);
        // Standard errors: 0.005 for ρ; 0.15 for λ, which is seen only through (1 - ρ) λ.
        assert!((persistence - 0.9).abs() < 0.02, "{persistence}");
        assert!((weight - 0.5).abs() < 0.3, "{weight}");
    }

    #[test]
    fn without_percentages_there_is_no_trend() {
        let trend = SupportTrend::estimate(&Published::default(), 2025);
        let rows = trend.rows(AuthorityCode(831));
        assert_eq!(rows.len(), 13);
        assert!(rows.iter().all(|row| row.value.is_finite()));
        let growth = rows.iter().filter(|row| row.name.ends_with("-growth"));
        assert!(
            growth
                .map(|row| row.value)
                .all(|growth| growth.abs() < 1e-12)
        );
    }
}
