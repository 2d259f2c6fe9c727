//! Filters: which cells of a parameter a change selects.

use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;

use super::Filter;
use super::ages::in_ranges;
use super::code::{Code, CodeList};
use super::context::Context;
use super::file::ChangeFile;
use crate::nearest::did_you_mean;
use crate::parameters::{Dimension, Parameter};
use crate::toml_file::Placed;

type Codes<C> = Placed<Vec<Placed<Code<C>>>>;

impl Filter {
    /// Whether some cell is selected by both.
    pub fn overlaps(&self, other: &Self) -> bool {
        fn meet<T: Ord>(a: &BTreeSet<T>, b: &BTreeSet<T>) -> bool {
            a.is_empty() || b.is_empty() || !a.is_disjoint(b)
        }
        meet(&self.ages, &other.ages)
            && meet(&self.sexes, &other.sexes)
            && meet(&self.needs, &other.needs)
            && meet(&self.to_needs, &other.to_needs)
            && meet(&self.settings, &other.settings)
            && meet(&self.to_settings, &other.to_settings)
            && meet(&self.reasons, &other.reasons)
            && self.meet_in_a_locality(other)
    }
}

impl Filter {
    /// A change of every locality and one of some of them are told apart: the first works first.
    fn meet_in_a_locality(&self, other: &Self) -> bool {
        let (a, b) = (&self.localities, &other.localities);
        (a.is_empty() && b.is_empty()) || !a.is_disjoint(b)
    }
}

impl fmt::Display for Filter {
    /// Empty when everything is selected, else for example `ages 3-6, needs SLCN`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fn codes<C: CodeList>(members: &BTreeSet<C>) -> String {
            let codes: Vec<&str> = members.iter().map(|member| member.written()).collect();
            codes.join(" ")
        }
        let localities: Vec<&str> = self.localities.iter().map(String::as_str).collect();
        let parts = [
            (Dimension::Age, in_ranges(&self.ages)),
            (Dimension::Sex, codes(&self.sexes)),
            (Dimension::Need, codes(&self.needs)),
            (Dimension::ToNeed, codes(&self.to_needs)),
            (Dimension::Setting, codes(&self.settings)),
            (Dimension::ToSetting, codes(&self.to_settings)),
            (Dimension::Reason, codes(&self.reasons)),
            (Dimension::Locality, localities.join(" ")),
        ];
        let given = parts.iter().filter(|(_, text)| !text.is_empty());
        let texts: Vec<String> = given
            .map(|(dimension, text)| format!("{} {text}", dimension.field()))
            .collect();
        f.write_str(&texts.join(", "))
    }
}

impl Context<'_> {
    /// The cells that a written change selects. Codes that do not exist are findings, and filters
    /// that the parameter does not have, where it is known.
    pub(super) fn filter(&mut self, written: &ChangeFile, parameter: Option<Parameter>) -> Filter {
        Filter {
            ages: self.ages(written, parameter),
            sexes: self.codes(written.sexes.as_ref(), Dimension::Sex, parameter),
            needs: self.codes(written.needs.as_ref(), Dimension::Need, parameter),
            to_needs: self.codes(written.to_needs.as_ref(), Dimension::ToNeed, parameter),
            settings: self.codes(written.settings.as_ref(), Dimension::Setting, parameter),
            to_settings: self.codes(
                written.to_settings.as_ref(),
                Dimension::ToSetting,
                parameter,
            ),
            reasons: self.codes(written.reasons.as_ref(), Dimension::Reason, parameter),
            localities: self.localities(written, parameter),
        }
    }

    fn ages(&mut self, written: &ChangeFile, parameter: Option<Parameter>) -> BTreeSet<u8> {
        let Some(ages) = &written.ages else {
            return BTreeSet::new();
        };
        self.check_dimension(Dimension::Age, parameter, &ages.span);
        ages.value.resolve().unwrap_or_else(|message| {
            self.error("wrong-ages", &ages.span, message, None);
            BTreeSet::new()
        })
    }

    fn codes<C: CodeList>(
        &mut self,
        written: Option<&Codes<C>>,
        dimension: Dimension,
        parameter: Option<Parameter>,
    ) -> BTreeSet<C> {
        let Some(codes) = written else {
            return BTreeSet::new();
        };
        self.check_dimension(dimension, parameter, &codes.span);
        if codes.value.is_empty() {
            self.empty_filter(dimension, &codes.span);
        }
        codes
            .value
            .iter()
            .filter_map(|code| self.member(code))
            .collect()
    }

    /// Localities as written: which there are, the area says.
    fn localities(
        &mut self,
        written: &ChangeFile,
        parameter: Option<Parameter>,
    ) -> BTreeSet<String> {
        let Some(localities) = &written.localities else {
            return BTreeSet::new();
        };
        self.check_dimension(Dimension::Locality, parameter, &localities.span);
        if localities.value.is_empty() {
            self.empty_filter(Dimension::Locality, &localities.span);
        }
        localities
            .value
            .iter()
            .map(|name| name.value.clone())
            .collect()
    }

    fn empty_filter(&mut self, dimension: Dimension, span: &Range<usize>) {
        let message = format!("`{}` is empty and selects nothing", dimension.field());
        let hint = "leave it out to select everything".to_owned();
        self.error("empty-filter", span, message, Some(hint));
    }

    /// The member of a code list; an unknown code is a finding.
    pub(super) fn member<C: CodeList>(&mut self, code: &Placed<Code<C>>) -> Option<C> {
        let member = code.value.member();
        if member.is_none() {
            let known = C::MEMBERS.iter().map(|member| member.written());
            let message = format!("unknown {} `{}`", C::WHAT, code.value.text);
            let hint = did_you_mean(&code.value.text, "known", known);
            self.error("unknown-code", &code.span, message, Some(hint));
        }
        member
    }

    fn check_dimension(
        &mut self,
        dimension: Dimension,
        parameter: Option<Parameter>,
        span: &Range<usize>,
    ) {
        let Some(parameter) = parameter.filter(|p| !p.dimensions().contains(&dimension)) else {
            return;
        };
        let fields: Vec<&str> = parameter.dimensions().iter().map(|d| d.field()).collect();
        let hint = match fields.as_slice() {
            [] if dimension == Dimension::Locality => {
                "services without a published list are kept by locality, and of them only posts and \
                 capacity can be changed in one"
                    .to_owned()
            }
            [] => "it has no filters".to_owned(),
            fields => format!("its filters are {}", fields.join(", ")),
        };
        let message = format!(
            "`{}` cannot be filtered by `{}`",
            parameter.path(),
            dimension.field()
        );
        self.error("filter-not-a-dimension", span, message, Some(hint));
    }
}
