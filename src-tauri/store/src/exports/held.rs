//! Money that a company told of and that holds credit there: it is known as a part of ours that is
//! there already, so that what is used of it here is told, and paid back out of it.
//!
//! Never queues anything: what is there is not sent.

use crate::error::StoreError;
use crate::tx::Tx;
use finance::ids::PaymentId;
use uuid::Uuid;

/// Credit of a customer there.
#[derive(Clone, Copy, Debug)]
pub struct HeldThere<'a> {
    /// The payment, which is recorded here.
    pub payment: PaymentId,
    /// What it is known by here.
    pub part: Uuid,
    /// The customer whose it is, and its record at the company's connection.
    pub customer: (Uuid, i64),
    /// All of it, used or not, in minor units of its own currency.
    pub minor: i64,
    /// Its id there.
    pub external_id: &'a str,
}

const PART: &str = "INSERT INTO kept_credit (id, payment_id, customer_id, amount_minor)
    VALUES (?1, ?2, ?3, ?4) ON CONFLICT (id) DO NOTHING";

const RECORD: &str = "INSERT INTO export_record (connection_id, kind, document_id, depends_on,
        student_id, label, date, amount_minor, currency, state, external_id, external_number,
        created_at, changed_at, exported_at)
    SELECT k.connection_id, 'on_account', h.id, k.id, p.student_id, k.label,
        coalesce(p.counts_from, p.received_on), h.amount_minor,
        coalesce(p.foreign_currency, p.currency), 'exported', ?3, '', ?4, ?4, ?4
    FROM kept_credit h JOIN payment p ON p.id = h.payment_id JOIN export_record k ON k.id = ?1
    WHERE h.id = ?2 ON CONFLICT DO NOTHING";

impl Tx {
    /// Notes that a company holds credit; once, however often it is noted.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn note_held_there(
        &mut self,
        held: HeldThere<'_>,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        let part = held.part.to_string();
        sqlx::query(PART)
            .bind(&part)
            .bind(held.payment.to_string())
            .bind(held.customer.0.to_string())
            .bind(held.minor)
            .execute(self.view.conn())
            .await?;
        sqlx::query(RECORD)
            .bind(held.customer.1)
            .bind(&part)
            .bind(held.external_id)
            .bind(now_ms)
            .execute(self.view.conn())
            .await?;
        Ok(())
    }
}
