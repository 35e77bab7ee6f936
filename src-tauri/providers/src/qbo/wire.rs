//! Intuit's own types, with only the fields that are used.
//!
//! Never a float: amounts pass between text and decimal digit by digit.

use super::attachments::Attachable;
pub use super::fault::Fault;
use super::fields::{CustomField, SalesFormsPrefs};
use super::journals::JournalEntry;
use super::reference::CompanyCurrency;
pub use crate::exact::Exact;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Something named by its id.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Reference {
    pub value: String,
}

impl Reference {
    /// A reference to this id.
    pub fn to(id: &str) -> Self {
        Self { value: id.to_owned() }
    }
}

/// A customer, and as far as names go a vendor or an employee.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Person {
    #[serde(skip_serializing_if = "String::is_empty")]
    pub id: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub sync_token: String,
    #[serde(rename = "sparse", skip_serializing_if = "Option::is_none")]
    pub sparse: Option<bool>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub display_name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub primary_phone: Option<Phone>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub primary_email_addr: Option<Email>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bill_addr: Option<Address>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency_ref: Option<Reference>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub primary_tax_identifier: Option<String>,
    #[serde(skip_serializing)]
    pub meta_data: Option<super::changes::Stamps>,
    /// `Deleted` in a list of changes, with nothing else but the id: here and below.
    #[serde(rename = "status", skip_serializing)]
    pub status: Option<String>,
}

/// A telephone number.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Phone {
    pub free_form_number: String,
}

/// An e-mail address.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Email {
    pub address: String,
}

/// A postal address.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Address {
    pub line1: String,
    pub line2: String,
    pub city: String,
    pub country: String,
    pub postal_code: String,
}

/// An invoice or credit memo.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Sales {
    #[serde(skip_serializing_if = "String::is_empty")]
    pub id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub doc_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub txn_date: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency_ref: Option<Reference>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exchange_rate: Option<Exact>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub private_note: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty", skip_deserializing)]
    pub custom_field: Vec<CustomField>,
    #[serde(skip_serializing)]
    pub linked_txn: Vec<Linked>,
    #[serde(skip_serializing_if = "Vec::is_empty", skip_deserializing)]
    pub line: Vec<SalesLine>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub txn_tax_detail: Option<TaxDetail>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_ref: Option<Reference>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_date: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none", skip_deserializing)]
    pub global_tax_calculation: Option<&'static str>,
    #[serde(skip_serializing)]
    pub total_amt: Option<Exact>,
    /// What is still open of it.
    #[serde(skip_serializing)]
    pub balance: Option<Exact>,
    #[serde(rename = "status", skip_serializing)]
    pub status: Option<String>,
}

/// A line of a sale.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct SalesLine {
    pub description: String,
    pub amount: Exact,
    pub detail_type: &'static str,
    pub sales_item_line_detail: ItemDetail,
}

/// What is sold, and how it is taxed.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ItemDetail {
    pub item_ref: Reference,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class_ref: Option<Reference>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit_price: Option<Exact>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub qty: Option<Exact>,
    pub tax_code_ref: Reference,
}

/// The tax of a sale.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct TaxDetail {
    pub total_tax: Option<Exact>,
    #[serde(skip_deserializing, skip_serializing_if = "Vec::is_empty")]
    pub tax_line: Vec<TaxLine>,
}

/// The tax of one rate.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct TaxLine {
    pub amount: Exact,
    pub detail_type: &'static str,
    pub tax_line_detail: RateDetail,
}

/// Which rate, and of what.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct RateDetail {
    pub tax_rate_ref: Reference,
    pub percent_based: bool,
    pub tax_percent: Exact,
    pub net_amount_taxable: Exact,
}

/// Money received, or a credit memo set against an invoice.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Payment {
    #[serde(skip_serializing_if = "String::is_empty")]
    pub id: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub sync_token: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub txn_date: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency_ref: Option<Reference>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exchange_rate: Option<Exact>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub private_note: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub line: Vec<PaymentLine>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_ref: Option<Reference>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deposit_to_account_ref: Option<Reference>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total_amt: Option<Exact>,
    #[serde(skip_serializing)]
    pub unapplied_amt: Option<Exact>,
    /// `Deleted` in the answer to a deletion, and in a list of changes with nothing else but the id.
    #[serde(rename = "status", skip_serializing)]
    pub status: Option<String>,
}

/// What a payment takes from another record.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct PaymentLine {
    pub amount: Option<Exact>,
    pub linked_txn: Vec<Linked>,
}

/// A tie to another record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Linked {
    pub txn_id: String,
    pub txn_type: String,
}

/// A record ready to go, under Intuit's name of its kind.
#[derive(Clone, Debug, Serialize)]
pub enum Record {
    Customer(Person),
    Invoice(Sales),
    CreditMemo(Sales),
    Payment(Payment),
    /// The same kind, of which only lines and note change.
    #[serde(rename = "Payment")]
    Kept(super::kept::Change),
    JournalEntry(JournalEntry),
}

/// An item of a batch.
#[derive(Clone, Debug, Serialize)]
pub struct BatchItem {
    #[serde(rename = "bId")]
    pub id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operation: Option<&'static str>,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub record: Option<Record>,
    #[serde(rename = "Query", skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
}

/// An answer about one record, alone or in a batch.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Answered {
    #[serde(rename = "bId")]
    pub id: String,
    pub customer: Option<Person>,
    pub invoice: Option<Sales>,
    pub credit_memo: Option<Sales>,
    pub payment: Option<Payment>,
    pub journal_entry: Option<JournalEntry>,
    pub query_response: Option<Rows>,
    #[serde(rename = "CDCResponse")]
    pub changes: Option<Vec<ChangedRows>>,
    pub batch_item_response: Option<Vec<Answered>>,
    /// Intuit sometimes writes a refusal in lower case.
    #[serde(alias = "fault")]
    pub fault: Option<Fault>,
}

/// What changed, a list for each kind that was asked for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct ChangedRows {
    pub query_response: Vec<Rows>,
}

/// What a query found.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Rows {
    pub company_info: Vec<CompanyInfo>,
    pub preferences: Vec<Preferences>,
    pub account: Vec<Account>,
    pub item: Vec<Item>,
    pub tax_code: Vec<TaxCode>,
    pub tax_rate: Vec<TaxRate>,
    pub class: Vec<Class>,
    pub company_currency: Vec<CompanyCurrency>,
    pub customer: Vec<Person>,
    pub vendor: Vec<Person>,
    pub employee: Vec<Person>,
    pub invoice: Vec<Sales>,
    pub credit_memo: Vec<Sales>,
    pub payment: Vec<Payment>,
    pub journal_entry: Vec<JournalEntry>,
    pub attachable: Vec<Attachable>,
}

/// The company.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct CompanyInfo {
    pub company_name: String,
    pub country: String,
}

/// The company's settings.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Preferences {
    pub accounting_info_prefs: AccountingPrefs,
    pub sales_forms_prefs: SalesFormsPrefs,
    pub currency_prefs: CurrencyPrefs,
}

/// Settings of the books.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct AccountingPrefs {
    pub book_close_date: Option<NaiveDate>,
    /// The English name of a month.
    pub first_month_of_fiscal_year: Option<String>,
}

/// Settings of currencies.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct CurrencyPrefs {
    pub home_currency: Reference,
    pub multi_currency_enabled: bool,
}

/// An account of the chart.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Account {
    pub id: String,
    pub name: String,
    pub acct_num: Option<String>,
    pub classification: String,
    pub account_type: String,
    pub account_sub_type: Option<String>,
    pub currency_ref: Option<Reference>,
    pub active: Option<bool>,
}

/// Something that is sold.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Item {
    pub id: String,
    pub name: String,
    #[serde(rename = "Type")]
    pub kind: String,
    pub income_account_ref: Option<Reference>,
    pub sales_tax_code_ref: Option<Reference>,
    pub active: Option<bool>,
}

/// What parts of a business are told apart by.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Class {
    pub id: String,
    pub name: String,
    /// With the names of the classes above it.
    pub fully_qualified_name: Option<String>,
    pub active: Option<bool>,
}

/// A tax code of lines.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct TaxCode {
    pub id: String,
    pub name: String,
    pub active: Option<bool>,
    pub sales_tax_rate_list: RateList,
}

/// The rates behind a code.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct RateList {
    pub tax_rate_detail: Vec<RateOfCode>,
}

/// One rate behind a code.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct RateOfCode {
    pub tax_rate_ref: Reference,
    pub tax_on_tax_order: Option<i64>,
}

/// A tax rate.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct TaxRate {
    pub id: String,
    pub rate_value: Option<Exact>,
}
