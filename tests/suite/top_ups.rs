//! Place funding and top-ups by band: sums, levers that move one band and no child.

use std::sync::OnceLock;

use crate::changes::changed;
use crate::money::{RUNS, SPEND, base, close, line, simulated, total, values};
use sendsim::domain::SpendLine;
use sendsim::simulate::Simulated;
use sendsim::summarise::Cell;

const TOP_UPS: &str = "top_up_spend_pounds";
const PLACES: &str = "place_funding_pounds";
const PLANS: &str = "plan_years_by_band";

const YEARS: [&str; 4] = ["202526", "202627", "202728", "202829"];

const LINES: [SpendLine; 3] = [
    SpendLine::Mainstream,
    SpendLine::Base,
    SpendLine::StateSpecial,
];

/// Values of a band by run.
fn band<'t>(table: &'t Simulated, indicator: &str, band: usize, year: &str) -> &'t [f64] {
    let label = format!("Band {band}");
    let wanted = |cell: &Cell| {
        cell.indicator == indicator
            && cell.basis != "real"
            && cell.time_period == year
            && cell.category == label
    };
    values(table, &wanted)[0].1
}

fn under(changes: &[(&str, &str, &str, Option<&str>)]) -> Simulated {
    let table = simulated(&[&changed(changes)]).remove(0);
    assert_eq!(table.counts, base().counts, "it moves a child");
    table
}

/// Shares of the five bands as stated from the base date.
fn with_shares(shares: [f64; 5], more: &[(&str, &str, &str, Option<&str>)]) -> Simulated {
    let numbered = (1..).zip(shares);
    let written: Vec<(String, String)> = numbered
        .map(|(band, share)| {
            let path = format!("money.top-up.share.band-{band}");
            (path, format!("set = {share:?}"))
        })
        .collect();
    let mut changes: Vec<_> = written
        .iter()
        .map(|(path, set)| (path.as_str(), set.as_str(), "2025-01-01", None))
        .collect();
    changes.extend(more);
    under(&changes)
}

#[test]
fn bands_and_places_add_up_to_the_spend_of_their_lines() {
    for year in YEARS {
        let whole = |indicator: &str, basis: &str| total(base(), indicator, basis, year);
        for run in 0..RUNS as usize {
            let top_ups: f64 = (1..=5).map(|of| band(base(), TOP_UPS, of, year)[run]).sum();
            assert!(close(top_ups, whole(TOP_UPS, "cash")[run]));
            let spend: f64 = LINES
                .map(|of| line(base(), SPEND, of, year)[run])
                .iter()
                .sum();
            let places = whole(PLACES, "cash")[run];
            assert!(close(top_ups + places, spend), "{year}: {spend}");
            let plans: f64 = (1..=5).map(|of| band(base(), PLANS, of, year)[run]).sum();
            assert!(close(plans, whole(PLANS, "residence")[run]));
            let of_line = |of| line(base(), "plan_years", of, year)[run];
            assert!(close(plans, LINES.map(of_line).iter().sum()));
            // £10,000 of a special school and £6,000 of a base, whatever prices do.
            let special = line(base(), PLACES, SpendLine::StateSpecial, year)[run];
            assert!(close(special, 10_000.0 * of_line(SpendLine::StateSpecial)));
            let of_base = line(base(), PLACES, SpendLine::Base, year)[run];
            assert!(close(of_base, 6_000.0 * of_line(SpendLine::Base)));
            assert!(close(special + of_base, places));
        }
    }
}

/// All plans in the lowest band from their beginning.
const LOWEST: [f64; 5] = [1.0, 0.0, 0.0, 0.0, 0.0];

fn lowest() -> &'static Simulated {
    static LOWEST_BAND: OnceLock<Simulated> = OnceLock::new();
    LOWEST_BAND.get_or_init(|| with_shares(LOWEST, &[]))
}

#[test]
fn bands_move_no_spend_on_the_base_date() {
    // With one band a line is paid its price for every plan.
    for of in LINES {
        let [first, last] = [YEARS[0], YEARS[3]].map(|year| {
            let (usual, price) = (
                line(base(), SPEND, of, year),
                line(lowest(), SPEND, of, year),
            );
            let pairs = usual.iter().zip(price);
            pairs
                .map(|(usual, price)| (usual / price - 1.0).abs())
                .fold(0.0, f64::max)
        });
        // Later a line's average wanders as children come and go, most in a base with few.
        assert!(first < 0.03 && last < 0.12, "{of:?}: {first} {last}");
    }
}

#[test]
fn a_cut_of_a_band_moves_that_band_by_as_much_and_nothing_else() {
    let cut = under(&[(
        "money.top-up.level.band-4",
        "multiply = 0.9",
        "2026-04-01",
        None,
    )]);
    for year in YEARS {
        let times = if year == "202526" { 1.0 } else { 0.9 };
        for run in 0..RUNS as usize {
            for of in 1..=5 {
                let [before, after] =
                    [base(), &cut].map(|table| band(table, TOP_UPS, of, year)[run]);
                let expected = if of == 4 { times * before } else { before };
                assert!(close(after, expected), "band {of} in {year}");
                let plans = [base(), &cut].map(|table| band(table, PLANS, of, year)[run]);
                assert!(close(plans[0], plans[1]));
            }
            let [before, after] =
                [base(), &cut].map(|table| total(table, SPEND, "cash", year)[run]);
            let saved = (1.0 - times) * band(base(), TOP_UPS, 4, year)[run];
            assert!(close(after, before - saved), "{year}");
        }
    }
}

#[test]
fn a_frozen_band_stays_in_cash_and_twice_the_rise_is_twice_the_rise() {
    let uplift = |set| {
        let change = ("money.top-up.uplift.band-1", set, "2025-01-01", None);
        with_shares(LOWEST, &[change])
    };
    let (frozen, twice) = (uplift("set = 0.0"), uplift("set = 2.0"));
    let places = |table: &Simulated, of: SpendLine, year: &str| match of {
        SpendLine::Mainstream => vec![0.0; RUNS as usize],
        of => line(table, PLACES, of, year).to_vec(),
    };
    for of in LINES {
        for run in 0..RUNS as usize {
            let a_plan = |table: &Simulated, year: &str| {
                let top_ups = line(table, SPEND, of, year)[run] - places(table, of, year)[run];
                top_ups / line(table, "plan_years", of, year)[run]
            };
            let [first, second] = [YEARS[0], YEARS[1]].map(|year| a_plan(lowest(), year));
            assert!(second > first && first > 1_000.0);
            for year in YEARS {
                let in_cash = a_plan(&frozen, year);
                assert!(
                    (in_cash / first - 1.0).abs() < 1e-6,
                    "{of:?}: {in_cash} {first}"
                );
            }
            let expected = first + 2.0 * (second - first);
            let found = a_plan(&twice, YEARS[1]);
            assert!((found / expected - 1.0).abs() < 1e-6, "{found} {expected}");
        }
    }
}

#[test]
fn drift_moves_plans_up_at_the_price_of_the_next_band() {
    let relative = |path, set| (path, set, "2025-01-01", None);
    let prices = [
        relative("money.top-up.relative.band-1", "set = 1.0"),
        relative("money.top-up.relative.band-2", "set = 3.0"),
    ];
    let drift = |until| {
        (
            "money.top-up.drift.band-1",
            "set = 1.0",
            "2026-04-01",
            until,
        )
    };
    let still = with_shares(LOWEST, &prices);
    let moved = with_shares(LOWEST, &[prices[0], prices[1], drift(Some("2027-04-01"))]);
    for run in 0..RUNS as usize {
        let first = |table: &Simulated| total(table, SPEND, "cash", YEARS[0])[run];
        assert!(close(first(&still), first(&moved)));
        for year in [YEARS[1], YEARS[2]] {
            let of = |table: &Simulated, of| band(table, TOP_UPS, of, year)[run];
            // Who moved costs three times as much; plans that began later stay where they are.
            let of_moved = of(&still, 1) - of(&moved, 1);
            assert!(of_moved > 1e6 && of(&moved, 1) > 1e5);
            assert!((of(&moved, 2) / (3.0 * of_moved) - 1.0).abs() < 1e-6);
            let spend = |table: &Simulated| total(table, SPEND, "cash", year)[run];
            let more = spend(&moved) - spend(&still);
            assert!(
                (more / (2.0 * of_moved) - 1.0).abs() < 1e-6,
                "{year}: {more}"
            );
            let plans = |table| total(table, PLANS, "residence", year)[run];
            assert!(close(plans(&still), plans(&moved)));
        }
    }
}

#[test]
fn place_funding_splits_the_price_and_a_later_rise_comes_on_top() {
    let path = "money.place-funding.special";
    let own = under(&[(path, "set = 12000.0", "2025-01-01", None)]);
    let later = under(&[(path, "add = 1000.0", "2026-04-01", None)]);
    let of = SpendLine::StateSpecial;
    for run in 0..RUNS as usize {
        let spend = |table: &Simulated, year| line(table, SPEND, of, year)[run];
        let plans = line(base(), "plan_years", of, YEARS[1])[run];
        let added = spend(&later, YEARS[1]) - spend(base(), YEARS[1]);
        assert!((added / (1_000.0 * plans) - 1.0).abs() < 1e-6, "{added}");
        let top_ups = |table: &Simulated| total(table, TOP_UPS, "cash", YEARS[1])[run];
        assert!(close(top_ups(&later), top_ups(base())));
        assert!(close(
            line(&own, PLACES, of, YEARS[1])[run],
            12_000.0 * plans
        ));
        let ratio = spend(&own, YEARS[0]) / spend(base(), YEARS[0]);
        assert!((ratio - 1.0).abs() < 0.01, "{ratio}");
    }
}
