//! Plans by single age a year ahead, held against what came.

use std::fmt::Write as _;
use std::io;
use std::path::Path;

/// Plans of one age over the authorities whose plans of that age were published.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SingleAge {
    /// Academic age.
    pub age: u8,
    /// Authorities.
    pub authorities: usize,
    /// Plans as published.
    pub published: f64,
    /// Mean of the simulated plans.
    pub simulated: f64,
    /// Sum over authorities of the distance from the median to what came.
    pub missed_by: f64,
    /// Authorities whose number lay from the 10% to the 90% quantile.
    pub held_80: usize,
}

impl SingleAge {
    /// Simulated plans beyond the published, of all authorities together [%].
    pub fn bias_percent(&self) -> f64 {
        100.0 * (self.simulated / self.published - 1.0)
    }

    /// Sum of the authorities' misses over all plans [%].
    pub fn error_percent(&self) -> f64 {
        100.0 * self.missed_by / self.published
    }

    /// Authorities whose number the 80% range held [%].
    pub fn held_percent(&self) -> f64 {
        100.0 * self.held_80 as f64 / self.authorities as f64
    }
}

pub(super) fn table(rows: &[SingleAge]) -> String {
    let mut text = String::from(
        "\n**Plans by single age, January 2025, simulated child by child from January 2024**\n\n\
         | Age | Published | Simulated | All together [%] | Authorities, weighted error [%] | 80% range held [%] |\n\
         | --- | --- | --- | --- | --- | --- |\n",
    );
    for row in rows {
        // Writing to a string does not fail.
        let _ = writeln!(
            text,
            "| {} | {} | {} | {:+.1} | {:.1} | {:.0} |",
            row.age,
            row.published.round(),
            row.simulated.round(),
            row.bias_percent(),
            row.error_percent(),
            row.held_percent(),
        );
    }
    text
}

pub(super) fn write(rows: &[SingleAge], path: &Path) -> io::Result<()> {
    let mut writer = csv::Writer::from_path(path).map_err(io::Error::other)?;
    writer
        .write_record([
            "age",
            "authorities",
            "published",
            "simulated_mean",
            "bias_percent",
            "weighted_error_percent",
            "coverage_80",
        ])
        .map_err(io::Error::other)?;
    for row in rows {
        let numbers = [
            row.published,
            row.simulated,
            row.bias_percent(),
            row.error_percent(),
            row.held_percent(),
        ];
        let mut cells = vec![row.age.to_string(), row.authorities.to_string()];
        cells.extend(numbers.map(|number| super::files::number(Some(number))));
        writer.write_record(cells).map_err(io::Error::other)?;
    }
    writer.flush()
}
