//! What was bought as Xero's bills, bank transactions and purchase orders. Pure.
//!
//! Never shortens a number, a reference or an amount, and never sends lines that do not come to the
//! sums of their document.

use super::super::CAPABILITIES;
use super::super::transform::{document_line, reference, their_rate, tracked};
use super::super::wire::{AccountName, Contact, Day, Exact, Line};
use crate::error::ProviderError;
use crate::fitting::{cut, filled};
use crate::purchase::{Purchase, PurchaseDocument, PurchaseKind, PurchaseRemoval, RemovedPurchase};
use finance::tax::PriceBasis;
use rust_decimal::Decimal;
use serde::Serialize;

/// A bill, a bank transaction or a purchase order, with the fields of its kind.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Sent {
    #[serde(rename = "Type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<&'static str>,
    #[serde(rename = "InvoiceID", skip_serializing_if = "Option::is_none")]
    pub invoice_id: Option<String>,
    #[serde(rename = "BankTransactionID", skip_serializing_if = "Option::is_none")]
    pub bank_transaction_id: Option<String>,
    #[serde(rename = "PurchaseOrderID", skip_serializing_if = "Option::is_none")]
    pub purchase_order_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub invoice_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub purchase_order_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<Contact>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bank_account: Option<AccountName>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_date: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delivery_date: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line_amount_types: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency_rate: Option<Exact>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line_items: Option<Vec<Line>>,
}

/// Where records of a kind are made; nothing for what goes elsewhere.
pub const fn collection(kind: PurchaseKind) -> Option<&'static str> {
    match kind {
        PurchaseKind::Bill => Some("Invoices"),
        PurchaseKind::Spent => Some("BankTransactions"),
        PurchaseKind::Order => Some("PurchaseOrders"),
        PurchaseKind::Supplier | PurchaseKind::Removal => None,
    }
}

/// A record as it is made, approved at once.
///
/// # Errors
/// [`ProviderError::Rejected`] for sums, texts or currencies that do not fit, and
/// [`ProviderError::Unsupported`] for what is no document.
pub fn sent(purchase: &Purchase) -> Result<Sent, ProviderError> {
    match purchase {
        Purchase::Bill(ours) => bill(ours),
        Purchase::Spent { account, on } => spent(account, on),
        Purchase::Order(ours) => order(ours),
        Purchase::Supplier(_) | Purchase::Removal(_) => Err(ProviderError::Unsupported),
    }
}

/// A bill has no field for a reference (OpenAPI 16.1.0, `Invoice.Reference`: sales only), and its
/// number is the supplier's: the machine reference ends the text of its first line.
fn bill(ours: &PurchaseDocument) -> Result<Sent, ProviderError> {
    let mark = format!(" · Kontor {}", reference(&ours.reference)?);
    let mut lines = lines(ours)?;
    if let Some(first) = lines.first_mut() {
        let room = CAPABILITIES.lengths.description.saturating_sub(mark.chars().count());
        first.description = format!("{}{mark}", cut(&first.description, room));
    }
    Ok(Sent {
        kind: Some("ACCPAY"),
        invoice_number: filled(number("InvoiceNumber", ours)?),
        due_date: Some(Day(ours.due_date.unwrap_or(ours.date))),
        status: Some("AUTHORISED"),
        ..document(ours, lines)?
    })
}

/// Money spent keeps a reference (OpenAPI 16.1.0, `BankTransaction.Reference`) and has no number: the
/// supplier's receipt number, if there is one, stands in the text of the lines.
fn spent(account: &str, ours: &PurchaseDocument) -> Result<Sent, ProviderError> {
    Ok(Sent {
        kind: Some("SPEND"),
        reference: Some(reference(&ours.reference)?),
        bank_account: Some(AccountName { code: account.to_owned() }),
        ..document(ours, lines(ours)?)?
    })
}

fn order(ours: &PurchaseDocument) -> Result<Sent, ProviderError> {
    Ok(Sent {
        purchase_order_number: filled(number("PurchaseOrderNumber", ours)?),
        reference: Some(reference(&ours.reference)?),
        delivery_date: ours.due_date.map(Day),
        status: Some("AUTHORISED"),
        ..document(ours, lines(ours)?)?
    })
}

fn number(field: &str, ours: &PurchaseDocument) -> Result<String, ProviderError> {
    CAPABILITIES.fitting(field, &ours.number, CAPABILITIES.lengths.document_number)
}

fn lines(ours: &PurchaseDocument) -> Result<Vec<Line>, ProviderError> {
    ours.check_sums()?;
    let tracking = tracked(&ours.tracking)?;
    let line = |line| Line {
        tracking: tracking.iter().cloned().collect(),
        ..document_line(line, ours.basis, false)
    };
    Ok(ours.lines.iter().map(line).collect())
}

/// What the three have in common.
fn document(ours: &PurchaseDocument, lines: Vec<Line>) -> Result<Sent, ProviderError> {
    CAPABILITIES.check_currency("CurrencyCode", ours.currency)?;
    Ok(Sent {
        // Any field beside the id would change the contact there.
        contact: Some(Contact { contact_id: ours.supplier.clone(), ..Contact::default() }),
        date: Some(Day(ours.date)),
        line_amount_types: Some(match ours.basis {
            PriceBasis::Gross => "Inclusive",
            PriceBasis::Net => "Exclusive",
        }),
        currency_code: Some(ours.currency.code().to_owned()),
        currency_rate: ours.rate.and_then(|rate| their_rate(Decimal::ONE, rate)),
        line_items: Some(lines),
        ..Sent::default()
    })
}

/// What takes a record back, and the list it stands in: an approved bill is voided, money spent and an
/// order are deleted (OpenAPI 16.1.0, `Invoice.Status`, `BankTransaction.Status`,
/// `PurchaseOrder.Status`).
pub fn removal(ours: &PurchaseRemoval) -> (&'static str, Sent) {
    let id = Some(ours.existing.clone());
    match &ours.removed {
        RemovedPurchase::Bill => {
            ("Invoices", Sent { invoice_id: id, status: Some("VOIDED"), ..Sent::default() })
        }
        // The description demands type, account and lines of a change, too.
        RemovedPurchase::Spent { account } => (
            "BankTransactions",
            Sent {
                bank_transaction_id: id,
                kind: Some("SPEND"),
                bank_account: Some(AccountName { code: account.clone() }),
                line_items: Some(Vec::new()),
                status: Some("DELETED"),
                ..Sent::default()
            },
        ),
        RemovedPurchase::Order => (
            "PurchaseOrders",
            Sent { purchase_order_id: id, status: Some("DELETED"), ..Sent::default() },
        ),
    }
}
