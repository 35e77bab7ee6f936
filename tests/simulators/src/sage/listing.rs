//! Lists: filters, pages, and only the attributes that were asked for.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::json::moment;
use super::rows::Row;

/// Rows of a page where nothing is said, and at most.
const USUAL_PAGE: usize = 20;
const LARGEST_PAGE: usize = 200;

/// The parameters of a call.
pub type Query = HashMap<String, String>;

/// The fields that each filter looks at.
const SAME: [(&str, &str); 10] = [
    ("contact_id", "contact"),
    ("contact_type_id", "contact_type"),
    ("email", "email"),
    ("status_id", "status"),
    ("transaction_type_id", "transaction_type"),
    ("bank_account_id", "bank_account"),
    ("currency_id", "currency"),
    ("ledger_account_id", "ledger_account"),
    ("transaction_id", "transaction"),
    ("visible_in", "visible_in"),
];

/// A page of the rows that the query lets through. Only these are shown.
pub fn page(collection: &str, rows: Vec<Row<'_>>, query: &Query) -> Value {
    let filter = Filter::of(query);
    let wanted: Vec<Row<'_>> = rows.into_iter().filter(|row| filter.passes(row)).collect();
    let number = |name: &str| query.get(name).and_then(|text| text.parse::<usize>().ok());
    let size = number("items_per_page").unwrap_or(USUAL_PAGE).clamp(1, LARGEST_PAGE);
    let page = number("page").unwrap_or(1).max(1);
    let total = wanted.len();
    let address = |page: usize| format!("/{collection}?page={page}&items_per_page={size}");
    let items = wanted.iter().skip((page - 1) * size).take(size);
    let items: Vec<Value> = items.map(|row| cut(row.shown(), query)).collect();
    json!({
        "$total": total,
        "$page": page,
        "$next": (page * size < total).then(|| address(page + 1)),
        "$back": (page > 1).then(|| address(page - 1)),
        "$itemsPerPage": size,
        "$items": items,
    })
}

/// A query as its rows are held against it.
struct Filter<'q> {
    same: Vec<(&'static str, &'q str)>,
    from: Option<&'q str>,
    to: Option<&'q str>,
    since: Option<&'q str>,
    deleted_since: Option<&'q str>,
    search: Option<String>,
}

impl<'q> Filter<'q> {
    fn of(query: &'q Query) -> Self {
        let given = |name: &str| query.get(name).map(String::as_str);
        let same = SAME.iter().filter_map(|(name, field)| Some((*field, given(name)?)));
        Self {
            same: same.collect(),
            from: given("from_date"),
            to: given("to_date"),
            since: given("updated_or_created_since"),
            deleted_since: given("deleted_since"),
            search: given("search").map(str::to_lowercase),
        }
    }

    fn passes(&self, row: &Row<'_>) -> bool {
        // Changed since counts the moment itself, deleted since does not.
        let is_since = |at, since: &str| moment(at).as_str().is_some_and(|at| at >= since);
        let is_after = |at, since: &str| moment(at).as_str().is_some_and(|at| at > since);
        let in_period = (self.from.is_none() && self.to.is_none())
            || row.date.is_none_or(|date| {
                let date = date.to_string();
                self.from.is_none_or(|from| date.as_str() >= from)
                    && self.to.is_none_or(|to| date.as_str() <= to)
            });
        let is_told = match self.deleted_since {
            Some(since) => row.deleted_at.is_some_and(|at| is_after(at, since)),
            None => row.deleted_at.is_none(),
        };
        in_period
            && is_told
            && self.same.iter().all(|(field, wanted)| row.is_of(field, wanted))
            && self.since.is_none_or(|since| row.updated_at.is_some_and(|at| is_since(at, since)))
            && self.search.as_ref().is_none_or(|wanted| row.says(wanted))
    }
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
