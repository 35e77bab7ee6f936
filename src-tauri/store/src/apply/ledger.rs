//! What the journal asks of documents: their lines by account and VAT code.
//!
//! Never an account of the chart: which one it is follows when the journal is read.

use crate::batches::write;
use crate::error::StoreError;
use crate::facts::append::Placed;
use crate::ledger::kind_name;
use finance::fact::FactBody;
use finance::ledger::{Cause, LedgerAccount, Part};
use sqlx::SqliteConnection;

/// A part of a document, by the place of its fact and its own place in the document.
struct Row {
    document: String,
    fact: i64,
    place: i64,
    kind: &'static str,
    posted_on: String,
    part: Part,
}

pub(super) async fn apply(
    conn: &mut SqliteConnection,
    placed: &[Placed<'_>],
) -> Result<(), StoreError> {
    let mut rows = Vec::new();
    for Placed { place, clock, fact } in placed {
        let (cause, document, posted_on, totals) = match &fact.body {
            FactBody::InvoiceIssued(invoice) => (
                Cause::Invoice,
                invoice.id.to_string(),
                invoice.issue_date,
                invoice.books().totals(),
            ),
            FactBody::CreditNoteIssued(note) => {
                (Cause::CreditNote, note.id.to_string(), note.issue_date, note.books().totals())
            }
            FactBody::LedgerAccountSet(account) => {
                set_account(conn, account, clock).await?;
                continue;
            }
            _ => continue,
        };
        let (kind, posted_on) = (cause.word(), posted_on.to_string());
        let parts = Part::of(&totals).map_err(|error| StoreError::Damaged(error.to_string()))?;
        rows.extend((0_i64..).zip(parts).map(|(at, part)| Row {
            document: document.clone(),
            fact: *place,
            place: at,
            kind,
            posted_on: posted_on.clone(),
            part,
        }));
    }
    insert(conn, &rows).await
}

/// A document told twice, by two facts, is one document: the parts of the other one are left out.
async fn insert(conn: &mut SqliteConnection, rows: &[Row]) -> Result<(), StoreError> {
    write(conn, rows, |query, batch| {
        query.push(
            "WITH given (document, fact, place, kind, posted_on, account, pass_through, tax_code, net,
                vat) AS (",
        );
        query.push_values(batch, |mut row, part| {
            row.push_bind(&part.document)
                .push_bind(part.fact)
                .push_bind(part.place)
                .push_bind(part.kind)
                .push_bind(&part.posted_on)
                .push_bind(&part.part.account)
                .push_bind(part.part.pass_through)
                .push_bind(&part.part.tax_code)
                .push_bind(part.part.net.minor())
                .push_bind(part.part.vat.minor());
        });
        query.push(
            ") INSERT INTO document_part (fact, place, kind, posted_on, account, pass_through,
                tax_code, net_minor, vat_minor)
             SELECT fact, place, kind, posted_on, account, pass_through, tax_code, net, vat
             FROM given WHERE fact = (SELECT fact FROM document WHERE id = given.document)",
        );
        Ok(())
    })
    .await
}

async fn set_account(
    conn: &mut SqliteConnection,
    account: &LedgerAccount,
    clock: &str,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO ledger_account (number, name, kind, active, clock) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (number) DO UPDATE SET name = excluded.name, kind = excluded.kind,
            active = excluded.active, clock = excluded.clock
         WHERE excluded.clock > ledger_account.clock",
    )
    .bind(&account.number)
    .bind(&account.name)
    .bind(kind_name(account.kind))
    .bind(account.active)
    .bind(clock)
    .execute(conn)
    .await?;
    Ok(())
}
