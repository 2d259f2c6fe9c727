//! Checks of the evidence on rates: complete, and within what rates and shares can be.

use std::collections::{BTreeMap, BTreeSet};

use super::{AreaPack, EvidenceProcess, EvidenceRow};
use crate::domain::{AGES, PrimaryNeed, Setting};
use crate::files::Problem;

/// Most events, children or years that a cell of one authority can count.
const MOST_COUNTED: f64 = 1e6;

/// By how much shares may miss their sum, or events exceed what they are counted out of.
const ROUNDING: f64 = 0.01;

/// Estimates that the simulation reads, with the greatest value of each.
const ESTIMATES: [(&str, f64); 7] = [
    ("joining.age-pooling", 1e5),
    ("shares.pooling", 1e5),
    ("ceasing.level-pooling", 1e5),
    ("ceasing.age-pooling", 1e5),
    ("ceasing.drift", 2.0),
    ("moving-out.level-pooling", 1e5),
    ("moving-in.ratio", 10.0),
];

/// Hint of everything that is missing.
const IMPORT: &str = "the table may be cut short; `sendsim import` writes it whole";

/// How the rows of a process are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Layout {
    /// One row for every age.
    Age,
    /// Shares that add to 1 at every age.
    SharesOfAge,
    /// One row for every need.
    Need,
    /// One row for every setting.
    Setting,
    /// Any rows.
    Free,
}

impl EvidenceProcess {
    const fn layout(self) -> Layout {
        match self {
            Self::Joining | Self::Ceasing | Self::MovingOut => Layout::Age,
            Self::JoiningNeed | Self::FirstSetting | Self::CeasingReason => Layout::SharesOfAge,
            Self::JoiningBoys => Layout::Need,
            Self::CeasingInSetting => Layout::Setting,
            Self::NeedInSetting | Self::SettingMove => Layout::Free,
        }
    }

    /// Greatest value of peers: rates per person and year, shares, ratios.
    const fn most(self) -> f64 {
        match self {
            Self::Joining
            | Self::MovingOut
            | Self::JoiningNeed
            | Self::JoiningBoys
            | Self::FirstSetting
            | Self::CeasingReason
            | Self::SettingMove => 1.0,
            Self::Ceasing => 10.0,
            Self::NeedInSetting | Self::CeasingInSetting => 100.0,
        }
    }

    /// Whether its events are part of what they are counted out of.
    const fn is_share(self) -> bool {
        matches!(
            self,
            Self::JoiningNeed
                | Self::JoiningBoys
                | Self::FirstSetting
                | Self::CeasingReason
                | Self::SettingMove
        )
    }
}

impl AreaPack {
    /// Evidence that is missing or impossible.
    pub(super) fn wrong_evidence(&self) -> Vec<Problem> {
        let mut found: Vec<Problem> = self.rate_evidence.iter().filter_map(impossible).collect();
        for process in EvidenceProcess::ALL {
            let rows: Vec<&EvidenceRow> = self
                .rate_evidence
                .iter()
                .filter(|row| row.process == process)
                .collect();
            if let Some(lacking) = lacking(process, &rows) {
                found.push(
                    Problem::error("evidence-missing", "processes without all their evidence")
                        .example(format!("`{}`: {lacking}", process.code()))
                        .hint(IMPORT),
                );
            }
        }
        found
    }

    /// Estimates that are missing or impossible.
    pub(super) fn wrong_estimates(&self) -> Vec<Problem> {
        let mut found = Vec::new();
        for (name, most) in ESTIMATES {
            match self.estimates.iter().find(|row| row.name == name) {
                None => found.push(
                    Problem::error(
                        "estimate-missing",
                        "estimates that rates rest on are missing",
                    )
                    .example(format!("`{name}`"))
                    .hint(IMPORT),
                ),
                Some(row) if !(0.0..=most).contains(&row.value) || row.standard_error > most => {
                    found.push(
                        Problem::error("out-of-range", "estimates beyond what they can be")
                            .example(format!(
                                "`{name}` is {}, from 0 to {most} expected",
                                row.value
                            )),
                    );
                }
                Some(_) => {}
            }
        }
        found
    }
}

/// What a process lacks; `None` when it is whole.
fn lacking(process: EvidenceProcess, rows: &[&EvidenceRow]) -> Option<String> {
    if rows.is_empty() {
        return Some("no rows".to_owned());
    }
    let of = |count: usize, all: usize, what: &str| {
        (count != all).then(|| format!("{count} of {all} {what}"))
    };
    let ages: BTreeSet<u8> = rows.iter().filter_map(|row| row.age).collect();
    match process.layout() {
        Layout::Age => of(ages.len(), AGES, "ages").or_else(|| {
            let any = rows.iter().any(|row| row.peer_value > 0.0);
            (!any).then(|| "all of its rates are 0".to_owned())
        }),
        Layout::SharesOfAge => of(ages.len(), AGES, "ages").or_else(|| incomplete_shares(rows)),
        Layout::Need => {
            let needs: BTreeSet<PrimaryNeed> = rows.iter().filter_map(|row| row.need).collect();
            of(needs.len(), PrimaryNeed::COUNT, "needs")
        }
        Layout::Setting => {
            let settings: BTreeSet<Setting> = rows.iter().filter_map(|row| row.setting).collect();
            of(settings.len(), Setting::COUNT, "settings")
        }
        Layout::Free => None,
    }
}

/// Ages at which the peers' shares do not add to 1.
fn incomplete_shares(rows: &[&EvidenceRow]) -> Option<String> {
    let mut sums: BTreeMap<u8, f64> = BTreeMap::new();
    for row in rows {
        if let Some(age) = row.age {
            *sums.entry(age).or_default() += row.peer_value;
        }
    }
    let (age, sum) = sums
        .into_iter()
        .find(|(_, sum)| (sum - 1.0).abs() > ROUNDING)?;
    Some(format!("shares of peers at age {age} add to {sum:.3}"))
}

fn impossible(row: &EvidenceRow) -> Option<Problem> {
    let process = row.process;
    let (peer, events, exposure) = (row.peer_value, row.area_events, row.area_exposure);
    let what = if !(0.0..=process.most() + ROUNDING).contains(&peer) {
        format!("peer_value {peer:e}, from 0 to {} expected", process.most())
    } else if events > MOST_COUNTED || exposure > MOST_COUNTED {
        format!(
            "{:e}, at most {MOST_COUNTED} expected",
            events.max(exposure)
        )
    } else if process.is_share() && events > exposure * (1.0 + ROUNDING) + ROUNDING {
        format!("{events} events of {exposure}")
    } else {
        return None;
    };
    Some(
        Problem::error(
            "out-of-range",
            "evidence beyond what rates and shares can be",
        )
        .example(format!("`{}`: {what}", process.code())),
    )
}
