//! What a user can get wrong, and what the machine can refuse: the message, the exit code, and
//! nothing left behind.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;

use crate::program::Desk;
use crate::published_folder::{PublishedFolder, fixtures};

const CHANGE: &str = "\n[[change]]\npath = \"joining.rate\"\nfrom = 2026-09-01\nmultiply = 0.9\n\
                      reason = \"R\"\nsource = \"S\"\n";

/// What a run says of a scenario file.
fn scenario(rest: &str) -> String {
    let desk = Desk::new();
    desk.scenario("my.toml", rest);
    desk.fails(1, &["run", "my.toml", "--out", "out"])
}

#[test]
fn every_problem_of_a_scenario_is_said_with_its_place() {
    let wrong = CHANGE
        .replace("joining.rate", "joining.rat")
        .replace("2026", "2020")
        + "needs = [\"ASC\"]\n";
    assert_eq!(
        scenario(&wrong),
        "error: unknown parameter `joining.rat`\n  --> my.toml:6:8\n  |\n\
         6 | path = \"joining.rat\"\n  |        ^\nhint: did you mean `joining.rate`?\n\n\
         error: 2020-09-01 is before the base date 2025-01-01\n  --> my.toml:7:8\n  |\n\
         7 | from = 2020-09-01\n  |        ^\n\
         hint: a scenario changes the future; what is past is in the area's figures\n\n\
         error: unknown primary need `ASC`\n  --> my.toml:11:10\n   |\n\
         11 | needs = [\"ASC\"]\n   |          ^\nhint: did you mean `ASD`?\n"
    );
}

#[test]
fn an_unknown_parameter_far_from_any_leads_to_those_that_can_change() {
    let said = scenario(&CHANGE.replace("joining.rate", "weather"));
    assert!(
        said.contains("\nhint: a scenario can change: joining.rate, "),
        "{said}"
    );
}

#[test]
fn a_lever_before_the_base_date_is_refused() {
    let said =
        scenario("\n[[lever.outreach]]\nfrom = 2019-09-01\nreason = \"R\"\nsource = \"S\"\n");
    assert!(
        said.starts_with(
            "error: 2019-09-01 is before the base date 2025-01-01\n  --> my.toml:6:8\n"
        ),
        "{said}"
    );
}

#[test]
fn a_scenario_that_is_not_text_in_utf8_is_refused_at_its_place() {
    let desk = Desk::new();
    desk.put("latin.toml", b"title = \"T\"\nquestion = \"Caf\xe9?\"\n");
    desk.put("wide.toml", b"\xff\xfet\0i\0t\0l\0e\0");
    assert_eq!(
        desk.fails(1, &["run", "latin.toml", "--out", "out"]),
        "error: the file is not UTF-8: byte 0xE9\n  --> latin.toml:2:16\n\
         hint: save it as text with the encoding UTF-8\n"
    );
    assert_eq!(
        desk.fails(1, &["check", "wide.toml"]),
        "error: the file is not UTF-8: byte 0xFF\n  --> wide.toml:1:1\n\
         hint: save it as text with the encoding UTF-8\n"
    );
}

#[test]
fn a_byte_order_mark_is_no_error() {
    let desk = Desk::new();
    desk.put(
        "mark.toml",
        format!("\u{feff}title = \"T\"\nquestion = \"Q?\"\nbase = \"baseline\"\n{CHANGE}"),
    );
    assert_eq!(desk.run(&["check", "mark.toml"]).code, Some(0));
}

#[test]
fn a_scenario_cut_short_is_refused_at_its_end() {
    let desk = Desk::new();
    desk.put("cut.toml", "title = \"T\"\nquestion = \"Wh");
    let said = desk.fails(1, &["run", "cut.toml", "--out", "out"]);
    assert!(said.contains("\n  --> cut.toml:2:"), "{said}");
    desk.put("empty.toml", "");
    let said = desk.fails(1, &["run", "empty.toml", "--out", "out"]);
    assert!(said.contains("error: the scenario has no `title`\n  --> empty.toml:1:1"));
}

#[test]
fn a_scenario_that_is_missing_or_a_folder_is_refused() {
    let desk = Desk::new();
    fs::create_dir(desk.path("folder")).unwrap();
    assert_eq!(
        desk.fails(1, &["run", "early-langage", "--out", "out"]),
        "error: there is no scenario file or example `early-langage`\n\
         hint: did you mean `early-language`?\n"
    );
    assert_eq!(
        desk.fails(1, &["run", "folder", "--out", "out"]),
        "error: a scenario is a file, and this is a folder\n  --> folder\n\
         hint: name the files in it; `sendsim check` takes a folder of scenarios\n"
    );
    assert_eq!(
        desk.fails(1, &["check", "folder"]),
        "error: the folder has neither an area.toml nor scenario files\n  --> folder\n\
         hint: name a scenario file, a folder of them, or an area pack\n"
    );
}

#[test]
fn numbers_out_of_bounds_are_refused_in_plain_words() {
    let desk = Desk::new();
    for (option, value, expected) in [
        ("--runs", "0", "from 1 to 100000"),
        ("--runs", "-3", "from 1 to 100000"),
        ("--runs", "1e3", "from 1 to 100000"),
        ("--runs", "99999999999", "from 1 to 100000"),
        ("--years", "0", "from 1 to 15"),
        ("--years", "1000", "from 1 to 15"),
        ("--threads", "0", "from 1 to 256"),
    ] {
        assert_eq!(
            desk.fails(1, &["run", option, value]),
            format!(
                "error: invalid value '{value}' for '{option} <N>': expected a whole number \
                 {expected}\nhint: add `--help` to see what can be given\n"
            )
        );
    }
    let said = desk.fails(1, &["run", "--format", "pdf"]);
    assert!(said.contains("csv, parquet, xlsx, html"), "{said}");
}

#[test]
fn a_misspelt_command_or_option_is_refused_with_a_hint() {
    let desk = Desk::new();
    for args in [
        &["rum"][..],
        &["rnu"],
        &["run", "--seeds", "3"],
        &["schema", "x"],
    ] {
        let said = desk.fails(1, args);
        assert!(
            said.starts_with("error: ") && said.contains("\nhint: "),
            "{said}"
        );
    }
    let said = desk.fails(1, &["rum"]);
    assert!(
        said.contains("hint: a similar subcommand exists: 'run'"),
        "{said}"
    );
    let nothing = desk.run(&[]);
    assert_eq!(nothing.code, Some(1));
    assert!(nothing.err.contains("Commands:"), "{nothing:?}");
}

#[test]
fn an_unknown_area_a_file_and_a_folder_that_is_no_pack_are_refused() {
    let desk = Desk::new();
    desk.put("file.csv", "");
    fs::create_dir(desk.path("folder")).unwrap();
    let run = |area| desk.fails(1, &["run", "--area", area, "--out", "out"]);
    assert_eq!(
        run("derbi"),
        "error: there is no area `derbi`, and no such folder\nhint: did you mean `derby`?\n"
    );
    assert_eq!(
        run("file.csv"),
        "error: there is no area `file.csv`, and no such folder\n\
         hint: an area pack is a folder, and this is a file\n"
    );
    let said = run("folder");
    assert_eq!(said.matches("error: ").count(), 1, "{said}");
    assert!(said.ends_with(
        "\n  --> folder/area.toml\nhint: an area pack is a folder with `area.toml` in it\n"
    ));
}

/// What is said of a Derby pack with one damaged table, by `check` and by `run` alike.
fn damaged(file: &str, damage: impl FnOnce(String) -> Vec<u8>) -> String {
    let desk = Desk::new();
    desk.pack().edit(&format!("pack/{file}"), damage);
    let said = desk.fails(1, &["check", "pack"]);
    let of_run = desk.fails(1, &["run", "--area", "pack", "--out", "out"]);
    assert_eq!(said, of_run);
    assert!(said.contains(&format!("\n  --> pack/{file}")), "{said}");
    assert!(said.contains("\nhint: "), "{said}");
    said
}

fn replaced(from: &'static str, to: &'static str) -> impl FnOnce(String) -> Vec<u8> {
    move |text| text.replacen(from, to, 1).into_bytes()
}

#[test]
fn a_table_cut_short_is_refused() {
    let said = damaged("ehc_plans.csv", |text| text[..text.len() - 4].into());
    assert!(
        said.contains("the last row is cut short; 5 fields were expected"),
        "{said}"
    );
    let said = damaged("ehc_plans.csv", |text| {
        use std::io::Write as _;
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(text.as_bytes()).unwrap();
        let whole = encoder.finish().unwrap();
        whole[..whole.len() / 2].to_vec()
    });
    assert!(said.contains("the gzip is damaged or cut short"), "{said}");
    let said = damaged("ehc_plans.csv", |_| Vec::new());
    assert!(
        said.contains("the file is empty; a header was expected"),
        "{said}"
    );
}

#[test]
fn swapped_columns_are_named() {
    let said = damaged("population.csv", |text| {
        let swapped = text.lines().enumerate().map(|(number, line)| {
            let mut cells: Vec<&str> = line.split(',').collect();
            if number > 0 {
                cells.swap(0, 4);
            }
            cells.join(",") + "\n"
        });
        swapped.collect::<String>().into_bytes()
    });
    assert!(
        said.contains("hint: columns `year` and `basis` look swapped"),
        "{said}"
    );
}

#[test]
fn wrong_cells_are_refused_at_their_line_and_field() {
    let said = damaged(
        "ehc_plans.csv",
        replaced("2,Female,HI,early-years,1", "2,Female,HI,early-years,-1"),
    );
    assert!(
        said.starts_with(
            "error: column `plans` should hold whole counts, not below zero: `-1` (line 2)\n  \
         --> pack/ehc_plans.csv:2:5\nhint: "
        ),
        "{said}"
    );
    let said = damaged("ehc_plans.csv", replaced(",HI,", ",HEARING,"));
    assert!(
        said.starts_with(
            "error: unknown codes in column `primary_need`: `HEARING` (line 2)\n  \
         --> pack/ehc_plans.csv:2:3\nhint: expected one of: ASD, HI, "
        ),
        "{said}"
    );
    let said = damaged(
        "population.csv",
        replaced("2010,0,Female,1745,", "2010,0,Female,NaN,"),
    );
    assert!(
        said.contains("column `persons` should hold numbers: `NaN` (line 2)"),
        "{said}"
    );
}

#[test]
fn a_year_given_twice_is_refused() {
    let said = damaged("new_plans.csv", |text| {
        let second = text.lines().nth(1).unwrap();
        format!("{text}{second}\n").into_bytes()
    });
    assert!(
        said.starts_with(
            "error: rows given twice for one year, measure, breakdown, group: \
         `2009, new_plans, total, Total` (line 242)\n  --> pack/new_plans.csv:242:1\n\
         hint: remove one of the two rows"
        ),
        "{said}"
    );
}

#[test]
fn a_table_with_semicolons_says_so_once() {
    let said = damaged("rate_evidence.csv", |text| {
        text.replace(',', ";").into_bytes()
    });
    assert_eq!(
        said,
        "error: fields are separated by semicolons; commas were expected\n  \
         --> pack/rate_evidence.csv:1\nhint: save the file as `CSV UTF-8 (comma delimited)`, with a \
         point in decimal numbers; Excel takes the separator from the regional settings of the \
         computer\n"
    );
}

#[test]
fn other_encodings_of_a_table_are_read_with_a_warning() {
    let desk = Desk::new();
    desk.pack();
    desk.edit("pack/population.csv", |text| {
        format!("\u{feff}{text}").into_bytes()
    });
    assert_eq!(desk.run(&["check", "pack"]).err, "");
    desk.edit("pack/places.csv", |text| {
        let at = text.find("St ").map_or(text.len() - 2, |found| found + 1);
        let bytes = text.as_bytes();
        [&bytes[..at], b"\xe9", &bytes[at..]].concat()
    });
    let said = desk.run(&["check", "pack"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(
        said.err
            .starts_with("warning: not UTF-8; read as Windows-1252: byte 0xE9 (line ")
    );
    desk.edit("pack/sen_support.csv", |text| {
        text.encode_utf16()
            .fold(b"\xff\xfe".to_vec(), |mut bytes, unit| {
                bytes.extend(unit.to_le_bytes());
                bytes
            })
    });
    let said = desk.run(&["check", "pack"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(
        said.err
            .contains("warning: UTF-16, not UTF-8; read as such"),
        "{said:?}"
    );
}

#[test]
fn published_files_that_are_missing_or_damaged_stop_an_import() {
    let desk = Desk::new();
    assert_eq!(
        desk.fails(
            1,
            &[
                "import", "--source", "nowhere", "--la", "all", "--out", "a/out"
            ]
        ),
        "error: there is none of the published files here\n  --> nowhere\n\
         hint: --source must name the folder that holds them, as listed in the guide's `data.md`\n"
    );
    let published = PublishedFolder::new();
    let file = "sen2_ehcp/2025release_caseload.csv.gz";
    let path = published.path().join(file);
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
    let source = published.path().to_str().unwrap();
    let args = [
        "import", "--source", source, "--la", "all", "--out", "a/out",
    ];
    let said = desk.fails(1, &args);
    assert!(
        said.contains(&format!("  --> {}", path.display())),
        "{said}"
    );
    assert!(said.contains("cut short"), "{said}");
    fs::remove_file(&path).unwrap();
    let said = desk.fails(1, &args);
    assert!(said.contains(&format!("cannot read `{file}`")), "{said}");
}

#[test]
fn an_unknown_authority_or_base_year_is_refused() {
    let desk = Desk::new();
    let source = fixtures();
    let source = source.to_str().unwrap();
    let args = ["import", "--source", source, "--out", "out", "--la"];
    let said = desk.fails(1, &[&args[..], &["Atlantis"]].concat());
    assert_eq!(
        said,
        "error: unknown authority `Atlantis`\n\
         hint: give a GSS code (`E06000015`), a DfE code (`831`), a name (`Derby`) or `all`\n"
    );
    let said = desk.fails(
        1,
        &[&args[..], &["Westmarch", "--base-year", "1900"]].concat(),
    );
    assert!(
        said.starts_with("error: no pack can be built for January 1900\nhint: "),
        "{said}"
    );
}

#[test]
fn an_unknown_parameter_is_not_explained() {
    let desk = Desk::new();
    assert_eq!(
        desk.fails(1, &["explain", "joining.rat"]),
        "error: unknown parameter `joining.rat`\nhint: did you mean `joining.rate`?\n"
    );
}

#[test]
fn a_report_of_what_is_no_run_is_refused() {
    let desk = Desk::new();
    desk.put("file", "");
    for dir in ["nowhere", "file"] {
        assert_eq!(
            desk.fails(1, &["report", dir]),
            format!(
                "error: `{dir}/manifest.json` is missing\n\
                 hint: name the folder of a finished run\n"
            )
        );
    }
}

fn small<'a>(more: &[&'a str]) -> Vec<&'a str> {
    let run = ["run", "baseline", "--runs", "2", "--years", "1", "--quiet"];
    run.into_iter().chain(more.iter().copied()).collect()
}

#[test]
fn an_output_folder_that_cannot_be_new_is_refused_before_the_work() {
    let desk = Desk::new();
    desk.put("file", "");
    fs::create_dir(desk.path("folder")).unwrap();
    desk.put("folder/letter.odt", "dear");
    let at = |name: &str| desk.path(name).canonicalize().unwrap();
    let folder = at("folder");
    assert_eq!(
        desk.fails(1, &small(&["--out", "folder"])),
        format!(
            "error: output folder `{}` already exists\n\
             hint: choose another `--out`, or replace it with `--force`\n",
            folder.display()
        )
    );
    assert_eq!(
        desk.fails(1, &small(&["--out", "folder", "--force"])),
        format!(
            "error: `{}` holds files that are not ours, so it is not replaced\n\
             hint: choose another `--out`, or remove the folder yourself\n",
            folder.display()
        )
    );
    for out in ["file", "file/below", "file/further/below"] {
        let said = desk.fails(1, &small(&["--out", out]));
        assert!(
            said.contains("cannot be an output folder") && said.contains("\nhint: "),
            "{said}"
        );
    }
}

#[cfg(target_os = "linux")]
mod machine {
    use std::process::Stdio;
    use std::thread::sleep;
    use std::time::{Duration, Instant};

    use super::*;
    use crate::program::Said;

    /// A command whose files may not grow beyond 4 KiB: what a full disk does, without one.
    fn on_a_full_disk(desk: &Desk, args: &[&str]) -> Said {
        let mut command = std::process::Command::new("sh");
        command
            .args(["-c", "trap '' XFSZ; ulimit -f 8; exec \"$0\" \"$@\""])
            .arg(env!("CARGO_BIN_EXE_sendsim"))
            .args(args)
            .current_dir(desk.path(""));
        Said::of(&command.output().unwrap())
    }

    #[test]
    fn a_full_disk_is_the_machines_fault_and_leaves_nothing() {
        let desk = Desk::new();
        let said = on_a_full_disk(&desk, &small(&["--out", "new/out"]));
        assert_eq!(said.code, Some(2), "{said:?}");
        assert!(
            said.err
                .starts_with("error: cannot write `new/.out.partial/"),
            "{said:?}"
        );
        assert!(
            said.err
                .contains("\nhint: check free space and permissions"),
            "{said:?}"
        );
        assert_eq!(desk.names(), Vec::<String>::new());
        let source = fixtures();
        let args = [
            "import",
            "--source",
            source.to_str().unwrap(),
            "--la",
            "all",
            "--out",
            "packs",
        ];
        let said = on_a_full_disk(&desk, &args);
        assert_eq!(said.code, Some(2), "{said:?}");
        assert_eq!(desk.names(), Vec::<String>::new());
    }

    #[test]
    fn a_full_disk_keeps_the_reports_that_were_there() {
        let desk = Desk::new();
        assert_eq!(desk.run(&small(&["--out", "out"])).code, Some(0));
        let files = ["out/report.html", "out/workbook.xlsx"];
        let before = files.map(|file| fs::read(desk.path(file)).unwrap());
        let names = desk.names();
        let said = on_a_full_disk(&desk, &["report", "out"]);
        assert_eq!(said.code, Some(2), "{said:?}");
        assert!(before == files.map(|file| fs::read(desk.path(file)).unwrap()));
        assert_eq!(desk.names(), names);
    }

    #[test]
    fn a_run_over_a_finished_one_keeps_it_when_the_disk_is_full() {
        let desk = Desk::new();
        assert_eq!(desk.run(&small(&["--out", "out"])).code, Some(0));
        let names = desk.names();
        let said = on_a_full_disk(&desk, &small(&["--out", "out", "--force"]));
        assert_eq!(said.code, Some(2), "{said:?}");
        assert_eq!(desk.names(), names);
    }

    #[test]
    fn a_folder_that_refuses_is_the_machines_fault() {
        let said = Desk::new().fails(2, &small(&["--out", "/proc/out"]));
        assert!(said.starts_with("error: cannot write `/proc/"), "{said}");
        assert!(said.contains("\nhint: "), "{said}");
    }

    #[test]
    fn standard_output_that_is_full_is_the_machines_fault() {
        let desk = Desk::new();
        for args in [&["schema"][..], &["explain"], &["check"]] {
            let full = fs::OpenOptions::new()
                .write(true)
                .open("/dev/full")
                .unwrap();
            let output = desk
                .command(args)
                .stdout(Stdio::from(full))
                .output()
                .unwrap();
            let said = Said::of(&output);
            assert_eq!(said.code, Some(2), "{args:?}");
            assert!(
                said.err
                    .starts_with("error: standard output cannot be written: ")
            );
        }
    }

    #[test]
    fn an_interrupted_run_leaves_nothing() {
        for signal in ["INT", "TERM", "HUP"] {
            let desk = Desk::new();
            // The program must be able to hear the signal, also where the tests themselves ignore it.
            let mut child = std::process::Command::new("env")
                .arg("--default-signal=INT,TERM,HUP")
                .arg(env!("CARGO_BIN_EXE_sendsim"))
                .args([
                    "run", "baseline", "--runs", "100000", "--quiet", "--out", "new/out",
                ])
                .current_dir(desk.path(""))
                .spawn()
                .unwrap();
            let deadline = Instant::now() + Duration::from_secs(60);
            while !desk.path("new/.out.partial/.lock").exists() {
                assert!(Instant::now() < deadline, "the run never started");
                sleep(Duration::from_millis(20));
            }
            sleep(Duration::from_millis(200));
            let id = child.id().to_string();
            let sent = std::process::Command::new("kill")
                .args(["-s", signal, &id])
                .status();
            assert!(sent.unwrap().success());
            assert_eq!(child.wait().unwrap().code(), Some(130), "{signal}");
            assert_eq!(desk.names(), Vec::<String>::new(), "{signal}");
        }
    }
}

#[test]
fn an_option_that_this_run_would_not_feel_is_refused() {
    let desk = Desk::new();
    let arguments = [
        "run",
        "recruit-psychologists",
        "--new-plans",
        "forecast",
        "--out",
        "out",
    ];
    assert_eq!(
        desk.fails(1, &arguments),
        "error: `recruit-psychologists` changes `process.psychologists.added`, which plans at the \
         forecast's rates do not use\nhint: leave `--new-plans forecast` out\n"
    );
    let said = scenario(&CHANGE.replace("joining.rate", "services.capacity.audiology"));
    assert!(
        said.starts_with(
            "error: `my` changes `services.capacity.audiology`, but the area's `nhs_waits.csv`"
        ),
        "{said}"
    );
}

#[test]
fn numbers_stay_within_what_their_unit_says_and_nothing_is_not_multiplied() {
    let changed = |path: &str, size: &str| {
        let change = CHANGE.replace("joining.rate", path);
        scenario(&change.replace("multiply = 0.9", size))
    };
    let nothing = changed("services.added.speech-and-language", "multiply = 3");
    let told = "`services.added.speech-and-language` is 0, and so is any multiple of it";
    assert!(
        nothing.contains(told) && nothing.contains("my.toml:"),
        "{nothing}"
    );
    let hours = changed("community-nursing.weekday-hours", "set = 25");
    assert!(
        hours.contains("24") && hours.contains("my.toml:"),
        "{hours}"
    );
    let each = changed("services.each.speech-and-language", "set = 0");
    assert!(each.contains("my.toml:"), "{each}");
}
