//! Rates by single age: a column for each age with its range.

use super::scale::Scale;
use super::svg::{Anchor, BLUE, Described, GRID, INK, PINK, Svg};

/// The rate at one age.
#[derive(Debug, Clone, Copy)]
pub(in crate::report) struct Rate {
    /// Age at 31 August.
    pub(in crate::report) age: u8,
    /// Rate per 1,000 children and year.
    pub(in crate::report) value: f64,
    /// Its range.
    pub(in crate::report) range: (f64, f64),
    /// A peak, labelled with its figure.
    pub(in crate::report) is_peak: bool,
}

const WIDTH: f64 = 960.0;
const HEIGHT: f64 = 400.0;
const LEFT: f64 = 50.0;
const RIGHT: f64 = 940.0;
const TOP: f64 = 30.0;
const BOTTOM: f64 = 340.0;

/// Draws the chart.
pub(in crate::report) fn rates(data: &[Rate], described: Described<'_>) -> String {
    let mut svg = Svg::new(WIDTH, HEIGHT);
    let values = data.iter().flat_map(|rate| [rate.value, rate.range.1]);
    let y = Scale::round(values.chain([0.0]), (BOTTOM, TOP), 5);
    for tick in y.ticks() {
        let at = y.at(tick);
        svg.line((LEFT, at), (RIGHT, at), &format!(r#"stroke="{GRID}""#));
        let label = (LEFT - 8.0, at + 5.0);
        svg.text(label, Anchor::End, &format!("{tick}"), r#"class="axis""#);
    }
    let width = (RIGHT - LEFT) / data.len().max(1) as f64;
    for (index, rate) in data.iter().enumerate() {
        let left = LEFT + width * index as f64;
        column(&mut svg, rate, (left, width), &y);
    }
    let middle = f64::midpoint(LEFT, RIGHT);
    let axis = "Age at 31 August before the year starts";
    svg.text(
        (middle, BOTTOM + 48.0),
        Anchor::Middle,
        axis,
        r#"class="axis""#,
    );
    svg.finish(described)
}

fn column(svg: &mut Svg, rate: &Rate, (left, width): (f64, f64), y: &Scale) {
    let middle = left + width / 2.0;
    let colour = if rate.is_peak { PINK } else { BLUE };
    let corners = (
        (left + width * 0.15, y.at(0.0)),
        (left + width * 0.85, y.at(rate.value)),
    );
    svg.rect(corners.0, corners.1, &format!(r#"fill="{colour}""#));
    let (low, high) = (y.at(rate.range.0), y.at(rate.range.1));
    for (stroke, wide) in [("#fff", 4.0), (INK, 1.5)] {
        let style = format!(r#"stroke="{stroke}" stroke-width="{wide}""#);
        svg.line((middle, low), (middle, high), &style);
    }
    if rate.is_peak {
        let words = format!("{:.0} in 1,000", rate.value);
        svg.text(
            (middle, high - 8.0),
            Anchor::Middle,
            &words,
            r#"class="label""#,
        );
    }
    let age = (middle, BOTTOM + 20.0);
    svg.text(
        age,
        Anchor::Middle,
        &rate.age.to_string(),
        r#"class="axis""#,
    );
}
