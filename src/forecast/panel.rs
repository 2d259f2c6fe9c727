//! Plans, new plans and population of every authority by year, as forecasting needs them.

use crate::data::facts::{Authority, Cut, Item, Published};
use crate::domain::{self, AGES, AgeGroup, AuthorityCode, Setting, Sex};

/// First January of the series.
pub const FIRST_JANUARY: i32 = 2010;
/// Last January of the series.
pub const LAST_JANUARY: i32 = 2025;
/// First mid-year of the population series.
const FIRST_MID_YEAR: i32 = 2000;

/// Number of age bands.
pub const BANDS: usize = AgeGroup::COUNT;

/// A number for each of the five published age bands.
pub type ByBand = [f64; BANDS];

/// A kind of place whose share of all plans is followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Mainstream schools, their bases included.
    Mainstream,
    /// Special schools of any kind.
    Special,
}

impl Place {
    const ALL: [Self; 2] = [Self::Mainstream, Self::Special];

    const fn holds(self, setting: Setting) -> bool {
        match self {
            Self::Mainstream => matches!(
                setting,
                Setting::Mainstream
                    | Setting::ResourcedProvision
                    | Setting::SenUnit
                    | Setting::IndependentMainstream
            ),
            Self::Special => setting.is_special_school(),
        }
    }
}

/// The series of one authority.
#[derive(Debug, Clone)]
pub struct Member {
    /// DfE code.
    pub code: AuthorityCode,
    /// GSS code.
    pub gss: String,
    /// Name.
    pub name: String,
    /// Positions in the panel of its statistical neighbours.
    pub neighbours: Vec<usize>,
    /// Positions in the panel of the other authorities of its region.
    pub region: Vec<usize>,
    totals: Vec<Option<f64>>,
    bands: Vec<Option<ByBand>>,
    new_totals: Vec<Option<f64>>,
    new_bands: Vec<Option<ByBand>>,
    population: Vec<Option<[f64; AGES]>>,
    requests: Vec<Option<f64>>,
    refused: Vec<Option<f64>>,
    shares: [Vec<Option<f64>>; Place::ALL.len()],
}

impl Member {
    /// Requests for an assessment in a calendar year.
    pub fn requests(&self, year: i32) -> Option<f64> {
        at(&self.requests, year - FIRST_JANUARY + 1)
    }

    /// Log of requests not refused (agreed, undecided or withdrawn) per new plan of a calendar year.
    pub fn log_requests_per_new_plan(&self, year: i32) -> Option<f64> {
        let refused = at(&self.refused, year - FIRST_JANUARY + 1)?;
        let kept = self.requests(year)? - refused;
        let new = self.new_total(year)?;
        (kept > 0.0 && new > 0.0).then(|| libm::log(kept / new))
    }

    /// Share of all plans that are in a kind of place on a 1 January.
    pub fn share(&self, place: Place, january: i32) -> Option<f64> {
        at(&self.shares[place as usize], january - FIRST_JANUARY)
    }

    /// Plans on a 1 January.
    pub fn total(&self, january: i32) -> Option<f64> {
        at(&self.totals, january - FIRST_JANUARY)
    }

    /// Plans by age band on a 1 January; `None` where they were not published or make up less than
    /// 90% of the total.
    pub fn bands(&self, january: i32) -> Option<ByBand> {
        at(&self.bands, january - FIRST_JANUARY)
    }

    /// New plans of a calendar year.
    pub fn new_total(&self, year: i32) -> Option<f64> {
        at(&self.new_totals, year - FIRST_JANUARY + 1)
    }

    /// New plans of a calendar year by age band.
    pub fn new_bands(&self, year: i32) -> Option<ByBand> {
        at(&self.new_bands, year - FIRST_JANUARY + 1)
    }

    /// Mid-year residents by single age.
    pub fn population(&self, year: i32) -> Option<&[f64; AGES]> {
        let index = usize::try_from(year - FIRST_MID_YEAR).ok()?;
        self.population.get(index)?.as_ref()
    }

    /// Whether the totals run unbroken from 2010 to a January.
    pub fn is_unbroken_to(&self, january: i32) -> bool {
        (FIRST_JANUARY..=january).all(|year| self.total(year).is_some())
    }
}

fn at<T: Copy>(series: &[Option<T>], index: i32) -> Option<T> {
    usize::try_from(index)
        .ok()
        .and_then(|index| series.get(index).copied().flatten())
}

/// The series of every authority that stands today, in code order.
#[derive(Debug, Clone)]
pub struct Panel {
    /// Authorities.
    pub members: Vec<Member>,
}

impl Panel {
    /// Arranges published figures.
    pub fn new(published: &Published) -> Self {
        let authorities: Vec<&Authority> = published.authorities_in(LAST_JANUARY).collect();
        let positions = |is_wanted: &dyn Fn(&Authority) -> bool| -> Vec<usize> {
            (0..authorities.len())
                .filter(|&other| is_wanted(authorities[other]))
                .collect()
        };
        let members = authorities
            .iter()
            .map(|authority| {
                let place = domain::Place::Authority(authority.code);
                let stock = |year, cut| published.plans.value(place, year, cut, Item::Total);
                let new = |year, cut| published.new_plans.value(place, year, cut, Item::Total);
                let januaries = FIRST_JANUARY..=LAST_JANUARY;
                let years = FIRST_JANUARY - 1..LAST_JANUARY;
                let requests = |measure: &'static str| -> Vec<Option<f64>> {
                    let of = |year| published.requests.cell(place, year, measure, Cut::All);
                    years.clone().map(|year| of(year).value()).collect()
                };
                let share = |kind: Place, january: i32, total: Option<f64>| -> Option<f64> {
                    let settings = Setting::ALL.into_iter().filter(|s| kind.holds(*s));
                    let plans: Vec<f64> = settings
                        .filter_map(|setting| {
                            let item = Item::Setting(setting);
                            published.plans.value(place, january, Cut::All, item)
                        })
                        .collect();
                    (!plans.is_empty())
                        .then(|| plans.iter().sum::<f64>() / total.unwrap_or(f64::NAN))
                };
                let totals: Vec<Option<f64>> = januaries
                    .clone()
                    .map(|year| stock(year, Cut::All))
                    .collect();
                let bands = januaries
                    .zip(&totals)
                    .map(|(year, total)| {
                        let bands = by_band(|cut| stock(year, cut))?;
                        (bands.iter().sum::<f64>() >= 0.9 * (*total)?).then_some(bands)
                    })
                    .collect();
                let shares = Place::ALL.map(|kind| {
                    (FIRST_JANUARY..=LAST_JANUARY)
                        .zip(&totals)
                        .map(|(january, total)| share(kind, january, *total))
                        .map(|share| share.filter(|share| share.is_finite()))
                        .collect()
                });
                Member {
                    shares,
                    requests: requests("requests"),
                    refused: requests("requests_refused"),
                    code: authority.code,
                    gss: authority.gss.clone(),
                    name: authority.name.clone(),
                    neighbours: positions(&|other| authority.neighbours.contains(&other.code)),
                    region: positions(&|other| {
                        other.region_name == authority.region_name && other.code != authority.code
                    }),
                    totals,
                    bands,
                    new_totals: years.clone().map(|year| new(year, Cut::All)).collect(),
                    new_bands: years.map(|year| by_band(|cut| new(year, cut))).collect(),
                    population: (FIRST_MID_YEAR..LAST_JANUARY)
                        .map(|year| mid_year(published, place, year))
                        .collect(),
                }
            })
            .collect();
        Self { members }
    }
}

/// Bands as published, or summed from single ages; `None` where neither gives a number.
fn by_band(value: impl Fn(Cut) -> Option<f64>) -> Option<ByBand> {
    let bands = AgeGroup::ALL.map(|band| {
        value(Cut::AgeGroup(band)).or_else(|| {
            let ages: Vec<f64> = band.ages().filter_map(|age| value(Cut::Age(age))).collect();
            (!ages.is_empty()).then(|| ages.iter().sum())
        })
    });
    bands
        .iter()
        .any(Option::is_some)
        .then(|| bands.map(|band| band.unwrap_or(0.0)))
}

fn mid_year(published: &Published, place: domain::Place, year: i32) -> Option<[f64; AGES]> {
    let mut ages = [0.0; AGES];
    for (age, persons) in ages.iter_mut().enumerate() {
        for sex in Sex::ALL {
            *persons += published.population.get(&(place, year, age as u8, sex))?;
        }
    }
    Some(ages)
}
