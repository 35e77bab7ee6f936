//! The one way out to a provider: what every adapter needs of HTTP, and the one judgement of what
//! an exchange means for a record that was sent.
//!
//! Never follows a redirect, never calls a host that is not the provider's own, never keeps a
//! token, a header or a query in what it reports, and never repeats a call except once after a
//! renewed sign-in, byte for byte.

mod verdict;

#[cfg(test)]
mod tests;

use crate::error::ProviderError;
use crate::session::{CallRecord, CallWatch, Remaining, Secret, Session};
use chrono::{DateTime, Utc};
use reqwest::header::{CONTENT_TYPE, DATE, HeaderMap, RETRY_AFTER};
use reqwest::{Method, Response, Url};
use std::time::Duration;
use verdict::Head;

pub use verdict::unclear;

/// How patient and how greedy a call may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// To make a connection.
    pub connect: Duration,
    /// Between two pieces of an answer.
    pub idle: Duration,
    /// From the first byte out to the last byte in.
    pub total: Duration,
    /// Longest answer that is read, in bytes.
    pub answer_bytes: usize,
}

impl Patience {
    /// For work with real providers. A batch of fifty may take a provider half a minute.
    pub const USUAL: Self = Self {
        connect: Duration::from_secs(10),
        idle: Duration::from_secs(60),
        total: Duration::from_secs(100),
        answer_bytes: 16 * 1024 * 1024,
    };
}

/// What differs between providers in the manners of HTTP, as data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Manners {
    /// Header with their id of the request.
    pub request_id: &'static str,
    /// Header with the calls left this minute.
    pub minute_left: &'static str,
    /// Header with the calls left this day.
    pub day_left: &'static str,
    /// Their own 503 means by contract that nothing was applied. A gateway's HTML page never does.
    pub refuses_with_503: bool,
}

/// Whether a call may change something there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It only asks.
    Read,
    /// It may create or change records.
    Write,
}

/// A body and its content type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// `application/json`.
    Json(String),
    /// `application/x-www-form-urlencoded`; may hold secrets and is never reported.
    Form(String),
    /// A file, or a body of several parts.
    Bytes {
        /// Its content type.
        kind: String,
        /// As it is sent.
        bytes: Vec<u8>,
    },
}

/// One call.
#[derive(Clone, Debug)]
pub struct Call {
    /// Method.
    pub method: Method,
    /// Whole address.
    pub url: Url,
    /// Headers besides the token and the content type.
    pub headers: Vec<(&'static str, String)>,
    /// Body, if any.
    pub content: Option<Content>,
    /// Whether it may change something.
    pub effect: Effect,
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// HTTP status, if there was an answer.
    pub status: Option<u16>,
    /// The provider's id of the request, if it gave one.
    pub request_id: Option<String>,
    /// The answer, shortened and without the token, for the attempt history.
    pub excerpt: String,
    /// An answer worth reading (2xx, or 4xx with the provider's reasons), or what went wrong.
    pub answer: Result<Answer, ProviderError>,
}

impl Reply {
    fn failed(error: ProviderError) -> Self {
        Self { status: None, request_id: None, excerpt: String::new(), answer: Err(error) }
    }
}

/// An answer worth reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// 2xx, or a 4xx that is not about sign-in, permission or limits.
    pub status: u16,
    /// The body as text.
    pub text: String,
    /// The provider's clock when it answered.
    pub date: Option<DateTime<Utc>>,
}

/// The system's TLS could not be started, so no provider can be called at all.
#[derive(Debug, thiserror::Error)]
#[error("secure connections are not available on this computer: {0}")]
pub struct NoTls(String);

/// Makes calls. Cheap to clone; clones share their connections.
#[derive(Clone, Debug)]
pub struct HttpClient {
    inner: reqwest::Client,
    answer_bytes: usize,
}

impl HttpClient {
    /// A client with its own pool of connections.
    ///
    /// # Errors
    /// [`NoTls`] when the system's TLS library cannot be used.
    pub fn new(patience: Patience) -> Result<Self, NoTls> {
        let inner = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(patience.connect)
            .read_timeout(patience.idle)
            .timeout(patience.total)
            .user_agent(concat!("Kontor/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| NoTls(error.to_string()))?;
        Ok(Self { inner, answer_bytes: patience.answer_bytes })
    }

    /// Sends a call as the session's company. A 401 gets one renewed token and the same call again,
    /// idempotency key included; the second 401 means that a person must sign in. A call that only
    /// asks is made again as often as the session's watch says; one that writes never is.
    pub async fn send(&self, session: &Session, manners: &Manners, call: &Call) -> Reply {
        let mut failed = 0;
        loop {
            let reply = self.send_signed(session, manners, call).await;
            let Err(error) = &reply.answer else { return reply };
            failed += 1;
            if call.effect == Effect::Write || !session.watch.ask_again(error, failed).await {
                return reply;
            }
        }
    }

    async fn send_signed(&self, session: &Session, manners: &Manners, call: &Call) -> Reply {
        if !session.endpoints.allow(&call.url) {
            let text = format!("{} is not an address of this provider", host(&call.url));
            return Reply::failed(ProviderError::NotPermitted { text });
        }
        let token = match session.tokens.access_token().await {
            Ok(token) => token,
            Err(error) => return Reply::failed(error),
        };
        let first = self.send_once(session, manners, call, &token).await;
        if first.status != Some(401) {
            return first;
        }
        match session.tokens.renewed(&token).await {
            Ok(token) => self.send_once(session, manners, call, &token).await,
            Err(error) => Reply { answer: Err(error), ..first },
        }
    }

    /// Sends a call without a session, as an application with its secret where one is given: for the
    /// token address alone.
    pub(crate) async fn send_unsigned(
        &self,
        call: &Call,
        application: Option<(&str, &Secret)>,
    ) -> Reply {
        let manners =
            Manners { request_id: "", minute_left: "", day_left: "", refuses_with_503: true };
        let by = application.map_or(By::Nobody, |(id, secret)| By::Application(id, secret));
        self.exchange(&manners, call, by, &mut CallRecord::default()).await
    }

    async fn send_once(
        &self,
        session: &Session,
        manners: &Manners,
        call: &Call,
        token: &Secret,
    ) -> Reply {
        if let Err(error) = session.watch.before_call().await {
            return Reply::failed(error);
        }
        let mut open = OpenCall { watch: session.watch.as_ref(), record: CallRecord::default() };
        open.record.method = call.method.to_string();
        open.record.path = call.url.path().to_owned();
        self.exchange(manners, call, By::Session(token), &mut open.record).await
    }

    async fn exchange(
        &self,
        manners: &Manners,
        call: &Call,
        by: By<'_>,
        record: &mut CallRecord,
    ) -> Reply {
        let response = match self.request(call, by).send().await {
            Ok(response) => response,
            Err(error) => return Reply::failed(verdict::of_transport(&error, call.effect)),
        };
        let headers = response.headers();
        let head = Head {
            status: response.status().as_u16(),
            retry_after: verdict::retry_after(headers.get(RETRY_AFTER), headers.get(DATE)),
            date: verdict::http_date(headers.get(DATE)),
        };
        record.status = Some(head.status);
        record.request_id = text_header(headers, manners.request_id);
        record.remaining = Remaining {
            minute: number_header(headers, manners.minute_left),
            day: number_header(headers, manners.day_left),
        };
        record.retry_after = (head.status == 429).then_some(head.retry_after);
        let body = self.read(response).await;
        record.bytes = body.as_ref().map_or(0, Vec::len);
        let excerpt = body.as_ref().map(|body| excerpt(body, by)).unwrap_or_default();
        Reply {
            status: record.status,
            request_id: record.request_id.clone(),
            answer: verdict::of_answer(&head, body, call.effect, manners),
            excerpt,
        }
    }

    fn request(&self, call: &Call, by: By<'_>) -> reqwest::RequestBuilder {
        let mut request = self.inner.request(call.method.clone(), call.url.clone());
        for (name, value) in &call.headers {
            request = request.header(*name, value);
        }
        match by {
            By::Nobody => {}
            By::Session(token) => request = request.bearer_auth(token.reveal()),
            By::Application(id, secret) => request = request.basic_auth(id, Some(secret.reveal())),
        }
        match &call.content {
            Some(Content::Json(text)) => {
                request.header(CONTENT_TYPE, "application/json").body(text.clone())
            }
            Some(Content::Form(text)) => {
                request.header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(text.clone())
            }
            Some(Content::Bytes { kind, bytes }) => {
                request.header(CONTENT_TYPE, kind).body(bytes.clone())
            }
            None => request,
        }
    }

    /// The body, or in words what was seen instead of a whole one.
    async fn read(&self, mut response: Response) -> Result<Vec<u8>, String> {
        let mut body = Vec::new();
        loop {
            match response.chunk().await {
                Ok(Some(chunk)) if body.len() + chunk.len() > self.answer_bytes => {
                    return Err(format!("an answer longer than {} bytes", self.answer_bytes));
                }
                Ok(Some(chunk)) => body.extend_from_slice(&chunk),
                Ok(None) => return Ok(body),
                Err(error) if error.is_timeout() => {
                    return Err("an answer that came too slowly".to_owned());
                }
                Err(_) => return Err("an answer that broke off".to_owned()),
            }
        }
    }
}

/// Who makes a call.
#[derive(Clone, Copy)]
enum By<'a> {
    /// Nobody in particular.
    Nobody,
    /// A session, by its token.
    Session(&'a Secret),
    /// An application, by its id and secret.
    Application(&'a str, &'a Secret),
}

/// Reports the call to the watch when it ends, also when its future is dropped.
struct OpenCall<'a> {
    watch: &'a dyn CallWatch,
    record: CallRecord,
}

impl Drop for OpenCall<'_> {
    fn drop(&mut self) {
        self.watch.after_call(&self.record);
    }
}

fn host(url: &Url) -> &str {
    url.host_str().unwrap_or_default()
}

fn text_header(headers: &HeaderMap, name: &str) -> Option<String> {
    let value = headers.get(name)?.to_str().ok()?;
    Some(value.chars().take(100).collect())
}

fn number_header(headers: &HeaderMap, name: &str) -> Option<u32> {
    headers.get(name)?.to_str().ok()?.trim().parse().ok()
}

/// Characters of an answer that the attempt history keeps.
const EXCERPT_CHARS: usize = 600;

fn excerpt(body: &[u8], by: By<'_>) -> String {
    let shown = &body[..body.len().min(EXCERPT_CHARS * 8)];
    let mut text = String::from_utf8_lossy(shown).into_owned();
    // An answer should not repeat a secret; a debug page of a gateway might.
    let secret = match by {
        By::Nobody => "",
        By::Session(secret) | By::Application(_, secret) => secret.reveal(),
    };
    if !secret.is_empty() {
        text = text.replace(secret, "…");
    }
    let calm = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    calm.take(EXCERPT_CHARS).collect()
}
