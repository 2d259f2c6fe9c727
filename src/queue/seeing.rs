//! Who is seen next, by whom, and how it ends.

use super::agenda::{Event, EventKind};
use super::network::{Network, occurrence};
use super::record::{Ledger, Outcome};
use super::service::{Fund, Panel, Provider, Team};
use super::task::State;
use super::time::Time;
use crate::random::{Process, uniform};

/// Attempt number in the address of a cost: no appointment reaches it.
const COST: u16 = u16::MAX;
const PENCE_PER_POUND: f64 = 100.0;

impl Network<'_> {
    /// Sees whoever can be seen now.
    #[inline]
    pub(super) fn dispatch(&mut self, service: usize) {
        match &self.plan.services()[service].provider {
            Provider::Teams(teams) => while self.seat_next(service, teams) {},
            Provider::Fund(_) => while self.release_next(service) {},
            Provider::Panel(_) => {}
        }
    }

    /// Gives the next person to the first team that can see them; `false` when there is none.
    #[inline]
    fn seat_next(&mut self, service: usize, teams: &[Team]) -> bool {
        let now = self.now;
        let classes = &self.plan.services()[service].classes;
        let mut passed_over = 0;
        loop {
            let station = &mut self.stations[service];
            if !station.has_idle() {
                return false;
            }
            let Some((class, place)) = station.first(classes, &self.tasks, passed_over) else {
                return false;
            };
            let mut rosters = teams.iter().zip(&station.rosters);
            let free = rosters.position(|(team, roster)| {
                roster.idle > 0 && team.sees(class) && team.calendar.is_open(now)
            });
            if let Some(team) = free {
                station.lists[class].take_first();
                station.rosters[team].take();
                self.begin(place.task, team as u8, &teams[team]);
                return true;
            }
            passed_over |= 1 << class;
            self.wake_for(service, class, teams);
        }
    }

    /// Schedules the next opening of a team with a free server that sees a class.
    fn wake_for(&mut self, service: usize, class: usize, teams: &[Team]) {
        let station = &mut self.stations[service];
        let openings = teams
            .iter()
            .zip(&station.rosters)
            .filter_map(|(team, roster)| {
                let can = roster.idle > 0 && team.sees(class);
                can.then(|| team.calendar.next_opening(self.now)).flatten()
            });
        let Some(next) = openings.min().filter(|next| *next < station.wake) else {
            return;
        };
        station.wake = next;
        self.schedule(next, EventKind::Opening, service as u32);
    }

    /// An appointment starts; whether the child is brought shows now.
    #[inline]
    fn begin(&mut self, place: u32, number: u8, team: &Team) {
        let class = self.class_of(self.tasks.get(place));
        let task = self.tasks.get_mut(place);
        task.team = number;
        task.started = self.now;
        let is_brought =
            class.not_brought <= 0.0 || uniform(task.brought_word) >= class.not_brought;
        let task = *task;
        let address = occurrence(task.step, task.service, task.attempts);
        let stream = || {
            self.luck
                .stream(task.customer, Process::VisitAmount, address)
        };
        let weeks = class.length.draw(task.length_word, stream) * team.length_factor;
        let end = team.calendar.finish(self.now, Time::from_weeks(weeks));
        if is_brought {
            self.see(place);
        } else {
            self.tasks.get_mut(place).state = State::NotBrought;
        }
        self.agenda.push(Event::new(
            end,
            EventKind::ServiceEnd,
            place,
            task.generation,
        ));
    }

    /// A person is first seen: off the list.
    #[inline]
    fn see(&mut self, place: u32) {
        let task = self.tasks.get_mut(place);
        task.state = State::BeingSeen;
        let can_withdraw = task.can_withdraw;
        let station = &mut self.stations[usize::from(task.service)];
        station.touch(self.now);
        station.waiting -= 1;
        station.account.seen += 1;
        if can_withdraw {
            let tasks = &self.tasks;
            self.agenda.withdrawal_is_stale(|event| {
                let task = tasks.get(event.subject());
                task.generation & 0xFF_FFFF == event.generation() && task.state != State::BeingSeen
            });
        }
    }

    /// The end of an appointment.
    #[inline]
    pub(super) fn end_service<L: Ledger>(&mut self, place: u32, ledger: &mut L) {
        let task = *self.tasks.get(place);
        let service = usize::from(task.service);
        let has_server = task.team != u8::MAX;
        if has_server {
            let team = usize::from(task.team);
            let calendar = &self.team(service, team).calendar;
            let now = self.now;
            let station = &mut self.stations[service];
            let worked = calendar.open_between(task.started, now);
            station.account.busy += i128::from(worked.ticks());
            station.rosters[team].done(now, calendar);
        }
        match task.state {
            State::BeingSeen => {
                let station = &mut self.stations[service];
                station.touch(self.now);
                station.present -= 1;
                self.write(&task, Outcome::Seen, ledger);
                self.release(place);
                self.visit_over(task.case, true, ledger);
            }
            State::NotBrought => self.book_again(place),
            State::Withdrawn => self.release(place),
            State::Gone | State::Listed | State::Rebooking => {
                unreachable!("nobody is at work on this visit")
            }
        }
        if has_server {
            self.dispatch(service);
        }
    }

    /// A child who was not brought goes back on the list, at once or later.
    fn book_again(&mut self, place: u32) {
        let weeks = self.class_of(self.tasks.get(place)).rebooking_weeks;
        let task = self.tasks.get_mut(place);
        task.attempts = task.attempts.saturating_add(1).min(COST - 1);
        let (customer, step, service) = (task.customer, task.step, task.service);
        let (attempts, generation) = (task.attempts, task.generation);
        let words = self.visit_words(customer, step, service, attempts);
        let task = self.tasks.get_mut(place);
        (task.length_word, task.brought_word) = (words[0], words[2]);
        if weeks > 0.0 {
            task.state = State::Rebooking;
            let time = self.now + Time::from_weeks(weeks);
            self.agenda
                .push(Event::new(time, EventKind::Rebooking, place, generation));
        } else {
            self.list(place);
        }
    }

    /// A child who was not brought is back on the list, unless withdrawn meanwhile.
    pub(super) fn rebook(&mut self, event: Event) {
        let task = self.tasks.get(event.subject());
        let is_same = task.generation & 0xFF_FFFF == event.generation();
        if is_same && task.state == State::Rebooking {
            let service = usize::from(task.service);
            self.list(event.subject());
            self.dispatch(service);
        }
    }

    /// Schedules the next meeting of a panel, or payment to a fund.
    pub(super) fn schedule_date(&mut self, service: usize) {
        let next = self.stations[service].next_date;
        let (time, kind) = match &self.plan.services()[service].provider {
            Provider::Teams(_) => return,
            Provider::Panel(panel) => (panel.meetings.get(next).copied(), EventKind::Meeting),
            Provider::Fund(fund) => {
                let payment = fund.payments.get(next);
                (payment.map(|payment| payment.at), EventKind::Payment)
            }
        };
        if let Some(time) = time {
            self.schedule(time, kind, service as u32);
        }
    }

    /// A meeting or a payment.
    pub(super) fn keep_date(&mut self, service: usize) {
        match &self.plan.services()[service].provider {
            Provider::Teams(_) => {}
            Provider::Panel(panel) => self.meet(service, panel),
            Provider::Fund(fund) => {
                self.receive(service, fund);
                self.dispatch(service);
            }
        }
        self.stations[service].next_date += 1;
        self.schedule_date(service);
    }

    fn meet(&mut self, service: usize, panel: &Panel) {
        let classes = &self.plan.services()[service].classes;
        for _ in 0..panel.cases {
            let station = &mut self.stations[service];
            let Some((class, place)) = station.first(classes, &self.tasks, 0) else {
                break;
            };
            station.lists[class].take_first();
            self.begin_without_server(place.task);
        }
    }

    fn receive(&mut self, service: usize, fund: &Fund) {
        let station = &mut self.stations[service];
        let payment = fund.payments[station.next_date];
        let left = if fund.carries_over {
            station.balance
        } else {
            0
        };
        station.balance = left + pence(payment.pounds);
    }

    /// Releases the first case if the balance covers it; `false` when it does not.
    fn release_next(&mut self, service: usize) -> bool {
        let classes = &self.plan.services()[service].classes;
        let station = &mut self.stations[service];
        let Some((class, place)) = station.first(classes, &self.tasks, 0) else {
            return false;
        };
        let task = self.tasks.get(place.task);
        let address = occurrence(task.step, task.service, COST);
        let word = self.luck.words(task.customer, Process::Visit, address)[0];
        let stream = || {
            self.luck
                .stream(task.customer, Process::VisitAmount, address)
        };
        let cost = pence(classes[class].cost.draw(word, stream));
        if cost > station.balance {
            return false;
        }
        station.balance -= cost;
        station.account.pence_spent += i128::from(cost);
        station.lists[class].take_first();
        self.begin_without_server(place.task);
        true
    }

    fn begin_without_server(&mut self, place: u32) {
        let class = self.class_of(self.tasks.get(place));
        let task = self.tasks.get_mut(place);
        task.started = self.now;
        let task = *task;
        let address = occurrence(task.step, task.service, 0);
        let stream = || {
            self.luck
                .stream(task.customer, Process::VisitAmount, address)
        };
        let weeks = class.length.draw(task.length_word, stream);
        let end = self.now + Time::from_weeks(weeks);
        self.see(place);
        self.agenda.push(Event::new(
            end,
            EventKind::ServiceEnd,
            place,
            task.generation,
        ));
    }
}

fn pence(pounds: f64) -> i64 {
    (pounds * PENCE_PER_POUND).round() as i64
}
