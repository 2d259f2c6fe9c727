//! M/M/c: random referrals, exponential service, several servers.

/// Probability that all `servers` are busy when nobody can wait: Erlang's loss formula.
///
/// `B(0) = 1`, `B(c) = a B(c-1) / (c + a B(c-1))` for an offered load `a`.
/// Source: Erlang (1917), "Solution of some problems in the theory of probabilities of significance
/// in automatic telephone exchanges"; recursion as in Cooper (1981), *Introduction to Queueing
/// Theory*, 2nd ed., section 3.3.
pub fn erlang_b(servers: u32, load: f64) -> f64 {
    (1..=servers).fold(1.0, |blocking, c| {
        load * blocking / (f64::from(c) + load * blocking)
    })
}

/// Probability of waiting when everyone can: Erlang's delay formula; 1 at a load of `servers` or
/// more.
///
/// `C = c B / (c - a (1 - B))`. Source: as [`erlang_b`].
pub fn erlang_c(servers: u32, load: f64) -> f64 {
    let c = f64::from(servers);
    if load >= c {
        return 1.0;
    }
    let blocking = erlang_b(servers, load);
    c * blocking / (c - load * (1.0 - blocking))
}

/// M/M/c in the long run, with a load below 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ManyServers {
    /// Referrals [per week].
    pub arrival_rate: f64,
    /// Cases that one server completes [per week].
    pub service_rate: f64,
    /// Servers.
    pub servers: u32,
}

impl ManyServers {
    /// Share of the servers' time that is needed.
    pub fn load(&self) -> f64 {
        self.arrival_rate / (f64::from(self.servers) * self.service_rate)
    }

    /// Probability of not being seen at once.
    pub fn waiting_probability(&self) -> f64 {
        erlang_c(self.servers, self.arrival_rate / self.service_rate)
    }

    /// Rate at which those who wait come to the end of their wait: `c μ - λ` [per week].
    fn spare_rate(&self) -> f64 {
        f64::from(self.servers) * self.service_rate - self.arrival_rate
    }

    /// Mean wait of all [weeks]: `C / (c μ - λ)`.
    pub fn mean_wait(&self) -> f64 {
        self.waiting_probability() / self.spare_rate()
    }

    /// Mean number waiting: Little's law.
    pub fn mean_waiting(&self) -> f64 {
        self.arrival_rate * self.mean_wait()
    }

    /// Probability of a wait above some weeks, first come first served: `C exp(-(c μ - λ) t)`.
    pub fn wait_exceeds(&self, weeks: f64) -> f64 {
        self.waiting_probability() * (-self.spare_rate() * weeks).exp()
    }

    /// Weeks within which a share of all is seen.
    pub fn wait_quantile(&self, share: f64) -> f64 {
        let waits = self.waiting_probability();
        if 1.0 - share >= waits {
            0.0
        } else {
            (waits / (1.0 - share)).ln() / self.spare_rate()
        }
    }

    /// Probability that at most `people` are there, waiting or being seen.
    ///
    /// From the balance of the birth-death chain, relative to the state with all servers busy.
    pub fn present_at_most(&self, people: u64) -> f64 {
        let (c, load) = (u64::from(self.servers), self.load());
        let waits = self.waiting_probability();
        // P(N = c) is C (1 - load), and P(N >= n) is C load^(n - c) from c on.
        if people >= c {
            return 1.0 - waits * load.powf((people + 1 - c) as f64);
        }
        let offered = self.arrival_rate / self.service_rate;
        let mut term = waits * (1.0 - load);
        let mut below = 0.0;
        let mut sum_to_people = 0.0;
        for n in (1..=c).rev() {
            term *= n as f64 / offered;
            below += term;
            if n - 1 <= people {
                sum_to_people += term;
            }
        }
        // The states below c have 1 - C between them.
        if below > 0.0 {
            sum_to_people * (1.0 - waits) / below
        } else {
            0.0
        }
    }

    /// The number present at a probability: for a random state of the chain.
    pub fn present_quantile(&self, probability: f64) -> u64 {
        let c = u64::from(self.servers);
        let waits = self.waiting_probability();
        let beyond = 1.0 - probability;
        if beyond < waits {
            return c + ((beyond / waits).ln() / self.load().ln()).floor() as u64;
        }
        let (mut low, mut high) = (0, c.saturating_sub(1));
        while low < high {
            let middle = u64::midpoint(low, high);
            if self.present_at_most(middle) >= probability {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        low
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(value: f64, expected: f64) {
        assert!((value - expected).abs() < 6e-8, "{value} for {expected}");
    }

    #[test]
    fn published_values_are_met() {
        close(erlang_b(5, 4.5), 0.243_021_0);
        let queue = |arrival_rate, service_rate, servers| ManyServers {
            arrival_rate,
            service_rate,
            servers,
        };
        let one = queue(0.9, 1.0, 1);
        close(one.mean_wait(), 9.0);
        close(one.mean_waiting(), 8.1);
        let three = queue(0.2, 0.1, 3);
        close(three.waiting_probability(), 4.0 / 9.0);
        close(three.mean_wait(), 40.0 / 9.0);
        let five = queue(4.5, 1.0, 5);
        close(five.waiting_probability(), 0.762_493_2);
        close(five.mean_wait(), 1.524_986_4);
        close(five.mean_waiting(), 6.862_439_0);
    }

    #[test]
    fn the_quantile_undoes_the_tail() {
        let queue = ManyServers {
            arrival_rate: 4.5,
            service_rate: 1.0,
            servers: 5,
        };
        for share in [0.3, 0.5, 0.9, 0.99] {
            let weeks = queue.wait_quantile(share);
            close(1.0 - queue.wait_exceeds(weeks), share);
        }
        close(queue.wait_quantile(0.2), 0.0);
    }

    /// Worked: M/M/2 with load 1/2 has P(N = 0) = 1/3, P(1) = 1/3, P(2) = 1/6.
    #[test]
    fn the_number_present_has_the_distribution_of_the_chain() {
        let queue = ManyServers {
            arrival_rate: 1.0,
            service_rate: 1.0,
            servers: 2,
        };
        close(queue.present_at_most(0), 1.0 / 3.0);
        close(queue.present_at_most(1), 2.0 / 3.0);
        close(queue.present_at_most(2), 5.0 / 6.0);
        close(queue.present_at_most(3), 11.0 / 12.0);
        for (probability, people) in [(0.3, 0), (0.5, 1), (0.7, 2), (0.9, 3), (0.95, 4)] {
            assert_eq!(queue.present_quantile(probability), people);
        }
    }
}
