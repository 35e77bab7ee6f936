//! What a message carries, read when its turn has come.
//!
//! Never says that a message is right because it was right when it was queued.

use crate::fault::Fault;
use crate::mailing::invoices::InvoiceMail;
use crate::office::Office;
use crate::reminders::Sending;
use chrono::{NaiveDate, TimeDelta};
use finance::reminder::{Held, Hold};
use store::{Errand, View};

/// After this many days a reminder that waited says a deadline that is too near.
const FRESH_DAYS: i64 = 3;

/// What a message carries.
pub(super) enum Carried {
    Reminder(Box<Sending>),
    Invoice(Box<InvoiceMail>),
}

impl Carried {
    /// Reads it as it stands now.
    ///
    /// # Errors
    /// [`crate::fault::Code::NotFound`].
    pub async fn read(view: &mut View, office: &Office, errand: Errand) -> Result<Self, Fault> {
        match errand {
            Errand::Reminder(id) => {
                Ok(Self::Reminder(Box::new(Sending::read(view, office, id).await?)))
            }
            Errand::Invoice(id) => {
                Ok(Self::Invoice(Box::new(InvoiceMail::read(view, office, id).await?)))
            }
        }
    }

    /// Whether what the message says is still so. Of a reminder: it is young, nothing of it was
    /// paid or credited since, and nothing is held back. Of an invoice: it was not taken back.
    pub async fn holds_still(&self, view: &mut View, today: NaiveDate) -> Result<bool, Fault> {
        match self {
            Self::Reminder(sending) => reminder_holds(view, sending, today).await,
            Self::Invoice(mail) => Ok(!mail.is_taken_back),
        }
    }
}

async fn reminder_holds(
    view: &mut View,
    sending: &Sending,
    today: NaiveDate,
) -> Result<bool, Fault> {
    let reminder = &sending.row.reminder;
    if sending.row.withdrawn || today - reminder.made_on > TimeDelta::days(FRESH_DAYS) {
        return Ok(false);
    }
    let owed = view.debts_of(reminder.student_id, today).await?;
    let unpaid = reminder.items.iter().all(|item| {
        let key = (item.invoice_id, item.instalment);
        owed.iter().any(|now| now.debt.key() == key && now.debt.open == item.open)
    });
    let holds = view.reminder_holds().await?;
    let about = |hold: &Hold| match hold.held {
        Held::Student(id) => id == reminder.student_id,
        Held::Invoice(id) => reminder.items.iter().any(|item| item.invoice_id == id),
    };
    Ok(unpaid && !holds.iter().any(|hold| hold.holds_on(today) && about(hold)))
}
