//! The folder of published files: every file read once, hashed and parsed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use sha2::{Digest as _, Sha256};

use super::catalogue::{Publication, publications};
use crate::files::{PlacedFinding, Problem, Problems, Table};

/// A file as read.
#[derive(Debug)]
pub(crate) struct SourceFile {
    pub(crate) path: PathBuf,
    pub(crate) sha256: String,
    content: Content,
}

#[derive(Debug)]
enum Content {
    Table(Table),
    Parquet,
    Unreadable,
}

/// Whether a folder holds any of the published files.
pub(super) fn holds_published_files(dir: &Path) -> bool {
    let mut publications = publications().into_iter();
    publications.any(|publication| dir.join(publication.path).is_file())
}

/// All files of the source folder by key.
#[derive(Debug)]
pub(crate) struct Source {
    files: BTreeMap<&'static str, SourceFile>,
    findings: Vec<PlacedFinding>,
}

impl Source {
    /// Reads every file of the catalogue. A missing file is an error finding.
    pub(crate) fn open(dir: &Path) -> Self {
        let publications = publications();
        let read: Vec<_> = publications
            .par_iter()
            .map(|publication| open_file(dir, publication))
            .collect();
        let mut files = BTreeMap::new();
        let mut findings = Vec::new();
        for (publication, (file, problems)) in publications.iter().zip(read) {
            files.insert(publication.key, file);
            findings.extend(problems.into_findings());
        }
        Self { files, findings }
    }

    /// Path of a file, as the user named the folder.
    pub(crate) fn path_of(&self, key: &str) -> PathBuf {
        self.files
            .get(key)
            .map(|file| file.path.clone())
            .unwrap_or_default()
    }

    /// Hash of each file, by key.
    pub(crate) fn hashes(&self) -> BTreeMap<&'static str, String> {
        self.files
            .iter()
            .map(|(key, file)| (*key, file.sha256.clone()))
            .collect()
    }

    /// Reads one table with `read`, collecting its problems. Nothing happens when the file could
    /// not be parsed: that is already a finding.
    pub(crate) fn with_table(&mut self, key: &str, read: impl FnOnce(&Table, &mut Problems)) {
        let Some(file) = self.files.get(key) else {
            return;
        };
        if let Content::Table(table) = &file.content {
            let mut problems = Problems::new(&file.path);
            read(table, &mut problems);
            self.findings.extend(problems.into_findings());
        }
    }

    /// Reads one parquet file with `read`, collecting its problems.
    pub(crate) fn with_parquet(&mut self, key: &str, read: impl FnOnce(&Path, &mut Problems)) {
        let Some(file) = self.files.get(key) else {
            return;
        };
        if matches!(file.content, Content::Parquet) {
            let mut problems = Problems::new(&file.path);
            read(&file.path, &mut problems);
            self.findings.extend(problems.into_findings());
        }
    }

    /// Everything found.
    pub(crate) fn into_findings(self) -> Vec<PlacedFinding> {
        self.findings
    }
}

fn open_file(dir: &Path, publication: &Publication) -> (SourceFile, Problems) {
    let path = dir.join(publication.path);
    let mut problems = Problems::new(&path);
    let (sha256, content) = match std::fs::read(&path) {
        Ok(bytes) => {
            let sha256 = format!("{:x}", Hex(Sha256::digest(&bytes).to_vec()));
            (sha256, parse(&path, bytes, &mut problems))
        }
        Err(error) => {
            problems.add(
                Problem::error(
                    "missing-file",
                    format!("cannot read `{}`: {error}", publication.path),
                )
                .hint(format!(
                    "it is {}, {}; --source must name the folder that holds all published files",
                    publication.title, publication.release
                )),
            );
            (String::new(), Content::Unreadable)
        }
    };
    let file = SourceFile {
        path,
        sha256,
        content,
    };
    (file, problems)
}

fn parse(path: &Path, bytes: Vec<u8>, problems: &mut Problems) -> Content {
    if path
        .extension()
        .is_some_and(|extension| extension == "parquet")
    {
        return Content::Parquet;
    }
    Table::parse(path, bytes, problems).map_or(Content::Unreadable, Content::Table)
}

struct Hex(Vec<u8>);

impl std::fmt::LowerHex for Hex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}
