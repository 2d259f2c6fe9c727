//! M/M/c/K: room for a limited number, others are turned away.

/// M/M/c/K in the long run, at any load.
///
/// Birth-death chain on `0 … K`: `p(n) / p(n-1) = λ / (min(n, c) μ)`. Source: Kleinrock (1975),
/// *Queueing Systems* I, sections 3.5 and 3.6.
#[derive(Debug, Clone, PartialEq)]
pub struct LimitedRoom {
    arrival_rate: f64,
    servers: u32,
    states: Vec<f64>,
}

impl LimitedRoom {
    /// Solves the chain for rates [per week].
    pub fn new(arrival_rate: f64, service_rate: f64, servers: u32, room: u32) -> Self {
        let mut states = vec![1.0];
        for n in 1..=room {
            let rate = f64::from(n.min(servers)) * service_rate;
            states.push(states[n as usize - 1] * arrival_rate / rate);
        }
        let total: f64 = states.iter().sum();
        states.iter_mut().for_each(|state| *state /= total);
        Self {
            arrival_rate,
            servers,
            states,
        }
    }

    /// Share of all who are turned away.
    pub fn turned_away_share(&self) -> f64 {
        self.states.last().copied().unwrap_or(0.0)
    }

    /// Mean number there, waiting or being seen.
    pub fn mean_present(&self) -> f64 {
        (0u32..)
            .zip(&self.states)
            .map(|(n, p)| f64::from(n) * p)
            .sum()
    }

    /// Mean wait of those who are let in [weeks]: Little's law.
    pub fn mean_wait(&self) -> f64 {
        let waiting = |n: u32| f64::from(n.saturating_sub(self.servers));
        let mean: f64 = (0u32..)
            .zip(&self.states)
            .map(|(n, p)| waiting(n) * p)
            .sum();
        mean / (self.arrival_rate * (1.0 - self.turned_away_share()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::queue::theory::erlang_b;

    #[test]
    fn the_published_values_are_met() {
        let queue = LimitedRoom::new(3.0, 4.0, 2, 3);
        assert!((queue.turned_away_share() - 0.049_360_1).abs() < 6e-8);
        assert!((queue.mean_present() - 0.762_340_0).abs() < 6e-8);
    }

    #[test]
    fn room_for_those_being_seen_alone_is_the_loss_formula() {
        let queue = LimitedRoom::new(4.5, 1.0, 5, 5);
        assert!((queue.turned_away_share() - erlang_b(5, 4.5)).abs() < 1e-12);
        assert!(queue.mean_wait().abs() < 1e-12);
    }
}
