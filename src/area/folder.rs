//! Packs as folders: written, read, and the ones inside the program.

use std::io;
use std::path::Path;

use include_dir::{Dir, include_dir};

use super::area_pack::{Need, PackTable};
use super::{AreaManifest, AreaPack};
use crate::files::{Problem, Problems, Table, decode};
use crate::finding::{Finding, Severity};

const MANIFEST: &str = "area.toml";

static AREAS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/scenarios/areas");

impl AreaPack {
    /// Writes every table into a folder that exists.
    pub fn write(&self, dir: &Path) -> io::Result<()> {
        let manifest = toml::to_string_pretty(&self.manifest).map_err(io::Error::other)?;
        std::fs::write(dir.join(MANIFEST), manifest)?;
        for table in self.clone().tables() {
            if !table.is_written() {
                continue;
            }
            let csv = table.rows.to_csv().map_err(io::Error::other)?;
            std::fs::write(dir.join(table.file), csv)?;
        }
        Ok(())
    }

    /// Every table as the bytes of its file, in the order of the guide.
    pub fn files(&self) -> Vec<(String, Vec<u8>)> {
        self.clone()
            .tables()
            .into_iter()
            .filter(PackTable::is_written)
            .filter_map(|table| Some((table.file.to_owned(), table.rows.to_csv().ok()?)))
            .collect()
    }

    /// Reads a pack from a folder, with every problem of every file. `None` when one is an error.
    pub fn read(dir: &Path, findings: &mut Vec<Finding>) -> Option<Self> {
        let open = |file: &str| std::fs::read(dir.join(file)).map_err(|error| error.to_string());
        if !dir.join(MANIFEST).exists() {
            read_manifest(dir, &open, findings);
            return None;
        }
        read_from(dir, &open, findings)
    }

    /// Names of the packs inside the program.
    pub fn embedded_names() -> Vec<&'static str> {
        let names = AREAS.dirs().filter_map(|dir| dir.path().to_str());
        names.collect()
    }

    /// A pack inside the program, for example `derby`. `None` when there is no such area, or when
    /// it was built in with an error, which is then among the findings.
    pub fn embedded(name: &str, findings: &mut Vec<Finding>) -> Option<Self> {
        let dir = AREAS.get_dir(name)?;
        let open = |file: &str| {
            dir.get_file(dir.path().join(file))
                .map(|file| file.contents().to_vec())
                .ok_or_else(|| "no such file inside the program".to_owned())
        };
        read_from(&Path::new("scenarios/areas").join(name), &open, findings)
    }
}

type Open<'o> = &'o dyn Fn(&str) -> Result<Vec<u8>, String>;

fn read_from(dir: &Path, open: Open<'_>, findings: &mut Vec<Finding>) -> Option<AreaPack> {
    let before = findings.len();
    let manifest = read_manifest(dir, open, findings);
    let mut pack = AreaPack::empty(manifest.clone().unwrap_or_else(placeholder));
    for table in pack.tables() {
        let path = dir.join(table.file);
        let mut problems = Problems::new(&path);
        match open(table.file) {
            Ok(bytes) => {
                if let Some(read) = Table::parse(&path, bytes, &mut problems) {
                    table.rows.read_csv(&read, &mut problems);
                }
            }
            Err(error) if table.need == Need::Required => problems.add(
                Problem::error("missing-file", format!("cannot read the table: {error}"))
                    .hint("`sendsim import` writes a pack with every table"),
            ),
            Err(_) if table.need == Need::Own => {}
            Err(_) => problems.add(
                Problem::warning("missing-file", "the table is not in the pack")
                    .hint("the report shows nothing that rests on it; `sendsim import` writes it"),
            ),
        }
        findings.extend(
            problems
                .into_findings()
                .into_iter()
                .map(|(_, finding)| finding),
        );
    }
    if manifest.is_some() {
        pack.check(dir, findings);
    }
    let broken = findings[before..]
        .iter()
        .any(|finding| finding.severity == Severity::Error);
    (!broken).then_some(pack)
}

fn read_manifest(dir: &Path, open: Open<'_>, findings: &mut Vec<Finding>) -> Option<AreaManifest> {
    let path = dir.join(MANIFEST);
    let mut problems = Problems::new(&path);
    let manifest = match open(MANIFEST) {
        Ok(bytes) => {
            let text = decode(&path, bytes, &mut problems);
            toml::from_str(&text)
                .map_err(|error| problems.add(toml_problem(&error, &text)))
                .ok()
        }
        Err(error) => {
            problems.add(
                Problem::error("missing-file", format!("cannot read the manifest: {error}"))
                    .hint(format!("an area pack is a folder with `{MANIFEST}` in it")),
            );
            None
        }
    };
    findings.extend(
        problems
            .into_findings()
            .into_iter()
            .map(|(_, finding)| finding),
    );
    manifest
}

fn toml_problem(error: &toml::de::Error, text: &str) -> Problem {
    let start = error.span().map_or(0, |span| span.start).min(text.len());
    let before = text.get(..start).unwrap_or_default();
    let line = before.split('\n').count();
    let column = before
        .rsplit('\n')
        .next()
        .map_or(1, |last| last.chars().count() + 1);
    Problem::error("wrong-manifest", error.message().trim().replace('\n', ", ")).at(line, column)
}

/// Stands in while the tables are checked although the manifest cannot be read.
fn placeholder() -> AreaManifest {
    AreaManifest {
        schema: 0,
        name: String::new(),
        new_la_code: String::new(),
        old_la_code: 0,
        region_code: String::new(),
        region_name: String::new(),
        base_year: 0,
        integrated_care_board: String::new(),
        share_of_board: 1.0,
        statistical_neighbours: Vec::new(),
        source: Vec::new(),
    }
}
