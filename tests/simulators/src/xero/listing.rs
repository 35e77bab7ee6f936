//! Answers a list request: filter, order, page.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

use super::query::{Filter, Page, Query, compare, modified_since, page};
use super::refusal::Refusal;
use super::render::Detail;
use super::table::{Row, Table};

/// What a list request asks for.
#[derive(Debug)]
pub struct Listing {
    query: Query,
    filter: Filter,
    modified_since: Option<DateTime<Utc>>,
    page: Option<Page>,
}

/// The rows of an answer, and the page they are on.
#[derive(Debug)]
pub struct Listed {
    pub rows: Vec<Value>,
    pub pagination: Option<Value>,
}

/// Query parameters that list the wanted values of a field.
const LISTS: [(&str, &str); 9] = [
    ("IDs", "InvoiceID"),
    ("IDs", "ContactID"),
    ("IDs", "PaymentID"),
    ("IDs", "BankTransactionID"),
    ("InvoiceNumbers", "InvoiceNumber"),
    ("CreditNoteNumbers", "CreditNoteNumber"),
    ("ContactNumbers", "ContactNumber"),
    ("ContactIDs", "Contact.ContactID"),
    ("Statuses", "Status"),
];

impl Listing {
    /// Reads the query and the `If-Modified-Since` header.
    ///
    /// # Errors
    /// A filter, page or date that makes no sense.
    pub fn read(query: Query, since: Option<&str>) -> Result<Self, Refusal> {
        let filter = query.get("where").map(Filter::parse).transpose()?.unwrap_or_default();
        let modified_since = match since {
            Some(text) => Some(modified_since(text).ok_or_else(|| {
                Refusal::bad_query(format!("If-Modified-Since '{text}' is not a valid date"))
            })?),
            None => None,
        };
        let page = page(&query)?;
        Ok(Self { query, filter, modified_since, page })
    }

    /// Whether a day lies within `DateFrom` and `DateTo`, which purchase orders are asked for by.
    pub fn spans(&self, day: NaiveDate) -> bool {
        let (day, given) = (day.to_string(), |name| self.query.get(name));
        given("DateFrom").is_none_or(|from| day.as_str() >= from)
            && given("DateTo").is_none_or(|to| day.as_str() <= to)
    }

    /// The rows of a table that pass, shown by `show`.
    ///
    /// # Errors
    /// A filter or an order on an unknown field.
    pub fn run<T: Row>(
        &self,
        table: &Table<T>,
        belongs: impl Fn(&T) -> bool,
        show: impl Fn(Uuid, Detail) -> Value,
    ) -> Result<Listed, Refusal> {
        let mut rows = Vec::new();
        for row in table.iter().filter(|row| belongs(row)) {
            let recent = self.modified_since.is_none_or(|since| row.updated_at() >= since);
            if recent && self.is_listed(row) && self.filter.accepts(row)? {
                rows.push(row);
            }
        }
        self.sort(&mut rows)?;
        let total = rows.len();
        let (chosen, pagination) = match self.page {
            None => (rows, None),
            Some(page) => {
                let start = (page.number - 1).saturating_mul(page.size);
                let chosen = rows.into_iter().skip(start).take(page.size).collect();
                let count = total.div_ceil(page.size);
                let pagination = json!({
                    "page": page.number, "pageSize": page.size, "pageCount": count,
                    "itemCount": total,
                });
                (chosen, Some(pagination))
            }
        };
        // Lists show lines only when they are paged.
        let summary = self.page.is_none() || self.query.flag("summaryOnly") == Some(true);
        let detail = if summary { Detail::Summary } else { Detail::Full };
        let rows = chosen.into_iter().map(|row| show(row.id(), detail)).collect();
        Ok(Listed { rows, pagination })
    }

    fn is_listed<T: Row>(&self, row: &T) -> bool {
        let archived = row.field("ContactStatus").is_some_and(|status| status == "ARCHIVED");
        if archived && self.query.flag("includeArchived") != Some(true) {
            return self.query.get("where").is_some_and(|text| text.contains("ARCHIVED"));
        }
        LISTS.iter().all(|(parameter, field)| {
            let Some(wanted) = self.query.list(parameter) else { return true };
            row.field(field).is_none_or(|value| wanted.contains(&value.as_str()))
        })
    }

    fn sort<T: Row>(&self, rows: &mut [&T]) -> Result<(), Refusal> {
        let Some(order) = self.query.get("order") else { return Ok(()) };
        let mut words = order.split_whitespace();
        let field = words.next().unwrap_or_default();
        let descending = words.next().is_some_and(|word| word.eq_ignore_ascii_case("desc"));
        if rows.iter().any(|row| row.field(field).is_none()) {
            return Err(Refusal::bad_query(format!("No property or field '{field}' exists")));
        }
        rows.sort_by(|left, right| {
            let (left, right) = (left.field(field), right.field(field));
            let order = compare(&left.unwrap_or_default(), &right.unwrap_or_default());
            if descending { order.reverse() } else { order }
        });
        Ok(())
    }
}
