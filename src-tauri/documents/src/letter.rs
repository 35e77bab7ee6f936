//! A reminder as a letter, before it is laid out.
//!
//! Never computes a sum and never decides a fee: both come from `finance`.

use crate::paper::Language;
use crate::words::{Words, words};
use chrono::NaiveDate;
use finance::Money;
use finance::party::{Person, Seller};
use finance::reminder::Level;

/// One invoice of a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetterItem {
    /// Its number.
    pub number: String,
    /// The instalment of a payment plan, and how many there are.
    pub instalment: Option<(u16, u32)>,
    /// Date of the document.
    pub issue_date: NaiveDate,
    /// The last day to pay as the invoice says.
    pub due_date: NaiveDate,
    /// What it came to.
    pub gross: Money,
    /// Still open.
    pub open: Money,
    /// KID or other payment reference.
    pub payment_reference: String,
}

/// A letter to one payer about every invoice of a level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// How serious it is.
    pub level: Level,
    /// The language of its words, numbers and dates.
    pub language: Language,
    /// Who is owed.
    pub seller: Seller,
    /// Who is reminded.
    pub person: Person,
    /// The student's number.
    pub student_number: String,
    /// Date of the letter.
    pub made_on: NaiveDate,
    /// The last day to pay.
    pub deadline: NaiveDate,
    /// The invoices, oldest first.
    pub items: Vec<LetterItem>,
    /// What is open of them.
    pub total: Money,
    /// The fee, where there is one.
    pub fee: Option<Money>,
    /// The interest through the date of the letter, where some is asked for.
    pub interest: Option<Money>,
    /// All together.
    pub to_pay: Money,
}

impl LetterItem {
    /// What the letter calls it: the number, and the instalment where it is one.
    pub(crate) fn label(&self, words: &Words) -> String {
        match self.instalment {
            Some((place, of)) => {
                format!("{} ({} {place}/{of})", self.number, words.instalment_short)
            }
            None => self.number.clone(),
        }
    }
}

impl Letter {
    /// What the letter is called.
    pub fn title(&self) -> &'static str {
        let words = words(self.language);
        match self.level {
            Level::Upcoming => words.upcoming,
            Level::First => words.first_reminder,
            Level::Second => words.second_reminder,
            Level::Final if self.is_norwegian() => words.collection_notice,
            Level::Final => words.final_notice,
        }
    }

    /// What it says before the table.
    pub fn lead(&self) -> String {
        let words: &Words = words(self.language);
        let text = match self.level {
            Level::Upcoming => words.say_upcoming,
            Level::First => words.say_first,
            Level::Second => words.say_second,
            Level::Final if self.is_norwegian() => words.say_collection,
            Level::Final => words.say_final,
        };
        text.replace("{day}", &crate::format::long_date(self.deadline, self.language))
    }

    /// What it says after the table: how to object. Nothing before the due date.
    pub fn close(&self) -> &'static str {
        if self.level == Level::Upcoming { "" } else { words(self.language).object }
    }

    /// The reference to pay with: that of the only invoice, or where to find them.
    pub(crate) fn reference(&self) -> &str {
        match self.items.as_slice() {
            [only] => &only.payment_reference,
            _ => words(self.language).see_above,
        }
    }

    /// Where the seller stands in Norway the last notice is the one the law names.
    pub(crate) fn is_norwegian(&self) -> bool {
        self.seller.address.country.eq_ignore_ascii_case("NO")
    }

    /// What it says as a text message: who asks, for what, how much, until when and where to.
    /// Spaces are plain ones, because others would double what the message costs.
    pub fn short(&self) -> String {
        let words = words(self.language);
        let seller = &self.seller;
        let items: Vec<String> = self.items.iter().map(|item| item.label(words)).collect();
        let mut text = format!(
            "{}: {}. {} {}: {} {} {}",
            seller.name,
            self.title(),
            words.short_invoice,
            items.join(", "),
            self.sum(),
            words.short_until,
            crate::format::date(self.deadline, self.language),
        );
        if !seller.bank_account.is_empty() {
            text.push_str(&format!(" {} {}", words.short_account, seller.bank_account));
        }
        let mut references: Vec<&str> =
            self.items.iter().map(|item| item.payment_reference.as_str()).collect();
        references.retain(|reference| !reference.is_empty());
        references.dedup();
        if !references.is_empty() {
            text.push_str(&format!(", {} {}", words.short_reference, references.join(", ")));
        }
        text.push('.');
        if !seller.phone.is_empty() {
            text.push_str(&format!(" {} {}", words.short_questions, seller.phone));
        }
        text.replace(['\u{a0}', '\u{202f}', '\u{2009}'], " ").replace('\u{2212}', "-")
    }

    /// A sum as the letter prints it, for the message it travels with.
    pub fn sum(&self) -> String {
        crate::format::sum(self.to_pay, self.language)
    }
}
