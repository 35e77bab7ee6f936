//! Who pays for students, and what they are asked for.

use crate::decode;
use crate::error::StoreError;
use crate::reminders::channel;
use crate::typed::Typed;
use crate::view::{View, Window};
use chrono::NaiveDate;
use finance::Money;
use finance::ids::{DepartmentId, InvoiceId, PayerId, SchoolId, StudentId};
use finance::party::Person;
use finance::payer::{Payer, PayerKind, PayerShare};
use sqlx::{QueryBuilder, Sqlite};
use std::collections::BTreeMap;

/// Which payers. Parts left empty do not narrow.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct PayerFilter {
    /// Name, number, e-mail or organisation number, as typed.
    pub query: String,
    /// Also those who are no longer offered.
    pub with_inactive: bool,
}

/// A payer with what is billed to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PayerRow {
    /// The payer.
    pub payer: Payer,
    /// Students whose default payer it is.
    pub students: u32,
    /// Open of what was billed to it.
    pub open: Money,
    /// Of this, due before today.
    pub overdue: Money,
}

/// A page of payers, by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PayerPage {
    /// The rows of the window.
    pub rows: Vec<PayerRow>,
    /// How many match in all.
    pub total: u32,
}

/// A student whose default payer somebody is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaidStudent {
    /// The student.
    pub student_id: StudentId,
    /// The student's number.
    pub number: String,
    /// The student's name.
    pub name: String,
    /// The payer's share.
    pub share: PayerShare,
}

/// A part of a split document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartRow {
    /// The invoice.
    pub id: InvoiceId,
    /// Its number.
    pub number: String,
    /// Who is asked to pay it.
    pub buyer: String,
    /// Total, in the currency of the document.
    pub gross: Money,
    /// Still open, in the same.
    pub open: Money,
}

const KINDS: &[(&str, PayerKind)] = &[
    ("guardian", PayerKind::Guardian),
    ("employer", PayerKind::Employer),
    ("agency", PayerKind::Agency),
    ("other", PayerKind::Other),
];

pub(crate) fn kind_name(kind: PayerKind) -> &'static str {
    KINDS.iter().find(|(_, known)| *known == kind).map_or("other", |(name, _)| name)
}

/// A kind from its name.
///
/// # Errors
/// [`StoreError::Damaged`] where nothing is called so.
pub(crate) fn kind(name: &str) -> Result<PayerKind, StoreError> {
    crate::reminders::named(name, KINDS)
}

const COLUMNS: &str = "p.id, p.number, p.kind, p.name, p.email, p.phone, p.address,
    p.reach_by, p.department_id, p.org_number, p.vat_number, p.reference, p.terms, p.active";

#[derive(sqlx::FromRow)]
struct Stored {
    id: String,
    number: String,
    kind: String,
    name: String,
    email: String,
    phone: String,
    address: String,
    reach_by: Option<String>,
    department_id: Option<String>,
    org_number: String,
    vat_number: String,
    reference: String,
    terms: Option<String>,
    active: bool,
}

impl Stored {
    fn payer(self, school_id: SchoolId) -> Result<Payer, StoreError> {
        Ok(Payer {
            id: decode::id(&self.id)?,
            school_id,
            department_id: decode::optional_id::<DepartmentId>(self.department_id.as_deref())?,
            kind: kind(&self.kind)?,
            number: self.number,
            person: Person {
                name: self.name,
                email: self.email,
                phone: self.phone,
                address: decode::json(&self.address)?,
                reach_by: channel(self.reach_by.as_deref())?,
            },
            org_number: self.org_number,
            vat_number: self.vat_number,
            reference: self.reference,
            terms: self.terms.as_deref().map(decode::json).transpose()?,
            active: self.active,
        })
    }
}

#[derive(sqlx::FromRow)]
struct StoredRow {
    #[sqlx(flatten)]
    payer: Stored,
    students: i64,
    open_minor: i64,
    overdue_minor: i64,
}

fn narrow(query: &mut QueryBuilder<Sqlite>, filter: &PayerFilter, typed: &Typed) {
    query.push(" WHERE TRUE");
    if !filter.with_inactive {
        query.push(" AND p.active");
    }
    if !typed.is_empty() {
        query
            .push(" AND p.row IN (SELECT rowid FROM payer_text WHERE payer_text MATCH ")
            .push_bind(typed.words.clone())
            .push(")");
    }
}

fn push_row(query: &mut QueryBuilder<Sqlite>, today: NaiveDate) {
    query.push("SELECT ").push(COLUMNS);
    query.push(
        ", (SELECT count(*) FROM student_payers d, json_each(d.shares) e
            WHERE json_extract(e.value, '$.payer_id') = p.id) AS students,
        (SELECT coalesce(sum(d.open_minor), 0) FROM document d
            WHERE d.payer_id = p.id AND d.kind = 'invoice') AS open_minor,
        (SELECT coalesce(sum(d.open_minor), 0) FROM document d
            WHERE d.payer_id = p.id AND d.kind = 'invoice' AND d.due_date < ",
    );
    query.push_bind(today.to_string()).push(") AS overdue_minor FROM payer p");
}

impl View {
    /// A page of payers, by name.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn list_payers(
        &mut self,
        filter: &PayerFilter,
        window: Window,
        today: NaiveDate,
    ) -> Result<PayerPage, StoreError> {
        let (_, currency) = self.owner().await?;
        let typed = Typed::new(&filter.query, currency);
        let mut query = QueryBuilder::new("SELECT count(*) FROM payer p");
        narrow(&mut query, filter, &typed);
        let [total] = self.sums(format!("payers {filter:?}"), query).await?;
        let mut query = QueryBuilder::new("");
        push_row(&mut query, today);
        narrow(&mut query, filter, &typed);
        query.push(" ORDER BY p.name COLLATE NOCASE, p.row LIMIT ").push_bind(window.limit);
        query.push(" OFFSET ").push_bind(window.offset);
        let rows = self.payer_rows(query).await?;
        Ok(PayerPage { rows, total: decode::count(total) })
    }

    /// One payer with what is billed to it.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn find_payer(
        &mut self,
        id: PayerId,
        today: NaiveDate,
    ) -> Result<Option<PayerRow>, StoreError> {
        let mut query = QueryBuilder::new("");
        push_row(&mut query, today);
        query.push(" WHERE p.id = ").push_bind(id.to_string());
        Ok(self.payer_rows(query).await?.pop())
    }

    async fn payer_rows(
        &mut self,
        mut query: QueryBuilder<Sqlite>,
    ) -> Result<Vec<PayerRow>, StoreError> {
        let (school_id, currency) = self.owner().await?;
        let rows: Vec<StoredRow> = query.build_query_as().fetch_all(self.conn()).await?;
        let row = |row: StoredRow| {
            Ok(PayerRow {
                payer: row.payer.payer(school_id)?,
                students: decode::count(row.students),
                open: Money::from_minor(row.open_minor, currency),
                overdue: Money::from_minor(row.overdue_minor, currency),
            })
        };
        rows.into_iter().map(row).collect()
    }

    /// The payers there are of some.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn find_payers(
        &mut self,
        ids: &[PayerId],
    ) -> Result<BTreeMap<PayerId, Payer>, StoreError> {
        if ids.is_empty() {
            return Ok(BTreeMap::new());
        }
        let (school_id, _) = self.owner().await?;
        let mut query = QueryBuilder::new("SELECT ");
        query.push(COLUMNS).push(" FROM payer p WHERE p.id IN (SELECT value FROM json_each(");
        query.push_bind(serde_json::to_string(ids)?).push("))");
        let rows: Vec<Stored> = query.build_query_as().fetch_all(self.conn()).await?;
        let payers = rows.into_iter().map(|row| row.payer(school_id));
        payers.map(|payer| payer.map(|payer| (payer.id, payer))).collect()
    }

    /// Who pays for some students by default; those who pay themselves are left out.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn default_payers(
        &mut self,
        students: &[StudentId],
    ) -> Result<BTreeMap<StudentId, Vec<PayerShare>>, StoreError> {
        if students.is_empty() {
            return Ok(BTreeMap::new());
        }
        let rows: Vec<(String, String)> = sqlx::query_as(
            "SELECT student_id, shares FROM student_payers
             WHERE shares <> '[]' AND student_id IN (SELECT value FROM json_each(?))",
        )
        .bind(serde_json::to_string(students)?)
        .fetch_all(self.conn())
        .await?;
        let read = |(id, shares): &(String, String)| Ok((decode::id(id)?, decode::json(shares)?));
        rows.iter().map(read).collect()
    }

    /// Students whose default payer somebody is, by name.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn paid_students(&mut self, payer: PayerId) -> Result<Vec<PaidStudent>, StoreError> {
        let rows: Vec<(String, String, String, String)> = sqlx::query_as(
            "SELECT s.id, s.number, s.name, e.value
             FROM student_payers d, json_each(d.shares) e JOIN student s ON s.id = d.student_id
             WHERE json_extract(e.value, '$.payer_id') = ? ORDER BY s.name COLLATE NOCASE, s.row",
        )
        .bind(payer.to_string())
        .fetch_all(self.conn())
        .await?;
        let row = |(id, number, name, share): (String, String, String, String)| {
            let (student_id, share) = (decode::id(&id)?, decode::json(&share)?);
            Ok(PaidStudent { student_id, number, name, share })
        };
        rows.into_iter().map(row).collect()
    }

    /// A number no payer of this book has: `P` and one more than the largest.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn next_payer_number(&mut self) -> Result<String, StoreError> {
        let last: Option<i64> = sqlx::query_scalar(
            "SELECT max(CAST(substr(number, 2) AS INTEGER)) FROM payer WHERE number LIKE 'P%'",
        )
        .fetch_one(self.conn())
        .await?;
        Ok(format!("P{}", last.unwrap_or(1000) + 1))
    }

    /// The parts of the split that began with an invoice, by number.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn parts_of(&mut self, first: InvoiceId) -> Result<Vec<PartRow>, StoreError> {
        let rows: Vec<(String, String, String, i64, i64, String)> = sqlx::query_as(
            "SELECT id, number, iif(payer_id IS NULL, student_name, payer_name),
                coalesce(foreign_gross_minor, gross_minor),
                coalesce(foreign_open_minor, open_minor), coalesce(foreign_currency, currency)
             FROM document WHERE split_first = ? AND kind = 'invoice' ORDER BY sequence",
        )
        .bind(first.to_string())
        .fetch_all(self.conn())
        .await?;
        let row = |(id, number, buyer, gross, open, currency): (_, _, _, _, _, String)| {
            let (gross, open) = (decode::money(gross, &currency)?, decode::money(open, &currency)?);
            let id: String = id;
            Ok(PartRow { id: decode::id(&id)?, number, buyer, gross, open })
        };
        rows.into_iter().map(row).collect()
    }
}
