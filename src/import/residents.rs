//! The population tables of a pack, and what is worth saying about them.

use std::collections::BTreeMap;

use super::pack::Context;
use super::people::{self, MidYears};
use super::projection::{Roll, Rolled};
use super::vintage::Vintage;
use crate::area::AreaPack;
use crate::data::facts::{Authority, Published};
use crate::domain::{AgeGroup, Place};
use crate::estimate::Residents;
use crate::files::{Problem, Problems};

/// Difference of projection and estimate that is worth a note.
const PROJECTION_OFF: f64 = 0.03;

/// Correction of the under-18s that is worth a note.
const HELD: f64 = 0.005;

/// Residents of England and of every authority with a population of its own on each 1 January, as
/// the packs have them. Rates that are counted against them keep their numbers of events when they
/// are applied to the people of a pack.
///
/// For an earlier base year the estimates up to the newest stand in for what was rolled forward
/// then: shapes by single age come from later years whatever the base year.
pub(super) fn of_all(published: &Published, vintage: Vintage) -> Residents {
    let newest = published.population.keys().map(|key| key.1).max();
    let last = newest.unwrap_or(vintage.base_year - 1);
    let projected = people::mid_years(&published.projection, &[Place::England]);
    let mut residents = Residents::default();
    let authorities = published.authorities.values().filter_map(|authority| {
        let parts = people::places(published, authority)?;
        Some((Place::Authority(authority.code), parts))
    });
    for (place, parts) in authorities.chain([(Place::England, vec![Place::England])]) {
        let roll = Roll {
            estimates: &people::mid_years(&published.population, &parts),
            projection: &people::mid_years(&published.projection, &parts),
            england: &projected,
        };
        let rolled = roll.all(last, &under_18(published, vintage, place, last));
        for (mid_year, persons) in &rolled.years {
            let ages = people::january(persons).map(|[girls, boys]| girls + boys);
            residents.insert(place, mid_year + 1, ages);
        }
    }
    residents
}

/// Later totals of ages 0 to 17 that the newest packs are held to, one year beyond the estimates.
fn under_18(
    published: &Published,
    vintage: Vintage,
    place: Place,
    last: i32,
) -> BTreeMap<i32, f64> {
    let totals = published
        .under_18
        .range((place, i32::MIN)..=(place, last + 1));
    totals
        .filter(|_| vintage.newest)
        .map(|((_, year), total)| (*year, *total))
        .collect()
}

/// Residents each January, rolled forward from the last estimate.
pub(super) fn fill(
    pack: &mut AreaPack,
    context: &Context<'_>,
    authority: &Authority,
    problems: &mut Problems,
) {
    pack.population_error = context.population_error.to_vec();
    let published = &context.edition.published;
    let Some(places) = people::places(published, authority) else {
        problems.add(
            Problem::warning(
                "population-shared",
                "the authority was abolished and has no population of its own on today's boundaries",
            )
            .hint("no population table: the area cannot be simulated by itself"),
        );
        return;
    };
    let (estimates, projection, england) = (
        people::mid_years(&published.population, &places),
        people::mid_years(&published.projection, &places),
        people::mid_years(&published.projection, &[Place::England]),
    );
    let last = context.vintage.last_estimate(published);
    report_projection(&estimates, &projection, last, problems);
    let place = Place::Authority(authority.code);
    let under_18 = under_18(published, context.vintage, place, last);
    let roll = Roll {
        estimates: &estimates,
        projection: &projection,
        england: &england,
    };
    let rolled = roll.all(last, &under_18);
    report_held(&rolled, problems);
    report_limited(&rolled, problems);
    report_end_of_projection(&projection, problems);
    pack.population = people::rows(&rolled.years, last);
}

fn report_projection(
    estimates: &MidYears,
    projection: &MidYears,
    last: i32,
    problems: &mut Problems,
) {
    let (Some(then), Some(thought)) = (estimates.get(&last), projection.get(&last)) else {
        return;
    };
    let (found, expected) = (people::total(then), people::total(thought));
    let off = expected / found - 1.0;
    if off.abs() > PROJECTION_OFF {
        problems.add(
            Problem::note(
                "projection-off",
                "projected and estimated persons aged 0 to 25 differ",
            )
            .example(format!(
                "mid-{last}: {expected:.0} projected, {found:.0} estimated ({:+.1}%)",
                100.0 * off
            ))
            .hint("only the projection's changes from year to year are used, from the last estimate on"),
        );
    }
}

fn report_held(rolled: &Rolled, problems: &mut Problems) {
    for (year, factor) in &rolled.held {
        if (factor - 1.0).abs() > HELD {
            problems.add(
                Problem::note(
                    "under-18-held",
                    "persons aged 0 to 17 by single age differ from the total of a later edition",
                )
                .example(format!(
                    "mid-{year}: corrected by {:+.1}%",
                    100.0 * (factor - 1.0)
                ))
                .hint("the later total is used, with the ages' own shares"),
            );
        }
    }
}

/// The projection describes other people than those estimated: once for each age band.
fn report_limited(rolled: &Rolled, problems: &mut Problems) {
    let mut bands: BTreeMap<AgeGroup, (i32, i32)> = BTreeMap::new();
    for (year, band) in &rolled.limited {
        let (first, last) = bands.entry(*band).or_insert((*year, *year));
        (*first, *last) = ((*first).min(*year), (*last).max(*year));
    }
    for (band, (first, last)) in bands {
        problems.add(
            Problem::warning(
                "projection-limited",
                "rolled forward, age bands depart from the level that the projection gives them by more than half",
            )
            .example(format!("{}, mid-{first} to mid-{last}", band.label().to_lowercase()))
            .hint("held to half above or a third below it: the projection knew other people than the estimates; give your own `population.csv` if you have one"),
        );
    }
}

fn report_end_of_projection(projection: &MidYears, problems: &mut Problems) {
    if let Some((last, _)) = projection.last_key_value() {
        problems.add(
            Problem::note(
                "projection-ends",
                format!("the projection ends at mid-{last}"),
            )
            .hint("its last change and its last births are repeated for the year after"),
        );
    }
}
