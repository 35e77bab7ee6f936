//! The routes of the API over one business's books.

use std::rc::Rc;

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;

use super::balances::Entry;
use super::books::{Books, Call};
use super::json::{Amounts, day, filled};
use super::listing::{Query, page};
use super::model::Kind;
use super::reference::{
    CONTACT_TYPES, CURRENCIES, LedgerAccount, PAYMENT_METHODS, STATUSES, TRANSACTION_TYPES,
};
use super::refusal::{Answer, Refusal};
use super::render::Shower;
use super::rows::Row;
use super::{artefacts, balances, contacts, journals, money};

/// One request, past the gate.
#[derive(Debug)]
pub struct ApiRequest<'a> {
    pub method: &'a str,
    /// The path below `/v3.1/`.
    pub path: &'a str,
    pub query: Query,
    pub body: Value,
    pub now: DateTime<Utc>,
    pub amounts: Amounts,
}

impl ApiRequest<'_> {
    /// What the body holds under its name.
    fn content(&self, namespace: &str) -> Result<&Value, Refusal> {
        self.body
            .get(namespace)
            .filter(|it| it.is_object())
            .ok_or_else(|| Refusal::required(namespace))
    }

    fn flag(&self, name: &str) -> bool {
        self.query.get(name).is_some_and(|value| value == "true")
    }
}

/// The name a body of this collection is wrapped in.
pub fn namespace(collection: &str) -> Option<&'static str> {
    match collection {
        "contacts" => Some("contact"),
        "contact_payments" => Some("contact_payment"),
        "contact_allocations" => Some("contact_allocation"),
        "journals" => Some("journal"),
        other => Kind::of_collection(other).map(Kind::namespace),
    }
}

/// Carries a request out, or says why not.
///
/// # Errors
/// The refusal the client is answered with; the books are then unchanged.
pub fn answer(books: &mut Books, request: &ApiRequest<'_>) -> Result<Answer, Refusal> {
    let segments: Vec<&str> = request.path.split('/').filter(|part| !part.is_empty()).collect();
    let call = Call { now: request.now };
    match (request.method, &segments[..]) {
        ("GET", ["financial_settings"]) => Ok(Answer::json(200, shower(books, request).settings())),
        ("PUT", ["financial_settings"]) => {
            let content = request.content("financial_settings")?;
            if content.get("year_end_lockdown_date").is_some() {
                books.settings.lockdown = day(content, "year_end_lockdown_date")?;
            }
            Ok(Answer::json(200, shower(books, request).settings()))
        }
        ("GET", [collection]) => {
            let rows = all(books, request, collection, None)?;
            Ok(Answer::json(200, page(collection, rows, &request.query)))
        }
        ("GET", [collection, id]) => Ok(Answer::json(200, one(books, request, collection, id)?)),
        ("POST", [collection]) => {
            let namespace = namespace(collection).ok_or_else(Refusal::wrong_verb)?;
            let content = request.content(namespace)?;
            let id = create(books, call, collection, content)?;
            Ok(Answer::json(201, one(books, request, collection, &id)?))
        }
        ("POST", [collection, id, "release"]) => {
            let kind = Kind::of_collection(collection).ok_or_else(Refusal::not_found)?;
            artefacts::release(books, call, kind, id)?;
            Ok(Answer::json(201, one(books, request, collection, id)?))
        }
        ("PUT", ["contacts", id]) => {
            contacts::update(books, call, id, request.content("contact")?)?;
            Ok(Answer::json(200, one(books, request, "contacts", id)?))
        }
        ("DELETE", [collection, id]) => delete(books, request, collection, id),
        (_, []) => Err(Refusal::not_found()),
        _ => Err(Refusal::wrong_verb()),
    }
}

fn create(
    books: &mut Books,
    call: Call,
    collection: &str,
    content: &Value,
) -> Result<String, Refusal> {
    match collection {
        "contacts" => contacts::create(books, call, content),
        "contact_payments" => money::pay(books, call, content),
        "contact_allocations" => money::allocate(books, call, content),
        "journals" => journals::create(books, call, content),
        other => match Kind::of_collection(other) {
            Some(kind) => artefacts::create(books, call, kind, content),
            None => Err(Refusal::wrong_verb()),
        },
    }
}

fn delete(
    books: &mut Books,
    request: &ApiRequest<'_>,
    collection: &str,
    id: &str,
) -> Result<Answer, Refusal> {
    let call = Call { now: request.now };
    match collection {
        "contacts" => contacts::delete(books, id).map(|()| Answer::none()),
        "contact_payments" => money::unpay(books, call, id).map(|()| Answer::none()),
        "contact_allocations" => money::unallocate(books, call, id).map(|()| Answer::none()),
        "journals" => journals::delete(books, call, id).map(|()| Answer::none()),
        other => {
            let kind = Kind::of_collection(other).ok_or_else(Refusal::wrong_verb)?;
            // The guide puts the reason into the body, the description into the address.
            let reason = request.query.get("void_reason").map(String::as_str);
            let reason = reason.or_else(|| filled(&request.body, "void_reason"));
            let gone = artefacts::void(books, call, (kind, id), reason)?;
            Ok(Answer::json(200, shower(books, request).artefact(&gone, false)))
        }
    }
}

fn shower<'a>(books: &'a Books, request: &ApiRequest<'_>) -> Shower<'a> {
    Shower { books, amounts: request.amounts }
}

/// Every row of a collection; of those that are many only the one with an id, where it is asked for.
fn all<'a>(
    books: &'a Books,
    request: &'a ApiRequest<'_>,
    collection: &'a str,
    id: Option<&str>,
) -> Result<Vec<Row<'a>>, Refusal> {
    let wanted = |row: &str| id.is_none_or(|id| id == row);
    let show = shower(books, request);
    let fixed = |list: &'static [(&str, &str)]| {
        list.iter().map(|row| Row::fixed(collection, *row)).collect::<Vec<_>>()
    };
    Ok(match collection {
        "contact_types" => fixed(CONTACT_TYPES),
        "payment_methods" => fixed(PAYMENT_METHODS),
        "transaction_types" => fixed(TRANSACTION_TYPES),
        "artefact_statuses" => fixed(STATUSES),
        "currencies" => fixed(CURRENCIES),
        "contacts" => books
            .contacts
            .iter()
            .filter(|row| wanted(&row.id))
            .map(|row| Row::contact(show, row))
            .collect(),
        "contact_payments" => books
            .payments
            .iter()
            .filter(|row| wanted(&row.id))
            .map(|row| Row::payment(show, row))
            .collect(),
        "contact_allocations" => books
            .allocations
            .iter()
            .filter(|row| wanted(&row.id))
            .map(|row| Row::allocation(show, row))
            .collect(),
        "journals" => {
            let listed = request.path.trim_matches('/') == "journals" && request.method == "GET";
            books.journals.iter().map(|row| Row::journal(row, listed, request.amounts)).collect()
        }
        "ledger_accounts" => ledger_accounts(show, request)?,
        "ledger_entries" => {
            balances::entries(books).into_iter().map(|it| Row::ledger_entry(show, it)).collect()
        }
        "bank_accounts" => books.banks.iter().map(|row| Row::bank_account(show, row)).collect(),
        "tax_rates" => books.tax_rates.iter().map(|row| Row::tax_rate(show, row)).collect(),
        other => {
            let kind = Kind::of_collection(other).ok_or_else(Refusal::not_found)?;
            let with_money = request.flag("show_payments_allocations");
            let rows = books.artefacts.iter().chain(&books.deleted);
            let rows = rows.filter(|row| row.kind == kind && wanted(&row.id));
            rows.map(|row| Row::artefact(show, row, with_money)).collect()
        }
    })
}

/// The chart, with what stands on each account where that is asked for.
fn ledger_accounts<'a>(
    show: Shower<'a>,
    request: &ApiRequest<'_>,
) -> Result<Vec<Row<'a>>, Refusal> {
    let span = span(request)?;
    let mut entries = span.map(|_| balances::entries(show.books)).unwrap_or_default();
    // The description has this parameter only; what it leaves out is taken to count without it.
    if request.flag("exclude_deleted_entries") {
        entries.retain(|entry| !entry.deleted);
    }
    let entries: Rc<[Entry<'a>]> = entries.into();
    let row = |account: &'a LedgerAccount| {
        let entries = Rc::clone(&entries);
        Row::ledger_account(account, move || {
            show.ledger_account(account, span.map(|span| (&*entries, span)))
        })
    };
    Ok(show.books.accounts.iter().map(row).collect())
}

/// The days that balances are asked of, where they are.
fn span(request: &ApiRequest<'_>) -> Result<Option<(NaiveDate, NaiveDate)>, Refusal> {
    if !request.flag("show_balance_details") {
        return Ok(None);
    }
    let day = |name: &str, usual: NaiveDate| match request.query.get(name) {
        Some(text) => text.parse().map_err(|_| Refusal::invalid(name, "is not a date")),
        None => Ok(usual),
    };
    Ok(Some((day("from_date", NaiveDate::MIN)?, day("to_date", request.now.date_naive())?)))
}

fn one(
    books: &Books,
    request: &ApiRequest<'_>,
    collection: &str,
    id: &str,
) -> Result<Value, Refusal> {
    let is_it = |row: &Row<'_>| row.id == id && row.deleted_at.is_none();
    let row = all(books, request, collection, Some(id))?.into_iter().find(is_it);
    row.map(|row| row.shown()).ok_or_else(Refusal::not_found)
}
