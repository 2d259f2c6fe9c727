//! All authorities at once: reference rates, pooling strengths, then one area's evidence.

use std::collections::BTreeMap;

use super::areas::{Counts, LAST_YEAR, current};
use super::joining::{self, JoiningHistory};
use super::leaving;
use super::mix;
use super::moves::{self, BySetting, MovesInput};
use super::pooling::{AreaRatio, RatioPool};
use super::reference::Reference;
use super::residents::Residents;
use super::spending;
use super::support::SupportTrend;
use crate::area::{EstimateRow, EvidenceProcess, EvidenceRow, JoiningIndexRow};
use crate::data::facts::Published;
use crate::domain::{AGES, AuthorityCode, Place, Setting};

/// Pooling strength of shares of new plans (need, sex, setting, reason) [events].
const SHARE_POOLING: f64 = 20.0;

/// What is learnt from all authorities, for one base year.
#[derive(Debug)]
pub struct Peers {
    base_year: i32,
    reference: Reference,
    england_index: Vec<f64>,
    joining: RatioPool,
    ceasing: RatioPool,
    moving_out: RatioPool,
    support: SupportTrend,
    ceasing_drift: f64,
    residual_weight: f64,
    england_settings: BySetting,
    setting_pooling: f64,
    areas: BTreeMap<AuthorityCode, AreaCounts>,
}

#[derive(Debug)]
struct AreaCounts {
    region: String,
    joining: JoiningHistory,
    ceased: AreaRatio,
    moved_out: AreaRatio,
    residuals: Vec<f64>,
    settings: BySetting,
}

/// The evidence tables of one area.
#[derive(Debug, Clone, PartialEq)]
pub struct AreaEvidence {
    /// `rate_evidence.csv`.
    pub rates: Vec<EvidenceRow>,
    /// `joining_index.csv`.
    pub joining_index: Vec<JoiningIndexRow>,
    /// `estimates.csv`.
    pub estimates: Vec<EstimateRow>,
}

impl Peers {
    /// Learns from all authorities, using flows before the base year only. Shapes by single age come
    /// from the newest release whatever the base year, because none were published before 2023.
    pub fn estimate(published: &Published, residents: &Residents, base_year: i32) -> Self {
        let reference = Reference::estimate(published, residents);
        let areas: BTreeMap<AuthorityCode, AreaCounts> = current(published, base_year)
            .into_iter()
            .map(|authority| {
                let place = Place::Authority(authority.code);
                let counts = Counts::of(published, residents, place);
                let region = authority.region_name.as_str();
                let area = AreaCounts {
                    region: region.to_owned(),
                    joining: joining::history(&counts, region, &reference, base_year),
                    ceased: leaving::ceased(&counts, region, &reference, base_year),
                    moved_out: leaving::moved_out(&counts, region, &reference, base_year),
                    residuals: leaving::residuals(&counts, &reference, base_year),
                    settings: moves::plans(published, place, base_year),
                };
                (authority.code, area)
            })
            .collect();
        let england = Counts::of(published, residents, Place::England);
        let england_index: Vec<f64> = joining::history(&england, "England", &reference, base_year)
            .years
            .iter()
            .map(|(new, expected)| new.map_or(1.0, |n| n / expected.max(1e-9)))
            .collect();
        let collect = |of: &dyn Fn(&AreaCounts) -> AreaRatio| -> Vec<AreaRatio> {
            areas.values().map(of).collect()
        };
        let joining = RatioPool::estimate(&recent_levels(&areas, &england_index));
        let ages = RatioPool::estimate(&collect(&|a| a.joining.ratio.clone()));
        let ceased = collect(&|a| a.ceased.clone());
        let england_settings = moves::plans(published, Place::England, base_year.max(2025));
        let settings: Vec<BySetting> = areas.values().map(|a| a.settings.clone()).collect();
        Self {
            base_year,
            support: SupportTrend::estimate(published, base_year),
            joining: RatioPool {
                age: ages.age,
                ..joining
            },
            ceasing: RatioPool::estimate(&ceased),
            moving_out: RatioPool::estimate(&collect(&|a| a.moved_out.clone())),
            ceasing_drift: ceasing_drift(published, residents, &reference),
            residual_weight: residual_weight(&areas),
            setting_pooling: moves::pooling(&england_settings, &settings),
            england_settings,
            england_index,
            reference,
            areas,
        }
    }

    /// The evidence of one area; `None` for an authority that does not exist at the base date.
    pub fn evidence(&self, published: &Published, code: AuthorityCode) -> Option<AreaEvidence> {
        let area = self.areas.get(&code)?;
        let place = Place::Authority(code);
        let joining_region = self.joining.region(&area.region);
        let mut rates = joining::rows(&area.joining, &self.reference, joining_region);
        rates.extend(mix::needs(published, place, self.base_year));
        rates.extend(mix::boys(published, place, self.base_year));
        let first = mix::first_settings(published, place, self.base_year);
        rates.extend(first.iter().copied());
        rates.extend(mix::needs_in_settings(published));
        rates.extend(leaving::rows(
            EvidenceProcess::Ceasing,
            &area.ceased,
            &self.reference.ceasing_rate,
            self.ceasing.region(&area.region),
        ));
        rates.extend(mix::reasons(published, place, self.base_year));
        let in_settings = mix::ceasing_in_settings(published, &self.reference);
        rates.extend(leaving::rows(
            EvidenceProcess::MovingOut,
            &area.moved_out,
            &self.reference.moving_out_rate,
            self.moving_out.region(&area.region),
        ));
        rates.extend(moves::rows(&MovesInput {
            england: &self.england_settings,
            area: &area.settings,
            strength: self.setting_pooling,
            first: &first_shares(&first),
            ceasing: &std::array::from_fn(|s| in_settings[s].peer_value),
            reference: &self.reference,
        }));
        rates.extend(in_settings);
        let mut estimates = self.estimates(area);
        estimates.extend(self.support.rows(code));
        estimates.extend(spending::rows(published, code, self.base_year));
        Some(AreaEvidence {
            rates,
            joining_index: joining::index(&area.joining, joining_region, &self.england_index),
            estimates,
        })
    }

    fn estimates(&self, area: &AreaCounts) -> Vec<EstimateRow> {
        let england_ratio = self.reference.moving_in_ratio;
        let own: f64 = area.residuals.iter().sum::<f64>() / area.residuals.len().max(1) as f64;
        let weight = if area.residuals.is_empty() {
            0.0
        } else {
            self.residual_weight
        };
        let moving_in = (england_ratio + weight * (own - england_ratio)).clamp(0.1, 3.0);
        let row = |name: &str, value: f64, standard_error: f64, note: &str| EstimateRow {
            name: name.to_owned(),
            value,
            standard_error,
            note: note.to_owned(),
        };
        vec![
            row(
                "joining.age-pooling",
                self.joining.age,
                0.0,
                "strength in expected new plans with which a single age is pooled with the area's level; negative binomial likelihood over all authorities",
            ),
            row(
                "ceasing.level-pooling",
                self.ceasing.level,
                0.0,
                "strength in expected ceased plans with which an area's level is pooled with its region's",
            ),
            row(
                "ceasing.age-pooling",
                self.ceasing.age,
                0.0,
                "strength in expected ceased plans with which a single age is pooled with the area's level",
            ),
            row(
                "ceasing.drift",
                self.ceasing_drift,
                0.0,
                "standard deviation of the lasting difference between an area's ceasing in the next years and in the years counted",
            ),
            row(
                "moving-out.level-pooling",
                self.moving_out.level,
                0.0,
                "strength in expected moves with which an area's level is pooled with its region's",
            ),
            row(
                "moving-in.ratio",
                moving_in,
                0.25 * moving_in,
                "plans moving in for each plan that would move out at England's rates: what closes the accounts of 2023 and 2024, the area's own residual pooled with England's",
            ),
            row(
                "shares.pooling",
                SHARE_POOLING,
                0.0,
                "strength in events with which an area's shares by need, sex, setting and reason are pooled with England's (assumption)",
            ),
            row(
                "setting.pooling",
                self.setting_pooling,
                0.0,
                "strength in plans with which the setting mix of an area's single ages is pooled with England's; Dirichlet-multinomial likelihood",
            ),
        ]
    }
}

/// Level of joining by area in the last three years, for the regions' ratios.
fn recent_levels(
    areas: &BTreeMap<AuthorityCode, AreaCounts>,
    england_index: &[f64],
) -> Vec<AreaRatio> {
    areas
        .values()
        .map(|area| {
            let mut ratio = AreaRatio {
                region: area.region.clone(),
                events: [0.0; AGES],
                expected: [0.0; AGES],
            };
            for ((new, expected), index) in
                area.joining.years.iter().zip(england_index).rev().take(3)
            {
                if let Some(new) = new {
                    ratio.events[0] += new;
                    ratio.expected[0] += expected * index;
                }
            }
            ratio
        })
        .collect()
}

/// Share of an area's own residual that is believed: covariance of the residuals of two years over
/// the variance of their mean.
fn residual_weight(areas: &BTreeMap<AuthorityCode, AreaCounts>) -> f64 {
    let pairs: Vec<(f64, f64)> = areas
        .values()
        .filter_map(|a| a.residuals.first_chunk::<2>())
        .map(|&[first, second]| (first.clamp(-3.0, 5.0), second.clamp(-3.0, 5.0)))
        .collect();
    let n = pairs.len() as f64;
    if n < 10.0 {
        return 0.0;
    }
    let (mean_a, mean_b) = (
        pairs.iter().map(|p| p.0).sum::<f64>() / n,
        pairs.iter().map(|p| p.1).sum::<f64>() / n,
    );
    let covariance = pairs
        .iter()
        .map(|(a, b)| (a - mean_a) * (b - mean_b))
        .sum::<f64>()
        / (n - 1.0);
    let of_mean = pairs
        .iter()
        .map(|(a, b)| f64::midpoint(a - mean_a, b - mean_b).powi(2))
        .sum::<f64>()
        / (n - 1.0);
    (covariance / of_mean).clamp(0.0, 0.9)
}

/// Lasting change of ceasing from year to year: the spread over authorities of the change of their
/// log level between the two counted years, chance and the national change taken out, as the median
/// absolute deviation (recording errors are wild).
fn ceasing_drift(published: &Published, residents: &Residents, reference: &Reference) -> f64 {
    let mut changes: Vec<(f64, f64)> = current(published, LAST_YEAR)
        .into_iter()
        .filter_map(|authority| {
            let place = Place::Authority(authority.code);
            leaving::change_of_level(&Counts::of(published, residents, place), reference)
        })
        .collect();
    if changes.len() < 10 {
        return 0.2;
    }
    changes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let median = changes[changes.len() / 2].0;
    let chance = changes.iter().map(|c| c.1).sum::<f64>() / changes.len() as f64;
    let mut away: Vec<f64> = changes.iter().map(|c| (c.0 - median).abs()).collect();
    away.sort_by(f64::total_cmp);
    let spread = 1.4826 * away[away.len() / 2];
    ((spread * spread - chance).max(0.0) / 2.0).sqrt()
}

/// First-setting shares by age, area and England pooled.
fn first_shares(rows: &[EvidenceRow]) -> Vec<[f64; Setting::COUNT]> {
    let mut shares = vec![[0.0; Setting::COUNT]; AGES];
    for row in rows {
        if let (Some(age), Some(setting)) = (row.age, row.setting) {
            shares[usize::from(age)][setting.index()] = (row.area_events
                + SHARE_POOLING * row.peer_value)
                / (row.area_exposure + SHARE_POOLING);
        }
    }
    shares
}
