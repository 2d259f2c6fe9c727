//! What follows a decision against a family: mediation, appeal, a new request.

use super::lists::Stage;
use super::office::{Office, Step};
use super::shares::Dispute;
use crate::random::uniform;

/// What a dispute is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum About {
    /// A refusal to assess.
    Assessing,
    /// No plan after an assessment.
    Issuing,
}

impl Office<'_> {
    /// After a decision against the family: mediation, then appeal, or the end.
    pub(super) fn dispute(&mut self, day: f64, case: u32, about: About, would_not_have_been: bool) {
        let shares = &self.settings.shares;
        let (block, Dispute { mediated, appealed }) = match about {
            About::Assessing => (3, shares.after_refusal),
            About::Issuing => (5, shares.after_no_plan),
        };
        let words = self.words(case, block);
        let mediated = (mediated * self.policy.mediated.at(day)).min(1.0);
        let mut day = day;
        if uniform(words[0]) < mediated {
            let record = &mut self.cases[case as usize];
            record.mediated[about as usize] = day as f32;
            self.comes(Stage::Mediation, day);
            day += self.settings.mediation.at(uniform(words[2]));
            let record = &mut self.cases[case as usize];
            record.mediation_ended[about as usize] = day as f32;
            self.goes(Stage::Mediation, day);
            if uniform(words[1]) < shares.settled {
                self.overturn(day, case, about);
                return;
            }
        }
        let later = self.words(case, block + 1);
        if uniform(words[3]) < appealed {
            let conceded = shares.conceded * self.policy.conceded.at(day);
            let conceded = conceded.min(1.0 - shares.appeal_withdrawn);
            let heard = 1.0 - shares.appeal_withdrawn - conceded;
            let length = self.settings.appeal.at(uniform(later[1]));
            // From one end of the uniform number to the other: conceded, won, lost, withdrawn.
            let u = uniform(later[0]);
            let is_early = u < conceded || u >= conceded + heard;
            let part = if is_early {
                self.settings.ends_early_after
            } else {
                1.0
            };
            let end = day + length * part;
            let record = &mut self.cases[case as usize];
            record.appealed[about as usize] = day as f32;
            record.appeal_ended[about as usize] = end as f32;
            self.comes(Stage::Appeal, day);
            self.goes(Stage::Appeal, end);
            if u < conceded + heard * shares.won {
                self.overturn(end, case, about);
            } else {
                self.plan(end, case, Step::Close);
            }
        } else if would_not_have_been && uniform(later[2]) < self.settings.comes_back {
            let back = self.settings.back_after;
            self.plan(day + back.at(uniform(later[3])), case, Step::AskAgain);
        } else {
            self.plan(day, case, Step::Close);
        }
    }

    /// The decision falls for the family after all, and the 20 weeks count from here.
    fn overturn(&mut self, day: f64, case: u32, about: About) {
        self.cases[case as usize].clock = day as f32;
        let step = match about {
            About::Assessing => Step::Assess,
            About::Issuing => Step::Draft,
        };
        self.plan(day, case, step);
    }
}
