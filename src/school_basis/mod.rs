//! Pupils of the area's special schools, wherever they live: the school basis beside the residence
//! basis.
//!
//! In: the plans of a future by setting, the newest published pupils of special schools and the
//! import/export adjustment of the block. Out: pupils and net imports on every 1 January.
//! Deliberately not here: places (`simulate/places`), which are those of residents.
//! A new type of school is a setting in [`TYPES`] that `special_school_pupils` is published for.

mod published;

use rand_distr::{Distribution, StandardNormal};

use crate::area::AreaPack;
use crate::domain::{Date, Overflow, Setting, time_period};
use crate::random::Stream;
use crate::simulate::{Companion, Future};
use crate::summarise::{Axis, Cell, Counted};
use published::{ImportExport, PUPILS, SpecialSchools};

/// Types of special school that pupils are published for.
const TYPES: [Setting; 2] = [Setting::StateSpecial, Setting::NonMaintainedSpecial];

/// Indicators by type of school, and of all high needs provision together.
const OF_SCHOOLS: (&str, &str) = (PUPILS, "children");
const NET_IMPORTS: (&str, &str) = ("special_school_net_imports", "children");
const ALL_NET_IMPORTS: (&str, &str) = ("high_needs_net_imports", "children");

/// Yearly surprise in net imports, as a share of the pupils of special schools.
const YEARLY_CHANGE: &str = "places.net-imports-yearly-change";

/// The school basis of an area.
#[derive(Debug, Clone, PartialEq)]
pub struct SchoolBasis {
    base_year: i32,
    years: usize,
    special: Option<SpecialSchools>,
    block: Option<ImportExport>,
}

impl SchoolBasis {
    /// The newest published figures of a pack, over a horizon.
    pub fn of(pack: &AreaPack, base_year: i32, years: usize) -> Self {
        Self {
            base_year,
            years,
            special: SpecialSchools::of(pack),
            block: ImportExport::of(pack),
        }
    }

    /// Whether nothing is published.
    pub const fn is_empty(&self) -> bool {
        self.special.is_none() && self.block.is_none()
    }

    /// Pupils of special schools when they were counted; residents in such schools at the base date
    /// where pupils are not published.
    fn all_pupils(&self, future: &Future<'_>) -> f64 {
        let counted = self.special.as_ref().map(SpecialSchools::all_pupils);
        let counted = counted.filter(|pupils| *pupils > 0.0);
        counted.unwrap_or_else(|| residents(future, 0).iter().sum())
    }

    /// Net imports of all high needs provision on every January; `None` where the adjustment of the
    /// block is not published. Children of other areas stay as they were counted, apart from the
    /// course; the area's own children elsewhere are those of the future.
    pub fn net_imports(&self, future: &Future<'_>) -> Option<Vec<f64>> {
        let published = self.block?;
        let walk = self.walk(future, published.january, ("all", 1.0));
        let at_base = exports(future, 0);
        let net = |(year, walk)| published.net + walk - (exports(future, year) - at_base);
        Some(walk.into_iter().enumerate().map(net).collect())
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

/// Residents in special schools on a January of the horizon, by type.
fn residents(future: &Future<'_>, year: usize) -> [f64; TYPES.len()] {
    let start = future
        .layout
        .cross(Counted::EhcPlans, year, &[Axis::Setting]);
    TYPES.map(|setting| {
        start.map_or(0.0, |start| {
            f64::from(future.counts[start + setting.index()])
        })
    })
}

/// Residents whom no place at home sent to the special school of another authority, on a January.
fn sent_elsewhere(future: &Future<'_>, year: usize) -> f64 {
    // Counted in January and September by turns.
    let axes = [Axis::Overflow];
    let start = future.layout.cross(Counted::Overflow, 2 * year, &axes);
    start.map_or(0.0, |start| {
        f64::from(future.counts[start + Overflow::OutOfArea.index()])
    })
}

/// Residents whom the block counts as children of other areas' provision and that are no other area's
/// imports, and those sent elsewhere.
fn exports(future: &Future<'_>, year: usize) -> f64 {
    let start = future
        .layout
        .cross(Counted::EhcPlans, year, &[Axis::Setting]);
    let of = |setting: Setting| {
        start.map_or(0.0, |start| {
            f64::from(future.counts[start + setting.index()])
        })
    };
    let by_setting = [Setting::NonMaintainedSpecial, Setting::SpecialistPost16].map(of);
    sent_elsewhere(future, year) + by_setting.iter().sum::<f64>()
}

impl Companion for SchoolBasis {
    fn cells(&self) -> Vec<Cell> {
        let mut cells = Vec::new();
        for year in 0..=self.years {
            let january = self.base_year + year as i32;
            let period = time_period(january - 1);
            let total = |indicator| Cell::total(indicator, (period.clone(), "January"), "school");
            if self.special.is_some() {
                for indicator in [OF_SCHOOLS, NET_IMPORTS] {
                    cells.push(total(indicator));
                    cells.extend(TYPES.map(|setting| Cell {
                        setting: setting.label(),
                        ..total(indicator)
                    }));
                }
            }
            if self.block.is_some() {
                cells.push(total(ALL_NET_IMPORTS));
            }
        }
        cells
    }

    fn measure(&self, future: &Future<'_>) -> Vec<f64> {
        let special = self.special.map(|published| {
            let all = published.all_pupils().max(1.0);
            let walks: [Vec<f64>; TYPES.len()] = std::array::from_fn(|at| {
                let of_type = (TYPES[at].code(), published.pupils[at] / all);
                self.walk(future, published.january, of_type)
            });
            (published, walks)
        });
        let block = self.net_imports(future);
        let sent_at_base = sent_elsewhere(future, 0);
        let mut values = Vec::new();
        for year in 0..=self.years {
            if let Some((published, walks)) = &special {
                let residents = residents(future, year);
                let sent = sent_elsewhere(future, year) - sent_at_base;
                let mut pupils = [0.0; TYPES.len()];
                for (at, pupils) in pupils.iter_mut().enumerate() {
                    // There are no fewer pupils than none, and none without a school of the type.
                    if published.pupils[at] > 0.0 {
                        let net = published.pupils[at] - published.residents[at];
                        let is_state = TYPES[at] == Setting::StateSpecial;
                        let net = if is_state { net - sent } else { net };
                        *pupils = (residents[at] + net + walks[at][year]).max(0.0);
                    }
                }
                let imports: [f64; TYPES.len()] =
                    std::array::from_fn(|at| pupils[at] - residents[at]);
                for by_type in [pupils, imports] {
                    values.push(by_type.iter().sum());
                    values.extend(by_type);
                }
            }
            values.extend(block.iter().map(|net| net[year]));
        }
        values
    }
}
