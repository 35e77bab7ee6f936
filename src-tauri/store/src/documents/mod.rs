//! Drafts, invoices and credit notes: one list, and each one in full.

mod find;
mod list;
mod tally;

pub(crate) use list::{COLUMNS, Stored};

use crate::decode;
use crate::error::StoreError;
use chrono::NaiveDate;
use finance::Money;
use finance::allocation::Allocation;
use finance::credit_note::CreditNote;
use finance::exchange::Left;
use finance::ids::{DepartmentId, PayerId, RunId, StudentId};
use finance::instalments;
use finance::invoice::Invoice;
use uuid::Uuid;

/// What a row of the list is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RowKind {
    /// Not issued yet.
    Draft,
    /// An issued invoice.
    Invoice,
    /// An issued credit note.
    CreditNote,
}

/// Which part of the list. `All` is `Draft`, `Open`, `Paid` and `Credited` together; `Overdue`
/// and `PartPaid` are parts of `Open`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum InvoiceView {
    /// Everything.
    #[default]
    All,
    /// Drafts.
    Draft,
    /// Invoices with something open.
    Open,
    /// Of these, those due before today.
    Overdue,
    /// Of the open ones, those with something settled.
    PartPaid,
    /// Invoices with nothing open, unless all of it was credited.
    Paid,
    /// Credit notes, and invoices taken back entirely.
    Credited,
    /// Documents whose export needs a person.
    ExportFailed,
}

/// Which documents. Parts left empty do not narrow.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct DocumentFilter {
    /// The part of the list.
    pub view: InvoiceView,
    /// Number, student name or number, reference, KID or amount, as typed.
    pub query: String,
    /// Of this student.
    pub student_id: Option<StudentId>,
    /// Billed to this payer.
    pub payer_id: Option<PayerId>,
    /// Of this department.
    pub department_id: Option<DepartmentId>,
    /// Issued by this run.
    pub run_id: Option<RunId>,
    /// Issued on this day or later.
    pub issued_from: Option<NaiveDate>,
    /// Issued on this day or earlier.
    pub issued_to: Option<NaiveDate>,
    /// Due on this day or later.
    pub due_from: Option<NaiveDate>,
    /// Due on this day or earlier.
    pub due_to: Option<NaiveDate>,
    /// Total of at least this, in minor units; a credit note counts below nothing.
    pub gross_from_minor: Option<i64>,
    /// Total of at most this, in minor units.
    pub gross_to_minor: Option<i64>,
}

/// Columns the list sorts by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DocumentColumn {
    /// Series, then place in it.
    Number,
    /// The student's name.
    Student,
    /// Date of the document.
    IssueDate,
    /// Last day to pay.
    DueDate,
    /// Total.
    Gross,
    /// Still open.
    Open,
}

/// One row of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentRow {
    /// What it is.
    pub kind: RowKind,
    /// Its identity: of the draft, the invoice or the credit note.
    pub id: Uuid,
    /// Empty for a draft.
    pub number: String,
    /// Whom it is for; a draft may not say yet.
    pub student_id: Option<StudentId>,
    /// That student's present name, or empty.
    pub student: String,
    /// Who is asked to pay, where that is not the student.
    pub payer_id: Option<PayerId>,
    /// That payer's present name, or empty.
    pub payer: String,
    /// Date of the document.
    pub issue_date: NaiveDate,
    /// Last day to pay; of a credit note its own date.
    pub due_date: NaiveDate,
    /// Total; below nothing for a credit note.
    pub gross: Money,
    /// Open of an invoice; below nothing for what is unused of a credit note.
    pub open: Money,
    /// Taken by credit notes, of an invoice.
    pub credited: Money,
    /// Given up of an invoice, small differences left out.
    pub written_off: Money,
    /// The same in the book's currency, where the document is in another one.
    pub base: Option<DocumentBase>,
    /// What a payment plan makes of an invoice's due date, where one covers something open.
    pub plan: Option<DocumentPlan>,
    /// The day on which a draft is issued by itself.
    pub scheduled_on: Option<NaiveDate>,
    /// A draft that was to be issued by itself, and a rule stood against it.
    pub kept_back: bool,
}

/// Amounts of a document in the book's currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DocumentBase {
    /// Total; below nothing for a credit note.
    pub gross: Money,
    /// Open of an invoice; below nothing for what is unused of a credit note.
    pub open: Money,
}

impl DocumentRow {
    /// The day it is due by, as things stand on a day.
    pub fn due_by(&self, day: NaiveDate) -> NaiveDate {
        self.plan.map_or(self.due_date, |plan| plan.due_by(self.due_date, day))
    }
}

/// How a payment plan covers what is open of an invoice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DocumentPlan {
    /// When the first of it is due.
    pub next_due: NaiveDate,
    /// The last day on which the plan holds as things stand.
    pub until: NaiveDate,
    /// It covers all that is open.
    pub whole: bool,
}

impl DocumentPlan {
    pub(crate) fn read(
        dates: (Option<&str>, Option<&str>),
        whole: bool,
    ) -> Result<Option<Self>, StoreError> {
        let (Some(due), Some(until)) = dates else { return Ok(None) };
        Ok(Some(Self { next_due: decode::date(due)?, until: decode::date(until)?, whole }))
    }

    /// The day an invoice with its own due date is due by, as things stand on a day.
    pub fn due_by(self, own: NaiveDate, day: NaiveDate) -> NaiveDate {
        let planned = instalments::due_by(self.next_due, own, self.until, day);
        if self.whole { planned } else { planned.min(own) }
    }

    /// Whether an instalment was missed for so long that it no longer holds.
    pub fn is_broken(self, day: NaiveDate) -> bool {
        self.until < day
    }
}

/// A page of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentPage {
    /// The rows of the window.
    pub rows: Vec<DocumentRow>,
    /// How many match in all.
    pub total: u32,
    /// Sum of the totals of all that match.
    pub gross: Money,
    /// Sum of what is open of all that match.
    pub open: Money,
}

/// Counts for the tabs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct InvoiceCounts {
    pub all: u32,
    pub draft: u32,
    pub open: u32,
    pub overdue: u32,
    pub part_paid: u32,
    pub paid: u32,
    pub credited: u32,
    pub export_failed: u32,
}

/// An invoice with what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvoiceRecord {
    /// The invoice as issued.
    pub invoice: Invoice,
    /// Still open.
    pub open: Money,
    /// Taken by credit notes.
    pub credited: Money,
    /// Given up, small differences left out.
    pub written_off: Money,
    /// What is open in the book's currency, where the invoice is in another one.
    pub base_open: Option<Money>,
    /// What a payment plan makes of its due date, where one covers something open.
    pub plan: Option<DocumentPlan>,
    /// Whether money, credit or a write-off was ever set against it.
    pub touched: bool,
}

impl InvoiceRecord {
    /// What is open, with its worth, where the invoice is in another currency than the book.
    pub fn left(&self) -> Option<Left> {
        self.base_open.map(|base| Left { own: self.open, base })
    }

    /// The day it is due by, as things stand on a day.
    pub fn due_by(&self, day: NaiveDate) -> NaiveDate {
        let own = self.invoice.due_date;
        self.plan.map_or(own, |plan| plan.due_by(own, day))
    }
}

/// A credit note with what is left of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreditNoteRecord {
    /// The credit note as issued.
    pub credit_note: CreditNote,
    /// Not set against any invoice yet.
    pub unused: Money,
    /// The same in the book's currency, where the note is in another one.
    pub base_unused: Option<Money>,
}

/// An allocation with names for both its ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AllocationRow {
    /// The allocation.
    pub allocation: Allocation,
    /// Number of the invoice.
    pub invoice_number: String,
    /// Number of the credit note, or code of the payment's method.
    pub source_label: String,
    /// Reference of the payment, or empty.
    pub source_reference: String,
    /// The first day it counts.
    pub effective_on: chrono::NaiveDate,
    /// The first day it no longer counts; nothing: it still does.
    pub ended_on: Option<chrono::NaiveDate>,
    /// The payment it came from was reversed.
    pub reversed: bool,
    /// What was gained by exchange with it, where it is in another currency than the book.
    pub gain: Option<Money>,
}
