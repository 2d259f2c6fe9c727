//! Exclusions of simulated futures: published rates, margins, levers, waiting.

use std::path::Path;
use std::sync::OnceLock;

use crate::changes::{changed, first_day};
use crate::derby::{self, pack};
use sendsim::baseline::{Baseline, Draw};
use sendsim::domain::Observed;
use sendsim::exclusions::{
    Absence, AreaAbsenceRates, AreaExclusionRates, Exclusions, ReducedTimetables,
};
use sendsim::parameters::ParameterSet;
use sendsim::scenario::{self, Scenario};
use sendsim::simulate::{Companion, Design, Kept, Simulated, simulate_with};
use sendsim::summarise::Cell;

const YEARS: usize = 3;
const RUNS: u32 = 60;
const INDICATORS: [&str; 2] = ["suspensions", "permanent_exclusions"];

fn simulated(baseline: &Baseline, rates: AreaExclusionRates, scenario: &Scenario) -> Simulated {
    in_runs(RUNS, baseline, rates, scenario)
}

fn in_runs(
    runs: u32,
    baseline: &Baseline,
    rates: AreaExclusionRates,
    scenario: &Scenario,
) -> Simulated {
    let exclusions = Exclusions::new(rates, 2025, YEARS);
    let absence = Absence::new(AreaAbsenceRates::of(pack()), 2025, YEARS);
    let reduced = ReducedTimetables::new(2025, YEARS);
    let companions: [&dyn Companion; 3] = [&exclusions, &absence, &reduced];
    derby::simulated(baseline, scenario, &companions, (11, runs, YEARS))
}

fn unlimited() -> &'static Baseline {
    static BASELINE: OnceLock<Baseline> = OnceLock::new();
    BASELINE.get_or_init(|| sendsim::study::baseline(pack(), YEARS))
}

fn under(scenario: &Scenario) -> Simulated {
    simulated(unlimited(), AreaExclusionRates::of(pack()), scenario)
}

fn base() -> &'static Simulated {
    static BASE: OnceLock<Simulated> = OnceLock::new();
    BASE.get_or_init(|| under(&Scenario::baseline()))
}

/// Means over runs of the rows that are wanted, added up.
fn mean(table: &Simulated, wanted: &dyn Fn(&Cell) -> bool) -> f64 {
    let cells = table.measures.cells.iter().enumerate();
    cells
        .filter(|(_, cell)| wanted(cell))
        .map(|(index, _)| table.measures.of(index).iter().sum::<f64>() / f64::from(RUNS))
        .sum()
}

/// A total, or the sum of a one-way margin, of the first academic year.
fn of_first(table: &Simulated, indicator: &str, column: Option<&str>) -> f64 {
    mean(table, &|cell| {
        let broken_down: Vec<&str> = cell
            .breakdowns()
            .iter()
            .filter(|(_, value)| *value != "Total")
            .map(|(name, _)| *name)
            .collect();
        cell.indicator == indicator
            && cell.time_period == "202526"
            && cell.time_identifier == "Academic year"
            && broken_down == column.into_iter().collect::<Vec<_>>()
    })
}

/// Events of a status in a phase in the first academic year.
fn of_status(table: &Simulated, indicator: &str, status: &str, phase: &str) -> f64 {
    mean(table, &|cell| {
        cell.indicator == indicator
            && cell.time_period == "202526"
            && cell.time_identifier == "Academic year"
            && (cell.category, cell.phase) == (status, phase)
    })
}

/// Mean of a count on January 2026.
fn on_january(table: &Simulated, wanted: &dyn Fn(&Cell) -> bool) -> f64 {
    let cells = table.counts.cells.iter().enumerate();
    cells
        .filter(|(_, cell)| cell.time_period == "202526" && cell.time_identifier == "January")
        .filter(|(_, cell)| wanted(cell))
        .map(|(index, _)| {
            let runs = table.counts.of(index).iter();
            runs.map(|count| f64::from(*count)).sum::<f64>() / f64::from(RUNS)
        })
        .sum()
}

#[test]
fn margins_add_up_to_the_total() {
    for indicator in INDICATORS {
        let total = of_first(base(), indicator, None);
        assert!(total > 10.0, "{indicator} {total}");
        for column in ["category", "phase", "setting", "primary_need", "sex"] {
            let sum = of_first(base(), indicator, Some(column));
            assert!((sum - total).abs() < 1e-6, "{indicator} by {column}");
        }
    }
}

#[test]
fn terms_add_up_to_the_year_and_follow_the_published_ones() {
    for indicator in INDICATORS {
        for status in ["Total", "No SEN", "SEN support", "EHC plan"] {
            let of = |when: &str| {
                mean(base(), &|cell| {
                    cell.indicator == indicator
                        && cell.time_period == "202526"
                        && cell.time_identifier == when
                        && (cell.category, cell.phase, cell.setting) == (status, "Total", "Total")
                        && (cell.primary_need, cell.sex) == ("Total", "Total")
                })
            };
            let terms = ["Autumn term", "Spring term", "Summer term"].map(of);
            let year = of("Academic year");
            assert!(
                (terms.iter().sum::<f64>() - year).abs() < 1e-6,
                "{indicator} {status}: {terms:?} {year}"
            );
            if indicator == "suspensions" && status == "SEN support" {
                let school = "State-funded secondary";
                let rates = ["autumn", "spring", "summer"]
                    .map(|term| published_in(term, status, school, false));
                for (found, rate) in terms.iter().zip(rates) {
                    let expected = rate / rates.iter().sum::<f64>();
                    let found = found / year;
                    assert!((found - expected).abs() < 0.03, "{found} {expected}");
                }
            }
        }
    }
}

#[test]
fn boys_are_suspended_and_excluded_more_often_as_published() {
    let boys_to_girls = |indicator: &str| {
        let [boys, girls] = ["Male", "Female"].map(|sex| {
            mean(base(), &|cell| {
                cell.indicator == indicator && cell.time_period == "202526" && cell.sex == sex
            })
        });
        boys / girls
    };
    // Autumn 2023: 1.5 times as many suspensions of boys, more than twice as many exclusions.
    let suspensions = boys_to_girls("suspensions");
    assert!((1.35..1.85).contains(&suspensions), "{suspensions}");
    let permanent = boys_to_girls("permanent_exclusions");
    assert!((1.8..2.6).contains(&permanent), "{permanent}");
}

/// The published rate per 100 and year: the newest two of each term.
fn published(status: &str, school: &str) -> f64 {
    ["autumn", "spring", "summer"]
        .map(|term| published_in(term, status, school, true))
        .iter()
        .sum()
}

/// The newest two of a term: suspensions, or pupils suspended.
fn published_in(term: &str, status: &str, school: &str, all: bool) -> f64 {
    let of_term = |term: &str| {
        let mut rows: Vec<_> = pack()
            .exclusion_rates
            .iter()
            .filter(|row| row.term == term && row.school == school && row.sen_status == status)
            .collect();
        rows.sort_by_key(|row| std::cmp::Reverse(row.year));
        let newest = rows.iter().take(2);
        newest
            .filter_map(|row| {
                if all {
                    row.suspension_rate.value()
                } else {
                    row.suspended_pupils_rate.value()
                }
            })
            .sum::<f64>()
            / 2.0
    };
    of_term(term)
}

#[test]
fn suspensions_are_the_published_rate_of_the_pupils() {
    for (phase, school) in [
        ("Primary", "State-funded primary"),
        ("Secondary", "State-funded secondary"),
    ] {
        let stock = |indicator: &str| {
            on_january(base(), &|cell| {
                cell.indicator == indicator && cell.phase == phase && cell.depth() == 1
            })
        };
        let support = stock("sen_support");
        let others = stock("population") - support - stock("ehc_plans");
        for (status, pupils) in [("SEN support", support), ("No SEN", others)] {
            let expected = pupils * published(status, school) / 100.0;
            let found = of_status(base(), "suspensions", status, phase);
            // The level has a spread of 0.26 from run to run; events come in clumps.
            let error = expected * 0.27 / f64::from(RUNS).sqrt() + 0.5;
            let level = expected * 1.0344;
            // England's five events pull a small pool.
            let pull = 0.02 * expected;
            assert!(
                (found - level).abs() < 4.0 * error + pull,
                "{status} {phase}: {found:.0} of {expected:.0}"
            );
        }
    }
}

#[test]
fn emotional_needs_have_about_three_times_the_suspensions() {
    let semh = "Social, emotional and mental health";
    let is_semh = |cell: &Cell| cell.primary_need.to_lowercase() == semh.to_lowercase();
    let support = |wanted: &dyn Fn(&Cell) -> bool| {
        on_january(base(), &|cell| {
            let of_age = ["Age 5 to 10", "Age 11 to 15"].contains(&cell.age_group);
            cell.indicator == "sen_support" && of_age && wanted(cell)
        })
    };
    let all = support(&|cell| cell.depth() == 1);
    let with_semh = support(&|cell| is_semh(cell) && cell.depth() == 2);
    let suspended = mean(base(), &|cell| {
        cell.indicator == "suspensions" && cell.time_period == "202526" && is_semh(cell)
    });
    let of_support: f64 = ["Primary", "Secondary"]
        .map(|phase| of_status(base(), "suspensions", "SEN support", phase))
        .iter()
        .sum();
    let of_plans: f64 = ["Primary", "Secondary"]
        .map(|phase| of_status(base(), "suspensions", "EHC plan", phase))
        .iter()
        .sum();
    let share_of_pupils = with_semh / all;
    let share_of_events = suspended / (of_support + of_plans);
    let ratio = share_of_events / share_of_pupils;
    assert!((2.3..3.8).contains(&ratio), "ratio {ratio:.2}");
}

#[test]
fn a_level_acts_on_its_own_events_and_moves_no_child() {
    let none = changed(&[(
        "exclusions.level.permanent",
        "multiply = 0.0",
        "2025-01-01",
        None,
    )]);
    let table = under(&none);
    assert!(table.counts == base().counts, "a level moves a child");
    assert!(of_first(&table, "permanent_exclusions", None) < 1e-9);
    let before = of_first(base(), "suspensions", None);
    let after = of_first(&table, "suspensions", None);
    assert!((before - after).abs() < 1e-9);

    let half = changed(&[(
        "exclusions.level.suspensions",
        "multiply = 0.5",
        "2025-01-01",
        None,
    )]);
    let table = under(&half);
    let ratio = of_first(&table, "suspensions", None) / before;
    assert!((ratio - 0.5).abs() < 0.01, "ratio {ratio}");
    for (index, cell) in table.measures.cells.iter().enumerate() {
        if !INDICATORS.contains(&cell.indicator) {
            continue;
        }
        let pairs = table
            .measures
            .of(index)
            .iter()
            .zip(base().measures.of(index));
        for (less, more) in pairs {
            assert!(less <= more, "{cell:?}");
        }
    }
}

#[test]
fn the_example_lowers_exclusions_and_no_number_before_it_starts() {
    let example = scenario::load(Path::new("fewer-exclusions"), 2025).expect("a good example");
    let table = under(&example);
    for indicator in INDICATORS {
        let (before, after) = (
            of_first(base(), indicator, None),
            of_first(&table, indicator, None),
        );
        assert!(
            (before - after).abs() < 1e-9,
            "{indicator} before September 2026"
        );
        let last = |table: &Simulated| {
            mean(table, &|cell| {
                cell.indicator == indicator
                    && (cell.time_period.as_str(), cell.time_identifier)
                        == ("202728", "Academic year")
                    && cell.depth() == 0
            })
        };
        let ratio = last(&table) / last(base());
        assert!((0.7..0.97).contains(&ratio), "{indicator} {ratio}");
    }
}

#[test]
fn rates_of_nothing_or_none_are_pooled_with_englands() {
    let mut zeros = pack().clone();
    for row in &mut zeros.exclusion_rates {
        row.permanent_exclusion_rate = Observed::Value(0.0);
    }
    let table = simulated(
        unlimited(),
        AreaExclusionRates::of(&zeros),
        &Scenario::baseline(),
    );
    let found = of_first(&table, "permanent_exclusions", None);
    let own = of_first(base(), "permanent_exclusions", None);
    assert!(found > 0.5 && found < 0.7 * own, "{found} of {own}");

    let mut unknown = pack().clone();
    unknown.exclusion_rates.clear();
    let table = simulated(
        unlimited(),
        AreaExclusionRates::of(&unknown),
        &Scenario::baseline(),
    );
    // England's secondary rates are about twice Derby's.
    let found = of_first(&table, "permanent_exclusions", None);
    assert!(found > 1.3 * own && found < 4.0 * own, "{found} of {own}");
}

#[test]
fn children_who_wait_for_a_place_are_excluded_more() {
    let baseline = sendsim::study::baseline_with_places(pack(), YEARS);
    let rates = || AreaExclusionRates::of(pack());
    let open = simulated(&baseline, rates(), &Scenario::baseline());
    let closing = scenario::load(Path::new("closing-places"), 2025).expect("a good example");
    let closed = simulated(&baseline, rates(), &closing);
    let of_plans = |table: &Simulated| {
        mean(table, &|cell| {
            cell.indicator == "suspensions" && cell.category == "EHC plan" && cell.depth() == 1
        })
    };
    let waiting = |table: &Simulated| {
        let cells = table.counts.cells.iter().enumerate();
        let total = cells
            .filter(|(_, cell)| cell.indicator == "children_awaiting_place" && cell.depth() == 0);
        total
            .map(|(index, _)| table.counts.of(index).iter().sum::<u32>())
            .sum::<u32>()
    };
    assert!(
        waiting(&closed) > waiting(&open),
        "the example makes nobody wait"
    );
    assert!(
        of_plans(&closed) > of_plans(&open),
        "{} and {}",
        of_plans(&closed),
        of_plans(&open)
    );
}

/// Whether all measures are the same; a share of nobody is the same as itself.
fn is_same(one: &Simulated, other: &Simulated) -> bool {
    let mut pairs = one.measures.values.iter().zip(&other.measures.values);
    pairs.all(|(one, other)| one.to_bits() == other.to_bits())
}

#[test]
fn every_number_of_exclusions_and_absence_moves_them() {
    // Without rates of its own an area has England's, and with finite places children wait.
    let baseline = sendsim::study::baseline_with_places(pack(), YEARS);
    let mut unknown = pack().clone();
    unknown.exclusion_rates.clear();
    let rates = AreaExclusionRates::of(&unknown);
    let under = |scenario: &Scenario| in_runs(3, &baseline, rates.clone(), scenario);
    // What one more managed move prevents is felt where there are more.
    let moves = (
        "exclusions.level.managed-moves",
        "multiply = 2.0",
        "2025-01-01",
        None,
    );
    let usual = under(&changed(&[moves]));
    let passports = ParameterSet::embedded().iter().filter(|passport| {
        passport.path.starts_with("exclusions.") || passport.path.starts_with("absence.")
    });
    for passport in passports {
        let (path, from) = (passport.path.as_str(), first_day(passport));
        let operation = if path.contains(".persistence.") {
            "multiply = 0.2"
        } else {
            "multiply = 4.0"
        };
        let table = under(&changed(&[moves, (path, operation, from, None)]));
        assert!(table.counts == usual.counts, "{path} moves a child");
        assert!(!is_same(&table, &usual), "{path} moves nothing");
    }
}

#[test]
fn more_managed_moves_prevent_exclusions_by_hand_and_the_usual_ones_none() {
    // Twice as many moves: for each exclusion 2 more, half of which hold, of which 0.15 prevent one.
    let fixed = [
        ("exclusions.managed-moves.per-exclusion", "set = 2.0"),
        ("exclusions.managed-moves.held-share", "set = 0.5"),
        ("exclusions.managed-moves.prevented-share", "set = 0.15"),
        ("exclusions.level.managed-moves", "set = 2.0"),
    ]
    .map(|(path, operation)| (path, operation, "2025-01-01", None));
    let usual = under(&changed(&fixed[..3]));
    let twice = under(&changed(&fixed));
    assert!(usual.counts == twice.counts, "moves move a child with SEN");
    let of = |table: &Simulated, indicator: &str| of_first(table, indicator, None);
    let [with, without] = [&usual, base()].map(|table| of(table, "permanent_exclusions"));
    assert!(
        (with - without).abs() < 1e-9,
        "the usual moves are in the published rates"
    );
    let ratio = of(&twice, "permanent_exclusions") / of(&usual, "permanent_exclusions");
    assert!((ratio - 0.85).abs() < 0.02, "{ratio}");
    let [moves, held] = ["managed_moves", "managed_moves_held"].map(|one| of(&usual, one));
    let expected = 2.0 * of(&usual, "permanent_exclusions");
    assert!(
        (moves / expected - 1.0).abs() < 0.06,
        "{moves} of {expected}"
    );
    assert!((held / moves - 0.5).abs() < 0.03, "{held} of {moves}");
    let twice_as_many = of(&twice, "managed_moves") / moves;
    assert!((twice_as_many - 2.0).abs() < 0.05, "{twice_as_many}");
}

#[test]
fn absence_is_the_published_share_by_need_and_school() {
    // Mean of 2023/24 and 2024/25 by need, over pupils with these needs in special schools.
    let of = |need: &str| {
        mean(base(), &|cell| {
            cell.indicator == "persistent_absence_share"
                && cell.time_period == "202526"
                && cell.primary_need == need
        })
    };
    let (semh, autism) = (
        of("Social, Emotional and Mental Health"),
        of("Autistic Spectrum Disorder"),
    );
    // Derby publishes 25 and 51% (primary, secondary) and 65% (special) for the first, 28, 34 and
    // 27% for the second, of 2024/25.
    assert!((30.0..55.0).contains(&semh), "{semh}");
    assert!((23.0..35.0).contains(&autism), "{autism}");

    let special = |indicator: &str| {
        mean(base(), &|cell| {
            cell.indicator == indicator
                && cell.time_period == "202526"
                && cell.setting == "State-funded special school"
        })
    };
    // All plans in special schools of 2024/25: 37.3 and 8.1%.
    let (persistent, severe) = (
        special("persistent_absence_share"),
        special("severe_absence_share"),
    );
    assert!((33.0..42.0).contains(&persistent), "{persistent}");
    assert!((5.0..12.0).contains(&severe), "{severe}");
}

#[test]
fn an_area_without_published_absence_has_none() {
    let mut unknown = pack().clone();
    unknown.absence.clear();
    let absence = Absence::new(AreaAbsenceRates::of(&unknown), 2025, YEARS);
    let design = Design {
        seed: 11,
        runs: 1,
        base_year: 2025,
        years: YEARS,
    };
    let draws = |draw| unlimited().rates(Draw::Sample { seed: 11, draw });
    let companions: [&dyn Companion; 1] = [&absence];
    let nothing = Scenario::baseline();
    let scenarios = [(&nothing, Kept::ALL)];
    let people = unlimited().people();
    let tables = simulate_with(people, &draws, &scenarios, &design, &companions, &|_| ());
    let table = tables.expect("people add up").remove(0);
    assert!(table.measures.values.iter().all(|share| share.is_nan()));
}

const REDUCED: &str = "reduced_timetable_sessions_percent";
const ON_REDUCED: &str = "reduced_timetable_children";

/// Values by run of a total of an academic year.
fn of_runs<'t>(table: &'t Simulated, indicator: &str, year: &str) -> &'t [f64] {
    let mut cells = table.measures.cells.iter();
    let at = cells.position(|cell| cell.indicator == indicator && cell.time_period == year);
    table.measures.of(at.expect("a total"))
}

#[test]
fn reduced_timetables_are_published_shares_and_none_where_there_are_none() {
    let year = "202526";
    let sessions = of_runs(base(), REDUCED, year);
    let mean = sessions.iter().sum::<f64>() / sessions.len() as f64;
    assert!((1.2..3.0).contains(&mean), "{mean}");
    let path = "absence.reduced-timetables.share";
    let none = under(&changed(&[(path, "set = 0.0", "2025-01-01", None)]));
    let half = under(&changed(&[
        (path, "set = 0.03", "2025-01-01", None),
        (
            "absence.reduced-timetables.part-lost",
            "set = 0.5",
            "2025-01-01",
            None,
        ),
        (
            "absence.yearly-change.reduced-timetables",
            "set = 0.0",
            "2025-01-01",
            None,
        ),
    ]));
    assert!(half.counts == base().counts, "it moves a child");
    for run in 0..RUNS as usize {
        for indicator in [REDUCED, ON_REDUCED] {
            assert!(of_runs(&none, indicator, year)[run].abs() < 1e-9);
        }
        // 3% of sessions, half a week each: 6% of the pupils, about 800 of Reception to Year 11.
        assert!((of_runs(&half, REDUCED, year)[run] - 3.0).abs() < 1e-6);
        let children = of_runs(&half, ON_REDUCED, year)[run];
        assert!((36.0..66.0).contains(&children), "{children}");
    }
}

#[test]
fn fuller_special_schools_have_more_reduced_timetables_by_hand() {
    let with_places = sendsim::study::baseline_with_places(pack(), YEARS);
    let at = |baseline: &Baseline, crowding: &str| {
        let path = "absence.reduced-timetables.crowding";
        let scenario = changed(&[(path, crowding, "2025-01-01", None)]);
        simulated(baseline, AreaExclusionRates::of(pack()), &scenario)
    };
    let (off, on) = (at(&with_places, "set = 0.0"), at(&with_places, "set = 5.0"));
    assert!(off.counts == on.counts, "it moves a child");
    // Residents and places of special schools by run: January 2025, then January 2027.
    let count = |indicator: &str, january: &str| {
        let mut cells = on.counts.cells.iter();
        let at = cells.position(|cell| {
            (cell.indicator, cell.time_identifier) == (indicator, "January")
                && cell.time_period == january
                && cell.setting == "State-funded special school"
                && cell.depth() == 1
        });
        on.counts.of(at.expect("a margin"))
    };
    let beyond = |january: &str, run: usize| {
        let of = |indicator| f64::from(count(indicator, january)[run]);
        (of("places_filled") / of("places_capacity") - 1.0).max(0.0)
    };
    let mut fuller = 0;
    for run in 0..RUNS as usize {
        let odds = |table: &Simulated| {
            let share = of_runs(table, REDUCED, "202627")[run] / 100.0;
            share / (1.0 - share)
        };
        let [now, at_base] = ["202627", "202425"].map(|january| 1.0 + 5.0 * beyond(january, run));
        let ratio = odds(&on) / odds(&off);
        assert!(
            (ratio - now / at_base).abs() < 1e-4,
            "{ratio} {now} {at_base}"
        );
        fuller += u32::from(ratio > 1.01);
        let children = |table: &Simulated| of_runs(table, ON_REDUCED, "202627")[run];
        assert!(children(&on) >= children(&off));
    }
    assert!(fuller > RUNS / 2, "{fuller}");
    let (off, on) = (at(unlimited(), "set = 0.0"), at(unlimited(), "set = 5.0"));
    assert!(is_same(&off, &on), "nobody is too many without places");
}
