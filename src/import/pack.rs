//! One authority's pack from everything published.

use std::path::Path;

use super::Imported;
use super::accounts::plan_accounts;
use super::history::{crosses, margins, series};
use super::vintage::Vintage;
use super::{arrangements, neet, place_groups, reports, residents};
use crate::area::{
    AreaManifest, AreaPack, FindingRow, PackSource, PopulationErrorRow, SCHEMA, WaitingList,
};
use crate::backtest::PastForecasts;
use crate::data::catalogue::{LICENCE, publications};
use crate::data::facts::{Authority, Cut, PopulationKey, Published};
use crate::data::{Edition, board_key};
use crate::domain::{AuthorityCode, Place};
use crate::estimate::Peers;
use crate::files::Problems;
use crate::finding::{Finding, Location};
use crate::fit::{base_plans, base_sen_support, plan_residuals};
use crate::forecast::{Outlook, Panel};

/// What all packs of one import share.
pub(super) struct Context<'a> {
    pub(super) edition: &'a Edition,
    pub(super) vintage: Vintage,
    pub(super) peers: &'a Peers,
    pub(super) population_error: &'a [PopulationErrorRow],
    pub(super) panel: &'a Panel,
    pub(super) outlook: &'a Outlook,
    pub(super) past: &'a PastForecasts,
}

/// Builds the pack of one authority.
pub(super) fn build(context: &Context<'_>, code: AuthorityCode) -> Imported {
    let published = &context.edition.published;
    let authority = &published.authorities[&code];
    let mut problems = Problems::new(Path::new(""));
    let mut pack = AreaPack::empty(manifest(context, authority));
    residents::fill(&mut pack, context, authority, &mut problems);
    fill_plans(&mut pack, context, code);
    let fitted = fill_base_stocks(&mut pack, published, code);
    fill_context(&mut pack, context, authority);
    place_groups::fill(&mut pack);
    fill_evidence(&mut pack, context, code);
    reports::boundaries(authority, published, &mut problems);
    reports::boards(authority, &mut problems);
    reports::known_faults(authority, context.vintage, &mut problems);
    context.vintage.report(&mut problems);
    let findings = findings(context, code, problems, fitted);
    let source = &context.edition.source;
    pack.findings = findings
        .iter()
        .map(|finding| finding_row(finding, source))
        .collect();
    Imported { pack, findings }
}

fn manifest(context: &Context<'_>, authority: &Authority) -> AreaManifest {
    let published = &context.edition.published;
    let name_of = |code: &AuthorityCode| Some(published.authorities.get(code)?.name.clone());
    AreaManifest {
        schema: SCHEMA,
        name: authority.name.clone(),
        new_la_code: authority.gss.clone(),
        old_la_code: authority.code.0,
        region_code: authority.region_code.clone(),
        region_name: authority.region_name.clone(),
        base_year: context.vintage.base_year,
        integrated_care_board: authority.icbs.first().cloned().unwrap_or_default(),
        share_of_board: share_of_board(published, authority),
        statistical_neighbours: authority.neighbours.iter().filter_map(name_of).collect(),
        source: sources(context.edition),
    }
}

fn sources(edition: &Edition) -> Vec<PackSource> {
    publications()
        .into_iter()
        .map(|publication| PackSource {
            key: publication.key.to_owned(),
            title: publication.title.to_owned(),
            publisher: publication.publisher.to_owned(),
            release: publication.release.to_owned(),
            licence: LICENCE.to_owned(),
            retrieved: "not recorded".to_owned(),
            sha256: edition
                .hashes
                .get(publication.key)
                .cloned()
                .unwrap_or_default(),
            tables: publication.tables.iter().map(ToString::to_string).collect(),
        })
        .collect()
}

fn fill_plans(pack: &mut AreaPack, context: &Context<'_>, code: AuthorityCode) {
    let published = &context.edition.published;
    let place = Place::Authority(code);
    let vintage = context.vintage;
    let (stocks, flows) = (vintage.stocks(), vintage.flows());
    let by_age = |cut| matches!(cut, Cut::Age(_));
    pack.ehc_plans_history = margins(&published.plans, place, "plans", &stocks);
    pack.ehc_plans_history.extend(margins(
        &published.plan_needs,
        place,
        "plans_with_need",
        &stocks,
    ));
    pack.ehc_plans_by_age_setting = crosses(&published.plans, place, &stocks, by_age);
    pack.ehc_plan_needs = crosses(&published.plan_needs, place, &stocks, |_| true);
    pack.new_plans = margins(&published.new_plans, place, "new_plans", &flows);
    pack.new_plans_by_age_setting = crosses(&published.new_plans, place, &flows, by_age);
    pack.new_plan_needs = crosses(&published.new_plan_needs, place, &flows, |_| true);
    pack.ceased_plans = margins(&published.ceased, place, "ceased_plans", &flows);
    pack.ceased_plan_reasons = crosses(&published.ceased, place, &flows, |cut| {
        matches!(cut, Cut::Age(_) | Cut::Setting(_))
    });
    pack.plan_accounts = plan_accounts(published, code, vintage);
    pack.requests = series(&published.requests, place, &flows);
    pack.timeliness = series(&published.timeliness, place, &flows);
    pack.annual_reviews = series(&published.reviews, place, &flows);
    pack.appeals = series(&published.appeals, place, &flows);
}

/// Children at the base date by age, sex, need and setting, fitted to the published margins.
fn fill_base_stocks(
    pack: &mut AreaPack,
    published: &Published,
    code: AuthorityCode,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    let base_year = pack.manifest.base_year;
    pack.ehc_plans = base_plans(published, code, base_year, &mut findings);
    let support = base_sen_support(
        published,
        code,
        base_year,
        &pack.ehc_plans,
        &pack.population,
        &mut findings,
    );
    pack.sen_support = support.rows;
    pack.base_stock_residuals = plan_residuals(published, code, base_year, &pack.ehc_plans);
    pack.base_stock_residuals.extend(support.residuals);
    findings
}

fn fill_context(pack: &mut AreaPack, context: &Context<'_>, authority: &Authority) {
    let published = &context.edition.published;
    let place = Place::Authority(authority.code);
    let vintage = context.vintage;
    let stocks = vintage.stocks();
    let academic = |year| vintage.has_academic_year(year);
    pack.sen_pupils = margins(
        &published.sen_support_percent,
        place,
        "sen_support_percent",
        &stocks,
    );
    pack.sen_pupils.extend(margins(
        &published.ehc_pupils_percent,
        place,
        "ehc_pupils_percent",
        &stocks,
    ));
    pack.sen_pupils.extend(margins(
        &published.sen_pupils_special,
        place,
        "special_school_pupils",
        &stocks,
    ));
    pack.sen_pupils
        .extend(series(&published.alternative_provision, place, &stocks));
    pack.sen_pupil_needs = crosses(&published.sen_pupils, place, &stocks, |_| true);
    pack.exclusions = series(&published.exclusions, place, academic);
    let rates = published.exclusion_rates.get(&place).into_iter().flatten();
    pack.exclusion_rates = rates.filter(|row| academic(row.year)).cloned().collect();
    let absence = published.absence.get(&place).into_iter().flatten();
    pack.absence = absence.filter(|row| academic(row.year)).cloned().collect();
    pack.arrangements = arrangements::rows(published, authority.code, vintage);
    pack.high_needs = series(&published.high_needs, place, |year| {
        vintage.has_financial_year(year)
    });
    let places = published.places.get(&place).into_iter().flatten();
    pack.places = places
        .filter(|row| vintage.has_financial_year(row.year))
        .cloned()
        .collect();
    pack.nhs_waits = waiting_lists(published, authority, vintage);
}

/// Share of the residents of 0 to 17 of an authority's first board who live in the authority, at the
/// newest estimate: authorities count wholly to their first board.
fn share_of_board(published: &Published, authority: &Authority) -> f64 {
    let Some(newest) = published.population.keys().map(|key| key.1).max() else {
        return 1.0;
    };
    let children = |code: AuthorityCode| -> f64 {
        let of_place = |(place, year, age, _): &PopulationKey| {
            *place == Place::Authority(code) && *year == newest && *age < 18
        };
        let figures = published.population.iter();
        figures
            .filter(|(key, _)| of_place(key))
            .map(|(_, persons)| persons)
            .sum()
    };
    let is_current = |other: &&Authority| other.last_january >= authority.last_january;
    let others = published.authorities.values().filter(is_current);
    let all: f64 = others
        .filter(|other| other.icbs.first() == authority.icbs.first())
        .map(|other| children(other.code))
        .sum();
    let own = children(authority.code);
    // Three places: an address for outside children, not a measurement.
    if own > 0.0 && all >= own {
        (1_000.0 * own / all).round() / 1_000.0
    } else {
        1.0
    }
}

/// Lists of the authority's boards, named as in the lookup whatever the month's capitals.
fn waiting_lists(
    published: &Published,
    authority: &Authority,
    vintage: Vintage,
) -> Vec<WaitingList> {
    let mut rows = Vec::new();
    for board in &authority.icbs {
        let lists = published.waiting_lists.get(&board_key(board));
        for list in lists.into_iter().flatten() {
            let year = list
                .month
                .rsplit(' ')
                .next()
                .and_then(|year| year.parse().ok());
            if year.is_some_and(|year| vintage.has_flows_of(year)) {
                rows.push(WaitingList {
                    board: board.clone(),
                    ..list.clone()
                });
            }
        }
    }
    rows
}

fn fill_evidence(pack: &mut AreaPack, context: &Context<'_>, code: AuthorityCode) {
    if let Some(evidence) = context.peers.evidence(&context.edition.published, code) {
        pack.rate_evidence = evidence.rates;
        pack.joining_index = evidence.joining_index;
        pack.estimates = evidence.estimates;
    }
    let members = &context.panel.members;
    let position = members.iter().position(|member| member.code == code);
    let outlook = position.and_then(|position| context.outlook.area(position));
    pack.outlook = outlook.map_or_else(Vec::new, |outlook| outlook.to_rows());
    let neighbours = &context.edition.published.authorities[&code].neighbours;
    let neighbours: Vec<usize> = (0..members.len())
        .filter(|&member| neighbours.contains(&members[member].code))
        .collect();
    pack.tested = position.map_or_else(Vec::new, |area| context.past.rows(area, &neighbours));
}

/// Findings of the files and of this authority, then those of the import.
fn findings(
    context: &Context<'_>,
    code: AuthorityCode,
    problems: Problems,
    fitted: Vec<Finding>,
) -> Vec<Finding> {
    let of_files = context.edition.findings.iter();
    let mut findings: Vec<Finding> = of_files
        .filter(|(about, _)| about.is_none_or(|about| about == code))
        .map(|(_, finding)| finding.clone())
        .collect();
    let own = problems
        .into_findings()
        .into_iter()
        .map(|(_, finding)| Finding {
            location: None,
            ..finding
        });
    findings.extend(own);
    findings.extend(fitted);
    let january = context.vintage.base_year;
    findings.extend(neet::finding(&context.edition.published, code, january));
    findings.sort_by(|left, right| {
        (left.severity, left.check, &left.message).cmp(&(
            right.severity,
            right.check,
            &right.message,
        ))
    });
    findings
}

/// A row of `findings.csv`; files are named from the source folder on.
fn finding_row(finding: &Finding, source: &Path) -> FindingRow {
    let place = finding.location.as_ref().map(|location| {
        let file = location.file.strip_prefix(source).unwrap_or(&location.file);
        let inside = Location {
            file: file.to_path_buf(),
            ..location.clone()
        };
        inside.to_string()
    });
    FindingRow {
        severity: finding.severity.label().to_owned(),
        check: finding.check.to_owned(),
        place: place.unwrap_or_default(),
        message: finding.message.clone(),
        consequence: finding.hint.clone().unwrap_or_default(),
    }
}
