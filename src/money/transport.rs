//! Home-to-school transport: who has it, how, and how far.

use super::area::AreaCosts;
use super::plan_years;
use super::prices::Draws;
use crate::domain::Setting;

/// Number of modes, and of distance bands.
pub(super) const MODES: usize = 4;
pub(super) const DISTANCES: usize = 3;

/// Labels in outputs.
pub(super) const MODE: [&str; MODES] = [
    "Shared vehicle",
    "Vehicle for one child",
    "Personal travel budget",
    "Public transport or on their own",
];
pub(super) const DISTANCE: [&str; DISTANCES] = ["3 to 10 miles", "Below 3 miles", "Above 10 miles"];

/// Modes other than the shared vehicle, which takes the rest, in the order of [`MODE`].
const OTHER_MODES: [&str; MODES - 1] = ["one-child", "budget", "own"];
/// Distances other than the middle one, which takes the rest, in the order of [`DISTANCE`].
const OTHER_DISTANCES: [&str; DISTANCES - 1] = ["near", "far"];

/// Settings whose children travel alike: each has its numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
enum Kind {
    Local,
    StateSpecial,
    Further,
    College,
}

const KINDS: [&str; 4] = ["local", "state-special", "further", "college"];

impl Kind {
    const fn of(setting: Setting) -> Self {
        match setting {
            Setting::EarlyYears
            | Setting::Mainstream
            | Setting::ResourcedProvision
            | Setting::SenUnit
            | Setting::AlternativeProvision => Self::Local,
            Setting::StateSpecial => Self::StateSpecial,
            Setting::GeneralFe | Setting::OtherFe => Self::College,
            _ => Self::Further,
        }
    }
}

/// Transport in one financial year.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Transport {
    /// Share of the plans in a setting.
    share: [f64; Setting::COUNT],
    /// Share of the children with transport: at school, after 16.
    modes: [[f64; MODES]; 2],
    /// The same by kind of setting.
    distances: [[f64; DISTANCES]; KINDS.len()],
    /// Against a shared vehicle over the middle distance.
    relative: Relative,
    /// A child in a shared vehicle over the middle distance [pounds a year].
    pounds: f64,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Relative {
    modes: [f64; MODES],
    distances: [f64; DISTANCES],
}

impl Transport {
    /// Transport of a year as a scenario changes it; `pounds` for a child in a shared vehicle over the
    /// middle distance.
    pub(super) fn of_year(draws: &Draws<'_>, year: usize, pounds: f64) -> Self {
        Self {
            pounds,
            ..Self::read(&|path| draws.on(path, year))
        }
    }

    /// That which the area's own spend is for: numbers of the base date. A share that is stated from
    /// the base date on is the area's own.
    fn on_base_date(draws: &Draws<'_>) -> Self {
        let mut transport = Self::read(&|path| draws.at_base(path));
        transport.share = Setting::ALL
            .map(|setting| share_path(setting).map_or(0.0, |path| draws.number(path, 0)));
        transport
    }

    fn read(number: &dyn Fn(&str) -> f64) -> Self {
        let modes = |when: &str| {
            let of = |mode: &str| number(&format!("money.transport.mode.{mode}.{when}"));
            let [one_child, budget, own] = fitting(OTHER_MODES.map(of));
            [1.0 - one_child - budget - own, one_child, budget, own]
        };
        let distances = |kind: &str| {
            let of =
                |distance: &str| number(&format!("money.transport.distance.{distance}.{kind}"));
            let [near, far] = fitting(OTHER_DISTANCES.map(of));
            [1.0 - near - far, near, far]
        };
        let relative = |what: &str| number(&format!("money.transport.relative.{what}"));
        let [one_child, budget, own] = OTHER_MODES.map(relative);
        let [near, far] = OTHER_DISTANCES.map(relative);
        Self {
            share: Setting::ALL.map(|setting| share_path(setting).map_or(0.0, number)),
            modes: ["school", "post-16"].map(modes),
            distances: KINDS.map(distances),
            relative: Relative {
                modes: [1.0, one_child, budget, own],
                distances: [1.0, near, far],
            },
            pounds: 1.0,
        }
    }

    /// Children with transport of a plan in a setting, by mode or distance (`None`: all).
    pub(super) fn children(
        &self,
        setting: Setting,
        mode: Option<usize>,
        distance: Option<usize>,
    ) -> f64 {
        self.sum(setting, mode, distance, |_, _| 1.0)
    }

    /// The same in pounds a year.
    pub(super) fn cost(
        &self,
        setting: Setting,
        mode: Option<usize>,
        distance: Option<usize>,
    ) -> f64 {
        let Relative { modes, distances } = self.relative;
        self.sum(setting, mode, distance, |mode, distance| {
            self.pounds * modes[mode] * distances[distance]
        })
    }

    fn sum(
        &self,
        setting: Setting,
        only_mode: Option<usize>,
        only_distance: Option<usize>,
        of: impl Fn(usize, usize) -> f64,
    ) -> f64 {
        let kind = Kind::of(setting);
        let after_16 = kind == Kind::College || setting == Setting::SpecialistPost16;
        let modes = self.modes[usize::from(after_16)];
        let distances = self.distances[kind as usize];
        let mut sum = 0.0;
        for mode in (0..MODES).filter(|mode| only_mode.is_none_or(|only| only == *mode)) {
            for distance in (0..DISTANCES).filter(|at| only_distance.is_none_or(|only| only == *at))
            {
                sum += modes[mode] * distances[distance] * of(mode, distance);
            }
        }
        self.share[setting.index()] * sum
    }
}

/// Parts of a whole that leave no less than nothing for the rest.
fn fitting<const N: usize>(parts: [f64; N]) -> [f64; N] {
    let parts = parts.map(|part| part.max(0.0));
    let sum: f64 = parts.iter().sum();
    if sum > 1.0 {
        parts.map(|part| part / sum)
    } else {
        parts
    }
}

/// Share of the plans in a setting with transport; none for those who are taught at home or have left.
const fn share_path(setting: Setting) -> Option<&'static str> {
    Some(match setting {
        Setting::StateSpecial | Setting::NonMaintainedSpecial | Setting::IndependentSpecial => {
            "money.transport.share.special"
        }
        Setting::ResourcedProvision | Setting::SenUnit => "money.transport.share.base",
        Setting::EarlyYears | Setting::Mainstream | Setting::IndependentMainstream => {
            "money.transport.share.mainstream"
        }
        Setting::GeneralFe | Setting::OtherFe | Setting::SpecialistPost16 => {
            "money.transport.share.post-16"
        }
        Setting::AlternativeProvision | Setting::OtherArrangements | Setting::OtherPlacement => {
            "money.transport.share.elsewhere"
        }
        Setting::ElectiveHomeEducation | Setting::Neet | Setting::NotRecorded => return None,
    })
}

/// Pounds of a child in a shared vehicle over the middle distance for a pound of the mean price: the
/// area's published spend over what prices give for the plans of the base date, or such that the mean
/// child of the base date costs the price.
pub(super) fn ratio(draws: &Draws<'_>, area: &AreaCosts) -> f64 {
    let plans = plan_years::at_start(draws.future.record);
    let transport = Transport::on_base_date(draws);
    let sum = |of: &dyn Fn(Setting) -> f64| -> f64 {
        let settings = Setting::ALL.into_iter();
        settings
            .map(|setting| plans[setting.index()] * of(setting))
            .sum()
    };
    let children = sum(&|setting| transport.children(setting, None, None));
    let relative = sum(&|setting| transport.cost(setting, None, None));
    if relative <= 0.0 {
        return 1.0;
    }
    let price = draws.number("money.transport.price", 0);
    let spent = area.transport.map_or(children * price, |(_, spent)| spent);
    spent / (relative * price)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn transport() -> Transport {
        Transport::read(&|path| match path.rsplit('.').collect::<Vec<_>>()[..] {
            ["special", "share", ..] => 0.8,
            ["school", "one-child", ..] => 0.2,
            ["school", "budget", ..] => 0.1,
            ["state-special", "near", ..] | ["budget", "relative", ..] => 0.5,
            ["one-child", "relative", ..] => 2.0,
            ["near", "relative", ..] => 0.6,
            _ => 0.0,
        })
    }

    /// Of 100 plans 80 travel: 16 alone, 8 with a budget, 56 together; 40 of them near.
    #[test]
    fn children_by_mode_and_distance_and_what_they_cost() {
        let mut transport = transport();
        transport.pounds = 1_000.0;
        let school = Setting::StateSpecial;
        let children = |mode, distance| 100.0 * transport.children(school, mode, distance);
        let near = |found: f64, expected: f64| assert!((found - expected).abs() < 1e-9, "{found}");
        near(children(None, None), 80.0);
        near(children(Some(0), None), 56.0);
        near(children(Some(1), None), 16.0);
        near(children(Some(1), Some(1)), 8.0);
        near(children(None, Some(2)), 0.0);
        // (56 + 16 x 2 + 8 x 0.5) x 0.8 = 73.6 shared vehicles over the middle distance.
        near(transport.cost(school, None, None), 0.736 * 1_000.0);
        near(transport.cost(Setting::Neet, None, None), 0.0);
        let fitted = fitting([0.9, 0.6, -0.1]);
        near(fitted[0], 0.6);
        near(fitted[1] + fitted[2], 0.4);
    }
}
