//! Staff hours added up over time, and the day on which so many have been worked.

/// Length of a step of the sum [days].
const WEEK: f64 = 7.0;

/// Hours that staff can give to one kind of work, week by week, as a running sum.
///
/// Work of a first come, first served list that staff do together is done when the running sum has
/// grown by all the hours that stand before it and its own: the workload of a queue is exact so, and
/// vacancies, holidays and new posts are no more than other weekly numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Hours {
    first_day: f64,
    /// Sum at the start of each week, and at the end of the last.
    sums: Vec<f64>,
    /// Hours of each week that follow the work, and those that do not.
    weekly: Vec<(f64, f64)>,
}

impl Hours {
    /// Hours of each week from a day on.
    pub fn new(first_day: f64, weekly: impl IntoIterator<Item = f64>) -> Self {
        Self::of_two(first_day, weekly.into_iter().map(|hours| (hours, 0.0)))
    }

    /// Hours of each week from a day on: those that can be made to follow the work, and those that
    /// cannot.
    pub fn of_two(first_day: f64, weekly: impl IntoIterator<Item = (f64, f64)>) -> Self {
        let mut hours = Self {
            first_day,
            sums: vec![0.0],
            weekly: weekly.into_iter().collect(),
        };
        hours.follow(first_day, 1.0);
        hours
    }

    /// From the week of a day on, so many times the hours that follow the work.
    pub fn follow(&mut self, day: f64, times: f64) {
        let week = ((day - self.first_day) / WEEK).max(0.0) as usize;
        self.sums.truncate(week + 1);
        let mut sum = self.sums.last().copied().unwrap_or(0.0);
        for (following, fixed) in self.weekly.iter().skip(week) {
            sum += (times * following + fixed).max(0.0);
            self.sums.push(sum);
        }
    }

    /// Hours up to a day; beyond the last week no more.
    pub fn until(&self, day: f64) -> f64 {
        let weeks = ((day - self.first_day) / WEEK).max(0.0);
        let week = weeks as usize;
        match self.sums.get(week..week + 2) {
            Some(pair) => pair[0] + (weeks - week as f64) * (pair[1] - pair[0]),
            None => self.sums.last().copied().unwrap_or(0.0),
        }
    }

    /// The day on which the running sum reaches an amount; infinite when it never does.
    pub fn day_of(&self, amount: f64) -> f64 {
        self.day_in_week(self.sums.partition_point(|&sum| sum < amount), amount)
    }

    /// The same for amounts that grow from one call to the next: `week` is where the last one was
    /// found, 0 at first.
    pub fn day_of_next(&self, amount: f64, week: &mut usize) -> f64 {
        while self.sums.get(*week).is_some_and(|&sum| sum < amount) {
            *week += 1;
        }
        self.day_in_week(*week, amount)
    }

    /// The day of an amount that is first reached by the sum at the start of a week.
    fn day_in_week(&self, after: usize, amount: f64) -> f64 {
        if after == 0 {
            return self.first_day;
        }
        match self.sums.get(after) {
            Some(&sum) => {
                let before = self.sums[after - 1];
                let share = (amount - before) / (sum - before);
                self.first_day + WEEK * ((after - 1) as f64 + share)
            }
            None => f64::INFINITY,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_that_follow_do_so_from_a_week_on() {
        let mut hours = Hours::of_two(0.0, [(10.0, 1.0); 4]);
        hours.follow(14.0, 0.5);
        assert!((hours.until(14.0) - 22.0).abs() < 1e-12);
        assert!((hours.until(28.0) - 34.0).abs() < 1e-12);
        hours.follow(21.0, 2.0);
        assert!((hours.until(28.0) - 49.0).abs() < 1e-12);
    }

    #[test]
    fn growing_amounts_are_found_from_where_the_last_one_was() {
        let hours = Hours::new(-7.0, [10.0, 0.0, 20.0, 5.0]);
        let mut week = 0;
        for tenth in 0..400 {
            let amount = f64::from(tenth) / 10.0;
            let day = hours.day_of_next(amount, &mut week);
            assert_eq!(day.to_bits(), hours.day_of(amount).to_bits());
        }
    }

    #[test]
    fn a_day_undoes_a_sum_and_holidays_stand_still() {
        let hours = Hours::new(-7.0, [10.0, 0.0, 20.0]);
        assert!((hours.until(0.0) - 10.0).abs() < 1e-12);
        assert!((hours.until(6.0) - 10.0).abs() < 1e-12);
        assert!((hours.until(10.5) - 20.0).abs() < 1e-12);
        assert!((hours.day_of(20.0) - 10.5).abs() < 1e-12);
        assert!((hours.day_of(5.0) + 3.5).abs() < 1e-12);
        assert!(hours.day_of(31.0).is_infinite());
        assert!((hours.until(1_000.0) - 30.0).abs() < 1e-12);
    }
}
