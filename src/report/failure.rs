//! Why a report could not be written, or read back.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::files::FolderError;

/// Why a report could not be written, or read back.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The output folder.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// A file could not be written.
    #[error("cannot write `{}`: {reason}", .path.display())]
    Write {
        /// File.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// A finished run lacks a file.
    #[error("`{}` is missing", .0.display())]
    Missing(PathBuf),
    /// A finished run wrote no tables to render from.
    #[error("the run in `{}` was written without the format `csv`", .0.display())]
    NoTables(PathBuf),
    /// A file of a finished run is not what the run wrote.
    #[error("`{}` is damaged: {reason}", .path.display())]
    Damaged {
        /// File.
        path: PathBuf,
        /// Line from 1, 0 for the whole file.
        line: usize,
        /// What was expected.
        reason: String,
    },
}

impl ReportError {
    pub(super) fn write(path: &Path, reason: &impl fmt::Display) -> Self {
        Self::Write {
            path: path.to_owned(),
            reason: reason.to_string(),
        }
    }

    pub(super) fn damaged(path: &Path, line: usize, reason: impl Into<String>) -> Self {
        Self::Damaged {
            path: path.to_owned(),
            line,
            reason: reason.into(),
        }
    }

    /// The user's input is wrong, rather than the machine.
    pub const fn is_input(&self) -> bool {
        match self {
            Self::Folder(FolderError::Io { .. }) | Self::Write { .. } => false,
            Self::Folder(_) | Self::Missing(_) | Self::NoTables(_) | Self::Damaged { .. } => true,
        }
    }

    /// What the user can do about it.
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::Folder(folder) => folder.hint(),
            Self::Write { .. } => "check free space and permissions",
            Self::Missing(_) => "name the folder of a finished run",
            Self::NoTables(_) => {
                "run it again with `--format csv,xlsx,html`: reports are rendered from the CSV tables"
            }
            Self::Damaged { .. } => "run the scenario again, or restore the file",
        }
    }
}
