//! Addressed randomness: every draw is a pure function of where it is used.
//!
//! In: seed, run, person, process, occurrence. Out: uniforms, exponentials, parameter streams.
//! Deliberately not here: a running generator, and the scenario. Two scenarios of one run meet the
//! same luck wherever they ask the same question.
//! A new process gets the next number in [`Process`]; numbers never change.

mod luck;
mod philox;
mod quantiles;
mod stream;

pub use luck::{Luck, Process, exponential, uniform};
pub use philox::philox4x32;
pub use quantiles::{normal_quantile, poisson_quantile};
pub use stream::Stream;
