//! What is open and could be reminded of: invoices, and instalments of payment plans.
//!
//! Never says whether a reminder is due: `finance::reminder` does.

use crate::decode;
use crate::error::StoreError;
use crate::payers;
use crate::reminders::{channel, instalment};
use crate::view::View;
use chrono::NaiveDate;
use finance::Money;
use finance::ids::{ReminderId, StudentId};
use finance::reminder::rules::Debtor;
use finance::reminder::{Channel, Debt};

/// An open invoice with what a reminder says about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DebtRow {
    /// What the plan follows from.
    pub debt: Debt,
    /// How many instalments the plan has, where the debt is one of them.
    pub instalments: u32,
    /// The invoice's number.
    pub number: String,
    /// Date of the document.
    pub issue_date: NaiveDate,
    /// What the invoice came to.
    pub gross: Money,
    /// The KID or other payment reference.
    pub payment_reference: String,
    /// The student's name.
    pub student: String,
    /// The student's number.
    pub student_number: String,
    /// Name of who is asked to pay, where that is not the student; or empty.
    pub payer: String,
    /// The e-mail address of who is asked to pay, or empty.
    pub email: String,
    /// The telephone number of who is asked to pay, or empty.
    pub phone: String,
    /// How they wish to be reminded, where they do.
    pub reach_by: Option<Channel>,
}

#[derive(sqlx::FromRow)]
struct StoredDebt {
    id: String,
    instalment: String,
    instalments: i64,
    student_id: String,
    number: String,
    issue_date: String,
    due_date: String,
    gross_minor: i64,
    open_minor: i64,
    currency: String,
    payment_reference: String,
    student: String,
    student_number: String,
    payer_id: Option<String>,
    payer_kind: Option<String>,
    payer: String,
    email: String,
    phone: String,
    reach_by: Option<String>,
}

impl StoredDebt {
    fn row(self) -> Result<DebtRow, StoreError> {
        let debt = Debt {
            invoice_id: decode::id(&self.id)?,
            instalment: instalment(&self.instalment)?,
            student_id: decode::id(&self.student_id)?,
            payer_id: decode::optional_id(self.payer_id.as_deref())?,
            debtor: match self.payer_kind.as_deref() {
                Some(kind) => payers::kind(kind)?.debtor(),
                None => Debtor::Consumer,
            },
            issue_date: decode::date(&self.issue_date)?,
            due_date: decode::date(&self.due_date)?,
            open: decode::money(self.open_minor, &self.currency)?,
        };
        Ok(DebtRow {
            debt,
            instalments: decode::count(self.instalments),
            number: self.number,
            issue_date: decode::date(&self.issue_date)?,
            gross: decode::money(self.gross_minor, &self.currency)?,
            payment_reference: self.payment_reference,
            student: self.student,
            student_number: self.student_number,
            payer: self.payer,
            email: self.email,
            phone: self.phone,
            reach_by: channel(self.reach_by.as_deref())?,
        })
    }
}

/// No due date comes after it.
const LAST_DAY: &str = "9999-12-31";

const DEBTS_DUE: &str = "
    WITH owed (invoice_id, instalment, instalments, due, minor, own) AS (
        SELECT id, '', 0, due_date, open_minor - planned_minor,
            iif(foreign_currency IS NULL, NULL, foreign_open_minor
                - (SELECT coalesce(sum(foreign_minor), 0) FROM plan_part WHERE invoice_id = id))
        FROM document WHERE open_minor > 0 AND kind = 'invoice' AND due_date <= ?1 AND open_minor > planned_minor
        UNION ALL
        SELECT pp.invoice_id,
            iif(pp.holds_until < ?2 AND pp.own_due <= pp.due_date, '',
                pp.plan_id || '/' || pp.place),
            json_array_length(f.body, '$.instalments'),
            iif(pp.holds_until < ?2, min(pp.due_date, pp.own_due), pp.due_date),
            pp.open_minor, pp.foreign_minor
        FROM plan_part pp JOIN payment_plan p ON p.id = pp.plan_id JOIN fact f ON f.place = p.fact
    )
    SELECT d.id, d.student_id, d.number, d.issue_date, o.due AS due_date,
        coalesce(d.foreign_gross_minor, d.gross_minor) AS gross_minor,
        coalesce(sum(o.own), sum(o.minor)) AS open_minor,
        coalesce(d.foreign_currency, d.currency) AS currency, d.payment_reference, s.name AS student,
        s.number AS student_number, d.payer_id, y.kind AS payer_kind,
        coalesce(y.name, '') AS payer, coalesce(y.email, s.email) AS email,
        coalesce(y.phone, s.phone) AS phone,
        iif(y.id IS NULL, s.reach_by, y.reach_by) AS reach_by, o.instalment, max(o.instalments) AS instalments
    FROM owed o JOIN document d ON d.id = o.invoice_id JOIN student s ON s.id = d.student_id
    LEFT JOIN payer y ON y.id = d.payer_id
    WHERE o.due <= ?1 AND iif(?3 IS NULL,
        d.student_id NOT IN (SELECT student_id FROM erasure), d.student_id = ?3)
    GROUP BY d.id, o.instalment, o.due
    ORDER BY o.due, d.number";

/// Of an instalment the due date and how many there are stand in the plan's fact.
const REMINDED: &str = "
    SELECT d.id, d.student_id, d.number, d.issue_date,
        coalesce(json_extract(f.body, '$.instalments[' || (
            CAST(substr(i.instalment, instr(i.instalment, '/') + 1) AS INTEGER) - 1)
            || '].due_date'), d.due_date) AS due_date,
        coalesce(d.foreign_gross_minor, d.gross_minor) AS gross_minor, i.open_minor,
        coalesce(d.foreign_currency, d.currency) AS currency, d.payment_reference, s.name AS student,
        s.number AS student_number, d.payer_id, y.kind AS payer_kind,
        coalesce(y.name, '') AS payer, coalesce(y.email, s.email) AS email,
        coalesce(y.phone, s.phone) AS phone,
        iif(y.id IS NULL, s.reach_by, y.reach_by) AS reach_by, i.instalment,
        coalesce(json_array_length(f.body, '$.instalments'), 0) AS instalments
    FROM reminder_item i JOIN document d ON d.id = i.invoice_id
    JOIN student s ON s.id = d.student_id LEFT JOIN payer y ON y.id = d.payer_id
    LEFT JOIN payment_plan p ON i.instalment <> ''
        AND p.id = substr(i.instalment, 1, instr(i.instalment, '/') - 1)
    LEFT JOIN fact f ON f.place = p.fact
    WHERE i.reminder_id = ? ORDER BY due_date, d.number";

impl View {
    /// What is open and due up to a day, as things stand today, oldest due date first: invoices,
    /// and instalments of payment plans that hold. Once a plan is broken its invoices stand for
    /// themselves again. Whoever was erased can be asked for nothing.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn debts_due(
        &mut self,
        until: NaiveDate,
        today: NaiveDate,
    ) -> Result<Vec<DebtRow>, StoreError> {
        let rows: Vec<StoredDebt> = sqlx::query_as(DEBTS_DUE)
            .bind(until.to_string())
            .bind(today.to_string())
            .bind(None::<String>)
            .fetch_all(self.conn())
            .await?;
        rows.into_iter().map(StoredDebt::row).collect()
    }

    /// What a student has open, likewise, whenever it is due.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn debts_of(
        &mut self,
        student: StudentId,
        today: NaiveDate,
    ) -> Result<Vec<DebtRow>, StoreError> {
        let rows: Vec<StoredDebt> = sqlx::query_as(DEBTS_DUE)
            .bind(LAST_DAY)
            .bind(today.to_string())
            .bind(student.to_string())
            .fetch_all(self.conn())
            .await?;
        rows.into_iter().map(StoredDebt::row).collect()
    }

    /// The invoices and instalments of a reminder that was made, with what they say today.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn reminded_debts(&mut self, id: ReminderId) -> Result<Vec<DebtRow>, StoreError> {
        let rows: Vec<StoredDebt> =
            sqlx::query_as(REMINDED).bind(id.to_string()).fetch_all(self.conn()).await?;
        rows.into_iter().map(StoredDebt::row).collect()
    }
}
