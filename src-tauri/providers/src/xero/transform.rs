//! Our documents as Xero's, and Xero's records as ours. Pure.
//!
//! Never shortens a number, a reference or an amount: what does not fit is refused here, before
//! anything is sent. Only texts for people are cut.

use super::CAPABILITIES;
use super::{kept, wire};

use crate::document::{
    AccountClass, AllocationDocument, CustomerDocument, DocumentKind, ExternalRef, HeldAs,
    PaymentDocument, ReferenceData, RefundDocument, RemoteAccount, RemoteCurrency, RemoteTaxCode,
    RemoteTracking, SalesDocument, SalesLine,
};
use crate::error::ProviderError;
use crate::fitting::{AMOUNT_DECIMALS, cut, filled, money};
use crate::reference;
use chrono::{DateTime, Utc};
use finance::money::{Currency, Money, MoneyError};
use finance::tax::PriceBasis;
use rust_decimal::{Decimal, RoundingStrategy};
use wire::{Day, Exact};

/// Xero keeps unit prices (with `unitdp=4`) and quantities with four decimals.
const UNIT_DECIMALS: u32 = 4;
const RATE_DECIMALS: u32 = 6;

/// Longest contact and account numbers, telephone numbers, and parts of an address (OpenAPI
/// 16.1.0, schemas Contact, Phone and Address).
const CODE_CHARS: usize = 50;
const ADDRESS_LINE_CHARS: usize = 500;
const TOWN_CHARS: usize = 255;

/// A customer. Xero shows `ContactNumber` to nobody, so it carries the machine reference. A change
/// names what is empty now too, because Xero keeps what a POST does not name.
pub fn contact(document: &CustomerDocument) -> Result<wire::Contact, ProviderError> {
    let is_change = !document.existing.is_empty();
    let address = &document.address;
    let lines = wire::Address {
        address_type: "STREET".into(),
        address_line1: cut(&address.line1, ADDRESS_LINE_CHARS),
        address_line2: cut(&address.line2, ADDRESS_LINE_CHARS),
        city: cut(&address.city, TOWN_CHARS),
        postal_code: CAPABILITIES.fitting("PostalCode", &address.postal_code, CODE_CHARS)?,
        country: CAPABILITIES.fitting("Country", &address.country, CODE_CHARS)?,
    };
    let phone = wire::Phone {
        phone_type: "DEFAULT".into(),
        phone_number: CAPABILITIES.fitting("PhoneNumber", &document.phone, CODE_CHARS)?,
        ..wire::Phone::default()
    };
    Ok(wire::Contact {
        contact_id: document.existing.clone(),
        contact_number: Some(CAPABILITIES.fitting(
            "ContactNumber",
            &document.reference,
            CODE_CHARS,
        )?),
        account_number: filled(CAPABILITIES.fitting(
            "AccountNumber",
            &document.number,
            CODE_CHARS,
        )?),
        tax_number: Some(CAPABILITIES.fitting("TaxNumber", &document.tax_number, CODE_CHARS)?)
            .filter(|it| is_change || !it.is_empty()),
        name: Some(contact_name(&document.name)),
        email_address: Some(CAPABILITIES.fitting("EmailAddress", &document.email, 255)?)
            .filter(|email| is_change || !email.is_empty()),
        phones: if is_change || !document.phone.is_empty() { vec![phone] } else { Vec::new() },
        addresses: if is_change || *address != finance::party::Address::default() {
            vec![lines]
        } else {
            Vec::new()
        },
        ..wire::Contact::default()
    })
}

/// The name as it is sent, and therefore as it is looked for.
pub fn contact_name(name: &str) -> String {
    cut(name.trim(), CAPABILITIES.lengths.customer_name)
}

/// An invoice or credit note, approved at once: only approved documents take payments.
pub fn sales(kind: DocumentKind, document: &SalesDocument) -> Result<wire::Sales, ProviderError> {
    let number = CAPABILITIES.fitting(
        "InvoiceNumber",
        &document.number,
        CAPABILITIES.lengths.document_number,
    )?;
    let is_credit = kind == DocumentKind::CreditNote;
    let tracking = tracked(&document.tracking)?;
    let lines = document.lines.iter().map(|line| wire::Line {
        tracking: tracking.iter().cloned().collect(),
        ..document_line(line, document.basis, is_credit)
    });
    CAPABILITIES.check_currency("CurrencyCode", document.currency)?;
    Ok(wire::Sales {
        kind: if is_credit { "ACCRECCREDIT" } else { "ACCREC" }.to_owned(),
        invoice_number: (!is_credit).then(|| number.clone()),
        credit_note_number: is_credit.then_some(number),
        // Any field beside the id would change the contact there.
        contact: Some(wire::Contact {
            contact_id: document.customer.clone(),
            ..wire::Contact::default()
        }),
        date: Some(Day(document.date)),
        due_date: (!is_credit).then_some(Day(document.due_date)),
        line_amount_types: Some(
            match document.basis {
                PriceBasis::Gross => "Inclusive",
                PriceBasis::Net => "Exclusive",
            }
            .to_owned(),
        ),
        reference: Some(reference(&document.reference)?),
        currency_code: Some(document.currency.code().to_owned()),
        currency_rate: document.rate.and_then(|rate| their_rate(Decimal::ONE, rate)),
        status: Some("AUTHORISED".to_owned()),
        line_items: lines.collect(),
        ..wire::Sales::default()
    })
}

/// A line whose amount is ours to the minor unit. Where Xero's own arithmetic on quantity, price
/// and discount would give another amount, and on credit notes with a discount (Xero has none
/// there), the line travels as one piece at its amount.
pub fn document_line(line: &SalesLine, basis: PriceBasis, is_credit: bool) -> wire::Line {
    let amount = match basis {
        PriceBasis::Gross => line.gross,
        PriceBasis::Net => line.net,
    }
    .amount();
    let of_document = line.discount.filter(|discount| !discount.is_zero());
    // Xero takes a rate or an amount off a line, not both (OpenAPI 16.1.0, schema LineItem).
    let discounted = !line.discount_percent.is_zero() || of_document.is_some();
    let both = !line.discount_percent.is_zero() && of_document.is_some();
    let whole = !(both || is_credit && discounted) && theirs(line) == Some(amount);
    wire::Line {
        description: cut(&line.description, CAPABILITIES.lengths.description),
        quantity: Exact(if whole { line.quantity } else { Decimal::ONE }),
        unit_amount: Exact(if whole { line.unit_price } else { amount }),
        discount_rate: (whole && discounted && of_document.is_none())
            .then_some(Exact(line.discount_percent)),
        discount_amount: of_document.filter(|_| whole).map(|discount| Exact(discount.amount())),
        line_amount: Exact(amount),
        account_code: line.account.clone(),
        tax_type: line.tax_code.clone(),
        tax_amount: Exact(line.vat.amount()),
        tracking: Vec::new(),
    }
}

/// A line names category and option by their ids (OpenAPI 16.1.0, schema `LineItemTracking`): our
/// code holds both.
pub fn tracked(code: &str) -> Result<Option<wire::Tracked>, ProviderError> {
    if code.is_empty() {
        return Ok(None);
    }
    let (category, option) = code.split_once('/').ok_or_else(|| ProviderError::Rejected {
        field: Some("Tracking".to_owned()),
        text: format!("{code} is no option of a tracking category"),
    })?;
    Ok(Some(wire::Tracked { category: category.to_owned(), option: option.to_owned() }))
}

/// The amount Xero would compute for a line, where it can hold its figures at all.
fn theirs(line: &SalesLine) -> Option<Decimal> {
    let fits = |value: Decimal| value.normalize().scale() <= UNIT_DECIMALS;
    if !fits(line.quantity) || !fits(line.unit_price) || !fits(line.discount_percent) {
        return None;
    }
    let kept = Decimal::ONE_HUNDRED.checked_sub(line.discount_percent)?;
    let full = line.quantity.checked_mul(line.unit_price)?;
    let amount = full.checked_mul(kept)?.checked_div(Decimal::ONE_HUNDRED)?;
    let amount = amount.checked_sub(line.discount.map_or(Decimal::ZERO, Money::amount))?;
    Some(amount.round_dp_with_strategy(AMOUNT_DECIMALS, RoundingStrategy::MidpointAwayFromZero))
}

/// Money received for one invoice.
pub fn payment(document: &PaymentDocument) -> Result<wire::Payment, ProviderError> {
    CAPABILITIES.check_currency("CurrencyCode", document.amount.currency())?;
    Ok(wire::Payment {
        invoice: Some(invoice_named(&document.invoice)),
        account: Some(wire::AccountName { code: document.account.clone() }),
        date: Some(Day(document.date)),
        amount: Some(Exact(document.amount.amount())),
        currency_rate: document
            .base
            .and_then(|base| their_rate(document.amount.amount(), base.amount())),
        reference: Some(reference(&document.reference)?),
        ..wire::Payment::default()
    })
}

/// Money paid back out of a credit note or money on account: a payment of it (OpenAPI 16.1.0, schema
/// Payment).
pub fn refund(document: &RefundDocument) -> Result<wire::Payment, ProviderError> {
    let amount = document.amount;
    CAPABILITIES.check_currency("CurrencyCode", amount.currency())?;
    let id = &document.credit_note;
    let (credit_note, (overpayment, prepayment)) = match document.held_as {
        HeldAs::CreditNote => {
            let note = wire::Sales { credit_note_id: id.clone(), ..wire::Sales::default() };
            (Some(note), (None, None))
        }
        HeldAs::OnAccount => (None, kept::named(id)),
    };
    Ok(wire::Payment {
        credit_note,
        overpayment,
        prepayment,
        account: Some(wire::AccountName { code: document.account.clone() }),
        date: Some(Day(document.date)),
        amount: Some(Exact(amount.amount())),
        currency_rate: document.base.and_then(|base| their_rate(amount.amount(), base.amount())),
        reference: Some(reference(&document.reference)?),
        ..wire::Payment::default()
    })
}

/// A rate as Xero keeps it: units of the document's currency for one of the organisation's, with six
/// decimals (OpenAPI 16.1.0, `Invoice.CurrencyRate` and `Payment.CurrencyRate`). Nothing where it
/// has no such form: Xero then uses the rate of the day.
pub fn their_rate(own: Decimal, base: Decimal) -> Option<Exact> {
    let rate = own.checked_div(base)?;
    let rate = rate.round_dp_with_strategy(RATE_DECIMALS, RoundingStrategy::MidpointAwayFromZero);
    (rate > Decimal::ZERO).then_some(Exact(rate.normalize()))
}

/// A credit note or money on account set against an invoice. It has no place for a reference.
pub fn allocation(document: &AllocationDocument) -> Result<wire::Allocation, ProviderError> {
    CAPABILITIES.check_currency("CurrencyCode", document.amount.currency())?;
    Ok(wire::Allocation {
        amount: Some(Exact(document.amount.amount())),
        date: Some(Day(document.date)),
        invoice: Some(invoice_named(&document.invoice)),
        ..wire::Allocation::default()
    })
}

fn invoice_named(id: &str) -> wire::Sales {
    wire::Sales { invoice_id: id.to_owned(), ..wire::Sales::default() }
}

pub fn reference(text: &str) -> Result<String, ProviderError> {
    CAPABILITIES.fitting("Reference", text, CAPABILITIES.lengths.reference)
}

/// An invoice or credit note of theirs, in the currency we sent it in.
pub fn sales_ref(theirs: &wire::Sales, currency: Currency) -> Result<ExternalRef, MoneyError> {
    // A record in another currency must not pass for one with the same figures in ours.
    let currency = match theirs.currency_code.as_deref() {
        Some(code) => code.parse()?,
        None => currency,
    };
    let is_invoice = !theirs.invoice_id.is_empty();
    let (id, number, page) = if is_invoice {
        (&theirs.invoice_id, &theirs.invoice_number, "AccountsReceivable/View.aspx?InvoiceID=")
    } else {
        let page = "AccountsReceivable/ViewCreditNote.aspx?creditNoteID=";
        (&theirs.credit_note_id, &theirs.credit_note_number, page)
    };
    Ok(ExternalRef {
        id: id.clone(),
        number: number.clone().unwrap_or_default(),
        url: Some(format!("https://go.xero.com/{page}{id}")),
        gross: money(theirs.total, currency)?,
        vat: money(theirs.total_tax, currency)?,
    })
}

/// A customer of theirs.
pub fn contact_ref(theirs: &wire::Contact) -> ExternalRef {
    ExternalRef {
        id: theirs.contact_id.clone(),
        number: theirs.name.clone().unwrap_or_default(),
        url: Some(format!("https://go.xero.com/Contacts/View/{}", theirs.contact_id)),
        gross: None,
        vat: None,
    }
}

/// A payment or allocation of theirs.
pub fn amount_ref(
    id: &str,
    number: &str,
    amount: Option<Exact>,
    currency: Currency,
) -> Result<ExternalRef, MoneyError> {
    Ok(ExternalRef {
        id: id.to_owned(),
        number: number.to_owned(),
        url: None,
        gross: money(amount, currency)?,
        vat: None,
    })
}

/// What mapping needs to know.
pub fn reference_data(
    company: &wire::Organisation,
    (accounts, rates, categories, currencies): (
        &[wire::Account],
        &[wire::TaxRate],
        &[wire::TrackingCategory],
        &[wire::Currency],
    ),
    fetched_at: DateTime<Utc>,
) -> Result<ReferenceData, MoneyError> {
    let locks = [company.period_lock_date, company.end_of_year_lock_date];
    let base_currency = company.base_currency.parse()?;
    Ok(ReferenceData {
        company_name: company.name.clone(),
        base_currency,
        locked_until: locks.into_iter().flatten().max().map(|Day(day)| day),
        accounts: accounts.iter().filter_map(account).collect(),
        tax_codes: rates.iter().filter_map(tax_code).collect(),
        tracking: categories.iter().flat_map(options).collect(),
        fields: Vec::new(),
        currencies: reference::currencies(base_currency, currencies.iter().map(coin)),
        fetched_at,
    })
}

/// An account that documents may name. Accounts with a `SystemAccount` (receivables, payables, VAT,
/// rounding and the like) are left out: Xero posts to them itself and refuses lines on them (Xero
/// staff in community.xero.com/developer/discussion/92539695; the values are listed under
/// `Account.SystemAccount` in OpenAPI 16.1.0). A bank account is no target of a line either; its
/// class says so.
fn account(theirs: &wire::Account) -> Option<RemoteAccount> {
    if theirs.system_account.as_ref().is_some_and(|system| !system.is_empty()) {
        return None;
    }
    let class = match (theirs.kind.as_str(), theirs.class.as_str()) {
        ("BANK", _) => AccountClass::Bank,
        // A clearing account: no bank account, but payments may be made to it.
        _ if theirs.enable_payments_to_account => AccountClass::Clearing,
        (_, "REVENUE") => AccountClass::Income,
        (_, "EXPENSE") => AccountClass::Expense,
        (_, "ASSET") => AccountClass::Asset,
        (_, "LIABILITY") => AccountClass::Liability,
        (_, "EQUITY") => AccountClass::Equity,
        _ => return None,
    };
    Some(RemoteAccount {
        id: theirs.account_id.clone(),
        code: theirs.code.clone().filter(|code| !code.is_empty())?,
        name: theirs.name.clone(),
        class,
        default_tax_code: theirs.tax_type.clone(),
        currency: theirs.currency_code.clone().filter(|code| !code.is_empty()),
        active: is_active(theirs.status.as_deref()),
    })
}

fn tax_code(theirs: &wire::TaxRate) -> Option<RemoteTaxCode> {
    Some(RemoteTaxCode {
        code: theirs.tax_type.clone()?,
        name: theirs.name.clone(),
        rate: Some(theirs.effective_rate.or(theirs.display_tax_rate)?.0),
        for_sales: theirs.can_apply_to_revenue,
        active: is_active(theirs.status.as_deref()),
    })
}

/// Xero lists the currencies that the company uses and no others.
fn coin(theirs: &wire::Currency) -> RemoteCurrency {
    RemoteCurrency {
        code: theirs.code.clone(),
        name: theirs.description.clone().unwrap_or_else(|| theirs.code.clone()),
        active: true,
    }
}

fn options(category: &wire::TrackingCategory) -> impl Iterator<Item = RemoteTracking> + '_ {
    category.options.iter().map(|option| RemoteTracking {
        code: format!("{}/{}", category.id, option.id),
        name: option.name.clone(),
        group: category.name.clone(),
        active: is_active(category.status.as_deref()) && is_active(option.status.as_deref()),
    })
}

fn is_active(status: Option<&str>) -> bool {
    status.is_none_or(|status| status == "ACTIVE")
}
