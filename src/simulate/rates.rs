//! The rates of one draw, before any scenario changes them.

use super::health_visiting::TwoYearReviews;
use super::places::Places;
use crate::domain::{AGES, CeaseReason, PrimaryNeed, Setting, Sex};
use crate::ehc_process::ProcessDraw;

const NEEDS: usize = PrimaryNeed::COUNT;
const SETTINGS: usize = Setting::COUNT;
const REASONS: usize = CeaseReason::COUNT;

/// A dense table of numbers by up to four dimensions, with the last one varying fastest.
#[derive(Debug, Clone, PartialEq)]
pub struct Table<const D: usize> {
    shape: [usize; D],
    values: Vec<f64>,
}

impl<const D: usize> Table<D> {
    /// A table of zeros.
    pub fn zeros(shape: [usize; D]) -> Self {
        Self {
            shape,
            values: vec![0.0; shape.iter().product()],
        }
    }

    /// A table of ones.
    pub fn ones(shape: [usize; D]) -> Self {
        let mut table = Self::zeros(shape);
        table.values.fill(1.0);
        table
    }

    fn position(&self, index: [usize; D]) -> usize {
        index
            .iter()
            .zip(self.shape)
            .fold(0, |position, (&i, size)| {
                debug_assert!(i < size);
                position * size + i
            })
    }

    /// Sizes of the dimensions.
    pub const fn shape(&self) -> [usize; D] {
        self.shape
    }

    /// The value at an index.
    pub fn at(&self, index: [usize; D]) -> f64 {
        self.values[self.position(index)]
    }

    /// The value at an index, to change.
    pub fn at_mut(&mut self, index: [usize; D]) -> &mut f64 {
        let position = self.position(index);
        &mut self.values[position]
    }

    /// All values, last dimension fastest.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// All values, to change.
    pub fn values_mut(&mut self) -> &mut [f64] {
        &mut self.values
    }
}

/// Every rate of one draw. Ages are academic ages on the last 1 January; a rate holds from that
/// 1 January to the next. Rates are per person and year.
#[derive(Debug, Clone, PartialEq)]
pub struct Rates {
    /// Starting a plan, for a child with no SEN: age × sex × latent need, at a factor of 1.
    pub joining: Table<3>,
    /// Factor on joining: year × age.
    pub joining_trend: Table<2>,
    /// Factor on joining that keeps new plans per resident without a plan at the rates above while
    /// the shares with and without SEN support move: year × age × sex × need.
    pub joining_balance: Table<4>,
    /// Factor that gives a year's plans from the requests made ahead of them, while the share on SEN
    /// support moves: year of the plan × age in that year × sex × need.
    pub request_balance: Table<4>,
    /// How many times likelier a child on SEN support is to start a plan.
    pub support_ratio: f64,
    /// Starts of SEN support brought forward, per start.
    pub found_early_share: f64,
    /// How many times likelier a child found early is to start a plan than the same child not found.
    pub found_early_ratio: f64,
    /// Reviews of two-year-olds by health visitors.
    pub two_year_reviews: TwoYearReviews,
    /// Latent needs of children with no SEN, as weights: age × sex × need.
    pub latent_need: Table<3>,
    /// Need recorded in the plan of a child on SEN support with no specialist assessment: age × need.
    pub unassessed_need: Table<2>,
    /// Starting SEN support: year × age × sex × need.
    pub support_entry: Table<4>,
    /// Ending SEN support without a plan: age × need.
    pub support_exit: Table<2>,
    /// Ceasing: age × reason × setting; transfers and leaving England are zero here.
    pub ceasing: Table<3>,
    /// Factor on ceasing for any reason but death: year × age.
    pub ceasing_trend: Table<2>,
    /// Moving out with a plan, by age.
    pub moving_out: Vec<f64>,
    /// Moving out with a plan beyond that: year × age.
    pub moving_out_added: Table<2>,
    /// Children with a plan moving in [plans a year]: year × age.
    pub plans_moving_in: Table<2>,
    /// Need and setting of those who move in: age × need × setting, shares of each age.
    pub moving_in_mix: Table<3>,
    /// Share of boys among plans of a need.
    pub boys_among_plans: [f64; NEEDS],
    /// First setting of a new plan: age × need × setting, shares.
    pub first_setting: Table<3>,
    /// Moving between settings: age × from × to, as integrated rates of one year, for a need to
    /// which the destination matters as to the average child.
    pub setting_moves: Table<3>,
    /// Factor on moves to a setting: need × setting moved to.
    pub need_in_setting: Table<2>,
    /// Need recorded anew: age × need × need.
    pub need_recode: Table<3>,
    /// Children reaching academic age 0: year × sex [children].
    pub births: Table<2>,
    /// Residents without a plan moving in: year × age × sex [persons a year].
    pub residents_in: Table<3>,
    /// Residents without a plan moving out: year × age.
    pub residents_out: Table<2>,
    /// Share of residents moving in who are on SEN support: year × age × sex × need.
    pub arriving_support: Table<4>,
    /// The process from a request to a plan; `None` where plans start without one.
    pub process: Option<Box<ProcessDraw>>,
    /// Places and the rules of allocation; `None` where every child finds the place that it wants.
    pub places: Option<Places>,
}

impl Rates {
    /// Rates of zero, for tests and as a start.
    pub fn zeros(years: usize) -> Self {
        Self {
            joining: Table::zeros([AGES, Sex::COUNT, NEEDS]),
            joining_trend: Table::ones([years, AGES]),
            joining_balance: Table::ones([years, AGES, Sex::COUNT, NEEDS]),
            request_balance: Table::ones([years, AGES, Sex::COUNT, NEEDS]),
            support_ratio: 1.0,
            found_early_share: 0.0,
            found_early_ratio: 1.0,
            two_year_reviews: TwoYearReviews::NONE,
            latent_need: Table::zeros([AGES, Sex::COUNT, NEEDS]),
            unassessed_need: Table::zeros([AGES, NEEDS]),
            support_entry: Table::zeros([years, AGES, Sex::COUNT, NEEDS]),
            support_exit: Table::zeros([AGES, NEEDS]),
            ceasing: Table::zeros([AGES, REASONS, SETTINGS]),
            ceasing_trend: Table::ones([years, AGES]),
            moving_out: vec![0.0; AGES],
            moving_out_added: Table::zeros([years, AGES]),
            plans_moving_in: Table::zeros([years, AGES]),
            moving_in_mix: Table::zeros([AGES, NEEDS, SETTINGS]),
            boys_among_plans: [0.5; NEEDS],
            first_setting: Table::zeros([AGES, NEEDS, SETTINGS]),
            setting_moves: Table::zeros([AGES, SETTINGS, SETTINGS]),
            need_in_setting: Table::zeros([NEEDS, SETTINGS]),
            need_recode: Table::zeros([AGES, NEEDS, NEEDS]),
            births: Table::zeros([years, Sex::COUNT]),
            residents_in: Table::zeros([years, AGES, Sex::COUNT]),
            residents_out: Table::zeros([years, AGES]),
            arriving_support: Table::zeros([years, AGES, Sex::COUNT, NEEDS]),
            process: None,
            places: None,
        }
    }

    /// Latent needs of children of an age and sex with no SEN, as shares of 1; "other" where the
    /// table has none.
    pub fn latent_shares(&self, age: u8, sex: Sex) -> [f64; NEEDS] {
        let at = |need| self.latent_need.at([usize::from(age), sex.index(), need]);
        let total: f64 = (0..NEEDS).map(at).sum();
        std::array::from_fn(|need| {
            if total > 0.0 {
                at(need) / total
            } else {
                f64::from(u8::from(need == PrimaryNeed::Oth.index()))
            }
        })
    }
}

/// Ages on 1 January at whose next 1 September children change phase: into Reception, Year 7,
/// Year 12, and out of school sixth form.
pub const PHASE_TRANSFER_AGES: [u8; 4] = [3, 10, 15, 18];

/// Whether moves between settings at this age happen on 1 September.
pub const fn moves_on_first_september(age: u8) -> bool {
    matches!(age, 3 | 10 | 15 | 18)
}
