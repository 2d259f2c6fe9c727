//! A scenario and a draw to the counts of one run.
//!
//! In: starting people, rates of a draw, a resolved scenario, luck. Out: counts by indicator, and
//! the expected counts of the shadow model, which uses no luck.
//! Deliberately not here: files, clocks, printing, statistics.
//! A new process gets its luck in `random`, its rates in [`Rates`], its file here and its line in
//! the order of a year ([`run::simulate`]).

mod arrivals;
mod companion;
mod cumulative;
mod design;
mod destinations;
mod effects;
mod event_queue;
mod hazards;
pub mod health_visiting;
mod latent_needs;
mod live;
mod office;
mod people;
mod person_changes;
mod places;
mod rates;
mod record;
pub mod run;
mod schedule;
mod shadow;
mod tally;
mod timeline;
mod without_plan;
mod yearly;

pub use companion::{Companion, Future};
pub use design::{Design, Detail, Kept, Simulated, simulate_scenarios, simulate_with};
pub use effects::{CellOf, Effects};
pub use hazards::{Hazards, age_of, growth_beyond, horizon};
pub use live::BrokenBalance;
pub use people::{Person, Roster, Status, luck_id};
pub use places::{NO_GROUP, PlaceGroup, PlacePolicy, Places, Ranks, Standing, WantedAtBase};
pub use rates::{PHASE_TRANSFER_AGES, Rates, Table, moves_on_first_september};
pub use record::{Flow, Opening, PlanChange, ProcessRecord, Record};
pub use shadow::expected_counts;
pub use timeline::Timeline;
