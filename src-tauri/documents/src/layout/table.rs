//! The lines of a document, over as many pages as they need, with carried sums between pages.
//!
//! Never prints a line twice and never leaves one out; a row is split over two pages only where it
//! is higher than a page.

use super::closing::Marks;
use super::pen::{BODY, Pen, SMALL, Style};
use super::{BOTTOM, MARGIN, RIGHT, Sheet, next_page};
use crate::boxes::{Ink, Length};
use crate::format;
use finance::Money;
use finance::line::PricedLine;
use rust_decimal::Decimal;

const GAP: Length = 14_000;
const HEADER: Length = 20_000;
/// The row with the sum carried over.
const CARRY: Length = 19_000;
const LINE: Length = 11_500;

/// Columns from left to right after the description.
const COLUMNS: usize = 5;

struct Row {
    description: String,
    cells: [String; COLUMNS],
    amount: Money,
}

struct Grid {
    style: Style,
    /// Right edges; nothing where the column is left out.
    edges: [Option<Length>; COLUMNS],
    description: Length,
    padding: Length,
}

pub fn draw(sheet: &Sheet, marks: &Marks, pen: &mut Pen) {
    let rows: Vec<Row> = sheet.paper.totals.lines.iter().map(|l| row(sheet, marks, l)).collect();
    let grid = grid(sheet, &rows, pen);
    header(sheet, &grid, pen);
    let mut sum = Money::zero(sheet.paper.totals.gross.currency());
    for row in &rows {
        draw_row(sheet, &grid, row, sum, pen);
        sum = sum.plus(row.amount).unwrap_or(sum);
    }
    pen.y += 4_000;
}

/// The amount of a line in the basis of the document, before the document's discount.
pub fn shown(sheet: &Sheet, line: &PricedLine) -> Money {
    line.amount(sheet.paper.basis)
}

/// What a line says: where the buyer is not the student, also for whom it is.
fn description(sheet: &Sheet, line: &PricedLine) -> String {
    let student = sheet.paper.payer.as_ref().map_or("", |payer| payer.person.name.trim());
    match student {
        "" => line.item.description.clone(),
        student => format!("{} – {student}", line.item.description),
    }
}

fn row(sheet: &Sheet, marks: &Marks, line: &PricedLine) -> Row {
    let language = sheet.paper.language;
    let amount = shown(sheet, line);
    // A partly credited line keeps its quantity and price, which no longer make its amount.
    let whole = !sheet.paper.is_credit();
    let discount = line.item.discount_percent;
    let mark = marks.of(&line.item.tax);
    let percent = format::percent(line.item.tax.rate, language);
    let cells = [
        if whole { format::plain(line.item.quantity, language) } else { String::new() },
        if whole { format::price(line.item.unit_price, amount, language) } else { String::new() },
        if whole && discount != Decimal::ZERO {
            format::percent(discount, language)
        } else {
            String::new()
        },
        if mark.is_empty() { percent } else { format!("{percent}\u{a0}{mark}") },
        format::amount(amount, language),
    ];
    Row { description: description(sheet, line), cells, amount }
}

/// Finds column widths from what stands in them, and smaller letters where numbers are so long
/// that the description would get no room.
fn grid(sheet: &Sheet, rows: &[Row], pen: &Pen) -> Grid {
    let titles = titles(sheet);
    let padding = if rows.len() <= 9 { 7_000 } else { 3_000 };
    let mut size = BODY.size;
    loop {
        let style = Style { size, ..BODY };
        let mut edges = [None; COLUMNS];
        let mut edge = RIGHT;
        for column in (0..COLUMNS).rev() {
            let widest = rows.iter().map(|row| pen.width(&row.cells[column], style)).max();
            let widest = widest.unwrap_or(0);
            if widest > 0 {
                edges[column] = Some(edge);
                edge -= widest.max(pen.width(titles[column + 1], SMALL)) + GAP;
            }
        }
        let description = edge - MARGIN;
        if description >= 150_000 || size <= 5_000 {
            return Grid { style, edges, description: description.max(40_000), padding };
        }
        size -= 1_000;
    }
}

fn titles(sheet: &Sheet) -> [&'static str; COLUMNS + 1] {
    let words = sheet.words;
    [words.description, words.quantity, words.price, words.discount, words.vat, words.amount]
}

fn header(sheet: &Sheet, grid: &Grid, pen: &mut Pen) {
    let titles = titles(sheet);
    let baseline = pen.y + 13_500;
    pen.left(MARGIN, baseline, titles[0], SMALL);
    for (edge, title) in grid.edges.iter().zip(&titles[1..]) {
        if let Some(edge) = edge {
            pen.right(*edge, baseline, title, SMALL);
        }
    }
    pen.y += HEADER;
    pen.rule(MARGIN, RIGHT, pen.y, Ink::Hairline);
}

fn draw_row(sheet: &Sheet, grid: &Grid, row: &Row, before: Money, pen: &mut Pen) {
    let mut lines = pen.wrapped(&row.description, grid.style, grid.description);
    if lines.is_empty() {
        lines.push(String::new());
    }
    let count = Length::try_from(lines.len()).unwrap_or(Length::MAX / LINE - 1);
    let height = count * LINE + 2 * grid.padding;
    let page = BOTTOM - CARRY - HEADER - CARRY - super::FURTHER_TOP;
    if pen.y + height > BOTTOM - CARRY && height <= page {
        turn(sheet, grid, before, pen);
    }
    pen.y += grid.padding;
    for (place, line) in lines.iter().enumerate() {
        if pen.y + LINE + grid.padding > BOTTOM - CARRY {
            let carried = if place == 0 { before } else { after(before, row) };
            turn(sheet, grid, carried, pen);
            pen.y += grid.padding;
        }
        let baseline = pen.y + 8_800;
        pen.left(MARGIN, baseline, line, grid.style);
        if place == 0 {
            cells(grid, row, baseline, pen);
        }
        pen.y += LINE;
    }
    pen.y += grid.padding;
    pen.rule(MARGIN, RIGHT, pen.y, Ink::Hairline);
}

fn after(before: Money, row: &Row) -> Money {
    before.plus(row.amount).unwrap_or(before)
}

fn cells(grid: &Grid, row: &Row, baseline: Length, pen: &mut Pen) {
    for (edge, cell) in grid.edges.iter().zip(&row.cells) {
        if let Some(edge) = edge {
            pen.right(*edge, baseline, cell, grid.style);
        }
    }
}

/// Turns the page inside the table: the sum so far stands at the end of one page and again at the
/// start of the next.
fn turn(sheet: &Sheet, grid: &Grid, sum: Money, pen: &mut Pen) {
    carry(sheet, sheet.words.carried, sum, pen);
    next_page(sheet, pen);
    header(sheet, grid, pen);
    carry(sheet, sheet.words.brought, sum, pen);
}

fn carry(sheet: &Sheet, label: &str, sum: Money, pen: &mut Pen) {
    let style = Style { weight: crate::boxes::Weight::SemiBold, size: 8_000, ink: Ink::Text };
    let baseline = pen.y + 12_500;
    pen.left(MARGIN, baseline, label, style);
    pen.right(RIGHT, baseline, &format::amount(sum, sheet.paper.language), style);
    pen.y += CARRY - 1_000;
    pen.rule(MARGIN, RIGHT, pen.y, Ink::Hairline);
}
