//! The invented school: a year of a driving school's money, to look around in and to remove.
//!
//! Never a real person, firm, account or number: names are put together by chance, e-mail
//! addresses end in example.no, and organisation and account numbers fail their check digits.
//! The same day and language make the same school.

mod chance;
mod pen;
mod people;
mod prices;
mod story;

use crate::actor::Actor;
use crate::beginning::{self, Beginning, FIRST_DESK};
use crate::countries;
use crate::desk::{DESK_SETTING, DeskSetup};
use crate::fault::Fault;
use chance::Chance;
use chrono::{Days, NaiveDate};
use finance::Currency;
use finance::fact::FactBody;
use finance::ids::{DepartmentId, SchoolId};
use finance::kid::{KidAlgorithm, KidRule};
use finance::party::{Address, Department, School, Seller};
use finance::tax::PriceBasis;
use pen::Pen;
use store::Store;

/// How long ago the school began to use the program.
const DAYS_AGO: u64 = 400;
const SEED: u64 = 0x6b6f_6e74_6f72;

/// Writes the invented school into a new book.
///
/// # Errors
/// What the disk reports.
pub async fn write(
    store: &Store,
    actor: &Actor,
    language: &str,
    setup: &DeskSetup,
) -> Result<(), Fault> {
    let today = setup.clock.today();
    let first_day = today.checked_sub_days(Days::new(DAYS_AGO)).unwrap_or(today);
    let mut chance = Chance::new(SEED);
    let school = school(SchoolId(chance.id(first_day)), language);
    let mut pen = Pen::new(actor, &school, setup.clock.now(), first_day);
    let beginning = beginning(&mut chance, first_day, school.clone());
    let bodies = beginning::bodies(&beginning, || chance.id(first_day));
    let series = beginning::series(&bodies);
    pen.write_all(first_day, bodies);
    let services = prices::services(&school, &mut chance, first_day);
    pen.write_all(first_day, services.iter().cloned().map(FactBody::ServiceSet));
    let scene = story::Scene {
        school,
        services,
        taxes: beginning.tax_codes.clone(),
        departments: beginning.departments.clone(),
        series,
        first_day,
        today,
    };
    let mut tx = store.begin().await?;
    tx.set_setting(DESK_SETTING, FIRST_DESK).await?;
    tx.record(&pen.take()).await?;
    story::tell(&mut tx, &scene, &mut pen, &mut chance).await?;
    tx.commit().await?;
    Ok(())
}

fn beginning(chance: &mut Chance, first_day: NaiveDate, school: School) -> Beginning {
    let country = countries::country("NO");
    let departments = ["Sentrum", "Vest"];
    Beginning {
        tax_codes: country.tax_codes(&school.language),
        payment_methods: country.payment_methods(school.id, &school.language),
        departments: departments
            .iter()
            .map(|name| Department {
                id: DepartmentId(chance.id(first_day)),
                school_id: school.id,
                name: (*name).to_owned(),
            })
            .collect(),
        invoice_prefix: "A-".to_owned(),
        first_invoice: 10_001,
        school,
    }
}

fn school(id: SchoolId, language: &str) -> School {
    School {
        id,
        name: "Fjordby Trafikkskole".to_owned(),
        seller: Seller {
            name: "Fjordby Trafikkskole AS".to_owned(),
            org_number: "999 000 111".to_owned(),
            vat_number: "999 000 111 MVA".to_owned(),
            address: Address {
                line1: "Havnegata 12".to_owned(),
                line2: String::new(),
                postal_code: "9990".to_owned(),
                city: "Fjordby".to_owned(),
                country: "NO".to_owned(),
            },
            email: "kontor@fjordby.example.no".to_owned(),
            phone: "+47 00 00 00 00".to_owned(),
            bank_account: "1506 72 40418".to_owned(),
        },
        country: "NO".to_owned(),
        currency: Currency::NOK,
        price_basis: PriceBasis::Gross,
        language: language.to_owned(),
        terms_days: 14,
        kid: Some(KidRule { algorithm: KidAlgorithm::Mod10, student_digits: 5, invoice_digits: 6 }),
        sample: true,
        small_difference: None,
        terms: None,
        ageing_buckets: None,
    }
}
