//! The built-in area, simulated with companion models.

use std::sync::OnceLock;

use sendsim::area::AreaPack;
use sendsim::baseline::{Baseline, Draw};
use sendsim::scenario::Scenario;
use sendsim::simulate::{Companion, Design, Kept, Simulated, simulate_with};

/// The pack.
pub(crate) fn pack() -> &'static AreaPack {
    static PACK: OnceLock<AreaPack> = OnceLock::new();
    PACK.get_or_init(|| AreaPack::embedded("derby", &mut Vec::new()).expect("embedded"))
}

/// One scenario: seed, runs and years.
pub(crate) fn simulated(
    baseline: &Baseline,
    scenario: &Scenario,
    companions: &[&dyn Companion],
    (seed, runs, years): (u64, u32, usize),
) -> Simulated {
    let design = Design {
        seed,
        runs,
        base_year: 2025,
        years,
    };
    let draws = |draw| baseline.rates(Draw::Sample { seed, draw });
    let scenarios = [(scenario, Kept::ALL)];
    let people = baseline.people();
    let tables = simulate_with(people, &draws, &scenarios, &design, companions, &|_| ());
    tables.expect("people add up").remove(0)
}
