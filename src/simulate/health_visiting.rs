//! Reviews of two-year-olds by health visitors, and how they bring forward when speech, language and
//! communication needs are found.

use super::cumulative::Cumulative;
use super::effects::Effects;
use super::hazards::age_of;
use super::timeline::Timeline;
use crate::domain::{PrimaryNeed, Sex};

/// Path of the share of two-year-olds who are reviewed.
pub const COVERAGE: &str = "health-visiting.review-coverage";
/// Path of the children under five for each health visitor.
pub const CHILDREN_PER_POST: &str = "health-visiting.children-per-post";
/// Path of the share of starts of SEN support at school age that reviews bring forward.
pub const BROUGHT_FORWARD: &str = "health-visiting.brought-forward-share";
const ADDED: &str = "health-visiting.posts-added";
const LOST: &str = "health-visiting.posts-lost";
/// What the paths of health visiting begin with.
pub(super) const PATHS: &str = "health-visiting.";

/// Most children whom a contact reaches, unless more are stated.
const MOST: f64 = 0.98;
/// Ages at which a review finds children, and at which school finds those who were not.
const REVIEWED: [usize; 2] = [2, 3];
const AT_SCHOOL: [usize; 2] = [4, 5];
/// Most of the starts of SEN support at the ages of the review that fewer reviews miss.
const MOST_MISSED: f64 = 0.9;
/// Children a year of those missed who are found from Reception on: with the year or so from the
/// review to Reception, two years on average.
const FOUND_AT_SCHOOL: f64 = 1.0;

/// Reviews in a draw, before a scenario changes them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TwoYearReviews {
    /// Share of two-year-olds who are reviewed.
    pub coverage: f64,
    /// Children under five on the base date.
    pub under_five: f64,
    /// Children under five for each health visitor [whole-time posts filled].
    pub children_per_post: f64,
    /// Share of the starts of SEN support at school age that full coverage would bring forward,
    /// against none.
    pub brought_forward: f64,
}

impl TwoYearReviews {
    /// Nobody is reviewed, and nobody found.
    pub const NONE: Self = Self {
        coverage: 0.0,
        under_five: 0.0,
        children_per_post: 1.0,
        brought_forward: 0.0,
    };

    /// Health visitors on a day [whole-time posts filled].
    pub fn posts_on(&self, effects: &Effects<'_>, timeline: &Timeline, day: f64) -> f64 {
        let number = |path: &str, value| effects.apply_stated(path, timeline, day, value);
        let usual = self.usual_posts(effects, timeline, day);
        (usual + number(ADDED, 0.0) - number(LOST, 0.0)).max(0.0)
    }

    /// Posts without those that an option adds or loses.
    fn usual_posts(&self, effects: &Effects<'_>, timeline: &Timeline, day: f64) -> f64 {
        let per_post = (CHILDREN_PER_POST, self.children_per_post);
        let children = effects.apply_stated(per_post.0, timeline, day, per_post.1);
        self.under_five / children.max(1.0)
    }

    /// Share of two-year-olds who are reviewed around a day.
    pub fn coverage_on(&self, effects: &Effects<'_>, timeline: &Timeline, day: f64) -> f64 {
        self.reached((COVERAGE, self.coverage), effects, timeline, day)
    }

    /// Share of children whom a contact reaches around a day, stated under a path: as many for each
    /// health visitor as on the base date.
    pub fn reached(
        &self,
        (path, usual): (&str, f64),
        effects: &Effects<'_>,
        timeline: &Timeline,
        day: f64,
    ) -> f64 {
        let stated = effects.apply_stated(path, timeline, day, usual);
        let at_base = self.usual_posts(effects, timeline, 0.0);
        let now = self.posts_on(effects, timeline, day);
        let posts = if at_base > 0.0 { now / at_base } else { 1.0 };
        (stated * posts).clamp(0.0, MOST.max(stated).min(1.0))
    }

    /// Share of starts at school age that more reviews than on the base date bring forward, negative
    /// where there are fewer.
    fn gain(&self, effects: &Effects<'_>, timeline: &Timeline, day: f64) -> f64 {
        // What an option does to posts from the base date on acts; the coverage stated then is in
        // what is found today.
        let stated = effects.apply_stated(COVERAGE, timeline, 0.0, self.coverage);
        let at_base = stated.clamp(0.0, 1.0);
        let now = self.coverage_on(effects, timeline, day);
        let share = effects.apply_stated(BROUGHT_FORWARD, timeline, day, self.brought_forward);
        (now - at_base) * share.min(1.0)
    }
}

/// What reviews do to the start of SEN support, segment by segment.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Finding {
    gains: Vec<f64>,
}

impl Finding {
    /// None where no scenario changes reviews.
    pub(super) fn of(
        reviews: &TwoYearReviews,
        effects: &Effects<'_>,
        timeline: &Timeline,
    ) -> Option<Self> {
        effects.change_under(PATHS).then(|| Self {
            gains: timeline
                .segments()
                .iter()
                .map(|segment| reviews.gain(effects, timeline, segment.start))
                .collect(),
        })
    }

    /// Rate of being found by a review: what more of them bring forward. `rate` is the rate of
    /// starting SEN support at an age.
    pub(super) fn earlier(
        &self,
        (age, need): (usize, usize),
        segment: usize,
        rate: impl Fn(usize) -> f64,
    ) -> f64 {
        if is_reviewed(age, need) {
            self.gains[segment].max(0.0) * at_school(rate)
        } else {
            0.0
        }
    }

    /// Share of the starts of SEN support at an age that fewer reviews leave to be found at school.
    /// `rate` is the rate of starting SEN support at an age.
    fn missed(&self, age: usize, segment: usize, rate: impl Fn(usize) -> f64) -> f64 {
        let reviewed = REVIEWED.iter().map(|&age| rate(age)).sum::<f64>() / REVIEWED.len() as f64;
        if !REVIEWED.contains(&age) || reviewed <= 0.0 {
            return 0.0;
        }
        let missed = (-self.gains[segment]).max(0.0) * at_school(rate);
        (missed / reviewed).min(MOST_MISSED)
    }
}

/// Children with speech and language needs whom fewer reviews leave to be found at school: in all but
/// the record they are as if SEN support had started in its time.
#[derive(Debug)]
pub struct Missed {
    /// By segment, age at the review and sex.
    shares: Vec<[[f64; Sex::COUNT]; REVIEWED.len()]>,
    /// Being found at school, by cohort.
    pub(super) found: Cumulative,
}

impl Missed {
    /// None where no scenario makes reviews fewer. `rate` is the rate of starting SEN support for
    /// speech and language needs by segment, age and sex.
    pub(super) fn of(
        finding: Option<&Finding>,
        cohorts: usize,
        timeline: &Timeline,
        rate: impl Fn(usize, usize, usize) -> f64,
    ) -> Option<Self> {
        let finding = finding.filter(|finding| finding.gains.iter().any(|gain| *gain < 0.0))?;
        let of_segment = |segment: usize| {
            REVIEWED.map(|age| {
                std::array::from_fn(|sex| {
                    finding.missed(age, segment, |age| rate(segment, age, sex))
                })
            })
        };
        Some(Self {
            shares: (0..timeline.segments().len()).map(of_segment).collect(),
            found: Cumulative::build(cohorts, timeline, |cohort, k| {
                let segment = &timeline.segments()[k];
                match age_of(cohort, segment.year) {
                    Some(age) if usize::from(age) >= AT_SCHOOL[0] => {
                        FOUND_AT_SCHOOL * segment.share_of_year
                    }
                    _ => 0.0,
                }
            }),
        })
    }

    /// Share of the starts of SEN support of children of an age, sex and need on a day that are missed.
    pub(super) fn share(
        &self,
        (age, sex, need): (u8, Sex, PrimaryNeed),
        day: f64,
        timeline: &Timeline,
    ) -> f64 {
        let place = REVIEWED
            .iter()
            .position(|&reviewed| reviewed == usize::from(age));
        match place {
            Some(place) if need == PrimaryNeed::Slcn => {
                self.shares[timeline.segment_at(day)][place][sex.index()]
            }
            _ => 0.0,
        }
    }
}

fn is_reviewed(age: usize, need: usize) -> bool {
    REVIEWED.contains(&age) && need == PrimaryNeed::Slcn.index()
}

fn at_school(rate: impl Fn(usize) -> f64) -> f64 {
    AT_SCHOOL.iter().map(|&age| rate(age)).sum::<f64>() / AT_SCHOOL.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    const SLCN: usize = PrimaryNeed::Slcn.index();

    fn rate(age: usize) -> f64 {
        [0.0, 0.0, 0.02, 0.04, 0.10, 0.14][age]
    }

    #[test]
    fn what_is_brought_forward_is_the_share_of_what_school_would_find() {
        let more = Finding { gains: vec![0.05] };
        // 5% of two years at 0.12 a year, over the two years before.
        for age in REVIEWED {
            assert!((more.earlier((age, SLCN), 0, rate) - 0.006).abs() < 1e-12);
            assert!(more.missed(age, 0, rate).abs() < 1e-12);
        }
        assert!(more.earlier((4, SLCN), 0, rate).abs() < 1e-12);
        assert!(more.earlier((2, PrimaryNeed::Asd.index()), 0, rate).abs() < 1e-12);
    }

    #[test]
    fn what_fewer_reviews_miss_would_have_been_found_by_them() {
        let fewer = Finding { gains: vec![-0.05] };
        // 5% of 0.12 a year, of 0.03 a year found before school.
        for age in REVIEWED {
            assert!((fewer.missed(age, 0, rate) - 0.2).abs() < 1e-12);
        }
        assert!(fewer.missed(4, 0, rate).abs() < 1e-12);
        assert!(fewer.earlier((2, SLCN), 0, rate).abs() < 1e-12);
        // Never more than there are.
        let none = Finding { gains: vec![-9.0] };
        assert!((none.missed(2, 0, rate) - MOST_MISSED).abs() < 1e-12);
        assert!(none.missed(2, 0, |_| 0.0).abs() < 1e-12);
    }
}
