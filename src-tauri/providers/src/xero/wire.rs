//! Xero's own types, with only the fields that are used.
//!
//! Never a float: amounts pass between text and decimal digit by digit.

pub use super::days::{Day, Moment};
pub use crate::exact::Exact;
use serde::{Deserialize, Deserializer, Serialize};
use std::borrow::Cow;

/// A text that is null where there is none.
fn null_is_empty<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(Option::<String>::deserialize(deserializer)?.unwrap_or_default())
}

/// A list that is null where there is nothing to list.
pub fn null_is_none<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Ok(Option::<Vec<T>>::deserialize(deserializer)?.unwrap_or_default())
}

/// A customer or supplier.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Contact {
    #[serde(rename = "ContactID", skip_serializing_if = "String::is_empty")]
    pub contact_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tax_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email_address: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty", deserialize_with = "null_is_none")]
    pub phones: Vec<Phone>,
    #[serde(skip_serializing_if = "Vec::is_empty", deserialize_with = "null_is_none")]
    pub addresses: Vec<Address>,
    #[serde(rename = "UpdatedDateUTC", skip_serializing)]
    pub updated_at: Option<Moment>,
    #[serde(skip_serializing)]
    pub status_attribute_string: Option<String>,
    #[serde(skip_serializing, deserialize_with = "null_is_none")]
    pub validation_errors: Vec<Message>,
}

/// A telephone number. People over there may split it; what we send is whole.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Phone {
    pub phone_type: Cow<'static, str>,
    #[serde(deserialize_with = "null_is_empty")]
    pub phone_number: String,
    #[serde(skip_serializing, deserialize_with = "null_is_empty")]
    pub phone_area_code: String,
    #[serde(skip_serializing, deserialize_with = "null_is_empty")]
    pub phone_country_code: String,
}

/// A postal address.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Address {
    pub address_type: Cow<'static, str>,
    #[serde(skip_serializing_if = "String::is_empty", deserialize_with = "null_is_empty")]
    pub address_line1: String,
    #[serde(skip_serializing_if = "String::is_empty", deserialize_with = "null_is_empty")]
    pub address_line2: String,
    #[serde(skip_serializing_if = "String::is_empty", deserialize_with = "null_is_empty")]
    pub city: String,
    #[serde(skip_serializing_if = "String::is_empty", deserialize_with = "null_is_empty")]
    pub postal_code: String,
    #[serde(skip_serializing_if = "String::is_empty", deserialize_with = "null_is_empty")]
    pub country: String,
}

/// An invoice or credit note; the two differ in the names of id and number only.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Sales {
    #[serde(rename = "Type", skip_serializing_if = "String::is_empty")]
    pub kind: String,
    #[serde(rename = "InvoiceID", skip_serializing_if = "String::is_empty")]
    pub invoice_id: String,
    #[serde(rename = "CreditNoteID", skip_serializing_if = "String::is_empty")]
    pub credit_note_id: String,
    /// Set of money that came without an invoice, or beyond one.
    #[serde(rename = "OverpaymentID", skip_serializing_if = "String::is_empty")]
    pub overpayment_id: String,
    /// Set of money that came in advance.
    #[serde(rename = "PrepaymentID", skip_serializing_if = "String::is_empty")]
    pub prepayment_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub invoice_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credit_note_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<Contact>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_date: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line_amount_types: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency_rate: Option<Exact>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty", skip_deserializing)]
    pub line_items: Vec<Line>,
    #[serde(skip_serializing)]
    pub total: Option<Exact>,
    #[serde(skip_serializing)]
    pub total_tax: Option<Exact>,
    /// What is still to be paid of an invoice.
    #[serde(skip_serializing)]
    pub amount_due: Option<Exact>,
    /// What is unused of a credit note.
    #[serde(skip_serializing)]
    pub remaining_credit: Option<Exact>,
    #[serde(skip_serializing, deserialize_with = "null_is_none")]
    pub allocations: Vec<Allocation>,
    #[serde(skip_serializing)]
    pub status_attribute_string: Option<String>,
    #[serde(skip_serializing, deserialize_with = "null_is_none")]
    pub validation_errors: Vec<Message>,
}

/// A line.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Line {
    pub description: String,
    pub quantity: Exact,
    pub unit_amount: Exact,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discount_rate: Option<Exact>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discount_amount: Option<Exact>,
    pub line_amount: Exact,
    pub account_code: String,
    pub tax_type: String,
    pub tax_amount: Exact,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tracking: Vec<Tracked>,
}

/// An option of a tracking category, named on a line.
#[derive(Clone, Debug, Serialize)]
pub struct Tracked {
    #[serde(rename = "TrackingCategoryID")]
    pub category: String,
    #[serde(rename = "TrackingOptionID")]
    pub option: String,
}

/// Money received.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Payment {
    #[serde(rename = "PaymentID", skip_serializing_if = "String::is_empty")]
    pub payment_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub invoice: Option<Sales>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credit_note: Option<Sales>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overpayment: Option<Sales>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prepayment: Option<Sales>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<AccountName>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<Exact>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency_rate: Option<Exact>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    #[serde(skip_serializing)]
    pub status: Option<String>,
    #[serde(skip_serializing)]
    pub payment_type: Option<String>,
    #[serde(skip_serializing)]
    pub status_attribute_string: Option<String>,
    #[serde(skip_serializing, deserialize_with = "null_is_none")]
    pub validation_errors: Vec<Message>,
}

/// An account, named by its code.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct AccountName {
    #[serde(deserialize_with = "null_is_empty")]
    pub code: String,
}

/// A credit note set against an invoice.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Allocation {
    #[serde(rename = "AllocationID", skip_serializing_if = "String::is_empty")]
    pub allocation_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<Exact>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub invoice: Option<Sales>,
    #[serde(skip_serializing)]
    pub is_deleted: bool,
    #[serde(skip_serializing)]
    pub status_attribute_string: Option<String>,
    #[serde(skip_serializing, deserialize_with = "null_is_none")]
    pub validation_errors: Vec<Message>,
}

/// One reason why something was refused.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Message {
    pub message: String,
}

/// The answer to a call as a whole: records, or why there are none.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Envelope {
    pub contacts: Option<Vec<Contact>>,
    pub invoices: Option<Vec<Sales>>,
    pub credit_notes: Option<Vec<Sales>>,
    pub payments: Option<Vec<Payment>>,
    pub overpayments: Option<Vec<super::kept::Overpayment>>,
    pub prepayments: Option<Vec<super::kept::Overpayment>>,
    pub bank_transactions: Option<Vec<super::kept::BankTransaction>>,
    pub allocations: Option<Vec<Allocation>>,
    pub attachments: Option<Vec<super::attachments::Attachment>>,
    pub manual_journals: Option<Vec<super::journals::ManualJournal>>,
    pub organisations: Option<Vec<Organisation>>,
    pub accounts: Option<Vec<Account>>,
    pub tax_rates: Option<Vec<TaxRate>>,
    pub tracking_categories: Option<Vec<TrackingCategory>>,
    pub currencies: Option<Vec<Currency>>,
    #[serde(rename = "pagination")]
    pub pagination: Option<Pagination>,
}

impl Envelope {
    /// How many records that can be pushed are in it.
    pub fn records(&self) -> usize {
        let counts = [
            self.contacts.as_ref().map(Vec::len),
            self.invoices.as_ref().map(Vec::len),
            self.credit_notes.as_ref().map(Vec::len),
            self.payments.as_ref().map(Vec::len),
            self.bank_transactions.as_ref().map(Vec::len),
            self.allocations.as_ref().map(Vec::len),
            self.manual_journals.as_ref().map(Vec::len),
        ];
        counts.into_iter().flatten().sum()
    }
}

/// Where a page stands in its list.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Pagination {
    pub page_count: u32,
}

/// A refusal of a whole call, in either of the shapes Xero has for it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Refusal {
    pub message: Option<String>,
    pub detail: Option<String>,
    #[serde(deserialize_with = "null_is_none")]
    pub elements: Vec<RefusedElement>,
}

/// An element of a refused call.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct RefusedElement {
    #[serde(deserialize_with = "null_is_none")]
    pub validation_errors: Vec<Message>,
}

/// The company.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Organisation {
    pub name: String,
    pub base_currency: String,
    pub financial_year_end_day: Option<u32>,
    pub financial_year_end_month: Option<u32>,
    pub period_lock_date: Option<Day>,
    pub end_of_year_lock_date: Option<Day>,
}

/// An account of the chart.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Account {
    #[serde(rename = "AccountID")]
    pub account_id: String,
    pub code: Option<String>,
    pub name: String,
    #[serde(rename = "Type", default)]
    pub kind: String,
    #[serde(default)]
    pub class: String,
    pub tax_type: Option<String>,
    pub status: Option<String>,
    /// What Xero itself uses it for; empty or null for an account of one's own.
    pub system_account: Option<String>,
    #[serde(default)]
    pub enable_payments_to_account: bool,
    /// Told of bank accounts.
    pub currency_code: Option<String>,
}

/// A tax rate.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct TaxRate {
    pub name: String,
    pub tax_type: Option<String>,
    pub effective_rate: Option<Exact>,
    pub display_tax_rate: Option<Exact>,
    #[serde(default)]
    pub can_apply_to_revenue: bool,
    pub status: Option<String>,
}

/// A currency that the company uses.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Currency {
    pub code: String,
    pub description: Option<String>,
}

/// A list of parts of a business.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct TrackingCategory {
    #[serde(rename = "TrackingCategoryID")]
    pub id: String,
    pub name: String,
    pub status: Option<String>,
    #[serde(default, deserialize_with = "null_is_none")]
    pub options: Vec<TrackingOption>,
}

/// A part of a business.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct TrackingOption {
    #[serde(rename = "TrackingOptionID")]
    pub id: String,
    pub name: String,
    pub status: Option<String>,
}

/// A company that a sign-in reaches (from the list of connections).
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Connection {
    pub tenant_id: String,
    pub tenant_type: String,
    pub tenant_name: Option<String>,
}
