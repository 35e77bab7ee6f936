//! What happened to one thing.

use crate::decode;
use crate::error::StoreError;
use crate::facts::read::FactRow;
use crate::reminders::held_key;
use crate::view::View;
use finance::fact::{Fact, FactBody};
use finance::ids::{
    ConnectionId, CreditNoteId, ImportId, InvoiceId, PayerId, PaymentId, PlanId, RecurringId,
    ServiceId, StudentId, UserId,
};

/// The thing a history is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The school with its tables.
    School,
    /// A student: their details, documents and money.
    Student(StudentId),
    /// A student, and all that is known of the person.
    Person(StudentId),
    /// A price list entry.
    Service(ServiceId),
    /// An invoice, its credit notes, what settled it and its exports settled by hand.
    Invoice(InvoiceId),
    /// A credit note and what it settled.
    CreditNote(CreditNoteId),
    /// A payment and what it settled.
    Payment(PaymentId),
    /// A connection, its mappings and settled exports.
    Connection(ConnectionId),
    /// A payment plan and its end.
    Plan(PlanId),
    /// A template of invoices that come again, and what was made of it.
    Recurring(RecurringId),
    /// A user and their passwords.
    User(UserId),
    /// A payer and the documents billed to it.
    Payer(PayerId),
    /// A file that was read in, as far as it was taken back.
    Import(ImportId),
}

/// What a fact is about where no other row leads to it: documents, payments, allocations and what
/// became of them point to their facts themselves.
pub(crate) fn subject_key(body: &FactBody) -> Option<String> {
    match body {
        FactBody::SchoolSet(_)
        | FactBody::DepartmentSet(_)
        | FactBody::TaxCodeSet(_)
        | FactBody::PaymentMethodSet(_)
        | FactBody::ChargeRuleSet(_)
        | FactBody::MilestoneSet(_)
        | FactBody::LedgerAccountSet(_)
        | FactBody::SeriesRuleSet(_)
        | FactBody::ExchangeRateSet(_)
        | FactBody::GateRuleSet(_)
        | FactBody::SeriesOpened(_) => Some("school".to_owned()),
        FactBody::RecurringSet(recurring) => Some(format!("recurring/{}", recurring.id)),
        FactBody::RecurringMade(made) => Some(format!("recurring/{}", made.recurring_id)),
        FactBody::ServiceSet(service) => Some(format!("service/{}", service.id)),
        FactBody::StudentRegistered(student) => Some(format!("student/{}", student.id)),
        FactBody::PayerSet(payer) => Some(format!("payer/{}", payer.id)),
        FactBody::StudentPayersSet(payers) => Some(format!("student/{}", payers.student_id)),
        FactBody::EventRecorded(recorded) => Some(format!("charge/{}", recorded.event.id)),
        FactBody::ChargeVoided { charge_id, .. } => Some(format!("charge/{charge_id}")),
        FactBody::ChargesBilled(billing) => Some(format!("invoice/{}", billing.invoice_id)),
        FactBody::StudentChanged { student_id, .. }
        | FactBody::DrivingTestSet { student_id, .. } => Some(format!("student/{student_id}")),
        FactBody::GateOverridden(by) => Some(format!("student/{}", by.student_id)),
        FactBody::EntitlementOpened(sold) => Some(format!("entitlement/{}", sold.id)),
        FactBody::PackageDrawn(drawn) => Some(format!("entitlement/{}", drawn.draw.entitlement_id)),
        FactBody::DrawReturned(given) => Some(format!("entitlement/{}", given.entitlement_id)),
        FactBody::EntitlementClosed(closing) => {
            Some(format!("entitlement/{}", closing.entitlement_id))
        }
        FactBody::EntitlementExtended(later) => {
            Some(format!("entitlement/{}", later.entitlement_id))
        }
        FactBody::MilestoneOverridden(waived) => Some(format!("student/{}", waived.student_id)),
        FactBody::PersonErased(erasure) => Some(format!("student/{}", erasure.student_id)),
        FactBody::ReminderMade(reminder) => Some(format!("reminder/{}", reminder.id)),
        FactBody::ReminderWithdrawn { reminder_id, .. } => Some(format!("reminder/{reminder_id}")),
        FactBody::ReminderHoldSet(hold) => Some(held_key(hold.held)),
        FactBody::PlanAgreed(plan) => Some(format!("plan/{}", plan.id)),
        FactBody::PlanEnded(end) => Some(format!("plan/{}", end.plan_id)),
        FactBody::ConnectionOpened { connection_id, .. }
        | FactBody::ConnectionAttachmentsSet { connection_id, .. }
        | FactBody::ConnectionClosed { connection_id }
        | FactBody::CauseGiven { connection_id, .. }
        | FactBody::BookingChosen { connection_id, .. } => {
            Some(format!("connection/{connection_id}"))
        }
        FactBody::MappingSet(mapping) => Some(format!("connection/{}", mapping.connection_id)),
        FactBody::BookingRulesSet(rules) => Some(format!("connection/{}", rules.connection_id)),
        FactBody::DifferenceAccepted(it) => Some(format!("connection/{}", it.connection_id)),
        FactBody::PeriodSignedOff(it) => Some(format!("connection/{}", it.connection_id)),
        FactBody::ImportTakenBack(taken) => Some(format!("import/{}", taken.import_id)),
        FactBody::UserSet(user) => Some(format!("user/{}", user.id)),
        FactBody::PasswordSet { user_id } => Some(format!("user/{user_id}")),
        // The document as the caller spells it: `invoice/<id>`, `credit_note/<id>`, …
        FactBody::ExportSettled { document, .. } => Some(document.clone()),
        FactBody::InvoiceIssued(_)
        | FactBody::CreditNoteIssued(_)
        | FactBody::PaymentReceived(_)
        | FactBody::MoneyAllocated(_)
        | FactBody::AllocationReleased(_)
        | FactBody::PaymentTurned(_)
        | FactBody::RefundPaid(_)
        | FactBody::InvoiceWrittenOff(_) => None,
    }
}

// Places of the facts about a thing; `?1` is its key.

const OF_SUBJECT: &str = "SELECT place FROM fact WHERE subject = ?1";

macro_rules! of_student {
    () => {
        "SELECT place FROM fact WHERE subject = 'student/' || ?1
    UNION SELECT fact FROM document WHERE student_id = ?1 AND fact IS NOT NULL
    UNION SELECT fact FROM payment WHERE student_id = ?1
    UNION SELECT fact FROM allocation
        WHERE invoice_id IN (SELECT id FROM document WHERE student_id = ?1)
    UNION SELECT place FROM reminder r JOIN fact ON subject = 'reminder/' || r.id
        WHERE r.student_id = ?1
    UNION SELECT r.fact FROM allocation_release r JOIN allocation a ON a.id = r.allocation_id
        WHERE a.invoice_id IN (SELECT id FROM document WHERE student_id = ?1)
    UNION SELECT place FROM entitlement e JOIN fact ON subject = 'entitlement/' || e.id
        WHERE e.student_id = ?1
    UNION SELECT t.fact FROM payment_turn t JOIN payment p ON p.id = t.payment_id
        WHERE p.student_id = ?1
    UNION SELECT place FROM payment_plan p JOIN fact ON subject = 'plan/' || p.id
        WHERE p.student_id = ?1
    UNION SELECT fact FROM taken_back WHERE item_id = ?1
    UNION SELECT fact FROM refund WHERE student_id = ?1"
    };
}

/// All that happened to a student: their details, documents, money and what it was set against.
const OF_STUDENT: &str = of_student!();

/// The same with what bookings told, and what was said about holding reminders of an invoice back
/// and about exports.
const OF_PERSON: &str = concat!(
    of_student!(),
    "
    UNION SELECT place FROM charge c JOIN fact ON subject = 'charge/' || c.id
        WHERE c.student_id = ?1
    UNION SELECT place FROM document d JOIN fact ON subject = d.kind || '/' || d.id
        WHERE d.student_id = ?1
    UNION SELECT place FROM payment p JOIN fact ON subject = 'payment/' || p.id
        WHERE p.student_id = ?1
    UNION SELECT place FROM recurring r, json_each(r.body, '$.students') s
        JOIN fact ON subject = 'recurring/' || r.id WHERE s.value = ?1
    UNION SELECT place FROM fact WHERE subject = 'customer/' || ?1"
);

const OF_PAYER: &str = "
    SELECT place FROM fact WHERE subject = 'payer/' || ?1
    UNION SELECT fact FROM document WHERE payer_id = ?1 AND fact IS NOT NULL";

const OF_INVOICE: &str = "
    SELECT fact FROM document WHERE (id = ?1 AND kind = 'invoice') OR invoice_id = ?1
    UNION SELECT fact FROM allocation WHERE invoice_id = ?1
    UNION SELECT place FROM reminder_item i JOIN fact ON subject = 'reminder/' || i.reminder_id
        WHERE i.invoice_id = ?1
    UNION SELECT r.fact FROM allocation_release r
        JOIN allocation a ON a.id = r.allocation_id WHERE a.invoice_id = ?1
    UNION SELECT t.fact FROM payment_turn t
        JOIN allocation a ON a.payment_id = t.payment_id WHERE a.invoice_id = ?1
    UNION SELECT place FROM plan_invoice i JOIN fact ON subject = 'plan/' || i.plan_id
        WHERE i.invoice_id = ?1
    UNION SELECT place FROM fact WHERE subject = 'invoice/' || ?1";

const OF_CREDIT_NOTE: &str = "
    SELECT fact FROM document WHERE id = ?1 AND kind = 'credit_note'
    UNION SELECT fact FROM allocation WHERE credit_note_id = ?1
    UNION SELECT r.fact FROM allocation_release r
        JOIN allocation a ON a.id = r.allocation_id WHERE a.credit_note_id = ?1
    UNION SELECT r.fact FROM refund r
        JOIN refund_part p ON p.refund_id = r.id WHERE p.credit_note_id = ?1
    UNION SELECT place FROM fact WHERE subject = 'credit_note/' || ?1";

const OF_PAYMENT: &str = "
    SELECT fact FROM payment WHERE id = ?1
    UNION SELECT fact FROM allocation WHERE payment_id = ?1
    UNION SELECT r.fact FROM allocation_release r
        JOIN allocation a ON a.id = r.allocation_id WHERE a.payment_id = ?1
    UNION SELECT fact FROM payment_turn WHERE payment_id = ?1
    UNION SELECT r.fact FROM refund r
        JOIN refund_part p ON p.refund_id = r.id WHERE p.payment_id = ?1
    UNION SELECT place FROM fact WHERE subject = 'payment/' || ?1";

impl Subject {
    /// Places of the facts about it, with `?1` for the key beside them.
    pub(crate) fn places(self) -> (&'static str, String) {
        match self {
            Self::School => (OF_SUBJECT, "school".to_owned()),
            Self::Service(id) => (OF_SUBJECT, format!("service/{id}")),
            Self::Connection(id) => (OF_SUBJECT, format!("connection/{id}")),
            Self::Plan(id) => (OF_SUBJECT, format!("plan/{id}")),
            Self::Recurring(id) => (OF_SUBJECT, format!("recurring/{id}")),
            Self::User(id) => (OF_SUBJECT, format!("user/{id}")),
            Self::Import(id) => (OF_SUBJECT, format!("import/{id}")),
            Self::Payer(id) => (OF_PAYER, id.to_string()),
            Self::Student(id) => (OF_STUDENT, id.to_string()),
            Self::Person(id) => (OF_PERSON, id.to_string()),
            Self::Invoice(id) => (OF_INVOICE, id.to_string()),
            Self::CreditNote(id) => (OF_CREDIT_NOTE, id.to_string()),
            Self::Payment(id) => (OF_PAYMENT, id.to_string()),
        }
    }
}

impl View {
    /// The facts about a thing, oldest first by the clock.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn history_of(&mut self, subject: Subject) -> Result<Vec<Fact>, StoreError> {
        let (school_id, _) = self.owner().await?;
        let (places, key) = subject.places();
        let sql = format!(
            "SELECT id, clock, actor, version, body, personal FROM fact WHERE place IN ({places})
             ORDER BY clock"
        );
        // The fragments are this file's own; the key is bound.
        let rows: Vec<FactRow> =
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(key).fetch_all(self.conn()).await?;
        rows.into_iter().map(|row| row.fact(school_id)).collect()
    }

    /// The last fact's clock of a desk: where its next fact goes on.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn last_clock(
        &mut self,
        desk: &str,
    ) -> Result<Option<finance::hlc::Hlc>, StoreError> {
        let last: Option<String> =
            sqlx::query_scalar("SELECT clock FROM fact WHERE desk = ? ORDER BY seq DESC LIMIT 1")
                .bind(desk)
                .fetch_optional(self.conn())
                .await?;
        last.as_deref().map(decode::clock).transpose()
    }
}
