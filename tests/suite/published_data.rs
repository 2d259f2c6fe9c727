//! Checks against the real published files, in the folder that `SENDSIM_PUBLISHED_DATA` names.
//!
//! A target of its own that `cargo test` does not run by itself: without the folder it fails
//! rather than passing silently.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "course.rs"]
mod course;
mod published_base_stock;
mod published_exclusions;
mod published_forecasts;
mod published_places;

use std::path::PathBuf;
use std::sync::OnceLock;

use sendsim::area::AreaPack;
use sendsim::cli::{ImportArgs, run_import};
use sendsim::data::facts::{Cut, Item, Published};
use sendsim::data::{Edition, read};
use sendsim::domain::{AuthorityCode, CeaseReason, Place, PrimaryNeed, Setting, Sex};
use sendsim::finding::Severity;
use sendsim::import::{Selection, import};

const DERBY: Place = Place::Authority(AuthorityCode(831));

fn folder() -> PathBuf {
    std::env::var_os("SENDSIM_PUBLISHED_DATA")
        .map(PathBuf::from)
        .expect("SENDSIM_PUBLISHED_DATA names the folder of published files")
}

fn edition() -> &'static Edition {
    static EDITION: OnceLock<Edition> = OnceLock::new();
    EDITION.get_or_init(|| read(&folder()))
}

fn published() -> &'static Published {
    &edition().published
}

#[test]
fn every_file_reads_without_error() {
    let errors: Vec<String> = edition()
        .findings
        .iter()
        .filter(|(_, finding)| finding.severity == Severity::Error)
        .map(|(_, finding)| finding.to_string())
        .collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
}

#[test]
fn derby_plans_are_as_published() {
    let plans = |year| published().plans.value(DERBY, year, Cut::All, Item::Total);
    let expected = [
        976, 992, 1012, 1067, 1137, 1132, 1268, 1485, 1683, 1895, 2298, 2613, 2900, 3301, 3564,
        3735,
    ];
    let found: Vec<_> = (2010..=2025).map(plans).collect();
    assert_eq!(found, expected.map(|plans| Some(f64::from(plans))));
}

#[test]
fn derby_new_plans_are_as_published() {
    let plans = |year| {
        published()
            .new_plans
            .value(DERBY, year, Cut::All, Item::Total)
    };
    let expected = [
        128, 193, 198, 167, 224, 205, 134, 207, 267, 444, 251, 324, 459, 357, 475, 492,
    ];
    let found: Vec<_> = (2009..=2024).map(plans).collect();
    assert_eq!(found, expected.map(|plans| Some(f64::from(plans))));
}

#[test]
fn derby_needs_and_placements_are_as_published() {
    let needs = [1333, 134, 429, 13, 48, 174, 56, 774, 557, 97, 68, 52];
    for (need, plans) in PrimaryNeed::ALL.into_iter().zip(needs) {
        let found = published()
            .plan_needs
            .value(DERBY, 2025, Cut::All, Item::Need(need));
        assert_eq!(found, Some(f64::from(plans)), "{need}");
    }
    for (setting, plans) in [
        (Setting::StateSpecial, 959),
        (Setting::IndependentSpecial, 116),
        (Setting::NonMaintainedSpecial, 45),
        (Setting::AlternativeProvision, 29),
        (Setting::EarlyYears, 8),
        (Setting::Neet, 335 + 12 + 52),
    ] {
        let item = Item::Setting(setting);
        let found = published().plans.value(DERBY, 2025, Cut::All, item);
        assert_eq!(found, Some(f64::from(plans)), "{setting}");
    }
}

#[test]
fn derby_requests_timeliness_and_appeals_are_as_published() {
    let requests = |year, measure| {
        published()
            .requests
            .cell(DERBY, year, measure, Cut::All)
            .value()
    };
    for (year, received, refused) in [
        (2019, 505.0, 62.0),
        (2020, 442.0, 32.0),
        (2021, 531.0, 86.0),
        (2022, 620.0, 150.0),
        (2023, 775.0, 183.0),
        (2024, 769.0, 300.0),
    ] {
        assert_eq!(requests(year, "requests"), Some(received));
        assert_eq!(requests(year, "requests_refused"), Some(refused));
    }
    let measure = "plans_within_20_weeks_percent";
    for (year, percent) in [(2019, 24.7), (2021, 42.5), (2022, 25.3), (2024, 14.0)] {
        let found = published().timeliness.cell(DERBY, year, measure, Cut::All);
        assert_eq!(found.value(), Some(percent));
    }
    let expected = [46, 18, 23, 63, 60, 71, 28, 44, 88, 73, 190];
    for (year, appeals) in (2014..=2024).zip(expected) {
        let found = published().appeals.cell(DERBY, year, "appeals", Cut::All);
        assert_eq!(found.value(), Some(f64::from(appeals)));
    }
}

#[test]
fn derby_ceased_plans_are_as_published() {
    let ceased = |year, item| published().ceased.value(DERBY, year, Cut::All, item);
    assert_eq!(ceased(2022, Item::Total), Some(100.0));
    assert_eq!(ceased(2023, Item::Total), Some(282.0));
    assert_eq!(ceased(2024, Item::Total), Some(357.0));
    assert_eq!(
        ceased(2024, Item::Reason(CeaseReason::Transfer)),
        Some(77.0)
    );
}

#[test]
fn derby_people_money_and_waits_are_as_published() {
    let population = |year: i32| -> f64 {
        (0..=25u8)
            .flat_map(|age| Sex::ALL.map(|sex| published().population[&(DERBY, year, age, sex)]))
            .sum()
    };
    let found = [2010, 2018, 2021, 2023].map(|year| population(year) as u32);
    assert_eq!(found, [86_908, 90_253, 87_170, 89_098]);
    let exclusions = &published().exclusions;
    for (year, excluded) in [(2006, 89.0), (2010, 51.0), (2013, 43.0), (2016, 38.0)] {
        let found = exclusions.cell(DERBY, year, "permanent_exclusions", Cut::All);
        assert_eq!(found.value(), Some(excluded));
    }
    let block = published()
        .high_needs
        .cell(DERBY, 2023, "high_needs_block_pounds", Cut::All);
    assert_eq!(block.value(), Some(56_648_963.0));
    let waits = &published().waiting_lists["derby and derbyshire"];
    let october = waits.iter().find(|list| {
        list.month == "October 2025" && list.service == "Community paediatric service"
    });
    assert_eq!(october.and_then(|list| list.waiting.value()), Some(3164.0));
    let support = published()
        .sen_support_percent
        .value(DERBY, 2025, Cut::All, Item::Total);
    assert_eq!(support, Some(14.2));
}

#[test]
fn england_is_the_sum_of_its_authorities() {
    for january in 2010..=2025 {
        let of = |place| {
            published()
                .plans
                .value(place, january, Cut::All, Item::Total)
        };
        let sum: f64 = published()
            .authorities
            .keys()
            .filter_map(|code| of(Place::Authority(*code)))
            .sum();
        assert_eq!(of(Place::England), Some(sum), "January {january}");
    }
}

#[test]
fn the_regional_total_in_yorkshire_2022_is_replaced() {
    let new_plans = |code| {
        let place = Place::Authority(AuthorityCode(code));
        published()
            .new_plans
            .value(place, 2022, Cut::All, Item::Total)
    };
    assert_eq!(new_plans(370), Some(319.0), "Barnsley");
    assert_eq!(new_plans(384), Some(462.0), "Wakefield");
    let yorkshire = published()
        .authorities_in(2022)
        .filter(|a| a.region_code == "E12000003");
    let sum: f64 = yorkshire
        .filter_map(|authority| new_plans(authority.code.0))
        .sum();
    assert_eq!(sum as u32, 6078);
}

#[test]
fn one_hundred_and_fifty_three_authorities_exist() {
    assert_eq!(published().authorities_in(2025).count(), 153);
    for authority in published().authorities_in(2025) {
        assert!(
            !authority.icbs.is_empty(),
            "{} has no board",
            authority.name
        );
        assert!(!authority.population_codes.is_empty(), "{}", authority.name);
        for board in &authority.icbs {
            let key = sendsim::data::board_key(board);
            assert!(published().waiting_lists.contains_key(&key), "{board}");
        }
    }
}

#[test]
fn all_authorities_import_and_their_packs_read_back() {
    let started = std::time::Instant::now();
    let out = tempfile::tempdir().unwrap();
    let args = ImportArgs {
        source: folder(),
        la: "all".to_owned(),
        base_year: None,
        out: out.path().join("areas"),
        force: false,
    };
    let mut messages = Vec::new();
    run_import(&args, &mut messages).unwrap();
    println!("import of all: {:.1} s", started.elapsed().as_secs_f64());
    println!("{}", String::from_utf8_lossy(&messages));
    let mut folders: Vec<PathBuf> = std::fs::read_dir(&args.out)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    assert_eq!(folders.len(), 153);
    for folder in folders {
        let mut findings = Vec::new();
        let pack = AreaPack::read(&folder, &mut findings);
        let errors: Vec<String> = findings
            .iter()
            .filter(|finding| finding.severity == Severity::Error)
            .map(ToString::to_string)
            .collect();
        assert!(errors.is_empty(), "{}", errors.join("\n"));
        assert!(!pack.unwrap().population.is_empty(), "{}", folder.display());
    }
}

fn derby(base_year: Option<i32>) -> AreaPack {
    let selection = Selection::parse("Derby");
    import(&folder(), &selection, base_year)
        .unwrap()
        .remove(0)
        .pack
}

#[test]
fn derby_accounts_close_with_the_known_residuals() {
    let pack = derby(None);
    let residual = |year: i32| {
        let row = pack.plan_accounts.iter().find(|row| row.year == year);
        row.and_then(|row| row.recording_adjustment.value())
    };
    assert_eq!(residual(2023), Some(70.0));
    assert_eq!(residual(2024), Some(36.0));
    assert_eq!(residual(2020), None);
    let moved = pack
        .plan_accounts
        .iter()
        .find(|row| row.year == 2024)
        .unwrap();
    assert_eq!(moved.plans_moved_out.value(), Some(78.0));
    assert_eq!(moved.plans_ceased.value(), Some(279.0));
}

#[test]
fn derby_under_18s_add_to_the_published_total_of_2024() {
    let pack = derby(None);
    let persons = |year, ages: std::ops::RangeInclusive<u8>| -> f64 {
        pack.population
            .iter()
            .filter(|row| row.year == year && ages.contains(&row.age))
            .map(|row| row.persons)
            .sum()
    };
    // Mid-2024 is 62,113 aged 0 to 17; in academic ages two twelfths of the 17s have become 18.
    assert!((persons(2025, 0..=17) / 62_113.0 - 1.0).abs() < 0.01);
    assert!(persons(2024, 0..=25) > 85_000.0 && persons(2045, 0..=25) > 70_000.0);
    for row in &pack.population_error {
        assert!(row.births_sd > 0.01 && row.births_sd < 0.3, "{row:?}");
        assert!(
            row.cohort_change_sd > 0.005 && row.cohort_change_sd < 0.3,
            "{row:?}"
        );
    }
    println!("{:?}", pack.population_error);
}

#[test]
fn a_pack_of_2021_holds_nothing_later() {
    let pack = derby(Some(2021));
    assert_eq!(
        pack.ehc_plans_history.iter().map(|row| row.year).max(),
        Some(2021)
    );
    assert_eq!(pack.new_plans.iter().map(|row| row.year).max(), Some(2020));
    assert_eq!(pack.ceased_plans.len(), 0);
    assert!(
        pack.findings
            .iter()
            .any(|row| row.check == "later-publication")
    );
}

#[test]
fn an_unknown_authority_is_told_the_closest_name() {
    let findings = import(&folder(), &Selection::parse("Darby"), None).unwrap_err();
    assert_eq!(findings[0].hint.as_deref(), Some("did you mean `Derby`?"));
}
