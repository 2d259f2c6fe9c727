//! Finite places: what must hold whatever the numbers are.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;

use sendsim::area::AreaPack;
use sendsim::baseline::{Baseline, Draw};
use sendsim::domain::{Provision, Setting};
use sendsim::parameters::ParameterSet;
use sendsim::scenario::{self, Scenario};
use sendsim::simulate::{Design, PlaceGroup, Places, Ranks, Rates, simulate_scenarios};
use sendsim::study::sizing::{Question, size};
use sendsim::study::{baseline, baseline_with, baseline_with_places};
use sendsim::summarise::{Counted, Layout, RunTable};
use sendsim::toml_file::TomlFile;

use crate::parameters::with_times;

const YEARS: usize = 4;
const RUNS: u32 = 4;
const SEED: u64 = 5;

fn pack() -> AreaPack {
    AreaPack::embedded("derby", &mut Vec::new()).unwrap()
}

fn design(runs: u32) -> Design {
    Design {
        seed: SEED,
        runs,
        base_year: 2025,
        years: YEARS,
    }
}

fn scenario_of(text: &str) -> Scenario {
    let header = "title = \"T\"\nquestion = \"Q?\"\n";
    scenario::read(&TomlFile::new("s.toml", format!("{header}{text}")), 2025).unwrap()
}

/// Runs scenarios with the places of Derby changed by `change`.
fn run(
    area: &Baseline,
    scenarios: &[&Scenario],
    change: &(dyn Fn(&mut Rates) + Sync),
) -> Vec<RunTable> {
    let rates = |draw| {
        let mut rates = area.rates(Draw::Sample { seed: SEED, draw });
        change(&mut rates);
        rates
    };
    simulate_scenarios(area.people(), &rates, scenarios, &design(RUNS), &|_| ()).unwrap()
}

/// A group for every need and age.
fn group(provision: Provision, places: f64) -> PlaceGroup {
    PlaceGroup {
        provision,
        needs: u16::MAX,
        ages: (0, 25),
        sex: None,
        steps: vec![(f64::NEG_INFINITY, places)],
    }
}

/// One special school group of some places, bases without end, and no rule but who asked first.
fn first_come(places: &Places, special: f64) -> Places {
    let mut places = places.clone();
    places.groups = vec![
        group(Provision::StateSpecial, special),
        group(Provision::ResourcedProvision, 1e6),
        group(Provision::SenUnit, 1e6),
    ];
    let policy = &mut places.policy;
    policy.over_fill_tolerance = 0.0;
    policy.overflow_factor = 0.0;
    policy.directed_share = 0.0;
    policy.return_share = 0.0;
    policy.late_share = 0.0;
    policy.reception_late_share = 0.0;
    policy.ranks = Ranks {
        leaving_a_place: 1,
        phase_transfer: 1,
        in_year: 1,
        returning: 1,
        late: 1,
    };
    places.wanted.independent_share = 0.0;
    places
}

fn totals(table: &RunTable, counted: Counted) -> Vec<Vec<u32>> {
    let layout = Layout::new(2025, YEARS);
    (0..counted.entry().periods(YEARS))
        .map(|period| table.of(layout.start(counted, period)).to_vec())
        .collect()
}

/// Counts of special school places in a run and period.
fn of_special(table: &RunTable, counted: Counted) -> Vec<Vec<u32>> {
    let special = Setting::StateSpecial.label();
    let name = counted.entry().name;
    let rows =
        table.cells.iter().enumerate().filter(|(_, cell)| {
            cell.indicator == name && cell.setting == special && cell.depth() == 1
        });
    rows.map(|(index, _)| table.of(index).to_vec()).collect()
}

#[test]
fn places_without_end_change_nothing_that_was_counted_before() {
    let pack = pack();
    let without = run(&baseline(&pack, YEARS), &[&Scenario::baseline()], &|_| ());
    let finite = baseline_with_places(&pack, YEARS);
    let places = finite.rates(Draw::Central).places.unwrap();
    let endless = run(
        &baseline(&pack, YEARS),
        &[&Scenario::baseline()],
        &|rates| {
            let mut places = first_come(&places, 1e6);
            places.wanted.waiting_share = 0.0;
            rates.places = Some(places);
        },
    );
    let of_places: Vec<&str> = Counted::OF_PLACES.iter().map(|c| c.entry().name).collect();
    let mut compared = 0;
    for (index, cell) in without[0].cells.iter().enumerate() {
        let is_supply = [
            "places_capacity",
            "place_occupancy_percent",
            "late_allocations",
            "decided_after_offer_day",
            "children_out_of_area",
        ];
        let is_transfer = cell.indicator.starts_with("phase_transfers");
        if !is_supply.contains(&cell.indicator) && !is_transfer {
            assert_eq!(without[0].of(index), endless[0].of(index), "{cell:?}");
            compared += usize::from(!of_places.contains(&cell.indicator));
        }
    }
    assert!(compared > 5_000, "{compared}");
}

#[test]
fn what_children_want_does_not_depend_on_places() {
    let pack = pack();
    let area = baseline_with_places(&pack, YEARS);
    let with = |special: f64| {
        run(&area, &[&Scenario::baseline()], &|rates| {
            let places = rates.places.take().unwrap();
            rates.places = Some(first_come(&places, special));
        })
        .remove(0)
    };
    let (few, many) = (with(400.0), with(1e6));
    assert_eq!(
        totals(&few, Counted::EhcPlans),
        totals(&many, Counted::EhcPlans)
    );
    assert_eq!(
        of_special(&few, Counted::PlacesDemand),
        of_special(&many, Counted::PlacesDemand)
    );
}

#[test]
fn first_come_first_served_waits_are_demand_beyond_places() {
    let area = baseline_with_places(&pack(), YEARS);
    let with = |special: f64| {
        run(&area, &[&Scenario::baseline()], &|rates| {
            let places = rates.places.take().unwrap();
            rates.places = Some(first_come(&places, special));
        })
        .remove(0)
    };
    // No child leaves the queue but by its own clock, so who waits is exactly who is beyond the
    // places, whatever the order; the base stock of 959 fills them from the start.
    let (fewer, more) = (with(959.0), with(1009.0));
    let (demand, waiting) = (
        of_special(&fewer, Counted::PlacesDemand),
        of_special(&fewer, Counted::ChildrenAwaitingPlace),
    );
    let mut longest = 0;
    for (demand, waiting) in demand.iter().zip(&waiting) {
        for (&demand, &waiting) in demand.iter().zip(waiting) {
            assert_eq!(waiting, demand.saturating_sub(959));
            longest = longest.max(waiting);
        }
    }
    assert!(longest > 100, "the queue is never long: {longest}");
    let days = |table: &RunTable| of_special(table, Counted::DaysAwaitingPlace).concat();
    for (fewer, more) in days(&fewer).into_iter().zip(days(&more)) {
        assert!(
            more <= fewer,
            "{more} days with more places, {fewer} with fewer"
        );
    }
}

#[test]
fn without_places_everybody_who_asks_goes_elsewhere_by_september() {
    let area = baseline_with_places(&pack(), YEARS);
    let table = run(&area, &[&Scenario::baseline()], &|rates| {
        let places = rates.places.as_mut().unwrap();
        places
            .groups
            .iter_mut()
            .for_each(|group| group.steps.clear());
        places.policy.overflow_factor = 1e9;
        places.policy.directed_share = 0.0;
        places.policy.late_share = 0.0;
        places.policy.reception_late_share = 0.0;
        places.wanted.waiting_share = 0.0;
    })
    .remove(0);
    let waiting = totals(&table, Counted::ChildrenAwaitingPlace);
    // January and September in turn: who asks within the year waits for the round.
    for september in waiting.iter().skip(1).step_by(2) {
        assert!(september.iter().all(|&waiting| waiting == 0), "{waiting:?}");
    }
    assert!(waiting[2].iter().all(|&waiting| waiting > 0));
    let (filled, overflow) = (
        totals(&table, Counted::PlacesFilled),
        totals(&table, Counted::Overflow),
    );
    let demand = totals(&table, Counted::PlacesDemand);
    for run in 0..RUNS as usize {
        assert!(filled.windows(2).all(|two| two[1][run] <= two[0][run]));
        for period in 0..demand.len() {
            // Who waits for another type may keep the place that it has until September.
            let found = filled[period][run] + overflow[period][run] + waiting[period][run];
            assert!(found >= demand[period][run]);
            assert!(period % 2 == 0 || found == demand[period][run]);
        }
    }
    assert!(overflow.last().unwrap()[0] > 300);
}

#[test]
fn every_child_who_wants_a_place_is_in_one_waits_or_is_elsewhere() {
    let area = baseline_with_places(&pack(), YEARS);
    let table = run(&area, &[&Scenario::baseline()], &|rates| {
        // Then a child in a place is counted in what it wants, or in the base that it accepted.
        rates.places.as_mut().unwrap().policy.directed_share = 0.0;
    })
    .remove(0);
    let all = [
        Counted::PlacesDemand,
        Counted::PlacesFilled,
        Counted::ChildrenAwaitingPlace,
        Counted::Overflow,
    ];
    let [demand, filled, waiting, overflow] = all.map(|counted| totals(&table, counted));
    for period in 0..demand.len() {
        for run in 0..RUNS as usize {
            // A child who waits for another type may keep the place that it has meanwhile.
            let found = filled[period][run] + waiting[period][run] + overflow[period][run];
            assert!(found >= demand[period][run], "period {period}, run {run}");
            assert!(filled[period][run] <= demand[period][run]);
        }
    }
}

#[test]
fn new_places_open_on_their_day_and_shorten_the_wait() {
    let area = baseline_with_places(&pack(), YEARS);
    let new = scenario_of(
        "[[lever.new-places]]\nfrom = 2026-09-01\nsetting = \"state-special\"\nplaces = 200\n\
         phase-in-years = 1\nslip-years = 0\nreason = \"R\"\nsource = \"S\"\n",
    );
    let tables = run(&area, &[&Scenario::baseline(), &new], &|rates| {
        rates.places.as_mut().unwrap().policy.induced_demand = 0.0;
    });
    let (before, after) = (
        of_special(&tables[0], Counted::PlacesCapacity),
        of_special(&tables[1], Counted::PlacesCapacity),
    );
    let added: Vec<u32> = before
        .iter()
        .zip(&after)
        .map(|(b, a)| a[0] - b[0])
        .collect();
    // January and September from 2025 on: half opens in September 2026, half a year later.
    assert_eq!(added, [0, 0, 0, 100, 100, 200, 200, 200, 200]);
    let days = |table: &RunTable| -> u32 {
        totals(table, Counted::DaysAwaitingPlace)
            .concat()
            .iter()
            .sum()
    };
    assert!(days(&tables[1]) < days(&tables[0]) * 9 / 10);
    assert_eq!(
        totals(&tables[0], Counted::EhcPlans),
        totals(&tables[1], Counted::EhcPlans)
    );
}

#[test]
fn new_places_bring_demand_in_proportion_to_the_elasticity() {
    let area = baseline_with_places(&pack(), YEARS);
    let new = scenario_of(
        "[[lever.new-places]]\nfrom = 2025-09-01\nsetting = \"state-special\"\nplaces = 959\n\
         phase-in-years = 0\nslip-years = 0\nreason = \"R\"\nsource = \"S\"\n",
    );
    let last = |elasticity: f64| {
        let tables = run(&area, &[&new], &|rates| {
            rates.places.as_mut().unwrap().policy.induced_demand = elasticity;
        });
        let demand = of_special(&tables[0], Counted::PlacesDemand);
        f64::from(demand.last().unwrap().iter().sum::<u32>()) / f64::from(RUNS)
    };
    assert!(last(0.3) > last(0.0) + 20.0);
}

#[test]
fn closed_places_take_nobody_new_and_put_nobody_out() {
    let area = baseline_with_places(&pack(), YEARS);
    let closing = scenario_of(
        "[[lever.closure]]\nfrom = 2026-01-01\nsetting = \"state-special\"\nplaces = 300\n\
         reason = \"R\"\nsource = \"S\"\n",
    );
    let tables = run(&area, &[&Scenario::baseline(), &closing], &|_| ());
    let filled = |table: &RunTable| of_special(table, Counted::PlacesFilled);
    let (open, closed) = (filled(&tables[0]), filled(&tables[1]));
    // On 1 January 2026 everyone is still there; a year later the places are lost one by one.
    assert_eq!(open[2], closed[2]);
    assert!(closed[4][0] < open[4][0]);
    let capacity = of_special(&tables[1], Counted::PlacesCapacity);
    assert_eq!(
        of_special(&tables[0], Counted::PlacesCapacity)[8][0] - capacity[8][0],
        300
    );
}

#[test]
fn bases_are_accepted_by_children_who_find_no_special_school() {
    let area = baseline_with_places(&pack(), YEARS);
    let bases = scenario_of(
        "[[lever.bases-in-mainstream]]\nfrom = 2026-01-01\nplaces = 200\nacceptance = 0.4\n\
         slip-years = 0\nreason = \"R\"\nsource = \"S\"\n",
    );
    let tables = run(&area, &[&Scenario::baseline(), &bases], &|_| ());
    let waiting = |table: &RunTable| -> u32 {
        of_special(table, Counted::ChildrenAwaitingPlace)
            .last()
            .unwrap()
            .iter()
            .sum()
    };
    assert!(waiting(&tables[1]) < waiting(&tables[0]));
}

#[test]
fn who_is_not_decided_by_september_waits_and_is_placed_when_decided() {
    let area = baseline_with_places(&pack(), YEARS);
    let with = |late: f64, weeks: f64| {
        let table = run(&area, &[&Scenario::baseline()], &|rates| {
            let places = rates.places.as_mut().unwrap();
            *places = first_come(places, 1e6);
            places.policy.late_share = late;
            places.policy.reception_late_share = late;
            places.policy.late_weeks = weeks;
            places.wanted.waiting_share = 0.0;
        })
        .remove(0);
        let sum = |counted| -> Vec<f64> {
            let periods = totals(&table, counted).into_iter();
            periods
                .map(|runs| f64::from(runs.iter().sum::<u32>()))
                .collect()
        };
        [
            Counted::LateAllocations,
            Counted::DecidedAfterOfferDay,
            Counted::UnresolvedInSeptember,
            Counted::ChildrenAwaitingPlace,
            Counted::DaysAwaitingPlace,
        ]
        .map(sum)
    };
    let [late, after_offers, unresolved, waiting, days] = with(1.0, 12.0);
    // Families wait 60 days longer than 15 February for primary offers, 14 for secondary ones:
    // exp(-60/84) = 0.49 and exp(-14/84) = 0.85; post-16 has no offer day.
    let share = after_offers.iter().sum::<f64>() / late.iter().sum::<f64>();
    assert!((0.35..0.85).contains(&share), "{share}");
    let all_late: f64 = late.iter().sum();
    let share = unresolved.iter().sum::<f64>() / all_late;
    // Reception and Year 7 wait 198 days from 15 February to 1 September, post-16 155 days from
    // 31 March: exp(-198/84) = 0.095 and exp(-155/84) = 0.158.
    assert!((0.08..0.17).contains(&share), "{share} of {all_late}");
    // With places for everyone nobody else waits, and who waits on 1 September is undecided.
    for (year, unresolved) in unresolved.iter().enumerate() {
        assert!((waiting[2 * year + 1] - unresolved).abs() < 0.5);
    }
    // The lag has no memory: 12 weeks more on average, those up to the end of the year within it.
    let mean = days.iter().sum::<f64>() / unresolved.iter().sum::<f64>();
    assert!((60.0..100.0).contains(&mean), "{mean} days");
    let [none, ..] = with(0.0, 12.0);
    assert!(none.iter().all(|&late| late <= 0.0));
    let [late, _, unresolved, ..] = with(1.0, 1.0);
    assert!((late.iter().sum::<f64>() - all_late).abs() < 0.5);
    assert!(unresolved.iter().all(|&unresolved| unresolved <= 0.0));
}

#[test]
fn every_phase_transfer_is_in_time_or_late_or_came_with_a_new_plan() {
    let area = baseline_with_places(&pack(), YEARS);
    let with = |late: f64| {
        let table = run(&area, &[&Scenario::baseline()], &|rates| {
            let policy = &mut rates.places.as_mut().unwrap().policy;
            policy.late_share = late;
            policy.reception_late_share = late;
        })
        .remove(0);
        [
            Counted::PhaseTransfers,
            Counted::PhaseTransfersLate,
            Counted::PhaseTransfersNewPlan,
            Counted::PhaseTransfersAfterOfferDay,
            Counted::EhcPlans,
        ]
        .map(|counted| totals(&table, counted))
    };
    let [all, late, new_plan, after_offers, plans] = with(1.0);
    let [all_in_time, none_late, same_new_plan, new_after_offers, _] = with(0.0);
    for year in 0..YEARS {
        for run in 0..RUNS as usize {
            let at = |of: &Vec<Vec<u32>>| of[year][run];
            assert_eq!(at(&all), at(&late) + at(&new_plan));
            assert!(at(&new_plan) > 0);
            assert!(at(&new_after_offers) > 0 && at(&new_after_offers) < at(&new_plan));
            assert!(at(&new_after_offers) < at(&after_offers));
            // England: 142,000 transfers due in 2026 of 700,000 plans; other phases are among them.
            let share = f64::from(at(&all)) / f64::from(at(&plans));
            assert!((0.1..0.2).contains(&share), "{share}");
            assert_eq!(at(&none_late), 0);
            // Who is late has another place perhaps, but moves and joins as it would have.
            assert_eq!(at(&all), at(&all_in_time));
            assert_eq!(at(&new_plan), at(&same_new_plan));
        }
    }
}

#[test]
fn a_grip_on_phase_transfers_acts_on_the_deadlines_after_its_start() {
    let area = baseline_with_places(&pack(), YEARS);
    let grip = scenario::load(Path::new("phase-transfer-grip"), 2025).unwrap();
    let tables = run(&area, &[&Scenario::baseline(), &grip], &|_| ());
    let late = |table: &RunTable, year: usize| -> u32 {
        totals(table, Counted::PhaseTransfersLate)[year]
            .iter()
            .sum()
    };
    // It starts in September 2026, after the deadlines of that year.
    for year in 0..2 {
        assert_eq!(late(&tables[0], year), late(&tables[1], year));
    }
    for year in 2..YEARS {
        assert!(late(&tables[1], year) < late(&tables[0], year));
    }
}

#[test]
fn reviews_that_are_held_make_phase_transfers_be_decided_in_time() {
    let area = sendsim::study::with_process(baseline_with_places(&pack(), YEARS), &pack());
    let held = scenario::load(Path::new("annual-reviews-held"), 2025).unwrap();
    let late = |response: f64| {
        let tables = run(&area, &[&Scenario::baseline(), &held], &|rates| {
            rates.process.as_mut().unwrap().reviews.transfer_response = response;
        });
        let late = |table: &RunTable, year: usize| {
            let runs = &totals(table, Counted::PhaseTransfersLate)[year];
            f64::from(runs.iter().sum::<u32>())
        };
        let all = |year: usize| [late(&tables[0], year), late(&tables[1], year)];
        (0..YEARS).map(all).collect::<Vec<_>>()
    };
    let in_proportion = late(1.0);
    // More reviews from September 2026 on count for the deadlines of 2027.
    let [usual, same] = in_proportion[1];
    assert!((usual - same).abs() < 1e-9);
    let [usual, fewer] = in_proportion[YEARS - 1];
    // 14 instead of 55 of 100 reviews are missed.
    assert!((0.15..0.45).contains(&(fewer / usual)), "{usual} {fewer}");
    let [usual, same] = late(0.0)[YEARS - 1];
    assert!((same / usual - 1.0).abs() < 0.03, "{usual} {same}");
}

#[test]
fn a_hearing_places_a_child_above_the_limit_on_its_day() {
    let area = baseline_with_places(&pack(), YEARS);
    let with = |weeks: f64| {
        let table = run(&area, &[&Scenario::baseline()], &|rates| {
            let policy = &mut rates.places.as_mut().unwrap().policy;
            policy.directed_share = 1.0;
            policy.tribunal_weeks = weeks;
        })
        .remove(0);
        [Counted::ChildrenAwaitingPlace, Counted::PlacesFilled]
            .map(|counted| totals(&table, counted))
    };
    let ([soon_waiting, soon_filled], [late_waiting, late_filled]) = (with(1.0), with(50.0));
    for run in 0..RUNS as usize {
        // In the first September some are heard before it, or nobody is.
        assert!(soon_waiting[1][run] < late_waiting[1][run]);
        assert!(soon_filled[1][run] > late_filled[1][run]);
        // By January some have been heard who were not in September.
        assert!(late_filled[2][run] > late_filled[1][run]);
    }
}

#[test]
fn every_scenario_of_places_runs_on_the_finite_area() {
    let area = baseline_with_places(&pack(), YEARS);
    for name in [
        "special-places",
        "bases-in-mainstream",
        "repatriation",
        "phase-transfer-grip",
        "closing-places",
    ] {
        let scenario = scenario::load(Path::new(name), 2025).unwrap();
        let tables = run(&area, &[&Scenario::baseline(), &scenario], &|_| ());
        assert_ne!(tables[0].values, tables[1].values, "{name}");
    }
}

#[test]
fn the_same_seed_gives_the_same_places_on_any_number_of_threads() {
    let area = baseline_with_places(&pack(), YEARS);
    let table = || run(&area, &[&Scenario::baseline()], &|_| ()).remove(0);
    let threads = |n| {
        rayon::ThreadPoolBuilder::new()
            .num_threads(n)
            .build()
            .unwrap()
    };
    assert_eq!(threads(1).install(table), threads(3).install(table));
}

#[test]
fn a_sizing_answers_alone_and_together_and_is_checked_on_fresh_runs() {
    let pack = pack();
    let scenario = Scenario::baseline();
    let question = Question {
        pack: &pack,
        scenario: &scenario,
        design: Design {
            runs: 60,
            ..design(60)
        },
        probability: 0.8,
        september: 2027,
    };
    let sizing = size(&question, &|_| ()).unwrap();
    assert_eq!(sizing.needs.len(), YEARS * sizing.plan.len());
    for need in sizing.needs.iter().chain(&sizing.plan) {
        assert!(
            need.together >= need.alone && need.extra() <= need.together,
            "{need:?}"
        );
    }
    // The standard error of a share of 0.8 in 60 runs is 0.05, and sized on 120 the chance itself
    // varies by 0.04: 0.065 together.
    let verified = sizing.verified;
    assert!((verified.share - 0.8).abs() < 0.14, "{verified:?}");
    assert!(verified.lower_bound < verified.share);
    let costs: Vec<f64> = sizing
        .frontier
        .iter()
        .map(|point| point.capital_pounds)
        .collect();
    assert!(costs.is_sorted(), "{costs:?}");
}

#[test]
fn places_that_a_scenario_opens_are_counted_before_others_are_added() {
    let pack = pack();
    let sized = |scenario: &Scenario| {
        let question = Question {
            pack: &pack,
            scenario,
            design: Design {
                runs: 24,
                ..design(24)
            },
            probability: 0.8,
            september: 2027,
        };
        size(&question, &|_| ()).unwrap()
    };
    let opens = scenario_of(
        "[[lever.new-places]]\nfrom = 2026-09-01\nsetting = \"state-special\"\nplaces = 200\n\
         phase-in-years = 0\nslip-years = 0\nreason = \"R\"\nsource = \"S\"\n",
    );
    let (before, after) = (sized(&Scenario::baseline()), sized(&opens));
    let sum = |of: &dyn Fn(&sendsim::study::sizing::CellNeed) -> u32,
               sizing: &sendsim::study::sizing::Sizing| {
        sizing.plan.iter().map(of).sum::<u32>()
    };
    let places = |sizing| sum(&|need| need.places, sizing);
    let extra = |sizing| sum(&|need| need.extra(), sizing);
    // Medians of cells that share a group do not add up to the place.
    let opened = places(&after).abs_diff(places(&before));
    assert!((195..=205).contains(&opened), "{opened}");
    // The plan is smaller by most of them, but for those that the cell does not need.
    let fewer = extra(&before).saturating_sub(extra(&after));
    assert!((60..=260).contains(&fewer), "{fewer}");
}

/// Parameters of places that a simulation cannot feel, and why.
const NOT_SIMULATED: [(&str, &str); 5] = [
    (
        "places.out-of-area-review-share",
        "a companion model, which another test reads",
    ),
    (
        "places.net-imports-yearly-change",
        "a companion model, which another test reads",
    ),
    (
        "places.capital-cost.",
        "money, and the answer of `sendsim places`",
    ),
    (
        "places.lead-years.",
        "the first September that `sendsim places` answers for",
    ),
    (
        "places.base-acceptance-share",
        "nothing in the baseline; a lever raises it, which another test does",
    ),
];

/// With three times the value (ranks: last instead of first) something else happens to somebody.
#[test]
fn every_stated_parameter_of_places_moves_a_count() {
    let pack = pack();
    let simulated = |parameters: &'static ParameterSet, scenario: &Scenario| {
        let area = baseline_with(&pack, YEARS, parameters).with_places(&pack.place_groups);
        run(&area, &[scenario], &|_| ()).remove(0).values
    };
    let base = Scenario::baseline();
    // Only places that a scenario opens bring demand.
    let opening = scenario::load(Path::new("special-places"), 2025).unwrap();
    let stated = ParameterSet::embedded().iter();
    for passport in stated.filter(|p| p.path.starts_with("places.") && !p.values.is_empty()) {
        let path = passport.path.as_str();
        if NOT_SIMULATED
            .iter()
            .any(|(start, _)| path.starts_with(start))
        {
            continue;
        }
        let times = match path {
            "places.rank.late" | "places.rank.returning" => 0.1,
            _ if path.starts_with("places.rank.") => 10.0,
            _ => 3.0,
        };
        let scenario = match path {
            "places.induced-demand" => &opening,
            _ => &base,
        };
        let usual = simulated(ParameterSet::embedded(), scenario);
        let moved = simulated(with_times(path, times), scenario);
        assert!(usual != moved, "nothing moves with {path}");
    }
}

/// A world whose truth is known: so many requests behind the observed placements found no place,
/// and places grew as those placements did.
fn world(censored: f64, observed: &[f64]) -> [Vec<f64>; 3] {
    let pack = pack();
    // The stated value is 0.2.
    let parameters = with_times("places.censored-share", censored / 0.2);
    let area = baseline_with(&pack, YEARS, parameters).with_places(&pack.place_groups);
    let rates = |_| {
        let mut rates = area.rates(Draw::Central);
        let places = rates.places.as_mut().unwrap();
        let kinds = places.policy.overflow_factor;
        *places = first_come(places, observed[0]);
        places.policy.overflow_factor = kinds;
        places.wanted.waiting_share = 0.0;
        let growth = observed.windows(2).enumerate();
        let steps = growth.map(|(year, two)| (365.25 * year as f64 + 1.0, two[1] - two[0]));
        places.groups[0].steps.extend(steps);
        rates
    };
    let design = design(12);
    let base = Scenario::baseline();
    let table = simulate_scenarios(area.people(), &rates, &[&base], &design, &|_| ())
        .unwrap()
        .remove(0);
    let special = [Counted::PlacesFilled, Counted::PlacesDemand].map(|counted| {
        let januaries = of_special(&table, counted).into_iter().step_by(2);
        januaries.map(|runs| mean(&runs)).collect::<Vec<f64>>()
    });
    let [filled, demand] = special;
    [filled, demand, independent(&table)]
}

fn mean(runs: &[u32]) -> f64 {
    f64::from(runs.iter().sum::<u32>()) / runs.len() as f64
}

/// Mean plans in independent special schools by January.
fn independent(table: &RunTable) -> Vec<f64> {
    let label = Setting::IndependentSpecial.label();
    let rows = table.cells.iter().enumerate().filter(|(_, cell)| {
        cell.indicator == "ehc_plans" && cell.setting == label && cell.depth() == 1
    });
    rows.map(|(index, _)| mean(table.of(index))).collect()
}

#[test]
fn placements_do_not_tell_how_many_went_without_and_are_given_back_whatever_the_truth() {
    let unlimited = baseline(&pack(), YEARS);
    let rates = |_| unlimited.rates(Draw::Central);
    let base = Scenario::baseline();
    let observed = simulate_scenarios(unlimited.people(), &rates, &[&base], &design(12), &|_| ())
        .unwrap()
        .remove(0);
    let placed: Vec<f64> = of_special(&observed, Counted::PlacesFilled)
        .into_iter()
        .step_by(2)
        .map(|runs| mean(&runs))
        .collect();
    let elsewhere = independent(&observed);
    let mut demands: Vec<f64> = Vec::new();
    // In independent schools as observed; where two in five went without, the longer waits of a
    // growing list send more there than the first decision that the correction is for.
    for (censored, as_observed) in [(0.0, 0.01), (0.2, 0.05), (0.4, 0.25)] {
        let [filled, demand, independents] = world(censored, &placed);
        for (filled, placed) in filled.iter().zip(&placed) {
            assert!(
                (filled / placed - 1.0).abs() < 0.012,
                "{censored}: {filled} of {placed}"
            );
        }
        for (is, was) in independents.iter().zip(&elsewhere) {
            assert!(
                (is / was - 1.0).abs() < as_observed,
                "{censored}: {is} against {was}"
            );
        }
        demands.extend(demand.last());
    }
    assert!(
        demands[1] > 1.05 * demands[0] && demands[2] > 1.05 * demands[1],
        "{demands:?}"
    );
}

#[test]
fn children_outside_the_area_have_a_review_a_year_of_which_some_are_attended() {
    let pack = pack();
    let area = sendsim::study::with_process(baseline_with_places(&pack, 2), &pack);
    let share = "places.out-of-area-review-share";
    let scenario = crate::changes::changed(&[(share, "set = 0.6", "2025-01-01", None)]);
    let timeliness = sendsim::timeliness::Timeliness::new(2025, 2);
    let table = crate::derby::simulated(&area, &scenario, &[&timeliness], (SEED, 6, 2));
    let measured = |indicator: &str| {
        let mut cells = table.measures.cells.iter();
        let at = cells.position(|cell| {
            cell.indicator == indicator && cell.time_period == "2025" && cell.depth() == 0
        });
        table.measures.of(at.unwrap())
    };
    let children = table.counts.cells.iter().position(|cell| {
        cell.indicator == "children_out_of_area"
            && (cell.time_period.as_str(), cell.time_identifier) == ("202526", "January")
            && cell.depth() == 0
    });
    let children = table.counts.of(children.unwrap());
    let [due, attended] = ["out_of_area_reviews_due", "out_of_area_reviews_attended"].map(measured);
    for run in 0..6 {
        assert!(children[run] > 25, "{children:?}");
        assert!((due[run] - f64::from(children[run])).abs() < 1e-6);
        assert!((attended[run] - 0.6 * due[run]).abs() < 1e-5);
    }
}
