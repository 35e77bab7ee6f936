//! A document by its number, as an accounting system would be told of it.
//!
//! Never sends or queues anything.

use super::state::{ExportKind, ExportState};
use crate::decode;
use crate::error::StoreError;
use crate::view::View;
use finance::ids::{ConnectionId, DepartmentId};
use sqlx::Row;
use uuid::Uuid;

/// An issued document and where it stands with one connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberedDocument {
    /// Invoice or credit note.
    pub kind: ExportKind,
    /// Its identity.
    pub id: Uuid,
    /// Who is asked to pay, or what the customer is called that stands for all students.
    pub customer: String,
    /// The customer stands for all students.
    pub grouped: bool,
    /// The department it is booked on.
    pub department_id: Option<DepartmentId>,
    /// Taken over from before the book began, and so never sent.
    pub is_opening: bool,
    /// The customer's id there, once it was sent.
    pub customer_there: Option<String>,
    /// Where its record stands; nothing where it is not queued.
    pub state: Option<ExportState>,
}

const NUMBERED: &str = concat!(
    "SELECT d.id, d.kind, coalesce(nullif(d.payer_name, ''), d.student_name, '') AS customer, ",
    students!(),
    " AS students, d.department_id, d.opening, ",
    customer!(),
    " = c.id AS grouped,
        (SELECT k.external_id FROM export_record k WHERE k.connection_id = c.id
            AND k.kind = 'customer' AND k.operation = 'create'
            AND k.document_id = ",
    customer!(),
    " AND ",
    serves!("k", "d.foreign_currency"),
    " AND (?3 = 0 OR k.currency IS d.foreign_currency)
            ORDER BY k.currency IS NULL LIMIT 1) AS customer_there,
        (SELECT r.state FROM export_record r WHERE r.connection_id = c.id AND r.kind = d.kind
            AND r.document_id = d.id AND r.operation = 'create') AS state
    FROM document d JOIN connection c ON c.id = ?1
    WHERE d.number = ?2 AND d.kind IN ('invoice', 'credit_note')"
);

impl View {
    /// The issued document with a number, at a connection that keeps customers `by_currency` or does not.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn numbered_document(
        &mut self,
        (connection, by_currency): (ConnectionId, bool),
        number: &str,
    ) -> Result<Option<NumberedDocument>, StoreError> {
        let row = sqlx::query(NUMBERED)
            .bind(connection.to_string())
            .bind(number)
            .bind(by_currency)
            .fetch_optional(self.conn())
            .await?;
        let Some(row) = row else { return Ok(None) };
        let state: Option<&str> = row.try_get("state")?;
        let grouped: bool = row.try_get("grouped")?;
        Ok(Some(NumberedDocument {
            kind: ExportKind::of(row.try_get("kind")?)?,
            id: decode::id(row.try_get("id")?)?,
            customer: row.try_get(if grouped { "students" } else { "customer" })?,
            grouped,
            department_id: decode::optional_id(row.try_get("department_id")?)?,
            is_opening: row.try_get("opening")?,
            customer_there: row.try_get("customer_there")?,
            state: state.map(ExportState::of).transpose()?,
        }))
    }
}
