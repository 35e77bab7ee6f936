//! How connections do, and what would be refused if it were sent now.

use super::connections::ConnectionView;
use super::wire;

wire! {
    pub struct ExportHealth {
        /// RFC 3339.
        pub as_of: String,
        /// Open connections, in the order they were made.
        pub connections: Vec<ConnectionHealth>,
    }

    /// Moments are RFC 3339.
    pub struct ConnectionHealth {
        pub connection: ConnectionView,
        /// Calls in a row that were not answered.
        pub unanswered: u32,
        /// Until when a used-up call limit holds the connection.
        pub held_until: Option<String>,
        /// When the oldest of the records that wait was queued.
        pub oldest_waiting: Option<String>,
        /// Seconds until the last of what waits may go out, at least; nothing where nothing waits, or
        /// for a folder.
        pub backlog_s: Option<u32>,
        /// Calls that takes.
        pub backlog_calls: u32,
        /// Since when the oldest of the records in doubt is in doubt.
        pub oldest_checking: Option<String>,
        /// When the sign-in ends if nothing is sent until then; nothing for a folder, or where
        /// nobody is signed in.
        pub sign_in_until: Option<String>,
        /// Of the answers of the last seven days that settled a record.
        pub arrived: u32,
        pub refused: u32,
        /// Arrived of both, in thousandths, rounded down; nothing where there was no answer.
        pub success_permille: Option<u32>,
        /// Seconds from queue to system of the records that arrived last: half of them, and
        /// ninety-five in a hundred, took no longer.
        pub took_p50_s: Option<u32>,
        pub took_p95_s: Option<u32>,
        /// How many records these two are of; at most a thousand.
        pub took_of: u32,
        /// Records found there before they would have been sent a second time, ever.
        pub duplicates_prevented: u32,
        /// Credit that it set against invoices by itself in the last thirty days, and that was
        /// taken over.
        pub applied_there: u32,
        /// The last fourteen days, today last.
        pub days: Vec<DayHealth>,
    }

    pub struct DayHealth {
        pub day: String,
        pub arrived: u32,
        pub refused: u32,
        /// Attempts after which it was not known whether the record arrived.
        pub doubted: u32,
    }

    /// What stands in the way of records that wait.
    pub struct ExportQuality {
        /// RFC 3339.
        pub as_of: String,
        /// Records that wait and were looked at.
        pub waiting: u32,
        pub findings: Vec<QualityFinding>,
        /// Findings beyond those listed.
        pub more: u32,
    }

    pub struct QualityFinding {
        /// `mapping`, `tax_number`, `country`, `email`, `name_cut`, `number_too_long` or
        /// `period_locked`.
        pub class: String,
        pub connection_id: String,
        pub system: String,
        /// `service`, `tax_code`, `payment_method`, `currency`, `student`, `payer` or `documents`.
        pub kind: String,
        /// Its id or key; nothing for documents.
        pub id: String,
        /// Its name, or the number of the first document.
        pub label: String,
        /// What is there now, or the limit: a country, an e-mail address, a number of characters,
        /// a day.
        pub detail: String,
        /// Documents that would be held up; nothing where it is the customer, or where only the next
        /// document would be.
        pub documents: u32,
    }
}
