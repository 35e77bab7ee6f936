//! Queueing what facts give rise to.
//!
//! Never slows recording down where no system was ever connected.

use super::causes::leave;
use super::queue_book::queue_book;
use super::{journals, kept, regroup, there, undo};
use crate::error::StoreError;
use finance::fact::{Fact, FactBody};
use finance::invoice::Invoice;
use finance::mapping::MappedKind;
use sqlx::SqliteConnection;
use std::collections::BTreeSet;

/// Queues what follows from newly recorded facts, which are applied already: for every open
/// connection the documents from its first day on, the money and credit set against them, and
/// once per connection the customers they need. Money kept as credit is queued when it is set
/// against an invoice, or, where a system is told of it, by [`kept`]. A connection that opens queues what is in the book already. A student who
/// changes is queued again wherever the customer is there already. What is taken back is queued to
/// be undone, see [`undo`]; where journal entries are sent nothing of this is queued, see [`journals`];
/// write-offs and refunds are queued so that a person is told. `connected`: there may be a connection.
///
/// # Errors
/// What the database reports.
pub(crate) async fn enqueue(
    conn: &mut SqliteConnection,
    facts: &[&Fact],
    connected: bool,
) -> Result<(), StoreError> {
    let mut new = New::default();
    let mut opened = Vec::new();
    let mut chosen = BTreeSet::new();
    for fact in facts {
        match &fact.body {
            // Its sale is in the books of the system that issued it.
            FactBody::InvoiceIssued(invoice) if invoice.opening.is_some() => continue,
            FactBody::InvoiceIssued(invoice) => {
                note_accounts(conn, invoice).await?;
                new.documents.push(invoice.id.to_string());
            }
            FactBody::StudentChanged { student_id, .. } => new.changed.push(student_id.to_string()),
            FactBody::PayerSet(payer) => new.changed.push(payer.id.to_string()),
            FactBody::CreditNoteIssued(note) => new.documents.push(note.id.to_string()),
            FactBody::MoneyAllocated(allocation) => new.allocations.push(allocation.id.to_string()),
            FactBody::InvoiceWrittenOff(given_up) => new.allocations.push(given_up.id.to_string()),
            FactBody::RefundPaid(refund) => new.refunds.push(refund.id.to_string()),
            FactBody::AllocationReleased(release) => {
                new.released.push(release.allocation_id.to_string());
            }
            FactBody::PaymentTurned(turn) => new.turned.push(turn.payment_id.to_string()),
            FactBody::ConnectionOpened { connection_id, .. } => opened.push(*connection_id),
            FactBody::BookingChosen { connection_id, .. } => {
                journals::empty_queue(conn, *connection_id).await?;
                opened.push(*connection_id);
            }
            FactBody::MappingSet(mapping) if mapping.kind == MappedKind::Customer => {
                chosen.insert(mapping.connection_id);
            }
            _ => continue,
        }
        new.at_ms = new.at_ms.max(fact.clock.millis);
    }
    // First what a new connection finds in the book: where the company had records of ours before,
    // all of it is looked up, also what was recorded together with the connection.
    for connection in opened {
        queue_book(conn, connection, new.at_ms).await?;
    }
    for connection in chosen {
        regroup::follow_choice(conn, connection, new.at_ms).await?;
    }
    if connected && !new.is_empty() {
        queue_new(conn, &new).await?;
    }
    Ok(())
}

/// Ids of what a transaction added.
#[derive(Default)]
struct New {
    documents: Vec<String>,
    allocations: Vec<String>,
    refunds: Vec<String>,
    released: Vec<String>,
    turned: Vec<String>,
    changed: Vec<String>,
    at_ms: i64,
}

impl New {
    const fn is_empty(&self) -> bool {
        self.documents.is_empty()
            && self.allocations.is_empty()
            && self.refunds.is_empty()
            && self.released.is_empty()
            && self.turned.is_empty()
            && self.changed.is_empty()
    }
}

/// Lines without a service go by their account, which is to be mapped from then on.
async fn note_accounts(conn: &mut SqliteConnection, invoice: &Invoice) -> Result<(), StoreError> {
    let lines = invoice.totals.lines.iter().map(|line| &line.item);
    for item in lines.filter(|item| item.service_id.is_none()) {
        sqlx::query(
            "INSERT INTO line_account (account, last_used) VALUES (?1, ?2)
            ON CONFLICT (account) DO UPDATE SET last_used = max(last_used, excluded.last_used)",
        )
        .bind(&item.income_account)
        .bind(invoice.issue_date.to_string())
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}

const NEW_CUSTOMERS: &str = insert!(
    "SELECT DISTINCT c.id, 'customer', s.id, NULL, NULL, s.id, s.number, NULL, NULL, NULL, 0, ?2, ?2
    FROM json_each(?1) j
    JOIN document d ON d.id = j.value AND d.opening = 0
    JOIN connection c ON c.closed = 0 AND c.booking = 'documents' AND (c.export_from IS NULL OR d.issue_date >= c.export_from)
    JOIN student s ON s.id = ",
    customer!(),
    " WHERE NOT EXISTS (SELECT 1 FROM export_record r WHERE r.connection_id = c.id
        AND r.kind = 'customer' AND r.document_id = s.id AND ",
    serves!("r", "d.foreign_currency"),
    ")"
);

/// One customer for all students, where that is chosen: it goes by the connection's id.
const NEW_GROUPS: &str = insert!(
    "SELECT DISTINCT c.id, 'customer', c.id, NULL, NULL, c.id, ",
    students!(),
    ", NULL, NULL, NULL, 0, ?2, ?2
    FROM json_each(?1) j
    JOIN document d ON d.id = j.value AND d.opening = 0
    JOIN connection c ON c.closed = 0 AND c.booking = 'documents' AND (c.export_from IS NULL OR d.issue_date >= c.export_from)
    WHERE c.id = ",
    customer!(),
    " AND NOT EXISTS (SELECT 1 FROM export_record r WHERE r.connection_id = c.id
        AND r.kind = 'customer' AND r.document_id = c.id AND ",
    serves!("r", "d.foreign_currency"),
    ")"
);

/// Who pays is the customer there; the lines name the student.
const NEW_PAYERS: &str = insert!(
    "SELECT DISTINCT c.id, 'customer', p.id, NULL, NULL, p.id, p.number, NULL, NULL, NULL, 0, ?2, ?2
    FROM json_each(?1) j
    JOIN document d ON d.id = j.value
    JOIN connection c ON c.closed = 0 AND c.booking = 'documents' AND (c.export_from IS NULL OR d.issue_date >= c.export_from)
    JOIN payer p ON p.id = ",
    customer!(),
    " WHERE NOT EXISTS (SELECT 1 FROM export_record r WHERE r.connection_id = c.id
        AND r.kind = 'customer' AND r.document_id = p.id AND ",
    serves!("r", "d.foreign_currency"),
    ")"
);

const NEW_DOCUMENTS: &str = insert!(
    "SELECT c.id, d.kind, d.id, k.id, NULL, d.student_id, d.number, d.issue_date,
        abs(d.gross_minor), d.currency, 0, ?2, ?2
    FROM json_each(?1) j
    JOIN document d ON d.id = j.value AND d.opening = 0
    JOIN connection c ON c.closed = 0 AND (c.export_from IS NULL OR d.issue_date >= c.export_from)
    CROSS JOIN export_record k ON ",
    k_is_its_customer!(),
    " WHERE NOT EXISTS (SELECT 1 FROM export_record r WHERE r.connection_id = c.id
        AND r.kind = d.kind AND r.document_id = d.id)"
);

const NEW_ALLOCATIONS: &str = insert!(
    "SELECT c.id,
        CASE WHEN a.write_off IS NOT NULL THEN 'write_off'
            WHEN a.payment_id IS NULL THEN 'credit_allocation' ELSE 'payment' END,
        a.id, i.id, n.id, a.student_id, i.label, a.effective_on, a.amount_minor, i.currency,
        0, ?2, ?2
    FROM json_each(?1) j
    JOIN allocation a ON a.id = j.value
    JOIN connection c ON c.closed = 0
    JOIN export_record i ON i.connection_id = c.id AND i.kind = 'invoice'
        AND i.document_id = a.invoice_id
    LEFT JOIN export_record n ON n.connection_id = c.id AND n.kind = 'credit_note'
        AND n.document_id = a.credit_note_id
    WHERE (a.credit_note_id IS NULL OR n.id IS NOT NULL) AND a.ended_on IS NULL
        AND NOT EXISTS (SELECT 1 FROM export_record r WHERE r.connection_id = c.id
            AND r.kind IN ('payment', 'credit_allocation', 'write_off')
            AND r.document_id = a.id)"
);

/// A refund concerns a system that knows the student. One out of a single credit note names it.
const NEW_REFUNDS: &str = insert!(
    "SELECT c.id, 'refund', f.id, k.id,
        (SELECT n.id FROM refund_part p JOIN export_record n ON n.connection_id = c.id
            AND n.kind = 'credit_note' AND n.document_id = p.credit_note_id
            WHERE p.refund_id = f.id AND p.amount_minor = f.source_minor), f.student_id, k.label, f.paid_on, f.amount_minor,
        f.currency, 0, ?2, ?2
    FROM json_each(?1) j
    JOIN refund f ON f.id = j.value
    JOIN connection c ON c.closed = 0 AND (c.export_from IS NULL OR f.paid_on >= c.export_from)
    CROSS JOIN export_record k ON ",
    k_knows_the_student!(),
    " WHERE NOT EXISTS (SELECT 1 FROM export_record r WHERE r.connection_id = c.id
        AND r.kind = 'refund' AND r.document_id = f.id)"
);

/// Changes that were queued and never sent: the newer one tells all of it. The office's state
/// machine allows it in these states only.
const OLDER_CHANGES: &str = "UPDATE export_record SET state = 'superseded', changed_at = ?2
    WHERE kind = 'customer' AND operation <> 'create'
        AND state IN ('pending', 'retry_wait', 'needs_review', 'blocked')
        AND document_id IN (SELECT value FROM json_each(?1))
        AND connection_id IN (SELECT id FROM connection WHERE closed = 0)
    RETURNING id";

// A customer that was not sent yet goes as it stands when it is sent; whoever is several customers
// there, one for each currency, is changed in all of them. One whose change is under
// way waits for the end of it, so that the older does not arrive last.
const NEW_CHANGES: &str = "INSERT INTO export_record (connection_id, kind, document_id, operation,
        depends_on, depends_also_on, student_id, label, currency, created_at, changed_at)
    SELECT k.connection_id, 'customer', k.document_id,
        'update-' || (SELECT count(*) FROM export_record o WHERE o.kind = 'customer'
            AND o.connection_id = k.connection_id AND o.document_id = k.document_id),
        k.id,
        (SELECT max(o.id) FROM export_record o WHERE o.kind = 'customer'
            AND o.connection_id = k.connection_id AND o.document_id = k.document_id
            AND o.currency IS k.currency
            AND o.operation <> 'create' AND o.state IN ('in_flight', 'unknown')),
        k.student_id, k.label, k.currency, ?2, ?2
    FROM (SELECT DISTINCT value FROM json_each(?1)) j
    JOIN export_record k ON k.kind = 'customer' AND k.document_id = j.value
        AND k.operation = 'create'
        AND (k.state IN ('in_flight', 'unknown', 'exported')
            OR (k.state = 'settled_manually' AND k.external_id IS NOT NULL))
    JOIN connection c ON c.id = k.connection_id AND c.closed = 0";

async fn queue_changes(conn: &mut SqliteConnection, new: &New) -> Result<(), StoreError> {
    let students = serde_json::to_string(&new.changed)?;
    let older: Vec<i64> = sqlx::query_scalar(OLDER_CHANGES)
        .bind(&students)
        .bind(new.at_ms)
        .fetch_all(&mut *conn)
        .await?;
    leave(conn, &older, new.at_ms).await?;
    sqlx::query(NEW_CHANGES).bind(students).bind(new.at_ms).execute(conn).await?;
    Ok(())
}

async fn queue_new(conn: &mut SqliteConnection, new: &New) -> Result<(), StoreError> {
    let statements = [
        (NEW_CUSTOMERS, &new.documents),
        (NEW_PAYERS, &new.documents),
        (NEW_GROUPS, &new.documents),
        (NEW_DOCUMENTS, &new.documents),
        (NEW_ALLOCATIONS, &new.allocations),
        (NEW_REFUNDS, &new.refunds),
    ];
    for (sql, ids) in statements {
        if !ids.is_empty() {
            sqlx::query(sql)
                .bind(serde_json::to_string(ids)?)
                .bind(new.at_ms)
                .execute(&mut *conn)
                .await?;
        }
    }
    if !new.changed.is_empty() {
        queue_changes(conn, new).await?;
    }
    let allocations = serde_json::to_string(&new.allocations)?;
    if !new.allocations.is_empty() {
        there::note_new(conn, &allocations, new.at_ms).await?;
    }
    undo::queue(conn, &new.released, &new.turned, new.at_ms).await?;
    if !kept::is_any(conn).await? {
        return Ok(());
    }
    kept::allocate(conn, &allocations).await?;
    let refunds = serde_json::to_string(&new.refunds)?;
    let mut payments = kept::payments_of(conn, &allocations, &refunds).await?;
    payments.extend_from_slice(&new.turned);
    kept::settle(conn, (&payments, &new.turned), new.at_ms).await
}
