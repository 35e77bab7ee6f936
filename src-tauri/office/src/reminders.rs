//! Who is reminded of what: the dry run, and making what it shows.
//!
//! Never remembers a plan: what is made is worked out anew in the same transaction, so that
//! nobody is reminded of what was paid a moment ago.

mod holds;
mod letters;
mod listing;
mod rates;
mod settings;
mod ways;

pub use holds::{reminder_holds, set_reminder_hold};
pub(crate) use letters::Sending;
pub use letters::{reminder_paper, reminder_text};
pub use listing::{list_reminders, settle_reminder};
pub use settings::{reminder_settings, save_reminder_settings};

use crate::actor::Actor;
use crate::fault::{Code, Fault};
use crate::invoices::days_past;
use crate::office::Office;
use crate::show::name_of;
use crate::wire::common::Nothing;
use crate::wire::reminders::{
    ChosenReminder, FollowUpView, LeftOutInvoice, RemindedInvoice, ReminderMessage,
    ReminderPlanView, RemindersSent, SendReminders,
};
use crate::{derived, exchange, typed};
use chrono::{Days, NaiveDate};
use finance::fact::FactBody;
use finance::ids::{PayerId, ReminderId, StudentId};
use finance::payment::PaymentOutcome;
use finance::reminder::rules::Rules;
use finance::reminder::{
    Channel, DebtKey, HoldKind, LeftOut, Level, Message, Plan, Question, RemindedItem, Reminder,
    Schedule, Why, plan,
};
use finance::{Currency, Money};
use std::collections::BTreeMap;
use store::{DebtRow, Errand, FollowUp, View};
use ways::Ready;

pub(crate) const LEVELS: &[(&str, Level)] = &[
    ("upcoming", Level::Upcoming),
    ("first", Level::First),
    ("second", Level::Second),
    ("final", Level::Final),
];
pub(crate) const CHANNELS: &[(&str, Channel)] =
    &[("letter", Channel::Letter), ("email", Channel::Email), ("sms", Channel::Sms)];
pub(crate) const KINDS: &[(&str, HoldKind)] = &[
    ("paused", HoldKind::Paused),
    ("disputed", HoldKind::Disputed),
    ("promised", HoldKind::Promised),
];

/// The most messages of one run.
const MOST_MESSAGES: usize = 20_000;

/// Today's plan with what is told about each invoice.
pub(crate) struct Due {
    pub plan: Plan,
    pub schedule: Schedule,
    pub rows: BTreeMap<DebtKey, DebtRow>,
}

/// Works out what is due today.
pub(crate) async fn due(view: &mut View, office: &Office) -> Result<Due, Fault> {
    let schedule = settings::schedule(view, office).await?;
    let today = office.today();
    let ahead = schedule.steps.iter().filter(|step| step.level == Level::Upcoming);
    let ahead = ahead.map(|step| step.days).max().unwrap_or_default();
    let horizon = today.checked_add_days(Days::new(ahead.into())).unwrap_or(today);
    let rows = view.debts_due(horizon, today).await?;
    let debts: Vec<_> = rows.iter().map(|row| row.debt.clone()).collect();
    let made = view.reminders_of_open_invoices().await?;
    let holds = view.reminder_holds().await?;
    let with_credit = view.students_with_credit().await?;
    let plan = plan(&Question {
        debts: &debts,
        made: &made,
        holds: &holds,
        with_credit: &with_credit,
        schedule: &schedule,
        rules: Rules::of(&office.school.country),
        currency: office.school.currency,
        day: today,
    })?;
    Ok(Due { plan, schedule, rows: rows.into_iter().map(|row| (row.debt.key(), row)).collect() })
}

/// Who would get what today, and who would not and why. Nothing is made.
pub async fn reminder_plan(
    office: &Office,
    _: &Actor,
    _: Nothing,
) -> Result<ReminderPlanView, Fault> {
    let mut view = office.store.read().await?;
    let due = due(&mut view, office).await?;
    let ready = Ready::read(&mut view).await?;
    let Due { plan, rows, .. } = &due;
    let today = office.today();
    let mut messages = Vec::with_capacity(plan.messages.len());
    for message in &plan.messages {
        messages.push(message_view(office, &due, message, ready)?);
    }
    let mut left_out: Vec<LeftOutInvoice> =
        plan.left_out.iter().map(|left| left_out_view(left, rows, today)).collect();
    left_out
        .sort_by(|a, b| (&a.student, &a.invoice.due_date).cmp(&(&b.student, &b.invoice.due_date)));
    Ok(ReminderPlanView {
        day: today.to_string(),
        messages,
        left_out,
        follow_ups: view.follow_ups(today).await?.into_iter().map(follow_up).collect(),
        mail_ready: ready.email,
        sms_ready: ready.sms,
    })
}

fn follow_up(found: FollowUp) -> FollowUpView {
    let outcome = match found.outcome {
        PaymentOutcome::Failed => "failed",
        PaymentOutcome::Confirmed | PaymentOutcome::Reversed => "reversed",
    };
    FollowUpView {
        payment_id: found.payment_id.to_string(),
        student_id: found.student_id.to_string(),
        student: found.student,
        amount: found.amount.into(),
        outcome: outcome.to_owned(),
        on: found.on.to_string(),
        reason: found.reason,
        open: found.open.into(),
    }
}

fn message_view(
    office: &Office,
    due: &Due,
    message: &Message,
    ready: Ready,
) -> Result<ReminderMessage, Fault> {
    let (rows, today) = (&due.rows, office.today());
    let first = message.debts.first().and_then(|debt| rows.get(&debt.key()));
    let text = |of: fn(&DebtRow) -> &String| first.map(of).cloned().unwrap_or_default();
    Ok(ReminderMessage {
        student_id: message.student_id.to_string(),
        student: text(|row| &row.student),
        student_number: text(|row| &row.student_number),
        payer_id: message.payer_id.map(|id| id.to_string()),
        payer: text(|row| &row.payer),
        phone: text(|row| &row.phone),
        ways: ways::names(&ways::open_to(office, due, message, ready)),
        email: text(|row| &row.email),
        level: name_of(&message.level, LEVELS),
        invoices: message
            .debts
            .iter()
            .filter_map(|debt| rows.get(&debt.key()))
            .map(|row| reminded(row, today))
            .collect(),
        total: message.total.into(),
        fee: message.fee.map(Into::into),
        interest: message.interest.map(Into::into),
        to_pay: to_pay(message.total, [message.fee, message.interest])?.into(),
        deadline: message.deadline.to_string(),
    })
}

/// What is asked for in all.
pub(crate) fn to_pay(total: Money, more: [Option<Money>; 2]) -> Result<Money, Fault> {
    let more = more.into_iter().flatten();
    Ok(Money::sum(total.currency(), more)?.plus(total)?)
}

fn reminded(row: &DebtRow, today: NaiveDate) -> RemindedInvoice {
    RemindedInvoice {
        invoice_id: row.debt.invoice_id.to_string(),
        number: row.number.clone(),
        due_date: row.debt.due_date.to_string(),
        days_overdue: days_past(row.debt.due_date, today),
        instalment: row.debt.instalment.map_or(0, |one| one.place),
        instalments: row.instalments,
        open: row.debt.open.into(),
    }
}

fn left_out_view(
    left: &LeftOut,
    rows: &BTreeMap<DebtKey, DebtRow>,
    today: NaiveDate,
) -> LeftOutInvoice {
    let row = rows.get(&left.debt.key());
    let (why, until, level) = match left.why {
        Why::Held(kind, until) => (name_of(&kind, KINDS), until, None),
        Why::Credit => ("credit".to_owned(), None, None),
        Why::Waiting(level, from) => {
            ("waiting".to_owned(), Some(from), Some(name_of(&level, LEVELS)))
        }
        Why::Finished => ("finished".to_owned(), None, None),
        Why::TooSmall => ("too_small".to_owned(), None, None),
    };
    LeftOutInvoice {
        student_id: left.debt.student_id.to_string(),
        student: row.map(|row| row.student.clone()).unwrap_or_default(),
        invoice: RemindedInvoice {
            invoice_id: left.debt.invoice_id.to_string(),
            number: row.map(|row| row.number.clone()).unwrap_or_default(),
            due_date: left.debt.due_date.to_string(),
            days_overdue: days_past(left.debt.due_date, today),
            instalment: left.debt.instalment.map_or(0, |one| one.place),
            instalments: row.map_or(0, |row| row.instalments),
            open: left.debt.open.into(),
        },
        why,
        until: until.map(|day| day.to_string()),
        level,
    }
}

/// A chosen message, as understood.
struct Wanted {
    id: ReminderId,
    student_id: StudentId,
    payer_id: Option<PayerId>,
    level: Level,
    currency: Currency,
    channel: Channel,
}

/// Makes the chosen messages: letters to print, and others in the outbox. Asked twice with the
/// same id, once.
pub async fn send_reminders(
    office: &Office,
    actor: &Actor,
    request: SendReminders,
) -> Result<RemindersSent, Fault> {
    let wanted = wanted(office, &request)?;
    let mut tx = office.store.begin().await?;
    let due = due(&mut tx, office).await?;
    let ready = Ready::read(&mut tx).await?;
    let mut sent = RemindersSent { letter_ids: vec![], emails: 0, texts: 0, no_longer_due: 0 };
    let (mut bodies, mut queued) = (Vec::new(), Vec::new());
    for wanted in &wanted {
        let message = due.plan.messages.iter().find(|message| {
            (message.student_id, message.payer_id) == (wanted.student_id, wanted.payer_id)
                && message.level == wanted.level
                && message.total.currency() == wanted.currency
        });
        let made = tx.find_reminder(wanted.id).await?.is_some();
        match (made, message) {
            (true, _) => {}
            (false, None) => {
                sent.no_longer_due += 1;
                continue;
            }
            (false, Some(message)) => {
                ways::demand(office, &due, (wanted, message), ready)?;
                bodies.push(FactBody::ReminderMade(reminder(office, wanted, message)));
            }
        }
        if wanted.channel != Channel::Letter {
            queued.push(wanted);
        }
        match wanted.channel {
            Channel::Letter => sent.letter_ids.push(wanted.id.to_string()),
            Channel::Email => sent.emails += 1,
            Channel::Sms => sent.texts += 1,
        }
    }
    office.record(&mut tx, actor, bodies).await?;
    let now = office.clock.now().timestamp_millis();
    for wanted in queued {
        tx.queue_mail(Errand::Reminder(wanted.id), wanted.channel, now).await?;
    }
    tx.commit().await?;
    Ok(sent)
}

fn wanted(office: &Office, request: &SendReminders) -> Result<Vec<Wanted>, Fault> {
    let id: uuid::Uuid = typed::id("id", &request.id)?;
    if request.messages.len() > MOST_MESSAGES {
        let fault = Fault::new(Code::Invalid, "Too many messages at once.");
        return Err(fault.at("messages").rule("too_many"));
    }
    let read = |chosen: &ChosenReminder| {
        let student_id = typed::id("messages.student_id", &chosen.student_id)?;
        let level = typed::one_of("messages.level", &chosen.level, LEVELS)?;
        let channel = typed::one_of("messages.channel", &chosen.channel, CHANNELS)?;
        let payer_id = typed::optional_id("messages.payer_id", chosen.payer_id.as_deref())?;
        let currency = exchange::optional_currency(office, chosen.currency.as_deref())?;
        let other = Some(currency).filter(|currency| *currency != office.school.currency);
        let about =
            format!("{}{}", chosen.level, other.map(|it| it.to_string()).unwrap_or_default());
        let id = reminder_id(id, (student_id, payer_id), &about);
        Ok(Wanted { id, student_id, payer_id, level, currency, channel })
    };
    let wanted: Result<Vec<Wanted>, Fault> = request.messages.iter().map(read).collect();
    let mut wanted = wanted?;
    wanted.sort_by_key(|wanted| wanted.id);
    wanted.dedup_by_key(|wanted| wanted.id);
    Ok(wanted)
}

fn reminder(office: &Office, wanted: &Wanted, message: &Message) -> Reminder {
    let item = |debt: &finance::reminder::Debt| RemindedItem {
        invoice_id: debt.invoice_id,
        instalment: debt.instalment,
        open: debt.open,
    };
    Reminder {
        id: wanted.id,
        school_id: office.school.id,
        student_id: wanted.student_id,
        payer_id: wanted.payer_id,
        level: wanted.level,
        channel: wanted.channel,
        items: message.debts.iter().map(item).collect(),
        fee: message.fee,
        interest: message.interest,
        made_on: office.today(),
        deadline: message.deadline,
    }
}

/// An identity that follows from the request's, so that asking again is recognised.
fn reminder_id(
    request: uuid::Uuid,
    (student, payer): (StudentId, Option<PayerId>),
    about: &str,
) -> ReminderId {
    let payer = payer.map(|id| id.to_string()).unwrap_or_default();
    let (request, student) = (request.to_string(), student.to_string());
    ReminderId(derived::id(&["reminder", &request, &student, &payer, about]))
}
