//! The back-test on the published files: baselines as known, targets, calibration.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use sendsim::backtest::words::{TARGET_CRPS, TARGET_MAPE};
use sendsim::backtest::{Measure, Method, Score, ScoreKey, Scored, Size, Walk, scores, walk};
use sendsim::forecast::Panel;
use sendsim::import::{Selection, import};
use sendsim::study::single_ages;

fn tested() -> &'static BTreeMap<ScoreKey, Score> {
    static SCORES: OnceLock<BTreeMap<ScoreKey, Score>> = OnceLock::new();
    SCORES.get_or_init(|| {
        let panel = Panel::new(crate::published());
        let scored = Scored::of(&panel);
        assert_eq!(scored.positions().count(), 144);
        let origins = vec![2019, 2020, 2021, 2022];
        let settings = Walk {
            origins,
            horizons: 6,
            draws: 400,
            seed: 1,
        };
        let forecasts = walk(&panel, &scored, &settings, &|| ());
        let sizes: BTreeMap<i32, Vec<Option<Size>>> = settings
            .origins
            .iter()
            .map(|&origin| (origin, scored.sizes(&panel, origin)))
            .collect();
        scores(&forecasts, |member, origin| sizes.get(&origin)?[member])
    })
}

fn total(method: Method, measure: Measure, horizon: usize) -> &'static Score {
    let key = ScoreKey {
        method,
        measure,
        band: None,
        origin: None,
        size: None,
        horizon,
    };
    &tested()[&key]
}

/// Reference figures computed elsewhere for the same authorities and origins.
#[test]
fn baselines_reproduce_their_known_errors() {
    let known = [
        (Method::LastGrowth, [4.2, 7.7, 11.2, 14.7, 18.4, 22.4]),
        (Method::Drift, [5.6, 10.4, 15.4, 19.9, 24.9, 29.4]),
        (Method::ShrunkenGrowth, [3.7, 6.1, 8.3, 10.3, 12.6, 13.5]),
    ];
    for (method, errors) in known {
        for (horizon, error) in (1..).zip(errors) {
            let ours = total(method, Measure::EhcPlans, horizon).mape;
            assert!(
                (ours - error).abs() < 0.051,
                "{method:?}, {horizon} years: {ours:.2}"
            );
        }
    }
    for (horizon, score) in (1..).zip([4.0, 7.8, 12.0, 15.9, 20.4, 24.6]) {
        let drift = total(Method::Drift, Measure::EhcPlans, horizon);
        let relative = drift.relative_crps.unwrap_or(f64::NAN);
        assert!(
            (relative / score - 1.0).abs() < 0.03,
            "{horizon} years: {relative:.2}"
        );
    }
}

#[test]
fn forecasts_are_as_accurate_as_aimed_at_and_better_than_every_baseline() {
    for horizon in 1..=5 {
        let ours = total(Method::Sendsim, Measure::EhcPlans, horizon);
        let crps = ours.relative_crps.unwrap_or(f64::NAN);
        assert!(
            ours.mape <= TARGET_MAPE[horizon - 1],
            "{horizon}: {:.2}",
            ours.mape
        );
        assert!(crps <= TARGET_CRPS[horizon - 1], "{horizon}: {crps:.2}");
        for method in [
            Method::LastGrowth,
            Method::Drift,
            Method::DampedHolt,
            Method::ShrunkenGrowth,
            Method::ShrunkenGrowthOracle,
        ] {
            let theirs = total(method, Measure::EhcPlans, horizon).mape;
            assert!(
                ours.mape < theirs,
                "{horizon} years: {method:?} has {theirs:.2}"
            );
        }
    }
}

/// Ranges hold at least what they say, less 3 points over all authorities and 6 points in a third
/// of them.
#[test]
fn ranges_hold_what_they_say() {
    for (key, score) in tested() {
        let is_ours = key.method == Method::Sendsim
            && key.measure == Measure::EhcPlans
            && key.band.is_none()
            && key.origin.is_none()
            && key.horizon <= 5;
        if !is_ours {
            continue;
        }
        let slack = if key.size.is_none() { 3.0 } else { 6.0 };
        let Some([_, eighty, ninety]) = score.coverage else {
            panic!("{key:?} has no ranges");
        };
        assert!(eighty.held >= 80.0 - slack, "{key:?}: {:.1}", eighty.held);
        assert!(ninety.held >= 90.0 - slack, "{key:?}: {:.1}", ninety.held);
    }
}

/// A large, a small and a northern authority beside Derby.
#[test]
fn simulated_plans_follow_the_forecast_in_other_authorities() {
    for code in ["E10000012", "E06000017", "E08000003"] {
        let area = import(&crate::folder(), &Selection::parse(code), None)
            .map_err(|_| "the files hold errors")
            .map(|mut areas| areas.remove(0));
        let Ok(area) = area else {
            panic!("{code} is not imported")
        };
        crate::course::assert_same(code, &crate::course::totals(&area.pack, 40));
    }
}

/// Every tenth authority, child by child from January 2024: plans by single age a year later.
#[test]
fn plans_by_single_age_are_those_of_a_year_later() {
    let imported = import(&crate::folder(), &Selection::All, Some(2024)).expect("published files");
    let packs: Vec<_> = imported.iter().step_by(10).map(|one| &one.pack).collect();
    let rows = single_ages(&packs, crate::published(), 60, 1).expect("people add up");
    let school_ages: Vec<_> = rows
        .iter()
        .filter(|row| (4..=16).contains(&row.age))
        .collect();
    assert_eq!(school_ages.len(), 13);
    for row in &school_ages {
        let most = if row.age <= 5 { 20.0 } else { 6.0 };
        assert!(row.bias_percent().abs() < most, "{row:?}");
    }
    let held: usize = school_ages.iter().map(|row| row.held_80).sum();
    let all: usize = school_ages.iter().map(|row| row.authorities).sum();
    let share = held as f64 / all as f64;
    assert!((0.70..=0.92).contains(&share), "{held} of {all}");
}
