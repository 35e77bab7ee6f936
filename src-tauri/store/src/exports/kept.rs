//! Money kept as credit: what no invoice takes of a payment, as parts that a company is told as money
//! on account.
//!
//! Never lets the same money be told twice: what is unused here is at least what is left of the parts
//! that were sent, and a part that was not sent yet gives way to what an invoice takes.

use super::content::Content;
use crate::decode::{date, id, money, optional_id};
use crate::error::StoreError;
use crate::tx::Tx;
use crate::view::View;
use finance::ids::{AllocationId, ConnectionId, InvoiceId, PaymentId};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use uuid::Uuid;

/// What is left of a part there, where `o` is its record and `h` the part: its amount without what
/// is set against invoices and paid back out of it.
macro_rules! left_of_part {
    () => {
        "(h.amount_minor - coalesce((SELECT sum(CASE t.kind
            WHEN 'refund' THEN (SELECT coalesce(f.foreign_minor, f.amount_minor)
                FROM refund f WHERE f.id = t.document_id)
            ELSE (SELECT coalesce(a.foreign_minor, a.amount_minor)
                FROM allocation a WHERE a.id = t.document_id AND a.ended_on IS NULL) END)
            FROM export_record t WHERE t.depends_also_on = o.id AND t.operation = 'create'
                AND t.state NOT IN ('cancelled', 'superseded')), 0))"
    };
}
pub(crate) use left_of_part;

/// Records `o` of the parts `h` of a payment, where `c` is the connection.
macro_rules! parts {
    () => {
        "kept_credit h JOIN export_record o ON o.document_id = h.id AND o.kind = 'on_account'
            AND o.connection_id = c.id AND o.operation = 'create'
            AND o.state NOT IN ('cancelled', 'superseded')"
    };
}

/// The part `o` is not there: it was never sent, or it was refused and a person has not mended why (by
/// the office's words for that). Its amount may still change.
macro_rules! not_there {
    () => {
        "(o.sent_at IS NULL OR (o.state = 'needs_review' AND o.external_id IS NULL
            AND EXISTS (SELECT 1 FROM export_cause_record l JOIN export_cause e ON e.id = l.cause_id
                WHERE l.record_id = o.id AND e.resolved_at IS NULL AND e.class IN
                    ('reference_gone', 'validation', 'period_locked', 'not_permitted',
                     'plan_limit'))))"
    };
}

/// Refunds of a payment `p` alone, queued at connection `c` and not sent, that name nothing they come
/// out of yet.
macro_rules! unsourced {
    () => {
        "export_record r JOIN refund_part q ON q.refund_id = r.document_id
            AND q.payment_id = p.id
            AND 1 = (SELECT count(*) FROM refund_part z WHERE z.refund_id = r.document_id)
        WHERE r.connection_id = c.id AND r.kind = 'refund' AND r.state = 'pending'
            AND r.sent_at IS NULL AND r.depends_also_on IS NULL"
    };
}

/// Payments `p` of which connection `c` is to know what is unused, with that amount. What came from
/// this company is there already; what is being taken back there is waited for.
macro_rules! needed {
    ($($columns:expr),*) => {
        concat!(
            "SELECT p.id, ",
            $($columns,)*
            " coalesce(p.foreign_unallocated_minor, p.unallocated_minor)
                + coalesce((SELECT sum(coalesce(q.foreign_minor, q.amount_minor)) FROM ",
            unsourced!(),
            "), 0) AS needed,
            coalesce((SELECT sum(",
            left_of_part!(),
            ") FROM ",
            parts!(),
            " WHERE h.payment_id = p.id), 0) AS told
            FROM connection c CROSS JOIN payment p "
        )
    };
}

/// Of the part of payment `p` that was never sent and takes what is missing at connection `c`.
macro_rules! unsent {
    ($what:literal) => {
        concat!(
            "(SELECT ",
            $what,
            " FROM kept_credit h JOIN export_record o ON o.document_id = h.id
                AND o.kind = 'on_account' AND o.connection_id = c.id AND o.operation = 'create'
                AND o.sent_at IS NULL
                AND o.state IN ('pending', 'retry_wait', 'needs_review', 'blocked', 'cancelled')
                WHERE h.payment_id = p.id ORDER BY o.id DESC LIMIT 1)"
        )
    };
}

/// The record of the customer of a part `h` of a payment `p` at a connection: the one in its currency,
/// where there is one.
macro_rules! customer_of_part {
    ($connection:literal) => {
        concat!(
            "(SELECT x.id FROM export_record x WHERE x.connection_id = ",
            $connection,
            " AND x.kind = 'customer' AND x.operation = 'create' AND x.document_id = h.customer_id AND ",
            serves!("x", "p.foreign_currency"),
            " ORDER BY x.currency IS NULL LIMIT 1)"
        )
    };
}

// After the macros, which they use too.
mod level;
mod queue;
mod withdraw;

pub(super) use level::{allocate, allocate_book, is_any, payments_of, settle};
pub(super) use queue::queue_book;
use queue::{queue_customers, queue_parts};
pub(super) use withdraw::withdraw_all;

const TO_TELL: &str = concat!(
    needed!(
        "p.row, p.method, coalesce(p.counts_from, p.received_on) AS effective_on,
        coalesce(p.foreign_currency, p.currency) AS currency, p.department_id,
        coalesce((SELECT d.payer_id FROM allocation a JOIN document d ON d.id = a.invoice_id
            WHERE a.payment_id = p.id AND a.ended_on IS NULL ORDER BY a.row LIMIT 1),
            p.student_id) AS customer,
        (SELECT count(DISTINCT h.id) FROM kept_credit h JOIN export_record o ON o.document_id = h.id
            JOIN connection b ON b.id = o.connection_id WHERE h.payment_id = p.id
                AND o.kind = 'on_account' AND o.operation = 'create'
                AND b.provider = c.provider AND b.remote_company_id = c.remote_company_id)
            AS before,
",
        unsent!("o.id"),
        " AS unsent, coalesce(",
        unsent!("h.amount_minor"),
        ", 0) AS unsent_minor,"
    ),
    "WHERE c.id = ?1 AND c.closed = 0 AND c.booking = 'documents' AND p.state = 'confirmed'
        AND p.id IN (SELECT id FROM payment WHERE unallocated_minor > 0
            UNION SELECT q.payment_id FROM export_record r
            JOIN refund_part q ON q.refund_id = r.document_id AND q.payment_id IS NOT NULL
            WHERE r.connection_id = c.id AND r.kind = 'refund' AND r.state = 'pending')
        AND (c.export_from IS NULL OR p.received_on >= c.export_from)
        AND (p.event IS NULL
            OR instr(p.event, c.provider || '/' || c.remote_company_id || '/') <> 1)
        AND p.row > ?3 AND (?4 IS NULL OR p.method IN (SELECT value FROM json_each(?4)))
        AND needed > told
        AND NOT EXISTS (SELECT 1 FROM allocation a JOIN export_record u ON u.document_id = a.id
            AND u.connection_id = c.id AND u.kind = 'payment' AND u.operation = 'undo'
            AND u.state NOT IN ('exported', 'settled_manually', 'cancelled', 'superseded')
            WHERE a.payment_id = p.id)
    ORDER BY p.row LIMIT ?2"
);

/// Which payments are asked for.
#[derive(Clone, Debug)]
pub struct CreditQuestion {
    /// What this connection is to know.
    pub connection: ConnectionId,
    /// Received in one of these ways, by their codes; nothing: in any.
    pub methods: Option<Vec<String>>,
    /// Only payments after this one, see [`CreditToTell::row`].
    pub after: i64,
    /// At most so many.
    pub limit: u32,
}

/// A payment of which a company is to know more than it was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreditToTell {
    /// Its place in the book, by which the next ones are asked for.
    pub row: i64,
    /// The payment.
    pub payment: PaymentId,
    /// What the part that takes it would be.
    pub content: Content,
    /// The student or payer whose credit it is there.
    pub customer: Uuid,
    /// What is not told yet, in minor units of the payment's own currency.
    pub missing_minor: i64,
    /// How many parts of it the company was to know before.
    pub before: u32,
    /// The record of a part that was never sent and can take it.
    unsent: Option<i64>,
}

/// What is set against an invoice out of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeptUse {
    /// The allocation.
    pub allocation: AllocationId,
    /// The invoice.
    pub invoice: InvoiceId,
    /// How much, in minor units of its own currency.
    pub minor: i64,
}

impl View {
    /// Payments of which a connection is to know more than it was told, in the order of the book.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn credit_to_tell(
        &mut self,
        which: &CreditQuestion,
    ) -> Result<Vec<CreditToTell>, StoreError> {
        let rows = sqlx::query(TO_TELL)
            .bind(which.connection.to_string())
            .bind(which.limit)
            .bind(which.after)
            .bind(which.methods.as_ref().map(serde_json::to_string).transpose()?)
            .fetch_all(self.conn())
            .await?;
        rows.iter().map(to_tell).collect()
    }

    /// The payment that a part belongs to, and what is set against invoices out of it at a connection.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn kept_uses(
        &mut self,
        connection: ConnectionId,
        part: Uuid,
    ) -> Result<Option<(PaymentId, Vec<KeptUse>)>, StoreError> {
        let payment: Option<String> =
            sqlx::query_scalar("SELECT payment_id FROM kept_credit WHERE id = ?1")
                .bind(part.to_string())
                .fetch_optional(self.conn())
                .await?;
        let Some(payment) = payment else { return Ok(None) };
        let rows: Vec<(String, String, i64)> = sqlx::query_as(
            "SELECT a.id, a.invoice_id, coalesce(a.foreign_minor, a.amount_minor)
            FROM export_record o JOIN export_record t ON t.depends_also_on = o.id
                AND t.kind = 'credit_allocation' AND t.operation = 'create'
            JOIN allocation a ON a.id = t.document_id AND a.ended_on IS NULL
            WHERE o.connection_id = ?1 AND o.kind = 'on_account' AND o.document_id = ?2
                AND o.operation = 'create' ORDER BY a.row",
        )
        .bind(connection.to_string())
        .bind(part.to_string())
        .fetch_all(self.conn())
        .await?;
        let used = rows.into_iter().map(|(allocation, invoice, minor)| {
            Ok(KeptUse { allocation: id(&allocation)?, invoice: id(&invoice)?, minor })
        });
        Ok(Some((id(&payment)?, used.collect::<Result<_, StoreError>>()?)))
    }

    /// What was paid back here of the payment of a part, told to anybody or not: minor units of its own
    /// currency.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn refunded_out_of(&mut self, part: Uuid) -> Result<i64, StoreError> {
        let minor = sqlx::query_scalar(
            "SELECT coalesce(sum(coalesce(q.foreign_minor, q.amount_minor)), 0)
            FROM kept_credit h JOIN refund_part q ON q.payment_id = h.payment_id WHERE h.id = ?1",
        )
        .bind(part.to_string())
        .fetch_one(self.conn())
        .await?;
        Ok(minor)
    }
}

fn to_tell(row: &SqliteRow) -> Result<CreditToTell, StoreError> {
    let (needed, told): (i64, i64) = (row.try_get("needed")?, row.try_get("told")?);
    let missing_minor = needed - told;
    let part_minor = missing_minor + row.try_get::<i64, _>("unsent_minor")?;
    let content = Content::OnAccount {
        method: row.try_get("method")?,
        date: date(row.try_get("effective_on")?)?,
        amount: money(part_minor, row.try_get("currency")?)?,
        rate: None,
        department: optional_id(row.try_get("department_id")?)?,
        reversed: None,
    };
    Ok(CreditToTell {
        row: row.try_get("row")?,
        payment: id(row.try_get("id")?)?,
        content,
        customer: id(row.try_get("customer")?)?,
        missing_minor,
        before: row.try_get("before")?,
        unsent: row.try_get("unsent")?,
    })
}

/// A part that was never sent takes more; one that had given way altogether comes back.
const GROW: &str = "UPDATE kept_credit SET amount_minor = amount_minor + ?2
    WHERE id = (SELECT document_id FROM export_record WHERE id = ?1)";

const PART: &str = "SELECT document_id FROM export_record WHERE id = ?1";

const GROWN: &str = concat!(
    "UPDATE export_record SET state = iif(state = 'cancelled', 'pending', state),
        depends_on = coalesce(depends_on, (SELECT ",
    customer_of_part!("export_record.connection_id"),
    " FROM kept_credit h JOIN payment p ON p.id = h.payment_id
            WHERE h.id = export_record.document_id)),
        amount_minor = (SELECT h.amount_minor FROM kept_credit h
            WHERE h.id = export_record.document_id), changed_at = ?2
    WHERE id = ?1"
);

impl Tx {
    /// Queues what a company is to know beyond what it was told: under `part` where the payment has no
    /// part that waits.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn queue_credit(
        &mut self,
        connection: ConnectionId,
        (more, part): (&CreditToTell, Uuid),
        now_ms: i64,
    ) -> Result<(), StoreError> {
        if let Some(record) = more.unsent {
            let conn = self.view.conn();
            let part: String = sqlx::query_scalar(PART).bind(record).fetch_one(&mut *conn).await?;
            queue_customers(conn, connection, &serde_json::to_string(&[part])?, now_ms).await?;
            sqlx::query(GROW).bind(record).bind(more.missing_minor).execute(&mut *conn).await?;
            sqlx::query(GROWN).bind(record).bind(now_ms).execute(conn).await?;
            return Ok(());
        }
        sqlx::query(
            "INSERT INTO kept_credit (id, payment_id, customer_id, amount_minor)
            VALUES (?1, ?2, ?3, ?4) ON CONFLICT (id) DO NOTHING",
        )
        .bind(part.to_string())
        .bind(more.payment.to_string())
        .bind(more.customer.to_string())
        .bind(more.missing_minor)
        .execute(self.view.conn())
        .await?;
        let parts = serde_json::to_string(&[part.to_string()])?;
        queue_parts(self.view.conn(), connection, &parts, now_ms).await
    }

    /// Brings refunds and parts of one payment together, see [`level::level`].
    ///
    /// # Errors
    /// What the database reports.
    pub async fn level_credit(
        &mut self,
        payments: &[PaymentId],
        now_ms: i64,
    ) -> Result<(), StoreError> {
        let payments: Vec<String> = payments.iter().map(ToString::to_string).collect();
        level::level(self.view.conn(), &payments, now_ms).await
    }
}
