//! `place_groups.csv`: the places of an area that a simulation gives to children.

use super::cells::{Cells, Columns};
use super::table::PackRow;
use crate::domain::{Basis, Date, NeedGroup, Observed, Sex};
use crate::domain::{Provision, Setting};
use crate::files::Kind::{Any, Number, Text};
use crate::files::Problem;

/// Separates the need groups of a designation.
const SEPARATOR: char = ';';

/// A group of places: of one provider or type, designated for needs, ages and perhaps one sex.
///
/// The four numbers of a group are never the same by necessity: what is commissioned (paid for),
/// what the building holds, what the staff can teach, and who is on roll. The smallest of the first
/// three that is known binds.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceGroupRow {
    /// School, or what the places are called.
    pub provider: String,
    /// Type of provision.
    pub provision: Provision,
    /// Need groups that the places are designated for; all when empty.
    pub needs: Vec<NeedGroup>,
    /// Youngest academic age.
    pub youngest_age: u8,
    /// Oldest academic age.
    pub oldest_age: u8,
    /// The only sex admitted, if one.
    pub sex: Option<Sex>,
    /// Places commissioned at the base date.
    pub commissioned: Observed,
    /// Places that the building holds.
    pub physical: Observed,
    /// Places that there are staff for.
    pub staffed: Observed,
    /// Residents of the area on roll at the base date.
    pub roll: u32,
    /// Places taken by pupils of other areas.
    pub imported_pupils: f64,
    /// First day, for places that open after the base date.
    pub opens: Option<Date>,
    /// Years from opening until all places are open; at once when 0.
    pub ramp_years: f64,
    /// Least slippage of the opening [years].
    pub slip_years_low: f64,
    /// Greatest slippage of the opening [years].
    pub slip_years_high: f64,
    /// First day without the places.
    pub closes: Option<Date>,
    /// What the numbers rest on.
    pub basis: Basis,
    /// What is behind them.
    pub note: String,
}

impl PlaceGroupRow {
    /// Places for residents at full size: the smallest known of the three numbers, less those that
    /// pupils of other areas take; `None` when none is known.
    pub fn usable(&self) -> Option<f64> {
        [self.commissioned, self.physical, self.staffed]
            .into_iter()
            .filter_map(Observed::value)
            .min_by(f64::total_cmp)
            .map(|places| (places - self.imported_pupils).max(0.0))
    }
}

impl PackRow for PlaceGroupRow {
    const COLUMNS: &'static Columns = &[
        ("provider", Text),
        ("setting", Text),
        ("needs", Any),
        ("youngest_age", Number),
        ("oldest_age", Number),
        ("sex", Any),
        ("commissioned", Number),
        ("physical", Number),
        ("staffed", Number),
        ("roll", Number),
        ("imported_pupils", Number),
        ("opens", Any),
        ("ramp_years", Number),
        ("slip_years_low", Number),
        ("slip_years_high", Number),
        ("closes", Any),
        ("basis", Text),
        ("note", Any),
    ];
    const KEY: usize = 6;

    fn write(&self) -> Vec<String> {
        let needs: Vec<&str> = self.needs.iter().map(|need| need.code()).collect();
        let day = |date: Option<Date>| date.map_or_else(String::new, |date| date.to_string());
        vec![
            self.provider.clone(),
            self.provision.setting().code().to_owned(),
            needs.join(&SEPARATOR.to_string()),
            self.youngest_age.to_string(),
            self.oldest_age.to_string(),
            self.sex.map_or("", Sex::label).to_owned(),
            self.commissioned.to_string(),
            self.physical.to_string(),
            self.staffed.to_string(),
            self.roll.to_string(),
            self.imported_pupils.to_string(),
            day(self.opens),
            self.ramp_years.to_string(),
            self.slip_years_low.to_string(),
            self.slip_years_high.to_string(),
            day(self.closes),
            self.basis.code().to_owned(),
            self.note.clone(),
        ]
    }

    fn read(cells: &mut Cells<'_>) -> Option<Self> {
        let finite = Provision::ALL.map(|provision| provision.setting().code());
        let provision = cells.coded(
            "setting",
            |code| Setting::from_code(code).and_then(Provision::of),
            &finite,
        );
        let needs = needs(cells);
        let (youngest, oldest) = (cells.age("youngest_age"), cells.age("oldest_age"));
        let sex = cells.optional("sex", Cells::sex).ok();
        let roll = cells.whole("roll");
        let imported = cells.amount("imported_pupils");
        let opens = cells.optional("opens", Cells::date).ok();
        let ramp = cells.amount("ramp_years");
        let (low, high) = (
            cells.amount("slip_years_low"),
            cells.amount("slip_years_high"),
        );
        let closes = cells.optional("closes", Cells::date).ok();
        let basis = cells.basis("basis");
        let row = Self {
            provider: cells.text("provider"),
            provision: provision?,
            needs: needs?,
            youngest_age: youngest?,
            oldest_age: oldest?,
            sex: sex?,
            commissioned: cells.observed("commissioned"),
            physical: cells.observed("physical"),
            staffed: cells.observed("staffed"),
            roll: roll?,
            imported_pupils: imported?,
            opens: opens?,
            ramp_years: ramp?,
            slip_years_low: low?,
            slip_years_high: high?,
            closes: closes?,
            basis: basis?,
            note: cells.text("note"),
        };
        row.checked(cells)
    }
}

impl PlaceGroupRow {
    fn checked(self, cells: &mut Cells<'_>) -> Option<Self> {
        let (column, check, what) = if self.oldest_age < self.youngest_age {
            let what = "column `oldest_age` holds ages below `youngest_age`";
            ("oldest_age", "ages-out-of-order", what)
        } else if self.slip_years_high < self.slip_years_low {
            let what = "column `slip_years_high` holds years below `slip_years_low`";
            ("slip_years_high", "years-out-of-order", what)
        } else if self.usable().is_none() {
            let what = "none of `commissioned`, `physical` and `staffed` is a number";
            ("commissioned", "no-number-of-places", what)
        } else {
            return Some(self);
        };
        cells.wrong(column, Problem::error(check, what.to_owned()));
        None
    }
}

fn needs(cells: &mut Cells<'_>) -> Option<Vec<NeedGroup>> {
    let read = |text: &str| -> Option<Vec<NeedGroup>> {
        let codes = text.split(SEPARATOR).filter(|code| !code.is_empty());
        codes.map(NeedGroup::from_code).collect()
    };
    cells.coded("needs", read, &NeedGroup::ALL.map(NeedGroup::code))
}
