//! The list at the start, by weeks already waited.

use std::str::FromStr;

use crate::random::{Luck, Process};

/// Some people on the list at the start.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Band {
    /// They have waited at least this long [weeks].
    pub from_weeks: f64,
    /// They have waited at most this long [weeks].
    pub until_weeks: f64,
    /// How many.
    pub people: u32,
}

/// The list at the start: bands of weeks waited, within which waits are spread evenly.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Backlog {
    /// Bands.
    pub bands: Vec<Band>,
}

impl Backlog {
    /// People who are referred at the start.
    pub fn referred_today(people: u32) -> Self {
        let bands = vec![Band {
            from_weeks: 0.0,
            until_weeks: 0.0,
            people,
        }];
        Self { bands }
    }

    /// How many people.
    pub fn people(&self) -> u64 {
        self.bands.iter().map(|band| u64::from(band.people)).sum()
    }

    /// Weeks waited of every person, the longest first.
    pub fn weeks_waited(&self, luck: &Luck) -> Vec<f64> {
        let people = self
            .bands
            .iter()
            .flat_map(|band| std::iter::repeat_n(band, band.people as usize));
        let mut weeks: Vec<f64> = (0u32..)
            .zip(people)
            .map(|(person, band)| {
                let share = luck.uniform(person, Process::Backlog, 0);
                band.from_weeks + share * (band.until_weeks - band.from_weeks)
            })
            .collect();
        weeks.sort_by(|a, b| b.total_cmp(a));
        weeks
    }
}

impl FromStr for Backlog {
    type Err = String;

    /// Reads a number, or bands such as `0-12:300,12-52:120`.
    fn from_str(text: &str) -> Result<Self, String> {
        if let Ok(people) = text.trim().parse() {
            return Ok(Self::referred_today(people));
        }
        let bands = text
            .split(',')
            .map(band)
            .collect::<Result<Vec<Band>, _>>()?;
        let mut ordered: Vec<&Band> = bands.iter().collect();
        ordered.sort_by(|a, b| a.from_weeks.total_cmp(&b.from_weeks));
        if let Some(pair) = ordered
            .windows(2)
            .find(|pair| pair[1].from_weeks < pair[0].until_weeks)
        {
            return Err(format!(
                "the bands {}-{} and {}-{} overlap",
                pair[0].from_weeks, pair[0].until_weeks, pair[1].from_weeks, pair[1].until_weeks
            ));
        }
        Ok(Self { bands })
    }
}

fn band(text: &str) -> Result<Band, String> {
    let wrong = || format!("`{}` is not a band such as 0-12:300", text.trim());
    let (weeks, people) = text.split_once(':').ok_or_else(wrong)?;
    let (from, until) = weeks.split_once('-').ok_or_else(wrong)?;
    let number = |text: &str| text.trim().parse::<f64>().ok().filter(|x| x.is_finite());
    let from_weeks = number(from).ok_or_else(wrong)?;
    let until_weeks = number(until).ok_or_else(wrong)?;
    let people = people.trim().parse().map_err(|_| wrong())?;
    if from_weeks > until_weeks {
        return Err(format!("the band `{}` ends before it starts", text.trim()));
    }
    Ok(Band {
        from_weeks,
        until_weeks,
        people,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_and_bands_are_read() {
        let plain: Backlog = "300".parse().expect("a number");
        assert_eq!(plain, Backlog::referred_today(300));
        let bands: Backlog = "0-12:300, 12-52:120,52-104:40".parse().expect("bands");
        assert_eq!(bands.people(), 460);
        let weeks = bands.weeks_waited(&Luck::new(1, 0));
        assert_eq!(weeks.len(), 460);
        assert_eq!(weeks.iter().filter(|w| **w > 52.0).count(), 40);
        assert!(weeks.windows(2).all(|pair| pair[0] >= pair[1]));
    }

    #[test]
    fn wrong_bands_are_named() {
        let message = |text: &str| text.parse::<Backlog>().expect_err("wrong");
        assert_eq!(message("-3"), "`-3` is not a band such as 0-12:300");
        assert_eq!(
            message("0-12:30,4-8"),
            "`4-8` is not a band such as 0-12:300"
        );
        assert_eq!(
            message("12-0:30"),
            "the band `12-0:30` ends before it starts"
        );
        assert_eq!(message("0-12:30,6-20:5"), "the bands 0-12 and 6-20 overlap");
    }
}
