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

pub(super) fn decode(bytes: &[u8]) -> Result<(String, Encoding), TableProblem> {
    let (text, encoding) = match bytes {
        [0xff, 0xfe, rest @ ..] => (UTF_16LE.decode(rest).0.into_owned(), Encoding::Utf16),
        [0xfe, 0xff, rest @ ..] => (UTF_16BE.decode(rest).0.into_owned(), Encoding::Utf16),
        _ => {
            let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
            match std::str::from_utf8(bytes) {
                Ok(text) => (text.to_owned(), Encoding::Utf8),
                Err(_) => (WINDOWS_1252.decode(bytes).0.into_owned(), Encoding::Windows1252),
            }
        }
    };
    match foreign(&text) {
        Some((line, column)) => Err(TableProblem::NotText { line, column }),
        None => Ok((text, encoding)),
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
