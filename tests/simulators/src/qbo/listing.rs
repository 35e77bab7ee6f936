//! Runs a query over a company's objects, and lists what changed since a moment.

use std::cmp::Ordering;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use super::books::Books;
use super::fault::Fault;
use super::json;
use super::model::{Entity, Life, Row};
use super::query::{Condition, Operator, Query};

/// The fields that may stand in a condition or an order, beside those of [`special`]. Notes,
/// references and lines are not among them, as they are not at Intuit.
const FIELDS: [&str; 22] = [
    "DocNumber",
    "TxnDate",
    "DueDate",
    "TotalAmt",
    "Balance",
    "DisplayName",
    "GivenName",
    "FamilyName",
    "CompanyName",
    "FullyQualifiedName",
    "PrintOnCheckName",
    "Name",
    "Type",
    "AccountType",
    "AccountSubType",
    "Classification",
    "AcctNum",
    "Taxable",
    "Sku",
    "UnitPrice",
    "Country",
    "FileName",
];

/// The answer to a query: `QueryResponse`.
///
/// # Errors
/// A field that cannot be asked for.
pub fn run(books: &Books, query: &Query) -> Result<Value, Fault> {
    let fields = query.conditions.iter().map(|it| &it.field);
    for field in fields.chain(query.order.iter().map(|(field, _)| field)) {
        if !FIELDS.contains(&field.as_str()) && !is_special(field) {
            return Err(Fault::property(field, query.entity.name()));
        }
    }
    let asks_active = query.conditions.iter().any(|it| it.field == "Active");
    let fits = |row: &&Row| {
        row.life != Life::Deleted
            && (asks_active || !query.entity.has_active() || row.is_active())
            && query.conditions.iter().all(|condition| holds(row, condition))
    };
    let mut rows: Vec<&Row> = books.all(query.entity).filter(fits).collect();
    if query.counts {
        return Ok(json!({"totalCount": rows.len()}));
    }
    for (field, falling) in query.order.iter().rev() {
        rows.sort_by(|one, other| {
            let order = compare(&value(one, field), &value(other, field));
            if *falling { order.reverse() } else { order }
        });
    }
    let page: Vec<Value> =
        rows.into_iter().skip(query.start - 1).take(query.most).map(Row::shown).collect();
    if page.is_empty() {
        return Ok(json!({}));
    }
    let mut shown = Map::new();
    let size = page.len();
    shown.insert(query.entity.name().to_owned(), Value::Array(page));
    shown.insert("startPosition".to_owned(), json!(query.start));
    shown.insert("maxResults".to_owned(), json!(size));
    Ok(Value::Object(shown))
}

fn is_special(field: &str) -> bool {
    let special =
        ["Id", "Active", "CustomerRef", "MetaData.CreateTime", "MetaData.LastUpdatedTime"];
    special.contains(&field) || field.starts_with("AttachableRef.EntityRef.")
}

/// A field's value as text; moments as whole seconds, so that texts of any zone compare.
fn value(row: &Row, field: &str) -> String {
    match field {
        "Id" => row.id.clone(),
        "Active" => row.is_active().to_string(),
        "CustomerRef" => row.reference("CustomerRef").to_owned(),
        // A file of ours is beside one document.
        "AttachableRef.EntityRef.Type" => beside(row, "type"),
        "AttachableRef.EntityRef.value" => beside(row, "value"),
        "MetaData.CreateTime" => row.created_at.timestamp().to_string(),
        "MetaData.LastUpdatedTime" => row.updated_at.timestamp().to_string(),
        name => match row.body.get(name) {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Number(number)) => number.to_string(),
            Some(Value::Bool(is)) => is.to_string(),
            _ => String::new(),
        },
    }
}

fn beside(row: &Row, name: &str) -> String {
    let tie = row.body.get("AttachableRef").and_then(|ties| ties.get(0));
    let entity = tie.and_then(|tie| tie.get("EntityRef"));
    entity.and_then(|it| it.get(name)).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn holds(row: &Row, condition: &Condition) -> bool {
    let own = value(row, &condition.field);
    let is_moment = condition.field.starts_with("MetaData.");
    let asked = condition.values.iter().map(|given| match is_moment {
        true => DateTime::parse_from_rfc3339(given)
            .map_or_else(|_| given.clone(), |at| at.timestamp().to_string()),
        false => given.clone(),
    });
    let mut asked = asked;
    let matches = |given: String| match condition.operator {
        Operator::Is | Operator::In => compare(&own, &given) == Ordering::Equal,
        Operator::Less => compare(&own, &given) == Ordering::Less,
        Operator::More => compare(&own, &given) == Ordering::Greater,
        Operator::AtMost => compare(&own, &given) != Ordering::Greater,
        Operator::AtLeast => compare(&own, &given) != Ordering::Less,
        Operator::Like => is_like(&own, &given),
    };
    asked.any(matches)
}

/// Numbers as numbers, texts without regard to case.
fn compare(one: &str, other: &str) -> Ordering {
    match (one.parse::<Decimal>(), other.parse::<Decimal>()) {
        (Ok(one), Ok(other)) => one.cmp(&other),
        _ => one.to_lowercase().cmp(&other.to_lowercase()),
    }
}

/// `%` stands for any text, at the ends or between two parts.
fn is_like(own: &str, pattern: &str) -> bool {
    let (own, pattern) = (own.to_lowercase(), pattern.to_lowercase());
    let parts: Vec<&str> = pattern.split('%').collect();
    let mut rest = own.as_str();
    for (at, part) in parts.iter().enumerate() {
        let (first, last) = (at == 0, at + 1 == parts.len());
        let found = match (first, last) {
            (true, true) => return rest == *part,
            (true, false) => rest.strip_prefix(part),
            (false, true) => return rest.ends_with(part),
            (false, false) => rest.find(part).map(|place| &rest[place + part.len()..]),
        };
        match found {
            Some(left) => rest = left,
            None => return false,
        }
    }
    true
}

/// How far back changes are told, and how many at once.
const LOOK_BACK: TimeDelta = TimeDelta::days(30);
const MOST_CHANGES: usize = 1000;

/// The answer to a question for changes: `CDCResponse`.
///
/// # Errors
/// An unknown kind, one that is not followed, or a moment too long ago.
pub fn changes(
    books: &Books,
    entities: &str,
    since: &str,
    now: DateTime<Utc>,
) -> Result<Value, Fault> {
    let moment = DateTime::parse_from_rfc3339(since).ok().map(|at| at.to_utc());
    let day = || since.parse::<NaiveDate>().ok()?.and_hms_opt(0, 0, 0).map(|at| at.and_utc());
    let start = moment.or_else(day).filter(|at| now - *at <= LOOK_BACK);
    let start = start.ok_or_else(|| Fault::enumeration("changedSince", since))?;
    let mut parts = Vec::new();
    let mut left = MOST_CHANGES;
    for name in entities.split(',').map(str::trim) {
        let entity = Entity::parse(name)
            .filter(|it| !matches!(it, Entity::TaxCode | Entity::TaxRate))
            .ok_or_else(|| Fault::enumeration("entities", name))?;
        let rows = books.all(entity).filter(|row| row.updated_at >= start).take(left);
        let rows: Vec<Value> = rows
            .map(|row| match row.life {
                Life::Deleted => row.shown_deleted(),
                _ => row.shown(),
            })
            .collect();
        let size = rows.len();
        left -= size;
        parts.push(match size {
            0 => json!({}),
            _ => json!({entity.name(): rows, "startPosition": 1, "maxResults": size}),
        });
    }
    Ok(json!({"CDCResponse": [{"QueryResponse": parts}], "time": json::moment(now)}))
}
