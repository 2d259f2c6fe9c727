//! Locums of an agency, for a time and at a price per day.

use schemars::JsonSchema;
use serde::Deserialize;

use super::kind::{Lever, LeverSize, Terms};
use crate::parameters::Parameter;
use crate::scenario::code::{Code, CodeList};
use crate::scenario::context::{Context, Period};
use crate::scenario::size::Size;
use crate::scenario::{Change, Filter, Operation};
use crate::toml_file::{Day, Placed};

/// Most locums that a lever may ask for.
const MOST_LOCUMS: f64 = 1_000.0;
/// Highest price of a day [pounds].
const MOST_A_DAY: f64 = 5_000.0;

/// Locums: an agency is asked for staff from a day to another, and sends a part of them. They are at
/// work at once, as many hours as others of their team, and cost their price per day.
///
/// Range: half of those asked for to all of them are sent, most likely 9 in 10; assumed. Lag: none.
///
/// Holds constant: what staff in post do, and how many leave. Nobody leaves a post to be a locum.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Locums {
    /// Name in results; the kind when left out.
    name: Option<Placed<String>>,
    /// First day with them.
    from: Placed<Day>,
    /// First day without them.
    until: Placed<Day>,
    /// Whose work they do.
    team: Placed<Code<Team>>,
    /// Whole-time locums asked for.
    number: Placed<f64>,
    /// Part of them that agencies can send, 0 to 1.
    sent_share: Option<Placed<Size>>,
    /// Price of a day [pounds, prices of 2025-26]: all locums of the team cost it while these are
    /// there; `money.locums` when left out.
    pounds_per_day: Option<Placed<Size>>,
    /// Why it is done.
    reason: Placed<String>,
    /// What its size rests on.
    source: Placed<String>,
}

/// Staff whom agencies send.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Team {
    EducationalPsychologists,
    CaseOfficers,
}

impl Team {
    /// The number of locums.
    const fn path(self) -> &'static str {
        match self {
            Self::EducationalPsychologists => "process.psychologists.locums",
            Self::CaseOfficers => "process.officers.locums",
        }
    }

    /// Their price of a day.
    const fn price(self) -> &'static str {
        match self {
            Self::EducationalPsychologists => "money.locums.psychologist-day",
            Self::CaseOfficers => "money.locums.officer-day",
        }
    }
}

impl CodeList for Team {
    const WHAT: &'static str = "team";
    const NAME: &'static str = "LocumTeam";
    const MEMBERS: &'static [Self] = &[Self::EducationalPsychologists, Self::CaseOfficers];

    fn written(self) -> &'static str {
        match self {
            Self::EducationalPsychologists => "educational-psychologists",
            Self::CaseOfficers => "case-officers",
        }
    }
}

impl Lever for Locums {
    const KIND: &'static str = "locums";
    const TITLE: &'static str = "Locums";
    const ACTS_ON: &'static [Parameter] = &[];
    const ACTS_ON_NUMBERS: &'static [&'static str] = &[
        Team::EducationalPsychologists.path(),
        Team::CaseOfficers.path(),
        Team::EducationalPsychologists.price(),
        Team::CaseOfficers.price(),
    ];

    fn terms(&self) -> Terms<'_> {
        Terms {
            name: self.name.as_ref(),
            from: &self.from,
            until: Some(&self.until),
            phase_in_years: None,
            reason: &self.reason,
            source: &self.source,
        }
    }

    fn title(&self) -> String {
        let team = self.team.value.text.replace('-', " ");
        format!("Locums: {}, {team}", self.number.value)
    }

    fn changes(&self, period: Period, context: &mut Context<'_>) -> Vec<Change> {
        let path = |field: &str| format!("lever.{}.{field}", Self::KIND);
        let sent = self.sent_share.as_ref();
        let sent = context.lever_size(path("sent-share"), sent, 0.0..=1.0, period);
        let number = self.number.value;
        if !(0.0..=MOST_LOCUMS).contains(&number) {
            let message = format!("`number` is {number}, and must be from 0 to {MOST_LOCUMS}");
            context.error("wrong-number", &self.number.span, message, None);
        }
        let price = self.pounds_per_day.as_ref().map(|price| LeverSize {
            value: context.size("pounds-per-day", price, 0.0, MOST_A_DAY),
            path: path("pounds-per-day"),
        });
        let Some(team) = context.member(&self.team) else {
            return Vec::new();
        };
        let change = |path: &str, size: &LeverSize, operation, effect: f64| {
            let parameter = Parameter::from_path(path)?;
            // Each team has its own luck with agencies.
            let size = LeverSize {
                path: format!("{} {}", size.path, team.written()),
                ..size.clone()
            };
            let filter = Filter::default();
            Some(size.change(parameter, filter, operation, |size| size * effect, period))
        };
        let locums = change(team.path(), &sent, Operation::Add, number);
        let priced = price.and_then(|price| change(team.price(), &price, Operation::Set, 1.0));
        locums.into_iter().chain(priced).collect()
    }
}
