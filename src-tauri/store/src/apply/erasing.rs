//! A person's data destroyed, in the log and in every table that follows from it.
//!
//! Never changes an amount, a number, a date or a link of the chain. What an erased person's older
//! facts bring later, from another desk, goes the same way.

use crate::error::StoreError;
use crate::facts::append::Placed;
use finance::fact::FactBody;
use finance::ids::StudentId;
use finance::reconciliation::DifferenceAccepted;
use finance::reminder::Held;
use sqlx::SqliteConnection;
use std::collections::BTreeSet;

pub(super) async fn apply(
    conn: &mut SqliteConnection,
    placed: &[Placed<'_>],
) -> Result<(), StoreError> {
    for placed in placed {
        let FactBody::PersonErased(erasure) = &placed.fact.body else { continue };
        let inserted = sqlx::query(
            "INSERT INTO erasure (fact, student_id, payers, ground, erased_on, kept_from,
                kept_until)
             SELECT ?1, id, ?3, ?4, ?5, ?6, ?7 FROM student WHERE id = ?2",
        )
        .bind(placed.place)
        .bind(erasure.student_id.to_string())
        .bind(serde_json::to_string(&erasure.payers)?)
        .bind(serde_json::to_value(erasure.ground)?.as_str().unwrap_or_default())
        .bind(erasure.erased_on.to_string())
        .bind(erasure.kept_from.map(|day| day.to_string()))
        .bind(erasure.kept_until.map(|day| day.to_string()))
        .execute(&mut *conn)
        .await?;
        if inserted.rows_affected() == 0 {
            return Err(StoreError::CauseMissing);
        }
    }
    let mut about = BTreeSet::new();
    for placed in placed {
        about.extend(whose(conn, &placed.fact.body).await?);
    }
    destroy_among(conn, &about).await
}

/// A row that leads to its student.
const OF_ALLOCATION: &str = "SELECT student_id FROM allocation WHERE id = ?";
const OF_CHARGE: &str = "SELECT student_id FROM charge WHERE id = ?";
const OF_DOCUMENT: &str = "SELECT student_id FROM document WHERE id = ?";
const OF_PAYMENT: &str = "SELECT student_id FROM payment WHERE id = ?";
const OF_PLAN: &str = "SELECT student_id FROM payment_plan WHERE id = ?";
const OF_REMINDER: &str = "SELECT student_id FROM reminder WHERE id = ?";
/// What was settled by hand is a row of any of these.
const OF_ANYTHING: &str = "SELECT id FROM student WHERE id = ?1
    UNION ALL SELECT id FROM payer WHERE id = ?1
    UNION ALL SELECT student_id FROM document WHERE id = ?1
    UNION ALL SELECT student_id FROM payment WHERE id = ?1
    UNION ALL SELECT student_id FROM allocation WHERE id = ?1
    UNION ALL SELECT student_id FROM refund WHERE id = ?1";

fn texts(ids: &[StudentId]) -> Vec<String> {
    ids.iter().map(ToString::to_string).collect()
}

/// The id in what is named as kind and id.
fn id_in(named: &str) -> String {
    named.split_once('/').map_or_else(String::new, |(_, id)| id.to_owned())
}

/// Students and payers whose personal data a fact may hold, by their ids.
async fn whose(conn: &mut SqliteConnection, body: &FactBody) -> Result<Vec<String>, StoreError> {
    let (question, id) = match body {
        FactBody::PersonErased(erasure) => {
            let payers = erasure.payers.iter().map(ToString::to_string);
            return Ok(payers.chain([erasure.student_id.to_string()]).collect());
        }
        FactBody::StudentRegistered(student) => return Ok(vec![student.id.to_string()]),
        FactBody::StudentChanged { student_id: id, .. }
        | FactBody::DrivingTestSet { student_id: id, .. } => return Ok(vec![id.to_string()]),
        FactBody::GateOverridden(by) => return Ok(vec![by.student_id.to_string()]),
        FactBody::PackageDrawn(drawn) => return Ok(vec![drawn.student_id.to_string()]),
        FactBody::DrawReturned(given) => return Ok(vec![given.student_id.to_string()]),
        FactBody::EntitlementClosed(closing) => return Ok(vec![closing.student_id.to_string()]),
        FactBody::EntitlementExtended(later) => return Ok(vec![later.student_id.to_string()]),
        FactBody::MilestoneOverridden(waived) => return Ok(vec![waived.student_id.to_string()]),
        FactBody::RecurringSet(set) => return Ok(texts(&set.students)),
        FactBody::PayerSet(payer) => return Ok(vec![payer.id.to_string()]),
        FactBody::InvoiceIssued(invoice) => return Ok(vec![invoice.student_id.to_string()]),
        FactBody::CreditNoteIssued(note) => return Ok(vec![note.student_id.to_string()]),
        FactBody::PaymentReceived(payment) => return Ok(vec![payment.student_id.to_string()]),
        FactBody::RefundPaid(refund) => return Ok(vec![refund.student_id.to_string()]),
        FactBody::InvoiceWrittenOff(given_up) => return Ok(vec![given_up.student_id.to_string()]),
        FactBody::PlanAgreed(plan) => return Ok(vec![plan.student_id.to_string()]),
        FactBody::AllocationReleased(release) => (OF_ALLOCATION, release.allocation_id.to_string()),
        FactBody::PaymentTurned(turn) => (OF_PAYMENT, turn.payment_id.to_string()),
        FactBody::PlanEnded(end) => (OF_PLAN, end.plan_id.to_string()),
        FactBody::ChargeVoided { charge_id, .. } => (OF_CHARGE, charge_id.to_string()),
        FactBody::ReminderWithdrawn { reminder_id, .. } => (OF_REMINDER, reminder_id.to_string()),
        FactBody::ReminderHoldSet(hold) => match hold.held {
            Held::Student(student) => return Ok(vec![student.to_string()]),
            Held::Invoice(invoice) => (OF_DOCUMENT, invoice.to_string()),
        },
        FactBody::ExportSettled { document: named, .. }
        | FactBody::DifferenceAccepted(DifferenceAccepted { pair: named, .. }) => {
            (OF_ANYTHING, id_in(named))
        }
        // These hold nothing that somebody wrote about a person.
        FactBody::StudentPayersSet(_)
        | FactBody::MoneyAllocated(_)
        | FactBody::ReminderMade(_)
        | FactBody::EventRecorded(_)
        | FactBody::ChargesBilled(_)
        | FactBody::EntitlementOpened(_)
        | FactBody::RecurringMade(_)
        | FactBody::SchoolSet(_)
        | FactBody::DepartmentSet(_)
        | FactBody::TaxCodeSet(_)
        | FactBody::PaymentMethodSet(_)
        | FactBody::LedgerAccountSet(_)
        | FactBody::SeriesOpened(_)
        | FactBody::SeriesRuleSet(_)
        | FactBody::ExchangeRateSet(_)
        | FactBody::ServiceSet(_)
        | FactBody::ChargeRuleSet(_)
        | FactBody::MilestoneSet(_)
        | FactBody::GateRuleSet(_)
        | FactBody::ConnectionOpened { .. }
        | FactBody::ConnectionClosed { .. }
        | FactBody::ConnectionAttachmentsSet { .. }
        | FactBody::BookingChosen { .. }
        | FactBody::CauseGiven { .. }
        | FactBody::MappingSet(_)
        | FactBody::BookingRulesSet(_)
        | FactBody::PeriodSignedOff(_)
        | FactBody::ImportTakenBack(_)
        | FactBody::UserSet(_)
        | FactBody::PasswordSet { .. } => return Ok(Vec::new()),
    };
    Ok(sqlx::query_scalar(question).bind(id).fetch_all(conn).await?)
}

/// Destroys what is there of those who were erased.
async fn destroy_among(
    conn: &mut SqliteConnection,
    about: &BTreeSet<String>,
) -> Result<(), StoreError> {
    let about = super::list(about)?;
    let students: Vec<String> = sqlx::query_scalar(
        "SELECT DISTINCT student_id FROM erasure
         WHERE student_id IN (SELECT value FROM json_each(?))",
    )
    .bind(&about)
    .fetch_all(&mut *conn)
    .await?;
    let payers: Vec<String> = sqlx::query_scalar(
        "SELECT DISTINCT p.value FROM erasure e, json_each(e.payers) p
         WHERE p.value IN (SELECT value FROM json_each(?))",
    )
    .bind(&about)
    .fetch_all(&mut *conn)
    .await?;
    // A payer's invoices are the student's: they go with them.
    for (steps, ids) in [(STUDENT, students), (PAYER, payers)] {
        for id in ids {
            for sql in steps {
                sqlx::query(*sql).bind(&id).execute(&mut *conn).await?;
            }
        }
    }
    Ok(())
}

/// What this desk's people keep for themselves goes where it names `?1`, asked of a table of people.
macro_rules! named {
    ($statement:literal, $said:literal, $people:literal) => {
        concat!(
            $statement,
            " WHERE EXISTS (SELECT 1 FROM ",
            $people,
            " s, json_each(json_array(s.name, replace(s.name, ' ', '+'),
                replace(s.name, ' ', '%20'), s.email, replace(s.email, '@', '%40'), s.phone)) w
             WHERE s.id = ?1 AND length(w.value) > 3 AND instr(lower(",
            $said,
            "), lower(w.value)) > 0)"
        )
    };
}

/// `?1` is the student. The buyer of a document that the law still keeps stays: of those issued
/// since the day that the last erasure names.
const STUDENT: &[&str] = &[
    named!("DELETE FROM saved_view", "saved_view.name || ' ' || saved_view.address", "student"),
    named!("DELETE FROM import_mapping", "import_mapping.headings", "student"),
    "UPDATE list_setup SET default_view = NULL
        WHERE default_view IS NOT NULL AND default_view NOT IN (SELECT id FROM saved_view)",
    "UPDATE fact SET personal = NULL, salt = NULL WHERE personal IS NOT NULL
        AND place IN (SELECT place FROM fact WHERE subject = 'student/' || ?1
            UNION SELECT fact FROM document WHERE student_id = ?1 AND fact IS NOT NULL
            UNION SELECT fact FROM payment WHERE student_id = ?1
            UNION SELECT fact FROM refund WHERE student_id = ?1
            UNION SELECT fact FROM allocation
                WHERE invoice_id IN (SELECT id FROM document WHERE student_id = ?1)
            UNION SELECT r.fact FROM allocation_release r
                JOIN allocation a ON a.id = r.allocation_id
                WHERE a.invoice_id IN (SELECT id FROM document WHERE student_id = ?1)
            UNION SELECT t.fact FROM payment_turn t
                JOIN payment p ON p.id = t.payment_id WHERE p.student_id = ?1
            UNION SELECT fact FROM charge WHERE student_id = ?1
            UNION SELECT f.place FROM fact f WHERE f.subject IN (
                SELECT 'customer/' || ?1
                UNION ALL SELECT 'charge/' || id FROM charge WHERE student_id = ?1
                UNION ALL SELECT 'reminder/' || id FROM reminder WHERE student_id = ?1
                UNION ALL SELECT 'plan/' || id FROM payment_plan WHERE student_id = ?1
                UNION ALL SELECT 'entitlement/' || id FROM entitlement WHERE student_id = ?1
                UNION ALL SELECT kind || '/' || id FROM document WHERE student_id = ?1
                UNION ALL SELECT 'payment/' || id FROM payment WHERE student_id = ?1
                UNION ALL SELECT 'payment/' || id FROM allocation
                    WHERE invoice_id IN (SELECT id FROM document WHERE student_id = ?1)
                UNION ALL SELECT 'refund/' || id FROM refund WHERE student_id = ?1
                UNION ALL SELECT 'credit_allocation/' || id FROM allocation
                    WHERE invoice_id IN (SELECT id FROM document WHERE student_id = ?1)
                UNION ALL SELECT 'write_off/' || id FROM allocation
                    WHERE invoice_id IN (SELECT id FROM document WHERE student_id = ?1)))
        AND place NOT IN (SELECT d.fact FROM document d WHERE d.student_id = ?1
            AND d.fact IS NOT NULL
            AND d.issue_date >= (SELECT max(coalesce(kept_from, '9999-12-31')) FROM erasure
                WHERE student_id = ?1))",
    // A template for this student alone; what is billed to several is not about one of them.
    "UPDATE fact SET personal = NULL, salt = NULL WHERE personal IS NOT NULL
        AND kind = 'recurring_set' AND json_extract(body, '$.students') = json_array(?1)",
    "UPDATE recurring SET name = '', body = json_replace(body,
            '$.name', '', '$.note', '', '$.reference', '',
            '$.lines', json((SELECT json_group_array(json_replace(value, '$.description', ''))
                FROM json_each(recurring.body, '$.lines'))))
        WHERE json_extract(body, '$.students') = json_array(?1)",
    "UPDATE recurring SET body = json_replace(body,
            '$.payers', json((SELECT json_group_array(json_replace(value, '$.reference', ''))
                FROM json_each(recurring.body, '$.payers'))))
        WHERE json_extract(body, '$.students') = json_array(?1)
            AND json_type(body, '$.payers') = 'array'",
    "UPDATE student SET name = '(' || number || ')', email = '', phone = '', test_on = NULL,
        reach_by = NULL, address = json_object('line1', '', 'line2', '', 'postal_code', '', 'city', '', 'country', '')
        WHERE id = ?1",
    "DELETE FROM document WHERE kind = 'draft' AND student_id = ?1",
    "UPDATE document SET reference = '' WHERE student_id = ?1 AND kind = 'invoice'
        AND reference <> '' AND fact NOT IN (SELECT place FROM fact WHERE personal IS NOT NULL)",
    "UPDATE payment SET reference = '', note = '' WHERE student_id = ?1
        AND (reference <> '' OR note <> '')",
    "UPDATE refund SET reference = '', reason = '' WHERE student_id = ?1",
    "UPDATE allocation SET write_off = '' WHERE write_off IS NOT NULL
        AND invoice_id IN (SELECT id FROM document WHERE student_id = ?1)",
    "UPDATE allocation_release SET reason = ''
        WHERE allocation_id IN (SELECT id FROM allocation
            WHERE invoice_id IN (SELECT id FROM document WHERE student_id = ?1))",
    "UPDATE payment_turn SET reason = ''
        WHERE payment_id IN (SELECT id FROM payment WHERE student_id = ?1)",
    "UPDATE charge SET void_reason = '' WHERE student_id = ?1 AND void_reason IS NOT NULL",
    "UPDATE gate_override SET reason = '' WHERE student_id = ?1",
    "UPDATE entitlement_draw SET note = '' WHERE student_id = ?1",
    "UPDATE draw_return SET reason = '' WHERE student_id = ?1",
    "UPDATE entitlement_extension SET reason = '' WHERE student_id = ?1",
    "UPDATE entitlement_closing SET body = json_replace(body, '$.reason', '')
        WHERE student_id = ?1",
    "UPDATE milestone_override SET body = json_replace(body, '$.reason', '')
        WHERE student_id = ?1",
    "UPDATE payment_plan SET end_reason = '' WHERE student_id = ?1 AND end_reason IS NOT NULL",
    "UPDATE reminder_hold SET note = '' WHERE held = 'student/' || ?1 OR held IN
        (SELECT 'invoice/' || id FROM document WHERE student_id = ?1)",
    "UPDATE outbox SET said = ''
        WHERE reminder_id IN (SELECT id FROM reminder WHERE student_id = ?1)
            OR invoice_id IN (SELECT id FROM document WHERE student_id = ?1)",
    SENT[0],
    SENT[1],
    SENT[2],
    SENT[3],
    SENT[4],
    SENT[5],
];

/// `?1` is the payer.
const PAYER: &[&str] = &[
    named!("DELETE FROM saved_view", "saved_view.name || ' ' || saved_view.address", "payer"),
    named!("DELETE FROM import_mapping", "import_mapping.headings", "payer"),
    "UPDATE list_setup SET default_view = NULL
        WHERE default_view IS NOT NULL AND default_view NOT IN (SELECT id FROM saved_view)",
    "UPDATE fact SET personal = NULL, salt = NULL WHERE personal IS NOT NULL
        AND subject IN ('payer/' || ?1, 'customer/' || ?1)",
    "UPDATE payer SET name = '(' || number || ')', email = '', phone = '',
        address = json_object('line1', '', 'line2', '', 'postal_code', '', 'city', '', 'country', ''),
        reference = '', reach_by = NULL, active = 0 WHERE id = ?1",
    SENT[0],
    SENT[1],
    SENT[2],
    SENT[3],
    SENT[4],
    SENT[5],
];

/// What systems outside answered about a customer, and what somebody wrote about it.
const SENT: [&str; 6] = [
    "UPDATE export_call SET excerpt = '' WHERE id IN (SELECT a.call_id FROM export_attempt a
        JOIN export_record r ON r.id = a.record_id WHERE r.student_id = ?1)",
    "UPDATE export_attempt SET text = ''
        WHERE record_id IN (SELECT id FROM export_record WHERE student_id = ?1)",
    "UPDATE export_cause SET params = '{}' WHERE id IN (SELECT c.cause_id
        FROM export_cause_record c JOIN export_record r ON r.id = c.record_id
        WHERE r.student_id = ?1)",
    "UPDATE export_record SET reason = '' WHERE student_id = ?1 AND reason IS NOT NULL",
    "UPDATE incoming SET agreed = NULL, ours = NULL, theirs = NULL, told = NULL, reason = NULL,
            seen_hash = '', outcome = iif(outcome = 'conflict', 'decided', outcome)
        WHERE student_id = ?1 OR ours_id = ?1",
    "UPDATE agreed_customer SET here = '{}', there = '{}'
        WHERE customer_id = ?1 OR student_id = ?1",
];
