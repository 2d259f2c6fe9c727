//! Results of an invented authority: plausible, small, the same every time.

use sendsim::area::{TestedRow, TestedScope};
use sendsim::domain::Basis;
use sendsim::report::{
    ActionRow, AreaRow, FindingRow, InputRow, ParameterRow, RateRow, Results, ScenarioRow,
    SourceRow,
};
use sendsim::summarise::{Counted, Layout, PastRow, RunTable, attribute, compare, summarise};

const BASE_YEAR: i32 = 2025;
const PLANS: f64 = 3735.0;

/// How a scenario differs from the baseline.
#[derive(Clone, Copy, Default)]
struct Effect {
    /// Fewer new plans [share].
    joining: f64,
    /// More plans ceased [share].
    ceasing: f64,
}

/// Results of a baseline, two single scenarios and one that combines them.
pub(crate) fn results(runs: usize, years: u32) -> Results {
    let early = Effect {
        joining: 0.10,
        ceasing: 0.0,
    };
    let reviews = Effect {
        joining: 0.0,
        ceasing: 0.25,
    };
    let both = Effect {
        joining: 0.10,
        ceasing: 0.25,
    };
    let count = |effect| table(runs, years as usize, effect);
    let baseline = count(Effect::default());
    let scenarios = [
        ("early-language", count(early)),
        ("annual-reviews-post-16", count(reviews)),
        ("joint-plan", count(both)),
    ];
    let mut indicators = summarise(&baseline, "baseline");
    let mut comparison = Vec::new();
    let mut attribution = Vec::new();
    for (name, table) in &scenarios {
        indicators.extend(summarise(table, name));
        comparison.extend(compare(&baseline, table, name));
    }
    let alone = |index: usize| (scenarios[index].0, &scenarios[index].1);
    for (index, (name, table)) in scenarios.iter().enumerate() {
        let actions = if index == 2 {
            vec![alone(0), alone(1)]
        } else {
            vec![alone(index)]
        };
        attribution.extend(attribute(&baseline, &actions, table, name));
    }
    Results {
        area: area(),
        seed: 20_260_901,
        runs,
        years,
        scenarios: scenario_rows(),
        indicators,
        comparison,
        attribution,
        past: past(),
        rates: rates(),
        tested: Vec::new(),
        parameters: parameters(),
        sources: sources(),
        inputs: vec![InputRow {
            file: "ehc_plans.csv".to_owned(),
            sha256: "0".repeat(64),
        }],
        findings: vec![FindingRow {
            check: "known-break".to_owned(),
            severity: "warning".to_owned(),
            location: String::new(),
            message: "alternative provision jumps from 9 to 75 and back to 29".to_owned(),
            hint: "a change of coding: settings are averaged over three years".to_owned(),
        }],
    }
}

fn area() -> AreaRow {
    AreaRow {
        name: "Exampleton".to_owned(),
        new_la_code: "E06999999".to_owned(),
        old_la_code: 999,
        region_name: "East Midlands".to_owned(),
        integrated_care_board: "NHS Exampleton and Exampleshire".to_owned(),
        base_year: BASE_YEAR,
    }
}

/// A number in (0, 1) that belongs to an address.
fn luck(address: &[u64]) -> f64 {
    let mut mixed = 0x9E37_79B9_7F4A_7C15_u64;
    for part in address {
        mixed = (mixed ^ part).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed ^= mixed >> 29;
        mixed = mixed.wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^= mixed >> 32;
    }
    ((mixed >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
}

fn normal(address: &[u64]) -> f64 {
    let twelve = (0..12).map(|part| {
        let mut longer = address.to_vec();
        longer.push(part);
        luck(&longer)
    });
    twelve.sum::<f64>() - 6.0
}

/// Totals of one run: stocks of residents, support and plans, and flows of plans.
struct Totals {
    stocks: Vec<[u32; 3]>,
    flows: Vec<[u32; 4]>,
}

fn totals(run: u64, years: usize, effect: Effect) -> Totals {
    let level = (0.10 * normal(&[1, run])).exp();
    let (mut plans, mut support) = (PLANS, 6600.0);
    let mut totals = Totals {
        stocks: vec![[88_000, 6600, PLANS as u32]],
        flows: Vec::new(),
    };
    for year in 0..years as u64 {
        let wobble = |process| 1.0 + 0.04 * normal(&[process, run, year]);
        let trend = 1.0 + 0.012 * normal(&[2, run]) * year as f64;
        let joined = (520.0 * level * trend * wobble(3) * (1.0 - effect.joining)).round();
        let ceased = (0.082 * plans * wobble(4) * (1.0 + effect.ceasing)).round();
        let moved_in = (85.0 * wobble(5)).round();
        let moved_out = (0.02 * plans * wobble(6)).round();
        plans += joined + moved_in - ceased - moved_out;
        support = (support * (1.0 + 0.01 * normal(&[7, run, year]))).round();
        let residents = 88_000.0 + 150.0 * (year + 1) as f64;
        totals
            .flows
            .push([joined, ceased, moved_in, moved_out].map(|n| n as u32));
        totals
            .stocks
            .push([residents, support, plans].map(|n| n as u32));
    }
    totals
}

/// Shares a total out by fixed weights, whole and without loss.
fn share_out(total: u32, weights: &[f64]) -> Vec<u32> {
    let sum: f64 = weights.iter().sum();
    let (mut given, mut reached) = (0, 0.0);
    let shares = weights.iter().map(|weight| {
        reached += weight;
        let upto = (f64::from(total) * reached / sum).round() as u32;
        let share = upto - given;
        given = upto;
        share
    });
    shares.collect()
}

fn table(runs: usize, years: usize, effect: Effect) -> RunTable {
    let layout = Layout::new(BASE_YEAR, years);
    let cells = layout.cells();
    let mut values = vec![0; cells.len() * runs];
    for run in 0..runs {
        let totals = totals(run as u64, years, effect);
        for counted in Counted::ALL {
            let entry = counted.entry();
            for period in 0..entry.periods(years) {
                // Places are taken every January and September.
                let january = period / 2;
                let total = match counted {
                    Counted::PlacesCapacity => 1100,
                    Counted::PlacesDemand => totals.stocks[january][2] / 3,
                    Counted::PlacesFilled => 1080,
                    Counted::PlaceGap => (totals.stocks[january][2] / 3).saturating_sub(1100),
                    Counted::PlaceShort => 1,
                    Counted::PlaceOccupancy => 98,
                    Counted::ChildrenAwaitingPlace => totals.stocks[january][2] / 40,
                    Counted::Overflow => totals.stocks[january][2] / 60,
                    Counted::ChildrenOutOfArea => 90,
                    Counted::LateAllocations => 12,
                    Counted::DecidedAfterOfferDay => 7,
                    Counted::UnresolvedInSeptember => 5,
                    Counted::PhaseTransfers => 700,
                    Counted::PhaseTransfersLate => 350,
                    Counted::PhaseTransfersNewPlan => 100,
                    Counted::PhaseTransfersAfterOfferDay => 200,
                    Counted::SpecialistPlacesNeeded => totals.stocks[period][2] / 2,
                    Counted::DaysAwaitingPlace => totals.stocks[period][2] * 9,
                    Counted::Population => totals.stocks[period][0],
                    Counted::SenSupport => totals.stocks[period][1],
                    Counted::EhcPlans => totals.stocks[period][2],
                    Counted::AlternativeProvision => totals.stocks[period][2] / 100,
                    Counted::Neet => totals.stocks[period][2] / 10,
                    Counted::NewPlans => totals.flows[period][0],
                    Counted::PlansCeased => totals.flows[period][1],
                    Counted::PlansMovedIn => totals.flows[period][2],
                    Counted::PlansMovedOut => totals.flows[period][3],
                };
                let mut at = layout.start(counted, period);
                for axes in entry.breakdowns {
                    let size: usize = axes.iter().map(|axis| axis.size()).product();
                    let weight = |i: usize| {
                        let skew = luck(&[9, axes.len() as u64, size as u64, i as u64]);
                        skew * skew * (1.0 + 0.03 * (i % 3) as f64 * period as f64)
                    };
                    let weights: Vec<f64> = (0..size).map(weight).collect();
                    for share in share_out(total, &weights) {
                        values[at * runs + run] = share;
                        at += 1;
                    }
                }
            }
        }
    }
    RunTable {
        runs,
        cells,
        values,
    }
}

fn scenario_rows() -> Vec<ScenarioRow> {
    let action = |name: &str, title: &str| ActionRow {
        name: name.to_owned(),
        title: title.to_owned(),
        reason: "Trials found fewer children needing a plan.".to_owned(),
        source: "invented".to_owned(),
        kind: "change".to_owned(),
    };
    let early = action("early-language", "Early language support from age 3");
    let reviews = action("annual-reviews-post-16", "Annual reviews after 16");
    let row = |name: &str, title: &str, question: &str, actions: Vec<ActionRow>| ScenarioRow {
        name: name.to_owned(),
        title: title.to_owned(),
        question: question.to_owned(),
        author: "A planner".to_owned(),
        date: "2026-02-01".to_owned(),
        not_modelled: if actions.is_empty() {
            Vec::new()
        } else {
            vec!["Effects on parents\u{2019} confidence".to_owned()]
        },
        actions,
        text: format!("title = \"{title}\"\n"),
    };
    vec![
        row(
            "baseline",
            "Nothing changes",
            "What happens if we change nothing?",
            vec![],
        ),
        row(
            "early-language",
            "Early language",
            "What if children with language needs are helped before school?",
            vec![early.clone()],
        ),
        row(
            "annual-reviews-post-16",
            "Annual reviews after 16",
            "What if reviews at 16 and over end plans that have done their work?",
            vec![reviews.clone()],
        ),
        row(
            "joint-plan",
            "Joint plan",
            "What if both are done?",
            vec![early, reviews],
        ),
    ]
}

fn past() -> Vec<PastRow> {
    let plans = [
        976, 1004, 1021, 1033, 1062, 1118, 1244, 1450, 1671, 1895, 2298, 2613, 2900, 3301, 3564,
        3735,
    ];
    let joined = [240, 310, 420, 455, 470, 480, 514, 492];
    let stock = plans.iter().enumerate().map(|(i, plans)| PastRow {
        time_period: format!("{}{:02}", 2009 + i, 10 + i),
        time_identifier: "January",
        indicator: "ehc_plans",
        value: f64::from(*plans),
    });
    let flow = joined.iter().enumerate().map(|(i, plans)| PastRow {
        time_period: format!("{}", 2017 + i),
        time_identifier: "Calendar year",
        indicator: "new_plans",
        value: f64::from(*plans),
    });
    stock.chain(flow).collect()
}

fn rates() -> Vec<RateRow> {
    let joining = [
        0.2, 1.0, 4.0, 32.8, 18.3, 11.7, 10.7, 10.1, 9.6, 12.0, 12.2, 6.0, 7.0, 7.2, 6.8, 4.5, 1.6,
        1.1, 0.4, 0.2, 0.1, 0.1, 0.0, 0.0, 0.0, 0.0,
    ];
    let row = |(age, per_thousand): (usize, &f64)| RateRow {
        process: "joining".to_owned(),
        age: age as u8,
        value: per_thousand / 1000.0,
        low: per_thousand / 1000.0 * 0.85,
        high: per_thousand / 1000.0 * 1.18,
        evidence_events: (age > 2 && age < 20).then(|| (per_thousand * 3.1).round()),
    };
    joining.iter().enumerate().map(row).collect()
}

fn parameters() -> Vec<ParameterRow> {
    let row = |path: &str, label: &str, value: f64, basis, note: &str| ParameterRow {
        path: path.to_owned(),
        label: label.to_owned(),
        unit: "per child per year".to_owned(),
        value,
        low: value * 0.8,
        high: value * 1.3,
        basis,
        source: "invented-figures".to_owned(),
        note: note.to_owned(),
        from: "2025-01-01".to_owned(),
        checked_on: "2026-01-31".to_owned(),
    };
    vec![
        row(
            "joining.rate",
            "Rate of starting a plan",
            0.1 / 13.0,
            Basis::Derived,
            "Pooled over \u{a3} and years \u{2013} invented.",
        ),
        row(
            "plan-moves.in-plans",
            "Plans moving in",
            85.0,
            Basis::Assumption,
            "Not published: set to moves out less the unexplained growth.",
        ),
    ]
}

fn sources() -> Vec<SourceRow> {
    vec![SourceRow {
        key: "invented-figures".to_owned(),
        title: "Invented figures for tests".to_owned(),
        publisher: "Nobody".to_owned(),
        release: "2025".to_owned(),
        licence: "Open Government Licence v3.0".to_owned(),
        url: "https://example.org/figures?a=1&b=2".to_owned(),
        retrieved: "2026-01-31".to_owned(),
        sha256: "0".repeat(64),
    }]
}

/// Earlier forecasts of the invented authority, neighbours and all: `own` is its mean error two
/// years ahead [%].
pub(crate) fn tested(own: f64) -> Vec<TestedRow> {
    let row = |scope, horizon, n, mape, held| TestedRow {
        scope,
        origin: None,
        horizon,
        n,
        p10: None,
        p50: None,
        p90: None,
        actual: None,
        mape: Some(mape),
        held_80: Some(held),
        held_90: Some(95.0),
    };
    let single = TestedRow {
        origin: Some(2022),
        p10: Some(3100.0),
        p50: Some(3200.0),
        p90: Some(3300.0),
        actual: Some(3564.0),
        ..row(TestedScope::Area, 3, 1, 10.2, 0.0)
    };
    vec![
        single,
        row(TestedScope::Area, 3, 4, own, 50.0),
        row(TestedScope::Neighbours, 3, 40, 7.2, 80.0),
        row(TestedScope::All, 3, 577, 6.0, 86.1),
    ]
}
