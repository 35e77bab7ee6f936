//! What facts about payments make of the parts that companies were told or are to be told.
//!
//! Never changes a part that was sent.

use crate::error::StoreError;
use crate::exports::causes::leave;
use finance::ids::ConnectionId;
use sqlx::SqliteConnection;

/// A part at a connection.
struct Part {
    record: i64,
    left: i64,
    /// It was sent, or somebody says that it is there: its amount stands.
    is_sent: bool,
}

/// A payment at a connection, parts that somebody left out apart.
struct Standing {
    /// What the company is to know as unused, with what is paid back out of nothing yet.
    needed: i64,
    parts: Vec<Part>,
}

impl Standing {
    fn left(&self, sent_only: bool) -> i64 {
        self.parts.iter().filter(|part| part.is_sent || !sent_only).map(|part| part.left).sum()
    }

    /// Takes an amount out of the first part that has it left.
    fn take(&mut self, minor: i64, sent_only: bool) -> Option<i64> {
        let mut fitting = self.parts.iter_mut().filter(|part| part.is_sent || !sent_only);
        let part = fitting.find(|part| part.left >= minor)?;
        part.left -= minor;
        Some(part.record)
    }
}

const NEEDED: &str = concat!(needed!(""), "WHERE c.id = ?1 AND p.id = ?2");

const PARTS_OF: &str = concat!(
    "SELECT o.id, ",
    left_of_part!(),
    " AS left, NOT ",
    not_there!(),
    " OR o.state IN ('exported', 'settled_manually') AS is_sent
    FROM connection c CROSS JOIN ",
    parts!(),
    " AND o.state <> 'skipped' WHERE c.id = ?1 AND h.payment_id = ?2 ORDER BY o.id"
);

async fn standing(
    conn: &mut SqliteConnection,
    (connection, payment): (&str, &str),
) -> Result<Standing, StoreError> {
    let needed: (String, i64, i64) =
        sqlx::query_as(NEEDED).bind(connection).bind(payment).fetch_one(&mut *conn).await?;
    let parts: Vec<(i64, i64, bool)> =
        sqlx::query_as(PARTS_OF).bind(connection).bind(payment).fetch_all(conn).await?;
    let part = |(record, left, is_sent)| Part { record, left, is_sent };
    Ok(Standing { needed: needed.1, parts: parts.into_iter().map(part).collect() })
}

/// Allocations of payments that a company knows parts of, as they were just queued; of money that
/// came from there, so it is said.
const QUEUED: &str = "SELECT r.id, r.connection_id, a.payment_id,
        coalesce(a.foreign_minor, a.amount_minor),
        coalesce(instr(p.event, c.provider || '/' || c.remote_company_id || '/') = 1, 0)
    FROM json_each(?1) j JOIN allocation a ON a.id = j.value
    JOIN payment p ON p.id = a.payment_id
    JOIN export_record r ON r.document_id = a.id AND r.kind = 'payment'
        AND r.operation = 'create' AND r.state = 'pending' AND r.sent_at IS NULL
    JOIN connection c ON c.id = r.connection_id
    WHERE EXISTS (SELECT 1 FROM kept_credit h JOIN export_record o ON o.document_id = h.id
        WHERE h.payment_id = a.payment_id AND o.connection_id = r.connection_id)
    ORDER BY r.id";

/// The company has the money: it is set against the invoice out of that part. Without one, out of
/// several, and a person does it.
const OUT_OF: &str = "UPDATE export_record SET kind = 'credit_allocation', depends_also_on = ?2
    WHERE id = ?1";

/// Allocations that were just queued as money received are sent out of the part that the company has of
/// the payment, where it has one with as much left. Otherwise they are money received, as long as
/// what is unused here covers what it has; never of money that came from there.
pub(in crate::exports) async fn allocate(
    conn: &mut SqliteConnection,
    allocations: &str,
) -> Result<(), StoreError> {
    let queued: Vec<(i64, String, String, i64, bool)> =
        sqlx::query_as(QUEUED).bind(allocations).fetch_all(&mut *conn).await?;
    let mut rest = Vec::new();
    for (record, connection, payment, minor, is_theirs) in queued {
        let mut standing = standing(conn, (&connection, &payment)).await?;
        match standing.take(minor, true) {
            Some(part) => {
                sqlx::query(OUT_OF).bind(record).bind(part).execute(&mut *conn).await?;
            }
            None => rest.push((record, connection, payment, is_theirs)),
        }
    }
    for (record, connection, payment, is_theirs) in rest {
        let standing = standing(conn, (&connection, &payment)).await?;
        if is_theirs || standing.needed < standing.left(true) {
            sqlx::query(OUT_OF).bind(record).bind(None::<i64>).execute(&mut *conn).await?;
        }
    }
    Ok(())
}

/// Where an earlier connection to the same company was told of an allocation out of a part, this one
/// tells the same.
const BOOK_ALLOCATIONS: &str = "UPDATE export_record SET kind = 'credit_allocation',
        depends_also_on = s.part FROM (
        SELECT r.id AS one, min(n.id) AS part FROM connection c
        JOIN connection b ON b.id <> c.id AND b.provider = c.provider
            AND b.remote_company_id = c.remote_company_id
        JOIN export_record t ON t.connection_id = b.id AND t.kind = 'credit_allocation'
            AND t.operation = 'create' AND t.state NOT IN ('cancelled', 'superseded')
        JOIN export_record o ON o.id = t.depends_also_on AND o.kind = 'on_account'
        JOIN export_record n ON n.connection_id = c.id AND n.kind = 'on_account'
            AND n.document_id = o.document_id
        JOIN export_record r ON r.connection_id = c.id AND r.kind = 'payment'
            AND r.document_id = t.document_id AND r.operation = 'create' AND r.state = 'pending'
        WHERE c.id = ?1 GROUP BY r.id) s
    WHERE export_record.id = s.one";

pub(in crate::exports) async fn allocate_book(
    conn: &mut SqliteConnection,
    connection: ConnectionId,
) -> Result<(), StoreError> {
    sqlx::query(BOOK_ALLOCATIONS).bind(connection.to_string()).execute(conn).await?;
    Ok(())
}

const AT: &str = "SELECT DISTINCT o.connection_id, h.payment_id FROM json_each(?1) j
    JOIN kept_credit h ON h.payment_id = j.value JOIN export_record o ON o.document_id = h.id
        AND o.kind = 'on_account'
    JOIN connection c ON c.id = o.connection_id AND c.closed = 0 ORDER BY 1, 2";

const REFUNDS: &str = concat!(
    "SELECT r.id, coalesce(q.foreign_minor, q.amount_minor) FROM connection c
    CROSS JOIN payment p CROSS JOIN ",
    unsourced!(),
    " AND c.id = ?1 AND p.id = ?2 ORDER BY r.id"
);

const SHRINK: &str = "UPDATE kept_credit SET amount_minor = amount_minor - ?2
    WHERE id = (SELECT document_id FROM export_record WHERE id = ?1)";

/// The office's state machine allows it in these states.
const SHRUNK: &str = "UPDATE export_record SET amount_minor = h.amount_minor, changed_at = ?2,
        state = iif(h.amount_minor = 0 AND state
            IN ('pending', 'retry_wait', 'needs_review', 'blocked'), 'cancelled', state)
    FROM kept_credit h WHERE export_record.id = ?1 AND h.id = export_record.document_id
    RETURNING iif(state = 'cancelled', id, NULL)";

/// Names, for refunds out of one payment that were not sent, the part they come out of, and lets a
/// part that was not sent give way to what is no longer unused.
pub(in crate::exports) async fn level(
    conn: &mut SqliteConnection,
    payments: &[String],
    at_ms: i64,
) -> Result<(), StoreError> {
    let at: Vec<(String, String)> =
        sqlx::query_as(AT).bind(serde_json::to_string(payments)?).fetch_all(&mut *conn).await?;
    for (connection, payment) in at {
        let mut standing = standing(conn, (&connection, &payment)).await?;
        let refunds: Vec<(i64, i64)> =
            sqlx::query_as(REFUNDS).bind(&connection).bind(&payment).fetch_all(&mut *conn).await?;
        for (record, minor) in refunds {
            let Some(part) = standing.take(minor, false) else { continue };
            standing.needed -= minor;
            sqlx::query("UPDATE export_record SET depends_also_on = ?2 WHERE id = ?1")
                .bind(record)
                .bind(part)
                .execute(&mut *conn)
                .await?;
        }
        give_way(conn, &standing, at_ms).await?;
    }
    Ok(())
}

/// Takes what is no longer unused out of parts that are not there, the newest first.
async fn give_way(
    conn: &mut SqliteConnection,
    standing: &Standing,
    at_ms: i64,
) -> Result<(), StoreError> {
    let mut beyond = standing.left(false) - standing.needed;
    for part in standing.parts.iter().rev().filter(|part| !part.is_sent && part.left > 0) {
        if beyond <= 0 {
            break;
        }
        let by = beyond.min(part.left);
        beyond -= by;
        sqlx::query(SHRINK).bind(part.record).bind(by).execute(&mut *conn).await?;
        let gone: Option<Option<i64>> = sqlx::query_scalar(SHRUNK)
            .bind(part.record)
            .bind(at_ms)
            .fetch_optional(&mut *conn)
            .await?;
        let gone: Vec<i64> = gone.flatten().into_iter().collect();
        leave(conn, &gone, at_ms).await?;
    }
    Ok(())
}

/// What was sent of payments that were reversed is taken back there; a part that was not sent has
/// given way.
const UNDO: &str =
    "INSERT INTO export_record (connection_id, kind, document_id, operation, depends_on,
        student_id, label, date, amount_minor, currency, created_at, changed_at)
    SELECT o.connection_id, o.kind, o.document_id, 'undo', o.id, o.student_id, o.label,
        p.counts_until, o.amount_minor, o.currency, ?2, ?2
    FROM json_each(?1) j JOIN payment p ON p.id = j.value AND p.counts_until IS NOT NULL
    JOIN kept_credit h ON h.payment_id = p.id
    JOIN export_record o ON o.document_id = h.id AND o.kind = 'on_account'
        AND o.operation = 'create' AND o.state NOT IN ('cancelled', 'skipped', 'superseded')
    JOIN connection c ON c.id = o.connection_id AND c.closed = 0
    WHERE NOT EXISTS (SELECT 1 FROM export_record u WHERE u.connection_id = o.connection_id
        AND u.kind = o.kind AND u.document_id = o.document_id AND u.operation = 'undo')";

/// After facts about payments: see [`level`], and what is reversed goes back.
pub(in crate::exports) async fn settle(
    conn: &mut SqliteConnection,
    (payments, turned): (&[String], &[String]),
    at_ms: i64,
) -> Result<(), StoreError> {
    level(conn, payments, at_ms).await?;
    if !turned.is_empty() {
        let turned = serde_json::to_string(turned)?;
        sqlx::query(UNDO).bind(turned).bind(at_ms).execute(conn).await?;
    }
    Ok(())
}

/// The payments that allocations and refunds are about.
pub(in crate::exports) async fn payments_of(
    conn: &mut SqliteConnection,
    allocations: &str,
    refunds: &str,
) -> Result<Vec<String>, StoreError> {
    let payments = sqlx::query_scalar(
        "SELECT a.payment_id FROM json_each(?1) j JOIN allocation a ON a.id = j.value
            AND a.payment_id IS NOT NULL
        UNION SELECT q.payment_id FROM json_each(?2) j JOIN refund_part q ON q.refund_id = j.value
            AND q.payment_id IS NOT NULL",
    )
    .bind(allocations)
    .bind(refunds)
    .fetch_all(conn)
    .await?;
    Ok(payments)
}

/// Whether any part of a payment was ever to be told: without one there is nothing to look at.
pub(in crate::exports) async fn is_any(conn: &mut SqliteConnection) -> Result<bool, StoreError> {
    let any: Option<i64> =
        sqlx::query_scalar("SELECT 1 FROM kept_credit LIMIT 1").fetch_optional(conn).await?;
    Ok(any.is_some())
}
