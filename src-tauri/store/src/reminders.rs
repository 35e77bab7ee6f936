//! What is open and could be reminded of, what was made, and what is held back.

use crate::decode;
use crate::error::StoreError;
use crate::outbox::MailState;
use crate::view::{View, Window};
use finance::Money;
use finance::ids::{InvoiceId, ReminderId, StudentId};
use finance::instalments::InstalmentRef;
use finance::reminder::{Channel, Held, Hold, HoldKind, Level, RemindedItem, Reminder};
use std::collections::{BTreeMap, BTreeSet};

/// Which reminders are wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReminderFilter {
    /// To this student.
    pub student_id: Option<StudentId>,
    /// About this invoice.
    pub invoice_id: Option<InvoiceId>,
    /// Only those that wait in the outbox or need a person.
    pub unsent: bool,
}

/// A reminder with how its message stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReminderRow {
    /// The reminder.
    pub reminder: Reminder,
    /// The student's name.
    pub student: String,
    /// Name of who is reminded, where that is not the student; or empty.
    pub payer: String,
    /// What the invoices came to that day.
    pub total: Money,
    /// Numbers of the invoices, in the order of the items.
    pub numbers: Vec<String>,
    /// Taken back.
    pub withdrawn: bool,
    /// How the message stands; nothing for a letter.
    pub mail: Option<MailState>,
    /// What the mail server or the gateway said last.
    pub said: String,
}

/// A page of reminders, newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReminderPage {
    /// The rows.
    pub rows: Vec<ReminderRow>,
    /// How many there are.
    pub total: u32,
    /// How many wait or need a person, of all.
    pub unsent: u32,
}

const LEVELS: &[(&str, Level)] = &[
    ("upcoming", Level::Upcoming),
    ("first", Level::First),
    ("second", Level::Second),
    ("final", Level::Final),
];
const CHANNELS: &[(&str, Channel)] =
    &[("letter", Channel::Letter), ("email", Channel::Email), ("sms", Channel::Sms)];
const KINDS: &[(&str, HoldKind)] = &[
    ("paused", HoldKind::Paused),
    ("disputed", HoldKind::Disputed),
    ("promised", HoldKind::Promised),
];

fn name_of<T: PartialEq>(choice: &T, names: &[(&'static str, T)]) -> &'static str {
    names.iter().find(|(_, known)| known == choice).map_or("", |(name, _)| name)
}

pub(crate) fn named<T: Copy>(text: &str, names: &[(&str, T)]) -> Result<T, StoreError> {
    let found = names.iter().find(|(name, _)| *name == text);
    found
        .map(|(_, value)| *value)
        .ok_or_else(|| StoreError::Damaged(format!("{text:?} is unknown")))
}

pub(crate) fn level_name(level: Level) -> &'static str {
    name_of(&level, LEVELS)
}

pub(crate) fn channel_name(channel: Channel) -> &'static str {
    name_of(&channel, CHANNELS)
}

/// The way somebody wishes, where they do.
pub(crate) fn channel(name: Option<&str>) -> Result<Option<Channel>, StoreError> {
    name.map(|name| named(name, CHANNELS)).transpose()
}

pub(crate) fn kind_name(kind: HoldKind) -> &'static str {
    name_of(&kind, KINDS)
}

/// What is held, as text: also the subject of the fact.
pub(crate) fn held_key(held: Held) -> String {
    match held {
        Held::Student(id) => format!("student/{id}"),
        Held::Invoice(id) => format!("invoice/{id}"),
    }
}

/// An instalment as text; empty where there is none.
pub(crate) fn instalment_key(instalment: Option<InstalmentRef>) -> String {
    instalment.map(|one| format!("{}/{}", one.plan_id, one.place)).unwrap_or_default()
}

pub(crate) fn instalment(key: &str) -> Result<Option<InstalmentRef>, StoreError> {
    if key.is_empty() {
        return Ok(None);
    }
    let damaged = || StoreError::Damaged(format!("{key:?} is not an instalment"));
    let (plan, place) = key.split_once('/').ok_or_else(damaged)?;
    let place = place.parse().map_err(|_| damaged())?;
    Ok(Some(InstalmentRef { plan_id: decode::id(plan)?, place }))
}

fn held(key: &str) -> Result<Held, StoreError> {
    match key.split_once('/') {
        Some(("student", id)) => Ok(Held::Student(decode::id(id)?)),
        Some(("invoice", id)) => Ok(Held::Invoice(decode::id(id)?)),
        _ => Err(StoreError::Damaged(format!("{key:?} is not something held"))),
    }
}

#[derive(sqlx::FromRow)]
struct StoredReminder {
    id: String,
    student_id: String,
    student: String,
    payer_id: Option<String>,
    payer: String,
    level: String,
    channel: String,
    made_on: String,
    deadline: String,
    currency: String,
    total_minor: i64,
    fee_minor: Option<i64>,
    interest_minor: Option<i64>,
    withdrawn: bool,
    state: Option<String>,
    said: Option<String>,
}

impl View {
    /// Reminders that count, of invoices with something open.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn reminders_of_open_invoices(&mut self) -> Result<Vec<Reminder>, StoreError> {
        let rows: Vec<StoredReminder> = sqlx::query_as(
            "SELECT r.id, r.student_id, '' AS student, r.payer_id, '' AS payer, r.level, r.channel,
                r.made_on, r.deadline, r.currency, r.total_minor, r.fee_minor, r.interest_minor, r.withdrawn, NULL AS state, NULL AS said
             FROM reminder r WHERE r.withdrawn = 0 AND EXISTS (
                SELECT 1 FROM reminder_item i JOIN document d ON d.id = i.invoice_id
                WHERE i.reminder_id = r.id AND d.open_minor > 0)
             ORDER BY r.row",
        )
        .fetch_all(self.conn())
        .await?;
        Ok(self.reminders(rows).await?.into_iter().map(|row| row.reminder).collect())
    }

    /// One reminder.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn find_reminder(
        &mut self,
        id: ReminderId,
    ) -> Result<Option<ReminderRow>, StoreError> {
        let row: Option<StoredReminder> = sqlx::query_as(
            "SELECT r.id, r.student_id, s.name AS student, r.payer_id, coalesce(p.name, '') AS payer,
                r.level, r.channel, r.made_on, r.deadline, r.currency, r.total_minor, r.fee_minor, r.interest_minor, r.withdrawn, o.state, o.said
             FROM reminder r JOIN student s ON s.id = r.student_id
             LEFT JOIN payer p ON p.id = r.payer_id
             LEFT JOIN outbox o ON o.reminder_id = r.id WHERE r.id = ?",
        )
        .bind(id.to_string())
        .fetch_optional(self.conn())
        .await?;
        Ok(self.reminders(row.into_iter().collect()).await?.pop())
    }

    /// Reminders, newest first.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn list_reminders(
        &mut self,
        filter: ReminderFilter,
        window: Window,
    ) -> Result<ReminderPage, StoreError> {
        let (student, invoice) = (
            filter.student_id.map(|id| id.to_string()),
            filter.invoice_id.map(|id| id.to_string()),
        );
        let rows: Vec<StoredReminder> = sqlx::query_as(
            "SELECT r.id, r.student_id, s.name AS student, r.payer_id, coalesce(p.name, '') AS payer,
                r.level, r.channel, r.made_on, r.deadline, r.currency, r.total_minor, r.fee_minor, r.interest_minor, r.withdrawn, o.state, o.said
             FROM reminder r JOIN student s ON s.id = r.student_id
             LEFT JOIN payer p ON p.id = r.payer_id
             LEFT JOIN outbox o ON o.reminder_id = r.id
             WHERE (?1 IS NULL OR r.student_id = ?1)
                AND (?2 IS NULL OR EXISTS (SELECT 1 FROM reminder_item i
                    WHERE i.reminder_id = r.id AND i.invoice_id = ?2))
                AND (NOT ?3 OR (r.withdrawn = 0 AND o.state <> 'sent'))
             ORDER BY r.row DESC LIMIT ?4 OFFSET ?5",
        )
        .bind(&student)
        .bind(&invoice)
        .bind(filter.unsent)
        .bind(window.limit)
        .bind(window.offset)
        .fetch_all(self.conn())
        .await?;
        let (total, unsent): (i64, i64) = sqlx::query_as(
            "SELECT (SELECT count(*) FROM reminder r LEFT JOIN outbox o ON o.reminder_id = r.id
                WHERE (?1 IS NULL OR r.student_id = ?1)
                    AND (?2 IS NULL OR EXISTS (SELECT 1 FROM reminder_item i
                        WHERE i.reminder_id = r.id AND i.invoice_id = ?2))
                    AND (NOT ?3 OR (r.withdrawn = 0 AND o.state <> 'sent'))),
                (SELECT count(*) FROM outbox o JOIN reminder r ON r.id = o.reminder_id
                WHERE r.withdrawn = 0 AND o.state <> 'sent')",
        )
        .bind(&student)
        .bind(&invoice)
        .bind(filter.unsent)
        .fetch_one(self.conn())
        .await?;
        let rows = self.reminders(rows).await?;
        Ok(ReminderPage { rows, total: decode::count(total), unsent: decode::count(unsent) })
    }

    /// Reads the items of many reminders at once.
    async fn reminders(
        &mut self,
        rows: Vec<StoredReminder>,
    ) -> Result<Vec<ReminderRow>, StoreError> {
        let (school_id, _) = self.owner().await?;
        let ids: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
        let found: Vec<(String, String, String, i64, String)> = sqlx::query_as(
            "SELECT i.reminder_id, i.invoice_id, i.instalment, i.open_minor, d.number
             FROM reminder_item i JOIN document d ON d.id = i.invoice_id
             WHERE i.reminder_id IN (SELECT value FROM json_each(?))
             ORDER BY d.due_date, d.number, i.instalment",
        )
        .bind(serde_json::to_string(&ids)?)
        .fetch_all(self.conn())
        .await?;
        let mut items: BTreeMap<String, Vec<(String, String, i64, String)>> = BTreeMap::new();
        for (reminder, invoice, part, open, number) in found {
            items.entry(reminder).or_default().push((invoice, part, open, number));
        }
        let mut reminders = Vec::with_capacity(rows.len());
        for row in rows {
            let mut numbers = Vec::new();
            let mut reminded = Vec::new();
            for (invoice, part, open, number) in items.remove(&row.id).unwrap_or_default() {
                reminded.push(RemindedItem {
                    invoice_id: decode::id(&invoice)?,
                    instalment: instalment(&part)?,
                    open: decode::money(open, &row.currency)?,
                });
                if numbers.last() != Some(&number) {
                    numbers.push(number);
                }
            }
            let money = |minor: Option<i64>| {
                minor.map(|minor| decode::money(minor, &row.currency)).transpose()
            };
            let (fee, interest) = (money(row.fee_minor)?, money(row.interest_minor)?);
            reminders.push(ReminderRow {
                reminder: Reminder {
                    id: decode::id(&row.id)?,
                    school_id,
                    student_id: decode::id(&row.student_id)?,
                    payer_id: decode::optional_id(row.payer_id.as_deref())?,
                    level: named(&row.level, LEVELS)?,
                    channel: named(&row.channel, CHANNELS)?,
                    items: reminded,
                    fee,
                    interest,
                    made_on: decode::date(&row.made_on)?,
                    deadline: decode::date(&row.deadline)?,
                },
                student: row.student,
                payer: row.payer,
                total: decode::money(row.total_minor, &row.currency)?,
                numbers,
                withdrawn: row.withdrawn,
                mail: row.state.as_deref().map(MailState::from_name).transpose()?,
                said: row.said.unwrap_or_default(),
            });
        }
        Ok(reminders)
    }

    /// Everything that is held back, also what has passed.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn reminder_holds(&mut self) -> Result<Vec<Hold>, StoreError> {
        let rows: Vec<(String, String, Option<String>, String, bool)> = sqlx::query_as(
            "SELECT held, kind, until, note, active FROM reminder_hold WHERE active = 1
             ORDER BY held, kind",
        )
        .fetch_all(self.conn())
        .await?;
        rows.into_iter()
            .map(|(key, kind, until, note, active)| {
                let until = decode::optional_date(until.as_deref())?;
                Ok(Hold { held: held(&key)?, kind: named(&kind, KINDS)?, until, note, active })
            })
            .collect()
    }

    /// Students with money or credit that is not set against any invoice.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn students_with_credit(&mut self) -> Result<BTreeSet<StudentId>, StoreError> {
        let ids: Vec<String> = sqlx::query_scalar("SELECT id FROM student WHERE credit_minor > 0")
            .fetch_all(self.conn())
            .await?;
        ids.iter().map(|id| decode::id(id)).collect()
    }
}
