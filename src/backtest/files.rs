//! The files of a back-test.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use super::{Coverage, Forecast, Method, PIT_BINS, Score, ScoreKey, SingleAge, single_age};
use crate::forecast::Panel;

/// Everything that a back-test writes.
#[derive(Debug)]
pub struct Tested<'a> {
    /// The authorities.
    pub panel: &'a Panel,
    /// Every forecast.
    pub forecasts: &'a [Forecast],
    /// Scores over the scored authorities.
    pub scores: &'a BTreeMap<ScoreKey, Score>,
    /// Codes of the authorities to write forecasts of; all if empty.
    pub only: &'a [String],
    /// Plans by single age a year ahead; empty where it was not asked.
    pub single_ages: &'a [SingleAge],
}

impl Tested<'_> {
    /// Writes `forecasts.csv`, `scores.csv`, `pit.csv` and `scores.md` into a folder, and
    /// `single_ages.csv` where plans by single age were simulated.
    pub fn write(&self, dir: &Path) -> io::Result<()> {
        self.write_forecasts(&dir.join("forecasts.csv"))?;
        self.write_scores(&dir.join("scores.csv"))?;
        self.write_pit(&dir.join("pit.csv"))?;
        if !self.single_ages.is_empty() {
            single_age::write(self.single_ages, &dir.join("single_ages.csv"))?;
        }
        let text = super::words::table(self.scores, self.single_ages);
        std::fs::write(dir.join("scores.md"), text)
    }

    fn write_forecasts(&self, path: &Path) -> io::Result<()> {
        let mut writer = csv::Writer::from_path(path).map_err(io::Error::other)?;
        writer
            .write_record([
                "method",
                "new_la_code",
                "origin",
                "horizon",
                "target_year",
                "measure",
                "age_group",
                "mean",
                "p05",
                "p10",
                "p25",
                "p50",
                "p75",
                "p90",
                "p95",
                "actual",
            ])
            .map_err(io::Error::other)?;
        for forecast in self.forecasts {
            let gss = &self.panel.members[forecast.member].gss;
            let is_wanted = self.only.is_empty() || self.only.contains(gss);
            if !is_wanted || forecast.method == Method::ShrunkenGrowthOracle {
                continue;
            }
            let predictive = &forecast.predictive;
            let mut row = vec![
                forecast.method.code().to_owned(),
                gss.clone(),
                forecast.origin.to_string(),
                forecast.horizon.to_string(),
                forecast.target_year().to_string(),
                forecast.measure.code().to_owned(),
                forecast.age_group().to_owned(),
                number(Some(predictive.mean)),
            ];
            row.extend(predictive.quantiles.map(number));
            row.push(number(predictive.outcome.map(|outcome| outcome.actual)));
            writer.write_record(row).map_err(io::Error::other)?;
        }
        writer.flush()
    }

    fn write_scores(&self, path: &Path) -> io::Result<()> {
        let mut writer = csv::Writer::from_path(path).map_err(io::Error::other)?;
        writer
            .write_record([
                "method",
                "measure",
                "age_group",
                "origin",
                "size",
                "horizon",
                "n",
                "mape",
                "bias",
                "relative_crps",
                "pinball",
                "coverage_50",
                "coverage_80",
                "coverage_90",
                "coverage_50_low",
                "coverage_50_high",
                "coverage_80_low",
                "coverage_80_high",
                "coverage_90_low",
                "coverage_90_high",
            ])
            .map_err(io::Error::other)?;
        for (key, score) in self.scores {
            let mut row = key_cells(key);
            row.push(score.n.to_string());
            row.extend([score.mape, score.bias].map(|value| number(Some(value))));
            row.extend([score.relative_crps, score.pinball].map(number));
            let of = |value: fn(&Coverage) -> f64, i: usize| {
                number(score.coverage.as_ref().map(|coverage| value(&coverage[i])))
            };
            row.extend((0..3).map(|i| of(|c| c.held, i)));
            row.extend((0..3).flat_map(|i| [of(|c| c.low, i), of(|c| c.high, i)]));
            writer.write_record(row).map_err(io::Error::other)?;
        }
        writer.flush()
    }

    /// Histogram of the probability integral transform: outcomes by tenth of the forecast.
    fn write_pit(&self, path: &Path) -> io::Result<()> {
        let mut writer = csv::Writer::from_path(path).map_err(io::Error::other)?;
        let header = [
            "method",
            "measure",
            "age_group",
            "origin",
            "size",
            "horizon",
        ];
        writer
            .write_record(header.iter().chain(&["from", "to", "outcomes"]))
            .map_err(io::Error::other)?;
        let with = self.scores.iter().filter(|(key, score)| {
            key.origin.is_none() && key.size.is_none() && score.coverage.is_some()
        });
        for (key, score) in with {
            for (bin, outcomes) in score.pit.iter().enumerate() {
                let edge = |bin: usize| (bin as f64 / PIT_BINS as f64).to_string();
                let mut row = key_cells(key);
                row.extend([edge(bin), edge(bin + 1), outcomes.to_string()]);
                writer.write_record(row).map_err(io::Error::other)?;
            }
        }
        writer.flush()
    }
}

fn key_cells(key: &ScoreKey) -> Vec<String> {
    let total = || "Total".to_owned();
    vec![
        key.method.code().to_owned(),
        key.measure.code().to_owned(),
        key.band.map_or_else(total, |band| band.label().to_owned()),
        key.origin.map_or_else(total, |origin| origin.to_string()),
        key.size.map_or_else(total, |size| size.code().to_owned()),
        key.horizon.to_string(),
    ]
}

/// A number to three decimals; blank where there is none.
pub(super) fn number(value: Option<f64>) -> String {
    value.map_or_else(String::new, |value| {
        let rounded = (value * 1000.0).round() / 1000.0;
        (rounded + 0.0).to_string()
    })
}
