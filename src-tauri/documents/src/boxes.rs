//! What a laid out page is made of: text runs and filled rectangles.
//!
//! Never knows a PDF library, so that another painter can paint the same boxes. Lengths are whole
//! thousandths of a point (1 pt = 1/72 inch) from the top left corner, which keeps floats out.

/// Thousandths of a point.
pub type Length = i64;

/// A4 (ISO 216), 210 mm wide.
pub const PAGE_WIDTH: Length = 595_276;
/// A4 (ISO 216), 297 mm high.
pub const PAGE_HEIGHT: Length = 841_890;

/// No single line of text is longer: a bound for what never wraps, in characters.
pub(crate) const MAX_RUN: usize = 400;

/// One page, painted in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// What is on it.
    pub boxes: Vec<PageBox>,
}

/// One thing on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageBox {
    /// Text on one line.
    Text(TextRun),
    /// A filled rectangle; a thin one is a rule.
    Fill(Fill),
}

/// Text on one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextRun {
    /// Left edge.
    pub x: Length,
    /// The line the letters stand on, from the top of the page.
    pub baseline: Length,
    /// Width at this size.
    pub width: Length,
    /// Size of the font.
    pub size: Length,
    /// Weight of the font.
    pub weight: Weight,
    /// Its colour.
    pub ink: Ink,
    /// The text; every character of it has a glyph.
    pub text: String,
}

/// A filled rectangle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fill {
    /// Left edge.
    pub x: Length,
    /// Top edge.
    pub y: Length,
    /// Width.
    pub width: Length,
    /// Height.
    pub height: Length,
    /// Its colour.
    pub ink: Ink,
}

/// The two weights a document uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// For reading.
    Regular,
    /// For names, titles and sums.
    SemiBold,
}

/// The colours a document uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// Text.
    Text,
    /// Labels and small print.
    Muted,
    /// Rules between rows.
    Hairline,
    /// The ground of the payment box.
    Ground,
    /// The word across a draft, under everything else.
    Watermark,
}
