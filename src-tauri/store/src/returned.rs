//! What became of money: refunds, write-offs, turns of payments.

use crate::decode;
use crate::error::StoreError;
use crate::view::View;
use chrono::NaiveDate;
use finance::allocation::CreditSource;
use finance::ids::{AllocationId, InvoiceId, PaymentId, RefundId, StudentId};
use finance::refund::{Refund, RefundPart};
use finance::write_off::WriteOff;

/// A rest that was written off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WriteOffRow {
    /// The write-off as recorded.
    pub write_off: WriteOff,
    /// Number of the invoice.
    pub invoice_number: String,
    /// The first day it no longer counts; nothing: it still does.
    pub ended_on: Option<NaiveDate>,
}

/// An allocation or write-off that may be released.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Releasable {
    /// The invoice it settles.
    pub invoice_id: InvoiceId,
    /// The payment it came from.
    pub payment_id: Option<PaymentId>,
    /// It is a write-off.
    pub is_write_off: bool,
    /// The first day it counts.
    pub effective_on: NaiveDate,
    /// The first day it no longer counts; nothing: it still does.
    pub ended_on: Option<NaiveDate>,
}

/// An open invoice found by what was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReferenceHit {
    /// The invoice.
    pub invoice_id: InvoiceId,
    /// Its number.
    pub number: String,
    /// Whose it is.
    pub student_id: StudentId,
    /// Their name.
    pub student: String,
    /// Their number.
    pub student_number: String,
    /// Its payment reference, or empty.
    pub payment_reference: String,
    /// Still open; nothing where it is settled.
    pub open: finance::Money,
}

#[derive(sqlx::FromRow)]
struct StoredWriteOff {
    id: String,
    invoice_id: String,
    student_id: String,
    amount_minor: i64,
    foreign_minor: Option<i64>,
    foreign_currency: Option<String>,
    currency: String,
    allocated_on: String,
    write_off: String,
    is_small: bool,
    number: String,
    ended_on: Option<String>,
}

type StoredReleasable = (String, Option<String>, bool, String, Option<String>);
type StoredPart = (i64, Option<i64>, Option<String>, Option<String>);

#[derive(sqlx::FromRow)]
struct StoredHit {
    id: String,
    number: String,
    student_id: String,
    student: String,
    student_number: String,
    payment_reference: String,
    open_minor: i64,
    currency: String,
    foreign_open_minor: Option<i64>,
    foreign_currency: Option<String>,
}

impl StoredHit {
    fn hit(self) -> Result<ReferenceHit, StoreError> {
        let own = (self.foreign_open_minor, self.foreign_currency.as_deref());
        Ok(ReferenceHit {
            invoice_id: decode::id(&self.id)?,
            number: self.number,
            student_id: decode::id(&self.student_id)?,
            student: self.student,
            student_number: self.student_number,
            payment_reference: self.payment_reference,
            open: decode::own_money(own, (self.open_minor, &self.currency))?,
        })
    }
}

#[derive(sqlx::FromRow)]
struct StoredRefund {
    student_id: String,
    method: String,
    paid_on: String,
    currency: String,
    amount_minor: i64,
    foreign_currency: Option<String>,
    foreign_minor: Option<i64>,
    reference: String,
    reason: String,
}

impl View {
    /// What of an invoice was written off, oldest first.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn write_offs_of(
        &mut self,
        invoice: InvoiceId,
    ) -> Result<Vec<WriteOffRow>, StoreError> {
        let (school_id, _) = self.owner().await?;
        let rows: Vec<StoredWriteOff> = sqlx::query_as(
            "SELECT a.id, a.invoice_id, a.student_id, a.amount_minor, a.foreign_minor,
                i.foreign_currency, i.currency, a.allocated_on,
                a.write_off, a.is_small, i.number, a.ended_on
             FROM allocation a JOIN document i ON i.id = a.invoice_id
             WHERE a.invoice_id = ? AND a.write_off IS NOT NULL ORDER BY a.allocated_on, a.row",
        )
        .bind(invoice.to_string())
        .fetch_all(self.conn())
        .await?;
        rows.into_iter()
            .map(|row| {
                Ok(WriteOffRow {
                    write_off: WriteOff {
                        id: decode::id(&row.id)?,
                        school_id,
                        student_id: decode::id(&row.student_id)?,
                        invoice_id: decode::id(&row.invoice_id)?,
                        amount: decode::own_money(
                            (row.foreign_minor, row.foreign_currency.as_deref()),
                            (row.amount_minor, &row.currency),
                        )?,
                        base: row
                            .foreign_minor
                            .map(|_| decode::money(row.amount_minor, &row.currency))
                            .transpose()?,
                        written_off_on: decode::date(&row.allocated_on)?,
                        reason: row.write_off,
                        small: row.is_small,
                    },
                    invoice_number: row.number,
                    ended_on: decode::optional_date(row.ended_on.as_deref())?,
                })
            })
            .collect()
    }

    /// An allocation or write-off by its identity.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn find_allocation(
        &mut self,
        id: AllocationId,
    ) -> Result<Option<Releasable>, StoreError> {
        let row: Option<StoredReleasable> = sqlx::query_as(
            "SELECT invoice_id, payment_id, write_off IS NOT NULL, effective_on, ended_on
             FROM allocation WHERE id = ?",
        )
        .bind(id.to_string())
        .fetch_optional(self.conn())
        .await?;
        row.map(|(invoice, payment, is_write_off, effective, ended)| {
            Ok(Releasable {
                invoice_id: decode::id(&invoice)?,
                payment_id: decode::optional_id(payment.as_deref())?,
                is_write_off,
                effective_on: decode::date(&effective)?,
                ended_on: decode::optional_date(ended.as_deref())?,
            })
        })
        .transpose()
    }

    /// A refund in full.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn find_refund(&mut self, id: RefundId) -> Result<Option<Refund>, StoreError> {
        let (school_id, _) = self.owner().await?;
        let row: Option<StoredRefund> = sqlx::query_as(
            "SELECT student_id, method, paid_on, currency, amount_minor, foreign_currency,
                foreign_minor, reference, reason FROM refund WHERE id = ?",
        )
        .bind(id.to_string())
        .fetch_optional(self.conn())
        .await?;
        let Some(row) = row else { return Ok(None) };
        let own = |foreign: Option<i64>, minor: i64| {
            let currency = row.foreign_currency.as_deref();
            decode::own_money((foreign, currency), (minor, &row.currency))
        };
        let base = |foreign: Option<i64>, minor: i64| {
            foreign.map(|_| decode::money(minor, &row.currency)).transpose()
        };
        let parts: Vec<StoredPart> = sqlx::query_as(
            "SELECT amount_minor, foreign_minor, payment_id, credit_note_id FROM refund_part
             WHERE refund_id = ? ORDER BY place",
        )
        .bind(id.to_string())
        .fetch_all(self.conn())
        .await?;
        let parts = parts.into_iter().map(|(minor, foreign, payment, note)| {
            let source = match (payment, note) {
                (Some(id), _) => CreditSource::Payment(decode::id(&id)?),
                (None, note) => {
                    CreditSource::CreditNote(decode::id(note.as_deref().unwrap_or_default())?)
                }
            };
            let (amount, base) = (own(foreign, minor)?, base(foreign, minor)?);
            Ok(RefundPart { source, amount, base })
        });
        let parts = parts.collect::<Result<_, StoreError>>()?;
        Ok(Some(Refund {
            id,
            school_id,
            student_id: decode::id(&row.student_id)?,
            paid_on: decode::date(&row.paid_on)?,
            amount: own(row.foreign_minor, row.amount_minor)?,
            base: base(row.foreign_minor, row.amount_minor)?,
            parts,
            method: row.method,
            reference: row.reference,
            reason: row.reason,
        }))
    }

    /// Refunds that came out of a payment, oldest first.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn refunds_of_payment(
        &mut self,
        payment: PaymentId,
    ) -> Result<Vec<Refund>, StoreError> {
        let ids: Vec<String> = sqlx::query_scalar(
            "SELECT r.id FROM refund_part p JOIN refund r ON r.id = p.refund_id
             WHERE p.payment_id = ? ORDER BY r.paid_on, r.row",
        )
        .bind(payment.to_string())
        .fetch_all(self.conn())
        .await?;
        let mut refunds = Vec::with_capacity(ids.len());
        for id in ids {
            refunds.extend(self.find_refund(decode::id(&id)?).await?);
        }
        Ok(refunds)
    }

    /// Invoices whose payment reference or number is exactly one of these, at most ten.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn by_reference(
        &mut self,
        spellings: &[String],
    ) -> Result<Vec<ReferenceHit>, StoreError> {
        let rows: Vec<StoredHit> = sqlx::query_as(
            "SELECT d.id, d.number, d.student_id, s.name AS student, s.number AS student_number,
                d.payment_reference, max(d.open_minor, 0) AS open_minor, d.currency,
                max(d.foreign_open_minor, 0) AS foreign_open_minor, d.foreign_currency
             FROM document d JOIN student s ON s.id = d.student_id
             WHERE d.kind = 'invoice' AND d.id NOT IN (SELECT item_id FROM taken_back)
                AND d.row IN (
                SELECT row FROM document WHERE payment_reference <> ''
                    AND payment_reference IN (SELECT value FROM json_each(?1))
                UNION SELECT row FROM document WHERE number IN (SELECT value FROM json_each(?1)))
             ORDER BY d.due_date, d.row LIMIT 10",
        )
        .bind(serde_json::to_string(spellings)?)
        .fetch_all(self.conn())
        .await?;
        rows.into_iter().map(StoredHit::hit).collect()
    }
}
