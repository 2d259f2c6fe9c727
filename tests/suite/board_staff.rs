//! Posts of services with a published list, and appointments beside them.

use sendsim::services::Services;

use crate::changes::changed;
use crate::derby::pack;
use crate::services::{PAEDIATRICS, SPEECH, base, mean, of, under};

/// The area's share of the board's children.
fn share() -> f64 {
    pack().manifest.share_of_board
}

/// Each post sees so many: what is added can be worked out by hand.
const EACH: (&str, &str, &str, Option<&str>) = (
    "services.each.community-paediatrics",
    "set = 150",
    "2025-01-01",
    None,
);
const ADDED: &str = "services.added.community-paediatrics";

#[test]
fn a_post_more_sees_as_many_as_stated() {
    let usual = under(&[EACH]);
    let more = under(&[EACH, (ADDED, "add = 3", "2027-01-01", None)]);
    let gain = |indicator: &str, year: &str| {
        let of = |table| mean(&of(table, indicator, PAEDIATRICS, year));
        of(&more) - of(&usual)
    };
    // A week of 2027 begins in 2026.
    assert!(gain("board_posts", "2026").abs() < 0.1);
    assert!((gain("board_posts", "2028") - 3.0).abs() < 1e-6);
    let total = mean(&of(&more, "board_posts", "Total", "2028"));
    let before = mean(&of(&usual, "board_posts", "Total", "2028"));
    assert!((total - before - 3.0).abs() < 1e-6);
    // The list is long, so all of their time is used: 3 posts, 150 children, the area's share; a little
    // less or more as assessments leave time.
    let expected = 3.0 * 150.0 * share();
    let found = gain("first_appointments", "2028");
    assert!((found / expected - 1.0).abs() < 0.15, "{found} {expected}");
    let found = gain("waiting_list", "202829");
    assert!(found < -1.5 * expected, "{found}");
    assert!(
        (of(&more, "board_posts", SPEECH, "2027") == of(&usual, "board_posts", SPEECH, "2027"))
    );
}

#[test]
fn sessions_for_new_children_change_how_many_a_post_sees_and_not_the_posts() {
    let usual = under(&[EACH]);
    let path = "services.each.community-paediatrics";
    let fewer = under(&[EACH, (path, "multiply = 0.5", "2026-01-01", None)]);
    let of = |table, indicator: &str| mean(&of(table, indicator, PAEDIATRICS, "2027"));
    let posts = |table| of(table, "board_posts");
    assert!((posts(&usual) - posts(&fewer)).abs() < 1e-9);
    let seen = of(&fewer, "first_appointments") / of(&usual, "first_appointments");
    assert!((seen - 0.5).abs() < 0.03, "{seen}");
    let needed = of(&fewer, "board_posts_needed") / of(&usual, "board_posts_needed");
    assert!(needed > 1.9, "{needed}");
}

#[test]
fn appointments_that_are_bought_come_on_top_and_spare_posts() {
    let usual = under(&[EACH]);
    let path = "services.extra.community-paediatrics";
    let more = under(&[EACH, (path, "add = 10", "2026-01-01", Some("2028-01-01"))]);
    let gain = |indicator: &str, year: &str| {
        let of = |table| mean(&of(table, indicator, PAEDIATRICS, year));
        of(&more) - of(&usual)
    };
    let expected = 10.0 * 365.25 / 7.0 * share();
    let found = gain("first_appointments", "2027");
    assert!((found / expected - 1.0).abs() < 0.05, "{found} {expected}");
    assert!(gain("board_posts", "2027").abs() < 1e-9);
    // 522 children a year are 3.5 posts of 150, and a shorter list takes fewer still.
    assert!(gain("board_posts_needed", "2027") < -3.0);
    assert!(gain("first_appointments", "2028").abs() < 0.05 * expected);
}

#[test]
fn the_posts_for_the_standard_bring_the_list_to_it() {
    let there = mean(&of(base(), "board_posts", PAEDIATRICS, "2026"));
    let needed = mean(&of(base(), "board_posts_needed", PAEDIATRICS, "2026"));
    assert!(needed > there, "{needed} {there}");
    let add = format!("add = {}", needed - there);
    let enough = under(&[(ADDED, &add, "2026-01-01", None)]);
    let within = |table| {
        mean(&of(
            table,
            "waiting_over_18_weeks_share",
            PAEDIATRICS,
            "202930",
        ))
    };
    assert!(within(base()) > 50.0, "{}", within(base()));
    assert!(
        within(&enough) < 0.6 * within(base()),
        "{}",
        within(&enough)
    );
}

#[test]
fn posts_of_a_list_that_is_not_published_are_refused() {
    let services = Services::new(pack(), 2025, 5);
    for of in ["added", "lost", "each", "extra"] {
        let path = format!("services.{of}.audiology");
        let scenario = changed(&[(&path, "set = 2", "2026-01-01", None)]);
        let (refused, is_untold) = services.without_effect(&scenario).expect("refused");
        assert_eq!((refused, is_untold), (path.as_str(), true));
    }
    let scenario = changed(&[(ADDED, "add = 2", "2026-01-01", None)]);
    assert_eq!(services.without_effect(&scenario), None);
}
