//! What authorities like it say of an authority: its statistical neighbours, its region.

use super::panel::{BANDS, ByBand, Member};
use super::population::Population;
use super::settings::each;

/// Positions among the members of the authorities that each one lists by position in the panel.
pub(super) fn positions_of(
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
pub(super) fn from_levels(
    core: &[bool],
    levels: &[&[Vec<usize>]],
    departures: &[ByBand],
) -> Vec<ByBand> {
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
