//! M/M/c+M: random referrals, exponential service and exponential patience (Erlang A).

use statrs::function::beta::beta_reg;

/// M/M/c+M in the long run. It has one at any load, because people withdraw.
///
/// Birth-death chain: in state `n`, births at `λ`, deaths at `min(n, c) μ + max(0, n - c) θ`.
/// Sources: Palm (1957), "Research on telephone traffic carried by full availability groups";
/// Garnett, Mandelbaum and Reiman (2002), doi:10.1287/msom.4.3.208.7753.
#[derive(Debug, Clone, PartialEq)]
pub struct Impatient {
    arrival_rate: f64,
    service_rate: f64,
    withdrawal_rate: f64,
    servers: u32,
    /// `P(N = n)`, from the first state that is not negligible.
    states: Vec<(u64, f64)>,
}

impl Impatient {
    /// Solves the chain for rates [per week]; none unless all are above 0, or when the chain is
    /// too long.
    pub fn new(
        arrival_rate: f64,
        service_rate: f64,
        withdrawal_rate: f64,
        servers: u32,
    ) -> Option<Self> {
        const MOST_STATES: u64 = 1_000_000;
        const NEGLIGIBLE: f64 = 1e-18;
        let rates = [arrival_rate, service_rate, withdrawal_rate];
        if servers == 0 || !rates.iter().all(|rate| rate.is_finite() && *rate > 0.0) {
            return None;
        }
        let c = u64::from(servers);
        let deaths =
            |n: u64| n.min(c) as f64 * service_rate + n.saturating_sub(c) as f64 * withdrawal_rate;
        // The chain is densest where births equal deaths; from there both ways until negligible.
        let offered = arrival_rate / service_rate;
        let busiest = if offered <= f64::from(servers) {
            offered.floor() as u64
        } else {
            let spare = arrival_rate - f64::from(servers) * service_rate;
            c + (spare / withdrawal_rate).floor() as u64
        };
        if busiest > MOST_STATES {
            return None;
        }
        let mut below = Vec::new();
        let mut weight = 1.0;
        for n in (1..=busiest).rev() {
            weight *= deaths(n) / arrival_rate;
            if weight < NEGLIGIBLE {
                break;
            }
            below.push((n - 1, weight));
        }
        below.reverse();
        let mut states = below;
        states.push((busiest, 1.0));
        weight = 1.0;
        for n in busiest + 1..busiest + MOST_STATES {
            weight *= arrival_rate / deaths(n);
            if weight < NEGLIGIBLE {
                break;
            }
            states.push((n, weight));
        }
        let total: f64 = states.iter().map(|state| state.1).sum();
        states.iter_mut().for_each(|state| state.1 /= total);
        Some(Self {
            arrival_rate,
            service_rate,
            withdrawal_rate,
            servers,
            states,
        })
    }

    /// Probability of not being seen at once.
    pub fn waiting_probability(&self) -> f64 {
        self.waiting_states()
            .map(|(_, probability)| probability)
            .sum()
    }

    /// People ahead on the list, and the probability, of those who do not find a free server.
    fn waiting_states(&self) -> impl Iterator<Item = (u64, f64)> + '_ {
        let servers = u64::from(self.servers);
        let states = self.states.iter().filter(move |(n, _)| *n >= servers);
        states.map(move |(n, probability)| (n - servers, *probability))
    }

    /// Mean number waiting.
    pub fn mean_waiting(&self) -> f64 {
        self.waiting_states()
            .map(|(ahead, probability)| ahead as f64 * probability)
            .sum()
    }

    /// Mean number of busy servers.
    pub fn mean_busy(&self) -> f64 {
        let busy = |n: u64| n.min(u64::from(self.servers)) as f64;
        self.states.iter().map(|(n, p)| busy(*n) * p).sum()
    }

    /// Share of all who withdraw: `θ E[Q] / λ`.
    pub fn withdrawn_share(&self) -> f64 {
        self.withdrawal_rate * self.mean_waiting() / self.arrival_rate
    }

    /// Mean time on the list of all, seen or not [weeks]: Little's law.
    pub fn mean_time_on_list(&self) -> f64 {
        self.mean_waiting() / self.arrival_rate
    }

    /// Probability that one who finds `ahead` people on the list is seen.
    ///
    /// One of the `ahead + 1` withdraws or a server comes free; the one is last in all of these
    /// races with probability `c μ / (c μ + (ahead + 1) θ)`.
    fn seen_probability(&self, ahead: u64) -> f64 {
        let capacity = f64::from(self.servers) * self.service_rate;
        capacity / (capacity + (ahead + 1) as f64 * self.withdrawal_rate)
    }

    /// Mean wait of those who are seen [weeks].
    ///
    /// The steps of the race last `1 / (c μ + j θ)` on average, whoever wins.
    pub fn mean_wait_of_seen(&self) -> f64 {
        let capacity = f64::from(self.servers) * self.service_rate;
        let mut reached = 0;
        let mut weeks = 0.0;
        let mut sum = 0.0;
        for (ahead, probability) in self.waiting_states() {
            while reached <= ahead {
                reached += 1;
                weeks += 1.0 / (capacity + reached as f64 * self.withdrawal_rate);
            }
            sum += probability * self.seen_probability(ahead) * weeks;
        }
        sum / (1.0 - self.withdrawn_share())
    }

    /// Share of all who are seen within some weeks.
    ///
    /// The race of one with `m - 1` ahead lasts the sum of exponentials with rates
    /// `θ (c μ / θ + j)`, `j = 1 … m`; `exp(-θ sum)` is then beta with parameters `c μ / θ + 1`
    /// and `m` (Rényi's representation of order statistics).
    pub fn seen_within(&self, weeks: f64) -> f64 {
        let shape = f64::from(self.servers) * self.service_rate / self.withdrawal_rate + 1.0;
        let remaining = (-self.withdrawal_rate * weeks).exp();
        let at_once = 1.0 - self.waiting_probability();
        let later: f64 = self
            .waiting_states()
            .map(|(ahead, probability)| {
                let within = 1.0 - beta_reg(shape, (ahead + 1) as f64, remaining);
                probability * self.seen_probability(ahead) * within
            })
            .sum();
        at_once + later
    }

    /// Weeks within which a share of those who are seen is seen.
    pub fn wait_quantile_of_seen(&self, share: f64) -> Option<f64> {
        let seen = 1.0 - self.withdrawn_share();
        super::quantile(share, |weeks| self.seen_within(weeks) / seen)
    }

    /// The number present at a probability: for a random state of the chain.
    pub fn present_quantile(&self, probability: f64) -> u64 {
        let mut sum = 0.0;
        let reached = self.states.iter().find(|(_, p)| {
            sum += p;
            sum >= probability
        });
        reached.or(self.states.last()).map_or(0, |state| state.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(value: f64, expected: f64) {
        assert!((value - expected).abs() < 6e-8, "{value} for {expected}");
    }

    fn queue(arrival_rate: f64, withdrawal_rate: f64) -> Impatient {
        Impatient::new(arrival_rate, 1.0, withdrawal_rate, 5).expect("rates are above 0")
    }

    #[test]
    fn published_values_are_met() {
        let heavy = queue(5.5, 0.5);
        close(heavy.withdrawn_share(), 0.185_448_5);
        close(heavy.mean_time_on_list(), 0.370_897_0);
        close(heavy.waiting_probability(), 0.725_913_8);
        let light = queue(4.5, 0.1);
        close(light.withdrawn_share(), 0.053_666_4);
        close(light.mean_time_on_list(), 0.536_664_4);
    }

    #[test]
    fn those_seen_and_those_withdrawn_are_all() {
        let queue = queue(5.5, 0.5);
        close(queue.seen_within(1e3), 1.0 - queue.withdrawn_share());
        // Flow balance: what servers complete is what does not withdraw.
        close(queue.mean_busy(), 5.5 * (1.0 - queue.withdrawn_share()));
    }

    #[test]
    fn the_mean_wait_of_those_seen_is_the_integral_of_the_tail() {
        let queue = queue(6.0, 0.3);
        let seen = queue.seen_within(1e3);
        let step = 0.002;
        let integral: f64 = (0..20_000)
            .map(|n| (1.0 - queue.seen_within((f64::from(n) + 0.5) * step) / seen) * step)
            .sum();
        assert!(
            (queue.mean_wait_of_seen() - integral).abs() < 1e-5,
            "{integral}"
        );
    }

    #[test]
    fn withdrawal_that_is_rare_leads_to_the_patient_queue() {
        let impatient = Impatient::new(4.5, 1.0, 1e-7, 5).expect("rates are above 0");
        let patient = super::super::ManyServers {
            arrival_rate: 4.5,
            service_rate: 1.0,
            servers: 5,
        };
        let ratio = impatient.mean_time_on_list() / patient.mean_wait();
        assert!((ratio - 1.0).abs() < 1e-5, "{ratio}");
        let tails = 1.0 - impatient.seen_within(1.0) - patient.wait_exceeds(1.0);
        assert!(tails.abs() < 1e-5, "{tails}");
    }
}
