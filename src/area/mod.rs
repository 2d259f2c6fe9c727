//! Area packs: one local area's tables in our own schema.
//!
//! In: a folder of small CSV files and `area.toml`, or a pack inside the program.
//! Out: [`AreaPack`], and every problem with its file, line and column.
//! Deliberately not here: published files (`data/`), building a pack from them (`import/`).
//! A new table is a row type, how it is written and read, and one line in `area_pack.rs`.

mod area_pack;
mod arrangement_rows;
mod breakdown;
mod cells;
mod check;
mod context;
mod context_rows;
mod evidence;
mod evidence_check;
mod evidence_rows;
mod folder;
mod localities;
mod outlook_rows;
mod pack;
mod people_check;
mod place_groups;
mod plan_rows;
mod table;
mod tested_rows;

pub use area_pack::AreaPack;
pub use arrangement_rows::ArrangementRow;
pub use check::{NO_OUTLOOK, SCHEMA};
pub use context::{AbsenceRates, ExclusionRates, Places, WaitingList};
pub use evidence::{EstimateRow, EvidenceProcess, EvidenceRow, JoiningIndexRow};
pub use localities::LocalityRow;
pub use outlook_rows::{OutlookRow, OutlookScope};
pub use pack::{
    AreaManifest, Breakdown, CrossRow, FindingRow, HistoryRow, PackSource, PlanAccountRow,
    PlanStockRow, PopulationErrorRow, PopulationRow, ResidualRow, SupportStockRow,
};
pub use place_groups::PlaceGroupRow;
pub use tested_rows::{TestedRow, TestedScope};
