//! The journal as rows: what was posted when, and what it comes to over a period.
//!
//! Never names an account of the chart: it gives movements, and the chart in `finance` posts them.

pub(crate) mod sources;

use crate::decode;
use crate::error::StoreError;
use crate::view::{View, Window};
use chrono::NaiveDate;
use finance::Money;
use finance::ids::{ConnectionId, SchoolId};
use finance::ledger::{AccountKind, Cause, LedgerAccount, Movement, Part};
use sources::{SOURCES, SUMS};
use std::collections::BTreeMap;
use uuid::Uuid;

/// The names account kinds are stored under.
const KINDS: &[(&str, AccountKind)] = &[
    ("asset", AccountKind::Asset),
    ("liability", AccountKind::Liability),
    ("equity", AccountKind::Equity),
    ("income", AccountKind::Income),
    ("expense", AccountKind::Expense),
];

pub(crate) fn kind_name(kind: AccountKind) -> &'static str {
    KINDS.iter().find(|(_, known)| *known == kind).map_or("", |(name, _)| name)
}

fn cause(word: &str) -> Result<Cause, StoreError> {
    let found = Cause::ALL.into_iter().find(|cause| cause.word() == word);
    found.ok_or_else(|| StoreError::Damaged(format!("{word:?} is not a cause of an entry")))
}

/// The object an entry is about: where a reader goes from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JournalAbout {
    /// An invoice; of a settlement, the one that was settled.
    Invoice(Uuid),
    /// A credit note.
    CreditNote(Uuid),
    /// A payment.
    Payment(Uuid),
    /// Money paid back.
    Refund(Uuid),
    /// The student who was reminded.
    Student(Uuid),
}

impl JournalAbout {
    /// The object's id.
    pub const fn id(self) -> Uuid {
        match self {
            Self::Invoice(id)
            | Self::CreditNote(id)
            | Self::Payment(id)
            | Self::Refund(id)
            | Self::Student(id) => id,
        }
    }
}

/// Which entries, besides the period.
#[derive(Clone, Debug, Default)]
pub struct JournalFilter {
    /// First day.
    pub from: Option<NaiveDate>,
    /// Last day.
    pub to: Option<NaiveDate>,
    /// Only entries with a movement of one of these keys (`finance::ledger::Movement::key`).
    pub keys: Option<Vec<String>>,
}

/// An entry, before the chart says on which accounts it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalRow {
    /// The day it counts.
    pub on: NaiveDate,
    /// What it stands for.
    pub cause: Cause,
    /// Identity of the document, payment, settlement, refund or reminder.
    pub id: Uuid,
    /// Where a reader goes from it.
    pub about: JournalAbout,
    /// Number of the document or of the invoice; reference or method of money.
    pub label: String,
    /// The student's name.
    pub student: String,
    /// What is posted.
    pub movements: Vec<Movement>,
}

/// A part of the journal and how much there is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalPage {
    /// Oldest first.
    pub rows: Vec<JournalRow>,
    /// Entries that match.
    pub total: u32,
}

/// All movements of one key and sign over a period, added up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovementSum {
    /// With the summed amounts.
    pub movement: Movement,
    /// How many there are.
    pub count: u32,
}

#[derive(sqlx::FromRow)]
struct Stored {
    on_day: String,
    cause: String,
    id: String,
    fact: i64,
    about: String,
    label: String,
    student: Option<String>,
    key: String,
    minor: i64,
    currency: String,
}

#[derive(sqlx::FromRow)]
struct StoredSum {
    cause: String,
    key: String,
    pass_through: bool,
    tax_code: String,
    net: i64,
    vat: i64,
    count: i64,
}

/// The movement of a cause that is no document.
fn movement(cause: Cause, key: &str, amount: Money) -> Movement {
    match cause {
        Cause::Payment | Cause::PaymentReversed | Cause::Refund => {
            Movement::Money(cause, key.to_owned(), amount)
        }
        Cause::WriteOff | Cause::WriteOffEnded => Movement::GivenUp(cause, key == "1", amount),
        Cause::ReminderFee | Cause::ReminderFeeWithdrawn => Movement::Fee(cause, amount),
        Cause::Exchange | Cause::ExchangeEnded | Cause::RefundExchange => {
            Movement::Exchanged(cause, key == "1", amount)
        }
        _ => Movement::Settled(cause, amount),
    }
}

impl Stored {
    fn row(self, parts: &BTreeMap<i64, Vec<Part>>) -> Result<JournalRow, StoreError> {
        let cause = cause(&self.cause)?;
        let movements = match cause {
            Cause::Invoice | Cause::CreditNote => {
                let parts = parts.get(&self.fact).cloned().unwrap_or_default();
                parts.into_iter().map(|part| Movement::Document(cause, part)).collect()
            }
            _ => vec![movement(cause, &self.key, decode::money(self.minor, &self.currency)?)],
        };
        let about: Uuid = decode::id(&self.about)?;
        Ok(JournalRow {
            on: decode::date(&self.on_day)?,
            id: decode::id(&self.id)?,
            about: match cause {
                Cause::CreditNote => JournalAbout::CreditNote(about),
                Cause::Payment | Cause::PaymentReversed => JournalAbout::Payment(about),
                Cause::Refund | Cause::RefundExchange => JournalAbout::Refund(about),
                Cause::ReminderFee | Cause::ReminderFeeWithdrawn => JournalAbout::Student(about),
                _ => JournalAbout::Invoice(about),
            },
            cause,
            label: self.label,
            student: self.student.unwrap_or_default(),
            movements,
        })
    }
}

/// The columns of an entry, with the student's name, of the entries `FROM` gives.
const ENTRY: &str = "SELECT e.on_day, e.cause, e.id, e.fact, e.about, e.label, s.name AS student,
    e.key, e.minor, e.currency FROM ";

impl View {
    /// The accounts that the school named or added.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn ledger_accounts(&mut self) -> Result<Vec<LedgerAccount>, StoreError> {
        let (school_id, _): (SchoolId, _) = self.owner().await?;
        let rows: Vec<(String, String, String, bool)> =
            sqlx::query_as("SELECT number, name, kind, active FROM ledger_account")
                .fetch_all(self.conn())
                .await?;
        rows.into_iter()
            .map(|(number, name, kind, active)| {
                let found = KINDS.iter().find(|(known, _)| *known == kind);
                let kind = found.map(|(_, kind)| *kind);
                let kind = kind.ok_or_else(|| StoreError::Damaged(format!("account {number}")))?;
                Ok(LedgerAccount { school_id, number, name, kind, active })
            })
            .collect()
    }

    /// What was posted from a day through another, both counted, added up by key and sign.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn movement_sums(
        &mut self,
        from: Option<NaiveDate>,
        to: Option<NaiveDate>,
    ) -> Result<Vec<MovementSum>, StoreError> {
        let (_, currency) = self.owner().await?;
        let money = |minor| Money::from_minor(minor, currency);
        let (from, to) = bounds(from, to);
        let rows: Vec<StoredSum> =
            sqlx::query_as(SUMS).bind(from).bind(to).fetch_all(self.conn()).await?;
        rows.into_iter()
            .map(|row| {
                let cause = cause(&row.cause)?;
                let movement = match cause {
                    Cause::Invoice | Cause::CreditNote => {
                        let part = Part {
                            account: row.key,
                            pass_through: row.pass_through,
                            tax_code: row.tax_code,
                            net: money(row.net),
                            vat: money(row.vat),
                        };
                        Movement::Document(cause, part)
                    }
                    _ => movement(cause, &row.key, money(row.net)),
                };
                Ok(MovementSum { movement, count: decode::count(row.count) })
            })
            .collect()
    }

    /// A part of the journal, oldest first.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn journal(
        &mut self,
        filter: &JournalFilter,
        window: Window,
    ) -> Result<JournalPage, StoreError> {
        let entries = sources::in_period(filter.keys.is_some());
        let (from, to) = bounds(filter.from, filter.to);
        let keys = serde_json::to_string(&filter.keys.as_deref().unwrap_or_default())?;
        // Fragments are this room's own; values are bound.
        let count = format!("SELECT count(*) FROM ({entries})");
        let total: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(count))
            .bind(&from)
            .bind(&to)
            .bind(&keys)
            .fetch_one(self.conn())
            .await?;
        let page = format!(
            "{ENTRY} (SELECT * FROM ({entries}) ORDER BY on_day, rank, fact, id LIMIT ?4 OFFSET ?5)
             e LEFT JOIN student s ON s.id = e.student_id ORDER BY e.on_day, e.rank, e.fact, e.id"
        );
        let rows: Vec<Stored> = sqlx::query_as(sqlx::AssertSqlSafe(page))
            .bind(&from)
            .bind(&to)
            .bind(&keys)
            .bind(window.limit)
            .bind(window.offset)
            .fetch_all(self.conn())
            .await?;
        Ok(JournalPage { rows: self.entries(rows).await?, total: decode::count(total) })
    }

    /// Every entry about an invoice, credit note, payment or refund, oldest first.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn journal_of(&mut self, id: Uuid) -> Result<Vec<JournalRow>, StoreError> {
        let entries: Vec<String> = SOURCES.iter().map(sources::Source::about_one).collect();
        let sql = format!(
            "{ENTRY} ({}) e LEFT JOIN student s ON s.id = e.student_id
             ORDER BY e.on_day, e.rank, e.fact, e.id",
            entries.join(" UNION ALL ")
        );
        let rows: Vec<Stored> = sqlx::query_as(sqlx::AssertSqlSafe(sql))
            .bind(id.to_string())
            .fetch_all(self.conn())
            .await?;
        self.entries(rows).await
    }

    /// Entries of a period that stand in no journal entry of a connection, oldest first, out of the
    /// `entries` that are asked. What the company got through an earlier connection stands in one.
    pub(crate) async fn journal_not_in(
        &mut self,
        connection: ConnectionId,
        entries: &str,
        (from, through): (Option<NaiveDate>, NaiveDate),
        limit: u32,
    ) -> Result<Vec<JournalRow>, StoreError> {
        let (from, through) = bounds(from, Some(through));
        let sql = format!(
            "{ENTRY} (SELECT * FROM ({entries}) n
                WHERE NOT EXISTS (SELECT 1 FROM connection c
                    JOIN connection o ON o.provider = c.provider
                        AND o.remote_company_id = c.remote_company_id
                    JOIN journal_part p ON p.connection_id = o.id
                        AND p.cause = n.cause AND p.source_id = n.id
                    WHERE c.id = ?4 AND (o.id = c.id OR EXISTS (SELECT 1 FROM export_record r
                        WHERE r.connection_id = o.id AND r.kind = 'journal'
                            AND r.document_id = p.entry_id
                            AND r.state IN ('exported', 'settled_manually'))))
                AND NOT EXISTS (SELECT 1 FROM document d WHERE d.id = n.id AND d.opening = 1)
                ORDER BY on_day, rank, fact, id LIMIT ?5) e
             LEFT JOIN student s ON s.id = e.student_id ORDER BY e.on_day, e.rank, e.fact, e.id"
        );
        let rows: Vec<Stored> = sqlx::query_as(sqlx::AssertSqlSafe(sql))
            .bind(from)
            .bind(through)
            .bind("[]")
            .bind(connection.to_string())
            .bind(limit)
            .fetch_all(self.conn())
            .await?;
        self.entries(rows).await
    }

    async fn entries(&mut self, rows: Vec<Stored>) -> Result<Vec<JournalRow>, StoreError> {
        let (_, currency) = self.owner().await?;
        let money = |minor| Money::from_minor(minor, currency);
        let facts: Vec<i64> = rows.iter().map(|row| row.fact).collect();
        let found: Vec<(i64, String, bool, String, i64, i64)> = sqlx::query_as(
            "SELECT fact, account, pass_through, tax_code, net_minor, vat_minor
             FROM document_part WHERE fact IN (SELECT value FROM json_each(?))
             ORDER BY fact, place",
        )
        .bind(serde_json::to_string(&facts)?)
        .fetch_all(self.conn())
        .await?;
        let mut parts: BTreeMap<i64, Vec<Part>> = BTreeMap::new();
        for (fact, account, pass_through, tax_code, net, vat) in found {
            let (net, vat) = (money(net), money(vat));
            let part = Part { account, pass_through, tax_code, net, vat };
            parts.entry(fact).or_default().push(part);
        }
        rows.into_iter().map(|row| row.row(&parts)).collect()
    }
}

/// Days as the book spells them; what is not given lies beyond every day.
pub(crate) fn bounds(from: Option<NaiveDate>, to: Option<NaiveDate>) -> (String, String) {
    let from = from.map_or_else(|| "0000-01-01".to_owned(), |day| day.to_string());
    let to = to.map_or_else(|| "9999-12-31".to_owned(), |day| day.to_string());
    (from, to)
}
