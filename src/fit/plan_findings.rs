//! What is said about a fit of plans that did not have everything published.

use super::cells::Axis;
use super::ipf::Raked;
use super::margins::PlanMargins;
use super::shape::SHAPE_JANUARY;
use crate::finding::{Finding, Severity};

/// A relative error of a raked margin above which the fit says that margins contradict each other.
const WORTH_SAYING: f64 = 0.01;

/// Which stock a finding is about.
#[derive(Clone, Copy)]
pub(super) struct Subject<'a> {
    /// Name of the authority.
    pub(super) area: &'a str,
    pub(super) january: i32,
}

impl Subject<'_> {
    fn finding(self, check: &'static str, severity: Severity, message: &str) -> Finding {
        let Self { area, january } = self;
        Finding {
            check,
            severity,
            location: None,
            message: format!("plans of {area} in January {january}: {message}"),
            hint: None,
        }
    }

    /// Margins that were not published by then, or not in a usable form.
    pub(super) fn margins(self, margins: &PlanMargins) -> Vec<Finding> {
        let mut findings = Vec::new();
        if !margins.unusable.is_empty() {
            let message = format!("not fitted: {}", margins.unusable.join("; "));
            findings.push(with_hint(
                self.finding("base-plans-margin-unusable", Severity::Warning, &message),
                "England's shape, or that of an earlier January, stands in for them",
            ));
        }
        if !margins.scaled.is_empty() {
            let message = format!("scaled to the total: {}", margins.scaled.join("; "));
            findings.push(self.finding("base-plans-margin-scaled", Severity::Note, &message));
        }
        if let Some(mended) = &margins.mended {
            findings.push(with_hint(
                self.finding("base-plans-recording-change", Severity::Warning, mended),
                "replace `ehc_plans.csv` of the pack with the authority's own list of plans",
            ));
        }
        let lacking: Vec<&str> = [Axis::Age, Axis::Sex, Axis::Need]
            .into_iter()
            .filter(|&axis| margins.line(axis).is_none())
            .map(Axis::label)
            .collect();
        if self.january < SHAPE_JANUARY && !lacking.is_empty() {
            let message = format!(
                "{} not published by then; the shape is England's of January {SHAPE_JANUARY}, a \
                 later publication",
                lacking.join(", ")
            );
            findings.push(self.finding("base-plans-later-shape", Severity::Note, &message));
        }
        findings
    }

    /// Placements or ages come from elsewhere.
    pub(super) fn stands_in(self, earlier: Option<i32>) -> Finding {
        let source = earlier.map_or_else(
            || "England's shape".to_owned(),
            |january| format!("the authority's own table of January {january}"),
        );
        let message = format!("no usable placements or ages; {source} stands in");
        with_hint(
            self.finding("base-plans-stand-in", Severity::Warning, &message),
            "replace `ehc_plans.csv` of the pack with the authority's own list of plans",
        )
    }

    /// Raking stopped before the margins held.
    pub(super) fn raking(self, raked: Raked) -> Option<Finding> {
        (raked.largest_relative_error > WORTH_SAYING).then(|| {
            let message = format!(
                "margins contradict each other by up to {:.1}% (raked {} times)",
                100.0 * raked.largest_relative_error,
                raked.sweeps
            );
            with_hint(
                self.finding("base-plans-margins-contradict", Severity::Warning, &message),
                "the residuals list the cells",
            )
        })
    }

    /// Two-way margins had to be given up.
    pub(super) fn one_way_only(self) -> Finding {
        with_hint(
            self.finding(
                "base-plans-one-way-only",
                Severity::Warning,
                "no table of whole children has all two-way margins; one-way margins are exact",
            ),
            "the residuals list the cells",
        )
    }

    /// Nothing to fit.
    pub(super) fn no_total(self) -> Finding {
        with_hint(
            self.finding(
                "base-plans-no-total",
                Severity::Error,
                "no total is published, so there is no base stock",
            ),
            "choose a base year in which the authority existed",
        )
    }

    /// One-way margins contradict each other.
    pub(super) fn no_table(self) -> Finding {
        self.finding(
            "base-plans-no-table",
            Severity::Error,
            "no table of whole children has the published one-way margins",
        )
    }
}

/// The finding with advice.
fn with_hint(finding: Finding, hint: &str) -> Finding {
    Finding {
        hint: Some(hint.to_owned()),
        ..finding
    }
}
