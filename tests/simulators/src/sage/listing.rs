//! Lists: filters, pages, and only the attributes that were asked for.

use std::collections::HashMap;

use serde_json::{Value, json};

/// Rows of a page where nothing is said, and at most.
const USUAL_PAGE: usize = 20;
const LARGEST_PAGE: usize = 200;

/// The parameters of a call.
pub type Query = HashMap<String, String>;

/// The fields that each filter looks at.
const SAME: [(&str, &str); 7] = [
    ("contact_id", "contact"),
    ("status_id", "status"),
    ("transaction_type_id", "transaction_type"),
    ("bank_account_id", "bank_account"),
    ("currency_id", "currency"),
    ("ledger_account_id", "ledger_account"),
    ("transaction_id", "transaction"),
];

/// A page of the rows that the query lets through.
pub fn page(collection: &str, rows: Vec<Value>, query: &Query) -> Value {
    let wanted: Vec<Value> = rows.into_iter().filter(|row| passes(row, query)).collect();
    let number = |name: &str| query.get(name).and_then(|text| text.parse::<usize>().ok());
    let size = number("items_per_page").unwrap_or(USUAL_PAGE).clamp(1, LARGEST_PAGE);
    let page = number("page").unwrap_or(1).max(1);
    let total = wanted.len();
    let address = |page: usize| format!("/{collection}?page={page}&items_per_page={size}");
    let items = wanted.into_iter().skip((page - 1) * size).take(size);
    let items: Vec<Value> = items.map(|row| cut(row, query)).collect();
    json!({
        "$total": total,
        "$page": page,
        "$next": (page * size < total).then(|| address(page + 1)),
        "$back": (page > 1).then(|| address(page - 1)),
        "$itemsPerPage": size,
        "$items": items,
    })
}

fn passes(row: &Value, query: &Query) -> bool {
    let given = |name: &str| query.get(name).map(String::as_str);
    let text = |name: &str| row[name].as_str().unwrap_or_default();
    // A ledger entry has the kind of what it came from.
    let of = |field: &str| match row[field].is_null() {
        true => &row["transaction"][field]["id"],
        false => &row[field]["id"],
    };
    let same = SAME
        .iter()
        .all(|(name, field)| given(name).is_none_or(|wanted| of(field).as_str() == Some(wanted)));
    // Of a ledger account the days are those that its balance is counted over.
    let in_period = row["date"].is_null()
        || given("from_date").is_none_or(|from| text("date") >= from)
            && given("to_date").is_none_or(|to| text("date") <= to);
    let has_type = given("contact_type_id").is_none_or(|wanted| {
        row["contact_types"].as_array().is_some_and(|all| all.iter().any(|it| it["id"] == wanted))
    });
    let deleted = text("deleted_at");
    let is_recent = given("updated_or_created_since").is_none_or(|at| text("updated_at") >= at);
    let is_told = match given("deleted_since") {
        Some(at) => !deleted.is_empty() && deleted > at,
        None => deleted.is_empty(),
    };
    let email = given("email").is_none_or(|wanted| text("email") == wanted);
    let in_sales = given("visible_in") != Some("sales") || row["visible_in_sales"] == true;
    same && in_period
        && has_type
        && is_recent
        && is_told
        && email
        && in_sales
        && given("search").is_none_or(|wanted| found(row, wanted))
}

/// By reference or name, without regard to case.
fn found(row: &Value, wanted: &str) -> bool {
    let wanted = wanted.to_lowercase();
    let fields = ["reference", "contact_name", "name", "displayed_as"];
    fields
        .iter()
        .any(|field| row[*field].as_str().is_some_and(|text| text.to_lowercase().contains(&wanted)))
}

fn cut(row: Value, query: &Query) -> Value {
    let wanted = query.get("attributes").map_or("", String::as_str);
    if wanted == "all" {
        return row;
    }
    let kept = ["id", "displayed_as", "$path"];
    let is_wanted = |name: &str| kept.contains(&name) || wanted.split(',').any(|it| it == name);
    let fields = row.as_object().into_iter().flatten();
    fields
        .filter(|(name, _)| is_wanted(name))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}
