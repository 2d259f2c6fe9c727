//! SEN support follows the path of its share, turns over as cohorts do, and being found early is no
//! risk of a plan in itself.

use sendsim::area::AreaPack;
use sendsim::baseline::{Baseline, Draw};
use sendsim::domain::{PrimaryNeed, Sex};
use sendsim::scenario::{self, Scenario};
use sendsim::simulate::{
    Design, Effects, Hazards, Rates, expected_counts, horizon, simulate_scenarios,
};
use sendsim::summarise::{Counted, Layout, RunTable};
use sendsim::toml_file::TomlFile;

const BASE_YEAR: i32 = 2025;
const YEARS: usize = 10;

fn derby() -> AreaPack {
    AreaPack::embedded("derby", &mut Vec::new()).expect("built in")
}

fn expected(baseline: &Baseline, rates: &Rates, counted: Counted) -> Vec<f64> {
    let scenario = Scenario::baseline();
    let (base, end) = horizon(BASE_YEAR, YEARS);
    let effects = Effects::sample(&scenario, base, end, 1, 0);
    let layout = Layout::new(BASE_YEAR, YEARS);
    let hazards = Hazards::new(BASE_YEAR, YEARS, rates, effects);
    let counts = expected_counts(baseline.people(), &hazards, &layout);
    let last = if counted == Counted::SenSupport {
        YEARS
    } else {
        YEARS - 1
    };
    (0..=last)
        .map(|period| counts[layout.start(counted, period)])
        .collect()
}

/// Residents of the pack times the share that the path gives them, on a 1 January.
fn on_path(pack: &AreaPack, rates: &Rates, year: usize) -> f64 {
    let of_year = |row: &&sendsim::area::PopulationRow| row.year == BASE_YEAR + year as i32;
    let rows = pack.population.iter().filter(of_year);
    rows.map(|row| {
        let needs = (0..PrimaryNeed::COUNT).map(|need| {
            let at = [year, usize::from(row.age), row.sex.index(), need];
            rates.arriving_support.at(at)
        });
        row.persons * needs.sum::<f64>()
    })
    .sum()
}

#[test]
fn entry_and_exit_carry_sen_support_along_its_path() {
    let pack = derby();
    let baseline = sendsim::study::baseline(&pack, YEARS);
    let rates = baseline.rates(Draw::Central);
    let found = expected(&baseline, &rates, Counted::SenSupport);
    for (year, found) in found.iter().enumerate().take(YEARS) {
        let path = on_path(&pack, &rates, year);
        // Entry is worked out with the mix of a whole age, not of a birth cohort.
        assert!(
            (found / path - 1.0).abs() < 0.02,
            "{year}: {found:.0}, {path:.0}"
        );
    }
}

/// In January 2025 14.2% of Derby's pupils were on SEN support.
#[test]
fn the_share_of_pupils_stays_plausible() {
    let pack = derby();
    let baseline = sendsim::study::baseline(&pack, YEARS);
    let found = expected(
        &baseline,
        &baseline.rates(Draw::Central),
        Counted::SenSupport,
    );
    let pupils = |year: usize| -> f64 {
        let january = BASE_YEAR + year as i32;
        let of_school_age = pack.population.iter().filter(|row| row.year == january);
        of_school_age
            .filter(|row| (4..=15).contains(&row.age))
            .map(|row| row.persons)
            .sum()
    };
    for (year, children) in found.iter().enumerate() {
        let percent = 14.2 * (children / pupils(year)) / (found[0] / pupils(0));
        let most = if year <= 5 { 16.0 } else { 17.0 };
        assert!((13.0..most).contains(&percent), "{year}: {percent:.1}%");
    }
}

#[test]
fn sen_support_that_rises_brings_no_plans_by_itself() {
    let with = |growth: f64| {
        let mut pack = derby();
        let rows = pack.estimates.iter_mut();
        rows.filter(|row| row.name.starts_with("sen-support.") && row.name.ends_with("-growth"))
            .for_each(|row| row.value = growth);
        let baseline = sendsim::study::baseline(&pack, YEARS);
        let rates = baseline.rates(Draw::Central);
        let last = |counted| *expected(&baseline, &rates, counted).last().expect("years");
        (last(Counted::SenSupport), last(Counted::NewPlans))
    };
    let (flat, risen) = (with(0.0), with(0.08));
    assert!(risen.0 > 1.2 * flat.0, "{risen:?} {flat:?}");
    assert!((risen.1 / flat.1 - 1.0).abs() < 0.02, "{risen:?} {flat:?}");
}

/// 29.1% of a cohort were ever identified by Year 7, when 18.3% were (FFT): 1.59 times as many. Of
/// children with the rates of the base date, from Reception to Year 7.
#[test]
fn turnover_is_that_of_a_cohort() {
    let pack = derby();
    let baseline = sendsim::study::baseline(&pack, YEARS);
    let rates = baseline.rates(Draw::Central);
    let (mut never, mut support, mut plans, mut no_more) = (0.0, 0.0, 0.0, 0.0);
    for sex in Sex::ALL {
        let latent = rates.latent_shares(4, sex);
        let at_start = |need: usize| rates.arriving_support.at([0, 4, sex.index(), need]) / 2.0;
        let identified: f64 = (0..PrimaryNeed::COUNT).map(at_start).sum();
        for need in 0..PrimaryNeed::COUNT {
            let cell = |age: usize| [0, age, sex.index(), need];
            let mut on_support = at_start(need);
            let mut free = latent[need] * (0.5 - identified);
            let mut left = 0.0;
            let mut with_plan = 0.0;
            for age in 4..11 {
                let entry = rates.support_entry.at(cell(age));
                let exit = rates.support_exit.at([age, need]);
                let joining =
                    rates.joining.at([age, sex.index(), need]) * rates.joining_trend.at([0, age]);
                // Small steps: the rates compete.
                for _ in 0..50 {
                    let step = 1.0 / 50.0;
                    let (start, back) = (free * entry * step, left * entry * step);
                    let out = on_support * exit * step;
                    let from_support = on_support * joining * rates.support_ratio * step;
                    let (direct, again) = (free * joining * step, left * joining * step);
                    free -= start + direct;
                    left += out - back - again;
                    on_support += start + back - out - from_support;
                    with_plan += direct + again + from_support;
                }
            }
            never += free;
            support += on_support;
            plans += with_plan;
            no_more += left;
        }
    }
    let now = support + plans;
    let ever = now + no_more;
    assert!(never > 0.5);
    assert!(
        (1.35..1.9).contains(&(ever / now)),
        "ever {ever:.3}, now {now:.3}"
    );
}

fn simulated(lever: &str, runs: u32) -> Vec<RunTable> {
    let pack = derby();
    let years = 6;
    let baseline = sendsim::study::baseline(&pack, years);
    let text = format!(
        "title = \"T\"\nquestion = \"Q?\"\n[[lever.early-language]]\nfrom = 2025-09-01\n\
         phase-in-years = 0\n{lever}\nreason = \"R\"\nsource = \"S\"\n"
    );
    let scenario = scenario::read(&TomlFile::new("s.toml", text), BASE_YEAR).expect("good");
    let design = Design {
        seed: 5,
        runs,
        base_year: BASE_YEAR,
        years,
    };
    let rates = |draw: u32| baseline.rates(Draw::Sample { seed: 5, draw });
    let scenarios = [&Scenario::baseline(), &scenario];
    simulate_scenarios(baseline.people(), &rates, &scenarios, &design, &|_| ())
        .expect("people add up")
}

/// Difference from the baseline run by run, in total, in the last period.
fn differences(tables: &[RunTable], counted: Counted) -> Vec<i64> {
    let period = if counted == Counted::NewPlans { 5 } else { 6 };
    let start = Layout::new(BASE_YEAR, 6).start(counted, period);
    let runs = tables[0].of(start).iter().zip(tables[1].of(start));
    runs.map(|(&base, &with)| i64::from(with) - i64::from(base))
        .collect()
}

#[test]
fn being_found_early_changes_no_plan_in_any_run() {
    let tables = simulated(
        "reduction = 0\nmore-identified = 0.5\nrequest-ratio = 1",
        30,
    );
    for counted in [Counted::EhcPlans, Counted::NewPlans] {
        let changed = differences(&tables, counted);
        assert!(changed.iter().all(|&n| n == 0), "{counted:?} {changed:?}");
    }
    let support: i64 = differences(&tables, Counted::SenSupport).iter().sum();
    assert!(support > 0, "{support}");
}

#[test]
fn the_sign_of_early_language_on_plans_follows_its_sizes() {
    let sum = |lever: &str| {
        let changed = differences(&simulated(lever, 30), Counted::EhcPlans);
        changed.iter().sum::<i64>()
    };
    let fewer = sum("reduction = 0.08\nmore-identified = 0.1\nrequest-ratio = 1");
    assert!(fewer < 0, "{fewer}");
    let more = sum("reduction = 0\nmore-identified = 0.5\nrequest-ratio = 10");
    assert!(more > 0, "{more}");
}

/// Whoever could be found early is followed clock by clock; most people otherwise by the year alone in
/// which they leave. Both come to the same, child by child.
#[test]
fn looking_early_and_finding_nobody_changes_nothing() {
    let pack = derby();
    let baseline = sendsim::study::baseline(&pack, YEARS);
    let looked = crate::changes::changed(&[(
        "sen-support.found-early-share",
        "set = 0.000000000001",
        "2025-01-01",
        None,
    )]);
    let usual = Scenario::baseline();
    let counts = [&usual, &looked].map(|scenario| {
        let simulated = crate::derby::simulated(&baseline, scenario, &[], (3, 4, YEARS));
        simulated.counts.values
    });
    assert!(counts[0] == counts[1]);
    assert!(counts[0].iter().any(|count| *count > 0));
}
