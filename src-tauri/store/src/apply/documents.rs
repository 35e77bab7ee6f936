//! Invoices and credit notes: inserted once by id, each number once.

use super::Touched;
use crate::batches;
use crate::error::{StoreError, breaks_uniqueness};
use crate::facts::append::Placed;
use finance::credit_note::CreditNote;
use finance::fact::FactBody;
use finance::invoice::Invoice;
use finance::line::Totals;
use finance::numbering::DocumentNumber;
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};
use std::collections::BTreeMap;

/// A row of `document` as issued.
struct Issued<'a> {
    id: String,
    kind: &'static str,
    fact: i64,
    number: &'a DocumentNumber,
    student_id: String,
    payer_id: Option<String>,
    split_first: Option<String>,
    department_id: Option<String>,
    invoice_id: Option<String>,
    issue_date: String,
    due_date: String,
    currency: String,
    /// Its own currency, VAT and total, where that is not the book's.
    foreign: Option<(String, i64, i64)>,
    net_minor: i64,
    vat_minor: i64,
    gross_minor: i64,
    payment_reference: &'a str,
    reference: &'a str,
    opening: bool,
}

pub(super) async fn apply(
    conn: &mut SqliteConnection,
    placed: &[Placed<'_>],
    touched: &mut Touched,
) -> Result<(), StoreError> {
    let invoices: Vec<Issued<'_>> = placed
        .iter()
        .filter_map(|placed| match &placed.fact.body {
            FactBody::InvoiceIssued(issued) => Some(invoice(issued, placed.place)),
            _ => None,
        })
        .collect();
    let credit_notes: Vec<Issued<'_>> = placed
        .iter()
        .filter_map(|placed| match &placed.fact.body {
            FactBody::CreditNoteIssued(issued) => Some(credit_note(issued, placed.place)),
            _ => None,
        })
        .collect();
    for issued in [&invoices, &credit_notes] {
        insert(conn, issued).await?;
        exchange(conn, issued).await?;
        for document in issued {
            touched.students.insert(document.student_id.clone());
            touched.documents.extend(document.invoice_id.clone());
        }
    }
    Ok(())
}

fn own(totals: &Totals, sign: i64) -> (String, i64, i64) {
    let (vat, gross) = (totals.vat.minor(), totals.gross.minor());
    (totals.gross.currency().to_string(), sign * vat, sign * gross)
}

fn invoice(issued: &Invoice, fact: i64) -> Issued<'_> {
    let sums = issued.books().sums();
    Issued {
        id: issued.id.to_string(),
        kind: "invoice",
        fact,
        number: &issued.number,
        student_id: issued.student_id.to_string(),
        payer_id: issued.payer.as_ref().map(|payer| payer.payer_id.to_string()),
        split_first: issued.split.as_ref().map(|split| split.first.to_string()),
        department_id: issued.department_id.map(|id| id.to_string()),
        invoice_id: None,
        issue_date: issued.issue_date.to_string(),
        due_date: issued.due_date.to_string(),
        currency: sums.gross.currency().to_string(),
        foreign: issued.conversion.as_ref().map(|_| own(&issued.totals, 1)),
        net_minor: sums.net.minor(),
        vat_minor: sums.vat.minor(),
        gross_minor: sums.gross.minor(),
        payment_reference: &issued.payment_reference,
        reference: &issued.reference,
        opening: issued.opening.is_some(),
    }
}

fn credit_note(issued: &CreditNote, fact: i64) -> Issued<'_> {
    let sums = issued.books().sums();
    Issued {
        id: issued.id.to_string(),
        kind: "credit_note",
        fact,
        number: &issued.number,
        student_id: issued.student_id.to_string(),
        payer_id: issued.payer.as_ref().map(|payer| payer.payer_id.to_string()),
        split_first: None,
        department_id: issued.department_id.map(|id| id.to_string()),
        invoice_id: Some(issued.invoice_id.to_string()),
        issue_date: issued.issue_date.to_string(),
        due_date: issued.issue_date.to_string(),
        currency: sums.gross.currency().to_string(),
        foreign: issued.conversion.as_ref().map(|_| own(&issued.totals, -1)),
        net_minor: -sums.net.minor(),
        vat_minor: -sums.vat.minor(),
        gross_minor: -sums.gross.minor(),
        payment_reference: "",
        reference: &issued.invoice_number,
        opening: issued.opening,
    }
}

/// An invoice takes the place of the draft it was made from.
fn end_drafts(query: &mut QueryBuilder<Sqlite>, issued: &[Issued<'_>]) -> Result<(), sqlx::Error> {
    let ids: Vec<&str> = issued.iter().map(|document| document.id.as_str()).collect();
    query.push("DELETE FROM document WHERE kind = 'draft' AND id IN (SELECT value FROM json_each(");
    query.push_bind(serde_json::to_string(&ids).map_err(|e| sqlx::Error::Encode(e.into()))?);
    query.push(")); ");
    Ok(())
}

async fn insert(conn: &mut SqliteConnection, issued: &[Issued<'_>]) -> Result<(), StoreError> {
    let written = batches::write(conn, issued, |query, batch| {
        end_drafts(query, batch)?;
        query.push(
            "INSERT INTO document (id, kind, fact, number, series_id, sequence, student_id,
             student_name, payer_id, payer_name, split_first, department_id, invoice_id, issue_date,
             due_date, currency, net_minor, vat_minor, gross_minor, open_minor, payment_reference,
             reference, opening) ",
        );
        query.push_values(batch, |mut row, document| {
            row.push_bind(&document.id)
                .push_bind(document.kind)
                .push_bind(document.fact)
                .push_bind(&document.number.text)
                .push_bind((!document.opening).then(|| document.number.series_id.to_string()))
                .push_bind((!document.opening).then_some(document.number.sequence.cast_signed()))
                .push_bind(&document.student_id)
                .push("coalesce((SELECT name FROM student WHERE id = ")
                .push_bind_unseparated(&document.student_id)
                .push_unseparated("), '')")
                .push_bind(&document.payer_id)
                .push("coalesce((SELECT name FROM payer WHERE id = ")
                .push_bind_unseparated(&document.payer_id)
                .push_unseparated("), '')")
                .push_bind(&document.split_first)
                .push_bind(&document.department_id)
                .push_bind(&document.invoice_id)
                .push_bind(&document.issue_date)
                .push_bind(&document.due_date)
                .push_bind(&document.currency)
                .push_bind(document.net_minor)
                .push_bind(document.vat_minor)
                .push_bind(document.gross_minor)
                .push_bind(document.gross_minor)
                .push_bind(document.payment_reference)
                .push_bind(document.reference)
                .push_bind(document.opening);
        });
        query.push(" ON CONFLICT (id) DO NOTHING");
        advance_series(query, batch);
        Ok(())
    });
    match written.await {
        Err(error) if breaks_uniqueness(&error) => {
            Err(StoreError::NumberTaken(taken(conn, issued).await?))
        }
        Err(error) => Err(error.into()),
        Ok(()) => Ok(()),
    }
}

/// What documents in another currency say in their own. A document told twice, by two facts, is the
/// first of them.
async fn exchange(conn: &mut SqliteConnection, issued: &[Issued<'_>]) -> Result<(), StoreError> {
    for document in issued {
        let Some((currency, vat, gross)) = &document.foreign else { continue };
        sqlx::query(
            "UPDATE document SET foreign_currency = ?3, foreign_gross_minor = ?4,
                foreign_open_minor = ?4, foreign_vat_minor = ?5, foreign_credited_minor = 0, foreign_written_off_minor = 0
             WHERE id = ?1 AND fact = ?2 AND foreign_currency IS NULL",
        )
        .bind(&document.id)
        .bind(document.fact)
        .bind(currency)
        .bind(gross)
        .bind(vat)
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}

/// The first number of a refused batch that another document has.
async fn taken(conn: &mut SqliteConnection, batch: &[Issued<'_>]) -> Result<String, StoreError> {
    let mut own: BTreeMap<&str, &str> = BTreeMap::new();
    for document in batch {
        let other: bool = sqlx::query_scalar(
            "SELECT EXISTS (SELECT 1 FROM document WHERE id <> ?1
                AND (number = ?2 OR (series_id = ?3 AND sequence = ?4)))",
        )
        .bind(&document.id)
        .bind(&document.number.text)
        .bind(document.number.series_id.to_string())
        .bind(document.number.sequence.cast_signed())
        .fetch_one(&mut *conn)
        .await?;
        let earlier = own.insert(&document.number.text, &document.id);
        if other || earlier.is_some_and(|id| id != document.id) {
            return Ok(document.number.text.clone());
        }
    }
    Ok(batch.first().map(|document| document.number.text.clone()).unwrap_or_default())
}

/// The next number of a series comes after the largest that was used.
fn advance_series(query: &mut QueryBuilder<Sqlite>, issued: &[Issued<'_>]) {
    let mut largest: BTreeMap<String, u64> = BTreeMap::new();
    for document in issued {
        let last = largest.entry(document.number.series_id.to_string()).or_default();
        *last = (*last).max(document.number.sequence);
    }
    for (series, last) in largest {
        query.push("; UPDATE number_series SET next = max(next, ").push_bind(last.cast_signed());
        query.push(" + 1) WHERE id = ").push_bind(series);
    }
}
