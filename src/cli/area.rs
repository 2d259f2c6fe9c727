//! The area that a command works on: a pack inside the program, or a folder.

use std::path::Path;

use super::{Failure, render};
use crate::area::AreaPack;
use crate::finding::{Finding, Severity};
use crate::nearest::did_you_mean;
use crate::report::{InputRow, sha256};

/// Reads the area of a name or folder, with warnings shown to the user.
pub fn load(area: &str) -> Result<AreaPack, Failure> {
    let mut findings = Vec::new();
    let dir = Path::new(area);
    let pack = if dir.is_dir() {
        AreaPack::read(dir, &mut findings)
    } else if AreaPack::embedded_names().contains(&area) {
        AreaPack::embedded(area, &mut findings)
    } else {
        return Err(unknown(area));
    };
    let errors = findings
        .iter()
        .any(|f: &Finding| f.severity == Severity::Error);
    match pack {
        Some(pack) if !errors => {
            if !findings.is_empty() {
                render::findings(&findings);
            }
            Ok(pack)
        }
        _ => Err(Failure::Input(findings)),
    }
}

fn unknown(area: &str) -> Failure {
    let hint = if Path::new(area).exists() {
        "an area pack is a folder, and this is a file".to_owned()
    } else {
        did_you_mean(area, "areas in the program", AreaPack::embedded_names())
    };
    Failure::input(
        "unknown-area",
        format!("there is no area `{area}`, and no such folder"),
        Some(hint),
    )
}

/// The files of a pack with their hashes, in the order of their names.
pub fn inputs(pack: &AreaPack) -> Vec<InputRow> {
    pack.files()
        .into_iter()
        .map(|(file, bytes)| InputRow {
            file,
            sha256: sha256(&bytes),
        })
        .collect()
}
