//! What follows the lines: VAT per code, totals, reasons, note and how to pay.
//!
//! Never squeezes: what does not fit goes to a further page.

use super::pen::{BOLD, BOLD_SMALL, FIELD, LABEL, Pen, SMALL, Style};
use super::{BOTTOM, MARGIN, RIGHT, Sheet, day, next_page};
use crate::boxes::{Ink, Length, Weight};
use crate::format;
use crate::paper::Paper;
use finance::Money;
use finance::discount::DocumentDiscount;
use finance::line::VatSum;
use finance::tax::{PriceBasis, TaxCode};

const ROW: Length = 13_500;
const NOTE_LINE: Length = 10_500;
pub const PAY_HEIGHT: Length = 104_000;
/// Right edges of base and tax in the VAT table, and where the totals begin.
const BASE_EDGE: Length = 212_000;
const TAX_EDGE: Length = 284_000;
const TOTALS_X: Length = 352_000;

/// The raised marks that lead from a VAT code to its printed reason.
pub struct Marks(Vec<TaxCode>);

/// Marks for every VAT code with a reason, in the order of first use.
pub fn marks(paper: &Paper) -> Marks {
    let with_reason = |tax: &&TaxCode| reason(tax).is_some();
    Marks(paper.totals.by_code.iter().map(|sum| &sum.tax).filter(with_reason).cloned().collect())
}

fn reason(tax: &TaxCode) -> Option<&str> {
    tax.reason.as_deref().map(str::trim).filter(|reason| !reason.is_empty())
}

impl Marks {
    /// The mark of a VAT code; empty where it has no reason.
    pub fn of(&self, tax: &TaxCode) -> String {
        let place = self.0.iter().position(|marked| marked == tax);
        place.map_or_else(String::new, |place| format::mark(place + 1))
    }
}

pub fn draw(sheet: &Sheet, marks: &Marks, pen: &mut Pen) {
    sums(sheet, marks, pen);
    pen.y += 8_000;
    notes(sheet, marks, pen);
    if !sheet.paper.is_credit() && sheet.paper.totals.gross.is_positive() {
        payment(sheet, pen);
    }
}

/// Room for one more row, on this page or the next.
fn room(sheet: &Sheet, height: Length, pen: &mut Pen) {
    if pen.y + height > BOTTOM {
        next_page(sheet, pen);
    }
}

/// The VAT table on the left and the totals on the right, row by row.
fn sums(sheet: &Sheet, marks: &Marks, pen: &mut Pen) {
    let (paper, words) = (sheet.paper, sheet.words);
    let owed = if paper.is_credit() { words.credited } else { words.to_pay };
    let mut totals = discounted(sheet);
    totals.extend([
        (words.net.to_owned(), paper.totals.net, FIELD),
        (words.vat_total.to_owned(), paper.totals.vat, FIELD),
        (owed.to_owned(), paper.totals.gross, Style { size: 11_000, ..BOLD }),
    ]);
    let rows = Length::try_from(totals.len()).unwrap_or(3) + 2;
    room(sheet, rows * ROW, pen);
    pen.y += 6_000;
    let top = pen.y;
    let mut y = top + 2_000;
    for (label, amount, style) in totals {
        if style.size > FIELD.size {
            y += 2_000;
            pen.rule(TOTALS_X, RIGHT, y, Ink::Hairline);
            y += 4_000;
        }
        pen.left(TOTALS_X, y + 9_500, &label, style);
        // A sum too long for its place moves below its label rather than over it.
        let width = pen.width(&format::amount(amount, paper.language), style);
        if TOTALS_X + pen.width(&label, style) + 8_000 + width > RIGHT {
            y += ROW;
        }
        pen.right(RIGHT, y + 9_500, &format::amount(amount, paper.language), style);
        y += ROW;
    }
    let page = pen.pages.len();
    vat_row(pen, words.vat, (words.base, words.tax), SMALL);
    pen.rule(MARGIN, TAX_EDGE, pen.y, Ink::Hairline);
    for sum in &paper.totals.by_code {
        room(sheet, ROW, pen);
        let (base, tax) = (amount(sheet, sum.net), amount(sheet, sum.vat));
        vat_row(pen, &code_name(sheet, sum, marks), (&base, &tax), SMALL);
    }
    exchanged(sheet, marks, pen);
    if pen.pages.len() == page {
        pen.y = pen.y.max(y);
    }
}

/// Base and VAT per code in the currency of the books, where the document is in another one.
fn exchanged(sheet: &Sheet, marks: &Marks, pen: &mut Pen) {
    let (Some(exchange), words) = (&sheet.paper.exchange, sheet.words) else { return };
    room(sheet, 3 * ROW, pen);
    pen.y += 4_000;
    let head = words.vat_in.replace("{currency}", exchange.rate.base.code());
    vat_row(pen, &head, (words.base, words.tax), SMALL);
    pen.rule(MARGIN, TAX_EDGE, pen.y, Ink::Hairline);
    for sum in &exchange.totals.by_code {
        room(sheet, ROW, pen);
        let (base, tax) = (amount(sheet, sum.net), amount(sheet, sum.vat));
        vat_row(pen, &code_name(sheet, sum, marks), (&base, &tax), SMALL);
    }
}

/// The rate a document in another currency was converted by, and what it comes to.
fn rate_told(sheet: &Sheet) -> Option<String> {
    let exchange = sheet.paper.exchange.as_ref()?;
    let rate = format::decimal(exchange.rate.rate, sheet.paper.language);
    let told =
        sheet.words.rate_of.replace("{currency}", sheet.paper.totals.gross.currency().code());
    let told = told.replace("{base}", exchange.rate.base.code()).replace("{rate}", &rate);
    let told = told.replace("{day}", &day(sheet, exchange.rate.on));
    Some(told.replace("{gross}", &format::sum(exchange.totals.gross, sheet.paper.language)))
}

/// The sum of the lines and the document's discount, where it has one.
fn discounted(sheet: &Sheet) -> Vec<(String, Money, Style)> {
    let (paper, words) = (sheet.paper, sheet.words);
    let Some(discount) = paper.totals.discount() else { return Vec::new() };
    let label = match paper.discount {
        Some(DocumentDiscount::Percent(percent)) => {
            format!("{} {}", words.discount, format::percent(percent, paper.language))
        }
        _ => words.discount.to_owned(),
    };
    let shown = paper.totals.lines.iter().map(|line| line.amount(paper.basis));
    let sum = Money::sum(discount.currency(), shown).unwrap_or(paper.totals.gross);
    vec![(words.sum_of_lines.to_owned(), sum, FIELD), (label, discount.negated(), FIELD)]
}

fn amount(sheet: &Sheet, money: Money) -> String {
    format::amount(money, sheet.paper.language)
}

fn code_name(sheet: &Sheet, sum: &VatSum, marks: &Marks) -> String {
    let name = sum.tax.name.trim();
    let percent = format::percent(sum.tax.rate, sheet.paper.language);
    let named = if name.contains('%') { name.to_owned() } else { format!("{percent} {name}") };
    let mark = marks.of(&sum.tax);
    if mark.is_empty() { named } else { format!("{named} {mark}") }
}

fn vat_row(pen: &mut Pen, name: &str, (base, tax): (&str, &str), style: Style) {
    let baseline = pen.y + 9_500;
    let (base_width, tax_width) = (pen.width(base, style), pen.width(tax, style));
    let tax_edge = TAX_EDGE.max(MARGIN + 60_000 + base_width + 10_000 + tax_width);
    let base_edge = BASE_EDGE.min(tax_edge - tax_width - 10_000).max(MARGIN + 60_000 + base_width);
    let name = pen.clipped(name, style, base_edge - base_width - 8_000 - MARGIN);
    pen.left(MARGIN, baseline, &name, style);
    pen.right(base_edge, baseline, base, style);
    pen.right(tax_edge, baseline, tax, style);
    pen.y += ROW;
}

fn notes(sheet: &Sheet, marks: &Marks, pen: &mut Pen) {
    let (paper, words) = (sheet.paper, sheet.words);
    let mut texts = vec![match paper.basis {
        PriceBasis::Gross => words.gross_prices.to_owned(),
        PriceBasis::Net => words.net_prices.to_owned(),
    }];
    texts.extend(rate_told(sheet));
    for tax in &marks.0 {
        texts.push(format!("{} {}", marks.of(tax), reason(tax).unwrap_or_default()));
    }
    if let Some(split) = paper.split {
        let whole = format::sum(split.whole, paper.language);
        let told = words.part_of.replace("{place}", &split.place.to_string());
        let told = told.replace("{count}", &split.count.to_string()).replace("{whole}", &whole);
        texts.push(told);
    }
    let note = paper.note.trim();
    if !note.is_empty() {
        let lead = if paper.is_credit() { format!("{} ", words.reason) } else { String::new() };
        texts.push(format!("{lead}{note}"));
    }
    for text in texts {
        for line in pen.wrapped(&text, SMALL, RIGHT - MARGIN) {
            room(sheet, NOTE_LINE, pen);
            pen.left(MARGIN, pen.y + 8_000, &line, SMALL);
            pen.y += NOTE_LINE;
        }
    }
}

/// The box a payment is typed from, at the foot of the last page.
fn payment(sheet: &Sheet, pen: &mut Pen) {
    let (paper, words) = (sheet.paper, sheet.words);
    room(sheet, PAY_HEIGHT + 12_000, pen);
    let kid = paper.seller.address.country.eq_ignore_ascii_case("NO");
    let reference = if kid { words.kid } else { words.pay_reference };
    let due = paper.due_date.map_or_else(String::new, |date| day(sheet, date));
    let sum = format::sum(paper.totals.gross, paper.language);
    pay_box(
        [
            [(words.payee, paper.seller.name.as_str()), ("", "")],
            [
                (words.account, paper.seller.bank_account.as_str()),
                (reference, paper.payment_reference.as_str()),
            ],
            [(words.due, due.as_str()), (words.amount, sum.as_str())],
        ],
        pen,
    );
}

/// Labels and values at the foot of the page, row by row.
pub fn pay_box(rows: [[(&str, &str); 2]; 3], pen: &mut Pen) {
    let top = BOTTOM - PAY_HEIGHT;
    pen.fill(MARGIN, top, (RIGHT - MARGIN, PAY_HEIGHT), Ink::Ground);
    let (first, second) = (MARGIN + 16_000, MARGIN + 220_000);
    let fields = (0..)
        .zip(rows)
        .flat_map(|(row, [(a, b), (c, d)])| [(first, row, a, b), (second, row, c, d)]);
    for (x, row, label, value) in fields {
        if value.trim().is_empty() {
            continue;
        }
        let baseline = top + 18_000 + row * 30_000;
        let room = if row == 0 { RIGHT - first - 16_000 } else { 190_000 };
        pen.left(x, baseline, label, Style { size: 7_000, ..LABEL });
        let style = Style { size: 10_000, weight: Weight::SemiBold, ..BOLD_SMALL };
        let value = pen.clipped(value, style, room);
        pen.left(x, baseline + 12_500, &value, style);
    }
}
