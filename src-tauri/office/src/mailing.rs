//! The outbox: e-mails leave it one after the other, each at most once.
//!
//! Never sends a second time what may have been taken: a message is marked as under way before the
//! first byte leaves, and one whose answer was lost waits for a person.

mod message;
mod settings;
mod smtp;

pub(crate) use settings::{account, forget_password};
pub use settings::{check_mail, mail_settings, save_mail_settings};

use crate::fault::Fault;
use crate::office::Office;
use crate::reminders::Sending;
use chrono::{NaiveDate, TimeDelta};
use finance::reminder::{Held, Hold};
use settings::{MailAccount, password};
use smtp::Delivery;
use store::{MailState, OutgoingMail, View};
use tokio::sync::Mutex;

/// Messages sent in one round; the next tick goes on.
const ROUND: usize = 20;
/// After this many days a message that waited says a deadline that is too near.
const FRESH_DAYS: i64 = 3;
const MINUTE_MS: i64 = 60_000;
/// Minutes of rest after so many failures in a row.
const REST_MINUTES: [i64; 4] = [1, 5, 15, 60];

/// When the mail server may be tried again. One round at a time.
#[derive(Default)]
pub(crate) struct Outbox(Mutex<Rest>);

#[derive(Default)]
struct Rest {
    failures: usize,
    until: i64,
    begun: bool,
}

impl Rest {
    fn failed(&mut self, now: i64) {
        self.until = now + pause_ms(self.failures);
        self.failures += 1;
    }

    fn went_well(&mut self) {
        (self.failures, self.until) = (0, 0);
    }
}

fn pause_ms(failures: usize) -> i64 {
    let last = REST_MINUTES.len() - 1;
    REST_MINUTES[failures.min(last)] * MINUTE_MS
}

/// Sends what is due; nothing where a round is under way or the server is to be left alone.
///
/// # Errors
/// What the book or the keychain reports; what the mail server does is no error here.
pub(crate) async fn send_due(office: &Office) -> Result<(), Fault> {
    let Ok(mut rest) = office.outbox.0.try_lock() else { return Ok(()) };
    let now = office.clock.now().timestamp_millis();
    if !rest.begun {
        // Rounds never overlap: what is under way now was so when the program ended.
        let mut tx = office.store.begin().await?;
        let doubted = tx.doubt_mail(now).await?;
        tx.commit().await?;
        rest.begun = true;
        if doubted > 0 {
            office.events.changed(&["reminders"]);
        }
    }
    if now < rest.until {
        return Ok(());
    }
    for _ in 0..ROUND {
        let mut tx = office.store.begin().await?;
        let Some(account) = account(&mut tx).await? else { return Ok(()) };
        let Some(mail) = tx.claim_mail(now).await? else { return Ok(()) };
        tx.commit().await?;
        let reached = send_one(office, &account, mail, now).await?;
        office.events.changed(&["reminders"]);
        if !reached {
            rest.failed(now);
            return Ok(());
        }
        rest.went_well();
    }
    Ok(())
}

/// Sends one message and settles it. Returns whether the server could be used at all.
async fn send_one(
    office: &Office,
    account: &MailAccount,
    mail: OutgoingMail,
    now: i64,
) -> Result<bool, Fault> {
    let mut view = office.store.read().await?;
    let sending = Sending::read(&mut view, office, mail.reminder_id).await?;
    let fresh = holds_still(&mut view, &sending, office.today()).await?;
    drop(view);
    if !fresh {
        settle(office, &mail, (MailState::Stale, ""), (now, 0)).await?;
        return Ok(true);
    }
    let delivery = match password(office).await? {
        // Taken out of the keychain by hand: nothing is sent until it is there again.
        None if !account.username.is_empty() => Delivery::Unreachable("no password".to_owned()),
        password => match message::compose(office, account, sending).await {
            Ok(message) => smtp::deliver(account, password, &message).await,
            Err(fault) => Delivery::Refused(fault.message),
        },
    };
    let mail = OutgoingMail { attempts: mail.attempts + 1, ..mail };
    let later = now + pause_ms(usize::try_from(mail.attempts).unwrap_or_default());
    let (reached, state, said, next) = match delivery {
        Delivery::Taken(said) => (true, MailState::Sent, said, 0),
        Delivery::Refused(said) => (true, MailState::Refused, said, 0),
        Delivery::Lost(said) => (true, MailState::Unknown, said, 0),
        Delivery::NotNow(said) => (true, MailState::Waiting, said, later),
        Delivery::Unreachable(said) => (false, MailState::Waiting, said, 0),
    };
    settle(office, &mail, (state, &said), (now, next)).await?;
    Ok(reached)
}

async fn settle(
    office: &Office,
    mail: &OutgoingMail,
    (state, said): (MailState, &str),
    times: (i64, i64),
) -> Result<(), Fault> {
    let mut tx = office.store.begin().await?;
    tx.settle_mail(mail, state, said, times).await?;
    tx.commit().await?;
    Ok(())
}

/// Whether what the message says is still so: it is young, nothing of it was paid or credited
/// since, and nothing is held back.
async fn holds_still(view: &mut View, sending: &Sending, today: NaiveDate) -> Result<bool, Fault> {
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
