//! Waiting lists in continuous time: services, the people who wait for them, and what comes of it.
//!
//! In: a [`Plan`] of services, pathways and sources, and the luck of a run. Out: one flat
//! [`Record`] for every visit that ended, one [`CaseRecord`] for every case, and the [`Account`] of
//! each service.
//! Deliberately not here: statistics, files, printing. A model that has its own clock drives a
//! [`Network`] with `refer`, `next_time` and `step`; a service on its own has sources.
//! A new kind of server is a variant of [`Provider`] and its branch in `Network::dispatch`.

mod account;
mod agenda;
mod amount;
mod arrivals;
mod backlog;
mod calendar;
mod list_book;
mod network;
mod patience;
mod plan;
mod record;
mod roster;
mod seeing;
mod service;
mod staffing;
mod station;
mod task;
pub mod theory;
mod time;
mod waiting;

pub use account::Account;
pub use amount::Amount;
pub use arrivals::{Arrivals, Source};
pub use backlog::{Backlog, Band};
pub use calendar::{Calendar, Session, Weekday};
pub use list_book::{ListBook, LittlesLaw, rounding_of_days};
pub use network::Network;
pub use patience::Patience;
pub use plan::{Pathway, Plan, PlanError, Visit};
pub use record::{CaseOutcome, CaseRecord, Ledger, Outcome, Record};
pub use service::{Class, Fund, Panel, Payment, Provider, Service, Team};
pub use time::Time;
