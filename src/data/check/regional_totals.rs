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

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::data::facts::{Authority, SeriesKey};

    fn authority(code: u16) -> Authority {
        Authority {
            code: AuthorityCode(code),
            name: format!("Area {code}"),
            gss: String::new(),
            gss_codes: Vec::new(),
            region_code: "E12000003".to_owned(),
            region_name: "Region".to_owned(),
            first_january: 2010,
            last_january: 2025,
            population_codes: Vec::new(),
            neighbours: Vec::new(),
            icbs: Vec::new(),
            predecessors: Vec::new(),
        }
    }

    #[test]
    fn a_total_that_a_whole_region_shares_is_replaced_by_what_the_area_itself_returned() {
        let mut published = Published::default();
        let insert = |published: &mut Published, code, cut, item, plans| {
            let key = FactKey {
                place: Place::Authority(AuthorityCode(code)),
                year: 2022,
                cut,
                item,
            };
            published.new_plans.insert(key, Observed::Value(plans));
        };
        for code in 1..=4 {
            published
                .authorities
                .insert(AuthorityCode(code), authority(code));
            insert(&mut published, code, Cut::All, Item::Total, 600.0);
            insert(&mut published, code, Cut::Age(5), Item::Total, 140.0);
        }
        // Areas 1 to 3 have settings that agree with their ages; area 4 made no full return.
        for code in 1..=3 {
            let item = Item::Setting(Setting::Mainstream);
            insert(&mut published, code, Cut::All, item, 140.0);
        }
        let key = SeriesKey {
            place: Place::Authority(AuthorityCode(4)),
            year: 2022,
            measure: "assessments_issued",
            cut: Cut::All,
        };
        published.requests.insert(key, Observed::Value(180.0));
        let mut problems = Problems::new(Path::new("newplans.csv"));
        mend_new_plans(&mut published, &mut problems);
        let total = |code| {
            let place = Place::Authority(AuthorityCode(code));
            published
                .new_plans
                .value(place, 2022, Cut::All, Item::Total)
        };
        assert_eq!(
            [1, 2, 3, 4].map(total),
            [140.0, 140.0, 140.0, 180.0].map(Some)
        );
        assert_eq!(problems.into_findings().len(), 4);
    }
}
