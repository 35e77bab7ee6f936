//! Their records as the adapters read them, and the sums of them, for reconciliation. Pure.
//!
//! Never decides which states are in the books: each adapter says so of each record.

use crate::document::DocumentKind;
use crate::error::ProviderError;
use crate::exact::Exact;
use crate::fitting::{money, unusable};
use crate::http::{Effect, unclear};
use crate::record::{RemoteRecord, RemoteState};
use chrono::NaiveDate;
use finance::money::{Currency, Money};

/// What a row of theirs says, before its amounts are read in its currency.
pub struct Row<'a> {
    /// Kind of the record.
    pub kind: DocumentKind,
    /// Their id.
    pub id: &'a str,
    /// Number for people.
    pub number: Option<&'a str>,
    /// What carries the machine reference.
    pub reference: Option<&'a str>,
    /// Date.
    pub date: Option<NaiveDate>,
    /// Last day to pay.
    pub due_date: Option<NaiveDate>,
    /// Customer.
    pub contact: Option<&'a str>,
    /// Currency of the amounts.
    pub currency: Currency,
    /// Sum with VAT.
    pub gross: Option<Exact>,
    /// VAT; nothing for payments.
    pub vat: Option<Exact>,
    /// What is open; nothing for payments.
    pub open: Option<Exact>,
    /// How it stands.
    pub state: RemoteState,
}

impl Row<'_> {
    /// The record it is.
    ///
    /// # Errors
    /// [`ProviderError::Protocol`] for one without a date, or an amount that the currency cannot
    /// hold.
    pub fn read(self) -> Result<RemoteRecord, ProviderError> {
        let date = self.date.ok_or_else(|| unclear(Effect::Read, "a record without a date"))?;
        let amount = |it| money(it, self.currency).map_err(unusable);
        let text = |it: Option<&str>| it.unwrap_or_default().to_owned();
        let is_sale = matches!(self.kind, DocumentKind::Invoice | DocumentKind::CreditNote);
        let zero = Money::zero(self.currency);
        Ok(RemoteRecord {
            kind: self.kind,
            id: self.id.to_owned(),
            number: text(self.number),
            reference: text(self.reference),
            date,
            due_date: self.due_date,
            contact: self.contact.map(str::to_owned),
            currency: self.currency,
            gross: amount(self.gross)?.unwrap_or(zero),
            // A sale without a word about tax has none.
            vat: is_sale.then_some(amount(self.vat)?.unwrap_or(zero)),
            open: amount(self.open)?,
            state: self.state,
        })
    }
}
