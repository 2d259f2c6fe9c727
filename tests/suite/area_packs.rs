//! Area packs: built from invented published files, written, read, damaged.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

use sendsim::area::{AreaPack, Breakdown};
use sendsim::cli::{Failure, ImportArgs, run_import};
use sendsim::domain::{Observed, Setting};
use sendsim::finding::{Finding, Severity};
use sendsim::import::{Selection, import};

use crate::published_folder::fixtures;

fn pack(name: &str, base_year: Option<i32>) -> AreaPack {
    let selection = Selection::parse(name);
    import(&fixtures(), &selection, base_year)
        .unwrap()
        .remove(0)
        .pack
}

/// Westmarch's pack in a folder.
struct PackFolder(tempfile::TempDir);

impl PackFolder {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        pack("Westmarch", None).write(dir.path()).unwrap();
        Self(dir)
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn edit(&self, file: &str, edit: impl FnOnce(String) -> String) -> &Self {
        let path = self.path().join(file);
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, edit(text)).unwrap();
        self
    }

    fn read(&self) -> (Option<AreaPack>, Vec<String>) {
        let mut findings = Vec::new();
        let pack = AreaPack::read(self.path(), &mut findings);
        let folder = format!("{}/", self.path().display());
        let shown = |finding: &Finding| finding.to_string().replace(&folder, "");
        (pack, findings.iter().map(shown).collect())
    }
}

#[test]
fn a_pack_is_written_and_read_back_without_loss() {
    let folder = PackFolder::new();
    let (read, findings) = folder.read();
    assert_eq!(findings, Vec::<String>::new());
    let read = read.unwrap();
    let again = tempfile::tempdir().unwrap();
    read.write(again.path()).unwrap();
    for entry in fs::read_dir(folder.path()).unwrap() {
        let name = entry.unwrap().file_name();
        let bytes = |dir: &Path| fs::read(dir.join(&name)).unwrap();
        assert_eq!(
            bytes(folder.path()),
            bytes(again.path()),
            "{}",
            name.display()
        );
    }
    assert_eq!(AreaPack::read(again.path(), &mut Vec::new()), Some(read));
}

#[test]
fn every_table_has_rows() {
    let folder = PackFolder::new();
    for entry in fs::read_dir(folder.path()).unwrap() {
        let path = entry.unwrap().path();
        let lines = fs::read_to_string(&path).unwrap().lines().count();
        assert!(lines > 1, "{} is empty", path.display());
    }
}

#[test]
fn the_order_of_columns_and_extra_columns_do_not_matter() {
    let folder = PackFolder::new();
    let before = folder.read().0.unwrap();
    folder.edit("population_error.csv", |text| {
        let turned = text.lines().enumerate().map(|(at, line)| {
            let cells: Vec<&str> = line.split(',').collect();
            let extra = if at == 0 { "birth_sd" } else { "7" };
            format!("{},{},{},{extra}\n", cells[2], cells[0], cells[1])
        });
        turned.collect()
    });
    let (after, findings) = folder.read();
    assert_eq!(after.unwrap().population_error, before.population_error);
    assert_eq!(findings.len(), 1, "{findings:?}");
    assert!(findings[0].contains("columns that are not read: `birth_sd`"));
    assert!(findings[0].contains("did you mean `births_sd`?"));
}

#[test]
fn every_problem_is_found_at_once_with_its_place() {
    let folder = PackFolder::new();
    folder
        .edit("ehc_plans.csv", |text| {
            let lines: Vec<&str> = text.lines().collect();
            let mut lines: Vec<String> = lines.into_iter().map(str::to_owned).collect();
            lines[2] = "7,Female,ADS,mainstream,4".to_owned();
            lines[3] = "8,Male,ASD,mainstream,-4".to_owned();
            lines.join("\n") + "\n"
        })
        .edit("plan_accounts.csv", |text| {
            let last = text.lines().last().unwrap().to_owned();
            text + &last + "\n"
        })
        .edit("area.toml", |text| {
            text.replace("base-year = 2025", "base-year = \"soon\"")
        });
    let (pack, findings) = folder.read();
    assert_eq!(pack, None);
    let all = findings.join("\n");
    assert!(
        all.contains("unknown codes in column `primary_need`: `ADS` (line 3)"),
        "{all}"
    );
    assert!(
        all.contains("--> ehc_plans.csv:3:3") && all.contains("did you mean `ASD`?"),
        "{all}"
    );
    assert!(
        all.contains("whole counts, not below zero: `-4` (line 4)"),
        "{all}"
    );
    assert!(all.contains("rows given twice for one year"), "{all}");
    assert!(all.contains("area.toml:7"), "{all}");
}

#[test]
fn a_required_table_is_an_error_when_missing_and_another_a_warning() {
    let folder = PackFolder::new();
    fs::remove_file(folder.path().join("population.csv")).unwrap();
    fs::remove_file(folder.path().join("appeals.csv")).unwrap();
    let (pack, findings) = folder.read();
    assert_eq!(pack, None);
    assert!(
        findings
            .iter()
            .any(|f| f.starts_with("error") && f.contains("population.csv"))
    );
    assert!(
        findings
            .iter()
            .any(|f| f.starts_with("warning") && f.contains("appeals.csv"))
    );
}

#[test]
fn an_area_replaces_one_table_with_its_own() {
    let folder = PackFolder::new();
    let before = folder.read().0.unwrap();
    let own = "year,provider,setting,kind,measure,value,note\n\
               2026,New School,state-special,,capacity,80,opens in September\n";
    fs::write(folder.path().join("places.csv"), own).unwrap();
    let after = folder.read().0.unwrap();
    assert_eq!(after.places.len(), 1);
    assert_eq!(after.places[0].setting, Setting::StateSpecial);
    assert_eq!(after.ehc_plans, before.ehc_plans);
}

#[test]
fn the_base_stock_adds_to_the_published_plans() {
    let pack = pack("E06009701", None);
    let stock: u32 = pack.ehc_plans.iter().map(|row| row.plans).sum();
    assert_eq!(stock, 959);
    assert!(!pack.sen_support.is_empty());
}

#[test]
fn the_accounts_of_plans_close() {
    let pack = pack("701", None);
    let row = pack
        .plan_accounts
        .iter()
        .find(|row| row.year == 2024)
        .unwrap();
    let value = |cell: Observed| cell.value().unwrap();
    let end = row.plans_start + value(row.new_plans)
        - value(row.plans_ceased)
        - value(row.plans_moved_out)
        + value(row.recording_adjustment);
    assert!((end - row.plans_end).abs() < 1e-9);
    assert_eq!(row.plans_moved_in, Observed::NotAvailable);
    let before = pack
        .plan_accounts
        .iter()
        .find(|row| row.year == 2015)
        .unwrap();
    assert_eq!(before.recording_adjustment, Observed::NotAvailable);
}

#[test]
fn residents_are_held_to_the_later_total() {
    let pack = pack("Westmarch", None);
    // Mid-2024 in the invented files is five children more than the cohorts give.
    assert!(
        pack.population
            .iter()
            .any(|row| row.year == 2045 && row.age == 25)
    );
    let years: Vec<i32> = pack.population.iter().map(|row| row.year).collect();
    assert_eq!(years.first(), Some(&2010));
    assert!(pack.population.iter().all(|row| row.persons > 0.0));
    assert!((1..=5).eq(pack.population_error.iter().map(|row| row.years_ahead)));
}

#[test]
fn an_authority_formed_from_another_begins_with_the_change() {
    let pack = pack("Northmarch", None);
    let first = pack.ehc_plans_history.iter().map(|row| row.year).min();
    assert_eq!(first, Some(2024));
    let finding = pack
        .findings
        .iter()
        .find(|row| row.check == "history-begins")
        .unwrap();
    assert!(finding.message.contains("formed from Oldmarch"));
    assert!(finding.consequence.contains("together with Southmarch"));
    assert_eq!(pack.manifest.integrated_care_board, "NHS The Marches ICB");
    assert!(
        pack.findings
            .iter()
            .any(|row| row.check == "several-boards")
    );
}

#[test]
fn an_abolished_authority_has_the_people_of_its_successors() {
    let pack = pack("Oldmarch", Some(2020));
    assert_eq!(pack.manifest.base_year, 2020);
    let persons = |pack: &AreaPack, year| -> f64 {
        let rows = pack.population.iter().filter(|row| row.year == year);
        rows.map(|row| row.persons).sum()
    };
    let (north, south) = (
        self::pack("Northmarch", None),
        self::pack("Southmarch", None),
    );
    let both = persons(&north, 2019) + persons(&south, 2019);
    assert!((persons(&pack, 2019) - both).abs() < 1.0);
}

#[test]
fn an_earlier_base_year_holds_nothing_later() {
    let pack = pack("Westmarch", Some(2021));
    let latest = pack.ehc_plans_history.iter().map(|row| row.year).max();
    assert_eq!(latest, Some(2021));
    assert_eq!(pack.new_plans.iter().map(|row| row.year).max(), Some(2020));
    assert!(pack.ceased_plans.is_empty() && pack.nhs_waits.is_empty());
    assert!(
        pack.ehc_plans_history
            .iter()
            .all(|row| !matches!(row.breakdown, Breakdown::Age(_)))
    );
    let later = pack
        .findings
        .iter()
        .filter(|row| row.check == "later-publication");
    assert_eq!(later.count(), 3);
    let wrong = import(&fixtures(), &Selection::All, Some(2012)).unwrap_err();
    assert!(
        wrong[0]
            .hint
            .as_deref()
            .is_some_and(|hint| hint.contains("2019 to 2025"))
    );
}

#[test]
fn an_unknown_authority_is_told_the_nearest() {
    for (name, nearest) in [("Westmarsh", "Westmarch"), ("E06009702", "E06009701")] {
        let findings = import(&fixtures(), &Selection::parse(name), None).unwrap_err();
        assert_eq!(findings[0].severity, Severity::Error);
        assert_eq!(findings[0].hint, Some(format!("did you mean `{nearest}`?")));
    }
    let findings = import(&fixtures(), &Selection::parse("Oldmarch"), None).unwrap_err();
    assert_eq!(
        findings[0].message,
        "`Oldmarch` did not exist in January 2025"
    );
}

fn arguments(la: &str, out: PathBuf) -> ImportArgs {
    ImportArgs {
        source: fixtures(),
        la: la.to_owned(),
        base_year: None,
        out,
        force: false,
    }
}

#[test]
fn all_areas_are_written_into_folders_named_by_code() {
    let dir = tempfile::tempdir().unwrap();
    let mut arguments = arguments("all", dir.path().join("areas"));
    let mut messages = Vec::new();
    run_import(&arguments, &mut messages).unwrap();
    let index = fs::read_to_string(arguments.out.join("areas.csv")).unwrap();
    assert_eq!(index.lines().count(), 1 + 4);
    assert!(index.contains("E08009702,702,\"Eastmarch, City of\",2025,"));
    for code in ["E06009701", "E08009702", "E06009704", "E06009705"] {
        assert!(AreaPack::read(&arguments.out.join(code), &mut Vec::new()).is_some());
    }
    assert!(
        String::from_utf8(messages)
            .unwrap()
            .contains("imported 4 areas")
    );
    let refused = run_import(&arguments, &mut Vec::new()).unwrap_err();
    assert!(matches!(refused, Failure::Input(_)) && refused.exit_code() == 1);
    arguments.force = true;
    run_import(&arguments, &mut Vec::new()).unwrap();
}

#[test]
fn nothing_is_written_when_the_source_is_wrong() {
    let dir = tempfile::tempdir().unwrap();
    let checks = |source: PathBuf| -> Vec<&'static str> {
        let mut arguments = arguments("Westmarch", dir.path().join("westmarch"));
        arguments.source = source;
        let failure = run_import(&arguments, &mut Vec::new()).unwrap_err();
        let Failure::Input(findings) = failure else {
            panic!("the user's input is wrong");
        };
        findings.iter().map(|finding| finding.check).collect()
    };
    assert_eq!(checks(dir.path().join("nowhere")), ["no-published-files"]);
    let one = tempfile::tempdir().unwrap();
    let file = "lookups/la_codes_regions.csv";
    fs::create_dir(one.path().join("lookups")).unwrap();
    fs::copy(fixtures().join(file), one.path().join(file)).unwrap();
    let found = checks(one.path().to_owned());
    let missing = found.iter().filter(|check| **check == "missing-file");
    assert_eq!(missing.count(), 35);
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
}

#[test]
fn importing_twice_gives_the_same_pack() {
    assert_eq!(pack("Eastmarch, City of", None), pack("702", None));
}

#[test]
fn the_packs_inside_the_program_are_sound() {
    for name in AreaPack::embedded_names() {
        let mut findings = Vec::new();
        let pack = AreaPack::embedded(name, &mut findings);
        assert!(findings.is_empty(), "{name}: {findings:?}");
        assert!(pack.is_some());
    }
    assert_eq!(AreaPack::embedded("atlantis", &mut Vec::new()), None);
}
