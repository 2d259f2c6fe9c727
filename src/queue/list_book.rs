//! A list as its queue keeps it, and Little's law on it.

/// Who comes on a list and who goes off it, in the order in which the queue lets them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListBook {
    changes: Vec<(f64, i8)>,
}

impl ListBook {
    /// Somebody comes on a day; whoever never comes is left out.
    pub fn comes(&mut self, day: f64) {
        self.note(day, 1);
    }

    /// Somebody goes on a day; whoever never goes stays.
    pub fn goes(&mut self, day: f64) {
        self.note(day, -1);
    }

    fn note(&mut self, day: f64, by: i8) {
        if day.is_finite() {
            self.changes.push((day, by));
        }
    }

    /// Heads on the list between two days, event by event.
    fn heads(mut self, [from, until]: [f64; 2]) -> Heads {
        self.changes.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut heads = Heads {
            at_start: 0,
            came: 0,
            at_end: 0,
            area: 0.0,
        };
        let (mut number, mut since) = (0_i64, from);
        for (day, by) in self.changes {
            if day >= until {
                break;
            }
            if day >= from {
                heads.area += number as f64 * (day - since);
                since = day;
                heads.came += u64::from(by > 0);
            } else {
                heads.at_start += i64::from(by);
            }
            number += i64::from(by);
        }
        heads.area += number as f64 * (until - since);
        heads.at_end = number;
        heads
    }
}

struct Heads {
    at_start: i64,
    came: u64,
    at_end: i64,
    area: f64,
}

/// Little's law on one list between two days: the area under the list, counted head by head, and
/// the time that people were on it, added up person by person. Of those who were there before and
/// who are there still only the time between the two days counts, so the two are the same at any
/// length, and not only in the long run (Little 1961, doi:10.1287/opre.9.3.383).
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct LittlesLaw {
    /// Length [days].
    pub days: f64,
    /// On the list on the first day.
    pub at_start: f64,
    /// Who came on it since.
    pub came: f64,
    /// On the list on the last day.
    pub at_end: f64,
    /// Area under the list [person-days].
    pub area: f64,
    /// People who were on the list at any time between.
    pub people: f64,
    /// Their time on it [person-days].
    pub time: f64,
    /// How far the two may differ because of dates that are stored rounded [person-days].
    pub rounding: f64,
}

impl LittlesLaw {
    /// Compares a book with the ways of people: the days on which each came and went, rounded to so
    /// much of a day at most. A day that is not a number has not come.
    pub fn of(
        book: ListBook,
        ways: impl Iterator<Item = [f64; 2]>,
        period: [f64; 2],
        rounded: f64,
    ) -> Self {
        let heads = book.heads(period);
        let [from, until] = period;
        let (mut people, mut time) = (0.0, 0.0);
        for [came, went] in ways {
            // Whoever has not gone went on a day that is not a number, and no comparison holds.
            let has_gone = went <= from;
            if came < until && !has_gone {
                people += 1.0;
                time += went.min(until) - came.max(from);
            }
        }
        Self {
            days: until - from,
            at_start: heads.at_start as f64,
            came: heads.came as f64,
            at_end: heads.at_end as f64,
            area: heads.area,
            people,
            time,
            rounding: 2.0 * rounded * people + 1e-9 * heads.area.abs(),
        }
    }

    /// Two lists as one.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self {
            days: self.days.max(other.days),
            at_start: self.at_start + other.at_start,
            came: self.came + other.came,
            at_end: self.at_end + other.at_end,
            area: self.area + other.area,
            people: self.people + other.people,
            time: self.time + other.time,
            rounding: self.rounding + other.rounding,
        }
    }

    /// Area less time [person-days].
    pub fn difference(&self) -> f64 {
        self.area - self.time
    }

    /// Whether the law holds, but for what is stored rounded.
    pub fn holds(&self) -> bool {
        self.difference().abs() <= self.rounding
    }
}

/// How much of a day is lost at most where a day before another is stored as an `f32`.
pub fn rounding_of_days(until: f64) -> f64 {
    until.abs() * f64::from(f32::EPSILON) / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    const PERIOD: [f64; 2] = [0.0, 100.0];

    /// Three people: one who waits from before, one who comes and goes, one who stays.
    fn book() -> ListBook {
        let mut book = ListBook::default();
        book.comes(-20.0);
        book.goes(10.0);
        book.comes(30.0);
        book.goes(50.0);
        book.comes(90.0);
        book.comes(f64::NAN);
        book.goes(f64::INFINITY);
        book
    }

    const WAYS: [[f64; 2]; 3] = [[-20.0, 10.0], [30.0, 50.0], [90.0, f64::NAN]];

    #[test]
    fn only_the_time_between_the_two_days_counts() {
        let law = LittlesLaw::of(book(), WAYS.into_iter(), PERIOD, 0.0);
        assert!((law.area - 40.0).abs() < 1e-12);
        assert!((law.time - 40.0).abs() < 1e-12);
        assert_eq!((law.at_start, law.came, law.at_end), (1.0, 2.0, 1.0));
        assert!((law.people - 3.0).abs() < 1e-12);
        assert!(law.holds());
    }

    #[test]
    fn a_head_too_many_or_a_wrong_day_breaks_it() {
        let mut longer = book();
        longer.comes(99.0);
        assert!(!LittlesLaw::of(longer, WAYS.into_iter(), PERIOD, 1e-4).holds());
        let ways = [[-20.0, 10.0], [30.0, 51.0], [90.0, f64::NAN]];
        assert!(!LittlesLaw::of(book(), ways.into_iter(), PERIOD, 1e-4).holds());
        assert!(!LittlesLaw::of(book(), WAYS[..2].iter().copied(), PERIOD, 1e-4).holds());
    }

    #[test]
    fn stored_days_are_within_their_rounding() {
        for tenth in 0..40_000 {
            let day = f64::from(tenth) / 10.3;
            let lost = (f64::from(day as f32) - day).abs();
            assert!(lost <= rounding_of_days(4_000.0));
        }
    }
}
