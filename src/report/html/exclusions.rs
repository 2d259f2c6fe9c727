//! Who is suspended, excluded or absent.

use super::page::{Block, DataTable, Section, numbers};
use crate::report::figures::{Figures, Part};
use crate::report::money::financial_year;
use crate::report::words::{of_100, per_cent, told_as, with_range_or_none as told};

const SUSPENSIONS: &str = "suspensions";
const PERMANENT: &str = "permanent_exclusions";
const MOVES: &str = "managed_moves";
const MOVES_HELD: &str = "managed_moves_held";
const PERSISTENT: &str = "persistent_absence_share";
const SEVERE: &str = "severe_absence_share";
const REDUCED: &str = "reduced_timetable_sessions_percent";
const REDUCED_PUPILS: &str = "reduced_timetable_children";

/// Suspensions and permanent exclusions; `None` where the run has none.
pub(super) fn section(figures: &Figures<'_>) -> Option<Section> {
    let years: Vec<i32> = figures
        .calendar_years()
        .filter(|year| figures.base(PERMANENT, Part::Total, *year).is_some())
        .collect();
    let (first, last) = (*years.first()?, *years.last()?);
    let mut blocks = vec![
        Block::paragraph(
            "The area's residents from Reception to Year 11, in state-funded schools. The newest \
             published rates of the area by SEN status and type of school are taken to last, \
             with the ups and downs that authorities have seen before: no trend is carried on. \
             Pupils are counted on the January within the academic year.",
        ),
        Block::table(by_status(figures, &years)),
        Block::folded_table(by_need(figures, first, last)),
        Block::folded_table(by_sex(figures, first, last)),
        Block::folded_table(managed_moves(figures, &years)),
    ];
    if is_known(figures, first) {
        blocks.push(Block::folded_table(absence(figures, first, last)));
    }
    blocks.push(Block::folded_table(reduced_timetables(figures, &years)));
    blocks.extend(Block::table_with_rows(changed(figures, last)));
    Some(Section {
        id: "exclusions",
        heading: "Who is suspended or excluded?".to_owned(),
        blocks,
    })
}

fn by_status(figures: &Figures<'_>, years: &[i32]) -> DataTable {
    let statuses = figures.values(PERMANENT, "category");
    let with_sen = || statuses.iter().filter(|status| **status != "No SEN");
    let rows =
        years.iter().map(|&year| {
            let mut row = vec![financial_year(year)];
            for indicator in [SUSPENSIONS, PERMANENT] {
                row.push(told(figures.base(indicator, Part::Total, year)));
                row.extend(with_sen().map(|status| {
                    told(figures.base(indicator, Part::Of("category", status), year))
                }));
            }
            row
        });
    let columns = ["Suspensions", "Permanent exclusions"]
        .into_iter()
        .flat_map(|what| {
            let all = std::iter::once(format!("{what}: all pupils"));
            all.chain(with_sen().map(move |status| format!("{what}: {status}")))
        });
    DataTable {
        caption: "Suspensions and permanent exclusions by academic year: middle (8 in 10 futures)"
            .to_owned(),
        columns: numbers("Academic year", columns),
        rows: rows.collect(),
    }
}

fn by_need(figures: &Figures<'_>, first: i32, last: i32) -> DataTable {
    let needs = figures.values(PERMANENT, "primary_need").into_iter();
    let happens = |need: &&str| {
        if *need == "No SEN" {
            return false;
        }
        let summary = figures.base(SUSPENSIONS, Part::Of("primary_need", need), last);
        summary.is_some_and(|summary| summary.mean > 0.0)
    };
    let caption = "Pupils with SEN by primary need: middle (8 in 10 futures)";
    let part = |need| Part::Of("primary_need", need);
    by_part(
        figures,
        (caption, "Primary need"),
        needs.filter(happens),
        part,
        [first, last],
    )
}

/// Moves to another school by agreement.
fn managed_moves(figures: &Figures<'_>, years: &[i32]) -> DataTable {
    let rows = years.iter().map(|&year| {
        let of = |indicator| told(figures.base(indicator, Part::Total, year));
        vec![financial_year(year), of(MOVES), of(MOVES_HELD)]
    });
    DataTable {
        caption: "Managed moves, an assumption for each permanent exclusion: middle (8 in 10 \
                  futures)"
            .to_owned(),
        columns: numbers(
            "Academic year",
            ["Managed moves", "After which the pupil stays"].map(str::to_owned),
        ),
        rows: rows.collect(),
    }
}

/// Boys and girls. Within a SEN status boys are suspended and excluded more often, by published ratios
/// of all pupils.
fn by_sex(figures: &Figures<'_>, first: i32, last: i32) -> DataTable {
    let sexes = figures.values(PERMANENT, "sex").into_iter();
    let caption = "Boys and girls: middle (8 in 10 futures)";
    by_part(
        figures,
        (caption, "Sex"),
        sexes,
        |sex| Part::Of("sex", sex),
        [first, last],
    )
}

/// Suspensions and permanent exclusions of parts in two years.
fn by_part<'p>(
    figures: &Figures<'_>,
    (caption, heading): (&str, &str),
    parts: impl Iterator<Item = &'p str>,
    part: impl Fn(&'p str) -> Part<'p>,
    years: [i32; 2],
) -> DataTable {
    let rows = parts.map(|name| {
        let mut row = vec![name.to_owned()];
        for indicator in [SUSPENSIONS, PERMANENT] {
            row.extend(years.map(|year| told(figures.base(indicator, part(name), year))));
        }
        row
    });
    let columns = ["Suspensions", "Permanent exclusions"].into_iter();
    let columns =
        columns.flat_map(|what| years.map(|year| format!("{what} {}", financial_year(year))));
    DataTable {
        caption: caption.to_owned(),
        columns: numbers(heading, columns),
        rows: rows.collect(),
    }
}

fn is_known(figures: &Figures<'_>, year: i32) -> bool {
    let absent = figures.base(PERSISTENT, Part::Total, year);
    absent.is_some_and(|summary| summary.mean.is_finite())
}

/// Absence of pupils with SEN by need; needs without pupils are left out.
fn absence(figures: &Figures<'_>, first: i32, last: i32) -> DataTable {
    let needs = figures.values(PERSISTENT, "primary_need").into_iter();
    let all = std::iter::once(("All pupils with SEN", Part::Total));
    let needs = needs.map(|need| (need, Part::Of("primary_need", need)));
    let rows = all.chain(needs).filter_map(|(label, part)| {
        let mut row = vec![label.to_owned()];
        for indicator in [PERSISTENT, SEVERE] {
            for year in [first, last] {
                let summary = figures.base(indicator, part, year)?;
                if !summary.mean.is_finite() {
                    return None;
                }
                row.push(told(Some(summary)));
            }
        }
        Some(row)
    });
    let columns = ["Persistently absent", "Severely absent"].into_iter();
    DataTable {
        caption: "Pupils with SEN who miss a tenth of their sessions (persistent) or half \
                  (severe), of 100: middle (8 in 10 futures)"
            .to_owned(),
        columns: numbers(
            "Primary need",
            columns.flat_map(|what| {
                [first, last].map(|year| format!("{what} {}", financial_year(year)))
            }),
        ),
        rows: rows.collect(),
    }
}

/// Pupils of special schools who are there for part of the week.
fn reduced_timetables(figures: &Figures<'_>, years: &[i32]) -> DataTable {
    let rows = years.iter().map(|&year| {
        let sessions = figures.base(REDUCED, Part::Total, year);
        let sessions = sessions.map_or_else(String::new, |summary| told_as(summary, per_cent));
        let pupils = told(figures.base(REDUCED_PUPILS, Part::Total, year));
        vec![financial_year(year), sessions, pupils]
    });
    DataTable {
        caption: "Reduced timetables in state-funded special schools: middle (8 in 10 futures); \
                  mainstream schools are not published"
            .to_owned(),
        columns: numbers(
            "Academic year",
            ["Sessions lost", "Pupils on one"].map(str::to_owned),
        ),
        rows: rows.collect(),
    }
}

/// What options change in the last year; options that change nothing are left out.
fn changed(figures: &Figures<'_>, last: i32) -> DataTable {
    let rows = figures.options().iter().filter_map(|option| {
        let mut row = vec![option.title.clone()];
        let mut is_changed = false;
        for indicator in [SUSPENSIONS, PERMANENT] {
            let difference = figures.difference(&option.name, indicator, Part::Total, last)?;
            is_changed |= difference.probability_lower + difference.probability_higher > 0.05;
            row.push(told(Some(&difference.difference)));
            row.push(of_100(difference.probability_lower));
        }
        is_changed.then_some(row)
    });
    DataTable {
        caption: format!(
            "What options change in {}: middle of the difference (8 in 10 futures)",
            financial_year(last)
        ),
        columns: numbers(
            "Option",
            [
                "Suspensions",
                "Futures with fewer",
                "Permanent exclusions",
                "Futures with fewer",
            ]
            .map(str::to_owned),
        ),
        rows: rows.collect(),
    }
}
