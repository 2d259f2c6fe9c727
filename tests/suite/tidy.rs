//! The shape of the source: layers, names, first lines, pages of the guide.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

const ARCHITECTURE: &str = include_str!("../../src/guide/architecture.md");

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Every file below a folder, with its path from `src`.
fn files(ending: &str) -> BTreeMap<String, String> {
    fn gather(dir: &Path, ending: &str, found: &mut BTreeMap<String, String>) {
        for entry in fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                gather(&path, ending, found);
            } else if path.extension().is_some_and(|found| found == ending) {
                let name = path.strip_prefix(src()).unwrap().to_str().unwrap();
                found.insert(name.to_owned(), fs::read_to_string(&path).unwrap());
            }
        }
    }
    let mut found = BTreeMap::new();
    gather(&src(), ending, &mut found);
    found
}

/// The layers in the order of the architecture page: numbered lines that start with a name.
fn layers() -> Vec<&'static str> {
    ARCHITECTURE
        .lines()
        .filter_map(|line| {
            let (number, rest) = line.split_once(". `")?;
            number.parse::<usize>().ok()?;
            Some(rest.split_once('`')?.0)
        })
        .collect()
}

/// The layer of a file, `None` for `main.rs`, `lib.rs` and `build.rs`.
fn layer(file: &str) -> Option<&str> {
    let first = file.split('/').next()?.trim_end_matches(".rs");
    (!["main", "lib", "build"].contains(&first)).then_some(first)
}

/// Layers that a text uses: `crate::NAME` and the names in `crate::{…}`.
fn used(text: &str) -> BTreeSet<&str> {
    let mut used = BTreeSet::new();
    for (at, _) in text.match_indices("crate::") {
        let rest = &text[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            Some(list) => {
                let list = list.split('}').next().unwrap_or_default();
                used.extend(list.split(',').map(|name| first_word(name.trim())));
            }
            None => {
                used.insert(first_word(rest));
            }
        }
    }
    used.remove("");
    used
}

fn first_word(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_lowercase() && c != '_');
    &text[..end.unwrap_or(text.len())]
}

#[test]
fn the_architecture_page_lists_every_folder_once() {
    let listed = layers();
    let there: BTreeSet<String> = files("rs")
        .keys()
        .filter_map(|file| layer(file).map(str::to_owned))
        .collect();
    let unique: BTreeSet<String> = listed.iter().map(ToString::to_string).collect();
    assert_eq!(unique.len(), listed.len(), "a folder is listed twice");
    assert_eq!(
        unique, there,
        "the list in src/guide/architecture.md and src"
    );
}

#[test]
fn each_folder_uses_only_those_above_it() {
    let layers = layers();
    let position = |name: &str| layers.iter().position(|layer| *layer == name);
    let mut wrong = Vec::new();
    for (file, text) in files("rs") {
        let Some(own) = layer(&file).and_then(position) else {
            continue;
        };
        // What the tests at the foot of a file use is not a layer.
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for name in used(code) {
            if position(name).is_some_and(|other| other > own) {
                wrong.push(format!("{file} uses {name}"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn what_a_file_uses_is_seen() {
    let text = "use crate::files::{Table, Row};\nuse crate::{domain, area::Pack};\n";
    assert_eq!(used(text), BTreeSet::from(["area", "domain", "files"]));
}

#[test]
fn every_file_says_in_its_first_line_what_it_is() {
    for (file, text) in files("rs") {
        assert!(text.starts_with("//! "), "{file}");
    }
}

#[test]
fn nothing_is_named_after_having_no_name() {
    let empty = [
        "utils", "util", "helpers", "helper", "common", "manager", "misc",
    ];
    for file in files("rs").keys() {
        let mut parts = file.split('/').map(|part| part.trim_end_matches(".rs"));
        assert!(!parts.any(|part| empty.contains(&part)), "{file}");
    }
}

#[test]
fn every_page_of_the_guide_is_part_of_it() {
    let guide = fs::read_to_string(src().join("guide/mod.rs")).unwrap();
    let pages = files("md");
    assert!(pages.len() > 5);
    for page in pages.keys() {
        let page = page.strip_prefix("guide/").expect("pages are in the guide");
        let included = format!("#[doc = include_str!(\"{page}\")]");
        assert!(guide.contains(&included), "{page}");
    }
}
