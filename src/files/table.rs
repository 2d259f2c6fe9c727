//! A CSV table with its header, its positions and checks of its shape.

use std::path::{Path, PathBuf};

use csv::StringRecord;

use super::row::line_of;
use super::{Kind, Problem, Problems, Row, decode};
use crate::nearest::nearest;

/// Rows looked at when the kind of a column is judged.
const SAMPLE: usize = 200;

/// A column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column(pub(super) usize);

/// A CSV table: a header and its records.
#[derive(Debug)]
pub struct Table {
    file: PathBuf,
    header: Vec<String>,
    records: Vec<StringRecord>,
}

impl Table {
    /// Reads the bytes of a file. `None` when it has no header.
    pub fn parse(file: &Path, bytes: Vec<u8>, problems: &mut Problems) -> Option<Self> {
        let text = decode(file, bytes, problems);
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .has_headers(false)
            .from_reader(text.as_bytes());
        let mut records = Vec::new();
        for record in reader.records() {
            match record {
                Ok(record) => records.push(record),
                Err(error) => problems.add(Problem::error("unreadable-row", error.to_string())),
            }
        }
        if records.is_empty() {
            problems.add(
                Problem::error("empty-file", "the file is empty; a header was expected")
                    .hint("copy the file again"),
            );
            return None;
        }
        if let Some(problem) = other_separator(&records[0]) {
            problems.add(problem);
            return None;
        }
        let header: Vec<String> = records
            .remove(0)
            .iter()
            .map(|name| name.trim().to_owned())
            .collect();
        if let [only] = header.as_slice()
            && let Some(separator) = [';', '\t', '|'].into_iter().find(|s| only.contains(*s))
        {
            problems.add(
                Problem::error("wrong-separator", "columns are not separated by commas")
                    .example(format!("{separator:?} in the header"))
                    .at(1, 0)
                    .hint("save the file as `CSV UTF-8 (comma delimited)`"),
            );
            return None;
        }
        let table = Self {
            file: file.to_path_buf(),
            header,
            records,
        };
        table.check_shape(&text, problems);
        Some(table)
    }

    /// The file, as the user named it.
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// Names of the columns.
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// The rows, without the header.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        let width = self.header.len();
        self.records
            .iter()
            .filter(move |record| record.len() == width)
            .map(|record| Row {
                header: &self.header,
                record,
            })
    }

    /// Finds columns by name and judges whether their cells are of their kind. `None`, with one
    /// problem for each, when a column is missing or is not of its kind.
    pub fn columns<const N: usize>(
        &self,
        wanted: [(&str, Kind); N],
        problems: &mut Problems,
    ) -> Option<[Column; N]> {
        let columns = self.column_list(&wanted, problems)?;
        columns.try_into().ok()
    }

    /// The same for any number of columns.
    pub fn column_list(
        &self,
        wanted: &[(&str, Kind)],
        problems: &mut Problems,
    ) -> Option<Vec<Column>> {
        let mut columns = Vec::with_capacity(wanted.len());
        for (name, _) in wanted {
            let column = self.find(name);
            if column.is_none() {
                problems.add(self.missing(name));
            }
            columns.extend(column);
        }
        let complete = columns.len() == wanted.len();
        (complete && self.check_kinds(wanted, &columns, problems)).then_some(columns)
    }

    /// Finds one column by name.
    pub fn find(&self, name: &str) -> Option<Column> {
        self.header
            .iter()
            .position(|header| header == name)
            .map(Column)
    }

    /// Finds a column of numbers, with a problem when it is missing.
    pub fn number_column(&self, name: &str, problems: &mut Problems) -> Option<Column> {
        self.columns([(name, Kind::Number)], problems)
            .map(|[column]| column)
    }

    fn missing(&self, name: &str) -> Problem {
        let problem = Problem::error("missing-column", format!("no column `{name}`")).at(1, 0);
        match nearest(name, self.header.iter().map(String::as_str)) {
            Some(close) => problem.hint(format!("column `{close}` may be the same, renamed")),
            None => problem.hint(format!("the columns are {}", self.header.join(", "))),
        }
    }

    fn check_kinds(
        &self,
        wanted: &[(&str, Kind)],
        columns: &[Column],
        problems: &mut Problems,
    ) -> bool {
        let mut sound = true;
        for ((name, kind), column) in wanted.iter().zip(columns) {
            let Some(offender) = self.mostly_not(*column, *kind) else {
                continue;
            };
            sound = false;
            let mut problem = Problem::error(
                "wrong-kind-of-column",
                format!("column `{name}` should hold {}", kind.expected()),
            )
            .example(format!("`{}`", offender.text(*column)))
            .at(offender.line(), column.0 + 1);
            let swapped = wanted.iter().zip(columns).find(|((_, other_kind), other)| {
                *other != column
                    && *other_kind != Kind::Any
                    && self.mostly_not(**other, *kind).is_none()
                    && self.mostly_not(*column, *other_kind).is_none()
            });
            if let Some(((other, _), _)) = swapped {
                problem = problem.hint(format!("columns `{name}` and `{other}` look swapped"));
            }
            problems.add(problem);
        }
        sound
    }

    /// The first row whose cell is not of the kind, if that is so in most of a sample of rows.
    fn mostly_not(&self, column: Column, kind: Kind) -> Option<Row<'_>> {
        let mut seen = 0;
        let mut wrong = 0;
        let mut first = None;
        for row in self.rows().take(SAMPLE) {
            let cell = row.text(column);
            if cell.is_empty() {
                continue;
            }
            seen += 1;
            if !kind.fits(cell) {
                wrong += 1;
                first = first.or(Some(row));
            }
        }
        first.filter(|_| wrong * 2 > seen)
    }

    fn check_shape(&self, text: &str, problems: &mut Problems) {
        let width = self.header.len();
        let last = self.records.last();
        let open_quote = text.bytes().filter(|byte| *byte == b'"').count() % 2 == 1;
        if open_quote {
            problems.add(
                Problem::error("unfinished-quote", "a quotation mark is never closed")
                    .at(last.map_or(1, line_of), 0)
                    .hint("the file may be cut short, or a name holds a single \" sign"),
            );
            return;
        }
        for record in self.records.iter().filter(|record| record.len() != width) {
            let line = line_of(record);
            let cut_short = last.is_some_and(|last| line_of(last) == line)
                && record.len() < width
                && !text.ends_with('\n');
            let example = format!("{} fields", record.len());
            problems.add(if cut_short {
                Problem::error(
                    "truncated-file",
                    format!("the last row is cut short; {width} fields were expected"),
                )
                .example(example)
                .at(line, 0)
                .hint("copy the file again and compare its size with the original")
            } else {
                Problem::error("row-length", format!("rows without {width} fields"))
                    .example(example)
                    .at(line, 0)
                    .hint("a comma inside a name must be in quotation marks")
            });
        }
    }
}

/// A header that is one field, with several names in it that another sign separates.
fn other_separator(header: &StringRecord) -> Option<Problem> {
    let mut fields = header.iter();
    let (Some(only), None) = (fields.next(), fields.next()) else {
        return None;
    };
    let signs = [(';', "semicolons"), ('\t', "tabs"), ('|', "bars")];
    let (_, name) = signs.into_iter().find(|(sign, _)| only.contains(*sign))?;
    Some(
        Problem::error(
            "other-separator",
            format!("fields are separated by {name}; commas were expected"),
        )
        .at(1, 0)
        .hint("save the file as `CSV UTF-8 (comma delimited)`, with a point in decimal numbers; Excel takes the separator from the regional settings of the computer"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const KINDS: [(&str, Kind); 3] = [
        ("year", Kind::Period),
        ("la_name", Kind::Text),
        ("plans", Kind::Number),
    ];

    fn findings(text: &str) -> Vec<String> {
        let file = Path::new("plans.csv");
        let mut problems = Problems::new(file);
        if let Some(table) = Table::parse(file, text.as_bytes().to_vec(), &mut problems)
            && let Some([_, _, plans]) = table.columns(KINDS, &mut problems)
        {
            for row in table.rows() {
                row.count(plans, &mut problems);
            }
        }
        let findings = problems.into_findings();
        findings.iter().map(|(_, f)| f.to_string()).collect()
    }

    #[test]
    fn a_sound_table_has_no_problems() {
        assert!(findings("year,la_name,plans\n2024,\"Ham, West\",12\n2025,Ham,c\n").is_empty());
    }

    #[test]
    fn another_separator_is_one_error_with_the_way_out() {
        for (text, name) in [
            ("year;la_name;plans\n2024;Ham;1\n", "semicolons"),
            ("year\tla_name\tplans\n2024\tHam\t1\n", "tabs"),
        ] {
            let found = findings(text);
            assert_eq!(found.len(), 1, "{found:?}");
            assert!(
                found[0].contains(&format!("separated by {name}")),
                "{found:?}"
            );
            assert!(found[0].contains("comma delimited"), "{found:?}");
        }
    }

    #[test]
    fn swapped_columns_are_named() {
        let found = findings("year,la_name,plans\n2024,12,Ham\n2025,13,Ham\n");
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[1].contains("columns `plans` and `la_name` look swapped"));
    }

    #[test]
    fn a_renamed_column_is_suggested() {
        let found = findings("year,la_nmae,plans\n2024,Ham,12\n");
        assert_eq!(
            found,
            [
                "error: no column `la_name`\n  --> plans.csv:1\nhint: column `la_nmae` may be the same, renamed"
            ]
        );
    }

    #[test]
    fn a_row_cut_short_and_an_open_quote_are_errors() {
        assert!(findings("year,la_name,plans\n2024,Ham,1\n2025,Ha")[0].contains("cut short"));
        assert!(findings("year,la_name,plans\n2024,\"Ham,1\n")[0].contains("never closed"));
        assert!(findings("year,la_name,plans\n2024,Ham\n2025,Ham,1\n")[0].contains("2 fields"));
    }

    #[test]
    fn negative_counts_and_unknown_symbols_are_errors() {
        let found = findings("year,la_name,plans\n2024,Ham,-3\n2025,Ham,?\n2023,Ham,4\n");
        assert_eq!(found.len(), 2);
        assert!(found[0].contains("negative") || found[0].contains("below zero"));
        assert!(found[1].contains("`?` (line 3)"));
    }
}
