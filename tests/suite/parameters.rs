//! Passports: what loads, what does not, what the messages say, and that every number is felt.

use sendsim::area::AreaPack;
use sendsim::baseline::{Baseline, Draw};
use sendsim::domain::Date;
use sendsim::finding::Finding;
use sendsim::parameters::{Parameter, ParameterSet, Uncertain};
use sendsim::scenario::Scenario;
use sendsim::simulate::{Effects, Hazards, expected_counts, horizon};
use sendsim::study::{baseline, baseline_with};
use sendsim::summarise::Layout;
use sendsim::toml_file::TomlFile;

const SOURCES: &str = r#"
[census]
title = "A census"
publisher = "An office"
release = "2025"
url = "https://example.org"
licence = "Open"
"#;

fn read(parameters: &str) -> Result<ParameterSet, Vec<Finding>> {
    ParameterSet::read(
        &TomlFile::new("sources.toml", SOURCES),
        &[TomlFile::new("joining.toml", parameters)],
    )
}

fn messages(parameters: &str) -> String {
    let findings = read(parameters).expect_err("the file is wrong");
    let texts: Vec<String> = findings.iter().map(ToString::to_string).collect();
    texts.join("\n")
}

const GOOD: &str = r#"
[joining.ratio]
label = "A ratio"
unit = "ratio"
values = [
  { from = 2025-01-01, value = 10, low = 4, high = 25, shape = "triangular" },
  { from = 2027-01-01, low = 1, high = 2, shape = "uniform" },
]
source = "census"
basis = "published"
checked-on = 2026-01-31
"#;

#[test]
fn a_value_holds_from_its_date_and_the_first_one_before() {
    let set = read(GOOD).expect("a good file");
    let on = |year| set.uncertain("joining.ratio", Date::january(year));
    let first = Uncertain::Triangular {
        low: 4.0,
        mode: 10.0,
        high: 25.0,
    };
    assert_eq!(on(2020), first);
    assert_eq!(on(2026), first);
    let second = Uncertain::Uniform {
        low: 1.0,
        high: 2.0,
    };
    assert_eq!(on(2027), second);
    assert_eq!(set.value("joining.other", Date::january(2025)), None);
}

#[test]
fn the_built_in_parameters_load_and_every_one_has_a_known_source() {
    let set = ParameterSet::load().expect("the built-in files are right");
    assert!(set.iter().count() > 30);
    for passport in set.iter() {
        assert!(set.source(&passport.source).is_some(), "{}", passport.path);
    }
}

#[test]
fn every_parameter_that_a_scenario_can_change_has_a_passport() {
    for parameter in Parameter::ALL {
        let path = parameter.path();
        assert!(ParameterSet::embedded().passport(path).is_some(), "{path}");
    }
}

#[test]
fn every_file_of_the_baseline_folder_is_built_in() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/baseline");
    let mut on_disk: Vec<String> = std::fs::read_dir(folder)
        .expect("the folder exists")
        .map(|entry| {
            entry
                .expect("readable")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .map(|name| format!("scenarios/baseline/{name}"))
        .collect();
    on_disk.sort();
    let mut built_in: Vec<&str> = ParameterSet::files()
        .iter()
        .map(|(name, _)| *name)
        .collect();
    built_in.sort_unstable();
    assert_eq!(on_disk, built_in);
}

#[test]
fn every_source_is_used() {
    let set = ParameterSet::embedded();
    for (key, _) in set.sources() {
        assert!(set.iter().any(|passport| passport.source == key), "{key}");
    }
}

#[test]
fn a_value_without_unit_source_or_basis_does_not_load_and_all_three_are_said() {
    let text = "\n[joining.ratio]\nlabel = \"A ratio\"\nvalues = []\nchecked-on = 2026-01-31\n";
    assert_eq!(
        messages(text),
        "error: [joining.ratio] has no `unit`\n  --> joining.toml:2:1\n\
         error: [joining.ratio] has no `source`\n  --> joining.toml:2:1\n\
         error: [joining.ratio] has no `basis`\n  --> joining.toml:2:1"
    );
}

#[test]
fn an_assumption_without_a_note_does_not_load() {
    let text = GOOD.replace("published", "assumption");
    assert_eq!(
        messages(&text),
        "error: `joining.ratio` is an assumption without a `note`\n  --> joining.toml:10:9\n\
         hint: say how the value was chosen and what it leaves out"
    );
}

#[test]
fn an_unknown_source_is_named_with_its_place() {
    let text = GOOD.replace("\"census\"", "\"sensus\"");
    assert_eq!(
        messages(&text),
        "error: `joining.ratio` has the unknown source `sensus`\n  --> joining.toml:9:10\n\
         hint: did you mean `census`?"
    );
}

#[test]
fn an_unknown_field_is_named_with_its_place() {
    let text = GOOD.replace("unit =", "units = \"x\"\nunit =");
    assert_eq!(
        messages(&text),
        "error: unknown field `units` in [joining.ratio]\n  --> joining.toml:4:1\n\
         hint: did you mean `unit`?"
    );
}

#[test]
fn disordered_values_and_wrong_shapes_are_all_said() {
    let text = GOOD
        .replace("low = 4", "low = 11")
        .replace("low = 1, high = 2", "value = 3, low = 1, high = 2");
    assert_eq!(
        messages(&text),
        "error: `joining.ratio`: `low` 11 is above the most likely value 10\n  --> joining.toml:6:3\n\
         error: `joining.ratio`: a uniform value has `low` and `high`, and no `value`\n  --> joining.toml:7:3"
    );
}

#[test]
fn values_out_of_date_order_are_an_error() {
    let text = GOOD.replace("2027-01-01", "2025-01-01");
    assert_eq!(
        messages(&text),
        "error: `joining.ratio`: the value from 2025-01-01 is not later than the one before it\n  \
         --> joining.toml:7:3"
    );
}

#[test]
fn a_field_of_the_wrong_type_is_said_in_plain_words() {
    let text = GOOD
        .replace("unit = \"ratio\"", "unit = 3")
        .replace("2026-01-31", "\"soon\"");
    assert_eq!(
        messages(&text),
        "error: `checked-on` of [joining.ratio]: invalid type: string \"soon\", expected a date such \
         as 2026-09-01, without quotes\n  --> joining.toml:11:14\n\
         error: `unit` of [joining.ratio]: invalid type: integer `3`, expected a string\n  \
         --> joining.toml:4:8"
    );
}

#[test]
fn a_published_parameter_without_values_does_not_load() {
    let text = "[joining.ratio]\nlabel = \"A ratio\"\nunit = \"ratio\"\nsource = \"census\"\n\
                basis = \"published\"\nchecked-on = 2026-01-31\n";
    assert_eq!(
        messages(text),
        "error: `joining.ratio` has no `values`\n  --> joining.toml:5:9\n\
         hint: only a parameter fitted to the area's own figures, `basis = \"derived\"`, has none"
    );
}

#[test]
fn every_path_that_the_program_reads_has_a_value() {
    let read = [
        "joining.found-early-ratio",
        "joining.sen-support-ratio",
        "need.recode-mld-to-asd",
        "need.recode-mld-to-semh",
        "need.recode-mld-to-slcn",
        "need.recode-slcn-to-asd",
        "need.recode-slcn-to-mld",
        "need.recode-slcn-to-semh",
        "placement.special-to-mainstream-rate",
        "places.base-acceptance-share",
        "places.capital-cost.base",
        "places.capital-cost.special",
        "places.censored-share",
        "places.directed-share",
        "places.independent-share",
        "places.induced-demand",
        "places.late-share",
        "places.reception-late-share",
        "places.lead-years.base",
        "places.lead-years.special",
        "places.net-imports-yearly-change",
        "places.other-designation-share",
        "places.out-of-area-share",
        "places.over-fill-tolerance",
        "places.overflow-chance.cognition-and-learning",
        "places.overflow-chance.communication-and-interaction",
        "places.overflow-chance.other",
        "places.overflow-chance.semh",
        "places.overflow-chance.sensory-and-physical",
        "places.overflow-factor",
        "places.overflow-kind.cognition-and-learning.alternative-provision",
        "places.overflow-kind.cognition-and-learning.independent",
        "places.overflow-kind.cognition-and-learning.other-arrangements",
        "places.overflow-kind.communication-and-interaction.alternative-provision",
        "places.overflow-kind.communication-and-interaction.independent",
        "places.overflow-kind.communication-and-interaction.other-arrangements",
        "places.overflow-kind.other.alternative-provision",
        "places.overflow-kind.other.independent",
        "places.overflow-kind.other.other-arrangements",
        "places.overflow-kind.semh.alternative-provision",
        "places.overflow-kind.semh.independent",
        "places.overflow-kind.semh.other-arrangements",
        "places.overflow-kind.sensory-and-physical.alternative-provision",
        "places.overflow-kind.sensory-and-physical.independent",
        "places.overflow-kind.sensory-and-physical.other-arrangements",
        "places.late-weeks",
        "places.independent-out-of-area-share",
        "places.out-of-area-review-share",
        "places.overflow-kind-pooling",
        "places.overflow-pooling",
        "places.tribunal-weeks",
        "places.overflow-phase-ratio.post-16",
        "places.overflow-phase-ratio.primary",
        "places.overflow-phase-ratio.secondary",
        "places.rank.in-year",
        "places.rank.late",
        "places.rank.leaving-a-place",
        "places.rank.phase-transfer",
        "places.rank.returning",
        "places.return-share",
        "places.waiting-share",
        "sen-support.exit-rate",
        "sen-support.found-early-share",
        "sen-support.share-infant",
        "sen-support.share-junior",
    ];
    let set = ParameterSet::embedded();
    for path in read {
        let value = set.value(path, Date::january(2025));
        assert!(value.is_some(), "{path}");
    }
    // Every number of money, exclusions, services and the plan process is asked for by each future:
    // `tests/suite/money.rs`, `exclusions.rs`, `alternative_provision.rs`, `ehc_process.rs`.
    let elsewhere = |path: &str| {
        let starts = [
            "lever.",
            "adulthood.",
            "alternative-provision.",
            "arrangements.",
            "community-nursing.",
            "money.",
            "exclusions.",
            "absence.",
            "health-visiting.",
            "process.",
            "services.",
        ];
        starts.iter().any(|start| path.starts_with(start))
    };
    let mut others = set
        .iter()
        .filter(|p| !p.values.is_empty() && !elsewhere(&p.path));
    assert!(others.all(|passport| read.contains(&passport.path.as_str())));
}

const YEARS: usize = 2;

/// Expected counts of every indicator for Derby at central rates.
fn expected(baseline: &Baseline) -> Vec<f64> {
    let year = baseline.base_year();
    let rates = baseline.rates(Draw::Central);
    let nothing = Scenario::baseline();
    let (base, end) = horizon(year, YEARS);
    let effects = Effects::sample(&nothing, base, end, 1, 0);
    let hazards = Hazards::new(year, YEARS, &rates, effects);
    expected_counts(baseline.people(), &hazards, &Layout::new(year, YEARS))
}

/// The built-in parameters with the values of one path so many times as large.
pub(crate) fn with_times(path: &str, times: f64) -> &'static ParameterSet {
    let mut sources = None;
    let mut files = Vec::new();
    for (name, text) in ParameterSet::files() {
        let mut document: toml::Table = toml::from_str(text).expect("built in");
        let mut parts = path.split('.');
        let group = parts.next().and_then(|group| document.get_mut(group));
        let passport = parts.fold(group, |table, part| table?.get_mut(part));
        let values = passport.and_then(|passport| passport.get_mut("values"));
        for value in values
            .and_then(toml::Value::as_array_mut)
            .into_iter()
            .flatten()
        {
            for field in ["value", "low", "high"] {
                let number = value
                    .get(field)
                    .and_then(|n| n.as_float().or(n.as_integer().map(|n| n as f64)));
                if let (Some(number), Some(table)) = (number, value.as_table_mut()) {
                    table.insert(field.to_owned(), toml::Value::Float(number * times));
                }
            }
        }
        let file = TomlFile::new(*name, toml::to_string(&document).expect("a document"));
        if name.ends_with("sources.toml") {
            sources = Some(file);
        } else {
            files.push(file);
        }
    }
    let sources = sources.expect("the sources are built in");
    Box::leak(Box::new(
        ParameterSet::read(&sources, &files).expect("still right"),
    ))
}

/// Parameters that move no indicator of a simulation, and why.
const NOT_FELT: [(&str, &str); 14] = [
    (
        "adulthood.",
        "moves to adult care, which move no child: tests/suite/adulthood.rs",
    ),
    (
        "arrangements.",
        "arrangements, which move no child: tests/suite/arrangements.rs changes each number",
    ),
    (
        "community-nursing.",
        "nurses on duty, who move no child: tests/suite/nursing.rs changes each number",
    ),
    (
        "health-visiting.",
        "reviews, which act where a scenario changes them: tests/suite/health_visiting.rs",
    ),
    (
        "alternative-provision.",
        "alternative provision, which moves no child: tests/suite/alternative_provision.rs",
    ),
    (
        "absence.",
        "absence, which moves no child: tests/suite/exclusions.rs changes each number by scenario",
    ),
    (
        "exclusions.",
        "exclusions, which move no child: tests/suite/exclusions.rs changes each number by scenario",
    ),
    (
        "money.",
        "money, which moves no child: tests/suite/money.rs changes each number by scenario",
    ),
    (
        "process.",
        "the plan process, which the recursion of expected counts does not have: tests/suite/ehc_process.rs",
    ),
    (
        "services.",
        "waiting lists, which move no child: tests/suite/services.rs changes each number by scenario",
    ),
    (
        "sen-support.share-",
        "shape of SEN support by age, which acts when an area pack is built",
    ),
    (
        "sen-support.found-early-share",
        "nobody is found early unless a scenario says so, which another test does",
    ),
    (
        "joining.found-early-ratio",
        "acts on children found early, whom only a scenario has",
    ),
    (
        "places.",
        "finite places, which the recursion of expected counts does not have: tests/suite/places.rs",
    ),
];

#[test]
fn every_stated_parameter_moves_an_indicator() {
    let pack = AreaPack::embedded("derby", &mut Vec::new()).expect("built in");
    let usual = expected(&baseline(&pack, YEARS));
    let stated = ParameterSet::embedded().iter();
    // Sizes of levers act through their scenarios: `tests/suite/levers.rs`.
    let stated = stated.filter(|p| !p.values.is_empty() && !p.path.starts_with("lever."));
    for passport in stated {
        let path = passport.path.as_str();
        if NOT_FELT.iter().any(|(start, _)| path.starts_with(start)) {
            continue;
        }
        let moved = expected(&baseline_with(&pack, YEARS, with_times(path, 1.25)));
        let most = usual
            .iter()
            .zip(&moved)
            .map(|(usual, moved)| (usual - moved).abs())
            .fold(0.0, f64::max);
        assert!(most > 1e-6, "nothing moves with {path}");
    }
}

#[test]
fn every_parameter_that_a_scenario_can_change_moves_an_indicator() {
    let pack = AreaPack::embedded("derby", &mut Vec::new()).expect("built in");
    let baseline = baseline(&pack, YEARS);
    let year = baseline.base_year();
    let rates = baseline.rates(Draw::Central);
    let change = |parameter: Parameter, size: &str| {
        format!(
            "[[change]]\npath = \"{}\"\nfrom = 2025-01-01\n{size}\nreason = \"R\"\nsource = \"S\"\n",
            parameter.path(),
        )
    };
    let counts = |changes: &str| {
        let text = format!("title = \"T\"\nquestion = \"Q?\"\nbase = \"baseline\"\n{changes}");
        let scenario =
            sendsim::scenario::read(&TomlFile::new("s.toml", text), year).expect("a good scenario");
        let (base, end) = horizon(year, YEARS);
        let effects = Effects::sample(&scenario, base, end, 1, 0);
        let hazards = Hazards::new(year, YEARS, &rates, effects);
        expected_counts(baseline.people(), &hazards, &Layout::new(year, YEARS))
    };
    let looking = change(Parameter::SenSupportFoundEarlyShare, "add = 0.1");
    // The recursion of expected counts has no places: `tests/suite/places.rs`.
    let of_rates = Parameter::ALL.into_iter().filter(|p| !p.is_of_places());
    for parameter in of_rates {
        // Nobody is found early at first, and all shares less would leave nothing to take up the rest.
        let (before, size) = match parameter {
            Parameter::SenSupportFoundEarlyShare => ("", "add = 0.1"),
            Parameter::FoundEarlyJoiningRatio => (looking.as_str(), "multiply = 0.8"),
            Parameter::FirstSettingShare => ("", "multiply = 0.8\nsettings = [\"mainstream\"]"),
            _ => ("", "multiply = 0.8"),
        };
        let usual = counts(before);
        let moved = counts(&format!("{before}{}", change(parameter, size)));
        let differ = usual.iter().zip(&moved).any(|(u, m)| (u - m).abs() > 1e-6);
        assert!(differ, "nothing moves with {}", parameter.path());
    }
}
