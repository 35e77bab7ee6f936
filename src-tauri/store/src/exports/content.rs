//! What a record would tell the other side, as it stands in the book.
//!
//! Never maps: codes and accounts are our own here.

use super::journals::JournalContent;
use super::state::ExportKind;
use crate::decode::{date, id, money, optional_date, optional_id};
use crate::error::StoreError;
use crate::facts::personal;
use crate::view::View;
use chrono::NaiveDate;
use finance::Money;
use finance::exchange::Conversion;
use finance::ids::DepartmentId;
use finance::line::Totals;
use finance::mapping::FIELDS;
use finance::party::Person;
use finance::payer::PayerKind;
use finance::tax::PriceBasis;
use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::Value;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// What stands in the book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// A student or payer.
    Customer {
        /// The student's or payer's number.
        number: String,
        /// VAT number, or else organisation number; empty for a student.
        tax_number: String,
        /// Who it is.
        person: Box<Person>,
    },
    /// An invoice or credit note.
    Sales(Box<SalesContent>),
    /// Money set against an invoice, or paid back.
    Payment {
        /// Code of the payment method.
        method: String,
        /// The day it counts.
        date: NaiveDate,
        /// How much, in the invoice's currency.
        amount: Money,
        /// What it was worth in the book's currency, where that is another one.
        base: Option<Money>,
        /// The department that took it, or else the one of the invoice.
        department: Option<DepartmentId>,
        /// What the payer of the document it is about is; nothing: the student.
        payer: Option<PayerKind>,
    },
    /// Money that no invoice took when it was told.
    OnAccount {
        /// Code of the payment method.
        method: String,
        /// The day it counts.
        date: NaiveDate,
        /// How much, in its own currency.
        amount: Money,
        /// Units of the book's currency for one of its own, where these differ.
        rate: Option<Decimal>,
        /// The department that took it.
        department: Option<DepartmentId>,
        /// The day the payment was reversed, and what of it had not been paid back before.
        reversed: Option<(NaiveDate, Money)>,
    },
    /// A credit note set against an invoice.
    Allocation {
        /// The day it counts.
        date: NaiveDate,
        /// How much.
        amount: Money,
    },
    /// The PDF of a document.
    Attachment {
        /// What it belongs to: an invoice or a credit note.
        of: ExportKind,
        /// Its number.
        number: String,
    },
    /// A journal entry.
    Journal(Box<JournalContent>),
}

/// An invoice or credit note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SalesContent {
    /// Its number.
    pub number: String,
    /// Date of the document.
    pub issue_date: NaiveDate,
    /// Last day to pay; of a credit note its own date.
    pub due_date: NaiveDate,
    /// Whether prices contain VAT.
    pub basis: PriceBasis,
    /// Lines, VAT and totals, all positive.
    pub totals: Totals,
    /// Units of the book's currency for one of the document's, where these differ.
    pub rate: Option<Decimal>,
    /// The student's name where somebody else pays: it is put on the lines. Empty otherwise.
    pub student: String,
    /// Whom it is about, by number and name: put on the lines where all students are one customer.
    pub about: String,
    /// The department it is booked on.
    pub department: Option<DepartmentId>,
    /// What the payer it names is; nothing: the student.
    pub payer: Option<PayerKind>,
    /// What a field of the school's own may say, by the words of `finance::mapping::FIELDS`; what is
    /// empty is left out.
    pub told: BTreeMap<&'static str, String>,
}

/// The parts of a document's fact that are sent.
#[derive(Deserialize)]
struct SalesBody {
    totals: Totals,
    #[serde(default)]
    conversion: Option<Conversion>,
    #[serde(default)]
    department_id: Option<DepartmentId>,
}

/// The part of an invoice's fact that its credit notes share.
#[derive(Deserialize)]
struct BasisBody {
    basis: PriceBasis,
}

const CUSTOMERS: &str = concat!(
    "SELECT s.id, s.number, s.name, s.email, s.phone, s.address,
        '' AS tax_number
    FROM json_each(?1) j JOIN student s ON s.id = j.value
    UNION ALL SELECT p.id, p.number, p.name, p.email, p.phone, p.address,
        iif(p.vat_number = '', p.org_number, p.vat_number)
    FROM json_each(?1) j JOIN payer p ON p.id = j.value
    UNION ALL SELECT c.id, '', ",
    students!(),
    ", '', '', json_object('line1', '', 'line2', '', 'postal_code', '', 'city', '', 'country', ''), ''
    FROM json_each(?1) j JOIN connection c ON c.id = j.value"
);

const SALES: &str = "SELECT d.id, d.number, d.issue_date, d.due_date, f.body, f.personal,
        coalesce(g.body, f.body) AS invoice_body, y.kind AS payer_kind,
        u.name AS about_name, u.number AS about_number, t.name AS department_name,
        coalesce(nullif(d.payment_reference, ''), i.payment_reference) AS payment_reference,
        coalesce(nullif(d.reference, ''), i.reference) AS buyer_reference
    FROM json_each(?1) j JOIN document d ON d.id = j.value JOIN fact f ON f.place = d.fact
    LEFT JOIN document i ON i.id = d.invoice_id LEFT JOIN fact g ON g.place = i.fact
    LEFT JOIN payer y ON y.id = d.payer_id LEFT JOIN student u ON u.id = d.student_id
    LEFT JOIN department t ON t.id = d.department_id";

const SHARES: &str = "SELECT a.id, a.effective_on, coalesce(a.foreign_minor, a.amount_minor)
        AS amount_minor, coalesce(d.foreign_currency, d.currency) AS currency, p.method,
        iif(a.foreign_minor IS NULL, NULL, iif(p.id IS NULL, a.amount_minor, a.source_minor))
        AS base_minor, d.currency AS base_currency,
        coalesce(p.department_id, d.department_id) AS department_id, y.kind AS payer_kind
    FROM json_each(?1) j JOIN allocation a ON a.id = j.value
    JOIN document d ON d.id = a.invoice_id LEFT JOIN payment p ON p.id = a.payment_id
    LEFT JOIN payer y ON y.id = d.payer_id";

const REFUNDS: &str = "SELECT f.id, f.paid_on AS effective_on,
        coalesce(f.foreign_minor, f.amount_minor) AS amount_minor,
        coalesce(f.foreign_currency, f.currency) AS currency, f.method,
        iif(f.foreign_minor IS NULL, NULL, f.amount_minor) AS base_minor,
        f.currency AS base_currency, NULL AS department_id,
        (SELECT y.kind FROM refund_part p JOIN document d ON d.id = p.credit_note_id
            JOIN payer y ON y.id = d.payer_id WHERE p.refund_id = f.id LIMIT 1) AS payer_kind
    FROM json_each(?1) j JOIN refund f ON f.id = j.value";

const KEPT: &str = "SELECT h.id, p.method, coalesce(p.counts_from, p.received_on) AS effective_on,
        h.amount_minor, coalesce(p.foreign_currency, p.currency) AS currency,
        p.foreign_minor AS whole_minor, p.amount_minor AS base_minor, p.currency AS base_currency,
        p.department_id, p.counts_until,
        h.amount_minor - coalesce((SELECT sum(coalesce(f.foreign_minor, f.amount_minor))
            FROM refund f WHERE f.id IN (SELECT t.document_id FROM export_record o
                JOIN export_record t ON t.depends_also_on = o.id AND t.kind = 'refund'
                    AND t.state NOT IN ('cancelled', 'superseded')
                WHERE o.document_id = h.id AND o.kind = 'on_account')), 0) AS left_minor
    FROM json_each(?1) j JOIN kept_credit h ON h.id = j.value
    JOIN payment p ON p.id = h.payment_id";

const ATTACHMENTS: &str = "SELECT d.id, d.kind, d.number
    FROM json_each(?1) j JOIN document d ON d.id = j.value";

type Read = fn(&SqliteRow) -> Result<Content, StoreError>;

impl View {
    /// What stands in the book for documents of one kind. What cannot be read is left out: it must not
    /// hold up the others, and whoever asks for it has nothing.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn export_contents(
        &mut self,
        kind: ExportKind,
        documents: &[Uuid],
    ) -> Result<HashMap<Uuid, Content>, StoreError> {
        let (sql, read): (_, Read) = match kind {
            ExportKind::Customer => (CUSTOMERS, customer),
            ExportKind::Invoice | ExportKind::CreditNote => (SALES, sales),
            ExportKind::Payment | ExportKind::CreditAllocation => (SHARES, share),
            ExportKind::OnAccount => (KEPT, kept),
            ExportKind::Refund => (REFUNDS, share),
            ExportKind::Attachment => (ATTACHMENTS, attachment),
            ExportKind::Journal => return self.journal_contents(documents).await,
            // A person is told of these; nothing is sent.
            ExportKind::WriteOff => return Ok(HashMap::new()),
        };
        let rows =
            sqlx::query(sql).bind(serde_json::to_string(documents)?).fetch_all(self.conn()).await?;
        let read = rows.iter().map(|row| Ok((id(row.try_get("id")?)?, read(row)?)));
        let is_readable = |it: &Result<_, _>| !matches!(it, Err(StoreError::Damaged(_)));
        read.filter(is_readable).collect()
    }
}

fn customer(row: &SqliteRow) -> Result<Content, StoreError> {
    let person = Person {
        name: row.try_get("name")?,
        email: row.try_get("email")?,
        phone: row.try_get("phone")?,
        address: serde_json::from_str(row.try_get("address")?)?,
        reach_by: None,
    };
    Ok(Content::Customer {
        number: row.try_get("number")?,
        tax_number: row.try_get("tax_number")?,
        person: Box::new(person),
    })
}

fn attachment(row: &SqliteRow) -> Result<Content, StoreError> {
    let kind = ExportKind::of(row.try_get("kind")?)?;
    Ok(Content::Attachment { of: kind, number: row.try_get("number")? })
}

fn sales(row: &SqliteRow) -> Result<Content, StoreError> {
    let mut body: Value = serde_json::from_str(row.try_get("body")?)?;
    personal::join(&mut body, row.try_get("personal")?)?;
    // The student whom a document for a payer names; erased, nobody.
    let student = body.pointer("/payer/person/name").and_then(Value::as_str);
    let student = student.unwrap_or_default().to_owned();
    let body: SalesBody = serde_json::from_value(body)?;
    let invoice: BasisBody = serde_json::from_str(row.try_get("invoice_body")?)?;
    Ok(Content::Sales(Box::new(SalesContent {
        number: row.try_get("number")?,
        issue_date: date(row.try_get("issue_date")?)?,
        due_date: date(row.try_get("due_date")?)?,
        basis: invoice.basis,
        totals: body.totals,
        rate: body.conversion.map(|conversion| conversion.rate.rate),
        student,
        about: about(row)?,
        department: body.department_id,
        payer: payer_kind(row)?,
        told: told(row)?,
    })))
}

/// What a field of the school's own may say of a document.
fn told(row: &SqliteRow) -> Result<BTreeMap<&'static str, String>, StoreError> {
    let columns = ["about_number", "department_name", "payment_reference", "buyer_reference"];
    let mut told = BTreeMap::new();
    for (field, column) in FIELDS.into_iter().zip(columns) {
        let text: Option<String> = row.try_get(column)?;
        told.extend(text.filter(|text| !text.is_empty()).map(|text| (field, text)));
    }
    Ok(told)
}

/// Number and name of the student; erased, the number.
fn about(row: &SqliteRow) -> Result<String, StoreError> {
    let text = |column| Ok::<_, StoreError>(row.try_get::<Option<String>, _>(column)?);
    let (name, number) = (text("about_name")?, text("about_number")?);
    Ok(match (number, name.filter(|name| !name.is_empty())) {
        (Some(number), Some(name)) => format!("{number} {name}"),
        (number, name) => number.or(name).unwrap_or_default(),
    })
}

/// What the payer of a document is; nothing: the student.
fn payer_kind(row: &SqliteRow) -> Result<Option<PayerKind>, StoreError> {
    row.try_get::<Option<&str>, _>("payer_kind")?.map(crate::payers::kind).transpose()
}

fn kept(row: &SqliteRow) -> Result<Content, StoreError> {
    let currency = row.try_get("currency")?;
    let whole: Option<i64> = row.try_get("whole_minor")?;
    let base = money(row.try_get("base_minor")?, row.try_get("base_currency")?)?;
    let whole = whole.map(|minor| money(minor, currency)).transpose()?;
    let left = money(row.try_get("left_minor")?, currency)?;
    let reversed = optional_date(row.try_get("counts_until")?)?;
    Ok(Content::OnAccount {
        method: row.try_get("method")?,
        date: date(row.try_get("effective_on")?)?,
        amount: money(row.try_get("amount_minor")?, currency)?,
        rate: whole.and_then(|whole| base.amount().checked_div(whole.amount())),
        department: optional_id(row.try_get("department_id")?)?,
        reversed: reversed.map(|day| (day, left)),
    })
}

fn share(row: &SqliteRow) -> Result<Content, StoreError> {
    let amount = money(row.try_get("amount_minor")?, row.try_get("currency")?)?;
    let date = date(row.try_get("effective_on")?)?;
    Ok(match row.try_get("method")? {
        Some(method) => {
            let base: Option<i64> = row.try_get("base_minor")?;
            let code = row.try_get("base_currency")?;
            let base = base.map(|minor| money(minor, code)).transpose()?;
            let department = optional_id(row.try_get("department_id")?)?;
            Content::Payment { method, date, amount, base, department, payer: payer_kind(row)? }
        }
        None => Content::Allocation { date, amount },
    })
}
