//! Credit notes: the only way to take back an issued invoice, whole or in part.
//!
//! Never changes the invoice, and never credits more than it still has.

use crate::exchange::{Conversion, InBooks};
use crate::ids::{CreditNoteId, DepartmentId, InvoiceId, SchoolId, StudentId};
use crate::invoice::Invoice;
use crate::line::Totals;
use crate::money::{Money, MoneyError};
use crate::numbering::DocumentNumber;
use crate::party::{Person, Seller};
use crate::payer::InvoicePayer;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// An issued credit note (EU VAT directive art. 219: it refers to the invoice unmistakably).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreditNote {
    /// Its identity.
    pub id: CreditNoteId,
    /// The school.
    pub school_id: SchoolId,
    /// The department.
    pub department_id: Option<DepartmentId>,
    /// Whom it is for.
    pub student_id: StudentId,
    /// The invoice it takes back.
    pub invoice_id: InvoiceId,
    /// That invoice's number, as printed.
    pub invoice_number: String,
    /// Its own number.
    pub number: DocumentNumber,
    /// The seller as printed.
    pub seller: Seller,
    /// The buyer as printed.
    pub person: Person,
    /// The payer and whom the lines are for, where the buyer is not the student.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payer: Option<Box<InvoicePayer>>,
    /// Date of the document.
    pub issue_date: NaiveDate,
    /// Credited lines, VAT and totals, all positive. A line's `item` is that of the invoice.
    pub totals: Totals,
    /// What it is worth in the currency of the books, by the rate of its invoice, where that is in
    /// another currency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conversion: Option<Box<Conversion>>,
    /// For each credited line the place of the invoice's line, from 0.
    pub invoice_lines: Vec<usize>,
    /// Why, as printed.
    pub reason: String,
    /// It takes back an invoice of another system that a file brought in by mistake: it has a number
    /// of no series and no paper, and no accounting system is told of it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub opening: bool,
}

impl CreditNote {
    /// As the books count it.
    pub fn books(&self) -> InBooks<'_> {
        InBooks { own: &self.totals, conversion: self.conversion.as_deref() }
    }
}

/// How much of one invoice line is taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreditedLine {
    /// Place of the line on the invoice, from 0.
    pub line: usize,
    /// The amount with VAT that is taken back; above nothing.
    pub gross: Money,
}

/// Why an invoice cannot be credited so.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CreditRejection {
    /// No line was named.
    #[error("choose at least one line to credit")]
    NothingChosen,
    /// The invoice has no such line, or it was named twice.
    #[error("line {line} is not on the invoice, or was chosen twice")]
    UnknownLine { line: usize },
    /// Nothing, less than nothing, or another currency.
    #[error("line {line}: the amount must be above 0")]
    NotPositive { line: usize },
    /// More than earlier credit notes left.
    #[error("line {line}: only {left} is left to credit")]
    MoreThanLeft { line: usize, left: Money },
    /// Dated before the invoice.
    #[error("a credit note cannot be dated before its invoice")]
    BeforeInvoice,
    /// No reason was given.
    #[error("a credit note needs a reason")]
    NoReason,
}

/// What a new credit note is made of, besides the invoice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreditOrder {
    /// Its identity.
    pub id: CreditNoteId,
    /// Its number.
    pub number: DocumentNumber,
    /// Date of the document.
    pub issue_date: NaiveDate,
    /// Why.
    pub reason: String,
    /// What is taken back.
    pub lines: Vec<CreditedLine>,
}

impl Invoice {
    /// What is left to credit of each line after `earlier` credit notes of this invoice.
    pub fn creditable(&self, earlier: &[CreditNote]) -> Vec<CreditedLine> {
        crate::crediting::creditable(self, earlier)
    }

    /// What of a line's own amount comes to an amount in the currency of the books, out of what
    /// `earlier` credit notes left: all that is left for all that it is worth, else its share,
    /// rounded, so that parts never miss or exceed a line by a minor unit.
    ///
    /// # Errors
    /// [`MoneyError`] where there is no such line, it is worth nothing, or the currencies differ.
    pub fn own_part(
        &self,
        earlier: &[CreditNote],
        line: usize,
        base: Money,
    ) -> Result<Money, MoneyError> {
        crate::crediting::own_part(self, earlier, line, base)
    }

    /// Takes back lines of this invoice. When the last of a line is taken, its net and VAT are
    /// what is left, so that all credit notes together reverse the invoice exactly.
    ///
    /// # Errors
    /// [`CreditRejection`] for the first rule broken.
    pub fn credit(
        &self,
        order: CreditOrder,
        earlier: &[CreditNote],
    ) -> Result<CreditNote, CreditRejection> {
        crate::crediting::credit(self, order, earlier)
    }
}
