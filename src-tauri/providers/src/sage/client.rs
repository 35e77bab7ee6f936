//! Sage's addresses, pages and refusals.
//!
//! The only place where Sage's codes and sentences are read. Never calls without naming the
//! business: without the header Sage would quietly take the user's lead business. Never guesses: a
//! sentence that is not known leaves the record refused, with the sentence shown.

use super::wire::{Fault, Page};
use crate::document::DocumentKind;
use crate::error::{ProviderError, ReferenceKind};
use crate::http::{Answer, Call, Content, Effect, HttpClient, Manners, Reply, unclear};
use crate::session::{Endpoints, Session};
use chrono::{DateTime, Utc};
use reqwest::{Method, Url};
use serde::de::DeserializeOwned;

/// Sage's real addresses (developer.sage.com/accounting, "Authentication" and description 3.1,
/// 2026-11).
pub fn endpoints() -> Endpoints {
    Endpoints {
        authorize: "https://www.sageone.com/oauth2/auth/central?filter=apiv3.1".to_owned(),
        token: "https://oauth.accounting.sage.com/token".to_owned(),
        api: "https://api.accounting.sage.com/v3.1".to_owned(),
        companies: "https://api.accounting.sage.com/v3.1/businesses".to_owned(),
        issuer: String::new(),
    }
}

/// Calls left are told in no header. Its 503 says that some server could not be reached, not that
/// nothing was applied ("Response codes" guide, 2026-11).
const MANNERS: Manners =
    Manners { request_id: "x-request-id", minute_left: "", day_left: "", refuses_with_503: false };

/// Rows of a page, and pages read at most: a list longer than this is no list of one office.
pub const PAGE_SIZE: usize = 200;
const MOST_PAGES: usize = 200;

/// Parameters of a query.
pub type Query = Vec<(&'static str, String)>;

/// Writes one record. `body` is empty for a call that is all in its address.
pub async fn write(
    http: &HttpClient,
    session: &Session,
    (method, path): (Method, &str),
    body: String,
) -> Reply {
    let url = address(&session.endpoints.api, path, &Query::new());
    let call = url.and_then(|url| {
        let headers = headers(session)?;
        let content = (!body.is_empty()).then_some(Content::Json(body));
        Ok(Call { method, url, headers, content, effect: Effect::Write })
    });
    match call {
        Ok(call) => judged(http.send(session, &MANNERS, &call).await),
        Err(error) => {
            Reply { status: None, request_id: None, excerpt: String::new(), answer: Err(error) }
        }
    }
}

/// Asks for something of the session's business.
pub async fn get(
    http: &HttpClient,
    session: &Session,
    path: &str,
    query: &Query,
) -> Result<Answer, ProviderError> {
    let url = address(&session.endpoints.api, path, query)?;
    send_read(http, session, url, headers(session)?).await
}

/// Asks for the list of businesses, which belongs to the sign-in and not to a business.
pub async fn get_companies(http: &HttpClient, session: &Session) -> Result<Answer, ProviderError> {
    let query = vec![("items_per_page", PAGE_SIZE.to_string())];
    let url = address(&session.endpoints.companies, "", &query)?;
    send_read(http, session, url, vec![("accept", "application/json".to_owned())]).await
}

async fn send_read(
    http: &HttpClient,
    session: &Session,
    url: Url,
    headers: Vec<(&'static str, String)>,
) -> Result<Answer, ProviderError> {
    let call = Call { method: Method::GET, url, headers, content: None, effect: Effect::Read };
    judged(http.send(session, &MANNERS, &call).await).answer
}

/// Asks for one page of a list.
///
/// # Errors
/// What the call brought.
pub async fn get_page<T: DeserializeOwned>(
    http: &HttpClient,
    session: &Session,
    path: &str,
    query: &Query,
    page: usize,
) -> Result<Page<T>, ProviderError> {
    let mut query = query.clone();
    query.push(("page", page.to_string()));
    query.push(("items_per_page", PAGE_SIZE.to_string()));
    read(&get(http, session, path, &query).await?, Effect::Read)
}

/// Asks for every page of a list, from the given one on.
///
/// # Errors
/// What a call brought, or [`ProviderError::Protocol`] for a list without an end.
pub async fn get_all<T: DeserializeOwned>(
    http: &HttpClient,
    session: &Session,
    path: &str,
    query: &Query,
    first: usize,
) -> Result<Vec<T>, ProviderError> {
    let mut all = Vec::new();
    for page in first..first + MOST_PAGES {
        let mut page: Page<T> = get_page(http, session, path, query, page).await?;
        all.append(&mut page.items);
        if page.next.is_none() {
            return Ok(all);
        }
    }
    Err(unclear(Effect::Read, "a list without an end"))
}

/// Sage's clock, told with something small.
///
/// # Errors
/// What the call brought.
pub async fn now(
    http: &HttpClient,
    session: &Session,
) -> Result<Option<DateTime<Utc>>, ProviderError> {
    let answer = get(http, session, "financial_settings", &Query::new()).await?;
    read::<serde_json::Value>(&answer, Effect::Read)?;
    Ok(answer.date)
}

fn headers(session: &Session) -> Result<Vec<(&'static str, String)>, ProviderError> {
    if session.company.trim().is_empty() {
        let text = "no business is chosen, and Sage would take any".to_owned();
        return Err(ProviderError::NotPermitted { text });
    }
    let accept = ("accept", "application/json".to_owned());
    Ok(vec![accept, ("x-business", session.company.clone())])
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

/// Sage says with 401 also that the subscription has ended, which no sign-in mends.
fn judged(reply: Reply) -> Reply {
    if reply.answer != Err(ProviderError::SignInNeeded) {
        return reply;
    }
    let faults: Vec<Fault> = serde_json::from_str(&reply.excerpt).unwrap_or_default();
    let ended = faults.iter().find(|fault| {
        fault.code == "AuthorizationFailure"
            && fault.message.to_lowercase().contains("no active subscription")
    });
    match ended {
        Some(fault) => {
            let text = fault.message.clone();
            Reply { answer: Err(ProviderError::PlanLimit { text }), ..reply }
        }
        None => reply,
    }
}

/// Reads a good answer.
///
/// # Errors
/// A refusal as a whole, or what an unreadable answer means for this effect.
pub fn read<T: DeserializeOwned>(answer: &Answer, effect: Effect) -> Result<T, ProviderError> {
    if !(200..300).contains(&answer.status) {
        let (_, text) = faults(answer);
        return Err(unclear(effect, format!("status {}: {text}", answer.status)));
    }
    serde_json::from_str(&answer.text)
        .map_err(|error| unclear(effect, format!("data in another form: {error}")))
}

/// The reasons in a refusal and all of them in words; a page of a gateway is quoted short.
fn faults(answer: &Answer) -> (Vec<Fault>, String) {
    let faults: Vec<Fault> = serde_json::from_str(&answer.text).unwrap_or_default();
    let said = faults.iter().map(|fault| match fault.source.as_str() {
        "" | "base" => fault.message.clone(),
        field => format!("{field}: {}", fault.message),
    });
    let mut texts: Vec<String> = said.collect();
    texts.dedup();
    let text = match texts.is_empty() {
        true => answer.text.chars().take(200).collect(),
        false => texts.join("; "),
    };
    (faults, text)
}

/// What a known sentence means.
#[derive(Clone, Copy)]
enum Meaning {
    Duplicate,
    PeriodLocked,
    Missing(ReferenceKind),
    Conflict,
}

use Meaning::{Conflict, Duplicate, Missing, PeriodLocked};

/// Parts of Sage's sentences under `RecordInvalid`, most telling first (Sage's guides and public
/// issues; see README.md for those that nobody has recorded). Compared without regard to case.
const SENTENCES: &[(&str, Meaning)] = &[
    ("must be unique", Duplicate),
    ("already been taken", Duplicate),
    ("already been used", Duplicate),
    ("already exists", Duplicate),
    ("already in use", Duplicate),
    ("lockdown", PeriodLocked),
    ("accounts start date", PeriodLocked),
    ("locked", PeriodLocked),
    ("couldn't find customer", Missing(ReferenceKind::Customer)),
    ("couldn't find contact", Missing(ReferenceKind::Customer)),
    ("couldn't find", Missing(ReferenceKind::Document)),
    ("multi-currency", Missing(ReferenceKind::Currency)),
    ("only pay unpaid or part-paid", Conflict),
    ("can be released", Conflict),
];

/// What a `RecordNotFound` is about, by the field it names, if it does.
const SOURCES: &[(&str, ReferenceKind)] = &[
    ("contact", ReferenceKind::Customer),
    ("ledger_account", ReferenceKind::Account),
    ("bank_account", ReferenceKind::Account),
    ("tax_rate", ReferenceKind::TaxCode),
    ("artefact", ReferenceKind::Document),
];

/// The error of a record of this kind that Sage refused.
pub fn refused(answer: &Answer, kind: DocumentKind) -> ProviderError {
    let (faults, text) = faults(answer);
    let not_found = faults.iter().find(|fault| fault.code == "RecordNotFound");
    if not_found.is_some() || answer.status == 404 {
        let source = not_found.map_or("", |fault| fault.source.as_str());
        return missing(source, kind, text);
    }
    if faults.iter().any(|fault| fault.code == "MultiUserAccessDenied") {
        return ProviderError::NotPermitted { text };
    }
    let known = SENTENCES.iter().find_map(|(part, meaning)| {
        let of = faults.iter().find(|fault| fault.message.to_lowercase().contains(part))?;
        Some((*meaning, of))
    });
    match known {
        Some((Duplicate, _)) => ProviderError::Duplicate { text },
        Some((PeriodLocked, _)) => ProviderError::PeriodLocked { text },
        Some((Conflict, _)) => ProviderError::Conflict { text },
        // It names the field and not the currency.
        Some((Missing(ReferenceKind::Currency), _)) => {
            let (kind, name) = (ReferenceKind::Currency, String::new());
            ProviderError::MissingReference { kind, name, text }
        }
        Some((Missing(kind), fault)) => {
            ProviderError::MissingReference { kind, name: fault.source.clone(), text }
        }
        None => {
            let field = faults.into_iter().map(|fault| fault.source).find(|it| !it.is_empty());
            ProviderError::Rejected { field, text }
        }
    }
}

/// Sage does not say what it did not find: where no field is named, it is what a record of this
/// kind is most likely to miss.
fn missing(source: &str, kind: DocumentKind, text: String) -> ProviderError {
    let named = SOURCES.iter().find(|(part, _)| source.contains(part)).map(|(_, kind)| *kind);
    let usual = match kind {
        DocumentKind::Customer => ReferenceKind::Customer,
        DocumentKind::Invoice | DocumentKind::CreditNote | DocumentKind::Journal => {
            ReferenceKind::Account
        }
        DocumentKind::OnAccount
        | DocumentKind::Payment
        | DocumentKind::CreditAllocation
        | DocumentKind::Refund
        | DocumentKind::Removal
        | DocumentKind::Attachment => ReferenceKind::Document,
    };
    let name = source.to_owned();
    ProviderError::MissingReference { kind: named.unwrap_or(usual), name, text }
}
