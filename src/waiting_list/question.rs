//! What is asked about a service.

use crate::queue::{Amount, Arrivals, Backlog, Class, Patience, Plan, Provider, Service, Team};

/// A service, and a target for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// Referrals [per week].
    pub arrivals_per_week: f64,
    /// Servers [whole-time equivalents]; a part is a server who takes correspondingly longer.
    pub servers: f64,
    /// Mean time of one server for one child [weeks].
    pub service_weeks: f64,
    /// Coefficient of variation of that time.
    pub service_cv: f64,
    /// Withdrawals [per waiting child per week].
    pub withdraw_per_week: f64,
    /// Probability that a child is not brought to an appointment, which is used all the same.
    pub not_brought: f64,
    /// The list today; without it, the long run is asked for.
    pub backlog: Option<Backlog>,
    /// Weeks from today, or weeks measured in each run of the long run.
    pub weeks: Option<f64>,
    /// Simulated futures.
    pub runs: u32,
    /// Seed of every draw.
    pub seed: u64,
    /// Weeks from referral within which a child should be seen.
    pub target_weeks: f64,
    /// Share of all referrals that should be seen within the target.
    pub target_share: f64,
}

impl Question {
    /// Weeks of the course from today when none are given.
    pub const COURSE_WEEKS: f64 = 52.0;

    /// Children a week whom one server sees, appointments to which nobody came counted in.
    pub fn seen_per_server(&self) -> f64 {
        (1.0 - self.not_brought) / self.service_weeks
    }

    /// Servers that the referrals keep busy.
    pub fn offered(&self) -> f64 {
        self.arrivals_per_week / self.seen_per_server()
    }

    /// Servers needed to keep up, over servers there are.
    pub fn load(&self) -> f64 {
        self.offered() / self.servers
    }

    /// Whether there is a long run: spare capacity, or withdrawals.
    pub fn has_long_run(&self) -> bool {
        self.load() < 1.0 || self.withdraw_per_week > 0.0
    }

    /// How much longer waits are than with exponential service when nearly all servers are busy:
    /// `(1 + cv²) / 2` (Kingman 1961, doi:10.1017/S0305004100036094).
    pub fn variation(&self) -> f64 {
        0.5 * (1.0 + self.service_cv * self.service_cv)
    }

    /// Servers as a whole number, if they are one.
    pub fn whole_servers(&self) -> Option<u32> {
        let whole = self.servers.floor();
        (self.servers - whole <= 0.0).then_some(whole as u32)
    }

    /// The same question with another number of servers.
    pub fn with_servers(&self, servers: u32) -> Self {
        Self {
            servers: f64::from(servers),
            ..self.clone()
        }
    }

    /// The service as a plan of the engine.
    ///
    /// # Panics
    /// When the numbers are out of their ranges; the command line checks them first.
    pub fn plan(&self) -> Plan {
        let length = Amount::new(self.service_weeks, self.service_cv);
        let service = Service {
            name: "service".to_owned(),
            classes: vec![Class {
                patience: if self.withdraw_per_week > 0.0 {
                    Patience::Rate(self.withdraw_per_week)
                } else {
                    Patience::Unlimited
                },
                not_brought: self.not_brought,
                ..Class::plain(length.expect("the time of a case is valid"))
            }],
            provider: Provider::Teams(self.teams()),
            room: None,
        };
        let arrivals = Arrivals::Steady(self.arrivals_per_week);
        Plan::single(service, arrivals).expect("the numbers are in their ranges")
    }

    fn teams(&self) -> Vec<Team> {
        let whole = self.servers.floor();
        let part = self.servers - whole;
        let full_time = (whole > 0.0).then(|| Team::full(whole as u32));
        let part_time = (part > 0.0).then(|| Team {
            length_factor: 1.0 / part,
            ..Team::full(1)
        });
        full_time.into_iter().chain(part_time).collect()
    }
}
