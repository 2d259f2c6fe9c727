//! What is published of an area's process.

use crate::area::{AreaPack, Breakdown, HistoryRow};

/// Newest years that an area's shares are the mean of.
const NEWEST: usize = 2;

/// One calendar year; `None` where nothing is published.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct YearOfProcess {
    /// Calendar year.
    pub year: i32,
    /// Requests received.
    pub requests: Option<f64>,
    /// Decisions to assess.
    pub agreed: Option<f64>,
    /// Decisions not to assess.
    pub refused: Option<f64>,
    /// Decisions within 6 weeks.
    pub decided_in_time: Option<f64>,
    /// Decisions after that.
    pub decided_late: Option<f64>,
    /// Assessments followed by a plan.
    pub issued: Option<f64>,
    /// Assessments not followed by a plan.
    pub not_issued: Option<f64>,
    /// Mediations about assessing, and about issuing a plan.
    pub mediations: [Option<f64>; 2],
    /// Appeals about the same.
    pub appeals: [Option<f64>; 2],
    /// Plans issued, as timeliness counts them.
    pub plans: Option<f64>,
    /// Of them within 20 weeks.
    pub in_20_weeks: Option<f64>,
    /// Of them after more than a year.
    pub over_a_year: Option<f64>,
    /// Plans issued to which no exception to the 20 weeks applies.
    pub plans_without_exception: Option<f64>,
    /// Of them within 20 weeks.
    pub in_20_weeks_without_exception: Option<f64>,
    /// Appeals registered with the tribunal, of every kind.
    pub registered: Option<f64>,
    /// Annual review meetings held.
    pub reviews_held: Option<f64>,
    /// Annual reviews that were due.
    pub reviews_due: Option<f64>,
}

impl YearOfProcess {
    /// Requests decided on; before decisions to assess were published, all that were made.
    pub fn decided(&self) -> Option<f64> {
        match (self.agreed, self.refused) {
            (Some(agreed), Some(refused)) => Some(agreed + refused),
            _ => self.requests,
        }
    }
}

/// The published years of an area up to its base date, oldest first.
#[derive(Debug, Clone, PartialEq)]
pub struct AreaProcess {
    /// January of the base stock.
    pub base_year: i32,
    /// Years.
    pub years: Vec<YearOfProcess>,
    /// Plans on 1 January after the newest year.
    pub plans: f64,
}

/// Years before the base date that are read.
const YEARS: i32 = 6;

impl AreaProcess {
    /// Reads a pack.
    pub fn of(pack: &AreaPack) -> Self {
        let base_year = pack.manifest.base_year;
        let years = (base_year - YEARS..base_year).map(|year| year_of(pack, year));
        Self {
            base_year,
            years: years.collect(),
            plans: pack.ehc_plans.iter().map(|row| f64::from(row.plans)).sum(),
        }
    }

    /// An area of which nothing is published.
    pub const fn unknown(base_year: i32) -> Self {
        Self {
            base_year,
            years: Vec::new(),
            plans: 0.0,
        }
    }

    /// Events and what they are of, over the newest years that have both.
    fn newest(&self, of_year: impl Fn(&YearOfProcess) -> Option<(f64, f64)>) -> (f64, f64) {
        let known = self.years.iter().rev().filter_map(of_year).take(NEWEST);
        known.fold((0.0, 0.0), |(a, b), (x, y)| (a + x, b + y))
    }

    /// Annual reviews held, of those due.
    pub fn reviews(&self) -> (f64, f64) {
        self.newest(|year| Some((year.reviews_held?, year.reviews_due?)))
    }

    /// Annual reviews due in the newest year per plan at its end; `None` where they are not
    /// published.
    pub fn reviews_due_per_plan(&self) -> Option<f64> {
        let newest = self.years.last()?.reviews_due?;
        (self.plans > 0.0).then(|| (newest / self.plans).min(1.0))
    }

    /// Refusals, of decisions about assessing.
    pub fn refused(&self) -> (f64, f64) {
        self.newest(|year| {
            let (refused, agreed) = (year.refused?, year.agreed?);
            Some((refused, refused + agreed))
        })
    }

    /// Assessments without a plan, of all.
    pub fn not_issued(&self) -> (f64, f64) {
        self.newest(|year| {
            let (not_issued, issued) = (year.not_issued?, year.issued?);
            Some((not_issued, not_issued + issued))
        })
    }

    /// Mediations, of decisions against the family: 0 about assessing, 1 about issuing.
    pub fn mediated(&self, about: usize) -> (f64, f64) {
        self.newest(|year| Some((year.mediations[about]?, against(year, about)?)))
    }

    /// Appeals, of the same.
    pub fn appealed(&self, about: usize) -> (f64, f64) {
        self.newest(|year| Some((year.appeals[about]?, against(year, about)?)))
    }

    /// Plans with an exception to the 20 weeks, of those within 20 weeks or of the later ones. A year in
    /// which every plan is recorded as an exception tells nothing and is left out.
    pub fn with_exception(&self, is_in_time: bool) -> (f64, f64) {
        self.newest(|year| {
            let (all, without) = (year.plans?, year.plans_without_exception?);
            let (soon, soon_without) = (year.in_20_weeks?, year.in_20_weeks_without_exception?);
            let (of, without) = match (is_in_time, without > 0.0) {
                (_, false) => return None,
                (true, _) => (soon, soon_without),
                (false, _) => (all - soon, without - soon_without),
            };
            Some(((of - without).clamp(0.0, of.max(0.0)), of.max(0.0)))
        })
    }

    /// Share of requests decided within 6 weeks.
    pub fn decided_in_time(&self) -> Option<f64> {
        let (in_time, all) = self.newest(|year| {
            let (in_time, late) = (year.decided_in_time?, year.decided_late?);
            Some((in_time, in_time + late))
        });
        (all > 0.0).then(|| in_time / all)
    }

    /// Assessments made in a year, mean of the newest years.
    pub fn assessments_a_year(&self) -> f64 {
        let (made, years) = self.newest(|year| Some((year.not_issued? + year.issued?, 1.0)));
        if years > 0.0 { made / years } else { 0.0 }
    }

    /// Requests of a calendar year.
    pub fn requests(&self, year: i32) -> Option<f64> {
        let of_year = self.years.iter().find(|of| of.year == year);
        of_year.and_then(|of| of.requests)
    }

    /// Appeals of a year and plan that are about neither assessing nor issuing: the tribunal's
    /// count less those.
    pub fn other_appeals_per_plan(&self) -> Option<f64> {
        let newest = self.years.iter().rev().find_map(|year| {
            let registered = year.registered?;
            let known: f64 = year.appeals.iter().flatten().sum();
            Some((registered - known).max(0.0))
        });
        newest.filter(|_| self.plans > 0.0).map(|n| n / self.plans)
    }
}

fn against(year: &YearOfProcess, about: usize) -> Option<f64> {
    if about == 0 {
        year.refused
    } else {
        year.not_issued
    }
}

fn year_of(pack: &AreaPack, year: i32) -> YearOfProcess {
    let of = |rows: &[HistoryRow], measure: &str| {
        HistoryRow::value_of(rows, measure, year, Breakdown::Total)
    };
    let requests = |measure: &str| of(&pack.requests, measure);
    let timeliness = |measure: &str| of(&pack.timeliness, measure);
    YearOfProcess {
        year,
        requests: requests("requests"),
        agreed: requests("requests_agreed"),
        refused: requests("requests_refused"),
        decided_in_time: requests("request_decisions_within_6_weeks"),
        decided_late: requests("request_decisions_over_6_weeks"),
        issued: requests("assessments_issued"),
        not_issued: requests("assessments_not_issued"),
        mediations: [
            requests("request_mediations"),
            requests("assessment_mediations"),
        ],
        appeals: [
            requests("request_tribunals"),
            requests("assessment_tribunals"),
        ],
        plans: timeliness("plans_issued"),
        in_20_weeks: timeliness("plans_within_20_weeks"),
        over_a_year: timeliness("plans_over_1_year"),
        plans_without_exception: timeliness("plans_issued_no_exceptions"),
        in_20_weeks_without_exception: timeliness("plans_within_20_weeks_no_exceptions"),
        registered: of(&pack.appeals, "appeals"),
        reviews_held: of(&pack.annual_reviews, "review_meetings"),
        reviews_due: of(&pack.annual_reviews, "reviews_expected"),
    }
}
