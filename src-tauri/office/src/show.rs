//! What the rules of money know, as screens show it.
//!
//! Never decides or adds up: amounts come in finished.

use crate::reminders::CHANNELS;
use crate::wire::common::{Address, Money, Person};
use crate::wire::desk::{SchoolView, TaxCodeView};
use crate::wire::invoices::{LineSums, TotalsView, VatView};
use finance::catalogue::ServiceKind;
use finance::line::Totals;
use finance::party::School;
use finance::tax::{PriceBasis, TaxCode, VatCategory};
use rust_decimal::Decimal;

impl From<finance::Money> for Money {
    fn from(money: finance::Money) -> Self {
        Self(money)
    }
}

impl From<&finance::party::Address> for Address {
    fn from(address: &finance::party::Address) -> Self {
        Self {
            line1: address.line1.clone(),
            line2: address.line2.clone(),
            postal_code: address.postal_code.clone(),
            city: address.city.clone(),
            country: address.country.clone(),
        }
    }
}

impl From<&finance::party::Person> for Person {
    fn from(person: &finance::party::Person) -> Self {
        Self {
            name: person.name.clone(),
            email: person.email.clone(),
            phone: person.phone.clone(),
            address: (&person.address).into(),
            reach_by: person.reach_by.map(|way| name_of(&way, CHANNELS)),
        }
    }
}

/// The names of the two price bases.
pub const BASES: &[(&str, PriceBasis)] = &[("gross", PriceBasis::Gross), ("net", PriceBasis::Net)];

/// The names of the kinds of things that are sold.
pub const SERVICE_KINDS: &[(&str, ServiceKind)] = &[
    ("lesson", ServiceKind::Lesson),
    ("package", ServiceKind::Package),
    ("material", ServiceKind::Material),
    ("fee", ServiceKind::Fee),
    ("pass_through", ServiceKind::PassThrough),
];

/// The name of a choice in one of the tables above.
pub fn name_of<T: PartialEq>(choice: &T, names: &[(&'static str, T)]) -> String {
    let found = names.iter().find(|(_, known)| known == choice);
    found.map_or_else(String::new, |(name, _)| (*name).to_owned())
}

/// A school with this desk's letter.
pub fn school(school: &School, desk: &str) -> SchoolView {
    let seller = &school.seller;
    SchoolView {
        id: school.id.to_string(),
        name: school.name.clone(),
        legal_name: seller.name.clone(),
        org_number: seller.org_number.clone(),
        vat_number: seller.vat_number.clone(),
        address: (&seller.address).into(),
        email: seller.email.clone(),
        phone: seller.phone.clone(),
        bank_account: seller.bank_account.clone(),
        country: school.country.clone(),
        currency: school.currency.code().to_owned(),
        currency_decimals: u8::try_from(school.currency.decimals()).unwrap_or(2),
        price_basis: name_of(&school.price_basis, BASES),
        language: school.language.clone(),
        terms_days: school.terms_days,
        sample: school.sample,
        desk: desk.to_owned(),
    }
}

/// The letter of a VAT category.
pub fn category(category: VatCategory) -> String {
    match category {
        VatCategory::S => "S",
        VatCategory::Z => "Z",
        VatCategory::E => "E",
        VatCategory::O => "O",
        VatCategory::AE => "AE",
    }
    .to_owned()
}

/// A number without zeros at the end.
pub fn number(value: Decimal) -> String {
    value.normalize().to_string()
}

/// An entry of the VAT table.
pub fn tax_code(tax: &TaxCode) -> TaxCodeView {
    TaxCodeView {
        code: tax.code.clone(),
        name: tax.name.clone(),
        category: category(tax.category),
        rate: number(tax.rate),
        reason: tax.reason.clone(),
        valid_from: tax.valid_from.to_string(),
    }
}

/// Sums of a document.
pub fn totals(totals: &Totals) -> TotalsView {
    TotalsView {
        discount: totals.discount().map(Into::into),
        net: totals.net.into(),
        vat: totals.vat.into(),
        gross: totals.gross.into(),
        by_code: totals
            .by_code
            .iter()
            .map(|sum| VatView {
                code: sum.tax.code.clone(),
                name: sum.tax.name.clone(),
                category: category(sum.tax.category),
                rate: number(sum.tax.rate),
                reason: sum.tax.reason.clone(),
                net: sum.net.into(),
                vat: sum.vat.into(),
                gross: sum.gross.into(),
            })
            .collect(),
    }
}

/// Sums of a line; the amount column shows what the customer was told.
pub fn line_sums(line: &finance::line::PricedLine, basis: PriceBasis) -> LineSums {
    LineSums {
        net: line.net.into(),
        vat: line.vat.into(),
        gross: line.gross.into(),
        amount: line.amount(basis).into(),
    }
}

/// A moment, as RFC 3339 in UTC with seconds.
pub fn moment(millis: i64) -> String {
    chrono::DateTime::from_timestamp_millis(millis)
        .unwrap_or_default()
        .to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}
