//! `report.html`: one page that a councillor can read, with every chart as a table too.
//!
//! In: results. Out: one file without scripts and without anything to fetch.
//! Deliberately not here: drawing (`chart/`), looks (`style.css`), the order of elements on the
//! page (`template.html`). A new section is one file and one line of [`render`].

mod adulthood;
mod alternative;
mod arrangements;
mod early;
mod exclusions;
mod growth;
mod headline;
mod joining;
mod method;
mod mix;
mod money;
mod money_parts;
mod nursing;
mod options;
mod page;
mod pathways;
mod places;
mod register;
mod services;
mod shares;
mod tables;
mod tested;
mod timeliness;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment};
use std::path::Path;

use super::effects::outlook;
use super::figures::Figures;
use super::words::counted;
use super::{ReportError, Results};
use crate::files::write_file;
use page::Page;

/// File name in the run folder.
pub(super) const NAME: &str = "report.html";

/// Writes the page.
pub(super) fn write(results: &Results, dir: &Path) -> Result<(), ReportError> {
    let path = dir.join(NAME);
    let page = render(results).map_err(|error| ReportError::write(&path, &error))?;
    write_file(&path, page.as_bytes()).map_err(|error| ReportError::write(&path, &error))
}

/// `10 years`, or `year`.
fn next(years: u32) -> String {
    if years == 1 {
        "year".to_owned()
    } else {
        counted(years as usize, "year")
    }
}

fn render(results: &Results) -> Result<String, minijinja::Error> {
    let figures = Figures::new(results);
    let sections = [
        Some(headline::section(&figures)),
        growth::section(&figures),
        mix::needs(&figures),
        mix::settings(&figures),
        mix::ages(&figures),
        joining::section(&figures),
        places::section(&figures),
        timeliness::section(&figures),
        services::section(&figures),
        nursing::section(&figures),
        early::section(&figures),
        money::section(&figures),
        exclusions::section(&figures),
        alternative::section(&figures),
        adulthood::section(&figures),
        pathways::section(&figures),
        arrangements::section(&figures),
        options::section(&figures),
        shares::section(&figures),
        Some(method::reading(&figures)),
        Some(method::limits(&figures)),
        Some(register::assumptions(results)),
        Some(register::sources(results)),
        register::findings(results),
        Some(register::run(results)),
    ];
    let page = Page {
        area: results.area.name.clone(),
        title: format!(
            "Education, health and care plans in {}: the next {}",
            results.area.name,
            next(results.years)
        ),
        lead: outlook(&figures),
        basis: format!(
            "Simulated from the published figures of January {}, in {}. An \
             education, health and care plan (EHC plan, here \u{201c}plan\u{201d}) sets out what a \
             child or young person of 0 to 25 with special educational needs must be given.",
            results.area.base_year,
            counted(results.runs, "possible future")
        ),
        cards: headline::cards(&figures),
        options: options::in_short(&figures),
        tested: tested::blocks(results),
        sections: sections.into_iter().flatten().collect(),
        version: env!("CARGO_PKG_VERSION"),
        style: include_str!("style.css"),
    };
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_syntax(
        SyntaxConfig::builder()
            .trim_blocks(true)
            .lstrip_blocks(true)
            .build()?,
    );

    environment.add_template("report.html", include_str!("../template.html"))?;
    environment.get_template("report.html")?.render(Serde(page))
}
