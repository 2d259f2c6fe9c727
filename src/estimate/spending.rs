//! An authority's prices of places against England's, from the outturn by line.

use crate::area::EstimateRow;
use crate::data::facts::{Cut, Item, Published};
use crate::domain::{AuthorityCode, Place, Setting};

/// First year of the outturn that ratios are taken from.
const YEAR: i32 = 2021;

/// First base year whose pack may hold it: it was published in the year after.
const FIRST_BASE_YEAR: i32 = 2023;

/// Plans below which an authority's own price says too little.
const LEAST_PLANS: f64 = 20.0;

/// Ratios beyond this, up or down, are taken for differences of coding, not of price.
const MOST: f64 = 2.0;

/// A price: spend over plans.
struct Priced {
    name: &'static str,
    /// Lines of the outturn.
    spend: &'static [&'static str],
    /// Paid for every place by others as well [pounds].
    place: f64,
    settings: &'static [Setting],
}

const PRICED: [Priced; 4] = [
    Priced {
        name: "money.ratio.mainstream",
        spend: &[
            "spend_top_up_early_years_pounds",
            "spend_top_up_primary_pounds",
            "spend_top_up_secondary_pounds",
        ],
        place: 0.0,
        settings: &[
            Setting::EarlyYears,
            Setting::Mainstream,
            Setting::ResourcedProvision,
            Setting::SenUnit,
            Setting::IndependentMainstream,
        ],
    },
    Priced {
        name: "money.ratio.state-special",
        spend: &["spend_top_up_special_pounds"],
        place: 10_000.0,
        settings: &[Setting::StateSpecial],
    },
    Priced {
        name: "money.ratio.independent-special",
        spend: &[
            "spend_independent_early_years_pounds",
            "spend_independent_primary_pounds",
            "spend_independent_secondary_pounds",
            "spend_independent_special_pounds",
            "spend_independent_alternative_provision_pounds",
        ],
        place: 0.0,
        settings: &[Setting::NonMaintainedSpecial, Setting::IndependentSpecial],
    },
    Priced {
        name: "money.ratio.further-education",
        spend: &["spend_top_up_post_school_pounds"],
        place: 6_000.0,
        settings: &[Setting::GeneralFe, Setting::OtherFe],
    },
];

/// Ratios of an authority's prices to England's; none where the outturn of the authority was not
/// published or came after the base year.
pub(super) fn rows(published: &Published, code: AuthorityCode, base_year: i32) -> Vec<EstimateRow> {
    if base_year < FIRST_BASE_YEAR {
        return Vec::new();
    }
    let ratio = |priced: &Priced| {
        let own = priced.of(published, code)?;
        let all = published
            .authorities_in(YEAR + 1)
            .filter_map(|authority| priced.of(published, authority.code))
            .fold((0.0, 0.0), |sum, (spend, plans)| {
                (sum.0 + spend, sum.1 + plans)
            });
        let ratio = (own.0 / own.1) / (all.0 / all.1);
        let is_price = own.1 >= LEAST_PLANS && (1.0 / MOST..=MOST).contains(&ratio);
        is_price.then(|| EstimateRow {
            name: priced.name.to_owned(),
            value: ratio,
            standard_error: 0.0,
            note: format!(
                "spend of 2021-22 over plans in such settings, against England: {:.0} to {:.0} pounds",
                own.0 / own.1,
                all.0 / all.1
            ),
        })
    };
    PRICED.iter().filter_map(ratio).collect()
}

impl Priced {
    /// Spend and plans of an authority in the middle of the year; `None` without spend or plans.
    fn of(&self, published: &Published, code: AuthorityCode) -> Option<(f64, f64)> {
        let place = Place::Authority(code);
        let pounds = |measure: &&'static str| {
            let cell = published.high_needs.cell(place, YEAR, measure, Cut::All);
            cell.value()
        };
        let spend: f64 = self.spend.iter().filter_map(pounds).sum();
        let plans_in = |january: i32| -> f64 {
            let plans = |setting: &Setting| {
                let item = Item::Setting(*setting);
                published.plans.value(place, january, Cut::All, item)
            };
            self.settings.iter().filter_map(plans).sum()
        };
        // The middle of April to March lies three quarters of the way between the Januaries.
        let plans = 0.25 * plans_in(YEAR) + 0.75 * plans_in(YEAR + 1);
        (spend > 0.0 && plans > 0.0).then_some((spend + self.place * plans, plans))
    }
}
