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
    currency: String,
    allocated_on: String,
    write_off: String,
    is_small: bool,
    number: String,
    ended_on: Option<String>,
}

type StoredReleasable = (String, Option<String>, bool, String, Option<String>);
type StoredPart = (i64, Option<String>, Option<String>);

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
            "SELECT a.id, a.invoice_id, a.student_id, a.amount_minor, i.currency, a.allocated_on,
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
                        amount: decode::money(row.amount_minor, &row.currency)?,
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
        let row: Option<(String, String, String, String, i64, String, String)> = sqlx::query_as(
            "SELECT student_id, method, paid_on, currency, amount_minor, reference, reason
             FROM refund WHERE id = ?",
        )
        .bind(id.to_string())
        .fetch_optional(self.conn())
        .await?;
        let Some((student, method, paid_on, currency, amount, reference, reason)) = row else {
            return Ok(None);
        };
        let parts: Vec<StoredPart> = sqlx::query_as(
            "SELECT amount_minor, payment_id, credit_note_id FROM refund_part
             WHERE refund_id = ? ORDER BY place",
        )
        .bind(id.to_string())
        .fetch_all(self.conn())
        .await?;
        let parts = parts.into_iter().map(|(minor, payment, note)| {
            let source = match (payment, note) {
                (Some(id), _) => CreditSource::Payment(decode::id(&id)?),
                (None, note) => {
                    CreditSource::CreditNote(decode::id(note.as_deref().unwrap_or_default())?)
                }
            };
            Ok(RefundPart { source, amount: decode::money(minor, &currency)? })
        });
        let parts = parts.collect::<Result<_, StoreError>>()?;
        Ok(Some(Refund {
            id,
            school_id,
            student_id: decode::id(&student)?,
            method,
            paid_on: decode::date(&paid_on)?,
            amount: decode::money(amount, &currency)?,
            parts,
            reference,
            reason,
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
        let rows: Vec<(String, String, String, String, String, String, i64, String)> =
            sqlx::query_as(
                "SELECT d.id, d.number, d.student_id, s.name, s.number, d.payment_reference,
                max(d.open_minor, 0), d.currency
             FROM document d JOIN student s ON s.id = d.student_id
             WHERE d.kind = 'invoice' AND d.row IN (
                SELECT row FROM document WHERE payment_reference <> ''
                    AND payment_reference IN (SELECT value FROM json_each(?1))
                UNION SELECT row FROM document WHERE number IN (SELECT value FROM json_each(?1)))
             ORDER BY d.due_date, d.row LIMIT 10",
            )
            .bind(serde_json::to_string(spellings)?)
            .fetch_all(self.conn())
            .await?;
        rows.into_iter()
            .map(|(id, number, student_id, student, student_number, reference, open, currency)| {
                Ok(ReferenceHit {
                    invoice_id: decode::id(&id)?,
                    number,
                    student_id: decode::id(&student_id)?,
                    student,
                    student_number,
                    payment_reference: reference,
                    open: decode::money(open, &currency)?,
                })
            })
            .collect()
    }
}
