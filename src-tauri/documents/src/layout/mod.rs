//! Lays a document out into pages of boxes.
//!
//! Never paints and never fails: whatever the texts and however many the lines, everything is on a
//! page and nothing lies on anything else.

mod agreement;
mod closing;
mod columns;
mod head;
mod letter;
mod pen;
mod report;
mod statement;
mod table;

use crate::boxes::{Ink, Length, PAGE_HEIGHT, PAGE_WIDTH, Page, Weight};
use crate::fonts::Fonts;
use crate::format;
use crate::paper::{Paper, PaperKind};
use crate::words::{Words, words};
pub use agreement::agreement;
use finance::party::Seller;
pub use letter::letter;
use pen::Pen;
pub use report::report;
pub use statement::statement;

/// Left and right margin.
pub(crate) const MARGIN: Length = 48_000;
pub(crate) const RIGHT: Length = PAGE_WIDTH - MARGIN;
/// Below this line only the footer stands.
pub(crate) const BOTTOM: Length = PAGE_HEIGHT - 58_000;
const FOOTER_BASELINE: Length = PAGE_HEIGHT - 36_000;
/// Where the table of a further page begins.
const FURTHER_TOP: Length = 78_000;

/// What every part of the layout reads.
pub(crate) struct Sheet<'a> {
    pub paper: &'a Paper,
    pub words: &'static Words,
}

/// The pages of a document.
pub fn layout(paper: &Paper, fonts: &Fonts) -> Vec<Page> {
    let sheet = Sheet { paper, words: words(paper.language) };
    let mut pen = Pen::new(fonts);
    start_page(&sheet, &mut pen);
    head::draw(&sheet, &mut pen);
    let marks = closing::marks(paper);
    table::draw(&sheet, &marks, &mut pen);
    closing::draw(&sheet, &marks, &mut pen);
    footers(&paper.seller, sheet.words, &mut pen);
    pen.pages
}

impl Sheet<'_> {
    /// What the document is called.
    pub(crate) fn title(&self) -> &'static str {
        if self.paper.is_credit() { self.words.credit_note } else { self.words.invoice }
    }
}

/// Begins a further page, with what it belongs to at its top.
pub(crate) fn next_page(sheet: &Sheet, pen: &mut Pen) {
    pen.pages.push(Page::default());
    start_page(sheet, pen);
    let name = format!("{} {}", sheet.title(), sheet.paper.number);
    further_head(&name, &sheet.paper.seller, pen);
}

/// The top of a further page.
fn further_head(name: &str, seller: &Seller, pen: &mut Pen) {
    pen.left(MARGIN, 50_000, &pen.clipped(name, pen::BOLD_SMALL, 240_000), pen::BOLD_SMALL);
    let seller = pen.clipped(&seller.name, pen::SMALL, 240_000);
    pen.right(RIGHT, 50_000, &seller, pen::SMALL);
    pen.y = FURTHER_TOP;
}

fn start_page(sheet: &Sheet, pen: &mut Pen) {
    if sheet.paper.kind == PaperKind::Draft {
        let style = pen::Style { size: 150_000, weight: Weight::SemiBold, ink: Ink::Watermark };
        let width = pen.width(sheet.words.draft, style);
        pen.left((PAGE_WIDTH - width) / 2, 500_000, sheet.words.draft, style);
    }
}

fn footers(seller: &Seller, words: &Words, pen: &mut Pen) {
    let count = pen.pages.len();
    let identity = pen.clipped(&head::identity(seller, words), pen::SMALL, 360_000);
    for page in 0..count {
        let number = format!("{} {} {} {count}", words.page, page + 1, words.of);
        pen.on_page(page, |pen| {
            pen.left(MARGIN, FOOTER_BASELINE, &identity, pen::SMALL);
            pen.right(RIGHT, FOOTER_BASELINE, &number, pen::SMALL);
        });
    }
}

/// A date in the language of the document.
pub(crate) fn day(sheet: &Sheet, day: chrono::NaiveDate) -> String {
    format::date(day, sheet.paper.language)
}
