//! Posts that are advertised and filled.

use schemars::JsonSchema;
use serde::Deserialize;

use super::kind::{Lever, Terms};
use crate::domain::{DAYS_PER_YEAR, Date};
use crate::parameters::{Dimension, Parameter, ParameterSet};
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
/// to hire, assumed. Who is newly qualified does 0.6 of a post's work in the first year, assumed.
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
    /// The locality in which they work, of a service that the area keeps by locality; divided as the
    /// service's posts are when left out.
    locality: Option<Placed<String>>,
    /// Whole-time posts advertised.
    posts: Placed<f64>,
    /// Grade of those who are hired; experienced when left out.
    grade: Option<Placed<Code<Grade>>>,
    /// Part of an experienced post's work that a newly qualified one does in its first year, 0 to 1.
    first_year_share: Option<Placed<f64>>,
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

/// How much those who are hired can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Grade {
    Experienced,
    NewlyQualified,
}

impl CodeList for Grade {
    const WHAT: &'static str = "grade";
    const NAME: &'static str = "Grade";
    const MEMBERS: &'static [Self] = &[Self::Experienced, Self::NewlyQualified];

    fn written(self) -> &'static str {
        match self {
            Self::Experienced => "experienced",
            Self::NewlyQualified => "newly-qualified",
        }
    }
}

/// Staff whose posts are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Team {
    EducationalPsychologists,
    CaseOfficers,
    HealthVisitors,
    CommunityPaediatrics,
    SpeechAndLanguage,
    OccupationalTherapy,
    Physiotherapy,
    Audiology,
    Dietetics,
    CommunityNursing,
    Neurodevelopmental,
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
            Self::CommunityPaediatrics => "services.added.community-paediatrics",
            Self::SpeechAndLanguage => "services.added.speech-and-language",
            Self::OccupationalTherapy => "services.added.occupational-therapy",
            Self::Physiotherapy => "services.added.physiotherapy",
            Self::Audiology => "services.added.audiology",
            Self::Dietetics => "services.added.dietetics",
            Self::CommunityNursing => "services.added.community-nursing",
            Self::Neurodevelopmental => "services.added.neurodevelopmental",
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
        Self::CommunityPaediatrics,
        Self::SpeechAndLanguage,
        Self::OccupationalTherapy,
        Self::Physiotherapy,
        Self::Audiology,
        Self::Dietetics,
        Self::CommunityNursing,
        Self::Neurodevelopmental,
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
            Self::CommunityPaediatrics => "community-paediatrics",
            Self::SpeechAndLanguage => "speech-and-language",
            Self::OccupationalTherapy => "occupational-therapy",
            Self::Physiotherapy => "physiotherapy",
            Self::Audiology => "audiology",
            Self::Dietetics => "dietetics",
            Self::CommunityNursing => "community-nursing",
            Self::Neurodevelopmental => "neurodevelopmental",
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
        Team::CommunityPaediatrics.path(),
        Team::SpeechAndLanguage.path(),
        Team::OccupationalTherapy.path(),
        Team::Physiotherapy.path(),
        Team::Audiology.path(),
        Team::Dietetics.path(),
        Team::CommunityNursing.path(),
        Team::Neurodevelopmental.path(),
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
        let grade = self
            .grade
            .as_ref()
            .map(|grade| grade.value.text.replace('-', " "));
        let locality = self.locality.as_ref().map(|name| name.value.clone());
        let parts = [Some(team), grade, locality].into_iter().flatten();
        let whose = parts.collect::<Vec<String>>().join(", ");
        format!("Recruitment: {} posts, {whose}", self.posts.value)
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
        if let Some(locality) = &self.locality
            && !parameter.dimensions().contains(&Dimension::Locality)
        {
            let message = format!("`{}` have no localities", team.written());
            let hint = "leave `locality` out".to_owned();
            context.error(
                "filter-not-a-dimension",
                &locality.span,
                message,
                Some(hint),
            );
        }
        let locality = self.locality.iter().map(|name| name.value.clone());
        // Each team has its own luck in hiring, and so has each locality.
        let team = [team.written().to_owned()]
            .into_iter()
            .chain(locality.clone());
        let team: Vec<String> = team.collect();
        let share = self.first_year_share(period, context);
        let later = Date::plus_days(period.from, DAYS_PER_YEAR.round() as i32);
        let parts = [(share, period.from), (1.0 - share, later)];
        let parts = parts.into_iter().filter(|(part, from)| {
            let begins = period.until.is_none_or(|until| *from < until);
            begins && *part > 0.0
        });
        let change = |(part, from): (f64, Date)| Change {
            parameter,
            filter: Filter {
                localities: locality.clone().collect(),
                ..Filter::default()
            },
            operation: Operation::Add,
            size: filled.value.map(|share| share * posts * part),
            size_key: format!("{} {}", filled.path, team.join(" ")),
            from,
            until: period.until,
            phase_in_years: period.phase_in_years,
            slip_years: months.value.map(|months| months / MONTHS),
        };
        parts.map(change).collect()
    }
}

impl Recruit {
    /// Part of a post's work that whoever is hired does in the first year.
    fn first_year_share(&self, period: Period, context: &mut Context<'_>) -> f64 {
        let grade = self.grade.as_ref().map(|grade| context.member(grade));
        let is_new = grade.flatten() == Some(Grade::NewlyQualified);
        let Some(share) = &self.first_year_share else {
            let path = "lever.recruit.first-year-share";
            let usual = ParameterSet::embedded().uncertain(path, period.from);
            return if is_new { usual.central() } else { 1.0 };
        };
        if !is_new {
            let message = "`first-year-share` is of those who are newly qualified";
            let hint = "write grade = \"newly-qualified\", or leave `first-year-share` out";
            let (message, hint) = (message.to_owned(), Some(hint.to_owned()));
            context.error("no-such-grade", &share.span, message, hint);
        }
        if !(0.0..=1.0).contains(&share.value) {
            let message = format!(
                "`first-year-share` is {}, and must be from 0 to 1",
                share.value
            );
            context.error("wrong-share", &share.span, message, None);
        }
        share.value.clamp(0.0, 1.0)
    }
}
