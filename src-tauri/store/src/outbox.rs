//! Messages of this desk: waiting, under way, sent, or for a person to settle.
//!
//! Never follows from facts: whether a message arrived is known to this desk alone. Never holds an
//! address or a text: both are read when a message leaves.

use crate::decode;
use crate::error::StoreError;
use crate::reminders::{channel_name, named};
use crate::tx::Tx;
use crate::view::View;
use finance::ids::{InvoiceId, ReminderId};
use finance::reminder::Channel;

/// How a message stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailState {
    /// It waits for its time or for a connection.
    Waiting,
    /// It is under way.
    Sending,
    /// The mail server or the gateway took it.
    Sent,
    /// It was refused.
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

/// What a message carries; each is in the outbox at most once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Errand {
    /// A reminder.
    Reminder(ReminderId),
    /// An invoice.
    Invoice(InvoiceId),
}

impl Errand {
    /// The ids as the two columns hold them.
    fn columns(self) -> (Option<String>, Option<String>) {
        match self {
            Self::Reminder(id) => (Some(id.to_string()), None),
            Self::Invoice(id) => (None, Some(id.to_string())),
        }
    }

    fn read(reminder: Option<&str>, invoice: Option<&str>) -> Result<Self, StoreError> {
        match (reminder, invoice) {
            (Some(id), _) => Ok(Self::Reminder(decode::id(id)?)),
            (None, Some(id)) => Ok(Self::Invoice(decode::id(id)?)),
            (None, None) => Err(StoreError::Damaged("a message that carries nothing".into())),
        }
    }
}

/// A message as it lies in the outbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutgoingMail {
    /// What it carries.
    pub errand: Errand,
    /// How it stands.
    pub state: MailState,
    /// How often it was tried before.
    pub attempts: u32,
    /// How often a person asked for it anew after a refusal.
    pub anew: u32,
    /// What was said of it last.
    pub said: String,
}

#[derive(sqlx::FromRow)]
struct StoredMail {
    reminder_id: Option<String>,
    invoice_id: Option<String>,
    state: String,
    attempts: i64,
    anew: i64,
    said: String,
}

impl StoredMail {
    fn mail(self) -> Result<OutgoingMail, StoreError> {
        Ok(OutgoingMail {
            errand: Errand::read(self.reminder_id.as_deref(), self.invoice_id.as_deref())?,
            state: MailState::from_name(&self.state)?,
            attempts: decode::count(self.attempts),
            anew: decode::count(self.anew),
            said: self.said,
        })
    }
}

impl View {
    /// The message that carries something, where there is one.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn find_mail(&mut self, errand: Errand) -> Result<Option<OutgoingMail>, StoreError> {
        let (reminder, invoice) = errand.columns();
        let found: Option<StoredMail> = sqlx::query_as(
            "SELECT reminder_id, invoice_id, state, attempts, anew, said FROM outbox
             WHERE reminder_id = ? OR invoice_id = ?",
        )
        .bind(reminder)
        .bind(invoice)
        .fetch_optional(self.conn())
        .await?;
        found.map(StoredMail::mail).transpose()
    }
}

impl Tx {
    /// Puts a message into the outbox; one that is there stays as it is.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn queue_mail(
        &mut self,
        errand: Errand,
        channel: Channel,
        now: i64,
    ) -> Result<(), StoreError> {
        let (reminder, invoice) = errand.columns();
        sqlx::query(
            "INSERT INTO outbox (reminder_id, invoice_id, channel, state, changed_at)
             VALUES (?, ?, ?, 'waiting', ?) ON CONFLICT DO NOTHING",
        )
        .bind(reminder)
        .bind(invoice)
        .bind(channel_name(channel))
        .bind(now)
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Takes the next message of a channel that is due out of the outbox; from now on it is under
    /// way.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn claim_mail(
        &mut self,
        channel: Channel,
        now: i64,
    ) -> Result<Option<OutgoingMail>, StoreError> {
        let claimed: Option<StoredMail> = sqlx::query_as(
            "UPDATE outbox SET state = 'sending', changed_at = ?1 WHERE row = (
                SELECT o.row FROM outbox o LEFT JOIN reminder r ON r.id = o.reminder_id
                WHERE o.state = 'waiting' AND o.channel = ?2 AND o.next_attempt_at <= ?1
                    AND coalesce(r.withdrawn, 0) = 0
                ORDER BY o.next_attempt_at, o.row LIMIT 1)
             RETURNING reminder_id, invoice_id, state, attempts, anew, said",
        )
        .bind(now)
        .bind(channel_name(channel))
        .fetch_optional(self.conn())
        .await?;
        claimed.map(StoredMail::mail).transpose()
    }

    /// Says what became of a message; one that waits again is tried from `next_attempt_at` on.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn settle_mail(
        &mut self,
        mail: &OutgoingMail,
        (now, next_attempt_at): (i64, i64),
    ) -> Result<(), StoreError> {
        let (reminder, invoice) = mail.errand.columns();
        sqlx::query(
            "UPDATE outbox SET state = ?, said = ?, attempts = ?, anew = ?, next_attempt_at = ?,
                changed_at = ? WHERE reminder_id = ? OR invoice_id = ?",
        )
        .bind(mail.state.name())
        .bind(&mail.said)
        .bind(mail.attempts)
        .bind(mail.anew)
        .bind(next_attempt_at)
        .bind(now)
        .bind(reminder)
        .bind(invoice)
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// What was under way on a channel when the program ended: its answer is lost. It waits again
    /// where that is safe, else it is in doubt. Returns how many.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn doubt_mail(
        &mut self,
        channel: Channel,
        is_safe: bool,
        now: i64,
    ) -> Result<u64, StoreError> {
        let doubted = sqlx::query(
            "UPDATE outbox SET state = ?, changed_at = ? WHERE state = 'sending' AND channel = ?",
        )
        .bind(if is_safe { MailState::Waiting.name() } else { MailState::Unknown.name() })
        .bind(now)
        .bind(channel_name(channel))
        .execute(self.conn())
        .await?;
        Ok(doubted.rows_affected())
    }
}
