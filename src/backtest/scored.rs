//! Which authorities are scored, and how large they were.

use super::Size;
use crate::forecast::{LAST_JANUARY, Panel};

/// Authorities whose code changed in 2013 (Gateshead, Northumberland) or in 2020 (Buckinghamshire):
/// their series join two codes.
const RECODED: [&str; 3] = ["E08000037", "E06000057", "E10000002"];

/// Authorities with an unbroken series from January 2010 under one code, by position in the panel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scored {
    members: Vec<bool>,
}

impl Scored {
    /// Chooses the scored authorities.
    pub fn of(panel: &Panel) -> Self {
        let is_scored = |gss: &str| !RECODED.contains(&gss);
        Self {
            members: panel
                .members
                .iter()
                .map(|member| is_scored(&member.gss) && member.is_unbroken_to(LAST_JANUARY))
                .collect(),
        }
    }

    /// Positions of the scored authorities.
    pub fn positions(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.members.len()).filter(|&member| self.members[member])
    }

    /// Whether an authority is scored.
    pub fn contains(&self, member: usize) -> bool {
        self.members[member]
    }

    /// Size of each authority at an origin; `None` where it is not scored.
    pub fn sizes(&self, panel: &Panel, origin: i32) -> Vec<Option<Size>> {
        let mut order: Vec<usize> = self.positions().collect();
        order.sort_by(|&a, &b| {
            let plans = |i: usize| panel.members[i].total(origin).unwrap_or(0.0);
            plans(a).total_cmp(&plans(b)).then(a.cmp(&b))
        });
        let mut sizes = vec![None; self.members.len()];
        for (rank, &member) in order.iter().enumerate() {
            sizes[member] = Some(match 3 * rank / order.len() {
                0 => Size::Small,
                1 => Size::Middle,
                _ => Size::Large,
            });
        }
        sizes
    }
}
