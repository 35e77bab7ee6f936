//! Drafts and invoices.

use super::common::{HistoryEntry, Money, Order, Person, Window};
use super::desk::SchoolView;
use super::exchange::{DocumentExchange, DraftExchange, RowBase};
use super::imports::OpeningView;
use super::payers::{PayerPart, PayerPartView, Terms};
use super::wire;

pub use super::papers::{MergedPaperRequest, PaperRequest};

wire! {
    /// Which invoices. Parts left empty do not narrow.
    pub struct InvoiceFilter {
        /// `all`, `draft`, `open`, `overdue`, `part_paid`, `paid`, `credited`, `export_failed`.
        pub view: String,
        /// Number, student name, reference, KID or amount (`450` finds 450.00).
        pub query: String,
        pub student_id: Option<String>,
        /// Billed to this payer.
        pub payer_id: Option<String>,
        pub department_id: Option<String>,
        /// Issued by this run.
        pub run_id: Option<String>,
        pub issued_from: Option<String>,
        pub issued_to: Option<String>,
        pub due_from: Option<String>,
        pub due_to: Option<String>,
        pub amount_from: Option<String>,
        pub amount_to: Option<String>,
    }

    pub struct ListInvoices {
        pub filter: InvoiceFilter,
        pub order: Option<Order>,
        pub window: Window,
    }

    pub struct InvoicePage {
        pub rows: Vec<InvoiceRow>,
        pub total: u32,
        /// Sums of all matching rows, in the currency of the books.
        pub sums: Vec<InvoiceSum>,
    }

    pub struct InvoiceSum {
        pub gross: Money,
        pub open: Money,
    }

    pub struct InvoiceRow {
        pub id: String,
        /// `draft`, `invoice` or `credit_note`.
        pub kind: String,
        /// Empty for a draft.
        pub number: String,
        pub student_id: String,
        pub student: String,
        /// Who is asked to pay, where that is not the student.
        pub payer_id: Option<String>,
        /// That payer's name, or empty.
        pub payer: String,
        pub issue_date: String,
        pub due_date: String,
        /// Days past the due date while something is open; below nothing: days to go.
        /// The day it is due by: its own, or that of its payment plan while it is kept.
        pub due_by: String,
        /// How a payment plan covers it: `kept`, `broken`, or empty.
        pub plan: String,
        /// Counted from `due_by`.
        pub days_overdue: i32,
        /// Below nothing for a credit note.
        pub gross: Money,
        pub open: Money,
        /// In the currency of the books, where the document is in another one; a draft has none.
        pub base: Option<RowBase>,
        /// Of a draft `draft`, `scheduled`, or `kept_back` where it was to be issued by itself and a
        /// rule stood against it; else `open`, `overdue`, `part_paid`, `paid`, `credited`, `credit`.
        pub status: String,
        /// The day on which a draft is issued by itself.
        pub scheduled_on: Option<String>,
        /// One entry per connection, in the order of the connections.
        pub exports: Vec<ExportMark>,
    }

    /// Where a document stands in one accounting system.
    pub struct ExportMark {
        pub connection_id: String,
        /// `none`, `waiting`, `sending`, `checking`, `sent`, `attention`, `settled`.
        pub state: String,
    }

    /// Counts for the tabs.
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

    /// A line as typed.
    pub struct LineInput {
        pub service_id: Option<String>,
        pub kind: String,
        pub description: String,
        pub quantity: String,
        pub unit_price: String,
        /// Percent, `0` for none.
        pub discount_percent: String,
        pub tax_code: String,
        pub income_account: String,
    }

    /// A draft as typed; half-filled lines are allowed until issue.
    pub struct DraftInput {
        /// Made when the editor opens.
        pub id: String,
        pub student_id: Option<String>,
        pub department_id: Option<String>,
        pub issue_date: String,
        pub delivery_date: Option<String>,
        pub due_date: String,
        pub reference: String,
        pub note: String,
        pub lines: Vec<LineInput>,
        /// Who pays how much; empty: the student, all of it.
        #[serde(default)]
        pub payers: Vec<PayerPart>,
        /// What is taken off the whole document.
        pub discount: Option<DiscountInput>,
        /// With terms the due date follows from them, whatever `due_date` says.
        pub terms: Option<Terms>,
        /// The day on which it is issued by itself; nothing: by a person.
        pub scheduled_on: Option<String>,
        /// Nothing: the currency of the books.
        #[serde(default)]
        #[ts(optional = nullable)]
        pub currency: Option<String>,
    }

    /// What is taken off a whole document.
    pub struct DiscountInput {
        /// `percent` or `amount` (in the basis of the prices).
        pub kind: String,
        /// Empty: none.
        pub value: String,
    }

    /// One payer's part of a draft.
    pub struct DraftPart {
        pub name: String,
        /// Nothing: the student.
        pub payer_id: Option<String>,
        /// `percent`, `amount` or `rest`.
        pub part: String,
        pub value: String,
        /// The number it would get now.
        pub number: String,
        pub vat: Money,
        pub gross: Money,
    }

    /// A draft priced: what the editor shows beside what was typed.
    pub struct DraftView {
        pub draft: DraftInput,
        /// Saved to the book (as a draft, not as a fact).
        pub saved: bool,
        pub student: Option<DraftStudent>,
        /// Last day to pay, as it follows from the terms or was typed.
        pub due_date: String,
        /// Who pays for the student by default.
        pub default_payers: Vec<PayerPartView>,
        /// The payers named, with their names.
        pub payers: Vec<PayerPartView>,
        /// What each payer is asked for, where there are several.
        pub parts: Vec<DraftPart>,
        /// The number it would get now.
        pub next_number: String,
        /// One per line; nothing where the line is not complete.
        pub lines: Vec<Option<LineSums>>,
        pub totals: Option<TotalsView>,
        /// Where it is in another currency than the books.
        pub exchange: Option<DraftExchange>,
        /// Everything that issuing checks.
        pub checks: Vec<IssueCheck>,
        pub can_issue: bool,
    }

    pub struct DraftStudent {
        pub id: String,
        pub name: String,
        pub number: String,
        pub balance: Money,
        pub overdue: Money,
        pub days_overdue: i32,
    }

    pub struct LineSums {
        pub net: Money,
        pub vat: Money,
        pub gross: Money,
        /// In the document's basis: what stands in the amount column.
        pub amount: Money,
    }

    pub struct TotalsView {
        /// Taken off the whole document, in the basis of its prices.
        pub discount: Option<Money>,
        pub net: Money,
        pub vat: Money,
        pub gross: Money,
        pub by_code: Vec<VatView>,
    }

    pub struct VatView {
        pub code: String,
        pub name: String,
        pub category: String,
        pub rate: String,
        pub reason: Option<String>,
        pub net: Money,
        pub vat: Money,
        pub gross: Money,
    }

    /// One thing that issuing checks.
    pub struct IssueCheck {
        /// `number`, `parties`, `payers`, `lines`, `dates`, `vat`, `exchange`, `payment_reference`,
        /// `mapping`.
        pub check: String,
        /// `ok`, `warning` or `error`; a warning does not keep it from being issued.
        pub outcome: String,
        /// Code of the text to show.
        pub code: String,
        pub params: std::collections::BTreeMap<String, String>,
        /// The line it is about, from 0.
        pub line: Option<u32>,
        /// The field it is about.
        pub field: Option<String>,
    }

    pub struct DraftRequest {
        pub id: String,
    }

    pub struct IssueInvoice {
        pub draft: DraftInput,
    }

    pub struct InvoiceRequest {
        pub id: String,
    }

    /// An issued invoice as a page.
    pub struct InvoiceView {
        pub id: String,
        pub number: String,
        pub student_id: String,
        pub student_number: String,
        pub department_id: Option<String>,
        pub department: String,
        pub buyer: Person,
        /// The name of the student.
        pub student: String,
        /// Where the buyer is not the student.
        pub payer: Option<InvoicePayer>,
        /// Where the document was split.
        pub split: Option<SplitView>,
        pub terms: Option<Terms>,
        pub discount: Option<DiscountInput>,
        pub seller: SchoolView,
        pub issue_date: String,
        pub delivery_date: Option<String>,
        pub due_date: String,
        /// The day it is due by: its own, or that of its payment plan while it is kept.
        pub due_by: String,
        /// How a payment plan covers it: `kept`, `broken`, or empty.
        pub plan: String,
        /// Counted from `due_by`.
        pub days_overdue: i32,
        pub payment_reference: String,
        pub reference: String,
        pub note: String,
        pub lines: Vec<LineView>,
        pub totals: TotalsView,
        pub paid: Money,
        pub credited: Money,
        pub written_off: Money,
        pub open: Money,
        /// Where it is in another currency than the books; all other amounts are in its own.
        pub exchange: Option<DocumentExchange>,
        pub status: String,
        pub settlements: Vec<SettlementView>,
        pub credit_notes: Vec<CreditNoteRow>,
        pub exports: Vec<ExportView>,
        pub history: Vec<HistoryEntry>,
        /// What the system that issued it says of it; nothing: it was issued here.
        pub opening: Option<OpeningView>,
    }

    pub struct InvoicePayer {
        pub id: String,
        pub org_number: String,
        pub vat_number: String,
    }

    /// Which part of a split document an invoice is.
    pub struct SplitView {
        /// From 1.
        pub place: u32,
        /// `percent`, `amount` or `rest`.
        pub part: String,
        pub value: String,
        /// What the document came to.
        pub whole: Money,
        /// All parts, by number.
        pub parts: Vec<SplitPart>,
    }

    pub struct SplitPart {
        pub id: String,
        pub number: String,
        pub buyer: String,
        pub gross: Money,
        pub open: Money,
    }

    pub struct LineView {
        /// The entry of the price list it came from; nothing for free text.
        pub service_id: Option<String>,
        pub kind: String,
        pub service_code: String,
        pub description: String,
        pub quantity: String,
        pub unit_price: String,
        pub discount_percent: String,
        pub tax_code: String,
        pub tax_name: String,
        pub tax_category: String,
        pub income_account: String,
        pub net: Money,
        pub vat: Money,
        pub gross: Money,
        /// In the document's basis, before its discount: what stands in the amount column.
        pub amount: Money,
        /// With VAT, still to be credited.
        pub creditable: Money,
    }

    /// What settled some of an invoice.
    pub struct SettlementView {
        pub id: String,
        /// `payment`, `credit_note`, `write_off` or `small_difference`.
        pub source: String,
        /// Empty for a write-off.
        pub source_id: String,
        /// The payment's method, the credit note's number or the reason of a write-off.
        pub label: String,
        pub reference: String,
        pub date: String,
        pub amount: Money,
        /// What was gained by exchange, in the currency of the books; below nothing: lost.
        pub gain: Option<Money>,
        /// The first day it no longer counts; nothing: it still does.
        pub ended_on: Option<String>,
        /// It ended because its payment was reversed.
        pub reversed: bool,
    }

    pub struct CreditNoteRow {
        pub id: String,
        pub number: String,
        pub issue_date: String,
        pub gross: Money,
        pub reason: String,
    }

    /// Where a document stands in one system, in full.
    pub struct ExportView {
        pub record_id: String,
        pub connection_id: String,
        pub system: String,
        pub state: String,
        /// It takes back there what no longer counts here.
        pub is_removal: bool,
        pub external_number: Option<String>,
        pub url: Option<String>,
        /// RFC 3339.
        pub since: String,
        /// Code of the cause when it needs a person.
        pub cause: Option<String>,
        pub cause_params: std::collections::BTreeMap<String, String>,
    }
}
