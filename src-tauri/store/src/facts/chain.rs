//! The hash chain of a desk: each fact holds the hash of that desk's fact before it.
//!
//! Never covers personal data itself, only its salted digest, so that erasing it leaves the chain.

use sha2::{Digest, Sha256};

pub(crate) type Hash = [u8; 32];

/// What comes before the first fact of a desk.
pub(crate) const ORIGIN: Hash = [0; 32];

/// What a link covers.
pub(crate) struct Link<'a> {
    pub prev: &'a [u8],
    pub desk: &'a str,
    pub seq: i64,
    pub id: &'a str,
    pub clock: &'a str,
    pub actor: &'a str,
    pub version: i64,
    pub kind: &'a str,
    pub subject: Option<&'a str>,
    pub body: &'a str,
    pub personal_digest: Option<&'a [u8]>,
}

impl Link<'_> {
    /// SHA-256 over every part with its length before it, so that no two facts read alike.
    pub fn hash(&self) -> Hash {
        let (seq, version) = (self.seq.to_be_bytes(), self.version.to_be_bytes());
        let parts: [&[u8]; 11] = [
            self.prev,
            self.desk.as_bytes(),
            &seq,
            self.id.as_bytes(),
            self.clock.as_bytes(),
            self.actor.as_bytes(),
            &version,
            self.kind.as_bytes(),
            self.subject.unwrap_or_default().as_bytes(),
            self.body.as_bytes(),
            self.personal_digest.unwrap_or_default(),
        ];
        digest(&parts)
    }
}

/// Digest of personal data under a salt.
pub(crate) fn personal_digest(salt: &[u8], personal: &str) -> Hash {
    digest(&[salt, personal.as_bytes()])
}

/// A salt of its own for each fact, from one draw of the database's random bytes.
pub(crate) fn salt(draw: &[u8], id: &str) -> [u8; 16] {
    let whole = digest(&[draw, id.as_bytes()]);
    let mut salt = [0; 16];
    salt.copy_from_slice(&whole[..16]);
    salt
}

fn digest(parts: &[&[u8]]) -> Hash {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}
