//! Young people with a plan who are recorded as not in education, employment or training.

use crate::data::facts::{Cut, Item, Published};
use crate::domain::{AuthorityCode, Place, Setting};
use crate::finding::{Finding, Severity};

/// Academic ages after compulsory school age.
const AFTER_16: std::ops::RangeInclusive<u8> = 16..=25;
/// How many times England's share is worth saying.
const MUCH_LARGER: f64 = 1.5;
/// Fewer young people than this say nothing.
const FEWEST: f64 = 30.0;

/// Says where an authority records many more as such than England does: plans that nobody has
/// ceased, courses that are waited for, or a way of recording. `None` where it does not, or where
/// single ages are not published for the January.
pub(super) fn finding(
    published: &Published,
    authority: AuthorityCode,
    january: i32,
) -> Option<Finding> {
    let of = |place: Place, item: Item| -> f64 {
        let ages =
            AFTER_16.filter_map(|age| published.plans.value(place, january, Cut::Age(age), item));
        ages.sum()
    };
    let share = |place: Place| -> Option<(f64, f64)> {
        let neet = of(place, Item::Setting(Setting::Neet));
        let all = of(place, Item::Total);
        (all > 0.0).then_some((neet, all))
    };
    let place = Place::Authority(authority);
    let (neet, all) = share(place)?;
    let (neet_of_england, england) = share(Place::England)?;
    let (own, usual) = (neet / all, neet_of_england / england);
    if neet < FEWEST || own < MUCH_LARGER * usual {
        return None;
    }
    let before: Vec<String> = (january - 2..january)
        .filter_map(|year| {
            let item = Item::Setting(Setting::Neet);
            let count = published.plans.value(place, year, Cut::All, item)?;
            Some(format!("{count} in {year}"))
        })
        .collect();
    let before = if before.is_empty() {
        String::new()
    } else {
        format!(", {} at all ages", before.join(", "))
    };
    Some(Finding {
        check: "many-recorded-neet",
        severity: Severity::Warning,
        location: None,
        message: format!(
            "{neet} of {all} young people aged 16 to 25 with a plan ({:.0}%) are recorded as not in \
             education, employment or training in January {january}{before}; England has {:.0}%",
            own * 100.0,
            usual * 100.0
        ),
        hint: Some(
            "plans that nobody has reviewed and ceased, courses waited for and ways of recording \
             cannot be told apart: they stay plans, as recorded, and the reviews of those aged 16 \
             and over are the way to find out"
                .to_owned(),
        ),
    })
}
