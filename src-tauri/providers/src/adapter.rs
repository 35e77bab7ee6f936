//! What every accounting system must be able to answer.
//!
//! Never stores anything: an adapter is given a session and answers; the office keeps the state.

use crate::capabilities::Capabilities;
use crate::change::Changes;
use crate::document::{DocumentKind, ExternalRef, Period, PushItem, ReferenceData, RemoteCompany};
use crate::error::ProviderError;
use crate::record::RemoteRecord;
use crate::report::{RemoteReport, ReportKind};
use crate::session::Session;
use async_trait::async_trait;
use chrono::{DateTime, Utc};

/// One item's outcome, with the provider's redacted answer for the attempt history.
pub type ItemOutcome = Result<ExternalRef, ProviderError>;

/// What a batch call brought: outcomes in the order of the items, and what to keep of the call.
#[derive(Clone, Debug)]
pub struct PushAnswer {
    /// One outcome per item, in order. A failed call gives every item the same error.
    pub outcomes: Vec<ItemOutcome>,
    /// HTTP status, if there was an answer.
    pub status: Option<u16>,
    /// The provider's id of the request, if it gave one.
    pub request_id: Option<String>,
    /// The answer, shortened and without secrets, for the attempt history.
    pub excerpt: String,
}

impl PushAnswer {
    /// One record that was refused before anything was sent.
    pub fn refused(error: ProviderError) -> Self {
        let (status, request_id, excerpt) = (None, None, String::new());
        Self { outcomes: vec![Err(error)], status, request_id, excerpt }
    }
}

/// What is looked up: the machine reference and the human number of a record we meant to make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Its kind.
    pub kind: DocumentKind,
    /// The whole document as it would be sent, so that allocations are found by ids and amount.
    pub document: crate::document::ExportDocument,
}

/// What a look-up found for one wanted record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// It is there, and it is ours (same machine reference, or same number, kind and amounts).
    Ours(ExternalRef),
    /// Something with the same number is there, but it is not ours.
    Foreign(ExternalRef),
    /// It is not there.
    Absent,
}

/// The request that would make a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Composed {
    /// Its path below the address of the system.
    pub path: String,
    /// Its body, as it would be sent.
    pub body: String,
}

/// An accounting system. No method has a default body: what a system cannot do is said as
/// [`ProviderError::Unsupported`].
#[async_trait]
pub trait ProviderAdapter: Send + Sync {
    /// What the system can hold and how fast it may be called, as data.
    fn capabilities(&self) -> &'static Capabilities;

    /// The companies that the session's sign-in can reach.
    async fn companies(&self, session: &Session) -> Result<Vec<RemoteCompany>, ProviderError>;

    /// Asks for something small to see whether the connection works; gives the company's name.
    async fn check_connection(&self, session: &Session) -> Result<String, ProviderError>;

    /// Accounts, tax rates, currency and lock date.
    async fn fetch_reference_data(&self, session: &Session)
    -> Result<ReferenceData, ProviderError>;

    /// Looks up records we may have made, in as few calls as the system allows. One answer per
    /// wanted record, in order.
    async fn find(&self, session: &Session, wanted: &[Wanted])
    -> Result<Vec<Found>, ProviderError>;

    /// The request that would make one record, to show it: reads what must be known of the company
    /// and writes nothing.
    async fn compose(&self, session: &Session, item: &PushItem) -> Result<Composed, ProviderError>;

    /// Sends records of one kind; at most `capabilities().batch_size(kind)` of them.
    async fn push(&self, session: &Session, items: &[PushItem]) -> PushAnswer;

    /// Invoices, credit notes and payments dated in a period, whoever made them, with those that
    /// were voided or deleted as far as the system still lists them.
    async fn fetch_records(
        &self,
        session: &Session,
        period: Period,
    ) -> Result<Vec<RemoteRecord>, ProviderError>;

    /// Journal entries dated in a period, whoever made them, with what they are debited with, as far as
    /// the system lists them.
    async fn fetch_entries(
        &self,
        session: &Session,
        period: Period,
    ) -> Result<Vec<RemoteRecord>, ProviderError>;

    /// Customers, invoices, credit notes, payments and applied credit that changed since a moment
    /// by their clock, whoever changed them, as far as the system lists it. What changed at that very
    /// moment is among them.
    async fn fetch_changes(
        &self,
        session: &Session,
        since: DateTime<Utc>,
    ) -> Result<Changes, ProviderError>;

    /// A report of their own books, as the system gives it; of a kind that is not among
    /// `capabilities().reports` it is [`ProviderError::Unsupported`].
    async fn fetch_report(
        &self,
        session: &Session,
        kind: ReportKind,
        period: Period,
    ) -> Result<RemoteReport, ProviderError>;
}
