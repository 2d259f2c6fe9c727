//! `sendsim import`: published files to area packs.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use super::Failure;
use crate::finding::{Finding, Severity};
use crate::import::{Imported, Selection, import};

/// Warnings shown in full; the rest stands in each pack's `findings.csv`.
const SHOWN: usize = 20;

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
    let imported = import(&args.source, &selection, args.base_year).map_err(Failure::Input)?;
    write_whole(&args.out, args.force, |dir| match selection {
        Selection::One(_) => imported.iter().try_for_each(|area| area.pack.write(dir)),
        Selection::All => write_all(&imported, dir),
    })?;
    summarise(&imported, &args.out, messages).map_err(|error| machine("the summary", &error))
}

/// One folder per authority, named by its GSS code.
fn write_all(imported: &[Imported], dir: &Path) -> io::Result<()> {
    imported.iter().try_for_each(|area| {
        let folder = dir.join(&area.pack.manifest.new_la_code);
        std::fs::create_dir(&folder)?;
        area.pack.write(&folder)
    })
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
    let count = |severity| findings().filter(|f| f.severity == severity).count();
    writeln!(
        messages,
        "imported {} into {}: {} warnings and {} notes in findings.csv",
        match imported {
            [only] => only.pack.manifest.name.clone(),
            all => format!("{} areas", all.len()),
        },
        out.display(),
        count(Severity::Warning),
        count(Severity::Note)
    )
}

/// Fills a folder beside the target and renames it, so that it is there whole or not at all.
fn write_whole(
    dir: &Path,
    force: bool,
    fill: impl FnOnce(&Path) -> io::Result<()>,
) -> Result<(), Failure> {
    if dir.exists() && !force {
        return Err(Failure::input(
            "output-exists",
            format!("output folder `{}` already exists", dir.display()),
            Some("choose another `--out`, or replace it with `--force`".to_owned()),
        ));
    }
    let name = dir.file_name().unwrap_or_default().to_string_lossy();
    let partial = dir.with_file_name(format!(".{name}.partial"));
    let result = std::fs::create_dir_all(&partial)
        .and_then(|()| fill(&partial))
        .and_then(|()| {
            if dir.exists() {
                std::fs::remove_dir_all(dir)
            } else {
                Ok(())
            }
        })
        .and_then(|()| std::fs::rename(&partial, dir));
    if result.is_err() {
        let _ = std::fs::remove_dir_all(&partial);
    }
    result.map_err(|error| machine(&format!("`{}`", dir.display()), &error))
}

fn machine(what: &str, error: &io::Error) -> Failure {
    Failure::Machine {
        message: format!("cannot write {what}: {error}"),
        hint: Some("check free space and permissions, or choose another `--out`".to_owned()),
    }
}
