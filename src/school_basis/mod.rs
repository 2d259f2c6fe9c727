//! Pupils of the area's special schools, wherever they live: the school basis beside the residence
//! basis.
//!
//! In: the plans of a future by setting, the newest published pupils of special schools and the
//! import/export adjustment of the block. Out: pupils and net imports on every 1 January.
//! Deliberately not here: places (`simulate/places`), which are those of residents.
//! A new type of school is a setting in [`TYPES`] that `special_school_pupils` is published for.

use rand_distr::{Distribution, StandardNormal};

use crate::area::{AreaPack, Breakdown, HistoryRow};
use crate::domain::{Date, Setting};
use crate::random::Stream;
use crate::simulate::{Companion, Future};
use crate::summarise::{Axis, Cell, Counted};

/// Types of special school that pupils are published for.
const TYPES: [Setting; 2] = [Setting::StateSpecial, Setting::NonMaintainedSpecial];

/// Indicators by type of school, and of all high needs provision together.
const PUPILS: (&str, &str) = ("special_school_pupils", "children");
const NET_IMPORTS: (&str, &str) = ("special_school_net_imports", "children");
const ALL_NET_IMPORTS: (&str, &str) = ("high_needs_net_imports", "children");

/// Yearly surprise in net imports, as a share of the pupils of special schools.
const YEARLY_CHANGE: &str = "places.net-imports-yearly-change";

/// What is published of the children who cross an area's border.
#[derive(Debug, Clone, PartialEq)]
pub struct SchoolBasis {
    base_year: i32,
    years: usize,
    /// January of the counts of pupils and residents.
    counted: Option<Crossing<[f64; TYPES.len()]>>,
    /// Net imports of all high needs provision as the block funds them: children of a non-maintained
    /// special school or a specialist post-16 institution are exports of their home area and imports
    /// of none.
    of_block: Option<Crossing<f64>>,
    /// Pupils of special schools when they were counted, by type.
    pupils: [f64; TYPES.len()],
}

/// Children of other areas less those who go elsewhere, on a January.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Crossing<N> {
    january: i32,
    net: N,
}

impl SchoolBasis {
    /// The newest published figures of a pack, over a horizon.
    pub fn of(pack: &AreaPack, base_year: i32, years: usize) -> Self {
        let value = |rows: &[HistoryRow], measure: &str, january: i32, setting: Setting| {
            let wanted = |row: &&HistoryRow| {
                row.measure == measure
                    && row.year == january
                    && row.breakdown == Breakdown::Setting(setting)
            };
            rows.iter().find(wanted).and_then(|row| row.value.value())
        };
        let januaries = pack.sen_pupils.iter();
        let januaries = januaries.filter(|row| row.measure == PUPILS.0);
        let newest = januaries.map(|row| row.year).max();
        let pupils_of = |january, setting| value(&pack.sen_pupils, PUPILS.0, january, setting);
        let counted = newest.and_then(|january| {
            let mut net = [0.0; TYPES.len()];
            for (net, setting) in net.iter_mut().zip(TYPES) {
                let residents = value(&pack.ehc_plans_history, "plans", january, setting)?;
                *net = pupils_of(january, setting).unwrap_or(0.0) - residents;
            }
            Some(Crossing { january, net })
        });
        let of_types = |january| TYPES.map(|setting| pupils_of(january, setting).unwrap_or(0.0));
        let of_block = pack.high_needs.iter();
        let of_block = of_block.filter(|row| row.measure == "net_imported_pupils");
        let of_block = of_block.filter_map(|row| {
            let net = row.value.value()?;
            // The adjustment of a financial year counts pupils of the January in which it is set.
            Some(Crossing {
                january: row.year,
                net,
            })
        });
        Self {
            base_year,
            years,
            pupils: newest.map_or_else(Default::default, of_types),
            counted,
            of_block: of_block.max_by_key(|crossing| crossing.january),
        }
    }

    /// Whether nothing is published.
    pub const fn is_empty(&self) -> bool {
        self.counted.is_none() && self.of_block.is_none()
    }

    /// Pupils of special schools when they were counted; residents in such schools at the base date
    /// where pupils are not published.
    fn all_pupils(&self, future: &Future<'_>) -> f64 {
        let pupils: f64 = self.pupils.iter().sum();
        if pupils > 0.0 {
            return pupils;
        }
        let start = future.layout.cross(Counted::EhcPlans, 0, &[Axis::Setting]);
        let residents = |setting: Setting| {
            start.map_or(0.0, |start| {
                f64::from(future.counts[start + setting.index()])
            })
        };
        TYPES.map(residents).iter().sum()
    }

    /// Departures from what was counted on a January, by January of the horizon: a random walk with
    /// a share of the variance of all pupils together.
    fn walk(&self, future: &Future<'_>, january: i32, (name, share): (&str, f64)) -> Vec<f64> {
        let base = Date::january(self.base_year);
        let pupils = self.all_pupils(future);
        let change = future.number_at_base(YEARLY_CHANGE, base) * pupils * share.sqrt();
        let mut stream = Stream::new(future.seed, future.draw, &format!("{YEARLY_CHANGE}.{name}"));
        let mut normal = || -> f64 { StandardNormal.sample(&mut stream) };
        let before = f64::from((self.base_year - january).max(0));
        let mut departure = before.sqrt() * change * normal();
        (0..=self.years)
            .map(|year| {
                if year > 0 {
                    departure += change * normal();
                }
                departure.round()
            })
            .collect()
    }
}

impl Companion for SchoolBasis {
    fn cells(&self) -> Vec<Cell> {
        let mut cells = Vec::new();
        for year in 0..=self.years {
            let january = self.base_year + year as i32;
            let period = format!("{}{:02}", january - 1, january.rem_euclid(100));
            let total = |indicator| Cell::total(indicator, (period.clone(), "January"), "school");
            if self.counted.is_some() {
                for indicator in [PUPILS, NET_IMPORTS] {
                    cells.push(total(indicator));
                    cells.extend(TYPES.map(|setting| Cell {
                        setting: setting.label(),
                        ..total(indicator)
                    }));
                }
            }
            if self.of_block.is_some() {
                cells.push(total(ALL_NET_IMPORTS));
            }
        }
        cells
    }

    fn measure(&self, future: &Future<'_>) -> Vec<f64> {
        let counted = self.counted.map(|crossing| {
            let all: f64 = self.pupils.iter().sum();
            let of_type = |at: usize| {
                let share = self.pupils[at] / all.max(1.0);
                self.walk(future, crossing.january, (TYPES[at].code(), share))
            };
            let walks: [Vec<f64>; TYPES.len()] = std::array::from_fn(of_type);
            (crossing.net, walks)
        });
        let of_block = self.of_block.map(|crossing| {
            (
                crossing.net,
                self.walk(future, crossing.january, ("all", 1.0)),
            )
        });
        let mut values = Vec::new();
        for year in 0..=self.years {
            if let Some((net, walks)) = &counted {
                let start = future
                    .layout
                    .cross(Counted::EhcPlans, year, &[Axis::Setting]);
                let mut pupils = [0.0; TYPES.len()];
                let mut imports = [0.0; TYPES.len()];
                for (at, setting) in TYPES.iter().enumerate() {
                    let residents = start.map_or(0, |start| future.counts[start + setting.index()]);
                    let residents = f64::from(residents);
                    // There are no fewer pupils than none, and none without a school of the type.
                    if self.pupils[at] > 0.0 {
                        pupils[at] = (residents + net[at] + walks[at][year]).max(0.0);
                    }
                    imports[at] = pupils[at] - residents;
                }
                for by_type in [pupils, imports] {
                    values.push(by_type.iter().sum());
                    values.extend(by_type);
                }
            }
            if let Some((net, walk)) = &of_block {
                values.push(net + walk[year]);
            }
        }
        values
    }
}
