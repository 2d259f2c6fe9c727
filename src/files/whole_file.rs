//! A file, written whole or not at all.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::Path;

/// Writes a file, or replaces it once the new one is complete: a failure leaves what was there.
pub fn write_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut hidden = OsString::from(".");
    hidden.push(path.file_name().unwrap_or_default());
    hidden.push(".partial");
    let partial = path.with_file_name(hidden);
    let written = fs::write(&partial, bytes).and_then(|()| fs::rename(&partial, path));
    if written.is_err() {
        // It is already lost; what is said is why.
        let _ = fs::remove_file(&partial);
    }
    written
}
