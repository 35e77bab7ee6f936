//! How many messages a text is sent and paid as.
//!
//! Never shortens a text: who writes it sees what it takes.
//!
//! The alphabet and the sizes are those of 3GPP TS 23.038 (6.2.1: GSM 7-bit default alphabet and
//! its extension, whose characters take two places) and TS 23.040 (9.2.3.24.1: the header that
//! joins parts takes 7 of 160 septets, or 3 of 70 UCS-2 characters).

/// How a text is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// GSM 7-bit default alphabet.
    Gsm7,
    /// UCS-2, for every other character.
    Ucs2,
}

/// What a text takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Length {
    /// How it is encoded.
    pub encoding: Encoding,
    /// Places it takes, in units of its encoding.
    pub units: usize,
    /// Messages it is sent as.
    pub segments: usize,
}

const BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?\
    ¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
const EXTENSION: &str = "^{}\\[~]|€\u{c}";

/// What a text takes.
pub fn length(text: &str) -> Length {
    let septets: Option<Vec<usize>> = text.chars().map(septets).collect();
    let (encoding, sizes, single, joined) = match septets {
        Some(sizes) => (Encoding::Gsm7, sizes, 160, 153),
        None => (Encoding::Ucs2, text.chars().map(char::len_utf16).collect(), 70, 67),
    };
    let units = sizes.iter().sum();
    let segments = if units <= single { usize::from(units > 0) } else { parts(&sizes, joined) };
    Length { encoding, units, segments }
}

fn septets(c: char) -> Option<usize> {
    if BASIC.contains(c) {
        Some(1)
    } else if EXTENSION.contains(c) {
        Some(2)
    } else {
        None
    }
}

/// Parts of a size that characters fill; none is split between two.
fn parts(sizes: &[usize], most: usize) -> usize {
    let mut parts = 1;
    let mut filled = 0;
    for size in sizes {
        if filled + size > most {
            parts += 1;
            filled = 0;
        }
        filled += size;
    }
    parts
}
