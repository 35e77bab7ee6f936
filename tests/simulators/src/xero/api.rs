//! The routes of the accounting API over one organisation's books.

use serde_json::{Value, json};
use uuid::Uuid;

use super::allocations::{delete_allocation, write_allocation};
use super::attachments;
use super::bank::write_bank_transaction;
use super::books::{Books, Call, Written};
use super::contacts::write_contact;
use super::documents::{write_credit_note, write_invoice};
use super::journals::{manual_journal, write_manual_journal};
use super::json::moment;
use super::listing::{Listed, Listing};
use super::model::Kind;
use super::orders::{purchase_order, write_purchase_order};
use super::payments::write_payment;
use super::query::Query;
use super::reference::TrackingCategory;
use super::refusal::{Answer, Refusal};
use super::render::{self, Detail};
use super::reports::report;

/// One request to the accounting API, past the gate.
#[derive(Debug)]
pub struct ApiRequest<'a> {
    pub method: &'a str,
    /// The path below `/api.xro/2.0/`.
    pub path: &'a str,
    pub query: Query,
    pub modified_since: Option<&'a str>,
    pub content_type: Option<&'a str>,
    pub body: &'a [u8],
    pub call: Call,
    pub max_batch: usize,
}

type Write = fn(&mut Books, &Call, &Value) -> Written;
type Show = fn(&Books, Uuid, Detail) -> Value;
type List = fn(&Books, &Listing) -> Result<Listed, Refusal>;
type Exists = fn(&Books, &str) -> Option<Uuid>;

/// What one endpoint reads, writes and shows.
struct Endpoint {
    name: &'static str,
    singular: &'static str,
    write: Option<Write>,
    show: Show,
    list: List,
    find: Exists,
}

const ENDPOINTS: [Endpoint; 9] = [
    Endpoint {
        name: "Contacts",
        singular: "Contact",
        write: Some(write_contact),
        show: render::contact,
        list: |books, listing| {
            listing.run(&books.contacts, |_| true, |id, it| render::contact(books, id, it))
        },
        find: |books, key| books.contacts.get(key.parse().ok()?).map(|it| it.id),
    },
    Endpoint {
        name: "Invoices",
        singular: "Invoice",
        write: Some(write_invoice),
        show: render::invoice,
        list: |books, listing| {
            let is_invoice = |it: &super::model::Document| it.kind.is_invoice();
            listing.run(&books.documents, is_invoice, |id, it| render::invoice(books, id, it))
        },
        find: |books, key| find_document(books, key, Kind::AccRec, Kind::is_invoice),
    },
    Endpoint {
        name: "CreditNotes",
        singular: "CreditNote",
        write: Some(write_credit_note),
        show: render::credit_note,
        list: |books, listing| {
            let is_note = |it: &super::model::Document| it.kind.is_credit_note();
            listing.run(&books.documents, is_note, |id, it| render::credit_note(books, id, it))
        },
        find: |books, key| find_document(books, key, Kind::AccRecCredit, Kind::is_credit_note),
    },
    Endpoint {
        name: "Overpayments",
        singular: "Overpayment",
        write: None,
        show: render::overpayment,
        list: |books, listing| {
            let is_over = |it: &super::model::Document| it.kind.is_overpayment();
            listing.run(&books.documents, is_over, |id, it| render::overpayment(books, id, it))
        },
        find: |books, key| {
            find_document(books, key, Kind::ReceiveOverpayment, Kind::is_overpayment)
        },
    },
    Endpoint {
        name: "Prepayments",
        singular: "Prepayment",
        write: None,
        show: render::prepayment,
        list: |books, listing| {
            let is_ahead = |it: &super::model::Document| it.kind.is_prepayment();
            listing.run(&books.documents, is_ahead, |id, it| render::prepayment(books, id, it))
        },
        find: |books, key| find_document(books, key, Kind::ReceivePrepayment, Kind::is_prepayment),
    },
    Endpoint {
        name: "Payments",
        singular: "Payment",
        write: Some(write_payment),
        show: render::payment,
        list: |books, listing| {
            listing.run(&books.payments, |_| true, |id, it| render::payment(books, id, it))
        },
        find: |books, key| books.payments.get(key.parse().ok()?).map(|it| it.id),
    },
    Endpoint {
        name: "BankTransactions",
        singular: "BankTransaction",
        write: Some(write_bank_transaction),
        show: render::bank_transaction,
        list: |books, listing| {
            let show = |id, it| render::bank_transaction(books, id, it);
            listing.run(&books.bank_transactions, |_| true, show)
        },
        find: |books, key| books.bank_transactions.get(key.parse().ok()?).map(|it| it.id),
    },
    Endpoint {
        name: "ManualJournals",
        singular: "ManualJournal",
        write: Some(write_manual_journal),
        show: manual_journal,
        list: |books, listing| {
            listing.run(&books.journals, |_| true, |id, it| manual_journal(books, id, it))
        },
        find: |books, key| books.journals.get(key.parse().ok()?).map(|it| it.id),
    },
    Endpoint {
        name: "PurchaseOrders",
        singular: "PurchaseOrder",
        write: Some(write_purchase_order),
        show: purchase_order,
        list: |books, listing| {
            let show = |id, it| purchase_order(books, id, it);
            listing.run(&books.orders, |it| listing.spans(it.date), show)
        },
        find: |books, key| books.orders.get(key.parse().ok()?).map(|it| it.id),
    },
];

fn find_document(books: &Books, key: &str, kind: Kind, fits: fn(Kind) -> bool) -> Option<Uuid> {
    let found = match key.parse() {
        Ok(id) => books.documents.get(id),
        Err(_) => books.numbered(kind, key),
    };
    found.filter(|document| fits(document.kind)).map(|document| document.id)
}

/// Carries a request out, or says why not.
///
/// # Errors
/// The refusal the client is answered with; the books are then unchanged.
pub fn answer(books: &mut Books, request: &ApiRequest<'_>) -> Result<Answer, Refusal> {
    let segments: Vec<&str> = request.path.split('/').filter(|part| !part.is_empty()).collect();
    match (request.method, &segments[..]) {
        ("GET", ["Organisation"]) => {
            Ok(shown(request, "Organisations", vec![render::organisation(books)]))
        }
        ("GET", ["Accounts"]) => {
            let accounts = books.accounts.iter().map(|it| render::account(books, it)).collect();
            Ok(shown(request, "Accounts", accounts))
        }
        ("GET", ["TaxRates"]) => {
            let rates = books.tax_rates.iter().map(render::tax_rate).collect();
            Ok(shown(request, "TaxRates", rates))
        }
        ("GET", ["TrackingCategories"]) => {
            let categories = books.tracking.iter().map(TrackingCategory::shown).collect();
            Ok(shown(request, "TrackingCategories", categories))
        }
        ("GET", ["Currencies"]) => {
            let shown_one = |code: &String| json!({ "Code": code, "Description": code });
            let currencies = books.currencies.iter().map(shown_one).collect();
            Ok(shown(request, "Currencies", currencies))
        }
        ("GET", ["Reports", name]) => {
            let report = report(books, name, &request.query, request.call.today())?;
            Ok(shown(request, "Reports", vec![report]))
        }
        (_, [name, rest @ ..]) => {
            let endpoint = ENDPOINTS.iter().find(|it| it.name == *name);
            on_endpoint(books, request, endpoint.ok_or(Refusal::NotFound)?, rest)
        }
        (_, []) => Err(Refusal::NotFound),
    }
}

fn on_endpoint(
    books: &mut Books,
    request: &ApiRequest<'_>,
    endpoint: &Endpoint,
    rest: &[&str],
) -> Result<Answer, Refusal> {
    match (request.method, rest) {
        ("GET", []) => {
            let listing = Listing::read(request.query.clone(), request.modified_since)?;
            let listed = (endpoint.list)(books, &listing)?;
            let mut body = envelope(request, endpoint.name, listed.rows);
            if let Some(pagination) = listed.pagination {
                body["pagination"] = pagination;
            }
            Ok(Answer::json(200, &body))
        }
        ("GET", [key]) => {
            let id = (endpoint.find)(books, key).ok_or(Refusal::NotFound)?;
            let row = (endpoint.show)(books, id, Detail::Full);
            Ok(shown(request, endpoint.name, vec![row]))
        }
        ("PUT" | "POST", []) => {
            let write = endpoint.write.ok_or(Refusal::WrongMethod)?;
            let batch = Batch { name: endpoint.name, write, show: endpoint.show };
            batch.run(books, request, request.call)
        }
        ("POST", [key]) => {
            let write = endpoint.write.ok_or(Refusal::WrongMethod)?;
            let target = Some((endpoint.find)(books, key).ok_or(Refusal::NotFound)?);
            let batch = Batch { name: endpoint.name, write, show: endpoint.show };
            batch.run(books, request, Call { target, ..request.call })
        }
        ("PUT", [key, "Allocations"]) if endpoint.takes_allocations() => {
            let target = Some((endpoint.find)(books, key).ok_or(Refusal::NotFound)?);
            let (write, show): (Write, Show) = (write_allocation, render::allocation);
            let batch = Batch { name: "Allocations", write, show };
            batch.run(books, request, Call { target, ..request.call })
        }
        ("GET", [key, "Attachments"]) if endpoint.takes_attachments() => {
            let id = (endpoint.find)(books, key).ok_or(Refusal::NotFound)?;
            Ok(shown(request, "Attachments", attachments::list(books, id)))
        }
        ("PUT" | "POST", [key, "Attachments", file]) if endpoint.takes_attachments() => {
            let id = (endpoint.find)(books, key).ok_or(Refusal::NotFound)?;
            let row = attachments::put(books, request, id, file)?;
            Ok(shown(request, "Attachments", vec![row]))
        }
        ("DELETE", [_, "Allocations", key]) if endpoint.takes_allocations() => {
            let id = key.parse().map_err(|_| Refusal::NotFound)?;
            delete_allocation(books, &request.call, id).map_err(|_| Refusal::NotFound)?;
            let row = render::allocation(books, id, Detail::Full);
            Ok(shown(request, "Allocations", vec![row]))
        }
        (_, [] | [_]) => Err(Refusal::WrongMethod),
        _ => Err(Refusal::NotFound),
    }
}

impl Endpoint {
    fn takes_attachments(&self) -> bool {
        matches!(self.singular, "Invoice" | "CreditNote")
    }

    fn takes_allocations(&self) -> bool {
        matches!(self.singular, "CreditNote" | "Overpayment" | "Prepayment")
    }
}

/// The writing of several elements in one call.
struct Batch {
    name: &'static str,
    write: Write,
    show: Show,
}

impl Batch {
    fn run(
        &self,
        books: &mut Books,
        request: &ApiRequest<'_>,
        call: Call,
    ) -> Result<Answer, Refusal> {
        let elements = self.elements(request)?;
        // Without the parameter Xero behaves as if it were true.
        let summarise = request.query.flag("summarizeErrors") != Some(false);
        let start = books.mark();
        let (mut rows, mut refused) = (Vec::with_capacity(elements.len()), Vec::new());
        for element in &elements {
            let mark = books.mark();
            match (self.write)(books, &call, element) {
                Ok(id) => {
                    let mut row = (self.show)(books, id, Detail::Full);
                    if !summarise {
                        row["StatusAttributeString"] = json!("OK");
                    }
                    rows.push(row);
                }
                Err(errors) => {
                    books.roll_back(mark);
                    let echo = refused_element(element, &errors);
                    rows.push(echo.clone());
                    refused.push(echo);
                }
            }
        }
        if summarise && !refused.is_empty() {
            books.roll_back(start);
            return Err(Refusal::Validation(refused));
        }
        Ok(shown(request, self.name, rows))
    }

    fn elements(&self, request: &ApiRequest<'_>) -> Result<Vec<Value>, Refusal> {
        let mut body: Value = serde_json::from_slice(request.body).map_err(|error| {
            Refusal::unreadable(&format!("JSON for post data was invalid, {error}"))
        })?;
        let elements = match body.get_mut(self.name).map(Value::take) {
            Some(Value::Array(elements)) => elements,
            Some(_) => return Err(Refusal::unreadable("JSON for post data was invalid")),
            None => match body {
                Value::Array(elements) => elements,
                Value::Object(ref fields) if !fields.is_empty() => vec![body],
                _ => Vec::new(),
            },
        };
        if elements.is_empty() {
            return Err(Refusal::nothing_sent(self.name));
        }
        if elements.len() > request.max_batch {
            return Err(Refusal::invalid(format!(
                "A request may hold at most {} elements.",
                request.max_batch
            )));
        }
        Ok(elements)
    }
}

/// The element as it came, with what is wrong with it.
fn refused_element(element: &Value, errors: &[String]) -> Value {
    let mut echo = match element {
        Value::Object(_) => element.clone(),
        _ => json!({}),
    };
    let messages: Vec<Value> = errors.iter().map(|error| json!({"Message": error})).collect();
    echo["HasErrors"] = json!(true);
    echo["HasValidationErrors"] = json!(true);
    echo["StatusAttributeString"] = json!("ERROR");
    echo["ValidationErrors"] = Value::Array(messages);
    echo
}

fn shown(request: &ApiRequest<'_>, name: &str, rows: Vec<Value>) -> Answer {
    Answer::json(200, &envelope(request, name, rows))
}

fn envelope(request: &ApiRequest<'_>, name: &str, rows: Vec<Value>) -> Value {
    json!({
        "Id": Uuid::now_v7(),
        "Status": "OK",
        "ProviderName": "Simulator",
        "DateTimeUTC": moment(request.call.now),
        name: rows,
    })
}
