//! The key that makes sending a record twice harmless, and the reference that travels on it.
//!
//! Never made from a click or a moment: the same record at the same revision has the same key on
//! every day and after every restart.

use chrono::NaiveDate;
use sha2::{Digest, Sha256};
use std::fmt::Write;
use uuid::Uuid;

/// What a key is made from.
#[derive(Clone, Copy, Debug)]
pub struct KeyParts<'a> {
    /// The connection.
    pub connection: &'a str,
    /// Kind of record, by its word.
    pub kind: &'a str,
    /// The document's id.
    pub document: &'a str,
    /// What is done with it, by its word.
    pub operation: &'a str,
    /// Which revision.
    pub revision: u32,
}

impl KeyParts<'_> {
    /// 32 hex digits: fits the key fields of every system (Sage takes exactly 32, QuickBooks 50,
    /// Xero 128).
    pub fn idempotency_key(&self) -> String {
        let revision = self.revision.to_string();
        hex(&[self.connection, self.kind, self.document, self.operation, &revision], 16)
    }
}

/// The machine reference of a document: the same for every connection, so that a company that is
/// connected anew still finds what it got before.
pub fn reference(kind: &str, document: &str) -> String {
    format!("K-{}", hex(&[kind, document], 8))
}

/// The identity of a journal entry: it follows from its day and from what of the book stands in it,
/// in whatever order, so that two desks that hold the same make the same entry.
pub fn entry_id(on: NaiveDate, mut parts: Vec<String>) -> Uuid {
    parts.sort_unstable();
    let mut hash = Sha256::new();
    hash.update(on.to_string().as_bytes());
    for part in &parts {
        hash.update(b"\n");
        hash.update(part.as_bytes());
    }
    let bytes: [u8; 32] = hash.finalize().into();
    uuid::Builder::from_custom_bytes(std::array::from_fn(|at| bytes[at])).into_uuid()
}

/// The identity of a part of a payment that a company is told as money on account: it follows from the
/// company, the payment and how many parts came before it.
pub fn part_id(company: &str, payment: &str, before: u32) -> Uuid {
    let mut hash = Sha256::new();
    for part in [company, payment, &before.to_string()] {
        hash.update(part.as_bytes());
        hash.update([0x1f]);
    }
    let bytes: [u8; 32] = hash.finalize().into();
    uuid::Builder::from_custom_bytes(std::array::from_fn(|at| bytes[at])).into_uuid()
}

/// The machine reference within a text that people may have written around; nothing where there is
/// none.
pub fn reference_in(text: &str) -> Option<&str> {
    let is_whole = |part: &&str| {
        part.len() == REFERENCE && part.bytes().skip(2).all(|byte| byte.is_ascii_hexdigit())
    };
    text.match_indices("K-").filter_map(|(at, _)| text.get(at..at + REFERENCE)).find(is_whole)
}

/// Characters of a machine reference.
const REFERENCE: usize = 18;

/// SHA-256 of a body as it is sent, 64 hex digits.
pub fn body_hash(body: &str) -> String {
    hex(&[body], 32)
}

/// The first bytes of the SHA-256 of the parts, each closed by a byte that no part contains.
fn hex(parts: &[&str], bytes: usize) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0x1f]);
    }
    hash.finalize().iter().take(bytes).fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    const PARTS: KeyParts<'_> = KeyParts {
        connection: "c",
        kind: "invoice",
        document: "d",
        operation: "create",
        revision: 1,
    };

    #[test]
    fn a_key_has_32_hex_digits_and_is_the_same_every_time() {
        let key = PARTS.idempotency_key();
        assert_eq!(key.len(), 32);
        assert!(key.chars().all(|digit| digit.is_ascii_hexdigit()));
        assert_eq!(key, PARTS.idempotency_key());
    }

    #[test]
    fn every_part_makes_another_key() {
        let keys: BTreeSet<String> = [
            PARTS,
            KeyParts { connection: "x", ..PARTS },
            KeyParts { kind: "payment", ..PARTS },
            KeyParts { document: "e", ..PARTS },
            KeyParts { operation: "update", ..PARTS },
            KeyParts { revision: 2, ..PARTS },
            KeyParts { connection: "ci", kind: "nvoice", ..PARTS },
        ]
        .iter()
        .map(KeyParts::idempotency_key)
        .collect();
        assert_eq!(keys.len(), 7);
    }

    #[test]
    fn a_reference_fits_the_shortest_field_and_names_one_document() {
        let reference = reference("invoice", "d");
        assert_eq!(reference.len(), REFERENCE);
        assert_eq!(reference_in(&format!("paid, {reference} (K-9)")), Some(reference.as_str()));
        assert_eq!(reference_in("K-0123"), None);
        assert_ne!(reference, super::reference("credit_note", "d"));
    }
}
