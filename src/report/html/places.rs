//! Whether there are enough places, and what happens to the children who find none.

use super::page::{Block, DataTable, Section, first_and_last, numbers};
use super::tables::totals_changed;
use crate::domain::PlacePhase;
use crate::report::figures::{Figures, Part};
use crate::report::words::{of_100, with_range_or_none as told};

const PLACES: &str = "places_capacity";
const WANTED: &str = "places_demand";
const GAP: &str = "place_gap";
const SHORT: &str = "place_short_probability";
const WAITING: &str = "children_awaiting_place";
const ELSEWHERE: &str = "overflow";
const LATE: &str = "phase_transfers_late";
const AFTER_OFFERS: &str = "phase_transfers_after_offer_day";
const PUPILS: &str = "special_school_pupils";
/// Position of the year told between the first and the last.
const SIXTH: usize = 5;

/// Places, and who goes without; `None` where every child finds one.
pub(super) fn section(figures: &Figures<'_>) -> Option<Section> {
    let years: Vec<i32> = figures
        .calendar_years()
        .filter(|year| {
            let gap = figures.september().base(GAP, Part::Total, *year);
            gap.is_some()
        })
        .collect();
    let shown = *years.get(SIXTH).or(years.last())?;
    let mut blocks = vec![
        Block::paragraph(
            "Special schools and bases in mainstream schools have a number of places. A child \
             whose plan asks for one gets it if it is free, or waits where it is, or goes to an \
             independent school, another authority, alternative provision or education otherwise \
             than at school. Nothing is built unless an option builds it. A gap is the children \
             beyond the places of a type, phase and need: empty places elsewhere do not fill it; \
             schools take a few children beyond their places. Unless the area brings a table of \
             its own, its places are as many as children were placed on the base date.",
        ),
        Block::table(by_type(figures, &years)),
        Block::table(without(figures, &years)),
    ];
    blocks.push(Block::table(transfers(
        figures,
        &first_and_last(&years, SIXTH),
    )));
    blocks.push(Block::folded_table(outside(figures, &years)));
    let border = across_the_border(figures, &years);
    if !border.rows.is_empty() {
        blocks.push(Block::folded_table(border));
    }
    blocks.extend(Block::table_with_rows(changed(figures, shown)));
    Some(Section {
        id: "places",
        heading: "Will there be enough places?".to_owned(),
        blocks,
    })
}

/// Places and demand by type, in the first, the sixth and the last September.
fn by_type(figures: &Figures<'_>, years: &[i32]) -> DataTable {
    let shown = first_and_last(years, SIXTH);
    let types = figures.values(PLACES, "setting");
    let rows = types.into_iter().flat_map(|name| {
        let part = Part::Of("setting", name);
        shown.iter().map(move |&year| {
            let of = |indicator| told(figures.september().base(indicator, part, year));
            let short = figures.september().base(SHORT, part, year);
            vec![
                format!("{name}, {year}"),
                of(PLACES),
                of(WANTED),
                of(GAP),
                short.map_or_else(|| "-".to_owned(), |short| of_100(short.mean)),
            ]
        })
    });
    DataTable {
        caption: "Places on 1 September if nothing is built: middle (8 in 10 futures)".to_owned(),
        columns: numbers(
            "Type and year",
            [
                "Places",
                "Children who want one",
                "Gap",
                "Futures with a gap",
            ]
            .map(str::to_owned),
        ),
        rows: rows.collect(),
    }
}

/// Children without a place, year by year.
fn without(figures: &Figures<'_>, years: &[i32]) -> DataTable {
    let kinds = figures.values(ELSEWHERE, "category");
    let rows = years.iter().map(|&year| {
        let of = |indicator, part| told(figures.september().base(indicator, part, year));
        let flow = |indicator| told(figures.base(indicator, Part::Total, year));
        let elsewhere = kinds
            .iter()
            .map(|kind| of(ELSEWHERE, Part::Of("category", kind)));
        [year.to_string(), of(WAITING, Part::Total)]
            .into_iter()
            .chain(elsewhere)
            .chain([flow("unresolved_on_1_september")])
            .collect()
    });
    let labels = std::iter::once("Waiting where they are".to_owned())
        .chain(kinds.iter().map(|kind| (*kind).to_owned()))
        .chain(std::iter::once(
            "Of those waiting: not decided by 1 September".to_owned(),
        ));
    DataTable {
        caption: "Children who found no free place, 1 September: middle (8 in 10 futures)"
            .to_owned(),
        columns: numbers("Year", labels),
        rows: rows.collect(),
    }
}

/// Children who go to Reception, Year 7 and post-16, and when their plans say where.
fn transfers(figures: &Figures<'_>, years: &[i32]) -> DataTable {
    let phases = figures.values("phase_transfers", "phase");
    let rows = years.iter().flat_map(|&year| {
        phases.iter().map(move |phase| {
            let of = |indicator| told(figures.base(indicator, Part::Of("phase", phase), year));
            let after = figures.base(AFTER_OFFERS, Part::Of("phase", phase), year);
            let has_offer_day = *phase != PlacePhase::Post16.label();
            let to = match *phase {
                phase if phase == PlacePhase::Primary.label() => "Reception",
                phase if phase == PlacePhase::Secondary.label() => "Year 7",
                phase => phase,
            };
            vec![
                format!("{to}, {year}"),
                of("phase_transfers"),
                of(LATE),
                of("phase_transfers_new_plan"),
                if has_offer_day {
                    told(after)
                } else {
                    "-".to_owned()
                },
                of("late_allocations"),
            ]
        })
    });
    DataTable {
        caption: "Children with a plan who change phase: middle (8 in 10 futures)".to_owned(),
        columns: numbers(
            "Phase and year",
            [
                "Children",
                "Decided after 15 February (post-16: 31 March)",
                "Plan came, or came with the child, after that",
                "School named after other families heard",
                "Special school or base decided late",
            ]
            .map(str::to_owned),
        ),
        rows: rows.collect(),
    }
}

/// Children in special schools outside the area, and whether their reviews are attended.
fn outside(figures: &Figures<'_>, years: &[i32]) -> DataTable {
    let rows = years.iter().filter_map(|&year| {
        let children = figures
            .september()
            .base("children_out_of_area", Part::Total, year)?;
        let of = |indicator| told(figures.base(indicator, Part::Total, year));
        Some(vec![
            year.to_string(),
            told(Some(children)),
            of("out_of_area_reviews_due"),
            of("out_of_area_reviews_attended"),
        ])
    });
    DataTable {
        caption: "Children in special schools outside the area: middle (8 in 10 futures)"
            .to_owned(),
        columns: numbers(
            "Year",
            [
                "Children, 1 September",
                "Annual reviews due in the year",
                "Attended by somebody of the area",
            ]
            .map(str::to_owned),
        ),
        rows: rows.collect(),
    }
}

/// Residents in special schools and pupils of the area's special schools, 1 January.
fn across_the_border(figures: &Figures<'_>, years: &[i32]) -> DataTable {
    let types = figures.values(PUPILS, "setting");
    let rows = types.into_iter().flat_map(|name| {
        let part = Part::Of("setting", name);
        first_and_last(years, SIXTH)
            .into_iter()
            .filter_map(move |year| {
                let pupils = figures.base(PUPILS, part, year)?;
                let of = |indicator| told(figures.base(indicator, part, year));
                Some(vec![
                    format!("{name}, {year}"),
                    of("ehc_plans"),
                    of("special_school_net_imports"),
                    told(Some(pupils)),
                ])
            })
    });
    DataTable {
        caption: "Special schools across the border, 1 January: middle (8 in 10 futures)"
            .to_owned(),
        columns: numbers(
            "Type and year",
            [
                "Residents, wherever the school is",
                "Children of other areas here, less own children elsewhere",
                "Pupils of the area's schools, wherever they live",
            ]
            .map(str::to_owned),
        ),
        rows: rows.collect(),
    }
}

/// What options change on a 1 September; options that change nothing are left out.
fn changed(figures: &Figures<'_>, year: i32) -> DataTable {
    let indicators = [PLACES, GAP, WAITING, ELSEWHERE, LATE, AFTER_OFFERS];
    let difference = |option: &str, indicator: &&str| {
        let september = figures.september();
        let on_the_day = september.difference(option, indicator, Part::Total, year);
        on_the_day.or_else(|| figures.difference(option, indicator, Part::Total, year))
    };
    let rows = totals_changed(figures, &indicators, difference, |summary| {
        told(Some(summary))
    });
    DataTable {
        caption: format!(
            "What options change on 1 September {year}: middle of the difference (8 in 10 futures)"
        ),
        columns: numbers(
            "Option",
            [
                "Places",
                "Gap",
                "Children waiting",
                "Children elsewhere",
                "Phase transfers decided late in the year",
                "School named after other families heard",
            ]
            .map(str::to_owned),
        ),
        rows,
    }
}
