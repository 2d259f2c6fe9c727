//! Known breaks as findings.

use crate::data::known_breaks::known_breaks;
use crate::files::{Problem, Problems};

pub(super) fn check(problems: &mut Problems) {
    for known in known_breaks() {
        let what = format!("{} ({} {})", known.what, known.table, known.year);
        let problem = Problem::warning("known-break", what).hint(&known.consequence);
        problems.add(match known.authority() {
            Some(code) => problem.about(code),
            None => problem,
        });
    }
}
