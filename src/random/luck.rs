//! Luck of one run: draws addressed by person, process and occurrence.

use super::{Stream, philox4x32};

/// What a draw decides. The numbers are part of the address and never change; new ones are added
/// at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
pub enum Process {
    /// Latent primary need and starting SEN status of a person who comes to be known to the model.
    Arrival = 0,
    /// Starting an EHC plan; the word after it picks the first setting.
    Joining = 1,
    /// Starting SEN support.
    SupportEntry = 2,
    /// Ending SEN support.
    SupportExit = 3,
    /// Moving out of the area.
    MovingOut = 4,
    /// Ceasing a plan as casework; the word after it picks the reason.
    Ceasing = 5,
    /// Death of a child with a plan.
    Death = 6,
    /// Moving to another setting; one draw per destination.
    SettingMove = 7,
    /// New primary need recorded; one draw per need.
    NeedRecode = 8,
    /// Number of arrivals in a year.
    ArrivalCount = 9,
    /// Date of an arrival.
    ArrivalDate = 10,
    /// Rounding of an expected base count to whole people.
    Rounding = 11,
    /// Being found before SEN support would start; the word after it ends SEN support again before
    /// then.
    FoundEarly = 12,
    /// What a child without a place does: goes elsewhere, where, is placed by direction, returns.
    Placement = 13,
    /// What a child would accept: a base, a school for other needs; whether the decision is late.
    Preference = 14,
    /// The provision that a child of the base stock was to have.
    WantedAtBase = 15,
    /// Time between two referrals of a source; four to a block.
    Referral = 32,
    /// A visit to a service: its length, patience, and whether the child is brought.
    Visit = 33,
    /// Lengths and costs that need more than one word.
    VisitAmount = 34,
    /// Leaving a post and filling it again.
    Post = 35,
    /// Time to hire that needs more than one word.
    PostAmount = 38,
    /// Weeks that a child on the starting list has waited.
    Backlog = 36,
    /// Number on the list at which a long-run simulation starts.
    StartingList = 37,
    /// Pupils suspended in a year, and how often each in a term.
    Suspension = 39,
    /// Pupils permanently excluded in a year.
    PermanentExclusion = 40,
    /// Which pupils are persistently absent in a year.
    Absence = 41,
    /// One request for an EHC needs assessment: its delays, decisions and disputes.
    EhcProcess = 42,
    /// Whose request is in progress on the base date.
    InProgress = 43,
    /// A child on the list of a health service: when it comes, how long it stays.
    ServiceList = 44,
    /// Managed moves in a year, and how many hold.
    ManagedMove = 45,
    /// One child who comes to alternative provision: when, in which year group, how long it stays.
    AlternativeProvision = 46,
    /// Band of a child's top-up; by year after it, whether it moves a band up.
    TopUpBand = 47,
    /// Which arrangements a child has beside its placement.
    Arrangement = 48,
    /// An unplanned contact with a children's nurse: when it comes, whether it goes to hospital.
    NursingContact = 49,
    /// Whether an exception to the 20 weeks applies to the plan of a request.
    Exception = 50,
}

/// Address space of one run.
#[derive(Debug, Clone, Copy)]
pub struct Luck {
    key: [u32; 2],
    run: u32,
}

impl Luck {
    /// The luck of a run under a seed.
    pub fn new(seed: u64, run: u32) -> Self {
        Self {
            key: [seed as u32, (seed >> 32) as u32],
            run,
        }
    }

    /// Four random words for the `occurrence`-th time that `process` asks about `person`.
    #[inline]
    pub fn words(&self, person: u32, process: Process, occurrence: u32) -> [u32; 4] {
        philox4x32([person, process as u32, occurrence, self.run], self.key)
    }

    /// As many random words as a sampler asks for, at one address. The number of the block stands
    /// above the process in the address, so that no other draw meets it.
    pub const fn stream(&self, person: u32, process: Process, occurrence: u32) -> Stream {
        let first = [person, process as u32, occurrence, self.run];
        Stream::at(self.key, first, (1, 1 << 16))
    }

    /// A uniform number in (0, 1).
    #[inline]
    pub fn uniform(&self, person: u32, process: Process, occurrence: u32) -> f64 {
        uniform(self.words(person, process, occurrence)[0])
    }
}

/// A word as a uniform number in (0, 1), never 0 or 1.
#[inline]
pub fn uniform(word: u32) -> f64 {
    (f64::from(word) + 0.5) * (1.0 / 4_294_967_296.0)
}

/// A word as a unit exponential, by inversion: greater words give shorter times.
#[inline]
pub fn exponential(word: u32) -> f64 {
    -libm::log(uniform(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exponentials_have_mean_and_variance_one() {
        let luck = Luck::new(7, 3);
        let n = 200_000;
        let (mut sum, mut squares) = (0.0, 0.0);
        for person in 0..n {
            let x = exponential(luck.words(person, Process::Joining, 0)[0]);
            sum += x;
            squares += x * x;
        }
        let n = f64::from(n);
        let mean = sum / n;
        // Standard error of the mean is 1/sqrt(n), of the second moment sqrt(20)/sqrt(n).
        assert!((mean - 1.0).abs() < 4.0 / n.sqrt(), "mean {mean}");
        assert!((squares / n - 2.0).abs() < 4.0 * 20f64.sqrt() / n.sqrt());
    }

    #[test]
    fn neighbouring_addresses_are_uncorrelated() {
        let luck = Luck::new(1, 0);
        let n = 100_000u32;
        let at = |person, process, occurrence| luck.uniform(person, process, occurrence) - 0.5;
        let correlation = |other: &dyn Fn(u32) -> f64| {
            (0..n)
                .map(|p| at(p, Process::Joining, 0) * other(p))
                .sum::<f64>()
                * 12.0
                / f64::from(n)
        };
        let bound = 4.0 / f64::from(n).sqrt();
        assert!(correlation(&|p| at(p + 1, Process::Joining, 0)).abs() < bound);
        assert!(correlation(&|p| at(p, Process::SupportEntry, 0)).abs() < bound);
        assert!(correlation(&|p| at(p, Process::Joining, 1)).abs() < bound);
        let next = Luck::new(1, 1);
        assert!(correlation(&|p| next.uniform(p, Process::Joining, 0) - 0.5).abs() < bound);
    }
}
