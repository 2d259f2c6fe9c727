//! Scenarios, or parts of them, that a run would not feel: refused where nothing of them would move.

use super::Failure;
use crate::area::AreaPack;
use crate::arrangements::Arrangements;
use crate::domain::Date;
use crate::finding::{Finding, Severity};
use crate::money::FIRST_BASE_YEAR;
use crate::nearest::did_you_mean;
use crate::scenario::Scenario;
use crate::services::Services;
use crate::study::NewPlans;

/// Refuses options that would change a number which this run does not use.
pub(super) fn refuse_what_moves_nothing(
    scenarios: &[Scenario],
    new_plans: NewPlans,
    pack: &AreaPack,
) -> Result<(), Failure> {
    let refused = |check, scenario: &Scenario, path: &str, why: &str, hint: &str| {
        let name = &scenario.name;
        let message = format!("`{name}` changes `{path}`, {why}");
        Err(Failure::input(check, message, Some(hint.to_owned())))
    };
    let services = Services::new(pack, pack.manifest.base_year, 1);
    for scenario in scenarios {
        if let (NewPlans::Forecast, Some(path)) = (new_plans, scenario.changes_under("process.")) {
            let why = "which plans at the forecast's rates do not use";
            let hint = "leave `--new-plans forecast` out";
            return refused("process-left-out", scenario, path, why, hint);
        }
        if let Some(path) = Arrangements::without_effect(pack, scenario) {
            let why = "but the area's `arrangements.csv` has none of it by age band or setting";
            let hint = "personal budgets and residential placements are published by group from \
                        January 2024, learning at work from January 2025";
            return refused("not-published", scenario, path, why, hint);
        }
        if let Some((path, locality, known)) = services.unknown_locality(scenario) {
            let why = format!("but the area has no locality `{locality}` of that service");
            let hint = if known.is_empty() {
                "its pack keeps that service in one: give its localities in `localities.csv`, or leave \
                 the locality out"
                    .to_owned()
            } else {
                did_you_mean(locality, "its localities are", known)
            };
            return refused("no-such-locality", scenario, path, &why, &hint);
        }
        match services.without_effect(scenario) {
            Some((path, true)) => {
                let why =
                    "but the area's `nhs_waits.csv` has no list of that service by weeks waited";
                let hint = "add the list to the area pack, under the name that \
                            `scenarios/services/catalogue.csv` gives it";
                return refused("no-waiting-list", scenario, path, why, hint);
            }
            Some((path, false)) => {
                let why = "but the area's `nhs_waits.csv` has a list of that service, which \
                           takes the place of that number";
                let hint = "change `services.referrals.NAME` or `services.capacity.NAME`";
                return refused("published-list", scenario, path, why, hint);
            }
            None => {}
        }
    }
    Ok(())
}

/// Refuses options of which this run leaves everything out.
pub(super) fn refuse_what_is_beside(scenarios: &[Scenario]) -> Result<(), Failure> {
    for scenario in scenarios {
        let mut paths = scenario.paths();
        if let Some(path) = paths.next().filter(|path| is_beside(path))
            && paths.all(is_beside)
        {
            let name = &scenario.name;
            let message = format!("`{name}` changes `{path}`, which this run leaves out");
            let hint = "leave `--beside nothing` out".to_owned();
            return Err(Failure::input("beside-left-out", message, Some(hint)));
        }
    }
    Ok(())
}

/// Whether a number acts only on what is worked out beside children, plans and places: requests follow
/// the wait for paediatrics.
fn is_beside(path: &str) -> bool {
    const BESIDE: [&str; 6] = [
        "money.",
        "arrangements.",
        "alternative-provision.",
        "absence.",
        "community-nursing.",
        "services.",
    ];
    let is_felt = path.ends_with("community-paediatrics");
    BESIDE.iter().any(|of| path.starts_with(of)) && !is_felt
}

/// Says of a scenario that a part of it, or all, is not felt in a run of so many years.
pub(super) fn unfelt(scenario: &Scenario, base_year: i32, years: i32) -> Option<Finding> {
    let (base, end) = (Date::january(base_year), Date::january(base_year + years));
    let warning = |check, message, hint: &str| {
        Some(Finding {
            check,
            severity: Severity::Warning,
            location: None,
            message,
            hint: Some(hint.to_owned()),
        })
    };
    let name = &scenario.name;
    if !scenario.actions.is_empty() && scenario.effective_changes(base, end).is_empty() {
        let message = format!("`{name}` changes nothing before {end}, the end of this run");
        return warning(
            "not-felt",
            message,
            "give more `--years`, date it earlier, or give it a size that is not 0",
        );
    }
    if let (true, Some(path)) = (
        base_year < FIRST_BASE_YEAR,
        scenario.changes_under("money."),
    ) {
        let message = format!("`{name}` changes `{path}`, and this run tells no money");
        let hint = format!("prices are known for base years from {FIRST_BASE_YEAR} on");
        return warning("no-money", message, &hint);
    }
    None
}
