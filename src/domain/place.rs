//! Geographic levels of published figures.

use std::fmt;

/// Three-digit DfE code of a local authority, for example 831 for Derby. Published files are
/// joined on it, because GSS codes of one authority differ between sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AuthorityCode(pub u16);

impl fmt::Display for AuthorityCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:03}", self.0)
    }
}

/// Where a published figure applies. Regions are computed from their authorities, not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// England, as published.
    England,
    /// One authority.
    Authority(AuthorityCode),
}
