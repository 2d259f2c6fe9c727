//! Published figures as typed facts, for every authority and England.

use std::collections::BTreeMap;

use crate::area::{AbsenceRates, ExclusionRates, Places, WaitingList};
use crate::domain::{
    AgeGroup, AuthorityCode, CeaseReason, Observed, Phase, Place, PrimaryNeed, Setting, Sex,
};

/// The part of the population that a figure is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cut {
    /// Everyone.
    All,
    /// One of the five published age bands.
    AgeGroup(AgeGroup),
    /// A single year of age as published; `0` to `2` are published together and stand as age 2.
    Age(u8),
    /// Female or male.
    Sex(Sex),
    /// One placement.
    Setting(Setting),
    /// Whole years that the plan has been in place, 12 means 12 or more.
    YearsInPlace(u8),
    /// Age when the plan started (2 means 2 and under, 20 means 20 and over).
    AgeStarted(u8),
    /// School phase.
    Phase(Phase),
}

/// What is counted within the cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Item {
    /// The total.
    Total,
    /// Those in one placement.
    Setting(Setting),
    /// Those with one primary need.
    Need(PrimaryNeed),
    /// Those who ceased for one reason.
    Reason(CeaseReason),
}

/// Key of a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct FactKey {
    /// England or an authority.
    pub place: Place,
    /// January of a stock, calendar year of a flow.
    pub year: i32,
    /// Who.
    pub cut: Cut,
    /// What.
    pub item: Item,
}

/// One published data set.
#[derive(Debug, Clone, Default)]
pub struct Facts(BTreeMap<FactKey, Observed>);

impl Facts {
    /// Adds a cell. Cells of published placement columns that map to one setting are summed by the
    /// reader before they come here.
    pub fn insert(&mut self, key: FactKey, cell: Observed) -> Option<Observed> {
        self.0.insert(key, cell)
    }

    /// The cell, `NotAvailable` when the publication has no such row.
    pub fn cell(&self, place: Place, year: i32, cut: Cut, item: Item) -> Observed {
        let key = FactKey {
            place,
            year,
            cut,
            item,
        };
        self.0.get(&key).copied().unwrap_or(Observed::NotAvailable)
    }

    /// The number, if one was published.
    pub fn value(&self, place: Place, year: i32, cut: Cut, item: Item) -> Option<f64> {
        self.cell(place, year, cut, item).value()
    }

    /// Every fact in key order.
    pub fn iter(&self) -> impl Iterator<Item = (&FactKey, &Observed)> {
        self.0.iter()
    }

    /// Every fact of one place, in key order.
    pub fn iter_place(&self, place: Place) -> impl Iterator<Item = (&FactKey, &Observed)> {
        let at = |year| FactKey {
            place,
            year,
            cut: Cut::All,
            item: Item::Total,
        };
        self.0.range(at(i32::MIN)..at(i32::MAX))
    }

    /// Every fact of one place and year, in key order.
    pub fn of(&self, place: Place, year: i32) -> impl Iterator<Item = (&FactKey, &Observed)> {
        let at = |cut, item| FactKey {
            place,
            year,
            cut,
            item,
        };
        let last = Item::Reason(CeaseReason::LeftEngland);
        self.0
            .range(at(Cut::All, Item::Total)..=at(Cut::Phase(Phase::Post16), last))
    }

    /// Adds a cell of an older release, unless a newer one gave it. Returns the newer number when
    /// the two differ.
    pub fn insert_older(&mut self, key: FactKey, older: Observed) -> Option<f64> {
        let newer = self.0.get(&key).copied().unwrap_or(Observed::NotAvailable);
        match (newer.value(), older.value()) {
            (Some(newer), Some(older)) if (newer - older).abs() > 1e-9 => Some(newer),
            (Some(_), _) => None,
            (None, _) => {
                self.0.insert(key, older);
                None
            }
        }
    }

    /// Keeps the facts of the years for which `keep` holds.
    pub fn retain_years(&mut self, keep: impl Fn(i32) -> bool) {
        self.0.retain(|key, _| keep(key.year));
    }
}

/// Key of a cell in a [`Series`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct SeriesKey {
    /// England or an authority.
    pub place: Place,
    /// Calendar year of a flow, first year of a financial or academic year.
    pub year: i32,
    /// What is measured, for example `requests_refused`.
    pub measure: &'static str,
    /// Who.
    pub cut: Cut,
}

/// Published series of several measures.
#[derive(Debug, Clone, Default)]
pub struct Series(BTreeMap<SeriesKey, Observed>);

impl Series {
    /// Adds a cell, returning the one that stood under the key.
    pub fn insert(&mut self, key: SeriesKey, cell: Observed) -> Option<Observed> {
        self.0.insert(key, cell)
    }

    /// The cell, `NotAvailable` when the publication has none.
    pub fn cell(&self, place: Place, year: i32, measure: &'static str, cut: Cut) -> Observed {
        let key = SeriesKey {
            place,
            year,
            measure,
            cut,
        };
        self.0.get(&key).copied().unwrap_or(Observed::NotAvailable)
    }

    /// Adds a cell of an older release, unless a newer one gave it. Returns the newer number when
    /// the two differ.
    pub fn insert_older(&mut self, key: SeriesKey, older: Observed) -> Option<f64> {
        let newer = self.0.get(&key).copied().unwrap_or(Observed::NotAvailable);
        match (newer.value(), older.value()) {
            (Some(newer), Some(older)) if (newer - older).abs() > 0.06 => Some(newer),
            (Some(_), _) => None,
            (None, _) => {
                self.0.insert(key, older);
                None
            }
        }
    }

    /// Every cell of one place, in key order.
    pub fn of(&self, place: Place) -> impl Iterator<Item = (&SeriesKey, &Observed)> {
        let at = |year| SeriesKey {
            place,
            year,
            measure: "",
            cut: Cut::All,
        };
        self.0.range(at(i32::MIN)..at(i32::MAX))
    }

    /// Keeps the cells of the years for which `keep` holds.
    pub fn retain_years(&mut self, keep: impl Fn(i32) -> bool) {
        self.0.retain(|key, _| keep(key.year));
    }
}

/// One education authority in the statistics.
#[derive(Debug, Clone)]
pub struct Authority {
    /// DfE code.
    pub code: AuthorityCode,
    /// Name.
    pub name: String,
    /// GSS code in the newest SEN2 release.
    pub gss: String,
    /// Every GSS code that publications use for it.
    pub gss_codes: Vec<String>,
    /// Region's GSS code and name.
    pub region_code: String,
    /// Region's name.
    pub region_name: String,
    /// First and last January with plans under this code.
    pub first_january: i32,
    /// Last January with plans under this code.
    pub last_january: i32,
    /// GSS codes whose population adds up to the authority's.
    pub population_codes: Vec<String>,
    /// Ten statistical neighbours, nearest first.
    pub neighbours: Vec<AuthorityCode>,
    /// NHS integrated care boards, as named in the lookup, the largest part first.
    pub icbs: Vec<String>,
    /// Abolished authorities whose areas this one took over, wholly or in part.
    pub predecessors: Vec<AuthorityCode>,
}

/// A population figure: persons by single year of age last birthday and sex at mid-year (30 June).
pub type PopulationKey = (Place, i32, u8, Sex);

/// Everything read from the published files, before any modelling.
#[derive(Debug, Clone, Default)]
pub struct Published {
    /// Authorities by DfE code, the abolished ones included.
    pub authorities: BTreeMap<AuthorityCode, Authority>,
    /// Statements and EHC plans each January, 2010 on: `All`, `AgeGroup`, `Age`, `Sex`,
    /// `YearsInPlace`, `AgeStarted`, each by `Total` and (from 2019; single ages from 2024) `Setting`.
    pub plans: Facts,
    /// Primary need of plans, January 2025: `All`, `Age`, `Sex`, `Setting`, `YearsInPlace` by `Need`.
    pub plan_needs: Facts,
    /// New plans in calendar years, 2009 on: `All`, `AgeGroup`, then from 2022 `Age`, `Sex`.
    pub new_plans: Facts,
    /// Primary need of new plans in 2024: `All`, `AgeStarted`, `Sex`, `Setting` by `Need`.
    pub new_plan_needs: Facts,
    /// Ceased plans in calendar years, 2022 on: `All`, `Age` (20 means 20 and over), `Sex`,
    /// `Setting` by `Reason`.
    pub ceased: Facts,
    /// Mid-year population estimates, 2000 on.
    pub population: BTreeMap<PopulationKey, f64>,
    /// 2018-based principal projection, mid-2018 on.
    pub projection: BTreeMap<PopulationKey, f64>,
    /// Persons aged 0 to 17 at mid-year, a year later than the single-age estimates.
    pub under_18: BTreeMap<(Place, i32), f64>,
    /// Percentage of pupils on SEN support each January: `All` and `Phase`.
    pub sen_support_percent: Facts,
    /// Percentage of pupils with an EHC plan each January: `All` and `Phase`.
    pub ehc_pupils_percent: Facts,
    /// Pupils with SEN (support and plans together) by phase × need, January 2023, in schools in
    /// the authority: cut `Phase`, item `Need`; special, AP and nursery schools are kept apart in
    /// `sen_pupils_special`.
    pub sen_pupils: Facts,
    /// The same in special schools of the authority, by `Cut::Setting`: state-funded and
    /// non-maintained.
    pub sen_pupils_special: Facts,
    /// Boys among `sen_pupils`.
    pub sen_boys: Facts,
    /// The same in alternative provision schools (`Cut::All`). Nursery schools stand in
    /// `sen_pupils` under `Phase::EarlyYears`.
    pub sen_pupils_ap: Facts,
    /// Requests for an assessment, assessments, mediation and tribunals, calendar years:
    /// `All`, and `Age` from 2023.
    pub requests: Series,
    /// Plans issued by time taken, calendar years: `All`, and `Age` from 2023.
    pub timeliness: Series,
    /// Annual reviews in 2024: `All`, `Age`, `Setting`.
    pub reviews: Series,
    /// Personal budgets, learning at work and residential placements by January: `All`, and `Age`,
    /// `Sex` and `Setting` from 2024 or 2025.
    pub arrangements: Series,
    /// Appeals to the SEND tribunal, calendar years from 2014.
    pub appeals: Series,
    /// High needs block, its deductions and the DSG balance, financial years (first year).
    pub high_needs: Series,
    /// Exclusion rates by school type over all pupils, and counts to 2016/17, academic years.
    pub exclusions: Series,
    /// Pupils of alternative provision schools and placements outside schools, Januaries.
    pub alternative_provision: Series,
    /// Exclusion rates by term, school type and SEN status.
    pub exclusion_rates: BTreeMap<Place, Vec<ExclusionRates>>,
    /// Absence by primary need.
    pub absence: BTreeMap<Place, Vec<AbsenceRates>>,
    /// Waiting lists by integrated care board; `England` among them.
    pub waiting_lists: BTreeMap<String, Vec<WaitingList>>,
    /// Special schools, capacity and directly funded places.
    pub places: BTreeMap<Place, Vec<Places>>,
}

impl Published {
    /// Name of an authority; its code where the lookups do not know it.
    pub fn name_of(&self, code: AuthorityCode) -> String {
        let found = self.authorities.get(&code);
        found.map_or_else(|| format!("authority {code}"), |a| a.name.clone())
    }

    /// Authorities that exist in a January, in code order.
    pub fn authorities_in(&self, january: i32) -> impl Iterator<Item = &Authority> {
        self.authorities
            .values()
            .filter(move |a| a.first_january <= january && january <= a.last_january)
    }
}
