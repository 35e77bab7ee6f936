//! E-mails of this desk: waiting, under way, sent, or for a person to settle.
//!
//! Never follows from facts: whether a message arrived is known to this desk alone.

use crate::decode;
use crate::error::StoreError;
use crate::reminders::named;
use crate::tx::Tx;
use finance::ids::ReminderId;

/// How an e-mail stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailState {
    /// It waits for its time or for a connection.
    Waiting,
    /// It is under way.
    Sending,
    /// The mail server took it.
    Sent,
    /// The mail server refused it.
    Refused,
    /// The answer was lost: it may have been taken.
    Unknown,
    /// It waited so long that what it says no longer holds.
    Stale,
}

const STATES: &[(&str, MailState)] = &[
    ("waiting", MailState::Waiting),
    ("sending", MailState::Sending),
    ("sent", MailState::Sent),
    ("refused", MailState::Refused),
    ("unknown", MailState::Unknown),
    ("stale", MailState::Stale),
];

impl MailState {
    /// Its name, as stored and told.
    pub fn name(self) -> &'static str {
        STATES.iter().find(|(_, state)| *state == self).map_or("", |(name, _)| name)
    }

    pub(crate) fn from_name(name: &str) -> Result<Self, StoreError> {
        named(name, STATES)
    }
}

/// An e-mail that was taken out of the outbox to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutgoingMail {
    /// The reminder it carries.
    pub reminder_id: ReminderId,
    /// How often it was tried before.
    pub attempts: u32,
}

impl Tx {
    /// Puts the e-mail of a reminder into the outbox; one that is there stays as it is.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn queue_mail(&mut self, id: ReminderId, now: i64) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO outbox (reminder_id, state, changed_at) VALUES (?, 'waiting', ?)
             ON CONFLICT (reminder_id) DO NOTHING",
        )
        .bind(id.to_string())
        .bind(now)
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Takes the next e-mail that is due out of the outbox; from now on it is under way.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn claim_mail(&mut self, now: i64) -> Result<Option<OutgoingMail>, StoreError> {
        let claimed: Option<(String, i64)> = sqlx::query_as(
            "UPDATE outbox SET state = 'sending', changed_at = ?1 WHERE reminder_id = (
                SELECT o.reminder_id FROM outbox o JOIN reminder r ON r.id = o.reminder_id
                WHERE o.state = 'waiting' AND o.next_attempt_at <= ?1 AND r.withdrawn = 0
                ORDER BY o.next_attempt_at, r.row LIMIT 1)
             RETURNING reminder_id, attempts",
        )
        .bind(now)
        .fetch_optional(self.conn())
        .await?;
        claimed
            .map(|(id, attempts)| {
                Ok(OutgoingMail {
                    reminder_id: decode::id(&id)?,
                    attempts: decode::count(attempts),
                })
            })
            .transpose()
    }

    /// Says what became of an e-mail; one that waits again is tried from `next_attempt_at` on.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn settle_mail(
        &mut self,
        mail: &OutgoingMail,
        state: MailState,
        said: &str,
        (now, next_attempt_at): (i64, i64),
    ) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE outbox SET state = ?, said = ?, attempts = ?, next_attempt_at = ?,
                changed_at = ? WHERE reminder_id = ?",
        )
        .bind(state.name())
        .bind(said)
        .bind(mail.attempts)
        .bind(next_attempt_at)
        .bind(now)
        .bind(mail.reminder_id.to_string())
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// What was under way when the program ended: its answer is lost. Returns how many.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn doubt_mail(&mut self, now: i64) -> Result<u64, StoreError> {
        let doubted = sqlx::query(
            "UPDATE outbox SET state = 'unknown', changed_at = ? WHERE state = 'sending'",
        )
        .bind(now)
        .execute(self.conn())
        .await?;
        Ok(doubted.rows_affected())
    }
}
