//! SEN support: entry and exit that keep its prevalence at each age.

use super::latent::AtRisk;
use super::stocks::Stocks;
use crate::domain::{AGES, PrimaryNeed, Sex};
use crate::simulate::Rates;

const NEEDS: usize = PrimaryNeed::COUNT;

/// Least entries in a year, as a share of the children on SEN support at the age.
const LEAST_ENTRY: f64 = 0.02;

/// Fills entry to and exit from SEN support.
///
/// Per resident of an age and sex, `S(a+1) = S(a) exp(-z) + e N π (1 - exp(-z))/z` with
/// `z = x + r h` (exit and joining) and `e` the entry rate of a child with no SEN and this latent
/// need: entry is what keeps the share `S` of every age as it is on the base date, given the exit
/// rate. Where a share falls faster than that exit rate allows, exit is raised and entry stays
/// at a small minimum. Joining is that of the first year: where it grows later, SEN support shrinks.
pub(super) fn fill(stocks: &Stocks, at_risk: &AtRisk, exit_rate: f64, rates: &mut Rates) {
    let share = stocks.support_share();
    rates.arriving_support = share.clone();
    for age in 0..AGES {
        for need in 0..NEEDS {
            let mut exits = [exit_rate; 2];
            for sex in 0..Sex::COUNT {
                let now = share.at([age, sex, need]);
                let next = if age + 1 < AGES {
                    share.at([age + 1, sex, need])
                } else {
                    0.0
                };
                let joining = rates.support_ratio
                    * rates.joining.at([age, sex, need])
                    * rates.joining_trend.at([0, age]);
                let residents = stocks.residents.at([age, sex]).max(1.0);
                let without_sen = at_risk.without_sen.at([age, sex, need]) / residents;
                let (entry, exit) = balance(now, next, joining, exit_rate);
                exits[sex] = exit;
                *rates.support_entry.at_mut([age, sex, need]) = if without_sen > 0.0 {
                    entry / without_sen
                } else {
                    0.0
                };
            }
            let weight: [f64; 2] =
                std::array::from_fn(|sex| stocks.support.at([age, sex, need]) + 0.5);
            *rates.support_exit.at_mut([age, need]) =
                (exits[0] * weight[0] + exits[1] * weight[1]) / (weight[0] + weight[1]);
        }
    }
}

/// Entries per resident and exit rate that lead from one share to the next.
fn balance(now: f64, next: f64, joining: f64, exit_rate: f64) -> (f64, f64) {
    let leaving = exit_rate + joining;
    let kept = libm::exp(-leaving);
    let staying = if leaving > 1e-9 {
        (1.0 - kept) / leaving
    } else {
        1.0
    };
    let entry = (next - now * kept) / staying;
    let least = LEAST_ENTRY * now;
    if entry >= least {
        return (entry, exit_rate);
    }
    // Exit must be faster: solve now exp(-z) + least (1 - exp(-z))/z = next by bisection on z.
    let after = |z: f64| now * libm::exp(-z) + least * (1.0 - libm::exp(-z)) / z;
    let (mut low, mut high) = (leaving.max(1e-6), 6.0);
    if after(high) >= next {
        return (least, high - joining);
    }
    for _ in 0..40 {
        let middle = f64::midpoint(low, high);
        if after(middle) > next {
            low = middle;
        } else {
            high = middle;
        }
    }
    (least, (low - joining).max(0.0))
}

#[cfg(test)]
mod tests {
    use super::balance;

    #[test]
    fn entry_and_exit_lead_from_share_to_share() {
        for (now, next) in [(0.10, 0.12), (0.10, 0.05), (0.0, 0.08), (0.1, 0.002)] {
            let (entry, exit) = balance(now, next, 0.03, 0.15);
            let z: f64 = exit + 0.03;
            let after = now * (-z).exp() + entry * (1.0 - (-z).exp()) / z;
            assert!((after - next).abs() < 2e-3, "{now} to {next}: {after}");
            assert!(entry >= 0.0 && exit >= 0.0);
        }
    }
}
