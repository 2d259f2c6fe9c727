//! Output folders: written whole or not at all.

use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::interrupt::{finish, remember, remove_folder, remove_made};

/// Why an output folder cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// It is there already.
    #[error("output folder `{}` already exists", .0.display())]
    Exists(PathBuf),
    /// It is there, and is not something that this program wrote.
    #[error("`{}` holds files that are not ours, so it is not replaced", .0.display())]
    NotOurs(PathBuf),
    /// The name cannot be a new folder: `..`, the root, an existing file, or below one.
    #[error("`{}` cannot be an output folder", .0.display())]
    NotAFolder(PathBuf),
    /// A file stands where a folder above it would have to be.
    #[error("`{}` cannot be an output folder: `{}` is a file", .dir.display(), .file.display())]
    InsideFile {
        /// The folder asked for.
        dir: PathBuf,
        /// The file in the way.
        file: PathBuf,
    },
    /// Another process is writing it now.
    #[error("another run is writing `{}`", .0.display())]
    Busy(PathBuf),
    /// The machine refused.
    #[error("cannot write `{}`: {source}", .path.display())]
    Io {
        /// What was being written.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl FolderError {
    /// What the user can do about it.
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::Exists(_) => "choose another `--out`, or replace it with `--force`",
            Self::NotOurs(_) => "choose another `--out`, or remove the folder yourself",
            Self::NotAFolder(_) | Self::InsideFile { .. } => {
                "give `--out` the name of a folder that does not exist yet"
            }
            Self::Busy(_) => "wait for it, or choose another `--out`",
            Self::Io { .. } => "check free space and permissions, or choose another `--out`",
        }
    }
}

/// A file that marks a folder as written by this program: only such a folder is ever replaced.
const MARKS: [&str; 4] = ["manifest.json", "area.toml", "areas.csv", "scores.csv"];

/// Held while the folder is being filled, so that a live folder and one left by a killed process
/// can be told apart.
const LOCK: &str = ".lock";

/// An output folder that is promised but not yet there.
///
/// Files are written to a hidden sibling, `.NAME.partial`, which becomes the folder by one rename
/// once everything is in it. A failure, a panic or Ctrl-C removes the sibling. Only a process that
/// was killed outright (SIGKILL, power) leaves it, and the next one with the same target removes
/// it. With `force` the old folder stands until the new one is complete; it is then moved aside
/// (`.NAME.replaced`), and put back should the last rename fail.
#[derive(Debug)]
pub struct Target {
    dir: PathBuf,
    force: bool,
    partial: PathBuf,
    replaced: PathBuf,
    made_parents: Vec<PathBuf>,
    lock: Option<File>,
    unfinished: bool,
}

impl Target {
    /// Checks that the folder can be written, before long work starts.
    pub fn reserve(dir: &Path, force: bool) -> Result<Self, FolderError> {
        let dir = dir.canonicalize().unwrap_or_else(|_| dir.to_owned());
        let (Some(name), Some(parent)) = (dir.file_name(), dir.parent()) else {
            return Err(FolderError::NotAFolder(dir));
        };
        let hidden = |ending: &str| {
            let mut hidden = OsString::from(".");
            hidden.push(name);
            hidden.push(ending);
            parent.join(hidden)
        };
        let mut target = Self {
            partial: hidden(".partial"),
            replaced: hidden(".replaced"),
            made_parents: missing_parents(parent),
            lock: None,
            unfinished: false,
            dir: dir.clone(),
            force,
        };
        target.put_back()?;
        target.check_free()?;
        fs::create_dir_all(parent).map_err(|e| at(parent, e))?;
        target.take_lock()?;
        Ok(target)
    }

    /// Fills the folder and puts it in place.
    pub fn fill<T, E: From<FolderError>>(
        self,
        fill: impl FnOnce(&Path) -> Result<T, E>,
    ) -> Result<T, E> {
        let filled = fill(&self.partial)?;
        self.put_in_place()?;
        Ok(filled)
    }

    /// A process killed between the last two renames has left the old folder aside.
    fn put_back(&self) -> Result<(), FolderError> {
        if !self.replaced.exists() {
            return Ok(());
        }
        if self.dir.exists() {
            remove_folder(&self.replaced).map_err(|e| at(&self.replaced, e))
        } else {
            fs::rename(&self.replaced, &self.dir).map_err(|e| at(&self.dir, e))
        }
    }

    fn check_free(&self) -> Result<(), FolderError> {
        if let Some(file) = self.dir.ancestors().skip(1).find(|above| above.is_file()) {
            return Err(FolderError::InsideFile {
                dir: self.dir.clone(),
                file: file.to_owned(),
            });
        }
        let Ok(metadata) = fs::symlink_metadata(&self.dir) else {
            return Ok(());
        };
        if !metadata.is_dir() {
            return Err(FolderError::NotAFolder(self.dir.clone()));
        }
        if !self.force {
            return Err(FolderError::Exists(self.dir.clone()));
        }
        let mut entries = fs::read_dir(&self.dir).map_err(|e| at(&self.dir, e))?;
        let ours = MARKS.iter().any(|mark| self.dir.join(mark).is_file());
        if ours || entries.next().is_none() {
            Ok(())
        } else {
            Err(FolderError::NotOurs(self.dir.clone()))
        }
    }

    fn take_lock(&mut self) -> Result<(), FolderError> {
        let lock = self.partial.join(LOCK);
        if let Ok(file) = File::open(&lock)
            && matches!(file.try_lock(), Err(TryLockError::WouldBlock))
        {
            return Err(FolderError::Busy(self.dir.clone()));
        }
        remove_folder(&self.partial).map_err(|e| at(&self.partial, e))?;
        fs::create_dir(&self.partial).map_err(|e| at(&self.partial, e))?;
        self.unfinished = true;
        remember(&self.partial, &self.made_parents);
        let file = File::create(&lock).map_err(|e| at(&lock, e))?;
        // Where the file system has no locks, two runs to one target are not told apart.
        let _ = file.try_lock();
        self.lock = Some(file);
        Ok(())
    }

    fn put_in_place(mut self) -> Result<(), FolderError> {
        self.check_free()?;
        finish(&self.partial, || {
            self.lock = None;
            fs::remove_file(self.partial.join(LOCK)).map_err(|e| at(&self.partial, e))?;
            let replacing = self.dir.exists();
            if replacing {
                fs::rename(&self.dir, &self.replaced).map_err(|e| at(&self.dir, e))?;
            }
            if let Err(error) = fs::rename(&self.partial, &self.dir) {
                if replacing {
                    let _ = fs::rename(&self.replaced, &self.dir);
                }
                return Err(at(&self.dir, error));
            }
            self.unfinished = false;
            self.made_parents.clear();
            if replacing {
                // The new folder stands: what cannot be removed now, the next run removes.
                let _ = remove_folder(&self.replaced);
            }
            Ok(())
        })
    }
}

impl Drop for Target {
    fn drop(&mut self) {
        self.lock = None;
        if self.unfinished {
            finish(&self.partial, || {
                let _ = remove_folder(&self.partial);
            });
        }
        remove_made(&self.made_parents);
    }
}

/// Writes a folder whole or not at all: `fill` gets an empty folder to write into, which becomes
/// `dir` only if `fill` succeeds. An existing folder is replaced only with `force`.
pub fn write_whole<T, E: From<FolderError>>(
    dir: &Path,
    force: bool,
    fill: impl FnOnce(&Path) -> Result<T, E>,
) -> Result<T, E> {
    Target::reserve(dir, force)?.fill(fill)
}

/// Folders above the target that have to be made, deepest first.
fn missing_parents(parent: &Path) -> Vec<PathBuf> {
    parent
        .ancestors()
        .take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists())
        .map(Path::to_owned)
        .collect()
}

fn at(path: &Path, source: io::Error) -> FolderError {
    FolderError::Io {
        path: path.to_owned(),
        source,
    }
}
