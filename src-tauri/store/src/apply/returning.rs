//! What became of money: payments that turned, allocations released, refunds, write-offs.
//!
//! Never changes an earlier row: each is a row of its own, and what follows is settled afterwards.

use super::Touched;
use crate::error::StoreError;
use crate::facts::append::Placed;
use finance::allocation::CreditSource;
use finance::fact::FactBody;
use finance::payment::{PaymentOutcome, PaymentTurn};
use finance::refund::Refund;
use finance::release::Release;
use finance::write_off::WriteOff;
use sqlx::SqliteConnection;

pub(super) async fn apply(
    conn: &mut SqliteConnection,
    placed: &[Placed<'_>],
    touched: &mut Touched,
) -> Result<(), StoreError> {
    for Placed { place, fact, .. } in placed {
        match &fact.body {
            FactBody::PaymentTurned(turned) => turn(conn, *place, turned, touched).await?,
            FactBody::InvoiceWrittenOff(given_up) => {
                write_off(conn, *place, given_up, touched).await?;
            }
            FactBody::RefundPaid(paid) => refund(conn, *place, paid, touched).await?,
            _ => {}
        }
    }
    for Placed { place, fact, .. } in placed {
        if let FactBody::AllocationReleased(released) = &fact.body {
            release(conn, *place, released, touched).await?;
        }
    }
    Ok(())
}

/// The word an outcome is stored under.
pub(crate) const fn outcome_word(outcome: PaymentOutcome) -> &'static str {
    match outcome {
        PaymentOutcome::Failed => "failed",
        PaymentOutcome::Confirmed => "confirmed",
        PaymentOutcome::Reversed => "reversed",
    }
}

async fn turn(
    conn: &mut SqliteConnection,
    fact: i64,
    turn: &PaymentTurn,
    touched: &mut Touched,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO payment_turn (fact, payment_id, outcome, on_day, reason)
         VALUES (?, ?, ?, ?, ?)",
    )
    .bind(fact)
    .bind(turn.payment_id.to_string())
    .bind(outcome_word(turn.outcome))
    .bind(turn.on.to_string())
    .bind(&turn.reason)
    .execute(conn)
    .await?;
    touched.payments.insert(turn.payment_id.to_string());
    Ok(())
}

async fn release(
    conn: &mut SqliteConnection,
    fact: i64,
    release: &Release,
    touched: &mut Touched,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO allocation_release (fact, allocation_id, on_day, reason) VALUES (?, ?, ?, ?)",
    )
    .bind(fact)
    .bind(release.allocation_id.to_string())
    .bind(release.released_on.to_string())
    .bind(&release.reason)
    .execute(conn)
    .await?;
    touched.allocations.insert(release.allocation_id.to_string());
    Ok(())
}

async fn write_off(
    conn: &mut SqliteConnection,
    fact: i64,
    given_up: &WriteOff,
    touched: &mut Touched,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO allocation (id, fact, invoice_id, write_off, is_small, student_id,
            amount_minor, source_minor, foreign_minor, worth_minor, source_worth_minor,
            allocated_on, effective_on, issue_date, due_date)
         SELECT ?1, ?2, id, ?4, ?5, student_id, ?6, ?6, ?8, iif(?8 IS NULL, NULL, ?6),
            iif(?8 IS NULL, NULL, ?6), ?7, max(?7, issue_date), issue_date, due_date
         FROM document WHERE id = ?3 AND kind = 'invoice' AND foreign_currency IS ?9
         ON CONFLICT (id) DO NOTHING",
    )
    .bind(given_up.id.to_string())
    .bind(fact)
    .bind(given_up.invoice_id.to_string())
    .bind(&given_up.reason)
    .bind(given_up.small)
    .bind(given_up.base.unwrap_or(given_up.amount).minor())
    .bind(given_up.written_off_on.to_string())
    .bind(given_up.base.map(|_| given_up.amount.minor()))
    .bind(given_up.base.map(|_| given_up.amount.currency().to_string()))
    .execute(&mut *conn)
    .await?;
    let there: bool = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM allocation WHERE id = ?)")
        .bind(given_up.id.to_string())
        .fetch_one(conn)
        .await?;
    touched.documents.insert(given_up.invoice_id.to_string());
    if there { Ok(()) } else { Err(StoreError::CauseMissing) }
}

async fn refund(
    conn: &mut SqliteConnection,
    fact: i64,
    refund: &Refund,
    touched: &mut Touched,
) -> Result<(), StoreError> {
    let paid = refund.base.unwrap_or(refund.amount);
    let parts = refund.parts.iter().map(|part| part.base.unwrap_or(part.amount).minor());
    let taken: i64 = parts.sum();
    sqlx::query(
        "INSERT INTO refund (id, fact, student_id, method, paid_on, currency, amount_minor,
            source_minor, foreign_currency, foreign_minor, reference, reason)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
    )
    .bind(refund.id.to_string())
    .bind(fact)
    .bind(refund.student_id.to_string())
    .bind(&refund.method)
    .bind(refund.paid_on.to_string())
    .bind(paid.currency().to_string())
    .bind(paid.minor())
    .bind(taken)
    .bind(refund.base.map(|_| refund.amount.currency().to_string()))
    .bind(refund.base.map(|_| refund.amount.minor()))
    .bind(&refund.reference)
    .bind(&refund.reason)
    .execute(&mut *conn)
    .await?;
    for (place, part) in (0_i64..).zip(&refund.parts) {
        let (payment, credit_note) = match part.source {
            CreditSource::Payment(id) => (Some(id.to_string()), None),
            CreditSource::CreditNote(id) => (None, Some(id.to_string())),
        };
        sqlx::query(
            "INSERT INTO refund_part (refund_id, place, payment_id, credit_note_id, paid_on,
                amount_minor, foreign_minor) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (refund_id, place) DO NOTHING",
        )
        .bind(refund.id.to_string())
        .bind(place)
        .bind(&payment)
        .bind(&credit_note)
        .bind(refund.paid_on.to_string())
        .bind(part.base.unwrap_or(part.amount).minor())
        .bind(part.base.map(|_| part.amount.minor()))
        .execute(&mut *conn)
        .await?;
        touched.payments.extend(payment);
        touched.documents.extend(credit_note);
    }
    touched.students.insert(refund.student_id.to_string());
    Ok(())
}
