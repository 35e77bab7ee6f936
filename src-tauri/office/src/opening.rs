//! Starting: the desk's state, a new school, protection.
//!
//! Never asks for anything twice: what a country knows is suggested.

use crate::actor::Actor;
use crate::beginning::{self, Beginning};
use crate::countries::{self, Country};
use crate::desk::{Desk, Wish};
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::signing::session;
use crate::wire::common::Nothing;
use crate::wire::desk::{
    ChooseSchool, CountryDefaults, CountryRequest, CreateSchool, DeskSchools, DeskState,
    DeskStatus, OpenSampleSchool, Protection, UnlockBook,
};
use crate::{sample, show, typed};
use finance::ids::SchoolId;
use finance::kid::{KidAlgorithm, KidRule};
use finance::numbering::is_reserved;
use finance::party::{School, Seller};

/// The state the desk is in; a book whose key lies in the keychain opens by this.
pub async fn desk_status(desk: &Desk, actor: &Actor, _: Nothing) -> Result<DeskStatus, Fault> {
    Ok(status(desk, actor).await)
}

pub(crate) async fn status(desk: &Desk, actor: &Actor) -> DeskStatus {
    let standing = desk.standing().await;
    let session = session(desk, standing.office.as_ref(), &actor.seat).await;
    let trouble = standing.trouble.or_else(|| session.as_ref().err().map(|fault| fault.code));
    DeskStatus {
        state: if session.is_err() { DeskState::Broken } else { standing.state },
        session: session.unwrap_or_default(),
        protection: standing.protection,
        keychain_available: desk.has_keychain().await,
        school: standing.office.map(|office| show::school(&office.school, &office.desk)),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        today: desk.setup.clock.today().to_string(),
        trouble: trouble
            .and_then(|code| serde_json::to_value(code).ok()?.as_str().map(str::to_owned)),
    }
}

/// The schools whose books this desk has.
pub async fn desk_schools(desk: &Desk, _: &Actor, _: Nothing) -> Result<DeskSchools, Fault> {
    Ok(DeskSchools { schools: desk.schools().await? })
}

/// Turns the desk to another of its schools, or to a place where a new one can begin. Whoever was
/// signed in is signed out: people are those of a school.
pub async fn choose_school(
    desk: &Desk,
    actor: &Actor,
    request: ChooseSchool,
) -> Result<DeskStatus, Fault> {
    desk.turn_to(request.id.as_deref()).await?;
    Ok(status(desk, actor).await)
}

/// What a country suggests for the first-run form.
pub async fn country_defaults(
    _: &Desk,
    _: &Actor,
    request: CountryRequest,
) -> Result<CountryDefaults, Fault> {
    let code = typed::country("country", &request.country)?;
    let country = countries::country(&code);
    Ok(CountryDefaults {
        currency: country.currency.to_owned(),
        price_basis: show::name_of(&country.basis, show::BASES),
        language: country.language.to_owned(),
        terms_days: country.terms_days,
        tax_codes: country.tax_codes(country.language).iter().map(show::tax_code).collect(),
        country: code,
    })
}

/// Makes the book of a new school.
pub async fn create_school(
    desk: &Desk,
    actor: &Actor,
    request: CreateSchool,
) -> Result<DeskStatus, Fault> {
    let wish = wish(request.protection.clone(), request.passphrase.clone())?;
    let country = countries::country(&request.country);
    let school = school(&request, SchoolId(desk.setup.ids.new_id()))?;
    let beginning = Beginning {
        tax_codes: country.tax_codes(&school.language),
        payment_methods: country.payment_methods(school.id, &school.language),
        departments: Vec::new(),
        invoice_prefix: prefix(&request.invoice_prefix)?,
        first_invoice: first_number(request.first_invoice_number)?,
        school,
    };
    desk.create(wish, async |store| beginning::write(store, actor, &beginning, &desk.setup).await)
        .await?;
    Ok(status(desk, actor).await)
}

/// Makes the book of the invented school.
pub async fn open_sample_school(
    desk: &Desk,
    actor: &Actor,
    request: OpenSampleSchool,
) -> Result<DeskStatus, Fault> {
    let wish = wish(request.protection, request.passphrase)?;
    let language = typed::one_of("language", &request.language, LANGUAGES)?;
    desk.create(wish, async |store| sample::write(store, actor, language, &desk.setup).await)
        .await?;
    Ok(status(desk, actor).await)
}

/// Opens the book with its passphrase.
pub async fn unlock_book(
    desk: &Desk,
    actor: &Actor,
    request: UnlockBook,
) -> Result<DeskStatus, Fault> {
    desk.unlock(request.passphrase).await?;
    Ok(status(desk, actor).await)
}

/// Closes the book. One whose key lies in the keychain opens again when it is next needed.
pub async fn lock_book(desk: &Desk, actor: &Actor, _: Nothing) -> Result<DeskStatus, Fault> {
    desk.close().await;
    Ok(status(desk, actor).await)
}

/// Removes the invented school, and nothing else ever.
pub async fn remove_sample_school(
    desk: &Desk,
    actor: &Actor,
    _: Nothing,
) -> Result<DeskStatus, Fault> {
    demand_sample(&*desk.office().await?)?;
    desk.remove().await?;
    Ok(status(desk, actor).await)
}

fn demand_sample(office: &Office) -> Result<(), Fault> {
    if office.school.sample {
        return Ok(());
    }
    Err(Fault::new(Code::WrongState, "This is no sample school: its book is kept."))
}

const LANGUAGES: &[(&str, &str)] = &[("nb", "nb"), ("en", "en")];

fn wish(protection: Protection, passphrase: Option<String>) -> Result<Wish, Fault> {
    match (protection, passphrase) {
        (Protection::Keychain, _) => Ok(Wish::Keychain),
        (Protection::Passphrase, Some(passphrase)) => Ok(Wish::Passphrase(passphrase)),
        (Protection::Passphrase, None) => {
            Err(Fault::new(Code::Invalid, "Give a passphrase.").at("passphrase").rule("missing"))
        }
    }
}

fn school(request: &CreateSchool, id: SchoolId) -> Result<School, Fault> {
    let name = typed::required("name", &request.name, typed::SHORT)?;
    let legal = typed::text("legal_name", &request.legal_name, typed::SHORT)?;
    let country_code = typed::country("country", &request.country)?;
    let currency = request.currency.parse().map_err(|_| {
        Fault::new(Code::Invalid, "This is not a currency.").at("currency").rule("currency")
    })?;
    if request.terms_days > 365 {
        let fault = Fault::new(Code::Invalid, "The terms are at most 365 days.");
        return Err(fault.at("terms_days").rule("too_large"));
    }
    let org_number = typed::text("org_number", &request.org_number, 40)?;
    let seller = Seller {
        name: if legal.is_empty() { name.clone() } else { legal },
        vat_number: vat_number(&org_number, &country_code, request.vat_registered)?,
        org_number,
        address: typed::address("address", &request.address)?,
        email: typed::email("email", &request.email)?,
        phone: typed::text("phone", &request.phone, 40)?,
        bank_account: typed::text("bank_account", &request.bank_account, 40)?,
    };
    Ok(School {
        id,
        name,
        seller,
        kid: kid_rule(countries::country(&country_code)),
        country: country_code,
        currency,
        price_basis: typed::one_of("price_basis", &request.price_basis, show::BASES)?,
        language: typed::one_of("language", &request.language, LANGUAGES)?.to_owned(),
        terms_days: request.terms_days,
        sample: false,
        small_difference: None,
        terms: None,
        ageing_buckets: None,
    })
}

/// Norway prints the organisation number with `MVA` (bokføringsforskriften § 5-1-2).
fn vat_number(org_number: &str, country: &str, registered: bool) -> Result<String, Fault> {
    if !registered {
        return Ok(String::new());
    }
    if org_number.is_empty() {
        let fault = Fault::new(Code::Invalid, "A school registered for VAT has a number.");
        return Err(fault.at("org_number").rule("missing"));
    }
    let ends = org_number.to_uppercase().ends_with("MVA");
    Ok(if country == "NO" && !ends { format!("{org_number} MVA") } else { org_number.to_owned() })
}

/// Student number and invoice sequence with one MOD10 digit: eleven digits and a check digit, well
/// within the 25 of the creditor agreement.
fn kid_rule(country: &Country) -> Option<KidRule> {
    let rule = KidRule { algorithm: KidAlgorithm::Mod10, student_digits: 5, invoice_digits: 6 };
    (country.code == "NO").then_some(rule)
}

fn prefix(text: &str) -> Result<String, Fault> {
    let text = typed::text("invoice_prefix", text, 8)?;
    let sound = text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '/'));
    if is_reserved(&text) {
        let message = "This prefix stands before numbers of another system.";
        return Err(Fault::new(Code::Invalid, message)
            .at("invoice_prefix")
            .rule("prefix_reserved"));
    }
    // A prefix that ends in a digit could make two numbers alike.
    if sound && !text.ends_with(|c: char| c.is_ascii_digit()) {
        return Ok(text);
    }
    let message = "A prefix has letters, digits, - and /, and does not end in a digit.";
    Err(Fault::new(Code::Invalid, message).at("invoice_prefix").rule("prefix"))
}

fn first_number(number: u32) -> Result<u64, Fault> {
    if (1..=900_000).contains(&number) {
        return Ok(u64::from(number));
    }
    let fault = Fault::new(Code::Invalid, "The first number lies between 1 and 900 000.");
    Err(fault.at("first_invoice_number").rule("out_of_range"))
}
