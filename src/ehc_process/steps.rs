//! The steps of a case: decision, advice, draft, consultation.

use super::case::Decision;
use super::dispute::About;
use super::lists::Stage;
use super::office::{Office, Step};
use super::staff::Team;
use crate::random::uniform;

/// Days in which an officer writes a draft once its turn has come: a week of one officer's time.
pub(super) const WRITING: f64 = 7.0;

impl Office<'_> {
    /// The panel: withdrawn, refused or agreed at one uniform number, so that a higher threshold
    /// refuses all whom a lower one refused and more.
    pub(super) fn decide(&mut self, day: f64, case: u32) {
        self.goes(Stage::Decision, day);
        let shares = &self.settings.shares;
        let age = usize::from(self.cases[case as usize].age);
        let u = uniform(self.words(case, 0)[1]);
        let of_decided = (u - shares.withdrawn) / (1.0 - shares.withdrawn);
        let reference = shares.refused[age];
        let refused = (reference * self.policy.refused.at(day)).min(1.0);
        let record = &mut self.cases[case as usize];
        record.decided = day as f32;
        if u < shares.withdrawn {
            record.decision = Decision::Withdrawn;
            self.plan(day, case, Step::Close);
        } else if of_decided < refused {
            record.decision = Decision::Refused;
            self.dispute(day, case, About::Assessing, of_decided >= reference);
        } else {
            record.decision = Decision::Agreed;
            self.plan(day, case, Step::Assess);
        }
    }

    /// Advice is asked for: of a psychologist, who has time when those before are served, and of
    /// others at once. It is complete when the last has come.
    pub(super) fn assess(&mut self, day: f64, case: u32) {
        let (first, second) = (self.words(case, 0), self.words(case, 1));
        let order = self.words(case, 2)[2];
        let hours = self.settings.psychologist_hours * self.policy.psychologist_hours.at(day);
        let hours = hours * self.work.at(uniform(second[0]));
        let psychologists = &mut self.staff[Team::Psychologists.index()];
        let served = if uniform(order) < self.settings.goes_first {
            psychologists.take_first(day, hours)
        } else {
            psychologists.take_turn(day, hours)
        };
        let report = served + self.settings.psychologist.at(uniform(first[3]));
        let others = day + self.settings.other_advice.at(uniform(first[2]));
        let complete = report.max(others);
        let record = &mut self.cases[case as usize];
        record.assessed_from = day as f32;
        record.psychologist_done = served as f32;
        record.advice_done = complete as f32;
        self.comes(Stage::Psychologist, day);
        self.goes(Stage::Psychologist, served);
        self.comes(Stage::OtherAdvice, served);
        self.plan(complete, case, Step::Draft);
    }

    /// Whether a plan is needed, and if so its draft.
    pub(super) fn draft(&mut self, day: f64, case: u32) {
        let words = self.words(case, 1);
        let share = self.settings.shares.not_issued * self.policy.not_issued.at(day);
        if !self.cases[case as usize].is_not_issued {
            self.goes(Stage::OtherAdvice, day);
        }
        let record = &mut self.cases[case as usize];
        if !record.is_not_issued && uniform(words[1]) < share {
            record.is_not_issued = true;
            record.not_issued = day as f32;
            self.dispute(day, case, About::Issuing, false);
            return;
        }
        let hours = self.settings.officer_hours * self.policy.officer_hours.at(day);
        let hours = hours * self.work.at(uniform(words[2]));
        let officers = &mut self.staff[Team::Officers.index()];
        let turn = officers.take_turn(day, hours);
        let drafted = turn + WRITING;
        let rewritten = self.settings.rewritten * self.policy.rewritten.at(day);
        let is_rewritten = uniform(words[3]) < rewritten;
        let record = &mut self.cases[case as usize];
        record.written_from = turn as f32;
        self.comes(Stage::Writing, day);
        self.goes(Stage::Writing, turn);
        if is_rewritten {
            self.plan(drafted, case, Step::Rewrite);
        } else {
            self.consult(drafted, case);
        }
    }

    /// A draft with errors or advice missing is written again.
    pub(super) fn rewrite(&mut self, day: f64, case: u32) {
        let word = self.words(case, 2)[1];
        let hours = self.settings.officer_hours * self.policy.officer_hours.at(day);
        let hours = hours * self.settings.rewriting * self.work.at(uniform(word));
        let officers = &mut self.staff[Team::Officers.index()];
        let turn = officers.take_turn(day, hours);
        self.comes(Stage::Rewriting, day);
        self.goes(Stage::Rewriting, turn);
        self.consult(turn + WRITING, case);
    }

    fn consult(&mut self, drafted: f64, case: u32) {
        let word = self.words(case, 2)[0];
        self.cases[case as usize].drafted = drafted as f32;
        self.comes(Stage::Consultation, drafted);
        let issued = drafted + self.settings.consultation.at(uniform(word));
        self.plan(issued, case, Step::Issue);
    }
}
