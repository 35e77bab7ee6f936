//! Reminders: the dry run, what was made, what is held back, and the e-mail account.

use super::common::{FileWish, Money, Window};
use super::wire;

wire! {
    /// What would be sent today, and what would not.
    pub struct ReminderPlanView {
        pub day: String,
        /// Most serious first.
        pub messages: Vec<ReminderMessage>,
        pub left_out: Vec<LeftOutInvoice>,
        /// Money that did not arrive or is gone again, whose payer has not been told since.
        pub follow_ups: Vec<FollowUpView>,
        /// Whether e-mail can be sent at all.
        pub mail_ready: bool,
        /// Whether text messages can be sent at all.
        pub sms_ready: bool,
    }

    /// A payment that failed or was reversed.
    pub struct FollowUpView {
        pub payment_id: String,
        pub student_id: String,
        pub student: String,
        pub amount: Money,
        /// `failed` or `reversed`.
        pub outcome: String,
        pub on: String,
        pub reason: String,
        /// What the student has open.
        pub open: Money,
    }

    /// One message to one payer, in one currency.
    pub struct ReminderMessage {
        pub student_id: String,
        pub student: String,
        pub student_number: String,
        /// Who is reminded, where that is not the student.
        pub payer_id: Option<String>,
        /// That payer's name, or empty.
        pub payer: String,
        /// Empty where there is none.
        pub email: String,
        pub phone: String,
        /// The ways it may go, the wished one first: `email`, `sms`, `letter`.
        pub ways: Vec<String>,
        /// `upcoming`, `first`, `second` or `final`.
        pub level: String,
        pub invoices: Vec<RemindedInvoice>,
        pub total: Money,
        pub fee: Option<Money>,
        /// Interest by statute through today.
        pub interest: Option<Money>,
        pub to_pay: Money,
        pub deadline: String,
    }

    pub struct RemindedInvoice {
        pub invoice_id: String,
        pub number: String,
        pub due_date: String,
        pub days_overdue: i32,
        /// The instalment of its payment plan, from 1; 0: the invoice by itself.
        pub instalment: u16,
        /// How many instalments that plan has.
        pub instalments: u32,
        pub open: Money,
    }

    /// An overdue invoice that is in no message.
    pub struct LeftOutInvoice {
        pub student_id: String,
        pub student: String,
        pub invoice: RemindedInvoice,
        /// `paused`, `disputed`, `promised`, `credit`, `waiting`, `finished` or `too_small`.
        pub why: String,
        /// The last day it is held, or the first day of the next level.
        pub until: Option<String>,
        /// The next level, of one that waits.
        pub level: Option<String>,
    }

    /// Makes the chosen messages, as they are due now.
    pub struct SendReminders {
        /// Made when the page opens: pressing twice makes them once.
        pub id: String,
        pub messages: Vec<ChosenReminder>,
    }

    pub struct ChosenReminder {
        pub student_id: String,
        pub payer_id: Option<String>,
        pub level: String,
        /// `letter`, `email` or `sms`.
        pub channel: String,
        /// The currency of its total; nothing: that of the books.
        #[serde(default)]
        #[ts(optional = nullable)]
        pub currency: Option<String>,
    }

    pub struct RemindersSent {
        /// Letters to print.
        pub letter_ids: Vec<String>,
        /// E-mails in the outbox.
        pub emails: u32,
        /// Text messages in the outbox.
        pub texts: u32,
        /// Chosen messages that are not due any more, because something was paid or held.
        pub no_longer_due: u32,
    }

    /// The letters of reminders, or of one that is only planned.
    pub struct ReminderPaper {
        /// Reminders that were made.
        pub ids: Vec<String>,
        /// A message of today's plan instead.
        pub planned: Option<PlannedReminder>,
        pub wish: FileWish,
    }

    pub struct PlannedReminder {
        pub student_id: String,
        pub payer_id: Option<String>,
        pub level: String,
        /// The currency of its total; nothing: that of the books.
        #[serde(default)]
        #[ts(optional = nullable)]
        pub currency: Option<String>,
    }

    /// What a reminder says as a text message, and what that takes.
    pub struct SmsLook {
        pub text: String,
        /// Characters as they count: of 160 or 153 each, or of 70 or 67 where `is_unicode`.
        pub units: u32,
        /// Messages it is sent and paid as.
        pub segments: u32,
        /// Whether a character needs the larger alphabet.
        pub is_unicode: bool,
    }

    pub struct ListReminders {
        pub student_id: Option<String>,
        pub invoice_id: Option<String>,
        /// Only messages that wait or need a person.
        pub unsent: bool,
        pub window: Window,
    }

    pub struct ReminderPage {
        pub rows: Vec<ReminderRow>,
        pub total: u32,
        /// Messages that wait or need a person, of all.
        pub unsent: u32,
    }

    pub struct ReminderRow {
        pub id: String,
        pub student_id: String,
        pub student: String,
        /// Who was reminded, where that is not the student; or empty.
        pub payer: String,
        pub level: String,
        pub channel: String,
        pub made_on: String,
        pub deadline: String,
        pub numbers: Vec<String>,
        pub total: Money,
        pub fee: Option<Money>,
        pub interest: Option<Money>,
        /// `letter`, `waiting`, `sending`, `sent`, `refused`, `unknown`, `stale` or `withdrawn`.
        pub state: String,
        /// What the mail server or the gateway said last, for copying.
        pub said: String,
    }

    /// A person settles what became of a reminder.
    pub struct SettleReminder {
        pub id: String,
        /// `withdraw` (it does not count), `again` (send it once more) or `arrived`.
        pub outcome: String,
        /// Needed to withdraw.
        pub reason: String,
    }

    pub struct SetReminderHold {
        /// `student` or `invoice`.
        pub held: String,
        pub held_id: String,
        /// `paused`, `disputed` or `promised`.
        pub kind: String,
        /// The last day; needed for a promise.
        pub until: Option<String>,
        pub note: String,
        /// False takes it away.
        pub active: bool,
    }

    pub struct HoldsRequest {
        pub student_id: String,
    }

    /// What is held of a student and of the student's open invoices.
    pub struct HoldsView {
        pub holds: Vec<HoldView>,
    }

    pub struct HoldView {
        pub held: String,
        pub held_id: String,
        /// The invoice's number; empty for the student.
        pub number: String,
        pub kind: String,
        pub until: Option<String>,
        pub note: String,
    }

    pub struct ReminderStep {
        pub level: String,
        /// Before the due date for `upcoming`, else after it or after the deadline before.
        pub days: u16,
        /// The ways its message may go, the wished one first; a letter always may.
        pub ways: Vec<String>,
    }

    /// The schedule, and what the country's law leaves open.
    pub struct ReminderSettings {
        pub steps: Vec<ReminderStep>,
        pub deadline_days: u16,
        pub with_fees: bool,
        pub least: Money,
        /// The country whose rules hold; empty where none are known.
        pub country: String,
        pub least_deadline_days: u16,
        /// The fee for an invoice due today, asked as late as the law wants; nothing: none.
        pub fee: Option<Money>,
        pub fee_wait_days: u16,
        pub with_interest: bool,
        /// Whether the country's law gives interest on what is owed late, and to whom of those
        /// who owe: `all`, `businesses`; nothing: none, or its rates are not known.
        pub interest_from: Option<String>,
        /// Percent a year that consumers owe today, where it is known.
        pub interest_today: Option<String>,
        /// The rates of the last three years, the latest first.
        pub rates: Vec<HalfYearRate>,
    }

    /// The rate of a half-year, without the points the law adds.
    pub struct HalfYearRate {
        /// Its first day.
        pub from: String,
        /// Percent a year; nothing: no interest is asked for its days.
        pub rate: Option<String>,
        /// Whether it stands in the country's rules, and so cannot be changed.
        pub is_law: bool,
    }

    /// A rate the school enters.
    pub struct OwnRate {
        pub from: String,
        pub rate: String,
    }

    pub struct SaveReminderSettings {
        pub steps: Vec<ReminderStep>,
        pub deadline_days: u16,
        pub with_fees: bool,
        pub with_interest: bool,
        /// Rates of half-years that the country's rules do not name.
        pub own_rates: Vec<OwnRate>,
        pub least: String,
    }

    /// The account e-mails are sent from; its password is never told.
    pub struct MailSettings {
        /// Empty: no e-mail is sent.
        pub host: String,
        pub port: u16,
        /// `tls`, `starttls`, or `none` towards this machine only.
        pub security: String,
        pub username: String,
        pub from_name: String,
        pub from_address: String,
        /// Certificate (PEM) of the authority that vouches for the server, beside those this
        /// machine trusts; or empty.
        pub authority: String,
        pub has_password: bool,
    }

    pub struct SaveMailSettings {
        pub host: String,
        pub port: u16,
        pub security: String,
        pub username: String,
        pub from_name: String,
        pub from_address: String,
        pub authority: String,
        /// Nothing keeps the one that is there; empty forgets it.
        pub password: Option<String>,
    }

    /// The gateway text messages leave through; its secret is never told.
    pub struct SmsSettings {
        /// Empty: no text message is sent.
        pub url: String,
        /// `post`, `put` or `get`.
        pub verb: String,
        /// `json` or `form`.
        pub format: String,
        /// The body, with `{to}`, `{text}`, `{sender}` and `{key}`.
        pub template: String,
        pub secret_header: String,
        pub key_header: String,
        pub sender: String,
        /// Whether the gateway sends a message of one key only once.
        pub knows_keys: bool,
        pub has_secret: bool,
    }

    pub struct SaveSmsSettings {
        pub url: String,
        pub verb: String,
        pub format: String,
        pub template: String,
        pub secret_header: String,
        pub key_header: String,
        pub sender: String,
        pub knows_keys: bool,
        /// Nothing keeps the one that is there; empty forgets it.
        pub secret: Option<String>,
    }

    /// Sends one short message to see that the gateway works.
    pub struct TrySms {
        /// Made when the form opens: pressing twice sends one, where the gateway knows keys.
        pub id: String,
        pub to: String,
    }

    pub struct SmsTried {
        /// The number it went to.
        pub to: String,
        pub said: String,
    }
}
