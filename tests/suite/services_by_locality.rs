//! Services that an area keeps by locality: accounts, posts that stay where they are, bad tables.

use std::sync::OnceLock;

use sendsim::area::{AreaPack, LocalityRow};
use sendsim::scenario::Scenario;
use sendsim::services::Services;
use sendsim::simulate::{Companion, Simulated};
use sendsim::toml_file::TomlFile;

use crate::derby::{self, pack};
use crate::program::Desk;
use crate::services::{RUNS, YEARS, baseline, mean, of};

const NURSING: &str = "School nursing";
const NORTH: &str = "School nursing / North";
const SOUTH: &str = "School nursing / South";
const JANUARIES: [&str; 5] = ["202526", "202627", "202728", "202829", "202930"];
const FULL_YEARS: [&str; 4] = ["2026", "2027", "2028", "2029"];

/// Derby with localities of a service: name, children, posts, weeks of the list.
fn with(service: &str, localities: &[(&str, f64, f64, Option<f64>)]) -> AreaPack {
    let mut pack = pack().clone();
    let row = |&(name, children_share, posts_share, list_weeks): &(&str, _, _, _)| LocalityRow {
        service: service.to_owned(),
        locality: name.to_lowercase(),
        label: name.to_owned(),
        children_share,
        posts_share,
        list_weeks,
    };
    pack.localities = localities.iter().map(row).collect();
    pack
}

/// Half the children each, and far fewer posts in the north.
fn unequal() -> AreaPack {
    with(
        "school-nursing",
        &[("North", 0.5, 0.3, None), ("South", 0.5, 0.7, None)],
    )
}

/// A scenario of changes of school nursing.
fn scenario(changes: &str) -> Scenario {
    let text = format!("title = \"t\"\nquestion = \"q?\"\n{changes}");
    sendsim::scenario::read(&TomlFile::new("t.toml", &text), 2025).expect("a good scenario")
}

fn change(path: &str, operation: &str, from: &str, localities: &str) -> String {
    format!(
        "[[change]]\npath = \"{path}\"\nfrom = {from}\n{operation}\n{localities}\nreason = \"r\"\n\
         source = \"s\"\n"
    )
}

fn simulated(pack: &AreaPack, changes: &str) -> Simulated {
    let services = Services::new(pack, 2025, YEARS);
    derby::simulated(
        baseline(),
        &scenario(changes),
        &[&services],
        (9, RUNS, YEARS),
    )
}

fn base() -> &'static Simulated {
    static BASE: OnceLock<Simulated> = OnceLock::new();
    BASE.get_or_init(|| simulated(&unequal(), ""))
}

/// Everything that is told of a service or locality, run by run.
fn all_of(table: &Simulated, service: &str) -> Vec<Vec<u64>> {
    let cells = table.measures.cells.iter().enumerate();
    let of_service = cells.filter(|(_, cell)| cell.service == service);
    of_service
        .map(|(at, _)| table.measures.of(at).iter().map(|v| v.to_bits()).collect())
        .collect()
}

#[test]
fn every_locality_keeps_its_own_account_and_they_add_up_to_the_service() {
    for locality in [NORTH, SOUTH] {
        for (year, before) in FULL_YEARS.iter().zip(0..) {
            let get = |indicator: &str, period: &str| of(base(), indicator, locality, period);
            let list = get("waiting_list", JANUARIES[before]);
            let next = get("waiting_list", JANUARIES[before + 1]);
            let [came, seen, withdrew] = ["referrals", "first_appointments", "withdrawals"]
                .map(|indicator| get(indicator, year));
            for run in 0..RUNS as usize {
                let expected = list[run] + came[run] - seen[run] - withdrew[run];
                assert!((expected - next[run]).abs() < 1e-6, "{locality} {year}");
            }
        }
    }
    let sums = [
        ("waiting_list", "202829"),
        ("referrals", "2028"),
        ("first_appointments", "2028"),
        ("withdrawals", "2028"),
        ("service_posts", "2028"),
        ("service_posts_needed", "2028"),
    ];
    for (indicator, period) in sums {
        let [north, south, whole] =
            [NORTH, SOUTH, NURSING].map(|service| of(base(), indicator, service, period));
        for run in 0..RUNS as usize {
            let sum = north[run] + south[run];
            assert!(
                (sum - whole[run]).abs() < 1e-5,
                "{indicator}: {sum} {}",
                whole[run]
            );
        }
    }
}

#[test]
fn totals_count_a_child_once() {
    let cells = &base().measures.cells;
    let lists: Vec<&str> = cells
        .iter()
        .filter(|cell| cell.indicator == "waiting_list" && cell.time_period == "202829")
        .map(|cell| cell.service)
        .collect();
    let total = mean(&of(base(), "waiting_list", "Total", "202829"));
    let services = lists
        .iter()
        .filter(|name| **name != "Total" && !name.contains(" / "));
    let sum: f64 = services
        .map(|service| mean(&of(base(), "waiting_list", service, "202829")))
        .sum();
    assert!((total - sum).abs() < 1e-6, "{total} {sum}");
    assert!(lists.contains(&NORTH) && lists.contains(&SOUTH));
}

#[test]
fn an_area_without_localities_is_told_as_before() {
    let labels = Services::new(pack(), 2025, YEARS).cells();
    assert!(labels.iter().all(|cell| !cell.service.contains(" / ")));
    // Other services do not see that school nursing is kept by locality.
    let whole = simulated(pack(), "");
    for service in [
        "Mental health (CAMHS)",
        "Specialist equipment",
        "Community paediatrics",
    ] {
        assert_eq!(
            all_of(base(), service),
            all_of(&whole, service),
            "{service}"
        );
    }
}

#[test]
fn localities_with_posts_in_proportion_add_up_to_the_service_kept_in_one() {
    // A list that no locality empties, so that no time is lost in one while others wait.
    let long = change(
        "services.load.school-nursing",
        "set = 0.7",
        "2025-01-01",
        "",
    ) + &change(
        "services.list-weeks.school-nursing",
        "set = 30",
        "2025-01-01",
        "",
    );
    let shares = [
        ("North", 0.5, 0.5, None),
        ("South", 0.3, 0.3, None),
        ("West", 0.2, 0.2, None),
    ];
    let parted = simulated(&with("school-nursing", &shares), &long);
    let whole = simulated(pack(), &long);
    let get = |table: &Simulated, indicator: &str, period: &str| {
        mean(&of(table, indicator, NURSING, period))
    };
    for (indicator, period) in [
        ("waiting_list", "202526"),
        ("waiting_list", "202930"),
        ("referrals", "2028"),
        ("first_appointments", "2028"),
    ] {
        let (a, b) = (
            get(&parted, indicator, period),
            get(&whole, indicator, period),
        );
        // Two independent counts of children who come at random, over all runs.
        let error = (2.0 * b / f64::from(RUNS)).sqrt();
        let allowed = 4.0
            * error
            * if indicator == "waiting_list" {
                2.0
            } else {
                1.0
            };
        assert!(
            (a - b).abs() < allowed,
            "{indicator} {period}: {a} {b} {allowed}"
        );
    }
    let posts = |table: &Simulated| get(table, "service_posts", "2028");
    assert!((posts(&parted) - posts(&whole)).abs() < 1e-5);
}

#[test]
fn a_locality_with_fewer_posts_waits_longer() {
    let last = |indicator: &str, locality: &str, period: &str| {
        let values = of(base(), indicator, locality, period);
        let told: Vec<f64> = values.into_iter().filter(|value| !value.is_nan()).collect();
        mean(&told)
    };
    let compare = |indicator: &str, period: &str| {
        [NORTH, SOUTH].map(|locality| last(indicator, locality, period))
    };
    let [north, south] = compare("wait_weeks_p50", "2029");
    assert!(north > 3.0 * south && north > 30.0, "{north} {south}");
    let [north, south] = compare("seen_within_standard_share", "2029");
    assert!(north + 50.0 < south, "{north} {south}");
    let [north, south] = compare("waiting_list", "202930");
    assert!(north > 5.0 * south, "{north} {south}");
}

#[test]
fn no_post_of_one_locality_sees_a_child_of_another() {
    // Hardly anybody in the north, and more than enough in the south.
    let shares = [("North", 0.5, 0.05, None), ("South", 0.5, 0.95, None)];
    let still = change("services.capacity-growth", "set = 0", "2025-01-01", "")
        + &change(
            "services.each.school-nursing",
            "set = 150",
            "2025-01-01",
            "",
        );
    let table = simulated(&with("school-nursing", &shares), &still);
    for year in FULL_YEARS {
        let seen = of(&table, "first_appointments", NORTH, year);
        let posts = of(&table, "service_posts", NORTH, year);
        let used = of(&table, "utilisation", SOUTH, year);
        for run in 0..RUNS as usize {
            assert!(
                seen[run] <= 150.0 * posts[run] + 1.5,
                "{} {}",
                seen[run],
                posts[run]
            );
        }
        assert!(mean(&used) < 75.0, "idle in the south");
    }
}

#[test]
fn a_post_added_in_one_locality_moves_no_number_of_another() {
    let north = change(
        "services.added.school-nursing",
        "add = 2",
        "2026-01-01",
        "localities = [\"north\"]",
    );
    let more = simulated(&unequal(), &north);
    assert_eq!(all_of(&more, SOUTH), all_of(base(), SOUTH));
    let posts = |service: &str| {
        mean(&of(&more, "service_posts", service, "2028"))
            - mean(&of(base(), "service_posts", service, "2028"))
    };
    for service in [NORTH, NURSING, "Total"] {
        assert!((posts(service) - 2.0).abs() < 1e-5, "{service}");
    }
    let list = |table: &Simulated| mean(&of(table, "waiting_list", NORTH, "202930"));
    assert!(list(&more) < 0.5 * list(base()));
    // Two posts for the whole service are divided as its posts are.
    let both = change("services.added.school-nursing", "add = 2", "2026-01-01", "");
    let both = simulated(&unequal(), &both);
    for (locality, part) in [(NORTH, 0.6), (SOUTH, 1.4)] {
        let posts = |table: &Simulated| mean(&of(table, "service_posts", locality, "2028"));
        assert!(
            (posts(&both) - posts(base()) - part).abs() < 1e-5,
            "{locality}"
        );
    }
    // Moved from one to the other, the service has as many.
    let moved = north
        + &change(
            "services.lost.school-nursing",
            "add = 2",
            "2026-01-01",
            "localities = [\"south\"]",
        );
    let moved = simulated(&unequal(), &moved);
    let all = |table: &Simulated| mean(&of(table, "service_posts", NURSING, "2028"));
    assert!(
        (all(&moved) - all(base())).abs() < 0.2,
        "{}",
        all(&moved) - all(base())
    );
    let lists = |table: &Simulated| mean(&of(table, "waiting_list", SOUTH, "202930"));
    assert!(lists(&moved) > lists(base()));
}

#[test]
fn a_recruitment_fills_posts_in_its_locality() {
    let lever = "[[lever.recruit]]\nfrom = 2026-01-01\nteam = \"school-nursing\"\n\
                 locality = \"north\"\nposts = 2\nfilled-share = 1\nmonths-to-hire = 6\n\
                 reason = \"r\"\nsource = \"s\"\n";
    let hired = simulated(&unequal(), lever);
    assert_eq!(all_of(&hired, SOUTH), all_of(base(), SOUTH));
    let posts = |table: &Simulated| mean(&of(table, "service_posts", NORTH, "2027"));
    assert!((posts(&hired) - posts(base()) - 2.0).abs() < 1e-5);
}

#[test]
fn a_locality_starts_from_its_own_list() {
    let shares = [
        ("North", 0.5, 0.5, Some(40.0)),
        ("South", 0.5, 0.5, Some(4.0)),
    ];
    let table = simulated(&with("school-nursing", &shares), "");
    let list = |locality| mean(&of(&table, "waiting_list", locality, "202526"));
    assert!(
        list(NORTH) > 2.0 * list(SOUTH),
        "{} {}",
        list(NORTH),
        list(SOUTH)
    );
    let posts = |locality| mean(&of(&table, "service_posts", locality, "2026"));
    assert!((posts(NORTH) - posts(SOUTH)).abs() < 1e-5);
}

#[test]
fn a_budget_by_locality_is_paid_in_each() {
    let shares = [("North", 0.5, 0.3, None), ("South", 0.5, 0.7, None)];
    let table = simulated(&with("equipment", &shares), "");
    let [north, south, whole] = [
        "Specialist equipment / North",
        "Specialist equipment / South",
        "Specialist equipment",
    ];
    let get = |indicator: &str, service: &str| of(&table, indicator, service, "2028");
    let budgets = [north, south, whole].map(|service| mean(&get("service_budget_pounds", service)));
    assert!((budgets[0] / budgets[2] - 0.3).abs() < 1e-6);
    assert!((budgets[0] + budgets[1] - budgets[2]).abs() < 1e-2);
    let [few, many] =
        [north, south].map(|service| mean(&of(&table, "waiting_list", service, "202930")));
    assert!(few > 2.0 * many, "{few} {many}");
    let used = [north, south, whole].map(|service| get("utilisation", service));
    for run in 0..RUNS as usize {
        let least = used[0][run].min(used[1][run]);
        let most = used[0][run].max(used[1][run]);
        assert!((least - 1e-3..=most + 1e-3).contains(&used[2][run]));
    }
}

#[test]
fn a_locality_that_the_area_does_not_have_is_refused() {
    let north = |name: &str| {
        scenario(&change(
            "services.added.school-nursing",
            "add = 2",
            "2026-01-01",
            &format!("localities = [\"{name}\"]"),
        ))
    };
    let services = Services::new(&unequal(), 2025, YEARS);
    assert_eq!(services.unknown_locality(&north("south")), None);
    let found = services
        .unknown_locality(&north("sooth"))
        .map(|(path, ..)| path);
    assert_eq!(found, Some("services.added.school-nursing"));
    let desk = Desk::new();
    let localities = "localities = [\"sooth\"]\n";
    let text = change(
        "services.added.school-nursing",
        "add = 2",
        "2026-01-01",
        localities,
    );
    desk.scenario("my.toml", &text).pack();
    let none = desk.fails(1, &["run", "my.toml", "--out", "out"]);
    assert!(
        none.starts_with(
            "error: `my` changes `services.added.school-nursing`, but the area has no locality `sooth` of that service\n"
        ) && none.contains("hint: its pack keeps that service in one"),
        "{none}"
    );
    desk.put("pack/localities.csv", table("", "0.3"));
    let other = desk.fails(1, &["run", "my.toml", "--area", "pack", "--out", "out"]);
    assert!(other.ends_with("hint: did you mean `south`?\n"), "{other}");
    // A number that is not of staff has no localities.
    let wrong = change(
        "services.come.school-nursing",
        "set = 2",
        "2025-01-01",
        localities,
    );
    desk.scenario("my.toml", &wrong);
    let said = desk.fails(1, &["check", "my.toml"]);
    assert!(
        said.contains("cannot be filtered by `localities`"),
        "{said}"
    );
    let lever = "[[lever.recruit]]\nfrom = 2026-01-01\nteam = \"case-officers\"\nlocality = \"north\"\n\
                 posts = 2\nreason = \"r\"\nsource = \"s\"\n";
    desk.scenario("my.toml", lever);
    let said = desk.fails(1, &["check", "my.toml"]);
    assert!(
        said.contains("`case-officers` have no localities"),
        "{said}"
    );
}

/// A table of two localities, with a row more, and the posts of the first.
fn table(row: &str, posts: &str) -> String {
    format!(
        "service,locality,label,children_share,posts_share,list_weeks\n\
         school-nursing,north,North,0.5,{posts},\nschool-nursing,south,South,0.5,0.7,12\n{row}"
    )
}

#[test]
fn a_table_of_localities_is_checked_at_its_place() {
    let desk = Desk::new();
    desk.pack();
    let said = |text: String| {
        desk.put("pack/localities.csv", text);
        desk.fails(1, &["check", "pack"])
    };
    let has = |text: String, message: &str, place: &str| {
        let said = said(text);
        assert!(said.contains(message), "{said}");
        assert!(
            said.contains(&format!("--> pack/localities.csv:{place}\n")),
            "{said}"
        );
        assert!(said.contains("\nhint: "), "{said}");
    };
    has(
        table("", "0.4"),
        "`posts_share` does not add up to 1",
        "2:5",
    );
    has(
        table("", "0"),
        "shares above 0 and below 1: `0` (line 2)",
        "2:5",
    );
    has(
        table("school-nursing,south,East,0.1,0.1,\n", "0.3"),
        "rows given twice for one service, locality: `school-nursing, south` (line 4)",
        "4:1",
    );
    has(
        table("equipmnt,south,East,0.5,0.5,\n", "0.3"),
        "unknown codes in column `service`: `equipmnt` (line 4)",
        "4:1",
    );
    has(
        table("equipment,South East,East,0.5,0.5,\n", "0.3"),
        "short names, as scenarios write them: `South East` (line 4)",
        "4:2",
    );
    has(
        table("", "0.3").replace("South,", "North,"),
        "the same label: `north` and `south` (line 3)",
        "3:3",
    );
    desk.put("pack/localities.csv", table("", "0.301"));
    assert_eq!(desk.run(&["check", "pack"]).code, Some(0), "a rounding");
}
