//! Sage Business Cloud Accounting: the adapter, and what Sage can hold as data.
//!
//! Never decides what to do about an error; it says what happened, and the engine's table does the
//! rest.

mod changes;
pub mod client;
mod journals;
mod kept;
mod ledger;
mod lookup;
mod paid;
mod push;
mod records;
mod reference;
mod release;
mod removal;
mod reports;
mod transform;
mod wire;

#[cfg(test)]
mod tests;

use crate::adapter::{Composed, Found, ProviderAdapter, PushAnswer, Wanted};
use crate::capabilities::{Capabilities, FieldLengths, RateLimits};
use crate::change::Changes;
use crate::document::{AccountClass, DocumentKind, Period, PushItem, ReferenceData, RemoteCompany};
use crate::error::ProviderError;
use crate::http::{Effect, HttpClient};
use crate::oauth::{Proof, Registration};
use crate::record::RemoteRecord;
use crate::report::{RemoteReport, ReportKind};
use crate::session::Session;
use async_trait::async_trait;
use chrono::{DateTime, Utc};

/// What Sage can hold. It has no batches: the figures are how many records are claimed and looked
/// up together, while each travels alone. Keys are taken, but how long they are remembered is said
/// nowhere, so nothing relies on them.
pub static CAPABILITIES: Capabilities = Capabilities {
    key: "sage",
    name: "Sage Business Cloud Accounting",
    batches: &[
        (DocumentKind::Customer, 20),
        (DocumentKind::Invoice, 20),
        (DocumentKind::CreditNote, 20),
        (DocumentKind::OnAccount, 20),
        (DocumentKind::Payment, 20),
        (DocumentKind::CreditAllocation, 20),
        (DocumentKind::Refund, 20),
        (DocumentKind::Removal, 20),
        (DocumentKind::Journal, 20),
    ],
    // An invoice or credit note is made as a draft and released; a payment or allocation first asks for
    // the customer of the document it names; what is taken back is looked at before it goes.
    calls_per_record: &[
        (DocumentKind::Customer, 1),
        (DocumentKind::OnAccount, 1),
        (DocumentKind::Journal, 1),
        (DocumentKind::Invoice, 2),
        (DocumentKind::CreditNote, 2),
        (DocumentKind::Payment, 2),
        (DocumentKind::CreditAllocation, 2),
        (DocumentKind::Refund, 2),
        (DocumentKind::Removal, 2),
    ],
    // No figure is published for v3.1: a hundred a minute and 2,500 a day are what integrators
    // report; two at once use the minute well.
    limits: RateLimits { concurrent: 2, per_minute: 100, per_day: 2500 },
    key_memory_s: None,
    lengths: FieldLengths {
        customer_name: 100,
        document_number: 25,
        // No limit is stated for a line's text.
        description: 2000,
        reference: 25,
        // No field of one's own (Swagger description 3.1, SalesInvoice).
        custom_field: 0,
    },
    attachment_bytes: 0,
    customers_by_currency: false,
    journal_accounts: &[AccountClass::Ledger],
    reports: &[
        ReportKind::TrialBalance,
        ReportKind::ProfitAndLoss,
        ReportKind::BalanceSheet,
        ReportKind::GeneralLedger,
    ],
    verified_on: "2026-11-22",
    sources: &[
        "https://developer.sage.com/accounting/reference/ (Swagger description 3.1)",
        "https://developer.sage.com/accounting/guides/concepts/response_codes",
        "https://developer.sage.com/accounting/guides/concepts/frequently_raised_errors",
        "https://developer.sage.com/accounting/guides/concepts/idempotency",
        "https://developer.sage.com/accounting/guides/concepts/journals",
        "https://developer.sage.com/accounting/guides/concepts/best_practices/",
        "https://knowledgelib.io/business/erp-integration/sage-business-cloud-api/2026 (limits)",
    ],
};

/// How Sage lets applications in: with a secret, in the form, and without PKCE. The redirect address
/// must be the registered one character for character; one on this computer is taken
/// ("Authentication" guide and Sage's own samples, 2026-11).
pub static REGISTRATION: Registration = Registration {
    scopes: "full_access",
    attachment_scope: "",
    ports: &[47_641],
    path: "/sage",
    issuer_is_named: false,
    proof: Proof::SecretInBody,
    company_field: None, // "Authentication" guide of developer.sage.com, 2026-11.
    idle_days: 31,
};

/// The adapter. It keeps nothing but its connections.
pub struct SageAdapter {
    http: HttpClient,
}

impl SageAdapter {
    /// An adapter that calls through this client.
    pub const fn new(http: HttpClient) -> Self {
        Self { http }
    }
}

#[async_trait]
impl ProviderAdapter for SageAdapter {
    fn capabilities(&self) -> &'static Capabilities {
        &CAPABILITIES
    }

    async fn companies(&self, session: &Session) -> Result<Vec<RemoteCompany>, ProviderError> {
        let answer = client::get_companies(&self.http, session).await?;
        let page: wire::Page<wire::Business> = client::read(&answer, Effect::Read)?;
        let companies = page.items.into_iter();
        Ok(companies
            .map(|it| RemoteCompany { id: it.id.clone(), name: reference::named(it) })
            .collect())
    }

    async fn check_connection(&self, session: &Session) -> Result<String, ProviderError> {
        reference::business_name(&self.http, session).await
    }

    async fn fetch_reference_data(
        &self,
        session: &Session,
    ) -> Result<ReferenceData, ProviderError> {
        reference::fetch(&self.http, session).await
    }

    async fn find(
        &self,
        session: &Session,
        wanted: &[Wanted],
    ) -> Result<Vec<Found>, ProviderError> {
        lookup::find(&self.http, session, wanted).await
    }

    async fn compose(&self, _: &Session, item: &PushItem) -> Result<Composed, ProviderError> {
        push::compose(item)
    }

    async fn push(&self, session: &Session, items: &[PushItem]) -> PushAnswer {
        push::push(&self.http, session, items).await
    }

    async fn fetch_records(
        &self,
        session: &Session,
        period: Period,
    ) -> Result<Vec<RemoteRecord>, ProviderError> {
        records::fetch(&self.http, session, period).await
    }

    async fn fetch_entries(
        &self,
        session: &Session,
        period: Period,
    ) -> Result<Vec<RemoteRecord>, ProviderError> {
        records::entries(&self.http, session, period).await
    }

    async fn fetch_changes(
        &self,
        session: &Session,
        since: DateTime<Utc>,
    ) -> Result<Changes, ProviderError> {
        changes::fetch(&self.http, session, since).await
    }

    async fn fetch_report(
        &self,
        session: &Session,
        kind: ReportKind,
        period: Period,
    ) -> Result<RemoteReport, ProviderError> {
        if !CAPABILITIES.reports.contains(&kind) {
            return Err(ProviderError::Unsupported);
        }
        reports::fetch(&self.http, session, kind, period).await
    }
}
