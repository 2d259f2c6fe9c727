//! What is wrong with a command line, said as everywhere else.

use std::ops::RangeInclusive;

/// Text of a usage error: its tips are hints, and the help is the last one.
pub fn usage(error: &clap::Error) -> String {
    let text = error.render().to_string();
    let (what, help) = match text.split_once("\n\nFor more information") {
        Some((what, _)) => (what, true),
        None => (text.as_str(), false),
    };
    let text = what
        .replace("\n\n  tip: ", "\nhint: ")
        .replace("\n\nUsage:", "\nusage:");
    let told = !help || text.contains("\nhint: ");
    let help = if told {
        ""
    } else {
        "\nhint: add `--help` to see what can be given"
    };
    format!("{}{help}", text.trim_end())
}

/// Reads a whole number within bounds.
pub(super) fn whole_number(
    bounds: RangeInclusive<u32>,
) -> impl Fn(&str) -> Result<u32, String> + Clone {
    move |text| {
        let number = text.parse().ok().filter(|number| bounds.contains(number));
        number.ok_or_else(|| {
            format!(
                "expected a whole number from {} to {}",
                bounds.start(),
                bounds.end()
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_outside_its_bounds_is_refused_with_both() {
        let read = whole_number(1..=15);
        assert_eq!(read("15"), Ok(15));
        for wrong in ["0", "16", "-3", "1.5", "ten", "", "99999999999"] {
            assert_eq!(
                read(wrong),
                Err("expected a whole number from 1 to 15".to_owned())
            );
        }
    }
}
