//! Flows of plans in a year.

use super::{ByPlan, NEEDS, SETTINGS};

const NONE: ByPlan = [[0.0; SETTINGS]; NEEDS];

/// Expected flows of a group in a year, by need and setting.
#[derive(Debug, Clone)]
pub(super) struct Flows {
    /// Plans started.
    pub(super) new: ByPlan,
    /// Moved into the area with a plan.
    pub(super) moved_in: ByPlan,
    /// Moved out with a plan.
    pub(super) moved_out: ByPlan,
    /// Died with a plan.
    pub(super) died: ByPlan,
    /// Ceased for all other reasons but the maximum age, since the segment began.
    pub(super) ceased: ByPlan,
    /// Ceased at the maximum age.
    pub(super) maximum_age: ByPlan,
}

impl Flows {
    pub(super) const fn new() -> Self {
        Self {
            new: NONE,
            moved_in: NONE,
            moved_out: NONE,
            died: NONE,
            ceased: NONE,
            maximum_age: NONE,
        }
    }
}
