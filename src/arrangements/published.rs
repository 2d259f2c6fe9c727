//! What is published of the arrangements of an area.

use super::{GROUPS, KINDS};
use crate::area::{AreaPack, ArrangementRow, Breakdown};
use crate::domain::{AgeGroup, Arrangement, ArrangementFamily, Setting};

/// Position of the group that a child's share is that of.
pub(super) const fn group(family: ArrangementFamily, age: u8, setting: Setting) -> usize {
    if family.is_by_setting() {
        setting.index()
    } else {
        AgeGroup::of(age).index()
    }
}

/// Children with an arrangement and plans that may have it, in one group of the area, and the share
/// in England.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Counted {
    children: f64,
    plans: f64,
    england: f64,
}

/// Published shares by arrangement and group, of the newest January of each family.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Published {
    counted: Vec<[Counted; GROUPS]>,
    /// Families that are published.
    pub(super) families: Vec<ArrangementFamily>,
}

impl Published {
    /// The newest of a pack; `None` without any.
    pub(super) fn of(pack: &AreaPack) -> Option<Self> {
        let mut counted = vec![[Counted::default(); GROUPS]; KINDS];
        let mut families = Vec::new();
        for family in ArrangementFamily::ALL {
            let of_family = |row: &&ArrangementRow| {
                row.arrangement.family() == family && position(row).is_some()
            };
            let rows = || pack.arrangements.iter().filter(of_family);
            let newest = rows().map(|row| row.year).max();
            families.extend(newest.map(|_| family));
            for row in rows().filter(|row| Some(row.year) == newest) {
                let Some(group) = position(row) else { continue };
                let children = row.children.value();
                counted[row.arrangement.index()][group] = Counted {
                    children: children.unwrap_or(0.0),
                    // A figure that is not published says nothing of the area.
                    plans: children.map_or(0.0, |_| row.plans),
                    england: row.england_share,
                };
            }
        }
        (!families.is_empty()).then_some(Self { counted, families })
    }

    /// The area's share of a group, pooled with so many plans of England.
    pub(super) fn share(&self, arrangement: Arrangement, group: usize, pooling: f64) -> f64 {
        let Counted {
            children,
            plans,
            england,
        } = self.counted[arrangement.index()][group];
        let all = plans + pooling;
        if all > 0.0 {
            ((children + pooling * england) / all).min(1.0)
        } else {
            0.0
        }
    }
}

/// Position of a row's group; `None` for totals.
const fn position(row: &ArrangementRow) -> Option<usize> {
    match row.breakdown {
        Breakdown::AgeGroup(group) => Some(group.index()),
        Breakdown::Setting(setting) => Some(setting.index()),
        _ => None,
    }
}
