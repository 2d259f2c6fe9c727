//! What is drawn and expected of the exclusions of one future.

use super::Exclusions;
use super::draw::Draw;
use super::expected::{Expected, Means};
use super::managed_moves::ManagedMoves;
use super::pupils::Pupils;
use crate::domain::Date;
use crate::simulate::Future;

/// Exclusions of one future, year by year.
#[derive(Debug)]
pub(super) struct Drawn<'f> {
    future: &'f Future<'f>,
    pub(super) at_base: Pupils,
    pub(super) expected: Expected<'f>,
    pub(super) draw: Draw<'f>,
    pub(super) moves: ManagedMoves,
}

impl<'f> Drawn<'f> {
    pub(super) fn new(model: &'f Exclusions, future: &'f Future<'f>) -> Self {
        let base = Date::january(model.base_year);
        let at_base = Pupils::on_january(future, 0);
        Self {
            future,
            expected: Expected::new(future, model, &at_base),
            draw: Draw::new(future, base, model.years),
            moves: ManagedMoves::of(future, base, model.years),
            at_base,
        }
    }

    /// Expected events of a year by group, and the permanent exclusions expected before managed moves
    /// are more or fewer than usual.
    pub(super) fn of_year(&self, year: usize) -> (Vec<Means>, f64) {
        let pupils = Pupils::on_january(self.future, year);
        let mut means = self.expected.of_year(&pupils, &self.draw, year);
        let before = self.moves.act(&mut means, year);
        (means, before)
    }
}
