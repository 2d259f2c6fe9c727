//! The size of a change as written.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::parameters::Uncertain;

/// A number, or a distribution: `0.9`, `{ low = 0.8, high = 1.0 }` where every value is as likely,
/// `{ low = 0.8, mode = 0.9, high = 1.0 }` with a most likely value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Size(pub(super) Uncertain);

/// A distribution, as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Range {
    low: f64,
    mode: Option<f64>,
    high: f64,
}

impl From<Range> for Size {
    fn from(Range { low, mode, high }: Range) -> Self {
        let spread = match mode {
            Some(mode) => Uncertain::Triangular { low, mode, high },
            None => Uncertain::Uniform { low, high },
        };
        // A range without width is a known number, so that a change of nothing is seen as such.
        Self(if spread.is_exactly(low) {
            Uncertain::Fixed(low)
        } else {
            spread
        })
    }
}

impl<'de> Deserialize<'de> for Size {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(SizeVisitor)
    }
}

struct SizeVisitor;

impl<'de> Visitor<'de> for SizeVisitor {
    type Value = Size;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number, { low, high } or { low, mode, high }")
    }

    fn visit_f64<E>(self, value: f64) -> Result<Size, E> {
        Ok(Size(Uncertain::Fixed(value)))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Size, E> {
        Ok(Size(Uncertain::Fixed(value as f64)))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Size, A::Error> {
        Range::deserialize(MapAccessDeserializer::new(map)).map(Size::from)
    }
}

impl JsonSchema for Size {
    fn schema_name() -> Cow<'static, str> {
        "Size".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A number, or a distribution that every draw samples once.",
            "oneOf": [
                { "type": "number" },
                {
                    "type": "object",
                    "description": "Between low and high; every value as likely, unless mode gives the most likely one.",
                    "properties": {
                        "low": { "type": "number", "description": "Least value." },
                        "mode": { "type": "number", "description": "Most likely value." },
                        "high": { "type": "number", "description": "Greatest value." }
                    },
                    "required": ["low", "high"],
                    "additionalProperties": false
                }
            ]
        })
    }
}
