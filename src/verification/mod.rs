//! The queue engine against queueing theory.
//!
//! In: an [`Effort`]. Out: [`Row`]s of expected and simulated numbers with a verdict.
//! Deliberately not here: printing, and numbers pinned from earlier runs; what is expected comes
//! from `queue::theory`.
//! A new check is a function in the file of its model, and its line in [`MODELS`].

mod changing_rates;
mod growing_lists;
mod impatient;
mod limited_room;
mod many_servers;
mod priority;
mod replicate;
mod row;
mod service_times;
mod tandem;

use replicate::Balance;
pub use replicate::Effort;
pub use row::{Row, Verdict};

/// Checks of a model: its rows, and whether Little's law held on every queue of every run.
type Model = fn(&Effort, &mut Vec<Row>) -> Balance;

/// The models, in the order of the table.
const MODELS: [Model; 10] = [
    many_servers::one_server,
    many_servers::several_servers,
    service_times::any_service,
    service_times::constant_service,
    impatient::with_withdrawal,
    limited_room::with_limited_room,
    priority::with_priority,
    changing_rates::with_seasons,
    tandem::one_after_another,
    growing_lists::beyond_capacity,
];

/// Carries out every check.
pub fn verify(effort: &Effort) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut balance = Balance::default();
    for (number, model) in (1u64..).zip(MODELS) {
        // Models with a seed of their own do not repeat each other's luck.
        let effort = Effort {
            seed: effort.seed.wrapping_add(number << 32),
            ..*effort
        };
        balance.add(model(&effort, &mut rows));
    }
    rows.push(balance.row());
    rows
}
