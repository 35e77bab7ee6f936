//! What settles documents and uses up money in other currencies.
//!
//! Never leaves a rest of worth on what is settled, and never takes it all from what is not: desks
//! that settle parts at once each round on their own, and what is missing or too much is put on the
//! largest part. Nothing here is about what is in the currency of the book.

use crate::decode;
use crate::error::StoreError;
use finance::exchange;
use finance::fact::FactBody;
use finance::{Currency, Money};
use sqlx::SqliteConnection;

/// Whether worths go with amounts in another currency and only with these, all alike.
pub(super) fn is_sound(body: &FactBody) -> bool {
    let pair = |own: Money, base: Option<Money>| {
        base.is_none_or(|base| base.currency() != own.currency() && !base.is_negative())
    };
    match body {
        FactBody::InvoiceIssued(invoice) => {
            let base = invoice.conversion.as_ref().map(|it| it.sums.gross);
            pair(invoice.totals.gross, base) && base.is_none_or(|_| invoice.opening.is_none())
        }
        FactBody::CreditNoteIssued(note) => {
            pair(note.totals.gross, note.conversion.as_ref().map(|it| it.sums.gross))
        }
        FactBody::PaymentReceived(payment) => {
            pair(payment.amount, payment.base) && payment.base.is_none_or(Money::is_positive)
        }
        FactBody::MoneyAllocated(allocation) => allocation.worth.is_none_or(|worth| {
            pair(allocation.amount, Some(worth.invoice_base))
                && pair(allocation.amount, Some(worth.source_base))
                && worth.gain().is_ok()
        }),
        FactBody::InvoiceWrittenOff(given_up) => pair(given_up.amount, given_up.base),
        FactBody::RefundPaid(refund) => {
            let of = |currency: Option<Money>| currency.map(Money::currency);
            pair(refund.amount, refund.base)
                && refund.base.is_none_or(Money::is_positive)
                && refund.parts.iter().all(|part| of(part.base) == of(refund.base))
        }
        // What is asked for in another currency is what is open alone, and in one currency.
        FactBody::ReminderMade(reminder) => {
            let more = reminder.fee.into_iter().chain(reminder.interest);
            let mut all = reminder.items.iter().map(|item| item.open).chain(more);
            let first = all.next().map(Money::currency);
            all.all(|amount| Some(amount.currency()) == first)
        }
        // In the currency of its invoices, whichever that is.
        FactBody::PlanAgreed(plan) => {
            let parts = plan.instalments.iter().map(|one| one.amount);
            let mut all = plan.invoices.iter().map(|one| one.amount).chain(parts);
            let first = all.next().map(Money::currency);
            all.all(|amount| Some(amount.currency()) == first)
        }
        _ => true,
    }
}

/// Something in another currency: what it came to, and what that is worth.
struct Whole {
    id: String,
    label: String,
    currency: Currency,
    own_minor: i64,
    base_minor: i64,
}

type StoredWhole = (String, String, String, i64, i64);

fn wholes(rows: Vec<StoredWhole>) -> Result<Vec<Whole>, StoreError> {
    rows.into_iter()
        .map(|(id, label, currency, own_minor, base_minor)| {
            Ok(Whole { id, label, currency: decode::currency(&currency)?, own_minor, base_minor })
        })
        .collect()
}

/// Levels everything in another currency among documents and payments; returns the documents. With
/// none it costs two questions.
pub(super) async fn level(
    conn: &mut SqliteConnection,
    documents: &str,
    payments: &str,
) -> Result<Vec<String>, StoreError> {
    let question = |kind: &str| {
        format!(
            "SELECT id, number, foreign_currency, abs(foreign_gross_minor), abs(gross_minor)
             FROM document WHERE id IN (SELECT value FROM json_each(?))
                AND foreign_currency IS NOT NULL AND kind = '{kind}'"
        )
    };
    let mut levelled = Vec::new();
    for (kind, credit) in [("invoice", false), ("credit_note", true)] {
        let rows: Vec<StoredWhole> = sqlx::query_as(sqlx::AssertSqlSafe(question(kind)))
            .bind(documents)
            .fetch_all(&mut *conn)
            .await?;
        for whole in wholes(rows)? {
            if credit {
                let left = use_up(conn, &whole, OF_CREDIT_NOTE).await?;
                set_document(conn, &whole.id, -left).await?;
            } else {
                settle(conn, &whole).await?;
            }
            levelled.push(whole.id);
        }
    }
    let rows: Vec<StoredWhole> = sqlx::query_as(
        "SELECT id, iif(reference = '', method, reference), foreign_currency,
            iif(state = 'confirmed', foreign_minor, 0), iif(state = 'confirmed', amount_minor, 0)
         FROM payment WHERE id IN (SELECT value FROM json_each(?))
            AND foreign_currency IS NOT NULL",
    )
    .bind(payments)
    .fetch_all(&mut *conn)
    .await?;
    for whole in wholes(rows)? {
        let left = use_up(conn, &whole, OF_PAYMENT).await?;
        sqlx::query("UPDATE payment SET foreign_unallocated_minor = ?2 WHERE id = ?1")
            .bind(&whole.id)
            .bind(left)
            .execute(&mut *conn)
            .await?;
    }
    Ok(levelled)
}

/// What is taken, with its worth: the largest first.
type Part = (String, i64, i64);

fn left(whole: &Whole, parts: &[Part]) -> Result<(i64, i64), StoreError> {
    let own = whole.own_minor - parts.iter().map(|part| part.1).sum::<i64>();
    let base = whole.base_minor - parts.iter().map(|part| part.2).sum::<i64>();
    if own < 0 {
        let by = Money::from_minor(-own, whole.currency);
        return Err(StoreError::OverAllocated { what: whole.label.clone(), by });
    }
    Ok((own, exchange::level(own, base).1))
}

/// What was set against an invoice or written off of it.
async fn settle(conn: &mut SqliteConnection, whole: &Whole) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE allocation SET amount_minor = worth_minor
         WHERE invoice_id = ? AND amount_minor <> worth_minor",
    )
    .bind(&whole.id)
    .execute(&mut *conn)
    .await?;
    let parts: Vec<Part> = sqlx::query_as(
        "SELECT id, foreign_minor, worth_minor FROM allocation
         WHERE invoice_id = ? AND ended_on IS NULL ORDER BY worth_minor DESC, id",
    )
    .bind(&whole.id)
    .fetch_all(&mut *conn)
    .await?;
    let (own, more) = left(whole, &parts)?;
    if let (Some((largest, ..)), true) = (parts.first(), more != 0) {
        sqlx::query("UPDATE allocation SET amount_minor = amount_minor + ?2 WHERE id = ?1")
            .bind(largest)
            .bind(more)
            .execute(&mut *conn)
            .await?;
    }
    // What is written off has no source that could be worth anything else.
    sqlx::query(
        "UPDATE allocation SET source_minor = amount_minor
         WHERE invoice_id = ? AND write_off IS NOT NULL AND source_minor <> amount_minor",
    )
    .bind(&whole.id)
    .execute(&mut *conn)
    .await?;
    set_document(conn, &whole.id, own).await
}

const OF_PAYMENT: [&str; 2] = [
    "UPDATE allocation SET source_minor = source_worth_minor
     WHERE payment_id = ? AND source_minor <> source_worth_minor",
    "SELECT id, foreign_minor, source_worth_minor FROM allocation
     WHERE payment_id = ?1 AND ended_on IS NULL
     UNION ALL SELECT '', foreign_minor, amount_minor FROM refund_part WHERE payment_id = ?1
     ORDER BY 3 DESC, 1",
];
const OF_CREDIT_NOTE: [&str; 2] = [
    "UPDATE allocation SET source_minor = source_worth_minor
     WHERE credit_note_id = ? AND source_minor <> source_worth_minor",
    "SELECT id, foreign_minor, source_worth_minor FROM allocation
     WHERE credit_note_id = ?1 AND ended_on IS NULL
     UNION ALL SELECT '', foreign_minor, amount_minor FROM refund_part WHERE credit_note_id = ?1
     ORDER BY 3 DESC, 1",
];

/// What was taken from money or a credit note; returns what is unused. What was paid back stays as
/// it was paid.
async fn use_up(
    conn: &mut SqliteConnection,
    whole: &Whole,
    [reset, parts]: [&'static str; 2],
) -> Result<i64, StoreError> {
    sqlx::query(reset).bind(&whole.id).execute(&mut *conn).await?;
    let parts: Vec<Part> = sqlx::query_as(parts).bind(&whole.id).fetch_all(&mut *conn).await?;
    let (own, more) = left(whole, &parts)?;
    let largest = parts.iter().find(|(id, ..)| !id.is_empty());
    if let (Some((largest, ..)), true) = (largest, more != 0) {
        sqlx::query("UPDATE allocation SET source_minor = source_minor + ?2 WHERE id = ?1")
            .bind(largest)
            .bind(more)
            .execute(&mut *conn)
            .await?;
    }
    Ok(own)
}

async fn set_document(conn: &mut SqliteConnection, id: &str, open: i64) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE document SET foreign_open_minor = ?2,
            foreign_credited_minor = (SELECT coalesce(-sum(c.foreign_gross_minor), 0)
                FROM document c WHERE c.invoice_id = document.id),
            foreign_written_off_minor = (SELECT coalesce(sum(foreign_minor), 0) FROM allocation
                WHERE invoice_id = document.id AND write_off IS NOT NULL AND NOT is_small
                    AND ended_on IS NULL)
         WHERE id = ?1",
    )
    .bind(id)
    .bind(open)
    .execute(conn)
    .await?;
    Ok(())
}

/// Of documents that were levelled: all of the worth is taken back with all of the amount, and
/// nothing of it before.
pub(super) async fn level_credited(
    conn: &mut SqliteConnection,
    documents: &[String],
) -> Result<(), StoreError> {
    if documents.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "UPDATE document SET credited_minor = CASE
            WHEN foreign_credited_minor > foreign_gross_minor
                THEN max(credited_minor, gross_minor + 1)
            WHEN foreign_credited_minor = foreign_gross_minor THEN gross_minor
            ELSE min(credited_minor, max(gross_minor - 1, 0)) END
         WHERE id IN (SELECT value FROM json_each(?)) AND kind = 'invoice'",
    )
    .bind(serde_json::to_string(documents)?)
    .execute(conn)
    .await?;
    Ok(())
}
