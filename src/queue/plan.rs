//! Services, the pathways through them, and where referrals come from.

use super::arrivals::Source;
use super::service::{Class, Fund, Panel, Provider, Service, Team};
use super::time::Time;

/// One visit of a pathway.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Visit {
    /// Service (position in the plan).
    pub service: usize,
    /// Class there (position in the service).
    pub class: usize,
}

/// The way of a case: steps one after another, the visits of a step all at once.
///
/// A step is done when its last visit is done. Who withdraws or is turned away in a step with one
/// visit leaves the pathway; in a step with several the others go on, and the case goes on without
/// that advice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pathway {
    /// Steps.
    pub steps: Vec<Vec<Visit>>,
}

impl Pathway {
    /// One visit to one service.
    pub fn single(service: usize, class: usize) -> Self {
        Self {
            steps: vec![vec![Visit { service, class }]],
        }
    }
}

/// What is wrong with a plan.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// A number out of its range.
    #[error("service `{service}`: {what}")]
    Service {
        /// Name of the service.
        service: String,
        /// What is wrong.
        what: &'static str,
    },
    /// A pathway without steps, or with a visit to what is not there.
    #[error("pathway {pathway}: {what}")]
    Pathway {
        /// Position in the plan.
        pathway: usize,
        /// What is wrong.
        what: &'static str,
    },
    /// A source with a wrong rate, or for a pathway that is not there.
    #[error("source {source_number}: {what}")]
    Source {
        /// Position in the plan.
        source_number: usize,
        /// What is wrong.
        what: &'static str,
    },
}

/// A network of services, checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    services: Vec<Service>,
    pathways: Vec<Pathway>,
    sources: Vec<Source>,
}

impl Plan {
    /// Most services: the number is part of the address of a draw.
    pub const MAX_SERVICES: usize = 1 << 10;
    /// Most steps of a pathway.
    pub const MAX_STEPS: usize = 1 << 6;
    /// Most classes of a service.
    pub const MAX_CLASSES: usize = 64;
    /// Most teams of a service.
    pub const MAX_TEAMS: usize = 255;
    /// Most sources.
    pub const MAX_SOURCES: usize = 14;

    /// Checks and joins the parts.
    pub fn new(
        services: Vec<Service>,
        pathways: Vec<Pathway>,
        sources: Vec<Source>,
    ) -> Result<Self, PlanError> {
        for service in &services {
            problem(service).map_or(Ok(()), |what| {
                Err(PlanError::Service {
                    service: service.name.clone(),
                    what,
                })
            })?;
        }
        let plan = Self {
            services,
            pathways,
            sources,
        };
        plan.check_pathways()?;
        plan.check_sources()?;
        Ok(plan)
    }

    /// One service that people are referred to from a single source.
    pub fn single(service: Service, arrivals: super::Arrivals) -> Result<Self, PlanError> {
        let source = Source {
            pathway: 0,
            arrivals,
        };
        Self::new(vec![service], vec![Pathway::single(0, 0)], vec![source])
    }

    /// Services.
    pub fn services(&self) -> &[Service] {
        &self.services
    }

    /// Pathways.
    pub fn pathways(&self) -> &[Pathway] {
        &self.pathways
    }

    /// Sources.
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    fn check_pathways(&self) -> Result<(), PlanError> {
        let wrong = |pathway, what| Err(PlanError::Pathway { pathway, what });
        if self.services.len() > Self::MAX_SERVICES {
            return wrong(0, "there are more than 1,024 services");
        }
        for (number, pathway) in self.pathways.iter().enumerate() {
            if pathway.steps.is_empty() || pathway.steps.iter().any(Vec::is_empty) {
                return wrong(number, "a pathway and each of its steps need a visit");
            }
            if pathway.steps.len() > Self::MAX_STEPS {
                return wrong(number, "there are more than 64 steps");
            }
            let exists = |visit: &Visit| {
                let service = self.services.get(visit.service);
                service.is_some_and(|service| visit.class < service.classes.len())
            };
            if !pathway.steps.iter().flatten().all(exists) {
                return wrong(number, "a visit to a service or class that is not there");
            }
            let repeats = |step: &Vec<Visit>| {
                let mut services: Vec<usize> = step.iter().map(|visit| visit.service).collect();
                services.sort_unstable();
                services.windows(2).any(|pair| pair[0] == pair[1])
            };
            if pathway.steps.iter().any(repeats) {
                return wrong(number, "two visits to one service in one step");
            }
        }
        Ok(())
    }

    fn check_sources(&self) -> Result<(), PlanError> {
        for (source_number, source) in self.sources.iter().enumerate() {
            let what = if source.pathway >= self.pathways.len() {
                Some("its pathway is not there")
            } else if !source.arrivals.is_valid() {
                Some("rates must be finite and not negative, times in order")
            } else if source_number >= Self::MAX_SOURCES {
                Some("there are more than 14 sources")
            } else {
                None
            };
            if let Some(what) = what {
                return Err(PlanError::Source {
                    source_number,
                    what,
                });
            }
        }
        Ok(())
    }
}

fn problem(service: &Service) -> Option<&'static str> {
    let classes = service.classes.iter().find_map(problem_in_class);
    let provider = match &service.provider {
        Provider::Teams(teams) => teams
            .iter()
            .find_map(|team| problem_in_team(team, service.classes.len())),
        Provider::Panel(Panel { meetings, .. }) => {
            (!meetings.is_sorted()).then_some("meetings must be in order")
        }
        Provider::Fund(Fund { payments, .. }) => (!payments.is_sorted_by_key(|p| p.at)
            || payments.iter().any(|p| !is_size(p.pounds)))
        .then_some("payments must be in order, finite and not negative"),
    };
    let is_attended = matches!(service.provider, Provider::Teams(_));
    let size = match &service.provider {
        _ if service.classes.is_empty() => Some("there is nobody to see: a service needs a class"),
        _ if service.classes.len() > Plan::MAX_CLASSES => Some("there are more than 64 classes"),
        Provider::Teams(teams) if teams.len() > Plan::MAX_TEAMS => {
            Some("there are more than 255 teams")
        }
        _ if !is_attended && service.classes.iter().any(|class| class.not_brought > 0.0) => {
            Some("only teams have appointments to which a child is not brought")
        }
        _ => None,
    };
    size.or(classes).or(provider)
}

fn problem_in_class(class: &Class) -> Option<&'static str> {
    if !(0.0..1.0).contains(&class.not_brought) {
        Some("the probability of not being brought must be at least 0 and below 1")
    } else if !class.patience.is_valid() {
        Some("rates of withdrawal must be finite, not negative, in steps from 0 weeks")
    } else if !is_size(class.rebooking_weeks) || !class.head_start_weeks.is_finite() {
        Some("weeks to rebooking must be finite and not negative, a head start finite")
    } else {
        None
    }
}

/// The number of a post is part of the address of its draws.
const MOST_CHANGING_POSTS: u32 = 1 << 14;

fn problem_in_team(team: &Team, classes: usize) -> Option<&'static str> {
    if team.in_post > team.posts {
        Some("there are more people in post than posts")
    } else if !is_size(team.length_factor) || !is_size(team.leaving_rate) {
        Some("length factors and rates of leaving must be finite and not negative")
    } else if !(0.0..1.0).contains(&team.hiring_fails) {
        Some("the probability that recruitment fails must be at least 0 and below 1")
    } else if team.sees.iter().any(|class| *class >= classes) {
        Some("a team sees a class that is not there")
    } else if team.posts > MOST_CHANGING_POSTS
        && (team.leaving_rate > 0.0 || team.in_post < team.posts)
    {
        Some("a team with leavers or vacancies has more than 16,384 posts")
    } else if team.starts < Time::ZERO || team.ends < team.starts {
        Some("a team ends before it starts, or starts before the start")
    } else {
        None
    }
}

fn is_size(x: f64) -> bool {
    x.is_finite() && x >= 0.0
}
