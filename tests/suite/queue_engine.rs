//! The queue engine: each feature against a number worked by hand or by formula.

use sendsim::domain::Date;
use sendsim::queue::theory::mean_waits_by_priority;
use sendsim::queue::{
    Amount, Arrivals, Calendar, CaseOutcome, CaseRecord, Class, Fund, Ledger, Network, Outcome,
    Panel, Pathway, Patience, Payment, Plan, PlanError, Provider, Record, Service, Session, Source,
    Team, Time, Visit, Weekday,
};
use sendsim::random::Luck;
use sendsim::verification::{Effort, Verdict, verify};

/// Records in the order in which they were written.
#[derive(Default)]
struct Notes {
    visits: Vec<Record>,
    cases: Vec<CaseRecord>,
}

impl Ledger for Notes {
    fn visit(&mut self, record: &Record) {
        self.visits.push(*record);
    }

    fn case(&mut self, record: &CaseRecord) {
        self.cases.push(*record);
    }
}

fn constant(weeks: f64) -> Class {
    Class::plain(Amount::constant(weeks))
}

fn service(classes: Vec<Class>, provider: Provider) -> Service {
    Service {
        name: "service".to_owned(),
        classes,
        provider,
        room: None,
    }
}

fn servers(number: u32) -> Provider {
    Provider::Teams(vec![Team::full(number)])
}

/// One class at one service, referred at these weeks.
fn listed(service: Service, weeks: &[f64]) -> Plan {
    Plan::single(service, Arrivals::Listed(weeks.to_vec())).expect("a valid plan")
}

fn run_with(plan: &Plan, backlog: &[f64], weeks: f64, run: u32) -> (Notes, Vec<u64>) {
    let mut network = Network::new(plan, Luck::new(11, run));
    let mut notes = Notes::default();
    network.start_list(0, backlog);
    let mut waiting = Vec::new();
    for week in 0..weeks as u32 {
        network.advance(Time::from_weeks(f64::from(week)), &mut notes);
        waiting.push(network.waiting(0));
    }
    network.close(Time::from_weeks(weeks), &mut notes);
    (notes, waiting)
}

fn run(plan: &Plan, weeks: f64) -> Notes {
    run_with(plan, &[], weeks, 0).0
}

/// Weeks at which customers were first seen, in the order of referral.
fn seen(notes: &Notes) -> Vec<Option<f64>> {
    let mut visits = notes.visits.clone();
    visits.sort_by_key(|record| (record.referred, record.customer));
    let seen = visits.iter().map(|record| record.seen);
    seen.map(|time| time.map(|t| (t.weeks() * 1e6).round() / 1e6))
        .collect()
}

fn all_seen_at(weeks: &[f64]) -> Vec<Option<f64>> {
    weeks.iter().copied().map(Some).collect()
}

#[test]
fn those_who_come_first_are_served_first() {
    // Two servers, 2 weeks each: the third waits for the first to be done at week 2, the fourth
    // for the second at week 2.5, the fifth for week 4.
    let plan = listed(
        service(vec![constant(2.0)], servers(2)),
        &[0.0, 0.5, 1.0, 1.5, 1.75],
    );
    let notes = run(&plan, 10.0);
    assert_eq!(seen(&notes), all_seen_at(&[0.0, 0.5, 2.0, 2.5, 4.0]));
    let left: Vec<f64> = notes.visits.iter().map(|r| r.left.weeks()).collect();
    assert_eq!(left, [2.0, 2.5, 4.0, 4.5, 6.0]);
}

#[test]
fn whoever_comes_as_a_server_is_done_is_seen_at_once() {
    let plan = listed(service(vec![constant(1.0)], servers(1)), &[0.0, 1.0, 2.0]);
    assert_eq!(seen(&run(&plan, 10.0)), all_seen_at(&[0.0, 1.0, 2.0]));
}

#[test]
fn work_rests_outside_sessions_and_on_holidays() {
    // 2025 starts on a Wednesday. Mondays 9 to 13 in January but for the 20th: 6, 13 and 27.
    let base = Date::january(2025);
    let day = |day| Date::new(2025, 1, day).expect("a day of January");
    let monday = Session {
        weekday: Weekday::Monday,
        from_hour: 9.0,
        until_hour: 13.0,
    };
    let calendar = Calendar::weekly(base, &[monday], &[(day(1), day(31))], &[day(20)]);
    let team = Team {
        calendar,
        ..Team::full(1)
    };
    // 3 hours of work for each of three children referred on 1 January.
    let plan = listed(
        service(vec![constant(3.0 / 168.0)], Provider::Teams(vec![team])),
        &[0.0, 0.01, 0.02],
    );
    let notes = run(&plan, 10.0);
    let hours_after_midnight = |time: Time, day: f64| time.weeks() * 168.0 - 24.0 * (day - 1.0);
    let starts: Vec<Time> = notes.visits.iter().filter_map(|r| r.seen).collect();
    // The second starts at 12 on the 6th and has 2 hours left for the 13th, the third starts at 11
    // on the 13th and has 1 hour left for the 27th.
    for (start, (day, hour)) in starts.iter().zip([(6.0, 9.0), (6.0, 12.0), (13.0, 11.0)]) {
        assert!((hours_after_midnight(*start, day) - hour).abs() < 1e-4);
    }
    let last = notes.visits[2].left;
    assert!((hours_after_midnight(last, 27.0) - 10.0).abs() < 1e-4);
    let mut network = Network::new(&plan, Luck::new(1, 0));
    network.close(Time::from_weeks(10.0), &mut ());
    // 9 of 12 hours are used.
    let used = network.account(0).utilisation().expect("there is a server");
    assert!((used - 0.75).abs() < 1e-6, "{used}");
}

#[test]
fn a_grade_sees_only_its_classes_and_takes_its_time() {
    // The first grade sees class 0 alone, in 1 week; the second sees all, in twice the time.
    let first = Team {
        sees: vec![0],
        ..Team::full(1)
    };
    let second = Team {
        length_factor: 2.0,
        ..Team::full(1)
    };
    let service = service(
        vec![constant(1.0), constant(1.0)],
        Provider::Teams(vec![first, second]),
    );
    let source = |pathway, weeks: &[f64]| Source {
        pathway,
        arrivals: Arrivals::Listed(weeks.to_vec()),
    };
    let plan = Plan::new(
        vec![service],
        vec![Pathway::single(0, 0), Pathway::single(0, 1)],
        vec![source(0, &[0.0, 0.1, 0.2]), source(1, &[0.15, 0.3])],
    )
    .expect("a valid plan");
    let notes = run(&plan, 20.0);
    // Class 0: at 0 by the first grade, at 0.1 by the second (until 2.1), at 1 by the first.
    // Class 1: both wait for the second grade, at 2.1 and 4.1.
    assert_eq!(seen(&notes), all_seen_at(&[0.0, 0.1, 2.1, 1.0, 4.1]));
}

#[test]
fn posts_are_filled_for_the_share_of_time_that_renewal_theory_says() {
    // In post for 50 weeks on average; recruitment takes 20 weeks and fails every second time:
    // vacant for 40 weeks on average, so 50 / 90 of posts are filled.
    let team = Team {
        leaving_rate: 1.0 / 50.0,
        weeks_to_hire: Amount::new(20.0, 0.5).expect("valid"),
        hiring_fails: 0.5,
        ..Team::full(40)
    };
    let plan = listed(
        service(vec![constant(1.0)], Provider::Teams(vec![team])),
        &[],
    );
    let (from, until) = (Time::from_weeks(1_000.0), Time::from_weeks(3_000.0));
    let shares: Vec<f64> = (0..40)
        .map(|run| {
            let mut network = Network::new(&plan, Luck::new(3, run));
            network.advance(from, &mut ());
            let before = network.account(0);
            network.advance(until, &mut ());
            let staffed = network.account(0).since(&before).staffed as f64;
            staffed / 40.0 / (until - from).ticks() as f64
        })
        .collect();
    let (mean, error) = mean_and_error(&shares);
    assert!((mean - 50.0 / 90.0).abs() < 4.0 * error, "{mean} ± {error}");
    assert!(error < 0.005, "{error}");
}

#[test]
fn a_leaver_finishes_the_case_in_hand_and_a_new_team_starts_on_its_date() {
    let ending = Team {
        ends: Time::from_weeks(1.0),
        ..Team::full(1)
    };
    let vacant = Team {
        in_post: 0,
        starts: Time::from_weeks(3.0),
        weeks_to_hire: Amount::constant(4.0),
        ..Team::full(1)
    };
    let plan = listed(
        service(vec![constant(2.0)], Provider::Teams(vec![ending, vacant])),
        &[0.0, 0.5],
    );
    let notes = run(&plan, 20.0);
    // The first is seen until week 2 although the team ends at week 1; the second waits for the
    // post of week 3 that is filled 4 weeks later.
    assert_eq!(seen(&notes), all_seen_at(&[0.0, 7.0]));
    assert_eq!(notes.visits[0].left, Time::from_weeks(2.0));
}

#[test]
fn waiting_ages_into_priority() {
    // One server, 1 week each. The urgent class has a head start of 3 weeks.
    let urgent = Class {
        head_start_weeks: 3.0,
        ..constant(1.0)
    };
    let plan = Plan::new(
        vec![service(vec![constant(1.0), urgent], servers(1))],
        vec![Pathway::single(0, 0), Pathway::single(0, 1)],
        vec![
            Source {
                pathway: 0,
                arrivals: Arrivals::Listed(vec![0.0, 0.1, 0.2]),
            },
            Source {
                pathway: 1,
                arrivals: Arrivals::Listed(vec![2.5, 3.15, 4.0]),
            },
        ],
    )
    .expect("a valid plan");
    let notes = run(&plan, 20.0);
    // Ordinary: 0.1 and 0.2 are seen at 1 and 2. Urgent: at 3, at 4 and 5.
    assert_eq!(seen(&notes), all_seen_at(&[0.0, 1.0, 2.0, 3.0, 4.0, 5.0]));
    // With 0.3, 0.4 and 3.45 the third ordinary has waited longer than the head start (0.4 before
    // 3.45 - 3), the urgent ones of 3.05 and 3.35 have not been overtaken (0.05 and 0.35).
    let plan = Plan::new(
        plan.services().to_vec(),
        plan.pathways().to_vec(),
        vec![
            Source {
                pathway: 0,
                arrivals: Arrivals::Listed(vec![0.0, 0.1, 0.2, 0.3, 0.4]),
            },
            Source {
                pathway: 1,
                arrivals: Arrivals::Listed(vec![3.05, 3.35, 3.45]),
            },
        ],
    )
    .expect("a valid plan");
    let notes = run(&plan, 20.0);
    // By referral: 0, 0.1, 0.2, 0.3 (at 3), 0.4, then 3.05, 3.35, 3.45. At week 4 the urgent one
    // of 3.05 counts as 0.05, that of 3.35 as 0.35, both before 0.4; 3.45 counts as 0.45.
    assert_eq!(
        seen(&notes),
        all_seen_at(&[0.0, 1.0, 2.0, 3.0, 6.0, 4.0, 5.0, 7.0])
    );
}

#[test]
fn statutory_advice_takes_clinic_time_in_a_shared_pool() {
    // One pool of 4, exponential work of 1 week; advice 1.2 a week goes first, the clinic has 2.4.
    let exponential = |rank| Class {
        rank,
        ..Class::plain(Amount::exponential(1.0))
    };
    let rates = [1.2, 2.4];
    let plan = Plan::new(
        vec![service(vec![exponential(0), exponential(1)], servers(4))],
        vec![Pathway::single(0, 0), Pathway::single(0, 1)],
        (0..2)
            .map(|pathway| Source {
                pathway,
                arrivals: Arrivals::Steady(rates[pathway]),
            })
            .collect(),
    )
    .expect("a valid plan");
    let expected = mean_waits_by_priority(&rates, 1.0, 4);
    for class in 0..2u8 {
        let means: Vec<f64> = (0..60)
            .map(|run_number| {
                let (notes, _) = run_with(&plan, &[], 3_000.0, run_number);
                let counted = notes.visits.iter().filter(|record| {
                    record.class == class && record.joined > Time::from_weeks(500.0)
                });
                let waits: Vec<f64> = counted.filter_map(Record::wait_weeks).collect();
                waits.iter().sum::<f64>() / waits.len() as f64
            })
            .collect();
        let (mean, error) = mean_and_error(&means);
        let expected = expected[usize::from(class)];
        assert!(
            (mean - expected).abs() < 4.0 * error,
            "{mean} for {expected}"
        );
        assert!(error < 0.05 * expected);
    }
}

#[test]
fn a_child_who_is_not_brought_uses_the_time_and_keeps_the_referral_date() {
    let class = Class {
        not_brought: 0.4,
        ..constant(1.0)
    };
    let plan = listed(service(vec![class.clone()], servers(1)), &[0.0, 0.5]);
    for run_number in 0..50 {
        let (notes, _) = run_with(&plan, &[], 200.0, run_number);
        let (first, second) = (&notes.visits[0], &notes.visits[1]);
        // Each missed appointment is a week; the second starts when the first has been seen.
        let seen = f64::from(first.not_brought);
        assert_eq!(first.seen, Some(Time::from_weeks(seen)));
        let seen = seen + 1.0 + f64::from(second.not_brought);
        assert_eq!(second.seen, Some(Time::from_weeks(seen)));
    }
    // With 2 weeks to rebooking the first loses its place to the second.
    let later = Class {
        rebooking_weeks: 2.0,
        ..class
    };
    let plan = listed(service(vec![later], servers(1)), &[0.0, 0.5]);
    let missed_once = (0..200)
        .map(|run_number| run_with(&plan, &[], 200.0, run_number).0)
        .filter(|notes| {
            let of = |n: u32| notes.visits.iter().find(|r| r.customer & 0xFF == n);
            of(0).is_some_and(|r| r.not_brought == 1) && of(1).is_some_and(|r| r.not_brought == 0)
        });
    let mut found = 0;
    for notes in missed_once {
        found += 1;
        assert_eq!(seen(&notes), all_seen_at(&[3.0, 1.0]));
    }
    assert!(found > 10, "{found}");
}

#[test]
fn appointments_missed_are_the_share_asked_for() {
    let class = Class {
        not_brought: 0.25,
        ..constant(0.01)
    };
    let plan = Plan::single(service(vec![class], servers(1)), Arrivals::Steady(20.0));
    let notes = run(&plan.expect("a valid plan"), 1_000.0);
    let missed: f64 = notes.visits.iter().map(|r| f64::from(r.not_brought)).sum();
    // Failures before the first success: mean p / (1 - p), variance p / (1 - p)².
    let n = notes.visits.len() as f64;
    let error = (0.25f64 / (0.75 * 0.75) / n).sqrt();
    assert!((missed / n - 1.0 / 3.0).abs() < 4.0 * error);
}

#[test]
fn patience_by_weeks_waited_ends_where_its_integrated_rate_says() {
    // No servers: everyone withdraws. None leave before week 4, then 0.5 a week: still there at
    // week 6 with probability exp(-1).
    let class = Class {
        patience: Patience::ByWeeksWaited(vec![(0.0, 0.0), (4.0, 0.5)]),
        ..constant(1.0)
    };
    let plan = listed(service(vec![class], servers(0)), &vec![0.0; 4_000]);
    let (notes, waiting) = run_with(&plan, &[], 60.0, 0);
    assert_eq!(waiting[4], 4_000);
    let left = waiting[6] as f64 / 4_000.0;
    let expected = (-1.0f64).exp();
    let error = (expected * (1.0 - expected) / 4_000.0).sqrt();
    assert!((left - expected).abs() < 4.0 * error, "{left}");
    assert!(notes.visits.iter().all(|r| r.outcome == Outcome::Withdrawn));
    // Who has waited 5 weeks already is past the first 4: exp(-0.5) are there a week later.
    let plan = listed(plan.services()[0].clone(), &[]);
    let (_, waiting) = run_with(&plan, &vec![5.0; 4_000], 60.0, 0);
    let left = waiting[1] as f64 / 4_000.0;
    assert!((left - (-0.5f64).exp()).abs() < 4.0 * 0.5 / 4_000f64.sqrt());
}

#[test]
fn a_child_can_withdraw_during_an_appointment_to_which_it_is_not_brought() {
    // Nobody is ever brought (nearly), so all withdraw, and the time is used to the end.
    let class = Class {
        not_brought: 0.999_999,
        patience: Patience::Rate(1.0),
        ..constant(5.0)
    };
    let plan = listed(service(vec![class], servers(1)), &[0.0]);
    let mut network = Network::new(&plan, Luck::new(2, 0));
    let mut notes = Notes::default();
    network.close(Time::from_weeks(100.0), &mut notes);
    assert_eq!(notes.visits.len(), 1);
    assert_eq!(notes.visits[0].outcome, Outcome::Withdrawn);
    let account = network.account(0);
    let appointments = (notes.visits[0].left.weeks() / 5.0).ceil();
    assert_eq!(
        account.busy,
        i128::from(Time::from_weeks(5.0 * appointments).ticks())
    );
    assert_eq!((network.waiting(0), network.present(0)), (0, 0));
}

#[test]
fn whoever_finds_no_room_is_turned_away() {
    let service = Service {
        room: Some(2),
        ..service(vec![constant(1.0)], servers(1))
    };
    // At 0.2 there are two there, at 1.0 one has just left.
    let plan = listed(service, &[0.0, 0.1, 0.2, 1.0, 1.5]);
    let notes = run(&plan, 10.0);
    let away: Vec<f64> = notes
        .visits
        .iter()
        .filter(|r| r.outcome == Outcome::TurnedAway)
        .map(|r| (r.left.weeks() * 10.0).round() / 10.0)
        .collect();
    assert_eq!(away, [0.2, 1.5]);
}

#[test]
fn a_panel_decides_the_first_cases_of_the_list_at_its_meetings() {
    let panel = Panel::every(2.0, 1.0, 20.0, 3);
    let plan = listed(
        service(vec![constant(0.0)], Provider::Panel(panel)),
        &[0.0, 0.1, 0.2, 0.3, 3.0, 3.1],
    );
    // Meetings at 1, 3 and 5: three cases, then the one left over and who comes in the instant.
    assert_eq!(
        seen(&run(&plan, 20.0)),
        all_seen_at(&[1.0, 1.0, 1.0, 3.0, 3.0, 5.0])
    );
}

#[test]
fn a_fund_releases_cases_in_order_while_its_money_lasts() {
    let payments = |carries_over| Fund {
        payments: [0.0, 10.0, 20.0]
            .iter()
            .map(|week| Payment {
                at: Time::from_weeks(*week),
                pounds: 250.0,
            })
            .collect(),
        carries_over,
    };
    let class = Class {
        cost: Amount::constant(100.0),
        ..constant(0.0)
    };
    let weeks = [1.0, 1.0, 1.0, 1.0, 1.0, 1.0];
    let plan = |fund| listed(service(vec![class.clone()], Provider::Fund(fund)), &weeks);
    // 250 pays two, and the 50 left over pay a third in the second period with the next 250.
    let notes = run(&plan(payments(true)), 30.0);
    assert_eq!(
        seen(&notes),
        all_seen_at(&[1.0, 1.0, 10.0, 10.0, 10.0, 20.0])
    );
    let notes = run(&plan(payments(false)), 30.0);
    assert_eq!(
        seen(&notes),
        all_seen_at(&[1.0, 1.0, 10.0, 10.0, 20.0, 20.0])
    );
    let plan = plan(payments(true));
    let mut network = Network::new(&plan, Luck::new(1, 0));
    network.close(Time::from_weeks(30.0), &mut ());
    assert_eq!(network.account(0).pence_spent, 60_000);
}

#[test]
fn the_starting_list_keeps_its_referral_dates() {
    let plan = listed(service(vec![constant(1.0)], servers(1)), &[0.5]);
    let (notes, _) = run_with(&plan, &[30.0, 20.0, 10.0], 10.0, 0);
    let mut waits: Vec<f64> = notes.visits.iter().filter_map(Record::wait_weeks).collect();
    waits.iter_mut().for_each(|wait| *wait = wait.round());
    // 30 at once, 20 after 1 week, 10 after 2, the new one at week 3 after 2.5.
    assert_eq!(waits, [30.0, 21.0, 12.0, 3.0]);
    assert!(notes.visits.iter().all(|r| r.joined >= Time::ZERO));
}

/// Advice from three services at once, then a panel.
fn advice(lengths: [f64; 3], patience: Patience) -> Plan {
    let mut services: Vec<Service> = lengths
        .iter()
        .map(|weeks| service(vec![constant(*weeks)], servers(1)))
        .collect();
    services[1].classes[0].patience = patience;
    services.push(service(
        vec![constant(0.0)],
        Provider::Panel(Panel::every(4.0, 4.0, 40.0, 5)),
    ));
    let visit = |service| Visit { service, class: 0 };
    let pathway = Pathway {
        steps: vec![(0..3).map(visit).collect(), vec![visit(3)]],
    };
    let source = Source {
        pathway: 0,
        arrivals: Arrivals::Listed(vec![0.0, 0.5]),
    };
    Plan::new(services, vec![pathway], vec![source]).expect("a valid plan")
}

#[test]
fn advice_is_complete_when_the_last_arrives() {
    let notes = run(&advice([1.0, 3.0, 2.0], Patience::Unlimited), 40.0);
    // The first: 3 weeks, panel at 4. The second: at the slowest until 6, panel at 8.
    let ended: Vec<f64> = notes.cases.iter().map(|case| case.ended.weeks()).collect();
    assert_eq!(ended, [4.0, 8.0]);
    let panel: Vec<f64> = notes
        .visits
        .iter()
        .filter(|record| record.service == 3)
        .map(|record| record.joined.weeks())
        .collect();
    assert_eq!(panel, [3.0, 6.0]);
    assert!(notes.cases.iter().all(|case| case.advice_missing == 0));
}

#[test]
fn a_case_goes_on_without_advice_from_which_the_family_withdraws() {
    // The slowest service never comes to the second case: it would be at week 101.
    let notes = run(&advice([1.0, 100.0, 2.0], Patience::Rate(5.0)), 40.0);
    let second = notes.cases.iter().find(|case| case.customer & 0xFF == 1);
    let second = second.expect("the second case ends");
    // Advice of the others is complete at 2.5 and 4 weeks: the panel of week 4 takes it.
    assert_eq!(
        (second.advice_missing, second.ended),
        (1, Time::from_weeks(4.0))
    );
    assert_eq!(second.outcome, CaseOutcome::Finished);
}

#[test]
fn another_model_can_drive_a_network_by_its_own_clock() {
    let plan = Plan::new(
        vec![service(vec![constant(2.0)], servers(1))],
        vec![Pathway::single(0, 0)],
        Vec::new(),
    )
    .expect("a valid plan");
    let mut network = Network::new(&plan, Luck::new(1, 0));
    let mut notes = Notes::default();
    assert_eq!(network.next_time(), None);
    for person in [7, 9] {
        network.refer(0, person, &mut notes);
    }
    assert_eq!(network.next_time(), Some(Time::from_weeks(2.0)));
    assert!(network.step(&mut notes));
    assert_eq!((notes.visits[0].customer, network.present(0)), (7, 1));
    network.advance(Time::from_weeks(3.0), &mut notes);
    network.refer(0, 11, &mut notes);
    network.advance(Time::from_weeks(6.0), &mut notes);
    assert_eq!(notes.visits[2].wait_weeks(), Some(1.0));
    assert!(!network.step(&mut notes));
}

#[test]
fn a_wrong_plan_is_refused() {
    let refused = |class: Class, provider| {
        let plan = Plan::single(service(vec![class], provider), Arrivals::Steady(1.0));
        plan.expect_err("wrong").to_string()
    };
    let never_brought = Class {
        not_brought: 1.0,
        ..constant(1.0)
    };
    assert_eq!(
        refused(never_brought, servers(1)),
        "service `service`: the probability of not being brought must be at least 0 and below 1"
    );
    let too_many = Team {
        in_post: 3,
        ..Team::full(2)
    };
    assert_eq!(
        refused(constant(1.0), Provider::Teams(vec![too_many])),
        "service `service`: there are more people in post than posts"
    );
    let nowhere = Plan::new(Vec::new(), vec![Pathway::single(0, 0)], Vec::new());
    assert!(matches!(
        nowhere,
        Err(PlanError::Pathway { pathway: 0, .. })
    ));
    let wrong_rate = Plan::single(
        service(vec![constant(1.0)], servers(1)),
        Arrivals::Steady(f64::NAN),
    );
    assert!(matches!(wrong_rate, Err(PlanError::Source { .. })));
}

#[test]
fn theory_holds() {
    let rows = verify(&Effort {
        runs: 50,
        ..Effort::default()
    });
    assert!(rows.len() > 100);
    for row in &rows {
        assert_eq!(row.verdict(), Verdict::Holds, "{row:?} {}", row.z());
    }
}

fn mean_and_error(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|x| (x - mean) * (x - mean)).sum();
    (mean, (squares / (n - 1.0) / n).sqrt())
}
