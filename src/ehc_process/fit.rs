//! Staff and times of an area's process, from its published timeliness.
//!
//! Three or four published shares a year cannot tell the psychologists' list from the officers', nor
//! either from slow advice of others. So sets of numbers are drawn from priors, each is sent through
//! the published requests of four years, and those whose timeliness and number of plans come closest
//! are kept, as equals: every draw of the forecast takes one (rejection by distance, Beaumont 2010,
//! doi:10.1146/annurev-ecolsys-102209-144621).

use rayon::prelude::*;

use super::area::{AreaProcess, YearOfProcess};
use super::case::Ended;
use super::delay::Delay;
use super::history::{
    WARM_UP_YEARS, history_policy, history_staffing, hours_per_case, send_history,
};
use super::office::Office;
use super::settings::{Numbers, Settings};
use super::staff::Team;
use crate::domain::{AGES, Date, WEEKS_PER_YEAR};
use crate::parameters::{ParameterSet, Uncertain};
use crate::random::{Luck, Stream};

/// Sets that are tried.
const TRIED: u32 = 800;
/// Sets that are kept.
const KEPT: usize = 30;
/// Years of requests that a set is sent through.
const YEARS: i32 = 4;
/// Error of a published share beyond chance: what the model leaves out.
const ERROR_OF_SHARE: f64 = 0.03;
/// The same of a number of plans, relative.
const ERROR_OF_PLANS: f64 = 0.08;
/// Seed of the sets and of the requests' luck: the fit belongs to the data, not to a study.
const SEED: u64 = 2_017;

/// One set of numbers that fits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fit {
    /// Cases that each team can take on a week, on the base date.
    pub cases_per_week: [f64; Team::COUNT],
    /// Growth of that a year, before the base date [ratio].
    pub growth: [f64; Team::COUNT],
    /// Weeks of work on each team's list two years before the base date.
    pub backlog_weeks: [f64; Team::COUNT],
    /// Weeks of work on each team's list on the base date.
    pub list_weeks: [f64; Team::COUNT],
    /// Weeks to the decision about assessing, mean.
    pub decision_weeks: f64,
    /// Weeks of advice other than the psychologist's, mean.
    pub other_advice_weeks: f64,
    /// Weeks from draft to plan, mean.
    pub consultation_weeks: f64,
    /// Share of assessments for which a psychologist has time at once: children whom one knows, and
    /// urgent cases.
    pub goes_first: f64,
    /// Weeks from request to plan of the plans of the last year, disputes included, mean.
    pub lead_weeks: f64,
    /// What it gave for the newest year.
    pub newest: Shown,
}

/// Timeliness of a year.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Shown {
    /// Plans issued.
    pub plans: f64,
    /// Share within 20 weeks.
    pub in_20_weeks: f64,
    /// Share after more than a year.
    pub over_a_year: f64,
}

/// The sets of an area, and how those that were fitted without the newest year foresaw it.
#[derive(Debug, Clone, PartialEq)]
pub struct Fits {
    /// Sets, best first.
    pub sets: Vec<Fit>,
    /// The newest year in the sets fitted without it: least, mean and greatest.
    pub foreseen: [Shown; 3],
    /// The newest published year.
    pub published: Option<YearOfProcess>,
}

/// What came of one set.
struct Tried {
    fit: Fit,
    /// Distance from all years, and from all but the newest.
    distances: [f64; 2],
}

/// Fits an area. `ages` are the shares of requests by academic age.
pub fn fit(area: &AreaProcess, ages: &[f64; AGES], parameters: &ParameterSet) -> Fits {
    let tried: Vec<Tried> = (0..TRIED)
        .into_par_iter()
        .map(|set| try_set(area, ages, parameters, set))
        .collect();
    let best = |by: usize| {
        let mut order: Vec<usize> = (0..tried.len()).collect();
        order.sort_by(|&a, &b| {
            let [a_far, b_far] = [a, b].map(|set| tried[set].distances[by]);
            a_far.total_cmp(&b_far).then(a.cmp(&b))
        });
        order.truncate(KEPT);
        order
    };
    let foreseen: Vec<Shown> = best(1).iter().map(|&set| tried[set].fit.newest).collect();
    let over = |pick: fn(&Shown) -> f64| -> [f64; 3] {
        let values = foreseen.iter().map(pick);
        let least = values.clone().fold(f64::INFINITY, f64::min);
        let greatest = values.clone().fold(0.0, f64::max);
        [least, values.sum::<f64>() / foreseen.len() as f64, greatest]
    };
    let (plans, soon, late) = (
        over(|shown| shown.plans),
        over(|shown| shown.in_20_weeks),
        over(|shown| shown.over_a_year),
    );
    Fits {
        sets: best(0).iter().map(|&set| tried[set].fit).collect(),
        foreseen: std::array::from_fn(|i| Shown {
            plans: plans[i],
            in_20_weeks: soon[i],
            over_a_year: late[i],
        }),
        published: area.years.last().copied(),
    }
}

/// Draws a set from the priors: capacity around the assessments that were made, the time to a
/// decision around the published share within 6 weeks, the rest within stated ranges.
fn prior(area: &AreaProcess, uncertain: &dyn Fn(&str) -> Uncertain, set: u32) -> Fit {
    let mut stream = Stream::new(SEED, set, "process.fit");
    let mut of = |name: &str| uncertain(&format!("process.prior.{name}")).at(stream.uniform());
    let per_week = area.assessments_a_year() / WEEKS_PER_YEAR;
    let in_time = area
        .decided_in_time()
        .unwrap_or_else(|| uncertain("process.england.decided-in-time-share").central());
    Fit {
        cases_per_week: [
            per_week * of("psychologist-capacity"),
            per_week * of("officer-capacity"),
        ],
        growth: [of("psychologist-growth"), of("officer-growth")],
        backlog_weeks: [of("psychologist-list"), of("officer-list")],
        list_weeks: [0.0; Team::COUNT],
        // A meeting every week adds half a week to the 6 on average.
        decision_weeks: Delay::mean_for(in_time, 5.5, 0.5) * of("decision-time"),
        other_advice_weeks: of("other-advice-weeks"),
        consultation_weeks: of("consultation-weeks"),
        goes_first: of("goes-first"),
        lead_weeks: 0.0,
        newest: Shown::default(),
    }
}

/// Sends the published requests through a set; time starts on the first day of the first year.
fn try_set(area: &AreaProcess, ages: &[f64; AGES], parameters: &ParameterSet, set: u32) -> Tried {
    let base = Date::january(area.base_year);
    let mut fit = prior(area, &|path| parameters.uncertain(path, base), set);
    let numbers = Numbers {
        stated: &|path| parameters.uncertain(path, base).central(),
        normal: &|_| 0.0,
    };
    let settings = Settings::new(area, &fit, &numbers);
    let first = Date::january(area.base_year - YEARS);
    let start = -f64::from(base.days_since(first));
    let policy = history_policy(area, &settings, ages, start, 0.0);
    let staffing = history_staffing(area.base_year, &fit, &settings, start);
    let luck = Luck::new(SEED, 0);
    let mut office = Office::new(&settings, policy, staffing, luck);
    send_history(&mut office, area, ages, (YEARS, &|_| None), &luck);
    office.advance(0.0);
    let mut distances = [0.0; 2];
    let mut newest = Shown::default();
    let warm_up = -f64::from(base.days_since(Date::january(area.base_year - WARM_UP_YEARS)));
    for year in (area.base_year - YEARS + 1)..area.base_year {
        let from = -f64::from(base.days_since(Date::january(year)));
        let until = -f64::from(base.days_since(Date::january(year + 1)));
        let (shown, lead) = shown(&office, from, until);
        let published = area.years.iter().find(|of| of.year == year);
        let far = published.map_or(0.0, |published| distance(&shown, published));
        distances[0] += far;
        if year + 1 < area.base_year {
            distances[1] += far;
        } else {
            (newest, fit.lead_weeks) = (shown, lead);
        }
    }
    fit.newest = newest;
    for team in Team::ALL {
        let weekly =
            fit.cases_per_week[team.index()] * fit.growth[team.index()].powi(-WARM_UP_YEARS);
        let hours = hours_per_case(&settings, team);
        let list = |day: f64| office.staff(team).hours_on_list(day).unwrap_or(0.0);
        fit.backlog_weeks[team.index()] = list(warm_up) / (weekly * hours);
        fit.list_weeks[team.index()] = list(0.0) / (fit.cases_per_week[team.index()] * hours);
    }
    Tried { fit, distances }
}

/// Plans of a stretch of time, and weeks from request to plan.
fn shown(office: &Office<'_>, from: f64, until: f64) -> (Shown, f64) {
    let (mut plans, mut soon, mut late, mut lead) = (0.0_f64, 0.0, 0.0, 0.0);
    for case in office.cases() {
        let day = f64::from(case.finished);
        if case.ended == Ended::Plan && day >= from && day < until {
            plans += 1.0;
            let weeks = case.weeks_to_plan();
            soon += f64::from(u8::from(weeks <= 20.0));
            late += f64::from(u8::from(weeks > WEEKS_PER_YEAR));
            lead += f64::from(case.finished - case.requested) / 7.0;
        }
    }
    let number = plans.max(1.0);
    let shown = Shown {
        plans,
        in_20_weeks: soon / number,
        over_a_year: late / number,
    };
    (shown, lead / number)
}

fn distance(shown: &Shown, published: &YearOfProcess) -> f64 {
    let Some(plans) = published.plans.filter(|&plans| plans > 0.0) else {
        return 0.0;
    };
    let of_share = |simulated: f64, number: Option<f64>| {
        number.map_or(0.0, |number| {
            let share = number / plans;
            let variance = ERROR_OF_SHARE.powi(2) + share * (1.0 - share) / plans;
            (simulated - share).powi(2) / variance
        })
    };
    let of_plans = ((shown.plans - plans) / (ERROR_OF_PLANS * plans)).powi(2);
    of_plans
        + of_share(shown.in_20_weeks, published.in_20_weeks)
        + of_share(shown.over_a_year, published.over_a_year)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An authority of even years.
    fn area() -> AreaProcess {
        let of_year = |year: i32| YearOfProcess {
            year,
            requests: Some(800.0),
            agreed: Some(560.0),
            refused: Some(240.0),
            decided_in_time: Some(600.0),
            decided_late: Some(200.0),
            issued: Some(500.0),
            not_issued: Some(50.0),
            mediations: [Some(30.0), Some(5.0)],
            appeals: [Some(40.0), Some(10.0)],
            plans: Some(500.0),
            in_20_weeks: Some(200.0),
            over_a_year: Some(30.0),
            plans_without_exception: Some(450.0),
            in_20_weeks_without_exception: Some(195.0),
            registered: Some(120.0),
            reviews_held: None,
            reviews_due: None,
        };
        AreaProcess {
            base_year: 2025,
            years: (2021..2025).map(of_year).collect(),
            plans: 4_000.0,
        }
    }

    fn even_ages() -> [f64; AGES] {
        let mut ages = [0.0; AGES];
        ages[3..16].fill(1.0 / 13.0);
        ages
    }

    #[test]
    fn every_range_of_the_priors_is_asked_for() {
        let base = Date::january(2025);
        let set = ParameterSet::embedded();
        let usual = prior(&area(), &|path| set.uncertain(path, base), 7);
        let ranges = set.iter().filter(|p| p.path.starts_with("process.prior."));
        for passport in ranges {
            let moved = prior(
                &area(),
                &|path| {
                    let times = if path == passport.path { 1.25 } else { 1.0 };
                    set.uncertain(path, base).map(|value| value * times)
                },
                7,
            );
            assert_ne!(usual, moved, "{}", passport.path);
        }
    }

    #[test]
    fn the_fit_comes_near_what_is_published() {
        let fits = fit(&area(), &even_ages(), ParameterSet::embedded());
        assert_eq!(fits.sets.len(), KEPT);
        let number = fits.sets.len() as f64;
        let soon: f64 = fits.sets.iter().map(|set| set.newest.in_20_weeks).sum();
        assert!((soon / number - 0.4).abs() < 0.08, "{}", soon / number);
        for set in &fits.sets {
            assert!(set.lead_weeks > 10.0 && set.lead_weeks < 60.0, "{set:?}");
        }
    }

    #[test]
    fn an_area_of_which_nothing_is_published_keeps_the_priors() {
        let fits = fit(
            &AreaProcess::unknown(2025),
            &even_ages(),
            ParameterSet::embedded(),
        );
        assert_eq!(fits.sets.len(), KEPT);
        assert_eq!(fits.published, None);
    }
}
