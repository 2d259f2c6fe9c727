//! Reading published files: what is read from good ones, what is said about bad ones.

use sendsim::data::facts::{Cut, Item};
use sendsim::data::read;
use sendsim::domain::{
    AgeGroup, AuthorityCode, CeaseReason, Observed, Phase, Place, PrimaryNeed, Setting, Sex,
};

use crate::published_folder::{PublishedFolder, fixtures};

const WESTMARCH: Place = Place::Authority(AuthorityCode(701));
const EASTMARCH: Place = Place::Authority(AuthorityCode(702));
const OLDMARCH: Place = Place::Authority(AuthorityCode(703));

const PLANS: &str = "sen2_ehcp/2025release_caseload.csv.gz";
const NEW_PLANS: &str = "sen2_ehcp/2025release_newplans.csv.gz";
const OLD_PLANS: &str = "sen2_ehcp/2022release_sen2_age_caseload.csv.gz";
const PLACEMENTS: &str = "sen2_ehcp/2022release_sen2_estab_caseload.csv.gz";
const CENSUS: &str = "school_census_sen/sen_primary_need_by_la_phase_202223.csv.gz";
const POPULATION: &str = "ons_population/mye_2000_2023_la_age0_25.csv.gz";

#[test]
fn good_files_give_no_error() {
    let folder = PublishedFolder::new();
    assert_eq!(folder.errors(), Vec::<String>::new());
}

#[test]
fn every_data_set_is_filled() {
    let published = read(&fixtures()).published;
    let plans = |place, year| published.plans.value(place, year, Cut::All, Item::Total);
    // 400 × 1.06^15, and 400 in the first year.
    assert_eq!(plans(WESTMARCH, 2025), Some(959.0));
    assert_eq!(plans(WESTMARCH, 2010), Some(400.0));
    let band = Cut::AgeGroup(AgeGroup::Age11To15);
    assert!(
        published
            .plans
            .value(EASTMARCH, 2012, band, Item::Total)
            .is_some()
    );
    let need = Item::Need(PrimaryNeed::Semh);
    assert!(
        published
            .plan_needs
            .value(EASTMARCH, 2025, Cut::Sex(Sex::Female), need)
            .is_some()
    );
    assert!(
        published
            .new_plan_needs
            .value(EASTMARCH, 2024, Cut::AgeStarted(7), need)
            .is_some()
    );
    let transfer = Item::Reason(CeaseReason::Transfer);
    assert!(
        published
            .ceased
            .value(WESTMARCH, 2024, Cut::Age(20), transfer)
            .is_some()
    );
    assert!(
        published
            .requests
            .cell(WESTMARCH, 2024, "requests", Cut::All)
            .value()
            .is_some()
    );
    assert!(
        published
            .requests
            .cell(WESTMARCH, 2015, "requests", Cut::All)
            .value()
            .is_some()
    );
    assert!(
        published
            .timeliness
            .cell(WESTMARCH, 2019, "plans_issued", Cut::All)
            .value()
            .is_some()
    );
    assert!(
        published
            .reviews
            .cell(WESTMARCH, 2024, "reviews_expected", Cut::All)
            .value()
            .is_some()
    );
    assert!(
        published
            .population
            .contains_key(&(Place::England, 2023, 25, Sex::Male))
    );
    assert!(
        published
            .projection
            .contains_key(&(WESTMARCH, 2043, 0, Sex::Female))
    );
    assert_eq!(published.under_18.len(), 3 * 4);
    assert_eq!(published.places[&WESTMARCH].len(), 2 * 4 + 4);
    assert_eq!(published.waiting_lists["the marches"].len(), 2);
    assert_eq!(
        published.absence[&EASTMARCH].last().map(|row| row.need),
        Some(None)
    );
}

#[test]
fn england_is_the_sum_of_its_authorities() {
    let published = read(&fixtures()).published;
    for year in 2010..=2025 {
        let of = |place| published.plans.value(place, year, Cut::All, Item::Total);
        let places = published
            .authorities
            .keys()
            .map(|code| Place::Authority(*code));
        assert_eq!(
            of(Place::England),
            Some(places.filter_map(of).sum()),
            "{year}"
        );
    }
}

#[test]
fn settings_add_to_the_total_and_the_old_types_map_to_them() {
    let published = read(&fixtures()).published;
    for year in 2010..=2025 {
        let settings = Setting::ALL.map(|setting| {
            published
                .plans
                .value(WESTMARCH, year, Cut::All, Item::Setting(setting))
        });
        let sum: f64 = settings.iter().flatten().sum();
        let total = published
            .plans
            .value(WESTMARCH, year, Cut::All, Item::Total);
        assert_eq!(Some(sum), total, "{year}: {settings:?}");
    }
    // A hospital school is a state-funded special school, a sixth form college general FE.
    let in_2018 = |setting| {
        published
            .plans
            .cell(WESTMARCH, 2018, Cut::All, Item::Setting(setting))
            .value()
    };
    assert!(in_2018(Setting::GeneralFe).is_some() && in_2018(Setting::OtherFe).is_none());
}

#[test]
fn a_missing_symbol_is_never_a_zero() {
    let folder = PublishedFolder::new();
    // The first row of 2025 is Westmarch's total; its NEET column becomes not available.
    folder.edit(PLANS, |text| {
        let header: Vec<&str> = text.lines().next().unwrap().split(',').collect();
        let neet = header
            .iter()
            .position(|name| *name == "neet_other")
            .unwrap();
        let edited = text.lines().map(|line| {
            let mut cells: Vec<&str> = line.split(',').collect();
            if line.contains(",701,Westmarch,All EHC plans") && line.starts_with("202425") {
                cells[neet] = "x";
            }
            cells.join(",") + "\n"
        });
        edited.collect()
    });
    let published = folder.read().published;
    let cell = |setting| {
        published
            .plans
            .cell(WESTMARCH, 2025, Cut::All, Item::Setting(setting))
    };
    assert_eq!(cell(Setting::Neet), Observed::NotAvailable);
    assert!(cell(Setting::StateSpecial).value().is_some());
    // Not collected before 2023: the rest of the group stands.
    let early = published
        .plans
        .cell(WESTMARCH, 2020, Cut::All, Item::Setting(Setting::Neet));
    assert!(early.value().is_some());
    let found = folder.found("parts-differ");
    assert!(
        found
            .iter()
            .any(|text| text.contains("placements do not add to the total: 2025")),
        "{found:?}"
    );
}

#[test]
fn a_dash_in_the_authority_tool_is_not_zero() {
    let published = read(&fixtures()).published;
    let percent = |year| {
        published
            .sen_support_percent
            .cell(OLDMARCH, year, Cut::All, Item::Total)
    };
    assert_eq!(percent(2020), Observed::Value(12.5));
    assert_eq!(percent(2025), Observed::NotAvailable);
    let primary = Cut::Phase(Phase::Primary);
    let exclusions =
        published
            .exclusions
            .cell(WESTMARCH, 2020, "permanent_exclusions_percent", Cut::All);
    assert_eq!(exclusions, Observed::Value(0.081));
    assert_eq!(
        published
            .ehc_pupils_percent
            .value(WESTMARCH, 2025, primary, Item::Total),
        Some(3.1)
    );
}

#[test]
fn a_quoted_name_and_odd_punctuation_are_matched() {
    let published = read(&fixtures()).published;
    let need = |need| {
        let phase = Cut::Phase(Phase::Primary);
        published
            .sen_pupils
            .value(EASTMARCH, 2023, phase, Item::Need(need))
    };
    assert_eq!(need(PrimaryNeed::Msi), Some(6.0));
    assert_eq!(need(PrimaryNeed::Slcn), Some(90.0));
    // `Eastmarch City of` in one publication, `x` for a suppressed small number.
    let special =
        published
            .exclusions
            .cell(EASTMARCH, 2016, "permanent_exclusions_special", Cut::All);
    assert_eq!(special, Observed::NotAvailable);
    assert_eq!(
        published
            .exclusions
            .cell(EASTMARCH, 2016, "permanent_exclusions", Cut::All)
            .value(),
        Some(12.0)
    );
}

#[test]
fn a_missing_file_is_named() {
    let folder = PublishedFolder::new();
    std::fs::remove_file(folder.path().join(PLANS)).unwrap();
    let errors = folder.errors();
    assert_eq!(errors.len(), 1);
    assert!(
        errors[0].contains("sen2_ehcp/2025release_caseload.csv.gz"),
        "{errors:?}"
    );
    assert!(
        errors[0].contains("hint: it is Education health and care plans"),
        "{errors:?}"
    );
}

#[test]
fn a_truncated_gzip_is_an_error() {
    let folder = PublishedFolder::new();
    let bytes = std::fs::read(folder.path().join(PLANS)).unwrap();
    folder.write(PLANS, &bytes[..bytes.len() / 2], false);
    assert!(
        folder
            .errors()
            .iter()
            .any(|error| error.contains("damaged or cut short"))
    );
}

#[test]
fn a_renamed_column_is_suggested() {
    let folder = PublishedFolder::new();
    folder.replace(PLANS, "special_independent", "special_indepndent");
    let errors = folder.errors();
    assert!(
        errors.iter().any(
            |error| error.starts_with("error: no column `special_independent`")
                && error.contains("2025release_caseload.csv.gz:1")
                && error.contains("column `special_indepndent` may be the same")
        ),
        "{errors:?}"
    );
}

#[test]
fn swapped_columns_are_named() {
    let folder = PublishedFolder::new();
    folder.replace(POPULATION, "code,name,year,age", "code,name,age,year");
    let errors = folder.errors();
    assert!(
        errors
            .iter()
            .any(|error| error.contains("column `year` should hold years")
                && error.contains("columns `year` and `age` look swapped")),
        "{errors:?}"
    );
}

#[test]
fn negative_counts_and_unknown_symbols_are_placed() {
    let folder = PublishedFolder::new();
    // Line 2 is Westmarch in 2010, in total; line 3 its under fives.
    folder.edit(OLD_PLANS, |text| {
        let lines = text.lines().enumerate().map(|(at, line)| {
            let (before, last) = line.trim_end_matches(',').rsplit_once(',').unwrap();
            match at {
                1 => format!("{before},-{last},\n"),
                2 => format!("{before},?,\n"),
                _ => format!("{line}\n"),
            }
        });
        lines.collect()
    });
    let negative = folder.found("negative-count");
    assert_eq!(negative.len(), 1, "{negative:?}");
    assert!(negative[0].contains("column `Total_all` holds counts below zero: `-400` (line 2)"));
    let unknown = folder.found("unknown-symbol");
    assert_eq!(unknown.len(), 1, "{unknown:?}");
    assert!(unknown[0].contains("`?` (line 3)"), "{unknown:?}");
    assert!(
        unknown[0].contains("2022release_sen2_age_caseload.csv.gz:3:16"),
        "{unknown:?}"
    );
}

#[test]
fn a_year_given_twice_is_an_error() {
    let folder = PublishedFolder::new();
    folder.edit(OLD_PLANS, |text| {
        let row = text.lines().nth(1).unwrap().to_owned();
        text + &row + "\n"
    });
    let found = folder.found("given-twice");
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("error: figures given twice"));
}

#[test]
fn an_unknown_need_is_told_the_nearest() {
    let folder = PublishedFolder::new();
    folder.replace(CENSUS, "Hearing Impairment", "Hering Impairment");
    let found = folder.found("unknown-need");
    assert!(
        found[0].contains("did you mean `Hearing Impairment`?"),
        "{found:?}"
    );
}

#[test]
fn another_encoding_is_read_with_a_warning() {
    let folder = PublishedFolder::new();
    let path = "lookups/la_codes_regions.csv";
    let text = std::fs::read_to_string(folder.path().join(path)).unwrap();
    let text = text.replace("Westmarch", "Westm\u{e4}rch");
    let bytes: Vec<u8> = text.chars().map(|letter| letter as u8).collect();
    folder.write(path, &bytes, false);
    let edition = folder.read();
    assert_eq!(
        edition.published.authorities[&AuthorityCode(701)].name,
        "Westm\u{e4}rch"
    );
    let found = folder.found("wrong-encoding");
    assert!(found[0].contains("byte 0xE4 (line 2)"), "{found:?}");
}

#[test]
fn a_revised_figure_is_a_note_and_the_newer_one_stands() {
    let folder = PublishedFolder::new();
    folder.edit(OLD_PLANS, |text| {
        let lines = text.lines().map(|line| {
            let westmarch_2020 = line.starts_with("2020,") && line.contains("Westmarch,Total");
            let line = if westmarch_2020 {
                line.replace("716", "700")
            } else {
                line.to_owned()
            };
            line + "\n"
        });
        lines.collect()
    });
    let published = folder.read().published;
    let plans = published
        .plans
        .value(WESTMARCH, 2020, Cut::All, Item::Total);
    assert_eq!(plans, Some(716.0));
    let found = folder.found("releases-differ");
    assert!(found[0].contains("2020: 700 against 716 now"), "{found:?}");
}

#[test]
fn an_unmapped_placement_is_an_error() {
    let folder = PublishedFolder::new();
    folder.replace(PLACEMENTS, "Hospital School", "Space Station");
    let found = folder.found("unknown-breakdown");
    assert!(found[0].contains("`Space Station`"), "{found:?}");
}

#[test]
fn a_sudden_change_is_a_warning() {
    let folder = PublishedFolder::new();
    // All of Eastmarch's January 2015 figures grow tenfold.
    let grow = |text: String| -> String {
        let lines = text.lines().map(|line| {
            let hit =
                line.starts_with("2015,") && line.contains(",Total,") && line.contains("Eastmarch");
            let line = if hit {
                line.replace("401", "4010")
            } else {
                line.to_owned()
            };
            line + "\n"
        });
        lines.collect()
    };
    folder.edit(OLD_PLANS, grow);
    let found = folder.found("large-change");
    assert!(found[0].contains("January 2015: 379 to 4010"), "{found:?}");
}

#[test]
fn new_plans_by_age_keep_the_published_meaning() {
    let published = read(&fixtures()).published;
    assert!(
        published
            .new_plans
            .value(WESTMARCH, 2023, Cut::Age(20), Item::Total)
            .is_some()
    );
    assert_eq!(
        published
            .new_plans
            .value(WESTMARCH, 2021, Cut::Age(5), Item::Total),
        None
    );
    let folder = PublishedFolder::new();
    folder.replace(NEW_PLANS, "age 2 and under", "age two");
    assert!(folder.found("unknown-breakdown")[0].contains("`age two`"));
}
