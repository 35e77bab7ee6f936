//! Text messages through an HTTP gateway of the school's own choice.
//!
//! Every gateway has an API of its own, so the school describes the one it uses, and what is asked
//! of any of them is this contract:
//!
//! - One request is one message. It goes to [`Gateway::url`], which is `https`, or `http` on this
//!   machine. Its body is [`Gateway::template`] with four places filled in: `{to}` (the number as
//!   E.164, such as `+4740012345`), `{text}`, `{sender}` and `{key}`. A JSON template is filled
//!   inside its strings, so that nothing typed by a person can end one; a form is one `name=value`
//!   a line, sent encoded as `application/x-www-form-urlencoded`, with `GET` as a query.
//! - The secret travels in [`Gateway::secret_header`] exactly as it was entered, such as
//!   `Bearer abc` in `Authorization`. It is kept apart and never reported.
//! - The key of the message travels in [`Gateway::key_header`] too (by default `Idempotency-Key`,
//!   as in the draft of that name of the IETF's HTTP API group). It is the same whenever the same
//!   message is sent again.
//! - The answer: 2xx, taken. 429 and 503, not now and not taken (`Retry-After` is heeded). 401,
//!   403, 404, 405, 407 and redirects, the account or the address is wrong and nothing was taken.
//!   Any other 4xx but 408 and 409, this message is refused. Everything else, and an answer that
//!   is lost, says nothing: the message may be on its way.
//!
//! Never retries, never follows a redirect, never keeps the text, the number or the secret in what
//! it reports. Whether a lost answer may be asked for again is the school's word about its gateway
//! ([`Gateway::knows_keys`]) and the caller's decision.

mod number;
mod segments;
mod template;

#[cfg(test)]
mod tests;

pub use number::international;
pub use segments::{Encoding, Length, length};
pub use template::{Filling, TemplateRejection};

use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER};
use reqwest::{Response, StatusCode, Url};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// To make a connection.
const CONNECT: Duration = Duration::from_secs(10);
/// For an answer, as a person would wait.
pub const PATIENCE: Duration = Duration::from_secs(20);
/// Waited after a 429 or 503 that names no time.
const USUAL_WAIT: Duration = Duration::from_secs(60);
/// Longest wait that is believed.
const LONGEST_WAIT: Duration = Duration::from_secs(24 * 3600);
/// Characters of an answer that are kept.
const MOST_SAID: usize = 300;
/// Bytes of an answer that are read.
const MOST_READ: usize = 16 * 1024;

/// The request's method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verb {
    /// `POST`.
    Post,
    /// `PUT`.
    Put,
    /// `GET`, with a form as its query.
    Get,
}

/// How the template is written and sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// `application/json`.
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
}

/// A gateway as the school describes it, without its secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gateway {
    /// Where messages go.
    pub url: String,
    /// The method.
    pub verb: Verb,
    /// How the template is written.
    pub format: Format,
    /// The body with its places.
    pub template: String,
    /// Header of the secret; empty: there is none.
    pub secret_header: String,
    /// Header of the message's key; empty: it stands in the template alone.
    pub key_header: String,
    /// Who the message is from, as the gateway allows it.
    pub sender: String,
    /// Whether the gateway sends a message only once, however often it is given the same key.
    pub knows_keys: bool,
}

/// One message.
#[derive(Clone, Copy, Debug)]
pub struct Sms<'a> {
    /// The number, E.164.
    pub to: &'a str,
    /// What it says.
    pub text: &'a str,
    /// The same whenever the same message is sent again.
    pub key: &'a str,
}

/// What became of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The gateway took it.
    Taken(String),
    /// The gateway will not take it as it is.
    Refused(String),
    /// Not this time; it was not taken.
    NotNow(String, Duration),
    /// The gateway could not be reached or did not let us in; nothing was taken.
    Unreachable(String),
    /// It left and the answer was lost, or said nothing.
    Lost(String),
}

/// Why a gateway cannot be used as it is described.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GatewayRejection {
    /// Not an address, or one over which others can read.
    #[error("the address must be https, or http on this machine")]
    Address,
    /// The template does not fit its format.
    #[error(transparent)]
    Template(#[from] TemplateRejection),
    /// A header's name is none.
    #[error("this is not the name of a header")]
    SecretHeader,
    /// A header's name is none.
    #[error("this is not the name of a header")]
    KeyHeader,
    /// JSON has no place in a query.
    #[error("a GET request takes a form")]
    GetJson,
    /// The secret cannot stand in a header.
    #[error("the secret holds characters that no header carries")]
    Secret,
}

impl Gateway {
    /// Checks the description.
    ///
    /// # Errors
    /// [`GatewayRejection`] for the first part that cannot be used.
    pub fn check(&self) -> Result<(), GatewayRejection> {
        self.address()?;
        if self.verb == Verb::Get && self.format == Format::Json {
            return Err(GatewayRejection::GetJson);
        }
        template::check(self.format, &self.template)?;
        header(&self.secret_header).map_err(|()| GatewayRejection::SecretHeader)?;
        header(&self.key_header).map_err(|()| GatewayRejection::KeyHeader)?;
        Ok(())
    }

    fn address(&self) -> Result<Url, GatewayRejection> {
        let url = Url::parse(&self.url).map_err(|_| GatewayRejection::Address)?;
        let near = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
        let private = url.scheme() == "https" || (url.scheme() == "http" && near);
        let plain = url.username().is_empty() && url.password().is_none();
        if private && plain { Ok(url) } else { Err(GatewayRejection::Address) }
    }

    /// Gives a message to the gateway, once; waits for all of its answer at most so long.
    pub async fn send(&self, secret: Option<&str>, sms: Sms<'_>, patience: Duration) -> Outcome {
        let request = match self.request(secret, sms, patience) {
            Ok(request) => request,
            Err(rejection) => return Outcome::Unreachable(rejection.to_string()),
        };
        match request.send().await {
            Ok(response) => judge(response, secret).await,
            Err(error) if error.is_builder() => Outcome::Unreachable("no such request".to_owned()),
            Err(error) if error.is_connect() => Outcome::Unreachable(cause(&error)),
            Err(error) if error.is_timeout() => Outcome::Lost("no answer in time".to_owned()),
            Err(_) => Outcome::Lost("the connection was lost".to_owned()),
        }
    }

    fn request(
        &self,
        secret: Option<&str>,
        sms: Sms<'_>,
        patience: Duration,
    ) -> Result<reqwest::RequestBuilder, GatewayRejection> {
        let filling = Filling { to: sms.to, text: sms.text, sender: &self.sender, key: sms.key };
        let mut url = self.address()?;
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(CONNECT)
            .timeout(patience)
            .user_agent(concat!("Kontor/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|_| GatewayRejection::Address)?;
        let body = match self.format {
            Format::Json => template::json(&self.template, filling)?,
            Format::Form => template::form(&self.template, filling)?,
        };
        let kind = match self.format {
            Format::Json => "application/json",
            Format::Form => "application/x-www-form-urlencoded",
        };
        let request = match self.verb {
            Verb::Post => client.post(url).header(CONTENT_TYPE, kind).body(body),
            Verb::Put => client.put(url).header(CONTENT_TYPE, kind).body(body),
            Verb::Get => {
                let query = match url.query() {
                    Some(known) if !known.is_empty() => format!("{known}&{body}"),
                    _ => body,
                };
                url.set_query(Some(&query));
                client.get(url)
            }
        };
        Ok(request.headers(self.headers(secret, sms.key)?))
    }

    fn headers(&self, secret: Option<&str>, key: &str) -> Result<HeaderMap, GatewayRejection> {
        let mut headers = HeaderMap::new();
        let name = header(&self.secret_header).map_err(|()| GatewayRejection::SecretHeader)?;
        if let (Some(name), Some(secret)) = (name, secret) {
            let mut value = HeaderValue::from_str(secret).map_err(|_| GatewayRejection::Secret)?;
            value.set_sensitive(true);
            headers.insert(name, value);
        }
        let name = header(&self.key_header).map_err(|()| GatewayRejection::KeyHeader)?;
        if let (Some(name), Ok(value)) = (name, HeaderValue::from_str(key)) {
            headers.insert(name, value);
        }
        Ok(headers)
    }
}

/// The name of a header; nothing where it is left empty.
fn header(name: &str) -> Result<Option<HeaderName>, ()> {
    if name.is_empty() {
        return Ok(None);
    }
    HeaderName::from_bytes(name.as_bytes()).map(Some).map_err(|_| ())
}

/// What an answer means, by the contract above.
async fn judge(response: Response, secret: Option<&str>) -> Outcome {
    let status = response.status();
    let wait = retry_after(response.headers());
    let said = said(response, secret).await;
    match status {
        status if status.is_success() && is_page(&said) => {
            Outcome::Lost("a web page instead of an answer".to_owned())
        }
        status if status.is_success() => Outcome::Taken(said),
        StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => {
            Outcome::NotNow(with(status, &said), wait)
        }
        StatusCode::UNAUTHORIZED
        | StatusCode::FORBIDDEN
        | StatusCode::NOT_FOUND
        | StatusCode::METHOD_NOT_ALLOWED
        | StatusCode::PROXY_AUTHENTICATION_REQUIRED => Outcome::Unreachable(with(status, &said)),
        status if status.is_redirection() => Outcome::Unreachable(with(status, "")),
        StatusCode::REQUEST_TIMEOUT | StatusCode::CONFLICT => Outcome::Lost(with(status, &said)),
        status if status.is_client_error() => Outcome::Refused(with(status, &said)),
        status => Outcome::Lost(with(status, &said)),
    }
}

fn with(status: StatusCode, said: &str) -> String {
    let said = if is_page(said) { "" } else { said };
    format!("{} {said}", status.as_u16()).trim_end().to_owned()
}

fn is_page(said: &str) -> bool {
    let start = said.trim_start().to_ascii_lowercase();
    start.starts_with("<!doctype") || start.starts_with("<html")
}

/// The beginning of what was answered, without the secret where it is said back.
async fn said(mut response: Response, secret: Option<&str>) -> String {
    let mut bytes = Vec::new();
    // What breaks off is of no use beyond its beginning; the status has been said.
    while let Ok(Some(piece)) = response.chunk().await {
        bytes.extend_from_slice(&piece);
        if bytes.len() >= MOST_READ {
            break;
        }
    }
    let mut text = String::from_utf8_lossy(&bytes).into_owned();
    if let Some(secret) = secret.filter(|secret| !secret.is_empty()) {
        text = text.replace(secret, "…");
    }
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(MOST_SAID).collect()
}

fn retry_after(headers: &HeaderMap) -> Duration {
    let asked = headers.get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse().ok());
    asked.map_or(USUAL_WAIT, Duration::from_secs).min(LONGEST_WAIT)
}

/// Why no connection was made, as the system said it.
fn cause(error: &reqwest::Error) -> String {
    let mut inner = std::error::Error::source(error);
    let mut said = "no connection".to_owned();
    while let Some(cause) = inner {
        said = cause.to_string();
        inner = cause.source();
    }
    said.chars().filter(|c| !c.is_control()).take(MOST_SAID).collect()
}
