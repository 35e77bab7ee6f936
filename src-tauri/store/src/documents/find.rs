//! One invoice or credit note in full, and what settled what.

use super::{AllocationRow, CreditNoteRecord, DocumentPlan, InvoiceRecord};
use crate::decode;
use crate::error::StoreError;
use crate::facts::read;
use crate::view::View;
use finance::Money;
use finance::allocation::{Allocation, CreditSource};
use finance::exchange::Worth;
use finance::fact::FactBody;
use finance::ids::{CreditNoteId, InvoiceId, PaymentId};
use std::collections::BTreeSet;

/// A document's fact and what became of it.
#[derive(sqlx::FromRow)]
struct StoredDocument {
    body: String,
    personal: Option<String>,
    open_minor: i64,
    credited_minor: i64,
    written_off_minor: i64,
    foreign_open_minor: Option<i64>,
    foreign_credited_minor: Option<i64>,
    foreign_written_off_minor: Option<i64>,
    planned_minor: i64,
    plan_due: Option<String>,
    plan_until: Option<String>,
    /// Asked of invoices only.
    #[sqlx(default)]
    touched: bool,
}

impl StoredDocument {
    fn invoice(self) -> Result<InvoiceRecord, StoreError> {
        match read::body(&self.body, self.personal.as_deref())? {
            FactBody::InvoiceIssued(invoice) => {
                let currency = invoice.totals.gross.currency();
                let own = |foreign: Option<i64>, minor: i64| {
                    Money::from_minor(foreign.unwrap_or(minor), currency)
                };
                let base = invoice.conversion.as_ref().map(|it| it.rate.base);
                Ok(InvoiceRecord {
                    invoice: *invoice,
                    open: own(self.foreign_open_minor, self.open_minor),
                    credited: own(self.foreign_credited_minor, self.credited_minor),
                    written_off: own(self.foreign_written_off_minor, self.written_off_minor),
                    base_open: base.map(|base| Money::from_minor(self.open_minor, base)),
                    plan: DocumentPlan::read(
                        (self.plan_due.as_deref(), self.plan_until.as_deref()),
                        self.planned_minor == self.open_minor,
                    )?,
                    touched: self.touched,
                })
            }
            _ => Err(StoreError::Damaged("an invoice points to another fact".to_owned())),
        }
    }

    fn credit_note(self) -> Result<CreditNoteRecord, StoreError> {
        match read::body(&self.body, self.personal.as_deref())? {
            FactBody::CreditNoteIssued(note) => {
                let own = self.foreign_open_minor.unwrap_or(self.open_minor);
                let unused = Money::from_minor(-own, note.totals.gross.currency());
                let base = note.conversion.as_ref().map(|it| it.rate.base);
                let base_unused = base.map(|base| Money::from_minor(-self.open_minor, base));
                Ok(CreditNoteRecord { credit_note: *note, unused, base_unused })
            }
            _ => Err(StoreError::Damaged("a credit note points to another fact".to_owned())),
        }
    }
}

#[derive(sqlx::FromRow)]
struct StoredAllocation {
    id: String,
    invoice_id: String,
    payment_id: Option<String>,
    credit_note_id: Option<String>,
    student_id: String,
    amount_minor: i64,
    source_minor: i64,
    foreign_minor: Option<i64>,
    foreign_currency: Option<String>,
    worth_minor: Option<i64>,
    source_worth_minor: Option<i64>,
    currency: String,
    allocated_on: String,
    invoice_number: String,
    source_label: String,
    source_reference: String,
    effective_on: String,
    ended_on: Option<String>,
    reversed: bool,
}

const BY_INVOICE: &str = "SELECT a.id, a.invoice_id, a.payment_id, a.credit_note_id, a.student_id,
    a.amount_minor, a.source_minor, a.foreign_minor, i.foreign_currency, a.worth_minor,
    a.source_worth_minor, i.currency, a.allocated_on, i.number AS invoice_number,
    a.effective_on, a.ended_on, coalesce(p.state = 'reversed', FALSE) AS reversed,
    coalesce(p.method, c.number) AS source_label, coalesce(p.reference, '') AS source_reference
    FROM allocation a JOIN document i ON i.id = a.invoice_id
    LEFT JOIN payment p ON p.id = a.payment_id LEFT JOIN document c ON c.id = a.credit_note_id
    WHERE a.invoice_id = ? AND a.write_off IS NULL ORDER BY a.allocated_on, a.row";

const BY_PAYMENT: &str = "SELECT a.id, a.invoice_id, a.payment_id, a.credit_note_id, a.student_id,
    a.amount_minor, a.source_minor, a.foreign_minor, i.foreign_currency, a.worth_minor,
    a.source_worth_minor, i.currency, a.allocated_on, i.number AS invoice_number,
    a.effective_on, a.ended_on, p.state = 'reversed' AS reversed,
    p.method AS source_label, p.reference AS source_reference
    FROM allocation a JOIN document i ON i.id = a.invoice_id JOIN payment p ON p.id = a.payment_id
    WHERE a.payment_id = ? ORDER BY a.allocated_on, a.row";

const BY_CREDIT_NOTE: &str = "SELECT a.id, a.invoice_id, a.payment_id, a.credit_note_id,
    a.student_id, a.amount_minor, a.source_minor, a.foreign_minor, i.foreign_currency,
    a.worth_minor, a.source_worth_minor, i.currency, a.allocated_on, i.number AS invoice_number,
    a.effective_on, a.ended_on, FALSE AS reversed,
    c.number AS source_label, '' AS source_reference
    FROM allocation a JOIN document i ON i.id = a.invoice_id
    JOIN document c ON c.id = a.credit_note_id
    WHERE a.credit_note_id = ? ORDER BY a.allocated_on, a.row";

impl View {
    /// An invoice in full.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn find_invoice(
        &mut self,
        id: InvoiceId,
    ) -> Result<Option<InvoiceRecord>, StoreError> {
        let row: Option<StoredDocument> = sqlx::query_as(
            "SELECT f.body, f.personal, d.open_minor, d.credited_minor, d.written_off_minor,
                d.foreign_open_minor, d.foreign_credited_minor, d.foreign_written_off_minor,
                d.planned_minor, d.plan_due, d.plan_until,
                EXISTS (SELECT 1 FROM allocation WHERE invoice_id = d.id)
                    OR EXISTS (SELECT 1 FROM document WHERE invoice_id = d.id) AS touched
             FROM document d JOIN fact f ON f.place = d.fact WHERE d.id = ? AND d.kind = 'invoice'",
        )
        .bind(id.to_string())
        .fetch_optional(self.conn())
        .await?;
        row.map(StoredDocument::invoice).transpose()
    }

    /// Which of some invoices are issued.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn issued_of(
        &mut self,
        ids: &[InvoiceId],
    ) -> Result<BTreeSet<InvoiceId>, StoreError> {
        let found: Vec<String> = sqlx::query_scalar(
            "SELECT id FROM document
             WHERE id IN (SELECT value FROM json_each(?)) AND kind = 'invoice'",
        )
        .bind(serde_json::to_string(ids)?)
        .fetch_all(self.conn())
        .await?;
        found.iter().map(|id| decode::id(id)).collect()
    }

    /// A credit note in full.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn find_credit_note(
        &mut self,
        id: CreditNoteId,
    ) -> Result<Option<CreditNoteRecord>, StoreError> {
        let row: Option<StoredDocument> = sqlx::query_as(
            "SELECT f.body, f.personal, d.open_minor, d.credited_minor, d.written_off_minor,
                d.foreign_open_minor, d.foreign_credited_minor, d.foreign_written_off_minor,
                d.planned_minor, d.plan_due, d.plan_until
             FROM document d JOIN fact f ON f.place = d.fact
             WHERE d.id = ? AND d.kind = 'credit_note'",
        )
        .bind(id.to_string())
        .fetch_optional(self.conn())
        .await?;
        row.map(StoredDocument::credit_note).transpose()
    }

    /// The credit notes of an invoice, oldest first.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn credit_notes_of(
        &mut self,
        invoice: InvoiceId,
    ) -> Result<Vec<CreditNoteRecord>, StoreError> {
        let rows: Vec<StoredDocument> = sqlx::query_as(
            "SELECT f.body, f.personal, d.open_minor, d.credited_minor, d.written_off_minor,
                d.foreign_open_minor, d.foreign_credited_minor, d.foreign_written_off_minor,
                d.planned_minor, d.plan_due, d.plan_until
             FROM document d JOIN fact f ON f.place = d.fact
             WHERE d.invoice_id = ? ORDER BY d.issue_date, d.row",
        )
        .bind(invoice.to_string())
        .fetch_all(self.conn())
        .await?;
        rows.into_iter().map(StoredDocument::credit_note).collect()
    }

    /// What settled an invoice, oldest first.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn allocations_of_invoice(
        &mut self,
        invoice: InvoiceId,
    ) -> Result<Vec<AllocationRow>, StoreError> {
        self.allocations(BY_INVOICE, invoice.to_string()).await
    }

    /// What a payment settled, oldest first.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn allocations_of_payment(
        &mut self,
        payment: PaymentId,
    ) -> Result<Vec<AllocationRow>, StoreError> {
        self.allocations(BY_PAYMENT, payment.to_string()).await
    }

    /// What a credit note settled, oldest first.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn allocations_of_credit_note(
        &mut self,
        credit_note: CreditNoteId,
    ) -> Result<Vec<AllocationRow>, StoreError> {
        self.allocations(BY_CREDIT_NOTE, credit_note.to_string()).await
    }

    async fn allocations(
        &mut self,
        sql: &'static str,
        id: String,
    ) -> Result<Vec<AllocationRow>, StoreError> {
        let (school_id, _) = self.owner().await?;
        let rows: Vec<StoredAllocation> =
            sqlx::query_as(sql).bind(id).fetch_all(self.conn()).await?;
        rows.into_iter()
            .map(|row| {
                let base = |minor: i64| decode::money(minor, &row.currency);
                let worth = match (row.worth_minor, row.source_worth_minor) {
                    (Some(invoice), Some(source)) => {
                        Some(Worth { invoice_base: base(invoice)?, source_base: base(source)? })
                    }
                    _ => None,
                };
                let gain = worth.map(|_| base(row.source_minor - row.amount_minor)).transpose()?;
                let source = match (row.payment_id.as_deref(), row.credit_note_id.as_deref()) {
                    (Some(id), _) => CreditSource::Payment(decode::id(id)?),
                    (None, id) => CreditSource::CreditNote(decode::id(id.unwrap_or_default())?),
                };
                Ok(AllocationRow {
                    allocation: Allocation {
                        id: decode::id(&row.id)?,
                        school_id,
                        student_id: decode::id(&row.student_id)?,
                        source,
                        invoice_id: decode::id(&row.invoice_id)?,
                        amount: decode::own_money(
                            (row.foreign_minor, row.foreign_currency.as_deref()),
                            (row.amount_minor, &row.currency),
                        )?,
                        worth,
                        allocated_on: decode::date(&row.allocated_on)?,
                    },
                    invoice_number: row.invoice_number,
                    source_label: row.source_label,
                    source_reference: row.source_reference,
                    effective_on: decode::date(&row.effective_on)?,
                    ended_on: decode::optional_date(row.ended_on.as_deref())?,
                    reversed: row.reversed,
                    gain,
                })
            })
            .collect()
    }
}
