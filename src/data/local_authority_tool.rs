//! Percentages from the local authority interactive tool, a parquet file of 641,000 cells.

use std::fs::File;
use std::path::Path;

use parquet::column::reader::get_typed_column_reader;
use parquet::data_type::{ByteArray, ByteArrayType, DataType, DoubleType};
use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader as _, RowGroupReader, SerializedFileReader};

use super::ees::first_year;
use super::facts::{Cut, FactKey, Facts, Item, Published, SeriesKey};
use crate::domain::{AuthorityCode, Observed, Phase, Place};
use crate::files::{Problem, Problems};

/// Code of England in this tool.
const ENGLAND: u16 = 970;

/// Where an indicator goes.
#[derive(Debug, Clone, Copy)]
enum Target {
    SenSupport(Cut),
    EhcPupils(Cut),
    Exclusions(&'static str, Cut),
}

const PRIMARY: Cut = Cut::Phase(Phase::Primary);
const SECONDARY: Cut = Cut::Phase(Phase::Secondary);

const INDICATORS: [(&str, Target); 14] = [
    ("SEN_TotSENSuP", Target::SenSupport(Cut::All)),
    ("PrimNoStatements", Target::SenSupport(PRIMARY)),
    ("SecNoStatements", Target::SenSupport(SECONDARY)),
    ("SEN_TotStat", Target::EhcPupils(Cut::All)),
    ("PrimStatements", Target::EhcPupils(PRIMARY)),
    ("SecStatements", Target::EhcPupils(SECONDARY)),
    (
        "TotPermEx",
        Target::Exclusions("permanent_exclusions_percent", Cut::All),
    ),
    (
        "PriPermEx",
        Target::Exclusions("permanent_exclusions_percent", PRIMARY),
    ),
    (
        "SecPermEx",
        Target::Exclusions("permanent_exclusions_percent", SECONDARY),
    ),
    (
        "SpecPermEx",
        Target::Exclusions("permanent_exclusions_special_percent", Cut::All),
    ),
    (
        "TotFixedEx",
        Target::Exclusions("suspensions_percent", Cut::All),
    ),
    (
        "PriFixedEx",
        Target::Exclusions("suspensions_percent", PRIMARY),
    ),
    (
        "SecFixedEx",
        Target::Exclusions("suspensions_percent", SECONDARY),
    ),
    (
        "SpecFixedEx",
        Target::Exclusions("suspensions_special_percent", Cut::All),
    ),
];

/// Reads the indicators. In this tool `-` stands where an authority has no figure, for example in
/// years before it existed: it is not available, not zero.
pub(super) fn read(file: &Path, published: &mut Published, problems: &mut Problems) {
    match cells(file) {
        Ok(cells) => {
            for cell in cells {
                insert(&cell, published, problems);
            }
        }
        Err(error) => problems.add(Problem::error("unreadable-parquet", error)),
    }
}

/// A cell of an indicator that is wanted.
struct Indicator {
    target: Target,
    period: String,
    value: String,
    code: u16,
}

fn insert(cell: &Indicator, published: &mut Published, problems: &mut Problems) {
    let Some(year) = first_year(&cell.period) else {
        return;
    };
    let place = match AuthorityCode(cell.code) {
        AuthorityCode(ENGLAND) => Place::England,
        code if published.authorities.contains_key(&code) => Place::Authority(code),
        _ => return, // regions
    };
    let observed = match cell.value.as_str() {
        "-" => Observed::NotAvailable,
        value => Observed::parse(value).unwrap_or_else(|| {
            problems.add(
                Problem::error("unknown-symbol", "neither numbers nor known symbols")
                    .example(format!("`{value}`")),
            );
            Observed::NotAvailable
        }),
    };
    let fact = |facts: &mut Facts, cut| {
        let key = FactKey {
            place,
            year,
            cut,
            item: Item::Total,
        };
        facts.insert(key, observed);
    };
    match cell.target {
        Target::SenSupport(cut) => fact(&mut published.sen_support_percent, cut),
        Target::EhcPupils(cut) => fact(&mut published.ehc_pupils_percent, cut),
        Target::Exclusions(measure, cut) => {
            let key = SeriesKey {
                place,
                year,
                measure,
                cut,
            };
            published.exclusions.insert(key, observed);
        }
    }
}

fn cells(file: &Path) -> Result<Vec<Indicator>, String> {
    let file = File::open(file).map_err(|error| error.to_string())?;
    let reader = SerializedFileReader::new(file).map_err(|error| error.to_string())?;
    let schema = reader.metadata().file_metadata().schema_descr_ptr();
    let column = |name: &str| {
        (0..schema.num_columns())
            .find(|index| schema.column(*index).name() == name)
            .ok_or_else(|| format!("no column `{name}`"))
    };
    let columns = [
        column("Short Desc")?,
        column("Years")?,
        column("Values")?,
        column("LA Number")?,
    ];
    let mut cells = Vec::new();
    for group in 0..reader.num_row_groups() {
        let group = reader
            .get_row_group(group)
            .map_err(|error| error.to_string())?;
        read_group(group.as_ref(), columns, &mut cells).map_err(|error| error.to_string())?;
    }
    Ok(cells)
}

fn read_group(
    group: &dyn RowGroupReader,
    [name, period, value, code]: [usize; 4],
    cells: &mut Vec<Indicator>,
) -> Result<(), ParquetError> {
    let names = column::<ByteArrayType>(group, name)?;
    let periods = column::<ByteArrayType>(group, period)?;
    let values = column::<ByteArrayType>(group, value)?;
    let codes = column::<DoubleType>(group, code)?;
    for (row, name) in names.iter().enumerate() {
        let target = INDICATORS.iter().find(|(indicator, _)| {
            name.as_ref()
                .is_some_and(|name| name.data() == indicator.as_bytes())
        });
        if let (Some((_, target)), Some(Some(code))) = (target, codes.get(row)) {
            cells.push(Indicator {
                target: *target,
                period: text(&periods, row),
                value: text(&values, row),
                code: *code as u16,
            });
        }
    }
    Ok(())
}

fn text(column: &[Option<ByteArray>], row: usize) -> String {
    let cell = column.get(row).and_then(Option::as_ref);
    cell.map(|cell| String::from_utf8_lossy(cell.data()).trim().to_owned())
        .unwrap_or_default()
}

/// One column of a row group, with its nulls.
fn column<T: DataType>(
    group: &dyn RowGroupReader,
    index: usize,
) -> Result<Vec<Option<T::T>>, ParquetError> {
    let rows = group.metadata().num_rows() as usize;
    let reader = group.get_column_reader(index)?;
    let mut reader = get_typed_column_reader::<T>(reader);
    let mut values = Vec::with_capacity(rows);
    let mut levels = Vec::with_capacity(rows);
    while reader
        .read_records(rows, Some(&mut levels), None, &mut values)?
        .0
        > 0
    {}
    if levels.is_empty() {
        return Ok(values.into_iter().map(Some).collect());
    }
    let mut values = values.into_iter();
    Ok(levels
        .iter()
        .map(|level| if *level > 0 { values.next() } else { None })
        .collect())
}
