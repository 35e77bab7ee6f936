//! Accounting systems the school is connected to.

use super::wire;

wire! {
    pub struct SystemView {
        /// Registry key, for example `xero`.
        pub key: String,
        pub name: String,
        /// `sign_in` in the browser, or a `folder` that files are written to.
        pub needs: String,
        /// An application is known, so that a sign-in can start; always for a folder.
        pub configured: bool,
        /// The school registers an application of its own, with a secret and a redirect address.
        pub needs_secret: bool,
        /// The client id of the school's own application, if it ever gave one.
        pub client_id: String,
        /// The redirect address of that application, or the one to begin with; may be empty.
        pub redirect: String,
    }

    pub struct ConnectionsView {
        pub systems: Vec<SystemView>,
        pub connections: Vec<ConnectionView>,
    }

    pub struct ConnectionView {
        pub id: String,
        pub system: String,
        pub system_name: String,
        /// As of its system: `sign_in` or `folder`.
        pub needs: String,
        /// The company's name there; the path of a folder.
        pub company: String,
        /// `ready`, `to_map` (a person has not let it begin to send), `sign_in_needed`, `closed`.
        pub state: String,
        /// RFC 3339.
        pub last_success: Option<String>,
        pub next_run: Option<String>,
        /// A person starts each run: nothing new leaves by itself.
        pub by_hand: bool,
        pub waiting: u32,
        pub sending: u32,
        pub checking: u32,
        pub sent: u32,
        pub attention: u32,
        pub unmapped: u32,
        /// Calls left today, as far as is known; nothing where calls have no limit.
        pub calls_left: Option<u32>,
        /// Nothing (0) where calls have no limit.
        pub calls_per_day: u32,
        /// RFC 3339: until when the breaker holds calls back.
        pub resting_until: Option<String>,
        pub reference_data_at: Option<String>,
        /// What it is told: `documents`, `journal_per_document`, `journal_per_day`.
        pub booking: String,
        /// What it may still be told instead; empty once it began, and where there is one way only.
        pub bookings: Vec<String>,
    }

    /// Chooses what a connection is told, before it begins to send.
    pub struct ChooseBooking {
        pub id: String,
        /// As in `ConnectionView`.
        pub booking: String,
    }

    /// Begins a sign-in; the address is to be opened in the system's browser.
    pub struct StartSignIn {
        pub system: String,
        /// An app's client id, where the school uses its own; nothing: the one that is known.
        pub client_id: Option<String>,
        /// Its secret, where the system wants one; it goes to the keychain and is never told.
        pub secret: Option<String>,
        /// Its redirect address, as it is registered there, where the system wants one.
        pub redirect: Option<String>,
        /// Signing in again for this connection.
        pub connection_id: Option<String>,
    }

    pub struct SignInStarted {
        pub sign_in_id: String,
        pub address: String,
        /// How long the browser may take, counted from this answer.
        pub lasts_s: u32,
        /// The browser cannot come back by itself: a person brings the address it lands on.
        pub by_hand: bool,
    }

    /// The whole address that the browser landed on.
    pub struct FinishSignIn {
        pub sign_in_id: String,
        pub address: String,
    }

    pub struct SignInRequest {
        pub sign_in_id: String,
    }

    /// How a sign-in stands.
    pub struct SignInView {
        /// `waiting`, `choose_company`, `connected`, `refused`, `expired`.
        pub state: String,
        pub companies: Vec<CompanyView>,
        /// Code of why it was refused.
        pub problem: Option<String>,
        pub connection_id: Option<String>,
    }

    pub struct CompanyView {
        pub id: String,
        pub name: String,
    }

    pub struct ChooseCompany {
        pub sign_in_id: String,
        pub company_id: String,
        /// Only documents from this day on are exported; nothing: all of them.
        pub export_from: Option<String>,
    }

    /// Writes files into a folder instead of calling a system.
    pub struct ConnectFolder {
        /// Its whole path; it must be there.
        pub folder: String,
        /// Only documents from this day on are exported; nothing: all of them.
        pub export_from: Option<String>,
    }

    pub struct ConnectionRequest {
        pub id: String,
    }

    /// When a connection sends what was never sent.
    pub struct ConnectionSchedule {
        pub id: String,
        /// `at_once` (as soon as something waits), `every` (so many minutes) or `by_hand`.
        pub mode: String,
        /// Minutes between two runs; for the other modes what a schedule would begin with.
        pub minutes: u32,
        /// RFC 3339; nothing where a person starts each run.
        pub next_run: Option<String>,
        /// What is left of calls that are no longer kept one by one.
        pub pruned: Option<PrunedHistory>,
    }

    pub struct SaveConnectionSchedule {
        pub id: String,
        /// As in `ConnectionSchedule`.
        pub mode: String,
        /// 15 to 1440; counts for `every` only.
        pub minutes: u32,
    }

    /// Sums of calls that were made more than three years ago.
    pub struct PrunedHistory {
        /// The last month of them, as `2023-11`.
        pub through: String,
        pub calls: u32,
        /// Records that arrived by them.
        pub exported: u32,
        /// Everything else they brought for a record: refusals, waits, look-ups.
        pub others: u32,
    }

    /// Whether the PDF of each invoice and credit note goes with it, counted from when it was set.
    pub struct ConnectionAttachments {
        pub id: String,
        /// The system takes files from us.
        pub offered: bool,
        pub on: bool,
        /// The system asks for a right of its own: whoever switches it on signs in again.
        pub asks_right: bool,
    }

    pub struct SaveConnectionAttachments {
        pub id: String,
        pub on: bool,
    }
}
