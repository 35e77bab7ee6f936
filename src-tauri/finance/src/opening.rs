//! What was open when the book began: invoices that another system issued.
//!
//! Never a sale of this book: its VAT was reported where the invoice was issued, so here it is one
//! amount outside the scope of VAT. Never takes a number of the school's own series.

use crate::catalogue::ServiceKind;
use crate::credit_note::{CreditNote, CreditOrder, CreditRejection};
use crate::ids::{CreditNoteId, InvoiceId, SeriesId};
use crate::invoice::{DraftInvoice, Invoice, InvoiceRejection};
use crate::line::LineItem;
use crate::money::Money;
use crate::numbering::DocumentNumber;
use crate::tax::{PriceBasis, TaxCode, VatCategory};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// Stands before the number of the other system, so that no number of a series of the school's own
/// can ever be the same.
pub const OPENING_PREFIX: &str = "IB-";

/// Code of the one line's VAT; no school's table has it.
pub const OPENING_TAX: &str = "opening";

/// What the other system says of an invoice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// Its number there.
    pub number: String,
    /// What it came to there; nothing: the file does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<Money>,
    /// The VAT in that; nothing: the file does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vat: Option<Money>,
    /// How often it was brought in before and taken back again: no two documents bear one number.
    #[serde(default, skip_serializing_if = "is_first")]
    pub earlier: u32,
}

const fn is_first(earlier: &u32) -> bool {
    *earlier == 0
}

/// Why an opening invoice is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpeningRejection {
    /// Nothing is open, or less than nothing.
    #[error("nothing is open")]
    NothingOpen,
    /// More is open than the invoice came to.
    #[error("more is open than the invoice came to")]
    MoreThanTotal,
    /// VAT below nothing, or more than the invoice came to.
    #[error("the VAT cannot be a part of the invoice")]
    VatOutOfRange,
    /// No number.
    #[error("the invoice has no number")]
    NoNumber,
    /// What every invoice is refused for.
    #[error(transparent)]
    Invoice(#[from] InvoiceRejection),
}

impl Opening {
    /// Makes the invoice of it: one line over what is open. `parties` gives seller, buyer, dates
    /// and department; its lines, basis and currency are replaced. `series` is the same for every
    /// opening invoice of a school.
    ///
    /// # Errors
    /// [`OpeningRejection`] for the first rule broken.
    pub fn issue(
        self,
        id: InvoiceId,
        (series, open): (SeriesId, Money),
        parties: DraftInvoice,
        (description, payment_reference): (String, String),
    ) -> Result<Invoice, OpeningRejection> {
        self.check(open)?;
        let issue_date = parties.issue_date;
        let line = LineItem {
            service_id: None,
            service_code: String::new(),
            kind: ServiceKind::PassThrough,
            description: description.clone(),
            quantity: Decimal::ONE,
            unit_price: open.amount(),
            discount_percent: Decimal::ZERO,
            tax: TaxCode {
                code: OPENING_TAX.to_owned(),
                name: description.clone(),
                category: VatCategory::O,
                rate: Decimal::ZERO,
                reason: Some(description),
                valid_from: issue_date,
            },
            income_account: String::new(),
        };
        let number = DocumentNumber { series_id: series, sequence: 0, text: self.number_here() };
        let draft = DraftInvoice {
            lines: vec![line],
            basis: PriceBasis::Gross,
            currency: open.currency(),
            exchange: None,
            ..parties
        };
        let invoice = draft.issue(id, number, payment_reference)?;
        Ok(Invoice { opening: Some(self), ..invoice })
    }

    /// The number it bears in this book.
    pub fn number_here(&self) -> String {
        let Self { number, earlier, .. } = self;
        match earlier {
            0 => format!("{OPENING_PREFIX}{number}"),
            earlier => format!("{OPENING_PREFIX}{number} ({})", earlier.saturating_add(1)),
        }
    }

    fn check(&self, open: Money) -> Result<(), OpeningRejection> {
        if self.number.trim().is_empty() {
            return Err(OpeningRejection::NoNumber);
        }
        if !open.is_positive() {
            return Err(OpeningRejection::NothingOpen);
        }
        let less = |a: Money, b: Money| a.minus(b).is_ok_and(Money::is_negative);
        if self.total.is_some_and(|total| less(total, open)) {
            return Err(OpeningRejection::MoreThanTotal);
        }
        let whole = self.total.unwrap_or(open);
        if self.vat.is_some_and(|vat| vat.is_negative() || less(whole, vat)) {
            return Err(OpeningRejection::VatOutOfRange);
        }
        Ok(())
    }
}

/// Takes back an invoice that a file brought in by mistake: all of it is credited, under its own
/// number with a `K`, and posted back to where the opening balances stand.
///
/// # Errors
/// [`CreditRejection`] for the first rule broken.
pub fn withdraw(
    invoice: &Invoice,
    id: CreditNoteId,
    (on, reason): (NaiveDate, String),
) -> Result<CreditNote, CreditRejection> {
    let number = DocumentNumber {
        series_id: invoice.number.series_id,
        sequence: 0,
        text: format!("{}-K", invoice.number.text),
    };
    let lines = invoice.creditable(&[]);
    invoice.credit(CreditOrder { id, number, issue_date: on, reason, lines }, &[])
}
