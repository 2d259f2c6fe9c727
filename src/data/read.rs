//! The order of reading: lookups, then newer releases before older ones.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::facts::Published;
use super::source::{Source, holds_published_files};
use super::{
    alternative_provision, appeals, arrangements, check, ehc_plans_2025, ehc_plans_before_2023,
    exclusions, high_needs, local_authority_tool, lookups, needs_and_reasons, nhs_waits,
    plan_process, population, school_census, special_schools,
};
use crate::files::{PlacedFinding, Problem, Problems};
use crate::finding::Finding;

/// Everything read from a folder of published files.
#[derive(Debug)]
pub struct Edition {
    /// The folder, as the user named it.
    pub source: PathBuf,
    /// The figures.
    pub published: Published,
    /// What was found on the way, and about which authority.
    pub findings: Vec<PlacedFinding>,
    /// SHA-256 of every file as read, by its key in the catalogue.
    pub hashes: BTreeMap<&'static str, String>,
}

/// Reads every published file under `dir`. Problems are findings: an error among them means that
/// figures are missing or wrong.
pub fn read(dir: &Path) -> Edition {
    if !holds_published_files(dir) {
        return nothing(dir);
    }
    let mut source = Source::open(dir);
    let mut published = Published::default();
    read_lookups(&mut source, &mut published);
    read_plans(&mut source, &mut published);
    read_process(&mut source, &mut published);
    read_people(&mut source, &mut published);
    read_schools(&mut source, &mut published);
    let mut problems = Problems::new(&source.path_of("new-plans-2025"));
    check::mend_new_plans(&mut published, &mut problems);
    let mut looks = Problems::new(dir);
    check::check(&published, &mut looks);
    let hashes = source.hashes();
    let mut findings = source.into_findings();
    findings.extend(problems.into_findings());
    // Rules that compare figures are about no one file.
    findings.extend(looks.into_findings().into_iter().map(|(about, finding)| {
        let location = None;
        (
            about,
            Finding {
                location,
                ..finding
            },
        )
    }));
    Edition {
        source: dir.to_path_buf(),
        published,
        findings,
        hashes,
    }
}

/// A folder without any of the files is one error, not one for each file.
fn nothing(dir: &Path) -> Edition {
    let mut problems = Problems::new(dir);
    problems.add(
        Problem::error(
            "no-published-files",
            "there is none of the published files here",
        )
        .hint("--source must name the folder that holds them, as listed in the guide's `data.md`"),
    );
    Edition {
        source: dir.to_path_buf(),
        published: Published::default(),
        findings: problems.into_findings(),
        hashes: BTreeMap::new(),
    }
}

fn read_lookups(source: &mut Source, published: &mut Published) {
    let authorities = &mut published.authorities;
    source.with_table("la-codes", |t, p| lookups::read_codes(t, authorities, p));
    source.with_table("la-population-codes", |t, p| {
        lookups::read_population_codes(t, authorities, p);
    });
    source.with_table("statistical-neighbours", |t, p| {
        lookups::read_neighbours(t, authorities, p);
    });
    source.with_table("la-to-icb", |t, p| lookups::read_icbs(t, authorities, p));
}

fn read_plans(source: &mut Source, published: &mut Published) {
    let Published {
        plans,
        new_plans,
        plan_needs,
        new_plan_needs,
        ceased,
        ..
    } = published;
    source.with_table("plans-2025", |t, p| ehc_plans_2025::read_plans(t, plans, p));
    source.with_table("new-plans-2025", |t, p| {
        ehc_plans_2025::read_new_plans(t, new_plans, p);
    });
    source.with_table("plan-needs-2025", |t, p| {
        needs_and_reasons::read_plan_needs(t, plan_needs, p);
    });
    source.with_table("new-plan-needs-2025", |t, p| {
        needs_and_reasons::read_new_plan_needs(t, new_plan_needs, p);
    });
    source.with_table("ceased-plans-2025", |t, p| {
        needs_and_reasons::read_ceased(t, ceased, p);
    });
    source.with_table("plans-by-age-2023", |t, p| {
        ehc_plans_before_2023::read_plans_2023(t, plans, p);
    });
    source.with_table("plans-by-age-2022", |t, p| {
        ehc_plans_before_2023::read_plans_2022(t, plans, p);
    });
    source.with_table("new-plans-by-age-2022", |t, p| {
        ehc_plans_before_2023::read_new_plans_2022(t, new_plans, p);
    });
    source.with_table("plans-by-placement-2022", |t, p| {
        ehc_plans_before_2023::read_placements_2022(t, plans, p);
    });
}

fn read_process(source: &mut Source, published: &mut Published) {
    let Published {
        authorities,
        requests,
        timeliness,
        reviews,
        appeals: tribunal,
        arrangements: arranged,
        ..
    } = published;
    source.with_table("requests-2025", |t, p| {
        plan_process::read_requests(t, requests, p);
    });
    source.with_table("assessments-2025", |t, p| {
        plan_process::read_assessments(t, requests, p);
    });
    source.with_table("timeliness-2025", |t, p| {
        plan_process::read_timeliness(t, timeliness, p);
    });
    source.with_table("annual-reviews-2025", |t, p| {
        plan_process::read_reviews(t, reviews, p);
    });
    source.with_table("personal-budgets-2025", |t, p| {
        arrangements::read_budgets(t, arranged, p);
    });
    source.with_table("work-based-2025", |t, p| {
        arrangements::read_work_based(t, arranged, p);
    });
    source.with_table("residential-2025", |t, p| {
        arrangements::read_residential(t, arranged, p);
    });
    source.with_table("management-2023", |t, p| {
        plan_process::read_management(t, [requests, timeliness], p);
    });
    source.with_table("appeals-2025", |t, p| {
        appeals::read(t, authorities, tribunal, p);
    });
}

fn read_people(source: &mut Source, published: &mut Published) {
    source.with_table("sen-needs-2023", |t, p| {
        school_census::read(t, published, p);
    });
    source.with_parquet("lait", |file, p| {
        local_authority_tool::read(file, published, p);
    });
    let Published {
        authorities,
        population: estimates,
        projection,
        under_18,
        ..
    } = published;
    source.with_table("population-estimates", |t, p| {
        population::read(t, authorities, estimates, p);
    });
    source.with_table("population-projections", |t, p| {
        population::read(t, authorities, projection, p);
    });
    source.with_table("population-under-18", |t, p| {
        population::read_under_18(t, under_18, p);
    });
}

fn read_schools(source: &mut Source, published: &mut Published) {
    let Published {
        authorities,
        exclusion_rates,
        exclusions: series,
        absence,
        high_needs: block,
        places,
        waiting_lists,
        alternative_provision: alternative,
        ..
    } = published;
    source.with_table("exclusion-rates", |t, p| {
        exclusions::read_rates(t, authorities, exclusion_rates, p);
    });
    source.with_table("exclusions-2017", |t, p| {
        exclusions::read_counts(t, authorities, series, p);
    });
    source.with_table("absence", |t, p| {
        exclusions::read_absence(t, authorities, absence, p);
    });
    source.with_table("alternative-provision-2023", |t, p| {
        alternative_provision::read_counts(t, alternative, p);
    });
    source.with_table("school-arranged-2023", |t, p| {
        alternative_provision::read_arranged(t, alternative, p);
    });
    source.with_table("dsg-allocations", |t, p| {
        high_needs::read_allocations(t, authorities, block, p);
    });
    source.with_table("dsg-balances", |t, p| {
        high_needs::read_balances(t, authorities, block, p);
    });
    source.with_table("high-needs-outturn", |t, p| {
        high_needs::read_outturn(t, authorities, block, p);
    });
    source.with_table("sen-services-outturn", |t, p| {
        high_needs::read_services(t, authorities, block, p);
    });
    for (year, block_key, deductions_key) in [
        (2020, "dsg-block-2020-21", "dsg-deductions-2020-21"),
        (2021, "dsg-block-2021-22", "dsg-deductions-2021-22"),
        (2022, "dsg-block-2022-23", "dsg-deductions-2022-23"),
        (2023, "dsg-block-2023-24", "dsg-deductions-2023-24"),
    ] {
        source.with_table(block_key, |t, p| {
            high_needs::read_import_export(t, year, authorities, block, p);
        });
        source.with_table(deductions_key, |t, p| {
            high_needs::read_deductions(t, year, authorities, places, p);
        });
    }
    source.with_table("nhs-waits", |t, p| nhs_waits::read(t, waiting_lists, p));
    source.with_table("special-school-capacity", |t, p| {
        special_schools::read_capacity(t, authorities, places, p);
    });
    source.with_table("derby-special-schools", |t, p| {
        special_schools::read_schools(t, places, p);
    });
}
