//! The published lists of a board.

use super::catalogue::{self, Entry};
use crate::area::{AreaPack, WaitingList};
use crate::domain::{Date, Observed};

/// Bounds of the bands that a list is read by [weeks].
pub(super) const EDGES: [f64; 7] = [0.0, 4.0, 12.0, 18.0, 52.0, 104.0, 156.0];
/// Number of bands.
pub(super) const BANDS: usize = EDGES.len() - 1;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The newest list of a service, and how it changed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Published {
    /// Day after the month.
    pub(super) as_of: Date,
    /// Children by band of weeks waited.
    pub(super) bands: [f64; BANDS],
    /// Change of the list a week, from the oldest list to the newest; 0 where there is but one.
    pub(super) trend: f64,
}

impl Published {
    /// Days from the base date to the list; 0 for a list of before it.
    pub(super) fn day(&self, base: Date) -> f64 {
        f64::from(self.as_of.days_since(base)).max(0.0)
    }
}

/// The known services with a list by weeks waited, each with its newest.
pub(super) fn of(pack: &AreaPack) -> Vec<(Entry, Published)> {
    let known = catalogue::all().into_iter();
    let of_service = |entry: Entry| {
        let mut lists: Vec<(Date, &WaitingList)> = pack
            .nhs_waits
            .iter()
            .filter(|list| list.service == entry.published)
            .filter(|list| list.board == pack.manifest.integrated_care_board)
            .filter_map(|list| Some((day_after(&list.month)?, list)))
            .collect();
        lists.sort_by_key(|(date, _)| *date);
        let (as_of, newest) = lists
            .iter()
            .rev()
            .find_map(|(date, list)| Some((*date, bands(list)?)))?;
        let oldest = lists.iter().find_map(|(date, list)| {
            let weeks = f64::from(as_of.days_since(*date)) / 7.0;
            (weeks > 26.0).then_some((weeks, list.waiting.value()?))
        });
        let waiting: f64 = newest.iter().sum();
        let trend = oldest.map_or(0.0, |(weeks, before)| (waiting - before) / weeks);
        Some((
            entry,
            Published {
                as_of,
                bands: newest,
                trend,
            },
        ))
    };
    known.filter_map(of_service).collect()
}

/// The bands of a list; `None` where one is missing.
fn bands(list: &WaitingList) -> Option<[f64; BANDS]> {
    let cells = list.by_weeks.map(Observed::value);
    let first_month = cells[0]? + cells[1]? + cells[2]?;
    let [over_a_year, second_year, longer] = [cells[6], cells[7], cells[8]];
    let (second_year, longer) = match (second_year, longer, over_a_year) {
        (Some(second_year), Some(longer), _) => (second_year, longer),
        // One band over a year: as many in each year after it.
        (_, _, Some(over)) => (over / 2.0, over / 2.0),
        _ => return None,
    };
    let [quarter, third, year] = [cells[3]?, cells[4]?, cells[5]?];
    Some([first_month, quarter, third, year, second_year, longer])
}

/// The day after a month such as `October 2025`.
fn day_after(month: &str) -> Option<Date> {
    let (name, year) = month.rsplit_once(' ')?;
    let number = MONTHS.iter().position(|known| *known == name)? as u8 + 1;
    let year: i32 = year.parse().ok()?;
    if number == 12 {
        Some(Date::january(year + 1))
    } else {
        Date::new(year, number + 1, 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn derbys_board_has_four_lists_by_weeks() {
        let pack = AreaPack::embedded("derby", &mut Vec::new()).expect("embedded");
        let lists = of(&pack);
        let paediatrics = &lists[0].1;
        assert_eq!(paediatrics.as_of, Date::new(2025, 11, 1).expect("a day"));
        assert_eq!(
            paediatrics.bands.map(|band| band as u32),
            [109, 233, 57, 553, 1393, 819]
        );
        // From 2,049 at the end of June 2023, 122 weeks before.
        assert!(
            (paediatrics.trend - 9.1).abs() < 0.2,
            "{}",
            paediatrics.trend
        );
        let names: Vec<&str> = lists.iter().map(|(entry, _)| entry.name).collect();
        assert!(names.contains(&"speech-and-language") && names.contains(&"physiotherapy"));
    }
}
