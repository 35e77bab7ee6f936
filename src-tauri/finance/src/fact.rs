//! What happened, written once.
//!
//! Never changed and never deleted: a correction is a further fact. Derived tables follow from
//! facts and from nothing else.

use crate::allocation::Allocation;
use crate::booking_rule::BookingRules;
use crate::catalogue::ServiceItem;
use crate::charge::{Billing, ChargeRule, RecordedEvent};
use crate::credit_note::CreditNote;
use crate::erasure::Erasure;
use crate::exchange::ExchangeRate;
use crate::gate::{GateOverride, GateRule};
use crate::hlc::Hlc;
use crate::holding::Extension;
use crate::ids::{ChargeId, ConnectionId, FactId, ReminderId, SchoolId, StudentId, UserId};
use crate::instalments::{PaymentPlan, PlanEnd};
use crate::invoice::Invoice;
use crate::ledger::LedgerAccount;
use crate::mapping::Mapping;
use crate::milestone::{Milestone, MilestoneOverride};
use crate::numbering::{NumberSeries, SeriesRule};
use crate::package::{Closing, DrawReturn, Entitlement, HandDraw};
use crate::party::{Department, Person, School, Student};
use crate::payer::{Payer, StudentPayers};
use crate::payment::{Payment, PaymentMethod, PaymentTurn};
use crate::reconciliation::{DifferenceAccepted, PeriodSignedOff};
use crate::recurring::{Recurring, RecurringMade};
use crate::refund::Refund;
use crate::release::Release;
use crate::reminder::{Hold, Reminder};
use crate::taken_back::TakenBack;
use crate::tax::TaxCode;
use crate::user::User;
use crate::write_off::WriteOff;
use serde::{Deserialize, Serialize};

/// The version of the fact bodies this program writes.
pub const FACT_VERSION: u16 = 1;

/// One entry of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// Its identity; recording it twice records it once.
    pub id: FactId,
    /// The school whose book it belongs to.
    pub school_id: SchoolId,
    /// Who did it.
    pub actor: String,
    /// When and where, in the order of all desks.
    pub clock: Hlc,
    /// Version of the body.
    pub version: u16,
    /// What happened.
    pub body: FactBody,
}

/// What happened. A field called `person` holds personal data, and so do the note, reason and
/// reference of a fact itself and the words of its lines: they are stored apart from the rest, so
/// that they can be destroyed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum FactBody {
    /// A school began, or its details changed (the later clock wins).
    SchoolSet(School),
    /// A department began, or was renamed (the later clock wins).
    DepartmentSet(Department),
    /// A VAT code got an entry from a date (key: code and date; the later clock wins).
    TaxCodeSet(TaxCode),
    /// A payment method was set (key: code; the later clock wins).
    PaymentMethodSet(PaymentMethod),
    /// A rate of another currency was set (key: currency and day; the later clock wins).
    ExchangeRateSet(ExchangeRate),
    /// An account of the chart was named or added (key: number; the later clock wins).
    LedgerAccountSet(LedgerAccount),
    /// A number series began.
    SeriesOpened(NumberSeries),
    /// A rule for number series was set (key: kind and desk; the later clock wins).
    SeriesRuleSet(SeriesRule),
    /// A price list entry was set (the later clock wins).
    ServiceSet(ServiceItem),
    /// A student was registered.
    StudentRegistered(Student),
    /// A student's details changed (the later clock wins).
    StudentChanged {
        /// Who.
        student_id: StudentId,
        /// The details as they now stand.
        person: Person,
    },
    /// Somebody who pays for students was set (the later clock wins).
    PayerSet(Box<Payer>),
    /// It was set who pays for a student by default (the later clock wins).
    StudentPayersSet(StudentPayers),
    /// An invoice was issued.
    InvoiceIssued(Box<Invoice>),
    /// A credit note was issued.
    CreditNoteIssued(Box<CreditNote>),
    /// Money was received.
    PaymentReceived(Payment),
    /// Money or credit was set against an invoice.
    MoneyAllocated(Allocation),
    /// A reminder was made: printed as a letter, or handed to the outbox.
    ReminderMade(Reminder),
    /// A reminder was taken back: it does not count, as if it had not been made.
    ReminderWithdrawn {
        /// The reminder.
        reminder_id: ReminderId,
        /// Why.
        reason: String,
    },
    /// Reminders were paused, an invoice disputed, a payment promised, or that was taken away
    /// (key: what is held and why; the later clock wins).
    ReminderHoldSet(Hold),
    /// A rule for charges was set (key: event, service and date; the later clock wins).
    ChargeRuleSet(ChargeRule),
    /// Something happened in the booking system (of two with one id the earlier clock wins).
    EventRecorded(Box<RecordedEvent>),
    /// A charge will not be billed.
    ChargeVoided {
        /// The charge.
        charge_id: ChargeId,
        /// Why.
        reason: String,
    },
    /// An invoice billed charges.
    ChargesBilled(Billing),
    /// A package was sold: the student may draw what it holds.
    EntitlementOpened(Box<Entitlement>),
    /// A person drew on a package; what an event draws stands with the event.
    PackageDrawn(HandDraw),
    /// A person gave a draw back.
    DrawReturned(DrawReturn),
    /// A package ended before its day.
    EntitlementClosed(Closing),
    /// A package got a later last day (of several the latest day holds).
    EntitlementExtended(Extension),
    /// Something must be paid before it is booked (the later clock wins).
    MilestoneSet(Milestone),
    /// A milestone was waived for a student, or no longer is (the later clock wins).
    MilestoneOverridden(MilestoneOverride),
    /// What was set against an invoice, or written off of it, no longer is.
    AllocationReleased(Release),
    /// A payment was confirmed, failed or was reversed.
    PaymentTurned(PaymentTurn),
    /// Money was paid back.
    RefundPaid(Refund),
    /// What an invoice had open was given up.
    InvoiceWrittenOff(WriteOff),
    /// A payment plan was agreed; it takes the place of earlier plans about its invoices.
    PlanAgreed(PaymentPlan),
    /// A payment plan was ended.
    PlanEnded(PlanEnd),
    /// A rule of the debt gate was set (key: date; the later clock wins).
    GateRuleSet(GateRule),
    /// A student was let through the debt gate, or no longer is (key: student; the later clock
    /// wins).
    GateOverridden(GateOverride),
    /// The day of a student's driving test was set or taken away (the later clock wins).
    DrivingTestSet {
        /// Who.
        student_id: StudentId,
        /// The day; nothing: none is booked.
        on: Option<chrono::NaiveDate>,
    },
    /// A template of invoices that come again was set, paused or ended (the later clock wins).
    RecurringSet(Box<Recurring>),
    /// An invoice of a template's date was made, as a draft or issued.
    RecurringMade(RecurringMade),
    /// An accounting system was connected.
    ConnectionOpened {
        /// The connection.
        connection_id: ConnectionId,
        /// Which system, by its registry key.
        provider: String,
        /// The company file, by its id there.
        remote_company_id: String,
        /// The company file, by its name there.
        remote_company_name: String,
        /// Only documents from this day on are exported; nothing: all of them.
        export_from: Option<chrono::NaiveDate>,
    },
    /// A connection was closed; its records stay.
    ConnectionClosed {
        /// The connection.
        connection_id: ConnectionId,
    },
    /// The PDF of each document goes with it to a connection from now on, or no longer does (the later
    /// clock wins).
    ConnectionAttachmentsSet {
        /// The connection.
        connection_id: ConnectionId,
        /// Whether it does.
        on: bool,
    },
    /// What a connection is told was chosen (the later clock wins).
    BookingChosen {
        /// The connection.
        connection_id: ConnectionId,
        /// The choice.
        booking: crate::journal::Booking,
    },
    /// A mapping was set or taken away (the later clock wins).
    MappingSet(Mapping),
    /// The rules of a mapping were set, all of a level together (key: connection and department; the
    /// later clock wins).
    BookingRulesSet(BookingRules),
    /// A person settled an export by hand: linked, done elsewhere, or left out.
    ExportSettled {
        /// The connection.
        connection_id: ConnectionId,
        /// The document, as kind and id.
        document: String,
        /// The outcome: `linked`, `done_elsewhere` or `skipped`.
        outcome: String,
        /// The record there, where there is one.
        external_id: Option<String>,
        /// Why.
        reason: String,
    },
    /// What stops exports was given to somebody to see to, or to nobody again. For the log: what stops
    /// them is known to each desk by itself.
    CauseGiven {
        /// The connection.
        connection_id: ConnectionId,
        /// What stops them, by the office's word for its class.
        class: String,
        /// To whom; nothing: to nobody any more.
        user_id: Option<UserId>,
    },
    /// A difference between both books may stand (key: connection and pair; the later clock wins).
    DifferenceAccepted(DifferenceAccepted),
    /// A comparison of both books was signed off.
    PeriodSignedOff(PeriodSignedOff),
    /// A person's data was destroyed.
    PersonErased(Erasure),
    /// Rows that a file had brought in were taken back.
    ImportTakenBack(TakenBack),
    /// A user was set: who may sign in, and as what (the later clock wins).
    UserSet(User),
    /// A user's password was set. The fact says that it happened and nothing about the password.
    PasswordSet {
        /// Whose.
        user_id: UserId,
    },
}
