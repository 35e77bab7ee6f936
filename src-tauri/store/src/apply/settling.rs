//! The balances that follow from documents, payments and what became of them.
//!
//! Never adds to a balance: it is worked out anew from its rows, so that repeats and order cannot
//! change it.

use super::{Touched, exchange, list};
use crate::decode;
use crate::error::StoreError;
use sqlx::SqliteConnection;

/// Works out what is open, unused and owed of everything touched, and refuses what is overdrawn.
pub(super) async fn settle(
    conn: &mut SqliteConnection,
    touched: &mut Touched,
) -> Result<(), StoreError> {
    settle_dates(conn, touched).await?;
    let (documents, payments) = (list(&touched.documents)?, list(&touched.payments)?);
    let mut students = touched.students.clone();
    let levelled = if touched.documents.is_empty() && touched.payments.is_empty() {
        Vec::new()
    } else {
        exchange::level(conn, &documents, &payments).await?
    };
    if !touched.documents.is_empty() {
        settle_documents(conn, &documents, &levelled).await?;
    }
    if !touched.payments.is_empty() {
        settle_payments(conn, &payments).await?;
    }
    if !touched.documents.is_empty() || !touched.payments.is_empty() {
        let more: Vec<String> = sqlx::query_scalar(
            "SELECT student_id FROM document WHERE id IN (SELECT value FROM json_each(?1))
             UNION
             SELECT student_id FROM payment WHERE id IN (SELECT value FROM json_each(?2))",
        )
        .bind(documents)
        .bind(payments)
        .fetch_all(&mut *conn)
        .await?;
        students.extend(more);
    }
    students.extend(super::plans::settle(conn, touched).await?);
    if students.is_empty() { Ok(()) } else { settle_students(conn, &list(&students)?).await }
}

async fn settle_documents(
    conn: &mut SqliteConnection,
    ids: &str,
    levelled: &[String],
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE document SET
            open_minor = gross_minor
                - (SELECT coalesce(sum(amount_minor), 0) FROM allocation
                   WHERE invoice_id = document.id AND ended_on IS NULL)
                + (SELECT coalesce(sum(source_minor), 0) FROM allocation
                   WHERE credit_note_id = document.id AND ended_on IS NULL)
                + (SELECT coalesce(sum(amount_minor), 0) FROM refund_part
                   WHERE credit_note_id = document.id),
            credited_minor = (SELECT coalesce(-sum(c.gross_minor), 0) FROM document c
                WHERE c.invoice_id = document.id),
            written_off_minor = (SELECT coalesce(sum(amount_minor), 0) FROM allocation
                WHERE invoice_id = document.id AND write_off IS NOT NULL AND NOT is_small
                    AND ended_on IS NULL)
         WHERE id IN (SELECT value FROM json_each(?)) AND kind <> 'draft'",
    )
    .bind(ids)
    .execute(&mut *conn)
    .await?;
    exchange::level_credited(conn, levelled).await?;
    let overdrawn: Option<(String, i64, String)> = sqlx::query_as(
        "SELECT number,
            CASE WHEN kind = 'credit_note' THEN open_minor
                 ELSE max(-open_minor, credited_minor - gross_minor) END AS beyond,
            currency
         FROM document WHERE id IN (SELECT value FROM json_each(?)) AND beyond > 0
         ORDER BY number LIMIT 1",
    )
    .bind(ids)
    .fetch_optional(conn)
    .await?;
    refuse(overdrawn)
}

async fn settle_payments(conn: &mut SqliteConnection, ids: &str) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE payment SET unallocated_minor = iif(state = 'confirmed', amount_minor, 0)
            - (SELECT coalesce(sum(source_minor), 0) FROM allocation
               WHERE payment_id = payment.id AND ended_on IS NULL)
            - (SELECT coalesce(sum(amount_minor), 0) FROM refund_part
               WHERE payment_id = payment.id)
         WHERE id IN (SELECT value FROM json_each(?))",
    )
    .bind(ids)
    .execute(&mut *conn)
    .await?;
    let overdrawn: Option<(String, i64, String)> = sqlx::query_as(
        "SELECT iif(reference = '', method, reference), -unallocated_minor, currency
         FROM payment WHERE id IN (SELECT value FROM json_each(?)) AND unallocated_minor < 0
         ORDER BY row LIMIT 1",
    )
    .bind(ids)
    .fetch_optional(conn)
    .await?;
    refuse(overdrawn)
}

fn refuse(overdrawn: Option<(String, i64, String)>) -> Result<(), StoreError> {
    match overdrawn {
        None => Ok(()),
        Some((what, by, currency)) => {
            Err(StoreError::OverAllocated { what, by: decode::money(by, &currency)? })
        }
    }
}

async fn settle_students(conn: &mut SqliteConnection, ids: &str) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE student SET
            open_minor = (SELECT coalesce(sum(open_minor), 0) FROM document
                WHERE student_id = student.id AND open_minor > 0 AND kind = 'invoice'),
            credit_minor = (SELECT coalesce(-sum(open_minor), 0) FROM document
                    WHERE student_id = student.id AND open_minor < 0)
                + (SELECT coalesce(sum(unallocated_minor), 0) FROM payment
                    WHERE student_id = student.id AND unallocated_minor > 0),
            oldest_due = (SELECT min(late_after) FROM document
                WHERE student_id = student.id AND open_minor > 0 AND kind = 'invoice')
         WHERE id IN (SELECT value FROM json_each(?))",
    )
    .bind(ids)
    .execute(conn)
    .await?;
    Ok(())
}

/// Works out from when and until when payments and allocations count, where anything became of
/// them, and touches what they settle. The rule is `finance::payment::PaymentStanding`.
async fn settle_dates(
    conn: &mut SqliteConnection,
    touched: &mut Touched,
) -> Result<(), StoreError> {
    if touched.payments.is_empty() && touched.allocations.is_empty() {
        return Ok(());
    }
    let turned: Vec<String> = sqlx::query_scalar(
        "SELECT DISTINCT payment_id FROM payment_turn
         WHERE payment_id IN (SELECT value FROM json_each(?))",
    )
    .bind(list(&touched.payments)?)
    .fetch_all(&mut *conn)
    .await?;
    if turned.is_empty() && touched.allocations.is_empty() {
        return Ok(());
    }
    let turned = serde_json::to_string(&turned)?;
    sqlx::query(STANDINGS).bind(&turned).execute(&mut *conn).await?;
    let ends: Vec<(String, Option<String>, Option<String>)> = sqlx::query_as(SPANS)
        .bind(&turned)
        .bind(list(&touched.allocations)?)
        .fetch_all(&mut *conn)
        .await?;
    for (invoice, payment, credit_note) in ends {
        touched.documents.insert(invoice);
        touched.payments.extend(payment);
        touched.documents.extend(credit_note);
    }
    Ok(())
}

const STANDINGS: &str = "UPDATE payment SET
        counts_from = iif(pending, turns.confirmed, received_on),
        counts_until = turns.reversed,
        state = CASE
            WHEN turns.reversed IS NOT NULL THEN 'reversed'
            WHEN NOT pending OR turns.confirmed IS NOT NULL THEN 'confirmed'
            WHEN turns.failed IS NOT NULL THEN 'failed'
            ELSE 'pending' END
    FROM (SELECT payment_id,
            min(iif(outcome = 'confirmed', on_day, NULL)) AS confirmed,
            min(iif(outcome = 'reversed', on_day, NULL)) AS reversed,
            min(iif(outcome = 'failed', on_day, NULL)) AS failed
        FROM payment_turn WHERE payment_id IN (SELECT value FROM json_each(?1))
        GROUP BY payment_id) turns
    WHERE payment.id = turns.payment_id";

const SPANS: &str = "UPDATE allocation SET
        source_date = coalesce(s.counts_from, source_date),
        effective_on = max(allocated_on, issue_date, coalesce(s.counts_from, source_date, '')),
        ended_on = s.ended_on
    FROM (SELECT a.id, p.counts_from,
            min(r.on_day) FILTER (WHERE r.on_day IS NOT NULL) AS ended_on
        FROM allocation a
        LEFT JOIN payment p ON p.id = a.payment_id
        LEFT JOIN (
            SELECT allocation_id, on_day FROM allocation_release
            UNION ALL
            SELECT o.id, q.counts_until FROM allocation o JOIN payment q ON q.id = o.payment_id
            WHERE q.counts_until IS NOT NULL
        ) r ON r.allocation_id = a.id
        WHERE a.payment_id IN (SELECT value FROM json_each(?1))
            OR a.id IN (SELECT value FROM json_each(?2))
        GROUP BY a.id) s
    WHERE allocation.id = s.id
    RETURNING invoice_id, payment_id, credit_note_id";
