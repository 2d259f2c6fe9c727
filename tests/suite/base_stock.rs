//! Base stocks of an invented authority whose every child is known.

use proptest::prelude::*;
use sendsim::area::{PlanStockRow, PopulationRow};
use sendsim::data::facts::{Cut, FactKey, Facts, Item, Published};
use sendsim::domain::{
    AgeGroup, AuthorityCode, Basis, Observed, Phase, Place, PrimaryNeed, Setting, Sex,
};
use sendsim::finding::{Finding, Severity};
use sendsim::fit::{base_plans, base_sen_support, plan_residuals};

const AUTHORITY: AuthorityCode = AuthorityCode(900);
const PLACE: Place = Place::Authority(AUTHORITY);

/// A child with a plan.
type Child = (u8, Sex, PrimaryNeed, Setting);

/// Children of every age, need and usual setting, in fixed proportions.
fn invented_children(count: u64) -> Vec<Child> {
    (0..count)
        .map(|k| {
            let mixed = k.wrapping_mul(6_364_136_223_846_793_005).rotate_left(29);
            let age = 2 + (mixed % 24) as u8;
            let sex = Sex::ALL[usize::from(mixed / 24 % 10 < 7)];
            let need = PrimaryNeed::ALL[(mixed / 240 % 12) as usize];
            let settings: &[Setting] = match age {
                0..=3 => &[Setting::EarlyYears, Setting::Mainstream],
                4..=15 => &[
                    Setting::Mainstream,
                    Setting::StateSpecial,
                    Setting::ResourcedProvision,
                    Setting::Neet,
                ],
                _ => &[Setting::GeneralFe, Setting::Neet, Setting::SpecialistPost16],
            };
            let setting = settings[(mixed / 2880) as usize % settings.len()];
            (age, sex, need, setting)
        })
        .collect()
}

fn count(facts: &mut Facts, place: Place, year: i32, cut: Cut, item: Item) {
    let key = FactKey {
        place,
        year,
        cut,
        item,
    };
    let before = facts.value(place, year, cut, item).unwrap_or(0.0);
    facts.insert(key, Observed::Value(before + 1.0));
}

/// Publishes the children as the person-level returns do.
fn publish(published: &mut Published, place: Place, year: i32, children: &[Child]) {
    for &(age, sex, need, setting) in children {
        let cuts = [Cut::All, Cut::Age(age.max(2)), Cut::Sex(sex)];
        for cut in cuts {
            count(&mut published.plans, place, year, cut, Item::Total);
            count(
                &mut published.plans,
                place,
                year,
                cut,
                Item::Setting(setting),
            );
        }
        if year >= 2025 {
            for cut in cuts.into_iter().chain([Cut::Setting(setting)]) {
                count(
                    &mut published.plan_needs,
                    place,
                    year,
                    cut,
                    Item::Need(need),
                );
            }
        }
    }
}

/// Publishes them as the returns before 2023 did: total, age bands and settings.
fn publish_totals(published: &mut Published, year: i32, children: &[Child]) {
    for &(age, _, _, setting) in children {
        let band = Cut::AgeGroup(AgeGroup::of(age));
        count(&mut published.plans, PLACE, year, Cut::All, Item::Total);
        count(
            &mut published.plans,
            PLACE,
            year,
            Cut::All,
            Item::Setting(setting),
        );
        count(&mut published.plans, PLACE, year, band, Item::Total);
    }
}

fn england() -> Published {
    let mut published = Published::default();
    publish(
        &mut published,
        Place::England,
        2025,
        &invented_children(9000),
    );
    published
}

fn fit(published: &Published, year: i32) -> (Vec<PlanStockRow>, Vec<Finding>) {
    let mut findings = Vec::new();
    let rows = base_plans(published, AUTHORITY, year, &mut findings);
    (rows, findings)
}

fn total(rows: &[PlanStockRow]) -> u32 {
    rows.iter().map(|row| row.plans).sum()
}

/// Largest difference from any published margin.
fn largest_difference(published: &Published, year: i32, rows: &[PlanStockRow]) -> f64 {
    plan_residuals(published, AUTHORITY, year, rows)
        .iter()
        .map(|row| row.difference().abs())
        .fold(0.0, f64::max)
}

fn has(findings: &[Finding], check: &str) -> bool {
    findings.iter().any(|finding| finding.check == check)
}

#[test]
fn every_margin_of_a_full_publication_holds_exactly() {
    let mut published = england();
    publish(&mut published, PLACE, 2025, &invented_children(700));
    let (rows, findings) = fit(&published, 2025);
    assert_eq!(total(&rows), 700);
    assert!(largest_difference(&published, 2025, &rows) < 1e-9);
    assert!(findings.is_empty(), "{findings:?}");
    assert!(rows.iter().all(|row| row.need != PrimaryNeed::Nsa));
}

#[test]
fn the_same_publication_gives_the_same_children() {
    let mut published = england();
    publish(&mut published, PLACE, 2025, &invented_children(300));
    assert_eq!(fit(&published, 2025), fit(&published, 2025));
}

#[test]
fn an_earlier_base_year_borrows_a_later_shape_and_says_so() {
    let mut published = england();
    publish_totals(&mut published, 2021, &invented_children(500));
    let (rows, findings) = fit(&published, 2021);
    assert_eq!(total(&rows), 500);
    assert!(largest_difference(&published, 2021, &rows) < 1e-9);
    assert!(has(&findings, "base-plans-later-shape"));
}

#[test]
fn a_total_alone_takes_the_shape_of_an_earlier_january() {
    let mut published = england();
    publish_totals(&mut published, 2023, &invented_children(400));
    let key = FactKey {
        place: PLACE,
        year: 2024,
        cut: Cut::All,
        item: Item::Total,
    };
    published.plans.insert(key, Observed::Value(440.0));
    let (rows, findings) = fit(&published, 2024);
    assert_eq!(total(&rows), 440);
    assert!(has(&findings, "base-plans-stand-in"));
    // 400 children of whom 110% are wanted: every setting is near 110% of the year before.
    let neet: u32 = rows
        .iter()
        .filter(|row| row.setting == Setting::Neet)
        .map(|row| row.plans)
        .sum();
    let before = published
        .plans
        .value(PLACE, 2023, Cut::All, Item::Setting(Setting::Neet))
        .unwrap();
    assert!((f64::from(neet) - 1.1 * before).abs() < 2.0);
}

#[test]
fn needs_without_a_cut_by_age_or_placement_keep_their_totals() {
    let mut published = england();
    publish(&mut published, PLACE, 2025, &invented_children(600));
    let mut needs = Facts::default();
    for (key, cell) in published.plan_needs.iter() {
        if key.place == Place::England || key.cut == Cut::All {
            needs.insert(*key, *cell);
        }
    }
    published.plan_needs = needs;
    let (rows, findings) = fit(&published, 2025);
    assert_eq!(total(&rows), 600);
    assert!(largest_difference(&published, 2025, &rows) < 1e-9);
    assert!(has(&findings, "base-plans-margin-unusable"));
}

#[test]
fn placements_that_do_not_add_up_are_set_aside_with_a_warning() {
    let mut published = england();
    publish(&mut published, PLACE, 2025, &invented_children(600));
    let key = FactKey {
        place: PLACE,
        year: 2025,
        cut: Cut::All,
        item: Item::Setting(Setting::Neet),
    };
    published.plans.insert(key, Observed::NotAvailable);
    let (rows, findings) = fit(&published, 2025);
    assert_eq!(total(&rows), 600);
    assert!(largest_difference(&published, 2025, &rows) < 1e-9);
    assert!(has(&findings, "base-plans-margin-unusable"));
}

#[test]
fn plans_under_3_are_nearly_all_of_children_aged_2() {
    let mut published = england();
    let children = vec![(2, Sex::Male, PrimaryNeed::Pd, Setting::EarlyYears); 100];
    publish(&mut published, PLACE, 2025, &children);
    let (rows, _) = fit(&published, 2025);
    let at = |age| -> u32 { rows.iter().filter(|r| r.age == age).map(|r| r.plans).sum() };
    assert_eq!([at(0), at(1), at(2)], [1, 11, 88]);
}

#[test]
fn an_authority_without_a_total_is_an_error_and_has_no_stock() {
    let (rows, findings) = fit(&england(), 2025);
    assert!(rows.is_empty());
    assert_eq!(findings[0].severity, Severity::Error);
}

#[test]
fn an_authority_with_one_plan_has_one_plan() {
    for child in invented_children(20) {
        let mut published = england();
        publish(&mut published, PLACE, 2025, &[child]);
        let (rows, _) = fit(&published, 2025);
        assert_eq!(rows.len(), 1);
        assert_eq!(
            (rows[0].sex, rows[0].need, rows[0].setting),
            (child.1, child.2, child.3)
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn any_children_keep_their_total_and_one_way_margins(
        picks in proptest::collection::vec(0_usize..2000, 1..250),
        year in 2021_i32..=2025,
    ) {
        let all = invented_children(2000);
        let children: Vec<Child> = picks.into_iter().map(|pick| all[pick]).collect();
        let mut published = england();
        if year >= 2024 {
            publish(&mut published, PLACE, year, &children);
        } else {
            publish_totals(&mut published, year, &children);
        }
        let (rows, _) = fit(&published, year);
        prop_assert_eq!(total(&rows) as usize, children.len());
        for row in plan_residuals(&published, AUTHORITY, year, &rows) {
            let one_way = !row.category.contains('|');
            prop_assert!(!one_way || row.difference().abs() < 1e-9, "{:?}", row);
            let exact = row.margin != "plans: setting by age";
            prop_assert!(!exact || row.difference().abs() < 1e-9, "{:?}", row);
        }
    }
}

/// 100 residents of each sex at every age.
fn population(year: i32) -> Vec<PopulationRow> {
    let of_sex = |sex| {
        (0..=25).map(move |age| PopulationRow {
            year,
            age,
            sex,
            persons: 100.0,
            basis: Basis::Derived,
        })
    };
    Sex::ALL.into_iter().flat_map(of_sex).collect()
}

/// Percentages, and pupils with SEN by need and phase of January 2023.
fn publish_school_census(published: &mut Published, place: Place) {
    let set = |facts: &mut Facts, year, cut, item, value| {
        let key = FactKey {
            place,
            year,
            cut,
            item,
        };
        facts.insert(key, Observed::Value(value));
    };
    for (phase, support) in [(Phase::Primary, 15.0), (Phase::Secondary, 12.5)] {
        let cut = Cut::Phase(phase);
        for year in [2023, 2025] {
            set(
                &mut published.sen_support_percent,
                year,
                cut,
                Item::Total,
                support,
            );
            set(
                &mut published.ehc_pupils_percent,
                year,
                cut,
                Item::Total,
                3.0,
            );
        }
        let pupils = [
            (PrimaryNeed::Slcn, 300.0),
            (PrimaryNeed::Semh, 200.0),
            (PrimaryNeed::Nsa, 50.0),
        ];
        for (need, pupils) in pupils {
            set(
                &mut published.sen_pupils,
                2023,
                cut,
                Item::Need(need),
                pupils,
            );
            set(
                &mut published.sen_boys,
                2023,
                cut,
                Item::Need(need),
                0.6 * pupils,
            );
        }
        set(&mut published.sen_pupils, 2023, cut, Item::Total, 550.0);
    }
}

#[test]
fn sen_support_has_the_published_percentage_of_each_phase() {
    let mut published = england();
    publish_school_census(&mut published, PLACE);
    publish_school_census(&mut published, Place::England);
    let mut findings = Vec::new();
    let residents = population(2025);
    let fit = base_sen_support(&published, AUTHORITY, 2025, &[], &residents, &mut findings);
    let of_ages = |ages: std::ops::RangeInclusive<u8>| -> u32 {
        let rows = fit.rows.iter().filter(|row| ages.contains(&row.age));
        rows.map(|row| row.pupils).sum()
    };
    // England's population is not published here: 0.97 pupils per resident of 4 to 10, 1.04 of
    // 11 to 15. 15% of 1,358 are 203.7, 12.5% of 1,040 are 130.
    assert_eq!(of_ages(0..=10), 204);
    assert_eq!(of_ages(11..=25), 130);
    assert!(findings.is_empty(), "{findings:?}");
}

#[test]
fn sen_support_has_children_without_specialist_assessment_and_none_of_unknown_need() {
    let mut published = england();
    publish_school_census(&mut published, PLACE);
    publish_school_census(&mut published, Place::England);
    let residents = population(2025);
    let fit = base_sen_support(
        &published,
        AUTHORITY,
        2025,
        &[],
        &residents,
        &mut Vec::new(),
    );
    let of_need = |need| -> u32 {
        let rows = fit.rows.iter().filter(|row| row.need == need);
        rows.map(|row| row.pupils).sum()
    };
    assert!(of_need(PrimaryNeed::Nsa) > 0);
    assert_eq!(of_need(PrimaryNeed::Unknown), 0);
    let boys = fit.rows.iter().filter(|row| row.sex == Sex::Male);
    let boys: u32 = boys.map(|row| row.pupils).sum();
    // 60% of 334.
    assert!(boys.abs_diff(200) <= 2, "{boys}");
}

#[test]
fn plans_of_a_need_lower_its_sen_support() {
    let mut published = england();
    publish_school_census(&mut published, PLACE);
    publish_school_census(&mut published, Place::England);
    let plan = PlanStockRow {
        age: 8,
        sex: Sex::Male,
        need: PrimaryNeed::Slcn,
        setting: Setting::Mainstream,
        plans: 40,
    };
    let slcn = |plans: &[PlanStockRow]| -> u32 {
        let residents = population(2025);
        let fit = base_sen_support(
            &published,
            AUTHORITY,
            2025,
            plans,
            &residents,
            &mut Vec::new(),
        );
        let rows = fit
            .rows
            .iter()
            .filter(|row| row.need == PrimaryNeed::Slcn && row.age < 11);
        rows.map(|row| row.pupils).sum()
    };
    assert!(slcn(&[plan]) < slcn(&[]));
}

#[test]
fn an_authority_without_a_school_census_takes_englands_mix_and_says_so() {
    let mut published = england();
    publish_school_census(&mut published, Place::England);
    let mut findings = Vec::new();
    let residents = population(2025);
    let fit = base_sen_support(&published, AUTHORITY, 2025, &[], &residents, &mut findings);
    assert!(!fit.rows.is_empty());
    assert!(has(&findings, "base-sen-support-mix"));
    assert!(has(&findings, "base-sen-support-level"));
}
