//! Reminders that were made, and what a person says became of them.
//!
//! Never sends a message twice by itself: only a person who knows that it did not arrive does.

use crate::actor::Actor;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::reminders::{CHANNELS, LEVELS};
use crate::show::name_of;
use crate::wire::reminders::{ListReminders, ReminderPage, ReminderRow, SettleReminder};
use crate::{listing, typed};
use finance::fact::FactBody;
use finance::ids::ReminderId;
use store::{Errand, MailState, OutgoingMail, ReminderFilter};

/// Reminders, newest first.
pub async fn list_reminders(
    office: &Office,
    _: &Actor,
    request: ListReminders,
) -> Result<ReminderPage, Fault> {
    let filter = ReminderFilter {
        student_id: typed::optional_id("student_id", request.student_id.as_deref())?,
        invoice_id: typed::optional_id("invoice_id", request.invoice_id.as_deref())?,
        unsent: request.unsent,
    };
    let mut view = office.store.read().await?;
    let page = view.list_reminders(filter, listing::window(&request.window)).await?;
    Ok(ReminderPage {
        rows: page.rows.into_iter().map(row).collect(),
        total: page.total,
        unsent: page.unsent,
    })
}

fn row(row: store::ReminderRow) -> ReminderRow {
    let state = match (row.withdrawn, row.mail) {
        (true, _) => "withdrawn",
        (false, None) => "letter",
        (false, Some(state)) => state.name(),
    };
    let reminder = row.reminder;
    ReminderRow {
        id: reminder.id.to_string(),
        student_id: reminder.student_id.to_string(),
        student: row.student,
        payer: row.payer,
        level: name_of(&reminder.level, LEVELS),
        channel: name_of(&reminder.channel, CHANNELS),
        made_on: reminder.made_on.to_string(),
        deadline: reminder.deadline.to_string(),
        numbers: row.numbers,
        total: row.total.into(),
        fee: reminder.fee.map(Into::into),
        interest: reminder.interest.map(Into::into),
        state: state.to_owned(),
        said: row.said,
    }
}

/// What a person says became of a reminder.
#[derive(Clone, Copy)]
enum Outcome {
    Withdraw,
    Again,
    Arrived,
}

const OUTCOMES: &[(&str, Outcome)] =
    &[("withdraw", Outcome::Withdraw), ("again", Outcome::Again), ("arrived", Outcome::Arrived)];

/// Withdraws a reminder, or settles a message that needs a person. Asked twice, the second
/// changes nothing.
pub async fn settle_reminder(
    office: &Office,
    actor: &Actor,
    request: SettleReminder,
) -> Result<ReminderRow, Fault> {
    let id: ReminderId = typed::id("id", &request.id)?;
    let outcome = typed::one_of("outcome", &request.outcome, OUTCOMES)?;
    let missing = || Fault::new(Code::NotFound, "There is no such reminder.").rule("reminder");
    let mut tx = office.store.begin().await?;
    let now = office.clock.now().timestamp_millis();
    let found = tx.find_reminder(id).await?.ok_or_else(missing)?;
    let wrong = || {
        Fault::new(Code::WrongState, "This cannot be done with the reminder as it stands.")
            .rule("reminder_state")
    };
    let errand = Errand::Reminder(id);
    let mail = tx.find_mail(errand).await?;
    match (outcome, found.mail) {
        (Outcome::Withdraw, _) if found.withdrawn => {}
        // It is on its way this moment; what became of it is known soon.
        (Outcome::Withdraw, Some(MailState::Sending)) => return Err(wrong()),
        (Outcome::Withdraw, _) => {
            let reason = typed::required("reason", &request.reason, typed::LINE)?;
            let body = FactBody::ReminderWithdrawn { reminder_id: id, reason };
            office.record(&mut tx, actor, [body]).await?;
        }
        (_, _) if found.withdrawn => return Err(wrong()),
        (Outcome::Again, Some(state @ (MailState::Refused | MailState::Unknown))) => {
            let mail = mail.ok_or_else(wrong)?;
            let anew = mail.anew + u32::from(state == MailState::Refused);
            let (state, said) = (MailState::Waiting, String::new());
            let waits = OutgoingMail { state, said, anew, attempts: 0, ..mail };
            tx.settle_mail(&waits, (now, now)).await?;
        }
        (Outcome::Again, Some(MailState::Waiting)) => {}
        (Outcome::Arrived, Some(MailState::Unknown)) => {
            let mail = mail.ok_or_else(wrong)?;
            let sent = OutgoingMail { state: MailState::Sent, ..mail };
            tx.settle_mail(&sent, (now, now)).await?;
        }
        (Outcome::Arrived, Some(MailState::Sent)) => {}
        _ => return Err(wrong()),
    }
    let settled = tx.find_reminder(id).await?.ok_or_else(missing)?;
    tx.commit().await?;
    Ok(row(settled))
}
