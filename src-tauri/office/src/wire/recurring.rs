//! Invoices that come again.

use super::common::Money;
use super::invoices::{DiscountInput, IssueCheck, LineInput};
use super::payers::{PayerPart, Terms};
use super::wire;

wire! {
    /// A template as typed.
    pub struct SaveRecurring {
        /// Made when the form opens.
        pub id: String,
        pub name: String,
        pub department_id: Option<String>,
        /// Each gets an invoice of their own.
        pub student_ids: Vec<String>,
        /// The currency of prices and amounts; nothing: the school's.
        #[serde(default)]
        #[ts(optional = nullable)]
        pub currency: Option<String>,
        pub lines: Vec<LineInput>,
        /// Nothing: whoever pays for the student by default on the day; empty: the student.
        pub payers: Option<Vec<PayerPart>>,
        /// What is taken off the whole of each.
        pub discount: Option<DiscountInput>,
        pub reference: String,
        pub note: String,
        /// `weekly` or `monthly`.
        pub rhythm: String,
        /// Weeks or months from one to the next.
        pub every: u8,
        /// Of a monthly one: day of the month; 31 is its last day.
        pub day: u8,
        pub from: String,
        pub until: Option<String>,
        /// At most so many dates.
        pub count: Option<u32>,
        pub terms: Terms,
        /// Issued when its date comes; otherwise a draft.
        pub issue: bool,
    }

    pub struct RecurringList {
        pub rows: Vec<RecurringRow>,
        /// What has come and is to be made at this desk, oldest first.
        pub due: Vec<RecurringDue>,
        /// The last day on which anything was made.
        pub last_on: Option<String>,
        /// What was made on that day.
        pub last: Vec<RecurringMade>,
    }

    pub struct RecurringStudent {
        pub id: String,
        pub name: String,
        pub number: String,
    }

    pub struct RecurringRow {
        pub template: SaveRecurring,
        /// `active`, `paused` or `ended`; ended also when no date is left.
        pub state: String,
        /// The desk that makes its invoices.
        pub desk: String,
        /// That is this desk.
        pub is_here: bool,
        /// Those it is for, by name.
        pub students: Vec<RecurringStudent>,
        /// Names of the payers it names.
        pub payers: Vec<String>,
        /// What one invoice comes to today; nothing where a line cannot be priced.
        pub gross: Option<Money>,
        /// The next date, where one is left.
        pub next: Option<String>,
        /// Dates that have come and are not made yet, for any of its students.
        pub due: u32,
        /// Invoices made so far.
        pub made: u32,
        /// The last date that was made.
        pub last: Option<String>,
    }

    /// A date that has come.
    pub struct RecurringDue {
        pub recurring_id: String,
        pub name: String,
        pub date: String,
        /// It lies before today: the desk was closed, or the template begins in the past.
        pub missed: bool,
        /// Invoices of the date that are not made yet.
        pub invoices: u32,
        /// What they come to; nothing where a line cannot be priced.
        pub gross: Option<Money>,
        /// They are issued; otherwise they are drafts.
        pub issue: bool,
    }

    /// What was made of a date.
    pub struct RecurringMade {
        pub recurring_id: String,
        /// The template's name.
        pub name: String,
        pub date: String,
        pub made_on: String,
        pub student_id: String,
        pub student: String,
        pub document_id: String,
        /// `draft`, `invoice`, or `gone` where the draft was thrown away.
        pub kind: String,
        /// Empty for a draft.
        pub number: String,
        pub gross: Option<Money>,
        /// It was to be issued and could not be: its draft says why.
        pub kept_back: bool,
    }

    /// A date of a template.
    pub struct RecurringDate {
        pub date: String,
        /// It has come and is to be made at once.
        pub due: bool,
        /// What it comes to for all its students.
        pub gross: Option<Money>,
    }

    pub struct RecurringPreview {
        /// The next dates, those that have come first.
        pub dates: Vec<RecurringDate>,
        /// Dates that have come and are to be made at once.
        pub due: u32,
        /// Dates in all; nothing where there is no end.
        pub all: Option<u32>,
    }

    pub struct RecurringRequest {
        pub id: String,
    }

    /// A template as a page.
    pub struct RecurringView {
        pub row: RecurringRow,
        /// The next dates, those that have come first.
        pub dates: Vec<RecurringDate>,
        /// What was made, newest date first, at most 200.
        pub made: Vec<RecurringMade>,
        /// What keeps its invoices from being issued as things stand.
        pub checks: Vec<IssueCheck>,
    }

    pub struct SetRecurringState {
        pub id: String,
        /// `active`, `paused` or `ended`.
        pub state: String,
        /// Its invoices are made at this desk from now on.
        #[serde(default)]
        pub here: bool,
    }

    /// What was made just now.
    pub struct RecurringRun {
        pub drafts: u32,
        pub issued: u32,
        /// Drafts that were to be issued and could not be.
        pub kept_back: u32,
    }
}
