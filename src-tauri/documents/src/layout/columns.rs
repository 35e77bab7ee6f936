//! A table over as many pages as it needs, whose last column runs: the sum so far stands at the
//! end of one page and again at the start of the next.
//!
//! Never lets two columns lie on each other: widths follow from what stands in them, and one
//! column of words gives way.

use super::pen::{BOLD_SMALL, FIELD, Pen, SMALL, Style};
use super::{BOTTOM, MARGIN, RIGHT, further_head};
use crate::boxes::{Ink, Length, Page};
use crate::words::Words;
use finance::party::Seller;

const ROW: Length = 15_500;
const GAP: Length = 10_000;
/// What the words that give way are left with at least, before the letters become smaller.
const WORDS: Length = 90_000;

/// A column and its heading.
pub struct Column {
    pub title: &'static str,
    /// Numbers stand at its right edge.
    pub is_number: bool,
    /// Takes the room that is left. One column of a table does.
    pub gives_way: bool,
}

impl Column {
    pub const fn words(title: &'static str) -> Self {
        Self { title, is_number: false, gives_way: false }
    }

    pub const fn number(title: &'static str) -> Self {
        Self { title, is_number: true, gives_way: false }
    }
}

/// A row: its cells, and what the last column runs to after it.
pub struct Row {
    pub cells: Vec<String>,
    pub running: String,
    /// Opening and closing rows stand out.
    pub is_strong: bool,
}

/// The table and what the top of a further page says.
pub struct Table<'a> {
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
    pub name: &'a str,
    pub seller: &'a Seller,
    pub words: &'static Words,
}

struct Grid {
    style: Style,
    /// Left edge and width of each column.
    places: Vec<(Length, Length)>,
}

impl Table<'_> {
    pub fn draw(&self, pen: &mut Pen) {
        let grid = self.grid(pen);
        self.header(&grid, pen);
        let mut running = "";
        for (place, row) in self.rows.iter().enumerate() {
            // The last row needs no room for a carried sum below it.
            let below = if place + 1 == self.rows.len() { 0 } else { ROW };
            if pen.y + ROW + below > BOTTOM {
                self.carry(self.words.carried, running, pen);
                self.next_page(pen);
                self.header(&grid, pen);
                self.carry(self.words.brought, running, pen);
            }
            self.row(&grid, row, pen);
            running = &row.running;
        }
    }

    /// Begins a further page.
    pub fn next_page(&self, pen: &mut Pen) {
        pen.pages.push(Page::default());
        further_head(self.name, self.seller, pen);
    }

    fn grid(&self, pen: &Pen) -> Grid {
        let mut size = FIELD.size;
        loop {
            let style = Style { size, ..FIELD };
            let widths: Vec<Length> = (0..)
                .zip(&self.columns)
                .map(|(at, column)| self.width(at, column, style, pen))
                .collect();
            let gaps = GAP * (Length::try_from(widths.len()).unwrap_or(1) - 1);
            let left = RIGHT - MARGIN - gaps - widths.iter().sum::<Length>();
            if left >= WORDS || size <= 4_000 {
                return Grid { style, places: self.places(&widths, left.max(20_000)) };
            }
            size -= 500;
        }
    }

    /// Nothing for the column that gives way, else what its cells and its heading need.
    fn width(&self, at: usize, column: &Column, style: Style, pen: &Pen) -> Length {
        if column.gives_way {
            return 0;
        }
        // Digits of the two weights are not equally wide.
        let strong = Style { size: style.size, ..BOLD_SMALL };
        let cells = self.rows.iter().filter_map(|row| row.cells.get(at));
        let widths = cells.map(|cell| pen.width(cell, style).max(pen.width(cell, strong)));
        widths.max().unwrap_or(0).max(pen.width(column.title, SMALL)).min(WORDS * 2)
    }

    fn places(&self, widths: &[Length], left: Length) -> Vec<(Length, Length)> {
        let mut x = MARGIN;
        let placed = self.columns.iter().zip(widths).map(|(column, width)| {
            let width = if column.gives_way { left } else { *width };
            let place = (x, width);
            x += width + GAP;
            place
        });
        placed.collect()
    }

    fn header(&self, grid: &Grid, pen: &mut Pen) {
        let titles: Vec<String> = self.columns.iter().map(|column| column.title.into()).collect();
        let style = Style { size: SMALL.size.min(grid.style.size), ..SMALL };
        self.cells(grid, &titles, style, pen);
        pen.y += ROW;
        pen.rule(MARGIN, RIGHT, pen.y, Ink::Text);
    }

    fn row(&self, grid: &Grid, row: &Row, pen: &mut Pen) {
        let size = grid.style.size;
        let style = if row.is_strong { Style { size, ..BOLD_SMALL } } else { grid.style };
        self.cells(grid, &row.cells, style, pen);
        pen.y += ROW;
        pen.rule(MARGIN, RIGHT, pen.y, Ink::Hairline);
    }

    fn cells(&self, grid: &Grid, cells: &[String], style: Style, pen: &mut Pen) {
        let baseline = pen.y + 10_800;
        for ((column, (x, width)), cell) in self.columns.iter().zip(&grid.places).zip(cells) {
            let text = pen.clipped(cell, style, *width);
            if column.is_number {
                pen.right(x + width, baseline, &text, style);
            } else {
                pen.left(*x, baseline, &text, style);
            }
        }
    }

    fn carry(&self, label: &str, running: &str, pen: &mut Pen) {
        let baseline = pen.y + 10_800;
        pen.left(MARGIN, baseline, label, BOLD_SMALL);
        pen.right(RIGHT, baseline, running, BOLD_SMALL);
        pen.y += ROW;
        pen.rule(MARGIN, RIGHT, pen.y, Ink::Hairline);
    }
}
