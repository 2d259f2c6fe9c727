//! `sendsim import`: published files to area packs.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use super::Failure;
use crate::files::Target;
use crate::finding::{Finding, Severity};
use crate::import::{Imported, Selection, import};
use crate::report::counted;

/// Warnings shown in full; the rest stands in each pack's `findings.csv`.
const SHOWN: usize = 20;

/// List of the areas that one import wrote.
const INDEX: &str = "areas.csv";

/// Build area packs from published files.
#[derive(Debug, Clone, clap::Args)]
pub struct ImportArgs {
    /// Folder of published files.
    #[arg(long, value_name = "DIR")]
    pub source: PathBuf,
    /// Authority: GSS code (`E06000015`), DfE code (`831`), name (`Derby`), or `all`.
    #[arg(long, value_name = "CODE")]
    pub la: String,
    /// January of the base stock; the newest published one if not given.
    #[arg(long, value_name = "YEAR")]
    pub base_year: Option<i32>,
    /// Folder to write: the pack itself, or for `all` one folder per authority.
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Replace the folder if it exists.
    #[arg(long)]
    pub force: bool,
}

/// Imports, writes the packs and summarises the findings on `messages` (standard error).
pub fn run_import(args: &ImportArgs, messages: &mut dyn io::Write) -> Result<(), Failure> {
    let selection = Selection::parse(&args.la);
    let target = Target::reserve(&args.out, args.force)?;
    let imported = import(&args.source, &selection, args.base_year).map_err(Failure::Input)?;
    target.fill(|dir| write(&imported, &selection, dir).map_err(|error| unwritten(&error)))?;
    summarise(&imported, &args.out, messages).map_err(|error| unwritten(&error))
}

/// One pack, or one folder per authority, named by its GSS code, with an index.
fn write(imported: &[Imported], selection: &Selection, dir: &Path) -> io::Result<()> {
    if let (Selection::One(_), [only]) = (selection, imported) {
        return only.pack.write(dir);
    }
    let mut index = csv::Writer::from_path(dir.join(INDEX)).map_err(io::Error::other)?;
    index
        .write_record([
            "new_la_code",
            "old_la_code",
            "la_name",
            "base_year",
            "warnings",
            "notes",
        ])
        .map_err(io::Error::other)?;
    for area in imported {
        let manifest = &area.pack.manifest;
        let folder = dir.join(&manifest.new_la_code);
        std::fs::create_dir(&folder)?;
        area.pack.write(&folder)?;
        let row = [
            manifest.new_la_code.clone(),
            manifest.old_la_code.to_string(),
            manifest.name.clone(),
            manifest.base_year.to_string(),
            count(&area.findings, Severity::Warning).to_string(),
            count(&area.findings, Severity::Note).to_string(),
        ];
        index.write_record(row).map_err(io::Error::other)?;
    }
    index.flush()
}

fn count(findings: &[Finding], severity: Severity) -> usize {
    findings
        .iter()
        .filter(|finding| finding.severity == severity)
        .count()
}

fn summarise(imported: &[Imported], out: &Path, messages: &mut dyn io::Write) -> io::Result<()> {
    let findings = || imported.iter().flat_map(|area| &area.findings);
    let warnings: BTreeSet<String> = findings()
        .filter(|finding| finding.severity != Severity::Note)
        .map(Finding::to_string)
        .collect();
    for warning in warnings.iter().take(SHOWN) {
        writeln!(messages, "{warning}")?;
    }
    if warnings.len() > SHOWN {
        writeln!(
            messages,
            "… and {} more, see findings.csv",
            warnings.len() - SHOWN
        )?;
    }
    let total = |severity| {
        imported
            .iter()
            .map(|area| count(&area.findings, severity))
            .sum::<usize>()
    };
    writeln!(
        messages,
        "imported {} into {}: {} and {} in findings.csv",
        match imported {
            [only] => only.pack.manifest.name.clone(),
            all => format!("{} areas", all.len()),
        },
        out.display(),
        counted(total(Severity::Warning), "warning"),
        counted(total(Severity::Note), "note")
    )
}

fn unwritten(error: &io::Error) -> Failure {
    Failure::Machine {
        message: format!("cannot write the area packs: {error}"),
        hint: Some("check free space and permissions, or choose another `--out`".to_owned()),
    }
}
