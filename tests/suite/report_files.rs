//! Output folders and the files in them.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use proptest::prelude::*;
use sendsim::files::{FolderError, Target, write_whole};
use sendsim::report::{self, Format, Results};

use crate::synthetic;

fn write(dir: &Path, name: &str, text: &str) -> Result<(), FolderError> {
    fs::write(dir.join(name), text).map_err(|source| FolderError::Io {
        path: dir.join(name),
        source,
    })
}

fn names(dir: &Path) -> Vec<String> {
    let entries = fs::read_dir(dir).expect("folder is there");
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("readable").file_name())
        .map(|name| name.into_string().expect("plain name"))
        .collect();
    names.sort();
    names
}

#[test]
fn a_folder_appears_with_everything_in_it() {
    let root = tempfile::tempdir().unwrap();
    let out = root.path().join("a/b/out");
    write_whole(&out, false, |dir| write(dir, "manifest.json", "{}")).unwrap();
    assert_eq!(names(&out), ["manifest.json"]);
    assert_eq!(names(out.parent().unwrap()), ["out"]);
}

#[test]
fn nothing_is_there_before_the_end() {
    let root = tempfile::tempdir().unwrap();
    let out = root.path().join("out");
    write_whole(&out, false, |dir| {
        write(dir, "a.csv", "1")?;
        assert!(!out.exists());
        Ok::<_, FolderError>(())
    })
    .unwrap();
    assert!(out.exists());
}

#[test]
fn an_existing_folder_is_kept_unless_forced() {
    let root = tempfile::tempdir().unwrap();
    let out = root.path().join("out");
    write_whole(&out, false, |dir| write(dir, "manifest.json", "old")).unwrap();
    let refused = Target::reserve(&out, false);
    assert!(matches!(refused, Err(FolderError::Exists(_))));
    write_whole(&out, true, |dir| write(dir, "manifest.json", "new")).unwrap();
    assert_eq!(
        fs::read_to_string(out.join("manifest.json")).unwrap(),
        "new"
    );
    assert_eq!(names(root.path()), ["out"]);
}

#[test]
fn force_never_replaces_a_folder_of_something_else() {
    let root = tempfile::tempdir().unwrap();
    let out = root.path().join("documents");
    fs::create_dir(&out).unwrap();
    fs::write(out.join("letter.odt"), "dear").unwrap();
    let refused = Target::reserve(&out, true);
    assert!(matches!(refused, Err(FolderError::NotOurs(_))));
    assert_eq!(names(&out), ["letter.odt"]);
}

#[test]
fn a_failure_with_force_leaves_the_old_folder() {
    let root = tempfile::tempdir().unwrap();
    let out = root.path().join("out");
    write_whole(&out, false, |dir| write(dir, "manifest.json", "old")).unwrap();
    let failed = write_whole(&out, true, |dir| {
        write(dir, "manifest.json", "new")?;
        Err::<(), _>(FolderError::Busy(dir.to_owned()))
    });
    assert!(failed.is_err());
    assert_eq!(
        fs::read_to_string(out.join("manifest.json")).unwrap(),
        "old"
    );
    assert_eq!(names(root.path()), ["out"]);
}

#[test]
fn a_panic_leaves_nothing() {
    let root = tempfile::tempdir().unwrap();
    let out = root.path().join("new/out");
    let outcome = std::panic::catch_unwind(|| {
        write_whole(&out, false, |dir| -> Result<(), FolderError> {
            write(dir, "a.csv", "half")?;
            panic!("something broke")
        })
    });
    assert!(outcome.is_err());
    assert!(names(root.path()).is_empty());
}

#[test]
fn a_folder_that_appears_meanwhile_is_not_overwritten() {
    let root = tempfile::tempdir().unwrap();
    let out = root.path().join("out");
    let outcome = write_whole(&out, false, |dir| {
        write(dir, "a.csv", "ours")?;
        fs::create_dir(&out).unwrap();
        write(&out, "b.csv", "theirs")
    });
    assert!(matches!(outcome, Err(FolderError::Exists(_))));
    assert_eq!(names(&out), ["b.csv"]);
    assert_eq!(names(root.path()), ["out"]);
}

#[test]
fn what_a_killed_run_left_is_removed_by_the_next() {
    let root = tempfile::tempdir().unwrap();
    let stale = root.path().join(".out.partial");
    fs::create_dir(&stale).unwrap();
    fs::write(stale.join(".lock"), "").unwrap();
    fs::write(stale.join("half.csv"), "half").unwrap();
    let out = root.path().join("out");
    write_whole(&out, false, |dir| write(dir, "a.csv", "whole")).unwrap();
    assert_eq!(names(root.path()), ["out"]);
    assert_eq!(names(&out), ["a.csv"]);
}

#[test]
fn an_old_folder_set_aside_by_a_killed_run_is_put_back() {
    let root = tempfile::tempdir().unwrap();
    let aside = root.path().join(".out.replaced");
    fs::create_dir(&aside).unwrap();
    fs::write(aside.join("manifest.json"), "old").unwrap();
    let out = root.path().join("out");
    let refused = Target::reserve(&out, false);
    assert!(matches!(refused, Err(FolderError::Exists(_))));
    assert_eq!(names(&out), ["manifest.json"]);
}

#[test]
fn two_runs_do_not_write_one_folder() {
    let root = tempfile::tempdir().unwrap();
    let out = root.path().join("out");
    let first = Target::reserve(&out, false).unwrap();
    assert!(matches!(
        Target::reserve(&out, false),
        Err(FolderError::Busy(_))
    ));
    drop(first);
    assert!(names(root.path()).is_empty());
    Target::reserve(&out, false).unwrap();
}

#[test]
fn names_that_cannot_be_a_new_folder_are_refused() {
    let root = tempfile::tempdir().unwrap();
    let file = root.path().join("file");
    fs::write(&file, "").unwrap();
    for dir in [Path::new("/"), &file, &file.join("out")] {
        let refused = Target::reserve(dir, true);
        assert!(
            matches!(
                refused,
                Err(FolderError::NotAFolder(_) | FolderError::InsideFile { .. })
            ),
            "{}",
            dir.display()
        );
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_leaves_nothing() {
    let root = tempfile::tempdir().unwrap();
    let out = root.path().join("out");
    let outcome = write_whole(&out, false, |dir| {
        write(dir, "a.csv", "first file fits")?;
        let mut full = fs::OpenOptions::new()
            .write(true)
            .open("/dev/full")
            .unwrap();
        full.write_all(&[0; 4096])
            .map_err(|source: io::Error| FolderError::Io {
                path: dir.join("b.csv"),
                source,
            })
    });
    assert!(matches!(outcome, Err(FolderError::Io { .. })));
    assert!(names(root.path()).is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn whatever_happens_the_folder_is_old_or_new_and_never_both(
        existed in any::<bool>(),
        force in any::<bool>(),
        fails_after in proptest::option::of(0_usize..4),
        files in 1_usize..4,
    ) {
        let root = tempfile::tempdir().unwrap();
        let out = root.path().join("out");
        if existed {
            write_whole(&out, false, |dir| write(dir, "manifest.json", "old")).unwrap();
        }
        let outcome = write_whole(&out, force, |dir| {
            for file in 0..files {
                if fails_after == Some(file) {
                    return Err(FolderError::Busy(dir.to_owned()));
                }
                write(dir, &format!("{file}.csv"), "new")?;
            }
            Ok(())
        });
        let new: Vec<String> = (0..files).map(|file| format!("{file}.csv")).collect();
        let old = vec!["manifest.json".to_owned()];
        match (&outcome, existed) {
            (Ok(()), _) => prop_assert_eq!(names(&out), new),
            (Err(_), true) => prop_assert_eq!(names(&out), old),
            (Err(_), false) => prop_assert!(!out.exists()),
        }
        prop_assert_eq!(names(root.path()).len(), usize::from(out.exists()));
    }
}

fn written(results: &Results, formats: &[Format]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("scratch folder");
    report::write(results, formats, dir.path()).expect("writes");
    dir
}

fn header(dir: &Path, file: &str) -> String {
    let text = fs::read_to_string(dir.join(file)).expect("file is there");
    text.lines().next().unwrap_or_default().to_owned()
}

#[test]
fn csv_columns_are_those_of_the_contract() {
    let dir = written(&synthetic::results(20, 2), &[Format::Csv]);
    let keys = "scenario,time_period,time_identifier,geographic_level,new_la_code,la_name,\
                indicator,unit,age_group,sex,primary_need,setting,phase,service,category,basis";
    let spread = "mean,sd,p05,p10,p25,p50,p75,p90,p95,monte_carlo_error";
    assert_eq!(
        header(dir.path(), "indicators.csv"),
        format!("{keys},{spread}")
    );
    assert_eq!(
        header(dir.path(), "comparison.csv"),
        format!("{keys},{spread},probability_lower,probability_higher,variance_reduction")
    );
    assert_eq!(
        header(dir.path(), "attribution.csv"),
        format!("{keys},action,order,mean,monte_carlo_error")
    );
    assert_eq!(
        header(dir.path(), "assumptions.csv"),
        "path,label,unit,value,low,high,basis,source,note,from,checked_on"
    );
}

#[test]
fn csv_cells_are_ascii_and_numbers_unrounded() {
    let results = synthetic::results(7, 1);
    let dir = written(&results, &[Format::Csv]);
    for entry in fs::read_dir(dir.path()).unwrap() {
        let path = entry.unwrap().path();
        let is_csv = path.extension().is_some_and(|ending| ending == "csv");
        assert!(!is_csv || fs::read(&path).unwrap().is_ascii());
    }
    let mean = results.indicators.last().unwrap().summary.mean;
    let text = fs::read_to_string(dir.path().join("indicators.csv")).unwrap();
    assert!(text.lines().last().unwrap().contains(&format!(",{mean},")));
}

#[test]
fn results_read_back_as_they_were() {
    let results = synthetic::results(20, 2);
    let dir = written(&results, &[Format::Csv]);
    assert_eq!(report::read(dir.path()).unwrap(), results);
}

#[test]
fn a_run_folder_with_a_changed_or_missing_table_is_refused() {
    let dir = written(&synthetic::results(20, 2), &[Format::Csv]);
    let path = dir.path().join("comparison.csv");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replacen("January", "Januray", 1)).unwrap();
    let error = report::read(dir.path()).unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with("it has changed since the run wrote it")
    );
    assert!(error.is_input());
    fs::remove_file(&path).unwrap();
    let error = report::read(dir.path()).unwrap_err();
    assert!(error.to_string().ends_with("comparison.csv` is missing"));
    fs::write(dir.path().join("manifest.json"), "{").unwrap();
    let error = report::read(dir.path()).unwrap_err();
    assert!(error.to_string().contains("manifest.json` is damaged"));
}

#[test]
fn parquet_holds_what_the_csv_holds() {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;

    let dir = written(&synthetic::results(20, 2), &[Format::Csv, Format::Parquet]);
    for table in ["indicators", "comparison"] {
        let file = fs::File::open(dir.path().join(table).with_extension("parquet")).unwrap();
        let rows = SerializedFileReader::new(file).unwrap();
        let mut csv = csv::Reader::from_path(dir.path().join(table).with_extension("csv")).unwrap();
        let header = csv.headers().unwrap().clone();
        let mut count = 0;
        for (row, record) in rows.get_row_iter(None).unwrap().zip(csv.records()) {
            let (row, record) = (row.unwrap(), record.unwrap());
            for ((name, field), (column, cell)) in
                row.get_column_iter().zip(header.iter().zip(record.iter()))
            {
                assert_eq!(name, column);
                match field {
                    Field::Str(words) => assert_eq!(words, cell),
                    Field::Double(number) => assert_eq!(number.to_string(), cell),
                    Field::Null => assert_eq!(cell, ""),
                    other => panic!("unexpected {other:?} in {name}"),
                }
            }
            count += 1;
        }
        assert_eq!(count, rows.metadata().file_metadata().num_rows());
    }
}

#[test]
fn the_manifest_has_no_clock_and_the_log_has() {
    let results = synthetic::results(20, 2);
    let dir = written(&results, &[Format::Csv]);
    report::RunLog::start(2).write(dir.path()).unwrap();
    let log = fs::read_to_string(dir.path().join("run.log")).unwrap();
    assert!(log.starts_with("started 20") && log.contains("wall time"));
    let manifest = fs::read_to_string(dir.path().join("manifest.json")).unwrap();
    assert!(!manifest.contains("threads") && !manifest.contains("started"));
    assert!(manifest.contains("\"seed\": 20260901"));
}

#[test]
fn two_writes_give_the_same_bytes() {
    let results = synthetic::results(20, 2);
    let (one, two) = (
        written(&results, &Format::ALL),
        written(&results, &Format::ALL),
    );
    assert_eq!(names(one.path()), names(two.path()));
    for mut name in names(one.path()) {
        if one.path().join(&name).is_dir() {
            let inside = names(&one.path().join(&name)).remove(0);
            name = format!("{name}/{inside}");
        }
        let read = |dir: &tempfile::TempDir| fs::read(dir.path().join(&name)).unwrap();
        assert!(read(&one) == read(&two), "{name}");
    }
}

#[test]
fn the_summary_fits_a_screen() {
    let results = synthetic::results(200, 10);
    let text = report::screen(&results, Path::new("out"));
    assert!(text.is_ascii() && text.lines().count() <= 36);
    assert!(text.lines().all(|line| line.len() <= 88), "{text}");
    assert!(text.contains("EHC plans                       3,735"));
    assert!(text.ends_with("Files: out\n"));
}

/// A sheet's table: its named range read back, headings first.
fn sheet(book: &mut calamine::Xlsx<io::BufReader<fs::File>>, name: &str) -> Vec<Vec<String>> {
    let id = format!("tbl_{}", name.to_lowercase().replace(' ', "_"));
    let table = book.table_by_name(&id).expect("the table is named");
    assert_eq!(table.sheet_name(), name);
    let headings = vec![table.columns().to_vec()];
    let rows = table.data().rows();
    let rows = rows.map(|row| row.iter().map(ToString::to_string).collect());
    headings.into_iter().chain(rows).collect()
}

fn close(cell: &str, number: &str) -> bool {
    let (cell, number): (f64, f64) = (
        cell.parse().expect("a number"),
        number.parse().expect("a number"),
    );
    (cell - number).abs() <= 1e-9 * number.abs().max(1.0)
}

#[test]
fn the_workbook_holds_what_the_csv_holds() {
    use calamine::{Reader as _, Xlsx, open_workbook};

    let results = synthetic::results(20, 2);
    let dir = written(&results, &[Format::Csv, Format::Xlsx]);
    let mut book: Xlsx<_> = open_workbook(dir.path().join("workbook.xlsx")).unwrap();
    assert_eq!(
        book.sheet_names(),
        [
            "Answers",
            "About",
            "Totals",
            "Plans",
            "Breakdowns",
            "Places",
            "Comparison",
            "Option breakdowns",
            "Attribution",
            "Rates",
            "Assumptions",
            "Sources",
            "Findings"
        ]
    );
    book.load_tables().unwrap();
    // The first sheet is laid out for paper and holds no table.
    for name in book.sheet_names().into_iter().skip(1) {
        assert!(sheet(&mut book, &name).len() > 1, "{name} has no rows");
    }
    for (table, name, columns) in [
        ("indicators", "Totals", ["mean", "p10", "p50", "p90"]),
        ("comparison", "Comparison", ["mean", "p10", "p50", "p90"]),
    ] {
        let rows = sheet(&mut book, name);
        let first = if name == "Totals" { 5 } else { 4 };
        let mut csv = csv::Reader::from_path(dir.path().join(table).with_extension("csv")).unwrap();
        let header = csv.headers().unwrap().clone();
        let at = |column: &str| header.iter().position(|name| name == column).unwrap();
        let totals: Vec<csv::StringRecord> = csv
            .records()
            .map(Result::unwrap)
            .filter(|row| (at("age_group")..=at("category")).all(|cell| &row[cell] == "Total"))
            .collect();
        assert_eq!(rows.len() - 1, totals.len(), "{name}");
        assert!(totals.len() > 10);
        for (row, record) in rows[1..].iter().zip(&totals) {
            for (offset, column) in columns.iter().enumerate() {
                let (cell, number) = (&row[first + offset], &record[at(column)]);
                assert!(close(cell, number), "{name}, {column}: {cell} for {number}");
            }
        }
    }
}

#[test]
fn a_file_in_the_way_of_a_folder_is_the_users_error() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("afile"), "mine").unwrap();
    let refused = Target::reserve(&dir.path().join("afile/sub/deeper"), true).unwrap_err();
    assert!(
        matches!(refused, FolderError::InsideFile { .. }),
        "{refused}"
    );
    assert!(
        refused.to_string().contains("afile` is a file"),
        "{refused}"
    );
    let failure = sendsim::cli::Failure::from(refused);
    assert_eq!(failure.exit_code(), 1);
}

fn page(results: &Results) -> String {
    let dir = written(results, &[Format::Html]);
    fs::read_to_string(dir.path().join("report.html")).expect("the page is written")
}

#[test]
fn earlier_forecasts_are_told_only_where_there_are_any() {
    let mut results = synthetic::results(20, 2);
    let heading = "How good were forecasts like this one?";
    assert!(!page(&results).contains(heading));
    assert!(!names(written(&results, &[Format::Csv]).path()).contains(&"tested.csv".to_owned()));
    results.tested = synthetic::tested(6.5);
    let told = page(&results);
    assert!(told.contains(heading));
    assert!(told.contains(
        "86 in 100 outcomes 3 years ahead (577 tests) fell in the range that should hold 80"
    ));
    assert!(told.contains("So the ranges were rather wider than they need be"));
    assert!(told.contains("-10%") && !told.contains("Warning."));
    let dir = written(&results, &[Format::Csv]);
    assert_eq!(report::read(dir.path()).unwrap(), results);
}

#[test]
fn an_area_whose_forecasts_were_much_worse_is_warned() {
    let mut results = synthetic::results(20, 2);
    results.tested = synthetic::tested(15.0);
    let told = page(&results);
    assert!(told.contains("15% on average 3 years ahead against 6.0%, 2.5 times as much"));
}

#[test]
fn a_known_break_within_the_tests_is_a_warning() {
    let mut results = synthetic::results(20, 2);
    results.tested = synthetic::tested(6.5);
    assert!(!page(&results).contains("known break"));
    // Newham's plans of January 2023 and 2025 are known to be a change of recording.
    results.area.old_la_code = 316;
    let told = page(&results);
    assert!(told.contains("Newham: plans fell by 56% to 1,199") || told.contains("rose to 2,618"));
    assert!(told.contains("known break"));
}

#[test]
fn a_run_without_tables_says_how_to_get_them() {
    let dir = written(&synthetic::results(20, 2), &[Format::Html]);
    let error = report::render_again(dir.path(), &[Format::Html]).unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with("was written without the format `csv`")
    );
    assert!(error.hint().contains("--format csv,xlsx,html") && error.is_input());
}

#[test]
fn one_future_of_one_year_is_not_plural() {
    let text = report::screen(&synthetic::results(1, 1), Path::new("out"));
    assert!(text.starts_with("Exampleton (E06999999): 1 simulated future of 1 year, seed"));
}

#[test]
fn an_option_that_only_moves_children_tells_where() {
    let mut results = synthetic::results(20, 10);
    // Early language without any change of plans in total, 30 more in mainstream schools.
    for row in &mut results.comparison {
        let cell = &row.cell;
        let is_mainstream = cell.setting == "Mainstream school" && cell.depth() == 1;
        let moved = if cell.indicator == "ehc_plans" && is_mainstream {
            30.0
        } else {
            0.0
        };
        row.difference.mean = moved;
        row.difference.quantiles = [moved; 7];
    }
    let text = report::screen(&results, Path::new("out"));
    assert!(text.contains("\nMainstream school"), "{text}");
    let told = page(&results);
    assert!(told.contains("Mainstream school: 30 more plans"));
    assert!(told.contains("No option clearly changes the number of plans"));
}
