//! What is asked before a person is erased, and cleaning the file afterwards.
//!
//! Never erases by itself: that follows from the fact, see [`crate::apply`].

use crate::decode;
use crate::error::StoreError;
use crate::migrate;
use crate::open::{Store, beside, remove_book};
use crate::rare::Rare;
use crate::view::View;
use chrono::NaiveDate;
use finance::erasure::Erasure;
use finance::ids::{PayerId, StudentId};

/// What is still on its way for a student, in the order in which it is told.
const WAITS: &[(&str, &str)] = &[
    (
        "recurs",
        "SELECT EXISTS (SELECT 1 FROM recurring r, json_each(r.body, '$.students') s
            WHERE s.value = ? AND json_extract(r.body, '$.state') <> 'ended')",
    ),
    (
        "unbilled",
        "SELECT EXISTS (SELECT 1 FROM charge WHERE student_id = ? AND state = 'unbilled')",
    ),
    (
        "exports_waiting",
        "SELECT EXISTS (SELECT 1 FROM export_record WHERE student_id = ? AND state IN
            ('pending', 'in_flight', 'retry_wait', 'unknown', 'needs_review', 'blocked'))",
    ),
    (
        "messages_waiting",
        "SELECT EXISTS (SELECT 1 FROM outbox o JOIN reminder r ON r.id = o.reminder_id
            WHERE r.student_id = ? AND o.state IN ('waiting', 'sending', 'unknown'))",
    ),
];

/// A full-text index forgets a word only when it is built anew.
const INDEXES: &[&str] = &[
    "INSERT INTO student_text (student_text) VALUES ('rebuild')",
    "INSERT INTO document_text (document_text) VALUES ('rebuild')",
    "INSERT INTO payer_text (payer_text) VALUES ('rebuild')",
    "INSERT INTO payment_text (payment_text) VALUES ('rebuild')",
];

/// Payers, ground, day, and from when until when documents are kept.
type Erased = (String, String, String, Option<String>, Option<String>);

impl View {
    /// Private payers who are known for nothing but paying for this student, and are still there.
    /// Whoever has a number of the register of businesses is not private.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn payers_of_nobody_else(
        &mut self,
        student: StudentId,
    ) -> Result<Vec<(PayerId, String)>, StoreError> {
        let rows: Vec<(String, String)> = sqlx::query_as(
            "WITH paid (payer_id, student_id) AS (
                SELECT payer_id, student_id FROM document WHERE payer_id IS NOT NULL
                UNION SELECT json_extract(e.value, '$.payer_id'), s.student_id
                FROM student_payers s, json_each(s.shares) e)
             SELECT p.id, p.name FROM payer p
             WHERE p.kind IN ('guardian', 'other') AND p.org_number = '' AND p.vat_number = ''
                AND p.id IN (SELECT payer_id FROM paid WHERE student_id = ?1)
                AND p.id NOT IN (SELECT payer_id FROM paid
                    WHERE student_id <> ?1 AND payer_id IS NOT NULL)
                AND p.id NOT IN (SELECT g.value FROM erasure x, json_each(x.payers) g)
             ORDER BY p.row",
        )
        .bind(student.to_string())
        .fetch_all(self.conn())
        .await?;
        rows.into_iter().map(|(id, name)| Ok((decode::id(&id)?, name))).collect()
    }

    /// Whether one of some students was erased.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn any_erased(&mut self, students: &[StudentId]) -> Result<bool, StoreError> {
        if !self.may_have(Rare::Erasure).await? {
            return Ok(false);
        }
        let erased = sqlx::query_scalar(
            "SELECT EXISTS (SELECT 1 FROM erasure
                WHERE student_id IN (SELECT value FROM json_each(?)))",
        );
        Ok(erased.bind(serde_json::to_string(students)?).fetch_one(self.conn()).await?)
    }

    /// Whether a payer was erased.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn payer_is_erased(&mut self, payer: PayerId) -> Result<bool, StoreError> {
        let erased = sqlx::query_scalar(
            "SELECT EXISTS (SELECT 1 FROM erasure e, json_each(e.payers) p WHERE p.value = ?)",
        );
        Ok(erased.bind(payer.to_string()).fetch_one(self.conn()).await?)
    }

    /// The dates of a student's invoices and credit notes.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn issue_dates_of(
        &mut self,
        student: StudentId,
    ) -> Result<Vec<NaiveDate>, StoreError> {
        let days: Vec<String> = sqlx::query_scalar(
            "SELECT issue_date FROM document WHERE student_id = ? AND kind <> 'draft'
             ORDER BY issue_date",
        )
        .bind(student.to_string())
        .fetch_all(self.conn())
        .await?;
        days.iter().map(|day| decode::date(day)).collect()
    }

    /// What is still on its way for a student: `recurs`, `unbilled`, `exports_waiting`, `messages_waiting`.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn waits_for(
        &mut self,
        student: StudentId,
    ) -> Result<Option<&'static str>, StoreError> {
        for (what, sql) in WAITS {
            let waits: bool =
                sqlx::query_scalar(*sql).bind(student.to_string()).fetch_one(self.conn()).await?;
            if waits {
                return Ok(Some(what));
            }
        }
        Ok(None)
    }

    /// The accounting systems that were told of a student, each by its own name and the company's.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn told_of(
        &mut self,
        student: StudentId,
    ) -> Result<Vec<(String, String)>, StoreError> {
        let told = sqlx::query_as(
            "SELECT DISTINCT c.provider, c.remote_company_name
             FROM export_record r JOIN connection c ON c.id = r.connection_id
             WHERE r.student_id = ? AND r.sent_at IS NOT NULL ORDER BY 1, 2",
        );
        Ok(told.bind(student.to_string()).fetch_all(self.conn()).await?)
    }

    /// The erasures of a student, the last first.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn erasures_of(&mut self, student: StudentId) -> Result<Vec<Erasure>, StoreError> {
        let rows: Vec<Erased> = sqlx::query_as(
            "SELECT payers, ground, erased_on, kept_from, kept_until FROM erasure
             WHERE student_id = ? ORDER BY fact DESC",
        )
        .bind(student.to_string())
        .fetch_all(self.conn())
        .await?;
        let day = |day: Option<String>| day.as_deref().map(decode::date).transpose();
        rows.into_iter()
            .map(|(payers, ground, erased_on, kept_from, kept_until)| {
                Ok(Erasure {
                    student_id: student,
                    payers: decode::json(&payers)?,
                    ground: serde_json::from_value(ground.into())?,
                    erased_on: decode::date(&erased_on)?,
                    kept_from: day(kept_from)?,
                    kept_until: day(kept_until)?,
                })
            })
            .collect()
    }
}

impl Store {
    /// Writes the whole file anew, so that nothing that was erased stays in pages that are free
    /// now, in the log beside the file, or in a copy made before an older form was left.
    ///
    /// # Errors
    /// [`StoreError::DiskFull`] or [`StoreError::DiskError`]; the book itself is whole then.
    pub async fn scrub(&self) -> Result<(), StoreError> {
        let mut conn = self.write_connection().await?;
        for sql in INDEXES {
            sqlx::query(*sql).execute(&mut *conn).await?;
        }
        sqlx::raw_sql("VACUUM; PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut *conn).await?;
        drop(conn);
        for form in 1..migrate::known() {
            remove_book(&beside(&self.path, &format!(".form-{form}")))?;
        }
        Ok(())
    }
}
