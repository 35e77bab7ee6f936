//! Reminders as letters: to look at, to print, or to travel with an e-mail.
//!
//! Never decides what is due: a letter follows from a reminder that was made or from today's plan.

use crate::actor::Actor;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::reminders::{LEVELS, due, to_pay};
use crate::wire::common::MadeFile;
use crate::wire::reminders::{PlannedReminder, ReminderPaper, SmsLook};
use crate::{exchange, mailing, papers, students, typed};
use chrono::NaiveDate;
use documents::{Letter, LetterItem};
use finance::Money;
use finance::ids::{PayerId, ReminderId, StudentId};
use finance::reminder::Level;
use store::{DebtRow, ReminderRow, View};

/// The most letters of one file.
const MOST_LETTERS: usize = 5_000;

/// A reminder with what its e-mail needs.
pub(crate) struct Sending {
    pub row: ReminderRow,
    pub debts: Vec<DebtRow>,
    pub letter: Letter,
}

/// What a letter is about.
struct About<'a> {
    student_id: StudentId,
    payer_id: Option<PayerId>,
    level: Level,
    debts: &'a [DebtRow],
    total: Money,
    fee: Option<Money>,
    interest: Option<Money>,
    made_on: NaiveDate,
    deadline: NaiveDate,
}

impl Sending {
    /// Reads a reminder that was made.
    ///
    /// # Errors
    /// [`Code::NotFound`].
    pub async fn read(view: &mut View, office: &Office, id: ReminderId) -> Result<Self, Fault> {
        let missing = || Fault::new(Code::NotFound, "There is no such reminder.").rule("reminder");
        let row = view.find_reminder(id).await?.ok_or_else(missing)?;
        let debts = view.reminded_debts(id).await?;
        let reminder = &row.reminder;
        let about = About {
            student_id: reminder.student_id,
            payer_id: reminder.payer_id,
            level: reminder.level,
            debts: &debts,
            total: row.total,
            fee: reminder.fee,
            interest: reminder.interest,
            made_on: reminder.made_on,
            deadline: reminder.deadline,
        };
        let letter = letter(view, office, about).await?;
        Ok(Self { row, debts, letter })
    }
}

async fn letter(view: &mut View, office: &Office, about: About<'_>) -> Result<Letter, Fault> {
    let student = students::demand(view, about.student_id, office).await?.student;
    let payers: Vec<PayerId> = about.payer_id.into_iter().collect();
    let payer = view.find_payers(&payers).await?.into_values().next();
    let item = |row: &DebtRow| LetterItem {
        number: row.number.clone(),
        instalment: row.debt.instalment.map(|one| (one.place, row.instalments)),
        issue_date: row.issue_date,
        due_date: row.debt.due_date,
        gross: row.gross,
        open: row.debt.open,
        payment_reference: row.payment_reference.clone(),
    };
    Ok(Letter {
        level: about.level,
        language: papers::language(office),
        seller: office.school.seller.clone(),
        person: payer.map_or(student.person, |payer| payer.person),
        student_number: student.number,
        made_on: about.made_on,
        deadline: about.deadline,
        items: about.debts.iter().map(item).collect(),
        total: about.total,
        fee: about.fee,
        interest: about.interest,
        to_pay: to_pay(about.total, [about.fee, about.interest])?,
    })
}

/// The letters of reminders in one file, or of one message of today's plan.
pub async fn reminder_paper(
    office: &Office,
    _: &Actor,
    request: ReminderPaper,
) -> Result<MadeFile, Fault> {
    if request.ids.len() > MOST_LETTERS {
        return Err(Fault::new(Code::Invalid, "Too many letters at once.")
            .at("ids")
            .rule("too_many"));
    }
    let mut view = office.store.read().await?;
    let mut letters = Vec::with_capacity(request.ids.len().max(1));
    if let Some(planned) = &request.planned {
        letters.push(planned_letter(&mut view, office, planned).await?);
    }
    for id in &request.ids {
        letters.push(Sending::read(&mut view, office, typed::id("ids", id)?).await?.letter);
    }
    drop(view);
    let norwegian = office.school.language == "nb";
    let name = match (letters.len(), letters.first()) {
        (1, Some(letter)) => format!("{}-{}", letter.title(), letter.student_number),
        _ if norwegian => format!("Purringer-{}", office.today()),
        _ => format!("Reminders-{}", office.today()),
    };
    papers::give_all(office, &request.wish, &name, letters).await
}

/// What a message of today's plan would say as a text message, and what that takes.
pub async fn reminder_text(
    office: &Office,
    _: &Actor,
    request: PlannedReminder,
) -> Result<SmsLook, Fault> {
    let mut view = office.store.read().await?;
    let letter = planned_letter(&mut view, office, &request).await?;
    Ok(mailing::look(&letter))
}

async fn planned_letter(
    view: &mut View,
    office: &Office,
    planned: &PlannedReminder,
) -> Result<Letter, Fault> {
    let student_id: StudentId = typed::id("planned.student_id", &planned.student_id)?;
    let payer_id = typed::optional_id("planned.payer_id", planned.payer_id.as_deref())?;
    let level = typed::one_of("planned.level", &planned.level, LEVELS)?;
    let currency = exchange::optional_currency(office, planned.currency.as_deref())?;
    let due = due(view, office).await?;
    let wanted = (student_id, payer_id, level, currency);
    let message = due.plan.messages.iter().find(|found| {
        (found.student_id, found.payer_id, found.level, found.total.currency()) == wanted
    });
    let message = message.ok_or_else(|| {
        Fault::new(Code::NotFound, "This is not due any more.").rule("no_longer_due")
    })?;
    let debts: Vec<DebtRow> =
        message.debts.iter().filter_map(|debt| due.rows.get(&debt.key())).cloned().collect();
    let about = About {
        student_id,
        payer_id,
        level,
        debts: &debts,
        total: message.total,
        fee: message.fee,
        interest: message.interest,
        made_on: office.today(),
        deadline: message.deadline,
    };
    letter(view, office, about).await
}
