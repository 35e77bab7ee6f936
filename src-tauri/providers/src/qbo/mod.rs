//! QuickBooks Online: the adapter, and what QuickBooks can hold as data.
//!
//! Never decides what to do about an error; it says what happened, and the engine's table does the
//! rest.

mod attachments;
mod changes;
pub mod client;
mod fault;
mod fields;
mod journals;
mod kept;
mod lookup;
mod outcome;
mod push;
mod records;
mod reference;
mod removal;
mod reports;
mod tax;
mod transform;
mod wire;

#[cfg(test)]
mod tests;

use crate::adapter::{Composed, Found, ProviderAdapter, PushAnswer, Wanted};
use crate::capabilities::{Capabilities, FieldLengths, RateLimits};
use crate::change::Changes;
use crate::document::{AccountClass, DocumentKind, Period, PushItem, ReferenceData, RemoteCompany};
use crate::error::ProviderError;
use crate::http::{Effect, HttpClient, unclear};
use crate::oauth::{Proof, Registration};
use crate::record::RemoteRecord;
use crate::report::{RemoteReport, ReportKind};
use crate::session::Session;
use async_trait::async_trait;
use chrono::{DateTime, Utc};

/// What QuickBooks can hold. Records travel thirty to a batch. A company takes five hundred calls a
/// minute, but forty batches of one application, and nearly every call of ours is one; so forty it is.
/// The 120 batches a minute that came in October 2025 are what a company takes of all applications
/// together, and left the forty as they were. No figure is published for a day. How long a request id
/// is remembered is not published either, so nothing is built on it: a record whose fate is unknown is
/// looked up.
pub static CAPABILITIES: Capabilities = Capabilities {
    key: "qbo",
    name: "QuickBooks Online",
    batches: &[
        (DocumentKind::Customer, 30),
        (DocumentKind::Invoice, 30),
        (DocumentKind::CreditNote, 30),
        (DocumentKind::OnAccount, 30),
        (DocumentKind::Payment, 30),
        (DocumentKind::CreditAllocation, 30),
        (DocumentKind::Removal, 30),
        (DocumentKind::Journal, 30),
        // One file a call: its outcome is its own, and so is what it weighs.
        (DocumentKind::Attachment, 1),
    ],
    calls_per_record: &[],
    limits: RateLimits { concurrent: 10, per_minute: 40, per_day: u32::MAX },
    key_memory_s: Some(0),
    lengths: FieldLengths {
        customer_name: 500,
        document_number: 21,
        description: 4000,
        reference: 4000,
        // The pages of the API name no length; the screen takes this many.
        custom_field: 31,
    },
    // The pages of the API name 100 MB for a call, its own screens 20 MB for a file.
    attachment_bytes: 20 * 1024 * 1024,
    customers_by_currency: true,
    // Banks take lines of journal entries as all accounts do but receivables and payables.
    journal_accounts: &[AccountClass::Bank, AccountClass::Ledger],
    reports: &ReportKind::ALL,
    verified_on: "2026-11-22",
    sources: &[
        "https://github.com/intuit/QuickBooks-V3-DotNET-SDK (Finance.xsd of 2026-05-29)",
        "https://developer.intuit.com/app/developer/qbo/docs/learn/limits-and-throttles",
        "https://blogs.intuit.com/2025/08/13/upcoming-changes-to-the-accounting-api",
        "https://blogs.intuit.com/2016/08/08/idg-concurrent-api-use-changes-coming-soon",
        "https://developer.intuit.com/app/developer/qbo/docs/develop/troubleshooting/error-codes",
        "https://developer.intuit.com/app/developer/qbo/docs/workflows/manage-sales-tax-for-non-us-locales",
        "https://developer.intuit.com/app/developer/qbo/docs/workflows/manage-linked-transactions",
        "https://community.intuit.com/articles/1532894-create-a-journal-entry",
        "https://developer.intuit.com/app/developer/qbo/docs/workflows/attach-images-and-notes",
    ],
};

/// How Intuit lets applications in: with a secret, as HTTP Basic, and without PKCE. In production the
/// browser is sent back to an `https` address with a name, so there are no ports; the answer names
/// the one company that was opened (developer pages "OAuth 2.0" and "Set redirect URIs", 2026-11).
pub static REGISTRATION: Registration = Registration {
    scopes: "com.intuit.quickbooks.accounting",
    attachment_scope: "",
    ports: &[],
    path: "/qbo",
    issuer_is_named: false,
    proof: Proof::SecretInHeader,
    company_field: Some("realmId"), // "OAuth 2.0 FAQ" of developer.intuit.com, 2026-11.
    idle_days: 100,
};

/// The adapter. It keeps nothing but its connections.
pub struct QboAdapter {
    http: HttpClient,
}

impl QboAdapter {
    /// An adapter that calls through this client.
    pub const fn new(http: HttpClient) -> Self {
        Self { http }
    }
}

#[async_trait]
impl ProviderAdapter for QboAdapter {
    fn capabilities(&self) -> &'static Capabilities {
        &CAPABILITIES
    }

    /// A sign-in opens the one company that was chosen there, so it is the session's own.
    async fn companies(&self, session: &Session) -> Result<Vec<RemoteCompany>, ProviderError> {
        let name = self.check_connection(session).await?;
        Ok(vec![RemoteCompany { id: session.company.clone(), name }])
    }

    async fn check_connection(&self, session: &Session) -> Result<String, ProviderError> {
        let (page, _) = client::ask(&self.http, session, "select * from CompanyInfo").await?;
        let company = page.company_info.into_iter().next();
        let company =
            company.ok_or_else(|| unclear(Effect::Read, "an answer without a company"))?;
        Ok(company.company_name)
    }

    async fn fetch_reference_data(
        &self,
        session: &Session,
    ) -> Result<ReferenceData, ProviderError> {
        let http = &self.http;
        let (page, date) = client::ask(http, session, "select * from CompanyInfo").await?;
        let (preferences, _) = client::ask(http, session, "select * from Preferences").await?;
        let preferences = preferences.preferences;
        let every = |name: &str| format!("select * from {name} where Active in (true, false)");
        let several = preferences.iter().any(|it| it.currency_prefs.multi_currency_enabled);
        // A company without multicurrency has no such list to ask for.
        let currencies = match several {
            true => {
                let asked = every("CompanyCurrency");
                client::all(http, session, &asked, |it| it.company_currency).await?
            }
            false => Vec::new(),
        };
        let there = reference::Company {
            info: page.company_info,
            preferences,
            currencies,
            accounts: client::all(http, session, &every("Account"), |it| it.account).await?,
            items: client::all(http, session, &every("Item"), |it| it.item).await?,
            codes: client::all(http, session, "select * from TaxCode", |it| it.tax_code).await?,
            rates: client::all(http, session, "select * from TaxRate", |it| it.tax_rate).await?,
            classes: client::all(http, session, &every("Class"), |it| it.class).await?,
        };
        // By Intuit's clock; without one the data counts as old, and is read again soon.
        reference::data(&there, date.unwrap_or(DateTime::UNIX_EPOCH))
    }

    async fn find(
        &self,
        session: &Session,
        wanted: &[Wanted],
    ) -> Result<Vec<Found>, ProviderError> {
        lookup::find(&self.http, session, wanted).await
    }

    async fn compose(&self, session: &Session, item: &PushItem) -> Result<Composed, ProviderError> {
        push::compose(&self.http, session, item).await
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
