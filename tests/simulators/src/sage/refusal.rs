//! The answers that are no success, as Sage gives them: a list of faults, each with its code.

use serde_json::{Value, json};

/// One HTTP answer with a JSON body, or none.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub body: Option<Value>,
}

impl Answer {
    /// An answer with a body.
    pub fn json(status: u16, body: Value) -> Self {
        Self { status, body: Some(body) }
    }

    /// 204.
    pub fn none() -> Self {
        Self { status: 204, body: None }
    }
}

/// Why a call is not carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub status: u16,
    faults: Vec<(&'static str, String, String)>,
}

impl Refusal {
    fn one(status: u16, code: &'static str, message: &str) -> Self {
        Self { status, faults: vec![(code, message.to_owned(), String::new())] }
    }

    /// 422: a field breaks a rule; `source` is the field, or empty.
    pub fn invalid(source: impl Into<String>, message: impl Into<String>) -> Self {
        Self { status: 422, faults: vec![("RecordInvalid", message.into(), source.into())] }
    }

    /// 422 for a field that must be there.
    pub fn required(source: impl Into<String>) -> Self {
        Self::invalid(source, "This field is required.")
    }

    /// 404: the address, or a record that the body names.
    pub fn not_found() -> Self {
        Self::one(404, "RecordNotFound", "Couldn't find record.")
    }

    /// 401: the token is not good.
    pub fn unauthorised() -> Self {
        Self::one(401, "AuthenticationFailure", "The access token is invalid or has expired.")
    }

    /// 401: the business has no subscription any more.
    pub fn no_subscription() -> Self {
        Self::one(401, "AuthorizationFailure", "No active subscription. (MSE)")
    }

    /// 403: the user may not.
    pub fn forbidden() -> Self {
        let text = "The current user is not allowed to access that resource with that method.";
        Self::one(403, "MultiUserAccessDenied", text)
    }

    /// 405: this address knows the verb not.
    pub fn wrong_verb() -> Self {
        Self::one(405, "MethodNotAllowed", "The method is not allowed for this resource.")
    }

    /// 415: only JSON is taken.
    pub fn no_json() -> Self {
        Self::one(415, "UnsupportedMediaType", "Only application/json is accepted.")
    }

    /// 400: the body is no JSON.
    pub fn unreadable() -> Self {
        Self::one(400, "MalformedRequest", "The request body could not be read.")
    }

    /// 429: a limit is reached.
    pub fn too_many() -> Self {
        Self::one(429, "TooManyRequests", "Too many requests have been made against the API.")
    }

    /// The answer the client sees.
    pub fn answer(&self) -> Answer {
        let faults: Vec<Value> = self
            .faults
            .iter()
            .map(|(code, message, source)| {
                json!({
                    "$severity": "error",
                    "$dataCode": code,
                    "$message": message,
                    "$source": source,
                })
            })
            .collect();
        Answer::json(self.status, Value::Array(faults))
    }
}
