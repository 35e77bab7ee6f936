//! What the questions about exports ask for, and what they give.
//!
//! Never read from the database here.

use super::state::{ExportKind, ExportState, PageKind};
use chrono::NaiveDate;
use finance::Money;
use finance::ids::{ConnectionId, UserId};
use uuid::Uuid;

/// Which part of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ExportView {
    /// Everything.
    #[default]
    All,
    /// To be sent, now or later.
    Waiting,
    /// Under way.
    Sending,
    /// In doubt.
    Checking,
    /// There.
    Sent,
    /// A person must decide.
    Attention,
    /// Waiting for another record that a person must settle first.
    Blocked,
    /// Settled without being sent: by a person, or because something newer takes its place.
    Settled,
}

impl ExportView {
    /// The states it holds.
    pub(super) const fn states(self) -> &'static [ExportState] {
        match self {
            Self::All => ExportState::ALL,
            Self::Waiting => &[ExportState::Pending, ExportState::RetryWait, ExportState::Blocked],
            Self::Sending => &[ExportState::InFlight],
            Self::Checking => &[ExportState::Unknown],
            Self::Sent => &[ExportState::Exported],
            Self::Attention => &[ExportState::NeedsReview],
            Self::Blocked => &[ExportState::Blocked],
            Self::Settled => &[
                ExportState::SettledManually,
                ExportState::Skipped,
                ExportState::Cancelled,
                ExportState::Superseded,
            ],
        }
    }
}

/// Which records. Parts left empty do not narrow.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExportFilter {
    /// Of this connection; nothing: of every open one.
    pub connection: Option<ConnectionId>,
    /// The part of the list.
    pub view: ExportView,
    /// Number or student, as typed.
    pub query: String,
    /// Only records of this kind.
    pub kind: Option<ExportKind>,
    /// Of documents on or after this day.
    pub from: Option<NaiveDate>,
    /// Of documents on or before this day.
    pub to: Option<NaiveDate>,
    /// Only records that this cause holds up.
    pub cause: Option<i64>,
    /// Only records of this document.
    pub document: Option<Uuid>,
}

/// Columns the list sorts by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ExportColumn {
    /// Number, or what it is in words.
    Label,
    /// The student's name.
    Student,
    /// Date of the document.
    Date,
    /// Amount.
    Amount,
    /// Where it stands.
    State,
    /// When it last changed.
    ChangedAt,
}

impl ExportColumn {
    pub(super) const fn sql(self) -> &'static str {
        match self {
            Self::Label => "r.label",
            Self::Student => "coalesce(s.name, p.name) COLLATE NOCASE",
            Self::Date => "r.date",
            Self::Amount => "r.amount_minor",
            Self::State => "r.state",
            Self::ChangedAt => "r.changed_at",
        }
    }
}

/// One record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportRow {
    /// Its identity at this desk.
    pub id: i64,
    /// The connection.
    pub connection: ConnectionId,
    /// Which system, by its registry key.
    pub provider: String,
    /// Its kind.
    pub kind: ExportKind,
    /// It takes back there what no longer counts here.
    pub undo: bool,
    /// Our document.
    pub document_id: Uuid,
    /// Number, or what it is in words.
    pub label: String,
    /// The present name of the student, or of the payer that a customer is.
    pub student: String,
    /// What of ours it is about, where that has a page of its own; not told by
    /// [`View::exports_of`](crate::View::exports_of).
    pub page: Option<(PageKind, Uuid)>,
    /// How much.
    pub amount: Option<Money>,
    /// Date of the document.
    pub date: Option<NaiveDate>,
    /// Where it stands.
    pub state: ExportState,
    /// Sends that really failed.
    pub attempts: u32,
    /// When it is taken up next.
    pub next_attempt_at_ms: i64,
    /// Its id there.
    pub external_id: Option<String>,
    /// Its number there.
    pub external_number: Option<String>,
    /// Where a person can see it.
    pub url: Option<String>,
    /// When it last changed.
    pub changed_at_ms: i64,
    /// The oldest open cause that holds it up.
    pub cause: Option<i64>,
    /// That cause's class.
    pub cause_class: Option<String>,
    /// That cause's parameters (JSON).
    pub cause_params: Option<String>,
}

/// What only one record's own page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportKeys {
    /// Its revision.
    pub revision: u32,
    /// The key it is sent under, once it was made.
    pub idempotency_key: Option<String>,
}

/// A page of records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportPage {
    /// The rows of the window.
    pub rows: Vec<ExportRow>,
    /// How many match in all.
    pub total: u32,
}

/// How many records stand where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ExportCounts {
    pub waiting: u32,
    pub sending: u32,
    pub checking: u32,
    pub sent: u32,
    pub attention: u32,
    pub settled: u32,
}

/// One entry of a record's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttemptRow {
    /// When the call began and ended.
    pub began_at_ms: i64,
    /// When it ended.
    pub ended_at_ms: i64,
    /// `push` or `find`.
    pub call: String,
    /// HTTP status, if there was an answer.
    pub status: Option<u16>,
    /// The provider's id of the request.
    pub request_id: Option<String>,
    /// What the whole answer said.
    pub excerpt: String,
    /// What it brought for this record.
    pub outcome: String,
    /// Class of the failure.
    pub class: Option<String>,
    /// What the provider said about this record.
    pub text: String,
}

/// An open cause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CauseRow {
    /// Its identity at this desk.
    pub id: i64,
    /// The connection.
    pub connection: ConnectionId,
    /// Which system, by its registry key.
    pub provider: String,
    /// Its class, by the office's word.
    pub class: String,
    /// What must be mended.
    pub subject: String,
    /// What its text needs (JSON).
    pub params: String,
    /// Since when.
    pub opened_at_ms: i64,
    /// Records it holds up.
    pub records: u32,
    /// Their sum, customers not counted; nothing where they are in several currencies.
    pub amount: Option<Money>,
    /// Who sees to it, where somebody was asked to.
    pub given_to: Option<UserId>,
}
