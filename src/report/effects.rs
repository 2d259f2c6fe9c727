//! What an option changes, and how surely: totals, settings and needs.

use super::ScenarioRow;
use super::figures::{Figures, Part};
use super::words::{Rounding, list, sentence_case, whole};
use crate::summarise::{ComparisonRow, INTERACTION, TOTAL};

/// Indicator of plans.
pub(super) const PLANS: &str = "ehc_plans";
/// Indicator of SEN support.
pub(super) const SUPPORT: &str = "sen_support";

/// One figure that an option changes.
#[derive(Debug, Clone)]
pub(super) struct Shift<'a> {
    /// Column of the breakdown; empty for a total.
    pub(super) column: &'static str,
    /// What changes: a setting, a need or a total.
    pub(super) label: String,
    /// By how much.
    pub(super) row: &'a ComparisonRow,
}

impl Shift<'_> {
    fn size(&self) -> f64 {
        middle(self.row).abs()
    }
}

/// The middle of the futures.
fn middle(row: &ComparisonRow) -> f64 {
    row.difference.quantiles[3]
}

/// Whether 8 in 10 futures agree on the direction.
pub(super) fn is_sure(row: &ComparisonRow) -> bool {
    let [_, low, _, _, _, high, _] = row.difference.quantiles;
    low > 0.0 || high < 0.0 || (low >= 0.0 && high > 0.0) || (high <= 0.0 && low < 0.0)
}

/// Settings and needs whose plans an option changes for sure, by one plan or more, the largest
/// change first.
pub(super) fn shifts<'a>(figures: &Figures<'a>, option: &str, january: i32) -> Vec<Shift<'a>> {
    let mut shifts = Vec::new();
    for column in ["setting", "primary_need"] {
        for value in figures.values(PLANS, column) {
            let row = figures.difference(option, PLANS, Part::Of(column, value), january);
            shifts.extend(row.map(|row| Shift {
                column,
                label: sentence_case(value),
                row,
            }));
        }
    }
    shifts.retain(|shift| is_sure(shift.row) && shift.size() >= 1.0);
    shifts.sort_by(|a, b| b.size().total_cmp(&a.size()));
    shifts
}

/// The largest changes that the total of plans does not tell: of SEN support, settings and needs,
/// those that are sure and larger than that of all plans.
pub(super) fn beside_the_total<'a>(
    figures: &Figures<'a>,
    option: &str,
    january: i32,
) -> Vec<Shift<'a>> {
    let total = figures.difference(option, PLANS, Part::Total, january);
    let total = total.map_or(0.0, |row| middle(row).abs());
    let support = figures.difference(option, SUPPORT, Part::Total, january);
    let mut beside: Vec<Shift<'a>> = support
        .filter(|row| is_sure(row))
        .map(|row| Shift {
            column: "",
            label: "Children on SEN support".to_owned(),
            row,
        })
        .into_iter()
        .chain(shifts(figures, option, january))
        .filter(|shift| shift.size() > total && shift.size() >= 1.0)
        .collect();
    beside.sort_by(|a, b| b.size().total_cmp(&a.size()));
    beside
}

/// `about 340 fewer plans (290 to 390 fewer)`.
pub(super) fn effect(row: &ComparisonRow, noun: &str) -> String {
    let [_, low, _, middle, _, high, _] = row.difference.quantiles;
    let rounding = Rounding::of_range(low, high);
    let one_way = |sign: f64, word: &str| {
        let (near, far) = if sign < 0.0 {
            (-high, -low)
        } else {
            (low, high)
        };
        let range = match rounding.range(near, far) {
            range if range.contains(" to ") => format!(" ({range} {word})"),
            _ => String::new(),
        };
        if rounding.round(middle).abs() < 1.0 {
            format!("hardly any change in {noun}{range}")
        } else {
            format!("{} {word} {noun}{range}", rounding.about(sign * middle))
        }
    };
    if !is_sure(row) && (low < 0.0 || high > 0.0) {
        let end = |size: f64, word: &str| match rounding.round(size) {
            rounded if rounded.abs() < 1.0 => "none".to_owned(),
            _ => format!("{} {word}", rounding.about(size)),
        };
        format!(
            "no clear change in {noun} ({} to {})",
            end(-low, "fewer"),
            end(high, "more")
        )
    } else if low >= 0.0 && high > 0.0 {
        one_way(1.0, "more")
    } else if low < 0.0 {
        one_way(-1.0, "fewer")
    } else {
        format!("no change in {noun}")
    }
}

/// Settings and needs that an option moves, in words: `State-funded special school: about 34 fewer
/// plans (30 to 40 fewer)`.
pub(super) fn in_words(shifts: &[Shift<'_>]) -> String {
    let words = shifts.iter().map(|shift| {
        let noun = if shift.column.is_empty() {
            "children"
        } else {
            "plans"
        };
        format!("{}: {}", shift.label, effect(shift.row, noun))
    });
    words.collect::<Vec<_>>().join("; ")
}

/// What an option does, in a sentence: plans, then what the total does not tell.
pub(super) fn in_a_sentence(figures: &Figures<'_>, option: &str) -> String {
    let years = figures.milestones();
    let plans: Vec<String> = years
        .iter()
        .filter_map(|january| {
            let row = figures.difference(option, PLANS, Part::Total, *january)?;
            Some(format!("{} in January {january}", effect(row, "plans")))
        })
        .collect();
    let mut sentence = format!("{}.", list(&plans));
    if let Some(january) = years.last() {
        let beside = beside_the_total(figures, option, *january);
        let most = &beside[..beside.len().min(2)];
        if !most.is_empty() {
            let when = in_words(most);
            sentence = format!("{sentence} By January {january}: {when}.");
        }
    }
    sentence
}

/// The title of an action.
pub(super) fn action_title(option: &ScenarioRow, action: &str) -> String {
    match action {
        INTERACTION => "Overlap between actions".to_owned(),
        TOTAL => "All together".to_owned(),
        name => option
            .actions
            .iter()
            .find(|action| action.name == name)
            .map_or(name, |action| action.title.as_str())
            .to_owned(),
    }
}

/// Where plans are going, in a sentence.
pub(super) fn outlook(figures: &Figures<'_>) -> String {
    let year = figures.last_year();
    let now = figures.base(PLANS, Part::Total, figures.first_year());
    let then = figures.base(PLANS, Part::Total, year);
    let (Some(now), Some(then)) = (now, then) else {
        return "This run holds no forecast of plans.".to_owned();
    };
    let now = now.quantiles[3];
    let [_, low, _, middle, _, high, _] = then.quantiles;
    let rounding = Rounding::of_range(low, high);
    let (direction, about) = (direction(now, low, high), rounding.about(middle));
    format!(
        "Plans {direction} from {} to {about} by January {year} (8 in 10 futures: {}).",
        whole(now),
        rounding.range(low, high)
    )
}

fn direction(now: f64, low: f64, high: f64) -> &'static str {
    if low > now {
        "are likely to rise"
    } else if high < now {
        "are likely to fall"
    } else {
        "may rise or fall,"
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::summarise::{Cell, Summary};

    fn row(low: f64, middle: f64, high: f64) -> ComparisonRow {
        let total = "Total";
        ComparisonRow {
            scenario: "option".to_owned(),
            cell: Cell {
                time_period: "202930".to_owned(),
                time_identifier: "January",
                indicator: PLANS,
                unit: "plans",
                age_group: total,
                sex: total,
                primary_need: total,
                setting: total,
                phase: total,
                service: total,
                category: total,
                basis: "residence",
            },
            difference: Summary {
                mean: middle,
                sd: 1.0,
                quantiles: [low, low, low, middle, high, high, high],
                monte_carlo_error: 0.1,
            },
            probability_lower: 0.5,
            probability_higher: 0.5,
            variance_reduction: None,
        }
    }

    #[test]
    fn a_direction_is_told_only_when_the_range_has_one() {
        let told = |low, middle, high| effect(&row(low, middle, high), "plans");
        assert_eq!(told(-38.0, -25.0, -10.0), "25 fewer plans (10 to 38 fewer)");
        assert_eq!(
            told(40.0, 65.0, 104.0),
            "about 65 more plans (40 to 105 more)"
        );
        assert_eq!(
            told(-3.0, 3.0, 9.0),
            "no clear change in plans (3 fewer to 9 more)"
        );
        assert_eq!(
            told(-1.0, 30.0, 120.0),
            "no clear change in plans (none to about 120 more)"
        );
        assert_eq!(
            told(-1.0, 0.0, 0.0),
            "hardly any change in plans (0 to 1 fewer)"
        );
        assert_eq!(told(0.0, 0.0, 0.0), "no change in plans");
    }
}
