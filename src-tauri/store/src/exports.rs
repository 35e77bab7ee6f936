//! What is to be sent to accounting systems: queued in the transaction that records the fact, and
//! everything that became of it.
//!
//! Never talks to a system, never decides which state follows which: the office's engine does.

#[macro_use]
mod queued;
mod attaching;
mod barred;
mod by_currency;
mod causes;
mod claim;
mod content;
mod health;
mod held;
mod journals;
mod kept;
mod lists;
mod named;
mod needs;
mod numbered;
mod pages;
mod quality;
mod queue;
mod queue_book;
mod regroup;
mod remote;
mod runtime;
mod schedule;
mod settle;
mod shapes;
pub mod shared;
mod state;
mod there;
mod undo;
mod uses;

#[cfg(test)]
mod tests;

pub use claim::{ClaimedExport, Dependency, DueExport, DueQuestion};
pub(crate) use claim::{look_up_first, own_currency};
pub use content::{Content, SalesContent};
pub use health::{ExportHealth, Outcomes, Span};
pub use held::HeldThere;
pub use journals::{JournalContent, JournalStored, NewJournal, Unbooked};
pub(crate) use kept::left_of_part;
pub use kept::{CreditQuestion, CreditToTell, KeptUse};
pub use needs::OpenNeed;
pub use numbered::NumberedDocument;
pub use quality::{WaitingCustomer, WaitingDocuments, WaitingUse};
pub(crate) use queue::enqueue;
pub use remote::{BOOKS, RemoteRow, RemoteRows};
pub use runtime::ConnectionRun;
pub use schedule::{PrunedCalls, Schedule};
pub use settle::{AttemptNote, CallNote, CauseDraft, External, RecordChange};
pub use shapes::{
    AttemptRow, CauseRow, ExportColumn, ExportCounts, ExportFilter, ExportKeys, ExportPage,
    ExportRow, ExportView,
};
pub use state::{Doubt, ExportKind, ExportState, PageKind};
pub use uses::UseThere;

/// Condition on a row `d` of `document`: its export needs a person.
pub(crate) const NEEDS_PERSON: &str = "d.id IN (SELECT x.document_id FROM connection xc
    JOIN export_record x ON x.connection_id = xc.id AND x.state = 'needs_review'
    WHERE xc.closed = 0)";
