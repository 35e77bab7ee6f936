//! A statement of account: how it stood, what happened, how it stands and how old that is.
//!
//! Never leaves a row out: a long account goes on over further pages, with the balance carried.

use super::closing::{PAY_HEIGHT, pay_box};
use super::columns::{Column, Row, Table};
use super::footers;
use super::head::{Parties, title_line};
use super::pen::{BOLD_SMALL, FIELD, Pen, SMALL};
use super::{BOTTOM, MARGIN, RIGHT};
use crate::boxes::{Ink, Length, Page};
use crate::fonts::Fonts;
use crate::format;
use crate::statement::{ActivityLine, Listed, OpenLine, StatementPaper};
use crate::words::{Words, words};
use finance::Money;

/// Heading and amount of one column of the ageing.
const AGE: Length = 34_000;

/// The column that is left out where all is in one currency.
const FOREIGN: usize = 3;

/// The pages of a statement.
pub fn statement(paper: &StatementPaper, fonts: &Fonts) -> Vec<Page> {
    let words = words(paper.language);
    let mut pen = Pen::new(fonts);
    head(paper, words, &mut pen);
    let name = format!("{} {}", paper.title(), paper.period());
    let (mut columns, mut rows) = match &paper.listed {
        Listed::Activity { opening, lines } => {
            (activity_columns(words), activity_rows(paper, words, *opening, lines))
        }
        Listed::OpenItems(lines) => (open_columns(paper, words), open_rows(paper, words, lines)),
    };
    if !paper.listed.has_foreign() {
        columns.remove(FOREIGN);
        rows.iter_mut().for_each(|row| drop(row.cells.remove(FOREIGN)));
    }
    let table = Table { columns, rows, name: &name, seller: &paper.seller, words };
    table.draw(&mut pen);
    ages(paper, words, &table, &mut pen);
    if paper.closing.is_positive() {
        payment(paper, words, &table, &mut pen);
    }
    footers(&paper.seller, words, &mut pen);
    pen.pages
}

fn head(paper: &StatementPaper, words: &Words, pen: &mut Pen) {
    let parties = Parties { seller: &paper.seller, person: &paper.person, identity: None, words };
    let particulars = vec![
        (words.date, format::date(paper.made_on, paper.language)),
        (if paper.from.is_some() { words.period } else { words.until }, paper.period()),
        (
            if paper.is_payer { words.payer_number } else { words.student_number },
            paper.number.clone(),
        ),
        (words.department, paper.department.clone()),
    ];
    let baseline = parties.draw(particulars, pen);
    let lead = format!("{} {}", words.balance_on, format::long_date(paper.to, paper.language));
    let sum = format::sum(paper.closing, paper.language);
    title_line(paper.title(), (&lead, &sum), pen, baseline);
    pen.y += 6_000;
}

fn amount(paper: &StatementPaper, money: Money) -> String {
    format::amount(money, paper.language)
}

/// An amount in another currency, which says which.
fn foreign(paper: &StatementPaper, money: Option<Money>) -> String {
    money.map_or_else(String::new, |money| format::sum(money, paper.language))
}

fn day(paper: &StatementPaper, day: Option<chrono::NaiveDate>) -> String {
    day.map_or_else(String::new, |day| format::date(day, paper.language))
}

fn activity_columns(words: &'static Words) -> Vec<Column> {
    vec![
        Column::words(words.date),
        Column { gives_way: true, ..Column::words(words.what) },
        Column::words(words.due),
        Column::number(words.in_currency),
        Column::number(words.charged),
        Column::number(words.paid_or_credited),
        Column::number(words.balance),
    ]
}

fn activity_rows(
    paper: &StatementPaper,
    words: &Words,
    opening: Money,
    lines: &[ActivityLine],
) -> Vec<Row> {
    let strong = |date: String, name: &str, balance: Money| {
        let running = amount(paper, balance);
        let empty = String::new;
        let name = name.to_owned();
        let cells = vec![date, name, empty(), empty(), empty(), empty(), running.clone()];
        Row { cells, running, is_strong: true }
    };
    let mut rows = vec![strong(day(paper, paper.from), words.opening, opening)];
    rows.extend(lines.iter().map(|line| {
        let moved = amount(
            paper,
            if line.amount.is_negative() { line.amount.negated() } else { line.amount },
        );
        let (charged, taken) =
            if line.amount.is_negative() { (String::new(), moved) } else { (moved, String::new()) };
        let running = amount(paper, line.balance);
        let cells = vec![
            day(paper, Some(line.date)),
            paper.name(line.moved, &line.label),
            day(paper, line.due_date),
            foreign(paper, line.foreign),
            charged,
            taken,
            running.clone(),
        ];
        Row { cells, running, is_strong: false }
    }));
    rows.push(strong(day(paper, Some(paper.to)), words.closing, paper.closing));
    rows
}

fn open_columns(paper: &StatementPaper, words: &'static Words) -> Vec<Column> {
    let norwegian = paper.seller.address.country.eq_ignore_ascii_case("NO");
    vec![
        Column { gives_way: true, ..Column::words(words.what) },
        Column::words(words.date),
        Column::words(words.due),
        Column::number(words.in_currency),
        Column::words(if norwegian { words.kid } else { words.reference_short }),
        Column::number(words.amount),
        Column::number(words.open),
    ]
}

fn open_rows(paper: &StatementPaper, words: &Words, lines: &[OpenLine]) -> Vec<Row> {
    let mut sum = Money::zero(paper.closing.currency());
    let mut rows: Vec<Row> = lines
        .iter()
        .map(|line| {
            sum = sum.plus(line.left).unwrap_or(sum);
            let cells = vec![
                paper.name(line.moved, &line.label),
                day(paper, Some(line.date)),
                day(paper, line.due_date),
                foreign(paper, line.foreign),
                line.reference.clone(),
                amount(paper, line.amount),
                amount(paper, line.left),
            ];
            Row { cells, running: amount(paper, sum), is_strong: false }
        })
        .collect();
    let running = amount(paper, paper.closing);
    let empty = String::new;
    let name = words.closing.to_owned();
    let cells = vec![name, empty(), empty(), empty(), empty(), empty(), running.clone()];
    rows.push(Row { cells, running, is_strong: true });
    rows
}

/// Room for something, on this page or the next.
fn room(table: &Table, height: Length, pen: &mut Pen) {
    if pen.y + height > BOTTOM {
        table.next_page(pen);
    }
}

/// How old what is open is: as many columns side by side as fit.
fn ages(paper: &StatementPaper, words: &Words, table: &Table, pen: &mut Pen) {
    let amounts = paper.ageing.columns.iter().copied();
    let mut cells: Vec<(String, String)> =
        paper.age_names().into_iter().zip(amounts.map(|money| amount(paper, money))).collect();
    cells.push((words.credit.to_owned(), amount(paper, paper.ageing.credit.negated())));
    cells.push((words.balance.to_owned(), amount(paper, paper.ageing.balance)));
    let widest = cells.iter().map(|(name, amount)| {
        pen.width(name, SMALL).max(pen.width(amount, BOLD_SMALL)).max(pen.width(amount, FIELD))
    });
    let widest = widest.max().unwrap_or(0) + 6_000;
    let fitting = ((RIGHT - MARGIN) / widest).clamp(1, 10);
    let columns = usize::try_from(fitting).unwrap_or(1);
    let step = (RIGHT - MARGIN) / Length::try_from(columns.min(cells.len())).unwrap_or(1);
    room(table, 24_000 + AGE, pen);
    pen.y += 14_000;
    let heading = format!("{} {}", words.ages, format::long_date(paper.to, paper.language));
    pen.left(MARGIN, pen.y + 9_000, &heading, BOLD_SMALL);
    pen.y += 15_000;
    let last = cells.len() - 1;
    for (line, shown) in cells.chunks(columns).enumerate() {
        room(table, AGE, pen);
        pen.rule(MARGIN, RIGHT, pen.y, Ink::Hairline);
        for (at, (name, amount)) in (0..).zip(shown) {
            let edge = MARGIN + step * (at + 1);
            let place = line * columns + usize::try_from(at).unwrap_or(0);
            let style = if place == last { BOLD_SMALL } else { FIELD };
            pen.right(edge, pen.y + 11_500, name, SMALL);
            pen.right(edge, pen.y + 24_000, amount, style);
        }
        pen.y += AGE;
    }
}

fn payment(paper: &StatementPaper, words: &Words, table: &Table, pen: &mut Pen) {
    room(table, PAY_HEIGHT + 12_000, pen);
    let norwegian = paper.seller.address.country.eq_ignore_ascii_case("NO");
    let label = if norwegian { words.kid } else { words.pay_reference };
    let reference = match (paper.payment_reference.as_str(), &paper.listed) {
        ("", Listed::OpenItems(_)) => words.see_above,
        ("", Listed::Activity { .. }) => words.see_invoice,
        (known, _) => known,
    };
    let sum = format::sum(paper.closing, paper.language);
    pay_box(
        [
            [(words.payee, paper.seller.name.as_str()), ("", "")],
            [(words.account, paper.seller.bank_account.as_str()), (label, reference)],
            [(words.balance, sum.as_str()), ("", "")],
        ],
        pen,
    );
}
