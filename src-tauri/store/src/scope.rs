//! What a person limited to some departments sees of the book.
//!
//! One place for every question: on connections of their own, views of the same names stand before
//! the tables (SQLite looks into `temp` first), so that a list, a sum or a single read asked there
//! finds nothing of other departments, whoever wrote it. A student belongs to a department, and
//! what is about a student belongs there with them: a balance is then made of rows that are seen.
//! Never used to write: what is written is checked fact by fact in `Tx::record`.

use crate::error::StoreError;
use crate::view::View;
use finance::fact::{Fact, FactBody};
use finance::ids::{DepartmentId, StudentId};
use finance::reminder::Held;
use sqlx::SqliteConnection;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Some departments, and nothing else.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Scope(Arc<BTreeSet<String>>);

/// Tables that are the same for everybody: the school's own, the way to accounting systems, and the
/// log, which is reached through rows that are seen.
pub(crate) const OPEN: &[&str] = &[
    "booking_rules",
    "chain",
    "charge_rule",
    "connection",
    "connection_run",
    "connection_schedule",
    "desk_user",
    "export_history",
    "export_horizon",
    "fact",
    "fact_tally",
    "gate_rule",
    "import_mapping",
    "import_run",
    "import_run_item",
    "incoming_cursor",
    "journal_entry",
    "journal_gathered",
    "journal_line",
    "journal_part",
    "journal_touched",
    "ledger_account",
    "line_account",
    "list_setup",
    "mapping",
    "milestone",
    "number_series",
    "payment_method",
    "remote_listing",
    "remote_object",
    "remote_record",
    "report_line",
    "report_snapshot",
    "saved_view",
    "school",
    "series_rule",
    "service",
    "setting",
    "student_names",
    "taken_back",
    "tax_code",
    "user_password",
];

/// Tables whose rows are seen by a rule of their own; `{}` stands for the departments.
const RULES: &[(&str, &str)] = &[
    ("department", "id IN ({})"),
    ("student", "department_id IN ({})"),
    // A draft that names nobody yet and no department is still nobody's secret.
    (
        "document",
        "student_id IN (SELECT id FROM temp.student) OR (kind = 'draft' AND student_id IS NULL
            AND (department_id IS NULL OR department_id IN ({})))",
    ),
    (
        "export_cause",
        "id IN (SELECT r.cause_id FROM main.export_cause_record r
            JOIN temp.export_record e ON e.id = r.record_id)",
    ),
    ("document_part", "fact IN (SELECT fact FROM temp.document)"),
    (
        "payer",
        "department_id IN ({}) OR id IN (SELECT payer_id FROM temp.document)
            OR id IN (SELECT json_extract(e.value, '$.payer_id')
                FROM temp.student_payers d, json_each(d.shares) e)",
    ),
    (
        "outbox",
        "reminder_id IN (SELECT id FROM temp.reminder)
            OR invoice_id IN (SELECT id FROM temp.document)",
    ),
    ("charge_run", "id IN (SELECT run_id FROM temp.charge_run_item)"),
    // Held is a student or an invoice, as `kind/id`.
    (
        "reminder_hold",
        "substr(held, instr(held, '/') + 1) IN
            (SELECT id FROM temp.student UNION ALL SELECT id FROM temp.document)",
    ),
    // A template that bills somebody of another department is another department's as well.
    (
        "recurring",
        "NOT EXISTS (SELECT 1 FROM json_each(body, '$.students') e
            WHERE e.value NOT IN (SELECT id FROM temp.student))",
    ),
    ("export_cause_record", "record_id IN (SELECT id FROM temp.export_record)"),
    // One call carries documents of many students.
    ("export_attempt", "0"),
    ("export_call", "0"),
    // Sums hold every department's: who sees some is answered from the rows themselves.
    ("sale_day", "0"),
    ("debt_day", "0"),
    ("taking_day", "0"),
    ("document_tally", "0"),
];

/// Any other table is seen by the first of these columns it has.
const LEADS: &[(&str, &str)] = &[
    ("student_id", "student_id IN (SELECT id FROM temp.student)"),
    ("invoice_id", "invoice_id IN (SELECT id FROM temp.document)"),
    ("document_id", "document_id IN (SELECT id FROM temp.document)"),
    ("payment_id", "payment_id IN (SELECT id FROM temp.payment)"),
    ("reminder_id", "reminder_id IN (SELECT id FROM temp.reminder)"),
    ("allocation_id", "allocation_id IN (SELECT id FROM temp.allocation)"),
    ("refund_id", "refund_id IN (SELECT id FROM temp.refund)"),
    ("department_id", "department_id IN ({})"),
];

impl Scope {
    pub fn new(departments: &[DepartmentId]) -> Self {
        Self(Arc::new(departments.iter().map(ToString::to_string).collect()))
    }

    /// The departments as one text, which also tells two scopes apart.
    pub fn key(&self) -> String {
        self.0.iter().cloned().collect::<Vec<_>>().join(",")
    }

    fn holds(&self, department: Option<&str>) -> bool {
        department.is_some_and(|department| self.0.contains(department))
    }

    /// The departments in SQL. They are UUIDs, which hold nothing that could end a text.
    fn sql(&self) -> String {
        self.0.iter().map(|id| format!("'{id}'")).collect::<Vec<_>>().join(", ")
    }

    /// Puts the views before the tables of a connection.
    pub async fn narrow(&self, conn: &mut SqliteConnection) -> Result<(), StoreError> {
        let tables: Vec<String> = sqlx::query_scalar(TABLES).fetch_all(&mut *conn).await?;
        for table in tables.iter().filter(|table| !OPEN.contains(&table.as_str())) {
            let rule = rule(conn, table).await?.replace("{}", &self.sql());
            // Names come from the schema and rules from this file.
            let view = format!(
                "CREATE TEMP VIEW \"{table}\" AS SELECT * FROM main.\"{table}\" WHERE {rule}"
            );
            sqlx::raw_sql(sqlx::AssertSqlSafe(view)).execute(&mut *conn).await?;
        }
        Ok(())
    }
}

/// Ordinary tables: full-text indexes and what SQLite keeps for them only give row numbers, which
/// are looked up in a table that is narrowed.
const TABLES: &str = "SELECT name FROM main.sqlite_schema WHERE type = 'table'
    AND name NOT LIKE 'sqlite%' AND name NOT LIKE '%\\_text' ESCAPE '\\'
    AND name NOT LIKE '%\\_text\\_%' ESCAPE '\\' ORDER BY name";

/// The rule of a table. A view is checked when it is first read, so their order does not matter.
async fn rule(conn: &mut SqliteConnection, table: &str) -> Result<&'static str, StoreError> {
    if let Some((_, rule)) = RULES.iter().find(|(named, _)| *named == table) {
        return Ok(rule);
    }
    let columns: Vec<String> = sqlx::query_scalar("SELECT name FROM pragma_table_info(?)")
        .bind(table)
        .fetch_all(conn)
        .await?;
    let lead = LEADS.iter().find(|(column, _)| columns.iter().any(|name| name == column));
    // Nothing is known about such a table: it is not seen at all.
    Ok(lead.map_or("0", |(_, rule)| rule))
}

/// The narrowed tables whose rows can be named by an id.
const NAMED: &str = "SELECT v.name FROM temp.sqlite_schema v WHERE v.type = 'view'
    AND EXISTS (SELECT 1 FROM pragma_table_info(v.name) c WHERE c.name = 'id')";

impl View {
    /// Whether one of the ids belongs to a row that this picture of the book hides.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn hides(&mut self, ids: &[String]) -> Result<bool, StoreError> {
        if self.scope.is_none() || ids.is_empty() {
            return Ok(false);
        }
        let ids = serde_json::to_string(ids)?;
        let named: Vec<String> = sqlx::query_scalar(NAMED).fetch_all(self.conn()).await?;
        for table in named {
            let sql = format!(
                "SELECT EXISTS (SELECT 1 FROM main.\"{table}\" WHERE id IN (SELECT value FROM
                 json_each(?1)) AND id NOT IN (SELECT id FROM temp.\"{table}\"))"
            );
            let hidden: bool = sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
                .bind(&ids)
                .fetch_one(self.conn())
                .await?;
            if hidden {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// A question without its hints at indexes where it is asked of views, which have none.
    pub(crate) fn hinted(&self, sql: &'static str) -> sqlx::AssertSqlSafe<String> {
        if self.scope.is_none() {
            return sqlx::AssertSqlSafe(sql.to_owned());
        }
        let mut parts = sql.split(" INDEXED BY ");
        let mut plain = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let end = part.find(char::is_whitespace).unwrap_or(part.len());
            plain.push_str(&part[end..]);
        }
        sqlx::AssertSqlSafe(plain)
    }
}

const OF_STUDENT: &str = "SELECT department_id FROM student WHERE id = ?";
const OF_DOCUMENT: &str = "SELECT s.department_id FROM document d
    JOIN student s ON s.id = d.student_id WHERE d.id = ?";
const OF_CHARGE: &str = "SELECT s.department_id FROM charge c
    JOIN student s ON s.id = c.student_id WHERE c.id = ?";
const OF_REMINDER: &str = "SELECT s.department_id FROM reminder r
    JOIN student s ON s.id = r.student_id WHERE r.id = ?";

const OF_ALLOCATION: &str = "SELECT s.department_id FROM allocation a
    JOIN document d ON d.id = a.invoice_id JOIN student s ON s.id = d.student_id WHERE a.id = ?";
const OF_PAYMENT: &str = "SELECT s.department_id FROM payment p
    JOIN student s ON s.id = p.student_id WHERE p.id = ?";
const OF_PLAN: &str = "SELECT s.department_id FROM payment_plan p
    JOIN student s ON s.id = p.student_id WHERE p.id = ?";

/// What a fact is about, as far as departments are concerned.
enum About<'a> {
    /// The school as a whole, which nobody limited to a department changes.
    School,
    /// A student, and the department a document names.
    Student(StudentId, Option<DepartmentId>),
    /// Several students at once, and the department their documents name.
    Students(&'a [StudentId], Option<DepartmentId>),
    /// A row of a student's, by the question for that student's department, and its id.
    Row(&'static str, String),
    /// A department itself.
    Department(Option<DepartmentId>),
    /// Whoever did it; that it was their own, the office checks.
    Themselves,
}

fn about(body: &FactBody) -> About<'_> {
    match body {
        FactBody::StudentRegistered(student) => About::Department(student.department_id),
        FactBody::PayerSet(payer) => About::Department(payer.department_id),
        FactBody::StudentPayersSet(payers) => About::Student(payers.student_id, None),
        FactBody::StudentChanged { student_id, .. } => About::Student(*student_id, None),
        FactBody::PersonErased(erasure) => About::Student(erasure.student_id, None),
        FactBody::InvoiceIssued(i) => About::Student(i.student_id, i.department_id),
        FactBody::CreditNoteIssued(note) => About::Student(note.student_id, None),
        FactBody::PaymentReceived(p) => About::Student(p.student_id, p.department_id),
        FactBody::MoneyAllocated(a) => About::Student(a.student_id, None),
        FactBody::AllocationReleased(release) => {
            About::Row(OF_ALLOCATION, release.allocation_id.to_string())
        }
        FactBody::PaymentTurned(turn) => About::Row(OF_PAYMENT, turn.payment_id.to_string()),
        FactBody::GateOverridden(by) => About::Student(by.student_id, None),
        FactBody::DrivingTestSet { student_id, .. } => About::Student(*student_id, None),
        FactBody::RecurringSet(set) => About::Students(&set.students, set.department_id),
        FactBody::RecurringMade(made) => About::Student(made.student_id, None),
        FactBody::RefundPaid(refund) => About::Student(refund.student_id, None),
        FactBody::InvoiceWrittenOff(given_up) => About::Student(given_up.student_id, None),
        FactBody::PlanAgreed(plan) => About::Student(plan.student_id, None),
        FactBody::PlanEnded(end) => About::Row(OF_PLAN, end.plan_id.to_string()),
        FactBody::EventRecorded(recorded) => {
            About::Student(recorded.event.student_id, recorded.event.department_id)
        }
        FactBody::ChargeVoided { charge_id, .. } => About::Row(OF_CHARGE, charge_id.to_string()),
        FactBody::ChargesBilled(billing) => About::Row(OF_DOCUMENT, billing.invoice_id.to_string()),
        FactBody::EntitlementOpened(sold) => About::Student(sold.student_id, sold.department_id),
        FactBody::PackageDrawn(drawn) => About::Student(drawn.student_id, None),
        FactBody::DrawReturned(given) => About::Student(given.student_id, None),
        FactBody::EntitlementClosed(closing) => About::Student(closing.student_id, None),
        FactBody::EntitlementExtended(later) => About::Student(later.student_id, None),
        FactBody::MilestoneOverridden(waived) => About::Student(waived.student_id, None),
        FactBody::ReminderMade(reminder) => About::Student(reminder.student_id, None),
        FactBody::ReminderWithdrawn { reminder_id, .. } => {
            About::Row(OF_REMINDER, reminder_id.to_string())
        }
        FactBody::ReminderHoldSet(hold) => match hold.held {
            Held::Student(student) => About::Student(student, None),
            Held::Invoice(invoice) => About::Row(OF_DOCUMENT, invoice.to_string()),
        },
        FactBody::SchoolSet(_)
        | FactBody::DepartmentSet(_)
        | FactBody::TaxCodeSet(_)
        | FactBody::PaymentMethodSet(_)
        | FactBody::LedgerAccountSet(_)
        | FactBody::SeriesRuleSet(_)
        | FactBody::ExchangeRateSet(_)
        | FactBody::ServiceSet(_)
        | FactBody::ChargeRuleSet(_)
        | FactBody::GateRuleSet(_)
        | FactBody::MilestoneSet(_)
        | FactBody::ConnectionOpened { .. }
        | FactBody::ConnectionClosed { .. }
        | FactBody::ConnectionAttachmentsSet { .. }
        | FactBody::BookingChosen { .. }
        | FactBody::CauseGiven { .. }
        | FactBody::MappingSet(_)
        | FactBody::BookingRulesSet(_)
        | FactBody::ExportSettled { .. }
        | FactBody::DifferenceAccepted(_)
        | FactBody::PeriodSignedOff(_)
        | FactBody::ImportTakenBack(_)
        | FactBody::UserSet(_) => About::School,
        // A series opens by its rule, with the first document that needs it.
        FactBody::PasswordSet { .. } | FactBody::SeriesOpened(_) => About::Themselves,
    }
}

/// Refuses facts about other departments.
///
/// # Errors
/// [`StoreError::OutsideScope`], or what the database reports.
pub(crate) async fn demand(
    conn: &mut SqliteConnection,
    scope: &Scope,
    facts: &[Fact],
) -> Result<(), StoreError> {
    for fact in facts {
        let within = match about(&fact.body) {
            About::Themselves => true,
            About::School => false,
            About::Department(id) => scope.holds(id.map(|id| id.to_string()).as_deref()),
            About::Student(student, named) => {
                home(conn, scope, OF_STUDENT, &student.to_string()).await?
                    && named.is_none_or(|id| scope.holds(Some(&id.to_string())))
            }
            About::Students(students, named) => {
                let mut all = named.is_none_or(|id| scope.holds(Some(&id.to_string())));
                for student in students {
                    all &= home(conn, scope, OF_STUDENT, &student.to_string()).await?;
                }
                all
            }
            About::Row(question, id) => home(conn, scope, question, &id).await?,
        };
        if !within {
            return Err(StoreError::OutsideScope);
        }
    }
    Ok(())
}

/// Whether a student's department is within.
async fn home(
    conn: &mut SqliteConnection,
    scope: &Scope,
    question: &'static str,
    id: &str,
) -> Result<bool, StoreError> {
    let home: Option<Option<String>> =
        sqlx::query_scalar(question).bind(id).fetch_optional(conn).await?;
    Ok(scope.holds(home.flatten().as_deref()))
}
