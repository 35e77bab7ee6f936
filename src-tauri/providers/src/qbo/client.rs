//! Intuit's addresses, pages and batches.
//!
//! Never guesses: an answer that carries a refusal is none, whatever its status says.

use super::fault;
use super::wire::{Answered, BatchItem, Rows};
use crate::error::ProviderError;
use crate::http::{Answer, Call, Content, Effect, HttpClient, Manners, Reply, unclear};
use crate::session::{Endpoints, Session};
use chrono::{DateTime, SecondsFormat, Utc};
use reqwest::{Method, Url};
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

/// Intuit's real addresses (its OAuth 2.0 discovery document and developer pages, 2026-11). There is
/// no list of companies: the answer to a sign-in names the one that was chosen.
pub fn endpoints() -> Endpoints {
    Endpoints {
        authorize: "https://appcenter.intuit.com/connect/oauth2".to_owned(),
        token: "https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer".to_owned(),
        api: "https://quickbooks.api.intuit.com/v3/company".to_owned(),
        companies: "https://quickbooks.api.intuit.com/v3/company".to_owned(),
        issuer: "https://oauth.platform.intuit.com/op/v1".to_owned(),
    }
}

/// Intuit tells nothing of calls that are left, and does not promise that its 503 changed nothing.
const MANNERS: Manners =
    Manners { request_id: "intuit_tid", minute_left: "", day_left: "", refuses_with_503: false };

/// The oldest version of the API that still counts; earlier ones are ignored since August 2025
/// (Intuit's developer blog of 2025-01-21).
const MINOR_VERSION: &str = "75";

/// Records of a page, and pages read at most: a list longer than this is no list of one office.
const PAGE_SIZE: usize = 1000;
const MOST_PAGES: usize = 200;

/// Parameters of an address.
type Query<'q> = Vec<(&'q str, &'q str)>;

/// Writes under a request id, to an entity or as a batch.
pub async fn write(
    http: &HttpClient,
    session: &Session,
    path: &str,
    request_id: &str,
    body: String,
) -> Reply {
    post(http, session, path, request_id, Content::Json(body)).await
}

/// Uploads a file under a request id.
pub async fn upload(
    http: &HttpClient,
    session: &Session,
    request_id: &str,
    content: Content,
) -> Reply {
    post(http, session, "upload", request_id, content).await
}

async fn post(
    http: &HttpClient,
    session: &Session,
    path: &str,
    request_id: &str,
    content: Content,
) -> Reply {
    let query = vec![("requestid", request_id), ("minorversion", MINOR_VERSION)];
    let call = address(session, path, &query).map(|url| Call {
        method: Method::POST,
        url,
        headers: headers(),
        content: Some(content),
        effect: Effect::Write,
    });
    match call {
        Ok(call) => http.send(session, &MANNERS, &call).await,
        Err(error) => {
            Reply { status: None, request_id: None, excerpt: String::new(), answer: Err(error) }
        }
    }
}

/// Asks one query for its first page; also tells Intuit's clock.
pub async fn ask(
    http: &HttpClient,
    session: &Session,
    query: &str,
) -> Result<(Rows, Option<DateTime<Utc>>), ProviderError> {
    let query = vec![("query", query), ("minorversion", MINOR_VERSION)];
    let url = address(session, "query", &query)?;
    let call =
        Call { method: Method::GET, url, headers: headers(), content: None, effect: Effect::Read };
    let answer = http.send(session, &MANNERS, &call).await.answer?;
    let rows = read(&answer)?.query_response;
    let rows = rows.ok_or_else(|| unclear(Effect::Read, "an answer without records"))?;
    Ok((rows, answer.date))
}

/// Asks a query for all of its pages.
///
/// # Errors
/// What a call brought, or [`ProviderError::Protocol`] for a list without an end.
pub async fn all<T>(
    http: &HttpClient,
    session: &Session,
    query: &str,
    rows: impl Fn(Rows) -> Vec<T>,
) -> Result<Vec<T>, ProviderError> {
    let mut all = Vec::new();
    for page in 0..MOST_PAGES {
        let start = page * PAGE_SIZE + 1;
        let query = format!("{query} startposition {start} maxresults {PAGE_SIZE}");
        let mut found = rows(ask(http, session, &query).await?.0);
        let is_last = found.len() < PAGE_SIZE;
        all.append(&mut found);
        if is_last {
            return Ok(all);
        }
    }
    Err(unclear(Effect::Read, "a list without an end"))
}

/// Asks for a report. Intuit leaves out what would be more than 400,000 cells.
///
/// # Errors
/// What the call brought, or [`ProviderError::Protocol`] for an answer that is no report.
pub async fn report<T: DeserializeOwned>(
    http: &HttpClient,
    session: &Session,
    name: &str,
    query: &[(&str, &str)],
) -> Result<T, ProviderError> {
    let mut query: Query<'_> = query.to_vec();
    query.push(("minorversion", MINOR_VERSION));
    let url = address(session, &format!("reports/{name}"), &query)?;
    let call =
        Call { method: Method::GET, url, headers: headers(), content: None, effect: Effect::Read };
    let answer = http.send(session, &MANNERS, &call).await.answer?;
    read(&answer)?;
    serde_json::from_str(&answer.text)
        .map_err(|_| unclear(Effect::Read, "an answer without a report"))
}

/// Kinds that are followed, and how many changes Intuit tells at most, of all kinds together.
const FOLLOWED: &str = "Customer,Invoice,CreditMemo,Payment";
const MOST_CHANGES: usize = 1000;

/// Asks what changed since a moment, also what was deleted; nothing where Intuit does not tell all
/// of it: it looks back thirty days and lists a thousand in all (Intuit's
/// developer blog of 2023-08-24).
///
/// # Errors
/// What the call brought.
pub async fn changed(
    http: &HttpClient,
    session: &Session,
    since: DateTime<Utc>,
) -> Result<Option<(Rows, Option<DateTime<Utc>>)>, ProviderError> {
    let since = since.to_rfc3339_opts(SecondsFormat::Secs, true);
    let query =
        vec![("entities", FOLLOWED), ("changedSince", &*since), ("minorversion", MINOR_VERSION)];
    let url = address(session, "cdc", &query)?;
    let call =
        Call { method: Method::GET, url, headers: headers(), content: None, effect: Effect::Read };
    let answer = http.send(session, &MANNERS, &call).await.answer?;
    let lists = match read(&answer) {
        Ok(said) => said.changes,
        Err(ProviderError::Rejected { .. }) => return Ok(None),
        Err(error) => return Err(error),
    };
    let lists = lists.ok_or_else(|| unclear(Effect::Read, "an answer without changes"))?;
    let mut all = Rows::default();
    for mut rows in lists.into_iter().flat_map(|list| list.query_response) {
        all.customer.append(&mut rows.customer);
        all.invoice.append(&mut rows.invoice);
        all.credit_memo.append(&mut rows.credit_memo);
        all.payment.append(&mut rows.payment);
    }
    let told = all.customer.len() + all.invoice.len() + all.credit_memo.len() + all.payment.len();
    Ok((told < MOST_CHANGES).then_some((all, answer.date)))
}

/// Asks several queries at once, for their first pages, in order.
pub async fn ask_together(
    http: &HttpClient,
    session: &Session,
    queries: &[&str],
) -> Result<Vec<Rows>, ProviderError> {
    let items: Vec<BatchItem> = queries
        .iter()
        .enumerate()
        .map(|(at, query)| BatchItem {
            id: at.to_string(),
            operation: None,
            record: None,
            query: Some(format!("{query} maxresults {PAGE_SIZE}")),
        })
        .collect();
    let body = batch(&items)?;
    let url = address(session, "batch", &vec![("minorversion", MINOR_VERSION)])?;
    let content = Some(Content::Json(body));
    let call =
        Call { method: Method::POST, url, headers: headers(), content, effect: Effect::Read };
    let answer = http.send(session, &MANNERS, &call).await.answer?;
    let mut parts = read(&answer)?.batch_item_response.unwrap_or_default();
    parts.sort_by_key(|part| part.id.parse::<usize>().unwrap_or(usize::MAX));
    let found: Vec<Rows> = parts
        .into_iter()
        .map(|part| match (part.fault, part.query_response) {
            (Some(refusal), _) => Err(fault::of(&refusal, None, Effect::Read)),
            (None, Some(rows)) => Ok(rows),
            (None, None) => Err(unclear(Effect::Read, "an answer without records")),
        })
        .collect::<Result<_, _>>()?;
    if found.len() != queries.len() {
        return Err(unclear(Effect::Read, "an answer with another number of lists"));
    }
    Ok(found)
}

/// The body of a batch.
///
/// # Errors
/// [`ProviderError::Rejected`]: nothing was sent yet, so what cannot be written is no doubt.
pub fn batch(items: &[BatchItem]) -> Result<String, ProviderError> {
    serde_json::to_string(&BTreeMap::from([("BatchItemRequest", items)]))
        .map_err(|error| ProviderError::Rejected { field: None, text: error.to_string() })
}

/// Reads a good answer to a question.
fn read(answer: &Answer) -> Result<Answered, ProviderError> {
    let said: Answered = serde_json::from_str(&answer.text).unwrap_or_default();
    if let Some(refusal) = &said.fault {
        return Err(fault::of(refusal, None, Effect::Read));
    }
    if !(200..300).contains(&answer.status) {
        let short: String = answer.text.chars().take(200).collect();
        return Err(unclear(Effect::Read, format!("status {}: {short}", answer.status)));
    }
    Ok(said)
}

fn headers() -> Vec<(&'static str, String)> {
    vec![("accept", "application/json".to_owned())]
}

fn address(session: &Session, path: &str, query: &Query<'_>) -> Result<Url, ProviderError> {
    let base = format!("{}/{}/{path}", session.endpoints.api, session.company);
    let mut url =
        Url::parse(&base).map_err(|_| unclear(Effect::Read, format!("{base} is no address")))?;
    url.query_pairs_mut().extend_pairs(query);
    Ok(url)
}

/// A list of texts for the query language: a quote and a backslash are written with a backslash
/// before them; everything else travels as it is, percent-encoded by the address.
pub fn texts<'v>(values: impl Iterator<Item = &'v str>) -> String {
    let quoted: Vec<String> = values.map(text).collect();
    format!("({})", quoted.join(", "))
}

/// One text of it.
pub fn text(value: &str) -> String {
    format!("'{}'", value.replace('\\', "\\\\").replace('\'', "\\'"))
}
