//! Scenario files: what they resolve to, and every message about what is wrong with one.

use std::path::Path;

use sendsim::domain::{Date, PrimaryNeed, Sex};
use sendsim::finding::Finding;
use sendsim::parameters::{Parameter, Uncertain};
use sendsim::scenario::{self, Change, Operation, Scenario};
use sendsim::toml_file::TomlFile;

const BASE_YEAR: i32 = 2025;

const HEADER: &str = "title = \"T\"\nquestion = \"Q?\"\n";

const CHANGE: &str = "\
[[change]]
path = \"joining.rate\"
from = 2026-09-01
multiply = 0.9
reason = \"R\"
source = \"S\"
";

fn read(text: &str) -> Result<Scenario, Vec<Finding>> {
    scenario::read(&TomlFile::new("s.toml", text), BASE_YEAR)
}

/// The messages about a scenario, one after the other.
fn messages(text: &str) -> String {
    let findings = read(text).expect_err("the scenario is wrong");
    let texts: Vec<String> = findings.iter().map(ToString::to_string).collect();
    texts.join("\n")
}

fn only_change(text: &str) -> Change {
    let scenario = read(text).expect("a good scenario");
    scenario.actions[0].changes[0].clone()
}

fn with(changed: &str, to: &str) -> String {
    format!("{HEADER}{}", CHANGE.replace(changed, to))
}

#[test]
fn a_change_resolves_to_its_parameter_cells_size_and_dates() {
    let text = with(
        "multiply = 0.9",
        "until = 2030-09-01\nphase-in-years = 2\nmultiply = { low = 0.8, mode = 0.9, high = 1.0 }\n\
         ages = \"3-4, 6\"\nneeds = [\"slcn\"]\nsexes = [\"female\"]",
    );
    let change = only_change(&text);
    assert_eq!(change.parameter, Parameter::JoiningRate);
    assert_eq!(change.filter.ages, [3, 4, 6].into());
    assert_eq!(change.filter.needs, [PrimaryNeed::Slcn].into());
    assert_eq!(change.filter.sexes, [Sex::Female].into());
    assert_eq!(change.operation, Operation::Multiply);
    let size = Uncertain::Triangular {
        low: 0.8,
        mode: 0.9,
        high: 1.0,
    };
    assert_eq!(change.size, size);
    assert_eq!(change.from, Date::september(2026));
    assert_eq!(change.until, Some(Date::september(2030)));
    assert!((change.phase_in_years - 2.0).abs() < f64::EPSILON);
    assert_eq!(
        change.size_key,
        "change joining.rate ages 3-4, 6, sexes female, needs SLCN"
    );
}

#[test]
fn a_multiplier_is_kept_exactly() {
    let change = only_change(&with("0.9", "0.9"));
    assert_eq!(change.size, Uncertain::Fixed(0.9));
    assert_eq!(only_change(&with("0.9", "2")).size, Uncertain::Fixed(2.0));
    let range = only_change(&with("0.9", "{ low = 0.8, high = 0.9 }")).size;
    assert_eq!(
        range,
        Uncertain::Uniform {
            low: 0.8,
            high: 0.9
        }
    );
}

#[test]
fn the_baseline_has_no_changes() {
    assert!(Scenario::baseline().actions.is_empty());
    let loaded = scenario::load(Path::new("baseline"), BASE_YEAR).expect("always there");
    assert_eq!(loaded, Scenario::baseline());
}

#[test]
fn a_scenario_without_changes_is_allowed() {
    assert!(read(HEADER).expect("a good scenario").actions.is_empty());
}

#[test]
fn changes_by_nothing_and_of_another_time_are_not_felt() {
    let felt = |text: &str| {
        let scenario = read(text).expect("a good scenario");
        let changes = scenario.effective_changes(Date::january(2025), Date::january(2035));
        changes.len()
    };
    assert_eq!(felt(&with("multiply = 0.9", "multiply = 0.9")), 1);
    assert_eq!(felt(&with("multiply = 0.9", "multiply = 1")), 0);
    assert_eq!(
        felt(&with(
            "multiply = 0.9",
            "multiply = { low = 1.0, high = 1.0 }"
        )),
        0
    );
    assert_eq!(felt(&with("multiply = 0.9", "add = 0")), 0);
    assert_eq!(felt(&with("multiply = 0.9", "add = -0.0")), 0);
    assert_eq!(felt(&with("multiply = 0.9", "set = 1")), 1);
    assert_eq!(felt(&with("2026-09-01", "2035-01-01")), 0);
    assert_eq!(felt(&with("2026-09-01", "2034-12-31")), 1);
}

#[test]
fn changes_apply_by_date_then_set_multiply_add_then_levers_by_kind() {
    let change = |from: &str, size: &str, ages: &str| {
        let text = CHANGE
            .replace("2026-09-01", from)
            .replace("multiply = 0.9", size);
        format!("{text}ages = \"{ages}\"\n")
    };
    let lever = |kind: &str| {
        format!("[[lever.{kind}]]\nfrom = 2026-01-01\nreason = \"R\"\nsource = \"S\"\n")
    };
    let parts = [
        lever("annual-review-capacity"),
        change("2027-09-01", "set = 0.1", "1"),
        change("2026-09-01", "add = 0.1", "2"),
        lever("inclusion-funding"),
        change("2026-09-01", "multiply = 0.5", "3"),
        change("2026-09-01", "set = 0.2", "4"),
    ];
    let order = |parts: &[String]| {
        let scenario = read(&format!("{HEADER}{}", parts.concat())).expect("a good scenario");
        let changes = scenario.effective_changes(Date::january(2025), Date::january(2035));
        let described = changes.iter().map(|change| {
            let Change {
                parameter,
                from,
                operation,
                ..
            } = change;
            format!("{} {from} {}", parameter.path(), operation.field())
        });
        described.collect::<Vec<_>>()
    };
    let expected = [
        "joining.rate 2026-09-01 set",
        "joining.rate 2026-09-01 multiply",
        "joining.rate 2026-09-01 add",
        "joining.rate 2027-09-01 set",
        "joining.rate 2026-01-01 multiply",
        "ceasing.rate 2026-01-01 multiply",
    ];
    assert_eq!(order(&parts), expected);
    let mut backwards = parts.clone();
    backwards.reverse();
    assert_eq!(order(&backwards), expected);
}

#[test]
fn actions_with_one_name_are_numbered_in_order() {
    let second = CHANGE.replace("2026", "2028");
    let scenario = read(&format!("{HEADER}{second}{CHANGE}")).expect("a good scenario");
    let names: Vec<&str> = scenario.actions.iter().map(|a| a.name.as_str()).collect();
    assert_eq!(names, ["joining.rate 1", "joining.rate 2"]);
    assert_eq!(scenario.actions[0].changes[0].from, Date::september(2026));
}

#[test]
fn every_example_is_built_in_and_reads() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let files = std::fs::read_dir(&folder).expect("the folder exists");
    let mut on_disk: Vec<String> = files
        .map(|entry| entry.expect("readable").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .map(|path| {
            path.file_stem()
                .expect("a name")
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    on_disk.sort();
    let mut built_in: Vec<&str> = scenario::embedded().iter().map(|(name, _)| *name).collect();
    for name in &built_in {
        let example = scenario::load(Path::new(name), BASE_YEAR).expect("a good example");
        assert_eq!(example.name, *name);
        assert!(
            !example.not_modelled.is_empty(),
            "{name} leaves something out"
        );
        assert!(!example.actions.is_empty(), "{name} does something");
        let from_disk = scenario::load(&folder.join(format!("{name}.toml")), BASE_YEAR);
        assert_eq!(from_disk.expect("the same file"), example);
    }
    built_in.sort_unstable();
    assert_eq!(on_disk, built_in);
}

#[test]
fn two_scenarios_of_one_name_are_an_error() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let path = folder.path().join("joint-plan.toml");
    std::fs::write(&path, format!("\u{feff}{HEADER}")).expect("writable");
    let paths = [Path::new("joint-plan"), &path];
    let findings = scenario::load_all(&paths, BASE_YEAR).expect_err("one name");
    assert_eq!(findings[0].message, "two scenarios are called `joint-plan`");
}

#[test]
fn an_unknown_scenario_is_answered_with_the_nearest_example() {
    let findings = scenario::load(Path::new("early-langage.toml"), BASE_YEAR).expect_err("unknown");
    assert_eq!(
        findings[0].to_string(),
        "error: there is no scenario file or example `early-langage.toml`\n\
         hint: did you mean `early-language`?"
    );
}

#[test]
fn a_missing_title_question_and_reason_are_all_said() {
    assert_eq!(
        messages(&CHANGE.replace("reason = \"R\"\n", "")),
        "error: the scenario has no `title`\n  --> s.toml:1:1\n\
         error: the scenario has no `question`\n  --> s.toml:1:1\n\
         error: [[change]] has no `reason`\n  --> s.toml:1:1"
    );
}

#[test]
fn an_empty_title_is_an_error() {
    assert_eq!(
        messages("title = \" \"\nquestion = \"Q?\"\n"),
        "error: `title` is empty\n  --> s.toml:1:9"
    );
}

#[test]
fn an_unknown_field_is_an_error_with_its_place() {
    assert_eq!(
        messages(&with("from", "form = 1\nfrom")),
        "error: unknown field `form` in [[change]]\n  --> s.toml:5:1\nhint: did you mean `from`?"
    );
    assert_eq!(
        messages(&format!("{HEADER}titel = \"T\"\n")),
        "error: unknown field `titel` in the scenario\n  --> s.toml:3:1\nhint: did you mean `title`?"
    );
}

#[test]
fn a_misspelt_table_is_an_error_with_its_place() {
    assert_eq!(
        messages(&with("[[change]]", "[[changes]]")),
        "error: unknown field `changes` in the scenario\n  --> s.toml:3:3\n\
         hint: did you mean `change`?"
    );
}

#[test]
fn a_single_table_is_not_a_list_of_tables() {
    assert_eq!(
        messages(&with("[[change]]", "[change]")),
        "error: `change` is not a list of tables\n  --> s.toml:3:1\n\
         hint: write each one under its own [[change]]"
    );
}

#[test]
fn an_unknown_base_is_an_error() {
    assert_eq!(
        messages(&format!("{HEADER}base = \"joint-plan\"\n")),
        "error: unknown base `joint-plan`\n  --> s.toml:3:8\n\
         hint: every scenario changes the `baseline`"
    );
}

#[test]
fn an_unknown_parameter_is_answered_with_the_nearest() {
    assert_eq!(
        messages(&with("joining.rate", "joinning.rate")),
        "error: unknown parameter `joinning.rate`\n  --> s.toml:4:8\n\
         hint: did you mean `joining.rate`?"
    );
}

#[test]
fn a_parameter_that_no_scenario_can_change_says_so() {
    let text = messages(&with("joining.rate", "joining.sen-support-ratio"));
    assert!(text.starts_with(
        "error: `joining.sen-support-ratio` cannot be changed by a scenario\n  --> s.toml:4:8\n\
         hint: a scenario can change joining.rate, sen-support.entry-rate,"
    ));
}

#[test]
fn a_filter_that_the_parameter_does_not_have_is_an_error() {
    assert_eq!(
        messages(&with("multiply", "settings = [\"mainstream\"]\nmultiply")),
        "error: `joining.rate` cannot be filtered by `settings`\n  --> s.toml:6:12\n\
         hint: its filters are ages, sexes, needs"
    );
    assert_eq!(
        messages(
            &with("multiply", "ages = \"0\"\nmultiply")
                .replace("joining.rate", "population.births")
        ),
        "error: `population.births` cannot be filtered by `ages`\n  --> s.toml:6:8\n\
         hint: it has no filters"
    );
}

#[test]
fn unknown_codes_are_answered_with_the_nearest_of_their_list() {
    let text = "\
[[change]]
path = \"placement.move-rate\"
from = 2026-09-01
multiply = 0.9
needs = [\"ASC\"]
settings = [\"main-stream\"]
to-settings = [\"special\"]
reason = \"R\"
source = \"S\"

[[change]]
path = \"ceasing.rate\"
from = 2026-09-01
multiply = 0.9
reasons = [\"needs-meet\"]
reason = \"R\"
source = \"S\"
";
    let text = messages(&format!("{HEADER}{text}"));
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        lines[..7],
        [
            "error: unknown primary need `ASC`",
            "  --> s.toml:7:10",
            "hint: did you mean `ASD`?",
            "error: unknown setting `main-stream`",
            "  --> s.toml:8:13",
            "hint: did you mean `mainstream`?",
            "error: unknown setting `special`",
        ]
    );
    assert!(lines[8].starts_with("hint: known: early-years, mainstream,"));
    assert_eq!(
        lines[9..],
        [
            "error: unknown reason for ceasing `needs-meet`",
            "  --> s.toml:17:12",
            "hint: did you mean `needs-met`?",
        ]
    );
}

#[test]
fn ages_outside_the_model_and_unreadable_ages_are_errors() {
    assert_eq!(
        messages(&with("multiply", "ages = \"24-26\"\nmultiply")),
        "error: age 26 is outside 0 to 25\n  --> s.toml:6:8"
    );
    assert_eq!(
        messages(&with("multiply", "ages = \"Reception\"\nmultiply")),
        "error: `Reception` is not ages such as `3-6` or `10, 15-18`\n  --> s.toml:6:8"
    );
    assert_eq!(
        messages(&with("multiply", "ages = \"6-3\"\nmultiply")),
        "error: age 6 comes after age 3\n  --> s.toml:6:8"
    );
}

#[test]
fn a_filter_that_selects_nothing_is_an_error() {
    assert_eq!(
        messages(&with("multiply", "needs = []\nmultiply")),
        "error: `needs` is empty and selects nothing\n  --> s.toml:6:9\n\
         hint: leave it out to select everything"
    );
}

#[test]
fn dates_before_the_base_date_and_out_of_order_are_errors() {
    assert_eq!(
        messages(&with(
            "from = 2026-09-01",
            "from = 2024-12-31\nuntil = 2024-12-31"
        )),
        "error: 2024-12-31 is before the base date 2025-01-01\n  --> s.toml:5:8\n\
         hint: a scenario changes the future; what is past is in the area's figures\n\
         error: `until` 2024-12-31 is not after `from` 2024-12-31\n  --> s.toml:6:9"
    );
}

#[test]
fn a_date_in_quotes_or_with_a_time_is_an_error() {
    assert_eq!(
        messages(&with("2026-09-01", "\"2026-09-01\"")),
        "error: `from` of [[change]]: invalid type: string \"2026-09-01\", expected a date such as \
         2026-09-01, without quotes\n  --> s.toml:5:8"
    );
    assert_eq!(
        messages(&with("2026-09-01", "2026-09-01T09:00:00")),
        "error: `from` of [[change]]: `2026-09-01T09:00:00` is not a date such as 2026-09-01\n  \
         --> s.toml:5:8"
    );
}

#[test]
fn a_syntax_error_is_placed() {
    let text = messages(&with("2026-09-01", "2026-13-01"));
    assert!(text.contains("--> s.toml:5:"), "{text}");
    assert!(
        text.ends_with("hint: text stands in quotes, dates and numbers do not"),
        "{text}"
    );
}

#[test]
fn exactly_one_of_set_multiply_and_add_is_wanted() {
    assert_eq!(
        messages(&with("multiply = 0.9\n", "")),
        "error: [[change]] has none of `set`, `multiply` and `add`\n  --> s.toml:3:1"
    );
    assert_eq!(
        messages(&with("multiply = 0.9", "multiply = 0.9\nset = 1")),
        "error: [[change]] has both `set` and `multiply`\n  --> s.toml:6:12\n\
         hint: give one of `set`, `multiply` and `add`"
    );
}

#[test]
fn sizes_that_the_parameter_cannot_hold_are_errors() {
    assert_eq!(
        messages(&with("0.9", "-0.9")),
        "error: `multiply` is -0.9, less than 0\n  --> s.toml:6:12\nhint: from 0 to 100 is accepted here"
    );
    let share = with("multiply = 0.9", "set = { low = 0.5, high = 1.2 }");
    assert_eq!(
        messages(&share.replace("joining.rate", "placement.first-share")),
        "error: `set` is 1.2, more than 1\n  --> s.toml:6:7\nhint: from 0 to 1 is accepted here"
    );
    assert_eq!(
        messages(&with("0.9", "nan")),
        "error: `multiply`: the value is NaN, not a number\n  --> s.toml:6:12"
    );
}

#[test]
fn a_disordered_or_incomplete_distribution_is_an_error() {
    assert_eq!(
        messages(&with("0.9", "{ low = 1.0, mode = 0.9, high = 1.1 }")),
        "error: `multiply`: `low` 1 is above the most likely value 0.9\n  --> s.toml:6:12"
    );
    assert_eq!(
        messages(&with("0.9", "{ low = 1.0 }")),
        "error: `multiply` of [[change]]: missing field `high`\n  --> s.toml:6:12"
    );
    assert_eq!(
        messages(&with("0.9", "\"0.9\"")),
        "error: `multiply` of [[change]]: invalid type: string \"0.9\", expected a number, \
         { low, high } or { low, mode, high }\n  --> s.toml:6:12"
    );
}

#[test]
fn a_negative_phase_in_is_an_error() {
    assert_eq!(
        messages(&with("multiply", "phase-in-years = -1\nmultiply")),
        "error: `phase-in-years` is -1, not years from 0 on\n  --> s.toml:6:18"
    );
}

#[test]
fn two_changes_of_one_cell_from_one_day_are_an_error() {
    let young = format!("{CHANGE}ages = \"3-6\"\n");
    let older = format!("{CHANGE}ages = \"7-10\"\n");
    assert!(read(&format!("{HEADER}{young}{older}")).is_ok());
    assert!(read(&format!("{HEADER}{young}{}", older.replace("2026", "2027"))).is_ok());
    assert_eq!(
        messages(&format!("{HEADER}{young}{CHANGE}")),
        "error: `joining.rate` is changed twice from 2026-09-01 (first on line 3)\n  \
         --> s.toml:10:1\n\
         hint: join them into one, or give them filters or dates that do not overlap"
    );
}

#[test]
fn a_scenario_cannot_be_called_baseline() {
    let file = TomlFile::new("baseline.toml", HEADER);
    let findings = scenario::read(&file, BASE_YEAR).expect_err("reserved");
    assert_eq!(
        findings[0].to_string(),
        "error: a scenario file cannot be called `baseline`\n  --> baseline.toml:1:1\n\
         hint: the baseline is the scenario without changes, and is always simulated"
    );
}

#[test]
fn problems_of_several_tables_are_said_at_once_in_the_order_of_the_file() {
    let text = format!(
        "{HEADER}{}\n[[lever.early-langauge]]\nfrom = 2026-09-01\n",
        CHANGE
            .replace("0.9", "\"less\"")
            .replace("joining.rate", "joining")
    );
    let text = messages(&text);
    let lines: Vec<&str> = text
        .lines()
        .filter(|line| line.starts_with("error"))
        .collect();
    assert_eq!(lines.len(), 3, "{text}");
    assert_eq!(lines[0], "error: unknown parameter `joining`");
    assert!(lines[1].starts_with("error: `multiply` of [[change]]"));
    assert_eq!(lines[2], "error: unknown lever `early-langauge`");
}

#[test]
fn an_unknown_parameter_does_not_hide_what_else_is_wrong_with_a_change() {
    let text = with("0.9", "{ low = 2, high = 1 }\nneeds = [\"ASC\"]");
    let text = messages(&text.replace("joining.rate", "joining.rates"));
    let lines: Vec<&str> = text
        .lines()
        .filter(|line| line.starts_with("error"))
        .collect();
    assert_eq!(
        lines,
        [
            "error: unknown parameter `joining.rates`",
            "error: `multiply`: `low` 2 is above `high` 1",
            "error: unknown primary need `ASC`",
        ]
    );
}

#[test]
fn the_scenario_of_the_guide_reads() {
    let page = include_str!("../../src/guide/adding.md");
    let blocks = page.split("```toml\n").skip(1);
    let mut texts = blocks.filter_map(|block| block.split("```").next());
    let example = texts
        .find(|text| text.contains("[[change]]"))
        .expect("an example");
    assert_eq!(read(example).expect("a good scenario").actions.len(), 1);
}

/// `[[change]]` of a parameter with one size.
fn sized(path: &str, size: &str) -> String {
    let change = CHANGE.replace("joining.rate", path);
    format!("{HEADER}{}", change.replace("multiply = 0.9", size))
}

#[test]
fn sizes_that_no_area_could_see_are_refused() {
    for (path, size) in [
        ("joining.rate", "multiply = 1e308"),
        ("joining.rate", "multiply = 1e9"),
        ("joining.rate", "set = 1e308"),
        ("joining.rate", "add = 1e12"),
        ("joining.rate", "add = -5"),
        ("population.residents-moving-in", "multiply = 1e5"),
        ("population.births", "set = 1e12"),
        ("ceasing.rate", "multiply = { low = 1, high = 1e4 }"),
    ] {
        let found = messages(&sized(path, size));
        assert!(
            found.contains("more than") || found.contains("less than"),
            "{size}: {found}"
        );
        assert!(found.contains("is accepted here"), "{found}");
        assert!(found.len() < 200, "{found}");
    }
    for parameter in Parameter::ALL {
        let (most, times) = (parameter.most(), parameter.most_times());
        for size in [
            format!("set = {most}"),
            format!("add = -{most}"),
            format!("multiply = {times}"),
        ] {
            assert!(read(&sized(parameter.path(), &size)).is_ok(), "{size}");
        }
    }
}
