//! Draws of plans by age band for many authorities.

use super::panel::{BANDS, ByBand};

/// Draws of plans on the Januaries after an origin: authority × horizon × draw × band.
#[derive(Debug, Clone, PartialEq)]
pub struct Draws {
    /// January of the newest stock.
    pub origin: i32,
    /// Years forecast.
    pub horizons: usize,
    /// Number of draws.
    pub draws: usize,
    values: Vec<[f32; BANDS]>,
    new_plans: Vec<f32>,
    announced: Vec<f64>,
}

/// Draws of one authority: horizon × draw.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MemberDraws {
    /// Plans by band.
    pub plans: Vec<ByBand>,
    /// New plans of the year that ends with the January.
    pub new_plans: Vec<f64>,
    /// Log change of joining that the requests before the origin announce.
    pub announced: f64,
}

impl Draws {
    /// Puts draws together from each authority's, in the order of the panel; each has
    /// `horizons × draws` entries, horizon first.
    pub fn new(
        origin: i32,
        horizons: usize,
        draws: usize,
        members: impl IntoIterator<Item = MemberDraws>,
    ) -> Self {
        let mut values: Vec<[f32; BANDS]> = Vec::new();
        let mut new_plans: Vec<f32> = Vec::new();
        let mut announced: Vec<f64> = Vec::new();
        for member in members {
            values.extend(
                member
                    .plans
                    .iter()
                    .map(|bands| bands.map(|plans| plans as f32)),
            );
            new_plans.extend(member.new_plans.iter().map(|new| *new as f32));
            announced.push(member.announced);
        }
        debug_assert!(values.len().is_multiple_of((horizons * draws).max(1)));
        Self {
            origin,
            horizons,
            draws,
            values,
            new_plans,
            announced,
        }
    }

    /// Log change of an authority's joining that the requests before the origin announce.
    pub fn announced(&self, member: usize) -> f64 {
        self.announced[member]
    }

    /// Draws of the new plans of one authority in the year that ends at a horizon.
    pub fn new_plans(&self, member: usize, horizon: usize) -> &[f32] {
        let start = (member * self.horizons + horizon - 1) * self.draws;
        &self.new_plans[start..start + self.draws]
    }

    /// Draws of one authority at a horizon (1 is the January after the origin) by band.
    pub fn bands(&self, member: usize, horizon: usize) -> &[[f32; BANDS]] {
        let start = (member * self.horizons + horizon - 1) * self.draws;
        &self.values[start..start + self.draws]
    }

    /// Draws of the total of one authority at a horizon.
    pub fn totals(&self, member: usize, horizon: usize) -> Vec<f64> {
        let bands = self.bands(member, horizon).iter();
        bands
            .map(|bands| bands.iter().map(|&plans| f64::from(plans)).sum())
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_are_found_by_authority_and_horizon() {
        let member = |first: f64| MemberDraws {
            plans: (0..6)
                .map(|i| [first + f64::from(i), 1.0, 1.0, 1.0, 1.0])
                .collect(),
            new_plans: (0..6).map(f64::from).collect(),
            announced: first,
        };
        let draws = Draws::new(2020, 2, 3, [member(10.0), member(100.0)]);
        assert_eq!(draws.totals(1, 2), [107.0, 108.0, 109.0]);
        let under_5: Vec<u32> = draws
            .bands(0, 1)
            .iter()
            .map(|bands| bands[0] as u32)
            .collect();
        assert_eq!(under_5, [10, 11, 12]);
        let new: Vec<u32> = draws
            .new_plans(1, 2)
            .iter()
            .map(|new| *new as u32)
            .collect();
        assert_eq!(new, [3, 4, 5]);
        let announced = draws.announced(1);
        assert!((announced - 100.0).abs() < 1e-9, "{announced}");
    }
}
