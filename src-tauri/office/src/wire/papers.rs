//! Papers of drafts, invoices and credit notes.

use super::common::FileWish;
use super::invoices::{DraftInput, InvoiceFilter};
use super::wire;

wire! {
    /// A paper for documents of either kind.
    pub struct PaperRequest {
        /// `draft`, `invoice` or `credit_note`.
        pub kind: String,
        pub id: String,
        /// With `draft`: what is typed, so that nothing need be saved for a preview.
        pub draft: Option<DraftInput>,
        pub wish: FileWish,
    }

    /// One merged file of all matching invoices, in number order.
    pub struct MergedPaperRequest {
        pub filter: InvoiceFilter,
        /// Only these of them; empty: all that match.
        pub ids: Vec<String>,
        /// All that match but these.
        pub except: Vec<String>,
        pub wish: FileWish,
    }
}
