//! A reminder on paper: what is owed, by when and how to pay it.
//!
//! Never leaves an invoice out: a long list goes on over further pages.

use super::closing::{PAY_HEIGHT, pay_box};
use super::head::{Parties, title_line};
use super::pen::{BODY, BOLD, FIELD, Pen, SMALL, Style};
use super::{BOTTOM, FURTHER_TOP, MARGIN, RIGHT, footers, further_head};
use crate::boxes::{Ink, Length, Page};
use crate::fonts::Fonts;
use crate::format;
use crate::letter::{Letter, LetterItem};
use crate::words::{Words, words};
use finance::Money;

const ROW: Length = 16_000;
const TEXT_LINE: Length = 13_000;
/// Where the columns stand: left edges, and right edges of the two amounts.
const ISSUED: Length = MARGIN + 96_000;
const DUE: Length = MARGIN + 166_000;
const REFERENCE: Length = MARGIN + 236_000;
const GROSS_EDGE: Length = RIGHT - 84_000;
const GAP: Length = 8_000;

/// The pages of a reminder.
pub fn letter(letter: &Letter, fonts: &Fonts) -> Vec<Page> {
    let words = words(letter.language);
    let mut pen = Pen::new(fonts);
    head(letter, words, &mut pen);
    paragraph(letter, &letter.lead(), &mut pen);
    table(letter, words, &mut pen);
    sums(letter, words, &mut pen);
    paragraph(letter, letter.close(), &mut pen);
    payment(letter, words, &mut pen);
    footers(&letter.seller, words, &mut pen);
    pen.pages
}

fn head(letter: &Letter, words: &Words, pen: &mut Pen) {
    let parties = Parties { seller: &letter.seller, person: &letter.person, identity: None, words };
    let particulars = vec![
        (words.date, format::date(letter.made_on, letter.language)),
        (words.student_number, letter.student_number.clone()),
    ];
    let baseline = parties.draw(particulars, pen);
    let day = format::long_date(letter.deadline, letter.language);
    let lead = format!("{} {day}", words.pay_by);
    title_line(letter.title(), (&lead, &letter.sum()), pen, baseline);
    pen.y += 14_000;
}

/// Room for something, on this page or the next.
fn room(letter: &Letter, height: Length, pen: &mut Pen) {
    if pen.y + height > BOTTOM {
        pen.pages.push(Page::default());
        further_head(letter.title(), &letter.seller, pen);
        pen.y = FURTHER_TOP;
    }
}

fn paragraph(letter: &Letter, text: &str, pen: &mut Pen) {
    for line in pen.wrapped(text, BODY, RIGHT - MARGIN) {
        room(letter, TEXT_LINE, pen);
        pen.left(MARGIN, pen.y + 9_500, &line, BODY);
        pen.y += TEXT_LINE;
    }
    pen.y += 10_000;
}

fn table(letter: &Letter, words: &Words, pen: &mut Pen) {
    room(letter, 3 * ROW, pen);
    let reference = if letter.is_norwegian() { words.kid } else { words.pay_reference };
    let titles = [words.invoice_short, words.invoice_date, words.due, reference];
    row(titles.map(str::to_owned), (words.amount, words.open), SMALL, pen);
    pen.rule(MARGIN, RIGHT, pen.y, Ink::Text);
    for item in &letter.items {
        room(letter, ROW, pen);
        item_row(letter, item, pen);
        pen.rule(MARGIN, RIGHT, pen.y, Ink::Hairline);
    }
}

fn item_row(letter: &Letter, item: &LetterItem, pen: &mut Pen) {
    let amount = |money: Money| format::amount(money, letter.language);
    let texts = [
        item.label(words(letter.language)),
        format::date(item.issue_date, letter.language),
        format::date(item.due_date, letter.language),
        item.payment_reference.clone(),
    ];
    row(texts, (&amount(item.gross), &amount(item.open)), FIELD, pen);
}

/// Texts from the left, amounts from the right; a text gives way to what stands right of it.
fn row(texts: [String; 4], (gross, open): (&str, &str), style: Style, pen: &mut Pen) {
    let baseline = pen.y + 11_000;
    let open_edge = RIGHT;
    let gross_edge = GROSS_EDGE.min(open_edge - pen.width(open, style) - GAP);
    let ends = [ISSUED, DUE, REFERENCE, gross_edge - pen.width(gross, style)];
    for ((x, text), end) in [MARGIN, ISSUED, DUE, REFERENCE].into_iter().zip(texts).zip(ends) {
        let text = pen.clipped(&text, style, (end - x - GAP).max(0));
        pen.left(x, baseline, &text, style);
    }
    pen.right(gross_edge, baseline, gross, style);
    pen.right(open_edge, baseline, open, style);
    pen.y += ROW;
}

fn sums(letter: &Letter, words: &Words, pen: &mut Pen) {
    let large = Style { size: 11_000, ..BOLD };
    let mut lines = Vec::new();
    if letter.fee.or(letter.interest).is_some() {
        lines.push((words.sum_open, letter.total, FIELD));
    }
    lines.extend(letter.fee.map(|fee| (words.fee, fee, FIELD)));
    lines.extend(letter.interest.map(|interest| (words.interest, interest, FIELD)));
    lines.push((words.to_pay, letter.to_pay, large));
    room(letter, ROW * 4 + 6_000, pen);
    pen.y += 6_000;
    for (label, money, style) in lines {
        let text = format::amount(money, letter.language);
        let label_edge = RIGHT - 100_000_i64.max(pen.width(&text, style) + GAP);
        pen.right(label_edge, pen.y + 11_000, label, style);
        pen.right(RIGHT, pen.y + 11_000, &text, style);
        pen.y += ROW;
    }
    pen.y += 12_000;
}

fn payment(letter: &Letter, words: &Words, pen: &mut Pen) {
    room(letter, PAY_HEIGHT + 12_000, pen);
    let reference = if letter.is_norwegian() { words.kid } else { words.pay_reference };
    let due = format::date(letter.deadline, letter.language);
    let sum = letter.sum();
    pay_box(
        [
            [(words.payee, letter.seller.name.as_str()), ("", "")],
            [(words.account, letter.seller.bank_account.as_str()), (reference, letter.reference())],
            [(words.due, due.as_str()), (words.amount, sum.as_str())],
        ],
        pen,
    );
}
