//! The invented published files, copied where a test can damage them.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use sendsim::data::{Edition, read};
use sendsim::finding::{Finding, Severity};

/// Folder of the invented files: five authorities, two of them formed from a third in 2023.
pub(crate) fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/published")
}

/// A copy of the invented files.
pub(crate) struct PublishedFolder {
    dir: tempfile::TempDir,
}

impl PublishedFolder {
    pub(crate) fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        copy(&fixtures(), dir.path());
        Self { dir }
    }

    pub(crate) fn path(&self) -> &Path {
        self.dir.path()
    }

    /// Changes the text of a file, gzipped or not.
    pub(crate) fn edit(&self, file: &str, edit: impl FnOnce(String) -> String) -> &Self {
        let path = self.path().join(file);
        let bytes = fs::read(&path).unwrap();
        let gzipped = bytes.starts_with(&[0x1f, 0x8b]);
        let mut text = String::new();
        if gzipped {
            let mut decoder = flate2::read::GzDecoder::new(bytes.as_slice());
            decoder.read_to_string(&mut text).unwrap();
        } else {
            text = String::from_utf8(bytes).unwrap();
        }
        let edited = edit(text.clone());
        assert_ne!(text, edited, "the edit of {file} changes nothing");
        self.write(file, edited.as_bytes(), gzipped)
    }

    /// Replaces the first occurrence of `from` in a file.
    pub(crate) fn replace(&self, file: &str, from: &str, to: &str) -> &Self {
        self.edit(file, |text| text.replacen(from, to, 1))
    }

    pub(crate) fn write(&self, file: &str, bytes: &[u8], gzipped: bool) -> &Self {
        let path = self.path().join(file);
        if gzipped {
            let file = fs::File::create(path).unwrap();
            let mut encoder = flate2::write::GzEncoder::new(file, flate2::Compression::fast());
            encoder.write_all(bytes).unwrap();
            encoder.finish().unwrap();
        } else {
            fs::write(path, bytes).unwrap();
        }
        self
    }

    pub(crate) fn read(&self) -> Edition {
        read(self.path())
    }

    /// Errors and warnings of one check, as shown to the user without the folder.
    pub(crate) fn found(&self, check: &str) -> Vec<String> {
        let edition = self.read();
        let findings = edition.findings.iter().map(|(_, finding)| finding);
        findings
            .filter(|finding| finding.check == check)
            .map(|finding| self.shown(finding))
            .collect()
    }

    pub(crate) fn shown(&self, finding: &Finding) -> String {
        let folder = format!("{}/", self.path().display());
        finding.to_string().replace(&folder, "")
    }

    pub(crate) fn errors(&self) -> Vec<String> {
        let edition = self.read();
        let findings = edition.findings.iter().map(|(_, finding)| finding);
        findings
            .filter(|finding| finding.severity == Severity::Error)
            .map(|finding| self.shown(finding))
            .collect()
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}
