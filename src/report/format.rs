//! The formats of a run folder.

/// A format that a run can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
pub enum Format {
    /// Long tables for any program; the reports are rendered again from them.
    Csv,
    /// The same tables for Power BI.
    Parquet,
    /// A workbook for people.
    Xlsx,
    /// A page for people.
    Html,
}

impl Format {
    /// Every format, the default.
    pub const ALL: [Self; 4] = [Self::Csv, Self::Parquet, Self::Xlsx, Self::Html];
}
