//! `run.log`: when, how long, how much memory. Everything that two equal runs may differ in.

use std::fs;
use std::path::Path;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use super::ReportError;
use crate::domain::Date;

/// The log of a run in progress.
#[derive(Debug, Clone, Copy)]
pub struct RunLog {
    start: SystemTime,
    clock: Instant,
    threads: usize,
}

impl RunLog {
    /// Starts the clock.
    pub fn start(threads: usize) -> Self {
        Self {
            start: SystemTime::now(),
            clock: Instant::now(),
            threads,
        }
    }

    /// Seconds since the start.
    pub fn seconds(&self) -> f64 {
        self.clock.elapsed().as_secs_f64()
    }

    /// Writes `run.log`.
    pub fn write(&self, dir: &Path) -> Result<(), ReportError> {
        let memory = peak_memory_mib().map_or_else(
            || "not known on this system".to_owned(),
            |mib| format!("{mib:.0} MiB"),
        );
        let text = format!(
            "started {}\nwall time {:.1} s\npeak memory {memory}\nthreads {}\n",
            utc(self.start),
            self.seconds(),
            self.threads,
        );
        let path = dir.join("run.log");
        fs::write(&path, text).map_err(|error| ReportError::write(&path, &error))
    }
}

/// Greatest resident memory of this process so far [MiB], where the system tells.
pub fn peak_memory_mib() -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kib: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kib / 1024.0)
}

/// Date and time of day in UTC, as in `2026-11-23T09:05:00Z`.
fn utc(time: SystemTime) -> String {
    let seconds = time.duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs());
    let (days, second) = (seconds / 86_400, seconds % 86_400);
    // A year that starts on or before the day: 366 days never reach beyond one year.
    let mut year = 1970 + (days / 366) as i32;
    let days = days as i32;
    while Date::january(year + 1).day_number() <= days {
        year += 1;
    }
    let month = (1..=12)
        .rev()
        .filter_map(|month| Date::new(year, month, 1))
        .find(|first| first.day_number() <= days)
        .unwrap_or(Date::january(year));
    let day = days - month.day_number() + 1;
    format!(
        "{year:04}-{:02}-{day:02}T{:02}:{:02}:{:02}Z",
        month.month(),
        second / 3600,
        second / 60 % 60,
        second % 60
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn clock_times_are_written_in_utc() {
        let at = |seconds| utc(UNIX_EPOCH + Duration::from_secs(seconds));
        assert_eq!(at(0), "1970-01-01T00:00:00Z");
        assert_eq!(at(951_827_696), "2000-02-29T12:34:56Z");
        assert_eq!(at(1_735_689_599), "2024-12-31T23:59:59Z");
    }
}
