//! Output folders and the files in them.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use proptest::prelude::*;
use sendsim::files::{FolderError, Target, write_whole};

fn write(dir: &Path, name: &str, text: &str) -> Result<(), FolderError> {
    fs::write(dir.join(name), text).map_err(|source| FolderError::Io {
        path: dir.join(name),
        source,
    })
}

fn names(dir: &Path) -> Vec<String> {
    let entries = fs::read_dir(dir).expect("folder is there");
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("readable").file_name())
        .map(|name| name.into_string().expect("plain name"))
        .collect();
    names.sort();
    names
}

#[test]
fn a_folder_appears_with_everything_in_it() {
    let root = tempfile::tempdir().unwrap();
    let out = root.path().join("a/b/out");
    write_whole(&out, false, |dir| write(dir, "manifest.json", "{}")).unwrap();
    assert_eq!(names(&out), ["manifest.json"]);
    assert_eq!(names(out.parent().unwrap()), ["out"]);
}

#[test]
fn nothing_is_there_before_the_end() {
    let root = tempfile::tempdir().unwrap();
    let out = root.path().join("out");
    write_whole(&out, false, |dir| {
        write(dir, "a.csv", "1")?;
        assert!(!out.exists());
        Ok::<_, FolderError>(())
    })
    .unwrap();
    assert!(out.exists());
}

#[test]
fn an_existing_folder_is_kept_unless_forced() {
    let root = tempfile::tempdir().unwrap();
    let out = root.path().join("out");
    write_whole(&out, false, |dir| write(dir, "manifest.json", "old")).unwrap();
    let refused = Target::reserve(&out, false);
    assert!(matches!(refused, Err(FolderError::Exists(_))));
    write_whole(&out, true, |dir| write(dir, "manifest.json", "new")).unwrap();
    assert_eq!(
        fs::read_to_string(out.join("manifest.json")).unwrap(),
        "new"
    );
    assert_eq!(names(root.path()), ["out"]);
}

#[test]
fn force_never_replaces_a_folder_of_something_else() {
    let root = tempfile::tempdir().unwrap();
    let out = root.path().join("documents");
    fs::create_dir(&out).unwrap();
    fs::write(out.join("letter.odt"), "dear").unwrap();
    let refused = Target::reserve(&out, true);
    assert!(matches!(refused, Err(FolderError::NotOurs(_))));
    assert_eq!(names(&out), ["letter.odt"]);
}

#[test]
fn a_failure_with_force_leaves_the_old_folder() {
    let root = tempfile::tempdir().unwrap();
    let out = root.path().join("out");
    write_whole(&out, false, |dir| write(dir, "manifest.json", "old")).unwrap();
    let failed = write_whole(&out, true, |dir| {
        write(dir, "manifest.json", "new")?;
        Err::<(), _>(FolderError::Busy(dir.to_owned()))
    });
    assert!(failed.is_err());
    assert_eq!(
        fs::read_to_string(out.join("manifest.json")).unwrap(),
        "old"
    );
    assert_eq!(names(root.path()), ["out"]);
}

#[test]
fn a_panic_leaves_nothing() {
    let root = tempfile::tempdir().unwrap();
    let out = root.path().join("new/out");
    let outcome = std::panic::catch_unwind(|| {
        write_whole(&out, false, |dir| -> Result<(), FolderError> {
            write(dir, "a.csv", "half")?;
            panic!("something broke")
        })
    });
    assert!(outcome.is_err());
    assert!(names(root.path()).is_empty());
}

#[test]
fn a_folder_that_appears_meanwhile_is_not_overwritten() {
    let root = tempfile::tempdir().unwrap();
    let out = root.path().join("out");
    let outcome = write_whole(&out, false, |dir| {
        write(dir, "a.csv", "ours")?;
        fs::create_dir(&out).unwrap();
        write(&out, "b.csv", "theirs")
    });
    assert!(matches!(outcome, Err(FolderError::Exists(_))));
    assert_eq!(names(&out), ["b.csv"]);
    assert_eq!(names(root.path()), ["out"]);
}

#[test]
fn what_a_killed_run_left_is_removed_by_the_next() {
    let root = tempfile::tempdir().unwrap();
    let stale = root.path().join(".out.partial");
    fs::create_dir(&stale).unwrap();
    fs::write(stale.join(".lock"), "").unwrap();
    fs::write(stale.join("half.csv"), "half").unwrap();
    let out = root.path().join("out");
    write_whole(&out, false, |dir| write(dir, "a.csv", "whole")).unwrap();
    assert_eq!(names(root.path()), ["out"]);
    assert_eq!(names(&out), ["a.csv"]);
}

#[test]
fn an_old_folder_set_aside_by_a_killed_run_is_put_back() {
    let root = tempfile::tempdir().unwrap();
    let aside = root.path().join(".out.replaced");
    fs::create_dir(&aside).unwrap();
    fs::write(aside.join("manifest.json"), "old").unwrap();
    let out = root.path().join("out");
    let refused = Target::reserve(&out, false);
    assert!(matches!(refused, Err(FolderError::Exists(_))));
    assert_eq!(names(&out), ["manifest.json"]);
}

#[test]
fn two_runs_do_not_write_one_folder() {
    let root = tempfile::tempdir().unwrap();
    let out = root.path().join("out");
    let first = Target::reserve(&out, false).unwrap();
    assert!(matches!(
        Target::reserve(&out, false),
        Err(FolderError::Busy(_))
    ));
    drop(first);
    assert!(names(root.path()).is_empty());
    Target::reserve(&out, false).unwrap();
}

#[test]
fn names_that_cannot_be_a_new_folder_are_refused() {
    let root = tempfile::tempdir().unwrap();
    let file = root.path().join("file");
    fs::write(&file, "").unwrap();
    for dir in [Path::new("/"), &file] {
        let refused = Target::reserve(dir, true);
        assert!(
            matches!(refused, Err(FolderError::NotAFolder(_))),
            "{}",
            dir.display()
        );
    }
    assert!(matches!(
        Target::reserve(&file.join("out"), false),
        Err(FolderError::Io { .. })
    ));
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_leaves_nothing() {
    let root = tempfile::tempdir().unwrap();
    let out = root.path().join("out");
    let outcome = write_whole(&out, false, |dir| {
        write(dir, "a.csv", "first file fits")?;
        let mut full = fs::OpenOptions::new()
            .write(true)
            .open("/dev/full")
            .unwrap();
        full.write_all(&[0; 4096])
            .map_err(|source: io::Error| FolderError::Io {
                path: dir.join("b.csv"),
                source,
            })
    });
    assert!(matches!(outcome, Err(FolderError::Io { .. })));
    assert!(names(root.path()).is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn whatever_happens_the_folder_is_old_or_new_and_never_both(
        existed in any::<bool>(),
        force in any::<bool>(),
        fails_after in proptest::option::of(0_usize..4),
        files in 1_usize..4,
    ) {
        let root = tempfile::tempdir().unwrap();
        let out = root.path().join("out");
        if existed {
            write_whole(&out, false, |dir| write(dir, "manifest.json", "old")).unwrap();
        }
        let outcome = write_whole(&out, force, |dir| {
            for file in 0..files {
                if fails_after == Some(file) {
                    return Err(FolderError::Busy(dir.to_owned()));
                }
                write(dir, &format!("{file}.csv"), "new")?;
            }
            Ok(())
        });
        let new: Vec<String> = (0..files).map(|file| format!("{file}.csv")).collect();
        let old = vec!["manifest.json".to_owned()];
        match (&outcome, existed) {
            (Ok(()), _) => prop_assert_eq!(names(&out), new),
            (Err(_), true) => prop_assert_eq!(names(&out), old),
            (Err(_), false) => prop_assert!(!out.exists()),
        }
        prop_assert_eq!(names(root.path()).len(), usize::from(out.exists()));
    }
}
