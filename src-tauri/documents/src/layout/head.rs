//! The top of the first page: seller, buyer, particulars, title.
//!
//! Never grows over the table: each block has a fixed most of lines.

use super::pen::{BODY, BOLD, FIELD, LABEL, Pen, SMALL, Style};
use super::{MARGIN, RIGHT, Sheet, day};
use crate::boxes::{Ink, Length, Weight};
use crate::format;
use crate::paper::PaperKind;
use crate::words::Words;
use finance::party::{Address, Person, Seller};
use finance::payer::InvoicePayer;
use finance::terms::PaymentTerms;

const BRAND: Style = Style { size: 13_000, weight: Weight::SemiBold, ink: Ink::Text };
const TITLE: Style = Style { size: 21_000, weight: Weight::SemiBold, ink: Ink::Text };
const SUM: Style = Style { size: 14_000, weight: Weight::SemiBold, ink: Ink::Text };

pub fn draw(sheet: &Sheet, pen: &mut Pen) {
    let paper = sheet.paper;
    let parties = Parties {
        seller: &paper.seller,
        person: &paper.person,
        identity: paper.payer.as_deref().map(|payer| payer_identity(payer, sheet.words)),
        words: sheet.words,
    };
    let after = parties.draw(particulars(sheet), pen);
    title(sheet, pen, after);
}

/// Who writes to whom.
pub struct Parties<'a> {
    pub seller: &'a Seller,
    pub person: &'a Person,
    /// Organisation and VAT number of a buyer that has them.
    pub identity: Option<String>,
    pub words: &'a Words,
}

impl Parties<'_> {
    /// Seller, buyer and particulars; returns where the title's baseline stands.
    pub fn draw(&self, particulars: Vec<(&str, String)>, pen: &mut Pen) -> Length {
        let buyer_top = self.seller(pen).max(100_000) + 34_000;
        let after_buyer = self.buyer(pen, buyer_top);
        let after_facts = facts(particulars, pen, buyer_top);
        after_buyer.max(after_facts).max(210_000) + 34_000
    }

    fn seller(&self, pen: &mut Pen) -> Length {
        let seller = self.seller;
        let mut y = 60_000;
        for line in pen.block(&seller.name, BRAND, 250_000, 3) {
            pen.left(MARGIN, y, &line, BRAND);
            y += 16_000;
        }
        let mut lines = address_lines(&seller.address, &seller.address.country);
        lines.push(seller.email.clone());
        lines.push(seller.phone.clone());
        lines.push(identity(seller, self.words));
        let mut right_y = 56_000;
        for line in lines {
            for part in pen.block(&line, SMALL, 210_000, 2) {
                pen.right(RIGHT, right_y, &part, SMALL);
                right_y += 10_500;
            }
        }
        y.max(right_y)
    }

    fn buyer(&self, pen: &mut Pen, top: Length) -> Length {
        let person = self.person;
        let mut y = top;
        for line in pen.block(&person.name, BOLD, 250_000, 3) {
            pen.left(MARGIN, y, &line, BOLD);
            y += 13_000;
        }
        let mut lines = address_lines(&person.address, &self.seller.address.country);
        lines.extend(self.identity.clone().filter(|identity| !identity.is_empty()));
        for line in lines {
            for part in pen.block(&line, BODY, 250_000, 2) {
                pen.left(MARGIN, y, &part, BODY);
                y += 13_000;
            }
        }
        y
    }
}

/// Organisation number and register, as the law of the seller's country wants them: in Norway
/// the number with `MVA` when registered, and "Foretaksregisteret" for limited companies
/// (bokføringsforskriften § 5-1-2; foretaksregisterloven § 10-2).
pub fn identity(seller: &Seller, words: &Words) -> String {
    let norwegian = seller.address.country.eq_ignore_ascii_case("NO");
    let mut parts = Vec::new();
    if norwegian && !seller.vat_number.trim().is_empty() {
        let number = seller.vat_number.trim();
        let ending = if number.to_uppercase().ends_with("MVA") { "" } else { " MVA" };
        parts.push(format!("{} {number}{ending}", words.org_number));
    } else {
        for (label, number) in
            [(words.org_number, &seller.org_number), (words.vat_number, &seller.vat_number)]
        {
            if !number.trim().is_empty() {
                parts.push(format!("{label} {}", number.trim()));
            }
        }
    }
    let last = seller.name.split_whitespace().next_back();
    if norwegian && last.is_some_and(|form| matches!(form, "AS" | "ASA")) {
        parts.push("Foretaksregisteret".to_owned());
    }
    parts.join(" · ")
}

/// A buyer's numbers (EU VAT directive art. 226(4); bokføringsforskriften § 5-1-2).
fn payer_identity(payer: &InvoicePayer, words: &Words) -> String {
    let numbers = [(words.org_number, &payer.org_number), (words.vat_number, &payer.vat_number)];
    let filled = numbers.into_iter().filter(|(_, number)| !number.trim().is_empty());
    filled
        .map(|(label, number)| format!("{label} {}", number.trim()))
        .collect::<Vec<_>>()
        .join(" · ")
}

/// Payment terms in words.
fn terms(terms: PaymentTerms, words: &Words) -> String {
    let days = terms.days().to_string();
    match terms {
        PaymentTerms::Issue { days: 0 } => words.terms_now.to_owned(),
        PaymentTerms::Issue { .. } => words.terms_days.replace("{days}", &days),
        PaymentTerms::EndOfMonth { days: 0 } => words.terms_month.to_owned(),
        PaymentTerms::EndOfMonth { .. } => words.terms_month_days.replace("{days}", &days),
    }
}

/// The lines of an address; the country only where it differs from the seller's.
fn address_lines(address: &Address, home: &str) -> Vec<String> {
    let town = format!("{} {}", address.postal_code, address.city);
    let foreign = !address.country.is_empty() && !address.country.eq_ignore_ascii_case(home);
    let country = if foreign { address.country.clone() } else { String::new() };
    let lines = [address.line1.clone(), address.line2.clone(), town, country];
    lines.into_iter().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
}

fn particulars<'a>(sheet: &Sheet<'a>) -> Vec<(&'a str, String)> {
    let (paper, words) = (sheet.paper, sheet.words);
    let mut facts: Vec<(&str, String)> = Vec::new();
    match &paper.kind {
        PaperKind::CreditNote { invoice_number } => {
            facts.push((words.credit_number, paper.number.clone()));
            facts.push((words.date, day(sheet, paper.issue_date)));
            facts.push((words.of_invoice, invoice_number.clone()));
        }
        PaperKind::Invoice => {
            facts.push((words.invoice_number, paper.number.clone()));
            facts.push((words.invoice_date, day(sheet, paper.issue_date)));
        }
        PaperKind::Draft => {
            facts.push((words.invoice_number, words.draft.to_owned()));
            facts.push((words.invoice_date, day(sheet, paper.issue_date)));
        }
    }
    if let Some(date) = paper.delivery_date {
        facts.push((words.delivery_date, day(sheet, date)));
    }
    facts.push((words.student_number, paper.student_number.clone()));
    facts.push((words.department, paper.department.clone()));
    facts.push((words.reference, paper.reference.clone()));
    if let Some(given) = paper.terms {
        facts.push((words.terms, terms(given, words)));
    }
    facts
}

fn facts(facts: Vec<(&str, String)>, pen: &mut Pen, top: Length) -> Length {
    let (label_x, mut y) = (360_000, top);
    for (label, value) in facts.into_iter().filter(|(_, value)| !value.trim().is_empty()) {
        pen.left(label_x, y, label, LABEL);
        let room = RIGHT - label_x - pen.width(label, LABEL) - 10_000;
        for line in pen.block(&value, FIELD, room, 2) {
            pen.right(RIGHT, y, &line, FIELD);
            y += 12_500;
        }
    }
    y
}

fn title(sheet: &Sheet, pen: &mut Pen, baseline: Length) {
    let (paper, words) = (sheet.paper, sheet.words);
    let lead = match paper.due_date {
        Some(due) => format!("{} {}", words.pay_by, format::long_date(due, paper.language)),
        None => words.credited.to_owned(),
    };
    let sum = format::sum(paper.totals.gross, paper.language);
    title_line(sheet.title(), (&lead, &sum), pen, baseline);
}

/// What it is on the left; on the right the sum and what is asked of the reader.
pub fn title_line(title: &str, (lead, sum): (&str, &str), pen: &mut Pen, baseline: Length) {
    pen.left(MARGIN, baseline, title, TITLE);
    pen.right(RIGHT, baseline - 18_000, lead, LABEL);
    pen.right(RIGHT, baseline, sum, SUM);
    pen.rule(MARGIN, RIGHT, baseline + 10_000, Ink::Text);
    pen.y = baseline + 10_900;
}
