//! The answers that are no success, in the shapes Xero gives them.

use serde_json::{Value, json};

/// One HTTP answer.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub content_type: &'static str,
    pub body: Vec<u8>,
}

impl Answer {
    /// A JSON answer.
    pub fn json(status: u16, body: &Value) -> Self {
        Self { status, content_type: "application/json; charset=utf-8", body: encode(body) }
    }

    /// A plain text answer.
    pub fn text(status: u16, body: &str) -> Self {
        Self { status, content_type: "text/plain; charset=utf-8", body: body.into() }
    }

    /// An answer without a body.
    pub fn empty(status: u16) -> Self {
        Self::text(status, "")
    }
}

fn encode(body: &Value) -> Vec<u8> {
    body.to_string().into_bytes()
}

/// Why a call is not carried out.
#[derive(Clone, Debug)]
pub enum Refusal {
    /// 401 with the given detail.
    Unauthorised(String),
    /// 403: the token does not open this tenant.
    Forbidden,
    /// 404 in plain text.
    NotFound,
    /// 405 in plain text.
    WrongMethod,
    /// 400 with one of Xero's error numbers.
    BadRequest { number: u32, kind: &'static str, message: String },
    /// 400 with the refused elements.
    Validation(Vec<Value>),
}

impl Refusal {
    /// The body was no JSON.
    pub fn unreadable(message: &str) -> Self {
        Self::BadRequest { number: 14, kind: "PostDataInvalidException", message: message.into() }
    }

    /// The body held nothing for this endpoint.
    pub fn nothing_sent(endpoint: &str) -> Self {
        let message = format!(
            "No data has been processed for this endpoint. This endpoint is expecting {endpoint} \
             data to be specified in the request body."
        );
        Self::BadRequest { number: 17, kind: "NoDataProcessedException", message }
    }

    /// A query parameter made no sense.
    pub fn bad_query(message: impl Into<String>) -> Self {
        Self::BadRequest { number: 16, kind: "QueryParseException", message: message.into() }
    }

    /// A rule about the call as a whole.
    pub fn invalid(message: impl Into<String>) -> Self {
        Self::BadRequest { number: 10, kind: "ValidationException", message: message.into() }
    }

    /// The answer the client sees.
    pub fn answer(&self) -> Answer {
        match self {
            Self::Unauthorised(detail) => problem(401, "Unauthorized", detail),
            Self::Forbidden => problem(403, "Forbidden", "AuthenticationUnsuccessful"),
            Self::NotFound => Answer::text(404, "The resource you're looking for cannot be found"),
            Self::WrongMethod => Answer::text(405, "The method is not allowed for this resource"),
            Self::BadRequest { number, kind, message } => {
                Answer::json(400, &json!({"ErrorNumber": number, "Type": kind, "Message": message}))
            }
            Self::Validation(elements) => Answer::json(
                400,
                &json!({
                    "ErrorNumber": 10,
                    "Type": "ValidationException",
                    "Message": "A validation exception occurred",
                    "Elements": elements,
                }),
            ),
        }
    }
}

fn problem(status: u16, title: &str, detail: &str) -> Answer {
    let body = json!({
        "Type": null,
        "Title": title,
        "Status": status,
        "Detail": detail,
        "Instance": uuid::Uuid::now_v7(),
        "Extensions": {},
    });
    Answer::json(status, &body)
}
