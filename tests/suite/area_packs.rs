//! Area packs: built from invented published files, written, read, damaged.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

use sendsim::area::{AreaPack, Breakdown, EvidenceProcess, EvidenceRow};
use sendsim::cli::{Failure, ImportArgs, run_import};
use sendsim::domain::{Observed, Setting};
use sendsim::finding::{Finding, Severity};
use sendsim::import::{Selection, import};

use crate::published_folder::{PublishedFolder, fixtures};

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
    assert_eq!(later.count(), 3 + 7);
    let own_needs = pack
        .rate_evidence
        .iter()
        .filter(|row| row.process == EvidenceProcess::JoiningNeed);
    let counted: f64 = own_needs.map(|row| row.area_events).sum();
    assert!(counted.abs() < 1e-9, "needs of new plans of 2024 are later");
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
    assert_eq!(missing.count(), 46);
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

fn evidence(pack: &AreaPack, process: EvidenceProcess) -> Vec<&EvidenceRow> {
    let rows = pack.rate_evidence.iter();
    rows.filter(|row| row.process == process).collect()
}

#[test]
fn new_plans_before_an_authority_has_a_stock_do_not_raise_its_joining() {
    let folder = PublishedFolder::new();
    // New plans of 2023 are given back to the authority as it was divided in April of that year.
    folder.edit("sen2_ehcp/2025release_newplans.csv.gz", |text| {
        let of_2024 = |line: &&str| line.starts_with("2024,") && line.contains(",704,");
        let of_2024 = text.lines().filter(of_2024);
        let year_before: Vec<String> = of_2024.map(|line| format!("2023{}", &line[4..])).collect();
        format!("{text}{}\n", year_before.join("\n"))
    });
    let selection = Selection::parse("Northmarch");
    let pack = import(folder.path(), &selection, None)
        .unwrap()
        .remove(0)
        .pack;
    assert!(pack.new_plans.iter().any(|row| row.year == 2023));
    let rows = evidence(&pack, EvidenceProcess::Joining);
    let counted: f64 = rows.iter().map(|row| row.area_events).sum();
    let expected: f64 = rows
        .iter()
        .map(|row| row.area_exposure * row.peer_value)
        .sum();
    // Ages tell the shape: at the area's own level as many are expected as counted.
    assert!(
        (counted / expected - 1.0).abs() < 1e-6,
        "{counted} against {expected}"
    );
    let of_2023 = pack
        .joining_index
        .iter()
        .find(|row| row.year == 2023)
        .unwrap();
    assert_eq!(of_2023.area_new, None);
}

#[test]
fn nobody_moves_to_where_nobody_knows() {
    let derby = AreaPack::embedded("derby", &mut Vec::new()).unwrap();
    for pack in [pack("Westmarch", None), derby] {
        for process in [EvidenceProcess::FirstSetting, EvidenceProcess::SettingMove] {
            let unknown = evidence(&pack, process)
                .into_iter()
                .filter(|row| [row.setting, row.to_setting].contains(&Some(Setting::NotRecorded)));
            assert_eq!(unknown.count(), 0);
        }
        let shares: f64 = evidence(&pack, EvidenceProcess::FirstSetting)
            .iter()
            .filter(|row| row.age == Some(5))
            .map(|row| row.peer_value)
            .sum();
        assert!((shares - 1.0).abs() < 1e-9, "{shares}");
    }
}

/// Drops the lines of a table that hold a text, the header apart.
fn without(text: &str, part: &str) -> String {
    let kept = text
        .lines()
        .enumerate()
        .filter(|(at, line)| *at == 0 || !line.contains(part));
    kept.flat_map(|(_, line)| [line, "\n"]).collect()
}

fn first_lines(text: &str, lines: usize) -> String {
    let first = text.lines().take(lines);
    first.flat_map(|line| [line, "\n"]).collect()
}

type Edit = fn(String) -> String;

/// Damages that a table may suffer in a spreadsheet, and what is said about each.
const DAMAGES: [(&str, Edit, &str); 16] = [
    (
        "population.csv",
        |t| without(&t, "2030,"),
        "2030 has 0 of 52 rows",
    ),
    (
        "population.csv",
        |t| without(&t, "2025,7,"),
        "2025 has 50 of 52 rows",
    ),
    (
        "population.csv",
        |t| many_residents(&t),
        "more residents than any authority has",
    ),
    (
        "rate_evidence.csv",
        |t| first_lines(&t, 300),
        "processes without all their evidence",
    ),
    (
        "rate_evidence.csv",
        |t| without(&t, "ceasing,"),
        "`ceasing`",
    ),
    (
        "rate_evidence.csv",
        |t| first_lines(&t, t.lines().count() - 1),
        "`ceasing-in-setting`: 16 of 17 settings",
    ),
    (
        "rate_evidence.csv",
        |t| changed_peer(&t, "joining,", "-1"),
        "`joining`: peer_value -1",
    ),
    (
        "rate_evidence.csv",
        |t| changed_peer(&t, "ceasing,", "1e300"),
        "beyond anything",
    ),
    (
        "rate_evidence.csv",
        |t| changed_peer(&t, "moving-out,", "900"),
        "`moving-out`: peer_value 9e2",
    ),
    (
        "estimates.csv",
        |t| without(&t, "ceasing.drift"),
        "`ceasing.drift`",
    ),
    (
        "area.toml",
        |t| t.replace("base-year = 2025", "base-year = 2031"),
        "no total of plans for that January",
    ),
    (
        "ehc_plans.csv",
        |t| first_lines(&t, 1),
        "0 against 959 in January 2025",
    ),
    (
        "ehc_plans.csv",
        |t| first_lines(&t, 40),
        "do not add to the history",
    ),
    (
        "ehc_plans.csv",
        |t| many_plans(&t),
        "more children with plans than residents",
    ),
    (
        "sen_support.csv",
        |t| many_plans(&t),
        "more children on SEN support or with plans than residents",
    ),
    (
        "outlook.csv",
        |t| first_lines(&t, 20),
        "the outlook lacks some of its numbers",
    ),
];

/// The first row of a process with another value of the peers.
fn changed_peer(text: &str, process: &str, value: &str) -> String {
    let mut done = false;
    let lines = text.lines().map(|line| {
        if done || !line.starts_with(process) {
            return format!("{line}\n");
        }
        done = true;
        let mut cells: Vec<&str> = line.split(',').collect();
        cells[6] = value;
        format!("{}\n", cells.join(","))
    });
    lines.collect()
}

/// The last row with 70,000 children.
fn many_plans(text: &str) -> String {
    let kept = first_lines(text, text.lines().count() - 1);
    let last = text.lines().last().unwrap();
    let (start, _) = last.rsplit_once(',').unwrap();
    format!("{kept}{start},70000\n")
}

/// The last row with a million residents.
fn many_residents(text: &str) -> String {
    let kept = first_lines(text, text.lines().count() - 1);
    format!("{kept}2045,25,Male,1000000,assumption\n")
}

#[test]
fn a_damaged_pack_is_refused_with_the_reason() {
    for (file, edit, said) in DAMAGES {
        let folder = PackFolder::new();
        folder.edit(file, edit);
        let (pack, findings) = folder.read();
        assert!(pack.is_none(), "{file} ({said}) is accepted: {findings:?}");
        let error = findings
            .iter()
            .find(|f| f.starts_with("error") && f.contains(said));
        assert!(error.is_some(), "{file}: {said} is not in {findings:#?}");
    }
}

#[test]
fn evidence_and_estimates_cannot_be_left_out() {
    for file in ["rate_evidence.csv", "estimates.csv", "sen_support.csv"] {
        let folder = PackFolder::new();
        fs::remove_file(folder.path().join(file)).unwrap();
        let (pack, findings) = folder.read();
        assert!(pack.is_none(), "{findings:?}");
        assert!(
            findings
                .iter()
                .any(|f| f.starts_with("error") && f.contains(file))
        );
    }
}

#[test]
fn a_pack_without_an_outlook_says_that_rates_hold() {
    let folder = PackFolder::new();
    fs::remove_file(folder.path().join("outlook.csv")).unwrap();
    let (pack, findings) = folder.read();
    assert!(pack.unwrap().outlook.is_empty());
    let all = findings.join("\n");
    assert!(
        all.contains("rates of joining, ceasing and moving are held constant"),
        "{all}"
    );
}

#[test]
fn one_missing_file_is_one_error_and_nothing_else() {
    let folder = PublishedFolder::new();
    let file = "sen2_ehcp/2025release_timeliness_20_week.csv.gz";
    fs::remove_file(folder.path().join(file)).unwrap();
    let findings = import(folder.path(), &Selection::parse("Westmarch"), None).unwrap_err();
    let shown: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert_eq!(shown.len(), 1, "{shown:#?}");
    assert!(shown[0].contains("timeliness"), "{shown:?}");
}

#[test]
fn findings_call_authorities_by_their_names() {
    for area in import(&fixtures(), &Selection::All, None).unwrap() {
        for finding in &area.findings {
            assert!(
                !finding.message.contains("authority 70"),
                "{}",
                finding.message
            );
        }
    }
}
