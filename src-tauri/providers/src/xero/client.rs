//! Xero's addresses, pages and refusals.
//!
//! The only place where Xero's sentences are read: it has no error codes for a single record. Never
//! guesses: a sentence that is not known leaves the record refused, with the sentence shown.

use super::wire::{Envelope, Message, Refusal};
use crate::error::{ProviderError, ReferenceKind};
use crate::http::{Answer, Call, Content, Effect, HttpClient, Manners, Reply, unclear};
use crate::session::{Endpoints, Session};
use chrono::{DateTime, Utc};
use reqwest::{Method, Url};
use serde::de::DeserializeOwned;

/// Xero's real addresses (OpenAPI 16.1.0 and developer.xero.com OAuth 2.0 pages, 2026-11).
pub fn endpoints() -> Endpoints {
    Endpoints {
        authorize: "https://login.xero.com/identity/connect/authorize".to_owned(),
        token: "https://identity.xero.com/connect/token".to_owned(),
        api: "https://api.xero.com/api.xro/2.0".to_owned(),
        companies: "https://api.xero.com/connections".to_owned(),
        issuer: "https://identity.xero.com".to_owned(),
    }
}

/// Its own 503 is a refusal: maintenance, or the organisation is offline
/// (developer.xero.com/documentation/api/http-response-codes, 2026-11).
const MANNERS: Manners = Manners {
    request_id: "xero-correlation-id",
    minute_left: "x-minlimit-remaining",
    day_left: "x-daylimit-remaining",
    refuses_with_503: true,
};

/// Records of a page, and pages read at most: a list longer than this is no list of one office.
const PAGE_SIZE: usize = 1000;
const MOST_PAGES: u32 = 200;

/// Parameters of a query.
pub type Query = Vec<(&'static str, String)>;

/// Writes records under a key: PUT creates them, POST changes those it names by id, DELETE takes
/// back what its address names and has no body. Always with an explicit `summarizeErrors`: the documentation and
/// the description disagree about what leaving it out means.
pub async fn write(
    http: &HttpClient,
    session: &Session,
    (method, path): (Method, &str),
    body: String,
    key: String,
) -> Reply {
    let query = vec![("summarizeErrors", "false".to_owned()), ("unitdp", "4".to_owned())];
    let call = address(&session.endpoints.api, path, &query).map(|url| Call {
        method,
        url,
        headers: [company_headers(session), vec![("idempotency-key", key)]].concat(),
        content: (!body.is_empty()).then_some(Content::Json(body)),
        effect: Effect::Write,
    });
    send(http, session, call).await
}

/// Puts a file at an address, under a key.
pub async fn write_file(
    http: &HttpClient,
    session: &Session,
    (method, path): (Method, String),
    file: Content,
    key: String,
) -> Reply {
    let headers = [company_headers(session), vec![("idempotency-key", key)]].concat();
    let url = address(&session.endpoints.api, &path, &Query::new());
    send(
        http,
        session,
        url.map(|url| Call { method, url, headers, content: Some(file), effect: Effect::Write }),
    )
    .await
}

/// Asks for records, with everything that came back.
pub async fn ask(http: &HttpClient, session: &Session, path: &str, query: &Query) -> Reply {
    let url = address(&session.endpoints.api, path, query);
    let headers = company_headers(session);
    let call =
        |url| Call { method: Method::GET, url, headers, content: None, effect: Effect::Read };
    send(http, session, url.map(call)).await
}

async fn send(http: &HttpClient, session: &Session, call: Result<Call, ProviderError>) -> Reply {
    match call {
        Ok(call) => http.send(session, &MANNERS, &call).await,
        Err(error) => {
            Reply { status: None, request_id: None, excerpt: String::new(), answer: Err(error) }
        }
    }
}

/// Whether the sign-in is alive and lacks the right for this address: Xero answers both with 401
/// and says which (developer.xero.com/documentation/api/http-response-codes, 2026-11).
pub fn is_beyond_scopes(reply: &Reply) -> bool {
    reply.status == Some(401) && reply.excerpt.contains("AuthorizationUnsuccessful")
}

/// Asks for records.
pub async fn get(
    http: &HttpClient,
    session: &Session,
    path: &str,
    query: &Query,
) -> Result<Answer, ProviderError> {
    let url = address(&session.endpoints.api, path, query)?;
    send_read(http, session, url, company_headers(session)).await
}

/// Asks for the list of companies, which belongs to the sign-in and not to a company.
pub async fn get_companies(http: &HttpClient, session: &Session) -> Result<Answer, ProviderError> {
    let url = address(&session.endpoints.companies, "", &Query::new())?;
    send_read(http, session, url, vec![("accept", "application/json".to_owned())]).await
}

async fn send_read(
    http: &HttpClient,
    session: &Session,
    url: Url,
    headers: Vec<(&'static str, String)>,
) -> Result<Answer, ProviderError> {
    let call = Call { method: Method::GET, url, headers, content: None, effect: Effect::Read };
    http.send(session, &MANNERS, &call).await.answer
}

/// Asks for every page of a list.
///
/// # Errors
/// What a call brought, or [`ProviderError::Protocol`] for a list without an end.
pub async fn get_all<T>(
    http: &HttpClient,
    session: &Session,
    path: &str,
    query: &Query,
    rows: impl Fn(Envelope) -> Option<Vec<T>>,
) -> Result<Vec<T>, ProviderError> {
    Ok(pages(http, session, (path, query), None, rows).await?.0)
}

/// Rows, and Xero's clock when it gave the first of them.
pub type Dated<T> = (Vec<T>, Option<DateTime<Utc>>);

/// Asks for every page of what a list has that changed since a moment (`If-Modified-Since`).
///
/// # Errors
/// As [`get_all`].
pub async fn get_changed<T>(
    http: &HttpClient,
    session: &Session,
    list: (&str, &Query),
    since: DateTime<Utc>,
    rows: impl Fn(Envelope) -> Option<Vec<T>>,
) -> Result<Dated<T>, ProviderError> {
    pages(http, session, list, Some(since), rows).await
}

/// An answer that may be a page of a list.
pub trait Paged: DeserializeOwned {
    /// How many pages there are, where the answer says so.
    fn page_count(&self) -> Option<u32>;
}

impl Paged for Envelope {
    fn page_count(&self) -> Option<u32> {
        self.pagination.map(|pagination| pagination.page_count)
    }
}

/// Asks for every page of a list, or of what changed in it since a moment.
///
/// # Errors
/// As [`get_all`].
pub async fn pages<E: Paged, T>(
    http: &HttpClient,
    session: &Session,
    (path, query): (&str, &Query),
    since: Option<DateTime<Utc>>,
    rows: impl Fn(E) -> Option<Vec<T>>,
) -> Result<Dated<T>, ProviderError> {
    let mut all = Vec::new();
    let mut headers = company_headers(session);
    headers
        .extend(since.map(|at| ("if-modified-since", at.format("%Y-%m-%dT%H:%M:%S").to_string())));
    let mut date = None;
    for page in 1..=MOST_PAGES {
        let mut query = query.clone();
        query.push(("page", page.to_string()));
        query.push(("pageSize", PAGE_SIZE.to_string()));
        let url = address(&session.endpoints.api, path, &query)?;
        let answer = send_read(http, session, url, headers.clone()).await?;
        date = date.or(answer.date);
        let envelope: E = read(&answer, Effect::Read)?;
        let pages = envelope.page_count();
        let mut rows = rows(envelope)
            .ok_or_else(|| unclear(Effect::Read, format!("an answer without {path}")))?;
        let is_last = pages.map_or(rows.len() < PAGE_SIZE, |pages| page >= pages);
        all.append(&mut rows);
        if is_last {
            return Ok((all, date));
        }
    }
    Err(unclear(Effect::Read, "a list without an end"))
}

fn company_headers(session: &Session) -> Vec<(&'static str, String)> {
    vec![("accept", "application/json".to_owned()), ("xero-tenant-id", session.company.clone())]
}

fn address(base: &str, path: &str, query: &Query) -> Result<Url, ProviderError> {
    let whole = if path.is_empty() { base.to_owned() } else { format!("{base}/{path}") };
    let mut url =
        Url::parse(&whole).map_err(|_| unclear(Effect::Read, format!("{base} is no address")))?;
    if !query.is_empty() {
        url.query_pairs_mut().extend_pairs(query);
    }
    Ok(url)
}

/// Reads a good answer.
///
/// # Errors
/// A refusal as a whole, or what an unreadable answer means for this effect.
pub fn read<T: DeserializeOwned>(answer: &Answer, effect: Effect) -> Result<T, ProviderError> {
    if !(200..300).contains(&answer.status) {
        let seen = format!("status {}: {}", answer.status, whole_text(answer));
        return Err(unclear(effect, seen));
    }
    serde_json::from_str(&answer.text).map_err(|_| unclear(effect, "unreadable data"))
}

/// Why a whole call was refused, for a call that carried `items` records.
pub fn refused(answer: &Answer, items: usize) -> ProviderError {
    if items > 1 {
        return ProviderError::BatchRefused { text: whole_text(answer) };
    }
    let refusal: Refusal = serde_json::from_str(&answer.text).unwrap_or_default();
    let messages: Vec<Message> =
        refusal.elements.into_iter().flat_map(|element| element.validation_errors).collect();
    if messages.is_empty() {
        return of_messages(&[Message { message: whole_text(answer) }]);
    }
    of_messages(&messages)
}

/// The reasons in a refusal of a whole call; a plain text or a page of a gateway is quoted short.
fn whole_text(answer: &Answer) -> String {
    let refusal: Refusal = serde_json::from_str(&answer.text).unwrap_or_default();
    let details = refusal.elements.iter().flat_map(|element| &element.validation_errors);
    let mut texts: Vec<&str> = details.map(|message| message.message.as_str()).collect();
    texts.dedup();
    let said = refusal.message.as_deref().or(refusal.detail.as_deref());
    match (texts.is_empty(), said) {
        (false, _) => texts.join("; "),
        (true, Some(said)) => said.to_owned(),
        (true, None) => answer.text.chars().take(200).collect(),
    }
}

/// What a known sentence means.
#[derive(Clone, Copy)]
enum Meaning {
    Duplicate,
    PeriodLocked,
    Missing(ReferenceKind),
    Conflict,
    PlanLimit,
}

use Meaning::{Conflict, Duplicate, Missing, PeriodLocked, PlanLimit};

/// Parts of Xero's sentences, most telling first (developer.xero.com pages of the endpoints, and
/// answers reported in public issues; see README.md). Compared without regard to case.
const SENTENCES: &[(&str, Meaning)] = &[
    ("# must be unique", Duplicate),
    ("already assigned to another contact", Duplicate),
    ("is already assigned", Duplicate),
    ("account number already exists", Duplicate),
    ("number must be unique", Duplicate),
    ("lock date", PeriodLocked),
    ("approval limit", PlanLimit),
    ("account code", Missing(ReferenceKind::Account)),
    ("account must be valid", Missing(ReferenceKind::Account)),
    ("payment account", Missing(ReferenceKind::Account)),
    ("enabled for payments", Missing(ReferenceKind::Account)),
    ("taxtype", Missing(ReferenceKind::TaxCode)),
    ("tax type", Missing(ReferenceKind::TaxCode)),
    ("tax rate must be valid", Missing(ReferenceKind::TaxCode)),
    ("not subscribed to currency", Missing(ReferenceKind::Currency)),
    ("contact has been archived", Missing(ReferenceKind::Customer)),
    ("contact with contactid", Missing(ReferenceKind::Customer)),
    ("must reference a valid", Missing(ReferenceKind::Document)),
    ("could not be found", Missing(ReferenceKind::Document)),
    ("cannot be found", Missing(ReferenceKind::Document)),
    ("not of valid status", Conflict),
    ("only be made against authorised", Conflict),
    ("only be allocated between authorised", Conflict),
    ("exceeds the amount outstanding", Conflict),
    ("exceeds the remaining credit", Conflict),
    ("has a payment or credit note allocated", Conflict),
    ("been reconciled", Conflict),
];

/// The error of one record, by Xero's sentences about it.
pub fn of_messages(messages: &[Message]) -> ProviderError {
    let texts: Vec<&str> = messages.iter().map(|message| message.message.trim()).collect();
    let text = texts.join("; ");
    let known = SENTENCES.iter().find_map(|(part, meaning)| {
        let of = texts.iter().find(|text| text.to_lowercase().contains(part))?;
        Some((*meaning, *of))
    });
    match known {
        Some((Duplicate, _)) => ProviderError::Duplicate { text },
        Some((PeriodLocked, _)) => ProviderError::PeriodLocked { text },
        Some((PlanLimit, _)) => ProviderError::PlanLimit { text },
        Some((Conflict, _)) => ProviderError::Conflict { text },
        Some((Missing(ReferenceKind::Currency), sentence)) => {
            let (kind, name) = (ReferenceKind::Currency, last_word(sentence));
            ProviderError::MissingReference { kind, name, text }
        }
        Some((Missing(kind), sentence)) => {
            ProviderError::MissingReference { kind, name: quoted(sentence), text }
        }
        None => ProviderError::Rejected { field: None, text },
    }
}

/// The word a sentence ends with, in quotes or not.
fn last_word(sentence: &str) -> String {
    let word = sentence.split_whitespace().next_back().unwrap_or_default();
    word.trim_matches(|it: char| !it.is_alphanumeric()).to_owned()
}

/// The first thing a sentence names in quotes.
fn quoted(sentence: &str) -> String {
    sentence.split('\'').nth(1).unwrap_or_default().to_owned()
}
