//! Little's law on the lists of every service of a future.

use super::Services;
use super::by_children::Draw;
use super::course::List;
use super::lists::ServiceDraw;
use crate::domain::Date;
use crate::queue::{ListBook, LittlesLaw, rounding_of_days};
use crate::simulate::Future;

impl Services {
    /// Names of the services, each locality of those that are kept so, in order.
    pub fn names(&self) -> Vec<&'static str> {
        let listed = self.lists.iter().map(|(entry, _)| entry.label);
        let own = self.by_children.iter().flat_map(|(_, parts)| parts);
        let own = own.map(|part| part.label);
        listed.chain(own).collect()
    }

    /// The area under the lists of each service, as its staff see them, against the waits of its
    /// children: all children of the board, from the first day of the service to the end.
    pub fn littles_law(&self, future: &Future<'_>) -> Vec<LittlesLaw> {
        let base = Date::january(self.base_year);
        let listed = (0u32..).zip(&self.lists);
        let listed = listed.map(|(number, (entry, list))| {
            let draw = ServiceDraw::new(future, base, entry, list);
            of(draw.run_watched(future, number), future, draw.course.start)
        });
        let own = self.by_children.iter().flat_map(|(entry, parts)| {
            parts.iter().map(move |part| {
                let draw = Draw::new(future, base, entry, part);
                of(draw.run_watched(), future, draw.course.start)
            })
        });
        listed.chain(own).collect()
    }
}

/// All lists of one service.
fn of((lists, books): (Vec<List>, Vec<ListBook>), future: &Future<'_>, start: f64) -> LittlesLaw {
    let end = future.timeline.end();
    let laws = lists.iter().zip(books).map(|(list, book)| {
        let ways = list.visits.iter();
        let ways = ways.map(|visit| [visit.referred, visit.left].map(f64::from));
        LittlesLaw::of(book, ways, [start, end], rounding_of_days(end))
    });
    laws.fold(LittlesLaw::default(), LittlesLaw::with)
}
