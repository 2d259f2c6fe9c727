//! One realised future: the numbered order of a year.

use super::arrivals;
use super::event_queue::{Event, EventKind, EventQueue};
use super::hazards::{Hazards, age_of};
use super::latent_needs::LatentNeeds;
use super::live::{BrokenBalance, Live};
use super::people::{NextChange, Person, Status};
use super::places::Desk;
use super::record::Record;
use super::schedule;
use super::tally::{self, Traits};
use super::yearly;
use crate::domain::{CeaseReason, OLDEST_AGE, Overflow};
use crate::ehc_process::{Ending, Office};
use crate::random::{Luck, uniform};
use crate::summarise::{Counted, Layout};

/// What happens next to a person.
pub(super) enum Next {
    /// Nothing within the horizon.
    Nothing,
    /// Leaves without a plan, and is booked to.
    Leaves,
    /// A change of status on a day.
    Change(f64),
}

/// Memory of one thread, reused from run to run.
#[derive(Debug, Default)]
pub struct Workspace {
    people: Vec<Person>,
    plan_holders: Vec<u32>,
    queue: EventQueue,
    live: Live,
}

/// One run under way.
pub(super) struct Run<'a> {
    pub(super) hazards: &'a Hazards<'a>,
    pub(super) luck: &'a Luck,
    pub(super) people: &'a mut Vec<Person>,
    /// People who have a plan, or had one when last looked at.
    pub(super) plan_holders: &'a mut Vec<u32>,
    pub(super) latent_needs: LatentNeeds,
    pub(super) queue: &'a mut EventQueue,
    pub(super) live: &'a mut Live,
    /// Places, and who waits for one.
    pub(super) desk: Desk<'a>,
    /// Requests in progress; `None` where plans start without any.
    pub(super) office: Option<Office<'a>>,
    /// Memory for what the office ends in a day.
    pub(super) endings: Vec<(f64, u32, Ending)>,
    pub(super) layout: &'a Layout,
    pub(super) counts: Vec<u32>,
    pub(super) year: usize,
}

/// Simulates one run and returns its counts in the order of the layout, and the record if one is
/// kept.
///
/// The order of a year:
/// 1. On 1 January the cohort reaching age 0 enters; the cohort past 25 is no longer counted, and
///    nothing happens to it any more.
/// 2. The January stocks are counted.
/// 3. The year's arrivals are given their dates. Those without a plan are counted in at once, and
///    who leaves before anything else happens is booked to be counted out at the end of that year:
///    stocks are taken in January, and nothing else asks where they are.
/// 4. Children with a plan are given this year's moves between settings and recodings of need.
/// 5. Events happen in the order of (time, kind, person): arrivals, moves, the September round of
///    places, openings of places, recodings, changes of status. A place that an event leaves free
///    is offered to those who wait before the next event.
///
/// Every January the rolls of places are compared with the children in them. At the end the live counts are compared with the people, and the flows of every year with the
/// stocks; a difference is an error.
pub fn simulate(
    start: &[Person],
    hazards: &Hazards<'_>,
    layout: &Layout,
    luck: &Luck,
    run: u32,
    workspace: &mut Workspace,
    record: Option<Record>,
) -> Result<(Vec<u32>, Option<Record>), BrokenBalance> {
    let years = hazards.timeline.years();
    let Workspace {
        people,
        plan_holders,
        queue,
        live,
    } = workspace;
    plan_holders.clear();
    people.clear();
    queue.clear(hazards.timeline.end() as usize);
    *live = Live::new(years, record);
    let mut run_state = Run {
        hazards,
        luck,
        people,
        plan_holders,
        latent_needs: LatentNeeds::of(hazards.rates),
        queue,
        live,
        desk: Desk::new(hazards.supply.as_ref()),
        office: Run::open_office(hazards, luck),
        endings: Vec::new(),
        layout,
        counts: vec![0; layout.len()],
        year: 0,
    };
    run_state.settle_residents(start);
    for year in 0..years {
        run_state.year = year;
        run_state.open_january(year);
        arrivals::plan_year(&mut run_state, year);
        yearly::plan_year(&mut run_state, year);
        run_state.plan_places(year);
        let start = hazards.timeline.january(year) as usize;
        let end = hazards.timeline.january(year + 1) as usize;
        if run_state.office.is_some() {
            (start..end).for_each(|day| {
                run_state.start_day_in_office(day as f64);
                run_state.live_until(day + 1);
            });
        } else {
            run_state.live_until(end);
        }
        run_state.count_days_of_year(hazards.timeline.january(year + 1));
        run_state.check_places(run)?;
        run_state.live.end_year(year);
    }
    run_state.year = years;
    run_state.open_january(years);
    run_state.close_office();
    let Run {
        counts,
        live,
        people,
        ..
    } = run_state;
    live.check(people, years, run)?;
    check_accounts(&counts, layout, years, run)?;
    Ok((counts, live.record.take()))
}

impl Run<'_> {
    /// Counts the residents of the base date in and schedules their first changes: children with a
    /// plan first, because their places are settled together.
    fn settle_residents(&mut self, start: &[Person]) {
        let has_plan = |person: &&Person| person.status == Status::Plan;
        self.people.extend(start.iter().filter(has_plan));
        for record in self.people.iter_mut() {
            record.wanted = record.setting;
        }
        if self.hazards.supply.is_some() {
            self.settle_base_places();
        }
        for person in 0..self.people.len() {
            self.live.enter(&self.people[person]);
            self.list(person);
            self.schedule(person, 0.0);
        }
        let mut requests = self.give_out_requests(start).into_iter().peekable();
        for (position, person) in start.iter().enumerate() {
            if has_plan(&person) {
                continue;
            }
            let mut record = *person;
            let first = record.first_words(self.luck);
            if record.status == Status::NoSen {
                let age = age_of(usize::from(record.cohort), 0).unwrap_or(OLDEST_AGE);
                record.need = self.latent_needs.at(record.sex, age, uniform(first[0]));
            }
            if let Some((_, case)) = requests.next_if(|(of, _)| *of == position) {
                self.people.push(record);
                let person = self.people.len() - 1;
                self.settle_request(person, case);
                self.live.enter(&self.people[person]);
                self.schedule(person, 0.0);
                continue;
            }
            self.welcome(record, &first, 0.0);
        }
    }

    /// Puts a child who has a plan on the list of those who may move or be recoded.
    pub(super) fn list(&mut self, person: usize) {
        if self.people[person].status == Status::Plan && !self.people[person].is_listed {
            self.people[person].is_listed = true;
            self.plan_holders.push(person as u32);
        }
    }

    /// Everything that happens to people before a day.
    fn live_until(&mut self, day: usize) {
        while let Some(event) = self.next_event(day) {
            self.handle(event);
            self.offer_freed(event.day());
        }
    }

    fn open_january(&mut self, year: usize) {
        if year > 0 {
            arrivals::reach_age_zero(self, year);
        }
        self.live.snapshot(&mut self.counts, self.layout, year);
        self.count_places(2 * year, self.hazards.timeline.january(year));
    }

    /// Schedules the next change of status, and makes any earlier one stale.
    pub(super) fn schedule(&mut self, person: usize, day: f64) {
        let mut record = self.people[person];
        let first = record.first_words(self.luck);
        let next = self.follow(&mut record, &first, day);
        self.people[person] = record;
        if let Next::Change(when) = next {
            self.push_change(person, when);
        }
    }

    /// What happens next to someone who is counted in. Who leaves without a plan is booked to leave
    /// within that year, and is away.
    pub(super) fn next_change(&mut self, record: &mut Person, first: &[u32; 4], day: f64) -> Next {
        record.since = day as f32;
        record.generation = record.generation.wrapping_add(1);
        let next = schedule::next_change(record, first, day, self.hazards, self.luck);
        let Some((when, change)) = next else {
            return Next::Nothing;
        };
        record.next_change = change;
        let leaves = change == NextChange::MoveOut && record.status != Status::Plan;
        // Whoever has a request in progress may get a plan before then.
        if leaves && !record.in_process {
            let segment = self.hazards.timeline.moment(when).segment;
            let year = self.hazards.timeline.segments()[segment].year;
            self.live.book_leaving(record, year);
            record.status = Status::Away;
            return Next::Leaves;
        }
        Next::Change(when.max(day))
    }

    pub(super) fn push_change(&mut self, person: usize, when: f64) {
        let generation = self.people[person].generation;
        let event = Event::new(when, EventKind::StatusChange, person as u32, generation);
        self.queue.push(event);
    }

    /// The next event before a day that no later plan of the person has made stale.
    fn next_event(&mut self, end: usize) -> Option<Event> {
        let people: &[Person] = self.people;
        self.queue.pop_before(end, |event| {
            event.kind() != EventKind::StatusChange
                || event.generation() == people[event.person() as usize].generation
        })
    }

    fn handle(&mut self, event: Event) {
        let person = event.person() as usize;
        let day = event.day();
        if let Some(record) = &mut self.live.record {
            record.day = day;
        }
        match event.kind() {
            EventKind::Arrival => self.arrive(person, day),
            EventKind::SettingMove => self.move_setting(person, day),
            EventKind::PlaceRound => self.hold_round(day),
            EventKind::PlaceDecision => self.decide_place(person, day),
            EventKind::PlacesChange => self.change_places(day),
            EventKind::NeedRecode => self.recode(person),
            EventKind::StatusChange if event.generation() == self.people[person].generation => {
                self.change_status(person, day);
            }
            EventKind::StatusChange => {}
        }
    }

    /// Someone with a plan moves in.
    fn arrive(&mut self, person: usize, day: f64) {
        let record = &mut self.people[person];
        record.status = Status::Plan;
        record.wanted = record.setting;
        self.note_new_plan(person, day);
        self.ask(person, day, false);
        self.count(Counted::PlansMovedIn, person, CeaseReason::Other);
        self.live.enter(&self.people[person]);
        self.list(person);
        self.schedule(person, day);
    }

    /// Whether a child is within the ages that are counted.
    pub(super) fn is_young_enough(&self, person: usize) -> bool {
        age_of(usize::from(self.people[person].cohort), self.year).is_some()
    }

    /// Academic age on the last 1 January.
    pub(super) fn age(&self, person: usize) -> u8 {
        age_of(usize::from(self.people[person].cohort), self.year).unwrap_or(OLDEST_AGE)
    }

    /// What a child is like now.
    pub(super) fn traits(&self, person: usize) -> Traits {
        let record = &self.people[person];
        Traits {
            age: self.age(person),
            sex: record.sex,
            need: record.need,
            setting: record.setting,
            reason: CeaseReason::Other,
            overflow: Overflow::Independent,
        }
    }

    pub(super) fn count(&mut self, counted: Counted, person: usize, reason: CeaseReason) {
        self.count_at(counted, person, self.age(person), reason);
    }

    pub(super) fn count_at(
        &mut self,
        counted: Counted,
        person: usize,
        age: u8,
        reason: CeaseReason,
    ) {
        let mut traits = self.traits(person);
        traits.age = age;
        traits.reason = reason;
        if let Some(record) = &mut self.live.record {
            record.note_flow(counted, self.people[person].luck_id, &traits);
        }
        self.count_in(counted, self.year, &traits, 1);
    }

    /// Adds children to an indicator in a period of it.
    pub(super) fn count_in(
        &mut self,
        counted: Counted,
        period: usize,
        traits: &Traits,
        children: u32,
    ) {
        tally::count_in(
            &mut self.counts,
            self.layout,
            counted,
            period,
            traits,
            children,
        );
    }
}

/// Plans next January = plans + new + moved in - ceased - moved out, in every year.
fn check_accounts(
    counts: &[u32],
    layout: &Layout,
    years: usize,
    run: u32,
) -> Result<(), BrokenBalance> {
    let total = |counted, period| i64::from(counts[layout.start(counted, period)]);
    for year in 0..years {
        let expected = total(Counted::EhcPlans, year)
            + total(Counted::NewPlans, year)
            + total(Counted::PlansMovedIn, year)
            - total(Counted::PlansCeased, year)
            - total(Counted::PlansMovedOut, year);
        let found = total(Counted::EhcPlans, year + 1);
        if expected != found {
            let what = format!("plans at the end of year {} of the horizon", year + 1);
            return Err(BrokenBalance {
                run,
                what,
                expected,
                found,
            });
        }
    }
    Ok(())
}
