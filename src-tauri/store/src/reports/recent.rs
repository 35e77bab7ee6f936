//! What was done last with money.

use crate::decode;
use crate::error::StoreError;
use crate::view::View;
use finance::Money;
use finance::ids::StudentId;
use uuid::Uuid;

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecentKind {
    /// An invoice was issued.
    Invoice,
    /// A credit note was issued.
    CreditNote,
    /// Money was received.
    Payment,
    /// Money was paid back.
    Refund,
}

/// One act, with where it leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecentRow {
    /// What was done.
    pub kind: RecentKind,
    /// The document, payment or refund.
    pub id: Uuid,
    /// When, in milliseconds since 1970.
    pub at_millis: i64,
    /// Who, as in the log.
    pub actor: String,
    /// Number of a document; code of the method of money.
    pub label: String,
    /// The student it is about.
    pub student_id: StudentId,
    /// The student's present name.
    pub student: String,
    /// How much, above nothing.
    pub amount: Money,
}

/// The newest of each table, then the newest of all. A draft is a row of its own, and what is
/// issued from it a new one, so rows come in the order in which this book learned of them.
const RECENT: &str = "
    SELECT t.kind, t.id, f.clock, f.actor, t.label, t.student_id, t.student, t.currency, t.amount
    FROM (
        SELECT * FROM (SELECT kind, id, fact, number AS label, student_id, student_name AS student,
            currency, abs(gross_minor) AS amount
            FROM document WHERE kind <> 'draft' ORDER BY row DESC LIMIT ?1)
        UNION ALL
        SELECT * FROM (SELECT 'payment', id, fact, method, student_id, student_name, currency,
            amount_minor FROM payment ORDER BY row DESC LIMIT ?1)
        UNION ALL
        SELECT * FROM (SELECT 'refund', id, fact, method, student_id,
            coalesce((SELECT name FROM student s WHERE s.id = r.student_id), ''), currency,
            amount_minor FROM refund r ORDER BY row DESC LIMIT ?1)) t
    JOIN fact f ON f.place = t.fact ORDER BY f.place DESC LIMIT ?1";

#[derive(sqlx::FromRow)]
struct Stored {
    kind: String,
    id: String,
    clock: String,
    actor: String,
    label: String,
    student_id: String,
    student: String,
    currency: String,
    amount: i64,
}

impl View {
    /// What was done last with money, newest first.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn recent(&mut self, most: u32) -> Result<Vec<RecentRow>, StoreError> {
        let rows: Vec<Stored> = sqlx::query_as(RECENT).bind(most).fetch_all(self.conn()).await?;
        rows.into_iter()
            .map(|row| {
                Ok(RecentRow {
                    kind: match row.kind.as_str() {
                        "invoice" => RecentKind::Invoice,
                        "credit_note" => RecentKind::CreditNote,
                        "payment" => RecentKind::Payment,
                        _ => RecentKind::Refund,
                    },
                    id: decode::id(&row.id)?,
                    at_millis: decode::clock(&row.clock)?.millis,
                    actor: row.actor,
                    label: row.label,
                    student_id: decode::id(&row.student_id)?,
                    student: row.student,
                    amount: decode::money(row.amount, &row.currency)?,
                })
            })
            .collect()
    }
}
