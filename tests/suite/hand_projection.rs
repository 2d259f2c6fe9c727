//! A projection done by hand elsewhere, Derby with the rates of 2024 held for ever, and the steps
//! from there to Derby's own central projection.

use sendsim::area::AreaPack;
use sendsim::baseline::{Baseline, Draw};

use sendsim::domain::{AGES, CeaseReason, PrimaryNeed, Setting, Sex};
use sendsim::scenario::Scenario;
use sendsim::simulate::{
    Design, Effects, Hazards, Person, Rates, Roster, Status, expected_counts, horizon, luck_id,
    simulate_scenarios,
};
use sendsim::summarise::{Counted, Layout};

/// Derby plans by academic age, January 2025 (SEN2 2025; 3 under 3 stand at age 2).
const PLANS: [u32; AGES] = [
    0, 0, 3, 14, 123, 160, 171, 171, 179, 192, 210, 258, 249, 251, 271, 280, 284, 233, 198, 178,
    110, 67, 61, 39, 33, 0,
];

/// Derby residents at mid-2020 by age (ONS), moved on four years without migration; 2,900 births a
/// year since.
const MID_2020: [u32; 22] = [
    2921, 3137, 3166, 3269, 3302, 3386, 3495, 3509, 3575, 3503, 3579, 3508, 3596, 3393, 3140, 3122,
    3102, 2988, 3073, 3676, 3787, 3842,
];
const BIRTHS: u32 = 2_900;

/// New plans per 1,000 residents without a plan in 2024, Derby (15 at age 2 or under a year).
const JOINING: [f64; AGES] = [
    0.0, 0.0, 5.2, 35.2, 19.8, 11.6, 10.9, 10.5, 9.0, 11.7, 11.6, 6.0, 5.8, 6.0, 7.1, 4.2, 1.6,
    1.7, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0,
];

/// Loss of plans within the year, England 2024, percent.
const LOSS: [f64; AGES] = [
    0.0, 0.0, 0.0, 0.0, 0.9, 0.7, 0.5, 0.6, 0.2, 1.5, 0.4, 0.1, 0.6, 0.2, 1.0, 1.6, 3.5, 14.1,
    21.6, 25.1, 28.0, 32.8, 36.3, 42.3, 82.3, 99.9,
];

const YEARS: usize = 6;
const RUNS: u32 = 150;

fn people() -> Vec<Person> {
    let mut people = Vec::new();
    for age in 0..AGES {
        let residents = if age < 4 { BIRTHS } else { MID_2020[age - 4] };
        for index in 0..residents {
            let id = luck_id(Roster::Base, 0, 0, people.len());
            let mut person = Person::new(id, (25 - age) as u8, Sex::Male);
            person.need = PrimaryNeed::Asd;
            person.status = Status::NoSen;
            if index < PLANS[age] {
                person.status = Status::Plan;
                person.plans_started = 1;
            }
            people.push(person);
        }
    }
    people
}

fn rates() -> Rates {
    let mut rates = Rates::zeros(YEARS);
    let (asd, boy) = (PrimaryNeed::Asd.index(), Sex::Male.index());
    for age in 0..AGES {
        *rates.latent_need.at_mut([age, boy, asd]) = 1.0;
        *rates.joining.at_mut([age, boy, asd]) = -(1.0 - JOINING[age] / 1000.0).ln();
        *rates
            .first_setting
            .at_mut([age, asd, Setting::Mainstream.index()]) = 1.0;
        for setting in 0..Setting::COUNT {
            let reason = CeaseReason::Other.index();
            *rates.ceasing.at_mut([age, reason, setting]) = -(1.0 - LOSS[age] / 100.0).ln();
        }
    }
    for year in 0..YEARS {
        *rates.births.at_mut([year, boy]) = f64::from(BIRTHS);
    }
    rates
}

/// The rows "Derby 2024 joiners, constant" of the memo's projection, January 2026 to 2031:
/// 3,950, 4,151, 4,336, 4,503, 4,650, 4,778; with England's joiners January 2030 is 4,600.
#[test]
fn rates_of_2024_held_for_ever_lead_to_the_projection_done_by_hand() {
    let design = Design {
        seed: 1,
        runs: RUNS,
        base_year: 2025,
        years: YEARS,
    };
    let scenario = Scenario::baseline();
    let tables =
        simulate_scenarios(&people(), &|_| rates(), &[&scenario], &design, &|_| ()).unwrap();
    let layout = Layout::new(2025, YEARS);
    for (year, by_hand) in (1..).zip([3950.0, 4151.0, 4336.0, 4503.0, 4650.0, 4778.0]) {
        let runs = tables[0].of(layout.start(Counted::EhcPlans, year));
        let mean = runs.iter().map(|&n| f64::from(n)).sum::<f64>() / f64::from(RUNS);
        // Standard error of the mean: below 6 plans (0.15%) with 150 runs.
        assert!(
            (mean / by_hand - 1.0).abs() < 0.01,
            "January {}: {mean:.0}",
            2025 + year
        );
    }
}

/// Plans expected in January 2030.
fn plans_in_2030(people: &[Person], rates: &Rates) -> f64 {
    let scenario = Scenario::baseline();
    let (base, end) = horizon(2025, YEARS);
    let effects = Effects::sample(&scenario, base, end, 1, 0);
    let layout = Layout::new(2025, YEARS);
    let hazards = Hazards::new(2025, YEARS, rates, effects);
    let expected = expected_counts(people, &hazards, &layout);
    expected[layout.start(Counted::EhcPlans, 5)]
}

/// Derby's central rates with the parts not yet taken over replaced by those of the hand projection.
fn mixed(baseline: &Baseline, ceasing: bool, moves: bool, joining: bool) -> Rates {
    let mut rates = baseline.rates(Draw::Central);
    let by_hand = self::rates();
    if !ceasing {
        rates.ceasing = by_hand.ceasing;
    }
    if !moves {
        rates.moving_out = by_hand.moving_out;
        rates.plans_moving_in = by_hand.plans_moving_in;
    }
    if !joining {
        let own = baseline.joining_by_age(Draw::Central);
        for age in 0..AGES {
            let factor = JOINING[age] / 1000.0 / own[age].max(1e-12);
            for sex in 0..Sex::COUNT {
                for need in 0..PrimaryNeed::COUNT {
                    *rates.joining.at_mut([age, sex, need]) *= factor;
                }
            }
        }
    }
    rates
}

#[test]
fn the_guide_tells_the_steps_from_the_hand_projection_to_derbys_own() {
    let pack = AreaPack::embedded("derby", &mut Vec::new()).unwrap();
    let held = AreaPack {
        outlook: Vec::new(),
        ..pack.clone()
    };
    let held = sendsim::study::baseline(&held, YEARS);
    let baseline = sendsim::study::baseline(&pack, YEARS);
    let own = |ceasing, moves, joining| {
        plans_in_2030(held.people(), &mixed(&held, ceasing, moves, joining))
    };
    let steps = [
        plans_in_2030(&people(), &rates()),
        own(false, false, false),
        own(true, false, false),
        own(true, true, false),
        own(true, true, true),
        plans_in_2030(baseline.people(), &baseline.rates(Draw::Central)),
    ];
    assert!((steps[0] / 4650.0 - 1.0).abs() < 0.01);
    let page = sendsim::guide::WHY_DERBY_DIFFERS;
    for (row, plans) in page.lines().filter(|l| l.starts_with("| 20")).zip(steps) {
        let told: Vec<&str> = row.split('|').map(str::trim).collect();
        let told: f64 = told[2].replace(',', "").parse().unwrap();
        assert!(
            (told - plans).abs() < 1.0,
            "{row}: the model gives {plans:.0} of {steps:.0?}"
        );
    }
    assert_eq!(
        page.lines().filter(|l| l.starts_with("| 20")).count(),
        steps.len()
    );
}
