//! From bytes to text.
//!
//! Never replaces a letter silently: what is no text at all is refused.

use super::TableProblem;
use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How the letters of a file were written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without a mark at the start.
    Utf8,
    /// UTF-16 with a mark at the start.
    Utf16,
    /// Windows-1252, which old spreadsheets write in Western Europe.
    Windows1252,
}

/// The text of a file: as `wanted` says, or else as its bytes do.
pub(super) fn decode(
    bytes: &[u8],
    wanted: Option<Encoding>,
) -> Result<(String, Encoding), TableProblem> {
    let plain = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let found = match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Encoding::Utf16,
        _ if std::str::from_utf8(plain).is_ok() => Encoding::Utf8,
        _ => Encoding::Windows1252,
    };
    let encoding = wanted.unwrap_or(found);
    let text = match (encoding, bytes) {
        (Encoding::Utf16, [0xfe, 0xff, rest @ ..]) => UTF_16BE.decode(rest).0,
        (Encoding::Utf16, [0xff, 0xfe, rest @ ..] | rest) => UTF_16LE.decode(rest).0,
        (Encoding::Utf8, _) => String::from_utf8_lossy(plain),
        (Encoding::Windows1252, _) => WINDOWS_1252.decode(plain).0,
    };
    match foreign(&text) {
        Some((line, column)) => Err(TableProblem::NotText { line, column }),
        None => Ok((text.into_owned(), encoding)),
    }
}

/// Where the first character stands that no text file has.
fn foreign(text: &str) -> Option<(u64, u64)> {
    let (mut line, mut column) = (1, 0);
    for c in text.chars() {
        column += 1;
        let control = c.is_control() && !matches!(c, '\t' | '\n' | '\r');
        if control || c == '\u{fffd}' {
            return Some((line, column));
        }
        if c == '\n' {
            (line, column) = (line + 1, 0);
        }
    }
    None
}
