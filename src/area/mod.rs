//! Area packs: one local area's tables in our own schema.

mod evidence;
mod pack;

pub use evidence::{EstimateRow, EvidenceProcess, EvidenceRow, JoiningIndexRow};
pub use pack::{
    AreaManifest, Breakdown, HistoryRow, PackSource, PlanAccountRow, PlanStockRow, PopulationRow,
    SupportStockRow,
};
