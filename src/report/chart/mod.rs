//! Charts as inline SVG: no scripts, no fonts to fetch, the same bytes for the same numbers.
//!
//! In: numbers and short labels. Out: an `<svg>` element with a title and a description for those
//! who cannot see it.
//! Deliberately not here: what the numbers mean (`html/`). A chart never tells by colour alone.

mod bars;
mod fan;
mod interval;
mod lines;
mod rates;
mod scale;
mod svg;
mod waterfall;

pub(super) use bars::{Bar, bars};
pub(super) use fan::{Band, Fan, fan};
pub(super) use interval::{Interval, intervals};
pub(super) use lines::{Line, lines};
pub(super) use rates::{Rate, rates};
pub(super) use svg::Described;
pub(super) use waterfall::{Step, waterfall};
