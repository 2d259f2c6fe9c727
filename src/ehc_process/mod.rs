//! From a request to a plan: the steps of an EHC needs assessment, and the staff who carry them out.
//!
//! In: requests, [`Settings`] of a draw, the hours that staff can give. Out: when each case ends and
//! how, and the dates of its steps.
//! Deliberately not here: who asks (`simulate/`), indicators (`timeliness/`).
//! A new step is a variant of `Step`, its branch in [`Office`], its work in `steps`, and its dates in
//! [`Case`].

mod area;
mod case;
mod delay;
mod dispute;
mod draw;
mod exceptions;
mod feedback;
mod fit;
mod history;
mod hours;
mod lists;
mod office;
mod other_appeals;
mod policy;
mod reviews;
mod settings;
mod shares;
mod staff;
mod steps;

pub use area::{AreaProcess, YearOfProcess};
pub use case::{Case, Decision, Ended, NOBODY};
pub use delay::Delay;
pub use draw::{FOLLOWS, ProcessDraw, Stated};
pub use exceptions::Exceptions;
pub use feedback::{Clinic, Feedback, OF_MOVES};
pub use fit::{Fit, Fits, Shown, fit};
pub use hours::Hours;
pub use lists::{Lists, Stage};
pub use office::{Ending, Office, Request};
pub use other_appeals::{LATE_RATIO, OtherAppeals, STANDARD_WEEKS};
pub use policy::{Policy, Steps};
pub use reviews::{MOST_HELD, REVIEWS, Reviews};
pub use settings::{Numbers, Settings};
pub use shares::{Dispute, Shares};
pub use staff::{Staff, Staffing, Team};
