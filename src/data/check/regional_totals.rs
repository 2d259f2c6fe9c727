//! A region's total published in the rows of its authorities.

use std::collections::BTreeMap;

use crate::data::facts::{Cut, FactKey, Item, Published};
use crate::domain::{AuthorityCode, Observed, Place, Setting};
use crate::files::{Problem, Problems};

/// Fewest authorities of a region with one and the same total that cannot be chance.
const FEWEST: usize = 4;

/// Finds years in which the authorities of a region all have the same number of new plans: the
/// region's (Yorkshire and The Humber, 2022). It is replaced by the sum over ages where that
/// agrees with the sum over settings, else by the plans issued after assessment.
pub(crate) fn mend_new_plans(published: &mut Published, problems: &mut Problems) {
    for (code, year, regional) in repeated_totals(published) {
        let place = Place::Authority(code);
        let by_age = sum(
            published,
            place,
            year,
            (0..=25).map(|age| (Cut::Age(age), Item::Total)),
        );
        let settings = Setting::ALL.map(|setting| (Cut::All, Item::Setting(setting)));
        let by_setting = sum(published, place, year, settings.into_iter());
        let issued = published
            .requests
            .cell(place, year, "assessments_issued", Cut::All);
        let (mended, from) = match (by_age, by_setting) {
            (Some(age), Some(setting)) if (age - setting).abs() < 0.5 => {
                (Observed::Value(age), "the sum over ages")
            }
            _ => (issued, "the plans issued after assessment"),
        };
        let key = FactKey {
            place,
            year,
            cut: Cut::All,
            item: Item::Total,
        };
        published.new_plans.insert(key, mended);
        problems.add(
            Problem::warning(
                "regional-total",
                "new plans: the region's total stands in the authority's row",
            )
            .example(format!(
                "{year}: {regional} published, {mended} used, {from}"
            ))
            .hint("flows of that year rest on a replaced figure")
            .about(code),
        );
    }
}

fn repeated_totals(published: &Published) -> Vec<(AuthorityCode, i32, f64)> {
    let mut groups: BTreeMap<(&str, i32), Vec<(AuthorityCode, f64)>> = BTreeMap::new();
    for (key, cell) in published.new_plans.iter() {
        if let (Place::Authority(code), Cut::All, Item::Total, Some(plans)) =
            (key.place, key.cut, key.item, cell.value())
            && let Some(authority) = published.authorities.get(&code)
        {
            let group = (authority.region_code.as_str(), key.year);
            groups.entry(group).or_default().push((code, plans));
        }
    }
    let same = |group: &[(AuthorityCode, f64)]| {
        group.len() >= FEWEST
            && group
                .iter()
                .all(|(_, plans)| (plans - group[0].1).abs() < 0.5)
    };
    groups
        .into_iter()
        .filter(|(_, group)| same(group))
        .flat_map(|((_, year), group)| {
            group
                .into_iter()
                .map(move |(code, plans)| (code, year, plans))
        })
        .collect()
}

fn sum(
    published: &Published,
    place: Place,
    year: i32,
    parts: impl Iterator<Item = (Cut, Item)>,
) -> Option<f64> {
    let values: Vec<f64> = parts
        .filter_map(|(cut, item)| published.new_plans.value(place, year, cut, item))
        .collect();
    (!values.is_empty()).then(|| values.iter().sum())
}
