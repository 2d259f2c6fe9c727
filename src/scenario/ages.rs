//! Academic ages as written: `3-6`, or `10, 15-18`.

use std::borrow::Cow;
use std::collections::BTreeSet;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;

use crate::domain::OLDEST_AGE;

/// Academic ages and ranges of them, with commas between: `"3-6"`, `"10, 15-18"`.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Ages(pub(super) String);

impl Ages {
    /// The ages, or what is wrong with them.
    pub(super) fn resolve(&self) -> Result<BTreeSet<u8>, String> {
        let mut ages = BTreeSet::new();
        for part in self.0.split(',') {
            let (first, last) = part.split_once('-').unwrap_or((part, part));
            let (first, last) = (self.age(first)?, self.age(last)?);
            if first > last {
                return Err(format!("age {first} comes after age {last}"));
            }
            ages.extend(first..=last);
        }
        Ok(ages)
    }

    fn age(&self, text: &str) -> Result<u8, String> {
        let text = text.trim();
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !digits {
            return Err(format!(
                "`{}` is not ages such as `3-6` or `10, 15-18`",
                self.0
            ));
        }
        let age = text.parse().ok().filter(|age| *age <= OLDEST_AGE);
        age.ok_or_else(|| format!("age {text} is outside 0 to {OLDEST_AGE}"))
    }
}

/// Ages as people write them: `3-6, 10`.
pub(super) fn in_ranges(ages: &BTreeSet<u8>) -> String {
    let mut ranges: Vec<(u8, u8)> = Vec::new();
    for &age in ages {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == age => *last = age,
            _ => ranges.push((age, age)),
        }
    }
    let written = ranges.iter().map(|(first, last)| {
        if first == last {
            first.to_string()
        } else {
            format!("{first}-{last}")
        }
    });
    written.collect::<Vec<_>>().join(", ")
}

impl JsonSchema for Ages {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Ages".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "pattern": "^\\s*\\d+(\\s*-\\s*\\d+)?(\\s*,\\s*\\d+(\\s*-\\s*\\d+)?)*\\s*$",
            "examples": ["3-6", "10, 15-18"]
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_read_and_written_the_same_way() {
        for text in ["3-6", "10, 15-18", "0", "0-25"] {
            let ages = Ages(text.to_owned()).resolve().expect("good ages");
            assert_eq!(in_ranges(&ages), text);
        }
        assert!(Ages("10-5".to_owned()).resolve().is_err());
        assert!(Ages("26".to_owned()).resolve().is_err());
        assert!(Ages("Reception".to_owned()).resolve().is_err());
        assert!(Ages(String::new()).resolve().is_err());
    }
}
