//! Crediting an invoice.

use super::common::Money;
use super::exchange::DocumentExchange;
use super::invoices::TotalsView;
use super::wire;

wire! {
    /// What is taken back, of which line.
    pub struct CreditLineInput {
        /// Place on the invoice, from 0.
        pub line: u32,
        /// With VAT.
        pub gross: String,
    }

    pub struct CreditInvoice {
        /// Made when the dialog opens: pressing twice credits once.
        pub id: String,
        pub invoice_id: String,
        pub issue_date: String,
        pub reason: String,
        /// Empty: everything that is left.
        pub lines: Vec<CreditLineInput>,
    }

    /// What crediting so would do.
    pub struct CreditPreview {
        pub totals: TotalsView,
        pub next_number: String,
        pub open_now: Money,
        pub open_after: Money,
        /// What the student then has as credit from this note.
        pub becomes_credit: Money,
        /// What the note is worth in the currency of the books, where it is in another one.
        pub base: Option<Money>,
        /// In the currency of the books, as is the one after it.
        pub balance_now: Money,
        pub balance_after: Money,
    }

    pub struct CreditNoteRequest {
        pub id: String,
    }

    pub struct CreditNoteView {
        pub id: String,
        pub number: String,
        pub invoice_id: String,
        pub invoice_number: String,
        pub student_id: String,
        pub student: String,
        pub issue_date: String,
        pub reason: String,
        pub totals: TotalsView,
        /// Not yet set against any invoice.
        pub unused: Money,
        /// Where it is in another currency than the books.
        pub exchange: Option<DocumentExchange>,
        pub exports: Vec<super::invoices::ExportView>,
        /// It takes back an invoice of another system that a file had brought in: it has no paper.
        pub opening: bool,
    }
}
