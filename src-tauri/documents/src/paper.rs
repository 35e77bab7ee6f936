//! What a printed document says, before it is laid out.
//!
//! Never computes a sum: amounts come priced from `finance`.

use chrono::NaiveDate;
use finance::Money;
use finance::credit_note::CreditNote;
use finance::discount::DocumentDiscount;
use finance::exchange::{Conversion, RateUsed};
use finance::invoice::{DraftInvoice, DraftPart, Invoice, SplitMark};
use finance::line::{LineRejection, Totals};
use finance::party::{Person, Seller};
use finance::payer::InvoicePayer;
use finance::tax::PriceBasis;
use finance::terms::PaymentTerms;

/// The language a document is printed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Norwegian bokmål.
    Nb,
    /// English.
    En,
}

impl Language {
    /// From a language tag as a school keeps it; what is not Norwegian is printed in English.
    pub fn from_tag(tag: &str) -> Self {
        match tag.split(['-', '_']).next() {
            Some("nb" | "no" | "nn") => Self::Nb,
            _ => Self::En,
        }
    }
}

/// Which document it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PaperKind {
    /// An issued invoice.
    Invoice,
    /// An invoice not yet issued, marked as such.
    Draft,
    /// A credit note for the invoice of that number (EU VAT directive art. 219).
    CreditNote {
        /// The invoice's number, as printed on it.
        invoice_number: String,
    },
}

/// A document to print. Empty texts are left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    /// Which document it is.
    pub kind: PaperKind,
    /// The language of its words, numbers and dates.
    pub language: Language,
    /// Its number; empty on a draft.
    pub number: String,
    /// The seller.
    pub seller: Seller,
    /// The buyer.
    pub person: Person,
    /// Date of the document.
    pub issue_date: NaiveDate,
    /// Day of delivery, where it differs.
    pub delivery_date: Option<NaiveDate>,
    /// Last day to pay; nothing on a credit note.
    pub due_date: Option<NaiveDate>,
    /// KID or other payment reference.
    pub payment_reference: String,
    /// The buyer's reference.
    pub reference: String,
    /// The student's number, where the caller wants it printed.
    pub student_number: String,
    /// The department's name, where the caller wants it printed.
    pub department: String,
    /// Whether the prices of the lines contain VAT.
    pub basis: PriceBasis,
    /// Lines, VAT and totals.
    pub totals: Totals,
    /// A note, or why a credit note was written.
    pub note: String,
    /// Where the buyer is not the student.
    pub payer: Option<Box<InvoicePayer>>,
    /// Where the document is a part of another.
    pub split: Option<PaperSplit>,
    /// Payment terms.
    pub terms: Option<PaymentTerms>,
    /// What was taken off the whole document; the lines carry their parts of it.
    pub discount: Option<DocumentDiscount>,
    /// What it is worth in the currency of the books, where it is in another one.
    pub exchange: Option<PaperExchange>,
}

/// What a document in another currency is worth in that of the books: its VAT is owed in that, and
/// stands on it (directive 2006/112/EC art. 230; bokføringsforskriften § 5-1-1 no. 8).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperExchange {
    /// The rate and its day.
    pub rate: RateUsed,
    /// Sums in the currency of the books.
    pub totals: Totals,
}

impl PaperExchange {
    fn of(conversion: &Conversion, own: &Totals) -> Self {
        Self { rate: conversion.rate, totals: conversion.totals(own) }
    }
}

/// Which part of a split document a paper is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PaperSplit {
    /// From 1.
    pub place: u16,
    /// How many parts there are.
    pub count: u16,
    /// What the document came to.
    pub whole: Money,
}

impl PaperSplit {
    const fn of(mark: &SplitMark) -> Self {
        Self { place: mark.place, count: mark.count, whole: mark.whole }
    }
}

impl Paper {
    /// The paper of an issued invoice.
    pub fn invoice(invoice: &Invoice, language: Language) -> Self {
        Self {
            kind: PaperKind::Invoice,
            language,
            number: invoice.number.text.clone(),
            seller: invoice.seller.clone(),
            person: invoice.person.clone(),
            issue_date: invoice.issue_date,
            delivery_date: invoice.delivery_date,
            due_date: Some(invoice.due_date),
            payment_reference: invoice.payment_reference.clone(),
            reference: invoice.reference.clone(),
            student_number: String::new(),
            department: String::new(),
            basis: invoice.basis,
            totals: invoice.totals.clone(),
            note: invoice.note.clone(),
            payer: invoice.payer.clone(),
            split: invoice.split.as_deref().map(PaperSplit::of),
            terms: invoice.terms,
            discount: invoice.discount,
            exchange: exchange(invoice.conversion.as_deref(), &invoice.totals),
        }
    }

    /// The paper of an issued credit note. Its amounts are shown with VAT.
    pub fn credit_note(note: &CreditNote, language: Language) -> Self {
        Self {
            kind: PaperKind::CreditNote { invoice_number: note.invoice_number.clone() },
            language,
            number: note.number.text.clone(),
            seller: note.seller.clone(),
            person: note.person.clone(),
            issue_date: note.issue_date,
            delivery_date: None,
            due_date: None,
            payment_reference: String::new(),
            reference: String::new(),
            student_number: String::new(),
            department: String::new(),
            basis: PriceBasis::Gross,
            totals: note.totals.clone(),
            note: note.reason.clone(),
            payer: note.payer.clone(),
            split: None,
            terms: None,
            discount: None,
            exchange: exchange(note.conversion.as_deref(), &note.totals),
        }
    }

    /// The paper of a draft, as the customer would get it.
    ///
    /// # Errors
    /// [`LineRejection`] where the lines cannot be priced yet.
    pub fn draft(draft: &DraftInvoice, language: Language) -> Result<Self, LineRejection> {
        Ok(Self::drafted(draft, draft.totals()?, language))
    }

    /// The paper of one payer's part of a draft.
    pub fn part(part: &DraftPart, language: Language) -> Self {
        let (place, count, whole) = part.place_of();
        let split = Some(PaperSplit { place, count, whole });
        Self { split, ..Self::drafted(&part.draft, part.totals.clone(), language) }
    }

    fn drafted(draft: &DraftInvoice, totals: Totals, language: Language) -> Self {
        let conversion = draft.conversion(&totals).ok().flatten();
        Self {
            kind: PaperKind::Draft,
            language,
            number: String::new(),
            seller: draft.seller.clone(),
            person: draft.person.clone(),
            issue_date: draft.issue_date,
            delivery_date: draft.delivery_date,
            due_date: Some(draft.due_date),
            payment_reference: String::new(),
            reference: draft.reference.clone(),
            student_number: String::new(),
            department: String::new(),
            basis: draft.basis,
            exchange: exchange(conversion.as_deref(), &totals),
            totals,
            note: draft.note.clone(),
            payer: draft.payer.clone(),
            split: None,
            terms: draft.terms,
            discount: draft.discount,
        }
    }

    /// True for a credit note.
    pub(crate) fn is_credit(&self) -> bool {
        matches!(self.kind, PaperKind::CreditNote { .. })
    }
}

fn exchange(conversion: Option<&Conversion>, own: &Totals) -> Option<PaperExchange> {
    conversion.map(|conversion| PaperExchange::of(conversion, own))
}
