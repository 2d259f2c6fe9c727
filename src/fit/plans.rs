//! EHC plans at the base date: age × sex × need × setting in whole children.

use super::cells::{Axis, EARLIEST_AGE, cell};
use super::ipf::{Limits, Raked, rake};
use super::margins::PlanMargins;
use super::plan_findings::Subject;
use super::rounding::apportion;
use super::shape::england_shape;
use super::transport::CannotHold;
use super::whole::whole_children;
use crate::area::PlanStockRow;
use crate::data::facts::Published;
use crate::domain::{AGES, AuthorityCode, Place, PrimaryNeed, Setting, Sex};
use crate::finding::Finding;

/// Shares of the published "under 3" at ages 0, 1 and 2.
///
/// Assumption: in England a single age holds about eight times the plans of the age below
/// (January 2025: 533 under 3, 4,302 at 3), and the same ratio is taken further down.
pub const UNDER_3_SHARES: [f64; 3] = [0.014, 0.109, 0.877];

/// Januaries to go back for an authority's own tables when those of the base year are missing.
const EARLIER_JANUARIES: i32 = 5;

/// EHC plans on 1 January of the base year, in whole children.
///
/// The table is the one nearest (in relative entropy) to England's shape among those with the
/// authority's published margins, rounded so that the total, every published one-way margin,
/// need × age, need × setting and need × sex are exact; [`super::plan_residuals`] lists what
/// cannot be. Only what was published for the base year is fitted: before 2024 that is the total,
/// five age bands and settings. England's shape is always that of January 2025, the first with
/// needs, so an earlier base year borrows from a later publication and a finding says so.
/// A margin that is missing or does not add up is replaced by the authority's own tables of an
/// earlier January where they exist, then by England's shape, and a finding says so.
pub fn base_plans(
    published: &Published,
    authority: AuthorityCode,
    base_year: i32,
    findings: &mut Vec<Finding>,
) -> Vec<PlanStockRow> {
    let area = published.name_of(authority);
    let subject = Subject {
        area: &area,
        january: base_year,
    };
    let place = Place::Authority(authority);
    let Some(mut margins) = PlanMargins::read(published, place, base_year) else {
        findings.push(subject.no_total());
        return Vec::new();
    };
    findings.extend(subject.margins(&margins));
    let mut shape = england_shape(published);
    if margins.lacks_placements_or_ages() {
        let earlier = start_from_earlier(&mut shape, published, place, base_year);
        findings.push(subject.stands_in(earlier));
    }
    let children = fit(&shape, &margins).or_else(|CannotHold| {
        findings.push(subject.one_way_only());
        margins.crosses.clear();
        fit(&shape, &margins)
    });
    let Ok((children, raked)) = children else {
        findings.push(subject.no_table());
        return Vec::new();
    };
    findings.extend(subject.raking(raked));
    stock_rows(&children)
}

/// Rakes the shape to the published margins and rounds it to whole children.
fn fit(shape: &[f64], margins: &PlanMargins) -> Result<(Vec<u32>, Raked), CannotHold> {
    let mut table = shape.to_vec();
    let raked = rake(&mut table, &margins.for_raking(), Limits::default());
    Ok((whole_children(&table, margins)?, raked))
}

/// Share of the old shape that stays in a shape raked to an earlier January, so that a placement
/// that the authority did not use then remains possible.
const OLD_SHAPE_SHARE: f64 = 1e-3;

/// Rakes the shape to the authority's own margins of the nearest earlier January that has
/// placements and ages, and names that January.
fn start_from_earlier(
    shape: &mut [f64],
    published: &Published,
    place: Place,
    base_year: i32,
) -> Option<i32> {
    let (january, earlier) = (base_year - EARLIER_JANUARIES..base_year)
        .rev()
        .filter_map(|january| Some((january, PlanMargins::read(published, place, january)?)))
        .find(|(_, earlier)| !earlier.lacks_placements_or_ages())?;
    let mut raked = shape.to_vec();
    rake(&mut raked, &earlier.for_raking(), Limits::default());
    let old = OLD_SHAPE_SHARE * f64::from(earlier.total) / shape.iter().sum::<f64>();
    for (cell, raked) in shape.iter_mut().zip(raked) {
        *cell = raked + old * *cell;
    }
    Some(january)
}

/// Rows of the pack, the youngest first, with "under 3" split into single ages.
fn stock_rows(children: &[u32]) -> Vec<PlanStockRow> {
    let mut rows = Vec::new();
    let mut youngest = SplitUnder3::new(children);
    for age in EARLIEST_AGE..AGES {
        for sex in Sex::ALL {
            for need in PrimaryNeed::ALL {
                for setting in Setting::ALL {
                    let plans = children[cell(age, sex.index(), need.index(), setting.index())];
                    let ages = if age == EARLIEST_AGE {
                        youngest.split(plans)
                    } else {
                        vec![(age as u8, plans)]
                    };
                    rows.extend(ages.into_iter().filter(|(_, plans)| *plans > 0).map(
                        |(age, plans)| PlanStockRow {
                            age,
                            sex,
                            need,
                            setting,
                            plans,
                        },
                    ));
                }
            }
        }
    }
    rows.sort_unstable();
    rows
}

/// Deals children under 3 out to single ages so that each age has its share of all of them and
/// every age is spread evenly over sexes, needs and settings.
struct SplitUnder3 {
    totals: Vec<u32>,
    all: u32,
    dealt: [u32; 3],
}

impl SplitUnder3 {
    fn new(children: &[u32]) -> Self {
        let all = (0_usize..)
            .zip(children)
            .filter(|(cell, _)| Axis::Age.of(*cell) == EARLIEST_AGE)
            .map(|(_, plans)| plans)
            .sum();
        Self {
            totals: apportion(&UNDER_3_SHARES, all),
            all,
            dealt: [0; 3],
        }
    }

    fn split(&mut self, plans: u32) -> Vec<(u8, u32)> {
        let before = self.dealt;
        for _ in 0..plans {
            let next = self.dealt.iter().sum::<u32>() + 1;
            let due = |age: usize| {
                f64::from(self.totals[age]) * f64::from(next) / f64::from(self.all)
                    - f64::from(self.dealt[age])
            };
            let age = (0..3)
                .filter(|&age| self.dealt[age] < self.totals[age])
                .max_by(|&a, &b| due(a).total_cmp(&due(b)))
                .unwrap_or(EARLIEST_AGE);
            self.dealt[age] += 1;
        }
        (0_u8..3)
            .map(|age| (age, self.dealt[usize::from(age)] - before[usize::from(age)]))
            .collect()
    }
}
