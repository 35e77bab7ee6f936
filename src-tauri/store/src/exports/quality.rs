//! What waits to be sent, looked at before it is sent: the customers with what a system asks of
//! them (also payers who only may be sent), what documents need a counterpart for, and those of a period that is closed there.
//!
//! Never says what is wrong: it gives what the office judges.

use crate::decode::{count, optional_id};
use crate::error::StoreError;
use crate::view::View;
use chrono::NaiveDate;
use finance::ids::{ConnectionId, DepartmentId};
use finance::mapping::MappedKind;
use finance::payer::PayerKind;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use uuid::Uuid;

/// A customer that waits to be sent, or may have to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingCustomer {
    /// The student or payer.
    pub id: Uuid,
    /// The kind of payer; nothing: a student.
    pub payer_kind: Option<PayerKind>,
    /// Customer number.
    pub number: String,
    /// Name.
    pub name: String,
    /// E-mail address as written, or empty.
    pub email: String,
    /// Country of the address, or empty.
    pub country: String,
    /// VAT number, or else organisation number; empty for a student.
    pub tax_number: String,
}

/// What documents that wait need a counterpart for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingUse {
    /// What kind of thing.
    pub kind: MappedKind,
    /// Our key; of a line without an entry of the price list its account.
    pub key: String,
    /// The department they are booked on.
    pub department: Option<DepartmentId>,
    /// How many documents.
    pub documents: u32,
}

/// Documents that wait.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WaitingDocuments {
    /// How many.
    pub documents: u32,
    /// The number of the one that was queued first.
    pub first: String,
}

const CUSTOMERS: &str = "SELECT r.document_id, p.kind, coalesce(s.number, p.number) AS number,
        coalesce(s.name, p.name) AS name, coalesce(s.email, p.email) AS email,
        coalesce(json_extract(coalesce(s.address, p.address), '$.country'), '') AS country,
        coalesce(iif(p.vat_number = '', p.org_number, p.vat_number), '') AS tax_number
    FROM export_record r
    LEFT JOIN student s ON s.id = r.document_id LEFT JOIN payer p ON p.id = r.document_id
    WHERE r.connection_id = ?1 AND r.kind = 'customer' AND r.state IN ('pending', 'retry_wait')
        AND coalesce(s.id, p.id) IS NOT NULL
    GROUP BY r.document_id ORDER BY min(r.id)";

const PAYERS: &str = "SELECT p.id AS document_id, p.kind, p.number, p.name, p.email,
        coalesce(json_extract(p.address, '$.country'), '') AS country,
        iif(p.vat_number = '', p.org_number, p.vat_number) AS tax_number
    FROM payer p WHERE p.active = 1 ORDER BY p.row";

// Lines outside the price list go by their account: those of the documents that have such a line.
const SOLD: &str = "WITH waiting (id, fact, issue_date) AS (
        SELECT d.id, d.fact, d.issue_date FROM export_record r JOIN document d ON d.id = r.document_id
        WHERE r.connection_id = ?1 AND r.kind IN ('invoice', 'credit_note')
            AND r.state IN ('pending', 'retry_wait')),
    used (id, kind, key, department) AS (
        SELECT w.id, 'service', s.service_id, s.department_id FROM waiting w
        JOIN sale s ON s.issue_date = w.issue_date AND s.document_id = w.id
        WHERE s.service_id <> ''
        UNION SELECT w.id, 'account', p.account, s.department_id FROM waiting w
        JOIN sale s ON s.issue_date = w.issue_date AND s.document_id = w.id AND s.service_id = ''
        JOIN document_part p ON p.fact = w.fact
        UNION SELECT w.id, 'tax_code', s.vat_code, s.department_id FROM waiting w
        JOIN sale s ON s.issue_date = w.issue_date AND s.document_id = w.id)
    SELECT kind, key, department, count(*) AS documents FROM used
    GROUP BY kind, key, department ORDER BY kind, key, department";

const PAID: &str = "SELECT 'payment_method' AS kind, p.method AS key,
        coalesce(p.department_id, d.department_id, '') AS department, count(*) AS documents
    FROM export_record r LEFT JOIN allocation a ON a.id = r.document_id
    LEFT JOIN kept_credit h ON h.id = r.document_id
    JOIN payment p ON p.id = coalesce(a.payment_id, h.payment_id)
    LEFT JOIN document d ON d.id = a.invoice_id
    WHERE r.connection_id = ?1 AND r.kind IN ('payment', 'on_account') AND r.state IN ('pending', 'retry_wait')
    GROUP BY 2, 3 ORDER BY 2, 3";

const LOCKED: &str = "SELECT count(*) AS documents, coalesce(min(r.id), 0) AS first
    FROM export_record r WHERE r.connection_id = ?1 AND r.state IN ('pending', 'retry_wait')
        AND r.kind IN ('invoice', 'credit_note', 'on_account', 'payment') AND r.date <= ?2";

const LONG: &str = "SELECT count(*) AS documents, coalesce(min(r.id), 0) AS first
    FROM export_record r WHERE r.connection_id = ?1 AND r.state IN ('pending', 'retry_wait')
        AND r.kind IN ('invoice', 'credit_note') AND length(r.label) > ?2";

const MONEY: &str =
    "SELECT 'currency' AS kind, coalesce(d.foreign_currency, p.foreign_currency) AS key,
        '' AS department, count(*) AS documents
    FROM export_record r LEFT JOIN document d ON d.id = r.document_id
    LEFT JOIN kept_credit h ON h.id = r.document_id LEFT JOIN payment p ON p.id = h.payment_id
    WHERE r.connection_id = ?1 AND r.kind IN ('invoice', 'credit_note', 'on_account')
        AND r.state IN ('pending', 'retry_wait')
        AND coalesce(d.foreign_currency, p.foreign_currency) IS NOT NULL
    GROUP BY 2 ORDER BY 2";

impl View {
    /// Customers that wait to be sent, in the order they were queued.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn waiting_customers(
        &mut self,
        connection: ConnectionId,
    ) -> Result<Vec<WaitingCustomer>, StoreError> {
        let id = connection.to_string();
        let rows = sqlx::query(CUSTOMERS).bind(id).fetch_all(self.conn()).await?;
        rows.iter().map(customer).collect()
    }

    /// Payers that the next document may be addressed to, in the order they were made.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn paying_customers(&mut self) -> Result<Vec<WaitingCustomer>, StoreError> {
        let rows = sqlx::query(PAYERS).fetch_all(self.conn()).await?;
        rows.iter().map(customer).collect()
    }

    /// What the documents and payments that wait need a counterpart for.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn waiting_uses(
        &mut self,
        connection: ConnectionId,
    ) -> Result<Vec<WaitingUse>, StoreError> {
        let id = connection.to_string();
        let mut rows = sqlx::query(SOLD).bind(&id).fetch_all(self.conn()).await?;
        rows.extend(sqlx::query(PAID).bind(&id).fetch_all(self.conn()).await?);
        rows.extend(sqlx::query(MONEY).bind(&id).fetch_all(self.conn()).await?);
        rows.iter().map(usage).collect()
    }

    /// Invoices, credit notes and payments that wait and are dated on or before a day.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn waiting_until(
        &mut self,
        connection: ConnectionId,
        day: NaiveDate,
    ) -> Result<WaitingDocuments, StoreError> {
        let query = sqlx::query(LOCKED).bind(connection.to_string()).bind(day.to_string());
        let row = query.fetch_one(self.conn()).await?;
        self.waiting_documents(&row).await
    }

    /// Invoices and credit notes that wait and whose number has more characters than this.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn waiting_long_numbers(
        &mut self,
        connection: ConnectionId,
        characters: usize,
    ) -> Result<WaitingDocuments, StoreError> {
        let most = i64::try_from(characters).unwrap_or(i64::MAX);
        let query = sqlx::query(LONG).bind(connection.to_string()).bind(most);
        let row = query.fetch_one(self.conn()).await?;
        self.waiting_documents(&row).await
    }

    async fn waiting_documents(&mut self, row: &SqliteRow) -> Result<WaitingDocuments, StoreError> {
        let first: Option<String> =
            sqlx::query_scalar("SELECT label FROM export_record WHERE id = ?1")
                .bind(row.try_get::<i64, _>("first")?)
                .fetch_optional(self.conn())
                .await?;
        let documents = count(row.try_get("documents")?);
        Ok(WaitingDocuments { documents, first: first.unwrap_or_default() })
    }
}

fn customer(row: &SqliteRow) -> Result<WaitingCustomer, StoreError> {
    Ok(WaitingCustomer {
        id: crate::decode::id(row.try_get("document_id")?)?,
        payer_kind: row.try_get::<Option<&str>, _>("kind")?.map(crate::payers::kind).transpose()?,
        number: row.try_get("number")?,
        name: row.try_get("name")?,
        email: row.try_get("email")?,
        country: row.try_get("country")?,
        tax_number: row.try_get("tax_number")?,
    })
}

fn usage(row: &SqliteRow) -> Result<WaitingUse, StoreError> {
    let (kind, key): (&str, &str) = (row.try_get("kind")?, row.try_get("key")?);
    let (kind, key) = match kind {
        "account" => (MappedKind::Service, format!("account:{key}")),
        "tax_code" => (MappedKind::TaxCode, key.to_owned()),
        "payment_method" => (MappedKind::PaymentMethod, key.to_owned()),
        "currency" => (MappedKind::Currency, key.to_owned()),
        _ => (MappedKind::Service, key.to_owned()),
    };
    let department: &str = row.try_get("department")?;
    let department = optional_id(Some(department).filter(|id| !id.is_empty()))?;
    Ok(WaitingUse { kind, key, department, documents: count(row.try_get("documents")?) })
}
