//! From the TOML files of `scenarios/baseline/` to the set of parameters.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::passport_file::PassportFile;
use super::{ParameterSet, Source};
use crate::finding::Finding;
use crate::nearest::did_you_mean;
use crate::toml_file::{Table, TomlFile};

/// The sources, then the parameters by subject; each with its name in messages.
const FILES: [(&str, &str); 19] = [
    (
        "scenarios/baseline/sources.toml",
        include_str!("../../scenarios/baseline/sources.toml"),
    ),
    (
        "scenarios/baseline/adulthood.toml",
        include_str!("../../scenarios/baseline/adulthood.toml"),
    ),
    (
        "scenarios/baseline/alternative-provision.toml",
        include_str!("../../scenarios/baseline/alternative-provision.toml"),
    ),
    (
        "scenarios/baseline/arrangements.toml",
        include_str!("../../scenarios/baseline/arrangements.toml"),
    ),
    (
        "scenarios/baseline/community-nursing.toml",
        include_str!("../../scenarios/baseline/community-nursing.toml"),
    ),
    (
        "scenarios/baseline/exclusions.toml",
        include_str!("../../scenarios/baseline/exclusions.toml"),
    ),
    (
        "scenarios/baseline/fitted.toml",
        include_str!("../../scenarios/baseline/fitted.toml"),
    ),
    (
        "scenarios/baseline/health-visiting.toml",
        include_str!("../../scenarios/baseline/health-visiting.toml"),
    ),
    (
        "scenarios/baseline/joining.toml",
        include_str!("../../scenarios/baseline/joining.toml"),
    ),
    (
        "scenarios/baseline/levers.toml",
        include_str!("../../scenarios/baseline/levers.toml"),
    ),
    (
        "scenarios/baseline/money.toml",
        include_str!("../../scenarios/baseline/money.toml"),
    ),
    (
        "scenarios/baseline/need.toml",
        include_str!("../../scenarios/baseline/need.toml"),
    ),
    (
        "scenarios/baseline/placement.toml",
        include_str!("../../scenarios/baseline/placement.toml"),
    ),
    (
        "scenarios/baseline/places.toml",
        include_str!("../../scenarios/baseline/places.toml"),
    ),
    (
        "scenarios/baseline/process.toml",
        include_str!("../../scenarios/baseline/process.toml"),
    ),
    (
        "scenarios/baseline/sen-support.toml",
        include_str!("../../scenarios/baseline/sen-support.toml"),
    ),
    (
        "scenarios/baseline/services.toml",
        include_str!("../../scenarios/baseline/services.toml"),
    ),
    (
        "scenarios/baseline/services-staff.toml",
        include_str!("../../scenarios/baseline/services-staff.toml"),
    ),
    (
        "scenarios/baseline/services-by-children.toml",
        include_str!("../../scenarios/baseline/services-by-children.toml"),
    ),
];

impl ParameterSet {
    /// Reads the built-in files, or says everything that is wrong with them.
    pub fn load() -> Result<Self, Vec<Finding>> {
        let [(sources, sources_text), parameters @ ..] = FILES;
        let files = parameters.map(|(name, text)| TomlFile::new(name, text));
        Self::read(&TomlFile::new(sources, sources_text), &files)
    }

    /// The built-in files: name and text, the sources first.
    pub const fn files() -> &'static [(&'static str, &'static str)] {
        &FILES
    }

    /// Reads a file of sources and files of parameters, or says everything that is wrong with them.
    pub fn read(sources: &TomlFile, parameters: &[TomlFile]) -> Result<Self, Vec<Finding>> {
        let mut findings = Vec::new();
        let mut set = Self::default();
        set.read_sources(sources, &mut findings);
        for file in parameters {
            if let Some(document) = file.parse(&mut findings) {
                set.read_group(file, "", document.into_inner(), &mut findings);
            }
        }
        let changeable = set.passports.values().filter(|passport| passport.scenarios);
        set.changeable = changeable.map(|passport| passport.path.clone()).collect();
        if findings.is_empty() {
            Ok(set)
        } else {
            Err(findings)
        }
    }

    fn read_sources(&mut self, file: &TomlFile, findings: &mut Vec<Finding>) {
        for (key, value) in file
            .parse(findings)
            .into_iter()
            .flat_map(Spanned::into_inner)
        {
            let name = format!("[{}]", key.get_ref());
            let Some(table) = as_table(file, &name, value, findings) else {
                continue;
            };
            if let Some(source) = table.read::<Source>(findings) {
                self.sources.insert(key.into_inner().into_owned(), source);
            }
        }
    }

    /// Reads the tables of a group such as `[joining]`: a table with plain fields is a parameter,
    /// any other is a group again.
    fn read_group(
        &mut self,
        file: &TomlFile,
        prefix: &str,
        group: DeTable<'_>,
        findings: &mut Vec<Finding>,
    ) {
        for (key, value) in group {
            let path = format!("{prefix}{}", key.get_ref());
            let name = format!("[{path}]");
            let Some(table) = as_table(file, &name, value, findings) else {
                continue;
            };
            let is_group = table
                .fields
                .values()
                .all(|field| field.get_ref().is_table());
            if is_group && !table.fields.is_empty() {
                self.read_group(file, &format!("{path}."), table.fields, findings);
            } else {
                self.read_passport(table, &path, findings);
            }
        }
    }

    fn read_passport(&mut self, table: Table<'_>, path: &str, findings: &mut Vec<Finding>) {
        let (file, span) = (table.file, table.span.clone());
        let Some(written) = table.read::<PassportFile>(findings) else {
            return;
        };
        let sources = &self.sources;
        let is_source = |key: &str| match sources.get(key) {
            Some(_) => Ok(()),
            None => Err(did_you_mean(
                key,
                "sources",
                sources.keys().map(String::as_str),
            )),
        };
        let passport = written.resolve(path.to_owned(), file, is_source, findings);
        if self.passports.insert(path.to_owned(), passport).is_some() {
            let message = format!("`{path}` stands in two files");
            findings.push(file.error("parameter-twice", span, message, None));
        }
    }
}

fn as_table<'a>(
    file: &'a TomlFile,
    name: &'a str,
    value: Spanned<DeValue<'a>>,
    findings: &mut Vec<Finding>,
) -> Option<Table<'a>> {
    let span = value.span();
    let DeValue::Table(fields) = value.into_inner() else {
        let message = format!("{name} is not a table");
        findings.push(file.error("not-a-table", span, message, None));
        return None;
    };
    Some(Table {
        file,
        name,
        fields,
        span,
        read_apart: &[],
    })
}
