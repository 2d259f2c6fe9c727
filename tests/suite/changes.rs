//! Scenarios of changes, for tests of companion models.

use std::path::Path;

use sendsim::parameters::{ParameterSet, Passport};
use sendsim::scenario::{self, Scenario};

/// A day from which a change of a number must be felt: the base date where it is read then only.
pub(crate) const fn first_day(passport: &Passport) -> &'static str {
    if passport.on_base_date {
        "2025-01-01"
    } else {
        "2025-06-01"
    }
}

/// The numbers whose paths begin so.
pub(crate) fn numbers_under(paths: &'static str) -> impl Iterator<Item = &'static Passport> {
    let passports = ParameterSet::embedded().iter();
    passports.filter(move |passport| passport.path.starts_with(paths))
}

/// A scenario of changes: path, operation, from, until.
pub(crate) fn changed(changes: &[(&str, &str, &str, Option<&str>)]) -> Scenario {
    let mut text = String::from(
        "title = \"t\"\nquestion = \"q?\"\nbase = \"baseline\"\nauthor = \"a\"\ndate = 2026-01-01\nnot-modelled = []\n",
    );
    for (path, operation, from, until) in changes {
        let until = until.map_or(String::new(), |until| format!("until = {until}\n"));
        let change = format!(
            "[[change]]\npath = \"{path}\"\n{operation}\nfrom = {from}\n{until}reason = \"r\"\nsource = \"s\"\n"
        );
        text.push_str(&change);
    }
    let folder = tempfile::tempdir().expect("a scratch folder");
    let path = folder.path().join("changed.toml");
    std::fs::write(&path, text).expect("written");
    scenario::load(Path::new(&path), 2025).expect("a valid scenario")
}
