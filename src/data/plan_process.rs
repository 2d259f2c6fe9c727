//! Requests, assessments, time taken and annual reviews, releases of 2025 and 2023.

use super::ees::Identifiers;
use super::facts::{Cut, Series, SeriesKey};
use super::measures::{Measures, columns, read_flows};
use super::problem::releases_differ;
use crate::domain::Place;
use crate::files::{Problems, Table};

const REQUESTS: &Measures = &[
    ("requests_received_in_year", "requests"),
    ("requests_decided_to_assess", "requests_agreed"),
    ("requests_decided_not_to_assess", "requests_refused"),
    ("requests_decision_not_made", "requests_undecided"),
    ("requests_withdrawn", "requests_withdrawn"),
    (
        "request_outcome_six_weeks",
        "request_decisions_within_6_weeks",
    ),
    (
        "request_outcome_over_6_weeks",
        "request_decisions_over_6_weeks",
    ),
    ("mediation_related_request", "request_mediations"),
    ("tribunal_related_request", "request_tribunals"),
];

const ASSESSMENTS: &Measures = &[
    ("assess_in_year", "assessments"),
    ("assess_issued", "assessments_issued"),
    ("assess_not_issued", "assessments_not_issued"),
    ("assess_not_made", "assessments_undecided"),
    ("assess_withdrawn", "assessments_withdrawn"),
    ("number_assess_mediation", "assessment_mediations"),
    ("number_assess_tribunal", "assessment_tribunals"),
    ("number_other_mediation", "other_mediations"),
    ("number_other_tribunal", "other_tribunals"),
];

const TIMELINESS: &Measures = &[
    ("plans_issued_den", "plans_issued"),
    ("plans_issued_den_ex", "plans_issued_no_exceptions"),
    ("plans_issued_within_20_weeks", "plans_within_20_weeks"),
    (
        "plans_issued_20_weeks_ex",
        "plans_within_20_weeks_no_exceptions",
    ),
    (
        "pc_plans_issued_within_20_weeks",
        "plans_within_20_weeks_percent",
    ),
    (
        "PC_plans_issued_20_weeks_ex",
        "plans_within_20_weeks_no_exceptions_percent",
    ),
    ("plans_issued_gt20weeks_ltYear", "plans_20_weeks_to_1_year"),
    ("plans_issued_gt_1_year", "plans_over_1_year"),
];

const REVIEWS: &Measures = &[
    ("total_ehc_plans", "plans"),
    ("review_expected", "reviews_expected"),
    ("total_review_meeting", "review_meetings"),
    ("no_review_meeting", "reviews_without_meeting"),
    ("outcome_amend", "reviews_amended"),
    ("outcome_cease", "reviews_ceased"),
    ("outcome_maintan", "reviews_maintained"),
    ("number_decsion_4weeks", "review_decisions_within_4_weeks"),
    ("number_decision_gt_4weeks", "review_decisions_over_4_weeks"),
];

/// The older release. Its columns of mediations and tribunals change meaning between years and are
/// read only as totals.
const MANAGEMENT_REQUESTS: &Measures = &[
    ("inreq_ehc", "requests"),
    ("ass_refused_ehc", "requests_refused"),
    ("assessments", "assessments"),
    ("ass_none_ehc", "assessments_not_issued"),
    ("new_all_ehc", "assessments_issued"),
    ("total_mediation", "mediations"),
    ("total_tribunal", "tribunals"),
];

const MANAGEMENT_TIMELINESS: &Measures = &[
    ("tot_inc_exc_ehc", "plans_issued"),
    ("tot_no_exc_ehc", "plans_issued_no_exceptions"),
    ("inc_exc_20week_ehc", "plans_within_20_weeks"),
    ("no_exc_20week_ehc", "plans_within_20_weeks_no_exceptions"),
    ("inc_exc_20week_rate", "plans_within_20_weeks_percent"),
    (
        "no_exc_20week_rate",
        "plans_within_20_weeks_no_exceptions_percent",
    ),
];

/// Requests for an assessment and their outcome.
pub(super) fn read_requests(table: &Table, series: &mut Series, problems: &mut Problems) {
    read_flows(table, REQUESTS, series, problems);
}

/// Assessments and whether a plan was issued.
pub(super) fn read_assessments(table: &Table, series: &mut Series, problems: &mut Problems) {
    read_flows(table, ASSESSMENTS, series, problems);
}

/// Plans issued within 20 weeks, up to a year and later.
pub(super) fn read_timeliness(table: &Table, series: &mut Series, problems: &mut Problems) {
    read_flows(table, TIMELINESS, series, problems);
}

/// Annual reviews due, held and their outcome.
pub(super) fn read_reviews(table: &Table, series: &mut Series, problems: &mut Problems) {
    read_flows(table, REVIEWS, series, problems);
}

/// Management information of the release of 2023, calendar 2014 to 2022.
pub(super) fn read_management(
    table: &Table,
    [requests, timeliness]: [&mut Series; 2],
    problems: &mut Problems,
) {
    read_older(table, ("requests", MANAGEMENT_REQUESTS), requests, problems);
    read_older(
        table,
        ("timeliness", MANAGEMENT_TIMELINESS),
        timeliness,
        problems,
    );
}

fn read_older(
    table: &Table,
    (name, measures): (&str, &Measures),
    series: &mut Series,
    problems: &mut Problems,
) {
    let (Some(identifiers), Some(columns)) = (
        Identifiers::find(table, problems),
        columns(table, measures, problems),
    ) else {
        return;
    };
    for row in table.rows() {
        let (Some(place), Some(year)) = (
            identifiers.place(&row, problems),
            identifiers.calendar_year(&row, problems),
        ) else {
            continue;
        };
        for (column, measure) in &columns {
            let key = SeriesKey {
                place,
                year,
                measure,
                cut: Cut::All,
            };
            let cell = row.count(*column, problems);
            if let Some(newer) = series.insert_older(key, cell) {
                let problem = releases_differ(name)
                    .example(format!("{measure} {year}: {cell} against {newer} now"))
                    .at(row.line(), 0);
                problems.add(match place {
                    Place::Authority(code) => problem.about(code),
                    Place::England => problem,
                });
            }
        }
    }
}
