//! Little's law on every list of simulated futures in which requests, services and places act on one
//! another.
//!
//! In: an area pack, how many futures. Out: [`ListRow`]s, one for each list.
//! Deliberately not here: the queue engine on its own (`verification/`), printing.
//! A new list is a line in [`Lists::names`] and, in the same order, in [`Lists::laws`].

mod row;

pub use row::ListRow;

use crate::alternative_provision::AlternativeProvision;
use crate::area::AreaPack;
use crate::baseline::{Baseline, Draw};
use crate::ehc_process::Stage;
use crate::exclusions::{AreaExclusionRates, Exclusions};
use crate::queue::LittlesLaw;
use crate::scenario::Scenario;
use crate::services::Services;
use crate::simulate::{BrokenBalance, Companion, Design, Future, Kept, simulate_with};
use crate::study::{baseline_with_places, with_process};
use crate::summarise::Cell;

/// Name of the list of those who wait for alternative provision.
const ALTERNATIVE_PROVISION: &str = "Place in alternative provision";
/// Numbers of a list.
const MEASURES: [&str; 8] = [
    "days", "at_start", "came", "at_end", "area", "people", "time", "rounding",
];

/// The lists of an area, as a companion of its futures.
struct Lists {
    services: Services,
    alternative_provision: Option<AlternativeProvision>,
}

impl Lists {
    fn names(&self) -> Vec<&'static str> {
        let requests = Stage::ALL.map(Stage::label).into_iter();
        let names = requests.chain(self.services.names());
        let places = self.alternative_provision.iter();
        names.chain(places.map(|_| ALTERNATIVE_PROVISION)).collect()
    }

    fn laws(&self, future: &Future<'_>) -> Vec<LittlesLaw> {
        let process = future.record.process.as_ref();
        let requests = process.and_then(|process| {
            // The office is at work up to the start of the last day.
            let period = [0.0, future.timeline.end() - 1.0];
            let lists = process.lists.as_ref()?;
            Some(lists.littles_law(&process.cases, period))
        });
        let unknown = LittlesLaw {
            area: f64::NAN,
            ..LittlesLaw::default()
        };
        let requests = requests.unwrap_or([unknown; Stage::COUNT]).into_iter();
        let laws = requests.chain(self.services.littles_law(future));
        let places = self.alternative_provision.iter();
        laws.chain(places.map(|places| places.littles_law(future)))
            .collect()
    }
}

impl Companion for Lists {
    fn cells(&self) -> Vec<Cell> {
        let names = self.names().into_iter();
        let of_list = |service| {
            MEASURES.map(|measure| Cell {
                service,
                ..Cell::total((measure, "days"), (String::new(), ""), "-")
            })
        };
        names.flat_map(of_list).collect()
    }

    fn measure(&self, future: &Future<'_>) -> Vec<f64> {
        let laws = self.laws(future).into_iter();
        let numbers = laws.flat_map(|law| {
            [
                law.days,
                law.at_start,
                law.came,
                law.at_end,
                law.area,
                law.people,
                law.time,
                law.rounding,
            ]
        });
        numbers.collect()
    }
}

/// Simulates futures of an area and compares the area under every list with the time of those on it.
pub fn on_every_list(
    pack: &AreaPack,
    (seed, runs, years): (u64, u32, usize),
) -> Result<Vec<ListRow>, BrokenBalance> {
    let baseline = with_process(baseline_with_places(pack, years), pack);
    of_baseline(pack, &baseline, &Scenario::baseline(), (seed, runs, years))
}

/// The same for a baseline that is there, under a scenario.
pub fn of_baseline(
    pack: &AreaPack,
    baseline: &Baseline,
    scenario: &Scenario,
    (seed, runs, years): (u64, u32, usize),
) -> Result<Vec<ListRow>, BrokenBalance> {
    let base_year = pack.manifest.base_year;
    let exclusions = Exclusions::new(AreaExclusionRates::of(pack), base_year, years);
    let lists = Lists {
        services: Services::new(pack, base_year, years),
        alternative_provision: AlternativeProvision::of(pack, exclusions, base_year, years),
    };
    let rates = |draw: u32| {
        let mut rates = baseline.rates(Draw::Sample { seed, draw });
        if let Some(process) = &mut rates.process {
            process.is_watched = true;
        }
        rates
    };
    let design = Design {
        seed,
        runs,
        base_year,
        years,
    };
    let mut simulated = simulate_with(
        baseline.people(),
        &rates,
        &[(scenario, Kept::ALL)],
        &design,
        &[&lists],
        &|_| (),
    )?;
    let measures = simulated.remove(0).measures;
    let of_list = |(number, name): (usize, &'static str)| {
        let at = |measure: usize| measures.of(number * MEASURES.len() + measure);
        let law = |run: usize| LittlesLaw {
            days: at(0)[run],
            at_start: at(1)[run],
            came: at(2)[run],
            at_end: at(3)[run],
            area: at(4)[run],
            people: at(5)[run],
            time: at(6)[run],
            rounding: at(7)[run],
        };
        let laws: Vec<LittlesLaw> = (0..runs as usize).map(law).collect();
        ListRow::of(name, &laws)
    };
    Ok(lists.names().into_iter().enumerate().map(of_list).collect())
}
