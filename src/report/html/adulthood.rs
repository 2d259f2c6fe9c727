//! Who is outside schools and colleges, and why plans end.

use super::page::{Block, DataTable, Section, first_and_last, numbers};
use super::tables::table_changed;
use crate::domain::Setting;
use crate::report::figures::{Figures, Part};
use crate::report::words::with_range_or_none as told;

const NEET: &str = "neet";
const ALTERNATIVE: &str = "alternative_provision";
const PLANS: &str = "ehc_plans";
const CEASED: &str = "plans_ceased";
/// Position of the year told between the first and the last.
const SIXTH: usize = 5;

/// Children with a plan outside schools and colleges, and the reasons for which plans end; `None`
/// where nothing is known of them.
pub(super) fn section(figures: &Figures<'_>) -> Option<Section> {
    let januaries = first_and_last(&figures.januaries().collect::<Vec<_>>(), SIXTH);
    let years = first_and_last(&figures.calendar_years().collect::<Vec<_>>(), SIXTH);
    figures.base(NEET, Part::Total, *januaries.first()?)?;
    let mut blocks = vec![
        Block::paragraph(
            "Some children with a plan are in alternative provision, taught at home or otherwise \
             than at school; some young people have left education and work while their plan goes \
             on. Plans that nobody has reviewed stay in the count until a decision is made.",
        ),
        Block::table(outside(figures, &januaries)),
        Block::folded_table(ended(figures, &years)),
    ];
    let last = *januaries.last()?;
    let changed = [
        (
            "Not in education, employment or training",
            NEET,
            Part::Total,
        ),
        ("Alternative provision", ALTERNATIVE, Part::Total),
    ];
    let changed = table_changed(figures, &format!("by January {last}"), &changed, last);
    blocks.extend(Block::table_with_rows(changed));
    Some(Section {
        id: "adulthood",
        heading: "Who is outside schools and colleges?".to_owned(),
        blocks,
    })
}

fn outside(figures: &Figures<'_>, januaries: &[i32]) -> DataTable {
    let ages = figures.values(NEET, "age_group").into_iter();
    let neet = "Not in education, employment or training";
    let of_age = ages.map(|age| (format!("{neet}, {age}"), NEET, Part::Of("age_group", age)));
    let setting = |setting: Setting| {
        let label = setting.label();
        (label.to_owned(), PLANS, Part::Of("setting", label))
    };
    let parts = [
        (
            Setting::AlternativeProvision.label().to_owned(),
            ALTERNATIVE,
            Part::Total,
        ),
        setting(Setting::OtherArrangements),
        setting(Setting::ElectiveHomeEducation),
        (neet.to_owned(), NEET, Part::Total),
    ];
    let rows = parts
        .into_iter()
        .chain(of_age)
        .filter_map(|(label, indicator, part)| {
            let cells: Vec<_> = januaries
                .iter()
                .map(|&year| figures.base(indicator, part, year))
                .collect();
            let any = cells.iter().flatten().any(|summary| summary.mean >= 0.5);
            any.then(|| {
                std::iter::once(label)
                    .chain(cells.into_iter().map(told))
                    .collect()
            })
        });
    DataTable {
        caption: "Children and young people with a plan, 1 January: middle (8 in 10 futures)"
            .to_owned(),
        columns: numbers(
            "Where",
            januaries.iter().map(|year| format!("January {year}")),
        ),
        rows: rows.collect(),
    }
}

fn ended(figures: &Figures<'_>, years: &[i32]) -> DataTable {
    let reasons = figures.values(CEASED, "category").into_iter();
    let rows = reasons.filter_map(|reason| {
        let cells: Vec<_> = years
            .iter()
            .map(|&year| figures.base(CEASED, Part::Of("category", reason), year))
            .collect();
        let any = cells.iter().flatten().any(|summary| summary.mean >= 0.5);
        any.then(|| {
            std::iter::once(reason.to_owned())
                .chain(cells.into_iter().map(told))
                .collect()
        })
    });
    DataTable {
        caption: "Plans that end, by reason and calendar year: middle (8 in 10 futures)".to_owned(),
        columns: numbers("Reason", years.iter().map(i32::to_string)),
        rows: rows.collect(),
    }
}
