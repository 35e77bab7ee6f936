//! Money of theirs that is several students' here: one record there, and a payment of each student
//! that knows it as its share.
//!
//! Never a name that goes out: what is asked or told there is named by the whole.

use crate::error::StoreError;
use crate::tx::Tx;
use finance::ids::{ConnectionId, PaymentId, StudentId};

/// Between the id of the whole and whose share it is. No system has it in its ids.
const MARK: char = '#';

/// What a student's share of a record of theirs is known as.
pub fn share(whole: &str, student: StudentId) -> String {
    format!("{whole}{MARK}{student}")
}

/// The record there of which this may be a share.
pub fn whole(known_as: &str) -> &str {
    known_as.split_once(MARK).map_or(known_as, |(whole, _)| whole)
}

/// Whether it is the share of one student only.
pub fn is_share(known_as: &str) -> bool {
    known_as.contains(MARK)
}

/// Between which names all shares of a whole are: from the first, before the second.
pub(crate) fn shares(whole: &str) -> [String; 2] {
    [format!("{whole}{MARK}"), format!("{whole}$")]
}

/// What was to be taken back there: parts of payments and what they are set against.
const GONE: &str = "UPDATE export_record SET state = 'settled_manually', external_reference = ?3,
        changed_at = ?4
    WHERE connection_id = ?1 AND operation = 'undo'
        AND state IN ('pending', 'retry_wait', 'needs_review', 'blocked')
        AND document_id IN (SELECT h.id FROM kept_credit h
                JOIN json_each(?2) j ON j.value = h.payment_id
            UNION SELECT a.id FROM allocation a JOIN json_each(?2) j ON j.value = a.payment_id)
    RETURNING id";

impl Tx {
    /// Notes that what was received is no longer there: nobody is asked to take it back.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn note_gone_there(
        &mut self,
        connection: ConnectionId,
        payments: &[PaymentId],
        (external_id, now_ms): (&str, i64),
    ) -> Result<(), StoreError> {
        let ids: Vec<String> = payments.iter().map(ToString::to_string).collect();
        let noted: Vec<i64> = sqlx::query_scalar(GONE)
            .bind(connection.to_string())
            .bind(serde_json::to_string(&ids)?)
            .bind(external_id)
            .bind(now_ms)
            .fetch_all(self.view.conn())
            .await?;
        super::causes::leave(self.view.conn(), &noted, now_ms).await
    }
}
