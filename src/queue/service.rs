//! A service as planned: who may wait for it, and who sees them.

use super::amount::Amount;
use super::calendar::Calendar;
use super::patience::Patience;
use super::time::Time;

/// A service: a list, and those who see the people on it.
#[derive(Debug, Clone, PartialEq)]
pub struct Service {
    /// Name in messages.
    pub name: String,
    /// Kinds of people on the list, for example clinic and statutory advice.
    pub classes: Vec<Class>,
    /// Who sees them.
    pub provider: Provider,
    /// Most people there at a time, waiting or being seen; whoever comes then is turned away.
    pub room: Option<u32>,
}

/// A kind of people on a list.
///
/// Who is next: lower `rank` first; within a rank the earlier referral, counted as if it were
/// `head_start_weeks` earlier than it was (Jackson 1960, "Some problems in queueing with dynamic
/// priorities", doi:10.1002/nav.3800070304): a person of a slower class who has waited that much
/// longer goes first, so waiting ages into priority. Ties go by customer number.
#[derive(Debug, Clone, PartialEq)]
pub struct Class {
    /// Priority; lower is seen first, whatever the wait.
    pub rank: u8,
    /// Head start over classes of the same rank [weeks].
    pub head_start_weeks: f64,
    /// Time of one server for one appointment or case [weeks of open time].
    pub length: Amount,
    /// How long they stay on the list.
    pub patience: Patience,
    /// Probability that a child is not brought to an appointment. The time is used all the same.
    pub not_brought: f64,
    /// Weeks until a child who was not brought is back on the list, with the first referral date.
    pub rebooking_weeks: f64,
    /// What one case costs a [`Fund`] [pounds].
    pub cost: Amount,
}

impl Class {
    /// First come first served, everybody brought, nobody withdraws.
    pub fn plain(length: Amount) -> Self {
        Self {
            rank: 0,
            head_start_weeks: 0.0,
            length,
            patience: Patience::Unlimited,
            not_brought: 0.0,
            rebooking_weeks: 0.0,
            cost: Amount::constant(0.0),
        }
    }
}

/// Who sees the people on a list.
#[derive(Debug, Clone, PartialEq)]
pub enum Provider {
    /// Teams of servers, one person at a time each. The first team with a free server that sees
    /// the class takes the next person.
    Teams(Vec<Team>),
    /// A panel that decides several cases at each of its meetings.
    Panel(Panel),
    /// A fund that releases cases in order while its money lasts.
    Fund(Fund),
}

/// Servers of one grade.
#[derive(Debug, Clone, PartialEq)]
pub struct Team {
    /// Posts.
    pub posts: u32,
    /// Posts filled when the team starts; the others are being recruited to.
    pub in_post: u32,
    /// When the team starts. Locums and new posts are teams of their own.
    pub starts: Time,
    /// When the team ends; those at work finish what they have in hand.
    pub ends: Time,
    /// Sessions.
    pub calendar: Calendar,
    /// Classes that the grade sees (positions in the service); all when empty.
    pub sees: Vec<usize>,
    /// Length of a case with this grade, as a multiple of the class's.
    pub length_factor: f64,
    /// Rate of leaving [per person in post per week].
    pub leaving_rate: f64,
    /// Time from a post falling vacant, or starting vacant, to somebody starting [weeks].
    pub weeks_to_hire: Amount,
    /// Probability that a recruitment finds nobody; the post is then advertised again.
    pub hiring_fails: f64,
}

impl Team {
    /// Filled posts that see everybody, always open, and nobody leaves.
    pub fn full(posts: u32) -> Self {
        Self {
            posts,
            in_post: posts,
            starts: Time::ZERO,
            ends: Time::NEVER,
            calendar: Calendar::Always,
            sees: Vec::new(),
            length_factor: 1.0,
            leaving_rate: 0.0,
            weeks_to_hire: Amount::constant(0.0),
            hiring_fails: 0.0,
        }
    }

    /// Whether the grade sees a class.
    #[inline]
    pub(super) fn sees(&self, class: usize) -> bool {
        self.sees.is_empty() || self.sees.contains(&class)
    }
}

/// A panel: at each meeting the first cases of the list, all at once.
#[derive(Debug, Clone, PartialEq)]
pub struct Panel {
    /// Meetings, in order.
    pub meetings: Vec<Time>,
    /// Most cases at a meeting.
    pub cases: u32,
}

impl Panel {
    /// Meetings every so many weeks from the first, up to the horizon.
    pub fn every(weeks: f64, first: f64, horizon: f64, cases: u32) -> Self {
        let after_first = ((horizon - first) / weeks).floor().max(-1.0) as i64;
        let meetings = (0..=after_first)
            .map(|n| Time::from_weeks(first + n as f64 * weeks))
            .collect();
        Self { meetings, cases }
    }
}

/// Money that a fund receives.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Payment {
    /// When.
    pub at: Time,
    /// How much [pounds].
    pub pounds: f64,
}

/// A budget: the first case of the list is released once the balance covers it. The order is
/// strict: a dear case holds up cheap ones behind it.
#[derive(Debug, Clone, PartialEq)]
pub struct Fund {
    /// Payments, in order.
    pub payments: Vec<Payment>,
    /// Whether what is left stays when the next payment comes.
    pub carries_over: bool,
}
