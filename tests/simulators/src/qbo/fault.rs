//! Intuit's refusals, with the codes and sentences of its error pages (developer.intuit.com,
//! "Error codes" and "Handling common errors", read 2026-11) and of answers recorded in public
//! issues; where only the effect is known, the sentence is ours.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Value, json};

use super::json::moment;

/// Why something is not carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub status: u16,
    pub kind: &'static str,
    pub code: &'static str,
    pub message: &'static str,
    pub detail: String,
    pub element: String,
}

impl Fault {
    fn validation(code: &'static str, message: &'static str, detail: impl Into<String>) -> Self {
        let detail = detail.into();
        let kind = "ValidationFault";
        Self { status: 400, kind, code, message, detail, element: String::new() }
    }

    fn about(self, element: &str) -> Self {
        Self { element: element.to_owned(), ..self }
    }

    /// A field that must be there is not.
    pub fn required(name: &str) -> Self {
        let message = "Required param missing, need to supply the required value for the API";
        let detail = format!("Required parameter {name} is missing in the request");
        Self::validation("2020", message, detail).about(name)
    }

    /// A text is longer than its field.
    pub fn too_long(name: &str, most: usize, given: usize) -> Self {
        let message = "String length is either shorter or longer than supported by specification";
        let detail = format!(
            "String length specified does not match the supported length. Min:0 Max:{most} \
             supported. Supplied length:{given}"
        );
        Self::validation("2050", message, detail).about(name)
    }

    /// A value that its list does not have.
    pub fn enumeration(name: &str, value: &str) -> Self {
        Self::validation("2170", "Invalid Enumeration", format!("Invalid Enumeration : {value}"))
            .about(name)
    }

    /// A number that is none, or has too many decimals.
    pub fn number(name: &str) -> Self {
        let detail = format!("Invalid Number : {name}");
        Self::validation("2090", "Invalid Number", detail).about(name)
    }

    /// A reference to what is not there.
    pub fn reference(what: &str, id: &str) -> Self {
        let detail = format!("Invalid Reference Id : {what} element id {id} not found");
        Self::validation("2500", "Invalid Reference Id", detail)
    }

    /// A reference to what was made inactive, or an object that is gone.
    pub fn gone() -> Self {
        let detail = "Object Not Found : Something you're trying to use has been made inactive. \
                      Check the fields with accounts, customers, items, vendors or employees.";
        Self::validation("610", "Object Not Found", detail)
    }

    /// A foreign currency in a company that has one.
    pub fn one_currency() -> Self {
        Self::business("Multi Currency should be enabled to perform this operation")
    }

    /// The object was changed by somebody else.
    pub fn stale(entity: &str) -> Self {
        let detail = format!(
            "Stale Object Error : You and root were working on this at the same time. root \
             finished before you did, so your work was not saved. Entity={entity}"
        );
        Self::validation("5010", "Stale Object Error", detail)
    }

    /// The number is used.
    pub fn duplicate_number(number: &str, entity: &str, id: &str) -> Self {
        let detail = format!(
            "Duplicate Document Number Error : You must specify a different number. This number \
             has already been used.  DocNumber={number} is assigned to TxnType={entity} with \
             TxnId={id}"
        );
        Self::validation("6140", "Duplicate Document Number Error", detail)
    }

    /// The name is used by a customer, vendor or employee.
    pub fn duplicate_name(id: &str) -> Self {
        let detail = format!("The name supplied already exists. : Id={id}");
        Self::validation("6240", "Duplicate Name Exists Error", detail)
    }

    /// The day lies in closed books.
    pub fn closed(until: NaiveDate) -> Self {
        let detail = format!(
            "The account period has closed and the account books cannot be updated through the \
             QBO Services API. Please use the QBO website to make these changes. ({until})"
        );
        Self::validation("6210", "Account Period Closed", detail)
    }

    /// An amount is not quantity times price.
    pub fn amount(given: &str) -> Self {
        let message = "Amount calculation incorrect in the request";
        let detail =
            format!("{message} : Amount is not equal to UnitPrice * Qty. Supplied value:{given}");
        Self::validation("6070", message, detail)
    }

    /// No name at all.
    pub fn nameless() -> Self {
        let detail = "Title, GivenName, MiddleName, FamilyName, DisplayName, Suffix - one of these \
                      must be non-empty";
        Self::validation("6080", "No Name Provided", detail)
    }

    /// A United States line with another code than the two there are.
    pub fn us_tax_code(given: &str) -> Self {
        let detail =
            format!("Valid Line TaxCodes for US should be TAX or NON. Supplied value:{given}");
        Self::validation("6100", "Invalid Line TaxCode in the request", detail)
    }

    /// A rule of the books.
    pub fn business(sentence: &str) -> Self {
        let message = "A business validation error has occurred while processing your request";
        Self::validation("6000", message, format!("Business Validation Error: {sentence}"))
    }

    /// The body or the operation makes no sense.
    pub fn unsupported(what: &str) -> Self {
        Self::validation(
            "500",
            "Unsupported Operation",
            format!("Operation {what} is not supported."),
        )
    }

    /// The body was no JSON object.
    pub fn unreadable() -> Self {
        Self::validation("2010", "Request has invalid or unsupported property", "Unreadable body")
    }

    /// The query cannot be read.
    pub fn query(detail: impl Into<String>) -> Self {
        let detail = format!("QueryParserError: {}", detail.into());
        Self::validation("4000", "Error parsing query", detail)
    }

    /// The query asks for a field that cannot be asked for.
    pub fn property(name: &str, entity: &str) -> Self {
        let detail = format!("QueryValidationError: Property {name} not found for Entity {entity}");
        Self::validation("4001", "Invalid query", detail)
    }

    /// More in a batch than a batch takes.
    pub fn batch_size(most: usize) -> Self {
        let message = "Batch size exceeds allowed limit";
        Self::validation("1040", message, format!("Maximum number of items allowed is {most}"))
    }

    /// Too many calls.
    pub fn throttled() -> Self {
        Self {
            status: 429,
            kind: "SERVICE",
            code: "3001",
            message: "message=ThrottleExceeded; errorCode=003001; statusCode=429",
            detail: "The request limit was reached.".to_owned(),
            element: String::new(),
        }
    }

    /// The part that also stands in an item of a batch.
    pub fn body(&self) -> Value {
        json!({
            "Error": [{
                "Message": self.message,
                "Detail": self.detail,
                "code": self.code,
                "element": self.element,
            }],
            "type": self.kind,
        })
    }

    /// The whole answer.
    pub fn answer(&self, now: DateTime<Utc>) -> Answer {
        Answer { status: self.status, body: json!({"Fault": self.body(), "time": moment(now)}) }
    }
}

/// One HTTP answer.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub body: Value,
}

impl Answer {
    /// A good answer.
    pub fn good(body: Value) -> Self {
        Self { status: 200, body }
    }

    /// What the gateway in front of the books says about a token: the same words in lower case,
    /// beside every other field of an answer, all null.
    pub fn turned_away(status: u16, code: &str, detail: &str, now: DateTime<Utc>) -> Self {
        let (word, kind) = match status {
            401 => ("AuthenticationFailed", "AUTHENTICATION"),
            _ => ("ApplicationAuthorizationFailed", "AUTHORIZATION"),
        };
        let error = json!({
            "message": format!("message={word}; errorCode=00{code}; statusCode={status}"),
            "detail": detail,
            "code": code,
            "element": null,
        });
        let body = json!({
            "warnings": null,
            "intuitObject": null,
            "fault": {"error": [error], "type": kind},
            "report": null,
            "queryResponse": null,
            "batchItemResponse": [],
            "attachableResponse": [],
            "syncErrorResponse": null,
            "requestId": null,
            "time": now.timestamp_millis(),
            "status": null,
            "cdcresponse": [],
        });
        Self { status, body }
    }
}
