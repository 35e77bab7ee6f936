//! The forms a book has had, and how one becomes the next.
//!
//! Never goes back: a book newer than the program is refused. Never changes a book that has rows
//! without a checked copy beside it.

use crate::error::StoreError;
use sqlx::{Connection, SqliteConnection};

/// `application_id` of a book (SQLite file format, offset 68): "Kont".
pub(crate) const APPLICATION_ID: i32 = 0x4b6f_6e74;

/// The steps, oldest first. A book's form is the number of steps it has been through.
const STEPS: &[&str] = &[
    include_str!("../../../migrations/0001_book.sql"),
    include_str!("../../../migrations/0002_exports.sql"),
    include_str!("../../../migrations/0003_charges.sql"),
    include_str!("../../../migrations/0004_reminders.sql"),
    include_str!("../../../migrations/0005_payments.sql"),
    include_str!("../../../migrations/0006_users.sql"),
    include_str!("../../../migrations/0007_payers.sql"),
    include_str!("../../../migrations/0008_ledger.sql"),
    include_str!("../../../migrations/0009_plans.sql"),
    include_str!("../../../migrations/0010_reports.sql"),
    include_str!("../../../migrations/0011_views.sql"),
    include_str!("../../../migrations/0012_balances.sql"),
    include_str!("../../../migrations/0013_packages.sql"),
    include_str!("../../../migrations/0014_imports.sql"),
    include_str!("../../../migrations/0015_recurring.sql"),
    include_str!("../../../migrations/0016_exchange.sql"),
    include_str!("../../../migrations/0017_extensions.sql"),
    include_str!("../../../migrations/0018_taken_back.sql"),
    include_str!("../../../migrations/0019_plans_abroad.sql"),
    include_str!("../../../migrations/0020_reconciling.sql"),
    include_str!("../../../migrations/0021_mapping_levels.sql"),
    include_str!("../../../migrations/0022_incoming.sql"),
    include_str!("../../../migrations/0023_health_and_reports.sql"),
    include_str!("../../../migrations/0024_schedules.sql"),
    include_str!("../../../migrations/0025_journals_and_attachments.sql"),
    include_str!("../../../migrations/0026_journal_entries.sql"),
    include_str!("../../../migrations/0027_attach_pdf.sql"),
    include_str!("../../../migrations/0028_names_known.sql"),
    include_str!("../../../migrations/0029_journal_touched.sql"),
    include_str!("../../../migrations/0030_booking_rules.sql"),
    include_str!("../../../migrations/0031_more_reports.sql"),
    include_str!("../../../migrations/0032_kept_credit.sql"),
    include_str!("../../../migrations/0033_currencies.sql"),
    include_str!("../../../migrations/0034_customers_by_currency.sql"),
    include_str!("../../../migrations/0035_tallies.sql"),
    include_str!("../../../migrations/0036_write_offs.sql"),
    include_str!("../../../migrations/0037_payments_of_an_event.sql"),
    include_str!("../../../migrations/0038_journals_there.sql"),
    include_str!("../../../migrations/0039_causes_given.sql"),
];

/// The newest form this program knows.
pub(crate) fn known() -> u32 {
    u32::try_from(STEPS.len()).unwrap_or(u32::MAX)
}

/// Form of the open file: nothing where it is empty.
///
/// # Errors
/// [`StoreError::Foreign`], [`StoreError::Newer`], or what the database reports.
pub(crate) async fn form(conn: &mut SqliteConnection) -> Result<u32, StoreError> {
    let application: i32 =
        sqlx::query_scalar("PRAGMA application_id").fetch_one(&mut *conn).await?;
    let found: u32 = sqlx::query_scalar("PRAGMA user_version").fetch_one(&mut *conn).await?;
    let tables: u32 =
        sqlx::query_scalar("SELECT count(*) FROM sqlite_schema").fetch_one(&mut *conn).await?;
    if application != APPLICATION_ID && tables > 0 {
        return Err(StoreError::Foreign);
    }
    if found > known() {
        return Err(StoreError::Newer { found, known: known() });
    }
    Ok(found)
}

/// Brings the file from a form to the newest, in one transaction.
///
/// # Errors
/// What the database reports; then nothing has changed.
pub(crate) async fn advance(conn: &mut SqliteConnection, from: u32) -> Result<(), StoreError> {
    let mut tx = conn.begin_with("BEGIN IMMEDIATE").await?;
    for (step, script) in (1_u32..).zip(STEPS).filter(|(step, _)| *step > from) {
        sqlx::raw_sql(*script).execute(&mut *tx).await?;
        // A pragma takes no bound value; both are integers of this program.
        let marks =
            format!("PRAGMA user_version = {step}; PRAGMA application_id = {APPLICATION_ID}");
        sqlx::raw_sql(sqlx::AssertSqlSafe(marks)).execute(&mut *tx).await?;
    }
    tx.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{STEPS, advance};
    use sqlx::{Connection, SqliteConnection};

    /// Two records, of which one waits for the other, with a cause and an attempt.
    const ROWS: &str = "
        INSERT INTO export_record (id, connection_id, kind, document_id, student_id, label,
            created_at, changed_at)
        VALUES (4, 'c', 'customer', 'd1', 's', 'Kari', 1, 1);
        INSERT INTO export_record (id, connection_id, kind, document_id, depends_on, student_id,
            label, external_id, state, created_at, changed_at)
        VALUES (9, 'c', 'invoice', 'd2', 4, 's', 'A-1', 'x', 'exported', 1, 1);
        INSERT INTO export_cause (id, connection_id, class, subject, params, opened_at)
        VALUES (1, 'c', 'closed_period', '', '{}', 1);
        INSERT INTO export_cause_record (cause_id, record_id) VALUES (1, 9);
        INSERT INTO export_call (id, connection_id, call, started_at, ended_at, excerpt)
        VALUES (1, 'c', 'push', 1, 1, '');
        INSERT INTO export_attempt (record_id, call_id, revision, outcome, text)
        VALUES (9, 1, 1, 'exported', '');";

    #[tokio::test]
    async fn records_of_an_older_book_keep_their_place_and_their_history() {
        let mut conn = SqliteConnection::connect("sqlite::memory:").await.expect("a database");
        for step in &STEPS[..24] {
            sqlx::raw_sql(*step).execute(&mut conn).await.expect("a step");
        }
        sqlx::raw_sql(ROWS).execute(&mut conn).await.expect("rows");
        advance(&mut conn, 24).await.expect("the newest form");
        let rows: Vec<(i64, String, Option<i64>, Option<String>)> =
            sqlx::query_as("SELECT id, kind, depends_on, external_id FROM export_record")
                .fetch_all(&mut conn)
                .await
                .expect("rows");
        let invoice = (9, "invoice".to_owned(), Some(4), Some("x".to_owned()));
        assert_eq!(rows, [(4, "customer".to_owned(), None, None), invoice]);
        let broken: Vec<(String,)> =
            sqlx::query_as("SELECT \"table\" FROM pragma_foreign_key_check")
                .fetch_all(&mut conn)
                .await
                .expect("a check");
        assert!(broken.is_empty(), "{broken:?}");
        let gone = sqlx::query("DELETE FROM export_record WHERE id = 9").execute(&mut conn).await;
        assert!(gone.is_err(), "the history still points at the record");
    }

    #[tokio::test]
    async fn reports_of_an_older_book_keep_their_lines_and_more_kinds_are_taken() {
        let mut conn = SqliteConnection::connect("sqlite::memory:").await.expect("a database");
        for step in &STEPS[..30] {
            sqlx::raw_sql(*step).execute(&mut conn).await.expect("a step");
        }
        let rows = "
            INSERT INTO report_snapshot VALUES
                (7, 'c', 'trial_balance', '2026-01-01', '2026-03-10', 1, 'GBP');
            INSERT INTO report_line VALUES (7, 0, 'Revenue', 'Sales', '[]', -100, 0);";
        sqlx::raw_sql(rows).execute(&mut conn).await.expect("rows");
        advance(&mut conn, 30).await.expect("the newest form");
        let lines: Vec<(i64, String, i64)> = sqlx::query_as(
            "SELECT s.id, s.kind, l.amount_minor FROM report_snapshot s
             JOIN report_line l ON l.snapshot_id = s.id",
        )
        .fetch_all(&mut conn)
        .await
        .expect("rows");
        assert_eq!(lines, [(7, "trial_balance".to_owned(), -100)]);
        let ledger = "INSERT INTO report_snapshot VALUES
            (8, 'c', 'general_ledger', '2026-03-01', '2026-03-10', 1, 'GBP')";
        sqlx::query(ledger).execute(&mut conn).await.expect("a kind that is new");
        let gone = sqlx::query("DELETE FROM report_snapshot WHERE id = 7").execute(&mut conn).await;
        assert!(gone.is_err(), "its lines still point at it");
    }

    #[tokio::test]
    async fn what_an_older_book_holds_is_counted() {
        let mut conn = SqliteConnection::connect("sqlite::memory:").await.expect("a database");
        for step in &STEPS[..33] {
            sqlx::raw_sql(*step).execute(&mut conn).await.expect("a step");
        }
        let rows = "
            INSERT INTO document (id, kind, issue_date, due_date, currency, net_minor, vat_minor,
                gross_minor, open_minor)
            VALUES ('a', 'draft', '2026-01-01', '2026-01-15', 'NOK', 100, 0, 100, 0),
                ('b', 'draft', '2026-01-01', '2026-01-15', 'NOK', 25, 0, 25, 0);
            INSERT INTO fact (id, desk, seq, clock, actor, version, kind, body, prev_hash, hash)
            VALUES ('f', 'A', 1, '1', 'kari', 1, 'school_set', '{}', x'', x'');";
        sqlx::raw_sql(rows).execute(&mut conn).await.expect("rows");
        advance(&mut conn, 33).await.expect("the newest form");
        let drafts: (String, i64, i64) =
            sqlx::query_as("SELECT standing, documents, gross_minor FROM document_tally")
                .fetch_one(&mut conn)
                .await
                .expect("a row");
        assert_eq!(drafts, ("draft".to_owned(), 2, 125));
        let facts: (String, String, i64) =
            sqlx::query_as("SELECT actor, kind, facts FROM fact_tally")
                .fetch_one(&mut conn)
                .await
                .expect("a row");
        assert_eq!(facts, ("kari".to_owned(), "school_set".to_owned(), 1));
    }
}
