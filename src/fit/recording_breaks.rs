//! Placements that an authority recorded under another heading in one January.

use super::rounding::apportion;
use crate::data::known_breaks;
use crate::domain::{Place, Setting};

/// Plans by setting, with those of a recording break back where they were a year before.
pub(super) struct Mended {
    /// Plans by setting.
    pub(super) settings: Vec<f64>,
    /// What was done.
    pub(super) message: String,
}

/// Takes the plans of a known recording break out of "other arrangements".
///
/// Expected is the year before's share of each setting in this year's total. What other
/// arrangements hold beyond that is given to the settings that fall short of it, in proportion to
/// their shortfalls and never beyond them, in whole children. `None` where no break is known or no
/// setting falls short.
pub(super) fn mend(place: Place, january: i32, settings: &[f64], before: &[f64]) -> Option<Mended> {
    let is_known = known_breaks().into_iter().any(|known| {
        known.table == "placements"
            && known.year == january
            && known.authority().map(Place::Authority) == Some(place)
    });
    is_known.then(|| moved(january, settings, before)).flatten()
}

fn moved(january: i32, settings: &[f64], before: &[f64]) -> Option<Mended> {
    let (total, total_before) = (sum(settings), sum(before));
    if total_before <= 0.0 {
        return None;
    }
    let broken = Setting::OtherArrangements.index();
    let expected: Vec<f64> = before.iter().map(|n| n * total / total_before).collect();
    let short = settings.iter().zip(&expected);
    let shortfalls: Vec<f64> = short.map(|(is, should)| (should - is).max(0.0)).collect();
    let excess = (settings[broken] - expected[broken]).max(0.0);
    let moved = excess.min(sum(&shortfalls)).floor();
    if moved < 1.0 {
        return None;
    }
    let mut mended = settings.to_vec();
    mended[broken] -= moved;
    let shares: Vec<f64> = shortfalls
        .iter()
        .map(|short| short * moved / sum(&shortfalls))
        .collect();
    for (setting, share) in mended.iter_mut().zip(apportion(&shares, moved as u32)) {
        *setting += f64::from(share);
    }
    let message = format!(
        "{moved} of {} plans under other arrangements are a recording change; they are where the \
         shares of January {} put them",
        settings[broken],
        january - 1
    );
    Some(Mended {
        settings: mended,
        message,
    })
}

fn sum(numbers: &[f64]) -> f64 {
    numbers.iter().sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Settings with some plans in mainstream, colleges and other arrangements.
    fn settings(mainstream: f64, college: f64, other: f64) -> Vec<f64> {
        let mut settings = vec![0.0; Setting::COUNT];
        settings[Setting::Mainstream.index()] = mainstream;
        settings[Setting::GeneralFe.index()] = college;
        settings[Setting::OtherArrangements.index()] = other;
        settings
    }

    #[test]
    fn the_excess_goes_where_plans_are_missing() {
        // 100 plans grow to 200; 2 under other arrangements should be 4 and are 44. Mainstream
        // should have 120 and has 90, colleges 76 and have 66: 40 go back as 30 and 10.
        let mended = moved(
            2023,
            &settings(90.0, 66.0, 44.0),
            &settings(60.0, 38.0, 2.0),
        );
        assert_eq!(
            mended.expect("it is mended").settings,
            settings(120.0, 76.0, 4.0)
        );
    }

    #[test]
    fn nothing_moves_where_nothing_is_short_or_no_break_is_known() {
        assert!(moved(2023, &settings(60.0, 38.0, 2.0), &settings(60.0, 38.0, 2.0)).is_none());
        let derby = |january| {
            let place = Place::Authority(crate::domain::AuthorityCode(831));
            mend(
                place,
                january,
                &settings(90.0, 66.0, 44.0),
                &settings(60.0, 38.0, 2.0),
            )
        };
        assert!(derby(2023).is_some());
        assert!(derby(2025).is_none());
    }
}
