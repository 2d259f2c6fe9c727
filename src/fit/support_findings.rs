//! What is said about a fit of SEN support that did not have everything published.

use super::support_levels::{CENSUS_JANUARY, Level, SchoolPhase};
use super::support_needs::NeedMix;
use crate::data::facts::Published;
use crate::domain::{AuthorityCode, Place};
use crate::finding::{Finding, Severity};

/// What a fit has to say, one finding per kind over both phases.
pub(super) struct Notes<'p> {
    published: &'p Published,
    authority: AuthorityCode,
    january: i32,
    missing: Vec<String>,
    levels: Vec<String>,
    mixes: Vec<String>,
    pooled: Vec<String>,
}

impl<'p> Notes<'p> {
    pub(super) const fn new(
        published: &'p Published,
        authority: AuthorityCode,
        january: i32,
    ) -> Self {
        Self {
            published,
            authority,
            january,
            missing: Vec::new(),
            levels: Vec::new(),
            mixes: Vec::new(),
            pooled: Vec::new(),
        }
    }

    pub(super) fn nothing_for(&mut self, phase: SchoolPhase) {
        self.missing.push(phase.phase().label().to_lowercase());
    }

    pub(super) fn level(&mut self, level: Level, phase: SchoolPhase) {
        let phase = phase.phase().label().to_lowercase();
        match level {
            Level::Phase(_) => {}
            Level::AllSchools(_) => self.levels.push(format!("{phase}: all schools'")),
            Level::England(_) => self.levels.push(format!("{phase}: England's")),
        }
    }

    pub(super) fn mix(&mut self, mix: &NeedMix, phase: SchoolPhase) {
        let phase = phase.phase().label().to_lowercase();
        if mix.place != Place::Authority(self.authority) {
            let whose = match mix.place {
                Place::England => "England's".to_owned(),
                Place::Authority(code) => {
                    format!(
                        "that of {}, which it came from",
                        self.published.name_of(code)
                    )
                }
            };
            self.mixes.push(format!("{phase}: {whose}"));
        }
        if !mix.pooled.is_empty() {
            let needs: Vec<&str> = mix.pooled.iter().map(|need| need.code()).collect();
            self.pooled.push(format!("{phase}: {}", needs.join(", ")));
        }
    }

    pub(super) fn into_findings(self) -> Vec<Finding> {
        let mut findings = Vec::new();
        let area = self.published.name_of(self.authority);
        let mut say = |check, severity, what: &str, offenders: &[String]| {
            if !offenders.is_empty() {
                findings.push(Finding {
                    check,
                    severity,
                    location: None,
                    message: format!(
                        "SEN support of {area} in January {}: {what} ({})",
                        self.january,
                        offenders.join("; ")
                    ),
                    hint: None,
                });
            }
        };
        say(
            "base-sen-support-none",
            Severity::Warning,
            "no percentage or no need mix is published, so nobody is on it",
            &self.missing,
        );
        say(
            "base-sen-support-level",
            Severity::Warning,
            "the percentage of the phase is not published; another stands in",
            &self.levels,
        );
        say(
            "base-sen-support-mix",
            Severity::Warning,
            "the school census of January 2023 has no pupils by need; another stands in",
            &self.mixes,
        );
        say(
            "base-sen-support-pooled",
            Severity::Note,
            "plans leave next to no pupils with a need; a quarter of England's share is the least",
            &self.pooled,
        );
        if self.january < CENSUS_JANUARY {
            let later = [format!("January {CENSUS_JANUARY}")];
            say(
                "base-sen-support-later-mix",
                Severity::Note,
                "the need mix is that of a later school census",
                &later,
            );
        }
        findings
    }
}
