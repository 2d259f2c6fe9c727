//! Assumptions, sources, findings and the run itself.

use super::page::{Block, DataTable, Section, numbers, words};
use crate::domain::Basis;
use crate::report::{ParameterRow, Results};

/// The register: assumptions in view, the rest folded.
pub(super) fn assumptions(results: &Results) -> Section {
    let is_judged = |row: &&ParameterRow| matches!(row.basis, Basis::Assumption | Basis::Expert);
    let (judged, others): (Vec<&ParameterRow>, Vec<&ParameterRow>) =
        results.parameters.iter().partition(is_judged);
    let mut blocks = vec![Block::paragraph(
        "Every number that the simulation uses has a source and a basis: published, derived from \
         published figures, local, judged by experts, or assumed. Those that rest on judgement \
         come first: they are the ones to question.",
    )];
    if !judged.is_empty() {
        blocks.push(Block::Table {
            table: parameters("Assumptions and expert judgements", &judged),
            folded: judged.len() > 40,
        });
    }
    if !others.is_empty() {
        blocks.push(Block::Table {
            table: parameters("Published, derived and local values", &others),
            folded: true,
        });
    }
    Section {
        id: "assumptions",
        heading: "What it assumes".to_owned(),
        blocks,
    }
}

fn parameters(caption: &str, rows: &[&ParameterRow]) -> DataTable {
    let row = |row: &&ParameterRow| {
        let value = if row.low < row.high {
            let [value, low, high] = [row.value, row.low, row.high].map(short);
            format!("{value} ({low} to {high})")
        } else {
            short(row.value)
        };
        vec![
            row.label.clone(),
            value,
            row.unit.clone(),
            row.basis.code().to_owned(),
            row.source.clone(),
            row.note.clone(),
        ]
    };
    DataTable {
        caption: format!("{caption} ({})", rows.len()),
        columns: words(["What", "Value and range", "Unit", "Basis", "Source", "Note"]),
        rows: rows.iter().map(row).collect(),
    }
}

/// Three significant figures, or the whole number.
fn short(value: f64) -> String {
    if value.abs() >= 1000.0 {
        return crate::report::words::whole(value);
    }
    let places = if value == 0.0 {
        0
    } else {
        (2.0 - value.abs().log10().floor()).clamp(0.0, 8.0) as usize
    };
    let digits = format!("{value:.places$}");
    if digits.contains('.') {
        digits
            .trim_end_matches('0')
            .trim_end_matches('.')
            .to_owned()
    } else {
        digits
    }
}

/// Publications.
pub(super) fn sources(results: &Results) -> Section {
    let row = |source: &crate::report::SourceRow| {
        vec![
            source.title.clone(),
            source.publisher.clone(),
            source.release.clone(),
            source.licence.clone(),
            source.url.clone(),
            source.key.clone(),
        ]
    };
    let table = DataTable {
        caption: format!("Publications ({})", results.sources.len()),
        columns: words(["Title", "Publisher", "Release", "Licence", "Address", "Key"]),
        rows: results.sources.iter().map(row).collect(),
    };
    Section {
        id: "sources",
        heading: "Where the figures come from".to_owned(),
        blocks: vec![Block::Table {
            folded: results.sources.len() > 12,
            table,
        }],
    }
}

/// What the checks of the inputs found; `None` when they found nothing.
pub(super) fn findings(results: &Results) -> Option<Section> {
    let row = |finding: &crate::report::FindingRow| {
        vec![
            finding.message.clone(),
            finding.severity.clone(),
            finding.location.clone(),
            finding.hint.clone(),
        ]
    };
    (!results.findings.is_empty()).then(|| Section {
        id: "findings",
        heading: "What was found in the input figures".to_owned(),
        blocks: vec![Block::Table {
            table: DataTable {
                caption: format!("Findings ({})", results.findings.len()),
                columns: words(["Finding", "Severity", "Where", "What follows"]),
                rows: results.findings.iter().map(row).collect(),
            },
            folded: results.findings.len() > 12,
        }],
    })
}

/// How to run it again.
pub(super) fn run(results: &Results) -> Section {
    let area = &results.area;
    let row = |name: &str, value: String| vec![name.to_owned(), value];
    let rows = vec![
        row("Area", format!("{} ({})", area.name, area.new_la_code)),
        row("NHS partner", area.integrated_care_board.clone()),
        row("Starting from", format!("1 January {}", area.base_year)),
        row("Years", results.years.to_string()),
        row("Simulated futures", results.runs.to_string()),
        row("Seed", results.seed.to_string()),
        row("Program", format!("sendsim {}", env!("CARGO_PKG_VERSION"))),
    ];
    let mut columns = numbers("Setting", []);
    columns.extend(words(["Value"]));
    Section {
        id: "run",
        heading: "About this run".to_owned(),
        blocks: vec![
            Block::paragraph(
                "The same program, inputs and seed give the same figures again, to the last digit. \
                 manifest.json in the same folder holds every setting, scenario and parameter.",
            ),
            Block::Table {
                table: DataTable {
                    caption: "Settings of the run".to_owned(),
                    columns,
                    rows,
                },
                folded: false,
            },
        ],
    }
}
