//! The two faces documents are set in, measured and made legible.
//!
//! Never fails on a text: what has no glyph is shown as an empty square, never dropped silently.
//! Inter 4.1 (SIL Open Font License 1.1) is embedded; its digits all have one width, so columns of
//! numbers align without shaping.

use crate::boxes::{Length, Weight};
use printpdf::ParsedFont;
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;

/// Shown where the faces have no glyph.
const MISSING: char = '□';

/// The faces, parsed once and used for every document.
pub struct Fonts {
    pub(crate) regular: Face,
    pub(crate) semi_bold: Face,
}

/// One face with its advances.
pub(crate) struct Face {
    parsed: ParsedFont,
    /// The same face with the letters of Western and Central Europe only. The PDF library copies
    /// a face several times per file, so a small one makes most documents much faster.
    common: ParsedFont,
    units_per_em: Length,
    advances: BTreeMap<char, Length>,
}

/// The embedded faces cannot be read, which means that the program itself is damaged.
#[derive(Debug, thiserror::Error)]
#[error("the embedded fonts cannot be read")]
pub struct FontsDamaged;

impl Fonts {
    /// Parses the embedded faces; some milliseconds, so do it once.
    ///
    /// # Errors
    /// [`FontsDamaged`] where the program is damaged.
    pub fn load() -> Result<Self, FontsDamaged> {
        Ok(Self {
            regular: Face::parse(include_bytes!("../fonts/Inter-Regular.ttf"), "Inter-Regular")?,
            semi_bold: Face::parse(
                include_bytes!("../fonts/Inter-SemiBold.ttf"),
                "Inter-SemiBold",
            )?,
        })
    }

    pub(crate) fn face(&self, weight: Weight) -> &Face {
        match weight {
            Weight::Regular => &self.regular,
            Weight::SemiBold => &self.semi_bold,
        }
    }

    /// Width of a text at a size, rounded up.
    pub fn width(&self, text: &str, weight: Weight, size: Length) -> Length {
        let face = self.face(weight);
        let units: Length = text.chars().map(|c| face.advance(c)).sum();
        (units * size + face.units_per_em - 1) / face.units_per_em
    }

    /// The text with composed letters, spaces for controls, nothing invisible, and a square for
    /// each character without a glyph.
    pub fn legible(&self, text: &str) -> String {
        text.nfc()
            .filter(|c| !invisible(*c))
            .map(|c| if c.is_control() { ' ' } else { c })
            .map(|c| if self.regular.advances.contains_key(&c) { c } else { MISSING })
            .collect()
    }
}

impl Face {
    fn parse(bytes: &[u8], name: &str) -> Result<Self, FontsDamaged> {
        let parsed = ParsedFont::from_bytes(bytes, 0, &mut Vec::new()).ok_or(FontsDamaged)?;
        let units_per_em = Length::from(parsed.pdf_font_metrics.units_per_em);
        let advances: BTreeMap<char, Length> = ('\u{20}'..='\u{fffd}')
            .filter_map(|c| {
                let glyph = parsed.lookup_glyph_index(u32::from(c)).filter(|glyph| *glyph != 0)?;
                Some((c, Length::from(parsed.get_horizontal_advance(glyph))))
            })
            .collect();
        if units_per_em == 0 || !advances.contains_key(&MISSING) {
            return Err(FontsDamaged);
        }
        let common = common(&parsed, name)?;
        Ok(Self { parsed, common, units_per_em, advances })
    }

    /// The face to embed: the small one where it has every letter of the document.
    pub(crate) fn embedded(&self, all_common: bool) -> &ParsedFont {
        if all_common { &self.common } else { &self.parsed }
    }

    fn advance(&self, c: char) -> Length {
        self.advances.get(&c).copied().unwrap_or(self.units_per_em)
    }
}

/// True for a character every document may use without the whole face.
pub(crate) fn is_common(c: char) -> bool {
    matches!(c, '\u{20}'..='\u{17f}' | '\u{2010}'..='\u{2026}' | '⁰'..='⁹' | '€' | '\u{2212}')
}

/// The face cut down to the common characters.
fn common(parsed: &ParsedFont, name: &str) -> Result<ParsedFont, FontsDamaged> {
    let glyphs: BTreeMap<u16, String> = ('\u{20}'..='\u{2212}')
        .filter(|c| is_common(*c))
        .filter_map(|c| Some((parsed.lookup_glyph_index(u32::from(c))?, c.to_string())))
        .filter(|(glyph, _)| *glyph != 0)
        .collect();
    let cut = printpdf::subset_font(parsed, &glyphs).map_err(|_| FontsDamaged)?;
    let mut face = ParsedFont::from_bytes(&cut.bytes, 0, &mut Vec::new()).ok_or(FontsDamaged)?;
    // Cutting drops the name table.
    face.font_name = Some(name.to_owned());
    Ok(face)
}

/// Marks that steer layout elsewhere and would be drawn as squares here.
fn invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}
