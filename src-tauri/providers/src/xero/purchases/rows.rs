//! Xero's bills, bank transactions and purchase orders as they are shown: what the three have in
//! common has the same names (OpenAPI 16.1.0, schemas `Invoice`, `BankTransaction`, `PurchaseOrder`).

use super::super::client::Paged;
use super::super::wire::{Contact, Day, Exact, Message, Pagination, null_is_none};
use crate::document::ExternalRef;
use crate::fitting::money;
use crate::purchase::{PurchaseKind, PurchaseRemoval};
use finance::money::{Currency, MoneyError};
use serde::Deserialize;

/// One of them.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Bought {
    #[serde(rename = "Type")]
    pub kind: String,
    #[serde(rename = "InvoiceID")]
    pub invoice_id: String,
    #[serde(rename = "BankTransactionID")]
    pub bank_transaction_id: String,
    #[serde(rename = "PurchaseOrderID")]
    pub purchase_order_id: String,
    pub invoice_number: Option<String>,
    pub purchase_order_number: Option<String>,
    pub reference: Option<String>,
    pub contact: Option<Contact>,
    pub date: Option<Day>,
    pub status: Option<String>,
    pub currency_code: Option<String>,
    #[serde(deserialize_with = "null_is_none")]
    pub line_items: Vec<Described>,
    pub total: Option<Exact>,
    pub total_tax: Option<Exact>,
    /// What is still to be paid of a bill.
    pub amount_due: Option<Exact>,
    pub status_attribute_string: Option<String>,
    #[serde(deserialize_with = "null_is_none")]
    pub validation_errors: Vec<Message>,
}

/// A line, of which its text is read.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Described {
    pub description: Option<String>,
}

/// An answer, or a page of a list: one of the three is in it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Listed {
    pub invoices: Option<Vec<Bought>>,
    pub bank_transactions: Option<Vec<Bought>>,
    pub purchase_orders: Option<Vec<Bought>>,
    #[serde(rename = "pagination")]
    pub pagination: Option<Pagination>,
}

impl Listed {
    /// Whatever is in it.
    pub fn all(self) -> Vec<Bought> {
        let lists = [self.invoices, self.bank_transactions, self.purchase_orders];
        lists.into_iter().flatten().flatten().collect()
    }

    /// What is in it; nothing for an answer that holds none of the lists.
    pub fn rows(self) -> Option<Vec<Bought>> {
        self.invoices.or(self.bank_transactions).or(self.purchase_orders)
    }
}

impl Paged for Listed {
    fn page_count(&self) -> Option<u32> {
        self.pagination.map(|pagination| pagination.page_count)
    }
}

impl Bought {
    /// Its id.
    pub fn id(&self) -> &str {
        let ids = [&self.invoice_id, &self.bank_transaction_id, &self.purchase_order_id];
        ids.into_iter().find(|id| !id.is_empty()).map_or("", String::as_str)
    }

    /// Its number; a bank transaction has none.
    pub fn number(&self) -> &str {
        let number = self.invoice_number.as_ref().or(self.purchase_order_number.as_ref());
        number.map_or("", String::as_str)
    }

    /// Whether it is of this kind: sales and money received stand in the same lists.
    pub fn is_kind(&self, kind: PurchaseKind) -> bool {
        match kind {
            PurchaseKind::Bill => self.kind == "ACCPAY",
            PurchaseKind::Spent => self.kind == "SPEND",
            PurchaseKind::Order => !self.purchase_order_id.is_empty(),
            PurchaseKind::Supplier | PurchaseKind::Removal => false,
        }
    }

    /// What people and programs wrote on it: a bill has no reference, so its lines count too.
    pub fn text(&self) -> String {
        let lines = self.line_items.iter().filter_map(|line| line.description.as_deref());
        let words: Vec<&str> = self.reference.as_deref().into_iter().chain(lines).collect();
        words.join(" ").trim().to_owned()
    }

    /// Whether our machine reference stands on it, as a word of its own: a shorter reference must
    /// not be found in a longer one.
    pub fn bears(&self, reference: &str) -> bool {
        !reference.is_empty() && self.text().split_whitespace().any(|word| word == reference)
    }

    /// It was taken back.
    pub fn is_gone(&self) -> bool {
        matches!(self.status.as_deref(), Some("VOIDED" | "DELETED"))
    }

    /// The record it is. Without a currency of its own it is in ours.
    ///
    /// # Errors
    /// An amount that is none, or a currency that there is not.
    pub fn external(&self, ours: Option<Currency>) -> Result<ExternalRef, MoneyError> {
        // A record in another currency must not pass for one with the same figures in ours.
        let told = self.currency_code.as_deref().map(str::parse).transpose()?;
        let (gross, vat) = match told.or(ours) {
            Some(currency) => (money(self.total, currency)?, money(self.total_tax, currency)?),
            None => (None, None),
        };
        let id = self.id().to_owned();
        let page = match self.kind.as_str() {
            "ACCPAY" => Some("AccountsPayable/View.aspx?InvoiceID="),
            "SPEND" => Some("Bank/ViewTransaction.aspx?bankTransactionID="),
            _ => None,
        };
        let url = page.map(|page| format!("https://go.xero.com/{page}{id}"));
        Ok(ExternalRef { id, number: self.number().to_owned(), url, gross, vat })
    }
}

/// What is gone, as a removal wants it.
pub fn gone(ours: &PurchaseRemoval) -> ExternalRef {
    let (id, number) = (ours.existing.clone(), ours.reference.clone());
    ExternalRef { id, number, url: None, gross: None, vat: None }
}
