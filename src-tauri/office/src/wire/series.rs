//! Number series and the proof that they have no gap.

use super::common::FileWish;
use super::wire;

wire! {
    pub struct SeriesView {
        /// By desk and kind, the one opened last at the end.
        pub series: Vec<SeriesRow>,
        pub rules: Vec<SeriesRuleView>,
        /// No number is missing anywhere.
        pub gapless: bool,
        /// Payment references hold invoice numbers, so that none may come again.
        pub in_kid: bool,
        /// This desk's letter.
        pub desk: String,
    }

    pub struct SeriesRow {
        pub id: String,
        /// `invoice` or `credit_note`.
        pub kind: String,
        pub desk: String,
        /// The year it is of, where years have series of their own.
        pub year: Option<i32>,
        pub prefix: String,
        /// The first number it gives, and the largest and next one, as printed.
        pub first: String,
        pub last: Option<String>,
        pub next: String,
        pub issued: u32,
        /// Invoices of it that were taken back entirely.
        pub taken_back: u32,
        /// Its desk opens a series for every year.
        pub yearly: bool,
        /// The one opened last of its kind and desk.
        pub current: bool,
        pub missing: Vec<MissingNumbers>,
    }

    /// A run of numbers that no document bears.
    pub struct MissingNumbers {
        pub first: String,
        pub last: String,
        pub count: String,
        /// `not_arrived`: another desk's work has not all come. `not_applied`: a document stands in
        /// the log and in no list. `unknown`: nothing is known of it.
        pub why: String,
    }

    pub struct SeriesRuleView {
        pub kind: String,
        pub desk: String,
        pub prefix: String,
        pub yearly: bool,
        pub restart: bool,
    }

    /// How this desk numbers a kind of document.
    pub struct SaveSeriesRule {
        pub kind: String,
        /// Before the digits; `{year}` and `{yy}` stand for the year.
        pub prefix: String,
        pub yearly: bool,
        /// Every year begins at 1 again.
        pub restart: bool,
    }

    pub struct ExportSeries {
        pub wish: FileWish,
    }
}
