//! Purchase orders: a number of their own, lines, and no trace in the ledger.

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::books::{Books, Call, Written};
use super::contacts::document_contact;
use super::json::{date, day, day_text, decimal, filled, id, moment, number};
use super::lines::{LineRules, read_lines, totals};
use super::model::{Line, LineAmountTypes};
use super::render::{Detail, lines, named_contact};
use super::rows::sortable;
use super::table::Row;

/// A purchase order.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PurchaseOrder {
    pub tenant_id: Uuid,
    pub id: Uuid,
    pub number: String,
    pub reference: Option<String>,
    pub contact_id: Uuid,
    pub date: NaiveDate,
    pub delivery_date: Option<NaiveDate>,
    /// DRAFT, SUBMITTED, AUTHORISED, BILLED or DELETED.
    pub status: String,
    pub line_amount_types: LineAmountTypes,
    pub lines: Vec<Line>,
    pub currency_code: String,
    pub currency_rate: Decimal,
    pub sub_total: Decimal,
    pub total_tax: Decimal,
    pub total: Decimal,
    pub updated_at: DateTime<Utc>,
}

impl Row for PurchaseOrder {
    fn id(&self) -> Uuid {
        self.id
    }

    fn keys(&self) -> Vec<String> {
        vec![self.number.to_lowercase()]
    }

    fn updated_at(&self) -> DateTime<Utc> {
        self.updated_at
    }

    fn field(&self, name: &str) -> Option<String> {
        Some(match name {
            "PurchaseOrderID" => self.id.to_string(),
            "PurchaseOrderNumber" => self.number.clone(),
            "Date" => self.date.to_string(),
            "Status" => self.status.clone(),
            "UpdatedDateUTC" => sortable(self.updated_at),
            _ => return None,
        })
    }
}

/// Creates a purchase order, or deletes the one that the body or the address names.
///
/// # Errors
/// Xero's sentences about what is wrong with the body.
pub fn write_purchase_order(books: &mut Books, call: &Call, body: &Value) -> Written {
    let named = call.target.or_else(|| id(body, "PurchaseOrderID")).filter(|_| call.may_update);
    match named {
        Some(id) => delete(books, call, id, body),
        None => create(books, call, body),
    }
}

fn delete(books: &mut Books, call: &Call, id: Uuid, body: &Value) -> Written {
    let Some(mut order) = books.orders.get(id).cloned() else {
        return Err(vec![format!("The purchase order {id} could not be found.")]);
    };
    if filled(body, "Status") != Some("DELETED") {
        return Err(vec!["This simulator changes nothing of an order but its status.".to_owned()]);
    }
    if !matches!(order.status.as_str(), "DRAFT" | "SUBMITTED" | "AUTHORISED") {
        return Err(vec!["Purchase order not of valid status for modification".to_owned()]);
    }
    order.status = "DELETED".to_owned();
    order.updated_at = call.now;
    books.orders.put(order);
    Ok(id)
}

fn create(books: &mut Books, call: &Call, body: &Value) -> Written {
    let contact_id = document_contact(books, call, body)?;
    let mut errors = Vec::new();
    let number = number_of(books, body, &mut errors);
    let status = filled(body, "Status").unwrap_or("DRAFT").to_owned();
    if !matches!(status.as_str(), "DRAFT" | "SUBMITTED" | "AUTHORISED") {
        errors.push(format!("{status} is no status of a new purchase order."));
    }
    let reference = filled(body, "Reference").map(str::to_owned);
    if reference.as_ref().is_some_and(|it| it.chars().count() > 255) {
        errors.push("Reference must be 255 or fewer characters.".to_owned());
    }
    let currency = filled(body, "CurrencyCode").unwrap_or(&books.organisation.base_currency);
    errors.extend(books.check_currency(currency).err());
    let currency_code = currency.to_owned();
    let amounts = filled(body, "LineAmountTypes").and_then(LineAmountTypes::parse);
    let line_amount_types = amounts.unwrap_or(LineAmountTypes::Exclusive);
    let bodies = body.get("LineItems").and_then(Value::as_array).cloned().unwrap_or_default();
    let rules = LineRules { amounts: line_amount_types, posted: false };
    let lines = read_lines(books, call, rules, &bodies, &mut errors);
    if bodies.is_empty() {
        errors.push("One or more line items must be specified".to_owned());
    }
    let mut take = |name: &str| {
        date(body, name).unwrap_or_else(|error| {
            errors.push(error);
            None
        })
    };
    let (dated, delivery_date) = (take("Date"), take("DeliveryDate"));
    let rate = decimal(body, "CurrencyRate").map_err(|error| vec![error])?;
    if !errors.is_empty() {
        return Err(errors);
    }
    let sums = totals(&lines, line_amount_types);
    let id = Uuid::now_v7();
    books.orders.put(PurchaseOrder {
        tenant_id: books.tenant_id,
        id,
        number,
        reference,
        contact_id,
        date: dated.unwrap_or_else(|| call.today()),
        delivery_date,
        status,
        line_amount_types,
        lines,
        currency_code,
        currency_rate: rate.unwrap_or(Decimal::ONE),
        sub_total: sums.sub_total,
        total_tax: sums.total_tax,
        total: sums.total,
        updated_at: call.now,
    });
    Ok(id)
}

/// A given number must be free (the sentence is in Xero's own example); a missing one is drawn.
fn number_of(books: &Books, body: &Value, errors: &mut Vec<String>) -> String {
    let is_taken = |number: &str| {
        let mut same = books.orders.with_key(&number.to_lowercase());
        same.any(|it| it.status != "DELETED")
    };
    match filled(body, "PurchaseOrderNumber") {
        Some(number) => {
            if is_taken(number) {
                errors.push("Order number must be unique".to_owned());
            }
            number.to_owned()
        }
        None => {
            let drawn = (1..).map(|count| format!("PO-{count:04}"));
            drawn.into_iter().find(|number| !is_taken(number)).unwrap_or_default()
        }
    }
}

/// A purchase order as Xero shows it.
pub fn purchase_order(books: &Books, id: Uuid, detail: Detail) -> Value {
    let Some(row) = books.orders.get(id) else { return Value::Null };
    let mut shown = json!({
        "PurchaseOrderID": id,
        "PurchaseOrderNumber": row.number,
        "Reference": row.reference.clone().unwrap_or_default(),
        "Contact": named_contact(books, row.contact_id),
        "Date": day(row.date),
        "DateString": day_text(row.date),
        "Status": row.status,
        "SentToContact": false,
        "LineAmountTypes": row.line_amount_types.code(),
        "LineItems": lines(&row.lines, detail),
        "SubTotal": number(row.sub_total),
        "TotalTax": number(row.total_tax),
        "Total": number(row.total),
        "CurrencyCode": row.currency_code,
        "CurrencyRate": number(row.currency_rate),
        "UpdatedDateUTC": moment(row.updated_at),
        "HasAttachments": false,
    });
    if let Some(delivery) = row.delivery_date {
        shown["DeliveryDate"] = day(delivery);
    }
    shown
}
