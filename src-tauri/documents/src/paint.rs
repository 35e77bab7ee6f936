//! Paints laid out pages with printpdf.
//!
//! Never decides where something stands, never writes a clock or a random number: the same
//! document gives the same bytes.

use crate::agreement::Agreement;
use crate::boxes::{Ink, Length, PAGE_HEIGHT, PAGE_WIDTH, Page, PageBox, TextRun, Weight};
use crate::fonts::{Fonts, is_common};
use crate::layout;
use crate::letter::Letter;
use crate::paper::Paper;
use crate::report::Report;
use crate::statement::StatementPaper;
use crate::words::words;
use chrono::NaiveDate;
use lopdf::{Object, StringFormat};
use printpdf::{
    Color, FontId, OffsetDateTime, Op, PaintMode, PdfDocument, PdfFont, PdfFontHandle, PdfPage,
    PdfSaveOptions, PdfWarnMsg, Point, Pt, Rect, Rgb, TextItem,
};
use std::io::Write;

/// Why a document could not be written.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    /// The target took no more bytes.
    #[error("the document could not be written: {0}")]
    Write(#[from] std::io::Error),
    /// The painter could not embed a font.
    #[error("the document could not be painted: {0}")]
    Paint(String),
    /// A merged file needs at least one document.
    #[error("there is nothing to print")]
    Nothing,
}

/// What can be painted.
pub trait Printed: Clone {
    /// Its pages.
    fn pages(&self, fonts: &Fonts) -> Vec<Page>;
    /// What the file is called inside.
    fn title(&self) -> String;
    /// Who wrote it.
    fn author(&self) -> &str;
    /// The day it was made.
    fn made_on(&self) -> NaiveDate;
}

impl Printed for Paper {
    fn pages(&self, fonts: &Fonts) -> Vec<Page> {
        layout::layout(self, fonts)
    }

    fn title(&self) -> String {
        let words = words(self.language);
        let title = if self.is_credit() { words.credit_note } else { words.invoice };
        format!("{title} {}", self.number).trim().to_owned()
    }

    fn author(&self) -> &str {
        &self.seller.name
    }

    fn made_on(&self) -> NaiveDate {
        self.issue_date
    }
}

impl Printed for Letter {
    fn pages(&self, fonts: &Fonts) -> Vec<Page> {
        layout::letter(self, fonts)
    }

    fn title(&self) -> String {
        Letter::title(self).to_owned()
    }

    fn author(&self) -> &str {
        &self.seller.name
    }

    fn made_on(&self) -> NaiveDate {
        self.made_on
    }
}

impl Printed for Agreement {
    fn pages(&self, fonts: &Fonts) -> Vec<Page> {
        layout::agreement(self, fonts)
    }

    fn title(&self) -> String {
        Agreement::title(self).to_owned()
    }

    fn author(&self) -> &str {
        &self.seller.name
    }

    fn made_on(&self) -> NaiveDate {
        self.agreed_on
    }
}

impl Printed for Report {
    fn pages(&self, fonts: &Fonts) -> Vec<Page> {
        layout::report(self, fonts)
    }

    fn title(&self) -> String {
        format!("{} {}", Report::title(self), self.span())
    }

    fn author(&self) -> &str {
        &self.seller.name
    }

    fn made_on(&self) -> NaiveDate {
        self.made_on
    }
}

impl Printed for StatementPaper {
    fn pages(&self, fonts: &Fonts) -> Vec<Page> {
        layout::statement(self, fonts)
    }

    fn title(&self) -> String {
        StatementPaper::title(self).to_owned()
    }

    fn author(&self) -> &str {
        &self.seller.name
    }

    fn made_on(&self) -> NaiveDate {
        self.made_on
    }
}

/// One document as a PDF file.
///
/// # Errors
/// [`PaperError`] where it cannot be painted.
pub fn render(paper: &impl Printed, fonts: &Fonts) -> Result<Vec<u8>, PaperError> {
    let mut bytes = Vec::with_capacity(48 * 1024);
    render_merged(std::iter::once(paper.clone()), fonts, &mut bytes)?;
    Ok(bytes)
}

/// Many documents in one PDF file, each from a page of its own; returns the number of pages.
/// Only the finished pages are kept in memory, some kilobytes each, never the documents.
///
/// # Errors
/// [`PaperError`] where there is no document, or it cannot be painted or written.
pub fn render_merged(
    papers: impl IntoIterator<Item = impl Printed>,
    fonts: &Fonts,
    out: &mut impl Write,
) -> Result<usize, PaperError> {
    let mut document = PdfDocument::new("");
    let mut mark = Fingerprint::default();
    let mut count = 0_usize;
    for paper in papers {
        if count == 0 {
            describe(&mut document, &paper);
        } else {
            document.metadata.info.document_title.clear();
        }
        count += 1;
        for page in paper.pages(fonts) {
            mark.add(&page);
            document.pages.push(painted(&page));
        }
    }
    if count == 0 {
        return Err(PaperError::Nothing);
    }
    for (weight, face) in [(Weight::Regular, &fonts.regular), (Weight::SemiBold, &fonts.semi_bold)]
    {
        let embedded = face.embedded(mark.all_common).clone();
        document.resources.fonts.map.insert(font(weight), PdfFont::new(embedded));
    }
    write(&document, &mark, out)?;
    Ok(document.pages.len())
}

fn write(
    document: &PdfDocument,
    mark: &Fingerprint,
    out: &mut impl Write,
) -> Result<(), PaperError> {
    let mut warnings: Vec<PdfWarnMsg> = Vec::new();
    let options = PdfSaveOptions { image_optimization: None, ..PdfSaveOptions::default() };
    let mut file = document.to_lopdf_document(&options, &mut warnings);
    if let Some(warning) = warnings.first() {
        return Err(PaperError::Paint(warning.msg.clone()));
    }
    let id = Object::String(mark.text().into_bytes(), StringFormat::Literal);
    // The library claims a print standard (PDF/X) that these files do not follow.
    if let Ok(info) = file.trailer.get(b"Info").and_then(Object::as_reference)
        && let Ok(info) = file.get_object_mut(info).and_then(Object::as_dict_mut)
    {
        info.remove(b"GTS_PDFXVersion");
    }
    file.trailer.set("ID", Object::Array(vec![id.clone(), id]));
    file.compress();
    file.save_to(out)?;
    Ok(())
}

/// Metadata that follows from the document alone.
fn describe(document: &mut PdfDocument, paper: &impl Printed) {
    let info = &mut document.metadata.info;
    info.document_title = paper.title();
    info.author = paper.author().to_owned();
    info.creator = "Kontor".to_owned();
    info.producer = "Kontor".to_owned();
    let days = (paper.made_on() - NaiveDate::default()).num_days();
    if let Ok(moment) = OffsetDateTime::from_unix_timestamp(days * 86_400) {
        info.creation_date = moment;
        info.modification_date = moment;
        info.metadata_date = moment;
    }
}

fn font(weight: Weight) -> FontId {
    FontId(match weight {
        Weight::Regular => "KONTOA".to_owned(),
        Weight::SemiBold => "KONTOB".to_owned(),
    })
}

fn painted(page: &Page) -> PdfPage {
    let mut ops = Vec::with_capacity(page.boxes.len() * 6);
    let mut ink = None;
    for thing in &page.boxes {
        let wanted = match thing {
            PageBox::Text(run) => run.ink,
            PageBox::Fill(fill) => fill.ink,
        };
        if ink != Some(wanted) {
            ops.push(Op::SetFillColor { col: color(wanted) });
            ink = Some(wanted);
        }
        match thing {
            PageBox::Text(run) => text(run, &mut ops),
            PageBox::Fill(fill) => ops.push(Op::DrawRectangle {
                rectangle: Rect {
                    x: points(fill.x),
                    y: points(PAGE_HEIGHT - fill.y - fill.height),
                    width: points(fill.width),
                    height: points(fill.height),
                    mode: Some(PaintMode::Fill),
                    winding_order: None,
                },
            }),
        }
    }
    let sheet = Rect::from_wh(points(PAGE_WIDTH), points(PAGE_HEIGHT));
    PdfPage { media_box: sheet.clone(), trim_box: sheet.clone(), crop_box: sheet, ops }
}

fn text(run: &TextRun, ops: &mut Vec<Op>) {
    ops.push(Op::StartTextSection);
    let handle = PdfFontHandle::External(font(run.weight));
    ops.push(Op::SetFont { font: handle, size: points(run.size) });
    let pos = Point { x: points(run.x), y: points(PAGE_HEIGHT - run.baseline) };
    ops.push(Op::SetTextCursor { pos });
    // Both spaces are one glyph: only one of them can be what a reader copies out.
    let shown = run.text.replace('\u{a0}', " ");
    ops.push(Op::ShowText { items: vec![TextItem::Text(shown)] });
    ops.push(Op::EndTextSection);
}

fn color(ink: Ink) -> Color {
    let (r, g, b) = match ink {
        Ink::Text => (0.09, 0.11, 0.16),
        Ink::Muted => (0.36, 0.40, 0.47),
        Ink::Hairline => (0.80, 0.83, 0.87),
        Ink::Ground => (0.953, 0.961, 0.976),
        Ink::Watermark => (0.93, 0.94, 0.955),
    };
    Color::Rgb(Rgb { r, g, b, icc_profile: None })
}

/// The one place where a length becomes a float, as the PDF library wants it.
#[allow(clippy::float_arithmetic)]
fn points(length: Length) -> Pt {
    Pt(length as f32 / 1000.0)
}

/// A fixed mark of the contents (FNV-1a, 64 bits), for the file identifier the format asks for.
struct Fingerprint {
    hash: u64,
    /// Whether every character so far is one of the common ones.
    all_common: bool,
}

impl Default for Fingerprint {
    fn default() -> Self {
        Self { hash: 0xcbf2_9ce4_8422_2325, all_common: true }
    }
}

impl Fingerprint {
    fn add(&mut self, page: &Page) {
        for thing in &page.boxes {
            if let PageBox::Text(run) = thing {
                self.all_common &= run.text.chars().all(is_common);
                for byte in run.text.bytes().chain([0]) {
                    self.hash = (self.hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
                }
            }
        }
    }

    fn text(&self) -> String {
        format!("{:032x}", self.hash)
    }
}
