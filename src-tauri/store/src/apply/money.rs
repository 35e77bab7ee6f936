//! Payments and allocations as rows.
//!
//! Never says what they come to: see [`super::settling`].

use super::{Touched, list};
use crate::batches::write;
use crate::error::StoreError;
use crate::facts::append::Placed;
use finance::allocation::{Allocation, CreditSource};
use finance::fact::FactBody;
use finance::payment::Payment;
use sqlx::SqliteConnection;

pub(super) async fn apply(
    conn: &mut SqliteConnection,
    placed: &[Placed<'_>],
    touched: &mut Touched,
) -> Result<(), StoreError> {
    let mut payments = Vec::new();
    let mut allocations = Vec::new();
    for placed in placed {
        match &placed.fact.body {
            FactBody::PaymentReceived(payment) => payments.push((placed.place, payment)),
            FactBody::MoneyAllocated(allocation) => allocations.push((placed.place, allocation)),
            _ => {}
        }
    }
    receive(conn, &payments).await?;
    exchange(conn, &payments).await?;
    touched.students.extend(payments.iter().map(|(_, payment)| payment.student_id.to_string()));
    allocate(conn, &allocations).await?;
    for (_, allocation) in allocations {
        touched.documents.insert(allocation.invoice_id.to_string());
        match allocation.source {
            CreditSource::Payment(id) => touched.payments.insert(id.to_string()),
            CreditSource::CreditNote(id) => touched.documents.insert(id.to_string()),
        };
    }
    Ok(())
}

async fn receive(
    conn: &mut SqliteConnection,
    payments: &[(i64, &Payment)],
) -> Result<(), StoreError> {
    write(conn, payments, |query, batch| {
        query.push(
            "INSERT INTO payment (id, fact, student_id, student_name, method, received_on, currency,
             amount_minor, unallocated_minor, department_id, reference, note, pending, event, state,
             counts_from) ",
        );
        query.push_values(batch, |mut row, (fact, payment)| {
            row.push_bind(payment.id.to_string())
                .push_bind(fact)
                .push_bind(payment.student_id.to_string())
                .push("coalesce((SELECT name FROM student WHERE id = ")
                .push_bind_unseparated(payment.student_id.to_string())
                .push_unseparated("), '')")
                .push_bind(&payment.method)
                .push_bind(payment.received_on.to_string())
                .push_bind(payment.in_base().currency().to_string())
                .push_bind(payment.in_base().minor())
                .push_bind(if payment.pending { 0 } else { payment.in_base().minor() })
                .push_bind(payment.department_id.map(|id| id.to_string()))
                .push_bind(&payment.reference)
                .push_bind(&payment.note)
                .push_bind(payment.pending)
                .push_bind(&payment.event)
                .push_bind(if payment.pending { "pending" } else { "confirmed" })
                .push_bind((!payment.pending).then(|| payment.received_on.to_string()));
        });
        query.push(" ON CONFLICT (id) DO NOTHING");
        Ok(())
    })
    .await
}

/// What money in another currency says in its own.
async fn exchange(
    conn: &mut SqliteConnection,
    payments: &[(i64, &Payment)],
) -> Result<(), StoreError> {
    for (fact, payment) in payments.iter().filter(|(_, payment)| payment.base.is_some()) {
        sqlx::query(
            "UPDATE payment SET foreign_currency = ?3, foreign_minor = ?4,
                foreign_unallocated_minor = iif(pending, 0, ?4) WHERE id = ?1 AND fact = ?2",
        )
        .bind(payment.id.to_string())
        .bind(fact)
        .bind(payment.amount.currency().code())
        .bind(payment.amount.minor())
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}

async fn allocate(
    conn: &mut SqliteConnection,
    allocations: &[(i64, &Allocation)],
) -> Result<(), StoreError> {
    write(conn, allocations, |query, batch| {
        query.push(
            "WITH given (id, fact, invoice_id, payment_id, credit_note_id, amount, source, own, on_day)
             AS (",
        );
        query.push_values(batch, |mut row, (fact, allocation)| {
            let (payment, credit_note) = match allocation.source {
                CreditSource::Payment(id) => (Some(id.to_string()), None),
                CreditSource::CreditNote(id) => (None, Some(id.to_string())),
            };
            let base = allocation.worth.map_or(allocation.amount, |worth| worth.invoice_base);
            row.push_bind(allocation.id.to_string())
                .push_bind(fact)
                .push_bind(allocation.invoice_id.to_string())
                .push_bind(payment)
                .push_bind(credit_note)
                .push_bind(base.minor())
                .push_bind(allocation.worth.map(|worth| worth.source_base.minor()))
                .push_bind(allocation.worth.map(|_| allocation.amount.minor()))
                .push_bind(allocation.allocated_on.to_string());
        });
        query.push(
            ") INSERT INTO allocation (id, fact, invoice_id, payment_id, credit_note_id,
                student_id, amount_minor, source_minor, foreign_minor, worth_minor,
                source_worth_minor, allocated_on, effective_on, issue_date, due_date,
                source_date)
             SELECT given.id, given.fact, given.invoice_id, given.payment_id,
                given.credit_note_id, invoice.student_id, given.amount,
                coalesce(given.source, given.amount), given.own,
                iif(given.own IS NULL, NULL, given.amount), given.source, given.on_day,
                max(given.on_day, invoice.issue_date,
                    coalesce(p.counts_from, p.received_on, c.issue_date)),
                invoice.issue_date, invoice.due_date,
                coalesce(p.counts_from, p.received_on, c.issue_date)
             FROM given
             CROSS JOIN document invoice ON invoice.id = given.invoice_id
                AND invoice.kind = 'invoice'
             LEFT JOIN payment p ON p.id = given.payment_id
             LEFT JOIN document c ON c.id = given.credit_note_id AND c.kind = 'credit_note'
             WHERE (p.id IS NOT NULL OR c.id IS NOT NULL)
                AND invoice.foreign_currency IS coalesce(p.foreign_currency, c.foreign_currency)
                AND (given.own IS NULL) = (invoice.foreign_currency IS NULL)
             ON CONFLICT (id) DO NOTHING",
        );
        Ok::<_, StoreError>(())
    })
    .await?;
    all_there(conn, allocations).await
}

/// An allocation whose invoice or source is not in the book, or of another currency, was left out by
/// the join: refused.
async fn all_there(
    conn: &mut SqliteConnection,
    allocations: &[(i64, &Allocation)],
) -> Result<(), StoreError> {
    if allocations.is_empty() {
        return Ok(());
    }
    let ids = allocations.iter().map(|(_, allocation)| allocation.id.to_string()).collect();
    let missing: bool = sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM json_each(?) given
            WHERE NOT EXISTS (SELECT 1 FROM allocation WHERE id = given.value))",
    )
    .bind(list(&ids)?)
    .fetch_one(conn)
    .await?;
    if missing { Err(StoreError::CauseMissing) } else { Ok(()) }
}
