//! Pairs of horizontal bars: now, and then with its range.

use super::scale::Scale;
use super::svg::{Anchor, BLUE, Described, GRID, INK, OUTER_BAND, Svg};
use crate::report::words::whole;

/// One pair.
#[derive(Debug, Clone)]
pub(in crate::report) struct Bar {
    /// What it is about.
    pub(in crate::report) label: String,
    /// Now.
    pub(in crate::report) now: f64,
    /// The middle of the futures.
    pub(in crate::report) then: f64,
    /// The range that holds 8 in 10 futures.
    pub(in crate::report) range: (f64, f64),
}

const WIDTH: f64 = 960.0;
const LEFT: f64 = 330.0;
const RIGHT: f64 = 900.0;
const TOP: f64 = 40.0;
const ROW: f64 = 48.0;
/// Letters that fit beside the bars.
const LETTERS: usize = 34;

/// Draws the chart; `now` and `then` name the two bars of a pair.
pub(in crate::report) fn bars(
    data: &[Bar],
    (now, then): (&str, &str),
    described: Described<'_>,
) -> String {
    let bottom = TOP + ROW * data.len() as f64;
    let mut svg = Svg::new(WIDTH, bottom + 34.0);
    let values = data.iter().flat_map(|bar| [bar.now, bar.range.1, bar.then]);
    let x = Scale::round(values.chain([0.0]), (LEFT, RIGHT), 5);
    for tick in x.ticks() {
        let at = x.at(tick);
        svg.line((at, TOP), (at, bottom), &format!(r#"stroke="{GRID}""#));
        let label = (at, bottom + 22.0);
        svg.text(label, Anchor::Middle, &whole(tick), r#"class="axis""#);
    }
    key(&mut svg, now, then);
    for (index, bar) in data.iter().enumerate() {
        pair(&mut svg, bar, TOP + ROW * index as f64, &x);
    }
    svg.finish(described)
}

fn key(svg: &mut Svg, now: &str, then: &str) {
    let outlined = format!(r#"fill="{OUTER_BAND}" stroke="{BLUE}""#);
    svg.rect((LEFT, 8.0), (LEFT + 16.0, 22.0), &outlined);
    svg.text((LEFT + 24.0, 21.0), Anchor::Start, now, r#"class="label""#);
    let second = LEFT + 190.0;
    let full = format!(r#"fill="{BLUE}""#);
    svg.rect((second, 8.0), (second + 16.0, 22.0), &full);
    let words = format!("{then}, with the range of 8 in 10 futures");
    svg.text(
        (second + 24.0, 21.0),
        Anchor::Start,
        &words,
        r#"class="label""#,
    );
}

fn pair(svg: &mut Svg, bar: &Bar, top: f64, x: &Scale) {
    let label = (LEFT - 12.0, top + ROW / 2.0);
    svg.label(label, Anchor::End, &bar.label, LETTERS);
    let outlined = format!(r#"fill="{OUTER_BAND}" stroke="{BLUE}""#);
    svg.rect(
        (x.at(0.0), top + 6.0),
        (x.at(bar.now), top + 21.0),
        &outlined,
    );
    let full = format!(r#"fill="{BLUE}""#);
    svg.rect((x.at(0.0), top + 24.0), (x.at(bar.then), top + 41.0), &full);
    let (low, high) = (x.at(bar.range.0), x.at(bar.range.1));
    let middle = top + 32.5;
    // Drawn twice, so that the range shows on the bar and on the page.
    for (colour, width) in [("#fff", 5.0), (INK, 2.0)] {
        let stroke = format!(r#"stroke="{colour}" stroke-width="{width}""#);
        svg.line((low, middle), (high, middle), &stroke);
        for end in [low, high] {
            svg.line((end, middle - 5.0), (end, middle + 5.0), &stroke);
        }
    }
}
