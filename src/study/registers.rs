//! What a study rests on: parameters, sources, findings.

use crate::area::{AreaPack, NO_OUTLOOK};
use crate::domain::Basis;
use crate::finding::Severity;
use crate::parameters::ParameterSet;
use crate::report::{FindingRow, ParameterRow, SourceRow};

/// Every stated parameter with its passport, then every number estimated for the area.
pub(super) fn parameters(pack: &AreaPack, parameters: &ParameterSet) -> Vec<ParameterRow> {
    let mut rows: Vec<ParameterRow> = parameters.iter().flat_map(ParameterRow::of).collect();
    rows.extend(pack.estimates.iter().map(|estimate| ParameterRow {
        path: format!("estimates.{}", estimate.name),
        label: estimate.name.replace(['.', '-'], " "),
        unit: "see note".to_owned(),
        value: estimate.value,
        low: estimate.value - 1.2816 * estimate.standard_error,
        high: estimate.value + 1.2816 * estimate.standard_error,
        basis: if estimate.note.contains("assumption") {
            Basis::Assumption
        } else {
            Basis::Derived
        },
        source: "ehcp25".to_owned(),
        note: estimate.note.clone(),
        from: format!("{}-01-01", pack.manifest.base_year),
        checked_on: String::new(),
    }));
    rows
}

/// Publications behind the parameters and behind the pack.
pub(super) fn sources(pack: &AreaPack, parameters: &ParameterSet) -> Vec<SourceRow> {
    let stated = parameters
        .sources()
        .map(|(key, source)| SourceRow::of(key, source));
    stated
        .chain(pack.manifest.source.iter().map(SourceRow::from))
        .collect()
}

/// What the import found in the figures of the area, and what the pack lacks.
pub(super) fn findings(pack: &AreaPack) -> Vec<FindingRow> {
    let without_outlook = pack.outlook.is_empty().then(|| FindingRow {
        check: "no-outlook".to_owned(),
        severity: Severity::Warning.label().to_owned(),
        location: "outlook.csv".to_owned(),
        message: "the pack has no outlook".to_owned(),
        hint: NO_OUTLOOK.to_owned(),
    });
    let without_places = pack.place_groups.is_empty().then(|| FindingRow {
        check: "no-places".to_owned(),
        severity: Severity::Warning.label().to_owned(),
        location: "place_groups.csv".to_owned(),
        message: "the pack has no table of places".to_owned(),
        hint: "every child finds a place: nothing is told of places, waiting or phase transfers"
            .to_owned(),
    });
    let imported = pack.findings.iter().map(|finding| FindingRow {
        check: finding.check.clone(),
        severity: finding.severity.clone(),
        location: finding.place.clone(),
        message: finding.message.clone(),
        hint: finding.consequence.clone(),
    });
    let missing = without_outlook.into_iter().chain(without_places);
    missing.chain(imported).collect()
}
