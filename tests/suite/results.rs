//! Summaries, comparisons and attribution against arithmetic done by hand.

use sendsim::summarise::{Cell, RunTable, attribute, compare, summarise};

fn cell(indicator: &'static str, age_group: &'static str, sex: &'static str) -> Cell {
    Cell {
        time_period: "202526".to_owned(),
        time_identifier: "January",
        indicator,
        unit: "plans",
        age_group,
        sex,
        primary_need: "Total",
        setting: "Total",
        phase: "Total",
        service: "Total",
        category: "Total",
        basis: "residence",
    }
}

fn table(rows: &[(&'static str, &'static str, &'static str, [u32; 4])]) -> RunTable {
    RunTable {
        runs: 4,
        cells: rows.iter().map(|(i, a, s, _)| cell(i, a, s)).collect(),
        values: rows.iter().flat_map(|(.., values)| *values).collect(),
    }
}

fn plans(values: [u32; 4]) -> RunTable {
    table(&[("ehc_plans", "Total", "Total", values)])
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-12
}

#[test]
fn a_summary_holds_mean_spread_quantiles_and_monte_carlo_error() {
    // 10, 12, 14, 20: mean 14; squared deviations 16 + 4 + 0 + 36 = 56; variance 56 / 3.
    // Median at position 1.5: 13. P90 at position 2.7: 14 + 0.7 x 6 = 18.2.
    let rows = summarise(&plans([20, 10, 14, 12]), "baseline");
    let summary = rows[0].summary;
    assert_eq!(rows[0].scenario, "baseline");
    assert!(close(summary.mean, 14.0));
    assert!(close(summary.sd, (56.0_f64 / 3.0).sqrt()));
    assert!(close(summary.monte_carlo_error, (56.0_f64 / 12.0).sqrt()));
    assert!(close(summary.quantiles[3], 13.0));
    assert!(close(summary.quantiles[5], 18.2));
}

#[test]
fn the_order_of_runs_does_not_show() {
    let one = summarise(&plans([20, 10, 14, 12]), "baseline");
    let other = summarise(&plans([10, 12, 14, 20]), "baseline");
    assert_eq!(one, other);
}

#[test]
fn differences_are_taken_run_by_run() {
    // Pairs: 9-10, 12-12, 12-14, 21-20 = -1, 0, -2, +1: mean -0.5; squares 6, sum -2,
    // so 4 x 6 - 4 = 20, variance 20 / 12. Baseline: 4 x 840 - 56^2 = 224. Scenario:
    // 4 x 810 - 54^2 = 324. Reduction (224 + 324) / 20 = 27.4.
    let rows = compare(&plans([10, 12, 14, 20]), &plans([9, 12, 12, 21]), "fewer");
    let row = &rows[0];
    assert!(close(row.difference.mean, -0.5));
    assert!(close(row.difference.sd, (20.0_f64 / 12.0).sqrt()));
    assert!(close(row.difference.quantiles[3], -0.5));
    assert!(close(row.probability_lower, 0.5));
    assert!(close(row.probability_higher, 0.25));
    assert!(close(row.variance_reduction.expect("varies"), 27.4));
}

#[test]
fn a_difference_that_never_varies_has_no_variance_reduction() {
    let rows = compare(&plans([10, 12, 14, 20]), &plans([9, 11, 13, 19]), "fewer");
    assert_eq!(rows[0].variance_reduction, None);
    assert!(close(rows[0].probability_lower, 1.0));
}

#[test]
fn a_cell_that_only_one_scenario_has_is_compared_with_nothing() {
    let first = plans([10, 12, 14, 20]);
    let second = table(&[("new_plans", "Total", "Total", [1, 2, 3, 4])]);
    let rows = compare(&first, &second, "other");
    let means: Vec<f64> = rows.iter().map(|row| row.difference.mean).collect();
    assert!(close(means[0], -14.0));
    assert!(close(means[1], 2.5));
}

#[test]
fn shares_and_interaction_add_up_to_the_total() {
    // Effects by run. First action: -2, -2, -2, -2. Second: -1, 0, -1, 0. Together: -2, -2, -3, -1,
    // so the interaction is +1, 0, 0, +1: mean 0.5, variance 1 / 3, error sqrt(1 / 12).
    let first = plans([10, 12, 14, 20]);
    let one = plans([8, 10, 12, 18]);
    let two = plans([9, 12, 13, 20]);
    let both = plans([8, 10, 11, 19]);
    let rows = attribute(&first, &[("one", &one), ("two", &two)], &both, "both");
    let read: Vec<(usize, &str, f64)> = rows
        .iter()
        .map(|row| (row.order, row.action.as_str(), row.mean))
        .collect();
    assert_eq!(
        read,
        [
            (1, "one", -2.0),
            (2, "two", -0.5),
            (0, "interaction", 0.5),
            (0, "total", -2.0)
        ]
    );
    assert!(close(rows[0].monte_carlo_error, 0.0));
    assert!(close(rows[2].monte_carlo_error, (1.0_f64 / 12.0).sqrt()));
}

#[test]
fn shares_of_fewer_runs_are_carried_to_all_and_still_add_up() {
    // Whole difference: -2, -4, -6, -8, mean -5; -3 in the first two runs, in which the actions are
    // simulated. First action: -1, -3, slope 1 on the whole: -2 + 1 x -2 = -4. Second: -1, 0,
    // slope -1/2: -0.5 + 1 = 0.5. Interaction: 0, -1, slope 1/2: -0.5 - 1 = -1.5.
    let of_two = |values: [u32; 2]| RunTable {
        runs: 2,
        cells: vec![cell("ehc_plans", "Total", "Total")],
        values: values.to_vec(),
    };
    let (one, two) = (of_two([9, 7]), of_two([9, 10]));
    let alone = [("one", &one), ("two", &two)];
    let rows = attribute(&plans([10; 4]), &alone, &plans([8, 6, 4, 2]), "both");
    let means: Vec<f64> = rows.iter().map(|row| row.mean).collect();
    assert_eq!(means, [-4.0, 0.5, -1.5, -5.0]);
    // The first action follows the whole exactly, so its error is that of the whole in all runs:
    // variance 20 / 3 over 4 runs.
    assert!(close(rows[0].monte_carlo_error, (5.0_f64 / 3.0).sqrt()));
    assert!(close(rows[3].monte_carlo_error, (5.0_f64 / 3.0).sqrt()));
    // Two runs leave nothing unexplained: half the error of the whole.
    assert!(close(rows[1].monte_carlo_error, (5.0_f64 / 12.0).sqrt()));
}

#[test]
fn a_difference_of_later_runs_only_is_of_no_known_action() {
    // Nothing differs in the first two runs, 1 and 3 in the others: mean 1. The total is that of the
    // comparison, the actions are told without an error, and the interaction has what is left.
    let one = RunTable {
        runs: 2,
        cells: vec![cell("ehc_plans", "Total", "Total")],
        values: vec![10, 10],
    };
    let (first, both) = (plans([10; 4]), plans([10, 10, 11, 13]));
    let rows = attribute(&first, &[("one", &one)], &both, "both");
    let means: Vec<f64> = rows.iter().map(|row| row.mean).collect();
    assert_eq!(means, [0.0, 1.0, 1.0]);
    assert!(rows[0].monte_carlo_error.is_nan() && rows[1].monte_carlo_error.is_nan());
    let compared = compare(&first, &both, "both")[0].difference;
    assert!(close(rows[2].monte_carlo_error, compared.monte_carlo_error));
    assert!(close(rows[2].mean, compared.mean));
}

#[test]
fn attribution_covers_totals_and_one_way_margins_only() {
    let cells = [
        ("ehc_plans", "Total", "Total", [1; 4]),
        ("ehc_plans", "Under 5", "Total", [1; 4]),
        ("ehc_plans", "Under 5", "Male", [1; 4]),
    ];
    let table = table(&cells);
    let rows = attribute(&table, &[("one", &table)], &table, "same");
    assert_eq!(rows.len(), 2 * 3);
    assert!(rows.iter().all(|row| row.cell.depth() <= 1));
}
