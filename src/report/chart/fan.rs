//! A fan: published history, then the range of simulated futures.

use super::scale::Scale;
use super::svg::{Anchor, BLUE, Described, GREY, GRID, INK, INNER_BAND, OUTER_BAND, Svg};
use crate::report::words::{Rounding, whole};

/// The range of futures in one year.
#[derive(Debug, Clone, Copy)]
pub(in crate::report) struct Band {
    /// January.
    pub(in crate::report) year: i32,
    /// Quantiles 10, 25, 50, 75 and 90%.
    pub(in crate::report) quantiles: [f64; 5],
}

/// What a fan shows.
#[derive(Debug, Clone)]
pub(in crate::report) struct Fan {
    /// Published figures by year.
    pub(in crate::report) past: Vec<(i32, f64)>,
    /// Simulated years, the base year first.
    pub(in crate::report) bands: Vec<Band>,
}

const WIDTH: f64 = 960.0;
const HEIGHT: f64 = 440.0;
const LEFT: f64 = 60.0;
const RIGHT: f64 = 770.0;
const TOP: f64 = 30.0;
const BOTTOM: f64 = 390.0;

/// Draws the chart.
pub(in crate::report) fn fan(data: &Fan, described: Described<'_>) -> String {
    let mut svg = Svg::new(WIDTH, HEIGHT);
    let years = data.past.iter().map(|(year, _)| *year);
    let years = years.chain(data.bands.iter().map(|band| band.year));
    let (first, last) = years.fold((i32::MAX, i32::MIN), |(first, last), year| {
        (first.min(year), last.max(year))
    });
    if first > last {
        return svg.finish(described);
    }
    let across = (f64::from(last) - f64::from(first)).max(1.0);
    let x = |year: i32| LEFT + f64::from(year - first) / across * (RIGHT - LEFT);
    let values = data.past.iter().map(|(_, value)| *value);
    let values = values.chain(data.bands.iter().flat_map(|band| band.quantiles));
    let y = Scale::round(values.chain([0.0]), (BOTTOM, TOP), 6);
    axes(&mut svg, &x, &y, first..=last);
    bands(&mut svg, &data.bands, &x, &y);
    history(&mut svg, &data.past, &x, &y);
    labels(&mut svg, data, &x, &y);
    svg.finish(described)
}

fn axes(svg: &mut Svg, x: &impl Fn(i32) -> f64, y: &Scale, years: std::ops::RangeInclusive<i32>) {
    for tick in y.ticks() {
        let at = y.at(tick);
        svg.line((LEFT, at), (RIGHT, at), &format!(r#"stroke="{GRID}""#));
        let label = (LEFT - 8.0, at + 5.0);
        svg.text(label, Anchor::End, &whole(tick), r#"class="axis""#);
    }
    let every = if years.clone().count() > 12 { 5 } else { 1 };
    for year in years.filter(|year| year % every == 0) {
        let label = (x(year), BOTTOM + 22.0);
        svg.text(label, Anchor::Middle, &year.to_string(), r#"class="axis""#);
        let tick = format!(r#"stroke="{GREY}""#);
        svg.line((x(year), BOTTOM), (x(year), BOTTOM + 5.0), &tick);
    }
}

fn bands(svg: &mut Svg, bands: &[Band], x: &impl Fn(i32) -> f64, y: &Scale) {
    let edge = |quantile: usize| -> Vec<(f64, f64)> {
        let point = |band: &Band| (x(band.year), y.at(band.quantiles[quantile]));
        bands.iter().map(point).collect()
    };
    let between = |low: usize, high: usize| -> Vec<(f64, f64)> {
        let upper = edge(high).into_iter().rev();
        edge(low).into_iter().chain(upper).collect()
    };
    svg.polygon(&between(0, 4), &format!(r#"fill="{OUTER_BAND}""#));
    svg.polygon(&between(1, 3), &format!(r#"fill="{INNER_BAND}""#));
    let drawn = format!(r#"stroke="{BLUE}" stroke-width="1" stroke-dasharray="2 3""#);
    for quantile in [0, 4] {
        svg.polyline(&edge(quantile), &drawn);
    }
    svg.polyline(&edge(2), &format!(r#"stroke="{BLUE}" stroke-width="3""#));
}

fn history(svg: &mut Svg, past: &[(i32, f64)], x: &impl Fn(i32) -> f64, y: &Scale) {
    let points: Vec<(f64, f64)> = past.iter().map(|(year, v)| (x(*year), y.at(*v))).collect();
    svg.polyline(&points, &format!(r#"stroke="{INK}" stroke-width="1.5""#));
    for point in points {
        svg.circle(point, 3.5, &format!(r#"fill="{INK}""#));
    }
}

fn labels(svg: &mut Svg, data: &Fan, x: &impl Fn(i32) -> f64, y: &Scale) {
    if let Some((year, value)) = data.past.first() {
        let at = (x(*year), y.at(*value) - 12.0);
        svg.text(at, Anchor::Start, "Published", r#"class="label""#);
    }
    let (Some(first), Some(last)) = (data.bands.first(), data.bands.last()) else {
        return;
    };
    let now = x(first.year);
    let split = format!(r#"stroke="{GREY}" stroke-dasharray="5 4""#);
    svg.line((now, TOP - 8.0), (now, BOTTOM), &split);
    let at = (now + 6.0, BOTTOM - 10.0);
    svg.text(at, Anchor::Start, "Simulated", r#"class="label""#);
    let [low, _, middle, _, high] = last.quantiles;
    let rounding = Rounding::of_range(low, high);
    let rounded = |value: f64| whole(rounding.round(value));
    let words = [
        (high, format!("1 in 10 above {}", rounded(high))),
        (middle, format!("half above {}", rounded(middle))),
        (low, format!("1 in 10 below {}", rounded(low))),
    ];
    let mut above = f64::NEG_INFINITY;
    for (value, words) in words {
        let at = (y.at(value) + 5.0).max(above + 20.0);
        svg.text(
            (RIGHT + 10.0, at),
            Anchor::Start,
            &words,
            r#"class="label""#,
        );
        above = at;
    }
}
