//! Half-written folders that an interrupted process must not leave behind.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, Once, PoisonError};

static UNFINISHED: Mutex<Vec<Unfinished>> = Mutex::new(Vec::new());

/// A half-written folder, and the folders above it that were made for it.
struct Unfinished {
    folder: PathBuf,
    made: Vec<PathBuf>,
}

/// Exit code of a process that the user stopped with Ctrl-C (128 + SIGINT).
const INTERRUPTED: i32 = 130;

/// Remembers a folder: Ctrl-C, a hang-up or a polite kill removes it and ends the process.
pub(super) fn remember(folder: &Path, made: &[PathBuf]) {
    static HANDLER: Once = Once::new();
    HANDLER.call_once(|| {
        // A program that handles these signals itself keeps its own handler.
        let _ = ctrlc::try_set_handler(|| {
            for unfinished in unfinished().iter() {
                let _ = remove_folder(&unfinished.folder);
                remove_made(&unfinished.made);
            }
            std::process::exit(INTERRUPTED);
        });
    });
    unfinished().push(Unfinished {
        folder: folder.to_owned(),
        made: made.to_vec(),
    });
}

/// Runs the last step of a folder, in which it cannot be interrupted, and forgets the folder.
pub(super) fn finish<T>(folder: &Path, last_step: impl FnOnce() -> T) -> T {
    let mut unfinished = unfinished();
    let outcome = last_step();
    unfinished.retain(|other| other.folder != folder);
    outcome
}

/// Removes a folder, also while another thread is still writing into it.
pub(super) fn remove_folder(folder: &Path) -> io::Result<()> {
    let mut outcome = Ok(());
    for _ in 0..10 {
        outcome = fs::remove_dir_all(folder);
        match &outcome {
            Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Ok(()) | Err(_) => return outcome,
        }
    }
    outcome
}

/// Removes folders that were made, deepest first, as far as they are empty.
pub(super) fn remove_made(made: &[PathBuf]) {
    for folder in made {
        let _ = fs::remove_dir(folder);
    }
}

fn unfinished() -> MutexGuard<'static, Vec<Unfinished>> {
    // The list is never left half-changed, so a panic elsewhere does not spoil it.
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}
