//! A statement of account, before it is laid out.
//!
//! Never computes a balance: opening, running and closing balance and the ageing come from
//! `finance`.

use crate::format;
use crate::paper::Language;
use crate::report::Age;
use crate::words::words;
use chrono::NaiveDate;
use finance::Money;
use finance::ageing::{AgeingRow, Buckets};
use finance::party::{Person, Seller};

/// What moved a balance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moved {
    /// An invoice.
    Invoice,
    /// A credit note.
    CreditNote,
    /// Money received.
    Payment,
    /// Money received that was taken back.
    Reversal,
    /// Money paid back.
    Refund,
    /// A rest of an invoice that was given up.
    WriteOff,
    /// A rest that was given up and is asked for again.
    WriteOffReleased,
    /// What was set against an invoice and is no longer.
    Released,
    /// What was gained or lost by exchange.
    Exchange,
}

/// One movement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActivityLine {
    /// The day it counts from.
    pub date: NaiveDate,
    /// What it was.
    pub moved: Moved,
    /// Number of the document, or how it was paid.
    pub label: String,
    /// Last day to pay, of an invoice.
    pub due_date: Option<NaiveDate>,
    /// Above nothing: owed more. Below: owed less.
    pub amount: Money,
    /// The same in the currency it was invoiced or paid in, where that is another one.
    pub foreign: Option<Money>,
    /// The balance after it.
    pub balance: Money,
}

/// Something open or unused at the end of the period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenLine {
    /// What it is: an invoice, a credit note or a payment.
    pub moved: Moved,
    /// Number of the document, or how it was paid.
    pub label: String,
    /// Issued or received on.
    pub date: NaiveDate,
    /// Last day to pay, of an invoice.
    pub due_date: Option<NaiveDate>,
    /// KID or other reference.
    pub reference: String,
    /// What it came to; below nothing for credit.
    pub amount: Money,
    /// The same in the currency it was invoiced or paid in, where that is another one.
    pub foreign: Option<Money>,
    /// Still open; below nothing for credit.
    pub left: Money,
}

/// What a statement lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Listed {
    /// All that happened, from the opening balance on.
    Activity {
        /// The balance before the period.
        opening: Money,
        /// The movements, oldest first.
        lines: Vec<ActivityLine>,
    },
    /// Only what is open or unused at its end.
    OpenItems(Vec<OpenLine>),
}

/// A statement of account to one student, or to one who pays for students.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementPaper {
    /// The language of its words, numbers and dates.
    pub language: Language,
    /// Who states it.
    pub seller: Seller,
    /// Whose account it is.
    pub person: Person,
    /// The number of the student or payer.
    pub number: String,
    /// Whether it is a payer's.
    pub is_payer: bool,
    /// The department's name, or empty.
    pub department: String,
    /// The day it was made.
    pub made_on: NaiveDate,
    /// The first day; nothing: from the beginning of the account.
    pub from: Option<NaiveDate>,
    /// The last day.
    pub to: NaiveDate,
    /// What it lists.
    pub listed: Listed,
    /// The balance at the end of the last day.
    pub closing: Money,
    /// The columns of the ageing.
    pub buckets: Buckets,
    /// How old what is open is, at the end of the last day.
    pub ageing: AgeingRow,
    /// The reference to pay with, where one invoice alone is open.
    pub payment_reference: String,
}

impl Listed {
    /// Whether anything was invoiced or paid in another currency.
    pub(crate) fn has_foreign(&self) -> bool {
        match self {
            Self::Activity { lines, .. } => lines.iter().any(|line| line.foreign.is_some()),
            Self::OpenItems(lines) => lines.iter().any(|line| line.foreign.is_some()),
        }
    }
}

impl StatementPaper {
    /// What it is called.
    pub fn title(&self) -> &'static str {
        words(self.language).statement
    }

    /// The period as printed; without a beginning its last day alone.
    pub(crate) fn period(&self) -> String {
        let day = |day| format::date(day, self.language);
        match self.from {
            Some(from) => format!("{} – {}", day(from), day(self.to)),
            None => day(self.to),
        }
    }

    /// A row's name: its kind with the number or the way it was paid.
    pub(crate) fn name(&self, moved: Moved, label: &str) -> String {
        let words = words(self.language);
        let kind = match moved {
            Moved::Invoice => words.invoice,
            Moved::CreditNote => words.credit_note,
            Moved::Payment => words.payment,
            Moved::Reversal => words.reversal,
            Moved::Refund => words.refund,
            Moved::WriteOff => words.write_off,
            Moved::WriteOffReleased => words.write_off_released,
            Moved::Released => words.released,
            Moved::Exchange => words.exchange,
        };
        let documents = [
            Moved::Invoice,
            Moved::CreditNote,
            Moved::WriteOff,
            Moved::WriteOffReleased,
            Moved::Released,
            Moved::Exchange,
        ];
        let joint = if documents.contains(&moved) { " " } else { ", " };
        if label.is_empty() { kind.to_owned() } else { format!("{kind}{joint}{label}") }
    }

    /// The names of the ageing's columns: not due, 1–30, …, over 90.
    pub(crate) fn age_names(&self) -> Vec<String> {
        let words = words(self.language);
        let ages = Age::columns(self.buckets.ends()).into_iter();
        ages.map(|age| match age {
            Age::NotDue => words.not_due.to_owned(),
            days => format!("{} {}", days.word(words), words.days),
        })
        .collect()
    }
}
