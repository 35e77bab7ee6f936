//! A report before it is printed or written: what it is called, its columns, rows and sums.
//!
//! Never adds up: rows and sums come finished.

use crate::csv_out::{Cell, CsvError, CsvFile, table};
use crate::format;
use crate::paper::Language;
use crate::words::{Words, words};
use chrono::NaiveDate;
use finance::Money;
use finance::party::Seller;
use finance::payment::PaymentState;
use rust_decimal::Decimal;
use std::borrow::Cow;

macro_rules! headings {
    ($($(#[$doc:meta])* $name:ident: $csv:literal, $word:ident;)+) => {
        /// What a column holds.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Heading {
            $($(#[$doc])* $name,)+
            /// Debts of an age, in days.
            Aged(Age),
        }

        impl Heading {
            /// Its name in a CSV file.
            pub fn csv(self) -> Cow<'static, str> {
                match self {
                    $(Self::$name => Cow::Borrowed($csv),)+
                    Self::Aged(age) => age.csv(),
                }
            }

            fn word(self, words: &Words) -> Cow<'static, str> {
                match self {
                    $(Self::$name => Cow::Borrowed(words.$word),)+
                    Self::Aged(age) => age.word(words),
                }
            }
        }
    };
}

headings! {
    /// First and last day of a part of the period.
    Period: "period", period;
    /// A day.
    Day: "day", date;
    /// An entry of the price list.
    Service: "service", service;
    /// A department.
    Department: "department", department;
    /// A VAT code.
    Code: "vat_code", vat_code;
    /// What it is called.
    Name: "name", name;
    /// Percent of VAT.
    Rate: "vat_rate", rate;
    /// A way of paying.
    Method: "method", method;
    /// A desk.
    Desk: "desk", desk;
    /// How many.
    Count: "count", count;
    /// Without VAT.
    Net: "net", net_short;
    /// VAT.
    Vat: "vat", vat_total;
    /// With VAT.
    Gross: "gross", gross_short;
    /// Without VAT, in the period compared with.
    Before: "net_before", before;
    /// What it changed by.
    Change: "change", change;
    /// Still to be paid.
    Open: "open", open;
    /// To be paid, and the day is past.
    Overdue: "overdue", overdue;
    /// Money that came in.
    Received: "received", received;
    /// Money that was gone again.
    Reversed: "reversed", reversed;
    /// Money paid back.
    Refunded: "refunded", refunded;
    /// Received, less reversed and refunded.
    Taken: "taken", taken;
    /// Number of a student.
    Number: "number", number;
    /// A student.
    Student: "student", student;
    /// Who is asked to pay.
    Payer: "payer", payer;
    /// How many students.
    Students: "students", students;
    /// Telephone of a student.
    Phone: "phone", phone;
    /// The oldest day that something open was due by.
    OldestDue: "oldest_due", oldest_due;
    /// The day money came in.
    ReceivedOn: "received_on", received_on;
    /// What a payer wrote.
    Reference: "reference", reference_short;
    /// How a payment stands.
    State: "state", state;
    /// What came in.
    Amount: "amount", amount;
    /// Of that, not set against any invoice.
    Unallocated: "unallocated", unallocated;
    /// A package, by its name on the day of the sale.
    Package: "package", package;
    /// The day it was bought on.
    BoughtOn: "bought_on", bought_on;
    /// Its last day.
    ValidUntil: "valid_until", valid_until;
    /// Lessons or money left of it.
    Left: "left", left;
    /// What the rest was worth when it expired.
    Lapsed: "lapsed", lapsed;
    /// What the rest is worth.
    Worth: "worth", worth;
    /// Money not set against any invoice.
    Credit: "credit", credit;
    /// Open, less credit.
    Balance: "balance", balance;
}

/// How old debts of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Age {
    /// Their day is not over.
    NotDue,
    /// So many days past it, both ends counted.
    Days {
        /// From.
        from: u16,
        /// To.
        to: u16,
    },
    /// More days than these.
    Over(u16),
}

impl Age {
    /// The columns that limits make: not due, between each two, and over the last.
    pub fn columns(ends: &[u16]) -> Vec<Self> {
        let mut ages = vec![Self::NotDue];
        let mut last = 0;
        for end in ends {
            ages.push(Self::Days { from: last + 1, to: *end });
            last = *end;
        }
        ages.push(Self::Over(last));
        ages
    }

    fn csv(self) -> Cow<'static, str> {
        match self {
            Self::NotDue => Cow::Borrowed("not_due"),
            Self::Days { from, to } => Cow::Owned(format!("days_{from}_{to}")),
            Self::Over(days) => Cow::Owned(format!("over_{days}")),
        }
    }

    /// Its name on paper, without the word for days.
    pub(crate) fn word(self, words: &Words) -> Cow<'static, str> {
        match self {
            Self::NotDue => Cow::Borrowed(words.not_due),
            Self::Days { from, to } => Cow::Owned(format!("{from}–{to}")),
            Self::Over(days) => Cow::Owned(format!("{} {days}", words.over)),
        }
    }
}

/// What a report is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportKind {
    /// What was invoiced.
    Revenue,
    /// What is open and overdue.
    Debt,
    /// Turnover and VAT by code.
    Vat,
    /// What was taken.
    Takings,
    /// Who owes how long.
    Ageing,
    /// The list of students.
    Students,
    /// The list of payments.
    Payments,
    /// The list of packages.
    Packages,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReportCell {
    /// Words.
    Text(String),
    /// A day.
    Day(NaiveDate),
    /// How a payment stands.
    State(PaymentState),
    /// An amount.
    Amount(Money),
    /// How many.
    Count(i64),
    /// How many lessons, also parts of one.
    Lessons(Decimal),
    /// Percent.
    Percent(Decimal),
    /// Everything that belongs to none of what the column names.
    Without(Heading),
    /// Nothing to say.
    Empty,
}

/// The rows of one currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportTable {
    /// ISO 4217 code.
    pub currency: String,
    /// The rows; each as long as the columns.
    pub rows: Vec<Vec<ReportCell>>,
    /// The sums under them; empty where the rows have none.
    pub sums: Vec<ReportCell>,
}

/// A report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// What it is about.
    pub kind: ReportKind,
    /// The language of its words and numbers.
    pub language: Language,
    /// Whose figures they are.
    pub seller: Seller,
    /// The day it was made.
    pub made_on: NaiveDate,
    /// The first and the last day.
    pub period: (NaiveDate, NaiveDate),
    /// What it was narrowed to, or empty.
    pub narrowed: String,
    /// Its columns.
    pub columns: Vec<Heading>,
    /// One table for each currency.
    pub tables: Vec<ReportTable>,
}

impl Report {
    /// What it is called.
    pub fn title(&self) -> &'static str {
        let words = words(self.language);
        match self.kind {
            ReportKind::Revenue => words.revenue,
            ReportKind::Debt => words.debt,
            ReportKind::Vat => words.vat_summary,
            ReportKind::Takings => words.takings,
            ReportKind::Ageing => words.ageing,
            ReportKind::Students => words.students_list,
            ReportKind::Payments => words.payments_list,
            ReportKind::Packages => words.packages_list,
        }
    }

    /// Its first and last day, in words.
    pub(crate) fn span(&self) -> String {
        let (from, to) = self.period;
        let day = |day| format::date(day, self.language);
        if from == to { day(from) } else { format!("{} – {}", day(from), day(to)) }
    }

    pub(crate) fn headings(&self) -> Vec<Cow<'static, str>> {
        self.columns.iter().map(|heading| heading.word(words(self.language))).collect()
    }

    /// The table as a file: all currencies, each row with its own, without sums.
    ///
    /// # Errors
    /// [`CsvError`] where a row cannot be written.
    pub fn csv(&self) -> Result<CsvFile, CsvError> {
        let names: Vec<Cow<'_, str>> = std::iter::once(Cow::Borrowed("currency"))
            .chain(self.columns.iter().map(|heading| heading.csv()))
            .collect();
        let header: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
        let row = |currency: &str, row: &[ReportCell]| {
            let cells = row.iter().map(written);
            std::iter::once(Cell::Text(Cow::Owned(currency.to_owned()))).chain(cells).collect()
        };
        let rows = self.tables.iter().flat_map(|table| {
            table.rows.iter().map(|cells| row(&table.currency, cells)).collect::<Vec<_>>()
        });
        table(&header, rows.collect(), true)
    }
}

/// How a payment stands, in words.
const fn stands(state: PaymentState, words: &Words) -> &'static str {
    match state {
        PaymentState::Pending => words.state_pending,
        PaymentState::Confirmed => words.state_confirmed,
        PaymentState::Failed => words.state_failed,
        PaymentState::Reversed => words.state_reversed,
    }
}

/// What belongs to none, in words.
const fn without(heading: Heading, words: &Words) -> &'static str {
    match heading {
        Heading::Service => words.without_service,
        Heading::Department => words.without_department,
        _ => "",
    }
}

fn written(cell: &ReportCell) -> Cell<'static> {
    match cell {
        ReportCell::Text(text) => Cell::Text(Cow::Owned(text.clone())),
        ReportCell::Day(day) => Cell::Text(Cow::Owned(day.to_string())),
        ReportCell::State(state) => Cell::Text(Cow::Borrowed(stands(*state, words(Language::En)))),
        ReportCell::Without(heading) => {
            Cell::Text(Cow::Borrowed(without(*heading, words(Language::En))))
        }
        ReportCell::Amount(money) => Cell::Amount(money.amount()),
        ReportCell::Count(count) => Cell::Number(Decimal::from(*count)),
        ReportCell::Lessons(count) => Cell::Number(*count),
        ReportCell::Percent(rate) => Cell::Number(*rate),
        ReportCell::Empty => Cell::Text(Cow::Borrowed("")),
    }
}

impl ReportCell {
    pub(crate) fn printed(&self, language: Language) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Day(day) => format::date(*day, language),
            Self::State(state) => stands(*state, words(language)).to_owned(),
            Self::Without(heading) => without(*heading, words(language)).to_owned(),
            Self::Amount(money) => format::amount(*money, language),
            Self::Count(count) => count.to_string(),
            Self::Lessons(count) => format::plain(*count, language),
            Self::Percent(rate) => format::percent(*rate, language),
            Self::Empty => String::new(),
        }
    }

    pub(crate) const fn is_number(&self) -> bool {
        !matches!(self, Self::Text(_) | Self::Day(_) | Self::State(_) | Self::Without(_))
    }
}
