//! Plans to which an exception to the 20 weeks applies.
//!
//! The law lets an authority take longer where a school is closed, a family away or an appointment
//! missed (regulations 10(4) and 13(3) of the SEND Regulations 2014). How much longer is not
//! published, only how many such plans were within 20 weeks and how many were not. Times are fitted
//! to all plans, so what the causes of exceptions take is in them: an exception is a mark on a plan,
//! as likely as published for a plan in time and for a late one, and delays nothing a second time.

/// Shares of plans with an exception, in a draw.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Exceptions {
    /// Of plans within 20 weeks.
    pub in_time: f64,
    /// Of later plans.
    pub late: f64,
}

impl Exceptions {
    /// Whether a plan has an exception, by the luck of its case. Where exceptions are likelier among
    /// late plans, a plan that comes in time under an option has none that it would not have had.
    pub fn has(&self, is_in_time: bool, u: f64) -> bool {
        u < if is_in_time { self.in_time } else { self.late }
    }

    /// The share within 20 weeks of the plans without an exception, from that of all plans.
    pub fn share_without(&self, of_all: f64) -> f64 {
        let in_time = of_all * (1.0 - self.in_time);
        let late = (1.0 - of_all) * (1.0 - self.late);
        in_time / (in_time + late)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_two_published_shares_are_one_another() {
        // Derby 2024: 442 plans, 62 within 20 weeks; 65 exceptions, all late: 62 of 377.
        let derby = Exceptions {
            in_time: 0.0,
            late: 65.0 / 380.0,
        };
        assert!((derby.share_without(62.0 / 442.0) - 62.0 / 377.0).abs() < 1e-12);
        // England 2024: 90,392 plans, 41,448 within 20 weeks; 5,526 exceptions, 2,041 of them in time.
        let england = Exceptions {
            in_time: 2_041.0 / 41_448.0,
            late: 3_485.0 / 48_944.0,
        };
        let share = england.share_without(41_448.0 / 90_392.0);
        assert!((share - 39_407.0 / 84_866.0).abs() < 1e-12);
        assert!(derby.has(false, 0.1) && !derby.has(true, 0.1) && !derby.has(false, 0.2));
    }
}
