//! The program itself, run as a user would run it.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder to work in, empty at first.
pub(crate) struct Desk {
    dir: tempfile::TempDir,
}

/// What a command said and how it ended.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Desk {
    pub(crate) fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        Self { dir }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub(crate) fn put(&self, name: &str, bytes: impl AsRef<[u8]>) -> &Self {
        fs::write(self.path(name), bytes).unwrap();
        self
    }

    /// A scenario file: title and question, then what is given.
    pub(crate) fn scenario(&self, name: &str, rest: &str) -> &Self {
        self.put(
            name,
            format!("title = \"T\"\nquestion = \"Q?\"\nbase = \"baseline\"\n{rest}"),
        )
    }

    /// A copy of the built-in Derby pack, as the folder `pack`.
    pub(crate) fn pack(&self) -> &Self {
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/areas/derby");
        fs::create_dir(self.path("pack")).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let file = entry.unwrap();
            let to = self.path("pack").join(file.file_name());
            fs::copy(file.path(), to).unwrap();
        }
        self
    }

    /// Changes the bytes of a file.
    pub(crate) fn edit(&self, name: &str, edit: impl FnOnce(String) -> Vec<u8>) -> &Self {
        let text = fs::read_to_string(self.path(name)).unwrap();
        let edited = edit(text.clone());
        assert_ne!(
            text.as_bytes(),
            edited,
            "the edit of {name} changes nothing"
        );
        self.put(name, edited)
    }

    /// Every name in the folder or below it, hidden ones too.
    pub(crate) fn names(&self) -> Vec<String> {
        let mut names = Vec::new();
        list(self.dir.path(), "", &mut names);
        names.sort();
        names
    }

    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sendsim"));
        command.args(args).current_dir(self.dir.path());
        command
    }

    /// Runs a command to its end.
    pub(crate) fn run(&self, args: &[&str]) -> Said {
        Said::of(&self.command(args).output().unwrap())
    }

    /// Runs a command that must fail with a code, leaving every file as it was.
    pub(crate) fn fails(&self, code: i32, args: &[&str]) -> String {
        let before = self.names();
        let said = self.run(args);
        assert_eq!(said.code, Some(code), "{args:?}: {said:?}");
        assert_eq!(self.names(), before, "{args:?} left something behind");
        said.err
    }
}

impl Said {
    pub(crate) fn of(output: &Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8(output.stdout.clone()).unwrap(),
            err: String::from_utf8(output.stderr.clone()).unwrap(),
        }
    }
}

fn list(dir: &Path, above: &str, names: &mut Vec<String>) {
    for entry in fs::read_dir(dir).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{above}{}", entry.file_name().to_str().unwrap());
        if entry.path().is_dir() {
            list(&entry.path(), &format!("{name}/"), names);
        }
        names.push(name);
    }
}
