//! The key of a book.
//!
//! Never derived here: whoever opens the book brings all 32 bytes, so that opening costs no key
//! derivation. Never shown.

use std::fmt;

/// A raw 256-bit key.
#[derive(Clone)]
pub struct Key([u8; 32]);

impl Key {
    /// From 32 random bytes.
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// SQLCipher's spelling of a raw key (SQLCipher API, `PRAGMA key`, raw key data).
    pub(crate) fn pragma(&self) -> String {
        let digits: String = self.0.iter().map(|byte| format!("{byte:02x}")).collect();
        format!("\"x'{digits}'\"")
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}
