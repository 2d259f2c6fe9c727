//! A waterfall: from a stock to a later one by what is added and taken.

use super::scale::Scale;
use super::svg::{Anchor, BLUE, Described, GREY, GRID, ORANGE, Svg, TURQUOISE};
use crate::report::words::{signed, whole};

/// One column.
#[derive(Debug, Clone)]
pub(in crate::report) struct Step {
    /// What it is, in up to two lines.
    pub(in crate::report) label: (String, String),
    /// The stock, or the change.
    pub(in crate::report) value: f64,
    /// A stock rather than a change.
    pub(in crate::report) is_stock: bool,
}

const WIDTH: f64 = 960.0;
const HEIGHT: f64 = 420.0;
const LEFT: f64 = 60.0;
const RIGHT: f64 = 950.0;
const TOP: f64 = 30.0;
const BOTTOM: f64 = 350.0;

/// Draws the chart.
pub(in crate::report) fn waterfall(data: &[Step], described: Described<'_>) -> String {
    let mut svg = Svg::new(WIDTH, HEIGHT);
    let mut level = 0.0;
    let spans: Vec<(f64, f64)> = data
        .iter()
        .map(|step| {
            let from = if step.is_stock { 0.0 } else { level };
            level = from + step.value;
            (from, level)
        })
        .collect();
    let values = spans.iter().flat_map(|(from, to)| [*from, *to]);
    let y = Scale::round(values.chain([0.0]), (BOTTOM, TOP), 5);
    for tick in y.ticks() {
        let at = y.at(tick);
        svg.line((LEFT, at), (RIGHT, at), &format!(r#"stroke="{GRID}""#));
        let label = (LEFT - 8.0, at + 5.0);
        svg.text(label, Anchor::End, &whole(tick), r#"class="axis""#);
    }
    let width = (RIGHT - LEFT) / data.len().max(1) as f64;
    for (index, (step, span)) in data.iter().zip(&spans).enumerate() {
        let left = LEFT + width * index as f64;
        column(&mut svg, step, *span, (left, width), &y);
        if index + 1 < data.len() {
            let joint = y.at(span.1);
            let dashed = format!(r#"stroke="{GREY}" stroke-dasharray="3 3""#);
            let (from, to) = (left + width * 0.85, left + width * 1.15);
            svg.line((from, joint), (to, joint), &dashed);
        }
    }
    svg.finish(described)
}

fn column(svg: &mut Svg, step: &Step, span: (f64, f64), place: (f64, f64), y: &Scale) {
    let (left, width) = place;
    let (from, to) = (y.at(span.0), y.at(span.1));
    let colour = match (step.is_stock, step.value < 0.0) {
        (true, _) => BLUE,
        (false, false) => ORANGE,
        (false, true) => TURQUOISE,
    };
    let corners = ((left + width * 0.15, from), (left + width * 0.85, to));
    svg.rect(corners.0, corners.1, &format!(r#"fill="{colour}""#));
    let middle = left + width / 2.0;
    let words = if step.is_stock {
        whole(step.value)
    } else {
        signed(step.value)
    };
    let label = (middle, from.min(to) - 8.0);
    svg.text(label, Anchor::Middle, &words, r#"class="label""#);
    let (one, two) = &step.label;
    let axis = r#"class="axis""#;
    svg.text((middle, BOTTOM + 24.0), Anchor::Middle, one, axis);
    svg.text((middle, BOTTOM + 44.0), Anchor::Middle, two, axis);
}
