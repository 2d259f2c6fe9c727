//! Services at work together, event by event.

use super::account::Account;
use super::agenda::{Agenda, Event, EventKind};
use super::patience::Patience;
use super::plan::{Plan, Visit};
use super::record::{CaseOutcome, CaseRecord, Ledger, Outcome, Record};
use super::service::{Class, Provider};
use super::staffing::Post;
use super::station::Station;
use super::task::{Case, Slab, State, Task};
use super::time::Time;
use super::waiting::Place;
use crate::random::{Luck, Process, exponential};

/// Customers of source `n` are numbered from `(n + 1) << 28`, so that those below 2^28 are left to
/// a model that refers its own people.
const SOURCE_SHIFT: u32 = 28;
/// Customers of the starting list are numbered from here.
const STARTING_LIST: u32 = 15 << SOURCE_SHIFT;

/// A plan at work under the luck of a run.
///
/// The order within an instant: ends of service, staff, openings, payments, referrals, people back
/// on the list, withdrawals, meetings; then by number. It never depends on the order of scheduling.
#[derive(Debug, Clone)]
pub struct Network<'a> {
    pub(super) plan: &'a Plan,
    pub(super) luck: Luck,
    pub(super) now: Time,
    pub(super) agenda: Agenda,
    pub(super) stations: Vec<Station>,
    pub(super) tasks: Slab<Task>,
    pub(super) posts: Vec<Post>,
    cases: Slab<Case>,
    referred: Vec<u32>,
    /// Words of the next referrals of each source: a block serves four.
    referral_words: Vec<[u32; 4]>,
    starting: u32,
    events: u64,
}

impl<'a> Network<'a> {
    /// An empty network at the start, with the first referral of every source to come.
    pub fn new(plan: &'a Plan, luck: Luck) -> Self {
        let mut network = Self {
            plan,
            luck,
            now: Time::ZERO,
            agenda: Agenda::default(),
            stations: plan.services().iter().map(Station::new).collect(),
            tasks: Slab::new(),
            posts: Vec::new(),
            cases: Slab::new(),
            referred: vec![0; plan.sources().len()],
            referral_words: vec![[0; 4]; plan.sources().len()],
            starting: 0,
            events: 0,
        };
        network.open_teams();
        for service in 0..plan.services().len() {
            network.schedule_date(service);
        }
        for source in 0..plan.sources().len() {
            network.schedule_referral(source);
        }
        network
    }

    /// Now.
    pub fn now(&self) -> Time {
        self.now
    }

    /// Arrivals, ends of service and withdrawals so far.
    pub fn events(&self) -> u64 {
        self.events
    }

    /// People whom a source has referred so far.
    pub fn referred(&self, source: usize) -> u32 {
        self.referred[source]
    }

    /// People who wait to be seen at a service.
    pub fn waiting(&self, service: usize) -> u64 {
        self.stations[service].waiting
    }

    /// People at a service, waiting or being seen.
    pub fn present(&self, service: usize) -> u64 {
        self.stations[service].present
    }

    /// The account of a service up to now.
    pub fn account(&self, service: usize) -> Account {
        let station = &self.stations[service];
        let mut account = station.account_at(self.now);
        if let Provider::Teams(teams) = &self.plan.services()[service].provider {
            for (team, roster) in teams.iter().zip(&station.rosters) {
                account.staffed += roster.staffed_until(self.now, &team.calendar);
            }
            for task in (0..self.tasks.places()).map(|place| self.tasks.get(place)) {
                let at_work = matches!(
                    task.state,
                    State::NotBrought | State::Withdrawn | State::BeingSeen
                );
                if at_work && usize::from(task.service) == service {
                    let calendar = &teams[usize::from(task.team)].calendar;
                    let open = calendar.open_between(task.started, self.now);
                    account.busy += i128::from(open.ticks());
                }
            }
        }
        account
    }

    /// People on the list of a pathway's first step before anything happens, by weeks already
    /// waited, the longest first. All are on the list before the first is seen.
    pub fn start_list(&mut self, pathway: usize, weeks_waited: &[f64]) {
        let visits = &self.plan.pathways()[pathway].steps[0];
        let mut listed = Vec::with_capacity(weeks_waited.len());
        for weeks in weeks_waited {
            let referred = Time::ZERO - Time::from_weeks(*weeks);
            let case = self.new_case(pathway, STARTING_LIST + self.starting, referred);
            self.starting += 1;
            self.cases.get_mut(case).outstanding = visits.len() as u8;
            listed.extend(
                visits
                    .iter()
                    .map(|visit| self.enter(case, *visit, referred)),
            );
        }
        for visit in visits {
            self.dispatch(visit.service);
        }
        for task in listed {
            self.schedule_withdrawal(task);
        }
    }

    /// Refers a person now.
    #[inline]
    pub fn refer<L: Ledger>(&mut self, pathway: usize, customer: u32, ledger: &mut L) {
        let case = self.new_case(pathway, customer, self.now);
        self.start_step(case, ledger);
    }

    /// When something happens next.
    #[inline]
    pub fn next_time(&self) -> Option<Time> {
        self.agenda.peek().map(Event::time)
    }

    /// Carries out the next event; `false` when there is none.
    #[inline]
    pub fn step<L: Ledger>(&mut self, ledger: &mut L) -> bool {
        match self.agenda.peek() {
            Some(event) => {
                self.carry_out(event, ledger);
                true
            }
            None => false,
        }
    }

    /// Carries out everything up to and at an instant, which is then now.
    pub fn advance<L: Ledger>(&mut self, until: Time, ledger: &mut L) {
        while let Some(event) = self.agenda.peek().filter(|event| event.time() <= until) {
            self.carry_out(event, ledger);
        }
        self.now = self.now.max(until);
    }

    /// Advances to the end and writes the records of those who are still there.
    pub fn close<L: Ledger>(&mut self, end: Time, ledger: &mut L) {
        self.advance(end, ledger);
        for place in 0..self.tasks.places() {
            let task = *self.tasks.get(place);
            let outcome = match task.state {
                State::Gone | State::Withdrawn => continue,
                State::BeingSeen => Outcome::BeingSeen,
                State::Listed | State::NotBrought | State::Rebooking => Outcome::StillWaiting,
            };
            self.write(&task, outcome, ledger);
        }
    }

    #[inline]
    fn carry_out<L: Ledger>(&mut self, event: Event, ledger: &mut L) {
        self.agenda.pop(event);
        debug_assert!(event.time() >= self.now, "time runs forwards");
        self.now = event.time();
        let subject = event.subject();
        match event.kind() {
            EventKind::ServiceEnd => {
                self.events += 1;
                self.end_service(subject, ledger);
            }
            EventKind::Referral => {
                self.events += 1;
                self.refer_from(subject as usize, ledger);
            }
            EventKind::Withdrawal => self.withdraw(event, ledger),
            EventKind::Rebooking => self.rebook(event),
            EventKind::PostChange => self.change_post(subject),
            EventKind::TeamStart => {
                self.start_team(subject);
                self.dispatch(subject as usize >> 8);
            }
            EventKind::TeamEnd => self.end_team(subject),
            EventKind::Opening => {
                self.stations[subject as usize].wake = Time::NEVER;
                self.dispatch(subject as usize);
            }
            EventKind::Payment | EventKind::Meeting => self.keep_date(subject as usize),
        }
    }

    fn refer_from<L: Ledger>(&mut self, source: usize, ledger: &mut L) {
        let customer = (source as u32 + 1) << SOURCE_SHIFT | self.referred[source];
        let pathway = self.plan.sources()[source].pathway;
        self.referred[source] += 1;
        self.schedule_referral(source);
        self.refer(pathway, customer, ledger);
    }

    fn schedule_referral(&mut self, source: usize) {
        let index = self.referred[source];
        let words = &mut self.referral_words[source];
        if index.is_multiple_of(4) {
            *words = self.luck.words(index / 4, Process::Referral, source as u32);
        }
        let word = words[index as usize % 4];
        let time = self.plan.sources()[source]
            .arrivals
            .next(word, index, self.now);
        self.schedule(time, EventKind::Referral, source as u32);
    }

    fn new_case(&mut self, pathway: usize, customer: u32, referred: Time) -> u32 {
        self.cases.put(|_| Case {
            customer,
            pathway: pathway as u16,
            advice_missing: 0,
            step: 0,
            outstanding: 0,
            referred,
        })
    }

    #[inline]
    fn start_step<L: Ledger>(&mut self, case: u32, ledger: &mut L) {
        let Case { pathway, step, .. } = *self.cases.get(case);
        let visits = &self.plan.pathways()[usize::from(pathway)].steps[usize::from(step)];
        self.cases.get_mut(case).outstanding = visits.len() as u8;
        for visit in visits {
            let room = self.plan.services()[visit.service].room;
            let present = self.stations[visit.service].present;
            if room.is_some_and(|room| present >= u64::from(room)) {
                self.turn_away(case, *visit, ledger);
            } else {
                let task = self.enter(case, *visit, self.now);
                self.dispatch(visit.service);
                self.schedule_withdrawal(task);
            }
        }
    }

    /// Puts a person on a list.
    #[inline]
    fn enter(&mut self, case: u32, visit: Visit, referred: Time) -> u32 {
        let Case { customer, step, .. } = *self.cases.get(case);
        let words = self.visit_words(customer, step, visit.service as u16, 0);
        let station = &mut self.stations[visit.service];
        station.touch(self.now);
        station.account.joined += 1;
        station.present += 1;
        station.waiting += 1;
        let joined = self.now;
        let task = self.tasks.put(|before| Task {
            state: State::Listed,
            class: visit.class as u8,
            team: u8::MAX,
            step,
            service: visit.service as u16,
            attempts: 0,
            generation: before.map_or(0, |task| task.generation),
            customer,
            case,
            length_word: words[0],
            brought_word: words[2],
            patience_word: words[1],
            can_withdraw: false,
            referred,
            joined,
            started: Time::NEVER,
        });
        self.list(task);
        task
    }

    /// Puts a visit in its place on the list of its class.
    #[inline]
    pub(super) fn list(&mut self, place: u32) {
        let task = self.tasks.get_mut(place);
        task.state = State::Listed;
        let class =
            &self.plan.services()[usize::from(task.service)].classes[usize::from(task.class)];
        self.stations[usize::from(task.service)].lists[usize::from(task.class)].join(Place {
            since: task.referred - Time::from_weeks(class.head_start_weeks),
            customer: task.customer,
            task: place,
            generation: task.generation,
        });
    }

    /// Four words for one attempt at one visit: length, patience, whether brought, spare.
    #[inline]
    pub(super) fn visit_words(
        &self,
        customer: u32,
        step: u8,
        service: u16,
        attempt: u16,
    ) -> [u32; 4] {
        let occurrence = occurrence(step, service, attempt);
        self.luck.words(customer, Process::Visit, occurrence)
    }

    /// Schedules the end of the patience of a person who has not been seen at once.
    #[inline]
    fn schedule_withdrawal(&mut self, place: u32) {
        let task = self.tasks.get(place);
        let patience = &self.class_of(task).patience;
        if task.state == State::BeingSeen || *patience == Patience::Unlimited {
            return;
        }
        let waited = (self.now - task.referred).weeks();
        let unit = exponential(task.patience_word);
        if let Some(weeks) = patience.weeks_left(waited, unit) {
            let time = self.now + Time::from_weeks(weeks);
            let event = Event::new(time, EventKind::Withdrawal, place, task.generation);
            self.agenda.push(event);
            self.tasks.get_mut(place).can_withdraw = true;
        }
    }

    fn withdraw<L: Ledger>(&mut self, event: Event, ledger: &mut L) {
        let place = event.subject();
        let task = *self.tasks.get(place);
        let waits = matches!(
            task.state,
            State::Listed | State::NotBrought | State::Rebooking
        );
        if task.generation & 0xFF_FFFF != event.generation() || !waits {
            self.agenda.stale_one_passed();
            return;
        }
        self.events += 1;
        let station = &mut self.stations[usize::from(task.service)];
        station.touch(self.now);
        station.account.withdrawn += 1;
        station.present -= 1;
        station.waiting -= 1;
        self.write(&task, Outcome::Withdrawn, ledger);
        if task.state == State::NotBrought {
            self.tasks.get_mut(place).state = State::Withdrawn;
        } else {
            self.release(place);
        }
        if task.state == State::Listed {
            let station = &mut self.stations[usize::from(task.service)];
            station.lists[usize::from(task.class)].one_left(&self.tasks);
        }
        self.visit_over(task.case, false, ledger);
        // A dear case at the head of a fund's list may have gone.
        self.dispatch(usize::from(task.service));
    }

    fn turn_away<L: Ledger>(&mut self, case: u32, visit: Visit, ledger: &mut L) {
        self.stations[visit.service].account.turned_away += 1;
        let Case {
            customer, pathway, ..
        } = *self.cases.get(case);
        ledger.visit(&Record {
            customer,
            pathway,
            service: visit.service as u16,
            class: visit.class as u8,
            outcome: Outcome::TurnedAway,
            not_brought: 0,
            referred: self.now,
            joined: self.now,
            seen: None,
            left: self.now,
        });
        self.visit_over(case, false, ledger);
    }

    /// Ends a visit of a case, and its step or the case with it.
    #[inline]
    pub(super) fn visit_over<L: Ledger>(&mut self, place: u32, done: bool, ledger: &mut L) {
        let case = self.cases.get_mut(place);
        let steps = &self.plan.pathways()[usize::from(case.pathway)].steps;
        let is_alone = steps[usize::from(case.step)].len() == 1;
        case.outstanding -= 1;
        case.advice_missing += u16::from(!done);
        if case.outstanding > 0 {
            return;
        }
        let has_left = is_alone && !done;
        case.step += 1;
        if !has_left && usize::from(case.step) < steps.len() {
            self.start_step(place, ledger);
            return;
        }
        let case = *case;
        self.cases.release(place);
        ledger.case(&CaseRecord {
            customer: case.customer,
            pathway: case.pathway,
            advice_missing: case.advice_missing,
            outcome: if has_left {
                CaseOutcome::Left
            } else {
                CaseOutcome::Finished
            },
            referred: case.referred,
            ended: self.now,
        });
    }

    #[inline]
    pub(super) fn write<L: Ledger>(&self, task: &Task, outcome: Outcome, ledger: &mut L) {
        let seen = matches!(outcome, Outcome::Seen | Outcome::BeingSeen).then_some(task.started);
        ledger.visit(&Record {
            customer: task.customer,
            pathway: self.cases.get(task.case).pathway,
            service: task.service,
            class: task.class,
            outcome,
            not_brought: task.attempts,
            referred: task.referred,
            joined: task.joined,
            seen,
            left: self.now,
        });
    }

    /// Frees the place of a visit; what is still scheduled for it becomes stale.
    #[inline]
    pub(super) fn release(&mut self, place: u32) {
        let task = self.tasks.get_mut(place);
        task.state = State::Gone;
        task.generation = task.generation.wrapping_add(1);
        self.tasks.release(place);
    }

    #[inline]
    pub(super) fn class_of(&self, task: &Task) -> &'a Class {
        &self.plan.services()[usize::from(task.service)].classes[usize::from(task.class)]
    }
}

/// Address of an attempt at a visit, besides the customer.
#[inline]
pub(super) fn occurrence(step: u8, service: u16, attempt: u16) -> u32 {
    u32::from(step) << 26 | u32::from(service) << 16 | u32::from(attempt)
}
