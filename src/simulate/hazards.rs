//! The integrated rates that one scenario has in one draw.

use super::cumulative::Cumulative;
use super::destinations::Destinations;
use super::effects::{CellOf, Effects};
use super::health_visiting::{Finding, Missed};
use super::office::ProcessPolicy;
use super::places::Supply;
use super::rates::Rates;
use super::timeline::{Moment, Segment, Timeline};
use crate::domain::{AGES, CeaseReason, Date, OLDEST_AGE, PrimaryNeed, Provision, Setting, Sex};
use crate::parameters::Parameter;

const NEEDS: usize = PrimaryNeed::COUNT;
const SETTINGS: usize = Setting::COUNT;

/// A birth cohort: 0 is aged 25 on the base date, 25 is aged 0, 26 reaches age 0 a year later.
pub(super) type Cohort = usize;

/// Academic age of a cohort on the 1 January of a year of the horizon; `None` before birth and
/// after 25.
pub fn age_of(cohort: Cohort, year: usize) -> Option<u8> {
    (usize::from(OLDEST_AGE) + year)
        .checked_sub(cohort)
        .filter(|&age| age < AGES)
        .map(|age| age as u8)
}

/// The cohort of an academic age on the 1 January of a year of the horizon.
pub(super) fn cohort_of(age: u8, year: usize) -> Cohort {
    usize::from(OLDEST_AGE) + year - usize::from(age)
}

/// What happens to children who are put on SEN support before they would have started it.
#[derive(Debug)]
pub struct FoundEarly {
    /// Being found: cohort × sex × need.
    pub finding: Cumulative,
    /// Starting a plan before the day on which SEN support would have started anyway: cohort × sex × need.
    pub joining: Cumulative,
}

/// Everything that decides when things happen in one draw of one scenario.
#[derive(Debug)]
pub struct Hazards<'a> {
    /// Calendar, cut at the scenario's dates.
    pub timeline: Timeline,
    /// Rates before the scenario.
    pub rates: &'a Rates,
    /// The scenario's changes.
    pub effects: Effects<'a>,
    /// Starting a plan without SEN support: cohort × sex × need.
    pub joining: Cumulative,
    /// Starting SEN support: cohort × sex × need.
    pub support_entry: Cumulative,
    /// Ending SEN support: cohort × need.
    pub support_exit: Cumulative,
    /// Children found before they would start SEN support; `None` where nobody looks for them.
    pub found_early: Option<FoundEarly>,
    /// Children whom fewer reviews miss; `None` where no scenario makes them fewer.
    pub missed: Option<Missed>,
    /// Moving out without a plan: cohort.
    pub residents_out: Cumulative,
    /// The same up to the end of each year: cohort × year.
    residents_out_by_year: Vec<f64>,
    /// Ceasing for any reason but death: cohort × setting.
    pub ceasing: Cumulative,
    /// The part of ceasing that moves a child to an individual support plan.
    pub to_support: Cumulative,
    /// Death with a plan: cohort × setting.
    pub death: Cumulative,
    /// Moving out with a plan: cohort.
    pub plans_out: Cumulative,
    /// Places under the scenario; `None` where every child finds a place.
    pub(super) supply: Option<Supply<'a>>,
    /// What the scenario makes of the process; `None` where plans start without one.
    pub(super) process: Option<ProcessPolicy>,
    /// Settings that can be moved to: age × setting.
    open_settings: Destinations,
    /// Needs that can be recorded anew: age × need.
    open_needs: Destinations,
}

impl<'a> Hazards<'a> {
    /// Integrates the rates of a draw under a scenario's effects.
    pub fn new(base_year: i32, years: usize, rates: &'a Rates, mut effects: Effects<'a>) -> Self {
        let lead = rates.process.as_ref().map_or(0.0, |p| p.lead_days);
        let timeline = Timeline::with_lead(base_year, years, &effects.changes(), lead as i32);
        effects.place_on(&timeline);
        let process = rates
            .process
            .as_ref()
            .map(|draw| ProcessPolicy::new(draw, &effects, &timeline));
        let supply = rates
            .places
            .as_ref()
            .map(|places| Supply::new(places, &effects, &timeline));
        let context = Context {
            timeline: &timeline,
            effects: &effects,
            rates,
        };
        let cohorts = AGES + years;
        let joining_rate = |age: usize, sex: usize, need: usize, segment: &Segment| {
            let level = process.as_ref().map_or(1.0, |policy| {
                policy.requests.mean(segment.start, segment.end)
            });
            level * joining_rate(rates, &timeline, [age, sex, need], segment)
        };
        let joining = context.by_need(cohorts, Parameter::JoiningRate, joining_rate);
        let entry = SupportEntry {
            rates,
            timeline: &timeline,
            reviews: Finding::of(&rates.two_year_reviews, &effects, &timeline),
        };
        let entry_rate = |age: usize, sex: usize, need: usize, segment: &Segment| {
            entry.usual([age, sex, need], segment)
        };
        let missed = entry.missed(cohorts);
        let support_entry = context.by_need(cohorts, Parameter::SenSupportEntryRate, entry_rate);
        let share = (
            Parameter::SenSupportFoundEarlyShare,
            rates.found_early_share,
        );
        let ratio = (Parameter::FoundEarlyJoiningRatio, rates.found_early_ratio);
        let someone_looks = effects.touch(share.0) || share.1 > 0.0 || entry.reviews.is_some();
        let found_early = someone_looks.then(|| FoundEarly {
            finding: context.by_need_times(
                cohorts,
                Parameter::SenSupportEntryRate,
                (entry_rate, |age, sex, need, segment: &Segment| {
                    entry.by_review([age, sex, need], segment)
                }),
                share,
            ),
            joining: context.by_need_times(
                cohorts,
                Parameter::JoiningRate,
                (joining_rate, |_, _, _, _: &Segment| 0.0),
                ratio,
            ),
        });
        let support_exit = context.support_exit(cohorts);
        let residents_out =
            context.by_age(cohorts, Parameter::ResidentsMovingOutRate, |age, year| {
                rates.residents_out.at([year, age])
            });
        let residents_out_by_year = by_year(&residents_out, cohorts, &timeline);
        let plans_out = context.by_age(cohorts, Parameter::MovingOutRate, |age, year| {
            rates.moving_out[age] + rates.moving_out_added.at([year, age])
        });
        let ceasing = context.ceasing(cohorts, |reason| reason != CeaseReason::Deceased);
        let death = context.ceasing(cohorts, |reason| reason == CeaseReason::Deceased);
        let to_support = context.ceasing(cohorts, |reason| reason == CeaseReason::SupportPlan);
        let induced = supply
            .as_ref()
            .is_some_and(|supply| (0..years).any(|year| supply.induces_demand(year)));
        let all_settings = effects.touch(Parameter::SettingMoveRate) || induced;
        let all_needs = effects.touch(Parameter::NeedRecodeRate);
        let most_by_need = most_by_need(rates);
        Self {
            open_settings: Destinations::new(AGES * SETTINGS, SETTINGS, all_settings, |row, to| {
                let rate = rates.setting_moves.at([row / SETTINGS, row % SETTINGS, to]);
                rate * most_by_need[to]
            }),
            open_needs: Destinations::new(AGES * NEEDS, NEEDS, all_needs, |row, to| {
                rates.need_recode.at([row / NEEDS, row % NEEDS, to])
            }),
            joining,
            support_entry,
            support_exit,
            found_early,
            missed,
            residents_out,
            residents_out_by_year,
            ceasing,
            to_support,
            death,
            plans_out,
            supply,
            process,
            timeline,
            rates,
            effects,
        }
    }

    /// Factor on the demand for a setting in a year: 1 where a scenario opens no places in it.
    pub(super) fn induced_demand(&self, setting: Setting, year: usize) -> f64 {
        match (&self.supply, Provision::of(setting)) {
            (Some(supply), Some(provision)) => supply.induced(year, provision),
            _ => 1.0,
        }
    }

    /// Whether a scenario opens places that raise demand in a year.
    pub(super) fn induces_demand(&self, year: usize) -> bool {
        let supply = self.supply.as_ref();
        supply.is_some_and(|supply| supply.induces_demand(year))
    }

    /// Settings that a child of an age may move to from a setting.
    pub(super) fn settings_from(&self, age: u8, from: Setting) -> (&Destinations, usize) {
        let row = usize::from(age) * SETTINGS + from.index();
        (&self.open_settings, row)
    }

    /// Needs that a child of an age may be recorded with anew.
    pub(super) fn needs_from(&self, age: u8, from: PrimaryNeed) -> (&Destinations, usize) {
        let row = usize::from(age) * NEEDS + from.index();
        (&self.open_needs, row)
    }

    /// Moving out of a cohort without a plan, integrated up to the end of each year.
    pub(super) fn residents_out_by_year(&self, cohort: Cohort) -> &[f64] {
        let years = self.timeline.years();
        &self.residents_out_by_year[cohort * years..][..years]
    }

    /// Row of `joining`, `support_entry` and `found_early`.
    #[inline]
    pub fn need_row(cohort: Cohort, sex: Sex, need: PrimaryNeed) -> usize {
        (cohort * Sex::COUNT + sex.index()) * NEEDS + need.index()
    }

    /// Row of `support_exit`.
    #[inline]
    pub fn exit_row(cohort: Cohort, need: PrimaryNeed) -> usize {
        cohort * NEEDS + need.index()
    }

    /// Row of `ceasing` and `death`.
    #[inline]
    pub fn setting_row(cohort: Cohort, setting: Setting) -> usize {
        cohort * SETTINGS + setting.index()
    }

    /// Day on which plans of a cohort that are there on `day` cease for age: 31 August at academic
    /// age 25, or the last day of that year for plans that come later.
    pub(super) fn last_day(&self, cohort: Cohort, day: f64) -> Option<f64> {
        (cohort < self.timeline.years()).then(|| {
            let august = self.timeline.september(cohort) - 1.0;
            if day <= august {
                august
            } else {
                day.max(self.timeline.january(cohort + 1) - 1.0)
            }
        })
    }
}

/// Starting SEN support, in its own time and by a review before.
struct SupportEntry<'r> {
    rates: &'r Rates,
    timeline: &'r Timeline,
    /// `None` where no scenario changes reviews.
    reviews: Option<Finding>,
}

impl SupportEntry<'_> {
    /// Rate of starting in its own time.
    fn usual(&self, [age, sex, need]: [usize; 3], segment: &Segment) -> f64 {
        self.rates.support_entry.at([segment.year, age, sex, need])
    }

    /// Children whom fewer reviews miss.
    fn missed(&self, cohorts: usize) -> Option<Missed> {
        let speech = PrimaryNeed::Slcn.index();
        let (reviews, timeline) = (self.reviews.as_ref(), self.timeline);
        Missed::of(reviews, cohorts, timeline, |segment, age, sex| {
            self.usual([age, sex, speech], &timeline.segments()[segment])
        })
    }

    /// Rate of being found by a review before.
    fn by_review(&self, [age, sex, need]: [usize; 3], segment: &Segment) -> f64 {
        let usual = |age: usize| self.usual([age, sex, need], segment);
        self.reviews.as_ref().map_or(0.0, |reviews| {
            let segment = self.timeline.segment_at(segment.start);
            reviews.earlier((age, need), segment, usual)
        })
    }
}

/// Integrals of rows up to the end of each year.
fn by_year(cumulative: &Cumulative, rows: usize, timeline: &Timeline) -> Vec<f64> {
    let ends = (1..=timeline.years()).map(|year| timeline.january(year));
    let ends: Vec<Moment> = ends.map(|end| timeline.moment(end)).collect();
    (0..rows)
        .flat_map(|row| ends.iter().map(move |end| cumulative.until(row, *end)))
        .collect()
}

/// The greatest factor of any need on moves to each setting.
fn most_by_need(rates: &Rates) -> [f64; SETTINGS] {
    std::array::from_fn(|to| {
        let factors = (0..NEEDS).map(|need| rates.need_in_setting.at([need, to]));
        factors.fold(0.0, f64::max)
    })
}

/// Rate at which a child without SEN support starts a plan; where requests are simulated, at which it
/// asks for one: as many ask as plans start a lead later, and so many more as ask and get none.
fn joining_rate(
    rates: &Rates,
    timeline: &Timeline,
    [age, sex, need]: [usize; 3],
    segment: &Segment,
) -> f64 {
    let plans_start = |age: usize, year: usize| {
        let balance = rates.joining_balance.at([year, age, sex, need]);
        rates.joining.at([age, sex, need]) * rates.joining_trend.at([year, age]) * balance
    };
    let Some(process) = &rates.process else {
        return plans_start(age, segment.year);
    };
    let is_next = segment.start + process.lead_days >= timeline.january(segment.year + 1);
    let last = timeline.years() - 1;
    let (year, then) = if is_next {
        ((segment.year + 1).min(last), age + 1)
    } else {
        (segment.year, age)
    };
    if then >= AGES {
        return 0.0;
    }
    let ahead = rates.request_balance.at([year, then, sex, need]);
    // Beyond the horizon the trend of its last years goes on.
    let beyond = if is_next && year == segment.year {
        growth_beyond(year, |year| rates.joining_trend.at([year, then]))
    } else {
        1.0
    };
    let requests = plans_start(then, year) * ahead * beyond * process.requests_per_plan(age);
    process.rate_of_asking(requests, rates.support_ratio, age)
}

/// How a quantity goes on beyond the last year: by its mean growth over the last three.
pub fn growth_beyond(last: usize, of_year: impl Fn(usize) -> f64) -> f64 {
    let years = last.min(3);
    let (before, now) = (of_year(last - years), of_year(last));
    if years == 0 || before <= 0.0 || now <= 0.0 {
        return 1.0;
    }
    libm::pow(now / before, 1.0 / years as f64).clamp(0.8, 1.25)
}

/// Base date and day after the horizon of a simulation.
pub fn horizon(base_year: i32, years: usize) -> (Date, Date) {
    (
        Date::january(base_year),
        Date::january(base_year + years as i32),
    )
}

struct Context<'b> {
    timeline: &'b Timeline,
    effects: &'b Effects<'b>,
    rates: &'b Rates,
}

impl Context<'_> {
    fn integral(&self, parameter: Parameter, cell: &CellOf, segment: &Segment, rate: f64) -> f64 {
        if !self.effects.touch_cell(parameter, cell) {
            return rate * segment.share_of_year;
        }
        self.effects
            .apply(parameter, cell, self.timeline, segment, rate)
            * segment.share_of_year
    }

    fn by_need(
        &self,
        cohorts: usize,
        parameter: Parameter,
        rate: impl Fn(usize, usize, usize, &Segment) -> f64,
    ) -> Cumulative {
        Cumulative::build(cohorts * Sex::COUNT * NEEDS, self.timeline, |row, k| {
            let segment = &self.timeline.segments()[k];
            let (cohort, sex, need) = (row / (Sex::COUNT * NEEDS), row / NEEDS % 2, row % NEEDS);
            age_of(cohort, segment.year).map_or(0.0, |age| {
                let mut cell = CellOf::age(age);
                cell.sex = Sex::ALL[sex];
                cell.need = PrimaryNeed::ALL[need];
                let rate = rate(usize::from(age), sex, need, segment);
                self.integral(parameter, &cell, segment, rate)
            })
        })
    }

    /// As [`Self::by_need`], times a factor that is a parameter too; a second rate comes on top.
    fn by_need_times(
        &self,
        cohorts: usize,
        parameter: Parameter,
        (rate, more): (
            impl Fn(usize, usize, usize, &Segment) -> f64,
            impl Fn(usize, usize, usize, &Segment) -> f64,
        ),
        (factor, base): (Parameter, f64),
    ) -> Cumulative {
        Cumulative::build(cohorts * Sex::COUNT * NEEDS, self.timeline, |row, k| {
            let segment = &self.timeline.segments()[k];
            let (cohort, sex, need) = (row / (Sex::COUNT * NEEDS), row / NEEDS % 2, row % NEEDS);
            age_of(cohort, segment.year).map_or(0.0, |age| {
                let mut cell = CellOf::age(age);
                cell.sex = Sex::ALL[sex];
                cell.need = PrimaryNeed::ALL[need];
                let more = more(usize::from(age), sex, need, segment);
                let rate = rate(usize::from(age), sex, need, segment);
                let effects = self.effects;
                let factor = effects.apply(factor, &cell, self.timeline, segment, base);
                let integral = |rate| self.integral(parameter, &cell, segment, rate);
                integral(rate) * factor + integral(more)
            })
        })
    }

    fn by_age(
        &self,
        cohorts: usize,
        parameter: Parameter,
        rate: impl Fn(usize, usize) -> f64,
    ) -> Cumulative {
        Cumulative::build(cohorts, self.timeline, |cohort, k| {
            let segment = &self.timeline.segments()[k];
            age_of(cohort, segment.year).map_or(0.0, |age| {
                let rate = rate(usize::from(age), segment.year);
                self.integral(parameter, &CellOf::age(age), segment, rate)
            })
        })
    }

    fn support_exit(&self, cohorts: usize) -> Cumulative {
        Cumulative::build(cohorts * NEEDS, self.timeline, |row, k| {
            let segment = &self.timeline.segments()[k];
            age_of(row / NEEDS, segment.year).map_or(0.0, |age| {
                let mut cell = CellOf::age(age);
                cell.need = PrimaryNeed::ALL[row % NEEDS];
                let rate = self.rates.support_exit.at([usize::from(age), row % NEEDS]);
                self.integral(Parameter::SenSupportExitRate, &cell, segment, rate)
            })
        })
    }

    /// Factor of the annual reviews on a plan that ceases: 1 where no scenario changes them.
    fn reviews(&self, age: u8, setting: Setting, reason: CeaseReason, segment: &Segment) -> f64 {
        let Some(process) = self.rates.process.as_ref() else {
            return 1.0;
        };
        if !self.effects.change_stated() {
            return 1.0;
        }
        let stated = |path: &str, day: f64, value: f64| {
            self.effects.apply_stated(path, self.timeline, day, value)
        };
        let days = (segment.start, segment.end);
        process
            .reviews
            .factor((age, setting, reason), days, &stated)
    }

    fn ceasing(&self, cohorts: usize, wanted: impl Fn(CeaseReason) -> bool) -> Cumulative {
        let reasons: Vec<CeaseReason> = CeaseReason::ALL
            .into_iter()
            .filter(|&r| !r.is_move_out() && wanted(r))
            .collect();
        Cumulative::build(cohorts * SETTINGS, self.timeline, |row, k| {
            let segment = &self.timeline.segments()[k];
            age_of(row / SETTINGS, segment.year).map_or(0.0, |age| {
                let setting = row % SETTINGS;
                let mut cell = CellOf::age(age);
                cell.setting = Setting::ALL[setting];
                reasons
                    .iter()
                    .map(|&reason| {
                        cell.reason = reason;
                        let at = [usize::from(age), reason.index(), setting];
                        let trend = if reason == CeaseReason::Deceased {
                            1.0
                        } else {
                            self.rates
                                .ceasing_trend
                                .at([segment.year, usize::from(age)])
                        };
                        let reviews = self.reviews(cell.age, cell.setting, reason, segment);
                        let rate = self.rates.ceasing.at(at) * trend * reviews;
                        self.integral(Parameter::CeasingRate, &cell, segment, rate)
                    })
                    .sum()
            })
        })
    }
}
