//! Which places a lever opens or closes: what the levers on places have in common.

use std::collections::BTreeSet;

use super::kind::LeverSize;
use crate::domain::{PrimaryNeed, Provision, Setting};
use crate::parameters::{Parameter, Uncertain};
use crate::scenario::ages::Ages;
use crate::scenario::code::Code;
use crate::scenario::context::{Context, Period};
use crate::scenario::size::Size;
use crate::scenario::{Change, Filter, Operation};
use crate::toml_file::Placed;

/// Most places that a lever may open or close.
const MOST_PLACES: f64 = 10_000.0;

/// Needs as written.
pub(super) type Needs = Placed<Vec<Placed<Code<PrimaryNeed>>>>;

impl Context<'_> {
    /// A number of places.
    pub(super) fn places(&mut self, written: &Placed<Size>) -> Uncertain {
        self.size("places", written, 0.0, MOST_PLACES)
    }

    /// A setting whose places are counted, with the needs and ages that the places are for.
    pub(super) fn place_filter(
        &mut self,
        setting: Setting,
        needs: Option<&Needs>,
        ages: Option<&Placed<Ages>>,
    ) -> Filter {
        let needs = needs.into_iter().flat_map(|needs| &needs.value);
        let needs: BTreeSet<PrimaryNeed> = needs.filter_map(|need| self.member(need)).collect();
        let ages = ages.map_or(Ok(BTreeSet::new()), |ages| {
            ages.value
                .resolve()
                .map_err(|message| (message, ages.span.clone()))
        });
        let ages = ages.unwrap_or_else(|(message, span)| {
            self.error("wrong-ages", &span, message, None);
            BTreeSet::new()
        });
        Filter {
            ages,
            needs,
            settings: [setting].into(),
            ..Filter::default()
        }
    }

    /// The setting as written, which must be one whose places are counted.
    pub(super) fn finite_setting(&mut self, written: &Placed<Code<Setting>>) -> Setting {
        let setting = self.member(written).unwrap_or(Setting::StateSpecial);
        if Provision::of(setting).is_none() {
            let known = Provision::ALL.map(|provision| provision.setting().code());
            let message = format!("places of `{setting}` are not counted");
            let hint = format!("places are counted in {}", known.join(", "));
            self.error("places-not-counted", &written.span, message, Some(hint));
        }
        setting
    }
}

/// Opens places, later by the slippage.
pub(super) fn opening(
    kind: &str,
    places: Uncertain,
    filter: Filter,
    slip: &LeverSize,
    period: Period,
) -> Change {
    Change {
        parameter: Parameter::PlacesCapacity,
        size_key: format!("lever.{kind}.places {filter}"),
        filter,
        operation: Operation::Add,
        size: places,
        from: period.from,
        until: period.until,
        phase_in_years: period.phase_in_years,
        slip_years: slip.value,
    }
}
