//! Our documents as Sage's, and Sage's records as ours. Pure.
//!
//! Never shortens a number, a reference or an amount: what does not fit is refused here, before
//! anything is sent. Only texts for people are cut.

use super::CAPABILITIES;
use super::wire::{self, Exact};
use crate::document::{
    AllocationDocument, CustomerDocument, DocumentKind, ExternalRef, PaymentDocument,
    RefundDocument, SalesDocument, SalesLine,
};
use crate::error::ProviderError;
use crate::fitting::{AMOUNT_DECIMALS, cut, filled, money};
use finance::money::{Currency, Money, MoneyError};
use rust_decimal::{Decimal, RoundingStrategy};

/// Rates have no stated limit; amounts have two decimals, "the only precision supported by
/// Accounting" (invoicing guide).
const RATE_DECIMALS: u32 = 10;

/// Longest texts (`maxLength` of Contact, Address and ContactPerson in the description).
pub const CONTACT_REFERENCE_CHARS: usize = 10;
const NOTES_CHARS: usize = 2000;
const SHORT_CHARS: usize = 50;
const EMAIL_CHARS: usize = 100;
const POSTAL_CHARS: usize = 10;
const TAX_NUMBER_CHARS: usize = 255;

/// A customer. A contact's reference is unique and short, so it carries the customer's number; the
/// machine reference stands in the notes, which only users of Sage see. A change names neither: what
/// people wrote into them meanwhile stays.
pub fn contact(
    document: &CustomerDocument,
    key: Option<String>,
) -> Result<wire::ContactBody, ProviderError> {
    let is_change = !document.existing.is_empty();
    let tax_number = CAPABILITIES.fitting("tax_number", &document.tax_number, TAX_NUMBER_CHARS)?;
    let address = &document.address;
    let has_address = *address != finance::party::Address::default();
    let has_person = !document.email.is_empty() || !document.phone.is_empty();
    let main_address = wire::AddressBody {
        address_type_id: "ACCOUNTS",
        address_line_1: cut(&address.line1, SHORT_CHARS),
        address_line_2: cut(&address.line2, SHORT_CHARS),
        city: cut(&address.city, SHORT_CHARS),
        postal_code: CAPABILITIES.fitting("postal_code", &address.postal_code, POSTAL_CHARS)?,
        country_id: filled(address.country.to_uppercase()),
    };
    let person = wire::PersonBody {
        contact_person_type_ids: vec!["CUSTOMER"],
        name: cut(&document.name, SHORT_CHARS),
        email: CAPABILITIES.fitting("email", &document.email, EMAIL_CHARS)?,
        telephone: CAPABILITIES.fitting("telephone", &document.phone, SHORT_CHARS)?,
        is_main_contact: true,
    };
    Ok(wire::ContactBody {
        name: contact_name(&document.name),
        contact_type_ids: if is_change { Vec::new() } else { vec!["CUSTOMER"] },
        reference: contact_reference(&document.number).filter(|_| !is_change).map(str::to_owned),
        notes: Some(CAPABILITIES.fitting("notes", &document.reference, NOTES_CHARS)?)
            .filter(|_| !is_change),
        tax_number: Some(tax_number).filter(|it| is_change || !it.is_empty()),
        main_address: (is_change || has_address).then_some(main_address),
        main_contact_person: (is_change || has_person).then_some(person),
        idempotency_id: key.filter(|_| !is_change),
    })
}

/// The name as it is sent, and therefore as it is looked for.
pub fn contact_name(name: &str) -> String {
    cut(name.trim(), CAPABILITIES.lengths.customer_name)
}

/// The customer's number where Sage has room for it.
pub fn contact_reference(number: &str) -> Option<&str> {
    let fits = !number.is_empty() && number.chars().count() <= CONTACT_REFERENCE_CHARS;
    fits.then_some(number)
}

/// An invoice or credit note as a draft. Sage numbers documents itself when they are released, so
/// our number is the reference, which people see and can search; the machine reference stands in
/// the notes.
pub fn sales(
    kind: DocumentKind,
    document: &SalesDocument,
    key: Option<String>,
) -> Result<wire::SalesBody, ProviderError> {
    CAPABILITIES.check_currency("currency_id", document.currency)?;
    check_lines(document)?;
    let is_credit = kind == DocumentKind::CreditNote;
    let lines: Vec<wire::LineBody> = document.lines.iter().map(line).collect();
    let rate = document.rate.filter(|rate| *rate > Decimal::ZERO);
    Ok(wire::SalesBody {
        contact_id: document.customer.clone(),
        date: document.date,
        due_date: (!is_credit).then_some(document.due_date),
        reference: CAPABILITIES.fitting(
            "reference",
            &document.number,
            CAPABILITIES.lengths.document_number,
        )?,
        notes: CAPABILITIES.fitting("notes", &document.reference, NOTES_CHARS)?,
        status_id: "DRAFT",
        currency_id: rate.map(|_| document.currency.code().to_owned()),
        exchange_rate: rate.and_then(|rate| their_rate(Decimal::ONE, rate)),
        inverse_exchange_rate: rate.map(|rate| Exact(rate.normalize())),
        invoice_lines: if is_credit { Vec::new() } else { lines.clone() },
        credit_note_lines: if is_credit { lines } else { Vec::new() },
        idempotency_id: key,
    })
}

/// A line whose net amount and VAT are ours to the minor unit: at a price of two decimals where
/// that gives the amount exactly, else as one piece. Discounts are in the price.
fn line(line: &SalesLine) -> wire::LineBody {
    let net = line.net.amount();
    let price = price_of_one(net, line.quantity);
    wire::LineBody {
        description: cut(&line.description, CAPABILITIES.lengths.description),
        ledger_account_id: line.account.clone(),
        quantity: Exact(if price.is_some() { line.quantity } else { Decimal::ONE }),
        unit_price: Exact(price.unwrap_or(net)),
        tax_rate_id: line.tax_code.clone(),
        tax_amount: Exact(line.vat.amount()),
    }
}

fn price_of_one(net: Decimal, quantity: Decimal) -> Option<Decimal> {
    let is_plain = quantity > Decimal::ZERO && quantity.normalize().scale() <= AMOUNT_DECIMALS;
    let price = net.checked_div(quantity).filter(|_| is_plain)?.round_dp(AMOUNT_DECIMALS);
    (price.checked_mul(quantity) == Some(net)).then_some(price)
}

/// Sage adds the lines up: where ours do not add up to the document's sums, it would book others.
fn check_lines(document: &SalesDocument) -> Result<(), ProviderError> {
    let sum = |of: fn(&SalesLine) -> Money| {
        let mut lines = document.lines.iter().map(of);
        lines.try_fold(Money::zero(document.currency), |sum, line| sum.plus(line))
    };
    let same = sum(|line| line.net) == Ok(document.net) && sum(|line| line.vat) == Ok(document.vat);
    if same {
        return Ok(());
    }
    let text = "the lines do not add up to the document's sums".to_owned();
    Err(ProviderError::Rejected { field: None, text })
}

/// Money received for one invoice.
pub fn payment(
    document: &PaymentDocument,
    contact: &str,
    key: Option<String>,
) -> Result<wire::PaymentBody, ProviderError> {
    let currency = document.amount.currency();
    CAPABILITIES.check_currency("currency_id", currency)?;
    let amount = Exact(document.amount.amount());
    let rate = document.base.and_then(|base| their_rate(amount.0, base.amount()));
    Ok(wire::PaymentBody {
        transaction_type_id: "CUSTOMER_RECEIPT",
        contact_id: contact.to_owned(),
        bank_account_id: document.account.clone(),
        date: document.date,
        total_amount: amount,
        currency_id: rate.map(|_| currency.code().to_owned()),
        exchange_rate: rate,
        reference: CAPABILITIES.fitting(
            "reference",
            &document.reference,
            CAPABILITIES.lengths.reference,
        )?,
        allocated_artefacts: vec![wire::PartBody { artefact_id: document.invoice.clone(), amount }],
        idempotency_id: key,
    })
}

/// Money paid back out of a credit note of a customer.
pub fn refund(
    document: &RefundDocument,
    contact: &str,
    key: Option<String>,
) -> Result<wire::PaymentBody, ProviderError> {
    let paid = PaymentDocument {
        reference: document.reference.clone(),
        invoice: document.credit_note.clone(),
        account: document.account.clone(),
        date: document.date,
        amount: document.amount,
        base: document.base,
    };
    let body = payment(&paid, contact, key)?;
    Ok(wire::PaymentBody { transaction_type_id: "CUSTOMER_REFUND", ..body })
}

/// A credit note set against an invoice: debt is positive, credit negative. It has no place for a
/// reference.
pub fn allocation(
    document: &AllocationDocument,
    contact: &str,
    key: Option<String>,
) -> Result<wire::AllocationBody, ProviderError> {
    CAPABILITIES.check_currency("currency_id", document.amount.currency())?;
    let amount = document.amount.amount();
    let part = |id: &str, amount: Decimal| wire::PartBody {
        artefact_id: id.to_owned(),
        amount: Exact(amount),
    };
    Ok(wire::AllocationBody {
        transaction_type_id: "CUSTOMER_ALLOCATION",
        contact_id: contact.to_owned(),
        date: document.date,
        allocated_artefacts: vec![
            part(&document.invoice, amount),
            part(&document.credit_note, -amount),
        ],
        idempotency_id: key,
    })
}

/// A rate of the books' currency for one, as Sage takes it.
pub fn one_at(rate: Decimal) -> Option<Exact> {
    their_rate(Decimal::ONE, rate)
}

/// A rate as we take Sage to mean it: units of the document's currency for one of the books'. The
/// description does not say, so [`agreed`] holds the amount in the books' currency against ours.
fn their_rate(own: Decimal, base: Decimal) -> Option<Exact> {
    let rate = own.checked_div(base)?;
    let rate = rate.round_dp_with_strategy(RATE_DECIMALS, RoundingStrategy::MidpointAwayFromZero);
    (rate > Decimal::ZERO).then_some(Exact(rate.normalize()))
}

/// Whether Sage made of a document what it is here: sums, currency, and for foreign documents also
/// about what they are worth.
///
/// # Errors
/// What differs, in words.
pub fn agreed(theirs: &wire::Sales, ours: &SalesDocument) -> Result<(), String> {
    let currency = currency_of(theirs.currency.as_ref(), ours.currency);
    if currency != Ok(ours.currency) {
        return Err("Sage took another currency".to_owned());
    }
    let sums = [
        ("net", theirs.net_amount, ours.net),
        ("VAT", theirs.tax_amount, ours.vat),
        ("total", theirs.total_amount, ours.gross),
    ];
    for (name, theirs, ours) in sums {
        if money(theirs, ours.currency()) != Ok(Some(ours)) {
            let said = theirs.map_or_else(|| "nothing".to_owned(), |Exact(sum)| sum.to_string());
            return Err(format!("Sage would book {said} as {name}, not {}", ours.plain()));
        }
    }
    let Some(rate) = ours.rate else { return Ok(()) };
    let worth = ours.gross.amount().checked_mul(rate);
    let base = theirs.base_currency_total_amount.map(|Exact(sum)| sum);
    match worth.zip(base) {
        Some((worth, base)) if is_near(worth, base) => Ok(()),
        _ => Err("Sage takes the exchange rate otherwise".to_owned()),
    }
}

/// Within a thousandth, so that rounding of rates is forgiven and a rate upside down is not.
fn is_near(one: Decimal, other: Decimal) -> bool {
    let allowed = one.abs().checked_mul(Decimal::new(1, 3)).unwrap_or_default();
    let apart = one.checked_sub(other).map(|apart| apart.abs());
    apart.is_some_and(|apart| apart <= allowed.max(Decimal::new(1, 2)))
}

/// The currency a record names, or the one we sent it in.
pub fn currency_of(named: Option<&wire::Named>, ours: Currency) -> Result<Currency, MoneyError> {
    named.map_or(Ok(ours), |named| named.id.parse())
}

/// An invoice or credit note of theirs.
pub fn sales_ref(theirs: &wire::Sales, ours: Currency) -> Result<ExternalRef, MoneyError> {
    let currency = currency_of(theirs.currency.as_ref(), ours)?;
    Ok(ExternalRef {
        id: theirs.id.clone(),
        number: theirs.displayed_as.clone().unwrap_or_default(),
        url: page(&theirs.links),
        gross: money(theirs.total_amount, currency)?,
        vat: money(theirs.tax_amount, currency)?,
    })
}

/// A customer of theirs.
pub fn contact_ref(theirs: &wire::Contact) -> ExternalRef {
    let name = theirs.displayed_as.as_ref().or(theirs.name.as_ref());
    ExternalRef {
        id: theirs.id.clone(),
        number: name.cloned().unwrap_or_default(),
        url: page(&theirs.links),
        gross: None,
        vat: None,
    }
}

/// A payment of theirs.
pub fn payment_ref(theirs: &wire::Payment, ours: Currency) -> Result<ExternalRef, MoneyError> {
    let currency = currency_of(theirs.currency.as_ref(), ours)?;
    Ok(ExternalRef {
        id: theirs.id.clone(),
        number: theirs.reference.clone().unwrap_or_default(),
        url: None,
        gross: money(theirs.total_amount, currency)?,
        vat: None,
    })
}

/// An allocation of theirs, known to be of our amount.
pub fn allocation_ref(theirs: &wire::Allocation, ours: &AllocationDocument) -> ExternalRef {
    ExternalRef {
        id: theirs.id.clone(),
        number: String::new(),
        url: None,
        gross: Some(ours.amount),
        vat: None,
    }
}

/// Whether an allocation joins our two documents at our amount.
pub fn is_our_allocation(theirs: &wire::Allocation, ours: &AllocationDocument) -> bool {
    let amount = ours.amount.amount();
    has_part(&theirs.allocated_artefacts, &ours.invoice, amount)
        && has_part(&theirs.allocated_artefacts, &ours.credit_note, -amount)
}

/// Whether one of the parts is this artefact's, at this amount.
pub fn has_part(parts: &[wire::Part], artefact: &str, amount: Decimal) -> bool {
    parts.iter().any(|part| {
        part.artefact.as_ref().is_some_and(|it| it.id == artefact)
            && part.amount == Some(Exact(amount))
    })
}

fn page(links: &[wire::Link]) -> Option<String> {
    let page = links.iter().find(|link| link.rel.as_deref() == Some("alternate"))?;
    page.href.clone()
}
