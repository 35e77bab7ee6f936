//! An adapter with figures of its own around a real one: small batches, and a place to strike just
//! before a call leaves and just after its answer came, and a number that spoils whole batches.
//!
//! Never changes a document.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use providers::capabilities::{Capabilities, RateLimits};
use providers::change::Changes;
use providers::document::{
    DocumentKind, ExportDocument, Period, PushItem, ReferenceData, RemoteCompany,
};
use providers::record::RemoteRecord;
use providers::registry::Provider;
use providers::report::{RemoteReport, ReportKind};
use providers::session::{CallRecord, CallWatch, Session};
use providers::{Composed, Found, ProviderAdapter, ProviderError, PushAnswer, Wanted};
use providers::{qbo, sage, xero};

/// Xero's figures with batches of five and its own limits.
pub static SMALL: Capabilities = with(&xero::CAPABILITIES, FIVES, xero::CAPABILITIES.limits);

/// Figures of a system without its limits of calls, for tests by the machine's clock.
pub fn unlimited(provider: Provider) -> &'static Capabilities {
    match provider {
        Provider::Xero => &FAST[0],
        Provider::Qbo => &FAST[1],
        Provider::Sage => &FAST[2],
    }
}

/// The same with batches of five.
pub fn small_and_fast(provider: Provider) -> &'static Capabilities {
    match provider {
        Provider::Xero => &SMALL_AND_FAST[0],
        Provider::Qbo => &SMALL_AND_FAST[1],
        Provider::Sage => &SMALL_AND_FAST[2],
    }
}

/// The same with batches of five and the system's own limits: many calls of few records.
pub fn small(provider: Provider) -> &'static Capabilities {
    match provider {
        Provider::Xero => &SMALL,
        Provider::Qbo => &SMALL_QBO,
        Provider::Sage => &SMALL_SAGE,
    }
}

static SMALL_QBO: Capabilities = with(&qbo::CAPABILITIES, FIVES, qbo::CAPABILITIES.limits);
static SMALL_SAGE: Capabilities = with(&sage::CAPABILITIES, FIVES, sage::CAPABILITIES.limits);

static FAST: [Capabilities; 3] = [
    fast(&xero::CAPABILITIES, xero::CAPABILITIES.batches),
    fast(&qbo::CAPABILITIES, qbo::CAPABILITIES.batches),
    fast(&sage::CAPABILITIES, sage::CAPABILITIES.batches),
];

static SMALL_AND_FAST: [Capabilities; 3] = [
    fast(&xero::CAPABILITIES, FIVES),
    fast(&qbo::CAPABILITIES, FIVES),
    fast(&sage::CAPABILITIES, FIVES),
];

type Batches = &'static [(DocumentKind, usize)];

const fn fast(own: &Capabilities, batches: Batches) -> Capabilities {
    let concurrent = own.limits.concurrent;
    with(own, batches, RateLimits { concurrent, per_minute: u32::MAX, per_day: u32::MAX })
}

const fn with(own: &Capabilities, batches: Batches, limits: RateLimits) -> Capabilities {
    Capabilities {
        batches,
        limits,
        key: own.key,
        name: own.name,
        calls_per_record: own.calls_per_record,
        key_memory_s: own.key_memory_s,
        lengths: own.lengths,
        attachment_bytes: own.attachment_bytes,
        customers_by_currency: own.customers_by_currency,
        journal_accounts: own.journal_accounts,
        reports: own.reports,
        verified_on: own.verified_on,
        sources: own.sources,
    }
}

const FIVES: Batches = &[
    (DocumentKind::Customer, 5),
    (DocumentKind::Invoice, 5),
    (DocumentKind::CreditNote, 5),
    (DocumentKind::Payment, 5),
    (DocumentKind::CreditAllocation, 1),
];

/// A moment around a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// The claim is on the disk, no byte has left.
    BeforePush,
    /// The answer is here, nothing of it is written down.
    AfterPush,
    /// A look-up's answer is here, nothing of it is written down.
    AfterFind,
}

/// An adapter around another.
pub struct Wrapped<Adapter, Strike> {
    /// The real one.
    pub inner: Adapter,
    /// Its figures.
    pub capabilities: &'static Capabilities,
    /// What happens at the moments.
    pub strike: Strike,
    /// A number that spoils every batch it stands in.
    pub poison: Option<&'static str>,
}

#[async_trait]
impl<Adapter, Strike> ProviderAdapter for Wrapped<Adapter, Strike>
where
    Adapter: ProviderAdapter,
    Strike: Fn(Moment) + Send + Sync,
{
    fn capabilities(&self) -> &'static Capabilities {
        self.capabilities
    }

    async fn companies(&self, session: &Session) -> Result<Vec<RemoteCompany>, ProviderError> {
        self.inner.companies(session).await
    }

    async fn check_connection(&self, session: &Session) -> Result<String, ProviderError> {
        self.inner.check_connection(session).await
    }

    async fn fetch_reference_data(
        &self,
        session: &Session,
    ) -> Result<ReferenceData, ProviderError> {
        self.inner.fetch_reference_data(session).await
    }

    async fn find(
        &self,
        session: &Session,
        wanted: &[Wanted],
    ) -> Result<Vec<Found>, ProviderError> {
        let found = self.inner.find(session, wanted).await;
        (self.strike)(Moment::AfterFind);
        found
    }

    async fn compose(&self, session: &Session, item: &PushItem) -> Result<Composed, ProviderError> {
        self.inner.compose(session, item).await
    }

    async fn push(&self, session: &Session, items: &[PushItem]) -> PushAnswer {
        let spoilt = |item: &PushItem| match &item.document {
            ExportDocument::Invoice(sales) => Some(sales.number.as_str()) == self.poison,
            _ => false,
        };
        if items.iter().any(spoilt) {
            let refused = ProviderError::BatchRefused { text: "a spoilt batch".to_owned() };
            let outcomes = items.iter().map(|_| Err(refused.clone())).collect();
            let excerpt = "a spoilt batch".to_owned();
            return PushAnswer { outcomes, status: Some(400), request_id: None, excerpt };
        }
        (self.strike)(Moment::BeforePush);
        let answer = self.inner.push(session, items).await;
        (self.strike)(Moment::AfterPush);
        answer
    }

    async fn fetch_records(
        &self,
        session: &Session,
        period: Period,
    ) -> Result<Vec<RemoteRecord>, ProviderError> {
        self.inner.fetch_records(session, period).await
    }

    async fn fetch_entries(
        &self,
        session: &Session,
        period: Period,
    ) -> Result<Vec<RemoteRecord>, ProviderError> {
        self.inner.fetch_entries(session, period).await
    }

    async fn fetch_changes(
        &self,
        session: &Session,
        since: DateTime<Utc>,
    ) -> Result<Changes, ProviderError> {
        self.inner.fetch_changes(session, since).await
    }

    async fn fetch_report(
        &self,
        session: &Session,
        kind: ReportKind,
        period: Period,
    ) -> Result<RemoteReport, ProviderError> {
        self.inner.fetch_report(session, kind, period).await
    }
}

/// Lets every call through, once, and keeps nothing.
pub struct Unwatched;

#[async_trait]
impl CallWatch for Unwatched {
    async fn before_call(&self) -> Result<(), ProviderError> {
        Ok(())
    }

    fn after_call(&self, _call: &CallRecord) {}

    async fn ask_again(&self, _error: &ProviderError, _failed: u32) -> bool {
        false
    }
}
