//! The commands check, explain and schema.

use std::path::PathBuf;

use clap::Args as _;
use sendsim::area::AreaPack;
use sendsim::cli::check::{CheckArgs, check};
use sendsim::cli::explain::{ExplainArgs, list};
use sendsim::cli::schema::SchemaArgs;
use sendsim::cli::{Explanation, Failure, check, explain, render};
use sendsim::finding::Severity;
use sendsim::parameters::Parameter;
use sendsim::parameters::ParameterSet;
use sendsim::scenario;
use sendsim::study::{FittedRow, FittedTable, fitted};
use serde_json::{Value, json};

fn check_of(paths: Vec<PathBuf>) -> check::Checked {
    check(&CheckArgs {
        paths,
        base_year: 2025,
    })
}

fn explanation(path: &str) -> String {
    match Explanation::of(ParameterSet::embedded(), path, None) {
        Ok(explanation) => explanation.to_string(),
        Err(failure) => panic!("{path} is known: {failure:?}"),
    }
}

#[test]
fn what_is_built_in_is_right() {
    let checked = check_of(Vec::new());
    assert_eq!(checked.count(Severity::Error), 0, "{:?}", checked.findings);
    assert!(checked.inputs > scenario::embedded().len());
}

#[test]
fn every_problem_of_every_file_of_a_folder_is_found_and_shown_with_its_line() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let write = |name: &str, text: &str| {
        std::fs::write(folder.path().join(name), text).expect("writable");
    };
    write(
        "a.toml",
        "title = \"A\"\nquestion = \"Q?\"\nbase = \"other\"\n",
    );
    write("b.toml", "title = \"B\"\n\n[[lever.outreech]]\n");
    write("notes.txt", "not a scenario");
    let checked = check_of(vec![folder.path().to_owned()]);
    assert_eq!(checked.summary(), "2 inputs checked: 3 errors");
    let text = render::finding_text(&checked.findings[0]);
    let path = folder.path().join("a.toml");
    assert_eq!(
        text,
        format!(
            "error: unknown base `other`\n  --> {}:3:8\n  |\n3 | base = \"other\"\n  |        ^\n\
             hint: every scenario changes the `baseline`",
            path.display()
        )
    );
}

#[test]
fn a_folder_without_anything_to_check_is_an_error() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let checked = check_of(vec![folder.path().to_owned()]);
    assert_eq!(checked.summary(), "1 input checked: 1 error");
    assert_eq!(checked.count(Severity::Error), 1);
}

#[test]
fn a_folder_with_an_area_toml_is_checked_as_an_area_pack() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    std::fs::write(folder.path().join("area.toml"), "name = 3\n").expect("writable");
    let checked = check_of(vec![folder.path().to_owned()]);
    assert_eq!(checked.inputs, 1);
    assert!(checked.count(Severity::Error) > 0);
}

#[test]
fn a_missing_file_fails_the_check_with_exit_code_1() {
    let args = CheckArgs {
        paths: vec![PathBuf::from("no-such-scenario.toml")],
        base_year: 2025,
    };
    let failure = check::run(&args).expect_err("no such file");
    assert_eq!(failure.exit_code(), 1);
}

#[test]
fn a_parameter_is_explained_with_its_whole_passport() {
    assert_eq!(
        explanation("need.recode-slcn-to-mld"),
        "\
need.recode-slcn-to-mld
Rate at which the primary need of a plan is recorded anew from SLCN to MLD

value       0.015 (0.01 to 0.02)
unit        per plan with SLCN per year
dates       from 2025-01-01
basis       assumption
source      Judgement of the modellers, to be elicited from local experts or
            replaced by local figures; sendsim; 2026
            the note of each parameter that names it (MIT)
note        MLD is 4% of plans at age 4 and 13% at age 12, and 5 to 9% of new plans
            in between (EHC plans 2025). Prior of 1 to 2% a year.
checked on  2026-11-24
used in     need.recode-rate.
scenarios   cannot change it
"
    );
}

#[test]
fn a_fitted_parameter_says_what_may_change_it() {
    let text = explanation("placement.move-rate");
    assert!(text.contains("value       fitted to the area's figures\n"));
    assert!(text.contains(
        "scenarios   can set, multiply or add to it; filters: ages, needs, settings,\n            \
         to-settings\n"
    ));
    assert!(text.contains("levers      outreach, repatriation\n"));
    assert!(text.contains("examples    outreach-to-mainstream, repatriation, supported-internships, whole-plan,\n            joint-plan\n"));
}

#[test]
fn the_size_of_a_lever_says_how_a_scenario_gives_its_own() {
    let text = explanation("lever.outreach.reduction");
    assert!(
        text.contains("scenarios   can give their own: `reduction` under [[lever.outreach]]\n")
    );
    assert!(text.contains("examples    outreach-to-mainstream, whole-plan, joint-plan\n"));
}

#[test]
fn fitted_values_stand_below_the_passport() {
    let table = FittedTable {
        title: "Derby".to_owned(),
        headings: vec!["age"],
        rows: vec![FittedRow {
            labels: vec!["3".to_owned()],
            value: 0.03,
            low: 0.02,
            high: 0.04,
        }],
    };
    let parameters = ParameterSet::embedded();
    let explanation = match Explanation::of(parameters, "joining.rate", Some(&table)) {
        Ok(explanation) => explanation,
        Err(failure) => panic!("a known path: {failure:?}"),
    };
    assert!(explanation.to_string().ends_with(
        "\nDerby\n\nage                            value         low        high\n\
         3                            0.03000     0.02000     0.04000\n\n"
    ));
    assert_eq!(
        explanation.to_json()["table"]["rows"][0]["high"],
        json!(0.04)
    );
}

#[test]
fn every_fitted_parameter_has_its_values_for_derby() {
    let pack = AreaPack::embedded("derby", &mut Vec::new()).expect("built in");
    let parameters = ParameterSet::embedded();
    for parameter in Parameter::ALL {
        let passport = parameters.passport(parameter.path()).expect("a passport");
        let table = fitted(&pack, parameter);
        assert_eq!(table.is_some(), passport.values.is_empty(), "{parameter:?}");
        for row in table.iter().flat_map(|table| &table.rows) {
            assert!(row.low <= row.high && row.value.is_finite(), "{row:?}");
        }
    }
    let joining = fitted(&pack, Parameter::JoiningRate).expect("fitted");
    assert_eq!(joining.rows.len(), 26);
    // Plans start most often before Reception: some 1 to 3 in 100 children of 3 without a plan.
    let at_three = &joining.rows[3];
    assert!((0.01..0.03).contains(&at_three.value), "{at_three:?}");
    assert!(at_three.low < at_three.value && at_three.value < at_three.high);
    let first = fitted(&pack, Parameter::FirstSettingShare).expect("fitted");
    let of_four = first.rows.iter().filter(|row| row.labels[0] == "4");
    let sum: f64 = of_four.map(|row| row.value).sum();
    assert!((0.95..=1.0 + 1e-9).contains(&sum), "shares of age 4: {sum}");
}

#[test]
fn an_unknown_path_is_answered_with_the_nearest_and_exit_code_1() {
    let args = ExplainArgs {
        path: Some("joining.rat".to_owned()),
        area: "derby".to_owned(),
        json: false,
    };
    let failure = explain::run(&args).expect_err("unknown");
    assert_eq!(failure.exit_code(), 1);
    let Failure::Input(findings) = failure else {
        panic!("an input error");
    };
    assert_eq!(
        findings[0].to_string(),
        "error: unknown parameter `joining.rat`\nhint: did you mean `joining.rate`?"
    );
}

#[test]
fn an_explanation_as_json_has_the_passport_and_its_source() {
    let parameters = ParameterSet::embedded();
    for passport in parameters.iter() {
        let explanation = match Explanation::of(parameters, &passport.path, None) {
            Ok(explanation) => explanation.to_json(),
            Err(failure) => panic!("a known path: {failure:?}"),
        };
        assert_eq!(explanation["path"], json!(passport.path));
        assert_eq!(explanation["basis"], json!(passport.basis.code()));
        assert!(explanation["source-details"]["title"].is_string());
        let checked = passport.checked_on.to_string();
        assert_eq!(explanation["checked-on"], json!(checked));
    }
}

#[test]
fn the_list_has_every_path_with_its_basis() {
    let text = list(ParameterSet::embedded());
    assert_eq!(
        text.lines().count(),
        ParameterSet::embedded().iter().count()
    );
    let ceasing = text.lines().find(|line| line.starts_with("ceasing.rate"));
    let words: Vec<&str> = ceasing.unwrap_or_default().split_whitespace().collect();
    assert_eq!(
        words.join(" "),
        "ceasing.rate fitted to the area's figures, per plan per year [derived]"
    );
}

#[test]
fn every_argument_has_help() {
    for command in [
        CheckArgs::augment_args(clap::Command::new("check")),
        ExplainArgs::augment_args(clap::Command::new("explain")),
        SchemaArgs::augment_args(clap::Command::new("schema")),
    ] {
        for argument in command.get_arguments() {
            assert!(argument.get_help().is_some(), "{argument}");
        }
    }
}

#[test]
fn the_schema_accepts_every_example() {
    let schema = schema();
    for (name, text) in scenario::embedded() {
        let document: toml::Table = toml::from_str(text).expect("good TOML");
        let problem = problem(&schema, &schema, &as_json(toml::Value::Table(document)));
        assert_eq!(problem, None, "{name}");
    }
}

#[test]
fn the_schema_refuses_what_the_program_refuses() {
    let refused = |text: &str| {
        let text = format!("title = \"T\"\nquestion = \"Q?\"\n{text}");
        let document: toml::Table = toml::from_str(&text).expect("good TOML");
        problem(&schema(), &schema(), &as_json(toml::Value::Table(document))).is_some()
    };
    let change = "[[change]]\npath = \"joining.rate\"\nfrom = 2026-09-01\nmultiply = 0.9\n\
                  reason = \"R\"\nsource = \"S\"\n";
    assert!(!refused(change));
    assert!(!refused(
        &change.replace("0.9", "{ low = 0.8, high = 0.9 }")
    ));
    assert!(refused(&change.replace("0.9", "{ low = 0.8 }")));
    assert!(refused(&change.replace("multiply", "multipy")));
    assert!(refused(&change.replace("joining.rate", "joining.rates")));
    assert!(refused(&change.replace("reason = \"R\"\n", "")));
    assert!(refused(&format!("{change}needs = [\"ASC\"]\n")));
    assert!(refused("[[lever.new-magic]]\nfrom = 2026-09-01\n"));
}

#[test]
fn every_field_of_the_schema_is_described() {
    fn undescribed(path: &str, value: &Value, missing: &mut Vec<String>) {
        let Value::Object(object) = value else { return };
        let fields = object.get("properties").and_then(Value::as_object);
        for (name, field) in fields.into_iter().flatten() {
            let is_list_of_tables =
                field.get("items").is_some() && path.is_empty() || path.ends_with("lever");
            if field.get("description").is_none() && !is_list_of_tables {
                missing.push(format!("{path}/{name}"));
            }
        }
        for (name, inner) in object {
            undescribed(&format!("{path}/{name}"), inner, missing);
        }
    }
    let mut missing = Vec::new();
    undescribed("", &schema(), &mut missing);
    assert_eq!(missing, Vec::<String>::new());
}

fn schema() -> Value {
    scenario::schema().to_value()
}

/// TOML as an editor hands it to a JSON Schema: dates as text.
fn as_json(value: toml::Value) -> Value {
    match value {
        toml::Value::Datetime(date) => json!(date.to_string()),
        toml::Value::Array(items) => items.into_iter().map(as_json).collect(),
        toml::Value::Table(table) => {
            let fields = table.into_iter().map(|(key, value)| (key, as_json(value)));
            Value::Object(fields.collect())
        }
        toml::Value::String(text) => json!(text),
        toml::Value::Integer(number) => json!(number),
        toml::Value::Float(number) => json!(number),
        toml::Value::Boolean(truth) => json!(truth),
    }
}

/// The first thing in which a value does not follow a schema: the keywords that ours uses.
fn problem(root: &Value, schema: &Value, value: &Value) -> Option<String> {
    if let Some(pointer) = schema["$ref"].as_str() {
        let definition = root
            .pointer(pointer.trim_start_matches('#'))
            .expect("a definition");
        if let found @ Some(_) = problem(root, definition, value) {
            return found;
        }
    }
    for keyword in ["oneOf", "anyOf"] {
        let choices = schema[keyword].as_array();
        if choices.is_some_and(|some| some.iter().all(|one| problem(root, one, value).is_some())) {
            return Some(format!("{value} is none of the choices of {keyword}"));
        }
    }
    let allowed = schema["enum"].as_array();
    if allowed.is_some_and(|values| !values.contains(value)) {
        return Some(format!("{value} is not in the list"));
    }
    if !is_of_type(&schema["type"], value) {
        return Some(format!("{value} is not of type {}", schema["type"]));
    }
    match value {
        Value::Object(fields) => problem_in_fields(root, schema, fields),
        Value::Array(items) => items
            .iter()
            .find_map(|i| problem(root, &schema["items"], i)),
        _ => None,
    }
}

fn problem_in_fields(
    root: &Value,
    schema: &Value,
    fields: &serde_json::Map<String, Value>,
) -> Option<String> {
    let required = schema["required"].as_array().into_iter().flatten();
    let required: Vec<&str> = required.filter_map(Value::as_str).collect();
    if let Some(missing) = required.iter().find(|name| !fields.contains_key(**name)) {
        return Some(format!("no {missing}"));
    }
    fields
        .iter()
        .find_map(|(name, field)| match &schema["properties"][name] {
            Value::Null if schema["additionalProperties"] == json!(false) => {
                Some(format!("unknown {name}"))
            }
            inner => problem(root, inner, field),
        })
}

fn is_of_type(kind: &Value, value: &Value) -> bool {
    match kind {
        Value::Array(kinds) => kinds.iter().any(|one| is_of_type(one, value)),
        Value::String(kind) => match kind.as_str() {
            "string" => value.is_string(),
            "number" => value.is_number(),
            "boolean" => value.is_boolean(),
            "array" => value.is_array(),
            "object" => value.is_object(),
            "null" => value.is_null(),
            other => panic!("the schema has no {other}"),
        },
        _ => true,
    }
}
