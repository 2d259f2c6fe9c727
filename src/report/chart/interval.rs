//! Dots with intervals: differences from the first scenario.

use super::scale::Scale;
use super::svg::{Anchor, BLUE, Described, GREY, GRID, INK, ORANGE, Svg};
use crate::report::words::signed;

/// A difference with its range.
#[derive(Debug, Clone)]
pub(in crate::report) struct Interval {
    /// What makes the difference; empty to stay with the one above.
    pub(in crate::report) label: String,
    /// When.
    pub(in crate::report) detail: String,
    /// The middle.
    pub(in crate::report) middle: f64,
    /// Its range.
    pub(in crate::report) range: (f64, f64),
    /// Drawn apart from the others: a total.
    pub(in crate::report) is_total: bool,
}

const WIDTH: f64 = 960.0;
const LEFT: f64 = 420.0;
const RIGHT: f64 = 900.0;
const TOP: f64 = 16.0;
const ROW: f64 = 40.0;
/// Letters that fit beside the detail.
const LETTERS: usize = 34;

/// Draws the chart.
pub(in crate::report) fn intervals(
    data: &[Interval],
    axis: &str,
    described: Described<'_>,
) -> String {
    let bottom = TOP + ROW * data.len() as f64;
    let mut svg = Svg::new(WIDTH, bottom + 54.0);
    let values = data.iter().flat_map(|row| [row.range.0, row.range.1]);
    let x = Scale::round(values.chain([0.0]), (LEFT, RIGHT), 5);
    for tick in x.ticks() {
        let at = x.at(tick);
        svg.line((at, TOP), (at, bottom), &format!(r#"stroke="{GRID}""#));
        let label = (at, bottom + 22.0);
        svg.text(label, Anchor::Middle, &signed(tick), r#"class="axis""#);
    }
    let zero = x.at(0.0);
    let strong = format!(r#"stroke="{INK}" stroke-width="1.5""#);
    svg.line((zero, TOP), (zero, bottom), &strong);
    let middle = f64::midpoint(LEFT, RIGHT);
    svg.text(
        (middle, bottom + 45.0),
        Anchor::Middle,
        axis,
        r#"class="axis""#,
    );
    for (index, row) in data.iter().enumerate() {
        let at = TOP + ROW * (index as f64 + 0.5);
        if index > 0 && !row.label.is_empty() {
            let line = format!(r#"stroke="{GRID}""#);
            svg.line((0.0, at - ROW / 2.0), (RIGHT, at - ROW / 2.0), &line);
        }
        one(&mut svg, row, at, &x);
    }
    svg.finish(described)
}

fn one(svg: &mut Svg, row: &Interval, at: f64, x: &Scale) {
    svg.label((0.0, at), Anchor::Start, &row.label, LETTERS);
    let detail = (LEFT - 14.0, at + 5.0);
    svg.text(detail, Anchor::End, &row.detail, r#"class="axis""#);
    let colour = if row.is_total { ORANGE } else { BLUE };
    let (low, high) = (x.at(row.range.0), x.at(row.range.1));
    let bar = format!(r#"stroke="{colour}" stroke-width="3""#);
    svg.line((low, at), (high, at), &bar);
    for end in [low, high] {
        svg.line((end, at - 6.0), (end, at + 6.0), &bar);
    }
    let dot = (x.at(row.middle), at);
    let outline = format!(r#"fill="{colour}" stroke="{INK}""#);
    if row.is_total {
        let corner = |dx: f64, dy: f64| (dot.0 + dx, dot.1 + dy);
        let diamond = [
            corner(0.0, -8.0),
            corner(8.0, 0.0),
            corner(0.0, 8.0),
            corner(-8.0, 0.0),
        ];
        svg.polygon(&diamond, &outline);
    } else {
        svg.circle(dot, 6.0, &format!(r#"fill="{colour}" stroke="{GREY}""#));
    }
}
