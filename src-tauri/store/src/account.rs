//! The rows that make a student's balance.

mod payer;

use crate::decode;
use crate::documents;
use crate::error::StoreError;
use crate::view::View;
use chrono::NaiveDate;
use finance::Money;
use finance::allocation::{CreditSource, OpenItem};
use finance::ids::{InvoiceId, StudentId};
use sqlx::{QueryBuilder, Sqlite};
use uuid::Uuid;

/// What a row of an account is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountKind {
    /// An invoice.
    Invoice,
    /// A credit note.
    CreditNote,
    /// Money received.
    Payment,
    /// Money received that was taken back.
    Reversal,
    /// Money paid back.
    Refund,
    /// A rest of an invoice that was given up; its identity is the invoice's.
    WriteOff,
    /// A rest that was given up and is asked for again; its identity is the invoice's.
    WriteOffReleased,
    /// What was set against an invoice and is no longer, on a payer's account; its identity is the
    /// invoice's.
    Released,
    /// What was gained (below nothing) or lost by exchange with a settlement or refund; its identity
    /// is the invoice's or the refund's.
    Exchange,
}

/// One row of a student's account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountEntry {
    /// What it is.
    pub kind: AccountKind,
    /// Its identity.
    pub id: Uuid,
    /// Number of a document; code of the method of a payment.
    pub label: String,
    /// Reference of a payment or refund, reason of a write-off, or empty.
    pub reference: String,
    /// Whose it is, on a payer's account; or empty.
    pub student: String,
    /// Issued or received on.
    pub date: NaiveDate,
    /// Last day to pay, of an invoice.
    pub due_date: Option<NaiveDate>,
    /// Above nothing: owed more. Below: owed less.
    pub amount: Money,
    /// Still open of an invoice; unused of a payment or credit note, above nothing.
    pub left: Money,
    /// The amount in its own currency, signed alike, where that is not the book's.
    pub foreign: Option<Money>,
}

/// Money or a credit note with something not set against any invoice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnusedCredit {
    /// Where it comes from.
    pub source: CreditSource,
    /// Number of the credit note; code of the method of a payment.
    pub label: String,
    /// Issued or received on.
    pub date: NaiveDate,
    /// Not used yet; above nothing.
    pub unused: Money,
    /// The same in the book's currency, where it is in another one.
    pub base: Option<Money>,
}

#[derive(sqlx::FromRow)]
struct StoredEntry {
    kind: String,
    id: String,
    label: String,
    reference: String,
    #[sqlx(default)]
    student: String,
    date: String,
    due_date: Option<String>,
    amount: i64,
    rest: i64,
    currency: String,
    foreign_minor: Option<i64>,
    foreign_currency: Option<String>,
}

type StoredCredit = (bool, String, String, String, i64, String, Option<i64>, Option<String>);

impl StoredEntry {
    fn entry(self) -> Result<AccountEntry, StoreError> {
        let kind = match self.kind.as_str() {
            "invoice" => AccountKind::Invoice,
            "credit_note" => AccountKind::CreditNote,
            "reversal" => AccountKind::Reversal,
            "refund" => AccountKind::Refund,
            "write_off" => AccountKind::WriteOff,
            "write_off_released" => AccountKind::WriteOffReleased,
            "released" => AccountKind::Released,
            "exchange" => AccountKind::Exchange,
            _ => AccountKind::Payment,
        };
        let due_date = self.due_date.filter(|_| kind == AccountKind::Invoice);
        Ok(AccountEntry {
            kind,
            id: decode::id(&self.id)?,
            label: self.label,
            reference: self.reference,
            student: self.student,
            date: decode::date(&self.date)?,
            due_date: decode::optional_date(due_date.as_deref())?,
            amount: decode::money(self.amount, &self.currency)?,
            left: decode::money(self.rest, &self.currency)?,
            foreign: match (self.foreign_minor, &self.foreign_currency) {
                (Some(minor), Some(code)) => Some(decode::money(minor, code)?),
                _ => None,
            },
        })
    }
}

impl View {
    /// All that changed what a student owes, oldest first.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn student_account(
        &mut self,
        student: StudentId,
    ) -> Result<Vec<AccountEntry>, StoreError> {
        let rows: Vec<StoredEntry> = sqlx::query_as(
            "SELECT kind, id, number AS label, '' AS reference, issue_date AS date, due_date,
                gross_minor AS amount, abs(open_minor) AS rest, currency,
                foreign_gross_minor AS foreign_minor, foreign_currency,
                kind = 'credit_note' AS place, row
             FROM document WHERE student_id = ?1 AND kind <> 'draft'
             UNION ALL
             SELECT 'payment', id, method, reference, counts_from, NULL,
                -amount_minor, unallocated_minor, currency, -foreign_minor, foreign_currency, 2, row
             FROM payment WHERE student_id = ?1 AND counts_from IS NOT NULL
             UNION ALL
             SELECT 'reversal', id, method, reference, max(counts_from, counts_until), NULL,
                amount_minor, 0, currency, foreign_minor, foreign_currency, 3, row
             FROM payment WHERE student_id = ?1 AND counts_from IS NOT NULL
                AND counts_until IS NOT NULL
             UNION ALL
             SELECT 'refund', id, method, reference, paid_on, NULL, amount_minor, 0, currency,
                foreign_minor, foreign_currency, 4, row
             FROM refund WHERE student_id = ?1
             UNION ALL
             SELECT 'write_off', d.id, d.number, a.write_off, a.effective_on, NULL,
                -a.amount_minor, 0, d.currency, -a.foreign_minor, d.foreign_currency, 5, a.row
             FROM allocation a JOIN document d ON d.id = a.invoice_id
             WHERE a.student_id = ?1 AND a.write_off IS NOT NULL
             UNION ALL
             SELECT 'write_off_released', d.id, d.number, a.write_off,
                max(a.effective_on, a.ended_on), NULL, a.amount_minor, 0, d.currency,
                a.foreign_minor, d.foreign_currency, 6, a.row
             FROM allocation a JOIN document d ON d.id = a.invoice_id
             WHERE a.student_id = ?1 AND a.write_off IS NOT NULL AND a.ended_on IS NOT NULL
             UNION ALL
             SELECT 'exchange', d.id, d.number, '', a.effective_on, NULL,
                a.source_minor - a.amount_minor, 0, d.currency, NULL, NULL, 7, a.row
             FROM allocation a JOIN document d ON d.id = a.invoice_id
             WHERE a.student_id = ?1 AND a.source_minor <> a.amount_minor
             UNION ALL
             SELECT 'exchange', d.id, d.number, '', max(a.effective_on, a.ended_on), NULL,
                a.amount_minor - a.source_minor, 0, d.currency, NULL, NULL, 8, a.row
             FROM allocation a JOIN document d ON d.id = a.invoice_id
             WHERE a.student_id = ?1 AND a.source_minor <> a.amount_minor
                AND a.ended_on IS NOT NULL
             UNION ALL
             SELECT 'exchange', id, method, reference, paid_on, NULL,
                source_minor - amount_minor, 0, currency, NULL, NULL, 9, row
             FROM refund WHERE student_id = ?1 AND source_minor <> amount_minor
             ORDER BY date, place, row",
        )
        .bind(student.to_string())
        .fetch_all(self.conn())
        .await?;
        rows.into_iter().map(StoredEntry::entry).collect()
    }

    /// Invoices of a student with something open, what is due first first: by the invoice, or by
    /// the payment plan that covers it as things stand on a day.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn open_items(
        &mut self,
        student: StudentId,
        today: NaiveDate,
    ) -> Result<Vec<OpenItem>, StoreError> {
        let mut query = QueryBuilder::<Sqlite>::new("SELECT ");
        query.push(documents::COLUMNS).push(" FROM document d WHERE d.student_id = ");
        query.push_bind(student.to_string());
        query.push(" AND d.open_minor > 0 AND d.kind = 'invoice'");
        let rows: Vec<documents::Stored> = query.build_query_as().fetch_all(self.conn()).await?;
        let item = |row: documents::Stored| {
            let row = row.row()?;
            let due_date = row.due_by(today);
            let (invoice_id, number) = (InvoiceId(row.id), row.number);
            Ok(OpenItem {
                invoice_id,
                number,
                issue_date: row.issue_date,
                due_date,
                open: row.open,
                base: row.base.map(|base| base.open),
            })
        };
        let items: Result<Vec<OpenItem>, StoreError> = rows.into_iter().map(item).collect();
        let mut items = items?;
        items.sort_by(|a, b| {
            (a.due_date, a.issue_date, &a.number).cmp(&(b.due_date, b.issue_date, &b.number))
        });
        Ok(items)
    }

    /// Credit of a student that could be set against invoices, oldest first.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn unused_credits(
        &mut self,
        student: StudentId,
    ) -> Result<Vec<UnusedCredit>, StoreError> {
        let rows: Vec<StoredCredit> = sqlx::query_as(
            "SELECT FALSE AS paid, id, number AS label, issue_date AS date,
                -open_minor AS unused, currency, -foreign_open_minor AS own, foreign_currency
             FROM document WHERE student_id = ?1 AND open_minor < 0
             UNION ALL
             SELECT TRUE, id, method, counts_from, unallocated_minor, currency,
                foreign_unallocated_minor, foreign_currency
             FROM payment WHERE student_id = ?1 AND unallocated_minor > 0
             ORDER BY date, paid, label, id",
        )
        .bind(student.to_string())
        .fetch_all(self.conn())
        .await?;
        rows.into_iter()
            .map(|(paid, id, label, date, unused, currency, own, foreign)| {
                let source = if paid {
                    CreditSource::Payment(decode::id(&id)?)
                } else {
                    CreditSource::CreditNote(decode::id(&id)?)
                };
                let date = decode::date(&date)?;
                let base = decode::money(unused, &currency)?;
                let unused = decode::own_money((own, foreign.as_deref()), (unused, &currency))?;
                let base = foreign.map(|_| base);
                Ok(UnusedCredit { source, label, date, unused, base })
            })
            .collect()
    }
}
