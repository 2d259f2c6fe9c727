//! Closed forms of queueing theory: what the engine is checked against, and what stands beside a
//! simulated answer where one exists.
//!
//! In: rates a week, numbers of servers. Out: probabilities, means [weeks], numbers of people.
//! Deliberately not here: anything simulated. Every formula names its source; the tests hold it
//! against a second route to the same number, or a published value.

mod constant_service;
mod fluid;
mod impatient;
mod infinite_servers;
mod limited_room;
mod many_servers;
mod priority;
mod single_server;

pub use constant_service::ConstantService;
pub use fluid::Fluid;
pub use impatient::Impatient;
pub use infinite_servers::seasonal_mean;
pub use limited_room::LimitedRoom;
pub use many_servers::{ManyServers, erlang_b, erlang_c};
pub use priority::mean_waits_by_priority;
pub use single_server::mean_wait_single_server;

/// The point at which a probability that grows with weeks reaches a share, by bisection; none when
/// it does not within 2^64 weeks.
pub(crate) fn quantile(share: f64, probability_within: impl Fn(f64) -> f64) -> Option<f64> {
    const DOUBLINGS: i32 = 64;
    const HALVINGS: usize = 100;
    if probability_within(0.0) >= share {
        return Some(0.0);
    }
    let mut high = (0..DOUBLINGS)
        .map(|n| 2f64.powi(n))
        .find(|weeks| probability_within(*weeks) >= share)?;
    let mut low = 0.0;
    for _ in 0..HALVINGS {
        let middle = 0.5 * (low + high);
        if probability_within(middle) >= share {
            high = middle;
        } else {
            low = middle;
        }
    }
    Some(high)
}
