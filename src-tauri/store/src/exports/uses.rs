//! What credit is set against at a company, as far as it is ours and was sent.

use super::shared;
use super::state::ExportKind;
use crate::error::StoreError;
use crate::view::View;
use finance::ids::ConnectionId;

/// A use of credit that a company was told, or told of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UseThere {
    /// Its id there.
    pub external_id: String,
    /// Their id of the invoice.
    pub invoice: String,
    /// How much, in minor units of the invoice's own currency.
    pub minor: i64,
}

const USES: &str = "SELECT t.external_id, i.external_id, coalesce(a.foreign_minor, a.amount_minor)
    FROM export_record o
    JOIN export_record t ON t.depends_also_on = o.id AND t.kind = 'credit_allocation'
        AND t.operation = 'create' AND t.state = 'exported' AND t.exported_at < ?4
    JOIN allocation a ON a.id = t.document_id AND a.ended_on IS NULL
    JOIN export_record i ON i.connection_id = o.connection_id AND i.kind = 'invoice'
        AND i.document_id = a.invoice_id AND i.operation = 'create' AND i.state = 'exported'
    WHERE o.connection_id = ?1 AND o.kind = ?2 AND o.operation = 'create'
        AND (o.external_id = ?3 OR (o.external_id >= ?5 AND o.external_id < ?6))
        AND o.state = 'exported' AND t.external_id IS NOT NULL AND i.external_id IS NOT NULL
    ORDER BY t.id";

impl View {
    /// What credit of theirs is set against here, as far as that was there before a moment (UTC
    /// milliseconds). `holder` is a credit note or money on account, by its id there.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn uses_there(
        &mut self,
        connection: ConnectionId,
        (kind, id): (ExportKind, &str),
        before_ms: i64,
    ) -> Result<Vec<UseThere>, StoreError> {
        let [from, before] = shared::shares(id);
        let rows: Vec<(String, String, i64)> = sqlx::query_as(USES)
            .bind(connection.to_string())
            .bind(kind.word())
            .bind(id)
            .bind(before_ms)
            .bind(from)
            .bind(before)
            .fetch_all(self.conn())
            .await?;
        let used = |(external_id, invoice, minor)| UseThere { external_id, invoice, minor };
        Ok(rows.into_iter().map(used).collect())
    }
}
