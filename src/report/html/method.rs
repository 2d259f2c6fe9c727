//! How to read the page, and what it cannot tell.

use super::page::{Block, Section};
use crate::report::figures::Figures;
use crate::report::words::counted;

/// How to read ranges and frequencies.
pub(super) fn reading(figures: &Figures<'_>) -> Section {
    let runs = counted(figures.results.runs, "possible future");
    let items = [
        format!(
            "The area is simulated child by child in {runs}. In each, rates that are not known for \
             sure are drawn anew from what the record allows, and chance plays out afresh."
        ),
        "A range such as \u{201c}8 in 10 futures: 4,100 to 5,200\u{201d} means: of ten futures, \
         one lies below it, one above, eight within. Plan for the range, not for its middle."
            .to_owned(),
        "Ranges of parts do not add up to the range of the whole, because the parts are not high \
         or low together. Averages do add up."
            .to_owned(),
        "The text rounds as far as the range allows. The tables give whole numbers, and \
         indicators.csv in the same folder every figure in full."
            .to_owned(),
        "A difference between options is taken future by future. \u{201c}In 94 of 100 simulated \
         futures there are fewer plans\u{201d} speaks about the direction, not about the size."
            .to_owned(),
    ];
    Section {
        id: "reading",
        heading: "How to read this".to_owned(),
        blocks: vec![Block::List {
            items: items.to_vec(),
        }],
    }
}

/// What the figures leave out.
pub(super) fn limits(figures: &Figures<'_>) -> Section {
    let mut blocks = vec![Block::List {
        items: [
            "It does not foresee decisions. New law, funding or local policy is in the figures \
             only where an option says so.",
            "The ranges hold what the record and the stated assumptions make possible. A change \
             without precedent can lie outside them.",
            "Effects of options rest on the sources named in each scenario; many come from other \
             places and other years.",
            "Small groups vary by chance: read needs and settings with few children as an order \
             of magnitude.",
            "Published figures have breaks and errors. Those that were found are listed below.",
        ]
        .map(str::to_owned)
        .to_vec(),
    }];
    for option in figures.options() {
        if !option.not_modelled.is_empty() {
            let heading = format!("Left out of \u{201c}{}\u{201d}", option.told());
            blocks.push(Block::heading(heading));
            blocks.push(Block::List {
                items: option.not_modelled.clone(),
            });
        }
    }
    Section {
        id: "limits",
        heading: "What this cannot tell".to_owned(),
        blocks,
    }
}
