//! Each command of the program, from its arguments to its exit code.

use std::fs;
use std::path::Path;
use std::process::Stdio;

use serde_json::Value;

use crate::program::{Desk, Said};
use crate::published_folder::fixtures;

/// The fastest run that there is.
const SMALL: [&str; 7] = ["run", "baseline", "--runs", "2", "--years", "1", "--quiet"];

fn small<'a>(more: &[&'a str]) -> Vec<&'a str> {
    SMALL.iter().copied().chain(more.iter().copied()).collect()
}

#[test]
fn a_run_writes_a_folder_prints_its_summary_and_nothing_else() {
    let desk = Desk::new();
    let said = desk.run(&["run", "early-language", "--runs", "3", "--years", "2"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert_eq!(said.err, "", "no progress where nobody watches");
    assert!(
        said.out
            .starts_with("Derby (E06000015): 3 simulated futures of 2 years")
    );
    assert!(
        said.out
            .contains("\nEarly language and identification (early-language): difference\n")
    );
    assert!(said.out.ends_with("Files: runs/derby\n"));
    let files: Vec<String> = desk.names();
    for file in [
        "assumptions.csv",
        "attribution.csv",
        "comparison.csv",
        "comparison.parquet",
        "indicators.csv",
        "indicators.parquet",
        "manifest.json",
        "report.html",
        "run.log",
        "workbook.xlsx",
    ] {
        assert!(files.contains(&format!("runs/derby/{file}")), "{file}");
    }
    assert!(files.iter().all(|name| !name.contains("/.")), "{files:?}");
    // An option that is not felt within the run is run, and said so.
    let unfelt = [
        "run",
        "early-language",
        "--runs",
        "2",
        "--years",
        "1",
        "--out",
        "short",
    ];
    let unfelt = desk.run(&unfelt);
    let warning = "`early-language` changes nothing before 2026-01-01, the end of this run";
    assert!(
        unfelt.code == Some(0) && unfelt.err.contains(warning),
        "{unfelt:?}"
    );
    let again = desk.run(&small(&[]));
    assert_eq!((again.code, again.out.as_str()), (Some(0), ""));
    assert!(desk.path("runs/derby-2/manifest.json").is_file());
}

#[test]
fn a_run_prints_its_headlines_as_json_when_asked() {
    let desk = Desk::new();
    let said = desk.run(&small(&["--json", "--out", "out"]));
    let rows: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(said.err, "");
    assert!(
        rows["indicators"]
            .as_array()
            .is_some_and(|rows| !rows.is_empty())
    );
}

#[test]
fn the_same_seed_gives_the_same_files_on_any_number_of_threads() {
    let desk = Desk::new();
    for threads in ["1", "3"] {
        let said = desk.run(&small(&["--threads", threads, "--out", threads]));
        assert_eq!(said.code, Some(0), "{said:?}");
        fs::remove_file(desk.path(threads).join("run.log")).unwrap();
    }
    for entry in fs::read_dir(desk.path("1")).unwrap() {
        let entry = entry.unwrap();
        let name = if entry.path().is_dir() {
            let inside = fs::read_dir(entry.path()).unwrap().next().unwrap().unwrap();
            Path::new(&entry.file_name()).join(inside.file_name())
        } else {
            entry.file_name().into()
        };
        let read = |folder| fs::read(desk.path(folder).join(&name)).unwrap();
        assert!(read("1") == read("3"), "{}", name.display());
    }
}

#[test]
fn a_report_is_rendered_again_to_the_same_bytes() {
    let desk = Desk::new();
    assert_eq!(desk.run(&small(&["--out", "out"])).code, Some(0));
    let files = ["out/report.html", "out/workbook.xlsx"];
    let before = files.map(|file| fs::read(desk.path(file)).unwrap());
    desk.put("out/report.html", "");
    assert_eq!(
        desk.run(&["report", "out"]),
        Said {
            code: Some(0),
            out: String::new(),
            err: String::new()
        }
    );
    assert!(before == files.map(|file| fs::read(desk.path(file)).unwrap()));
}

#[test]
fn an_imported_area_is_checked_and_simulated() {
    let desk = Desk::new();
    let source = fixtures();
    let source = source.to_str().unwrap();
    let said = desk.run(&[
        "import",
        "--source",
        source,
        "--la",
        "Westmarch",
        "--out",
        "west",
    ]);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert_eq!(said.out, "");
    assert!(said.err.contains("imported Westmarch into west: "));
    let checked = desk.run(&["check", "west"]);
    assert_eq!(checked.code, Some(0), "{checked:?}");
    assert!(checked.out.starts_with("1 input checked: "));
    let run = desk.run(&small(&["--area", "west", "--out", "out"]));
    assert_eq!(run.code, Some(0), "{run:?}");
}

#[test]
fn help_and_version_are_results() {
    let desk = Desk::new();
    for args in [&["--help"][..], &["--version"], &["run", "--help"]] {
        let said = desk.run(args);
        assert_eq!((said.code, said.err.as_str()), (Some(0), ""), "{args:?}");
        assert!(said.out.contains("sendsim"));
    }
}

#[test]
fn explain_without_a_path_lists_every_parameter_and_json_is_json() {
    let desk = Desk::new();
    let list = desk.run(&["explain"]).out;
    let json: Value = serde_json::from_str(&desk.run(&["explain", "--json"]).out).unwrap();
    assert_eq!(list.lines().count(), json.as_array().unwrap().len());
    assert!(list.lines().any(|line| line.starts_with("joining.rate ")));
}

#[test]
fn the_schema_is_json() {
    let said = Desk::new().run(&["schema"]);
    let schema: Value = serde_json::from_str(&said.out).unwrap();
    assert!(schema["properties"]["lever"].is_object());
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let desk = Desk::new();
    for args in [&["schema"][..], &["explain"], &["check"], &["--help"]] {
        let mut command = desk.command(args);
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let said = Said::of(&child.wait_with_output().unwrap());
        assert_eq!((said.code, said.err.as_str()), (Some(0), ""), "{args:?}");
    }
}

#[test]
fn a_waiting_list_is_answered_in_a_table_or_in_json() {
    let desk = Desk::new();
    let options =
        "queue --arrivals-per-week 4 --servers 5 --service-weeks 1 --runs 20 --backlog 30";
    let mut args: Vec<&str> = options.split(' ').collect();
    let said = desk.run(&args);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(
        said.err
            .starts_with("note: children on the list are counted as referred today\n")
    );
    assert!(said.out.contains("On the list after 52 weeks"));
    args.extend(["--json", "--quiet"]);
    let said = desk.run(&args);
    let json: Value = serde_json::from_str(&said.out).unwrap();
    assert!(json["list_end"].is_number() && said.err.is_empty());
    let said = desk.run(&[
        "queue",
        "--arrivals-per-week",
        "4",
        "--servers",
        "-1",
        "--service-weeks",
        "1",
    ]);
    assert_eq!((said.code, said.out.as_str()), (Some(1), ""));
    assert!(
        said.err
            .contains("`--servers` is -1, expected a number from 0.01 to 10000\nhint: ")
    );
}

#[test]
fn a_run_with_nothing_beside_has_the_same_children_plans_and_places() {
    let desk = Desk::new();
    let rows = |beside: &str| {
        let options = format!(
            "run bases-in-mainstream --runs 3 --years 2 --format csv,html --quiet --beside {beside} \
             --out {beside}"
        );
        let args: Vec<&str> = options.split(' ').collect();
        let said = desk.run(&args);
        assert_eq!((said.code, said.err.as_str()), (Some(0), ""), "{said:?}");
        let path = desk.path(beside).join("indicators.csv");
        let text = std::fs::read_to_string(path).expect("written");
        text.lines().map(str::to_owned).collect::<Vec<String>>()
    };
    let (alone, all) = (rows("nothing"), rows("all"));
    let of = |rows: &[String], indicator: &str| {
        let rows = rows.iter().filter(|row| row.contains(indicator));
        rows.cloned().collect::<Vec<String>>()
    };
    for told in ["ehc_plans", "sen_support", "place_gap"] {
        assert!(!of(&alone, told).is_empty(), "{told}");
        assert_eq!(of(&alone, told), of(&all, told));
    }
    assert!(of(&alone, "waiting_list").is_empty() && !of(&all, "waiting_list").is_empty());
    let said = desk.fails(
        1,
        &["run", "joint-funding", "--beside", "nothing", "--out", "o"],
    );
    assert!(
        said.starts_with("error: `joint-funding` changes `money."),
        "{said}"
    );
    assert!(!desk.names().contains(&"o".to_owned()));
    // What nobody would feel is refused, and what moves children is not for its price.
    let nursing = ["run", "nursing-out-of-hours", "--beside", "nothing"];
    assert!(desk.fails(1, &nursing).contains("`community-nursing."));
    let options =
        "run early-language --runs 2 --years 2 --format csv --quiet --beside nothing --out e";
    let args: Vec<&str> = options.split(' ').collect();
    assert_eq!(desk.run(&args).code, Some(0));
}
