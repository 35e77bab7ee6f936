//! Sage's own types, with only the fields that are used. What is sent and what is shown differ in
//! Sage: a body names a contact by `contact_id`, an answer shows `contact`.
//!
//! Never a float: amounts pass between text and decimal digit by digit.

pub use crate::exact::Exact;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Deserializer, Serialize};

/// A list that is null where there is nothing to list.
fn null_is_none<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Ok(Option::<Vec<T>>::deserialize(deserializer)?.unwrap_or_default())
}

/// A customer, to be made or changed.
#[derive(Clone, Debug, Serialize)]
pub struct ContactBody {
    pub name: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub contact_type_ids: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tax_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub main_address: Option<AddressBody>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub main_contact_person: Option<PersonBody>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub idempotency_id: Option<String>,
}

/// A customer's address.
#[derive(Clone, Debug, Serialize)]
pub struct AddressBody {
    pub address_type_id: &'static str,
    pub address_line_1: String,
    pub address_line_2: String,
    pub city: String,
    pub postal_code: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country_id: Option<String>,
}

/// The person to write to.
#[derive(Clone, Debug, Serialize)]
pub struct PersonBody {
    pub contact_person_type_ids: Vec<&'static str>,
    pub name: String,
    pub email: String,
    pub telephone: String,
    pub is_main_contact: bool,
}

/// A sales invoice or credit note, to be made; it has one of the two lists of lines.
#[derive(Clone, Debug, Serialize)]
pub struct SalesBody {
    pub contact_id: String,
    pub date: NaiveDate,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_date: Option<NaiveDate>,
    pub reference: String,
    pub notes: String,
    pub status_id: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exchange_rate: Option<Exact>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inverse_exchange_rate: Option<Exact>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub invoice_lines: Vec<LineBody>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub credit_note_lines: Vec<LineBody>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub idempotency_id: Option<String>,
}

/// One line; its price never contains VAT.
#[derive(Clone, Debug, Serialize)]
pub struct LineBody {
    pub description: String,
    pub ledger_account_id: String,
    pub quantity: Exact,
    pub unit_price: Exact,
    pub tax_rate_id: String,
    pub tax_amount: Exact,
}

/// Money received, to be recorded.
#[derive(Clone, Debug, Serialize)]
pub struct PaymentBody {
    pub transaction_type_id: &'static str,
    pub contact_id: String,
    pub bank_account_id: String,
    pub date: NaiveDate,
    pub total_amount: Exact,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exchange_rate: Option<Exact>,
    pub reference: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub allocated_artefacts: Vec<PartBody>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub idempotency_id: Option<String>,
}

/// Credit set against debt, to be recorded.
#[derive(Clone, Debug, Serialize)]
pub struct AllocationBody {
    pub transaction_type_id: &'static str,
    pub contact_id: String,
    pub date: NaiveDate,
    pub allocated_artefacts: Vec<PartBody>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub idempotency_id: Option<String>,
}

/// A record that may have been taken back.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Lasting {
    pub id: String,
    pub deleted_at: Option<String>,
}

/// What one artefact takes, or gives where it is negative.
#[derive(Clone, Debug, Serialize)]
pub struct PartBody {
    pub artefact_id: String,
    pub amount: Exact,
}

/// A page of a list.
#[derive(Clone, Debug, Deserialize)]
pub struct Page<T> {
    #[serde(rename = "$items")]
    pub items: Vec<T>,
    #[serde(rename = "$total", default)]
    pub total: Option<usize>,
    #[serde(rename = "$next", default)]
    pub next: Option<String>,
}

/// A record that another names.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Named {
    pub id: String,
    pub displayed_as: Option<String>,
}

/// Where a person sees a record.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Link {
    pub href: Option<String>,
    pub rel: Option<String>,
}

/// A business that the sign-in can reach.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Business {
    pub id: String,
    pub displayed_as: Option<String>,
    pub name: Option<String>,
}

/// A customer or supplier.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Contact {
    pub id: String,
    pub displayed_as: Option<String>,
    pub name: Option<String>,
    pub reference: Option<String>,
    pub notes: Option<String>,
    pub tax_number: Option<String>,
    pub main_address: Option<AddressShown>,
    pub main_contact_person: Option<PersonShown>,
    pub updated_at: Option<DateTime<Utc>>,
    #[serde(deserialize_with = "null_is_none")]
    pub links: Vec<Link>,
}

/// A customer's address, as it is shown.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct AddressShown {
    pub address_line_1: Option<String>,
    pub address_line_2: Option<String>,
    pub city: Option<String>,
    pub postal_code: Option<String>,
    pub country: Option<Named>,
    pub country_id: Option<String>,
}

/// The person to write to, as shown.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct PersonShown {
    pub email: Option<String>,
    pub telephone: Option<String>,
}

/// A sales invoice or credit note.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Sales {
    pub id: String,
    pub displayed_as: Option<String>,
    pub reference: Option<String>,
    pub notes: Option<String>,
    pub contact: Option<Named>,
    pub date: Option<NaiveDate>,
    pub due_date: Option<NaiveDate>,
    pub status: Option<Named>,
    pub currency: Option<Named>,
    pub net_amount: Option<Exact>,
    pub tax_amount: Option<Exact>,
    pub total_amount: Option<Exact>,
    pub outstanding_amount: Option<Exact>,
    pub base_currency_total_amount: Option<Exact>,
    #[serde(deserialize_with = "null_is_none")]
    pub links: Vec<Link>,
}

/// Money received.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Payment {
    pub id: String,
    pub reference: Option<String>,
    pub contact: Option<Named>,
    pub date: Option<NaiveDate>,
    pub total_amount: Option<Exact>,
    pub currency: Option<Named>,
    pub bank_account: Option<Named>,
    #[serde(deserialize_with = "null_is_none")]
    pub allocated_artefacts: Vec<Part>,
    /// What it left that no artefact took.
    pub payment_on_account: Option<Left>,
}

/// What of a payment no artefact took, and how much of that is unused.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Left {
    pub id: String,
    pub outstanding_amount: Option<Exact>,
}

/// Credit set against debt.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Allocation {
    pub id: String,
    pub contact: Option<Named>,
    pub date: Option<NaiveDate>,
    #[serde(deserialize_with = "null_is_none")]
    pub allocated_artefacts: Vec<Part>,
}

/// What one artefact took or gave.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Part {
    pub artefact: Option<Named>,
    pub amount: Option<Exact>,
}

/// A ledger account.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct LedgerAccount {
    pub id: String,
    pub displayed_as: Option<String>,
    pub ledger_account_group: Option<Named>,
    pub tax_rate: Option<Named>,
    pub is_control_account: Option<bool>,
    pub visible_in_sales: Option<bool>,
    pub visible_in_journals: Option<bool>,
    pub balance_details: Option<Balance>,
}

/// What stands on an account over some days.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Balance {
    pub debits: Option<Exact>,
    pub credits: Option<Exact>,
}

/// One side of what was posted: a debit or a credit, in the currency of the books.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct LedgerEntry {
    pub date: Option<NaiveDate>,
    pub debit: Option<Exact>,
    pub credit: Option<Exact>,
    pub ledger_account: Option<Named>,
    pub transaction: Option<Named>,
    pub contact: Option<Named>,
    pub description: Option<String>,
    pub deleted: Option<bool>,
}

/// A bank or cash account.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct BankAccount {
    pub id: String,
    pub displayed_as: Option<String>,
    pub is_active: Option<bool>,
    pub ledger_account: Option<Named>,
    pub currency: Option<Named>,
}

/// A currency that Sage knows.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Currency {
    pub id: String,
    pub displayed_as: Option<String>,
}

/// A tax rate.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct TaxRate {
    pub id: String,
    pub displayed_as: Option<String>,
    pub name: Option<String>,
    pub percentage: Option<Exact>,
    pub is_visible: Option<bool>,
}

/// The settings of the books.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct FinancialSettings {
    pub base_currency: Option<Named>,
    pub multi_currency_enabled: Option<bool>,
    /// The last day of a financial year; others end with the same day and month.
    pub year_end_date: Option<NaiveDate>,
    pub year_end_lockdown_date: Option<NaiveDate>,
    pub accounts_start_date: Option<NaiveDate>,
}

/// One reason of a refusal.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Fault {
    #[serde(rename = "$dataCode")]
    pub code: String,
    #[serde(rename = "$message")]
    pub message: String,
    #[serde(rename = "$source")]
    pub source: String,
}
