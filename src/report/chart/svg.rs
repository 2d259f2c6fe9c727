//! Elements of SVG.

use std::fmt::Write as _;

/// Colours of the Government Analysis Function, in the order of use: dark blue, turquoise, dark
/// pink, orange. Each stands at least 3 to 1 against white and against its neighbour.
pub(super) const BLUE: &str = "#12436D";
pub(super) const TURQUOISE: &str = "#28A197";
pub(super) const PINK: &str = "#801650";
pub(super) const ORANGE: &str = "#F46A25";
pub(super) const INK: &str = "#0b0c0c";
pub(super) const GREY: &str = "#505a5f";
pub(super) const GRID: &str = "#d8dcdf";
pub(super) const OUTER_BAND: &str = "#cfdbe5";
pub(super) const INNER_BAND: &str = "#a4b9cb";

/// Height of a line of a label.
const LINE: f64 = 18.0;

/// What a chart is called and how it is described to those who cannot see it.
#[derive(Debug, Clone, Copy)]
pub(in crate::report) struct Described<'a> {
    /// Name of the chart in the page, unique.
    pub(in crate::report) id: &'a str,
    /// What it shows, in one line.
    pub(in crate::report) title: &'a str,
    /// What it says, in a sentence or two.
    pub(in crate::report) description: &'a str,
}

/// Where a text is anchored.
#[derive(Debug, Clone, Copy)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// A drawing of fixed size, in units that the page scales to its width.
pub(super) struct Svg {
    width: f64,
    height: f64,
    body: String,
}

impl Svg {
    pub(super) const fn new(width: f64, height: f64) -> Self {
        Self {
            width,
            height,
            body: String::new(),
        }
    }

    pub(super) fn line(&mut self, from: (f64, f64), to: (f64, f64), style: &str) {
        let (x1, y1, x2, y2) = (place(from.0), place(from.1), place(to.0), place(to.1));
        self.push(&format!(
            r#"<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" {style}/>"#
        ));
    }

    pub(super) fn polyline(&mut self, points: &[(f64, f64)], style: &str) {
        let points = join(points);
        self.push(&format!(
            r#"<polyline points="{points}" fill="none" {style}/>"#
        ));
    }

    pub(super) fn polygon(&mut self, points: &[(f64, f64)], style: &str) {
        let points = join(points);
        self.push(&format!(r#"<polygon points="{points}" {style}/>"#));
    }

    pub(super) fn rect(&mut self, from: (f64, f64), to: (f64, f64), style: &str) {
        let (x, y) = (place(from.0.min(to.0)), place(from.1.min(to.1)));
        let (width, height) = (place((to.0 - from.0).abs()), place((to.1 - from.1).abs()));
        self.push(&format!(
            r#"<rect x="{x}" y="{y}" width="{width}" height="{height}" {style}/>"#
        ));
    }

    pub(super) fn circle(&mut self, at: (f64, f64), radius: f64, style: &str) {
        let (x, y) = (place(at.0), place(at.1));
        self.push(&format!(
            r#"<circle cx="{x}" cy="{y}" r="{radius}" {style}/>"#
        ));
    }

    pub(super) fn text(&mut self, at: (f64, f64), anchor: Anchor, words: &str, style: &str) {
        let (x, y) = (place(at.0), place(at.1));
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let words = escape(words);
        self.push(&format!(
            r#"<text x="{x}" y="{y}" text-anchor="{anchor}" {style}>{words}</text>"#
        ));
    }

    /// A label in at most two lines about a height, each of at most `longest` letters if words allow.
    pub(super) fn label(&mut self, at: (f64, f64), anchor: Anchor, words: &str, longest: usize) {
        let lines = two_lines(words, longest);
        let first = at.1 + 5.0 - LINE / 2.0 * (lines.len() as f64 - 1.0);
        for (line, words) in lines.iter().enumerate() {
            let at = (at.0, first + LINE * line as f64);
            self.text(at, anchor, words, r#"class="label""#);
        }
    }

    /// The element, named and described.
    pub(super) fn finish(self, described: Described<'_>) -> String {
        let Described {
            id,
            title,
            description,
        } = described;
        let (width, height) = (self.width, self.height);
        let (title, description) = (escape(title), escape(description));
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" role=\"img\" \
             aria-labelledby=\"{id}-title {id}-description\">\n\
             <title id=\"{id}-title\">{title}</title>\n\
             <desc id=\"{id}-description\">{description}</desc>\n{}</svg>",
            self.body
        )
    }

    fn push(&mut self, element: &str) {
        self.body.push_str(element);
        self.body.push('\n');
    }
}

/// Words in one line if they fit, else in two of as equal length as words allow.
fn two_lines(words: &str, longest: usize) -> Vec<&str> {
    let letters = |words: &str| words.chars().count();
    if letters(words) <= longest {
        return vec![words];
    }
    let uneven = |at: &usize| letters(&words[..*at]).abs_diff(letters(&words[at + 1..]));
    let spaces = words.match_indices(' ').map(|(at, _)| at);
    spaces
        .min_by_key(uneven)
        .map_or_else(|| vec![words], |at| vec![&words[..at], &words[at + 1..]])
}

/// A position to a tenth of a unit, in as few digits as it takes.
fn place(position: f64) -> f64 {
    (position * 10.0).round() / 10.0
}

fn join(points: &[(f64, f64)]) -> String {
    points.iter().fold(String::new(), |mut joined, (x, y)| {
        // Writing to a string does not fail.
        let _ = write!(joined, "{},{} ", place(*x), place(*y));
        joined
    })
}

fn escape(words: &str) -> String {
    words
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_labels_are_cut_in_the_middle_between_words() {
        let need = "Speech, language and communication needs";
        assert_eq!(
            two_lines(need, 36),
            ["Speech, language and", "communication needs"]
        );
        assert_eq!(two_lines("Mainstream school", 36), ["Mainstream school"]);
        assert_eq!(two_lines("Unbreakable", 4), ["Unbreakable"]);
    }
}
