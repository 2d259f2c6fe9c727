//! The course of a long list, as if people were a fluid.

/// A list whose servers are never without work.
///
/// `dL/dt = λ - c μ - θ L` while the list is not empty. Source: Newell (1982), *Applications of
/// Queueing Theory*, chapter 2; with withdrawal: Whitt (2004), "Efficiency-driven heavy-traffic
/// approximations for many-server queues with abandonments", doi:10.1287/mnsc.1040.0279.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fluid {
    /// Referrals [per week].
    pub arrival_rate: f64,
    /// Cases that all servers together complete [per week].
    pub capacity: f64,
    /// Withdrawals [per waiting person per week].
    pub withdrawal_rate: f64,
}

impl Fluid {
    /// Growth of the list when nobody withdraws [people a week]; negative when it shrinks.
    pub fn growth(&self) -> f64 {
        self.arrival_rate - self.capacity
    }

    /// Where the list goes when people withdraw and the load is above 1.
    pub fn limit(&self) -> f64 {
        self.growth() / self.withdrawal_rate
    }

    /// The list some weeks after it had a length; 0 from when it is empty.
    pub fn list_after(&self, start: f64, weeks: f64) -> f64 {
        let list = if self.withdrawal_rate > 0.0 {
            let limit = self.limit();
            limit + (start - limit) * (-self.withdrawal_rate * weeks).exp()
        } else {
            start + self.growth() * weeks
        };
        list.max(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_grows_by_what_capacity_leaves() {
        let fluid = Fluid {
            arrival_rate: 12.0,
            capacity: 10.0,
            withdrawal_rate: 0.0,
        };
        assert!((fluid.list_after(300.0, 52.0) - 404.0).abs() < 1e-9);
        let impatient = Fluid {
            withdrawal_rate: 0.02,
            ..fluid
        };
        assert!((impatient.limit() - 100.0).abs() < 1e-9);
        // Half of the distance to the limit is covered in ln 2 / θ weeks.
        let half = std::f64::consts::LN_2 / 0.02;
        assert!((impatient.list_after(300.0, half) - 200.0).abs() < 1e-9);
        let spare = Fluid {
            capacity: 15.0,
            ..fluid
        };
        assert!(spare.list_after(30.0, 11.0).abs() < 1e-9);
    }
}
