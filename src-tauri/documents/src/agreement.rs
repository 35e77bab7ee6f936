//! A payment plan as a letter to whoever pays, before it is laid out.
//!
//! Never computes a sum: what is planned and what is open come from `finance`.

use crate::paper::Language;
use crate::words::words;
use chrono::NaiveDate;
use finance::Money;
use finance::party::{Person, Seller};

/// One invoice of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgreedInvoice {
    /// Its number.
    pub number: String,
    /// The last day to pay as the invoice says.
    pub due_date: NaiveDate,
    /// What of it is planned.
    pub planned: Money,
    /// KID or other payment reference.
    pub payment_reference: String,
}

/// One instalment of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgreedInstalment {
    /// The last day to pay it.
    pub due_date: NaiveDate,
    /// How much.
    pub amount: Money,
    /// What is still open of it.
    pub open: Money,
}

/// What was agreed with a payer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// The language of its words, numbers and dates.
    pub language: Language,
    /// Who is owed.
    pub seller: Seller,
    /// Who pays.
    pub person: Person,
    /// The student's number.
    pub student_number: String,
    /// The day it was agreed.
    pub agreed_on: NaiveDate,
    /// The invoices, oldest first.
    pub invoices: Vec<AgreedInvoice>,
    /// The instalments, earliest first.
    pub instalments: Vec<AgreedInstalment>,
    /// What was planned.
    pub total: Money,
    /// Still open.
    pub open: Money,
    /// Days an instalment may be missed before the plan ends.
    pub grace_days: u16,
}

impl Agreement {
    /// What the letter is called.
    pub fn title(&self) -> &'static str {
        words(self.language).payment_plan
    }

    /// What it says before the tables.
    pub fn lead(&self) -> String {
        let words = words(self.language);
        let day = crate::format::long_date(self.agreed_on, self.language);
        words.say_plan.replace("{day}", &day)
    }

    /// What it says after them: what follows when an instalment is missed.
    pub fn close(&self) -> String {
        let words = words(self.language);
        let text = if self.grace_days == 0 { words.plan_strict } else { words.plan_grace };
        text.replace("{days}", &self.grace_days.to_string())
    }

    /// The reference to pay with: that of the only invoice, or where to find them.
    pub(crate) fn reference(&self) -> &str {
        match self.invoices.as_slice() {
            [only] => &only.payment_reference,
            _ => words(self.language).see_above,
        }
    }
}
