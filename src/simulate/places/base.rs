//! The places of the base date: who is in them, and who wants one.

use super::{NO_GROUP, Standing};
use crate::domain::{NeedGroup, OLDEST_AGE, Overflow, PlacePhase, Provision, Setting};
use crate::random::{Process, uniform};
use crate::simulate::hazards::age_of;
use crate::simulate::run::Run;

/// Children by phase and need group.
type ByCell = [[f64; NeedGroup::COUNT]; PlacePhase::COUNT];

const DAYS_A_YEAR: f64 = 365.0;

impl Run<'_> {
    /// Seats the children of the base stock in the groups that fit them, full or not, and decides
    /// who wants a special school without being in one.
    pub(in crate::simulate) fn settle_base_places(&mut self) {
        let holders: Vec<usize> = (0..self.people.len()).collect();
        for &person in &holders {
            self.seat(person);
        }
        self.refresh_places(0.0);
        for group in 0..self.desk.rolls.len() {
            self.desk.left[group] = self.desk.rolls[group].saturating_sub(self.desk.limits[group]);
        }
        let in_special = self.by_cell(&holders, Setting::StateSpecial);
        let in_mainstream = self.by_cell(&holders, Setting::Mainstream);
        for &person in &holders {
            self.decide_wanted(person, &in_special, &in_mainstream);
        }
    }

    fn base_age(&self, person: usize) -> u8 {
        age_of(usize::from(self.people[person].cohort), 0).unwrap_or(OLDEST_AGE)
    }

    fn seat(&mut self, person: usize) {
        let record = self.people[person];
        let age = self.base_age(person);
        let Some(provision) = Provision::of(record.setting) else {
            return;
        };
        let fitting = |needs_must_match: bool| {
            self.desk.groups().iter().position(|group| {
                group.provision == provision
                    && group.admits(age, record.sex)
                    && (!needs_must_match || group.is_for(record.need))
            })
        };
        if let Some(group) = fitting(true).or_else(|| fitting(false)) {
            self.desk.rolls[group] += 1;
            self.people[person].group = group as u8;
        }
        debug_assert!(self.desk.rolls.len() < usize::from(NO_GROUP));
    }

    fn by_cell(&self, holders: &[usize], setting: Setting) -> ByCell {
        let mut children = ByCell::default();
        for &person in holders {
            let record = &self.people[person];
            if record.setting == setting {
                let phase = PlacePhase::of(self.base_age(person)).index();
                children[phase][NeedGroup::of(record.need).index()] += 1.0;
            }
        }
        children
    }

    fn decide_wanted(&mut self, person: usize, in_special: &ByCell, in_mainstream: &ByCell) {
        let Some(supply) = self.desk.supply else {
            return;
        };
        let wanted = &supply.places.wanted;
        let record = &self.people[person];
        let phase = PlacePhase::of(self.base_age(person)).index();
        let need = NeedGroup::of(record.need).index();
        let (share, standing) = match record.setting {
            Setting::Mainstream => {
                let expected = wanted.waiting_share * in_special[phase][need];
                let share = (expected / in_mainstream[phase][need]).min(1.0);
                (share, Standing::Waiting)
            }
            Setting::IndependentSpecial => (
                wanted.independent_share,
                Standing::Overflow(Overflow::Independent),
            ),
            _ => return,
        };
        let words = self.luck.words(record.luck_id, Process::WantedAtBase, 0);
        if uniform(words[0]) >= share {
            return;
        }
        let rank = supply.places.policy.ranks.in_year;
        let record = &mut self.people[person];
        record.wanted = Setting::StateSpecial;
        record.asked_for = record.wanted;
        record.asked_since = -(DAYS_A_YEAR * uniform(words[1])) as f32;
        record.rank = rank;
        record.standing = standing;
        self.list_as_waiting(person);
    }
}
