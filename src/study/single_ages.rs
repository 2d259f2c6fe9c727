//! Plans by single age a year ahead, simulated in every authority and held against what came.

use rayon::prelude::*;

use crate::area::AreaPack;
use crate::backtest::SingleAge;
use crate::baseline::Draw;
use crate::data::facts::{Cut, Item, Published};
use crate::domain::{AGES, AuthorityCode, Place};
use crate::scenario::Scenario;
use crate::simulate::{BrokenBalance, Companion, Design, Future, Kept, age_of, simulate_with};
use crate::summarise::{Cell, QUANTILES, summarise};

/// Counts plans by single age at the end of the horizon.
struct AtTheEnd;

impl Companion for AtTheEnd {
    fn cells(&self) -> Vec<Cell> {
        let cell = || Cell::total(("ehc_plans", "plans"), (String::new(), "January"), "-");
        (0..AGES).map(|_| cell()).collect()
    }

    fn measure(&self, future: &Future<'_>) -> Vec<f64> {
        let mut plans = vec![0.0; AGES];
        let years = future.timeline.years();
        for change in &future.record.plans {
            if let Some(age) = age_of(usize::from(change.cohort), years) {
                plans[usize::from(age)] += f64::from(change.by);
            }
        }
        plans
    }
}

/// Simulates each pack one year ahead and compares plans by single age with those published then.
pub fn single_ages(
    packs: &[&AreaPack],
    published: &Published,
    runs: u32,
    seed: u64,
) -> Result<Vec<SingleAge>, BrokenBalance> {
    let by_area: Vec<Vec<Option<SingleAge>>> = packs
        .par_iter()
        .map(|pack| of_area(pack, published, runs, seed))
        .collect::<Result<_, _>>()?;
    let over_areas = |age: usize| {
        let of_age = by_area.iter().filter_map(|area| area[age]);
        of_age.reduce(|a, b| SingleAge {
            age: a.age,
            authorities: a.authorities + b.authorities,
            published: a.published + b.published,
            simulated: a.simulated + b.simulated,
            missed_by: a.missed_by + b.missed_by,
            held_80: a.held_80 + b.held_80,
        })
    };
    Ok((0..AGES).filter_map(over_areas).collect())
}

fn of_area(
    pack: &AreaPack,
    published: &Published,
    runs: u32,
    seed: u64,
) -> Result<Vec<Option<SingleAge>>, BrokenBalance> {
    let baseline = super::baseline(pack, 1);
    let design = Design {
        seed,
        runs,
        base_year: pack.manifest.base_year,
        years: 1,
    };
    let rates = |draw: u32| baseline.rates(Draw::Sample { seed, draw });
    let scenario = Scenario::baseline();
    let simulated = simulate_with(
        baseline.people(),
        &rates,
        &[(&scenario, Kept::ALL)],
        &design,
        &[&AtTheEnd],
        &|_| (),
    )?;
    let Some(simulated) = simulated.first() else {
        return Ok(vec![None; AGES]);
    };
    let january = pack.manifest.base_year + 1;
    let code = AuthorityCode(pack.manifest.old_la_code);
    let came = |age: u8| {
        let place = Place::Authority(code);
        published
            .plans
            .value(place, january, Cut::Age(age), Item::Total)
    };
    let quantile = |percent: u32| QUANTILES.iter().position(|&p| p == percent).unwrap_or(0);
    let (low, middle, high) = (quantile(10), quantile(50), quantile(90));
    let rows = summarise(&simulated.measures, &scenario.name);
    let compared = rows.iter().zip(0u8..).map(|(row, age)| {
        let came = came(age)?;
        let quantiles = &row.summary.quantiles;
        Some(SingleAge {
            age,
            authorities: 1,
            published: came,
            simulated: row.summary.mean,
            missed_by: (quantiles[middle] - came).abs(),
            held_80: usize::from((quantiles[low]..=quantiles[high]).contains(&came)),
        })
    });
    Ok(compared.collect())
}
