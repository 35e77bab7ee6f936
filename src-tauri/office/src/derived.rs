//! Ids that follow from what they name.
//!
//! Never by chance: whoever names the same thing again gets the same id, at every desk and after
//! every crash.

use sha2::{Digest, Sha256};
use uuid::{Builder, Uuid};

/// A version 8 UUID (RFC 9562, 5.8) of the parts in their order, each with its length before it,
/// so that no two lists of parts read alike.
pub(crate) fn id(parts: &[&str]) -> Uuid {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    let whole = hash.finalize();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&whole[..16]);
    Builder::from_custom_bytes(bytes).into_uuid()
}
