//! Area packs: one local area's tables in our own schema.

mod pack;

pub use pack::{
    AreaManifest, Breakdown, HistoryRow, PackSource, PlanAccountRow, PlanStockRow, PopulationRow,
    SupportStockRow,
};
