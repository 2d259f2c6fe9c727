//! Lines over years ahead, each named at its end.

use super::scale::Scale;
use super::svg::{Anchor, BLUE, Described, GREY, GRID, INK, ORANGE, PINK, Svg, TURQUOISE};

/// One line.
#[derive(Debug, Clone)]
pub(in crate::report) struct Line {
    /// Name written at its end.
    pub(in crate::report) name: String,
    /// Value at 1, 2, … years ahead.
    pub(in crate::report) values: Vec<f64>,
}

const WIDTH: f64 = 960.0;
const HEIGHT: f64 = 440.0;
const LEFT: f64 = 60.0;
const RIGHT: f64 = 610.0;
const TOP: f64 = 30.0;
const BOTTOM: f64 = 380.0;
const LABEL_HEIGHT: f64 = 20.0;

/// Strokes in order: the first line is thick, and no two differ by colour alone.
const STROKES: [(&str, &str); 6] = [
    (BLUE, r#"stroke-width="4""#),
    (PINK, r#"stroke-width="2" stroke-dasharray="8 4""#),
    (TURQUOISE, r#"stroke-width="2" stroke-dasharray="2 3""#),
    (ORANGE, r#"stroke-width="2" stroke-dasharray="12 4 2 4""#),
    (GREY, r#"stroke-width="2""#),
    (INK, r#"stroke-width="1.5" stroke-dasharray="4 4""#),
];

/// Draws the chart; `unit` follows every number of the axis.
pub(in crate::report) fn lines(data: &[Line], unit: &str, described: Described<'_>) -> String {
    let mut svg = Svg::new(WIDTH, HEIGHT);
    let longest = data.iter().map(|line| line.values.len()).max().unwrap_or(0);
    if longest == 0 {
        return svg.finish(described);
    }
    let across = (longest as f64 - 1.0).max(1.0);
    let x = |ahead: usize| LEFT + (ahead as f64 / across) * (RIGHT - LEFT);
    let values = data.iter().flat_map(|line| line.values.iter().copied());
    let y = Scale::round(values.chain([0.0]), (BOTTOM, TOP), 6);
    for tick in y.ticks() {
        let at = y.at(tick);
        svg.line((LEFT, at), (RIGHT, at), &format!(r#"stroke="{GRID}""#));
        let label = format!("{tick}{unit}");
        svg.text(
            (LEFT - 8.0, at + 5.0),
            Anchor::End,
            &label,
            r#"class="axis""#,
        );
    }
    for ahead in 0..longest {
        let label = (x(ahead), BOTTOM + 22.0);
        svg.text(
            label,
            Anchor::Middle,
            &(ahead + 1).to_string(),
            r#"class="axis""#,
        );
    }
    let words = (f64::midpoint(LEFT, RIGHT), BOTTOM + 46.0);
    svg.text(words, Anchor::Middle, "Years ahead", r#"class="axis""#);
    let mut ends: Vec<(f64, usize)> = Vec::new();
    for (i, line) in data.iter().enumerate() {
        let (colour, stroke) = STROKES[i % STROKES.len()];
        let points: Vec<(f64, f64)> = line
            .values
            .iter()
            .enumerate()
            .map(|(ahead, value)| (x(ahead), y.at(*value)))
            .collect();
        svg.polyline(&points, &format!(r#"stroke="{colour}" {stroke}"#));
        ends.extend(points.last().map(|(_, at)| (*at, i)));
    }
    ends.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut above = f64::NEG_INFINITY;
    for (at, i) in ends {
        let label = (at + 5.0).max(above + LABEL_HEIGHT);
        let name = &data[i].name;
        svg.text(
            (RIGHT + 10.0, label),
            Anchor::Start,
            name,
            r#"class="label""#,
        );
        above = label;
    }
    svg.finish(described)
}
