//! M/D/c: random referrals, constant length of service, several servers.

use statrs::function::gamma::ln_gamma;

/// M/D/c in the long run, with a load below 1.
///
/// Who is being seen now is done one length `D` later, so the number waiting follows
/// `Q(t + D) = max(0, Q(t) + A - c)` with `A` Poisson of mean `a = λ D`: it is distributed as the
/// largest value of the random walk with steps `A - c`. By Spitzer's identity that is compound
/// Poisson with rate `ν(k) = Σ_i P(S_i = k) / i` at jumps of `k`, where `S_i + i c` is Poisson of
/// mean `i a`.
/// Sources: Crommelin (1932), "Delay probability formulae when the holding times are constant";
/// Spitzer (1956), doi:10.1090/S0002-9947-1956-0079851-X; distribution of the wait: Franx (2001),
/// "A simple solution for the M/D/c waiting time distribution",
/// doi:10.1016/S0167-6377(01)00108-0.
#[derive(Debug, Clone, PartialEq)]
pub struct ConstantService {
    arrival_rate: f64,
    weeks: f64,
    servers: u32,
    mean_waiting: f64,
    /// `P(Q <= k)`.
    at_most: Vec<f64>,
}

impl ConstantService {
    /// Solves for rates [per week] and a length [weeks]; none at a load of 1 or more, or so near to
    /// it or with so many servers that the sums are too long.
    pub fn new(arrival_rate: f64, weeks: f64, servers: u32) -> Option<Self> {
        const MOST_TERMS: f64 = 3e7;
        const NEGLIGIBLE: f64 = 1e-12;
        let (c, offered) = (f64::from(servers), arrival_rate * weeks);
        let load = offered / c;
        if !(load < 1.0 && load > 0.0 && servers > 0) {
            return None;
        }
        // P(S_i > 0) falls like exp(-i d) (Chernoff), and P(Q > k) about like exp(-2 (1 - load) k).
        let decay = c * (load - 1.0 - load.ln());
        let steps = (-NEGLIGIBLE.ln() / decay).ceil().max(1.0);
        let longest = (-NEGLIGIBLE.ln() / (-2.0 * load.ln()).min(1.0)).ceil() + 2.0 * c + 60.0;
        if steps * longest > MOST_TERMS {
            return None;
        }
        let jumps = jump_rates(offered, servers, steps as u32, longest as usize);
        let mean_waiting = (1..).zip(&jumps).map(|(k, rate)| f64::from(k) * rate).sum();
        Some(Self {
            arrival_rate,
            weeks,
            servers,
            mean_waiting,
            at_most: compound_poisson(&jumps),
        })
    }

    /// Mean number waiting.
    pub fn mean_waiting(&self) -> f64 {
        self.mean_waiting
    }

    /// Mean wait [weeks]: Little's law.
    pub fn mean_wait(&self) -> f64 {
        self.mean_waiting / self.arrival_rate
    }

    /// Probability of a wait of at most some weeks, first come first served.
    ///
    /// `exp(-m) Σ_j P(Q <= k c - 1 - j) m^j / j!` over `j < k c`, with `(k - 1) D <= t < k D` and
    /// `m = λ (k D - t)`.
    pub fn wait_within(&self, weeks: f64) -> f64 {
        let k = (weeks / self.weeks).floor() + 1.0;
        let mean = self.arrival_rate * (k * self.weeks - weeks);
        let most = (k * f64::from(self.servers)) as usize;
        let mut term = (-mean).exp();
        let mut sum = 0.0;
        for j in 0..most {
            let at_most = self.at_most.get(most - 1 - j);
            sum += term * at_most.copied().unwrap_or(1.0);
            term *= mean / (j + 1) as f64;
            if term < f64::MIN_POSITIVE {
                break;
            }
        }
        sum.min(1.0)
    }

    /// Weeks within which a share of all is seen.
    pub fn wait_quantile(&self, share: f64) -> Option<f64> {
        super::quantile(share, |weeks| self.wait_within(weeks))
    }
}

/// `Σ_i P(Poisson(i a) = i c + k) / i` for k from 1.
fn jump_rates(offered: f64, servers: u32, steps: u32, longest: usize) -> Vec<f64> {
    let mut rates = vec![0.0; longest];
    for i in 1..=steps {
        let mean = f64::from(i) * offered;
        let first = f64::from(i) * f64::from(servers) + 1.0;
        let mut term = (first * mean.ln() - mean - ln_gamma(first + 1.0)).exp() / f64::from(i);
        for (k, rate) in rates.iter_mut().enumerate() {
            *rate += term;
            term *= mean / (first + 1.0 + k as f64);
            if term < f64::MIN_POSITIVE {
                break;
            }
        }
    }
    rates
}

/// Cumulative probabilities of a compound Poisson number, by Panjer's recursion
/// `n p(n) = Σ_k k ν(k) p(n - k)`.
fn compound_poisson(jumps: &[f64]) -> Vec<f64> {
    let mut probabilities = vec![(-jumps.iter().sum::<f64>()).exp()];
    for n in 1..jumps.len() {
        let sum: f64 = (1..=n)
            .map(|k| k as f64 * jumps[k - 1] * probabilities[n - k])
            .sum();
        probabilities.push(sum / n as f64);
    }
    let mut sum = 0.0;
    for probability in &mut probabilities {
        sum += *probability;
        *probability = sum.min(1.0);
    }
    probabilities
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::queue::theory::mean_wait_single_server;

    #[test]
    fn one_server_waits_as_pollaczek_and_khinchine_say() {
        for load in [0.3, 0.8, 0.95] {
            let queue = ConstantService::new(load, 1.0, 1).expect("below 1");
            let expected = mean_wait_single_server(load, 1.0, 0.0);
            assert!(
                (queue.mean_wait() - expected).abs() < 1e-8 * expected,
                "{load}"
            );
            // Who finds nobody there does not wait.
            assert!(
                (queue.wait_within(0.0) - (1.0 - load)).abs() < 1e-9,
                "{load}"
            );
        }
    }

    /// The stationary distribution of `Q' = max(0, Q + A - c)` by brute force.
    #[test]
    fn several_servers_wait_as_the_chain_says() {
        let (rate, weeks, servers) = (4.0, 1.0, 5u32);
        let queue = ConstantService::new(rate, weeks, servers).expect("below 1");
        let size = 200;
        let mut poisson = vec![(-rate * weeks).exp()];
        for n in 1..size {
            poisson.push(poisson[n - 1] * rate * weeks / n as f64);
        }
        let mut now = vec![0.0; size];
        now[0] = 1.0;
        for _ in 0..400 {
            let mut next = vec![0.0; size];
            for (q, p) in now.iter().enumerate() {
                for (a, r) in poisson.iter().enumerate().take(40) {
                    let to = (q + a).saturating_sub(servers as usize).min(size - 1);
                    next[to] += p * r;
                }
            }
            now = next;
        }
        let mean: f64 = now.iter().enumerate().map(|(q, p)| q as f64 * p).sum();
        assert!((queue.mean_waiting() - mean).abs() < 1e-9, "{mean}");
        let mut sum = 0.0;
        for (q, p) in now.iter().enumerate().take(40) {
            sum += p;
            assert!((queue.at_most[q] - sum).abs() < 1e-9);
        }
    }

    #[test]
    fn the_mean_wait_is_the_integral_of_its_tail() {
        let queue = ConstantService::new(2.7, 1.0, 3).expect("below 1");
        let step = 0.001;
        let integral: f64 = (0..60_000)
            .map(|n| (1.0 - queue.wait_within((f64::from(n) + 0.5) * step)) * step)
            .sum();
        assert!((integral - queue.mean_wait()).abs() < 1e-4, "{integral}");
    }

    #[test]
    fn there_is_no_answer_without_spare_capacity() {
        assert_eq!(ConstantService::new(5.0, 1.0, 5), None);
    }
}
