//! Our documents as QuickBooks', and QuickBooks' records as ours. Pure.
//!
//! Never shortens a number, a reference or an amount: what does not fit is refused here, before
//! anything is sent. Only texts for people are cut.

use super::CAPABILITIES;
use super::fields;
use super::tax::{self, Taxes};
use super::wire::{self, Exact, Linked, Reference};
use crate::document::{
    AllocationDocument, CustomerDocument, ExternalRef, PaymentDocument, SalesDocument, SalesLine,
};
use crate::error::{ProviderError, ReferenceKind};
use crate::fitting::{AMOUNT_DECIMALS, cut, filled, money};
use finance::money::{Currency, MoneyError};
use finance::tax::PriceBasis;
use rust_decimal::{Decimal, RoundingStrategy};

/// Prices, quantities and exchange rates keep this many decimals here.
const RATE_DECIMALS: u32 = 8;

/// Longest e-mail address, telephone number, tax number and parts of an address (annotations in
/// IntuitBaseTypes.xsd and IntuitNamesTypes.xsd, 2026-05, and the developer pages of Customer).
const EMAIL_CHARS: usize = 100;
const PHONE_CHARS: usize = 30;
const TAX_NUMBER_CHARS: usize = 20;
const ADDRESS_LINE_CHARS: usize = 500;
const TOWN_CHARS: usize = 255;
const POSTAL_CODE_CHARS: usize = 30;

/// QuickBooks knows lists by ids that say nothing, and accounts often have no number. A line names
/// what is sold, a payment names an account: our codes tell the two apart.
pub const ITEM: &str = "item:";
pub const ACCOUNT: &str = "account:";

/// A customer. `version` is the one that is changed; a new customer has none. The machine reference
/// of a new one goes into the notes, which later belong to the people there and are left alone. A
/// change names what is empty now too, because a sparse change keeps what it does not name.
pub fn customer(
    document: &CustomerDocument,
    version: Option<&str>,
) -> Result<wire::Person, ProviderError> {
    let is_change = version.is_some();
    let address = &document.address;
    let lines = wire::Address {
        line1: cut(&address.line1, ADDRESS_LINE_CHARS),
        line2: cut(&address.line2, ADDRESS_LINE_CHARS),
        city: cut(&address.city, TOWN_CHARS),
        country: cut(&address.country, TOWN_CHARS),
        postal_code: CAPABILITIES.fitting("PostalCode", &address.postal_code, POSTAL_CODE_CHARS)?,
    };
    if let Some(currency) = document.currency {
        CAPABILITIES.check_currency("CurrencyRef", currency)?;
    }
    let phone = CAPABILITIES.fitting("PrimaryPhone", &document.phone, PHONE_CHARS)?;
    let email = CAPABILITIES.fitting("PrimaryEmailAddr", &document.email, EMAIL_CHARS)?;
    let tax_number =
        CAPABILITIES.fitting("PrimaryTaxIdentifier", &document.tax_number, TAX_NUMBER_CHARS)?;
    let number = document.number.trim();
    let notes = if number.is_empty() {
        document.reference.clone()
    } else {
        format!("{} ({number})", document.reference)
    };
    Ok(wire::Person {
        id: document.existing.clone(),
        sync_token: version.unwrap_or_default().to_owned(),
        sparse: is_change.then_some(true),
        display_name: person_name(&document.name),
        primary_phone: (is_change || !phone.is_empty())
            .then_some(wire::Phone { free_form_number: phone }),
        primary_email_addr: (is_change || !email.is_empty())
            .then_some(wire::Email { address: email }),
        bill_addr: (is_change || *address != finance::party::Address::default()).then_some(lines),
        notes: (!is_change).then_some(notes),
        // It is never changed again; where none is named it is the home currency.
        currency_ref: document
            .currency
            .filter(|_| !is_change)
            .map(|currency| Reference::to(currency.code())),
        primary_tax_identifier: Some(tax_number).filter(|it| is_change || !it.is_empty()),
        ..wire::Person::default()
    })
}

/// The name as it is sent, and therefore as it is looked for. A colon would make a sub-customer.
pub fn person_name(name: &str) -> String {
    let plain = name.replace([':', '\t', '\n', '\r'], " ");
    cut(plain.trim(), CAPABILITIES.lengths.customer_name)
}

/// An invoice or credit memo, with net amounts and its tax beside them.
pub fn sales(
    document: &SalesDocument,
    is_invoice: bool,
    taxes: &Taxes,
) -> Result<wire::Sales, ProviderError> {
    CAPABILITIES.check_currency("CurrencyRef", document.currency)?;
    let class = filled(document.tracking.clone());
    let lines =
        document.lines.iter().map(|line| sales_line(line, document.basis, class.as_deref()));
    let tax = tax::detail(document, taxes)?;
    Ok(wire::Sales {
        doc_number: Some(CAPABILITIES.fitting(
            "DocNumber",
            &document.number,
            CAPABILITIES.lengths.document_number,
        )?),
        txn_date: Some(document.date),
        due_date: is_invoice.then_some(document.due_date),
        currency_ref: Some(Reference::to(document.currency.code())),
        exchange_rate: document.rate.and_then(exchange_rate),
        private_note: Some(note(&document.reference)?),
        customer_ref: Some(Reference::to(&document.customer)),
        global_tax_calculation: matches!(taxes, Taxes::ByCode(_)).then_some("TaxExcluded"),
        custom_field: document.fields.iter().map(fields::told).collect::<Result<_, _>>()?,
        line: lines.collect::<Result<_, _>>()?,
        txn_tax_detail: tax,
        ..wire::Sales::default()
    })
}

/// A line at its net amount. Quantity and price go along where they make that amount to the minor
/// unit; QuickBooks refuses a line where they do not, and has no discount of a line.
fn sales_line(
    line: &SalesLine,
    basis: PriceBasis,
    class: Option<&str>,
) -> Result<wire::SalesLine, ProviderError> {
    let item = line.account.strip_prefix(ITEM).ok_or_else(|| not_of(&line.account, "an item"))?;
    let amount = line.net.amount();
    let discounted =
        !line.discount_percent.is_zero() || line.discount.is_some_and(|it| !it.is_zero());
    let product = line.quantity.checked_mul(line.unit_price).map(cents);
    let whole = basis == PriceBasis::Net && !discounted && product == Some(amount);
    Ok(wire::SalesLine {
        description: cut(&line.description, CAPABILITIES.lengths.description),
        amount: Exact(amount),
        detail_type: "SalesItemLineDetail",
        sales_item_line_detail: wire::ItemDetail {
            item_ref: Reference::to(item),
            class_ref: class.map(Reference::to),
            unit_price: whole.then_some(Exact(line.unit_price)),
            qty: whole.then_some(Exact(line.quantity)),
            tax_code_ref: Reference::to(&line.tax_code),
        },
    })
}

/// The id of an account that takes payments.
pub fn account(code: &str) -> Result<&str, ProviderError> {
    code.strip_prefix(ACCOUNT).ok_or_else(|| not_of(code, "an account"))
}

/// Money received for one invoice of a customer.
pub fn payment(document: &PaymentDocument, customer: &str) -> Result<wire::Payment, ProviderError> {
    let account = account(&document.account)?;
    let amount = document.amount.amount();
    CAPABILITIES.check_currency("CurrencyRef", document.amount.currency())?;
    Ok(wire::Payment {
        txn_date: Some(document.date),
        currency_ref: Some(Reference::to(document.amount.currency().code())),
        // Left out, QuickBooks books foreign money at a rate of 1.
        exchange_rate: document
            .base
            .and_then(|base| base.amount().checked_div(amount))
            .and_then(exchange_rate),
        private_note: Some(note(&document.reference)?),
        line: vec![linked("Invoice", &document.invoice, amount)],
        customer_ref: Some(Reference::to(customer)),
        deposit_to_account_ref: Some(Reference::to(account)),
        total_amt: Some(Exact(amount)),
        ..wire::Payment::default()
    })
}

/// A credit memo set against an invoice of the same customer: a payment over nothing that names
/// both.
pub fn allocation(
    document: &AllocationDocument,
    customer: &str,
) -> Result<wire::Payment, ProviderError> {
    let amount = document.amount.amount();
    CAPABILITIES.check_currency("CurrencyRef", document.amount.currency())?;
    Ok(wire::Payment {
        txn_date: Some(document.date),
        currency_ref: Some(Reference::to(document.amount.currency().code())),
        private_note: Some(note(&document.reference)?),
        line: vec![
            linked("Invoice", &document.invoice, amount),
            linked("CreditMemo", &document.credit_note, amount),
        ],
        customer_ref: Some(Reference::to(customer)),
        total_amt: Some(Exact(Decimal::ZERO)),
        ..wire::Payment::default()
    })
}

/// A line that takes an amount of, or gives it to, another record.
pub fn linked(kind: &str, id: &str, amount: Decimal) -> wire::PaymentLine {
    wire::PaymentLine {
        amount: Some(Exact(amount)),
        linked_txn: vec![Linked { txn_id: id.to_owned(), txn_type: kind.to_owned() }],
    }
}

/// Units of the home currency for one of the document's, as QuickBooks wants it.
pub fn exchange_rate(rate: Decimal) -> Option<Exact> {
    let rate = rate.round_dp_with_strategy(RATE_DECIMALS, RoundingStrategy::MidpointAwayFromZero);
    (rate > Decimal::ZERO).then_some(Exact(rate.normalize()))
}

fn cents(amount: Decimal) -> Decimal {
    amount.round_dp_with_strategy(AMOUNT_DECIMALS, RoundingStrategy::MidpointAwayFromZero)
}

/// A note of a record.
pub fn note(reference: &str) -> Result<String, ProviderError> {
    CAPABILITIES.fitting("PrivateNote", reference, CAPABILITIES.lengths.reference)
}

/// Whether a note carries a reference; people may have written around it.
pub fn carries(note: Option<&str>, reference: &str) -> bool {
    !reference.is_empty() && note.is_some_and(|note| note.contains(reference))
}

/// A code that names something else.
pub fn not_of(code: &str, what: &str) -> ProviderError {
    ProviderError::MissingReference {
        kind: ReferenceKind::Account,
        name: code.to_owned(),
        text: format!("{code} does not name {what} of QuickBooks"),
    }
}

/// The currency of a record of theirs; where only one is in use there, none is named.
pub fn currency(named: Option<&Reference>, otherwise: Currency) -> Result<Currency, MoneyError> {
    named.filter(|it| !it.value.is_empty()).map_or(Ok(otherwise), |it| it.value.parse())
}

/// An invoice or credit memo of theirs.
pub fn sales_ref(
    theirs: &wire::Sales,
    is_invoice: bool,
    ours: Currency,
) -> Result<ExternalRef, MoneyError> {
    let currency = currency(theirs.currency_ref.as_ref(), ours)?;
    let page = if is_invoice { "invoice" } else { "creditmemo" };
    let tax = theirs.txn_tax_detail.as_ref().and_then(|detail| detail.total_tax);
    Ok(ExternalRef {
        id: theirs.id.clone(),
        number: theirs.doc_number.clone().unwrap_or_default(),
        url: Some(format!("https://app.qbo.intuit.com/app/{page}?txnId={}", theirs.id)),
        gross: money(theirs.total_amt, currency)?,
        // A sale without a word about tax has none.
        vat: money(Some(tax.unwrap_or(Exact(Decimal::ZERO))), currency)?,
    })
}

/// A customer, vendor or employee of theirs.
pub fn person_ref(theirs: &wire::Person, page: &str) -> ExternalRef {
    ExternalRef {
        id: theirs.id.clone(),
        number: theirs.display_name.clone(),
        url: Some(format!("https://app.qbo.intuit.com/app/{page}?nameId={}", theirs.id)),
        gross: None,
        vat: None,
    }
}

/// A payment of theirs, with what it gave to one invoice.
pub fn payment_ref(
    theirs: &wire::Payment,
    invoice: &str,
    reference: &str,
    ours: Currency,
) -> Result<ExternalRef, MoneyError> {
    let currency = currency(theirs.currency_ref.as_ref(), ours)?;
    Ok(ExternalRef {
        id: theirs.id.clone(),
        number: reference.to_owned(),
        url: Some(payment_page(&theirs.id)),
        gross: money(Some(Exact(given_to(theirs, invoice))), currency)?,
        vat: None,
    })
}

/// Where a person sees a payment.
pub fn payment_page(id: &str) -> String {
    format!("https://app.qbo.intuit.com/app/recvpayment?txnId={id}")
}

/// How much a payment takes off an invoice.
pub fn given_to(theirs: &wire::Payment, invoice: &str) -> Decimal {
    let named = |line: &&wire::PaymentLine| {
        line.linked_txn.iter().any(|tie| tie.txn_type == "Invoice" && tie.txn_id == invoice)
    };
    let amounts = theirs.line.iter().filter(named).filter_map(|line| line.amount);
    amounts.map(|Exact(amount)| amount).sum()
}
