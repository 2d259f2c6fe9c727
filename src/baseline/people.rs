//! The people of the base date.

use super::stocks::Stocks;
use crate::area::{PlanStockRow, SupportStockRow};
use crate::domain::{AGES, OLDEST_AGE, Sex};
use crate::simulate::{Person, Roster, Status, luck_id};

/// Everyone who lives in the area on the base date, one record a resident: children with plans
/// first, then children on SEN support, then everyone else, within each age and sex. The position
/// is the address of a person's luck.
pub(super) fn residents(
    stocks: &Stocks,
    plans: &[PlanStockRow],
    support: &[SupportStockRow],
) -> Vec<Person> {
    let mut people = Vec::new();
    for age in 0..AGES {
        for sex in Sex::ALL {
            let start = people.len();
            let of_plans = plans
                .iter()
                .filter(|r| usize::from(r.age) == age && r.sex == sex);
            for row in of_plans {
                for _ in 0..row.plans {
                    let mut person = new(people.len(), age, sex, Status::Plan);
                    (person.need, person.setting) = (row.need, row.setting);
                    person.plans_started = 1;
                    people.push(person);
                }
            }
            let of_support = support
                .iter()
                .filter(|r| usize::from(r.age) == age && r.sex == sex);
            for row in of_support {
                for _ in 0..row.pupils {
                    let mut person = new(people.len(), age, sex, Status::Support);
                    person.need = row.need;
                    person.spells_without_sen = 1;
                    people.push(person);
                }
            }
            let residents = stocks.residents.at([age, sex.index()]).round() as usize;
            while people.len() < start + residents {
                people.push(new(people.len(), age, sex, Status::NoSen));
            }
        }
    }
    people
}

fn new(index: usize, age: usize, sex: Sex, status: Status) -> Person {
    let cohort = (usize::from(OLDEST_AGE) - age) as u8;
    let mut person = Person::new(luck_id(Roster::Base, 0, 0, index), cohort, sex);
    person.status = status;
    person
}
