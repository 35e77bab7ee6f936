//! Both books compared record by record.

use super::common::Money;
use super::wire;

wire! {
    /// A span of days of a connection, both days included; at most a year.
    pub struct ReconciliationRequest {
        pub connection_id: String,
        pub from: String,
        pub to: String,
    }

    /// Lets a difference stand.
    pub struct AcceptDifference {
        pub connection_id: String,
        pub from: String,
        pub to: String,
        /// The pair's key.
        pub key: String,
        /// What was shown of it; it is not taken where the pair says something else by now.
        pub shown: String,
        pub reason: String,
    }

    /// Sends what is gone there once more.
    pub struct SendAgain {
        pub connection_id: String,
        pub from: String,
        pub to: String,
        /// The pair's key.
        pub key: String,
        /// What was shown of it; it is not sent where the pair says something else by now.
        pub shown: String,
        pub reason: String,
    }

    pub struct SignOffPeriod {
        pub connection_id: String,
        pub from: String,
        pub to: String,
        /// What was shown; it is not taken where the comparison says something else by now.
        pub shown: String,
        pub note: String,
    }

    pub struct Reconciliation {
        pub connection_id: String,
        pub from: String,
        pub to: String,
        /// RFC 3339; nothing: this span was never read, and there is nothing to compare.
        pub read_at: Option<String>,
        pub sums: Vec<SumRowView>,
        pub ageing: Vec<AgeingSides>,
        /// What does not agree, the first of each cause first; at most a thousand.
        pub differences: Vec<PairView>,
        /// Pairs that agree.
        pub agreed: u32,
        /// Differences that nobody has accepted.
        pub open: u32,
        /// Differences that may stand.
        pub accepted: u32,
        /// Digest of the comparison.
        pub shown: String,
        pub sign_off: Option<SignOffView>,
    }

    pub struct SumRowView {
        /// `invoice`, `credit_note` or `payment`.
        pub kind: String,
        pub ours: SideSum,
        pub theirs: SideSum,
        /// Ours less theirs.
        pub difference: Money,
        pub agrees: bool,
    }

    pub struct SideSum {
        pub count: u32,
        pub net: Money,
        pub vat: Money,
        pub gross: Money,
    }

    /// What is open of the invoices: not due, 1–30, 31–60, 61–90, over 90 days overdue.
    pub struct AgeingSides {
        pub ours: Vec<Money>,
        pub theirs: Vec<Money>,
        pub agrees: bool,
    }

    pub struct PairView {
        pub key: String,
        pub kind: String,
        /// `differing`, `balance`, `missing_there`, `missing_here` or `duplicate`.
        pub outcome: String,
        /// `link`, `number`, `date`, `due_date`, `contact`, `currency`, `net`, `vat`, `gross`, `open`.
        pub fields: Vec<String>,
        pub ours: Option<SideView>,
        pub theirs: Option<SideView>,
        /// The export record of ours.
        pub record_id: Option<String>,
        /// Our document, where it has a page of its own.
        pub document_id: Option<String>,
        /// It was sent and is gone there: it can go once more.
        pub can_send_again: bool,
        /// Digest of the pair.
        pub shown: String,
        pub accepted: Option<AcceptedView>,
    }

    pub struct SideView {
        /// Number; of a payment of ours its invoice's.
        pub label: String,
        /// The customer, where we know the name.
        pub customer: String,
        pub date: String,
        pub due_date: Option<String>,
        pub net: Option<Money>,
        pub vat: Option<Money>,
        pub gross: Money,
        pub open: Option<Money>,
        /// Of ours the state of its export; of theirs `live`, `draft`, `voided` or `deleted`.
        pub state: String,
    }

    pub struct AcceptedView {
        pub at: String,
        pub actor: String,
        pub reason: String,
    }

    pub struct SignOffView {
        pub at: String,
        pub actor: String,
        pub agreed: u32,
        pub accepted: u32,
        pub note: String,
        /// The comparison says something else by now.
        pub changed: bool,
    }
}
