//! What goes to accounting systems, and what needs a person.

use super::common::{Money, Order, Window};
use super::wire;
use std::collections::BTreeMap;

wire! {
    pub struct ListExports {
        pub connection_id: Option<String>,
        /// `all`, `waiting`, `sending`, `checking`, `sent`, `attention`, `settled`.
        pub view: String,
        pub query: String,
        /// `customer`, `invoice`, `payment` …; nothing: every kind.
        pub kind: Option<String>,
        pub from: Option<String>,
        pub to: Option<String>,
        pub order: Option<Order>,
        pub window: Window,
    }

    pub struct ExportPage {
        pub rows: Vec<ExportRow>,
        pub total: u32,
        pub counts: BTreeMap<String, u32>,
    }

    pub struct ExportRow {
        pub id: String,
        pub connection_id: String,
        pub system: String,
        /// `customer`, `invoice`, `credit_note`, `on_account`, `payment`, `credit_allocation`,
        /// `write_off`, `refund` or `removal` (what was sent and is taken back there).
        pub kind: String,
        pub document_id: String,
        /// Number, or what it is in words.
        pub label: String,
        /// The student, or the payer that a customer is.
        pub student: String,
        /// What of ours it is about; nothing where that has no page of its own.
        pub page: Option<PageOf>,
        pub amount: Option<Money>,
        pub date: String,
        pub state: String,
        pub attempts: u32,
        /// RFC 3339.
        pub next_attempt_at: Option<String>,
        pub external_number: Option<String>,
        pub url: Option<String>,
        pub changed_at: String,
        pub cause: Option<String>,
    }

    pub struct PageOf {
        /// `student`, `payer`, `invoice`, `credit_note`, `payment` or `refund`.
        pub kind: String,
        pub id: String,
    }

    /// A live picture of the engine.
    pub struct ExportStatus {
        pub running: bool,
        pub waiting: u32,
        pub sending: u32,
        pub checking: u32,
        pub sent: u32,
        pub attention: u32,
        /// Of the run in progress or the last one.
        pub run: Option<RunView>,
    }

    pub struct RunView {
        pub started_at: String,
        pub ended_at: Option<String>,
        pub done: u32,
        pub total: u32,
        pub sent: u32,
        /// PDFs that arrived beside their documents; none of `sent`.
        pub attached: u32,
        pub attention: u32,
        pub waiting: u32,
        pub calls: u32,
        pub duplicates_prevented: u32,
    }

    pub struct StartExport {
        /// Lets it begin to send, if it has not; nothing: every connection that has begun.
        pub connection_id: Option<String>,
    }

    /// Why records wait for a person, by cause.
    pub struct CausesView {
        pub causes: Vec<CauseView>,
        pub checking: Vec<CauseView>,
        pub waiting: Vec<CauseView>,
        pub sent_today: u32,
        pub last_sent_at: Option<String>,
        /// Whoever a cause can be given to, or is, by name; nobody where nobody signs in.
        pub people: Vec<Colleague>,
        /// Which of them asks.
        pub me: Option<String>,
    }

    pub struct Colleague {
        pub id: String,
        pub name: String,
        /// False for whoever has one and may not mend any more.
        pub can_take: bool,
    }

    /// What stopped, told without saying who the customers are: a cause, or else one record.
    pub struct SupportReportRequest {
        pub cause_id: Option<String>,
        pub record_id: Option<String>,
    }

    pub struct SupportReport {
        pub text: String,
    }

    /// Gives a cause to somebody to see to; without a user, to nobody again.
    pub struct GiveCause {
        pub cause_id: String,
        pub user_id: Option<String>,
    }

    pub struct CauseView {
        pub id: String,
        pub connection_id: String,
        pub system: String,
        /// `mapping_missing`, `reference_gone`, `account_currency`, `validation`, `period_locked`, `duplicate`,
        /// `conflict`, `integrity`, `not_permitted`, `plan_limit`, `depends` (one for all records of
        /// a connection that wait for others), `need_left_out`, `folder_gone`, `sign_in`, `to_map`,
        /// `quota`, `unavailable`, `unknown_outcome`, `too_many_attempts`, `unsupported`.
        pub class: String,
        /// What the text needs: names, codes, what the provider said.
        pub params: BTreeMap<String, String>,
        pub documents: u32,
        pub amount: Option<Money>,
        /// RFC 3339.
        pub since: String,
        pub next_attempt_at: Option<String>,
        /// `no`, `yes` or `unknown`.
        pub in_the_books: String,
        /// The mapping that would mend it.
        pub mapping: Option<CauseMapping>,
        /// Who sees to it: the id of a user.
        pub given_to: Option<String>,
    }

    pub struct CauseMapping {
        pub kind: String,
        pub local_key: String,
        pub label: String,
        pub remote_code: Option<String>,
        /// The department whose mapping it is; nothing: the school's.
        pub department_id: Option<String>,
    }

    pub struct CauseRequest {
        pub id: String,
        pub window: Window,
    }

    pub struct CauseRecords {
        pub cause: CauseView,
        pub rows: Vec<ExportRow>,
        pub total: u32,
    }

    /// Tries again: a whole cause, or some of its records.
    pub struct RetryExports {
        pub cause_id: Option<String>,
        pub record_ids: Vec<String>,
    }

    pub struct Released {
        pub records: u32,
    }

    pub struct ExportRequest {
        pub id: String,
    }

    /// One record with everything that was tried.
    pub struct ExportDetail {
        pub row: ExportRow,
        pub cause: Option<CauseView>,
        pub attempts: Vec<AttemptView>,
        /// What is sent, one fact a line: label code and value.
        pub content: Vec<ContentLine>,
        pub revision: u32,
        pub idempotency_key: String,
    }

    pub struct ContentLine {
        pub label: String,
        pub value: String,
    }

    pub struct AttemptView {
        pub started_at: String,
        pub ended_at: Option<String>,
        /// `exported`, `found`, `refused`, `not_sent`, `unknown`, `waited`.
        pub outcome: String,
        /// `push` or `find`.
        pub call: String,
        pub status: Option<u16>,
        pub request_id: Option<String>,
        pub class: Option<String>,
        /// What the provider said, shortened and without secrets.
        pub excerpt: String,
    }

    /// Records that exist there: what a person can link one to.
    pub struct Candidates {
        pub rows: Vec<CandidateView>,
    }

    pub struct CandidateView {
        pub external_id: String,
        pub number: String,
        pub gross: Option<Money>,
        pub url: Option<String>,
        /// Totals equal ours to the minor unit.
        pub agrees: bool,
    }

    /// Links a record that exists there already; its totals are compared first.
    pub struct LinkExport {
        pub id: String,
        pub external_id: String,
    }

    pub struct SettleExport {
        pub ids: Vec<String>,
        /// `done_elsewhere` (needs `external_reference`) or `skipped`.
        pub outcome: String,
        pub external_reference: Option<String>,
        pub reason: String,
    }
}
