//! Drafts and invoices. A draft may change; an issued invoice may not.
//!
//! Never stores a status: whether an invoice is paid follows from what was set against it.

use crate::ids::{DepartmentId, InvoiceId, SchoolId, StudentId};
use crate::line::{LineItem, LineRejection, Totals};
use crate::money::{Currency, Money};
use crate::numbering::DocumentNumber;
use crate::party::{Person, Seller};
use crate::pricing;
use crate::tax::PriceBasis;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// An invoice in the making.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftInvoice {
    /// The school that sells.
    pub school_id: SchoolId,
    /// The department it is booked on.
    pub department_id: Option<DepartmentId>,
    /// Whom it is for.
    pub student_id: StudentId,
    /// The seller as printed.
    pub seller: Seller,
    /// The buyer as printed.
    pub person: Person,
    /// Date of the document.
    pub issue_date: NaiveDate,
    /// Last day of delivery, where it differs.
    pub delivery_date: Option<NaiveDate>,
    /// Last day to pay.
    pub due_date: NaiveDate,
    /// Currency of every amount.
    pub currency: Currency,
    /// Whether prices contain VAT.
    pub basis: PriceBasis,
    /// What is charged.
    pub lines: Vec<LineItem>,
    /// The buyer's reference, or empty.
    pub reference: String,
    /// A note printed on the document, or empty.
    pub note: String,
}

/// An issued invoice: a snapshot that never changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invoice {
    /// Its identity.
    pub id: InvoiceId,
    /// The school.
    pub school_id: SchoolId,
    /// The department.
    pub department_id: Option<DepartmentId>,
    /// Whom it is for.
    pub student_id: StudentId,
    /// Its number.
    pub number: DocumentNumber,
    /// The seller as printed.
    pub seller: Seller,
    /// The buyer as printed.
    pub person: Person,
    /// Date of the document.
    pub issue_date: NaiveDate,
    /// Last day of delivery, where it differs.
    pub delivery_date: Option<NaiveDate>,
    /// Last day to pay.
    pub due_date: NaiveDate,
    /// Whether prices contain VAT.
    pub basis: PriceBasis,
    /// Lines, VAT and totals.
    pub totals: Totals,
    /// The KID or other payment reference, or empty.
    pub payment_reference: String,
    /// The buyer's reference, or empty.
    pub reference: String,
    /// A note, or empty.
    pub note: String,
}

/// Why a draft cannot be issued.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvoiceRejection {
    /// A line breaks a rule.
    #[error(transparent)]
    Line(#[from] LineRejection),
    /// Due before it is issued.
    #[error("the due date lies before the issue date")]
    DueBeforeIssue,
    /// The buyer must be named (EU VAT directive art. 226(5); bokføringsforskriften § 5-1-1).
    #[error("the buyer has no name")]
    NoBuyer,
    /// The seller must be named.
    #[error("the seller has no legal name")]
    NoSeller,
    /// Less than nothing: that is a credit note.
    #[error("an invoice cannot come to less than nothing")]
    NegativeTotal,
    /// VAT on a document of a seller without a VAT number (art. 226(3)).
    #[error("VAT is charged but the seller has no VAT number")]
    VatWithoutNumber,
}

impl DraftInvoice {
    /// Lines, VAT and totals as they stand.
    ///
    /// # Errors
    /// [`LineRejection`] for the first line that breaks a rule.
    pub fn totals(&self) -> Result<Totals, LineRejection> {
        pricing::price(self.lines.clone(), self.basis, self.currency)
    }

    /// Checks everything that issuing checks, without a number.
    ///
    /// # Errors
    /// [`InvoiceRejection`] for the first rule broken.
    pub fn check(&self) -> Result<Totals, InvoiceRejection> {
        if self.person.name.trim().is_empty() {
            return Err(InvoiceRejection::NoBuyer);
        }
        if self.seller.name.trim().is_empty() {
            return Err(InvoiceRejection::NoSeller);
        }
        if self.due_date < self.issue_date {
            return Err(InvoiceRejection::DueBeforeIssue);
        }
        let totals = self.totals()?;
        if totals.gross.is_negative() {
            return Err(InvoiceRejection::NegativeTotal);
        }
        if !totals.vat.is_zero() && self.seller.vat_number.trim().is_empty() {
            return Err(InvoiceRejection::VatWithoutNumber);
        }
        Ok(totals)
    }

    /// Turns the draft into an invoice.
    ///
    /// # Errors
    /// As [`DraftInvoice::check`].
    pub fn issue(
        self,
        id: InvoiceId,
        number: DocumentNumber,
        payment_reference: String,
    ) -> Result<Invoice, InvoiceRejection> {
        let totals = self.check()?;
        Ok(Invoice {
            id,
            school_id: self.school_id,
            department_id: self.department_id,
            student_id: self.student_id,
            number,
            seller: self.seller,
            person: self.person,
            issue_date: self.issue_date,
            delivery_date: self.delivery_date,
            due_date: self.due_date,
            basis: self.basis,
            totals,
            payment_reference,
            reference: self.reference,
            note: self.note,
        })
    }
}

/// What an invoice's history makes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvoiceStatus {
    /// Nothing paid, not yet due.
    Open,
    /// Something paid, something open, not yet due.
    PartPaid,
    /// Something open after the due date.
    Overdue,
    /// Nothing open.
    Paid,
    /// Nothing open, and a credit note took all of it.
    Credited,
    /// Nothing open, and some of it was given up.
    WrittenOff,
}

/// The sums a status follows from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settlement {
    /// The invoice's total.
    pub gross: Money,
    /// Still open.
    pub open: Money,
    /// Taken by credit notes.
    pub credited: Money,
    /// Given up, small differences left out.
    pub written_off: Money,
}

impl Settlement {
    /// The status on a day of an invoice that is due by a day, its own or that of its payment
    /// plan. An invoice over nothing is paid from the start.
    pub fn status(self, due: NaiveDate, today: NaiveDate) -> InvoiceStatus {
        if !self.open.is_positive() {
            let whole = self.credited == self.gross && self.gross.is_positive();
            return match (whole, self.written_off.is_positive()) {
                (true, _) => InvoiceStatus::Credited,
                (false, true) => InvoiceStatus::WrittenOff,
                (false, false) => InvoiceStatus::Paid,
            };
        }
        if due < today {
            return InvoiceStatus::Overdue;
        }
        if self.open == self.gross { InvoiceStatus::Open } else { InvoiceStatus::PartPaid }
    }
}
