//! The outbox: messages leave it one after the other, each at most once. E-mails leave by the
//! school's mail server, text messages by the HTTP gateway it uses, whose contract stands in
//! [`providers::sms`]; each way rests by itself when its server is away.
//!
//! Never sends a second time what may have been taken: a message is marked as under way before the
//! first byte leaves, and one whose answer was lost waits for a person. Only a gateway that sends a
//! message of one key once, however often it is asked, is asked again.

mod carried;
mod gateway;
mod invoices;
mod message;
mod settings;
mod smtp;
mod texting;

pub(crate) use gateway::{forget_secret, gateway};
pub use gateway::{save_sms_settings, sms_settings, try_sms};
pub(crate) use invoices::sums_of_run;
pub use invoices::{email_run, settle_invoice_mail};
pub(crate) use settings::{account, forget_password};
pub use settings::{check_mail, mail_settings, save_mail_settings};
pub(crate) use texting::look;

use crate::fault::Fault;
use crate::office::Office;
use carried::Carried;
use finance::reminder::Channel;
use providers::sms::Gateway;
use settings::MailAccount;
use std::time::Duration;
use store::{MailState, OutgoingMail, View};
use tokio::sync::Mutex;

/// Messages sent in one round; the next tick goes on.
const ROUND: usize = 20;
const MINUTE_MS: i64 = 60_000;
/// Minutes of rest after so many failures in a row.
const REST_MINUTES: [i64; 4] = [1, 5, 15, 60];
/// Lost answers after which even a gateway that knows keys is left to a person.
const MOST_LOST: u32 = 10;

/// When each server may be tried again. One round of each at a time.
#[derive(Default)]
pub(crate) struct Outbox {
    email: Mutex<Rest>,
    sms: Mutex<Rest>,
}

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

/// What carries messages away.
enum Carrier {
    Mail(MailAccount),
    Sms(Gateway),
}

impl Carrier {
    /// The one of a channel, where it is set up.
    async fn of(view: &mut View, channel: Channel) -> Result<Option<Self>, Fault> {
        match channel {
            Channel::Sms => Ok(gateway(view).await?.map(Self::Sms)),
            _ => Ok(account(view).await?.map(Self::Mail)),
        }
    }

    /// Whether a message may be sent again though it may have been taken.
    fn knows_keys(&self) -> bool {
        matches!(self, Self::Sms(gateway) if gateway.knows_keys)
    }
}

/// What became of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Delivery {
    /// The server took it.
    Taken(String),
    /// The server will never take it.
    Refused(String),
    /// Not this time; it was not taken. After so long, where the server said so.
    NotNow(String, Option<Duration>),
    /// The server could not be reached or did not let us in; nothing left the desk.
    Unreachable(String),
    /// The message left and the answer was lost.
    Lost(String),
}

/// Sends what is due; nothing where a round is under way or a server is to be left alone.
///
/// # Errors
/// What the book or the keychain reports; what a server does is no error here.
pub(crate) async fn send_due(office: &Office) -> Result<(), Fault> {
    let sent = round(office, &office.outbox.email, Channel::Email).await;
    // A fault of one way does not keep the other back.
    round(office, &office.outbox.sms, Channel::Sms).await.and(sent)
}

async fn round(office: &Office, rest: &Mutex<Rest>, channel: Channel) -> Result<(), Fault> {
    let Ok(mut rest) = rest.try_lock() else { return Ok(()) };
    let now = office.clock.now().timestamp_millis();
    if !rest.begun {
        doubt(office, channel, now).await?;
        rest.begun = true;
    }
    if now < rest.until {
        return Ok(());
    }
    for _ in 0..ROUND {
        let mut tx = office.store.begin().await?;
        let Some(carrier) = Carrier::of(&mut tx, channel).await? else { return Ok(()) };
        let Some(mail) = tx.claim_mail(channel, now).await? else { return Ok(()) };
        tx.commit().await?;
        let reached = send_one(office, &carrier, mail, now).await?;
        office.events.changed(&["reminders", "mails"]);
        if !reached {
            rest.failed(now);
            return Ok(());
        }
        rest.went_well();
    }
    Ok(())
}

/// Rounds never overlap: what is under way when the first begins was so when the program ended.
async fn doubt(office: &Office, channel: Channel, now: i64) -> Result<(), Fault> {
    let mut tx = office.store.begin().await?;
    let is_safe = Carrier::of(&mut tx, channel).await?.is_some_and(|it| it.knows_keys());
    let doubted = tx.doubt_mail(channel, is_safe, now).await?;
    tx.commit().await?;
    if doubted > 0 {
        office.events.changed(&["reminders", "mails"]);
    }
    Ok(())
}

/// Sends one message and settles it. Returns whether the server could be used at all.
async fn send_one(
    office: &Office,
    carrier: &Carrier,
    mail: OutgoingMail,
    now: i64,
) -> Result<bool, Fault> {
    let mut view = office.store.read().await?;
    let carried = Carried::read(&mut view, office, mail.errand).await?;
    let fresh = carried.holds_still(&mut view, office.today()).await?;
    drop(view);
    if !fresh {
        settle(office, mail, (MailState::Stale, String::new()), (now, 0)).await?;
        return Ok(true);
    }
    let delivery = match carrier {
        Carrier::Mail(account) => settings::deliver(office, account, carried).await?,
        Carrier::Sms(gateway) => texting::deliver(office, gateway, carried, &mail).await?,
    };
    let mail = OutgoingMail { attempts: mail.attempts + 1, ..mail };
    let usual = pause_ms(usize::try_from(mail.attempts - 1).unwrap_or_default());
    let asked = |wait: Duration| i64::try_from(wait.as_millis()).unwrap_or(usual);
    let (reached, state, said, next) = match delivery {
        Delivery::Taken(said) => (true, MailState::Sent, said, 0),
        Delivery::Refused(said) => (true, MailState::Refused, said, 0),
        Delivery::Lost(said) if carrier.knows_keys() && mail.attempts < MOST_LOST => {
            (true, MailState::Waiting, said, now + usual)
        }
        Delivery::Lost(said) => (true, MailState::Unknown, said, 0),
        Delivery::NotNow(said, wait) => {
            (true, MailState::Waiting, said, now + wait.map_or(usual, asked))
        }
        Delivery::Unreachable(said) => (false, MailState::Waiting, said, 0),
    };
    settle(office, mail, (state, said), (now, next)).await?;
    Ok(reached)
}

async fn settle(
    office: &Office,
    mail: OutgoingMail,
    (state, said): (MailState, String),
    times: (i64, i64),
) -> Result<(), Fault> {
    let mut tx = office.store.begin().await?;
    tx.settle_mail(&OutgoingMail { state, said, ..mail }, times).await?;
    tx.commit().await?;
    Ok(())
}
