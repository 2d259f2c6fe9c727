//! How far off forecasts were, as a chart.

use std::collections::BTreeMap;

use super::chart::{Described, Line, lines};
use crate::backtest::{Measure, Method, Score, ScoreKey};

const METHODS: [Method; 5] = [
    Method::Sendsim,
    Method::LastGrowth,
    Method::Drift,
    Method::DampedHolt,
    Method::ShrunkenGrowth,
];

/// Mean absolute error of total plans by years ahead, ours and the baselines', as an SVG of its own.
pub fn accuracy_chart(scores: &BTreeMap<ScoreKey, Score>) -> String {
    let of = |method: Method| Line {
        name: method.words().to_owned(),
        values: scores
            .iter()
            .filter(|(key, _)| {
                key.method == method
                    && key.measure == Measure::EhcPlans
                    && key.band.is_none()
                    && key.origin.is_none()
                    && key.size.is_none()
            })
            .map(|(_, score)| score.mape)
            .collect(),
    };
    let data: Vec<Line> = METHODS.map(of).into_iter().collect();
    let described = Described {
        id: "accuracy",
        title: "How far off forecasts of EHC plans were",
        description: "Mean absolute error of total plans in per cent of the outcome, by years \
                      ahead, for our forecasts and for simpler methods. Lower is better.",
    };
    lines(&data, "%", described).replacen(
        "<svg ",
        "<svg font-family=\"Arial, sans-serif\" font-size=\"15\" ",
        1,
    )
}
