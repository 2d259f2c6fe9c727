//! Every parameter by path.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::{Passport, Source, Uncertain};
use crate::domain::Date;
use crate::nearest::nearest;

static EMBEDDED: LazyLock<ParameterSet> = LazyLock::new(|| match ParameterSet::load() {
    Ok(set) => set,
    Err(findings) => {
        panic!("the tests load the built-in parameters, so they are right: {findings:?}")
    }
});

/// The passports of every number, and the sources that they rest on.
#[derive(Debug, Clone, Default)]
pub struct ParameterSet {
    pub(super) passports: BTreeMap<String, Passport>,
    pub(super) sources: BTreeMap<String, Source>,
    /// Paths of the stated numbers that scenarios can change, in order.
    pub(super) changeable: Vec<String>,
}

impl ParameterSet {
    /// The set that is built into the program.
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// The passport of a path.
    pub fn passport(&self, path: &str) -> Option<&Passport> {
        self.passports.get(path)
    }

    /// The publication of a source key.
    pub fn source(&self, key: &str) -> Option<&Source> {
        self.sources.get(key)
    }

    /// The value that holds on a date; the first one before its own start. `None` when the path is
    /// unknown, or when its values are fitted to an area and so not here.
    pub fn value(&self, path: &str, date: Date) -> Option<Uncertain> {
        self.passport(path)?.value_on(date)
    }

    /// The value of a parameter that the program itself reads.
    ///
    /// # Panics
    ///
    /// When there is none: the tests look up every path that the program reads.
    pub fn uncertain(&self, path: &str, date: Date) -> Uncertain {
        match self.value(path, date) {
            Some(value) => value,
            None => panic!("`{path}` is read by the program and must stand in scenarios/baseline"),
        }
    }

    /// Paths of the stated numbers that scenarios can change, in order.
    pub fn changeable_paths(&self) -> impl Iterator<Item = &str> {
        self.changeable.iter().map(String::as_str)
    }

    /// The path at a place among those that scenarios can change; empty beyond the last.
    pub(super) fn changeable(&self, index: u16) -> &str {
        let path = self.changeable.get(usize::from(index));
        path.map_or("", String::as_str)
    }

    /// The place of a path among those that scenarios can change.
    pub(super) fn position_of_changeable(&self, path: &str) -> Option<u16> {
        let index = self
            .changeable
            .binary_search_by(|known| known.as_str().cmp(path));
        u16::try_from(index.ok()?).ok()
    }

    /// Every passport, by path.
    pub fn iter(&self) -> impl Iterator<Item = &Passport> {
        self.passports.values()
    }

    /// Every source, by key.
    pub fn sources(&self) -> impl Iterator<Item = (&str, &Source)> {
        self.sources
            .iter()
            .map(|(key, source)| (key.as_str(), source))
    }

    /// What an unknown path probably means.
    pub fn hint(&self, path: &str) -> String {
        match nearest(path, self.passports.keys().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`sendsim explain` lists every parameter".to_owned(),
        }
    }
}
