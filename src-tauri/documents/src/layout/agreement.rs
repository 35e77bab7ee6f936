//! A payment plan on paper: what it is about, and what is to be paid when.
//!
//! Never leaves an instalment out: a long plan goes on over further pages.

use super::closing::{PAY_HEIGHT, pay_box};
use super::head::{Parties, title_line};
use super::pen::{BODY, BOLD_SMALL, FIELD, Pen, SMALL, Style};
use super::{BOTTOM, FURTHER_TOP, MARGIN, RIGHT, footers, further_head};
use crate::agreement::Agreement;
use crate::boxes::{Ink, Length, Page};
use crate::fonts::Fonts;
use crate::format;
use crate::words::{Words, words};
use chrono::NaiveDate;
use finance::Money;

const ROW: Length = 16_000;
const TEXT_LINE: Length = 13_000;
const SECOND: Length = MARGIN + 120_000;
const THIRD: Length = MARGIN + 220_000;
const GAP: Length = 8_000;
/// Where the amounts end, from the right edge: the first column ends left of the second.
const FIRST_EDGE: Length = RIGHT - 100_000;

/// The pages of a payment plan.
pub fn agreement(plan: &Agreement, fonts: &Fonts) -> Vec<Page> {
    let words = words(plan.language);
    let mut pen = Pen::new(fonts);
    head(plan, words, &mut pen);
    paragraph(plan, &plan.lead(), &mut pen);
    invoices(plan, words, &mut pen);
    pen.y += 14_000;
    instalments(plan, words, &mut pen);
    pen.y += 12_000;
    paragraph(plan, &plan.close(), &mut pen);
    payment(plan, words, &mut pen);
    footers(&plan.seller, words, &mut pen);
    pen.pages
}

fn head(plan: &Agreement, words: &Words, pen: &mut Pen) {
    let parties = Parties { seller: &plan.seller, person: &plan.person, identity: None, words };
    let particulars = vec![
        (words.date, format::date(plan.agreed_on, plan.language)),
        (words.student_number, plan.student_number.clone()),
    ];
    let baseline = parties.draw(particulars, pen);
    let sum = format::sum(plan.open, plan.language);
    title_line(plan.title(), (words.open, &sum), pen, baseline);
    pen.y += 14_000;
}

/// Room for something, on this page or the next.
fn room(plan: &Agreement, height: Length, pen: &mut Pen) {
    if pen.y + height > BOTTOM {
        pen.pages.push(Page::default());
        further_head(plan.title(), &plan.seller, pen);
        pen.y = FURTHER_TOP;
    }
}

fn paragraph(plan: &Agreement, text: &str, pen: &mut Pen) {
    for line in pen.wrapped(text, BODY, RIGHT - MARGIN) {
        room(plan, TEXT_LINE, pen);
        pen.left(MARGIN, pen.y + 9_500, &line, BODY);
        pen.y += TEXT_LINE;
    }
    pen.y += 10_000;
}

fn invoices(plan: &Agreement, words: &Words, pen: &mut Pen) {
    room(plan, 3 * ROW, pen);
    let norwegian = plan.seller.address.country.eq_ignore_ascii_case("NO");
    let reference = if norwegian { words.kid } else { words.pay_reference };
    row([words.invoice_short, words.due, reference], ["", words.planned], SMALL, pen);
    pen.rule(MARGIN, RIGHT, pen.y, Ink::Text);
    for invoice in &plan.invoices {
        room(plan, ROW, pen);
        let due = day(plan, invoice.due_date);
        let texts = [invoice.number.as_str(), &due, &invoice.payment_reference];
        row(texts, ["", &amount(plan, invoice.planned)], FIELD, pen);
        pen.rule(MARGIN, RIGHT, pen.y, Ink::Hairline);
    }
}

fn instalments(plan: &Agreement, words: &Words, pen: &mut Pen) {
    room(plan, 3 * ROW, pen);
    row([words.instalment, words.due, ""], [words.amount, words.open], SMALL, pen);
    pen.rule(MARGIN, RIGHT, pen.y, Ink::Text);
    for (place, instalment) in (1..).zip(&plan.instalments) {
        room(plan, ROW, pen);
        let (place, due) = (place.to_string(), day(plan, instalment.due_date));
        let amounts = [amount(plan, instalment.amount), amount(plan, instalment.open)];
        row([&place, &due, ""], [&amounts[0], &amounts[1]], FIELD, pen);
        pen.rule(MARGIN, RIGHT, pen.y, Ink::Hairline);
    }
    room(plan, ROW, pen);
    let amounts = [amount(plan, plan.total), amount(plan, plan.open)];
    row([words.sum, "", ""], [&amounts[0], &amounts[1]], BOLD_SMALL, pen);
}

fn day(plan: &Agreement, day: NaiveDate) -> String {
    format::date(day, plan.language)
}

fn amount(plan: &Agreement, money: Money) -> String {
    format::amount(money, plan.language)
}

/// Texts from the left, amounts from the right; a text gives way to what stands right of it.
fn row(texts: [&str; 3], [first, second]: [&str; 2], style: Style, pen: &mut Pen) {
    let baseline = pen.y + 11_000;
    let first_edge = FIRST_EDGE.min(RIGHT - pen.width(second, style) - GAP);
    let ends = [SECOND, THIRD, first_edge - pen.width(first, style)];
    for ((x, text), end) in [MARGIN, SECOND, THIRD].into_iter().zip(texts).zip(ends) {
        let text = pen.clipped(text, style, (end - x - GAP).max(0));
        pen.left(x, baseline, &text, style);
    }
    pen.right(first_edge, baseline, first, style);
    pen.right(RIGHT, baseline, second, style);
    pen.y += ROW;
}

fn payment(plan: &Agreement, words: &Words, pen: &mut Pen) {
    room(plan, PAY_HEIGHT + 12_000, pen);
    let norwegian = plan.seller.address.country.eq_ignore_ascii_case("NO");
    let reference = if norwegian { words.kid } else { words.pay_reference };
    let next = plan.instalments.iter().find(|instalment| instalment.open.is_positive());
    let (due, sum) = next.map_or_else(Default::default, |next| {
        (day(plan, next.due_date), format::sum(next.open, plan.language))
    });
    pay_box(
        [
            [(words.payee, plan.seller.name.as_str()), ("", "")],
            [(words.account, plan.seller.bank_account.as_str()), (reference, plan.reference())],
            [(words.due, due.as_str()), (words.amount, sum.as_str())],
        ],
        pen,
    );
}
