//! Buildings that the council borrows for, and what the debt costs in each later year.

/// Terms of what is borrowed in a financial year: those of its last day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Terms {
    /// Part of the capital that is borrowed.
    pub(super) share: f64,
    /// Interest a year.
    pub(super) rate: f64,
    /// Years over which it is paid back, in whole ones.
    pub(super) years: f64,
}

impl Terms {
    const fn whole_years(self) -> f64 {
        self.years.round().max(1.0)
    }

    /// Interest and repayment together in every year of the term, for a pound borrowed.
    fn annuity(self) -> f64 {
        let (rate, years) = (self.rate.max(0.0), self.whole_years());
        if rate <= f64::EPSILON {
            return 1.0 / years;
        }
        rate / (1.0 - libm::pow(1.0 + rate, -years))
    }
}

/// Debts of the years so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Debts(Vec<Debt>);

#[derive(Debug, Clone, Copy)]
struct Debt {
    a_year: f64,
    years_left: f64,
}

impl Debts {
    /// What the debts of earlier years cost in a year [pounds]; what is borrowed in it costs from the
    /// next on, as much in every year of its term.
    pub(super) fn of_year(&mut self, terms: Terms, capital: f64) -> f64 {
        let mut cost = 0.0;
        for debt in &mut self.0 {
            cost += debt.a_year * debt.years_left.clamp(0.0, 1.0);
            debt.years_left -= 1.0;
        }
        let borrowed = terms.share.clamp(0.0, 1.0) * capital;
        if borrowed > 0.0 {
            self.0.push(Debt {
                a_year: borrowed * terms.annuity(),
                years_left: terms.whole_years(),
            });
        }
        cost
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HALF: Terms = Terms {
        share: 0.5,
        rate: 0.05,
        years: 3.0,
    };

    #[test]
    fn a_debt_costs_as_much_every_year_and_is_paid_back() {
        let mut debts = Debts::default();
        let costs = [1_000.0, 0.0, 0.0, 0.0, 0.0].map(|capital| debts.of_year(HALF, capital));
        assert!(costs[0].abs() < 1e-9 && costs[4].abs() < 1e-9, "{costs:?}");
        // 500 over three years at 5%: 183.60 a year, which are worth 500 when it is borrowed.
        let worth: f64 = (1..4)
            .map(|year| costs[year] / 1.05_f64.powi(year as i32))
            .sum();
        assert!(
            (costs[1] - 183.604).abs() < 1e-3 && (worth - 500.0).abs() < 1e-9,
            "{costs:?}"
        );
        assert!((costs[1] - costs[3]).abs() < 1e-12);
    }

    #[test]
    fn without_interest_it_is_the_sum_over_the_years_and_debts_add_up() {
        let free = Terms { rate: 0.0, ..HALF };
        let mut debts = Debts::default();
        let costs = [600.0, 600.0, 0.0, 0.0, 0.0].map(|capital| debts.of_year(free, capital));
        assert_eq!(
            costs.map(|cost| cost.round() as u32),
            [0, 100, 200, 200, 100]
        );
        let none = Terms { share: 0.0, ..HALF };
        let mut debts = Debts::default();
        assert!(
            [1e6, 0.0]
                .map(|capital| debts.of_year(none, capital))
                .iter()
                .sum::<f64>()
                .abs()
                < 1e-9
        );
    }
}
