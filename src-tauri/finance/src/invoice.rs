//! Drafts and invoices. A draft may change; an issued invoice may not.
//!
//! Never stores a status: whether an invoice is paid follows from what was set against it.

mod status;

pub use status::{InvoiceStatus, Settlement};

use crate::discount::DocumentDiscount;
use crate::exchange::{Conversion, InBooks, RateUsed};
use crate::ids::{DepartmentId, InvoiceId, SchoolId, StudentId};
use crate::line::{LineItem, LineRejection, Totals};
use crate::money::{Currency, Money, MoneyError};
use crate::numbering::DocumentNumber;
use crate::opening::Opening;
use crate::party::{Person, Seller};
use crate::payer::InvoicePayer;
use crate::pricing;
use crate::split::{self, Part, SplitRejection};
use crate::tax::PriceBasis;
use crate::terms::PaymentTerms;
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
    /// The payer and whom the lines are for, where the buyer is not the student.
    pub payer: Option<Box<InvoicePayer>>,
    /// Date of the document.
    pub issue_date: NaiveDate,
    /// Last day of delivery, where it differs.
    pub delivery_date: Option<NaiveDate>,
    /// Last day to pay.
    pub due_date: NaiveDate,
    /// The terms that the due date follows from, where it does.
    pub terms: Option<PaymentTerms>,
    /// Currency of every amount.
    pub currency: Currency,
    /// The rate, where that is not the currency of the books.
    pub exchange: Option<RateUsed>,
    /// Whether prices contain VAT.
    pub basis: PriceBasis,
    /// What is charged.
    pub lines: Vec<LineItem>,
    /// What is taken off the whole document.
    pub discount: Option<DocumentDiscount>,
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
    /// The payer and whom the lines are for, where the buyer is not the student.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payer: Option<Box<InvoicePayer>>,
    /// Of which split it is a part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub split: Option<Box<SplitMark>>,
    /// Date of the document.
    pub issue_date: NaiveDate,
    /// Last day of delivery, where it differs.
    pub delivery_date: Option<NaiveDate>,
    /// Last day to pay.
    pub due_date: NaiveDate,
    /// The terms that the due date follows from, where it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms: Option<PaymentTerms>,
    /// What was taken off the whole document; the lines carry their parts of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discount: Option<DocumentDiscount>,
    /// Whether prices contain VAT.
    pub basis: PriceBasis,
    /// Lines, VAT and totals.
    pub totals: Totals,
    /// What it is worth in the currency of the books, where it is in another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conversion: Option<Box<Conversion>>,
    /// The KID or other payment reference, or empty.
    pub payment_reference: String,
    /// The buyer's reference, or empty.
    pub reference: String,
    /// A note, or empty.
    pub note: String,
    /// What the system that issued it says of it; nothing: it was issued here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opening: Option<Opening>,
}

/// Which part of a split document an invoice is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SplitMark {
    /// The invoice of the first payer; all parts name it.
    pub first: InvoiceId,
    /// Its place among the parts, from 1.
    pub place: u16,
    /// How many parts there are.
    pub count: u16,
    /// The share that was agreed.
    pub part: Part,
    /// What the document came to before it was split.
    pub whole: Money,
}

/// Whom a part of a document goes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// The buyer as printed.
    pub person: Person,
    /// The payer, where that is not the student.
    pub payer: Option<Box<InvoicePayer>>,
    /// The buyer's reference, or empty.
    pub reference: String,
    /// Last day to pay.
    pub due_date: NaiveDate,
    /// The terms it follows from, where it does.
    pub terms: Option<PaymentTerms>,
    /// How much of the document.
    pub part: Part,
}

/// One payer's part of a draft: priced, and not to be priced again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftPart {
    /// The draft as this payer gets it.
    pub draft: DraftInvoice,
    /// Its sums.
    pub totals: Totals,
    place: u16,
    count: u16,
    part: Part,
    whole: Money,
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
    /// It is worth nothing in the currency of the books, or too much.
    #[error("the amount cannot be converted")]
    Exchange(#[source] MoneyError),
    /// It cannot be split so.
    #[error(transparent)]
    Split(#[from] SplitRejection),
}

impl DraftInvoice {
    /// Lines, VAT and totals as they stand.
    ///
    /// # Errors
    /// [`LineRejection`] for the first line that breaks a rule.
    pub fn totals(&self) -> Result<Totals, LineRejection> {
        pricing::price_discounted(self.lines.clone(), self.discount, self.basis, self.currency)
    }

    /// Checks everything that issuing checks, without a number.
    ///
    /// # Errors
    /// [`InvoiceRejection`] for the first rule broken.
    pub fn check(&self) -> Result<Totals, InvoiceRejection> {
        let totals = self.totals()?;
        self.check_with(&totals)?;
        Ok(totals)
    }

    fn check_with(&self, totals: &Totals) -> Result<(), InvoiceRejection> {
        if self.person.name.trim().is_empty() {
            return Err(InvoiceRejection::NoBuyer);
        }
        if self.seller.name.trim().is_empty() {
            return Err(InvoiceRejection::NoSeller);
        }
        if self.due_date < self.issue_date {
            return Err(InvoiceRejection::DueBeforeIssue);
        }
        if totals.gross.is_negative() {
            return Err(InvoiceRejection::NegativeTotal);
        }
        self.conversion(totals)?;
        if !totals.vat.is_zero() && self.seller.vat_number.trim().is_empty() {
            return Err(InvoiceRejection::VatWithoutNumber);
        }
        Ok(())
    }

    /// What it is worth in the currency of the books, where it is in another one.
    ///
    /// # Errors
    /// [`InvoiceRejection::Exchange`].
    pub fn conversion(&self, totals: &Totals) -> Result<Option<Box<Conversion>>, InvoiceRejection> {
        let converted = self.exchange.map(|rate| Conversion::of(totals, rate));
        let converted = converted.transpose().map_err(InvoiceRejection::Exchange)?;
        Ok(converted.map(Box::new))
    }

    /// Splits the draft between payers, in their order: the parts add up to it line by line.
    ///
    /// # Errors
    /// [`InvoiceRejection`] for the first rule broken.
    pub fn split(&self, parties: Vec<Party>) -> Result<Vec<DraftPart>, InvoiceRejection> {
        let whole = self.totals()?;
        let parts: Vec<Part> = parties.iter().map(|party| party.part).collect();
        let amounts = split::amounts(whole.gross, &parts)?;
        let count = u16::try_from(parts.len()).map_err(|_| SplitRejection::PartCount)?;
        let priced = split::split(&whole, self.basis, &amounts)
            .map_err(|_| SplitRejection::EmptyDocument)?;
        let part = |((place, party), totals): ((u16, Party), Totals)| DraftPart {
            place,
            count,
            part: party.part,
            whole: whole.gross,
            draft: Self {
                person: party.person,
                payer: party.payer,
                reference: party.reference,
                due_date: party.due_date,
                terms: party.terms,
                lines: totals.lines.iter().map(|line| line.item.clone()).collect(),
                ..self.clone()
            },
            totals,
        };
        Ok((1..).zip(parties).zip(priced).map(part).collect())
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
        self.freeze(totals, id, number, payment_reference)
    }

    fn freeze(
        self,
        totals: Totals,
        id: InvoiceId,
        number: DocumentNumber,
        payment_reference: String,
    ) -> Result<Invoice, InvoiceRejection> {
        let conversion = self.conversion(&totals)?;
        Ok(Invoice {
            id,
            school_id: self.school_id,
            department_id: self.department_id,
            student_id: self.student_id,
            number,
            seller: self.seller,
            person: self.person,
            payer: self.payer,
            split: None,
            issue_date: self.issue_date,
            delivery_date: self.delivery_date,
            due_date: self.due_date,
            terms: self.terms,
            discount: self.discount,
            basis: self.basis,
            totals,
            conversion,
            payment_reference,
            reference: self.reference,
            note: self.note,
            opening: None,
        })
    }
}

impl Invoice {
    /// As the books count it.
    pub fn books(&self) -> InBooks<'_> {
        InBooks { own: &self.totals, conversion: self.conversion.as_deref() }
    }
}

impl DraftPart {
    /// Checks everything that issuing checks, without a number.
    ///
    /// # Errors
    /// [`InvoiceRejection`] for the first rule broken.
    pub fn check(&self) -> Result<(), InvoiceRejection> {
        self.draft.check_with(&self.totals)
    }

    /// Its place among the parts, from 1, and the share that was agreed.
    pub const fn share(&self) -> (u16, Part) {
        (self.place, self.part)
    }

    /// Its place from 1, how many parts there are, and what the document comes to.
    pub const fn place_of(&self) -> (u16, u16, Money) {
        (self.place, self.count, self.whole)
    }

    /// Turns the part into an invoice. `first` is the invoice of the first payer.
    ///
    /// # Errors
    /// As [`DraftPart::check`].
    pub fn issue(
        self,
        (id, first): (InvoiceId, InvoiceId),
        number: DocumentNumber,
        payment_reference: String,
    ) -> Result<Invoice, InvoiceRejection> {
        self.check()?;
        let (place, count, part, whole) = (self.place, self.count, self.part, self.whole);
        let split = Some(Box::new(SplitMark { first, place, count, part, whole }));
        let invoice = self.draft.freeze(self.totals, id, number, payment_reference)?;
        Ok(Invoice { split, ..invoice })
    }
}
