//! Queueing what a connection finds in the book.
//!
//! Never queues what the connection has already.

use super::{kept, there};
use crate::error::StoreError;
use finance::ids::ConnectionId;
use sqlx::SqliteConnection;

// A company that was connected before has records of ours already: everything is looked up first.
const BOOK_CUSTOMERS: &str = insert!(
    "SELECT c.id, 'customer', s.id, NULL, NULL, s.id, s.number, NULL, NULL, NULL,
        EXISTS (SELECT 1 FROM connection o WHERE o.id <> c.id AND o.provider = c.provider
            AND o.remote_company_id = c.remote_company_id), ?2, ?2
    FROM connection c JOIN student s
    WHERE c.id = ?1 AND c.closed = 0 AND c.booking = 'documents'
        AND EXISTS (SELECT 1 FROM document d WHERE d.student_id = s.id AND d.kind <> 'draft'
            AND d.opening = 0 AND (c.export_from IS NULL OR d.issue_date >= c.export_from)
            AND s.id = ",
    customer!(),
    " AND NOT EXISTS (SELECT 1 FROM export_record r WHERE r.connection_id = c.id
            AND r.kind = 'customer' AND r.document_id = s.id AND ",
    serves!("r", "d.foreign_currency"),
    "))
    ORDER BY s.row"
);

const BOOK_PAYERS: &str = insert!(
    "SELECT c.id, 'customer', p.id, NULL, NULL, p.id, p.number, NULL, NULL, NULL,
        EXISTS (SELECT 1 FROM connection o WHERE o.id <> c.id AND o.provider = c.provider
            AND o.remote_company_id = c.remote_company_id), ?2, ?2
    FROM connection c JOIN payer p
    WHERE c.id = ?1 AND c.closed = 0 AND c.booking = 'documents'
        AND EXISTS (SELECT 1 FROM document d WHERE d.payer_id = p.id AND d.kind <> 'draft'
            AND (c.export_from IS NULL OR d.issue_date >= c.export_from)
            AND p.id = ",
    customer!(),
    " AND NOT EXISTS (SELECT 1 FROM export_record r WHERE r.connection_id = c.id
            AND r.kind = 'customer' AND r.document_id = p.id AND ",
    serves!("r", "d.foreign_currency"),
    "))
    ORDER BY p.row"
);

const BOOK_GROUPS: &str = insert!(
    "SELECT c.id, 'customer', c.id, NULL, NULL, c.id, ",
    students!(),
    ", NULL, NULL, NULL,
        EXISTS (SELECT 1 FROM connection o WHERE o.id <> c.id AND o.provider = c.provider
            AND o.remote_company_id = c.remote_company_id), ?2, ?2
    FROM connection c
    WHERE c.id = ?1 AND c.closed = 0 AND c.booking = 'documents'
        AND EXISTS (SELECT 1 FROM document d WHERE d.kind <> 'draft' AND d.opening = 0
            AND (c.export_from IS NULL OR d.issue_date >= c.export_from)
            AND c.id = ",
    customer!(),
    " AND NOT EXISTS (SELECT 1 FROM export_record r WHERE r.connection_id = c.id
            AND r.kind = 'customer' AND r.document_id = c.id AND ",
    serves!("r", "d.foreign_currency"),
    "))"
);

const BOOK_DOCUMENTS: &str = insert!(
    "SELECT c.id, d.kind, d.id, k.id, NULL, d.student_id, d.number, d.issue_date,
        abs(d.gross_minor), d.currency, k.look_first, ?2, ?2
    FROM connection c JOIN document d ON d.kind <> 'draft' AND d.opening = 0
        AND (c.export_from IS NULL OR d.issue_date >= c.export_from)
    CROSS JOIN export_record k ON ",
    k_is_its_customer!(),
    " WHERE c.id = ?1 AND c.closed = 0
        AND NOT EXISTS (SELECT 1 FROM export_record r WHERE r.connection_id = c.id
            AND r.kind = d.kind AND r.document_id = d.id)
    ORDER BY d.row"
);

const BOOK_ALLOCATIONS: &str = insert!(
    "SELECT i.connection_id,
        CASE WHEN a.write_off IS NOT NULL THEN 'write_off'
            WHEN a.payment_id IS NULL THEN 'credit_allocation' ELSE 'payment' END,
        a.id, i.id, n.id, a.student_id, i.label, a.effective_on, a.amount_minor, i.currency,
        i.look_first, ?2, ?2
    FROM allocation a
    JOIN export_record i ON i.connection_id = ?1 AND i.kind = 'invoice'
        AND i.document_id = a.invoice_id
    LEFT JOIN export_record n ON n.connection_id = i.connection_id AND n.kind = 'credit_note'
        AND n.document_id = a.credit_note_id
    WHERE (a.credit_note_id IS NULL OR n.id IS NOT NULL) AND a.ended_on IS NULL
        AND NOT EXISTS (SELECT 1 FROM export_record r WHERE r.connection_id = ?1
            AND r.kind IN ('payment', 'credit_allocation', 'write_off')
            AND r.document_id = a.id)
    ORDER BY a.row"
);

const BOOK_REFUNDS: &str = insert!(
    "SELECT c.id, 'refund', f.id, k.id,
        (SELECT n.id FROM refund_part p JOIN export_record n ON n.connection_id = c.id
            AND n.kind = 'credit_note' AND n.document_id = p.credit_note_id
            WHERE p.refund_id = f.id AND p.amount_minor = f.source_minor), f.student_id, k.label, f.paid_on, f.amount_minor,
        f.currency, k.look_first, ?2, ?2
    FROM connection c
    JOIN refund f ON c.export_from IS NULL OR f.paid_on >= c.export_from
    CROSS JOIN export_record k ON ",
    k_knows_the_student!(),
    " WHERE c.id = ?1 AND c.closed = 0
        AND NOT EXISTS (SELECT 1 FROM export_record r WHERE r.connection_id = c.id
            AND r.kind = 'refund' AND r.document_id = f.id)
    ORDER BY f.row"
);

/// Queues all of the book that a connection is told and does not have yet.
///
/// # Errors
/// What the database reports.
pub(super) async fn queue_book(
    conn: &mut SqliteConnection,
    connection: ConnectionId,
    at_ms: i64,
) -> Result<(), StoreError> {
    queue_customers(conn, connection, at_ms).await?;
    for sql in [BOOK_DOCUMENTS, BOOK_ALLOCATIONS] {
        sqlx::query(sql).bind(connection.to_string()).bind(at_ms).execute(&mut *conn).await?;
    }
    kept::queue_book(conn, connection, at_ms).await?;
    kept::allocate_book(conn, connection).await?;
    sqlx::query(BOOK_REFUNDS).bind(connection.to_string()).bind(at_ms).execute(&mut *conn).await?;
    there::note_book(conn, connection, at_ms).await
}

/// Queues the customers that documents of the book need and a connection does not have yet.
///
/// # Errors
/// What the database reports.
pub(super) async fn queue_customers(
    conn: &mut SqliteConnection,
    connection: ConnectionId,
    at_ms: i64,
) -> Result<(), StoreError> {
    for sql in [BOOK_CUSTOMERS, BOOK_PAYERS, BOOK_GROUPS] {
        sqlx::query(sql).bind(connection.to_string()).bind(at_ms).execute(&mut *conn).await?;
    }
    Ok(())
}
