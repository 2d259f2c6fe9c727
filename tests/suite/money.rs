//! Money of simulated futures: worked sums, balances, what a price leaves alone.

use std::path::Path;
use std::sync::OnceLock;

use crate::changes::changed;
use sendsim::area::AreaPack;
use sendsim::baseline::{Baseline, Draw};
use sendsim::domain::SpendLine;
use sendsim::money::{AreaCosts, Money};
use sendsim::parameters::ParameterSet;
use sendsim::scenario::{self, Scenario};
use sendsim::school_basis::SchoolBasis;
use sendsim::simulate::{Companion, Design, Kept, Simulated, simulate_with};
use sendsim::summarise::Cell;
use sendsim::timeliness::Timeliness;

const YEARS: usize = 5;
pub(crate) const RUNS: u32 = 4;

pub(crate) const SPEND: &str = "high_needs_spend_pounds";

struct Derby {
    pack: AreaPack,
    baseline: Baseline,
}

fn derby() -> &'static Derby {
    static DERBY: OnceLock<Derby> = OnceLock::new();
    DERBY.get_or_init(|| {
        let pack = AreaPack::embedded("derby", &mut Vec::new()).expect("built in");
        let baseline = sendsim::study::baseline(&pack, YEARS);
        Derby { pack, baseline }
    })
}

pub(crate) fn simulated(scenarios: &[&Scenario]) -> Vec<Simulated> {
    let Derby { pack, baseline } = derby();
    let rates = |draw| baseline.rates(Draw::Sample { seed: 3, draw });
    let design = Design {
        seed: 3,
        runs: RUNS,
        base_year: 2025,
        years: YEARS,
    };
    let money = Money::new(AreaCosts::of(pack), None, 2025, YEARS);
    let scenarios: Vec<_> = scenarios.iter().map(|one| (*one, Kept::ALL)).collect();
    let people = baseline.people();
    simulate_with(people, &rates, &scenarios, &design, &[&money], &|_| ()).expect("people add up")
}

pub(crate) fn base() -> &'static Simulated {
    static BASE: OnceLock<Simulated> = OnceLock::new();
    BASE.get_or_init(|| simulated(&[&Scenario::baseline()]).remove(0))
}

/// Values by run of the rows that a test is about.
pub(crate) fn values<'t>(
    table: &'t Simulated,
    wanted: &dyn Fn(&Cell) -> bool,
) -> Vec<(&'t Cell, &'t [f64])> {
    let cells = table.measures.cells.iter().enumerate();
    cells
        .filter(|(_, cell)| wanted(cell))
        .map(|(index, cell)| (cell, table.measures.of(index)))
        .collect()
}

pub(crate) fn total<'t>(
    table: &'t Simulated,
    indicator: &str,
    basis: &str,
    year: &str,
) -> &'t [f64] {
    let wanted = |cell: &Cell| {
        cell.indicator == indicator
            && cell.basis == basis
            && cell.time_period == year
            && cell.depth() == 0
    };
    values(table, &wanted)[0].1
}

pub(crate) fn line<'t>(
    table: &'t Simulated,
    indicator: &str,
    line: SpendLine,
    year: &str,
) -> &'t [f64] {
    let wanted = |cell: &Cell| {
        cell.indicator == indicator
            && cell.basis != "real"
            && cell.time_period == year
            && cell.category == line.label()
            && cell.depth() == 1
    };
    values(table, &wanted)[0].1
}

pub(crate) fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0)
}

#[test]
fn spend_is_plan_years_times_price() {
    // Home education has no local ratio; in the first year prices have not risen yet.
    let fixed = changed(&[(
        "money.price.home-education",
        "set = 1234.0",
        "2025-01-01",
        None,
    )]);
    let table = simulated(&[&fixed]).remove(0);
    let spent = line(&table, SPEND, SpendLine::HomeEducation, "202526");
    let plans = line(&table, "plan_years", SpendLine::HomeEducation, "202526");
    for (spent, plans) in spent.iter().zip(plans) {
        assert!(
            *plans > 30.0 && close(*spent, plans * 1234.0),
            "{spent} of {plans}"
        );
    }
}

#[test]
fn plan_years_lie_between_the_stocks_of_the_year() {
    let stock = |january: &str| {
        let cells = base().counts.cells.iter();
        let at = cells.clone().position(|cell| {
            cell.indicator == "ehc_plans" && cell.time_period == january && cell.depth() == 0
        });
        base().counts.of(at.expect("a total"))
    };
    let (before, after) = (stock("202425"), stock("202627"));
    let years = total(base(), "plan_years", "residence", "202526");
    for run in 0..RUNS as usize {
        let (low, high) = (f64::from(before[run]), f64::from(after[run]));
        assert!(
            (low..high).contains(&years[run]),
            "{low} {} {high}",
            years[run]
        );
    }
}

#[test]
fn every_margin_adds_up_to_its_total() {
    for (indicator, basis) in [
        (SPEND, "cash"),
        ("plan_years", "residence"),
        (SPEND, "real"),
    ] {
        for year in ["202526", "202829"] {
            let whole = total(base(), indicator, basis, year);
            for column in ["age_group", "primary_need", "setting", "category"] {
                let of_column = |cell: &Cell| {
                    let mut parts = cell.breakdowns().into_iter();
                    cell.indicator == indicator
                        && cell.basis == basis
                        && cell.time_period == year
                        && cell.depth() == 1
                        && parts.any(|(name, value)| name == column && value != "Total")
                };
                let rows = values(base(), &of_column);
                if rows.is_empty() {
                    assert_eq!(basis, "real", "{indicator} by {column}");
                    continue;
                }
                for run in 0..RUNS as usize {
                    let sum: f64 = rows.iter().map(|(_, values)| values[run]).sum();
                    assert!(
                        close(sum, whole[run]),
                        "{indicator} by {column}: {sum} of {}",
                        whole[run]
                    );
                }
            }
        }
    }
}

#[test]
fn crosses_add_up_to_their_line() {
    let year = "202627";
    for placement in &SpendLine::ALL[..SpendLine::PLACEMENTS] {
        let whole = line(base(), "plan_years", *placement, year);
        for column in ["age_group", "primary_need"] {
            let of_column = |cell: &Cell| {
                cell.indicator == "plan_years"
                    && cell.time_period == year
                    && cell.category == placement.label()
                    && cell.depth() == 2
                    && cell
                        .breakdowns()
                        .iter()
                        .any(|(name, value)| *name == column && *value != "Total")
            };
            let rows = values(base(), &of_column);
            for run in 0..RUNS as usize {
                let sum: f64 = rows.iter().map(|(_, values)| values[run]).sum();
                assert!(close(sum, whole[run]), "{placement:?} by {column}");
            }
        }
    }
}

#[test]
fn balances_are_sums_of_what_is_left_each_year() {
    let years = ["202526", "202627", "202728", "202829"];
    let of = |indicator: &str, year: &str, run: usize| total(base(), indicator, "cash", year)[run];
    for run in 0..RUNS as usize {
        for pair in years.windows(2) {
            let (before, year) = (pair[0], pair[1]);
            let left = of("high_needs_block_pounds", year, run) - of(SPEND, year, run);
            let in_year = of("dsg_in_year_balance_pounds", year, run);
            assert!(close(left, in_year), "{year}");
            let opening = of("dsg_cumulative_balance_pounds", before, run);
            // The stability grant pays nine tenths of the deficit of March 2026.
            let grant = if year == "202627" {
                0.9 * (-opening).max(0.0)
            } else {
                0.0
            };
            let closing = of("dsg_cumulative_balance_pounds", year, run);
            assert!(
                close(opening + grant + in_year, closing),
                "{year}: {opening} {closing}"
            );
        }
    }
}

#[test]
fn a_price_moves_no_child_and_raises_its_own_line_by_as_much() {
    let dearer = changed(&[(
        "money.price.independent-special",
        "multiply = 1.1",
        "2025-01-01",
        None,
    )]);
    let table = simulated(&[&dearer]).remove(0);
    assert_eq!(table.counts, base().counts);
    for other in [
        SpendLine::StateSpecial,
        SpendLine::Mainstream,
        SpendLine::Inclusion,
    ] {
        assert_eq!(
            line(&table, SPEND, other, "202728"),
            line(base(), SPEND, other, "202728")
        );
    }
    let own = SpendLine::IndependentSpecial;
    let (after, before) = (
        line(&table, SPEND, own, "202728"),
        line(base(), SPEND, own, "202728"),
    );
    for (after, before) in after.iter().zip(before) {
        assert!(close(*after, 1.1 * before));
    }
}

#[test]
fn a_change_in_the_middle_of_a_year_counts_from_its_quarter() {
    let later = changed(&[(
        "money.price.independent-special",
        "multiply = 2",
        "2025-10-01",
        None,
    )]);
    let table = simulated(&[&later]).remove(0);
    let own = SpendLine::IndependentSpecial;
    for (year, times) in [("202526", 1.5), ("202627", 2.0)] {
        let (after, before) = (
            line(&table, SPEND, own, year),
            line(base(), SPEND, own, year),
        );
        assert!(close(after[0], times * before[0]), "{year}");
    }
}

#[test]
fn a_programme_costs_what_its_scenario_says() {
    let paid = changed(&[(
        "money.programme-cost",
        "add = 1000000",
        "2025-04-01",
        Some("2026-04-01"),
    )]);
    let table = simulated(&[&paid]).remove(0);
    let council =
        |table: &Simulated, year: &str| total(table, "council_spend_pounds", "cash", year)[0];
    assert!(close(
        council(&table, "202526") - council(base(), "202526"),
        1e6
    ));
    assert!(close(council(&table, "202627"), council(base(), "202627")));
}

/// Every number of money that a scenario can change moves something, and no child.
#[test]
fn every_changeable_number_of_money_moves_money() {
    let paths: Vec<&str> = ParameterSet::embedded()
        .changeable_paths()
        .filter(|path| path.starts_with("money."))
        // Where its children are followed: tests/suite/alternative_provision.rs.
        .filter(|path| !path.starts_with("money.alternative-provision."))
        // Where children who cross the border are followed: a test of its own below.
        .filter(|path| *path != "money.block.import-export")
        // Where requests are simulated: with the posts below.
        .filter(|path| *path != "money.disputes.cost-per-mediation")
        // Where a scenario adds posts: a test of its own below.
        .filter(|path| !path.ends_with("-post") && *path != "money.casework.post")
        // Where a scenario adds locums: a test of its own below.
        .filter(|path| !path.starts_with("money.locums."))
        // Where places open: a test of its own below.
        .filter(|path| !path.starts_with("money.borrowing."))
        .collect();
    assert!(paths.len() > 25, "{}", paths.len());
    for path in paths {
        // Lines of an area that has an outturn come from it; therapies of Derby are nothing.
        if path.starts_with("money.area-lines.") && path != "money.area-lines.uplift" {
            continue;
        }
        let is_nothing = matches!(path, "money.programme-cost" | "money.block.transfer");
        let is_drift = path.starts_with("money.top-up.drift.");
        let operation = if is_drift || path == "money.opening-surplus" {
            "add = 0.5"
        } else if is_nothing {
            "add = 1000"
        } else {
            "multiply = 0.8"
        };
        let table = simulated(&[&changed(&[(path, operation, "2025-01-01", None)])]).remove(0);
        assert!(table.counts == base().counts, "{path}");
        assert!(table.measures != base().measures, "{path} moves nothing");
    }
}

#[test]
fn the_deficit_stands_against_reserves_once_the_override_ends() {
    let of = |table: &Simulated, indicator: &str, year: &str| -> Vec<f64> {
        let mut cells = table.measures.cells.iter().enumerate();
        let found = cells.find(|(_, cell)| {
            (cell.indicator, cell.time_period.as_str(), cell.basis) == (indicator, year, "cash")
                && cell.depth() == 0
        });
        let (index, _) = found.expect("the row is there");
        table.measures.of(index).to_vec()
    };
    let [owed, in_year, cumulative] = [
        "deficit_on_council_pounds",
        "dsg_in_year_balance_pounds",
        "dsg_cumulative_balance_pounds",
    ];
    assert!(of(base(), owed, "202728").iter().all(|owed| *owed == 0.0));
    let all = ("money.government-share", "set = 1.0", "2028-04-01", None);
    let none = ("money.government-share", "set = 0.0", "2028-04-01", None);
    let longer = ("money.override", "set = 1.0", "2028-04-01", None);
    let under = |change| simulated(&[&changed(&[change])]).remove(0);
    let (paid, unpaid, extended) = (under(all), under(none), under(longer));
    for run in 0..of(base(), owed, "202829").len() {
        let at = |table: &Simulated, what: &str, year: &str| of(table, what, year)[run];
        let before = (-at(base(), cumulative, "202728")).max(0.0);
        let of_year = at(base(), in_year, "202829");
        let expected = (before - of_year).max(0.0);
        assert!(close(at(&unpaid, owed, "202829"), expected), "run {run}");
        if of_year < 0.0 {
            assert!(close(at(&paid, owed, "202829"), before), "run {run}");
        }
        assert!(at(&extended, owed, "202829") == 0.0);
        let usual = at(base(), owed, "202829");
        assert!(usual >= at(&paid, owed, "202829") - 0.01);
        assert!(usual <= at(&unpaid, owed, "202829") + 0.01);
    }
}

#[test]
fn examples_of_money_move_money_and_no_child() {
    for name in [
        "independent-fee-control",
        "travel-training",
        "block-held-in-cash",
        "band-review",
    ] {
        let example = scenario::load(Path::new(name), 2025).expect("a good example");
        let table = simulated(&[&example]).remove(0);
        assert_eq!(table.counts, base().counts, "{name}");
        assert_ne!(table.measures, base().measures, "{name}");
    }
}

#[test]
fn what_partners_pay_more_the_block_pays_less() {
    let more = changed(&[("money.joint.health-share", "add = 0.1", "2027-04-01", None)]);
    let tables = simulated(&[&Scenario::baseline(), &more]);
    let year = "202728";
    let together = [SpendLine::IndependentSpecial, SpendLine::SpecialistPost16];
    let of = |table: usize, run: usize| {
        let block: f64 = together
            .iter()
            .map(|of| line(&tables[table], SPEND, *of, year)[run])
            .sum();
        let partners = SpendLine::PARTNERS
            .map(|of| line(&tables[table], "partner_spend_pounds", of, year)[run]);
        (block, partners)
    };
    for run in 0..RUNS as usize {
        let ((before, [health, care]), (after, [more_health, same_care])) =
            (of(0, run), of(1, run));
        let cost = before + health + care;
        assert!(close(cost, after + more_health + same_care));
        assert!(close(more_health / cost, health / cost + 0.1));
        assert!(close(care, same_care));
        let partners = |table: usize| total(&tables[table], "partner_spend_pounds", "cash", year);
        assert!(close(partners(0)[run], health + care));
        let all = |table: usize| {
            let name = "spend_present_value_pounds";
            total(&tables[table], name, "real", year)[run]
        };
        assert!(close(all(0), all(1)));
        let special = |table: usize| line(&tables[table], SPEND, SpendLine::StateSpecial, year);
        assert!(close(special(0)[run], special(1)[run]));
    }
    assert_eq!(tables[0].counts.values, tables[1].counts.values);
}

#[test]
fn what_is_put_in_is_programmes_and_buildings() {
    let cost = changed(&[("money.programme-cost", "add = 1000000", "2025-04-01", None)]);
    let table = simulated(&[&cost]).remove(0);
    for run in 0..RUNS as usize {
        let sum: f64 = ["202526", "202627", "202728"]
            .iter()
            .enumerate()
            .map(|(ahead, year)| {
                let wanted = |cell: &Cell| {
                    cell.indicator == "council_spend_pounds"
                        && cell.basis == "real"
                        && cell.time_period == *year
                        && cell.category == SpendLine::Programmes.label()
                };
                // The Treasury's 3.5% a year.
                values(&table, &wanted)[0].1[run] / 1.035_f64.powi(ahead as i32)
            })
            .sum();
        let put_in = total(&table, "put_in_present_value_pounds", "real", "202728")[run];
        assert!(close(put_in, sum), "{put_in} {sum}");
    }
}

#[test]
fn borrowed_capital_costs_from_the_year_after_it_is_spent() {
    let pack = &derby().pack;
    let with_places = sendsim::study::baseline_with_places(pack, YEARS);
    let money = Money::new(AreaCosts::of(pack), None, 2025, YEARS);
    let opening = "[[change]]\npath = \"places.capacity\"\nfrom = 2026-09-01\nadd = 40\n\
                   settings = [\"state-special\"]\nreason = \"r\"\nsource = \"s\"\n";
    let borrowed = |sizes: [f64; 3]| {
        let numbers = ["share", "rate", "years"].into_iter().zip(sizes);
        let changes = numbers.map(|(number, size)| {
            format!(
                "[[change]]\npath = \"money.borrowing.{number}\"\nfrom = 2025-01-01\nset = {size}\n\
                 reason = \"r\"\nsource = \"s\"\n"
            )
        });
        let changes: String = changes.collect();
        let text = format!(
            "title = \"t\"\nquestion = \"q?\"\nbase = \"baseline\"\nauthor = \"a\"\n\
             date = 2026-01-01\nnot-modelled = []\n{opening}{changes}"
        );
        let file = sendsim::toml_file::TomlFile::new("borrowing.toml", text);
        let scenario = scenario::read(&file, 2025).expect("a good scenario");
        crate::derby::simulated(&with_places, &scenario, &[&money], (3, RUNS, YEARS))
    };
    let table = borrowed([1.0, 0.05, 40.0]);
    let capital = |year: &str| total(&table, "capital_spend_pounds", "cash", year)[0];
    let cost =
        |table: &Simulated, year: &str| total(table, "borrowing_cost_pounds", "cash", year)[0];
    let spent = capital("202526") + capital("202627") + capital("202728");
    assert!(spent > 1e6, "{spent}");
    // At 5% over 40 years a pound costs 5.828 pence a year.
    let annuity = 0.05 / (1.0 - 1.05_f64.powi(-40));
    let expected = annuity * spent;
    let found = cost(&table, "202829");
    assert!((found / expected - 1.0).abs() < 1e-6, "{found} {expected}");
    assert!((cost(&table, "202627") - annuity * capital("202526")).abs() < 1.0);
    for (less, ratio) in [
        ([0.5, 0.05, 40.0], 0.5),
        ([1.0, 0.0, 40.0], 0.025 / annuity),
    ] {
        let of_less = cost(&borrowed(less), "202829");
        assert!(
            (of_less / found - ratio).abs() < 1e-6,
            "{less:?}: {of_less}"
        );
    }
    assert!(cost(&borrowed([1.0, 0.05, 20.0]), "202829") > found);
    assert!(
        borrowed([0.5, 0.05, 40.0]).counts == table.counts,
        "moves no child"
    );
}

/// The capital of a year in every run, where places open and close as the changes say.
fn capital_of(changes: &[(&str, &str)]) -> Vec<Vec<f64>> {
    let pack = &derby().pack;
    let with_places = sendsim::study::baseline_with_places(pack, YEARS);
    let money = Money::new(AreaCosts::of(pack), None, 2025, YEARS);
    let changes = changes.iter().map(|(operation, from)| {
        format!(
            "[[change]]\npath = \"places.capacity\"\nfrom = {from}\n{operation}\n\
             settings = [\"state-special\"]\nreason = \"r\"\nsource = \"s\"\n"
        )
    });
    let changes: String = changes.collect();
    let text = format!(
        "title = \"t\"\nquestion = \"q?\"\nbase = \"baseline\"\nauthor = \"a\"\n\
         date = 2026-01-01\nnot-modelled = []\n{changes}"
    );
    let file = sendsim::toml_file::TomlFile::new("capital.toml", text);
    let scenario = scenario::read(&file, 2025).expect("a good scenario");
    let table = crate::derby::simulated(&with_places, &scenario, &[&money], (3, RUNS, YEARS));
    let years = ["202526", "202627", "202728", "202829"];
    let of_year = |year: &&str| total(&table, "capital_spend_pounds", "real", year).to_vec();
    years.iter().map(of_year).collect()
}

#[test]
fn a_building_costs_its_places_half_a_year_before_also_where_as_many_close() {
    // Pounds a place in special schools differ by draw; in real terms they rise with earnings.
    let opened = capital_of(&[("add = 40", "2027-09-01")]);
    let replaced = capital_of(&[("add = 40", "2027-09-01"), ("add = -40", "2027-09-02")]);
    let in_january = capital_of(&[("add = 40", "2028-01-05")]);
    let after_the_last = capital_of(&[("add = 40", "2029-09-01")]);
    for run in 0..RUNS as usize {
        let [first, before, own, next] = [0, 1, 2, 3].map(|year: usize| opened[year][run]);
        assert!(first.abs() < 1e-6 && next.abs() < 1e-6);
        assert!(
            before > 5e5 && (own / before - 1.0).abs() < 0.05,
            "{before} {own}"
        );
        for year in 0..4 {
            assert!((replaced[year][run] - opened[year][run]).abs() < 1.0);
            // 5 January 2028 is in the financial year of the September before.
            assert!((in_january[year][run] - opened[year][run]).abs() < 1.0);
        }
        // Half of what opens in the year after the last is paid in the last.
        let last = after_the_last[3][run];
        assert!((last / own - 1.0).abs() < 0.1, "{last} {own}");
    }
}

#[test]
fn posts_that_are_added_cost_their_whole_pay_for_the_days_they_are_there() {
    let pack = &derby().pack;
    let baseline = sendsim::study::with_process(sendsim::study::baseline(pack, YEARS), pack);
    let money = Money::new(AreaCosts::of(pack), None, 2025, YEARS);
    let spent = |changes: &[(&str, &str, &str, Option<&str>)]| {
        let fixed = [
            (
                "money.educational-psychology.cost-per-hour",
                "set = 50",
                "2025-01-01",
                None,
            ),
            (
                "money.educational-psychology.hours-per-post",
                "set = 1500",
                "2025-01-01",
                None,
            ),
            ("money.casework.post", "set = 45000", "2025-01-01", None),
        ];
        let changes: Vec<_> = fixed.iter().chain(changes).copied().collect();
        crate::derby::simulated(&baseline, &changed(&changes), &[&money], (3, RUNS, YEARS))
    };
    let usual = spent(&[]);
    // A mediation more dear by 1,000 pounds: as many thousands as there are mediations.
    let disputes = |table: &Simulated| {
        let wanted = |cell: &Cell| {
            cell.indicator == "council_spend_pounds"
                && (cell.basis, cell.category) == ("cash", SpendLine::Disputes.label())
                && cell.time_period == "202526"
        };
        values(table, &wanted)[0].1.to_vec()
    };
    let dear = spent(&[(
        "money.disputes.cost-per-mediation",
        "add = 1000",
        "2025-01-01",
        None,
    )]);
    for (dear, usual) in disputes(&dear).iter().zip(disputes(&usual)) {
        let mediations = (dear - usual) / 1_000.0;
        // Some fifty a year on average, in whole numbers.
        assert!((5.0..200.0).contains(&mediations), "{mediations}");
        assert!(
            (mediations - mediations.round()).abs() < 1e-6,
            "{mediations}"
        );
    }
    let posts = |path, add, until| spent(&[(path, add, "2025-06-01", Some(until))]);
    // In 2025-26 prices are those of 2025-26. Ten posts for 61 days, five for 304 (to 31 March).
    let psychologists = posts("process.psychologists.added", "add = 10", "2025-08-01");
    let officers = posts("process.officers.added", "add = 5", "2026-04-01");
    for (table, line_of, expected) in [
        (
            &psychologists,
            SpendLine::EducationalPsychology,
            10.0 * 75_000.0 * 61.0 / 365.0,
        ),
        (
            &officers,
            SpendLine::Casework,
            5.0 * 45_000.0 * 304.0 / 365.0,
        ),
    ] {
        let year = "202526";
        let of = |table: &Simulated| {
            let wanted = |cell: &Cell| {
                cell.indicator == "council_spend_pounds"
                    && (cell.basis, cell.category) == ("cash", line_of.label())
                    && cell.time_period == year
            };
            values(table, &wanted)[0].1.to_vec()
        };
        let put_in =
            |table: &Simulated| total(table, "put_in_present_value_pounds", "real", year).to_vec();
        for run in 0..RUNS as usize {
            let more = put_in(table)[run] - put_in(&usual)[run];
            assert!((more - expected).abs() < 1.0, "{more} {expected}");
            // More psychologists do more assessments in the year as well, each by the hour.
            let spent = of(table)[run] - of(&usual)[run];
            assert!(
                spent >= expected - 1.0 && spent < 1.6 * expected,
                "{spent} {expected}"
            );
        }
    }
}

#[test]
fn locums_cost_their_price_for_the_days_they_are_there_and_do_what_posts_do() {
    let pack = &derby().pack;
    let baseline = sendsim::study::with_process(sendsim::study::baseline(pack, YEARS), pack);
    let money = Money::new(AreaCosts::of(pack), None, 2025, YEARS);
    let timeliness = Timeliness::new(2025, YEARS);
    let spent = |changes: &[(&str, &str, &str, Option<&str>)]| {
        let fixed = [
            (
                "money.locums.psychologist-day",
                "set = 500",
                "2025-01-01",
                None,
            ),
            ("money.locums.officer-day", "set = 350", "2025-01-01", None),
            (
                "money.locums.days-per-year",
                "set = 220",
                "2025-01-01",
                None,
            ),
        ];
        let changes: Vec<_> = fixed.iter().chain(changes).copied().collect();
        let companions: [&dyn Companion; 2] = [&money, &timeliness];
        crate::derby::simulated(&baseline, &changed(&changes), &companions, (3, RUNS, YEARS))
    };
    let put_in =
        |table: &Simulated| total(table, "put_in_present_value_pounds", "real", "202526").to_vec();
    let usual = spent(&[]);
    let of_team = |path, until| spent(&[(path, "add = 4", "2025-06-01", Some(until))]);
    // 61 days, 304 days (to 31 March) of four locums.
    let psychologists = of_team("process.psychologists.locums", "2025-08-01");
    let officers = of_team("process.officers.locums", "2026-04-01");
    let dear = spent(&[
        (
            "process.psychologists.locums",
            "add = 4",
            "2025-06-01",
            Some("2025-08-01"),
        ),
        (
            "money.locums.psychologist-day",
            "multiply = 1.5",
            "2025-06-01",
            Some("2025-08-01"),
        ),
    ]);
    let fewer_days = spent(&[
        (
            "process.officers.locums",
            "add = 4",
            "2025-06-01",
            Some("2026-04-01"),
        ),
        (
            "money.locums.days-per-year",
            "multiply = 0.5",
            "2025-02-01",
            None,
        ),
    ]);
    let year = 365.25;
    for (table, expected) in [
        (&psychologists, 4.0 * 500.0 * 220.0 * 61.0 / year),
        (&dear, 4.0 * 750.0 * 220.0 * 61.0 / year),
        (&officers, 4.0 * 350.0 * 220.0 * 304.0 / year),
        (&fewer_days, 4.0 * 350.0 * 110.0 * 304.0 / year),
    ] {
        for run in 0..RUNS as usize {
            let more = put_in(table)[run] - put_in(&usual)[run];
            assert!((more - expected).abs() < 1.0, "{more} {expected}");
        }
    }
    // What they do is what as many posts do, to the bit.
    let posts = of_team("process.psychologists.added", "2025-08-01");
    let weeks = |table: &Simulated| {
        let wanted = |cell: &Cell| cell.indicator == "weeks_to_plan_p50";
        values(table, &wanted)
            .into_iter()
            .map(|(_, of)| of.to_vec())
            .collect::<Vec<_>>()
    };
    assert_eq!(weeks(&psychologists), weeks(&posts));
    assert_ne!(weeks(&psychologists), weeks(&usual));
}

fn by_kind(table: &Simulated, indicator: &str, year: &str) -> Vec<(String, Vec<f64>)> {
    let wanted = |cell: &Cell| {
        cell.indicator == indicator
            && cell.basis != "real"
            && cell.time_period == year
            && cell.category != "Total"
    };
    let found = values(table, &wanted).into_iter();
    found
        .map(|(cell, runs)| (cell.category.to_owned(), runs.to_vec()))
        .collect()
}

#[test]
fn transport_by_mode_and_by_distance_adds_up_and_costs_what_is_published_on_the_base_date() {
    for year in ["202526", "202829"] {
        let all = total(base(), "transport_spend_pounds", "cash", year);
        let children = total(base(), "children_with_transport", "residence", year);
        for run in 0..RUNS as usize {
            for (indicator, whole) in [
                ("transport_spend_pounds", all),
                ("transport_spend_by_distance_pounds", all),
                ("children_with_transport", children),
            ] {
                let parts = by_kind(base(), indicator, year);
                let sum: f64 = parts.iter().map(|(_, runs)| runs[run]).sum();
                assert!(close(sum, whole[run]), "{indicator} {year}");
            }
        }
    }
    // Another split on the base date moves the parts and leaves the sum of the base date: without
    // growth of plans or prices the first year would be equal; plans differ by setting in growth.
    let own = changed(&[(
        "money.transport.mode.budget.school",
        "set = 0.3",
        "2025-01-01",
        None,
    )]);
    let table = simulated(&[&own]).remove(0);
    let year = "202526";
    let ratio = total(&table, "transport_spend_pounds", "cash", year)[0]
        / total(base(), "transport_spend_pounds", "cash", year)[0];
    assert!((ratio - 1.0).abs() < 0.01, "{ratio}");
    let budgets = |table: &Simulated| by_kind(table, "children_with_transport", year)[2].1[0];
    assert!(budgets(&table) > 1.5 * budgets(base()));
}

/// A child who travels by a budget instead of a shared vehicle costs half of it.
#[test]
fn a_mode_that_changes_later_saves_by_hand_and_moves_no_child() {
    let fixed = [
        (
            "money.transport.relative.budget",
            "set = 0.5",
            "2025-01-01",
            None,
        ),
        (
            "money.transport.relative.near",
            "set = 1",
            "2025-01-01",
            None,
        ),
        (
            "money.transport.relative.far",
            "set = 1",
            "2025-01-01",
            None,
        ),
    ];
    let with = |more: &[(&str, &str, &str, Option<&str>)]| {
        let changes: Vec<_> = fixed.iter().chain(more).copied().collect();
        simulated(&[&changed(&changes)]).remove(0)
    };
    let usual = with(&[]);
    let more = with(&[(
        "money.transport.mode.budget.school",
        "add = 0.1",
        "2026-04-01",
        None,
    )]);
    assert!(usual.counts == more.counts);
    let year = "202728";
    for run in 0..RUNS as usize {
        let of = |table: &Simulated, indicator: &str, at: usize| {
            by_kind(table, indicator, year)[at].1[run]
        };
        let [shared, budget] = [0, 2];
        let shared_cost = of(&usual, "transport_spend_pounds", shared)
            / of(&usual, "children_with_transport", shared);
        let moved = of(&more, "children_with_transport", budget)
            - of(&usual, "children_with_transport", budget);
        let left = of(&usual, "children_with_transport", shared)
            - of(&more, "children_with_transport", shared);
        assert!(moved > 50.0 && close(moved, left), "{moved} {left}");
        let all = |table: &Simulated| total(table, "transport_spend_pounds", "cash", year)[run];
        let saved = all(&usual) - all(&more);
        assert!(
            (saved / (moved * shared_cost / 2.0) - 1.0).abs() < 1e-6,
            "{saved}"
        );
    }
}

/// Fewer places send more children to other authorities' schools: £6,000 less for each.
#[test]
fn the_block_follows_children_who_cross_the_border() {
    let pack = &derby().pack;
    let with_places = sendsim::study::baseline_with_places(pack, YEARS);
    let basis = SchoolBasis::of(pack, 2025, YEARS);
    let money = Money::new(AreaCosts::of(pack), None, 2025, YEARS).with_school_basis(basis.clone());
    let of = |scenario: &Scenario| {
        crate::derby::simulated(&with_places, scenario, &[&basis, &money], (3, RUNS, YEARS))
    };
    let fewer = changed(&[("places.capacity", "multiply = 0.8", "2026-06-01", None)]);
    let (usual, fewer) = (of(&Scenario::baseline()), of(&fewer));
    let mut lost = 0.0;
    for (year, january) in [
        ("202627", "202526"),
        ("202728", "202627"),
        ("202829", "202728"),
    ] {
        for run in 0..RUNS as usize {
            let block =
                |table: &Simulated| total(table, "high_needs_block_pounds", "cash", year)[run];
            let net =
                |table: &Simulated| total(table, "high_needs_net_imports", "school", january)[run];
            let expected = 6_000.0 * (net(&fewer) - net(&usual));
            let found = block(&fewer) - block(&usual);
            assert!((found - expected).abs() < 1.0, "{year}: {found} {expected}");
            lost -= net(&fewer) - net(&usual);
        }
    }
    assert!(lost > 0.0, "{lost}");
}
