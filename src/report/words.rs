//! Numbers and labels in plain English.

use crate::summarise::Summary;

/// A whole number with thousands separators: `3,735`, `-12`.
pub(super) fn whole(value: f64) -> String {
    let digits = format!("{:.0}", value.abs());
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if value < 0.0 && digits != "0" {
        grouped.insert(0, '-');
    }
    grouped
}

/// A difference with its sign: `+40`, `-12`, `0`.
pub(super) fn signed(value: f64) -> String {
    let plain = whole(value);
    if value > 0.0 && plain != "0" {
        format!("+{plain}")
    } else {
        plain
    }
}

/// The median with its 80% range: `34 (22 to 50)`; the median alone where the range is no wider;
/// `-` where there is none.
pub(super) fn with_range_or_none(summary: Option<&Summary>) -> String {
    let known = summary.filter(|summary| summary.mean.is_finite());
    known.map_or_else(|| "-".to_owned(), |summary| told_as(summary, whole))
}

/// The median with its 80% range, each number in words of its own; the median alone where the range
/// is no wider.
pub(super) fn told_as(summary: &Summary, words: impl Fn(f64) -> String) -> String {
    let [_, low, _, middle, _, high, _] = summary.quantiles.map(words);
    if low == high {
        middle
    } else {
        format!("{middle} ({low} to {high})")
    }
}

/// A number of things: `1 year`, `1,000 years`.
pub fn counted(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", whole(number as f64))
}

/// A share in per cent, with a decimal where it is small: `8%`, `2.4%`.
pub(super) fn per_cent(share: f64) -> String {
    let places = usize::from(share.abs() < 10.0);
    format!("{share:.places$}%")
}

/// How coarsely a number is told, so that its digits do not claim more than its range knows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rounding(f64);

impl Rounding {
    /// The greatest of 1, 5, 10, 50, 100, … that is at most an eighth of the range.
    pub(super) fn of_range(low: f64, high: f64) -> Self {
        let finest = (high - low).abs() / 8.0;
        let mut step = 1.0;
        for factor in [5.0, 2.0].into_iter().cycle().take(20) {
            if step * factor > finest {
                break;
            }
            step *= factor;
        }
        Self(step)
    }

    /// The number to the nearest step.
    pub(super) fn round(self, value: f64) -> f64 {
        (value / self.0).round() * self.0
    }

    /// The number in words: `about 4,600`, or `4,612` where every unit is known.
    pub(super) fn about(self, value: f64) -> String {
        let rounded = whole(self.round(value));
        if self.0 > 1.0 {
            format!("about {rounded}")
        } else {
            rounded
        }
    }

    /// A range: `4,100 to 5,200`.
    pub(super) fn range(self, low: f64, high: f64) -> String {
        range_of(&whole(self.round(low)), &whole(self.round(high)))
    }
}

fn range_of(low: &str, high: &str) -> String {
    if low == high {
        low.to_owned()
    } else {
        format!("{low} to {high}")
    }
}

/// The median of a distribution with its 80% range: `about 4,600 (4,100 to 5,200)`.
pub(super) fn about_with_range(summary: &crate::summarise::Summary) -> String {
    let [_, low, _, middle, _, high, _] = summary.quantiles;
    let rounding = Rounding::of_range(low, high);
    let range = rounding.range(low, high);
    if low < high {
        format!("{} ({range})", rounding.about(middle))
    } else {
        whole(middle)
    }
}

/// How often, among a hundred: `94 of 100`. Certainty is said only when no run says otherwise.
pub(super) fn of_100(share: f64) -> String {
    let percent = (share * 100.0).round();
    if share <= 0.0 {
        "none".to_owned()
    } else if share >= 1.0 {
        "all".to_owned()
    } else if percent < 1.0 {
        "fewer than 1 of 100".to_owned()
    } else if percent > 99.0 {
        "more than 99 of 100".to_owned()
    } else {
        format!("{percent} of 100")
    }
}

/// Where the number of futures is the number of simulated ones.
pub(super) fn futures(share: f64) -> String {
    match of_100(share).as_str() {
        "all" => "all simulated futures".to_owned(),
        "none" => "none of the simulated futures".to_owned(),
        often => format!("{often} simulated futures"),
    }
}

/// A published label in sentence case, acronyms kept: `Autistic spectrum disorder`.
pub(super) fn sentence_case(label: &str) -> String {
    let mut words = label.split(' ').map(|word| {
        let letters = word.chars().filter(|letter| letter.is_alphabetic());
        let capitals = letters.filter(|letter| letter.is_uppercase()).count();
        match word {
            "&" => "and".to_owned(),
            "Communications" => "communication".to_owned(),
            _ if capitals > 1 && !word.contains(['-', '/']) => word.to_owned(),
            _ => word.to_lowercase(),
        }
    });
    let mut first = words.next().unwrap_or_default();
    if let Some(capital) = first.get(..1).map(str::to_uppercase) {
        first.replace_range(..1, &capital);
    }
    words.fold(first, |sentence, word| sentence + " " + &word)
}

/// What an indicator counts: `Plans moved in` for `plans_moved_in`.
pub(super) fn indicator(name: &str) -> String {
    match name {
        "population" => "Residents aged 0 to 25".to_owned(),
        "sen_support" => "Children on SEN support".to_owned(),
        "ehc_plans" => "EHC plans".to_owned(),
        "dsg_in_year_balance_pounds" => {
            "In-year balance of the high needs block [pounds]".to_owned()
        }
        "plan_years_by_band" => "Plan-years by band of top-up".to_owned(),
        "deficit_on_council_pounds" => "Deficit on the council's reserves [pounds]".to_owned(),
        "dsg_cumulative_balance_pounds" => "Balance at the end of the year [pounds]".to_owned(),
        "put_in_present_value_pounds" => {
            "Programmes and buildings so far, present value [pounds]".to_owned()
        }
        "spend_present_value_pounds" => "All spend so far, present value [pounds]".to_owned(),
        other if other.ends_with("_pounds") => {
            let name = other.trim_end_matches("_pounds").replace('_', " ");
            format!("{} [pounds]", sentence_case(&name))
        }
        other => sentence_case(&other.replace('_', " ")),
    }
}

/// `a`, `a and b`, `a, b and c`.
pub(super) fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_thousands_separators_and_no_negative_nothing() {
        assert_eq!(whole(3735.0), "3,735");
        assert_eq!(whole(1_234_567.4), "1,234,567");
        assert_eq!(whole(-0.2), "0");
        assert_eq!(signed(12.6), "+13");
        assert_eq!(signed(-1200.0), "-1,200");
    }

    #[test]
    fn figures_are_as_coarse_as_their_range_is_wide() {
        let rounding = Rounding::of_range(4108.0, 5187.0);
        assert_eq!(rounding.about(4612.0), "about 4,600");
        assert_eq!(rounding.range(4108.0, 5187.0), "4,100 to 5,200");
        assert_eq!(
            Rounding::of_range(-170.0, -128.0).about(-151.0),
            "about -150"
        );
        assert_eq!(Rounding::of_range(3.0, 9.0).about(5.0), "5");
    }

    #[test]
    fn certainty_is_said_only_when_no_run_says_otherwise() {
        assert_eq!(of_100(0.942), "94 of 100");
        assert_eq!(of_100(0.999), "more than 99 of 100");
        assert_eq!(of_100(1.0), "all");
        assert_eq!(of_100(0.001), "fewer than 1 of 100");
    }

    #[test]
    fn labels_keep_their_acronyms() {
        for (label, plain) in [
            ("Autistic Spectrum Disorder", "Autistic spectrum disorder"),
            ("Multi-Sensory Impairment", "Multi-sensory impairment"),
            ("Other Difficulty/Disability", "Other difficulty/disability"),
            ("SEN unit in mainstream", "SEN unit in mainstream"),
            ("Other arrangements (EOTAS)", "Other arrangements (EOTAS)"),
            (
                "Speech, Language and Communications needs",
                "Speech, language and communication needs",
            ),
        ] {
            assert_eq!(sentence_case(label), plain);
        }
    }
}
