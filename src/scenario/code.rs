//! Codes of needs, settings, sexes and reasons, as written in a scenario.

use std::borrow::Cow;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer};

use crate::domain::{CeaseReason, PrimaryNeed, Setting, Sex};

/// A code list of the field.
pub(super) trait CodeList: Copy + Ord + 'static {
    /// What messages call a member.
    const WHAT: &'static str;
    /// Name of the list in the schema.
    const NAME: &'static str;
    /// Every member.
    const MEMBERS: &'static [Self];

    /// How a scenario writes it.
    fn written(self) -> &'static str;
}

impl CodeList for PrimaryNeed {
    const WHAT: &'static str = "primary need";
    const NAME: &'static str = "PrimaryNeed";
    const MEMBERS: &'static [Self] = &Self::ALL;

    fn written(self) -> &'static str {
        self.code()
    }
}

impl CodeList for Setting {
    const WHAT: &'static str = "setting";
    const NAME: &'static str = "Setting";
    const MEMBERS: &'static [Self] = &Self::ALL;

    fn written(self) -> &'static str {
        self.code()
    }
}

impl CodeList for CeaseReason {
    const WHAT: &'static str = "reason for ceasing";
    const NAME: &'static str = "CeaseReason";
    const MEMBERS: &'static [Self] = &Self::ALL;

    fn written(self) -> &'static str {
        self.code()
    }
}

impl CodeList for Sex {
    const WHAT: &'static str = "sex";
    const NAME: &'static str = "Sex";
    const MEMBERS: &'static [Self] = &Self::ALL;

    fn written(self) -> &'static str {
        match self {
            Self::Female => "female",
            Self::Male => "male",
        }
    }
}

/// A code as written, not yet known to be one of the list.
#[derive(Debug, Clone)]
pub(super) struct Code<C> {
    /// The text.
    pub(super) text: String,
    list: PhantomData<C>,
}

impl<C: CodeList> Code<C> {
    /// The member, in any case of letters.
    pub(super) fn member(&self) -> Option<C> {
        let mut members = C::MEMBERS.iter().copied();
        members.find(|member| member.written().eq_ignore_ascii_case(&self.text))
    }
}

impl<'de, C> Deserialize<'de> for Code<C> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Self {
            text,
            list: PhantomData,
        })
    }
}

impl<C: CodeList> JsonSchema for Code<C> {
    fn schema_name() -> Cow<'static, str> {
        C::NAME.into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let codes: Vec<&str> = C::MEMBERS.iter().map(|member| member.written()).collect();
        json_schema!({ "type": "string", "enum": codes })
    }
}
