//! Places and the rules of allocation of a draw.

use super::posterior::{Draw, Sampler};
use super::recode::sampled;
use super::stocks::Stocks;
use crate::area::PlaceGroupRow;
use crate::domain::{AGES, Date, NeedGroup, Overflow, PlacePhase, Setting};
use crate::parameters::ParameterSet;
use crate::simulate::{PlaceGroup, PlacePolicy, Places, Ranks, WantedAtBase};

const DAYS_A_YEAR: f64 = 365.25;

/// The places of an area in a draw; `None` where the area gives no groups.
pub(super) fn places(
    draw: Draw,
    rows: &[PlaceGroupRow],
    stocks: &Stocks,
    parameters: &ParameterSet,
    base: Date,
) -> Option<Places> {
    if rows.is_empty() {
        return None;
    }
    let read = |path: &str| sampled(draw, parameters, &format!("places.{path}"), base);
    Some(Places {
        groups: rows.iter().map(|row| group(draw, row, base)).collect(),
        policy: policy(&read, stocks),
        wanted: WantedAtBase {
            waiting_share: read("waiting-share"),
            independent_share: read("independent-share"),
        },
    })
}

fn policy(read: &dyn Fn(&str) -> f64, stocks: &Stocks) -> PlacePolicy {
    let placed = NeedGroup::ALL.map(|need| Placed::of(stocks, need));
    let rank = |who: &str| read(&format!("rank.{who}")) as u8;
    PlacePolicy {
        over_fill_tolerance: read("over-fill-tolerance"),
        base_acceptance_share: read("base-acceptance-share"),
        other_designation_share: read("other-designation-share"),
        overflow_chance: PlacePhase::ALL.map(|phase| {
            let ratio = read(&format!("overflow-phase-ratio.{}", phase.code()));
            NeedGroup::ALL.map(|need| ratio * placed[need.index()].chance_elsewhere(need, read))
        }),
        overflow_factor: read("overflow-factor"),
        overflow_kinds: NeedGroup::ALL.map(|need| placed[need.index()].kinds(need, read)),
        independent_out_of_area_share: read("independent-out-of-area-share"),
        directed_share: read("directed-share"),
        return_share: read("return-share"),
        tribunal_weeks: read("tribunal-weeks"),
        late_share: read("late-share"),
        reception_late_share: read("reception-late-share"),
        late_weeks: read("late-weeks"),
        induced_demand: read("induced-demand"),
        ranks: Ranks {
            leaving_a_place: rank("leaving-a-place"),
            phase_transfer: rank("phase-transfer"),
            in_year: rank("in-year"),
            returning: rank("returning"),
            late: rank("late"),
        },
    }
}

/// Children of a need group in the base stock of an area who are in special schools of the state,
/// or where children go who find no place there.
struct Placed {
    special: f64,
    elsewhere: [f64; Overflow::ELSEWHERE.len()],
}

impl Placed {
    fn of(stocks: &Stocks, need: NeedGroup) -> Self {
        let plans = |setting: Setting| -> f64 {
            let of_age = |age: usize| {
                let needs = need.needs();
                needs.map(move |need| stocks.plans.at([age, need.index(), setting.index()]))
            };
            (0..AGES).flat_map(of_age).sum()
        };
        Self {
            special: plans(Setting::StateSpecial),
            elsewhere: Overflow::ELSEWHERE.map(|kind| match kind {
                Overflow::Independent => {
                    plans(Setting::IndependentSpecial) + plans(Setting::NonMaintainedSpecial)
                }
                Overflow::OtherArrangements => plans(Setting::OtherArrangements),
                Overflow::AlternativeProvision => plans(Setting::AlternativeProvision),
                // Where a state school is, is not published.
                Overflow::OutOfArea | Overflow::Directed => 0.0,
            }),
        }
    }

    fn all_elsewhere(&self) -> f64 {
        self.elsewhere.iter().sum()
    }

    /// Chance that a child without a place goes elsewhere: the area's share pooled with England's.
    fn chance_elsewhere(&self, need: NeedGroup, read: &dyn Fn(&str) -> f64) -> f64 {
        let england = read(&format!("overflow-chance.{}", need.code()));
        let strength = read("overflow-pooling");
        let all = self.special + self.all_elsewhere();
        (self.all_elsewhere() + strength * england) / (all + strength)
    }

    /// Where children go, as shares of those who go elsewhere.
    fn kinds(
        &self,
        need: NeedGroup,
        read: &dyn Fn(&str) -> f64,
    ) -> [f64; Overflow::ELSEWHERE.len()] {
        let out_of_area = read("out-of-area-share");
        let strength = read("overflow-kind-pooling");
        Overflow::ELSEWHERE.map(|kind| match kind {
            Overflow::OutOfArea => out_of_area,
            Overflow::Independent
            | Overflow::OtherArrangements
            | Overflow::AlternativeProvision
            | Overflow::Directed => {
                let england = read(&format!("overflow-kind.{}.{}", need.code(), kind.code()));
                let pooled = self.elsewhere[kind.index()] + strength * england;
                (1.0 - out_of_area) * pooled / (self.all_elsewhere() + strength)
            }
        })
    }
}

/// A group with its opening, which slips, in equal yearly parts over its ramp, and its closure.
fn group(draw: Draw, row: &PlaceGroupRow, base: Date) -> PlaceGroup {
    let places = row.usable().unwrap_or(0.0);
    let key = format!("place-groups.{}.slip", row.provider);
    let (low, high) = (row.slip_years_low, row.slip_years_high);
    let slip = match Sampler::new(draw, &key).uniform() {
        Some(u) => low + u * (high - low),
        None => f64::midpoint(low, high),
    };
    let opens = match row.opens {
        Some(date) => f64::from(date.days_since(base)) + (slip * DAYS_A_YEAR).round(),
        None => f64::NEG_INFINITY,
    };
    let parts = row.ramp_years.floor() as u32 + 1;
    let mut steps: Vec<(f64, f64)> = (0..parts)
        .map(|year| {
            let day = (opens + f64::from(year) * DAYS_A_YEAR).round();
            (day, places / f64::from(parts))
        })
        .collect();
    steps.extend(row.closes.map(|date| {
        let day = f64::from(date.days_since(base));
        let open = steps.iter().filter(|(from, _)| *from < day);
        (day, -open.map(|(_, places)| places).sum::<f64>())
    }));
    if let Some(date) = row.closes {
        let day = f64::from(date.days_since(base));
        steps.retain(|(from, _)| *from <= day);
    }
    PlaceGroup {
        provision: row.provision,
        needs: PlaceGroup::bits(row.needs.iter().flat_map(|group| group.needs())),
        ages: (row.youngest_age, row.oldest_age),
        sex: row.sex,
        steps,
    }
}
