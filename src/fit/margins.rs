//! What is published about an authority's plans in one January, checked and made consistent.

use super::cells::{Axis, CELLS, EARLIEST_AGE};
use super::ipf::Margin;
use super::recording_breaks::mend;
use crate::data::facts::{Cut, Facts, Item, Published};
use crate::domain::{AgeGroup, Place, PrimaryNeed, Setting, Sex};

/// Published margins of one January.
pub(super) struct PlanMargins {
    /// All plans.
    pub(super) total: u32,
    /// One-way margins that add up to the total.
    pub(super) lines: Vec<Line>,
    /// Two-way margins that agree with the one-way margins, as far as they are published.
    pub(super) crosses: Vec<Cross>,
    /// Margins that are published but cannot be used, each with the reason.
    pub(super) unusable: Vec<String>,
    /// One-way margins that were scaled to the total, each with the reason.
    pub(super) scaled: Vec<String>,
    /// A recording change in the placements that was taken out, with what was done.
    pub(super) mended: Option<String>,
}

/// A one-way margin.
pub(super) struct Line {
    pub(super) axis: Axis,
    /// As published, zero where there is no row.
    pub(super) published: Vec<f64>,
    /// Scaled to the total.
    pub(super) cells: Vec<f64>,
}

/// A two-way margin, row by row; a row that is not published is `None` throughout.
pub(super) struct Cross {
    pub(super) rows: Axis,
    pub(super) columns: Axis,
    pub(super) cells: Vec<Option<f64>>,
}

/// Sums of published whole numbers that differ by less than this agree.
const AGREES: f64 = 0.5;

/// A one-way margin that misses the total by no more than this share is scaled to it: a handful of
/// plans have no sex recorded, and totals were revised by one or two after age bands came out.
const SCALED_AT_MOST: f64 = 0.02;

impl PlanMargins {
    /// Reads everything published about a place in a January. `None` without a total.
    pub(super) fn read(published: &Published, place: Place, january: i32) -> Option<Self> {
        let total = published
            .plans
            .value(place, january, Cut::All, Item::Total)?;
        let mut margins = Self {
            total: total.round() as u32,
            lines: Vec::new(),
            crosses: Vec::new(),
            unusable: Vec::new(),
            scaled: Vec::new(),
            mended: None,
        };
        for axis in [Axis::Age, Axis::Band, Axis::Setting, Axis::Sex, Axis::Need] {
            margins.read_line(published, place, january, axis);
        }
        for (rows, columns) in [
            (Axis::Age, Axis::Setting),
            (Axis::Sex, Axis::Setting),
            (Axis::Age, Axis::Need),
            (Axis::Setting, Axis::Need),
            (Axis::Sex, Axis::Need),
        ] {
            margins.read_cross(published, place, january, (rows, columns));
        }
        Some(margins)
    }

    /// The one-way margin of an axis.
    pub(super) fn line(&self, axis: Axis) -> Option<&[f64]> {
        let line = self.lines.iter().find(|line| line.axis == axis)?;
        Some(&line.cells)
    }

    /// The settings are not known, or neither single ages nor bands.
    pub(super) fn lacks_placements_or_ages(&self) -> bool {
        let ages = self.line(Axis::Age).or(self.line(Axis::Band));
        self.line(Axis::Setting).is_none() || ages.is_none()
    }

    fn read_line(&mut self, published: &Published, place: Place, january: i32, axis: Axis) {
        let cells = published_line(published, place, january, axis);
        if cells.iter().all(Option::is_none) {
            return;
        }
        let total = f64::from(self.total);
        let sum: f64 = cells.iter().flatten().sum();
        let message = format!("plans by {} add up to {sum}, not {total}", axis.label());
        if (sum - total).abs() >= (SCALED_AT_MOST * total).max(AGREES) {
            self.unusable.push(message);
            return;
        }
        if (sum - total).abs() >= AGREES {
            self.scaled.push(message);
        }
        // A category without a row has no plans, since the others make up the total.
        let scale = if sum > 0.0 { total / sum } else { 1.0 };
        let numbers: Vec<f64> = cells.into_iter().map(|n| n.unwrap_or(0.0)).collect();
        let mut cells: Vec<f64> = numbers.iter().map(|n| scale * n).collect();
        if axis == Axis::Setting {
            let before = published_line(published, place, january - 1, axis);
            let before: Vec<f64> = before.into_iter().map(|n| n.unwrap_or(0.0)).collect();
            if let Some(mended) = mend(place, january, &cells, &before) {
                cells = mended.settings;
                self.mended = Some(mended.message);
            }
        }
        self.lines.push(Line {
            axis,
            published: numbers,
            cells,
        });
    }

    fn read_cross(
        &mut self,
        published: &Published,
        place: Place,
        january: i32,
        (rows, columns): (Axis, Axis),
    ) {
        let facts = match columns {
            Axis::Need => &published.plan_needs,
            _ => &published.plans,
        };
        let line = |axis| self.line(axis).map(<[f64]>::to_vec);
        let (Some(row_line), Some(column_line)) = (line(rows), line(columns)) else {
            return;
        };
        let mut cells = Vec::with_capacity(rows.len() * columns.len());
        let mut missing = Vec::new();
        for (row, &row_total) in row_line.iter().enumerate() {
            let published = read_row(facts, place, january, (rows, row), columns, row_total);
            if published.is_none() {
                missing.push(rows.category(row));
            }
            cells.extend(published.unwrap_or_else(|| vec![None; columns.len()]));
        }
        let cross = Cross {
            rows,
            columns,
            cells,
        };
        let name = cross.name();
        if cross.rows_known() == 0 {
            self.unusable.push(format!("{name} is not published"));
            return;
        }
        if !missing.is_empty() {
            self.unusable.push(format!(
                "{name} has no usable row for {}",
                missing.join(", ")
            ));
        }
        match cross.agreeing_with(&column_line) {
            Some(cross) => self.crosses.push(cross),
            None => self.unusable.push(format!(
                "{name} does not add up to plans by {}",
                columns.label()
            )),
        }
    }

    /// The margins as groups of cells to rake to: two-way margins, and the one-way margins that no
    /// complete two-way margin contains.
    pub(super) fn for_raking(&self) -> Vec<Margin> {
        let covered = |axis: Axis| {
            let complete = |cross: &&Cross| cross.cells.iter().all(Option::is_some);
            self.crosses.iter().filter(complete).any(|cross| {
                let of_ages = axis == Axis::Band && cross.rows == Axis::Age;
                cross.rows == axis || cross.columns == axis || of_ages
            })
        };
        self.lines
            .iter()
            .filter(|line| !covered(line.axis))
            .map(Line::for_raking)
            .chain(self.crosses.iter().map(Cross::for_raking))
            .collect()
    }
}

impl Line {
    /// The margin as groups of cells.
    pub(super) fn for_raking(&self) -> Margin {
        let axis = self.axis;
        Margin::new(axis.label(), CELLS, self.cells.clone(), |cell| {
            Some(axis.of(cell))
        })
    }
}

impl Cross {
    /// Name in messages and in the residuals.
    pub(super) fn name(&self) -> String {
        format!("{} by {}", self.columns.label(), self.rows.label())
    }

    fn rows_known(&self) -> usize {
        let known = |row: &&[Option<f64>]| row.iter().any(|n| n.is_some_and(|n| n > 0.0));
        self.cells.chunks(self.columns.len()).filter(known).count()
    }

    /// The margin if its columns stay within their totals, and reach them when every row is known.
    /// Rows of a cut by sex are first scaled so that plans of unknown sex are shared out.
    fn agreeing_with(mut self, column_line: &[f64]) -> Option<Self> {
        let width = self.columns.len();
        let complete = self.cells.iter().all(Option::is_some);
        for (column, &target) in column_line.iter().enumerate() {
            let of_column = || (column..self.cells.len()).step_by(width);
            let sum: f64 = of_column().filter_map(|cell| self.cells[cell]).sum();
            let shared_out = self.rows == Axis::Sex && sum > 0.0 && sum <= target + AGREES;
            if shared_out {
                for cell in of_column().collect::<Vec<_>>() {
                    self.cells[cell] = self.cells[cell].map(|n| n * target / sum);
                }
            } else if sum > target + AGREES || (complete && sum < target - AGREES) {
                return None;
            }
        }
        Some(self)
    }

    fn for_raking(&self) -> Margin {
        let (rows, columns) = (self.rows, self.columns);
        let targets = self.cells.iter().map(|n| n.unwrap_or(0.0)).collect();
        Margin::new(cross_label(rows, columns), CELLS, targets, |cell| {
            let group = rows.of(cell) * columns.len() + columns.of(cell);
            self.cells[group].is_some().then_some(group)
        })
    }
}

/// What is published of an axis, by its categories.
fn published_line(
    published: &Published,
    place: Place,
    january: i32,
    axis: Axis,
) -> Vec<Option<f64>> {
    (0..axis.len())
        .map(|position| match axis {
            Axis::Need => published.plan_needs.value(
                place,
                january,
                Cut::All,
                Item::Need(PrimaryNeed::ALL[position]),
            ),
            Axis::Setting => published.plans.value(
                place,
                january,
                Cut::All,
                Item::Setting(Setting::ALL[position]),
            ),
            Axis::Age | Axis::Band | Axis::Sex => {
                let cut = cut_of(axis, position)?;
                published.plans.value(place, january, cut, Item::Total)
            }
        })
        .collect()
}

const fn cross_label(rows: Axis, columns: Axis) -> &'static str {
    match (rows, columns) {
        (Axis::Age, Axis::Setting) => "setting by age",
        (Axis::Sex, Axis::Setting) => "setting by sex",
        (Axis::Age, Axis::Need) => "need by age",
        (Axis::Setting, Axis::Need) => "need by setting",
        _ => "need by sex",
    }
}

/// One row of a two-way margin, if it adds up to the row's total.
fn read_row(
    facts: &Facts,
    place: Place,
    january: i32,
    (rows, row): (Axis, usize),
    columns: Axis,
    row_total: f64,
) -> Option<Vec<Option<f64>>> {
    if row_total < AGREES {
        return Some(vec![Some(0.0); columns.len()]);
    }
    let cut = cut_of(rows, row)?;
    let cells: Vec<Option<f64>> = (0..columns.len())
        .map(|column| {
            let item = match columns {
                Axis::Need => Item::Need(PrimaryNeed::ALL[column]),
                _ => Item::Setting(Setting::ALL[column]),
            };
            facts.value(place, january, cut, item)
        })
        .collect();
    let sum: f64 = cells.iter().flatten().sum();
    let tolerance = match rows {
        Axis::Sex => AGREES + row_total * SCALED_AT_MOST,
        _ => AGREES,
    };
    ((sum - row_total).abs() < tolerance)
        .then(|| cells.into_iter().map(|n| n.or(Some(0.0))).collect())
}

/// The published cut of a category; `None` for ages that are published with age 2.
fn cut_of(axis: Axis, position: usize) -> Option<Cut> {
    match axis {
        Axis::Age => (position >= EARLIEST_AGE).then_some(Cut::Age(position as u8)),
        Axis::Band => Some(Cut::AgeGroup(AgeGroup::ALL[position])),
        Axis::Sex => Some(Cut::Sex(Sex::ALL[position])),
        Axis::Setting => Some(Cut::Setting(Setting::ALL[position])),
        Axis::Need => None,
    }
}
