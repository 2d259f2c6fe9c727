//! Prices, income and their growth in one draw of one scenario.

use super::added_staff::{DAYS_A_YEAR, LOCUM_DAYS};
use super::area::{AreaCosts, OwnLines};
use super::bands::Bands;
use super::borrowing::Terms;
use super::calendar::FinancialYears;
use super::reserves::Policy;
use super::top_ups::{self, Banded};
use super::transport::{self, Transport};
use crate::domain::SpendLine;
use crate::ehc_process::Team;
use crate::simulate::Future;

/// Financial year of the prices in the parameters.
const PRICE_YEAR: i32 = 2025;

/// Prices of one financial year, cash.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct YearPrices {
    /// Placements [pounds per plan-year].
    pub(super) placements: [f64; SpendLine::PLACEMENTS],
    /// What each partner pays on top of a pound of the block in placements funded together.
    pub(super) partners: [f64; SpendLine::PARTNERS.len()],
    /// Lines that follow no child's plan.
    pub(super) own: OwnLines,
    /// Alternative provision beyond that of the base date [pounds per place, per child and year].
    pub(super) alternative_provision: [f64; 2],
    /// Transport of the plans in each setting.
    pub(super) transport: Transport,
    /// Psychologists [pounds per new plan].
    pub(super) psychology: f64,
    /// A psychologist [pounds per hour].
    pub(super) psychologist_hour: f64,
    /// A post that a scenario adds, by team [pounds a year].
    pub(super) added_posts: [f64; Team::COUNT],
    /// A locum by team [pounds per day, prices of 2025-26], before a scenario changes it.
    pub(super) locum_days: [f64; Team::COUNT],
    /// Days a year that a locum is paid for.
    pub(super) locum_days_a_year: f64,
    /// Earnings against those of 2025-26.
    pub(super) earnings: f64,
    /// SEN administration [pounds per plan-year].
    pub(super) casework: f64,
    /// Appeals [pounds per new plan].
    pub(super) disputes: f64,
    /// An appeal, a mediation [pounds].
    pub(super) appeal: f64,
    pub(super) mediation: f64,
    /// Programmes of the scenario [pounds].
    pub(super) programmes: f64,
    /// A place in a special school, in a base [pounds].
    pub(super) capital: [f64; 2],
    /// Terms of what is borrowed for places.
    pub(super) borrowing: Terms,
    /// Block and transfers into it [pounds].
    pub(super) block: f64,
    /// Who answers for the deficit.
    pub(super) policy: Policy,
    /// Cash over prices of 2025-26.
    pub(super) deflator: f64,
    /// What a pound of real terms is worth at the base date.
    pub(super) discount: f64,
}

/// Prices of a draw.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Prices {
    /// The financial years.
    pub(super) calendar: FinancialYears,
    /// Year by year.
    pub(super) years: Vec<YearPrices>,
    /// Place funding and top-ups year by year, by line that is paid by band.
    pub(super) banded: Vec<[Banded; SpendLine::BANDED]>,
    /// Balance before the first year [pounds].
    pub(super) opening: f64,
    /// Share of the deficit of 31 March 2026 that a grant pays in the year after.
    pub(super) stability_grant: f64,
    /// The financial year in which it is paid.
    pub(super) grant_year: Option<usize>,
}

/// What the block pays for each child of other areas, less the area's own elsewhere.
const IMPORT_EXPORT: &str = "money.block.import-export";
const MEDIATION: &str = "money.disputes.cost-per-mediation";

/// Hours a year that a post of a psychologist is paid for.
const POST_HOURS: &str = "money.educational-psychology.hours-per-post";

/// Most of a placement that partners pay.
const MOST_BY_PARTNERS: f64 = 0.9;

/// Price levels of one financial year against those of 2025-26.
#[derive(Debug, Clone, Copy)]
pub(super) struct Levels {
    pub(super) schools: f64,
    independent: f64,
    transport: f64,
    earnings: f64,
    consumer: f64,
}

/// What prices rest on beside stated numbers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Given<'a> {
    pub(super) area: &'a AreaCosts,
    pub(super) bands: &'a Bands,
    /// Children of other areas less own ones elsewhere, by January; `None` where not published.
    pub(super) net_imports: Option<&'a [f64]>,
}

impl Prices {
    /// The prices of a future's draw, as its scenario changes them.
    pub(super) fn draw(future: &Future<'_>, years: FinancialYears, given: &Given<'_>) -> Self {
        let Given {
            area,
            bands,
            net_imports,
        } = *given;
        let draws = Draws { future, years };
        let levels = draws.levels();
        let block = draws.blocks(area, net_imports);
        let transport = transport::ratio(&draws, area);
        let by_year = levels.iter().zip(&block).enumerate();
        let prices: Vec<YearPrices> = by_year
            .map(|(year, (levels, block))| draws.prices(year, levels, *block, transport, area))
            .collect();
        let placements: Vec<_> = prices.iter().map(|prices| prices.placements).collect();
        Self {
            calendar: years,
            banded: top_ups::by_year(&draws, &placements, &levels, bands),
            years: prices,
            opening: draws.opening() * block.first().unwrap_or(&0.0),
            stability_grant: draws.on("money.stability-grant", 0),
            grant_year: (0..years.number()).find(|&year| years.starts(year) == 2026),
        }
    }
}

/// Stated numbers of a future, by financial year.
pub(super) struct Draws<'a> {
    pub(super) future: &'a Future<'a>,
    years: FinancialYears,
}

impl Draws<'_> {
    /// A stated number in this draw, before the scenario changes it.
    pub(super) fn number(&self, path: &str, year: usize) -> f64 {
        self.future.number(path, self.years.first_day(year))
    }

    /// Balance before the first year, in shares of its block.
    fn opening(&self) -> f64 {
        self.at_base("money.opening-surplus") - self.at_base("money.opening-deficit")
    }

    /// The number on the base date as the scenario changes it.
    pub(super) fn at_base(&self, path: &str) -> f64 {
        self.future.stated(path, 0.0, self.number(path, 0))
    }

    /// The number in a financial year as the scenario changes it: the mean over the quarters.
    pub(super) fn on(&self, path: &str, year: usize) -> f64 {
        let value = self.number(path, year);
        if !self.future.effects.change_stated() {
            return value;
        }
        let quarters = self.years.quarters(year);
        let sum: f64 = quarters
            .iter()
            .map(|&day| self.future.stated(path, day, value))
            .sum();
        sum / quarters.len() as f64
    }

    /// The number on the last day of a financial year as the scenario changes it.
    fn on_last_day(&self, path: &str, year: usize) -> f64 {
        let [_, end] = self.years.days(year);
        self.future.stated(path, end - 1.0, self.number(path, year))
    }

    /// Price levels, each year grown from the year before.
    fn levels(&self) -> Vec<Levels> {
        let surprise = self.number("money.inflation.surprise", 0);
        let mut levels = Levels {
            schools: 1.0,
            independent: 1.0,
            transport: 1.0,
            earnings: 1.0,
            consumer: 1.0,
        };
        (0..self.years.number())
            .map(|year| {
                if self.years.starts(year) > PRICE_YEAR {
                    let growth = |path: &str| self.on(path, year) + surprise;
                    let earnings = growth("money.inflation.earnings");
                    let consumer = growth("money.inflation.consumer-prices");
                    let mixed = |path: &str| {
                        let share = self.number(path, year);
                        share * earnings + (1.0 - share) * consumer
                    };
                    levels.schools *= 1.0 + mixed("money.inflation.pay-share-of-schools");
                    levels.transport *= 1.0 + mixed("money.inflation.pay-share-of-transport");
                    levels.independent *= 1.0 + growth("money.inflation.independent");
                    levels.earnings *= 1.0 + earnings;
                    levels.consumer *= 1.0 + consumer;
                }
                levels
            })
            .collect()
    }

    /// High needs block of each year, transfers apart: its growth, and what follows the children who
    /// cross the border.
    fn blocks(&self, area: &AreaCosts, net_imports: Option<&[f64]>) -> Vec<f64> {
        let Some((_, published)) = area.block else {
            return vec![f64::NAN; self.years.number()];
        };
        let mut block = published * self.on("money.block.since-published", 0);
        (0..self.years.number())
            .map(|year| {
                if year > 0 {
                    block *= 1.0 + self.on("money.block.growth", year);
                }
                // The January in which the financial year is set, against that of the base date.
                let crossed = net_imports.map_or(0.0, |net| net[year] - net[0]);
                block + crossed * self.on(IMPORT_EXPORT, year)
            })
            .collect()
    }

    fn prices(
        &self,
        year: usize,
        levels: &Levels,
        block: f64,
        transport_ratio: f64,
        area: &AreaCosts,
    ) -> YearPrices {
        let weight = self.number("money.local-weight", year);
        let (left_to_block, partners) = self.together(year);
        let placements = std::array::from_fn(|index| {
            let line = SpendLine::ALL[index];
            let level = match line {
                SpendLine::IndependentSpecial | SpendLine::SpecialistPost16 => levels.independent,
                _ => levels.schools,
            };
            let local = libm::pow(area.ratio(line), weight);
            let joint = if line.is_funded_together() {
                left_to_block
            } else {
                1.0
            };
            self.on(price_path(line), year) * local * level * joint
        });
        let price = self.on("money.transport.price", year) * transport_ratio * levels.transport;
        let assessments = self.on("money.assessments-per-new-plan", year);
        let hours = self.on("money.educational-psychology.hours", year);
        let hour = self.on("money.educational-psychology.cost-per-hour", year);
        let appeals = self.on("money.disputes.appeals-per-new-plan", year);
        let appeal = self.on("money.disputes.cost-per-appeal", year) * levels.earnings;
        let capital = |path: &str| self.number(path, year) * levels.earnings;
        let starts = self.years.starts(year);
        let ahead = f64::from(starts - self.years.starts(0));
        YearPrices {
            placements,
            partners,
            own: self.own_lines(year, levels, area),
            alternative_provision: [
                self.on("money.alternative-provision.place", year),
                self.on("money.alternative-provision.child", year) * levels.schools,
            ],
            transport: Transport::of_year(self, year, price),
            psychology: assessments * hours * hour * levels.earnings,
            psychologist_hour: hour * levels.earnings,
            added_posts: [
                hour * levels.earnings * self.on(POST_HOURS, year),
                self.on("money.casework.post", year) * levels.earnings,
            ],
            locum_days: LOCUM_DAYS.map(|path| self.number(path, year)),
            locum_days_a_year: self.on(DAYS_A_YEAR, year),
            earnings: levels.earnings,
            casework: self.on("money.casework.price", year) * levels.earnings,
            disputes: appeals * appeal,
            appeal,
            mediation: self.on(MEDIATION, year) * levels.earnings,
            programmes: self.on("money.programme-cost", year) * levels.earnings,
            capital: [
                capital("places.capital-cost.special"),
                capital("places.capital-cost.base"),
            ],
            borrowing: Terms {
                share: self.on_last_day("money.borrowing.share", year),
                rate: self.on_last_day("money.borrowing.rate", year),
                years: self.on_last_day("money.borrowing.years", year),
            },
            block: block + self.on("money.block.transfer", year),
            policy: Policy {
                kept_out: self.on_last_day("money.override", year),
                government: self.on("money.government-share", year),
            },
            deflator: levels.consumer,
            discount: libm::pow(1.0 + self.number("money.discount-rate", year), -ahead),
        }
    }

    /// Placements funded together: what is left to the block against what prices hold, exactly 1
    /// where no scenario changes a share, and what partners pay on top of each pound of it.
    fn together(&self, year: usize) -> (f64, [f64; SpendLine::PARTNERS.len()]) {
        let paths = ["money.joint.health-share", "money.joint.care-share"];
        let usual: f64 = paths.iter().map(|path| self.number(path, year)).sum();
        let shares = paths.map(|path| self.on(path, year).clamp(0.0, 1.0));
        let paid = shares.iter().sum::<f64>().min(MOST_BY_PARTNERS);
        let left = (1.0 - paid) / (1.0 - usual);
        let left = if (paid - usual).abs() > 0.0 {
            left
        } else {
            1.0
        };
        (left, shares.map(|share| share / (1.0 - paid)))
    }

    /// Lines that follow no child's plan: the area's own of 2021-22, or England's per resident.
    fn own_lines(&self, year: usize, levels: &Levels, area: &AreaCosts) -> OwnLines {
        let per_head = |path: &str| self.number(path, year) * area.residents_2_to_18;
        let lines = area.own_lines().unwrap_or_else(|| OwnLines {
            inclusion: per_head("money.area-lines.inclusion"),
            alternative_provision: per_head("money.area-lines.alternative-provision"),
            hospital: per_head("money.area-lines.hospital"),
            therapies: per_head("money.area-lines.therapies"),
        });
        let factor = self.on("money.area-lines.uplift", year) * levels.schools;
        OwnLines {
            inclusion: lines.inclusion * factor,
            alternative_provision: lines.alternative_provision * factor,
            hospital: lines.hospital * factor,
            therapies: lines.therapies * factor,
        }
    }
}

const fn price_path(line: SpendLine) -> &'static str {
    match line {
        SpendLine::Mainstream => "money.price.mainstream",
        SpendLine::Base => "money.price.base",
        SpendLine::StateSpecial => "money.price.state-special",
        SpendLine::IndependentSpecial => "money.price.independent-special",
        SpendLine::AlternativeProvision => "money.price.alternative-provision",
        SpendLine::FurtherEducation => "money.price.further-education",
        SpendLine::SpecialistPost16 => "money.price.specialist-post-16",
        SpendLine::OtherArrangements => "money.price.other-arrangements",
        _ => "money.price.home-education",
    }
}
