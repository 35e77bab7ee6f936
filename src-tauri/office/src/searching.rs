//! Finding students, documents and payments by what is typed.
//!
//! Never writes.

use crate::actor::Actor;
use crate::fault::Fault;
use crate::office::Office;
use crate::wire::search::{Search, SearchHit, SearchView};
use crate::{invoices, typed};
use chrono::NaiveDate;

/// The most hits of each kind.
const MOST: u32 = 50;

/// Students first, then documents, then payments.
pub async fn search(office: &Office, _: &Actor, request: Search) -> Result<SearchView, Fault> {
    let query = typed::text("query", &request.query, typed::SHORT)?;
    if query.is_empty() {
        return Ok(SearchView { hits: Vec::new() });
    }
    let limit = if request.limit == 0 { 10 } else { request.limit.min(MOST) };
    let today = office.today();
    let mut view = office.store.read().await?;
    let hits = view.search(&query, limit, today).await?;
    Ok(SearchView { hits: hits.into_iter().map(|hit| shown(hit, today)).collect() })
}

fn shown(hit: store::SearchHit, today: NaiveDate) -> SearchHit {
    match hit {
        store::SearchHit::Student(row) => SearchHit {
            kind: "student".to_owned(),
            id: row.student.id.to_string(),
            label: row.student.person.name,
            detail: row.student.number,
            amount: Some(row.balance.into()),
            status: None,
        },
        store::SearchHit::Document(row) => {
            let row = invoices::row(row, today);
            SearchHit {
                kind: row.kind,
                id: row.id,
                label: row.number,
                detail: row.student,
                amount: Some(row.gross),
                status: Some(row.status),
            }
        }
        store::SearchHit::Payment(row) => SearchHit {
            kind: "payment".to_owned(),
            id: row.payment.id.to_string(),
            label: row.student,
            detail: row.payment.received_on.to_string(),
            amount: Some(row.payment.amount.into()),
            status: None,
        },
    }
}
