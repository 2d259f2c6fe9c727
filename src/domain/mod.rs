//! Words of the field: needs, settings, ages, reasons, dates, published cells.
//!
//! In: nothing. Out: types that every other folder uses.
//! Deliberately not here: files, randomness, parameters.
//! A new word goes into its own file and into `guide/glossary.md`.

mod age;
mod arrangement;
mod cease;
mod date;
mod need;
mod need_group;
mod observed;
mod overflow;
mod place;
mod place_phase;
mod provision;
mod route;
mod setting;
mod sex;
mod specialist;
mod spend;

pub use age::{AGES, AgeGroup, BORN_BEFORE_JANUARY, OLDEST_AGE, Phase, published_ages};
pub use arrangement::{Arrangement, ArrangementFamily};
pub use cease::CeaseReason;
pub use date::{DAYS_PER_WEEK, DAYS_PER_YEAR, Date, WEEKS_PER_YEAR, time_period};
pub use need::PrimaryNeed;
pub use need_group::NeedGroup;
pub use observed::{Basis, Observed};
pub use overflow::Overflow;
pub use place::{AuthorityCode, Place};
pub use place_phase::PlacePhase;
pub use provision::Provision;
pub use route::Route;
pub use setting::Setting;
pub use sex::Sex;
pub use specialist::{SpecialistType, YearGroup};
pub use spend::SpendLine;
