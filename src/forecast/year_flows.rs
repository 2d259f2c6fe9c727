//! Flows of one calendar year over all authorities, and the stocks that they lie between.

use super::history::median_of_core;
use super::panel::{BANDS, ByBand, FIRST_JANUARY, Member};
use super::population::Population;
use super::settings::{LEAST_STOCK, aged, aged_new, each, sum};

/// Flows of one calendar year over all authorities.
pub(super) struct Year {
    /// New plans by authority.
    pub(super) new: Vec<ByBand>,
    /// Whether the authority's bands were recorded.
    pub(super) recorded: Vec<bool>,
    /// National new plans per resident.
    pub(super) joining: ByBand,
    /// National share of aged plans that are still there.
    pub(super) retention: ByBand,
}

/// Plans by band on every January up to an origin: as published; where the bands do not make up
/// the total, the shares of the January before.
pub(super) fn stocks(member: &Member, origin: i32) -> Vec<Option<ByBand>> {
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
    pub(super) fn read(
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
    pub(super) fn residuals(
        &self,
        core: &[bool],
        stocks: &[Vec<Option<ByBand>>],
        year: i32,
    ) -> Vec<ByBand> {
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
