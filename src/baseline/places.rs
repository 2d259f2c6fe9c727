//! Places and the rules of allocation of a draw.

use super::posterior::{Draw, Sampler};
use super::recode::sampled;
use crate::area::PlaceGroupRow;
use crate::domain::{Date, NeedGroup, Overflow, PlacePhase};
use crate::parameters::ParameterSet;
use crate::simulate::{PlaceGroup, PlacePolicy, Places, Ranks, WantedAtBase};

const DAYS_A_YEAR: f64 = 365.25;

/// The places of an area in a draw; `None` where the area gives no groups.
pub(super) fn places(
    draw: Draw,
    rows: &[PlaceGroupRow],
    parameters: &ParameterSet,
    base: Date,
) -> Option<Places> {
    if rows.is_empty() {
        return None;
    }
    let read = |path: &str| sampled(draw, parameters, &format!("places.{path}"), base);
    Some(Places {
        groups: rows.iter().map(|row| group(draw, row, base)).collect(),
        policy: policy(&read),
        wanted: WantedAtBase {
            waiting_share: read("waiting-share"),
            independent_share: read("independent-share"),
        },
    })
}

fn policy(read: &dyn Fn(&str) -> f64) -> PlacePolicy {
    let rank = |who: &str| read(&format!("rank.{who}")) as u8;
    PlacePolicy {
        over_fill_tolerance: read("over-fill-tolerance"),
        base_acceptance_share: read("base-acceptance-share"),
        other_designation_share: read("other-designation-share"),
        overflow_chance: PlacePhase::ALL.map(|phase| {
            let ratio = read(&format!("overflow-phase-ratio.{}", phase.code()));
            NeedGroup::ALL.map(|need| ratio * read(&format!("overflow-chance.{}", need.code())))
        }),
        overflow_factor: read("overflow-factor"),
        overflow_kinds: NeedGroup::ALL.map(|need| kinds(need, read)),
        directed_share: read("directed-share"),
        return_share: read("return-share"),
        late_share: read("late-share"),
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

/// Where children of a need group go, as shares of those who go elsewhere.
fn kinds(need: NeedGroup, read: &dyn Fn(&str) -> f64) -> [f64; Overflow::ELSEWHERE.len()] {
    let out_of_area = read("out-of-area-share");
    Overflow::ELSEWHERE.map(|kind| match kind {
        Overflow::OutOfArea => out_of_area,
        Overflow::Independent
        | Overflow::OtherArrangements
        | Overflow::AlternativeProvision
        | Overflow::Directed => {
            let path = format!("overflow-kind.{}.{}", need.code(), kind.code());
            (1.0 - out_of_area) * read(&path)
        }
    })
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
