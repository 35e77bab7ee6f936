//! The table from Intuit's error codes to [`ProviderError`] (developer.intuit.com, "Error codes" and
//! "Handling common errors", read 2026-11; recorded answers stand in `tests.rs`).
//!
//! Sentences are read for two codes only that mean many things, and never to call a failure a
//! success.

use crate::document::DocumentKind;
use crate::error::{ProviderError, ReferenceKind};
use crate::http::{Effect, unclear};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use std::time::Duration;

/// A refusal.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Fault {
    #[serde(alias = "error")]
    pub error: Vec<Reason>,
    #[serde(rename = "type")]
    pub kind: Option<String>,
}

/// One reason of a refusal.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Reason {
    #[serde(alias = "message")]
    pub message: Option<String>,
    #[serde(alias = "detail")]
    pub detail: Option<String>,
    #[serde(rename = "code")]
    pub code: Code,
    #[serde(rename = "element")]
    pub element: Option<String>,
}

/// An error code, written as text or as a number, sometimes with zeros before it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Code(pub String);

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        Ok(Self(raw.get().trim_matches('"').trim_start_matches('0').to_owned()))
    }
}

/// Intuit asks to wait a minute after too many calls, and says so nowhere but in its pages.
const THROTTLED: Duration = Duration::from_secs(60);

/// The version that was changed has been changed meanwhile.
pub const STALE: &str = "5010";

/// What a refusal means for a record of this kind, or for a question.
pub fn of(fault: &Fault, kind: Option<DocumentKind>, effect: Effect) -> ProviderError {
    let text = said(fault);
    let Some(reason) = fault.error.first() else { return unclear(effect, "an empty refusal") };
    match reason.code.0.as_str() {
        "3200" | "3202" => ProviderError::SignInNeeded,
        "120" | "3100" => ProviderError::NotPermitted { text },
        "3001" => ProviderError::RateLimited { after: THROTTLED },
        "600" | "6140" | "6240" => ProviderError::Duplicate { text },
        "6210" => ProviderError::PeriodLocked { text },
        "5020" | "5030" | "6190" => ProviderError::PlanLimit { text },
        "620" | "800" | STALE | "6540" => ProviderError::Conflict { text },
        "1040" => ProviderError::BatchRefused { text },
        "610" | "2500" => missing(reason, kind, text),
        "6100" => ProviderError::MissingReference {
            kind: ReferenceKind::TaxCode,
            name: after(reason, "Supplied value:"),
            text,
        },
        "6000" => business(text),
        "10000" => unclear(effect, text),
        _ if fault.kind.as_deref().is_some_and(|kind| kind.starts_with("System")) => {
            unclear(effect, text)
        }
        _ => {
            let field = reason.element.clone().filter(|field| !field.is_empty());
            ProviderError::Rejected { field, text }
        }
    }
}

/// What a person may read of a refusal.
pub fn said(fault: &Fault) -> String {
    let texts: Vec<&str> = fault
        .error
        .iter()
        .filter_map(|reason| {
            let detail = reason.detail.as_deref().filter(|detail| !detail.is_empty());
            detail.or(reason.message.as_deref())
        })
        .collect();
    texts.join("; ")
}

/// `2500` names the list and the id; `610` names nothing, so the record's kind says what it can be.
fn missing(reason: &Reason, kind: Option<DocumentKind>, text: String) -> ProviderError {
    let detail = reason.detail.as_deref().unwrap_or_default();
    let usual = match kind {
        Some(DocumentKind::Customer) => ReferenceKind::Customer,
        Some(DocumentKind::Payment | DocumentKind::CreditAllocation | DocumentKind::Attachment) => {
            ReferenceKind::Document
        }
        _ => ReferenceKind::Account,
    };
    let lists = [
        ("Names element", ReferenceKind::Customer),
        ("Accounts element", ReferenceKind::Account),
        ("Items element", ReferenceKind::Account),
        ("TaxCode", ReferenceKind::TaxCode),
        ("TaxRate", ReferenceKind::TaxCode),
    ];
    let named = lists.iter().find(|(part, _)| detail.contains(part)).map(|(_, kind)| *kind);
    ProviderError::MissingReference {
        kind: named.unwrap_or(usual),
        name: after(reason, "element id "),
        text,
    }
}

/// `6000` is every rule of the books; three of them have a case of their own.
fn business(text: String) -> ProviderError {
    let small = text.to_lowercase();
    if small.contains("closing date") || small.contains("period has closed") {
        return ProviderError::PeriodLocked { text };
    }
    let taxes = ["gst/hst rate", "gst rate", "vat rate", "tax rate before you save", "tax code"];
    if taxes.iter().any(|part| small.contains(part)) {
        let kind = ReferenceKind::TaxCode;
        return ProviderError::MissingReference { kind, name: String::new(), text };
    }
    // Intuit does not say which.
    if small.contains("multi currency should be enabled") {
        let kind = ReferenceKind::Currency;
        return ProviderError::MissingReference { kind, name: String::new(), text };
    }
    ProviderError::Rejected { field: None, text }
}

/// The word after a phrase of a detail.
fn after(reason: &Reason, phrase: &str) -> String {
    let detail = reason.detail.as_deref().unwrap_or_default();
    let rest = detail.split_once(phrase).map(|(_, rest)| rest).unwrap_or_default();
    rest.split_whitespace().next().unwrap_or_default().to_owned()
}
