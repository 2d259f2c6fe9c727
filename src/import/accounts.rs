//! The accounts of plans year by year, closed by a stated adjustment.

use super::vintage::Vintage;
use crate::area::PlanAccountRow;
use crate::data::facts::{Cut, Item, Published};
use crate::domain::{AuthorityCode, CeaseReason, Observed, Place};

/// Accounts of every calendar year between two published stocks.
///
/// Plans ceased leave out transfers and moves abroad, which are moved out. Moves in are not
/// published. What is left unexplained is the recording adjustment:
/// `end - start - new + ceased + moved out`, moves in among it.
pub(super) fn plan_accounts(
    published: &Published,
    code: AuthorityCode,
    vintage: Vintage,
) -> Vec<PlanAccountRow> {
    let place = Place::Authority(code);
    let Some(authority) = published.authorities.get(&code) else {
        return Vec::new();
    };
    (authority.first_january..authority.last_january)
        .filter(|year| vintage.has_flows_of(*year))
        .filter_map(|year| account(published, place, year))
        .collect()
}

fn account(published: &Published, place: Place, year: i32) -> Option<PlanAccountRow> {
    let stock = |january| published.plans.value(place, january, Cut::All, Item::Total);
    let ceased = |item| published.ceased.cell(place, year, Cut::All, item);
    let (plans_start, plans_end) = (stock(year)?, stock(year + 1)?);
    let new_plans = published.new_plans.cell(place, year, Cut::All, Item::Total);
    let moved_out = combine(
        [
            ceased(Item::Reason(CeaseReason::Transfer)),
            ceased(Item::Reason(CeaseReason::LeftEngland)),
        ],
        |[transfer, abroad]| transfer + abroad,
    );
    let plans_ceased = combine([ceased(Item::Total), moved_out], |[total, out]| total - out);
    let recording_adjustment = combine(
        [new_plans, plans_ceased, moved_out],
        |[new, ceased, out]| plans_end - plans_start - new + ceased + out,
    );
    Some(PlanAccountRow {
        year,
        plans_start,
        new_plans,
        plans_ceased,
        plans_moved_out: moved_out,
        plans_moved_in: Observed::NotAvailable,
        recording_adjustment,
        plans_end,
    })
}

/// A number from several cells; the first missing one's symbol when one is missing.
fn combine<const N: usize>(cells: [Observed; N], of: impl FnOnce([f64; N]) -> f64) -> Observed {
    let mut values = [0.0; N];
    for (value, cell) in values.iter_mut().zip(cells) {
        match cell.value() {
            Some(number) => *value = number,
            None => return cell,
        }
    }
    Observed::Value(of(values))
}
