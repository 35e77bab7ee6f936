//! The desk's state, a new school, the invented one.
//!
//! Never asks for what a country knows: currency, price basis, language and terms are suggested.

use crate::answer::Answer;
use crate::ask::Asker;
use crate::exit::Exit;
use crate::{passphrase, show};
use clap::{Args, ValueEnum};
use office::wire::common::Address;
use office::wire::desk::{
    CountryDefaults, CreateSchool, DeskState, DeskStatus, OpenSampleSchool, Protection,
};
use office::{Code, Fault};
use serde_json::{Value, json};

/// How the key of a new book is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Keep {
    /// In the system's keychain
    Keychain,
    /// Under a passphrase
    Passphrase,
}

/// Protection of a new book.
#[derive(Args)]
struct Protect {
    /// How the book's key is kept [default: passphrase where KONTOR_PASSPHRASE is set, else
    /// keychain]
    #[arg(long)]
    protection: Option<Keep>,
}

impl Protect {
    fn wish(&self) -> Result<(Protection, Option<String>), Fault> {
        let usual =
            || if passphrase::given().is_some() { Keep::Passphrase } else { Keep::Keychain };
        match self.protection.unwrap_or_else(usual) {
            Keep::Keychain => Ok((Protection::Keychain, None)),
            Keep::Passphrase => Ok((Protection::Passphrase, Some(passphrase::of_new_book()?))),
        }
    }
}

/// The invented school.
#[derive(Args)]
pub struct Sample {
    #[command(flatten)]
    protect: Protect,
    /// Language of its papers: nb or en
    #[arg(long, default_value = "nb")]
    language: String,
}

/// The first-run form.
#[derive(Args)]
pub struct Create {
    /// Name as it is known
    #[arg(long)]
    name: String,
    /// Name as it is registered [default: the name]
    #[arg(long, default_value = "", hide_default_value = true)]
    legal_name: String,
    /// Organisation number
    #[arg(long, default_value = "", hide_default_value = true)]
    org_number: String,
    /// The school is registered for VAT
    #[arg(long)]
    vat_registered: bool,
    /// Street and number
    #[arg(long, default_value = "", hide_default_value = true)]
    street: String,
    /// Postal code
    #[arg(long, default_value = "", hide_default_value = true)]
    postal_code: String,
    /// City
    #[arg(long, default_value = "", hide_default_value = true)]
    city: String,
    /// E-mail address
    #[arg(long, default_value = "", hide_default_value = true)]
    email: String,
    /// Telephone
    #[arg(long, default_value = "", hide_default_value = true)]
    phone: String,
    /// Account that customers pay to
    #[arg(long, default_value = "", hide_default_value = true)]
    bank_account: String,
    /// ISO 3166 code of the country
    #[arg(long, default_value = "NO")]
    country: String,
    /// ISO 4217 code [default: the country's]
    #[arg(long)]
    currency: Option<String>,
    /// Prices are typed with VAT (gross) or without (net) [default: the country's]
    #[arg(long, value_parser = ["gross", "net"])]
    price_basis: Option<String>,
    /// Language of papers: nb or en [default: the country's]
    #[arg(long)]
    language: Option<String>,
    /// Days until an invoice is due [default: the country's]
    #[arg(long)]
    terms_days: Option<u16>,
    /// Before the digits of an invoice number
    #[arg(long, default_value = "A-")]
    invoice_prefix: String,
    /// Number of the first invoice
    #[arg(long, default_value_t = 1)]
    first_invoice_number: u32,
    #[command(flatten)]
    protect: Protect,
}

/// The desk's state; a passphrase in the environment opens a locked book.
///
/// # Errors
/// [`Code::WrongPassphrase`] where that passphrase is wrong.
pub async fn status(asker: &Asker) -> Result<Answer, Fault> {
    let mut status: DeskStatus = asker.ask("desk_status", json!({})).await?;
    if let (DeskState::Locked, Some(passphrase)) = (&status.state, passphrase::given()) {
        asker.unlock(passphrase).await?;
        status = asker.ask("desk_status", json!({})).await?;
    }
    let exit = standing(&status);
    Ok(shown(&status)?.ending(exit))
}

/// What any other command would end with.
fn standing(status: &DeskStatus) -> Exit {
    match status.state {
        DeskState::Ready => Exit::Done,
        DeskState::Empty => Code::NoBook.into(),
        DeskState::Locked => Code::Locked.into(),
        DeskState::Broken => {
            let trouble = status.trouble.clone().map(Value::String);
            let code = trouble.and_then(|code| serde_json::from_value::<Code>(code).ok());
            code.unwrap_or(Code::BookDamaged).into()
        }
    }
}

/// Makes the book of a new school.
///
/// # Errors
/// What the office refuses.
pub async fn create(asker: &Asker, form: Create) -> Result<Answer, Fault> {
    let wish = json!({ "country": form.country });
    let usual: CountryDefaults = asker.ask("country_defaults", wish).await?;
    let (protection, passphrase) = form.protect.wish()?;
    let request = CreateSchool {
        name: form.name,
        legal_name: form.legal_name,
        org_number: form.org_number,
        vat_registered: form.vat_registered,
        address: Address {
            line1: form.street,
            line2: String::new(),
            postal_code: form.postal_code,
            city: form.city,
            country: usual.country.clone(),
        },
        email: form.email,
        phone: form.phone,
        bank_account: form.bank_account,
        country: usual.country,
        currency: form.currency.unwrap_or(usual.currency),
        price_basis: form.price_basis.unwrap_or(usual.price_basis),
        language: form.language.unwrap_or(usual.language),
        terms_days: form.terms_days.unwrap_or(usual.terms_days),
        invoice_prefix: form.invoice_prefix,
        first_invoice_number: form.first_invoice_number,
        protection,
        passphrase,
    };
    shown(&asker.ask("create_school", request).await?)
}

/// Makes the book of the invented school.
///
/// # Errors
/// What the office refuses.
pub async fn sample(asker: &Asker, wish: Sample) -> Result<Answer, Fault> {
    let (protection, passphrase) = wish.protect.wish()?;
    let request = OpenSampleSchool { protection, passphrase, language: wish.language };
    shown(&asker.ask("open_sample_school", request).await?)
}

fn shown(status: &DeskStatus) -> Result<Answer, Fault> {
    let state = match status.state {
        DeskState::Empty => "no book yet",
        DeskState::Locked => "locked",
        DeskState::Ready => "ready",
        DeskState::Broken => "cannot be opened",
    };
    let protection = match status.protection {
        Some(Protection::Keychain) => "keychain",
        Some(Protection::Passphrase) => "passphrase",
        None => "",
    };
    let school = status.school.as_ref();
    let of_school =
        |part: fn(&office::wire::desk::SchoolView) -> String| school.map(part).unwrap_or_default();
    let text = show::facts(&[
        ("Book", state.to_owned()),
        ("Trouble", status.trouble.clone().unwrap_or_default()),
        ("Protection", protection.to_owned()),
        ("School", of_school(|school| school.name.clone())),
        ("Country", of_school(|school| school.country.clone())),
        ("Currency", of_school(|school| school.currency.clone())),
        ("Desk", of_school(|school| school.desk.clone())),
        ("Sample", of_school(|school| if school.sample { "yes" } else { "" }.to_owned())),
        ("Today", status.today.clone()),
        ("Version", status.version.clone()),
    ]);
    Answer::new(status, text)
}
