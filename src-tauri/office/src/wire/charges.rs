//! Charges for bookings, the rules they follow from, and runs that bill them.

use super::common::{FileWish, Money, Order, Window};
use super::wire;

wire! {
    /// Which charges. Parts left empty do not narrow.
    pub struct ChargeFilter {
        /// Student, key of the booking event, or amount, or empty.
        pub query: String,
        pub student_id: Option<String>,
        pub department_id: Option<String>,
        pub from: Option<String>,
        pub to: Option<String>,
        /// `attended`, `cancelled_in_time`, `cancelled_late`, `no_show`, `package_changed`; none:
        /// every kind.
        pub kinds: Vec<String>,
    }

    pub struct ListCharges {
        pub filter: ChargeFilter,
        /// `all`, `unbilled`, `billed`, `voided`, `drawn` (packages pay) or `free` (the rules
        /// charge nothing).
        pub state: String,
        pub order: Option<Order>,
        pub window: Window,
    }

    pub struct ChargePage {
        pub rows: Vec<ChargeRow>,
        pub total: u32,
        /// In the school's price basis.
        pub amount: Money,
    }

    pub struct ChargeRow {
        pub id: String,
        pub key: String,
        pub kind: String,
        pub happened_on: String,
        pub student_id: String,
        pub student: String,
        pub student_number: String,
        pub department: String,
        /// What the invoice will say; empty where nothing is charged.
        pub description: String,
        pub service_code: String,
        pub quantity: String,
        /// Nothing where the rules charge nothing.
        pub amount: Option<Money>,
        pub state: String,
        pub invoice_id: Option<String>,
        pub invoice_number: Option<String>,
        pub void_reason: Option<String>,
    }

    pub struct VoidCharges {
        pub ids: Vec<String>,
        pub reason: String,
    }

    pub struct ChargesVoided {
        pub voided: u32,
        /// Voided before.
        pub already: u32,
    }

    pub struct ChargeRules {
        /// What is usual first, then the school's own by event and day.
        pub rows: Vec<ChargeRuleRow>,
    }

    pub struct ChargeRuleRow {
        pub event: String,
        /// Nothing: every service without a rule of its own.
        pub service_id: Option<String>,
        pub service: String,
        /// Nothing: usual, where the school has set no rule.
        pub valid_from: Option<String>,
        /// `full`, `percent`, `fee` or `nothing`.
        pub effect: String,
        pub percent: Option<String>,
        pub fee: Option<Money>,
        /// It is what counts today.
        pub in_force: bool,
    }

    pub struct SaveChargeRule {
        pub event: String,
        pub service_id: Option<String>,
        pub valid_from: String,
        /// `full`, `percent`, `fee` or `nothing`.
        pub effect: String,
        /// With `percent`, else empty.
        pub percent: String,
        /// With `fee`, else empty.
        pub fee: String,
    }

    /// What a run is to bill.
    pub struct RunWish {
        /// Made when the screen opens; the ids of its invoices follow from it.
        pub id: String,
        pub filter: ChargeFilter,
        pub issue_date: String,
        pub due_date: String,
        /// Leaves out who has had something overdue for more than so many days.
        pub overdue_days: Option<u32>,
        /// Leaves out who is behind a red light of the debt gate, and was not let through.
        #[serde(default)]
        pub leave_out_blocked: bool,
        /// Invoices a person left out, by the ids of the preview.
        pub except: Vec<String>,
    }

    /// What a run would do.
    pub struct RunPreview {
        pub invoices: u32,
        pub charges: u32,
        pub gross: Money,
        pub skipped: u32,
        pub rows: Vec<RunPreviewRow>,
    }

    pub struct RunPreviewRow {
        /// The id its invoice will have.
        pub id: String,
        pub student_id: String,
        pub student: String,
        pub student_number: String,
        pub department: String,
        pub lines: Vec<RunLine>,
        /// Nothing where it cannot be priced.
        pub gross: Option<Money>,
        /// Code of why it will be skipped.
        pub skipped: Option<String>,
        /// The limits that make the student's gate red; none where it is not, or a person let them
        /// through.
        pub blocked: Vec<super::gates::GatePassed>,
    }

    pub struct RunLine {
        pub description: String,
        /// In the school's price basis.
        pub amount: Money,
    }

    pub struct IssueRun {
        pub wish: RunWish,
        /// What the person saw: where it has changed since, nothing is issued.
        pub invoices: u32,
        pub gross: String,
    }

    pub struct RunRequest {
        pub id: String,
    }

    pub struct RunList {
        /// Newest first.
        pub rows: Vec<BillingRun>,
    }

    pub struct BillingRun {
        pub id: String,
        /// `running`, `finished` or `cancelled`.
        pub state: String,
        /// RFC 3339.
        pub begun_at: String,
        pub actor: String,
        pub issue_date: String,
        pub due_date: String,
        pub planned: u32,
        pub issued: u32,
        pub skipped: u32,
        /// Neither issued nor skipped.
        pub waiting: u32,
        /// Total of what was issued.
        pub gross: Money,
    }

    pub struct RunDetail {
        pub run: BillingRun,
        /// What the preview left out, then what changed since and was left out because of it.
        pub left_out: Vec<RunLeftOut>,
        pub mails: RunMails,
    }

    /// How the e-mails of a run's invoices stand.
    pub struct RunMails {
        /// Whether e-mail has been set up.
        pub is_ready: bool,
        /// With an address and not queued yet.
        pub to_queue: u32,
        pub without_address: u32,
        pub waiting: u32,
        pub sent: u32,
        /// For a person to settle.
        pub unsettled: u32,
        /// Those, by number, at most 200.
        pub rows: Vec<InvoiceMail>,
    }

    pub struct InvoiceMail {
        pub invoice_id: String,
        pub number: String,
        /// Who is asked to pay, and the address on their card.
        pub name: String,
        pub email: String,
        /// `refused`, `unknown` or `stale`.
        pub state: String,
        /// What the mail server said last, for copying.
        pub said: String,
    }

    /// Queues e-mails for the invoices of a run.
    pub struct EmailRun {
        pub id: String,
    }

    /// A person settles what became of an invoice's e-mail.
    pub struct SettleInvoiceMail {
        pub run_id: String,
        pub invoice_id: String,
        /// `again` (send it once more) or `arrived`.
        pub outcome: String,
    }

    pub struct RunLeftOut {
        pub student_id: String,
        pub student: String,
        /// Nothing where it cannot be priced.
        pub gross: Option<Money>,
        /// Code of why.
        pub reason: String,
    }

    /// All invoices of a run in one file.
    pub struct RunPaper {
        pub id: String,
        pub wish: FileWish,
    }
}
