//! Xero: the adapter, and what Xero can hold as data.
//!
//! Never decides what to do about an error; it says what happened, and the engine's table does the
//! rest.

mod attachments;
mod changes;
pub mod client;
mod days;
mod journals;
mod kept;
mod lookup;
mod purchases;
mod push;
mod records;
mod removal;
mod reports;
mod transform;
mod wire;

#[cfg(test)]
mod tests;

use crate::adapter::{Composed, Found, ProviderAdapter, PushAnswer, Wanted};
use crate::capabilities::{Capabilities, FieldLengths, RateLimits};
use crate::change::Changes;
use crate::document::{
    AccountClass, DocumentKind, ExportDocument, Period, PushItem, ReferenceData, RemoteCompany,
};
use crate::error::ProviderError;
use crate::http::{Answer, Effect, HttpClient, unclear};
use crate::oauth::{Proof, Registration};
use crate::record::RemoteRecord;
use crate::report::{RemoteReport, ReportKind};
use crate::session::Session;
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use client::Query;
use wire::Envelope;

/// What Xero can hold. Batches: fifty records and 3.5 MB are recommended per call; an allocation
/// belongs to the address of its credit note, so it goes alone.
pub static CAPABILITIES: Capabilities = Capabilities {
    key: "xero",
    name: "Xero",
    batches: &[
        (DocumentKind::Customer, 50),
        (DocumentKind::Invoice, 50),
        (DocumentKind::CreditNote, 50),
        (DocumentKind::OnAccount, 50),
        (DocumentKind::Payment, 50),
        (DocumentKind::CreditAllocation, 1),
        (DocumentKind::Refund, 50),
        (DocumentKind::Removal, 1),
        (DocumentKind::Journal, 50),
        (DocumentKind::Attachment, 1),
    ],
    calls_per_record: &[],
    limits: RateLimits { concurrent: 5, per_minute: 60, per_day: 5000 },
    key_memory_s: Some(360),
    lengths: FieldLengths {
        customer_name: 255,
        document_number: 255,
        description: 4000,
        reference: 255,
        // Sales documents have a reference and no field of one's own (OpenAPI 16.1.0, schema Invoice).
        custom_field: 0,
    },
    // Xero refuses a line on a bank account, and on those it posts to itself, which are no accounts
    // of a mapping (central.xero.com, "Post a manual journal", 2026-11).
    customers_by_currency: false,
    journal_accounts: &[
        AccountClass::Clearing,
        AccountClass::Income,
        AccountClass::Expense,
        AccountClass::Asset,
        AccountClass::Liability,
        AccountClass::Equity,
    ],
    // Pages of Xero and of others name 3 to 25 MB for a file; a body above 10 MB is refused.
    attachment_bytes: 10 * 1024 * 1024,
    reports: &ReportKind::STATEMENTS,
    verified_on: "2026-11-21",
    sources: &[
        "https://github.com/XeroAPI/Xero-OpenAPI (xero_accounting.yaml 16.1.0)",
        "https://developer.xero.com/faq/limits",
        "https://developer.xero.com/documentation/api-guides/rounding-in-xero",
        "https://developer.xero.com/documentation/api/http-response-codes",
        "https://developer.xero.com/faq/oauth2",
        "https://developer.xero.com/documentation/api/accounting/attachments",
    ],
};

/// How Xero lets applications in. A desktop program signs in with PKCE and has no secret; the
/// scopes are the granular ones that every application made since 2 March 2026 must use.
pub static REGISTRATION: Registration = Registration {
    scopes: "offline_access accounting.invoices accounting.payments \
             accounting.banktransactions accounting.contacts accounting.settings \
             accounting.manualjournals accounting.reports.trialbalance.read \
             accounting.reports.profitandloss.read accounting.reports.balancesheet.read",
    attachment_scope: "accounting.attachments",
    // Each of them is registered with Xero as http://localhost:PORT/xero.
    ports: &[47_631, 47_632, 47_633],
    path: "/xero",
    issuer_is_named: false,
    proof: Proof::Pkce,
    company_field: None, // "Token expiry" of developer.xero.com/documentation/guides/oauth2/token-types, 2026-11.
    idle_days: 60,
};

/// The adapter. It keeps nothing but its connections.
pub struct XeroAdapter {
    http: HttpClient,
}

impl XeroAdapter {
    /// An adapter that calls through this client.
    pub const fn new(http: HttpClient) -> Self {
        Self { http }
    }

    async fn envelope(
        &self,
        session: &Session,
        path: &str,
    ) -> Result<(Envelope, Answer), ProviderError> {
        let answer = client::get(&self.http, session, path, &Query::new()).await?;
        Ok((client::read(&answer, Effect::Read)?, answer))
    }

    async fn organisation(
        &self,
        session: &Session,
    ) -> Result<(wire::Organisation, Answer), ProviderError> {
        let (envelope, answer) = self.envelope(session, "Organisation").await?;
        let company = envelope.organisations.unwrap_or_default().into_iter().next();
        let company =
            company.ok_or_else(|| unclear(Effect::Read, "an answer without a company"))?;
        Ok((company, answer))
    }
}

#[async_trait]
impl ProviderAdapter for XeroAdapter {
    fn capabilities(&self) -> &'static Capabilities {
        &CAPABILITIES
    }

    async fn companies(&self, session: &Session) -> Result<Vec<RemoteCompany>, ProviderError> {
        let answer = client::get_companies(&self.http, session).await?;
        let all: Vec<wire::Connection> = client::read(&answer, Effect::Read)?;
        // A sign-in may also reach practices and people, which have no books.
        let companies = all.into_iter().filter(|it| it.tenant_type == "ORGANISATION");
        Ok(companies
            .map(|it| RemoteCompany { id: it.tenant_id, name: it.tenant_name.unwrap_or_default() })
            .collect())
    }

    async fn check_connection(&self, session: &Session) -> Result<String, ProviderError> {
        Ok(self.organisation(session).await?.0.name)
    }

    async fn fetch_reference_data(
        &self,
        session: &Session,
    ) -> Result<ReferenceData, ProviderError> {
        let (company, answer) = self.organisation(session).await?;
        let accounts = self.envelope(session, "Accounts").await?.0.accounts;
        let rates = self.envelope(session, "TaxRates").await?.0.tax_rates;
        let categories = self.envelope(session, "TrackingCategories").await?.0.tracking_categories;
        let currencies = self.envelope(session, "Currencies").await?.0.currencies;
        let (Some(accounts), Some(rates), Some(categories), Some(currencies)) =
            (accounts, rates, categories, currencies)
        else {
            return Err(unclear(Effect::Read, "an answer without one of the company's lists"));
        };
        let lists = (&*accounts, &*rates, &*categories, &*currencies);
        // By Xero's clock; without one the data counts as old, and is read again soon.
        let fetched_at = answer.date.unwrap_or(DateTime::UNIX_EPOCH);
        transform::reference_data(&company, lists, fetched_at)
            .map_err(|error| unclear(Effect::Read, error.to_string()))
    }

    async fn find(
        &self,
        session: &Session,
        wanted: &[Wanted],
    ) -> Result<Vec<Found>, ProviderError> {
        lookup::find(&self.http, session, wanted).await
    }

    async fn compose(&self, _: &Session, item: &PushItem) -> Result<Composed, ProviderError> {
        if let ExportDocument::Removal(it) = &item.document {
            return removal::request(it).map(|(_, path, body)| Composed { path, body });
        }
        if let ExportDocument::Attachment(it) = &item.document {
            return Ok(Composed { path: attachments::path(it), body: String::new() });
        }
        let (path, body) = push::body(&[item])?;
        Ok(Composed { path, body })
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
        reports::fetch(&self.http, session, kind, period).await
    }
}
