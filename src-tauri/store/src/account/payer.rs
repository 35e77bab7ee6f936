//! The rows that make what a payer is asked for.
//!
//! Never money that is not set against one of its invoices: until then that is the student's. Hence
//! the sum is the payer's row of the ageing.

use super::{AccountEntry, StoredEntry};
use crate::error::StoreError;
use crate::view::View;
use finance::ids::PayerId;

/// What a credit note brings to an invoice of the same payer changes nothing between them.
const ROWS: &str = "
    WITH own (id) AS (SELECT id FROM document WHERE payer_id = ?1),
    settled AS (
        SELECT a.payment_id, a.credit_note_id, a.write_off, a.amount_minor, a.effective_on,
            a.ended_on, a.row, d.id AS invoice_id, d.number, d.student_name, d.currency,
            a.foreign_minor, d.foreign_currency
        FROM own JOIN allocation a ON a.invoice_id = own.id JOIN document d ON d.id = own.id
        WHERE a.credit_note_id IS NULL OR a.credit_note_id NOT IN (SELECT id FROM own)
    ),
    lent AS (
        SELECT a.amount_minor, a.effective_on, a.ended_on, a.row, c.id, c.number, c.student_name,
            c.currency, a.foreign_minor, c.foreign_currency
        FROM own JOIN allocation a ON a.credit_note_id = own.id JOIN document c ON c.id = own.id
        WHERE a.invoice_id NOT IN (SELECT id FROM own)
    )
    SELECT kind, id, number AS label, '' AS reference, student_name AS student, issue_date AS date,
        due_date, gross_minor AS amount, abs(open_minor) AS rest, currency,
        foreign_gross_minor AS foreign_minor, foreign_currency,
        kind = 'credit_note' AS place, row
    FROM document WHERE payer_id = ?1 AND kind <> 'draft'
    UNION ALL
    SELECT 'payment', p.id, p.method, p.reference, s.student_name, s.effective_on, NULL,
        -sum(s.amount_minor), 0, p.currency, -sum(s.foreign_minor), s.foreign_currency, 2, min(s.row)
    FROM settled s JOIN payment p ON p.id = s.payment_id GROUP BY p.id, s.effective_on
    UNION ALL
    SELECT 'credit_note', c.id, c.number, '', s.student_name, s.effective_on, NULL,
        -s.amount_minor, 0, s.currency, -s.foreign_minor, s.foreign_currency, 3, s.row
    FROM settled s JOIN document c ON c.id = s.credit_note_id
    UNION ALL
    SELECT 'write_off', invoice_id, number, write_off, student_name, effective_on, NULL,
        -amount_minor, 0, currency, -foreign_minor, foreign_currency, 4, row
    FROM settled WHERE write_off IS NOT NULL
    UNION ALL
    SELECT 'refund', r.id, r.method, r.reference, c.student_name, p.paid_on, NULL,
        p.amount_minor, 0, r.currency, NULL, NULL, 5, p.place
    FROM own JOIN refund_part p ON p.credit_note_id = own.id JOIN refund r ON r.id = p.refund_id
    JOIN document c ON c.id = own.id
    UNION ALL
    SELECT 'credit_note', id, number, '', student_name, effective_on, NULL, amount_minor, 0,
        currency, foreign_minor, foreign_currency, 6, row
    FROM lent
    UNION ALL
    SELECT iif(write_off IS NULL, 'released', 'write_off_released'), invoice_id, number, '',
        student_name, max(effective_on, ended_on), NULL, amount_minor, 0, currency,
        foreign_minor, foreign_currency, 7, row
    FROM settled WHERE ended_on IS NOT NULL
    UNION ALL
    SELECT 'credit_note', id, number, '', student_name, max(effective_on, ended_on), NULL,
        -amount_minor, 0, currency, -foreign_minor, foreign_currency, 8, row
    FROM lent WHERE ended_on IS NOT NULL
    ORDER BY date, place, row";

impl View {
    /// All that changed what a payer is asked for, oldest first.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn payer_account(&mut self, payer: PayerId) -> Result<Vec<AccountEntry>, StoreError> {
        let rows: Vec<StoredEntry> =
            sqlx::query_as(ROWS).bind(payer.to_string()).fetch_all(self.conn()).await?;
        rows.into_iter().map(StoredEntry::entry).collect()
    }
}
