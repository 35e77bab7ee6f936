//! The book: one encrypted SQLite file, every SQL statement, and the only way to write facts.
//!
//! Never decides business: what may happen is settled in `finance` and `office`. Never talks to a
//! network, never reads a clock. One file holds the book of one school in one currency, so that
//! no question can reach another school's rows.

mod account;
mod ageing;
mod apply;
mod audit;
mod batches;
mod charges;
mod connections;
mod debts;
mod decode;
mod documents;
mod drafts;
mod erasures;
mod error;
mod exchange;
pub mod exports;
mod facts;
mod gates;
mod given;
mod history;
mod holdings;
mod home;
mod import_mappings;
mod imports;
mod incoming;
mod invoice_mails;
mod items;
mod key;
mod lane;
mod ledger;
mod lineage;
mod migrate;
mod numbering;
mod open;
mod outbox;
mod package_list;
mod packages;
mod payers;
mod payments;
mod plans;
mod provider_reports;
mod rare;
mod reconciling;
mod recurring;
mod reminders;
mod reports;
mod returned;
mod runs;
mod saved_views;
mod school;
mod scope;
mod search;
mod services;
mod settings;
mod students;
#[cfg(test)]
mod tests;
mod tx;
mod typed;
mod users;
mod verify;
mod view;

pub use account::{AccountEntry, AccountKind, UnusedCredit};
pub use ageing::{AgeBy, AgeingAsked, AgeingQuestion, AgeingStudent, Asked};
pub use audit::{AuditFilter, AuditPage, AuditRow};
pub use charges::{ChargeColumn, ChargeFilter, ChargePage, ChargeRow, ChargeState};
pub use connections::ConnectionRow;
pub use debts::DebtRow;
pub use documents::{
    AllocationRow, CreditNoteRecord, DocumentBase, DocumentColumn, DocumentFilter, DocumentPage,
    DocumentPlan, DocumentRow, InvoiceCounts, InvoiceRecord, InvoiceView, RowKind,
};
pub use drafts::{DraftRow, Schedule};
pub use error::StoreError;
pub use given::{FollowUp, GivenBack, GivenUp};
pub use history::Subject;
pub use holdings::HoldingRow;
pub use home::{Figure, HomeFigures};
pub use import_mappings::ImportMapping;
pub use imports::{
    Brought, ImportBegun, ImportEnd, ImportItem, ImportRow, ImportStanding, ImportState,
};
pub use incoming::{AgreedCustomer, Conflict, IncomingRow, OurSide};
pub use invoice_mails::{InvoiceMailRow, InvoiceMailSums};
pub use items::{Item, ItemKind, ItemPage, ItemQuestion};
pub use key::Key;
pub use ledger::{JournalAbout, JournalFilter, JournalPage, JournalRow, MovementSum};
pub use numbering::SeriesProof;
pub use open::Store;
pub use outbox::{Errand, MailState, OutgoingMail};
pub use package_list::{
    PackageColumn, PackageCounts, PackageFilter, PackagePage, PackageRest, PackageRow, PackageShelf,
};
pub use packages::EventDraw;
pub use payers::{PaidStudent, PartRow, PayerFilter, PayerPage, PayerRow};
pub use payments::{PaymentBase, PaymentColumn, PaymentFilter, PaymentPage, PaymentRow};
pub use plans::{PlanCounts, PlanFilter, PlanPage, PlanRow, PlanShelf};
pub use provider_reports::{BookedThere, ReportLine, ReportSnapshot};
pub use reconciling::{OurRecord, ReconciledSpan, RemoteListing, TheirRecord};
pub use recurring::{RecurringMadeRow, RecurringRow};
pub use reminders::{ReminderFilter, ReminderPage, ReminderRow};
pub use reports::{
    Among, DebtChange, RecentKind, RecentRow, SaleBy, SaleFilter, SalePage, SaleRow, SaleSum,
    SaleSums, TakingFilter, TakingKind, TakingPage, TakingRow, TakingSum, VatDay,
};
pub use returned::{ReferenceHit, Releasable, WriteOffRow};
pub use runs::{RunItem, RunPlan, RunRow, RunSkip, RunState};
pub use saved_views::{ListSetup, SavedView};
pub use search::SearchHit;
pub use students::{StudentColumn, StudentFilter, StudentPage, StudentRow};
pub use tx::Tx;
pub use verify::VerifyReport;
pub use view::{Order, View, Window};
