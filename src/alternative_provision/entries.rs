//! Who comes: after permanent exclusions and otherwise, before the base date and after.

use super::history::Past;
use super::stay::Stay;
use super::{AlternativeProvision, Child, Reason, YEAR_BEFORE};
use crate::domain::Date;
use crate::exclusions::{PHASES, TERMS, levels, own_course};
use crate::random::{Process, exponential, poisson_quantile, uniform};
use crate::simulate::Future;

/// Academic years before the base date from which children can still be there: Year 7 to 11.
pub(super) const BEFORE: i32 = 5;
/// Year groups: Reception is 0.
pub(super) const YEAR_GROUPS: usize = 12;
/// Years after the January's, month, day.
type TermDate = (i32, u8, u8);
/// First and last days of terms.
const TERM_DATES: [[TermDate; 2]; TERMS.len()] = [
    [(-1, 9, 8), (-1, 12, 18)],
    [(0, 1, 6), (0, 3, 28)],
    [(0, 4, 20), (0, 7, 15)],
];
/// Addresses of the children of an academic year, of a phase, of a term, and of those not excluded.
const OF_YEAR: u32 = 1 << 20;
const OF_PHASE: u32 = 1 << 18;
const OF_TERM: u32 = 1 << 16;
const NOT_EXCLUDED: u32 = 1 << 15;

const OTHER_ENTRIES: &str = "alternative-provision.level.other-entries";

/// Chances of year groups among primary and secondary pupils who come.
pub(super) type Groups = [[f64; YEAR_GROUPS]; PHASES.len()];

/// Everyone who comes within the horizon or was there in the year before, in the order in which they
/// come.
pub(super) fn of(model: &AlternativeProvision, future: &Future<'_>) -> Vec<Child> {
    let base = model.base();
    let excluded = model.exclusions.without_plan(future);
    let stay = Stay::of(future, base, first_day(model, base));
    let groups = year_groups(future, base);
    let past = Past {
        model,
        excluded: &excluded,
        stay: &stay,
        groups: &groups,
    };
    let inflow = past.inflow();
    let others_by_phase = past.others_by_phase();
    // Entries wander from the newest count on.
    let since = (model.base_year - model.published.january).max(0);
    let years = since as usize + model.years;
    let subject = ("alternative-provision", "entries");
    let own = own_course(future, subject, base, years);
    let of_scenario = levels(future, OTHER_ENTRIES, base, model.years);
    let mut arrivals = Arrivals {
        future,
        base,
        stay: &stay,
        groups: &groups,
        children: Vec::new(),
    };
    for ahead in (1 - BEFORE)..=(model.years as i32) {
        let january = model.base_year + ahead;
        let year = usize::try_from(ahead - 1).ok();
        let scenario = year.map_or(1.0, |year| of_scenario[year]);
        for phase in 0..PHASES.len() {
            for term in 0..TERMS.len() {
                // Autumn belongs to the calendar year before the January's.
                let calendar = january - i32::from(term == 0);
                let wandered = usize::try_from(calendar - model.published.january).ok();
                let course = wandered.and_then(|years| own.get(years)).copied();
                let course = course.unwrap_or(1.0);
                let come = inflow.of_excluded * course;
                let others = scenario * inflow.others * course * others_by_phase[phase];
                // When more come than are excluded the others are more.
                let beyond = scenario * (come - 1.0).max(0.0) * excluded.expected[phase];
                let when = When {
                    january,
                    phase,
                    term,
                    address: (ahead + BEFORE) as u32 * OF_YEAR
                        + phase as u32 * OF_PHASE
                        + term as u32 * OF_TERM,
                };
                let count = year.map_or_else(
                    || past.count((january, phase), arrivals.chance(&when, 2)),
                    |year| excluded.happened[year][phase][term],
                );
                arrivals.excluded(&when, count, come);
                arrivals.others(&when, (others + beyond) / TERMS.len() as f64);
            }
        }
    }
    let mut children = arrivals.children;
    children.sort_by(|a, b| a.enters.total_cmp(&b.enters));
    children
}

/// Term of an academic year, named by its January, and the address of its first child.
struct When {
    january: i32,
    phase: usize,
    term: usize,
    address: u32,
}

/// Children who come, with their luck.
struct Arrivals<'a> {
    future: &'a Future<'a>,
    base: Date,
    stay: &'a Stay,
    groups: &'a Groups,
    children: Vec<Child>,
}

impl Arrivals<'_> {
    /// A draw of a term.
    fn chance(&self, when: &When, what: u32) -> f64 {
        let luck = self.future.luck;
        luck.uniform(when.address, Process::AlternativeProvision, what)
    }

    /// Of so many who are excluded a share come.
    fn excluded(&mut self, when: &When, number: u32, share: f64) {
        for child in 0..number {
            self.add(when, when.address + child, (Reason::Excluded, share));
        }
    }

    /// So many others are expected.
    fn others(&mut self, when: &When, expected: f64) {
        let first = when.address + NOT_EXCLUDED;
        for child in 0..poisson_quantile(expected, self.chance(when, 1)) as u32 {
            self.add(when, first + child, (Reason::Otherwise, 1.0));
        }
    }

    fn add(&mut self, when: &When, address: u32, (reason, share): (Reason, f64)) {
        let luck = self.future.luck;
        let [comes, day, group, patience] = luck.words(address, Process::AlternativeProvision, 0);
        if uniform(comes) >= share {
            return;
        }
        let enters = day_in_term(self.base, when.january, when.term, uniform(day));
        let group = pick(&self.groups[when.phase], uniform(group));
        let patience = exponential(patience);
        let (leaves, returns) = self.stay.leaves(enters, (when.january, group), patience);
        if enters < self.future.timeline.end() && leaves > YEAR_BEFORE {
            self.children.push(Child {
                enters,
                leaves,
                returns,
                reason,
            });
        }
    }
}

/// First day of the first academic year whose children are followed or counted.
fn first_day(model: &AlternativeProvision, base: Date) -> f64 {
    let first = model.base_year.min(model.published.january) - BEFORE;
    f64::from(Date::september(first).days_since(base))
}

pub(super) fn day_in_term(base: Date, january: i32, term: usize, share: f64) -> f64 {
    let day = |(year, month, day): TermDate| {
        let date = Date::new(january + year, month, day);
        f64::from(date.map_or(0, |date| date.days_since(base)))
    };
    let [first, last] = TERM_DATES[term];
    day(first) + share * (day(last) - day(first))
}

fn year_groups(future: &Future<'_>, base: Date) -> Groups {
    let late = future.number_at_base("alternative-provision.key-stage-4-share", base);
    let late = late.clamp(0.0, 1.0);
    let mut groups = [[0.0; YEAR_GROUPS]; PHASES.len()];
    for (year, chance) in groups[0].iter_mut().enumerate().take(7) {
        *chance = year as f64 / 21.0;
    }
    for (year, of) in [(7, 1.0), (8, 2.0), (9, 3.0)] {
        groups[1][year] = (1.0 - late) * of / 6.0;
    }
    groups[1][10] = late * 2.0 / 3.0;
    groups[1][11] = late / 3.0;
    groups
}

fn pick(chances: &[f64; YEAR_GROUPS], u: f64) -> usize {
    let mut left = u;
    let found = chances.iter().position(|chance| {
        left -= chance;
        left < 0.0
    });
    found.unwrap_or(YEAR_GROUPS - 1)
}
