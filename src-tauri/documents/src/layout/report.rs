//! A report on paper: title, period, one table for each currency with its sums.
//!
//! Never leaves a row out: a long table goes on over further pages, under its headings.

use super::pen::{BOLD, BOLD_SMALL, FIELD, LABEL, Pen, SMALL, Style};
use super::{BOTTOM, FURTHER_TOP, MARGIN, RIGHT, footers, further_head};
use crate::boxes::{Ink, Length, Page, Weight};
use crate::fonts::Fonts;
use crate::report::{Report, ReportCell, ReportTable};
use crate::words::words;

const TITLE: Style = Style { size: 21_000, weight: Weight::SemiBold, ink: Ink::Text };
const ROW: Length = 15_000;
const GAP: Length = 12_000;
/// Texts are cut no shorter than this while letters may still get smaller.
const LEAST_TEXT: Length = 80_000;
const SMALLEST: Length = 5_000;

/// The pages of a report.
pub fn report(report: &Report, fonts: &Fonts) -> Vec<Page> {
    let mut pen = Pen::new(fonts);
    head(report, &mut pen);
    for table in &report.tables {
        draw(report, table, &mut pen);
    }
    footers(&report.seller, words(report.language), &mut pen);
    pen.pages
}

fn head(report: &Report, pen: &mut Pen) {
    let name = pen.clipped(&report.seller.name, BOLD, 300_000);
    pen.left(MARGIN, 60_000, &name, BOLD);
    let made = crate::format::date(report.made_on, report.language);
    pen.right(RIGHT, 60_000, &made, LABEL);
    pen.left(MARGIN, 102_000, report.title(), TITLE);
    pen.right(RIGHT, 102_000, &report.span(), BOLD);
    pen.rule(MARGIN, RIGHT, 112_000, Ink::Text);
    pen.y = 124_000;
    if !report.narrowed.is_empty() {
        let narrowed = pen.clipped(&report.narrowed, LABEL, RIGHT - MARGIN);
        pen.left(MARGIN, pen.y + 9_000, &narrowed, LABEL);
        pen.y += ROW;
    }
}

/// Where the columns stand, and in which letters.
struct Grid {
    style: Style,
    /// Left and right edge of each column, and whether it holds numbers.
    columns: Vec<(Length, Length, bool)>,
}

fn grid(report: &Report, table: &ReportTable, pen: &Pen) -> Grid {
    let headings = report.headings();
    let rows = || table.rows.iter().chain(std::iter::once(&table.sums));
    let is_number = |at: usize| rows().filter_map(|row| row.get(at)).all(ReportCell::is_number);
    let mut style = FIELD;
    loop {
        let bold = Style { weight: Weight::SemiBold, ..style };
        let width = |at: usize| {
            let cells = rows().filter_map(|row| row.get(at));
            let widest = cells.map(|cell| pen.width(&cell.printed(report.language), bold)).max();
            widest.unwrap_or(0).max(pen.width(&headings[at], SMALL)) + GAP
        };
        let widths: Vec<(Length, bool)> =
            (0..headings.len()).map(|at| (width(at), is_number(at))).collect();
        let numbers: Length = widths.iter().filter(|(_, number)| *number).map(|(w, _)| w).sum();
        let texts: Length = widths.iter().filter(|(_, number)| !number).map(|(w, _)| w).sum();
        let count = widths.iter().filter(|(_, number)| !number).count().max(1);
        let count = Length::try_from(count).unwrap_or(1);
        let room = RIGHT - MARGIN - numbers;
        if room < texts.min(count * LEAST_TEXT) && style.size > SMALLEST {
            style.size -= 500;
            continue;
        }
        // What is left goes to the texts alike, or is taken from them alike.
        let extra = (room - texts) / count;
        let mut left = MARGIN;
        let columns = widths.into_iter().map(|(width, number)| {
            let width = if number { width } else { (width + extra).max(GAP) };
            let from = left;
            left += width;
            (from, (left - if number { 0 } else { GAP }).min(RIGHT), number)
        });
        return Grid { style, columns: columns.collect() };
    }
}

fn draw(report: &Report, table: &ReportTable, pen: &mut Pen) {
    let grid = grid(report, table, pen);
    room(report, None, 4 * ROW, pen);
    pen.y += 10_000;
    pen.left(MARGIN, pen.y + 10_000, &table.currency, BOLD_SMALL);
    pen.y += ROW;
    head_row(report, &grid, pen);
    for row in &table.rows {
        room(report, Some(&grid), ROW, pen);
        cells(report, &grid, row, (grid.style, pen));
        pen.rule(MARGIN, RIGHT, pen.y, Ink::Hairline);
    }
    if !table.sums.is_empty() {
        room(report, Some(&grid), ROW, pen);
        pen.rule(MARGIN, RIGHT, pen.y, Ink::Text);
        let style = Style { weight: Weight::SemiBold, ..grid.style };
        let mut sums = table.sums.clone();
        if let Some(first @ ReportCell::Empty) = sums.first_mut() {
            *first = ReportCell::Text(words(report.language).sum.to_owned());
        }
        cells(report, &grid, &sums, (style, pen));
    }
    pen.y += 12_000;
}

/// Room for something, on this page or the next, where the headings stand again.
fn room(report: &Report, grid: Option<&Grid>, height: Length, pen: &mut Pen) {
    if pen.y + height > BOTTOM {
        pen.pages.push(Page::default());
        further_head(&format!("{} {}", report.title(), report.span()), &report.seller, pen);
        pen.y = FURTHER_TOP;
        if let Some(grid) = grid {
            head_row(report, grid, pen);
        }
    }
}

fn head_row(report: &Report, grid: &Grid, pen: &mut Pen) {
    let words: Vec<ReportCell> =
        report.headings().into_iter().map(|word| ReportCell::Text(word.into_owned())).collect();
    cells(report, grid, &words, (SMALL, pen));
    pen.rule(MARGIN, RIGHT, pen.y, Ink::Text);
}

fn cells(report: &Report, grid: &Grid, row: &[ReportCell], (style, pen): (Style, &mut Pen)) {
    let baseline = pen.y + 10_500;
    for (cell, (left, right, is_number)) in row.iter().zip(&grid.columns) {
        let text = cell.printed(report.language);
        if *is_number {
            pen.right(*right, baseline, &text, style);
        } else {
            let text = pen.clipped(&text, style, (right - left).max(0));
            pen.left(*left, baseline, &text, style);
        }
    }
    pen.y += ROW;
}
