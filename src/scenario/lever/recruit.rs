//! Posts that are advertised and filled.

use schemars::JsonSchema;
use serde::Deserialize;

use super::kind::{Lever, Terms};
use crate::domain::DAYS_PER_YEAR;
use crate::parameters::Parameter;
use crate::scenario::code::{Code, CodeList};
use crate::scenario::context::{Context, Period};
use crate::scenario::size::Size;
use crate::scenario::{Change, Filter, Operation};
use crate::toml_file::{Day, Placed};

/// Most posts that a lever may advertise.
const MOST_POSTS: f64 = 1_000.0;
const MOST_MONTHS: f64 = 60.0;
const MONTHS: f64 = 12.0;

/// Recruitment: posts are advertised on a day, and filled some months later, not all of them.
///
/// Range: half of the posts to all of them are filled, most likely 4 of 5; assumed. Lag: 4 to 8 months
/// to hire, assumed.
///
/// Holds constant: what staff in post do, and how many leave; who leaves a new post is replaced.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Recruit {
    /// Name in results; the kind when left out.
    name: Option<Placed<String>>,
    /// Day on which the posts are advertised.
    from: Placed<Day>,
    /// First day without them; for good when left out.
    until: Option<Placed<Day>>,
    /// Whose posts.
    team: Placed<Code<Team>>,
    /// Whole-time posts advertised.
    posts: Placed<f64>,
    /// Part of them that is filled, 0 to 1.
    filled_share: Option<Placed<Size>>,
    /// Months from the advert until those who are hired start.
    months_to_hire: Option<Placed<Size>>,
    /// Years from then until all have started, in monthly parts.
    phase_in_years: Option<Placed<f64>>,
    /// Why it is done.
    reason: Placed<String>,
    /// What its size rests on.
    source: Placed<String>,
}

/// Staff whose posts are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Team {
    EducationalPsychologists,
    CaseOfficers,
    HealthVisitors,
    InitialHealth,
    SchoolNursing,
    MentalHealth,
    AnnualHealthCheck,
    AdultCareAssessment,
}

impl Team {
    /// The number of added posts.
    const fn path(self) -> &'static str {
        match self {
            Self::EducationalPsychologists => "process.psychologists.added",
            Self::CaseOfficers => "process.officers.added",
            Self::HealthVisitors => "health-visiting.posts-added",
            Self::InitialHealth => "services.added.initial-health",
            Self::SchoolNursing => "services.added.school-nursing",
            Self::MentalHealth => "services.added.mental-health",
            Self::AnnualHealthCheck => "services.added.annual-health-check",
            Self::AdultCareAssessment => "services.added.adult-care-assessment",
        }
    }
}

impl CodeList for Team {
    const WHAT: &'static str = "team";
    const NAME: &'static str = "Team";
    const MEMBERS: &'static [Self] = &[
        Self::EducationalPsychologists,
        Self::CaseOfficers,
        Self::HealthVisitors,
        Self::InitialHealth,
        Self::SchoolNursing,
        Self::MentalHealth,
        Self::AnnualHealthCheck,
        Self::AdultCareAssessment,
    ];

    fn written(self) -> &'static str {
        match self {
            Self::EducationalPsychologists => "educational-psychologists",
            Self::CaseOfficers => "case-officers",
            Self::HealthVisitors => "health-visitors",
            Self::InitialHealth => "initial-health",
            Self::SchoolNursing => "school-nursing",
            Self::MentalHealth => "mental-health",
            Self::AnnualHealthCheck => "annual-health-check",
            Self::AdultCareAssessment => "adult-care-assessment",
        }
    }
}

impl Lever for Recruit {
    const KIND: &'static str = "recruit";
    const TITLE: &'static str = "Recruitment";
    const ACTS_ON: &'static [Parameter] = &[];
    const ACTS_ON_NUMBERS: &'static [&'static str] = &[
        Team::EducationalPsychologists.path(),
        Team::CaseOfficers.path(),
        Team::HealthVisitors.path(),
        Team::InitialHealth.path(),
        Team::SchoolNursing.path(),
        Team::MentalHealth.path(),
        Team::AnnualHealthCheck.path(),
        Team::AdultCareAssessment.path(),
    ];

    fn terms(&self) -> Terms<'_> {
        Terms {
            name: self.name.as_ref(),
            from: &self.from,
            until: self.until.as_ref(),
            phase_in_years: self.phase_in_years.as_ref(),
            reason: &self.reason,
            source: &self.source,
        }
    }

    fn title(&self) -> String {
        let team = self.team.value.text.replace('-', " ");
        format!("Recruitment: {} posts, {team}", self.posts.value)
    }

    fn changes(&self, period: Period, context: &mut Context<'_>) -> Vec<Change> {
        let path = |field: &str| format!("lever.{}.{field}", Self::KIND);
        let filled = self.filled_share.as_ref();
        let filled = context.lever_size(path("filled-share"), filled, 0.0..=1.0, period);
        let months = self.months_to_hire.as_ref();
        let bounds = 0.0..=MOST_MONTHS;
        let months = context.lever_size(path("months-to-hire"), months, bounds, period);
        if let (Some(until), Some(last)) = (&self.until, period.until) {
            let least = (months.value.range().0 / MONTHS * DAYS_PER_YEAR).round() as i32;
            if last.days_since(period.from) <= least {
                let message = "`until` is not after the day on which the first can start";
                let hint = "give a later `until`, or fewer `months-to-hire`";
                let (message, hint) = (message.to_owned(), Some(hint.to_owned()));
                context.error("never-begins", &until.span, message, hint);
            }
        }
        let posts = self.posts.value;
        if !(0.0..=MOST_POSTS).contains(&posts) {
            let message = format!("`posts` is {posts}, and must be from 0 to {MOST_POSTS}");
            context.error("wrong-posts", &self.posts.span, message, None);
        }
        let Some(team) = context.member(&self.team) else {
            return Vec::new();
        };
        let Some(parameter) = Parameter::from_path(team.path()) else {
            return Vec::new();
        };
        vec![Change {
            parameter,
            filter: Filter::default(),
            operation: Operation::Add,
            size: filled.value.map(|share| share * posts),
            // Each team has its own luck in hiring.
            size_key: format!("{} {}", filled.path, team.written()),
            from: period.from,
            until: period.until,
            phase_in_years: period.phase_in_years,
            slip_years: months.value.map(|months| months / MONTHS),
        }]
    }
}
