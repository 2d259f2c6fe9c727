//! Levers: what each does to which parameter, and that each has all that a lever needs.

use std::path::Path;

use sendsim::domain::{CeaseReason, Date, PrimaryNeed, Setting};
use sendsim::parameters::{Parameter, ParameterSet, Uncertain};
use sendsim::scenario::lever::KINDS;
use sendsim::scenario::{self, Change, Operation, Scenario};
use sendsim::toml_file::TomlFile;

const BASE_YEAR: i32 = 2025;

fn read(lever: &str) -> Scenario {
    let text = format!("title = \"T\"\nquestion = \"Q?\"\n{lever}reason = \"R\"\nsource = \"S\"\n");
    scenario::read(&TomlFile::new("s.toml", text), BASE_YEAR).expect("a good scenario")
}

fn changes(lever: &str) -> Vec<Change> {
    read(lever).actions.remove(0).changes
}

fn messages(lever: &str) -> String {
    let text = format!("title = \"T\"\nquestion = \"Q?\"\n{lever}reason = \"R\"\nsource = \"S\"\n");
    let read = scenario::read(&TomlFile::new("s.toml", text), BASE_YEAR);
    let findings = read.expect_err("the scenario is wrong");
    let texts: Vec<String> = findings.iter().map(ToString::to_string).collect();
    texts.join("\n")
}

fn examples() -> Vec<Scenario> {
    let names = scenario::embedded().iter().map(|(name, _)| *name);
    let load = |name| scenario::load(Path::new(name), BASE_YEAR).expect("a good example");
    names.map(load).collect()
}

#[track_caller]
fn assert_near(size: Uncertain, expected: [f64; 2]) {
    let (low, high) = size.range();
    let near = |a: f64, b: f64| (a - b).abs() < 1e-9;
    assert!(
        near(low, expected[0]) && near(high, expected[1]),
        "{size:?}"
    );
}

#[test]
fn every_kind_has_an_example_a_schema_with_a_description_and_sizes_with_passports() {
    let examples = examples();
    let schema = serde_json::to_value(scenario::schema()).expect("a schema is JSON");
    for kind in &KINDS {
        let name = kind.name;
        let actions = examples.iter().flat_map(|example| &example.actions);
        assert!(
            actions.into_iter().any(|action| action.kind == name),
            "example of {name}"
        );
        let reference = &schema["properties"]["lever"]["properties"][name]["items"]["$ref"];
        let pointer = reference
            .as_str()
            .expect(name)
            .trim_start_matches('#')
            .to_owned();
        let definition = schema.pointer(&pointer).expect(name);
        let description = definition["description"].as_str().expect(name);
        assert!(
            description.contains("Holds constant:"),
            "{name} says what stays"
        );
        assert!(description.contains("Range:"), "{name} says its range");
        assert!(description.contains("Lag:"), "{name} says its lag");
        let prefix = format!("lever.{name}.");
        let sizes = ParameterSet::embedded()
            .iter()
            .filter_map(|p| p.path.strip_prefix(&prefix));
        let sizes: Vec<&str> = sizes.collect();
        assert!(!sizes.is_empty(), "sizes of {name}");
        for size in sizes {
            assert!(
                !definition["properties"][size].is_null(),
                "{name} takes {size}"
            );
        }
    }
}

#[test]
fn every_size_of_a_lever_belongs_to_a_kind() {
    for passport in ParameterSet::embedded().iter() {
        let Some(rest) = passport.path.strip_prefix("lever.") else {
            continue;
        };
        let kind = rest.split('.').next().expect("at least one part");
        assert!(
            KINDS.iter().any(|known| known.name == kind),
            "{}",
            passport.path
        );
    }
}

#[test]
fn a_lever_changes_the_parameters_that_it_names_and_no_others() {
    for action in examples().iter().flat_map(|example| &example.actions) {
        let Some(kind) = KINDS.iter().find(|kind| kind.name == action.kind) else {
            // A plain change says by its path what it changes, and changes nothing else.
            let [change] = action.changes.as_slice() else {
                panic!("{} changes several numbers", action.name);
            };
            assert!(action.name.starts_with(change.parameter.path()));
            continue;
        };
        let changed: Vec<Parameter> = action.changes.iter().map(|c| c.parameter).collect();
        for parameter in kind.acts_on {
            assert!(
                changed.contains(parameter),
                "{} changes {parameter:?}",
                kind.name
            );
        }
        for parameter in changed {
            let is_named = kind.acts_on_numbers.contains(&parameter.path());
            assert!(
                is_named || kind.acts_on.contains(&parameter),
                "{} names {parameter:?}",
                kind.name
            );
        }
    }
}

#[test]
fn every_effect_on_plans_and_moves_may_be_none() {
    let may_be_none = |change: &Change| {
        let (low, high) = change.size.range();
        let nothing = match change.operation {
            Operation::Multiply => 1.0,
            Operation::Add => 0.0,
            Operation::Set => return false,
        };
        low <= nothing && nothing <= high
    };
    for action in examples().iter().flat_map(|example| &example.actions) {
        // A review recodes by decision, homes and places are built; they are not effects to be doubted.
        let decided = [
            "need-review",
            "housing",
            "new-places",
            "expansion",
            "bases-in-mainstream",
            "closure",
        ]
        .contains(&action.kind);
        // Prices and block are not effects on plans.
        let of_plans = |change: &&Change| !decided && !change.parameter.is_stated();
        for change in action.changes.iter().filter(of_plans) {
            let support = change.parameter == Parameter::SenSupportFoundEarlyShare;
            assert!(support || may_be_none(change), "{} {change:?}", action.kind);
        }
    }
}

#[test]
fn a_lever_of_no_size_is_not_felt() {
    let period = "from = 2026-09-01\nuntil = 2030-09-01\n";
    let sizes = [
        (
            "early-language",
            "reduction = 0\nmore-identified = 0\nrequest-ratio = 1\n",
        ),
        ("inclusion-funding", "reduction = 0\n"),
        ("outreach", "reduction = 0.0\n"),
        ("annual-review-capacity", "ceasing-factor = 1\n"),
        (
            "legal-reform",
            "announced = 2026-01-01\nsurge = 0\nnew-plans-factor = 1\nshare-moved = 0\n",
        ),
        ("need-review", "share-recoded = 0\n"),
        ("repatriation", "share-moved = 0\n"),
        ("housing", "homes = 0\n"),
        ("new-places", "setting = \"state-special\"\nplaces = 0\n"),
        ("expansion", "setting = \"sen-unit\"\nplaces = 0\n"),
        ("bases-in-mainstream", "places = 0\nacceptance = 0\n"),
        ("closure", "setting = \"state-special\"\nplaces = 0\n"),
        ("over-fill-policy", "tolerance-added = 0\n"),
        ("phase-transfer-grip", "reduction = 0\n"),
        ("recruit", "team = \"case-officers\"\nposts = 0\n"),
        ("locums", "team = \"case-officers\"\nnumber = 0\n"),
    ];
    assert_eq!(sizes.len(), KINDS.len());
    for (kind, size) in sizes {
        let scenario = read(&format!("[[lever.{kind}]]\n{period}{size}"));
        let felt = scenario.effective_changes(Date::january(2025), Date::january(2035));
        assert!(felt.is_empty(), "{kind}: {felt:?}");
    }
}

#[test]
fn a_lever_from_the_end_of_the_horizon_on_is_not_felt() {
    for example in examples() {
        let felt = |end| example.effective_changes(Date::january(2025), end);
        // Financial years begin in April.
        let before = felt(Date::september(2026));
        let mut before = before.iter();
        assert!(before.all(|c| c.parameter.is_stated()), "{}", example.name);
        assert!(!felt(Date::january(2035)).is_empty(), "{}", example.name);
    }
}

#[test]
fn one_kind_of_lever_draws_one_number_in_every_scenario() {
    let key = |example: &str| {
        let scenario = scenario::load(Path::new(example), BASE_YEAR).expect("a good example");
        let actions = scenario.actions.into_iter();
        let mut outreach = actions.filter(|action| action.kind == "outreach");
        outreach.next().expect("an outreach lever").changes[0].clone()
    };
    assert_eq!(key("joint-plan"), key("outreach-to-mainstream"));
    assert_eq!(key("joint-plan").size_key, "lever.outreach.reduction");
}

#[test]
fn early_language_finds_children_at_once_and_lowers_joining_later() {
    let changes = changes("[[lever.early-language]]\nfrom = 2026-09-01\n");
    let [support, requests, joining] = changes.as_slice() else {
        panic!("three changes, not {changes:?}");
    };
    assert_eq!(support.parameter, Parameter::SenSupportFoundEarlyShare);
    assert_eq!(support.operation, Operation::Add);
    assert_near(support.size, [0.05, 0.15]);
    assert_eq!(requests.parameter, Parameter::FoundEarlyJoiningRatio);
    assert_near(requests.size, [1.0, 3.0]);
    assert!(requests.filter.ages.is_empty());
    assert_eq!(joining.parameter, Parameter::JoiningRate);
    assert_near(joining.size, [0.92, 1.0]);
    assert!(support.phase_in_years < joining.phase_in_years);
    for change in [support, joining] {
        assert_eq!(change.filter.ages, [3, 4, 5, 6].into());
    }
    for change in &changes {
        assert_eq!(change.filter.needs, [PrimaryNeed::Slcn].into());
    }
}

#[test]
fn a_size_and_a_phase_in_of_the_scenario_replace_the_usual_ones() {
    let changes = changes(
        "[[lever.inclusion-funding]]\nfrom = 2026-09-01\nphase-in-years = 4\nreduction = 0.25\n",
    );
    assert_eq!(changes[0].size, Uncertain::Fixed(0.75));
    assert!((changes[0].phase_in_years - 4.0).abs() < f64::EPSILON);
    assert_eq!(changes[0].filter.ages, (4..=11).collect());
}

#[test]
fn outreach_slows_moves_from_mainstream_and_if_asked_from_bases() {
    let plain = changes("[[lever.outreach]]\nfrom = 2026-09-01\n");
    assert_eq!(plain[0].filter.settings, [Setting::Mainstream].into());
    assert!(
        plain[0]
            .filter
            .to_settings
            .iter()
            .all(|s| s.is_special_school())
    );
    assert_eq!(plain[0].filter.to_settings.len(), 3);
    assert_near(plain[0].size, [0.8, 1.0]);
    let bases = changes("[[lever.outreach]]\nfrom = 2026-09-01\ninclude-bases = true\n");
    assert_eq!(bases[0].filter.settings.len(), 3);
}

#[test]
fn annual_reviews_hasten_decisions_and_nothing_else() {
    let changes = changes("[[lever.annual-review-capacity]]\nfrom = 2026-09-01\n");
    let reasons = &changes[0].filter.reasons;
    assert!(reasons.contains(&CeaseReason::NoLongerEngaging));
    assert!(!reasons.contains(&CeaseReason::Deceased));
    assert!(!reasons.contains(&CeaseReason::MaximumAge));
    assert!(!reasons.contains(&CeaseReason::Transfer));
    assert_eq!(changes[0].filter.ages, (18..=24).collect());
}

#[test]
fn a_review_of_needs_recodes_its_share_over_its_whole_length() {
    // 20% in two years: 1 - exp(-2 h) = 0.2, so h = 0.11157; a third of it to each of three needs.
    // Two years from 1 September 2026 have 731 days, 2.001369 years of 365.25.
    let changes = changes(
        "[[lever.need-review]]\nfrom = 2026-09-01\nuntil = 2028-09-01\nshare-recoded = 0.2\n",
    );
    let per_way = 0.223_143_551_314_209_7 / (731.0 / 365.25) / 3.0;
    assert_near(changes[0].size, [per_way, per_way]);
    assert_eq!(changes[0].operation, Operation::Add);
    assert_eq!(changes[0].filter.needs, [PrimaryNeed::Mld].into());
    assert_eq!(changes[0].filter.to_needs.len(), 3);
}

#[test]
fn repatriation_moves_children_at_phase_transfers_only() {
    // 10% in a year: -ln(0.9) = 0.105361; four fifths of it to state-funded special schools.
    let changes = changes("[[lever.repatriation]]\nfrom = 2026-09-01\n");
    assert_near(changes[0].size, [0.0, 0.105_360_515_657_826_3 * 0.8]);
    assert_near(changes[1].size, [0.0, 0.105_360_515_657_826_3 * 0.2]);
    for change in &changes {
        assert_eq!(change.filter.ages, [3, 10, 15].into());
    }
}

#[test]
fn new_homes_bring_their_children_evenly_over_the_years() {
    // 1,461 days are 4 years of 365.25 days; 0.5 x 800 / 4 = 100 a year over 5 ages is 20 each.
    let changes = changes(
        "[[lever.housing]]\nfrom = 2026-09-01\nuntil = 2030-09-01\nhomes = 800\n\
         under-5s-per-home = 0.5\n",
    );
    assert_eq!(changes.len(), 3);
    assert_near(changes[0].size, [20.0, 20.0]);
    assert_eq!(changes[0].filter.ages, (0..=4).collect());
    assert_eq!(changes[0].parameter, Parameter::ResidentsMovingIn);
    assert_eq!(changes[2].filter.ages, (11..=15).collect());
}

#[test]
fn problems_in_a_lever_are_said_with_their_place() {
    assert_eq!(
        messages("[[lever.outreach]]\nfrom = 2026-09-01\nreduction = 1.2\n"),
        "error: `reduction` is 1.2, more than 1\n  --> s.toml:5:13\nhint: from 0 to 1 is accepted here"
    );
    assert_eq!(
        messages("[[lever.outreach]]\nfrom = 2026-09-01\nreductoin = 0.2\n"),
        "error: unknown field `reductoin` in [[lever.outreach]]\n  --> s.toml:5:1\n\
         hint: did you mean `reduction`?"
    );
    assert_eq!(
        messages("[[lever.housing]]\nfrom = 2026-09-01\nuntil = 2027-09-01\nhomes = -1\n"),
        "error: `homes` is -1, not a number from 0 to 100000\n  --> s.toml:6:9"
    );
    assert_eq!(
        messages("[[lever.need-review]]\nfrom = 2026-09-01\n"),
        "error: [[lever.need-review]] has no `until`\n  --> s.toml:3:1"
    );
    assert_eq!(
        messages("[[lever.repatriation]]\nfrom = 2026-09-01\nresourced-provision-share = 2\n"),
        "error: `resourced-provision-share` is 2, not 0 to 1\n  --> s.toml:5:29"
    );
}

#[test]
fn levers_of_one_kind_are_numbered_and_names_must_differ() {
    let lever = "[[lever.outreach]]\nfrom = 2026-09-01\nreason = \"R\"\nsource = \"S\"\n";
    let last = "[[lever.outreach]]\nfrom = 2027-09-01\n";
    let names: Vec<String> = read(&format!("{lever}{last}"))
        .actions
        .into_iter()
        .map(|a| a.name)
        .collect();
    assert_eq!(names, ["outreach 1", "outreach 2"]);
    let with_name = lever.replace("from", "name = \"Advice\"\nfrom");
    assert_eq!(
        messages(&format!("{with_name}{last}name = \"Advice\"\n")),
        "error: two levers are named `Advice`\n  --> s.toml:10:8"
    );
}

#[test]
fn locums_are_those_whom_agencies_send_at_a_price_for_their_time() {
    let lever = |more: &str| {
        format!(
            "[[lever.locums]]\nfrom = 2026-04-01\nuntil = 2027-04-01\n\
             team = \"educational-psychologists\"\nnumber = 2\n{more}"
        )
    };
    let usual = changes(&lever(""));
    assert_eq!(usual.len(), 1, "the price is that of the area");
    assert_eq!(usual[0].parameter.path(), "process.psychologists.locums");
    assert_eq!(usual[0].operation, Operation::Add);
    // Half of two locums to both of them, from the first day on.
    assert_near(usual[0].size, [1.0, 2.0]);
    assert_near(usual[0].slip_years, [0.0, 0.0]);
    let dear = changes(&lever(
        "sent-share = 1\npounds-per-day = { low = 600, high = 700 }\n",
    ));
    assert_near(dear[0].size, [2.0, 2.0]);
    assert_eq!(dear[1].parameter.path(), "money.locums.psychologist-day");
    assert_eq!(dear[1].operation, Operation::Set);
    assert_near(dear[1].size, [600.0, 700.0]);
    assert_eq!(dear[0].until, dear[1].until);
    assert_eq!(
        read(&lever("")).actions.remove(0).title,
        "Locums: 2, educational psychologists"
    );
    let wrong = lever("sent-share = 1.2\npounds-per-day = -1\n");
    let wrong = wrong.replace("number = 2", "number = -2");
    let said = messages(&wrong);
    for of in ["sent-share", "pounds-per-day", "`number` is -2"] {
        assert!(said.contains(of), "{of}: {said}");
    }
    let nobody = lever("").replace("educational-psychologists", "school-nursing");
    assert!(messages(&nobody).contains("case-officers"));
    let no_end = lever("").replace("until = 2027-04-01\n", "");
    assert!(messages(&no_end).contains("until"));
}

#[test]
fn recruitment_adds_the_posts_that_are_filled_some_months_later() {
    let change =
        changes("[[lever.recruit]]\nfrom = 2026-09-01\nteam = \"school-nursing\"\nposts = 4\n")
            .remove(0);
    assert_eq!(change.parameter.path(), "services.added.school-nursing");
    assert_eq!(change.operation, Operation::Add);
    // Half to all of four posts, 4 to 8 months after the advert.
    assert_near(change.size, [2.0, 4.0]);
    assert_near(change.slip_years, [4.0 / 12.0, 8.0 / 12.0]);
    // Who is newly qualified does 0.6 of a post's work in the first year, with the same luck in hiring.
    let newly = "[[lever.recruit]]\nfrom = 2026-09-01\nteam = \"speech-and-language\"\nposts = 4\n\
                 grade = \"newly-qualified\"\n";
    let [first, second] = &changes(newly)[..] else {
        panic!("two parts");
    };
    assert_near(first.size, [1.2, 2.4]);
    assert_near(second.size, [0.8, 1.6]);
    assert_eq!(second.from.days_since(first.from), 365);
    assert_eq!(first.size_key, second.size_key);
    assert_eq!(
        changes(&format!("{newly}first-year-share = 1.0\n")).len(),
        1
    );
    let experienced = newly.replace("newly-qualified", "experienced");
    let wrong = format!("{experienced}first-year-share = 0.5\n");
    assert!(messages(&wrong).contains("`first-year-share` is of those who are newly qualified"));
    let key = |team: &str| {
        let lever = format!("[[lever.recruit]]\nfrom = 2026-09-01\nteam = \"{team}\"\nposts = 4\n");
        changes(&lever).remove(0).size_key
    };
    let visitors = "[[lever.recruit]]\nfrom = 2026-09-01\nteam = \"health-visitors\"\nposts = 8\n";
    let path = changes(visitors).remove(0).parameter.path();
    assert_eq!(path, "health-visiting.posts-added");
    let title = read(visitors).actions.remove(0).title;
    assert_eq!(title, "Recruitment: 8 posts, health visitors");
    assert_ne!(
        key("school-nursing"),
        key("mental-health"),
        "each team has its luck"
    );
    // Nobody can start before the contracts end.
    let never = "[[lever.recruit]]\nfrom = 2026-09-01\nuntil = 2026-12-01\n\
                 team = \"school-nursing\"\nposts = 4\n";
    let said = messages(never);
    assert!(said.contains("`until` is not after the day"), "{said}");
    let wrong = "[[lever.recruit]]\nfrom = 2026-09-01\nteam = \"school-nurses\"\nposts = -1\n";
    let said = messages(wrong);
    assert!(said.contains("school-nursing"), "{said}");
    assert!(said.contains("`posts` is -1"), "{said}");
}
